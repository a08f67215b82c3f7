"""Ask a SPARQL query: a name of the catalogue, an .rq file, or the query itself.

All prefixes of the model are known (person:, polity:, gift: …). The data is read-only. With --endpoint the same query goes to a
SPARQL 1.1 service; credentials come from GIFTGRAPH_ENDPOINT_USER and _PASSWORD, or _TOKEN.
"""

from __future__ import annotations

import argparse
import sys

from giftgraph.cli.options import add_data_option
from giftgraph.errors import ParameterInvalid

EXAMPLE = "example: giftgraph query between -p a=person:vladimir-putin -p b=person:kim-jong-un"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `query`."""
    parser.add_argument("query", metavar="QUERY", help="a catalogue name, a file ending in .rq, or SPARQL text")
    parser.add_argument(
        "-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="a parameter; repeatable"
    )
    parser.add_argument(
        "--format", choices=("table", "csv", "tsv", "json", "ttl", "nt", "jsonld"), help="default: table, or ttl"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file instead of standard output")
    parser.add_argument("--endpoint", metavar="URL", help="ask this SPARQL service instead of the local data")
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS", help="for --endpoint (default: 60)")
    parser.add_argument(
        "--allow-service", action="append", default=[], metavar="URL", help="let SERVICE ask this address; repeatable"
    )
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Ask and print the answer."""
    from giftgraph.graph import open_graph, query_text
    from giftgraph.results import Triples

    text = query_text(options.query, _parameters(options.parameter))
    if options.endpoint:
        from giftgraph.store.endpoint import Endpoint

        answer = Endpoint(options.endpoint, timeout=options.timeout).query(text, services=options.allow_service)
    else:
        answer = open_graph(options.data or None).query(text, services=options.allow_service)
    written = answer.serialize(options.format or ("ttl" if isinstance(answer, Triples) else "table"))
    if options.output:
        from giftgraph.output import write_text

        write_text(options.output, written)
    else:
        sys.stdout.write(written)
    return 0


def _parameters(given: list[str]) -> dict[str, object]:
    parameters: dict[str, object] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise ParameterInvalid(f"{item[:60]!r}: write a parameter as name=value")
        if name in parameters:
            raise ParameterInvalid(f"the parameter {name!r} is given twice")
        parameters[name] = value
    return parameters
