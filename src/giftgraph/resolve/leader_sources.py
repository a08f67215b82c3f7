"""The sources of who held which office: each reader gives spells in office, as stated, in the order of its file.

Nothing is merged here; `giftgraph.resolve.leaders` finds the persons behind the spells.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from giftgraph.curated.tables import Person, Tenure, read_table
from giftgraph.errors import CuratedInvalid
from giftgraph.resolve.offices import OfficeTitle, is_role, office_words, read_title

SINCE = 1990
# The last month that the files describe: what has no end there ran at least to it.
_REIGN_SEEN = "2021-08"
_CABINETS_SEEN = "2022-07"
# Names of polities that take the article in an office's label.
_WITH_ARTICLE = (
    "United",
    "Netherlands",
    "Philippines",
    "Bahamas",
    "Maldives",
    "Gambia",
    "Dominican Rep",
    "Central African",
    "Solomon",
    "Marshall",
    "Seychelles",
    "Comoros",
    "Holy See",
)


@dataclass(frozen=True, slots=True)
class Spell:
    """A person in an office for a time, as one source states it. `name` may be a surname only (`partial`).

    `start` and `end` are EDTF; an empty end is unknown, `..` open. `also` holds other spellings of the name.
    """

    source: str
    name: str
    polity: str
    role: str
    office: str
    start: str
    end: str
    of: str = ""
    wikidata: str = ""
    born: str = ""
    sex: str = ""
    person: str = ""
    partial: bool = False
    key: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """Which office the leader that REIGN lists held: from and to are days, empty where open."""

    cow: str
    polity: str
    start: str
    end: str
    role: str
    title: str


def read_rows(path: Path, encoding: str = "utf-8") -> Iterator[dict[str, str]]:
    """The rows of a CSV file with a header. Raises CuratedInvalid when it cannot be read."""
    try:
        with path.open(encoding=encoding, newline="") as stream:
            for row in csv.DictReader(stream):
                yield {name: (value or "").strip() for name, value in row.items() if isinstance(value, str | None)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CuratedInvalid(f"{path}: not a readable CSV table: {error}") from None


@cache
def _polity_labels(curated: Path) -> dict[str, str]:
    labels = {row["code"]: row["label"].partition(" (")[0] for row in read_rows(curated / "polities.csv")}
    return {code: f"the {label}" if label.startswith(_WITH_ARTICLE) else label for code, label in labels.items()}


def office_role(office: str, polity: str) -> OfficeTitle | None:
    """The first office of a label that belongs to the polity itself, not to a part of it."""
    for title in read_title(office):
        if title.role != "other" and title.standing in ("held", "acting") and title.polity in (None, polity):
            return title
    return None


def read_curated(curated: Path) -> tuple[list[Person], list[Spell]]:
    """The curated persons, and their tenures that may touch the years of the registers."""
    persons = [person for person in read_table(curated / "persons.csv", Person) if person.kind == "person"]
    by_key = {person.key: person for person in persons}
    spells = []
    for tenure in read_table(curated / "tenures.csv", Tenure):
        person = by_key.get(tenure.person)
        if person is None or tenure.confidence == "unchecked" or not _is_recent(tenure.start, tenure.end):
            continue
        title = office_role(tenure.office, tenure.polity)
        if title and tenure.office_kind == "party-leader":
            title = replace(title, role="party-leader")
        elif (
            title and tenure.office_kind == "other" and title.kind in ("head-of-state", "head-of-government", "monarch")
        ):
            title = None
        elif title and title.role == "queen":
            role = "monarch" if tenure.office_kind == "monarch" else "first-lady"
            title = replace(title, role=role)
        spells.append(
            Spell(
                "; ".join(tenure.sources),
                person.name,
                tenure.polity,
                title.role if title else tenure.office_kind,
                tenure.office,
                tenure.start,
                tenure.end,
                of=(title.of or "") if title else "",
                wikidata=person.wikidata,
                born=person.born,
                person=person.key,
                key=tenure.key,
            )
        )
    return persons, spells


def _is_recent(start: str, end: str) -> bool:
    last = end if end not in ("", "..") else "9999"
    year = last.lstrip("[.").replace("/", "-")[:4]
    return not start.startswith("-") and year.isdigit() and int(year) >= SINCE and bool(start)


def read_reign(path: Path, offices: list[OfficeRow], curated: Path) -> list[Spell]:
    """The leaders of REIGN from 1990 on; a start on the 1st of a month counts as the month, ends are months."""
    labels = _polity_labels(curated)
    spells = []
    for row in read_rows(path, "latin-1"):
        if (row["eyear"] and int(row["eyear"]) < SINCE) or not row["smonth"]:
            continue
        month = f"{row['syear']}-{int(row['smonth']):02}"
        day = int(row["sdate"])
        start = month if day == 1 else f"{month}-{day:02}"
        end = f"{row['eyear']}-{int(row['emonth']):02}" if row["eyear"] else f"[{_REIGN_SEEN}..]"
        name = _repair(row["leader"].partition("(")[0].strip())
        for office in offices:
            if office.cow != row["stateabb"] or (office.end and f"{month}-{day:02}" > office.end):
                continue
            if office.start and f"{month}-{day:02}" < office.start:
                continue
            until = office.end if office.end and (not row["eyear"] or f"{end}-31" > f"{office.end[:7]}-99") else end
            born = row["birthyear"] if row["birthyear"].isdigit() else ""
            sex = {"1": "male", "0": "female"}.get(row["gender"], "")
            spells.append(
                Spell(
                    "reign-leaders-of-states-1921-to-2021",
                    name,
                    office.polity,
                    office.role,
                    f"{office.title} of {labels.get(office.polity, office.polity)}",
                    start,
                    until,
                    born=born,
                    sex=sex,
                    partial=True,
                )
            )
            break
    return spells


def _repair(name: str) -> str:
    """Undo UTF-8 that was read as latin-1 or windows-1252, where it can be undone; a few names of REIGN are so."""
    for encoding in ("latin-1", "cp1252"):
        try:
            return name.encode(encoding).decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
    return name.replace("Å¡", "á")


def read_world_leaders(path: Path, curated: Path) -> list[Spell]:
    """Holders of 2021 from Wikidata, with years only."""
    spells = []
    polities = {row["wikidata"]: row["code"] for row in read_rows(curated / "polities.csv") if row["wikidata"]}
    for row in read_rows(path):
        polity = polities.get(row["countryid"], "")
        title = office_role(row["positionLabel"], polity) if polity else None
        if title is None or title.role not in office_words("everywhere") or row["officeholderLabel"].startswith("Q"):
            continue
        end = row["end_year"] or f"[{_CABINETS_SEEN}..]"
        spells.append(
            Spell(
                "world-leaders-2021-from-wikidata",
                row["officeholderLabel"],
                polity,
                title.role,
                row["positionLabel"][:1].upper() + row["positionLabel"][1:],
                row["start_year"],
                end,
                wikidata=row["officeholder"],
            )
        )
    return spells


def read_executive(path: Path) -> list[Spell]:
    """The presidents and vice presidents of the United States, from the terms that touch 1990 on."""
    import yaml  # type: ignore[import-untyped]

    with path.open(encoding="utf-8") as stream:
        people = yaml.safe_load(stream)
    names = {"prez": ("president", "President"), "viceprez": ("vice-president", "Vice President")}
    spells = []
    for person in people:
        name = person["name"].get("official_full") or f"{person['name']['first']} {person['name']['last']}"
        for term in _whole_terms(person["terms"]):
            if term["end"][:4] < str(SINCE):
                continue
            role, title = names[term["type"]]
            spells.append(
                Spell(
                    "presidents-and-vice-presidents-of-the-united-states",
                    name,
                    "usa",
                    role,
                    f"{title} of the United States",
                    term["start"],
                    term["end"],
                    wikidata=person["id"].get("wikidata", ""),
                    born=person["bio"].get("birthday", ""),
                    sex={"M": "male", "F": "female"}[person["bio"]["gender"]],
                )
            )
    return spells


def _whole_terms(terms: list[dict[str, str]]) -> list[dict[str, str]]:
    """The terms of a person, with those joined that follow each other in one office."""
    joined: list[dict[str, str]] = []
    for term in terms:
        last = joined[-1] if joined else {}
        if last.get("type") == term["type"] and last.get("end") == term["start"]:
            joined[-1] = last | {"end": term["end"]}
        else:
            joined.append(dict(term))
    return joined


def read_holders(path: Path, curated: Path) -> list[Spell]:
    """A committed table of office holders: the extract of cabinets, the list of state leaders or the additions, which share columns.

    Raises CuratedInvalid where a role is not one of `office_titles.toml`.
    """
    labels = _polity_labels(curated)
    rows = list(read_rows(path))
    starts: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        starts.setdefault((row["polity"], row["position"]), []).append(row["start"])
    spells = []
    for row in rows:
        if not is_role(row["role"]):
            raise CuratedInvalid(f"{path}: {row['position']} of {row['polity']}: there is no role {row['role']!r}")
        later = [start for start in starts[row["polity"], row["position"]] if start > row["start"]]
        end = row["end"] or (f"[..{min(later)}]" if later else f"[{_CABINETS_SEEN}..]")
        if end.startswith("[..") and end < f"[..{SINCE}":
            continue
        spells.append(
            Spell(
                row["source"],
                row["person"],
                row["polity"],
                row["role"],
                _office_label(row["position"], labels.get(row["polity"], row["polity"])),
                row["start"],
                end,
                of=row["of"],
                wikidata=row["wikidata"],
                born=row["born"],
                sex=row["sex"],
                also=row["also"],
            )
        )
    return spells


def _office_label(position: str, polity: str) -> str:
    """The label of an office with the polity it belongs to.

    >>> _office_label("ambassador to Japan", "the United States"), _office_label("Prime Minister of Sweden", "Sweden")
    ('Ambassador of the United States to Japan', 'Prime Minister of Sweden')
    """
    label = position[:1].upper() + position[1:]
    if polity.removeprefix("the ") in label:
        return label
    mission, to, where = label.partition(" to ")
    return f"{mission} of {polity} to {where}" if to and mission == "Ambassador" else f"{label} of {polity}"
