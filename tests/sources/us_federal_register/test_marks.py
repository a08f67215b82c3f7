"""The lines of a cell become one line: words whole, marks as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.sources.stated import Line
from giftgraph.sources.us_federal_register.marks import as_printed, join_lines, weave


def cell(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(number, 1, text, number == 1) for number, text in enumerate(texts, 1))


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (("a hand-", "written book"), "a hand-written book"),
        (("gold-, silver-", "and copper"), "gold-, silver- and copper"),
        (("Recd--", "January 5, 1994"), "Recd--January 5, 1994"),
        (("Rec'd--12/", "25/2009."), "Rec'd--12/25/2009."),
        (("Disposition--Transferr", "ed to GSA"), "Disposition--Transferred to GSA"),
        (("Disposition--Transferre", "d to GSA"), "Disposition--Transferred to GSA"),
        (("$875.Disposition--Pend", "ing Transfer"), "$875.Disposition--Pending Transfer"),
        (("Location--Administrato", "r's Suite"), "Location--Administrator's Suite"),
        (("Disposition--Deposited", "into the account"), "Disposition--Deposited into the account"),
        (("Disposition--Forwarded", "to CMC"), "Disposition--Forwarded to CMC"),
        (("[Ccedil]avu[scedil]o[g", "breve]lu"), "Çavuşoğlu"),
        (("a 4<gr-", "thn-eq> box"), 'a 4" box'),
    ],
)
def test_a_word_that_breaks_over_lines_is_whole_again(texts: tuple[str, ...], joined: str) -> None:
    assert join_lines(cell(*texts)) == joined


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"16\1/2\'' x 5''", '16 1/2" x 5"'),
        (r"\3/4\'' gold cufflinks", '3/4" gold cufflinks'),
        ("caf[eacute]", "café"),
        ("lacquer [``urushi''] and [image]", "lacquer [“urushi”] and [image]"),
        ("``Route 66'' and ``Hope''", "“Route 66” and “Hope”"),
        ("``a 12'' x 7'' print''", '“a 12" x 7" print”'),
        ("<greek-i>RT45SJ", "RT45SJ"),
        (r"Unknown.\1\ Next", "Unknown. Next"),
        ("<SUP>** New Delhi", "New Delhi"),
    ],
)
def test_marks_are_read(text: str, read: str) -> None:
    assert join_lines(cell(text)) == read


def test_as_printed_only_joins_white_space() -> None:
    assert as_printed(cell(r"7\1/2\''  hand-", "made")) == r"7\1/2\'' hand- made"


@given(st.lists(st.text(alphabet="abZ '-/.<>[]\\", min_size=1, max_size=12), max_size=6))
def test_every_line_begins_where_it_is_said_to(texts: list[str]) -> None:
    lines = cell(*texts)
    woven = weave(lines)
    assert len(woven.starts) == len(lines)
    for line, start in zip(lines, woven.starts, strict=True):
        assert woven.text.startswith(" ".join(line.text.split()), start)
