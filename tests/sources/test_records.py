"""The record of a block, written and read back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.errors import RecordInvalid
from giftgraph.sources.records import Block, Gift, Party, from_json, read_jsonl, to_json, write_csv, write_jsonl
from giftgraph.sources.stated import Value

CODES = {"nld": "NL", "usa": "US", "qat": "QA"}
LUBBERS = Party("Ruud Lubbers", "Prime Minister of the Netherlands", "ruud-lubbers", "named", "nld", judgement="same")
AMIR = Party(None, "Amir of Qatar", None, "office", "qat", None, "unsure", "two held it", ("hamad", "tamim"))
BLOCK = Block(
    source="95-13832",
    locator="p30630:l46",
    agency="Executive Office of the President",
    kind="tangible",
    recipients=(Party(None, "President", "bill-clinton", "office", "usa", "bill-clinton-1", "same"),),
    donors=(LUBBERS, AMIR),
    donor_polity="nld",
    gifts=(Gift("Silver ship model", "models", "ship model"), Gift("Vase", "decorative-objects")),
    date="1994-05",
    value=Value(600.0),
    disposition="archives",
    as_stated={"recipient": "President", "gift": "=1+1"},
    corrections=({"field": "date", "stated": "1944-05", "value": "1994-05", "reason": "a slip", "source": "p30630"},),
    donor_polity_why="the Netherlands",
)
texts = st.text(max_size=20)
maybe = st.none() | texts
parties = st.builds(
    Party,
    name=maybe,
    title=maybe,
    id=st.none() | st.sampled_from(["kim-jong-un", "nld"]),
    status=st.sampled_from(["named", "office", "organization", "polity", "withheld", "unknown", "not stated"]),
    polity=st.none() | st.sampled_from(["nld", "qat", "egy-mamluk"]),
    why=texts,
    candidates=st.lists(texts, max_size=2).map(tuple),
)
amounts = st.none() | st.floats(min_value=0, max_value=1e9)
blocks = st.builds(
    Block,
    source=texts,
    locator=texts,
    agency=texts,
    kind=st.sampled_from(["tangible", "travel"]),
    recipients=st.lists(parties, max_size=2).map(tuple),
    donors=st.lists(parties, max_size=2).map(tuple),
    donor_polity=st.none() | st.sampled_from(["nld", "un"]),
    gifts=st.lists(st.builds(Gift, texts, texts, texts), max_size=2).map(tuple),
    date=maybe,
    value=st.none() | st.builds(Value, amounts, texts, st.sampled_from(["=", ">", ">=", "range"]), amounts),
    disposition=st.none() | st.sampled_from(["archives", "agency", "retained", "gsa", "pending", "other"]),
    as_stated=st.dictionaries(texts, texts, max_size=2),
    corrections=st.lists(st.dictionaries(texts, texts, min_size=1, max_size=2), max_size=2).map(tuple),
    donor_polity_why=texts,
)


def test_the_fields_are_those_that_the_design_names() -> None:
    record = to_json(BLOCK, CODES)
    assert set(record) >= {
        *("source", "locator", "agency", "kind", "recipients", "donors", "donor_polity", "gifts", "date", "value"),
        *("disposition", "as_stated"),
    }
    assert record["recipients"][0]["name"] is None
    assert {"name", "title", "id"} <= set(record["donors"][0])
    assert record["value"] == {"amount": 600, "currency": "USD", "operator": "=", "max": None}
    assert record["gifts"][0] == {"label": "Silver ship model", "category": "models", "why": "ship model"}


def test_a_current_state_is_written_by_its_alpha_2_code_and_another_polity_by_its_id() -> None:
    assert to_json(BLOCK, CODES)["donor_polity"] == "NL"
    assert to_json(replace(BLOCK, donor_polity="nato"), CODES)["donor_polity"] == "nato"
    polity = Party("Qatar", None, "qat", "polity", "qat")
    record = to_json(replace(BLOCK, donors=(polity,)), CODES)["donors"][0]
    assert (record["id"], record["polity"]) == ("QA", "QA")


def test_null_says_that_nothing_is_stated() -> None:
    record = to_json(replace(BLOCK, value=None, date=None, disposition=None, donor_polity=None), CODES)
    assert [record[name] for name in ("value", "date", "disposition", "donor_polity")] == [None] * 4
    assert to_json(replace(BLOCK, value=Value(None)), CODES)["value"]["amount"] is None


@given(st.lists(blocks, max_size=3))
def test_what_is_written_is_read_back(written: list[Block]) -> None:
    assert read_jsonl(write_jsonl(written, CODES), CODES) == written


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"source": None}, "source"),
        ({"kind": "cash"}, "kind"),
        ({"recipients": "President"}, "recipients"),
        ({"value": {"amount": "600", "currency": "USD", "operator": "="}}, "amount"),
        ({"value": {"amount": True, "currency": "USD", "operator": "="}}, "amount"),
        ({"donors": [{"name": "X"}]}, "status"),
        ({"donors": [{"status": "named", "candidates": [1]}]}, "candidates"),
        ({"as_stated": []}, "object"),
    ],
)
def test_a_record_that_is_wrong_names_the_field(change: dict[str, object], word: str) -> None:
    with pytest.raises(RecordInvalid, match=word):
        from_json(to_json(BLOCK, CODES) | change, CODES)


@pytest.mark.parametrize("text", ["{", "[]", '"x"', "[" * 100_000, "{}"])
def test_a_line_that_is_no_record_is_named_by_its_number(text: str) -> None:
    with pytest.raises(RecordInvalid, match=r"^line 2: "):
        read_jsonl(write_jsonl([BLOCK], CODES) + text, CODES)


def test_the_table_has_a_column_for_each_part_and_keeps_the_places_of_the_parties() -> None:
    (row,) = csv.DictReader(io.StringIO(write_csv([BLOCK], CODES)))
    assert row["donors.name"] == "Ruud Lubbers; "
    assert row["donors.title"] == "Prime Minister of the Netherlands; Amir of Qatar"
    assert row["donors.id"] == "ruud-lubbers; "
    assert row["recipients.name"] == ""
    assert row["gifts.label"] == "Silver ship model; Vase"
    assert (row["value.amount"], row["value.operator"], row["value.max"]) == ("600", "=", "")


def test_a_cell_that_looks_like_a_formula_is_text_in_a_spreadsheet() -> None:
    (row,) = csv.DictReader(io.StringIO(write_csv([BLOCK], CODES)))
    assert row["as_stated.gift"] == "'=1+1"
    assert json.loads(write_jsonl([BLOCK], CODES))["as_stated"]["gift"] == "=1+1"
