"""The printers' marks of the notices, and how the lines of a cell become one line of text.

Words break over lines only at a hyphen, a dash or a slash, or where a word without a blank fills the whole width ("Transferr/ed").
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from giftgraph.sources.stated import Line

_FULL_WIDTHS = (16, 22, 23)
_FUNCTION_WORDS = frozenset(("a", "an", "as", "at", "by", "if", "in", "is", "it", "no", "of", "on", "or", "to", "up"))
# Words of labels and dispositions that are longer than what is left of a line.
_CUT_WORDS = frozenset(
    "pending handled transferred headquarters purchased interparliamentary january february august september october "  # noqa: SIM905
    "november december".split()
)
_HANGING = re.compile(r"(?:and|or|to)\b")
_LAST_WORD = re.compile(r"[A-Za-z]+$")
_FIRST_WORD = re.compile(r"[a-z]+")
_OPEN_ENTITY = re.compile(r"\[[A-Za-z]{1,8}$")
_OPEN_TAG = re.compile(r"<[A-Za-z-]{1,12}$")

_ENTITY = re.compile(r"\[([A-Za-z]{2,8})\]")
_TAG = re.compile(r"</?SUP>\**|<greek-i>")
_FRACTION = re.compile(
    r"(?<![\d/])(\d{0,4})-?\\(\d{1,3}/\d{1,3})\\[,;]?(?=['\"<])|(?<![\d/])(\d{0,4})-?\\(\d{1,3}/\d{1,3})\\"
)
_FOOTNOTE = re.compile(r"\s?\\\d{1,2}\\")
_INCHES = re.compile(r"\s?<gr-thn-eq>")
_QUOTES = re.compile(r"``|''")
_MEASURE_FOLLOWS = re.compile(
    r"[\s,]*(?:[xX]\s?\d|by\s\d|[hwdlHWDL]\b|in\b|diameter|dia|high|wide|long|tall|square|round)"
)
_NAMED = {"sol": "/", "heart": "", "inodot": "ı", "edot": "ė", "CEOE": "Œ", "ballot": "", "foot": "'"}


class Woven(NamedTuple):
    """The lines of a cell in one line, marks as printed; `starts` holds the offset where each line begins."""

    text: str
    starts: tuple[int, ...]


def as_printed(lines: Sequence[Line]) -> str:
    """The text of a cell as stated: only the white space is joined.

    >>> as_printed([Line(1, 1, "Box: 7\\\\1/2\\\\'' by hand-"), Line(2, 1, "written.")])
    "Box: 7\\\\1/2\\\\'' by hand- written."
    """
    return " ".join(" ".join(line.text for line in lines).split())


def join_lines(lines: Sequence[Line]) -> str:
    """The text of a cell in one line: words whole again, marks as people write them.

    >>> join_lines([Line(1, 1, "Box: 7\\\\1/2\\\\'' x 5'', Recd--"), Line(2, 1, "January 11, hand-"), Line(3, 1, "made.")])
    'Box: 7 1/2" x 5", Recd--January 11, hand-made.'
    >>> join_lines([Line(1, 1, "Disposition--Transferr"), Line(2, 1, "ed to NARA, 12/"), Line(3, 1, "25/2009.")])
    'Disposition--Transferred to NARA, 12/25/2009.'
    """
    return read_marks(weave(lines).text)


def weave(lines: Sequence[Line]) -> Woven:
    """Join the lines of a cell, words whole again, marks untouched."""
    text = before = ""
    starts: list[int] = []
    for line in lines:
        added = " ".join(line.text.split())
        if text and added and not _closes_up(before, added):
            text += " "
        starts.append(len(text))
        text += added.replace("[sol]", "/")
        before = added or before
    return Woven(text, tuple(starts))


def _closes_up(text: str, added: str) -> bool:
    """Whether the next line goes on without a blank."""
    if text.endswith("--"):
        return True
    if text.endswith("-"):
        return not _HANGING.match(added)
    if text.endswith("/"):
        return not text.endswith(" /")
    if _OPEN_ENTITY.search(text[-12:]) and re.match(r"[A-Za-z]{1,8}\]", added):
        return True
    if _OPEN_TAG.search(text[-16:]) and re.match(r"[A-Za-z-]{1,12}>", added):
        return True
    return _is_cut(text, added)


def _is_cut(text: str, added: str) -> bool:
    token = text[text.rfind(" ") + 1 :]
    if len(token) not in _FULL_WIDTHS:
        return False
    last, first = _LAST_WORD.search(token), _FIRST_WORD.match(added)
    if last is None or first is None:
        return False
    return (len(first[0]) <= 2 and first[0] not in _FUNCTION_WORDS) or (last[0] + first[0]).lower() in _CUT_WORDS


def read_marks(text: str) -> str:
    """The text with the printers' marks read: fractions, inches, quotes, letters with accents; footnote signs go.

    >>> read_marks("``Caf[eacute] 66'' \\\\1\\\\, 16\\\\1/2\\\\'' x 3<gr-thn-eq>")
    '“Café 66”, 16 1/2" x 3"'
    """
    text = _ENTITY.sub(_letter, text)
    text = _TAG.sub("", text)
    text = _FRACTION.sub(_fraction, text)
    text = _FOOTNOTE.sub("", text)
    text = _INCHES.sub('"', text)
    return " ".join(_read_quotes(text).split())


def _letter(match: re.Match[str]) -> str:
    name = match[1]
    if name in _NAMED:
        return _NAMED[name]
    letter = html.unescape(f"&{name};")
    if len(letter) == 1 and unicodedata.name(letter, "").startswith("LATIN"):
        return letter
    return match[0]


def _fraction(match: re.Match[str]) -> str:
    whole, part = match[1] or match[3] or "", match[2] or match[4]
    return (
        f"{whole} {part}"
        if whole
        else f" {part}"
        if match.start() and match.string[match.start() - 1].isalnum()
        else part
    )


def _read_quotes(text: str) -> str:
    """`` and '' are quotation marks, but '' after a number is inches unless it can only close a quotation."""
    parts: list[str] = []
    end = 0
    opened = False
    for match in _QUOTES.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        if match[0] == "``":
            parts.append("“")
            opened = True
            continue
        measures = text[: match.start()].rstrip("\\, ")[-1:].isdigit()
        if measures and (not opened or _MEASURE_FOLLOWS.match(text, end) or _closes_later(text, end)):
            parts.append('"')
        else:
            parts.append("”")
            opened = False
    parts.append(text[end:])
    return "".join(parts)


def _closes_later(text: str, position: int) -> bool:
    """Whether the next mark can only close a quotation, so that the one before it does not."""
    following = _QUOTES.search(text, position)
    return (
        following is not None and following[0] == "''" and not text[: following.start()].rstrip("\\, ")[-1:].isdigit()
    )
