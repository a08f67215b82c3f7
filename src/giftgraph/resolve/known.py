"""The persons and organizations that the graph knows: the leaders of `data/leaders` with their tenures, and the curated ones."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from giftgraph.dates import read_bounds
from giftgraph.errors import DataUnreadable, DateInvalid
from giftgraph.names import normalize
from giftgraph.resolve.blocks import KnownIndex, index_known
from giftgraph.resolve.mentions import Held, KnownPerson
from giftgraph.resolve.spellings import Sex


@cache
def load_known() -> tuple[KnownPerson, ...]:
    """Every known person, sorted by id, read once. Raises DataUnreadable when a table is missing or broken."""
    from giftgraph.resolve.tenures import load_tenures

    tenures = load_tenures()
    curated = {row["key"]: row for row in _curated() if row["kind"] == "person"}
    people = {}
    for leader in tenures.leaders.values():
        row = curated.get(leader.id)
        held = tuple(
            Held(each.role, each.polity, each.days.first, each.days.last)
            for each in tenures.by_person.get(leader.id, ())
        )
        people[leader.id] = KnownPerson(
            leader.id,
            _distinct([leader.name, *leader.other_names, *_names(row)]),
            _distinct([leader.polity, *(each.polity for each in held)]),
            _sex(leader.sex),
            _day(leader.born, last=False),
            _day(row["died"], last=True) if row else None,
            held,
        )
    for key, row in curated.items():
        if key not in people:
            born, died = _day(row["born"], last=False), _day(row["died"], last=True)
            people[key] = KnownPerson(key, _names(row), _distinct([row["polity"]]), "", born, died)
    return tuple(people[key] for key in sorted(people))


@cache
def load_known_index() -> KnownIndex:
    """The known persons, ready for comparison."""
    return index_known(load_known())


@cache
def load_organizations() -> dict[str, str]:
    """The ids of known organizations by their normalized names."""
    return {
        normalize(name): row["key"]
        for row in reversed(_curated())
        if row["kind"] == "organization"
        for name in _names(row)
    }


def _names(row: dict[str, str] | None) -> tuple[str, ...]:
    return _distinct([row["name"], *row["other_names"].split("; ")]) if row else ()


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _sex(text: str) -> Sex:
    return "male" if text == "male" else "female" if text == "female" else ""


def _day(date: str, last: bool) -> int | None:
    """The first or the last day of a life date, null where it is not known."""
    if not date or date == "..":
        return None
    try:
        bounds = read_bounds(date)
    except DateInvalid:
        return None
    return bounds.latest_day if last else bounds.earliest_day


@cache
def _curated() -> list[dict[str, str]]:
    """The rows of the curated table of persons; none where the installation does not carry it."""
    from giftgraph.resources import leaders_directory

    path = Path(leaders_directory()).parent / "curated" / "persons.csv"
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataUnreadable(f"{path}: the table of persons cannot be read: {error}") from None
