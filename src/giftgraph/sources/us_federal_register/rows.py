"""From a table's lines to its rows: where one begins, what a blank or a ditto inherits, which donor joins which row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

from giftgraph.sources.stated import Finding, Line, Row
from giftgraph.sources.us_federal_register.agencies import name_agency
from giftgraph.sources.us_federal_register.tables import BodyLine, Table

CELLS = ("recipient", "gift", "donor", "circumstances")

_EMPTY = re.compile(
    r"(?:negative|none|nothing to report|no (?:tangible )?(?:gifts?|travel)|n/a)\b.{0,40}", re.IGNORECASE
)
_LEADERS = re.compile(r"\s*\.{3,}$")
_DITTO = re.compile(r"(?:\.{2,}\s*)?(?:do|ditto)\s*\.{0,40}", re.IGNORECASE)
# What cannot begin a gift: a note, the rest of a sentence, a label whose gift stands above.
_REST = re.compile(r"[*\\a-z]|\d{1,2}/\d{1,2}/\d|(?i:est\b|valu|dispos|location\b)")
_DATE_LABEL = re.compile(r"\brec\w{0,6}'?d?\b\W", re.IGNORECASE)

Cells = dict[str, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table in printed order, the lines where it says that there is nothing, and the findings."""

    rows: tuple[Row, ...]
    empty: tuple[int, ...]
    findings: tuple[Finding, ...]


def read_rows(table: Table, document: str) -> Rows:
    """The rows of a table. A row without a recipient continues the row above it and inherits what it leaves blank."""
    rows: list[Row] = []
    empty: list[int] = []
    findings: list[Finding] = []
    travel = _is_travel(table.title)
    agency = name_agency(table.agency, document)
    for group in _groups(table):
        cells = _cells(group, table.columns)
        first = group[0]
        words = " ".join(line.text for line in cells["recipient"])
        if not table.columns or (cells["recipient"] and not any(cells[name] for name in CELLS[1:])):
            text = " ".join(" ".join(line.text for line in group).split())
            if _EMPTY.fullmatch(words or text):
                empty.append(first.number)
            else:
                what = "a heading inside the table" if table.columns else "a row of a table whose columns are not clear"
                findings.append(Finding(document, first.number, what, text))
            continue
        before = rows[-1] if rows else None
        if before and not cells["recipient"] and _joins(cells, before):
            rows[-1] = replace(before, gift=before.gift + tuple(replace(line, starts=False) for line in cells["gift"]))
            continue
        cells, inherited = _inherit(cells, before, first)
        rows.append(Row(agency, table.title, travel, **cells, inherited=inherited, agency_as_stated=table.agency))
    return Rows(tuple(_with_donors(rows)), tuple(empty), tuple(findings))


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
    if not columns:
        return [text]
    return [text[start:end] for start, end in zip(columns, (*columns[1:], None), strict=True)]


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
                text = _LEADERS.sub("", text)
            else:
                continue
            first = line is group[0]
            cells[name].append(Line(line.number, line.page, text, starts=part[:1] != " " or first))
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
