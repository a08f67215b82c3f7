"""The road from files to blocks: corrections, dates, order, and what `make data` writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from giftgraph.errors import CuratedInvalid, NameUnknown, RegisterChanged
from giftgraph.sources import __main__ as building
from giftgraph.sources import importing
from giftgraph.sources.corrections import Correction, correct, read_corrections, write_value
from giftgraph.sources.importing import import_register
from giftgraph.sources.same_events import read_same_events, same_in
from giftgraph.sources.stated import StatedBlock, Value
from printed_notices import REASON, Printed, set_notice

HEADER = "document,locator,field,stated,value,reason,source\n"
ROW = (
    "President",
    "Bowl of blue glass. Rec'd--March 4, 2004. Est. Value--$300. Archives Foreign.",
    "His Excellency Vladimir Putin, President of the Russian Federation.",
    REASON,
)
BLOCK = StatedBlock(
    document="95-1",
    page=7,
    line=46,
    agency="Department of State",
    kind="tangible",
    recipient="President",
    donor="The King",
    description="A bowl",
    date="1944-05-01",
    value=Value(600.0),
    disposition="archives",
)
DATE = Correction("95-1", "p7:l46", "date", "1944-05-01", "1994-05-01", "A slip of the printer", "p7 of the notice")


def write_notice(folder: Path, *rows: tuple[str, ...], number: str = "04-99999") -> Path:
    path = folder / f"2005-01-14_doc{number}.txt"
    path.write_text(set_notice(Printed(rows=rows), number=number), encoding="ascii")
    return path


def test_a_correction_changes_one_field_and_says_so() -> None:
    ((block, applied),), findings = correct([BLOCK], [DATE])
    assert (block.date, block.value, findings) == ("1994-05-01", BLOCK.value, ())
    assert [each.record()["stated"] for each in applied] == ["1944-05-01"]


@pytest.mark.parametrize(
    ("field", "stated", "value", "expected"),
    [
        ("value", "600", "750.5", Value(750.5)),
        ("value", "600", ">250", Value(250.0, operator=">")),
        ("value", "600", "250-300", Value(250.0, operator="range", maximum=300.0)),
        ("value", "600", "?", Value(None)),
        ("value", "600", "", None),
        ("disposition", "archives", "gsa", "gsa"),
        ("kind", "tangible", "travel", "travel"),
        ("donor", "The King", "The Queen", "The Queen"),
        ("date", "1944-05-01", "", None),
    ],
)
def test_each_field_can_be_corrected(field: str, stated: str, value: str, expected: object) -> None:
    ((block, _applied),), findings = correct([BLOCK], [replace(DATE, field=field, stated=stated, value=value)])
    assert (getattr(block, field), findings) == (expected, ())
    if field == "value":
        assert write_value(block.value) == value


def test_a_correction_that_no_longer_fits_is_a_finding_and_changes_nothing() -> None:
    stale = replace(DATE, stated="1934-05-01")
    elsewhere = replace(DATE, locator="p7:l50")
    other_document = replace(DATE, document="96-1")
    ((block, applied),), findings = correct([BLOCK], [stale, elsewhere, other_document])
    assert (block, applied) == (BLOCK, ())
    assert [finding.line for finding in findings] == [46, 50]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("95-1,p1:l1,colour,a,b,why,where", "colour"),
        ("95-1,p1:l1,date,a,13 May,why,where", "13 May"),
        ("95-1,p1:l1,value,a,much,why,where", "much"),
        ("95-1,p1:l1,kind,a,cash,why,where", "cash"),
        ("95-1,p1:l1,date,a,1994,,where", "reason"),
        ("95-1,p1:l1,date,a", "cells"),
    ],
)
def test_a_wrong_correction_is_named_by_its_line(tmp_path: Path, row: str, word: str) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(f"{HEADER}{row}\n", encoding="utf-8")
    with pytest.raises(CuratedInvalid, match=word) as error:
        read_corrections(path)
    assert ":2:" in str(error.value)


def test_a_register_without_corrections_has_none(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "corrections.csv") == ()


def test_the_blocks_come_in_the_order_of_publication(tmp_path: Path) -> None:
    files = [write_notice(tmp_path, ROW, number=number) for number in ("04-99999", "04-99998")]
    done = import_register("us-federal-register", files)
    assert [block.source for block in done.blocks] == ["04-99998", "04-99999"]
    assert done == import_register("us-federal-register", files[::-1])


def test_a_register_that_is_not_known_is_named_with_those_that_are() -> None:
    with pytest.raises(NameUnknown, match="us-federal-register"):
        import_register("uk-register", [])


def test_a_known_document_with_other_counts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterChanged, match="95-13832"):
        import_register("us-federal-register", [write_notice(tmp_path, ROW, number="95-13832")])


def test_the_committed_statements_hold_no_sentence_of_the_document(tmp_path: Path) -> None:
    row = (ROW[0], f"Bowl of blue glass, given in memory of a long journey. {ROW[1].partition('. ')[2]}", *ROW[2:])
    done = import_register("us-federal-register", [write_notice(tmp_path, row)])
    stated = {
        term.value for _name, triples in done.state() for triple in triples for term in triple if hasattr(term, "value")
    }
    assert not any("in memory of a long journey" in text or REASON[:20] in text for text in stated)
    assert any("in memory of a long journey" in text for text in [done.serialize("ttl")])


def test_every_graph_is_a_file_and_the_quality_of_each_field_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "same_events_file", lambda: tmp_path / "none.csv")
    files = import_register("us-federal-register", [write_notice(tmp_path, ROW)]).files()
    assert sorted(files) == ["04-99999.ttl", "parties.ttl", "quality.csv"]
    assert files["quality.csv"].startswith("document,year,field,")


def test_a_decision_on_an_exchange_that_is_gone_stops_the_making_of_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "same.csv"
    table.write_text(
        "curated,register,exchange,verdict,why\nhg001,us-federal-register,us-gone,same,why\n", encoding="utf-8"
    )
    monkeypatch.setattr(importing, "same_events_file", lambda: table)
    with pytest.raises(CuratedInvalid, match="us-gone"):
        import_register("us-federal-register", [write_notice(tmp_path, ROW)]).files()


def test_only_the_verdict_same_has_an_effect(tmp_path: Path) -> None:
    table = tmp_path / "same.csv"
    rows = [
        "hg001,r,us-1,same,why",
        "hg002,r,us-2,different,why",
        "hg003,r,us-3,unsure,why",
        "hg004,other,us-4,same,why",
    ]
    table.write_text("\n".join(["curated,register,exchange,verdict,why", *rows, ""]), encoding="utf-8")
    assert same_in(read_same_events(table), "r") == {"us-1": "hg001"}


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("hg001,r,us-1,perhaps,why", "verdict"),
        ("hg001,r,us-1,same,", "reason"),
        ("hg001,r,,same,why", "ids"),
        ("hg001,r,us-1,same,why\nhg002,r,us-1,same,why", "already"),
    ],
)
def test_a_wrong_decision_is_named(tmp_path: Path, row: str, word: str) -> None:
    table = tmp_path / "same.csv"
    table.write_text(f"curated,register,exchange,verdict,why\n{row}\n", encoding="utf-8")
    with pytest.raises(CuratedInvalid, match=word):
        read_same_events(table)


def test_without_documents_the_data_stays_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert building.main(["--notices", str(tmp_path)]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_the_data_is_not_made_of_some_of_the_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_notice(tmp_path, ROW)
    assert building.main(["--notices", str(tmp_path)]) == 1
    assert "95-13832" in capsys.readouterr().err
