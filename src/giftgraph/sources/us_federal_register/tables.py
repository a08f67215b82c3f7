"""Find the tables of a notice between their dashed rules, and the columns of each from its header and its body."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from giftgraph.sources.stated import Finding
from giftgraph.sources.us_federal_register.document import Document

_RULE = re.compile(r"\s{0,8}-{60,}\s*")
_PAGE_MARK = re.compile(r"\s*\[\[Page [A-Z]?\d+\]\]\s*")
_MARKUP = re.compile(r"</?a\b[^<>]{0,300}>|</?sup>", re.IGNORECASE)
_END = re.compile(r"\[FR Doc|BILLING CODE|</", re.IGNORECASE)
_TITLE = re.compile(r"\W*(?:amended\s+)?(?:reports?|records?)\b|\W*foreign gifts for\b", re.IGNORECASE)
_AGENCY = re.compile(r"\W*(?:agency|entity)\s*(?::|--)", re.IGNORECASE)
_LABEL = re.compile(r"rec[' ]?d\b|\bvalue\s?-|\$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line between the rules of a table: its number in the file, its printed page, its text."""

    number: int
    page: int
    text: str


Piece = tuple[BodyLine, ...]
"""The lines between one rule and the next."""


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
    used: set[int] = set()
    for index, piece in enumerate(pieces):
        if kinds[index] == "header":
            agency, title = _heading(pieces[index - 1] if index else ())
            parts = _bodies(pieces, kinds, index, agency)
            columns = _columns(piece, [line for _, body in parts for line in pieces[body]])
            for name, body in parts:
                lines = tuple(line for line in pieces[body] if line.text)
                tables.append(Table((lines or piece)[0].number, name, title, columns, lines))
            used |= {index, *(body for _, body in parts)}
    tables, findings = _agree(tables, document.number)
    usual = _usual(tables)
    above: Piece = ()
    below = False
    for index, piece in enumerate(pieces):
        if index not in used and (bare := _without_header(above, piece, usual)):
            what = "a table without a header or a closing rule: read with the columns of the other tables"
            findings.append(Finding(document.number, bare.line, what, bare.agency))
            tables.append(bare)
        elif below and kinds[index] == "text" and index not in used:
            findings.extend(_notes(piece, document.number, heads_next="header" in kinds[index + 1 : index + 2]))
        if kinds[index] != "empty":
            below = index in used
            above = () if below else piece
    return Tables(tuple(sorted(tables, key=lambda table: table.line)), tuple(findings))


def _pieces(document: Document) -> list[Piece]:
    """The lines between one rule and the next, without page marks."""
    pieces: list[Piece] = []
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


def _kind(piece: Piece) -> str:
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


def _heading(piece: Piece) -> tuple[str, str]:
    """The agency and the title of the table in the last paragraph before its header."""
    block: list[str] = []
    for line in reversed(piece):
        if line.text.strip():
            block.append(" ".join(line.text.split()))
        elif block:
            break
    agency: list[str] = []
    title: list[str] = []
    for text in reversed(block):
        name, mark, rest = text.partition("--Report of ")
        if mark:
            agency.append(name)
            title.append(f"Report of {rest}")
        elif _TITLE.match(text) or (title and title[-1].startswith("[") and not title[-1].endswith("]")):
            title.append(text)
        else:
            agency.append(text)
    labelled = [text for text in agency if _AGENCY.match(text)]
    return " ".join(labelled or agency), " ".join(title)


def _notes(piece: Piece, number: str, heads_next: bool) -> list[Finding]:
    """A finding for each paragraph below a table that is neither the next table's heading nor the end of the notice."""
    paragraphs: list[list[BodyLine]] = [[]]
    for line in piece:
        if line.text.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    if not paragraphs[-1]:
        paragraphs.pop()
    if heads_next:
        paragraphs.pop()
    texts = [(lines[0].number, " ".join(" ".join(line.text for line in lines).split())) for lines in paragraphs]
    return [Finding(number, line, "a note below the table", text) for line, text in texts if not _END.match(text)]


def _bodies(pieces: list[Piece], kinds: list[str], header: int, agency: str) -> list[tuple[str, int]]:
    """The pieces that are bodies under one header, each with its agency.

    In 2000 and 2001 one table holds all agencies: each name stands centred between two rules.
    """
    parts: list[tuple[str, int]] = []
    index = header + 1
    while index + 1 < len(pieces):
        if kinds[index] == "name" and kinds[index + 1] != "header" and not _heading(pieces[index])[1]:
            agency = _heading(pieces[index])[0]
            index += 1
        elif parts:
            break
        parts.append((agency, index))
        index += 1
    return parts


def _without_header(heading: Piece, piece: Piece, columns: tuple[int, ...]) -> Table | None:
    """A table whose header or closing rule is missing: from the first line that fills the columns of the other tables.

    It is one only if nearly all that follows keeps to those columns; prose does not.
    """
    if len(columns) < 3:
        return None
    for at, line in enumerate(piece):
        if all(line.text[start : start + 1].strip() for start in columns[:-1]):
            rest = tuple(text for text in piece[at:] if text.text)
            if sum(crosses(text.text, columns) for text in rest) * 10 > len(rest):
                return None
            agency, title = _heading(tuple(text for text in piece[:at] if text.text) or heading)
            return Table(line.number, agency, title, columns, rest)
    return None


def _columns(header: Piece, body: list[BodyLine]) -> tuple[int, ...]:
    """Where each column begins: inside the gap that the header leaves, where most lines of the body begin a cell.

    A cell's first line begins at its column and wrapped lines one character later; the character before is blank.
    Empty where the header has not three or four names, or the body leaves a column empty.
    """
    spans = _spans([line.text for line in header])
    if len(spans) not in (3, 4):
        return ()
    lines = [line.text for line in body]
    columns = [0]
    for (_, before), (after, _) in pairwise(spans):
        places = range(before + 1, after + 3)
        begins = [sum(_begins(text, at) for text in lines) for at in places]
        crossed = [sum(crosses(text, (0, at)) for text in lines) for at in places]
        scores = [begins[at] + begins[at + 1] - 3 * crossed[at] for at in range(len(places) - 1)]
        best = max((at for at in range(len(scores)) if begins[at]), key=lambda at: (scores[at], -at), default=None)
        if best is None:
            return ()
        columns.append(places[best])
    return tuple(columns)


def _usual(tables: list[Table]) -> tuple[int, ...]:
    """The columns that most tables of the document have."""
    return max(
        Counter(table.columns for table in tables).items(), key=lambda item: (bool(item[0]), item[1]), default=((), 0)
    )[0]


def _agree(tables: list[Table], number: str) -> tuple[list[Table], list[Finding]]:
    """Give a table the columns of most, where its own are unclear or a character away, and its text allows those.

    A table of one row whose cell begins with a blank would else be read one character too far right.
    """
    usual = _usual(tables)
    agreed, findings = [], []
    for table in tables:
        columns = table.columns
        near = len(columns) == len(usual) and all(abs(a - b) <= 1 for a, b in zip(columns, usual, strict=True))
        if (near or not columns) and not any(crosses(line.text, usual) for line in table.body):
            if not columns and len(table.body) > 1:
                what = "the columns of this table are not clear: read with those of the other tables"
                findings.append(Finding(number, table.line, what, table.agency))
            columns = usual
        agreed.append(replace(table, columns=columns))
    return agreed, findings


def crosses(text: str, columns: tuple[int, ...]) -> bool:
    """Whether a line has text in the last character before a column."""
    return any(text[at - 1 : at].strip() for at in columns[1:])


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
