"""The parts of one appraisal group: description, date, value, disposition, whatever their order and labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from giftgraph.sources.stated import Disposition, Value
from giftgraph.sources.us_federal_register.dispositions import read_disposition
from giftgraph.sources.us_federal_register.labels import Label, find_labels, find_place
from giftgraph.sources.us_federal_register.marks import read_marks
from giftgraph.sources.us_federal_register.sentences import opens_disposition, sentences
from giftgraph.sources.us_federal_register.stated_dates import FoundDate, find_date
from giftgraph.sources.us_federal_register.stated_values import FoundValue, find_value
from giftgraph.sources.us_federal_register.words import kind_words, thing_words

_DATE_START = re.compile(r"(?<![\w/$.])(?<!\w-)(?=\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))")
_DAY_PRECISE = re.compile(r"\d{4}-\d{2}")
_AMOUNT_START = re.compile(
    r"(?<![\w$])\$\s?\d|(?<=,\s)\$|\b(?:over|in excess of|more than|exceeds|excess of)\s\$", re.IGNORECASE
)
_EDGES = " ;,:-*"
_BARE = " .,;:-()"
_LONGEST_PLACE = 90
_HAS_WORD = re.compile(r"[A-Za-z]{2}")
# When it was reported, and the parts of a total, are neither the description nor the disposition.
_ASIDE = re.compile(
    r"[;,]?\s?-{0,2}Actual Date N[./]?A\b\.?|[;,]?\s?Approximate Date \d{4}\.?|\(approx\.?\)|\(prior\)|"
    r"(?:Reported|Processed)\s?(?:--?|:|in)\s?(?:[A-Z][a-z]+\.?,? )?(?:\d{1,2}, )?\d{4}(?: for \d{4} Report)?\.?|"
    r"(?:\$?\d[\d,.]{0,20},? (?:and )?){1,20}(?:\$?\d[\d,.]{0,20}|No Value),? respectively\.?"
)


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What a group's own words give: normalised, as printed, the labels in it, and what was not understood."""

    description: str
    date: str | None
    value: Value | None
    disposition: Disposition | None
    date_text: str
    value_text: str
    disposition_text: str
    labels: tuple[Label, ...]
    doubts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A date or a value and the span that it takes in the text."""

    start: int
    end: int
    text: str


def read_appraisal(text: str, travel: bool = False) -> Appraisal:
    """Read one group.

    >>> read_appraisal("Leather rug. Est. value--$850.00. Rec'd--11/18/02.").date
    '2002-11-18'
    >>> read = read_appraisal("Woven rug, 06/09/03, $500-$1000.")
    >>> read.date, read.value.maximum, read.description
    ('2003-06-09', 1000.0, 'Woven rug')
    """
    labels = find_labels(text)
    value_label = _chosen_value(labels)
    date_label = _chosen_date(labels, value_label)
    date, date_span = _date(text, date_label, labels)
    value, value_span = _value(text, value_label, labels)
    taken = [span for span in (date_span, value_span) if span]
    taken += [
        _Stated(label.start, label.end, label.text) for label in labels if _is_spent(label, date_label, value_label)
    ]
    description, disposition_text = _remainder(text, taken)
    doubts = _doubts(date_span, date, value_span, value)
    return Appraisal(
        description=read_marks(description).strip(_EDGES),
        date=date,
        value=value,
        disposition=read_disposition(read_marks(disposition_text)),
        date_text=date_span.text if date_span else "",
        value_text=value_span.text if value_span else "",
        disposition_text=disposition_text,
        labels=labels,
        doubts=doubts,
    )


def _is_spent(label: Label, date: Label | None, value: Label | None) -> bool:
    """A label that is neither the date nor the value and yet no part of the description: an empty one, or one behind both."""
    chosen = [other for other in (date, value) if other is not None]
    return label not in chosen and (not label.text or all(label.start > other.start for other in chosen))


def _chosen_date(labels: tuple[Label, ...], value: Label | None) -> Label | None:
    """The first label that gives a date, else the first of all."""
    dates = [label for label in labels if label.what == "date"]
    return next((label for label in dates if label.is_read), dates[0] if dates else None)


def _chosen_value(labels: tuple[Label, ...]) -> Label | None:
    """Of several values the last that is behind the date, for it is the total; else the last; an amount before none."""
    values = [label for label in labels if label.what == "value"]
    if not values:
        return None
    dates = [label.start for label in labels if label.what == "date"]
    read = [label for label in values if label.value is not None and label.value.amount is not None] or [
        label for label in values if label.value is not None
    ]
    behind = [label for label in read if dates and label.start > dates[0]]
    if not any(label.value and label.value.amount is not None for label in read):
        return (read or values)[0]
    return (behind or read)[-1]


def _date(text: str, label: Label | None, labels: tuple[Label, ...]) -> tuple[str | None, _Stated | None]:
    if label is not None and (label.is_read or label.text):
        return label.date, _Stated(label.start, label.end, label.text)
    values = [other for other in labels if other.what == "value"]
    if label is not None:
        return None, _Stated(label.start, label.end, "")
    found = _unlabelled_date(text, values[0].start if values else None)
    if found is None:
        return None, None
    return found.edtf, _Stated(found.start, found.end, text[found.start : found.end])


def _unlabelled_date(text: str, before: int | None) -> FoundDate | None:
    """A date with a day that stands alone: the last before the value, else the first behind it; none of the disposition's."""
    place = find_place(text)
    limit = place.start() if place else len(text)
    found: list[FoundDate] = []
    end = 0
    for match in _DATE_START.finditer(text, 0, limit):
        if match.start() < end:
            continue
        date = find_date(text, match.start())
        if date and date.edtf and _DAY_PRECISE.search(date.edtf):
            found.append(date)
            end = date.end
    dispositions = [(start, stop) for start, stop in sentences(text) if opens_disposition(text[start:stop])]
    found = [date for date in found if not any(start <= date.start < stop for start, stop in dispositions)]
    earlier = [date for date in found if before is None or date.end <= before]
    return earlier[-1] if earlier else found[0] if found else None


def _value(text: str, label: Label | None, labels: tuple[Label, ...]) -> tuple[Value | None, _Stated | None]:
    if label is not None and label.value is not None:
        return label.value, _Stated(label.start, label.end, label.text)
    if any(other.what == "value" and other.text for other in labels):
        return None, None
    found = _unlabelled_value(text)
    if found is None:
        return None, _Stated(label.start, label.end, "") if label else None
    return found.value, _Stated(found.start, found.end, text[found.start : found.end])


def _unlabelled_value(text: str) -> FoundValue | None:
    """An amount that stands alone; several amounts are the prices of items, and none of them is the group's."""
    found: list[FoundValue] = []
    for match in _AMOUNT_START.finditer(text):
        if (not found or match.start() >= found[-1].end) and (value := find_value(text, match.start())):
            found.append(value)
    return found[0] if len(found) == 1 else None


def _remainder(text: str, taken: list[_Stated]) -> tuple[str, str]:
    """What is left beside date and value: the description and the disposition.

    Usually the description stands before the labels and the disposition behind them. What stands behind and neither opens
    like a disposition nor reads as one tells more of the gift, mostly of travel; where only an office stands before, it is the
    place of the gift described behind.
    """
    spans = sorted(taken, key=lambda span: span.start)
    if not spans:
        return _told_apart(text)
    before, placed = _told_apart(text[: spans[0].start])
    between = " ".join(text[a.end : b.start].strip(_BARE) for a, b in pairwise(spans))
    middle, moved = _told_apart(_ASIDE.sub(" ", between))
    more, disposition = _behind(_ASIDE.sub(" ", text[spans[-1].end :]), _is_thing(before))
    if _is_place(before) and thing_words().search(more):
        before, placed = "", before
    described = [part for part in (before, middle, more) if _HAS_WORD.search(part)]
    return " ".join(described), " ".join(part for part in (placed, moved, disposition) if part.strip(_BARE))


def _is_thing(text: str) -> bool:
    """Whether a description is there, and not one of travel, which goes on behind the labels."""
    return bool(text.strip(_BARE)) and not kind_words("expenses").search(text)


def _behind(text: str, is_described: bool) -> tuple[str, str]:
    """The words behind the labels: up to the first sentence of disposition they may describe, from there on they do not."""
    more: list[str] = []
    if place := find_place(text):
        before, disposition = _behind(text[: place.start()], is_described)
        return before, f"{disposition} {text[place.start() :]}".strip()
    for start, end in sentences(text):
        said = text[start:end].strip(_BARE)
        if not said:
            continue
        if opens_disposition(said) or (is_described and _is_place(said)):
            return " ".join(more), text[start:].strip()
        more.append(text[start:end].strip())
    return " ".join(more), ""


def _is_place(text: str) -> bool:
    """Whether words name where the gift is, in an office or a room, and no thing and no travel."""
    text = text.strip(_BARE)
    if not text or len(text) > _LONGEST_PLACE or thing_words().search(text) or kind_words("expenses").search(text):
        return False
    return read_disposition(text) not in (None, "other")


def _told_apart(text: str) -> tuple[str, str]:
    """Text without the sentences that say what became of the gift, and those sentences."""
    description = disposition = ""
    for start, end in sentences(text):
        said = text[start:end]
        if said.strip(_BARE):
            if opens_disposition(said):
                disposition += said
            else:
                description += said
    return description.strip(), disposition.strip()


def _doubts(
    date_span: _Stated | None, date: str | None, value_span: _Stated | None, value: Value | None
) -> tuple[tuple[str, str], ...]:
    doubts = []
    if date_span and date is None and any(mark.isdigit() for mark in date_span.text):
        doubts.append(("date that does not exist", date_span.text))
    if value_span and (value is None or value.amount is None) and any(mark.isdigit() for mark in value_span.text):
        doubts.append(("amount that is no number", value_span.text))
    return tuple(doubts)
