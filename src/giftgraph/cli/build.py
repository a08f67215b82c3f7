"""Make or reuse the snapshot of the data, and print its directory, which `pyoxigraph.Store.read_only` opens.

The layouts of the network pictures are made when a picture first needs them, or here with --layouts.
"""

from __future__ import annotations

import argparse

from giftgraph.cli.options import add_data_option

EXAMPLE = "example: giftgraph build --data +my-gifts.ttl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `build`."""
    parser.add_argument(
        "--layouts",
        action="store_true",
        help="also place the nodes of the network pictures by person, office and polity",
    )
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Build and print the directory."""
    from giftgraph.store.snapshot import build_snapshot

    directory = build_snapshot(options.data or None)
    if options.layouts:
        _lay_out(options.data or None)
    print(directory)
    return 0


def _lay_out(data: list[str] | None) -> None:
    """Make and keep the layouts that `show --network` needs."""
    from giftgraph.graph import open_graph
    from giftgraph.network.layout import stored_layout, stored_network
    from giftgraph.network.projection import BY

    graph = open_graph(data)
    for by in BY:
        stored_layout(stored_network(graph, by), graph.version)
