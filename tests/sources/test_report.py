"""The account of an import, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import replace

from giftgraph.sources.report import describe, write_report
from giftgraph.sources.stated import Fate, Finding, Notice, StatedBlock

ROWS: dict[Fate, int] = {"read": 1, "continued": 1, "travel": 1, "empty table": 1, "unreadable": 0}
LABELS: dict[Fate, int] = {"read": 2, "continued": 0, "travel": 1, "empty table": 0, "unreadable": 1}
BLOCK = StatedBlock("04-99999", 100, 7, "Court of Tides", "tangible", "Ada", "Ben", "Bowl", None, None, None)
NOTICE = Notice(
    document="04-99999",
    title="Gifts",
    published="2005-01-14",
    pages=(100, 109),
    year=2004,
    blocks=(BLOCK, replace(BLOCK, line=9), replace(BLOCK, line=11, kind="travel")),
    rows=ROWS,
    date_labels=LABELS,
    value_labels=LABELS,
    findings=(Finding("04-99999", 12, "a label outside every table", "Rec'd\n  --" + "x" * 300),),
)


def test_the_plain_report_accounts_for_a_notice() -> None:
    report = write_report([NOTICE])
    assert "04-99999  published 2005-01-14, calendar year 2004, pages 100 to 109" in report
    assert "blocks             3  (2 tangible, 1 travel)" in report
    assert "rows               4  (1 read, 1 continued, 1 travel, 1 empty table)" in report
    assert "date labels        4  (2 read, 1 travel, 1 unreadable)" in report


def test_a_finding_is_one_line_with_the_line_of_the_file() -> None:
    (line,) = [line for line in write_report([NOTICE]).splitlines() if "line 12" in line]
    assert line.startswith("  line 12: a label outside every table: Rec'd --xxx")
    assert line.endswith("…")
    assert len(line) < 250


def test_several_notices_are_summed() -> None:
    report = write_report([NOTICE, replace(NOTICE, document="05-11111")])
    total = report[report.index("2 documents") :]
    assert "blocks             6" in total
    assert "rows               8  (2 read, 2 continued, 2 travel, 2 empty table)" in total
    assert "2 × a label outside every table" in total


def test_the_report_is_data_too() -> None:
    data = describe([NOTICE, NOTICE])
    assert json.loads(json.dumps(data)) == data
    assert data["total"]["blocks"] == 6
    assert data["total"]["rows"]["read"] == 2
    assert data["documents"][0]["blocks"] == {"all": 3, "tangible": 2, "travel": 1}
    assert data["documents"][0]["findings"][0]["line"] == 12


def test_nothing_read_is_a_report_too() -> None:
    assert write_report([]) == ""
    assert describe([])["total"]["documents"] == 0
