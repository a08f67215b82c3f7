"""Say who or what texts name: the parties of a donor or recipient cell, or the gifts of a description.

All texts of one run are understood together, so that one person has one id over the rows. A CSV file has the column `text`, and may
have `date` (EDTF) and `polity` (ISO alpha-2 code or an id of the graph, for texts that name none).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from giftgraph.resolve.resolution import PartyResolution
    from giftgraph.resolve.texts import TextRow

EXAMPLE = (
    "example: giftgraph resolve 'His Excellency Vladimir Putin, President of the Russian Federation' --date 2003-09-27"
)
_PARTY_FIELDS = ("id", "name", "title", "judgement", "why")
_GIFT_FIELDS = ("label", "category", "why")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `resolve`."""
    parser.add_argument("texts", metavar="TEXT", nargs="*", help="what a source says of a donor, a recipient or a gift")
    parser.add_argument("--kind", choices=("party", "gift"), default="party")
    parser.add_argument(
        "--file", metavar="FILE.csv", type=Path, help="rows with the column text, and optional date, polity"
    )
    parser.add_argument("--date", metavar="DATE", help="when, for the texts of the command line (EDTF)")
    parser.add_argument("--polity", metavar="CODE", help="whose, for the texts of the command line that name no polity")
    parser.add_argument(
        "--review", metavar="FILE.csv", type=Path, help="decisions to honour instead of the shipped ones"
    )
    parser.add_argument("--format", choices=("table", "jsonl", "csv"), default="table")


def run(options: argparse.Namespace) -> int:
    """Read the texts, resolve them together and print one answer a row."""
    from giftgraph.errors import TextsInvalid
    from giftgraph.resolve.texts import check_row, read_rows

    if options.review is not None and not options.review.exists():
        raise TextsInvalid(f"{options.review}: no such review file")
    rows = [check_row(text, options.date, options.polity, "command line") for text in options.texts]
    if options.file is not None:
        rows += read_rows(options.file)
    if not rows:
        raise TextsInvalid("nothing to resolve: give a text, or --file FILE.csv with the column text")
    answers = _gifts(rows) if options.kind == "gift" else _parties(rows, options.review)
    _print(rows, answers, options.kind, options.format)
    return 0


def _parties(rows: Sequence[TextRow], review: Path | None) -> list[dict[str, Any]]:
    from giftgraph.resolve.resolution import PartyQuery, resolve_parties
    from giftgraph.resolve.review import load_reviews, review_file

    queries = [PartyQuery(row.text, row.date, row.polity) for row in rows]
    return [_party_answer(answer) for answer in resolve_parties(queries, reviews=load_reviews(review or review_file()))]


def _party_answer(answer: PartyResolution) -> dict[str, Any]:
    from giftgraph.resolve.polities import display_polity

    parties = []
    for party in answer.parties:
        entry: dict[str, Any] = {name: getattr(party, name) for name in _PARTY_FIELDS}
        if party.status == "polity" and party.id:
            entry["id"] = display_polity(party.id)
        entry |= {"status": party.status, "post": party.post}
        if party.candidates:
            entry["candidates"] = list(party.candidates)
        parties.append(entry)
    polity = display_polity(answer.polity) if answer.polity else None
    return {"parties": parties, "polity": polity, "why": answer.polity_why}


def _gifts(rows: Sequence[TextRow]) -> list[dict[str, Any]]:
    from giftgraph.resolve.gifts import read_gifts

    return [
        {"gifts": [{name: getattr(gift, name) for name in _GIFT_FIELDS} for gift in read_gifts(row.text)]}
        for row in rows
    ]


def _print(rows: Sequence[TextRow], answers: Sequence[dict[str, Any]], kind: str, form: str) -> None:
    if form == "jsonl":
        for row, answer in zip(rows, answers, strict=True):
            print(json.dumps({"text": row.text, **answer}, ensure_ascii=False))
        return
    fields = _GIFT_FIELDS if kind == "gift" else (*_PARTY_FIELDS, "polity", "polity_why")
    lines = list(_lines(answers, kind))
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("row", "text", *fields))
        writer.writerows(
            (number, rows[number - 1].text, *(line.get(name) or "" for name in fields)) for number, line in lines
        )
        return
    of_row: dict[int, list[dict[str, Any]]] = {}
    for number, line in lines:
        of_row.setdefault(number, []).append(line)
    for number, row in enumerate(rows, 1):
        print(_visible(row.text[:160]))
        for line in of_row.get(number, ()):
            print("  " + _visible("  ".join(f"{name}: {line[name]}" for name in fields if line.get(name))))


def _visible(text: str) -> str:
    """A text for a terminal: what would steer the terminal is left out."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _lines(answers: Sequence[dict[str, Any]], kind: str) -> Iterable[tuple[int, dict[str, Any]]]:
    """One line a party or gift, with the number of its row."""
    for number, answer in enumerate(answers, 1):
        if kind == "gift":
            yield from ((number, gift) for gift in answer["gifts"])
        else:
            yield from (
                (number, {**party, "polity": answer["polity"], "polity_why": answer["why"]})
                for party in answer["parties"]
            )
