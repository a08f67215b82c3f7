"""List the catalogue of ready queries, or show one with its parameters and its text."""

from __future__ import annotations

import argparse
import csv
import json
import sys

EXAMPLE = "example: giftgraph queries between"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `queries`."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="show this query whole")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")


def run(options: argparse.Namespace) -> int:
    """Print the list, or one query."""
    from giftgraph.catalogue import list_queries, load

    queries = [load(options.name)] if options.name else list_queries()
    rows = [
        {
            "name": query.name,
            "title": query.title,
            "question": query.question,
            "parameters": [parameter._asdict() for parameter in query.parameters],
            "view": query.view,
            **({"text": query.text} if options.name else {}),
        }
        for query in queries
    ]
    if options.format == "json":
        print(json.dumps(rows[0] if options.name else rows, ensure_ascii=False, indent=2))
    elif options.format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(["name", "title", "question", "parameters", "view"])
        for query in queries:
            listed = "; ".join(f"{p.name} ({p.type})" for p in query.parameters)
            writer.writerow([query.name, query.title, query.question, listed, query.view])
    elif options.name:
        print(queries[0].text, end="")
    else:
        width = max(len(query.name) for query in queries)
        for query in queries:
            listed = " ".join(f"{p.name}={p.default}" for p in query.parameters)
            print(f"{query.name:<{width}}  {query.title}" + (f"  [{listed}]" if listed else ""))
    return 0
