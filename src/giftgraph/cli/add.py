"""Add a gift by hand: from an entry file, or by answering questions in a terminal.

Names are looked up; an ambiguous one is asked for; an entry without a source is refused. The statements and the result of
the validation are shown before anything is written. In a checkout the entry goes to the curated tables, elsewhere to --to FILE.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from giftgraph.cli.options import add_data_option
from giftgraph.errors import EntryInvalid

if TYPE_CHECKING:
    from giftgraph.entry import Entry
    from giftgraph.graph import Graph
    from giftgraph.names import Match

EXAMPLE = "example: giftgraph add --template > gift.toml; giftgraph add --from gift.toml --to gifts.ttl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `add`."""
    parser.add_argument("--template", action="store_true", help="print an entry to start from")
    parser.add_argument(
        "--from", dest="source", metavar="FILE.toml", type=Path, help="the entry to add; without it questions are asked"
    )
    parser.add_argument(
        "--to",
        dest="target",
        metavar="FILE.ttl",
        type=Path,
        help="write to this Turtle file instead of the curated tables",
    )
    parser.add_argument("--yes", action="store_true", help="write without asking")
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Read, check, show and write one entry."""
    from giftgraph.entry import TEMPLATE, load_entry, read_entry, refuse_choice, state_entry
    from giftgraph.graph import open_graph
    from giftgraph.resources import curated_directory
    from giftgraph.store.inputs import requested_paths

    if options.template:
        print(TEMPLATE, end="")
        return 0
    in_terminal = sys.stdin.isatty()
    if options.source is None and not in_terminal:
        raise EntryInvalid("nothing to add: give --from FILE.toml, or run this in a terminal to be asked")
    directory = None if options.target else curated_directory()
    if directory is None and options.target is None:
        raise EntryInvalid("this is not a checkout with curated tables: say where to write with --to FILE.ttl")
    graph = open_graph(options.data or None)
    if options.source is not None:
        content, where = load_entry(options.source), str(options.source)
    else:
        content, where = _ask_entry(), "entry"
    entry = read_entry(content, graph, _ask_choice if in_terminal else refuse_choice, where)
    _refuse_known(entry, graph)
    from giftgraph import turtle

    print(turtle.serialize(state_entry(entry, graph)))
    violations = _validate(entry, graph, [Path(path) for path in requested_paths(options.data or None)])
    if violations:
        print("giftgraph: not written: the entry violates the shapes above", file=sys.stderr)
        return 1
    if not options.yes and in_terminal and input("Write this? [y/N] ").strip().casefold() not in ("y", "yes"):
        print("giftgraph: nothing written", file=sys.stderr)
        return 0
    print(f"wrote exchange:{entry.exchange.id} to {_write(entry, graph, options.target, directory)}", file=sys.stderr)
    return 0


def _refuse_known(entry: Entry, graph: Graph) -> None:
    from giftgraph.vocabulary import entity_iri

    iri = entity_iri("exchange", entry.exchange.id)
    if len(graph.query(f"SELECT ?label {{ <{iri}> rdfs:label ?label }}")):
        raise EntryInvalid(
            f"exchange:{entry.exchange.id} is in the graph already; give another id, or edit the curated record"
        )


def _validate(entry: Entry, graph: Graph, beside: Sequence[Path]) -> int:
    """Print what the shapes say about the entry; the number of violations."""
    from giftgraph.entry import write_to_file
    from giftgraph.validation import validate

    with TemporaryDirectory(prefix="giftgraph-") as temporary:
        path = Path(temporary) / "entry.ttl"
        write_to_file(entry, graph, path)
        findings = validate([path], beside=beside)
    for finding in findings:
        print(f"{finding.severity}: {finding.node}: {finding.message}", file=sys.stderr)
    if not findings:
        print("valid: no finding", file=sys.stderr)
    return sum(finding.severity == "violation" for finding in findings)


def _write(entry: Entry, graph: Graph, target: Path | None, directory: Path | None) -> Path:
    from giftgraph.entry import write_to_file, write_to_tables
    from giftgraph.resources import data_file

    if target is not None:
        write_to_file(entry, graph, target)
        return target
    assert directory is not None  # noqa: S101 - run() refuses before
    write_to_tables(entry, directory, Path(data_file()))
    return directory


def _ask_choice(text: str, matches: Sequence[Match]) -> Match:
    print(f"{text!r} is {len(matches)} entities:", file=sys.stderr)
    for number, match in enumerate(matches, 1):
        print(f"  {number}. {match.label}  [{match.key}]  {match.description}", file=sys.stderr)
    while True:
        answer = input(f"Which one? [1-{len(matches)}] ").strip()
        if answer.isdigit() and 1 <= int(answer) <= len(matches):
            return matches[int(answer) - 1]


def _ask(question: str, needed: bool = False) -> str:
    while True:
        answer = input(f"{question}: ").strip()
        if answer or not needed:
            return answer
        print("This cannot be left empty.", file=sys.stderr)


def _ask_entry() -> dict[str, Any]:
    """The content of an entry, asked for line by line; empty answers are left out."""
    print("Empty answers are left out. Ctrl-C stops; nothing is written before you have seen it.", file=sys.stderr)
    parties: list[dict[str, str]] = []
    for role in ("donor", "recipient"):
        while True:
            named = any(party["role"] == role for party in parties)
            who = _ask(f"{role.capitalize()} (name or key, empty {'to go on' if named else 'when unknown'})")
            if not who:
                break
            title = _ask("  role as the source states it")
            parties.append({"role": role, "who": who} | ({"title": title} if title else {}))
        if not any(party["role"] == role for party in parties):
            parties.append({"role": role, "status": "unknown"})
    gifts: list[dict[str, str]] = []
    while label := _ask("Gift (short name of the object, empty to go on)", needed=not gifts):
        gifts.append({"label": label, "category": _ask("  category code, such as live-animals", needed=True)})
    content: dict[str, Any] = {"confidence": "read", "party": parties, "gift": gifts}
    for name, question in (
        ("date", "Date (EDTF, such as 1972-02-21 or 1826~)"),
        ("place", "Place"),
        ("occasion", "Occasion"),
    ):
        if answer := _ask(question):
            content[name] = answer
    source = {"title": _ask("Source: title", needed=True)}
    for name in ("publisher", "issued", "url"):
        if answer := _ask(f"Source: {name}"):
            source[name] = answer
    return content | {"source": [source]}
