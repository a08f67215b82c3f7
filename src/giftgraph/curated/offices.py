"""Which post a party held on the day: dated tenures against the date of an exchange."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from giftgraph.curated.tables import Tenure
from giftgraph.dates import Bounds, read_bounds

# Where a title names no office, the highest post held on the day is taken.
_PRECEDENCE = (
    "head-of-state",
    "monarch",
    "head-of-government",
    "spouse-of-head-of-state",
    "heir",
    "foreign-minister",
    "minister",
    "ambassador",
    "governor",
    "mayor",
    "religious-leader",
    "military",
    "party-leader",
    "other",
)
_WORD = re.compile(r"[^\W\d_]+")
_WEAK_WORDS = frozenset(["of", "the", "and", "for", "a", "to", "in", "de", "la"])


@dataclass(frozen=True)
class Span:
    """What is known of when a tenure ran, as day numbers; None is open or unknown (see `open_end`)."""

    earliest: int | None
    start_latest: int | None
    end_earliest: int | None
    latest: int | None
    open_end: bool

    def covers(self, when: Bounds) -> bool:
        """Whether the tenure certainly ran on every day of the date; an unknown end never covers."""
        if when.earliest_day is None or when.latest_day is None or self.start_latest is None:
            return False
        ends_after = self.open_end or (self.end_earliest is not None and when.latest_day <= self.end_earliest)
        return self.start_latest <= when.earliest_day and ends_after


def read_span(tenure: Tenure) -> Span:
    """The bounds of a tenure."""
    start = read_bounds(tenure.start) if tenure.start else Bounds(None, None)
    open_end = tenure.end == ".."
    end = read_bounds(tenure.end) if tenure.end and not open_end else Bounds(None, None)
    return Span(start.earliest_day, start.latest_day, end.earliest_day, end.latest_day, open_end)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if word not in _WEAK_WORDS)


def find_post(title: str, when: Bounds, tenures: Sequence[tuple[Tenure, Span]]) -> Tenure | None:
    """The tenure that certainly covers the date and fits the stated title best, or None.

    Among several, the one whose office shares most words with the title wins, then the higher office, then the later start.
    """
    held = [(tenure, span) for tenure, span in tenures if span.covers(when)]
    if not held:
        return None
    wanted = _words(title)
    return min(held, key=lambda item: _rank(wanted, *item))[0]


def _rank(wanted: Iterable[str], tenure: Tenure, span: Span) -> tuple[int, int, int, str]:
    shared = len(frozenset(wanted) & _words(f"{tenure.office} {tenure.office_kind.replace('-', ' ')}"))
    return (-shared, _PRECEDENCE.index(tenure.office_kind), -(span.start_latest or 0), tenure.key)
