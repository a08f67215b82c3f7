"""Read a notice: its blocks in printed order, and an account of every row and every label that is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from giftgraph.errors import RegisterUnreadable
from giftgraph.sources.stated import Fate, Finding, Notice, Row, StatedBlock
from giftgraph.sources.us_federal_register.blocks import split_blocks
from giftgraph.sources.us_federal_register.document import Document, read_document
from giftgraph.sources.us_federal_register.rows import read_rows
from giftgraph.sources.us_federal_register.tables import Table, find_tables

FATES: tuple[Fate, ...] = ("read", "continued", "travel", "empty table", "unreadable")

# The plain spellings alone, counted apart from the reading: what is read must come to at least as many.
_DATE_LABEL = re.compile(r"\b[Rr]ec'?d\b")
_VALUE_LABEL = re.compile(r"\b[Vv]alue\)?\s?--")


def read(path: Path) -> Notice:
    """Read a stored notice.

    Raises:
        RegisterUnreadable: the file is no notice of this register, is cut off, or holds no table.
    """
    return read_notice(read_document(path))


def read_notice(document: Document) -> Notice:
    """The notice in a document: every row is read, continued, travel, empty or unreadable, and so is every label."""
    found = find_tables(document)
    if not found.tables:
        raise RegisterUnreadable(
            f"document {document.number}: no table whose header names recipient, gift and donor is in it"
        )
    blocks: list[StatedBlock] = []
    findings: list[Finding] = [*document.findings, *found.findings]
    rows: dict[Fate, int] = dict.fromkeys(FATES, 0)
    dates: dict[Fate, int] = dict.fromkeys(FATES, 0)
    values: dict[Fate, int] = dict.fromkeys(FATES, 0)
    for table in found.tables:
        read = read_rows(table, document.number)
        findings.extend(read.findings)
        rows["empty table"] += len(read.empty)
        rows["unreadable"] += len(read.unreadable)
        for row in read.rows:
            split = split_blocks(row, document.number)
            blocks.extend(split.blocks)
            findings.extend(split.findings)
            fate = _fate(row, split.blocks)
            rows[fate] += 1
            _add(dates, split.date_labels)
            _add(values, split.value_labels)
            text = " ".join(line.text for line in row.gift)
            findings.extend(_short(document.number, row, "date", _DATE_LABEL.findall(text), split.date_labels))
            findings.extend(_short(document.number, row, "value", _VALUE_LABEL.findall(text), split.value_labels))
    if not any(rows.values()):
        raise RegisterUnreadable(f"document {document.number}: its tables hold no row; it is cut off or spoilt")
    findings.extend(_stray_labels(document, found.tables, dates, values))
    return Notice(
        document=document.number,
        title=document.title,
        published=document.published,
        pages=(document.first_page, document.last_page),
        year=document.year,
        blocks=tuple(blocks),
        rows=rows,
        date_labels=dates,
        value_labels=values,
        findings=tuple(sorted(findings, key=lambda finding: (finding.line, finding.what, finding.text))),
    )


def _fate(row: Row, blocks: Iterable[StatedBlock]) -> Fate:
    kinds = [block.kind for block in blocks]
    if not kinds:
        return "unreadable"
    if "travel" in kinds:
        return "travel"
    return "continued" if "recipient" in row.inherited else "read"


def _add(total: dict[Fate, int], part: Mapping[Fate, int]) -> None:
    for fate, number in part.items():
        total[fate] += number


def _short(number: str, row: Row, what: str, printed: list[str], counted: Mapping[Fate, int]) -> Iterable[Finding]:
    """A finding where a row prints more labels than its blocks account for."""
    missing = len(printed) - sum(counted.values())
    if missing > 0:
        text = " ".join(line.text for line in row.gift)
        yield Finding(number, row.line, f"{missing} label(s) of {what} not accounted for", text)


def _stray_labels(
    document: Document, tables: tuple[Table, ...], dates: dict[Fate, int], values: dict[Fate, int]
) -> list[Finding]:
    """Labels that no row holds, for they stand outside every table or in an unclear one: counted as unreadable."""
    inside = {line.number for table in tables if table.columns for line in table.body}
    findings = []
    for index, text in enumerate(document.lines):
        if index + 1 in inside:
            continue
        date, value = len(_DATE_LABEL.findall(text)), len(_VALUE_LABEL.findall(text))
        dates["unreadable"] += date
        values["unreadable"] += value
        if date or value:
            findings.append(Finding(document.number, index + 1, "a label outside every row", " ".join(text.split())))
    return findings
