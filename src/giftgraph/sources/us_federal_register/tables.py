"""Find the tables of a notice between their dashed rules, and the columns of each from its header and its body."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from giftgraph.sources.stated import Finding
from giftgraph.sources.us_federal_register.document import Document

_RULE = re.compile(r"\s{0,8}-{60,}\s*")
_PAGE_MARK = re.compile(r"\s*\[\[Page [A-Z]?\d+\]\]\s*")
_MARKUP = re.compile(r"</?a\b[^<>]{0,300}>|</?sup>", re.IGNORECASE)
_TITLE = re.compile(r"\W*(?:amended\s+)?(?:reports?|records?)\b|\W*foreign gifts for\b", re.IGNORECASE)
_LABEL = re.compile(r"rec[' ]?d\b|\bvalue\s?-|\$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line between the rules of a table: its number in the file, its printed page, its text."""

    number: int
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """One agency's table: the heading as printed, the columns' first characters, the lines of the body.

    `columns` is empty where the body has none ("None", "Negative" alone).
    """

    line: int
    agency: str
    title: str
    columns: tuple[int, ...]
    body: tuple[BodyLine, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table of a document in printed order, and what stands between rules and is none."""

    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]


def find_tables(document: Document) -> Tables:
    """Cut a document along its rules and name each piece: heading, header, body, the name of the next agency."""
    pieces = _pieces(document)
    kinds = [_kind(piece) for piece in pieces]
    tables: list[Table] = []
    findings: list[Finding] = []
    index = 0
    while index < len(pieces):
        if kinds[index] != "header":
            index += 1
            continue
        agency, title = _heading(pieces[index - 1] if index else ())
        parts, after = _bodies(pieces, kinds, index, agency)
        columns, found = _columns(document.number, pieces[index], [line for _, body in parts for line in body])
        findings.extend(found)
        for name, body in parts:
            first = body[0].number if body else pieces[index][0].number
            tables.append(Table(first, name, title, columns, body))
        index = after
    return Tables(_agreed(tables), tuple(findings))


def _pieces(document: Document) -> list[tuple[BodyLine, ...]]:
    """The lines between one rule and the next, without page marks."""
    pieces: list[tuple[BodyLine, ...]] = []
    piece: list[BodyLine] = []
    for index, text in enumerate(document.lines):
        if _RULE.fullmatch(text):
            pieces.append(tuple(piece))
            piece = []
        elif not _PAGE_MARK.fullmatch(text):
            # Links and superscripts are markup of the web page; the columns are those of the text without it.
            piece.append(BodyLine(index + 1, document.pages[index], _MARKUP.sub("", text).rstrip()))
    pieces.append(tuple(piece))
    return pieces


def _kind(piece: tuple[BodyLine, ...]) -> str:
    """`header` where the columns are named, `name` where an agency's name stands alone and centred, else `text`."""
    printed = [line.text for line in piece if line.text]
    words = " ".join(printed).lower()
    if not printed:
        return "empty"
    if len(piece) <= 20 and "donor" in words and re.search(r"\bname\b", words) and not _LABEL.search(words):
        return "header"
    if len(printed) <= 2 and all(text.startswith(" " * 10) for text in printed):
        return "name"
    return "text"


def _heading(piece: tuple[BodyLine, ...]) -> tuple[str, str]:
    """The agency and the title of the table in the last paragraph before its header."""
    block: list[str] = []
    for line in reversed(piece):
        if line.text.strip():
            block.insert(0, " ".join(line.text.split()))
        elif block:
            break
    agency: list[str] = []
    title: list[str] = []
    for text in block:
        name, mark, rest = text.partition("--Report of ")
        if mark:
            agency.append(name)
            title.append(f"Report of {rest}")
        elif _TITLE.match(text) or (title and title[-1].startswith("[") and not title[-1].endswith("]")):
            title.append(text)
        else:
            agency.append(text)
    return " ".join(agency), " ".join(title)


def _bodies(
    pieces: list[tuple[BodyLine, ...]], kinds: list[str], header: int, agency: str
) -> tuple[list[tuple[str, tuple[BodyLine, ...]]], int]:
    """The bodies under one header with their agencies, and the index of the piece after them.

    In 2000 and 2001 one table holds all agencies: each name stands centred between two rules.
    """
    parts: list[tuple[str, tuple[BodyLine, ...]]] = []
    index = header + 1
    while index + 1 < len(pieces):
        if kinds[index] == "name" and kinds[index + 1] != "header":
            agency = _heading(pieces[index])[0]
            index += 1
        elif parts:
            break
        parts.append((agency, tuple(line for line in pieces[index] if line.text)))
        index += 1
    return parts, index


def _columns(number: str, header: tuple[BodyLine, ...], body: list[BodyLine]) -> tuple[tuple[int, ...], list[Finding]]:
    """Where each column begins: inside the gap that the header leaves, where most lines of the body begin a cell.

    A cell's first line begins at its column and wrapped lines one character later; the character before is blank.
    """
    spans = _spans([line.text for line in header])
    lines = [line.text for line in body]
    columns = [0]
    findings: list[Finding] = []
    for (_, before), (after, _) in zip(spans, spans[1:], strict=False):
        begins = [sum(_begins(text, at) for text in lines) for at in range(before + 1, after + 3)]
        crossed = [sum(text[at - 1 : at].strip() != "" for text in lines) for at in range(before + 1, after + 3)]
        scores = [
            begins[at] + begins[at + 1] - 3 * crossed[at] if begins[at] else -len(lines) * 3
            for at in range(len(begins) - 1)
        ]
        best = max(range(len(scores)), key=lambda at: (scores[at], -at))
        if not begins[best]:
            if len(lines) > 1:
                findings.append(Finding(number, header[0].number, "a column of this table has no text", ""))
            return (), findings
        columns.append(before + 1 + best)
    return tuple(columns), findings


def _agreed(tables: list[Table]) -> tuple[Table, ...]:
    """The tables, each with the columns of the most, where its own differ by a character and its text allows those.

    A table of one row whose cell begins with a blank would else be read one character too far right.
    """
    usual = Counter(table.columns for table in tables).most_common(1)[0][0] if tables else ()
    agreed = []
    for table in tables:
        columns = table.columns
        near = len(columns) == len(usual) and all(abs(a - b) <= 1 for a, b in zip(columns, usual, strict=True))
        if near and not any(line.text[at - 1 : at].strip() for line in table.body for at in usual[1:]):
            columns = usual
        agreed.append(replace(table, columns=columns))
    return tuple(agreed)


def _begins(text: str, at: int) -> bool:
    return text[at - 1 : at] == " " and text[at : at + 1].strip() != ""


def _spans(header: list[str]) -> list[tuple[int, int]]:
    """First and last character of each column's name: what two blank characters over all lines of the header divide."""
    width = max(map(len, header), default=0)
    printed = [any(text[at : at + 1].strip() for text in header) for at in range(width)]
    spans: list[tuple[int, int]] = []
    for at in range(width):
        if not printed[at]:
            continue
        if spans and at - spans[-1][1] <= 2:
            spans[-1] = (spans[-1][0], at)
        else:
            spans.append((at, at))
    return spans
