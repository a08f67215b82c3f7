"""Build the committed tables of who held which office when, from the sources of leaders.

    python -m giftgraph.resolve.leaders FOLDER

FOLDER holds REIGN, the world leaders of 2021 and the executives of the United States; the extract of cabinet holders, the
additions, the offices of REIGN's leaders and the overrides lie in `data/leaders` of a checkout. Every run gives the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from giftgraph.curated.tables import Person
from giftgraph.errors import GiftgraphError
from giftgraph.names import normalize
from giftgraph.resolve.leader_sources import (
    OfficeRow,
    Spell,
    read_curated,
    read_executive,
    read_holders,
    read_reign,
    read_rows,
    read_world_leaders,
)
from giftgraph.resolve.tenures import date_bounds

PERSON_COLUMNS = ("key", "name", "other_names", "partial", "born", "sex", "polity", "wikidata", "sources")
TENURE_COLUMNS = ("key", "person", "office", "kind", "role", "of", "polity", "start", "end", "sources")
_NEAR = 84.0
_FAR = 55.0
_WHOLE = 93.0
_SURE = 100.0
_CLOSE = 62
_FUTURE = 3_000_000


@dataclass(slots=True)
class _Holder:
    """A person being put together from spells."""

    key: str
    name: str
    polity: str
    partial: bool = False
    born: str = ""
    sex: str = ""
    wikidata: str = ""
    other_names: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)

    def add(self, spell: Spell) -> None:
        """Take a spell in, with what it says of the person."""
        self.spells.append(spell)
        self.born = spell.born if len(spell.born) > len(self.born) and not self.born else self.born or spell.born
        self.sex = self.sex or spell.sex
        self.wikidata = self.wikidata or spell.wikidata
        if normalize(spell.name) not in {normalize(name) for name in (self.name, *self.other_names)}:
            self.other_names.append(spell.name)
        for source in spell.source.split("; "):
            if source not in self.sources:
                self.sources.append(source)


def _span(spell: Spell) -> tuple[int, int]:
    """The first and the last day that a spell may cover."""
    return date_bounds(spell.start).earliest_day or 0, date_bounds(spell.end).latest_day or _FUTURE


def _year(date: str) -> int | None:
    return int(date[:4]) if date[:4].isdigit() else None


def _ages_agree(a: str, b: str, slack: int) -> bool:
    first, second = _year(a), _year(b)
    return first is None or second is None or abs(first - second) <= slack


class _People:
    """The persons found so far, by key, Wikidata id, name and polity."""

    def __init__(self, persons: Iterable[Person], identifiers: dict[str, str]) -> None:
        self.holders: dict[str, _Holder] = {}
        self.by_wikidata: dict[str, _Holder] = {}
        self.by_name: dict[str, list[_Holder]] = {}
        self.by_polity: dict[str, list[_Holder]] = {}
        for person in persons:
            wikidata = person.wikidata or identifiers.get(person.key, "")
            holder = _Holder(person.key, person.name, person.polity, born=person.born, wikidata=wikidata)
            holder.other_names = list(person.other_names)
            self._register(holder)

    def _register(self, holder: _Holder) -> None:
        self.holders[holder.key] = holder
        if holder.wikidata:
            self.by_wikidata.setdefault(holder.wikidata, holder)
        for name in (holder.name, *holder.other_names):
            self.by_name.setdefault(normalize(name), []).append(holder)
        self.by_polity.setdefault(holder.polity, []).append(holder)

    def take(self, spell: Spell) -> None:
        """Give a spell to its person, who may be new."""
        holder = self._find(spell)
        holder.add(spell)
        if holder.wikidata:
            self.by_wikidata.setdefault(holder.wikidata, holder)
        if holder not in self.by_polity.setdefault(spell.polity, []):
            self.by_polity[spell.polity].append(holder)

    def _find(self, spell: Spell) -> _Holder:
        """By key, Wikidata id or name and polity; else the person of the polity who comes near in name, age and office; else new."""
        if spell.person:
            return self.holders[spell.person]
        if spell.wikidata and spell.wikidata in self.by_wikidata:
            return self.by_wikidata[spell.wikidata]
        if not spell.partial:
            for holder in self.by_name.get(normalize(spell.name), ()):
                if (
                    holder.polity == spell.polity
                    and not _clash(spell, holder)
                    and _ages_agree(holder.born, spell.born, 1)
                ):
                    return holder
        best: tuple[float, _Holder] | None = None
        for holder in self.by_polity.get(spell.polity, ()):
            score = 0.0 if _clash(spell, holder) else _likeness(spell, holder)
            if score >= (_NEAR if spell.partial else _WHOLE) and (best is None or score > best[0]):
                best = score, holder
        return best[1] if best else self._new(spell)

    def _new(self, spell: Spell) -> _Holder:
        base = "-".join((*normalize(spell.name).split(), spell.polity))
        key, number = base, 1
        while key in self.holders:
            number += 1
            key = f"{base}-{number}"
        holder = _Holder(key, spell.name, spell.polity, spell.partial, spell.born, spell.sex, spell.wikidata)
        self._register(holder)
        return holder


def _clash(spell: Spell, holder: _Holder) -> bool:
    """Whether ids or sexes say that they are two."""
    ids = bool(spell.wikidata and holder.wikidata and spell.wikidata != holder.wikidata)
    return ids or bool(spell.sex and holder.sex and spell.sex != holder.sex)


def _likeness(spell: Spell, holder: _Holder) -> float:
    """How near a name as a source writes it comes to a person of the polity; 0 where age or office speak against it.

    From 100 on where both sources also give one term in one office, beginning and end.
    """
    same_age = bool(spell.born and holder.born) and _ages_agree(spell.born, holder.born, 1)
    same_office = any(_overlaps(spell, other) for other in holder.spells)
    if not spell.partial and not same_office:
        return 0.0
    same_term = any(_same_term(spell, other) for other in holder.spells)
    likeness = _name_likeness(spell.name, (holder.name, *holder.other_names))
    if same_term and (likeness >= _NEAR or (likeness >= _FAR and _ages_agree(spell.born, holder.born, 6))):
        return _SURE + likeness / 10
    if not (same_office or same_age) or not _ages_agree(spell.born, holder.born, 6 if same_office else 1):
        return 0.0
    return min(likeness + (8 if same_office and same_age else 0), _SURE - 1)


def _name_likeness(name: str, others: Iterable[str]) -> float:
    from rapidfuzz import fuzz

    wanted = normalize(name)
    long = [word for word in wanted.split() if len(word) > 2]
    best = 0.0
    for other in others:
        form = normalize(other)
        score = fuzz.token_set_ratio(wanted, form)
        if len(long) == 1:
            score = max(score, *(fuzz.ratio(long[0], word) for word in form.split() or [""]))
        best = max(best, score)
    return best


def _overlaps(spell: Spell, other: Spell) -> bool:
    if "leader" not in (spell.role, other.role) and spell.role != other.role:
        return False
    (start, end), (first, last) = _span(spell), _span(other)
    shared = min(end, last) - max(start, first)
    return shared >= 0 if spell.partial else 2 * shared >= min(end - start, last - first)


def _same_term(spell: Spell, other: Spell) -> bool:
    """Whether two sources mean one term in one office of a polity: both ends agree within two months."""
    if (spell.role, spell.polity) != (other.role, other.polity):
        return False
    return _near_dates(spell.start, other.start) and _near_dates(spell.end, other.end)


def _near_dates(a: str, b: str) -> bool:
    first, second = date_bounds(a), date_bounds(b)
    starts = (first.earliest_day or 0), (second.earliest_day or 0)
    ends = (first.latest_day or _FUTURE), (second.latest_day or _FUTURE)
    return max(starts) - min(ends) <= _CLOSE


def _join(spells: Sequence[Spell]) -> list[Spell]:
    """One spell for each stretch in one office: what sources say of the same stretch is one, with the best of their dates.

    Spells come in the order of trust; consecutive terms of one source are joined where they touch, but not on the word of bare years.
    """
    joined: list[Spell] = []
    for spell in spells:
        for index, other in enumerate(joined):
            if _same_stretch(spell, other):
                joined[index] = _merge(other, spell)
                break
        else:
            joined.append(spell)
    return joined


def _same_stretch(a: Spell, b: Spell) -> bool:
    if (a.role, a.of, a.polity) != (b.role, b.of, b.polity):
        return False
    if a.key and b.key:
        return False
    (a_start, a_end), (b_start, b_end) = _span(a), _span(b)
    if a.source == b.source:
        if len(a.end) == 4 or len(b.end) == 4 or len(a.start) == 4 or len(b.start) == 4:
            return (a.start, a.end) == (b.start, b.end)
        return a_start <= b_end + 31 and b_start <= a_end + 31
    shared = min(a_end, b_end) - max(a_start, b_start)
    return shared >= 0 and 2 * shared >= min(a_end - a_start, b_end - b_start)


def _merge(trusted: Spell, other: Spell) -> Spell:
    """The trusted spell, longer where the other one goes on from it by the same source, and its gaps filled."""
    sources = list(dict.fromkeys([*trusted.source.split("; "), *other.source.split("; ")]))
    start, end = trusted.start, trusted.end
    if trusted.source == other.source:
        start = min(trusted.start, other.start)
        end = max(trusted.end, other.end, key=lambda date: (_span(replace(trusted, end=date))[1], bool(date)))
    elif not end or end.startswith("["):
        end = other.end or end
    if len(start) == 4 and other.start.startswith(start):
        start = other.start
    if len(end) == 4 and other.end.startswith(end):
        end = other.end
    return replace(trusted, start=start, end=end, source="; ".join(sources))


def build(folder: Path, data: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows of the persons and of the tenures, sorted by key. `data` is the `data` folder of a checkout."""
    curated, leaders = data / "curated", data / "leaders"
    offices = [
        OfficeRow(row["cow"], row["polity"], row["from"], row["to"], row["role"], row["title"])
        for row in read_rows(leaders / "offices.csv")
    ]
    persons, spells = read_curated(curated)
    identifiers = _identifiers(folder.parent.parent / "facts" / "identifiers.csv")
    people = _People(persons, identifiers)
    named = [
        *spells,
        *read_holders(leaders / "additions.csv", curated),
        *read_holders(leaders / "holders.csv", curated),
        *read_executive(folder / "us_executive.yaml"),
        *read_world_leaders(folder / "world_leaders_2021_wikidata.csv"),
        *read_holders(leaders / "state_leaders.csv", curated),
        *read_reign(folder / "reign_leaders_1921_2021.csv", offices, curated),
    ]
    change = _overrides(leaders / "overrides.csv")
    for spell in named:
        changed = spell if spell.key else change(spell)
        if changed:
            people.take(changed)
    _fill_lives(people, folder / "people_bio_wikidata.csv")
    return _rows(people)


def _identifiers(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    return {
        row["local_key"].removeprefix("person/"): row["id"]
        for row in read_rows(path)
        if row["scheme"] == "wikidata" and row["local_key"].startswith("person/") and row["verified"] == "y"
    }


def _overrides(path: Path) -> Callable[[Spell], Spell | None]:
    """Corrections: a row names polity, leader and start as stated, and gives what holds instead, or drops it (`role` is `drop`)."""
    changes = {(row["polity"], row["leader"], row["start"]): row for row in read_rows(path)}

    def change(spell: Spell) -> Spell | None:
        row = changes.get((spell.polity, spell.name, spell.start))
        if row is None:
            return spell
        if row["role"] == "drop":
            return None
        return replace(
            spell,
            name=row["name"] or spell.name,
            partial=spell.partial and not row["name"],
            role=row["role"] or spell.role,
            office=row["office"] or spell.office,
            start=row["new_start"] or spell.start,
            end=row["new_end"] or spell.end,
        )

    return change


def _fill_lives(people: _People, path: Path) -> None:
    """Birth date and sex from the biographies, for persons with the same Wikidata id."""
    for row in read_rows(path):
        holder = people.by_wikidata.get(row["id"])
        if holder and holder.spells:
            holder.born = holder.born if len(holder.born) >= len(row["dob"]) else row["dob"]
            holder.sex = holder.sex or row["gender"]


def _rows(people: _People) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    persons, tenures = [], []
    for holder in sorted(people.holders.values(), key=lambda each: each.key):
        if not holder.spells:
            continue
        persons.append(
            {
                "key": holder.key,
                "name": holder.name,
                "other_names": "; ".join(holder.other_names),
                "partial": "yes" if holder.partial else "",
                "born": holder.born,
                "sex": holder.sex,
                "polity": holder.polity,
                "wikidata": holder.wikidata,
                "sources": "; ".join(holder.sources),
            }
        )
        tenures += _tenure_rows(holder)
    return persons, tenures


def _tenure_rows(holder: _Holder) -> list[dict[str, str]]:
    from giftgraph.resolve.offices import kind_of

    spells = _join(holder.spells)
    known = {spell.role for spell in spells if spell.role != "leader"}
    taken = {spell.key for spell in spells}
    number = 0
    rows = []
    for spell in spells:
        if spell.role == "leader" and known:
            continue
        key = spell.key
        while not key or (key in taken and key != spell.key):
            number += 1
            key = f"{holder.key}-{number}"
        taken.add(key)
        rows.append(
            {
                "key": key,
                "person": holder.key,
                "office": spell.office,
                "kind": kind_of(spell.role),
                "role": spell.role,
                "of": spell.of,
                "polity": spell.polity,
                "start": spell.start,
                "end": spell.end,
                "sources": spell.source,
            }
        )
    return rows


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    """Write a table, whole or not at all."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    temporary.replace(path)


def main(arguments: Sequence[str]) -> int:
    """Rebuild the tables of a checkout from the folder of sources."""
    from giftgraph.resources import curated_directory

    curated = curated_directory()
    if len(arguments) != 1 or curated is None:
        print("usage, in a checkout: python -m giftgraph.resolve.leaders FOLDER", file=sys.stderr)
        return 2
    try:
        persons, tenures = build(Path(arguments[0]), curated.parent)
    except (GiftgraphError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    leaders = curated.parent / "leaders"
    write_rows(leaders / "persons.csv", PERSON_COLUMNS, persons)
    write_rows(leaders / "tenures.csv", TENURE_COLUMNS, tenures)
    print(f"{len(persons)} persons, {len(tenures)} tenures", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
