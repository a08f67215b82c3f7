"""The persons behind the spells of many sources: by Wikidata id, by name and polity, by a term and a near name.

Nothing joins two ids, two sexes, or ages that disagree; a surname alone never becomes a name of somebody whose whole name is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from giftgraph.curated.tables import Person
from giftgraph.names import normalize
from giftgraph.resolve.leader_sources import Spell
from giftgraph.resolve.tenures import date_bounds

# Likeness of names, from 0 to 100: of a surname, of a whole name, of two words; from _SURE on a term agrees too.
_NEAR = 84.0
_WHOLE = 93.0
_SIMILAR = 74.0
_SURE = 100.0
CLOSE = 62
FUTURE = 3_000_000


@dataclass(slots=True)
class Holder:
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
        for name in (spell.name, *spell.also.split("; ")):
            # What may be a surname only would fit a brother as well.
            known = {normalize(each) for each in (self.name, *self.other_names)}
            if name and not spell.partial and normalize(name) and normalize(name) not in known:
                self.other_names.append(name)
        for source in spell.source.split("; "):
            if source not in self.sources:
                self.sources.append(source)


def spell_span(spell: Spell) -> tuple[int, int]:
    """The first and the last day that a spell may cover."""
    return date_bounds(spell.start).earliest_day or 0, date_bounds(spell.end).latest_day or FUTURE


def _year(date: str) -> int | None:
    return int(date[:4]) if date[:4].isdigit() else None


def _ages_agree(a: str, b: str, slack: int) -> bool:
    first, second = _year(a), _year(b)
    return first is None or second is None or abs(first - second) <= slack


class People:
    """The persons found so far, by key, Wikidata id, name and polity."""

    def __init__(self, persons: Iterable[Person], identifiers: dict[str, str]) -> None:
        self.holders: dict[str, Holder] = {}
        self.by_wikidata: dict[str, Holder] = {}
        self.by_name: dict[str, list[Holder]] = {}
        self.by_polity: dict[str, list[Holder]] = {}
        for person in persons:
            wikidata = person.wikidata or identifiers.get(person.key, "")
            holder = Holder(person.key, person.name, person.polity, born=person.born, wikidata=wikidata)
            holder.other_names = list(person.other_names)
            self._register(holder)

    def _register(self, holder: Holder) -> None:
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

    def _find(self, spell: Spell) -> Holder:
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
        best: tuple[float, Holder] | None = None
        for holder in self.by_polity.get(spell.polity, ()):
            score = 0.0 if _clash(spell, holder) else _likeness(spell, holder)
            if score >= (_NEAR if spell.partial else _WHOLE) and (best is None or score > best[0]):
                best = score, holder
        return best[1] if best else self._new(spell)

    def _new(self, spell: Spell) -> Holder:
        base = "-".join((*normalize(spell.name).split(), spell.polity))
        key, number = base, 1
        while key in self.holders:
            number += 1
            key = f"{base}-{number}"
        holder = Holder(key, spell.name, spell.polity, spell.partial, spell.born, spell.sex, spell.wikidata)
        self._register(holder)
        return holder


def _clash(spell: Spell, holder: Holder) -> bool:
    """Whether ids or sexes say that they are two."""
    ids = bool(spell.wikidata and holder.wikidata and spell.wikidata != holder.wikidata)
    return ids or bool(spell.sex and holder.sex and spell.sex != holder.sex)


def _likeness(spell: Spell, holder: Holder) -> float:
    """How near a name as a source writes it comes to a person of the polity; 0 where age or office speak against it.

    From 100 on where both sources also give one term in one office, beginning and end.
    """
    same_age = bool(spell.born and holder.born) and _ages_agree(spell.born, holder.born, 1)
    same_office = any(_overlaps(spell, other) for other in holder.spells)
    if not spell.partial and not same_office:
        return 0.0
    same_term = any(_same_term(spell, other) for other in holder.spells)
    likeness = _name_likeness(spell.name, (holder.name, *holder.other_names))
    names = (holder.name, *holder.other_names)
    if same_term and (
        likeness >= _NEAR or (_shares_word(spell.name, names) and _ages_agree(spell.born, holder.born, 6))
    ):
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


def _shares_word(name: str, others: Iterable[str]) -> bool:
    """Whether a longer word of a name comes near to one of the others."""
    from rapidfuzz import fuzz

    long = [word for word in normalize(name).split() if len(word) > 3]
    words = [word for other in others for word in normalize(other).split() if len(word) > 3]
    return any(fuzz.ratio(a, b) >= _SIMILAR for a in long for b in words)


def _overlaps(spell: Spell, other: Spell) -> bool:
    if "leader" not in (spell.role, other.role) and spell.role != other.role:
        return False
    (start, end), (first, last) = spell_span(spell), spell_span(other)
    shared = min(end, last) - max(start, first)
    return shared >= 0 if spell.partial else 2 * shared >= min(end - start, last - first)


def _same_term(spell: Spell, other: Spell) -> bool:
    """Whether two sources mean one term in one office of a polity: both ends agree within two months, one by more than years."""
    if (spell.role, spell.polity) != (other.role, other.polity):
        return False
    if {4} & {len(spell.start), len(spell.end)} and {4} & {len(other.start), len(other.end)}:
        return False
    return _near_dates(spell.start, other.start) and _near_dates(spell.end, other.end)


def _near_dates(a: str, b: str) -> bool:
    first, second = date_bounds(a), date_bounds(b)
    starts = (first.earliest_day or 0), (second.earliest_day or 0)
    ends = (first.latest_day or FUTURE), (second.latest_day or FUTURE)
    return max(starts) - min(ends) <= CLOSE
