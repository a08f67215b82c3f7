"""Corrections of what a document prints: one row a field, with reason and source; both values are kept.

`corrections.csv` lies beside a register's card. A correction that finds no block, or another value than the one it corrects, is a
finding: the reader has changed under it, or the document has.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args

from giftgraph.dates import read_bounds
from giftgraph.errors import CuratedInvalid, DateInvalid
from giftgraph.sources.stated import Disposition, Finding, Kind, StatedBlock, Value


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one block: `stated` is what was read, `value` what holds instead (empty where that is not known)."""

    document: str
    locator: str
    field: str
    stated: str
    value: str
    reason: str
    source: str

    def record(self) -> dict[str, str]:
        """The correction as a block's record keeps it."""
        return {name: getattr(self, name) for name in ("field", "stated", "value", "reason", "source")}


def _read_date(text: str) -> str | None:
    if text:
        read_bounds(text)
    return text or None


def _read_value(text: str) -> Value | None:
    """`600`, `>250`, `>=250`, `250-300`; `?` is a value without a number."""
    if not text:
        return None
    if text == "?":
        return Value(None)
    for operator in (">=", ">"):
        if text.startswith(operator):
            return Value(float(text[len(operator) :]), operator=operator)
    low, dash, high = text.partition("-")
    return Value(float(low), operator="range", maximum=float(high)) if dash else Value(float(text))


def write_value(value: Value | None) -> str:
    """A value as a correction names it.

    >>> [write_value(v) for v in (None, Value(None), Value(600.0), Value(250.5, operator=">"), Value(1.0, "USD", "range", 2.0))]
    ['', '?', '600', '>250.5', '1-2']
    """
    if value is None:
        return ""
    if value.amount is None:
        return "?"
    amount = f"{value.amount:.12g}"
    if value.operator == "range":
        return f"{amount}-{value.maximum:.12g}"
    return amount if value.operator == "=" else f"{value.operator}{amount}"


def _one_of(known: Iterable[str]) -> Callable[[str], str | None]:
    allowed = tuple(known)

    def read(text: str) -> str | None:
        if text and text not in allowed:
            raise ValueError(f"{text!r} is not one of {', '.join(allowed)}")
        return text or None

    return read


_READERS: Mapping[str, Callable[[str], Any]] = {
    "agency": str,
    "kind": _one_of(get_args(Kind)),
    "recipient": str,
    "donor": str,
    "description": str,
    "date": _read_date,
    "value": _read_value,
    "disposition": _one_of(get_args(Disposition)),
}


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a register; none where it has no file. Raises CuratedInvalid naming file and line."""
    if not path.is_file():
        return ()
    names = [field.name for field in fields(Correction)]
    corrections = []
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream, strict=True)
        if next(rows, []) != names:
            raise CuratedInvalid(f"{path}:1: the columns must be {','.join(names)}")
        for cells in rows:
            if len(cells) != len(names):
                raise CuratedInvalid(f"{path}:{rows.line_num}: {len(cells)} cells where {len(names)} are expected")
            corrections.append(Correction(*cells))
            problem = _problem(corrections[-1])
            if problem:
                raise CuratedInvalid(f"{path}:{rows.line_num}: {problem}")
    return tuple(corrections)


def _problem(correction: Correction) -> str:
    if correction.field not in _READERS:
        return f"field: {correction.field!r} is not one of {', '.join(_READERS)}"
    if not correction.reason or not correction.source:
        return "a correction needs a reason and a source"
    try:
        _READERS[correction.field](correction.value)
    except (ValueError, DateInvalid) as error:
        return f"value: {error}"
    return ""


Corrected = tuple[StatedBlock, tuple[Correction, ...]]


def correct(
    blocks: Iterable[StatedBlock], corrections: Iterable[Correction]
) -> tuple[list[Corrected], tuple[Finding, ...]]:
    """Each block as it holds, with the corrections that changed it, and findings for corrections that fit no longer."""
    wanted: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    documents = set()
    for correction in corrections:
        wanted[correction.document, correction.locator].append(correction)
    corrected: list[Corrected] = []
    findings: list[Finding] = []
    for block in blocks:
        documents.add(block.document)
        applied = []
        for correction in wanted.pop((block.document, block.locator), ()):
            stated = _written(block, correction.field)
            if stated == correction.stated:
                block = replace(block, **{correction.field: _READERS[correction.field](correction.value)})  # noqa: PLW2901
                applied.append(correction)
            else:
                what = f"a correction of {correction.field} expects {correction.stated!r} and was left out"
                findings.append(Finding(block.document, block.line, what, stated))
        corrected.append((block, tuple(applied)))
    for (document, locator), left in wanted.items():
        if document in documents:
            line = int(locator.rpartition("l")[2] or 1)
            findings += [Finding(document, line, f"a correction of {c.field} finds no block", locator) for c in left]
    return corrected, tuple(findings)


def _written(block: StatedBlock, field: str) -> str:
    return write_value(block.value) if field == "value" else getattr(block, field) or ""
