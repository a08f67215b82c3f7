"""The flat curated tables (CSV): persons, tenures, polities, places, visits, sources and role conflicts.

Each table has exactly the columns of its record, in that order; a row that breaks a rule is reported with file, line and column.
Several values in one cell are separated by `; `.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from giftgraph.dates import read_bounds
from giftgraph.errors import CuratedInvalid, DateInvalid

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WIKIDATA_ID = re.compile(r"Q[1-9]\d*")
RANKS = ("preferred", "normal", "deprecated")
_CHECKED = ("read", "secondary", "unchecked")


@dataclass(frozen=True)
class Person:
    """A person, organization or people; `kind` decides which. Life dates are EDTF and only there when a source gives them."""

    key: str
    name: str
    other_names: tuple[str, ...]
    kind: str
    born: str
    died: str
    polity: str
    wikidata: str
    possibly_same_as: tuple[str, ...]
    confidence: str
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Tenure:
    """A person in an office for a time: `end` is `..` while open and empty when unknown."""

    key: str
    person: str
    office: str
    office_kind: str
    polity: str
    start: str
    end: str
    confidence: str
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Polity:
    """A state, past or present, or an international organisation that gives and receives as one."""

    code: str
    label: str
    kind: str
    alpha2: str
    alpha3: str
    m49: str
    un_region: str
    wikidata: str
    geonames: str
    territory_today: str
    successors: tuple[str, ...]
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Place:
    """A place, with the place or the polity it lies in where that is known."""

    key: str
    name: str
    part_of: str
    polity: str


@dataclass(frozen=True)
class Visit:
    """A journey of state: who visited whom, when."""

    key: str
    label: str
    visitors: tuple[str, ...]
    host: str
    date: str
    places: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A document that states facts. `url` is a live address of the publisher; `copy` says where it was read instead."""

    key: str
    title: str
    publisher: str
    issued: str
    url: str
    copy: str


@dataclass(frozen=True)
class RoleConflict:
    """A role that the source states although the tenures say otherwise; shown as a warning, never corrected."""

    exchange: str
    party: str
    stated_role: str
    finding: str
    explanation: str


@dataclass(frozen=True)
class Remark:
    """A ranked statement about something that is not an exchange: a visit, a museum, a person."""

    key: str
    subject: str
    about: str
    value: str
    rank: str
    sources: tuple[str, ...]
    note: str


Record = TypeVar("Record", Person, Tenure, Polity, Place, Visit, Source, RoleConflict, Remark)

TABLES: dict[str, type[Any]] = {
    "persons.csv": Person,
    "tenures.csv": Tenure,
    "polities.csv": Polity,
    "places.csv": Place,
    "visits.csv": Visit,
    "sources.csv": Source,
    "role_conflicts.csv": RoleConflict,
    "claims.csv": Remark,
}


def split_cell(cell: str) -> tuple[str, ...]:
    """The values of a cell that may hold several.

    >>> split_cell("Abbas the Great; Shah Abbas")
    ('Abbas the Great', 'Shah Abbas')
    """
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def read_table(path: Path, record: type[Record]) -> list[Record]:
    """Read one table strictly. Raises CuratedInvalid naming file, line and column."""
    names = [field.name for field in fields(record)]
    records: list[Record] = []
    keys: dict[str, int] = {}
    for line, row in _rows(path, names):
        values: dict[str, Any] = {
            field.name: split_cell(row[field.name]) if str(field.type).startswith("tuple") else row[field.name]
            for field in fields(record)
        }
        item = record(**values)
        for column, check in _CHECKS.get(record, {}).items():
            problem = check(row[column])
            if problem:
                raise CuratedInvalid(f"{path}:{line}: {column}: {problem}")
        if names[0] in ("key", "code"):
            key = row[names[0]]
            if key in keys:
                raise CuratedInvalid(f"{path}:{line}: {names[0]} {key!r} stands in line {keys[key]} already")
            keys[key] = line
        records.append(item)
    return records


def _rows(path: Path, names: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            if header != names:
                raise CuratedInvalid(f"{path}:1: the columns must be {','.join(names)}")
            for cells in reader:
                if len(cells) != len(names):
                    raise CuratedInvalid(
                        f"{path}:{reader.line_num}: {len(cells)} cells where {len(names)} are expected"
                    )
                for name, cell in zip(names, cells, strict=True):
                    if cell != cell.strip() or any(ord(character) < 32 for character in cell):
                        raise CuratedInvalid(
                            f"{path}:{reader.line_num}: {name}: stray white space or a control character"
                        )
                yield reader.line_num, dict(zip(names, cells, strict=True))
    except FileNotFoundError:
        raise CuratedInvalid(f"{path}: no such table") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise CuratedInvalid(f"{path}: not a CSV table in UTF-8: {error}") from None


def write_table(path: Path, records: list[Record]) -> None:
    """Write a table back in the form that `read_table` reads, so that a program's change is as reviewable as a hand's."""
    names = [field.name for field in fields(records[0])]
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        for record in records:
            cells = [getattr(record, name) for name in names]
            writer.writerow(["; ".join(cell) if isinstance(cell, tuple) else cell for cell in cells])
    temporary.replace(path)


def _slug(cell: str) -> str | None:
    return None if SLUG.fullmatch(cell) else f"{cell!r} is not a slug of a-z, 0-9 and single hyphens"


def _filled(cell: str) -> str | None:
    return None if cell else "must not be empty"


def _date(cell: str) -> str | None:
    if cell in ("", ".."):
        return None
    try:
        read_bounds(cell)
    except DateInvalid as error:
        return str(error)
    return None


def _wikidata(cell: str) -> str | None:
    return None if not cell or _WIKIDATA_ID.fullmatch(cell) else f"{cell!r} is not a Wikidata id such as Q7747"


def _confidence(cell: str) -> str | None:
    return None if cell in _CHECKED else f"{cell!r} is not one of {', '.join(_CHECKED)}"


def _kind(cell: str) -> str | None:
    return None if cell in ("person", "organization", "people") else f"{cell!r} is not person, organization or people"


def _rank(cell: str) -> str | None:
    return None if cell in RANKS else f"{cell!r} is not one of {', '.join(RANKS)}"


def _url(cell: str) -> str | None:
    if not cell or re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", cell):
        return None
    return f"{cell[:60]!r} is not an http(s) address"


_CHECKS: dict[type, dict[str, Callable[[str], str | None]]] = {
    Person: {
        "key": _slug,
        "name": _filled,
        "kind": _kind,
        "born": _date,
        "died": _date,
        "wikidata": _wikidata,
        "confidence": _confidence,
    },
    Tenure: {
        "key": _slug,
        "person": _slug,
        "office": _filled,
        "office_kind": _slug,
        "start": _date,
        "end": _date,
        "confidence": _confidence,
    },
    Polity: {"code": _slug, "label": _filled, "kind": _slug, "wikidata": _wikidata},
    Place: {"key": _slug, "name": _filled},
    Visit: {"key": _slug, "label": _filled, "date": _date},
    Source: {"key": _slug, "title": _filled, "issued": _date, "url": _url},
    Remark: {"key": _slug, "subject": _filled, "about": _filled, "value": _filled, "rank": _rank, "sources": _filled},
    RoleConflict: {"exchange": _slug, "explanation": _filled},
}
