"""Look up people, organizations, offices, polities, places, visits and gifts by name, alias or title."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter

from giftgraph.cli.options import add_data_option
from giftgraph.names import KINDS

EXAMPLE = "example: giftgraph find 'President of Russia' --on 2023-09-13"
# Matches in a table; the other formats hold all.
_LISTED = 40
_PLURALS = {"polity": "polities"}
_FIELDS = ("key", "label", "kind", "description", "matched", "iri")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `find`."""
    parser.add_argument(
        "text", metavar="TEXT", help="a name, a part of it, a key such as person:kim-jong-un, or a title"
    )
    parser.add_argument("--on", metavar="DATE", help="who held the office TEXT on that date")
    parser.add_argument("--kind", choices=sorted(KINDS), help="only entities of this kind")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Print the matches, best first."""
    from giftgraph.graph import open_graph

    graph = open_graph(options.data or None)
    matches = [
        {name: getattr(match, name) for name in _FIELDS}
        for match in graph.find(options.text, on=options.on, kind=options.kind)
    ]
    if options.format == "json":
        print(json.dumps(matches, ensure_ascii=False, indent=2))
    elif options.format == "csv":
        writer = csv.DictWriter(sys.stdout, _FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(matches)
    else:
        for match in matches[:_LISTED]:
            print(f"{match['label']}  [{match['key']}]" + (f"  {match['description']}" if match["description"] else ""))
        if len(matches) > _LISTED:
            kinds = Counter(match["kind"] for match in matches[_LISTED:])
            words = ", ".join(
                f"{number:,} {kind if number == 1 else _PLURALS.get(kind, kind + 's')}"
                for kind, number in kinds.items()
            )
            print(
                f"and {len(matches) - _LISTED:,} more ({words}); say more of the name, or --kind, or --format csv for all"
            )
    return 0
