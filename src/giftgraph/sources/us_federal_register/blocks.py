"""From one printed row to its blocks: one block an appraisal group, with the date, value, disposition and kind of its own words.

A group ends where a new paragraph begins after its labels, or, inside a paragraph, where a label comes a second time after
words that are no disposition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from giftgraph.sources.stated import Fate, Finding, Line, Row, StatedBlock
from giftgraph.sources.us_federal_register.appraisals import Appraisal, read_appraisal
from giftgraph.sources.us_federal_register.kinds import read_kind
from giftgraph.sources.us_federal_register.labels import Label, find_labels
from giftgraph.sources.us_federal_register.marks import Woven, as_printed, join_lines, weave
from giftgraph.sources.us_federal_register.sentences import disposition_end, fixed_end
from giftgraph.sources.us_federal_register.stated_dates import find_date


@dataclass(frozen=True, slots=True)
class Split:
    """The blocks of a row, what was not understood, and how each printed label of date and value was used."""

    blocks: tuple[StatedBlock, ...]
    findings: tuple[Finding, ...] = ()
    date_labels: dict[Fate, int] = field(default_factory=dict)
    value_labels: dict[Fate, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Group:
    """One appraisal group: its text, the same as printed, and the first of its lines in the gift cell."""

    text: str
    printed: str
    line: int


_HAS_WORD = re.compile(r"[A-Za-z]{3}")
_STOP = re.compile(r"[.,;:)]*\s+")


def split_blocks(row: Row, document: str) -> Split:
    """Read the blocks of a row.

    >>> lines = (Line(7, 3, "Rug. Rec'd--January 5, 2004. Est. Value--", True), Line(8, 3, "$40. Archives Foreign."))
    >>> row = Row("AGENCY: White House", "[Report of Tangible Gifts]", False, (Line(7, 3, "President", True),), lines, (), ())
    >>> [(b.date, b.value.amount, b.disposition, b.kind, b.description) for b in split_blocks(row, "06-5132").blocks]
    [('2004-01-05', 40.0, 'archives', 'tangible', 'Rug.')]
    """
    groups = _groups(row.gift)
    starts = [row.gift[group.line].number if row.gift else row.line for group in groups]
    recipients = _parties(row.recipient, starts)
    donors = _parties(row.donor, starts)
    blocks: list[StatedBlock] = []
    findings: list[Finding] = []
    date_fates: Counter[Fate] = Counter()
    value_fates: Counter[Fate] = Counter()
    for index, group in enumerate(groups):
        appraisal = read_appraisal(group.text, row.travel)
        first = row.gift[group.line] if row.gift else None
        line = row.line if index == 0 or first is None else first.number
        block = _block(row, document, appraisal, group, line, recipients[index], donors[index])
        blocks.append(block)
        for label in appraisal.labels:
            fates = date_fates if label.what == "date" else value_fates
            fates[_fate(label, block, bool(index) or "recipient" in row.inherited)] += 1
        findings += [Finding(document, line, what, text) for what, text in appraisal.doubts]
    return Split(tuple(blocks), tuple(findings), dict(date_fates), dict(value_fates))


def _fate(label: Label, block: StatedBlock, continued: bool) -> Fate:
    if label.text and not label.is_read and label.what == "date" and any(mark.isdigit() for mark in label.text):
        return "unreadable"
    if block.kind == "travel":
        return "travel"
    return "continued" if continued else "read"


def _block(
    row: Row,
    document: str,
    appraisal: Appraisal,
    group: _Group,
    line: int,
    recipient: tuple[Line, ...],
    donor: tuple[Line, ...],
) -> StatedBlock:
    stated = {
        "recipient": as_printed(recipient),
        "gift": group.printed,
        "donor": as_printed(donor),
        "circumstances": as_printed(row.circumstances),
        "date": appraisal.date_text,
        "value": appraisal.value_text,
        "disposition": appraisal.disposition_text,
        "agency": row.agency_as_stated or row.agency,
    }
    page = next((part.page for part in row.gift + row.recipient + row.donor if part.number == line), 0)
    return StatedBlock(
        document=document,
        page=page,
        line=line,
        agency=row.agency,
        kind=read_kind(appraisal.description, row.travel),
        recipient=_name(recipient),
        donor=_name(donor),
        description=appraisal.description,
        date=appraisal.date,
        value=appraisal.value,
        disposition=appraisal.disposition,
        as_stated=stated,
    )


def _name(cell: tuple[Line, ...]) -> str:
    """The text of a party, without what is left of dot leaders behind it."""
    return re.sub(r"\.{2,}$", ".", join_lines(cell))


def _parties(cell: tuple[Line, ...], starts: Sequence[int]) -> list[tuple[Line, ...]]:
    """The lines of a party for each block: a paragraph that begins on a block's first line is that block's, else it is inherited."""
    begins = {line.number for line in cell if line.starts} & set(starts[1:])
    parties: list[tuple[Line, ...]] = []
    for index, start in enumerate(starts):
        if index and start not in begins:
            parties.append(parties[-1])
            continue
        following = min((begin for begin in begins if index == 0 or begin > start), default=None)
        lower = start if index else -1
        parties.append(
            tuple(line for line in cell if line.number >= lower and (following is None or line.number < following))
        )
    return parties


def _groups(cell: tuple[Line, ...]) -> list[_Group]:
    """Cut a gift cell into its appraisal groups; an empty cell is one empty group."""
    if not cell:
        return [_Group("", "", 0)]
    groups: list[_Group] = []
    for first, after in _appraised_together(cell):
        groups += _cut(cell[first:after], first)
    return groups


def _appraised_together(cell: tuple[Line, ...]) -> list[tuple[int, int]]:
    """Paragraphs joined to parts with labels of their own; a paragraph that only goes on with the one above is no part."""
    spans = _paragraphs(cell)
    texts = [weave(cell[first:after]).text for first, after in spans]
    labels = [find_labels(text) for text in texts]
    last_labelled = max((index for index, found in enumerate(labels) if found), default=-1)
    parts: list[tuple[int, int]] = []
    above: list[Label] = []
    opening = ""
    for index, (first, after) in enumerate(spans):
        follow = index <= last_labelled
        if parts and _continues(opening, above, texts[index], labels[index], follow):
            parts[-1] = parts[-1][0], after
        else:
            parts.append((first, after))
            above, opening = [], texts[index]
        above += labels[index]
    return parts


def _continues(opening: str, above: Sequence[Label], text: str, labels: Sequence[Label], labels_follow: bool) -> bool:
    """Whether a paragraph belongs to what stands above it, which opens with a text and has some labels."""
    if labels and not _HAS_WORD.search(text[: labels[0].start]):
        missing = {"date", "value"} - {label.what for label in above if label.text}
        return labels[0].what in missing
    if _starts_with_date(text) and not any(label.what == "date" and label.text for label in above):
        return True
    if not above:
        return labels_follow and _is_numbered(opening)
    return not labels and _is_remark(text)


def _starts_with_date(text: str) -> bool:
    found = find_date(text)
    return found is not None and found.edtf is not None


def _is_numbered(text: str) -> bool:
    return bool(re.match(r"\(?1[).]", text))


def _paragraphs(cell: tuple[Line, ...]) -> list[tuple[int, int]]:
    begins = [index for index, line in enumerate(cell) if line.starts or index == 0]
    return list(zip(begins, [*begins[1:], len(cell)], strict=True))


def _cut(part: tuple[Line, ...], offset: int) -> list[_Group]:
    """The groups of a part, whose first line is at the offset in the cell."""
    woven = weave(part)
    groups = []
    for start, end in pairwise([0, *_boundaries(woven.text), len(woven.text)]):
        line = max(index for index, begin in enumerate(woven.starts) if begin <= start)
        groups.append(_Group(woven.text[start:end].strip(), _printed(part, woven, start, end), offset + line))
    return groups


def _printed(part: tuple[Line, ...], woven: Woven, start: int, end: int) -> str:
    """What stands between two offsets of the woven text, as printed: whole lines, and the rest of a line that is cut."""
    pieces = []
    for line, (begins, stops) in zip(part, pairwise([*woven.starts, len(woven.text)]), strict=True):
        if start <= begins and stops <= end:
            pieces.append(line.text)
        elif begins < end and start < stops:
            pieces.append(woven.text[max(start, begins) : min(end, stops)])
    return " ".join(" ".join(pieces).split())


def _is_remark(text: str) -> bool:
    """A footnote, or words about what became of the gift."""
    return bool(re.match(r"<SUP>|\*|\\\d+\\|Note\b", text)) or disposition_end(text, 0) >= len(text.rstrip())


def _boundaries(text: str) -> list[int]:
    """The offsets where a further group begins inside a paragraph: a label comes again, with a gift before it."""
    labels = [label for label in find_labels(text) if label.text]
    kinds = {label.what for label in labels}
    cuts: list[int] = []
    seen: set[str] = set()
    previous: Label | None = None
    for label in labels:
        if previous is not None and label.what in seen and seen == kinds and not _is_total(text, label):
            start = _gift_start(text, previous.end, label.start)
            if start is not None:
                cuts.append(start)
                seen = set()
        seen.add(label.what)
        previous = label
    return cuts


def _is_total(text: str, label: Label) -> bool:
    return text.startswith(("Total", "total"), label.start)


def _gift_start(text: str, start: int, end: int) -> int | None:
    """Where, between two labels, the words of the next gift begin; None where there are none."""
    begins = disposition_end(text, start)
    if stop := _STOP.match(text, begins):
        begins = stop.end()
    if begins < end and _HAS_WORD.search(text, begins, end):
        return begins
    fixed = fixed_end(text, start, end)
    return fixed if fixed is not None and _HAS_WORD.search(text, fixed, end) else None
