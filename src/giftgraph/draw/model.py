"""What a picture shows, before it has a place: parties, lines (one a gift or contradicted claim), visits, sources, totals."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SourceLink:
    """A document behind a line; `url` is empty when it was only read in a copy."""

    title: str
    publisher: str = ""
    url: str = ""
    copy: str = ""


@dataclass(frozen=True)
class Account:
    """A claim about a line: what a source says, and its rank (preferred, normal, deprecated)."""

    words: str
    rank: str
    sources: tuple[SourceLink, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Party:
    """Somebody in the picture: kind is person, organization, polity, office, or unknown for an unnamed party."""

    key: str
    label: str
    kind: str
    subtitle: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Line:
    """One gift, or one contradicted claim about a gift, on its way from givers to receivers.

    `counted` is False for claims and for natures other than gift. `doubt` is a word (contradicted, doubtful, loan …) or empty.
    `where` is the place in the first of its sources, such as a page.
    """

    exchange: str
    gift: str
    label: str
    category: str
    category_label: str
    mark: str
    date: str
    date_words: str
    earliest_day: int | None
    latest_day: int | None
    givers: tuple[Party, ...]
    receivers: tuple[Party, ...]
    counted: bool = True
    doubt: str = ""
    is_claim: bool = False
    nature: str = "gift"
    occasion: str = ""
    visit: str = ""
    visit_words: str = ""
    place: str = ""
    value: str = ""
    valued: bool = False
    as_stated: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    custody: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()
    sources: tuple[SourceLink, ...] = ()
    where: str = ""

    @property
    def direction(self) -> str:
        """Who gave to whom, in words."""
        return f"{names_of(self.givers)} → {names_of(self.receivers)}"


@dataclass(frozen=True)
class Content:
    """The whole of a picture: `layout` is dyad or ego; `left` is A (one party), `right` is B or the partners."""

    layout: str
    title: str
    summary: tuple[str, ...]
    left: tuple[Party, ...]
    right: tuple[Party, ...]
    lines: tuple[Line, ...]
    version: str
    by: str = "person"
    advice: str = ""
    period: str = ""
    sources: tuple[SourceLink, ...] = field(default=())


def names_of(parties: tuple[Party, ...]) -> str:
    """The names of a side, in words."""
    return " and ".join(party.label for party in parties) or "a party not stated"


def plural(number: int, word: str) -> str:
    """A number with its word.

    >>> plural(1, "gift"), plural(2, "gift")
    ('1 gift', '2 gifts')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"
