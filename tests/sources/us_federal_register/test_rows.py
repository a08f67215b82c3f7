"""Rows of a table: where one begins, what it inherits, what is empty."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from giftgraph.sources.stated import Line, Row
from giftgraph.sources.us_federal_register.document import parse_document
from giftgraph.sources.us_federal_register.rows import Rows, read_rows
from giftgraph.sources.us_federal_register.tables import find_tables
from printed_notices import GIFT, NARROW, REASON, THREE, WIDE, Printed, set_notice, set_row

ROW = (
    "Ada Sundial, Secretary of Sundials and Shadows of the North",
    GIFT,
    "Queen of Atlantis, in the Sea of Storms",
    REASON,
)
OTHER = "Spoon of horn. Rec'd--March 5, 2004. Est. Value--$12. Archives Foreign."


def read(*rows: Sequence[str] | str, title: str = "[Report of Tangible Gifts]", columns: Sequence[int] = WIDE) -> Rows:
    cells = len(columns) - 1
    table = Printed(["AGENCY: U.S. Senate", title], list(rows), columns)
    table = Printed(table.heading, table.rows, columns, table.header[:cells])
    usual = Printed(["AGENCY: U.S. Senate", title], [ROW[:cells]], columns, table.header[:cells])
    found = find_tables(parse_document(set_notice(table, usual).encode(), "notice.txt"))
    return read_rows(found.tables[0], "04-99999")


def text(lines: tuple[Line, ...]) -> str:
    return " ".join(line.text for line in lines)


def cells(row: Row) -> tuple[str, ...]:
    return text(row.recipient), text(row.gift), text(row.donor), text(row.circumstances)


def test_a_row_has_four_cells_with_line_and_page() -> None:
    first, second = read(ROW, "\n[[Page 101]]\n\n ", ROW).rows
    assert cells(first) == cells(second) == ROW
    assert (first.agency, first.agency_as_stated, first.travel) == (
        "United States Senate",
        "AGENCY: U.S. Senate",
        False,
    )
    assert [line.page for line in first.gift] == [100] * len(first.gift)
    assert [line.page for line in second.gift] == [101] * len(second.gift)
    assert [line.number for line in first.gift] == list(range(first.line, first.line + len(first.gift)))
    assert [line.starts for line in first.gift] == [True] + [False] * (len(first.gift) - 1)


def test_a_row_goes_on_over_a_page() -> None:
    lines = set_row(ROW)
    (row,) = read("\n".join([*lines[:2], "", "[[Page 101]]", "", " " * 112, *lines[2:]])).rows
    assert cells(row) == ROW
    assert {line.page for line in row.gift} == {100, 101}


def test_three_columns_have_no_circumstances() -> None:
    (row,) = read(ROW[:3], columns=THREE).rows
    assert cells(row) == (*ROW[:3], "")


def test_leaders_are_no_text() -> None:
    (row,) = read(("President", GIFT, "Unknown", REASON)).rows
    assert cells(row) == ("President", GIFT, "Unknown", REASON)


def test_a_second_gift_inherits_recipient_donor_and_circumstances() -> None:
    first, second = read(ROW, ("", OTHER, "", "")).rows
    assert cells(second) == (ROW[0], OTHER, ROW[2], ROW[3])
    assert set(second.inherited) == {"recipient", "donor", "circumstances"}
    assert first.inherited == ()
    assert second.line == second.gift[0].number
    assert {line.number for line in second.donor} == {second.line}


def test_dots_in_a_blank_cell_inherit_as_well() -> None:
    dotted = set_row(("", OTHER, "", ""))
    dotted[0] = dotted[0].ljust(64) + "." * 23 + "  " + "." * 23
    _, second = read(ROW, "\n".join(dotted)).rows
    assert cells(second) == (ROW[0], OTHER, ROW[2], ROW[3])


def test_a_second_gift_keeps_its_own_donor() -> None:
    _, second = read(ROW, ("", OTHER, "Mayor of Lemuria, in the Sea of Calm", REASON)).rows
    assert cells(second) == (ROW[0], OTHER, "Mayor of Lemuria, in the Sea of Calm", REASON)
    assert second.inherited == ("recipient",)


def test_a_second_donor_without_a_gift_belongs_to_the_row_above() -> None:
    (row,) = read(ROW, ("", "", "Ben Gnomon (Private Citizen of Atlantis)", "")).rows
    assert text(row.donor) == f"{ROW[2]} Ben Gnomon (Private Citizen of Atlantis)"
    assert sum(line.starts for line in row.donor) == 2


def test_a_donor_printed_beside_the_second_gift_gave_the_first_too() -> None:
    found = read(ROW, ("President", GIFT, "", ""), ("", OTHER, "Mayor of Lemuria, in the Sea of Calm", REASON))
    assert [text(row.donor) for row in found.rows] == [ROW[2], *["Mayor of Lemuria, in the Sea of Calm"] * 2]
    assert [finding.line for finding in found.findings] == [found.rows[1].line]


def test_a_blank_donor_is_that_of_the_same_recipient_above_and_of_nobody_else() -> None:
    same, other = (*ROW[:1], OTHER, "", ""), ("Ben Gnomon", OTHER, "", "")
    assert text(read(ROW, same).rows[1].donor) == ROW[2]
    found = read(ROW, other)
    assert text(found.rows[1].donor) == ""
    assert [finding.what for finding in found.findings] == ["no donor is printed"]


def test_a_ditto_is_the_cell_above() -> None:
    ditto = set_row(("Ben Gnomon", OTHER, "", ""))
    ditto[0] = ditto[0].ljust(64) + "......do..............." + "    Do."
    _, second, third = read(ROW, "\n".join(ditto), "\n".join(ditto)).rows
    assert cells(second) == cells(third) == ("Ben Gnomon", OTHER, ROW[2], ROW[3])
    assert second.inherited == third.inherited == ("donor", "circumstances")


def test_a_note_and_a_label_set_apart_stay_in_their_row() -> None:
    note = "\n".join(set_row(("", "** From Atlantis to Lemuria and back again.", "", "")))
    (row,) = read(ROW, note).rows
    assert text(row.gift) == f"{GIFT} ** From Atlantis to Lemuria and back again."
    bare, *labels = ("Spoon of horn.", "Rec'd--3/4/2004", "Est. Value--$12.", "Disposition--On display.")
    (row,) = read(("President", bare, *ROW[2:]), *(("", label, "", "") for label in labels)).rows
    assert text(row.gift) == " ".join((bare, *labels))


def test_a_name_behind_a_blank_begins_a_row() -> None:
    shifted = set_row(ROW)
    shifted[0] = " " + shifted[0].replace("  ", " ", 1)
    found = read(ROW, "\n".join(shifted), ROW)
    assert [cells(row) for row in found.rows] == [ROW] * 3


def test_like_rows_are_all_kept() -> None:
    assert len(read(*[ROW] * 5).rows) == 5


def test_a_table_may_say_that_there_is_nothing() -> None:
    found = read("Negative" + " " * 31 + "." * 23 + "  " + "." * 23 + "  " + "." * 23)
    assert (found.rows, len(found.empty), found.findings) == ((), 1, ())
    found = read("None")
    assert (found.rows, len(found.empty), found.findings) == ((), 1, ())


def test_a_heading_inside_a_table_is_a_finding_and_no_row() -> None:
    found = read("II. Office of Special Sundials and\n Shadows (OSS):", ROW)
    assert [cells(row) for row in found.rows] == [ROW]
    (finding,) = found.findings
    assert (finding.what, finding.text) == (
        "a heading inside the table",
        "II. Office of Special Sundials and Shadows (OSS):",
    )


def test_text_that_runs_over_its_column_stays_in_its_cell() -> None:
    lines = set_row(ROW)
    lines[1] = " Shadows of the North".ljust(39) + " ``www.sundials-of-atlantis.example, Vol. 2."
    found = read("\n".join(lines))
    assert "``www.sundials-of-atlantis.example, Vol. 2." in text(found.rows[0].gift)
    assert [finding.what for finding in found.findings] == ["text runs over the edge of its column"]


def test_a_heading_without_an_agency_is_a_finding() -> None:
    table = Printed(["[Report of Tangible Gifts]"], [ROW])
    (found,) = find_tables(parse_document(set_notice(table).encode(), "notice.txt")).tables
    assert [finding.what for finding in read_rows(found, "04-99999").findings] == [
        "a table whose heading names no agency"
    ]


def test_travel_is_what_the_title_calls_travel_alone() -> None:
    titles = {
        "[Report of Travel]": True,
        "Report of Gifts of Travel": True,
        "[Report of Tangible Gifts and Travel]": False,
    }
    for title, travel in titles.items():
        assert read(ROW, title=title).rows[0].travel is travel


WORD = st.text("abcdefgh,()-'", min_size=1, max_size=12).filter(
    lambda word: word.strip("-'(),") != "" and word.lower() != "do"
)
CELL = st.lists(WORD, min_size=1, max_size=30).map(lambda words: " ".join(["Bowl", *words, "end."]))
PRINTED = st.tuples(CELL, CELL, CELL, CELL)


@settings(max_examples=40, deadline=None)
@given(st.lists(PRINTED, min_size=1, max_size=6), st.sampled_from([WIDE, NARROW]))
def test_what_is_set_is_what_is_read(rows: list[tuple[str, ...]], columns: tuple[int, ...]) -> None:
    # The full stop before leaders is one of them.
    read_back = [[cell.rstrip(".") for cell in cells(row)] for row in read(*rows, columns=columns).rows]
    assert read_back == [[cell.rstrip(".") for cell in row] for row in rows]
