"""Show how two parties are connected by gifts: chains of exchanges, each step with who gave, when, and the sources.

Of the shortest connections the best evidenced come first. None leads through an unnamed party, nor, unless --through says so,
through an institution or an exchange of many parties; what was left out is said. Not connected is an answer too.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from typing import TYPE_CHECKING, Any

from giftgraph.cli.options import add_data_option

if TYPE_CHECKING:
    from giftgraph.network.connections import Exchange, PathResult

EXAMPLE = "example: giftgraph path Albright Putin --max 1"
# Exchanges of a step that are printed; the others are counted. The other formats hold all.
_PRINTED = 3


def add_path_options(parser: argparse._ActionsContainer) -> None:
    """Add the options of a search for connections, which `show --path` has too."""
    parser.add_argument("--max", type=int, metavar="N", help="connections at most (default: 5)")
    parser.add_argument("--at-most", type=int, metavar="HOPS", help="steps of a connection at most (default: 6)")
    parser.add_argument(
        "--parties", type=int, metavar="N", help="leave out exchanges of more givers and receivers than N (default: 6)"
    )
    parser.add_argument(
        "--through",
        action="append",
        default=[],
        metavar="KIND|KEY",
        help="include what is left out: institution, summit, or the key of one; repeatable",
    )


def read_path_options(options: argparse.Namespace) -> dict[str, Any]:
    """The given options under the names that `Graph.path` has for them."""
    given = {"count": options.max, "at_most": options.at_most, "most_parties": options.parties}
    known: dict[str, Any] = {name: number for name, number in given.items() if number is not None}
    return known | ({"through": tuple(options.through)} if options.through else {})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `path`."""
    parser.add_argument("a", metavar="A", help="a person, organization, polity or office, by name or key")
    parser.add_argument("b", metavar="B", help="the other end")
    add_path_options(parser)
    parser.add_argument("--by", choices=("person", "office", "polity"), default="person", help="who counts as a party")
    parser.add_argument("--from", dest="start", metavar="DATE", help="only what may lie on or after this date")
    parser.add_argument("--to", dest="end", metavar="DATE", help="only what may lie on or before this date")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Search and print the connections; that there is none is an answer."""
    from giftgraph.graph import open_graph

    graph = open_graph(options.data or None)
    result = graph.path(
        options.a, options.b, by=options.by, start=options.start, end=options.end, **read_path_options(options)
    )
    if options.format == "json":
        print(json.dumps(result.to_dict(), ensure_ascii=False, indent=2))
    elif options.format == "csv":
        from giftgraph.network.connections import ROW_FIELDS

        writer = csv.DictWriter(sys.stdout, ROW_FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(result.rows())
        for line in (result.sentence, *result.notes):
            print(f"giftgraph: {line}", file=sys.stderr)
    else:
        print("\n".join(_write_lines(result)))
    return 0


def _write_lines(result: PathResult) -> list[str]:
    from giftgraph.network.projection import RULE

    lines = [result.sentence + (f" ({result.period})" if result.period else "")]
    for number, connection in enumerate(result.connections, 1):
        lines += ["", f"{number}. {' – '.join(node.label for node in connection.nodes)}  ({connection.words})"]
        for step in connection.steps:
            lines.append(f"   {step.start.label} – {step.end.label}")
            for exchange in step.exchanges[:_PRINTED]:
                lines += _write_exchange(exchange)
            if len(step.exchanges) > _PRINTED:
                lines.append(f"     and {len(step.exchanges) - _PRINTED} more; --format json holds all")
    lines += ["", *result.notes, *result.network, f"Dataset {result.version}. What counts:"]
    return lines + [f"  {rule}" for rule in RULE]


def _write_exchange(exchange: Exchange) -> list[str]:
    gifts = "; ".join(exchange.gifts) or exchange.label
    lines = [f"     {exchange.direction}: {gifts} · {exchange.date_words} · {exchange.evidence.words}"]
    for source in exchange.sources:
        where = source.url or (f"read in a copy: {source.copy}" if source.copy else "")
        lines.append("       " + ", ".join(part for part in (source.title, source.publisher, where) if part))
    return lines
