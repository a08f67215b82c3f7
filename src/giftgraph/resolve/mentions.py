"""A mention of a person in a text, the persons known before, and what both have in common for a comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from giftgraph.resolve.name_words import name_words
from giftgraph.resolve.spellings import Sex, Spelling, fold, read_spelling

_TITLE_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as one text states it. `roles` are the offices that its title names (`president`, `defence-minister`), held at the time.

    `first_day` and `last_day` are day numbers of the event, null where it is not dated. `relation` is `spouse` or `child`
    where the text names somebody as the wife, husband or child of another.
    """

    name: str
    title: str = ""
    polity: str | None = None
    sex: Sex = ""
    first_day: int | None = None
    last_day: int | None = None
    roles: tuple[str, ...] = ()
    relation: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An office in a polity and the days between which it was held, null for open or unknown."""

    role: str
    polity: str
    first_day: int | None = None
    last_day: int | None = None


def post(role: str, of: str | None) -> str:
    """The office for a comparison: with its portfolio or body, where many hold the same title at a time.

    >>> post("president", None), post("minister", "petroleum"), post("ambassador", "usa")
    ('president', 'minister/petroleum', 'ambassador')
    """
    return f"{role}/{of}" if of and role in name_words("general_offices") else role


def bare(role: str) -> str:
    """An office without its portfolio."""
    return role.partition("/")[0]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person with an id, the names that sources use, and the offices held."""

    id: str
    names: tuple[str, ...]
    polities: tuple[str, ...] = ()
    sex: Sex = ""
    born: int | None = None
    died: int | None = None
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """One side of a comparison: a spelling in a polity with all that its mentions state, or one spelling of a known person."""

    spelling: Spelling
    polities: frozenset[str]
    sex: Sex = ""
    relation: str = ""
    roles: frozenset[str] = frozenset()
    days: tuple[int, ...] = ()
    titles: frozenset[frozenset[str]] = frozenset()
    known: KnownPerson | None = None

    @property
    def first_day(self) -> int | None:
        """The first day of a dated mention."""
        return self.days[0] if self.days else None

    @property
    def last_day(self) -> int | None:
        """The last day of a dated mention."""
        return self.days[-1] if self.days else None


def title_words(title: str) -> frozenset[str]:
    """The words of a title that tell something of who holds it.

    >>> title_words("Senator of the United States") == title_words("U.S. Senator")
    True
    """
    return frozenset(_TITLE_WORD.findall(fold(title))) - name_words("title_words")


@dataclass(slots=True)
class Tally:
    """How much work a run was: names compared, and the largest block of candidates."""

    comparisons: int = 0
    largest_block: int = 0
    blocks: int = field(default=0)


def known_subjects(person: KnownPerson) -> tuple[Subject, ...]:
    """The spellings of a known person as sides of a comparison."""
    spellings = _telling(list(dict.fromkeys(read_spelling(name) for name in person.names)))
    return tuple(
        Subject(
            spelling,
            frozenset(person.polities),
            person.sex or spelling.sex,
            roles=frozenset(held.role for held in person.held),
            known=person,
        )
        for spelling in spellings
        if spelling.words
    )


def _telling(spellings: list[Spelling]) -> list[Spelling]:
    """Without an alias of one word that the whole names have too: a surname alone is weaker than the name."""
    whole = {word for spelling in spellings if len(spelling.words) > 1 for word in spelling.words}
    return [
        spelling
        for place, spelling in enumerate(spellings)
        if place == 0 or len(spelling.words) != 1 or spelling.numeral or spelling.words[0] not in whole
    ]
