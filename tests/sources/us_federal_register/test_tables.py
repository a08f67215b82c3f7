"""Tables between dashed rules: headings, columns of every width, names of agencies inside one table."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from giftgraph.sources.us_federal_register.document import parse_document
from giftgraph.sources.us_federal_register.tables import Tables, find_tables
from printed_notices import GIFT, HEADER, NARROW, REASON, THREE, WIDE, Printed, set_notice, set_row, set_table

ROW = (
    "Ada Sundial, Secretary of Sundials and Shadows of the Northern Hemisphere",
    GIFT,
    "King of Atlantis, Ruler",
    REASON,
)


def find(*tables: Printed) -> Tables:
    return find_text(set_notice(*tables))


def find_text(text: str) -> Tables:
    return find_tables(parse_document(text.encode(), "notice.txt"))


@pytest.mark.parametrize("columns", [WIDE, NARROW, THREE, (0, 32, 66, 90, 112), (0, 37, 63, 89, 112)])
def test_columns_are_those_of_the_table(columns: Sequence[int]) -> None:
    cells = len(columns) - 1
    (table,) = find(Printed(rows=[ROW[:cells]], columns=columns, header=HEADER[:cells])).tables
    assert table.columns == tuple(columns[:-1])


def test_tables_of_one_notice_may_differ_in_width() -> None:
    found = find(Printed(rows=[ROW]), Printed(rows=[ROW[:3]], columns=THREE, header=HEADER[:3]))
    assert [table.columns for table in found.tables] == [WIDE[:-1], THREE[:-1]]


def test_cells_that_touch_by_one_blank_are_told_apart() -> None:
    row = "Ada Sundial, Secretary of Sundials...  Wristwatch Beetle. Rec-- Unknown......"
    assert row[39:46] == "Wristwa"
    assert row[64:71] == "Unknown"
    (table,) = find(Printed(rows=[ROW, row, ROW])).tables
    assert table.columns == WIDE[:-1]


def test_a_column_is_not_moved_by_one_row_that_begins_with_a_blank() -> None:
    shifted = "\n".join(line[:64] + " " + line[64:] if at == 0 else line for at, line in enumerate(set_row(ROW)))
    found = find(Printed(rows=[ROW]), Printed(rows=[ROW]), Printed(rows=[shifted]))
    assert {table.columns for table in found.tables} == {WIDE[:-1]}


@pytest.mark.parametrize(
    ("heading", "agency", "title"),
    [
        (
            ["AGENCY: Department of Clocks", "Report of Tangible Gifts--1995"],
            "AGENCY: Department of Clocks",
            "Report of Tangible Gifts--1995",
        ),
        (["ENTITY: Office of Tides", "[Report of Travel]"], "ENTITY: Office of Tides", "[Report of Travel]"),
        (
            ["AGENCY--Court of Tides", "[Report of Tangible Gifts]"],
            "AGENCY--Court of Tides",
            "[Report of Tangible Gifts]",
        ),
        (["Court of Tides", "Foreign Gifts for State"], "Court of Tides", "Foreign Gifts for State"),
        (
            ["Amended Report", "AGENCY: Court of Tides", "[Report of Tangible Gifts]"],
            "AGENCY: Court of Tides",
            "Amended Report [Report of Tangible Gifts]",
        ),
        (
            ["Court of Tides--Report of Tangible Gifts", "[Report of Travel--2000]"],
            "Court of Tides",
            "Report of Tangible Gifts [Report of Travel--2000]",
        ),
    ],
)
def test_a_heading_names_agency_and_title(heading: list[str], agency: str, title: str) -> None:
    (table,) = find(Printed(heading, [ROW])).tables
    assert (table.agency, table.title) == (agency, title)


def test_names_between_two_rules_begin_the_next_agency_of_one_table() -> None:
    rule = "-" * 112
    names = [f"{name.center(112).rstrip()}\n{rule}" for name in ("Court of Tides", "Department of Clocks")]
    found = find(Printed(["Report of Tangible Gifts"], [names[0], ROW, ROW, rule, "[[Page 101]]", names[1], ROW]))
    assert [(table.agency, len(table.body)) for table in found.tables] == [
        ("Court of Tides", 2 * len(set_row(ROW))),
        ("Department of Clocks", len(set_row(ROW))),
    ]
    assert {table.columns for table in found.tables} == {WIDE[:-1]}


def test_page_marks_blank_lines_and_notes_below_are_no_rows() -> None:
    text = set_notice(Printed(rows=[ROW, "\n[[Page 101]]\n\n ", ROW]), Printed(rows=[ROW]))
    note = "\\1\\ A note on the dial, which is of brass, and on its shadow.\n\n"
    found = find_text(text.replace("\n\n" + " " * 41 + "AGENCY", f"\n{note}" + " " * 41 + "AGENCY"))
    assert [len(table.body) for table in found.tables] == [2 * len(set_row(ROW)), len(set_row(ROW))]
    assert [(finding.what, finding.text) for finding in found.findings] == [("a note below the table", note.strip())]


def test_a_link_in_a_cell_does_not_move_the_columns() -> None:
    row = set_row(ROW)
    row[0] = row[0].replace("Bowl of", '<a href="http://bowls.example">Bowl</a> of')
    (table,) = find(Printed(rows=["\n".join(row)])).tables
    assert table.columns == WIDE[:-1]
    assert "href" not in table.body[0].text


@pytest.mark.parametrize("kept", [1, 2])
def test_a_table_without_a_header_is_read_and_reported(kept: int) -> None:
    """With or without the rule that closed its header."""
    second = Printed(["AGENCY: Court of Tides", "[Report of Travel]"], [ROW, ROW])
    lines = set_table(second).split("\n")
    rules = [at for at, line in enumerate(lines) if line.startswith("---")]
    bare = "\n".join(lines[: rules[0] + 1] + lines[rules[1] + (1 if kept == 1 else 0) :])
    text = set_notice(Printed(rows=[ROW]), second).replace(set_table(second), bare)
    found = find_text(text)
    assert [(table.agency, table.title) for table in found.tables][1] == (
        "AGENCY: Court of Tides",
        "[Report of Travel]",
    )
    assert len(found.tables[1].body) == 2 * len(set_row(ROW))
    (finding,) = found.findings
    assert "without a header" in finding.what
    assert finding.line == found.tables[1].line
