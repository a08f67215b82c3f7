"""Corrections of what is printed: checked when read, applied by locator, and both values kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from giftgraph.errors import CuratedInvalid
from giftgraph.sources.corrections import Correction, correct, read_corrections
from giftgraph.sources.stated import StatedBlock, Value

REGISTER = Path(__file__).parents[2] / "src" / "giftgraph" / "sources" / "us_federal_register"
HEAD = "document,locator,field,stated,value,reason,source\n"
BLOCK = StatedBlock(
    "E8-1", 7, 10, "State", "tangible", "President", "A donor", "A rug.", "2027-04-26", Value(600), "gsa"
)


def correction(**other: str) -> Correction:
    given = {"document": "E8-1", "locator": "p7:l10", "field": "date", "stated": "2027-04-26", "value": "2007-04-26"}
    return Correction(**(given | {"reason": "misprint", "source": "p7:l1"} | other))


def test_a_correction_changes_the_block_and_keeps_both_values() -> None:
    [(block, applied)], findings = correct([BLOCK], [correction()])
    assert block.date == "2007-04-26"
    assert [one.record() for one in applied] == [
        {"field": "date", "stated": "2027-04-26", "value": "2007-04-26", "reason": "misprint", "source": "p7:l1"}
    ]
    assert findings == ()


@pytest.mark.parametrize(
    ("field", "stated", "value", "expected"),
    [
        ("date", "2027-04-26", "", None),
        ("value", "600", ">250", Value(250, operator=">")),
        ("value", "600", "?", Value(None)),
        ("disposition", "gsa", "retained", "retained"),
        ("kind", "tangible", "travel", "travel"),
        ("donor", "A donor", "Another donor", "Another donor"),
    ],
)
def test_each_field_can_be_corrected(field: str, stated: str, value: str, expected: object) -> None:
    [(block, _)], _ = correct([BLOCK], [correction(field=field, stated=stated, value=value)])
    assert getattr(block, field) == expected


def test_a_correction_of_another_value_or_of_no_block_is_left_out_and_found() -> None:
    wrong = [correction(stated="2001-01-01"), correction(locator="p9:l99")]
    [(block, applied)], findings = correct([BLOCK], wrong)
    assert (block, applied) == (BLOCK, ())
    assert {finding.line for finding in findings} == {10, 99}


def test_a_correction_of_a_document_that_is_not_read_is_no_finding() -> None:
    assert correct([BLOCK], [correction(document="other")]) == ([(BLOCK, ())], ())


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("E8-1,p7:l10,colour,a,b,reason,source", "colour"),
        ("E8-1,p7:l10,date,a,2007-13-01,reason,source", "month"),
        ("E8-1,p7:l10,disposition,a,sold,reason,source", "sold"),
        ("E8-1,p7:l10,date,a,2007-01-01,,source", "reason"),
        ("E8-1,p7:l10,date", "cells"),
    ],
)
def test_a_wrong_row_is_one_line_that_names_file_and_row(tmp_path: Path, row: str, says: str) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(f"{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(CuratedInvalid) as raised:
        read_corrections(path)
    assert f"{path}:2" in str(raised.value)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_other_columns_are_refused_and_no_file_is_no_correction(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    assert read_corrections(path) == ()
    path.write_text("locator,value\n", encoding="utf-8")
    with pytest.raises(CuratedInvalid, match="columns"):
        read_corrections(path)


def test_the_registers_own_corrections_are_well_formed_and_none_is_said_twice() -> None:
    corrections = read_corrections(REGISTER / "corrections.csv")
    assert corrections
    places = [(one.document, one.locator, one.field) for one in corrections]
    assert len(places) == len(set(places))
    assert all(one.stated != one.value for one in corrections)
