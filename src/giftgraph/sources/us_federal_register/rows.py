"""From a table's lines to its rows: where one begins, what a blank or a ditto inherits, which donor joins which row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

from giftgraph.sources.stated import Finding, Line, Row
from giftgraph.sources.us_federal_register.agencies import name_agency
from giftgraph.sources.us_federal_register.tables import BodyLine, Table, crosses

CELLS = ("recipient", "gift", "donor", "circumstances")

_EMPTY = re.compile(
    r"(?:negative|none|nothing to report|no (?:tangible )?(?:gifts?|travel)|n/a)\b.{0,40}", re.IGNORECASE
)
_LEADERS = re.compile(r"\s*\.{2,}$")
_DITTO = re.compile(r"(?:\.{2,}\s*)?(?:do|ditto)\s*\.{0,40}", re.IGNORECASE)
# What cannot begin a gift: a note, the rest of a sentence, a label whose gift stands above.
_REST = re.compile(r"[*\\]|[a-z]+(?![A-Za-z])|\d{1,2}/\d{1,2}/\d|(?i:est\b|valu|dispos|location\b)")
_DATE_LABEL = re.compile(r"\brec\w{0,6}'?d?\b\W", re.IGNORECASE)

Cells = dict[str, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table in printed order, and the findings; the other fields are the first lines of what is no row.

    `empty`: the table says that there is nothing; `unreadable`: its columns are not clear, the text is in the findings.
    """

    rows: tuple[Row, ...]
    empty: tuple[int, ...]
    unreadable: tuple[int, ...]
    findings: tuple[Finding, ...]


def read_rows(table: Table, document: str) -> Rows:
    """The rows of a table. A row without a recipient continues the row above it and inherits what it leaves blank."""
    rows: list[Row] = []
    empty: list[int] = []
    unreadable: list[int] = []
    findings: list[Finding] = []
    travel = _is_travel(table.title)
    agency = name_agency(table.agency, document)
    if not agency:
        findings.append(Finding(document, table.line, "a table whose heading names no agency", table.title))
    for group in _groups(table):
        cells = _cells(group, table.columns)
        number = group[0].number
        before = rows[-1] if rows else None
        printed = " ".join(" ".join(line.text for line in group).split())
        if _EMPTY.fullmatch(printed.rstrip(" .")):
            empty.append(number)
        elif not table.columns:
            unreadable.append(number)
            findings.append(Finding(document, number, "a row of a table whose columns are not clear", printed))
        elif not any(cells[name] for name in CELLS[1:]):
            findings.append(Finding(document, number, "a heading inside the table", printed))
        elif before and not cells["recipient"] and _joins(cells, before):
            rows[-1] = replace(before, gift=before.gift + tuple(replace(line, starts=False) for line in cells["gift"]))
        else:
            if not cells["gift"]:
                findings.append(Finding(document, number, "a row without a gift", printed))
            cells, inherited = _inherit(cells, before, group[0])
            rows.append(Row(agency, table.title, travel, **cells, inherited=inherited, agency_as_stated=table.agency))
    filled = _with_donors(rows)
    findings += [
        Finding(document, line.number, "text runs over the edge of its column", line.text.strip())
        for line in table.body
        if crosses(line.text, table.columns)
    ]
    findings += _blank_donors(rows, filled, document)
    return Rows(tuple(filled), tuple(empty), tuple(unreadable), tuple(findings))


def _is_travel(title: str) -> bool:
    """Whether every row of the table is travel: the title says so, and names no tangible gift beside it."""
    return "travel" in title.lower() and "tangible" not in title.lower()


def _groups(table: Table) -> list[list[BodyLine]]:
    """Lines that are one row of the table: a new one begins where a cell begins and no other goes on."""
    groups: list[list[BodyLine]] = []
    for line in table.body:
        if not groups or _begins(_cut(line.text, table.columns)):
            groups.append([])
        groups[-1].append(line)
    return groups


def _begins(parts: list[str]) -> bool:
    at_edge = [part[:1].strip() != "" for part in parts]
    indented = [part[:1] == " " and part.strip() != "" and not part.lstrip().startswith("..") for part in parts]
    recipient, gift, *others = range(len(parts)) if len(parts) > 1 else (0, 0)
    if at_edge[recipient]:
        return True
    if indented[recipient]:
        # A blank before a name: its neighbours begin all the same.
        return bool(others) and at_edge[others[-1]] and not _is_ditto(parts[others[-1]])
    return at_edge[gift] and not _is_blank(parts[gift]) and not any(indented[at] for at in others)


def _cut(text: str, columns: tuple[int, ...]) -> list[str]:
    """The cells of a line. A word that runs over an edge keeps to its cell, up to the next two blanks."""
    parts = []
    start = 0
    for edge in columns[1:]:
        end = max(edge, start)
        if text[end - 1 : end].strip():
            gap = text.find("  ", end)
            end = len(text) if gap < 0 else gap
        parts.append(text[start:end])
        start = end
    return [*parts, text[start:]]


def _is_blank(part: str) -> bool:
    return not part.strip(" .")


def _is_ditto(part: str) -> bool:
    return _DITTO.fullmatch(part.strip()) is not None


def _cells(group: list[BodyLine], columns: tuple[int, ...]) -> Cells:
    cells: dict[str, list[Line]] = {name: [] for name in CELLS}
    for line in group:
        for name, part in zip(CELLS, _cut(line.text, columns), strict=False):
            text = part.strip()
            if _is_ditto(text):
                text = "do"
            elif not _is_blank(text):
                text = _LEADERS.sub(lambda dots: "." if len(dots[0]) == 2 else "", text)
            else:
                continue
            # A cell of the first line begins whatever stands before it; a note or the rest of a date begins nothing.
            starts = line is group[0] or (part[:1] != " " and not (name == "gift" and _REST.match(text)))
            cells[name].append(Line(line.number, line.page, text, starts))
    return {name: tuple(lines) for name, lines in cells.items()}


def _joins(cells: Cells, before: Row) -> bool:
    """Whether a paragraph without a recipient belongs to the row above: a note, or labels that the gift above lacks."""
    if cells["donor"] or cells["circumstances"] or not cells["gift"]:
        return False
    begins = cells["gift"][0].text
    above = " ".join(line.text for line in before.gift)
    return _REST.match(begins) is not None or (
        _DATE_LABEL.match(begins) is not None and _DATE_LABEL.search(above) is None
    )


def _inherit(cells: Cells, before: Row | None, first: BodyLine) -> tuple[Cells, tuple[str, ...]]:
    """Fill a blank cell of a continuation, and a ditto of any row, from the row above."""
    if before is None:
        return cells, ()
    inherited = []
    filled = dict(cells)
    for name in CELLS:
        above: tuple[Line, ...] = getattr(before, name)
        ditto = len(cells[name]) == 1 and cells[name][0].text == "do"
        blank = not cells[name] and name in ("recipient", "circumstances") and not cells["recipient"]
        if (ditto or blank) and above:
            filled[name] = tuple(replace(line, number=first.number, page=first.page) for line in above)
            inherited.append(name)
    return filled, tuple(inherited)


def _with_donors(rows: list[Row]) -> list[Row]:
    """Fill a donor that is printed once for several rows: beside the next gift of the row, or above the same recipient."""
    filled: list[Row] = []
    for row, below in zip_longest(rows, rows[1:]):
        if row.donor:
            filled.append(row)
        elif below and below.donor and "recipient" in below.inherited and "recipient" not in row.inherited:
            filled.append(_take_donor(row, below))
        elif filled and filled[-1].donor and _names(filled[-1]) == _names(row):
            filled.append(_take_donor(row, filled[-1]))
        else:
            filled.append(row)
    return filled


def _names(row: Row) -> list[str]:
    return [line.text for line in row.recipient]


def _take_donor(row: Row, other: Row) -> Row:
    page = (row.recipient or row.gift)[0].page
    donor = tuple(replace(line, number=row.line, page=page) for line in other.donor)
    return replace(row, donor=donor, inherited=(*row.inherited, "donor"))


def _blank_donors(rows: list[Row], filled: list[Row], document: str) -> list[Finding]:
    """A finding for each row that names a recipient and no donor; a continuation inherits as a matter of course."""
    findings = []
    for row, now in zip(rows, filled, strict=True):
        if not row.donor and "recipient" not in row.inherited:
            donor = " ".join(line.text for line in now.donor)
            what = (
                "no donor is printed: that of another gift of the row or recipient is taken"
                if donor
                else "no donor is printed"
            )
            findings.append(Finding(document, row.line, what, donor))
    return findings
