"""From the bytes of a file to a notice's lines, each with its number in the file and its printed page."""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from giftgraph.errors import RegisterUnreadable
from giftgraph.sources.stated import Finding

LARGEST = 8 * 1024 * 1024
"""Bytes. The largest notice has 0.6 MB; far more is no notice, and is refused before it is read."""
WIDEST = 2_000
"""Characters of a line. The widest printed line has 112."""

_PAGE = re.compile(r"\[\[Page (\d{1,6})\]\]")
_PAGES = re.compile(r"^\[Pages? (\d{1,6})(?:-(\d{1,6}))?\]", re.MULTILINE)
_NUMBER = re.compile(r"^\[FR Doc No:? ?([A-Z0-9]{1,6}-\d{1,6})\]", re.MULTILINE)
_FILED = re.compile(r"^\s{0,8}\[FR Doc\.? ([A-Z0-9]{1,6}-\d{1,6}) Filed ", re.MULTILINE)
_DAY = re.compile(r"\[Federal Register Volume \d+, Number \d+ \(\w+, (\w+ \d{1,2}, \d{4})\)\]", re.MULTILINE)
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")
_NAMED = re.compile(r"doc([A-Z]?\d{1,4}-\d{1,6})")
_TITLE = re.compile(
    r"Gifts\s+to\s+Federal\s+Employees\s+From\s+Foreign\s+(?:Government\s+)?Sources\s+Reported\s+to\s+"
    r"Employing\s+Agencies\s+in\s+(?:Calendar|Fiscal)\s+Year\s+(\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Document:
    """A notice as stored: `lines[0]` is line 1 of the file, and `pages[0]` the printed page on which it lies."""

    number: str
    title: str
    published: str
    year: int
    first_page: int
    last_page: int
    lines: tuple[str, ...]
    pages: tuple[int, ...]
    findings: tuple[Finding, ...] = ()


def read_document(path: Path) -> Document:
    """Read and check a stored notice.

    Raises:
        RegisterUnreadable: it is not there, empty, cut off, of another format or register, or far too large.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            # A device or a pipe has no size, and may have no end.
            content = stream.read(LARGEST + 1) if size <= LARGEST else b""
    except OSError as error:
        raise RegisterUnreadable(f"{path}: cannot be read: {error.strerror or error}") from error
    if max(size, len(content)) > LARGEST:
        many = f"{size:,}" if size > LARGEST else f"more than {LARGEST:,}"
        raise RegisterUnreadable(
            f"{path}: {many} bytes are no notice (the limit is {LARGEST:,}): is it the right file?"
        )
    return parse_document(content, os.fsencode(path.name).decode("utf-8", "replace"))


def parse_document(content: bytes, name: str) -> Document:
    """The document in these bytes; `name` stands in messages and may hold the document number (`…_doc95-13832.txt`)."""
    text = _decode(content, name)
    lines = tuple(line.rstrip("\r") for line in text.split("\n"))
    widest = max(range(len(lines)), key=lambda index: len(lines[index]))
    if len(lines[widest]) > WIDEST:
        raise RegisterUnreadable(
            f"{name}: line {widest + 1} has {len(lines[widest]):,} characters, a printed line at most 112: it is no notice"
        )
    text = "\n".join(lines)
    number = _number(text, name)
    # The cover page may shorten the title or call the year a fiscal one; the heading of the notice itself comes last.
    title = list(_TITLE.finditer(text))
    if not title:
        raise RegisterUnreadable(
            f"{name}: document {number} of the Federal Register is not one of its notices of gifts to federal employees"
        )
    filed = _FILED.search(text)
    if filed is None:
        raise RegisterUnreadable(
            f"{name}: the notice is cut off at line {len(lines):,}: its last line, '[FR Doc. {number} Filed …]', is missing"
        )
    published, pages = _DAY.search(text), _PAGES.search(text)
    if published is None or pages is None:
        missing = "day ('[Federal Register Volume …]')" if published is None else "pages ('[Pages …]')"
        raise RegisterUnreadable(f"{name}: the head of the notice does not say its {missing}")
    first, last = int(pages[1]), int(pages[2] or pages[1])
    return Document(
        number=number,
        title=" ".join(title[-1][0].split()),
        published=_day(published[1], name),
        year=int(title[-1][1]),
        first_page=first,
        last_page=last,
        lines=lines,
        pages=_pages_of(lines, first, last, name),
        findings=(*_oddities(content, number, filed[1], name), *_skipped(lines, number)),
    )


def _decode(content: bytes, name: str) -> str:
    """Refuse what is plainly something else by its first bytes; NUL bytes are stripped, for most notices hold four."""
    if not content.strip(b"\0 \t\r\n"):
        raise RegisterUnreadable(f"{name}: the file is empty")
    if content.startswith(b"%PDF"):
        raise RegisterUnreadable(f"{name}: this is a PDF; the reader takes the text edition of a notice")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content.count(0) > len(content) // 50 + 64:
        raise RegisterUnreadable(f"{name}: this is no plain text: {content.count(0):,} of its bytes are NUL")
    content = content.replace(b"\0", b"")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _number(text: str, name: str) -> str:
    found = _NUMBER.search(text)
    if found:
        return found[1]
    if re.search(r"<html|<!doctype", text[:2000], re.IGNORECASE):
        raise RegisterUnreadable(f"{name}: this is a web page, not the text of a notice (no line '[FR Doc No: …]')")
    raise RegisterUnreadable(f"{name}: this is no document of the Federal Register (no line '[FR Doc No: …]')")


def _day(printed: str, name: str) -> str:
    try:
        return dt.datetime.strptime(printed, "%B %d, %Y").date().isoformat()
    except ValueError as error:
        raise RegisterUnreadable(f"{name}: '{printed}' in the head of the notice is no day") from error


def _pages_of(lines: tuple[str, ...], first: int, last: int, name: str) -> tuple[int, ...]:
    """The printed page of each line: that of the last mark before it, or the first page of the notice."""
    pages = []
    # A cover page may stand before the first page that the head names ([Pages 24536-24580], [[Page 24535]]).
    current, lowest = first, first - 2
    for index, line in enumerate(lines):
        mark = _PAGE.match(line.strip())
        if mark:
            page = int(mark[1])
            if not max(lowest, current - 1) <= page <= last:
                raise RegisterUnreadable(
                    f"{name}: line {index + 1} says page {page}, after {current} and within {first} to {last}: "
                    "pages are missing or mixed up"
                )
            current = page
        pages.append(current)
    return tuple(pages)


def _oddities(content: bytes, number: str, filed: str, name: str) -> tuple[Finding, ...]:
    findings = []
    named = _NAMED.search(name)
    if named and named[1] != number:
        findings.append(Finding(number, 1, "the file's name has another document number", name))
    if filed != number:
        findings.append(Finding(number, 1, "the last line has another document number", filed))
    plain = content.replace(b"\0", b"")
    if not _is_utf8(plain):
        findings.append(Finding(number, 1, "not in UTF-8: its letters were read as Windows-1252", name))
    controls = len(_CONTROL.findall(plain.decode("latin-1")))
    if controls:
        findings.append(Finding(number, 1, f"{controls} control characters were kept", name))
    if content.count(0) > 4:
        findings.append(Finding(number, 1, f"{content.count(0)} NUL bytes were left out", name))
    return tuple(findings)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _skipped(lines: tuple[str, ...], number: str) -> list[Finding]:
    """A finding where a page mark does not follow the one before it: a page may have been lost."""
    marks = [(index + 1, int(mark[1])) for index, line in enumerate(lines) if (mark := _PAGE.match(line.strip()))]
    return [
        Finding(number, line, f"page {page} follows page {before}", "")
        for (_, before), (line, page) in pairwise(marks)
        if page != before + 1
    ]
