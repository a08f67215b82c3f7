"""Measure the network of gifts: who stands where, how much is answered, how sure that is. Without a NAME: the list of measures.

Every result says what it counted and left out, the rule of counting, and how it holds in other samples of the exchanges.
With --format csv the rows go to the output and what stands under them to standard error.
"""

from __future__ import annotations

import argparse
import sys

from giftgraph.cli.options import add_data_option

EXAMPLE = "example: giftgraph measure out-strength --by polity --top 10"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `measure`."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="a measure; without it they are listed")
    parser.add_argument(
        "parties",
        metavar="PARTY",
        nargs="*",
        help="two for balance, one for signature; else the rows to show, or whose terms are the windows (before the options)",
    )
    parser.add_argument("--by", choices=("person", "office", "polity"), help="who counts as a party (default: person)")
    parser.add_argument("--from", dest="start", metavar="DATE", help="only what may lie on or after this date")
    parser.add_argument("--to", dest="end", metavar="DATE", help="only what may lie on or before this date")
    parser.add_argument("--top", type=int, default=20, metavar="N", help="how many rows (default: 20)")
    parser.add_argument("--groups", choices=("polity", "region"), help="the groups of brokerage")
    parser.add_argument(
        "--window", metavar="5y|tenures", help="a series: windows of years, or the terms of PARTY's heads"
    )
    parser.add_argument("--backend", metavar="NAME", help="an installed backend of NetworkX, such as parallel")
    parser.add_argument("--resamples", type=int, default=200, metavar="N", help="resamples of exchanges (default: 200)")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write (default: standard output)")
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Ask the measure and print it, or list the measures."""
    if options.name is None:
        _write(options.output, _list_measures(options.format))
        return 0
    from giftgraph.graph import open_graph

    result = open_graph(options.data or None).measure(
        options.name,
        *options.parties,
        by=options.by,
        start=options.start,
        end=options.end,
        top=options.top,
        groups=options.groups,
        window=options.window,
        backend=options.backend,
        resamples=options.resamples,
    )
    _write(options.output, result.serialize(options.format))
    if options.format == "csv":
        refusal = (f"No number: {result.refusal}",) if result.refusal else ()
        print("\n".join((*refusal, *result.lines)), file=sys.stderr)
    return 0


def _write(output: str | None, text: str) -> None:
    from giftgraph.output import write_text

    if output in (None, "-"):
        sys.stdout.write(text)
    else:
        write_text(str(output), text)
        print(output)


def _list_measures(form: str) -> str:
    from giftgraph.network.measures import MEASURES
    from giftgraph.results import format_table

    fields = ("name", "question", "method", "needs", "caution")
    rows = [[str(getattr(known, field)) for field in fields] for known in MEASURES.values()]
    if form == "json":
        import json

        return json.dumps([dict(zip(fields, row, strict=True)) for row in rows], ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        import csv
        import io

        stream = io.StringIO()
        csv.writer(stream, lineterminator="\r\n").writerows([list(fields), *rows])
        return stream.getvalue()
    return format_table(fields[:2], [row[:2] for row in rows])
