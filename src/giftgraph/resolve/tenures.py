"""Who held an office on a date, and which person a printed title means.

The tenures are the committed tables of `data/leaders`, dated in EDTF. A title that two persons may have held on the date stays
unsure and names both; a title on a date that no tenure covers names nobody.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from giftgraph.dates import Bounds, read_bounds
from giftgraph.errors import DataUnreadable, DateInvalid
from giftgraph.names import normalize
from giftgraph.resolve.judgement import Verdict
from giftgraph.resolve.offices import OfficeTitle, read_title
from giftgraph.resources import leaders_directory

# Roles that several may hold at once in a polity: one known holder does not make a title certain.
_SHARED = frozenset(
    [
        "deputy-prime-minister",
        "speaker",
        "vice-president",
        "regent",
        "leader",
        "secretary",
        "ambassador",
        "chief-of-defence",
    ]
)
_ALWAYS_SHARED = frozenset(["deputy-prime-minister", "regent", "leader"])
_SHARED_WITHOUT_WHAT = frozenset(["speaker", "secretary", "ambassador"])
# Roles that many hold at once: a title alone names nobody among them.
_MANY = frozenset(
    ["prince", "legislator", "director", "chairman", "commander", "religious", "other", "minister", "deputy-minister"]
)
_MONTH = 31
_SPOUSE_OF = {"president": "first-lady", "monarch": "first-lady", "vice-president": "second-lady"}
_OF_ONE = {"pope": "vat", "commission-president": "eu", "council-president": "eu"}
_MARRIED = ("mrs", "madame", "mme", "ms", "dr")


@dataclass(frozen=True, slots=True)
class Leader:
    """A person of the tables: `partial` where a source gives no more than a surname."""

    id: str
    name: str
    other_names: tuple[str, ...]
    partial: bool
    born: str
    sex: str
    polity: str
    wikidata: str


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """A tenure: `key` is its id, `office` its label, `start` and `end` EDTF, `days` what is sure and what is possible of them."""

    key: str
    person: str
    office: str
    kind: str
    role: str
    of: str
    polity: str
    start: str
    end: str
    sources: tuple[str, ...]
    days: Days


@dataclass(frozen=True, slots=True)
class Days:
    """Day numbers: it ran at the earliest from `first`, surely from `begun`, surely until `lasted`, at the latest until `last`."""

    first: int | None
    begun: int | None
    lasted: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who held or may have held an office on a date. `certain`: on every day of the date, and nobody else did."""

    person: str
    name: str
    tenure: str
    certain: bool
    why: str


@dataclass(frozen=True, slots=True)
class TitleResolution:
    """Whom a title means: `person` is null unless the verdict is `same`; `candidates` are the ids between which it lies.

    `post` is the tenure that covers the date, `title` what was read.
    """

    person: str | None
    verdict: Verdict
    candidates: tuple[str, ...]
    why: str
    post: str | None = None
    title: OfficeTitle | None = None


@dataclass(frozen=True, slots=True)
class Tenures:
    """The tables in memory: leaders by id, tenures by polity and role, and those of each person."""

    leaders: dict[str, Leader]
    by_office: dict[tuple[str, str], tuple[HeldOffice, ...]]
    by_person: dict[str, tuple[HeldOffice, ...]]


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataUnreadable(f"{path}: the tables of leaders cannot be read: {error}") from None


@cache
def date_bounds(date: str) -> Bounds:
    """The bounds of a start or end of a tenure; none for an open or unknown one.

    >>> date_bounds(".."), date_bounds("")
    (Bounds(earliest_day=None, latest_day=None), Bounds(earliest_day=None, latest_day=None))
    """
    return Bounds(None, None) if date in ("", "..") else read_bounds(date)


def read_days(start: str, end: str) -> Days:
    """The days of a tenure; an open end lasts for ever, an unknown one is never sure.

    >>> read_days("2009-01-20", "2017-01-20").begun == read_days("2009-01-20", "..").first
    True
    """
    first, last = date_bounds(start), date_bounds(end)
    lasted = 10_000_000 if end == ".." else last.earliest_day
    return Days(first.earliest_day, first.latest_day, lasted, last.latest_day)


@cache
def load_tenures() -> Tenures:
    """The committed tenures, read once. Raises DataUnreadable when the tables are missing or broken.

    >>> load_tenures().leaders["barack-obama"].wikidata
    'Q76'
    """
    folder = leaders_directory()
    leaders = {
        row["key"]: Leader(
            row["key"],
            row["name"],
            tuple(name for name in row["other_names"].split("; ") if name),
            row["partial"] == "yes",
            row["born"],
            row["sex"],
            row["polity"],
            row["wikidata"],
        )
        for row in _read(folder / "persons.csv")
    }
    by_office: dict[tuple[str, str], list[HeldOffice]] = {}
    by_person: dict[str, list[HeldOffice]] = {}
    for row in _read(folder / "tenures.csv"):
        held = HeldOffice(
            row["key"],
            row["person"],
            row["office"],
            row["kind"],
            row["role"],
            row["of"],
            row["polity"],
            row["start"],
            row["end"],
            tuple(row["sources"].split("; ")),
            read_days(row["start"], row["end"]),
        )
        by_office.setdefault((held.polity, held.role), []).append(held)
        by_person.setdefault(held.person, []).append(held)
    return Tenures(
        leaders,
        {office: tuple(rows) for office, rows in by_office.items()},
        {person: tuple(rows) for person, rows in by_person.items()},
    )


def _may_cover(days: Days, when: Bounds) -> bool:
    starts = days.first is None or when.latest_day is None or days.first <= when.latest_day
    return starts and (days.last is None or when.earliest_day is None or days.last >= when.earliest_day)


def _covers(days: Days, when: Bounds) -> bool:
    if when.earliest_day is None or when.latest_day is None or days.begun is None:
        return False
    return days.begun <= when.earliest_day and days.lasted is not None and days.lasted >= when.latest_day


def _when(date: str | None) -> Bounds | None:
    if not date:
        return None
    try:
        return read_bounds(date)
    except DateInvalid:
        return None


def holders(role: str, polity: str, date: str | None, of: str | None = None) -> tuple[Holder, ...]:
    """Everybody who held or may have held an office on a date (EDTF), in the order of their terms.

    `role` is one of `office_titles.toml`; `of` narrows an office with a portfolio, body or mission.

    >>> [(h.person, h.certain) for h in holders("president", "usa", "2011-03-04")]
    [('barack-obama', True)]
    >>> [(h.person, h.certain) for h in holders("monarch", "qat", "2013-06")]
    [('hamad-bin-khalifa-al-thani-qat', False), ('tamim-bin-hamad-al-thani', False)]
    """
    when = _when(date)
    tenures = load_tenures()
    if when is None:
        return ()
    found = [
        held
        for held in tenures.by_office.get((polity, role), ())
        if _may_cover(held.days, when) and (of is None or not held.of or held.of == of)
    ]
    if role not in _SHARED:
        found = _drop_handed_over(found, when)
    persons = dict.fromkeys(held.person for held in sorted(found, key=lambda held: (held.days.first or 0, held.key)))
    result = []
    for person in persons:
        terms = [held for held in found if held.person == person]
        sure = [held for held in terms if _covers(held.days, when) or _lasts_to_successor(held, when)]
        certain = bool(sure) and len(persons) == 1 and not (role in _SHARED and _is_shared(polity, role, of))
        term = (sure or terms)[0]
        words = "held" if certain else "may have held" if not sure else "held, and so may another,"
        name = tenures.leaders[person].name
        why = f"{name} {words} it on {date} ({term.office}, {term.start} to {term.end or 'unknown'})"
        result.append(Holder(person, name, term.key, certain, why))
    return tuple(result)


@cache
def _is_shared(polity: str, role: str, of: str | None) -> bool:
    """Whether several persons are known to have held a post side by side, for more than a month."""
    if role in _ALWAYS_SHARED or (role in _SHARED_WITHOUT_WHAT and of is None):
        return True
    terms = sorted(
        (held.days.begun, held.days.lasted, held.person)
        for held in load_tenures().by_office.get((polity, role), ())
        if held.days.begun is not None and held.days.lasted is not None and (of is None or held.of == of)
    )
    return any(
        first[2] != second[2] and min(first[1], second[1]) - second[0] > _MONTH
        for index, first in enumerate(terms)
        for second in terms[index + 1 :]
    )


def _drop_handed_over(found: list[HeldOffice], when: Bounds) -> list[HeldOffice]:
    """Without those whose term ends, on some day of a month, when a successor surely holds the office on the date.

    A day of handing over belongs to the one who takes over, as the dates of most sources do.
    """
    sure = [held for held in found if _covers(held.days, when)]
    begun = max((held.days.begun or 0 for held in sure), default=0)
    return [
        held
        for held in found
        if not begun or (held.days.begun or 0) >= begun or (held.days.lasted or 0) > begun or held.end == ".."
    ]


def _lasts_to_successor(held: HeldOffice, when: Bounds) -> bool:
    """Whether a term that ends in some month lasted past the date, because its successor begins on a later day of that month."""
    days = held.days
    if days.begun is None or days.last is None or when.earliest_day is None or when.latest_day is None:
        return False
    if days.begun > when.earliest_day or days.last < when.latest_day or held.role in _SHARED:
        return False
    peers = load_tenures().by_office[held.polity, held.role]
    starts = [peer.days.begun for peer in peers if peer.days.begun is not None and peer.days.begun == peer.days.first]
    return any(when.latest_day < start <= days.last + 1 for start in starts)


def resolve_titles(text: str, polity: str | None, date: str | None) -> tuple[TitleResolution, ...]:
    """The persons that a title without a name means, one resolution a person.

    `polity` is whose office it is when the text does not say so ("President" of a US recipient: `usa`); `date` is EDTF.
    "First Family" is a group: nobody is chosen, the President and the First Lady are the candidates.

    >>> [r.person for r in resolve_titles("President and First Lady", "usa", "2011-03-04")]
    ['barack-obama', 'michelle-obama']
    """
    plain = normalize(text)
    if "first family" in plain:
        return (_resolve_family(polity, date),)
    titles = read_title(text, date if date and date[:4].isdigit() and "/" not in date else None)
    if not titles:
        return _resolve_married(text, polity, date)
    return _gather([_resolve(title, polity, date) for title in titles])


def resolve_title(text: str, polity: str | None, date: str | None) -> TitleResolution:
    """The one person that a title without a name means; verdict `unsure`, with the candidates, where it is not certain.

    Where the text names several persons ("President and First Lady"), the first; see `resolve_titles`.

    >>> resolve_title("The President", "usa", "2011-03-04").person
    'barack-obama'
    >>> resolve_title("Amir of Qatar", None, "2013-06").candidates
    ('hamad-bin-khalifa-al-thani-qat', 'tamim-bin-hamad-al-thani')
    """
    found = resolve_titles(text, polity, date)
    return next((each for each in found if each.verdict == "same"), found[0])


def _resolve(title: OfficeTitle, polity: str | None, date: str | None) -> TitleResolution:
    whose = title.polity or _OF_ONE.get(title.role) or polity
    if title.standing in ("former", "coming"):
        return TitleResolution(
            None, "unsure", (), f"{title.standing} {title.label}: not the holder on the date", None, title
        )
    if whose is None:
        return TitleResolution(None, "unsure", (), f"{title.label}: whose office is not stated", None, title)
    if not date:
        return TitleResolution(None, "unsure", (), f"{title.label}: no date", None, title)
    role = title.role
    if title.standing == "spouse":
        role = _SPOUSE_OF.get(role, "other")
    if role in _MANY:
        return TitleResolution(None, "unsure", (), f"{title.label}: several hold such a post", None, title)
    found = _queens(whose, date) if role == "queen" else holders(role, whose, date, title.of)
    if not found:
        return TitleResolution(None, "unsure", (), f"no holder of {role} of {whose} is known on {date}", None, title)
    if len(found) == 1 and found[0].certain:
        return TitleResolution(found[0].person, "same", (), found[0].why, found[0].tenure, title)
    candidates = tuple(holder.person for holder in found)
    return TitleResolution(None, "unsure", candidates, "; ".join(holder.why for holder in found), None, title)


def _queens(polity: str, date: str) -> tuple[Holder, ...]:
    """A queen reigns, or is the wife of the king who reigns."""
    leaders = load_tenures().leaders
    reigning = tuple(each for each in holders("monarch", polity, date) if leaders[each.person].sex == "female")
    return reigning or holders("first-lady", polity, date)


def _resolve_family(polity: str | None, date: str | None) -> TitleResolution:
    both = [
        holder for role in ("president", "first-lady") for holder in (holders(role, polity, date) if polity else ())
    ]
    return TitleResolution(None, "unsure", tuple(each.person for each in both), "a family, not one person")


def _resolve_married(text: str, polity: str | None, date: str | None) -> tuple[TitleResolution, ...]:
    """ "Mrs. Cheney": the wife of a holder, where one with that surname is a spouse of office on the date."""
    words = normalize(text).split()
    if len(words) >= 2 and words[0] in _MARRIED and polity and date:
        spouses = [holder for role in ("first-lady", "second-lady") for holder in holders(role, polity, date)]
        fits = [each for each in spouses if normalize(each.name).split()[-1] == words[-1]]
        if len(fits) == 1:
            return (TitleResolution(fits[0].person, "same", (), f"surname and {fits[0].why}", fits[0].tenure),)
    return (TitleResolution(None, "unsure", (), f"{text.strip()[:80]!r} names no office that is known here"),)


def _gather(found: Sequence[TitleResolution]) -> tuple[TitleResolution, ...]:
    """Titles of one person become one: what is unsure joins the person who is among its candidates, or who stands beside it."""
    sure = {each.person: each for each in reversed(found) if each.person}
    if not sure:
        common = [set(each.candidates) for each in found if each.candidates]
        both = set.intersection(*common) if len(common) > 1 else set()
        if len(both) == 1:
            chosen = next(each for each in found if each.candidates)
            why = f"the only one who held both: {chosen.why}"
            return (TitleResolution(both.pop(), "same", (), why, None, chosen.title),)
        return (found[0],)
    return tuple(dict.fromkeys(sure[each.person] for each in found if each.person))
