"""Draw the interactive graph around A, of what passed between A and B in both directions, or of everybody (--network).

The page is complete in itself and opens without a network. An ambiguous B is drawn as all the parties of that name that
exchanged something with A.
"""

from __future__ import annotations

import argparse
import os
import re
import sys

from giftgraph.cli.options import add_data_option
from giftgraph.cli.path import add_path_options, read_path_options
from giftgraph.errors import ParameterInvalid

EXAMPLE = "example: giftgraph show Putin 'Kim Jong Un' --open"
_FORMATS = ("html", "json", "graphml", "gexf")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `show`."""
    parser.add_argument("a", metavar="A", nargs="?", help="a person, organization or polity, by name or key")
    parser.add_argument("b", metavar="B", nargs="?", help="the other side; without it, everybody around A")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to write; - for standard output (default: A-B.html here)"
    )
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.add_argument("--from", dest="start", metavar="DATE", help="only what may lie on or after this date")
    parser.add_argument("--to", dest="end", metavar="DATE", help="only what may lie on or before this date")
    parser.add_argument("--by", choices=("person", "office", "polity"), default="person", help="who counts as a party")
    parser.add_argument("--format", choices=_FORMATS, help="default: by the suffix of the output, else html")
    parser.add_argument("--network", action="store_true", help="the whole network instead of A and B")
    parser.add_argument(
        "--size", metavar="MEASURE", help="with --network: what makes a node large (default: exchanges)"
    )
    parser.add_argument("--path", action="store_true", help="draw how A and B are connected, as chains of gifts")
    add_path_options(parser.add_argument_group("with --path"))
    add_data_option(parser)
    parser.set_defaults(refuse=parser.error)


def run(options: argparse.Namespace) -> int:
    """Draw and write the picture, and print its path."""
    from giftgraph.draw import draw_path, draw_picture
    from giftgraph.draw.export import serialize
    from giftgraph.graph import open_graph
    from giftgraph.output import write_text

    _check(options)
    search = read_path_options(options)
    if search and not options.path:
        raise ParameterInvalid("--max, --at-most, --parties and --through need --path")
    if options.path and options.b is None:
        raise ParameterInvalid("--path needs A and B: name the other end")
    graph = open_graph(options.data or None)
    chosen_by = {"by": options.by, "start": options.start, "end": options.end}
    chosen = options.format or os.path.splitext(options.output or "")[1].lstrip(".").casefold() or "html"
    if options.network:
        text = graph.show_network(**chosen_by, size=options.size or "exchanges").serialize(chosen)
    elif options.path:
        text = serialize(draw_path(graph, options.a, options.b, **chosen_by, **search), chosen)
    else:
        text = serialize(draw_picture(graph, options.a, options.b, **chosen_by), chosen)
    if options.output == "-":
        sys.stdout.write(text)
        return 0
    names = [_slug(name) for name in (options.a, options.b) if name] or ["network"]
    target = options.output or f"{'-'.join(names)}{'-path' if options.path else ''}.{chosen}"
    write_text(target, text)
    print(target)
    if options.open:
        import pathlib
        import webbrowser

        webbrowser.open(pathlib.Path(target).resolve().as_uri())
    return 0


def _check(options: argparse.Namespace) -> None:
    """Refuse combinations that say two things at once."""
    if options.network and (options.a is not None or options.path):
        options.refuse("--network draws everybody; leave out A, B and --path, or leave out --network")
    if not options.network and options.a is None:
        options.refuse("name a party A, or ask for everybody with --network")
    if not options.network and options.size is not None:
        options.refuse("--size goes with --network")


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.rpartition(":")[2].casefold()).strip("-")[:60] or "picture"
