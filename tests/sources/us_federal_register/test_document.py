"""From bytes to lines: what is refused in one clear line, and where each line lies in print."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.errors import GiftgraphError, RegisterUnreadable
from giftgraph.sources.us_federal_register.document import LARGEST, Document, parse_document, read_document
from printed_notices import GIFT, REASON, Printed, set_notice

ROW = ("Ada Sundial, Secretary", GIFT, "King of Atlantis", REASON)
TEXT = set_notice(Printed(rows=[ROW, "[[Page 101]]\n", ROW]))


def parse(text: str, name: str = "notice.txt") -> Document:
    return parse_document(text.encode(), name)


def test_the_head_of_a_notice_says_number_day_year_and_pages() -> None:
    document = parse(TEXT)
    assert (document.number, document.published, document.year) == ("04-99999", "2005-01-14", 2004)
    assert (document.first_page, document.last_page) == (100, 109)
    assert document.title == (
        "Gifts to Federal Employees From Foreign Government Sources Reported to Employing Agencies in Calendar Year 2004"
    )


def test_lines_count_from_one_and_lie_on_the_page_of_the_mark_before_them() -> None:
    document = parse(TEXT)
    first, second = (index for index, line in enumerate(document.lines) if line.startswith("Ada Sundial"))
    assert TEXT.split("\n")[first] == document.lines[first]
    assert document.pages[first] == 100
    assert document.pages[second] == 101


def test_a_cover_page_may_stand_before_the_first_page() -> None:
    document = parse(TEXT.replace("=====\n", "=====\n[[Page 99]]\n[[Page 100]]\n"))
    assert document.pages[-1] == 101
    assert 99 in document.pages


def test_nul_bytes_and_carriage_returns_do_not_move_a_line() -> None:
    plain = parse(TEXT)
    spoilt = parse_document(TEXT.replace("\n\n", "\n\0\0\n", 3).replace("\n", "\r\n").encode(), "notice.txt")
    assert spoilt.lines == plain.lines
    assert [finding.what for finding in spoilt.findings] == ["6 NUL bytes were left out"]


def test_a_page_that_is_skipped_is_a_finding() -> None:
    text = set_notice(Printed(rows=[ROW, "[[Page 101]]\n", ROW, "[[Page 104]]\n", ROW]))
    (finding,) = parse(text).findings
    assert (finding.what, text.split("\n")[finding.line - 1]) == ("page 104 follows page 101", "[[Page 104]]")


def test_another_number_in_the_name_or_at_the_end_is_a_finding() -> None:
    document = parse(TEXT.replace("[FR Doc. 04-99999", "[FR Doc. 04-11111"), "2005-01-14_doc04-22222.txt")
    assert [finding.text for finding in document.findings] == ["2005-01-14_doc04-22222.txt", "04-11111"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\0\0 \n", "is empty"),
        (b"%PDF-1.4 ...", "is a PDF"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
        (b"Dear reader,\nno notice here.\n", "no document of the Federal Register"),
        (TEXT.replace("Gifts to Federal", "Rules for Federal").encode(), "not one of its notices of gifts"),
        (TEXT[: len(TEXT) // 2].encode(), "cut off at line"),
        (TEXT.replace("[Pages", "[Sheets").encode(), "does not say its pages"),
        (TEXT.replace("January 14, 2005)]", "Smarch 44, 2005)]").encode(), "is no day"),
        (TEXT.replace("[[Page 101]]", "[[Page 7]]").encode(), "says page 7"),
        (TEXT.encode("utf-16"), "no plain text"),
        (b"\0".join(TEXT.encode()[i : i + 1] for i in range(len(TEXT))), "no plain text"),
        (b"x" * 5_000_000, "5,000,000 characters"),
    ],
)
def test_what_is_no_notice_is_refused_in_one_line(content: bytes, words: str) -> None:
    with pytest.raises(RegisterUnreadable, match=r"notice\.txt") as refused:
        parse_document(content, "notice.txt")
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(RegisterUnreadable, match="is it the right file"):
        read_document(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(RegisterUnreadable, match="cannot be read"):
            read_document(path)


@given(st.binary(max_size=400), st.integers(0, len(TEXT)))
def test_any_bytes_are_a_document_or_refused(noise: bytes, at: int) -> None:
    content = TEXT.encode()
    for spoilt in (noise, content[:at] + noise + content[at:]):
        try:
            document = parse_document(spoilt, "notice.txt")
        except GiftgraphError as refused:
            assert "\n" not in str(refused)
        else:
            assert len(document.pages) == len(document.lines)
