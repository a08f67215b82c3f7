"""The persons and organizations that the graph knows: the leaders of `data/leaders` with their tenures, and the curated ones."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from giftgraph.dates import read_bounds, year_of
from giftgraph.errors import DataUnreadable, DateInvalid
from giftgraph.names import normalize
from giftgraph.resolve.blocks import KnownIndex, index_known
from giftgraph.resolve.guards import SINGLE_HOLDER
from giftgraph.resolve.mentions import Held, KnownPerson, known_subjects, post
from giftgraph.resolve.scores import judge
from giftgraph.resolve.spellings import Sex, read_spelling, slug_words

if TYPE_CHECKING:
    from giftgraph.resolve.tenures import HeldOffice

_MONTH = 31
_LONG_TERM = 8 * 366


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
            Held(post(each.role, each.of), each.polity, each.days.first, _last_day(each))
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


def _last_day(held: HeldOffice) -> int | None:
    """The last day of a tenure, null while it is open.

    One whose end is not known counts as open where the office has a single holder, else for as long as most last.
    """
    begun = held.days.begun or held.days.first
    if held.end == ".." or begun is None or held.days.last is not None:
        return held.days.last
    return None if held.role in SINGLE_HOLDER else begun + _LONG_TERM


@cache
def load_redirects() -> Mapping[str, str]:
    """Entries of the tables that are another one's person: the id of each with the id that stands for it.

    One polity, one name in its normal form, no birth years that differ, and one birth year or office;
    or names that may be one, and an office of a single holder at one time.
    """
    people = load_known()
    named: dict[tuple[str, tuple[str, ...]], list[KnownPerson]] = defaultdict(list)
    for person in people:
        words = slug_words(read_spelling(person.names[0]))
        if len(words) > 1 and person.polities:
            named[person.polities[0], words].append(person)
    redirects: dict[str, str] = {}
    for group in named.values():
        if len(group) > 1 and _births_agree(group) and _lives_meet(group):
            kept = max(
                group, key=lambda person: (not person.id[-1].isdigit(), len(person.names), len(person.held), person.id)
            )
            redirects |= {person.id: kept.id for person in group if person.id != kept.id}
    for key, stands_for in (*_surnames_alone(people), *_held_at_once(people)):
        if key not in redirects and stands_for not in redirects:
            redirects[key] = stands_for
    return MappingProxyType(redirects)


def _surnames_alone(people: Sequence[KnownPerson]) -> Iterator[tuple[str, str]]:
    """An entry with no more than a surname, and the only person of that surname, polity, office and birth year."""
    families: dict[tuple[str, str], list[KnownPerson]] = defaultdict(list)
    for person in people:
        words = slug_words(read_spelling(person.names[0]))
        if len(words) > 1 and person.polities:
            families[person.polities[0], words[-1]].append(person)
    for person in people:
        words = slug_words(read_spelling(person.names[0]))
        if len(words) == 1 and person.polities:
            rivals = families[person.polities[0], words[0]]
            same = [other for other in rivals if _births_agree([person, other]) and _lives_meet([person, other])]
            if len(same) == 1:
                yield person.id, same[0].id


def _held_at_once(people: Iterable[KnownPerson]) -> Iterator[tuple[str, str]]:
    """Two entries with names that may be one, and one office of a single holder at one time: the shorter name, the longer."""
    terms: dict[tuple[str, str], list[tuple[Held, KnownPerson]]] = defaultdict(list)
    for person in people:
        for held in person.held:
            if held.role in SINGLE_HOLDER:
                terms[held.polity, held.role].append((held, person))
    for _, rows in sorted(terms.items()):
        for (one, first), (other, second) in combinations(rows, 2):
            if first.id != second.id and _overlap(one, other) and _may_be_one(first, second):
                kept, left = sorted((first, second), key=lambda person: (-len(person.names[0].split()), person.id))
                yield left.id, kept.id


def _overlap(one: Held, other: Held) -> bool:
    """More than a month of both; an end that is not known does not count."""
    if None in (one.first_day, one.last_day, other.first_day, other.last_day):
        return False
    shared = min(one.last_day or 0, other.last_day or 0) - max(one.first_day or 0, other.first_day or 0)
    return shared > _MONTH


def _may_be_one(first: KnownPerson, second: KnownPerson) -> bool:
    return _births_agree([first, second]) and any(
        judge(left, right).verdict == "same" for left in known_subjects(first) for right in known_subjects(second)
    )


def _lives_meet(people: Sequence[KnownPerson]) -> bool:
    """All were born in a known year, or all held one office."""
    offices = [{(held.role, held.polity) for held in person.held} for person in people]
    return all(person.born is not None for person in people) or bool(set.intersection(*offices))


def _births_agree(people: Sequence[KnownPerson]) -> bool:
    years = [year_of(person.born) for person in people if person.born is not None]
    return not years or max(years) - min(years) <= 1


@cache
def load_known_index() -> KnownIndex:
    """The known persons, ready for comparison."""
    people = {person.id: person for person in load_known()}
    for key, kept in sorted(load_redirects().items()):
        other, person = people.pop(key), people[kept]
        names = [name for name in other.names if len(read_spelling(name).words) > 1]
        people[kept] = replace(person, names=_distinct([*person.names, *names]), held=(*person.held, *other.held))
    return index_known(people.values())


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
