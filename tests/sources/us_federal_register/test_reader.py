"""Whole notices: every row and label is accounted for, in invented ones and in the real ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SHARED
from giftgraph.errors import GiftgraphError, RegisterUnreadable
from giftgraph.sources.card import read_card
from giftgraph.sources.stated import Notice
from giftgraph.sources.us_federal_register.document import parse_document
from giftgraph.sources.us_federal_register.reader import read, read_notice
from printed_notices import GIFT, REASON, Printed, set_notice

NOTICES = SHARED / "data" / "us-federal-register" / "notices"
ROW = ("Ada Sundial, Secretary", GIFT, "Queen of Atlantis, in the Sea of Storms", REASON)
OTHER = "Spoon of horn. Rec'd--March 5, 2004. Est. Value--$12. Archives Foreign."
LODGING = "Lodging in Atlantis. Rec'd--March 6, 2004. Est. Value--$90."
TABLES = (
    Printed(rows=[ROW, ("", OTHER, "", "")]),
    Printed(["AGENCY: Court of Tides", "[Report of Travel]"], [("Ben Gnomon", LODGING, *ROW[2:])]),
    Printed(["AGENCY: Court of Tides", "[Report of Tangible Gifts]"], ["None"]),
)


def parse(text: str) -> Notice:
    return read_notice(parse_document(text.encode(), "notice.txt"))


def test_rows_are_counted_by_what_became_of_them() -> None:
    notice = parse(set_notice(*TABLES))
    assert notice.rows == {"read": 1, "continued": 1, "travel": 1, "empty table": 1, "unreadable": 0}
    assert sum(notice.date_labels.values()) == sum(notice.value_labels.values()) == 3
    assert [block.kind for block in notice.blocks] == ["tangible", "tangible", "travel"]
    assert [block.agency for block in notice.blocks] == ["Department of Sundials"] * 2 + ["Court of Tides"]
    assert notice.findings == ()


def test_a_block_points_at_its_line() -> None:
    text = set_notice(*TABLES)
    for block, word in zip(parse(text).blocks, ("Bowl of blue glass", "Spoon of horn", "Lodging in"), strict=True):
        assert word in text.split("\n")[block.line - 1]
        assert block.locator == f"p100:l{block.line}"


def test_a_label_outside_every_table_is_unreadable_and_has_its_line() -> None:
    stray = "A spoon of horn was forgotten. Rec'd--March 5, 2004. Est. Value--$12."
    text = set_notice(*TABLES).replace("BILLING CODE", f"{stray}\nBILLING CODE")
    notice = parse(text)
    assert (notice.date_labels["unreadable"], notice.value_labels["unreadable"]) == (1, 1)
    (finding,) = notice.findings
    assert (finding.what, text.split("\n")[finding.line - 1]) == ("a label outside every row", stray)


def test_a_notice_without_a_table_is_refused() -> None:
    with pytest.raises(RegisterUnreadable, match="04-99999: no table"):
        parse(set_notice())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_spoilt_notice_is_read_or_refused(data: st.DataObject) -> None:
    """Lines lost, doubled or cut: a notice or one clear line, never another error."""
    lines = set_notice(*TABLES).split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["lose", "double", "cut", "shift"]))
        lines[at : at + 1] = {
            "lose": [],
            "double": [lines[at]] * 2,
            "cut": [lines[at][: data.draw(st.integers(0, 60))]],
            "shift": [" " + lines[at]],
        }[change] or [""]
    try:
        notice = parse("\n".join(lines))
    except GiftgraphError as refused:
        assert "\n" not in str(refused)
    else:
        assert sum(notice.rows.values()) >= 1


def paths() -> list[Path]:
    return sorted(NOTICES.glob("*.txt"))


@cache
def real(path: Path) -> Notice:
    return read(path)


needs_notices = pytest.mark.skipif(not paths(), reason="the notices are not on this machine")


@needs_notices
def test_every_known_notice_counts_as_its_card_says() -> None:
    card = read_card("us-federal-register")
    notices = [real(path) for path in paths()]
    assert {notice.document for notice in notices} == set(card.documents)
    for notice in notices:
        assert card.check(notice) == ()
        expected = card.documents[notice.document]
        assert (notice.year, notice.published) == (expected.year, expected.published)


# Rows that begin in the first column, and "Rec'd" labels, counted by people: rough, within three in a hundred.
COUNTED = {
    "95-13832": (423, 398),
    "96-11746": (431, 434),
    "00-6858": (330, 349),
    "01-4280": (386, 412),
    "02-16498": (382, 413),
    "03-15209": (485, 537),
    "04-16971": (345, 396),
    "06-5132": (315, 348),
    "06-6688": (397, 500),
    "E7-23674": (468, 600),
    "E8-29759": (486, 486),
    "E9-15022": (396, 396),
    "2011-794": (447, 447),
    "2013-12468": (560, 561),
    "2013-09945": (670, 670),
    "2013-21264": (464, 464),
    "2014-26782": (546, 546),
    "2015-29897": (510, 510),
    "2018-00365": (371, 371),
    "2019-04063": (297, 297),
    "2020-03722": (239, 239),
}


@needs_notices
def test_rows_and_labels_come_to_what_people_counted() -> None:
    for path in paths():
        notice = real(path)
        rows, labels = COUNTED[notice.document]
        continued = len({block.line for block in notice.blocks}) - rows
        assert abs(sum(notice.rows.values()) - notice.rows["continued"] - rows) <= 0.03 * rows, notice.document
        assert abs(sum(notice.date_labels.values()) - labels) <= 0.06 * labels, notice.document
        assert continued >= 0, notice.document


@needs_notices
def test_real_rows_are_all_read_and_each_block_has_a_place_of_its_own() -> None:
    for path in paths():
        notice = real(path)
        assert notice.rows["unreadable"] == 0
        assert len({block.line for block in notice.blocks}) == len(notice.blocks)
        assert [block.line for block in notice.blocks] == sorted(block.line for block in notice.blocks)
        assert all(notice.pages[0] <= block.page <= notice.pages[1] for block in notice.blocks)


@needs_notices
def test_a_real_notice_that_lost_a_page_fails_aloud() -> None:
    """Its lines are gone, and all else is in order: the card knows."""
    content = paths()[0].read_bytes()
    marks = [at for at in range(len(content)) if content.startswith(b"[[Page 306", at)]
    shorter = content[: marks[4]] + content[marks[5] :]
    card = read_card("us-federal-register")
    with pytest.raises(GiftgraphError, match="95-13832 is not as the card"):
        card.check(read_notice(parse_document(shorter, "1995-06-09_doc95-13832.txt")))
