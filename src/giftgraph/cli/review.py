"""Decide about pairs of names that may be one person: shown side by side, or recorded without questions.

FILE is what `giftgraph import --format jsonl` wrote; without it the persons of the graph are looked at. Decisions go to the review
file (in a checkout data/review.csv), which every later run honours before any score.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from giftgraph.cli.options import add_data_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from giftgraph.resolve.mentions import Mention
    from giftgraph.resolve.naming import Doubt
    from giftgraph.resolve.review import Review

EXAMPLE = "example: giftgraph review --same kim-jong-un jong-un-kim-prk --why 'family name last' --to review.csv"
_PERSONS = """
PREFIX gift: <https://w3id.org/giftgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>

SELECT ?name ?title ?polity ?first ?last ?exchange {
  ?event gift:hasParticipation ?party ; dcterms:identifier ?exchange .
  ?party gift:agent ?agent .
  ?agent rdfs:label|skos:altLabel ?name .
  FILTER(CONTAINS(STR(?agent), "/id/person/"))
  OPTIONAL { ?event gift:earliestDay ?first } OPTIONAL { ?event gift:latestDay ?last }
  OPTIONAL { ?party gift:actingFor ?polity } OPTIONAL { ?party gift:roleAsStated ?title }
} ORDER BY ?name ?exchange ?title ?polity
"""
_ANSWERS = {"s": "same", "d": "different", "u": "unsure"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `review`."""
    parser.add_argument("files", metavar="FILE.jsonl", nargs="*", type=Path, help="records of an import")
    for verdict in ("same", "different", "unsure"):
        parser.add_argument(
            f"--{verdict}",
            metavar=("A", "B"),
            nargs=2,
            action="append",
            default=[],
            help=f"record that A and B are {verdict}",
        )
    parser.add_argument("--why", metavar="TEXT", default="", help="the reason, recorded with the decision")
    parser.add_argument("--who", metavar="NAME", help="who decides (default: the user's name)")
    parser.add_argument("--to", metavar="FILE.csv", type=Path, help="the review file to read and write")
    parser.add_argument("--limit", metavar="N", type=int, default=0, help="at most N pairs, the surest first")
    parser.add_argument("--format", choices=("table", "jsonl"), help="list the pairs instead of asking")
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Record the decisions given; else list the open pairs, or ask about them."""
    from giftgraph.resolve.review import record, review_file

    given = [(pair, verdict) for verdict in ("same", "different", "unsure") for pair in getattr(options, verdict)]
    target = options.to or review_file()
    if given:
        decisions = [_decide(left, right, verdict, options) for (left, right), verdict in given]
        count = record(_writable(options.to), decisions)
        print(f"recorded {len(decisions)} of {count} decisions in {target}", file=sys.stderr)
        return 0
    doubts = _of_records(options.files, target) if options.files else _of_graph(options.data, target)
    doubts = doubts[: options.limit] if options.limit > 0 else doubts
    if options.format or not sys.stdin.isatty():
        _list(doubts, options.format or "table")
        return 0
    return _ask(doubts, options)


def _writable(target: Path | None) -> Path:
    from giftgraph.errors import ReviewInvalid
    from giftgraph.resolve.review import review_file
    from giftgraph.resources import curated_directory

    if target is None and curated_directory() is None:
        raise ReviewInvalid("this is not a checkout: say where to write with --to FILE.csv")
    return target or review_file()


def _decide(left: str, right: str, verdict: str, options: argparse.Namespace) -> Review:
    import datetime
    import getpass

    from giftgraph.errors import ReviewInvalid
    from giftgraph.resolve.review import Review

    keys = [key.strip().removeprefix("person:") for key in (left, right)]
    if not all(keys) or keys[0] == keys[1]:
        raise ReviewInvalid(f"{left!r} and {right!r}: give the two different ids that giftgraph resolve prints")
    if not all(text.isprintable() and len(text) <= 1000 for text in (*keys, options.why, options.who or "")):
        raise ReviewInvalid("an id, a name and a reason are one line of at most 1000 characters")
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    one, other = sorted(keys)
    return Review(one, other, verdict, options.who or getpass.getuser(), today, options.why)


def _of_records(files: Sequence[Path], target: Path) -> tuple[Doubt, ...]:
    from giftgraph.resolve.resolution import resolve
    from giftgraph.resolve.review import load_reviews
    from giftgraph.resolve.texts import read_records

    queries = [query for path in files for query in read_records(path)]
    return resolve(queries, reviews=load_reviews(target)).doubts


def _of_graph(data: Sequence[str], target: Path) -> tuple[Doubt, ...]:
    """The open pairs among the persons of a graph, each with its names, titles, polities and dates."""
    from giftgraph.graph import open_graph
    from giftgraph.resolve.known import load_known_index
    from giftgraph.resolve.mentions import Mention
    from giftgraph.resolve.persons import identify
    from giftgraph.resolve.review import load_reviews

    rows = open_graph(data or None).query(_PERSONS)
    mentions = [
        Mention(
            str(row["name"]),
            str(row["title"] or ""),
            str(row["polity"]).rpartition("/")[2] if row["polity"] else None,
            first_day=row["first"],
            last_day=row["last"],
            locator=str(row["exchange"]),
        )
        for row in rows
    ]
    return identify(mentions, load_known_index(), load_reviews(target)).doubts


def _side(key: str, mention: Mention) -> dict[str, str | None]:
    from giftgraph.dates import iso_date

    first, last = iso_date(mention.first_day), iso_date(mention.last_day)
    date = first if first == last else f"{first or '..'}/{last or '..'}"
    return {
        "id": key,
        "name": mention.name,
        "title": mention.title or None,
        "polity": mention.polity,
        "date": date,
        "locator": mention.locator or None,
    }


def _list(doubts: Sequence[Doubt], form: str) -> None:
    for doubt in doubts:
        left, right = _side(doubt.left, doubt.left_mention), _side(doubt.right, doubt.right_mention)
        judgement = doubt.judgement
        if form == "jsonl":
            row = {
                "left": left,
                "right": right,
                "score": judgement.score,
                "met": judgement.met,
                "guard": judgement.guard,
            }
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(_beside(left, right, doubt), end="\n\n")


def _beside(left: dict[str, str | None], right: dict[str, str | None], doubt: Doubt) -> str:
    lines = [f"{name:8} {(left[name] or '-')[:52]:54}{(right[name] or '-')[:60]}" for name in left]
    return "\n".join([*lines, f"score    {doubt.judgement.score:.2f}  {doubt.judgement.why}"])


def _ask(doubts: Sequence[Doubt], options: argparse.Namespace) -> int:
    """Ask about each pair; every answer is written at once, so that nothing is lost when the session ends."""
    from giftgraph.resolve.review import record

    target = _writable(options.to)
    for number, doubt in enumerate(doubts, 1):
        left, right = _side(doubt.left, doubt.left_mention), _side(doubt.right, doubt.right_mention)
        print(f"{number} of {len(doubts)}\n{_beside(left, right, doubt)}", file=sys.stderr)
        answer = ""
        while answer not in (*_ANSWERS, "k", "q"):
            answer = input("same, different, unsure, skip or quit? [s/d/u/k/q] ").strip().casefold()[:1]
        if answer == "q":
            break
        if answer in _ANSWERS:
            options.why = input("why? ").strip()
            record(target, [_decide(doubt.left, doubt.right, _ANSWERS[answer], options)])
    print(f"the decisions are in {target}", file=sys.stderr)
    return 0
