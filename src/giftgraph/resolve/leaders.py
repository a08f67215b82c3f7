"""Build the committed tables of who held which office when, from the sources of leaders.

    python -m giftgraph.resolve.leaders FOLDER

FOLDER holds REIGN, the world leaders of 2021 and the executives of the United States; the extract of cabinet holders, the
additions, the offices of REIGN's leaders and the overrides lie in `data/leaders` of a checkout. Every run gives the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from giftgraph.errors import GiftgraphError
from giftgraph.resolve.leader_persons import CLOSE, FUTURE, Holder, People, spell_span
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
from giftgraph.resolve.offices import kind_of
from giftgraph.resolve.tenures import date_bounds

PERSON_COLUMNS = ("key", "name", "other_names", "partial", "born", "sex", "polity", "wikidata", "sources")
TENURE_COLUMNS = ("key", "person", "office", "kind", "role", "of", "polity", "start", "end", "sources")


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
    (a_start, a_end), (b_start, b_end) = spell_span(a), spell_span(b)
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
        end = max(trusted.end, other.end, key=lambda date: (spell_span(replace(trusted, end=date))[1], bool(date)))
    elif not end or end.startswith("["):
        end = other.end or end
    if other.partial and not trusted.key:
        start, end = _widest(start, end, other)
    if len(start) == 4 and other.start.startswith(start):
        start = other.start
    if len(end) == 4 and other.end.startswith(end):
        end = other.end
    return replace(trusted, start=start, end=end, source="; ".join(sources))


def _widest(start: str, end: str, other: Spell) -> tuple[str, str]:
    """The dates, earlier and later where REIGN has the whole term and a cabinet file only the last cabinet of it.

    Days are not taken from REIGN: it moves a start or end only where they are more than two months apart.
    """
    if (date_bounds(start).earliest_day or 0) - (date_bounds(other.start).latest_day or FUTURE) > CLOSE:
        start = other.start
    if not other.end.startswith("["):
        later = (date_bounds(other.end).earliest_day or 0) - (date_bounds(end).latest_day or FUTURE)
        end = other.end if later > CLOSE else end
    return start, end


def build(folder: Path, data: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows of the persons and of the tenures, sorted by key. `data` is the `data` folder of a checkout."""
    curated, leaders = data / "curated", data / "leaders"
    offices = [
        OfficeRow(row["cow"], row["polity"], row["from"], row["to"], row["role"], row["title"])
        for row in read_rows(leaders / "offices.csv")
    ]
    persons, spells = read_curated(curated)
    identifiers = _identifiers(folder.parent.parent / "facts" / "identifiers.csv")
    people = People(persons, identifiers)
    named = [
        *spells,
        *read_holders(leaders / "additions.csv", curated),
        *read_holders(leaders / "holders.csv", curated),
        *read_executive(folder / "us_executive.yaml"),
        *read_world_leaders(folder / "world_leaders_2021_wikidata.csv", curated),
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
            also=spell.name if row["name"] and not spell.partial else spell.also,
            role=row["role"] or spell.role,
            office=row["office"] or spell.office,
            start=row["new_start"] or spell.start,
            end=row["new_end"] or spell.end,
        )

    return change


def _fill_lives(people: People, path: Path) -> None:
    """Birth date and sex from the biographies, for persons with the same Wikidata id."""
    for row in read_rows(path):
        holder = people.by_wikidata.get(row["id"])
        if holder and holder.spells:
            holder.born = holder.born if len(holder.born) >= len(row["dob"]) else row["dob"]
            holder.sex = holder.sex or row["gender"]


def _rows(people: People) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
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


def _tenure_rows(holder: Holder) -> list[dict[str, str]]:
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
