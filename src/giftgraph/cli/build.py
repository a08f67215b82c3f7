"""Make or reuse the snapshot of the data, and print its directory, which `pyoxigraph.Store.read_only` opens."""

from __future__ import annotations

import argparse

from giftgraph.cli.options import add_data_option

EXAMPLE = "example: giftgraph build --data +my-gifts.ttl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `build`."""
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Build and print the directory."""
    from giftgraph.store.snapshot import build_snapshot

    print(build_snapshot(options.data or None))
    return 0
