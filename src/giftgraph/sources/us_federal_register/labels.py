"""The printed labels of a gift cell ("Rec'd--", "Est. Value--", "Disposition--") in all their spellings, and what they label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from giftgraph.sources.stated import Value
from giftgraph.sources.us_federal_register.stated_dates import FoundDate, find_date
from giftgraph.sources.us_federal_register.stated_values import find_value

# Spellings that are labels wherever they stand; the weak ones only where a date or a dash with no item follows.
_DATE = re.compile(
    r"(?<![A-Za-z])(?:(?:Date\s)?(?P<strong>Rec(?:'\s?d|d|v'd|vd|ed|'ed|')|Re'cd|Redc|Red'd)|(?P<dated>Date\s(?:of\s)?(?:received|receipt|acceptance)|Received\sDate)|"
    r"(?P<weak>Received|Recieved|Reed|Rec|Record|Red|Re'd|Ree'd|Dates?))(?![A-Za-z])(?P<mark>\s?[.:;,]*\s?(?:-{1,4}\s?)?[.:]*)\s?",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"(?<![A-Za-z])(?:(?P<lead>Est(?:imated|imate)?|Ext|East|Appra?i?s(?:ed|al)|Approximate|Retail|Total|Market|Monetary|Combined|Aggregate)"
    r"[.,]{0,2}\s?(?:(?:market|retail|total|appraised|est\.)\s)?)?(?P<word>Valu?e|Vaule?|Vaue|Valule|Vajue|Valve|Vlaue)(?![A-Za-z])"
    r"(?P<mark>\)?\s?[.:;,]*\s?(?:-{1,3}\s?)?[:.]*)\s?",
    re.IGNORECASE,
)
_ESTIMATE = re.compile(
    r"(?<![A-Za-z])Est(?:imated|imate)?\.?\s?(?:cost\s?)?(?:-{1,2}|:)\s?(?=\$|\d|[A-Z]{0,3}\s?\$)", re.IGNORECASE
)
_UNKNOWN_VALUE = re.compile(r"(?<![A-Za-z])(?:Unknown|No(?: commercial)?|Undetermined) value\b", re.IGNORECASE)
_ABOVE_MINIMUM = re.compile(
    r"(?<![A-Za-z])(?:Over|Above|Exceeds|More than)\s(?:the\s)?Minim[au]l?m?\sValue", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?<![A-Za-z])(?:(?:Current\s)?(?:Disposition|Dispositon|Dispostion|Disposiiton|Location|Loction)(?:\sof\sgift)?\s?"
    r"(?:[.:;]*\s?-{1,3}|[:.]|(?=\s?[A-Z]))|Disp\.?\s?(?:--?|:))[:.]*\s?",
)
_DIGITS = re.compile(r"[\s,/-]{0,3}\d[\d/,-]{0,12}(?![\w\"'])")
_NO_DATE = re.compile(
    r"(?:(?:date\s)?(?:unknown|unavailable|not\s(?:known|available|provided|reported|given|stated)|undetermined|uncertain|n/a|na\b|tbd)(?:\sdate)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label at `start`, what it labels up to `end`; `text` is what is printed there ("" when it labels nothing)."""

    what: Literal["date", "value"]
    start: int
    end: int
    text: str
    date: str | None = None
    value: Value | None = None

    @property
    def is_read(self) -> bool:
        """Whether the label gives a date, or says something about the value."""
        return self.date is not None if self.what == "date" else self.value is not None


def find_labels(text: str) -> tuple[Label, ...]:
    """All labels of date and value in a cell's text, in printed order.

    >>> [(label.what, label.text) for label in find_labels("Rug. Rec'd--January 5, 2004. Est. Value--$40. Archives.")]
    [('date', 'January 5, 2004'), ('value', '$40')]
    """
    labels = [*_date_labels(text), *_value_labels(text)]
    return tuple(sorted(labels, key=lambda label: label.start))


def _date_labels(text: str) -> list[Label]:
    labels = []
    matches = list(_DATE.finditer(text))
    has_strong = any(match["strong"] for match in matches)
    for match in matches:
        found = find_date(text, match.end())
        unknown = _NO_DATE.match(text, match.end())
        marked = bool(match["mark"].strip(" ,.;"))
        if match["weak"] and not _is_used(match["weak"], match["mark"], found) and not (marked and unknown):
            continue
        if has_strong and (match["weak"] or "").lower().startswith("date"):
            continue
        end, stated = _stated_date(text, match.end(), found, unknown)
        labels.append(Label("date", match.start(), end, stated, found.edtf if found else None))
    return labels


def _stated_date(text: str, start: int, found: FoundDate | None, unknown: re.Match[str] | None) -> tuple[int, str]:
    """Where the text of a date ends, and the text: with all its digits where it is no date that exists."""
    if found and found.edtf:
        return found.end, text[found.start : found.end]
    if unknown:
        return unknown.end(), unknown[0]
    digits = _DIGITS.match(text, found.end if found else start)
    end = digits.end() if digits else found.end if found else start
    return end, text[start:end].strip(" .")


def _is_used(word: str, mark: str, found: FoundDate | None) -> bool:
    """A weak label is one where a date follows: behind a dash or colon, behind "Rec.", or behind "Received" without a mark."""
    if found is None:
        return False
    word = word.lower()
    return bool(mark.strip(" ,.;")) or (
        found.edtf is not None and (word == "received" or (word == "rec" and "." in mark))
    )


def _value_labels(text: str) -> list[Label]:
    labels = []
    matches = [
        *_VALUE.finditer(text),
        *_ESTIMATE.finditer(text),
        *_ABOVE_MINIMUM.finditer(text),
        *_UNKNOWN_VALUE.finditer(text),
    ]
    end = -1
    for match in sorted(matches, key=lambda match: match.start()):
        if match.start() < end:
            continue
        above = match.re is _ABOVE_MINIMUM or match.re is _UNKNOWN_VALUE
        found = find_value(text, match.start() if above else match.end())
        if match.re is _VALUE and not _labels_something(match, found is not None):
            continue
        end = found.end if found else match.end()
        labels.append(
            Label(
                "value",
                match.start(),
                end,
                text[found.start : found.end] if found else "",
                value=found.value if found else None,
            )
        )
    return labels


def _labels_something(match: re.Match[str], found: bool) -> bool:
    """A value label has an amount behind it, or at least a dash or colon; a bare "value" needs a capital and an amount."""
    if not match["lead"]:
        return found and match["word"][0].isupper()
    return found or bool(re.search(r"[-:]", match["mark"]))


def find_place(text: str) -> re.Match[str] | None:
    """The label of a disposition or location, if one is printed."""
    return _PLACE.search(text)
