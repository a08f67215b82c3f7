"""All notices of the US register as records: the same bytes on every run, and each record as the design says it is."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from conftest import ROOT, SHARED
from giftgraph.dates import read_bounds
from giftgraph.resources import data_file
from giftgraph.sources.card import Card, read_card
from giftgraph.sources.described import read_described
from giftgraph.sources.records import CSV_COLUMNS, read_jsonl, write_jsonl

pytestmark = pytest.mark.wide
NOTICES = SHARED / "data" / "us-federal-register" / "notices"
SUFFIXES = ("jsonl", "csv", "ttl", "nq")
MEGABYTES = 500
# One process reads once and writes every format, and leaves its peak memory beside them.
RUN = """import resource, sys
from pathlib import Path
from giftgraph.output import write_text
from giftgraph.sources.importing import import_register
folder, *files = map(Path, sys.argv[1:])
done = import_register("us-federal-register", files)
for suffix in ("jsonl", "csv", "ttl", "nq"):
    write_text(folder / f"out.{suffix}", done.serialize(suffix))
write_text(folder / "report.txt", done.report())
"""
# What DESIGN.md says of a record: its fields, and what each may hold.
FIELDS = ("source", "locator", "agency", "kind", "recipients", "donors", "donor_polity", "gifts", "date", "value")
FURTHER = ("disposition", "as_stated")
OPTIONAL = {"donor_polity_why", "corrections"}
KINDS = {"tangible", "travel"}
DISPOSITIONS = {"archives", "agency", "retained", "gsa", "pending", "other", None}
OPERATORS = {"=", ">", ">=", "range"}
STATUSES = {"named", "office", "organization", "polity", "withheld", "unknown", "not stated"}
JUDGEMENTS = {"same", "new", "unsure", None}
CELLS = {"recipient", "gift", "donor", "circumstances", "date", "value", "disposition", "agency"}


def import_all(folder: Path, files: Sequence[Path], seed: str) -> int:
    """Write every format in a process of its own; gives its peak memory in MB."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONHASHSEED": seed}
    with (folder / "errors.txt").open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(folder), *map(str, files)], env=environment, stderr=errors
        )
        _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, (folder / "errors.txt").read_text(encoding="utf-8")[-2000:]
    return usage.ru_maxrss // (1024 if sys.platform != "darwin" else 1024 * 1024)


@pytest.fixture(scope="module")
def files() -> list[Path]:
    if not NOTICES.is_dir():
        pytest.skip("the notices are not on this machine: name their folder's parent in GIFTGRAPH_SHARED")
    return sorted(NOTICES.glob("*.txt"))


@pytest.fixture(scope="module")
def first(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    (folder / "peak").write_text(str(import_all(folder, files, "0")))
    return folder


@pytest.fixture(scope="module")
def second(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("second")
    import_all(folder, files[::-1], "4711")
    return folder


@pytest.fixture(scope="module")
def card() -> Card:
    return read_card("us-federal-register")


@pytest.fixture(scope="module")
def codes() -> dict[str, str]:
    return dict(read_described([data_file()]).codes)


@pytest.fixture(scope="module")
def records(first: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (first / "out.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", [*(f"out.{suffix}" for suffix in SUFFIXES), "report.txt"])
def test_another_order_and_another_seed_give_the_same_bytes(first: Path, second: Path, name: str) -> None:
    assert (first / name).read_bytes() == (second / name).read_bytes()
    assert (first / name).stat().st_size > 1000


def test_all_notices_are_read_within_500_mb(first: Path) -> None:
    assert int((first / "peak").read_text()) < MEGABYTES


def test_there_are_as_many_records_as_the_card_says(records: list[dict[str, Any]], card: Card) -> None:
    counted = Counter(record["source"] for record in records)
    assert counted == {document: expected.blocks for document, expected in card.documents.items()}
    published = [card.documents[record["source"]].published for record in records]
    assert published == sorted(published)


def test_each_record_has_the_fields_of_the_design_and_no_unknown_one(records: list[dict[str, Any]]) -> None:
    for record in records:
        named = [name for name in record if name not in OPTIONAL]
        assert named == [*FIELDS, *FURTHER]
        assert isinstance(record["agency"], str) and record["agency"]
        assert re.fullmatch(r"p\d{1,6}:l\d{1,5}", record["locator"])
        assert record["kind"] in KINDS
        assert record["disposition"] in DISPOSITIONS
        assert record["date"] is None or read_bounds(record["date"])
        assert set(record["as_stated"]) <= CELLS
        assert all(isinstance(text, str) for text in record["as_stated"].values())
        assert {"recipient", "gift", "donor"} <= set(record["as_stated"])


def test_each_locator_names_a_line_of_the_file_and_a_page_of_the_notice(
    records: list[dict[str, Any]], files: list[Path]
) -> None:
    lines = {path.stem.partition("_doc")[2]: path.read_bytes().count(b"\n") + 1 for path in files}
    places = Counter((record["source"], record["locator"]) for record in records)
    assert all(1 <= int(record["locator"].partition(":l")[2]) <= lines[record["source"]] for record in records)
    assert sum(number > 1 for number in places.values()) < len(records) / 100, "a locator names one block as a rule"


def test_each_party_says_who_it_is_or_what_kind_of_nobody(records: list[dict[str, Any]], codes: dict[str, str]) -> None:
    known = {*codes.values()}
    for record in records:
        for party in [*record["recipients"], *record["donors"]]:
            assert {"name", "title", "id", "status", "polity"} <= set(party)
            assert party["status"] in STATUSES
            assert party.get("judgement") in JUDGEMENTS
            for name in ("name", "title", "id", "polity"):
                assert party[name] is None or (isinstance(party[name], str) and party[name].strip()), (record, name)
            if party["status"] in ("withheld", "unknown", "not stated"):
                assert party["id"] is None and party["name"] is None, "nobody is no hub"
            if party["status"] == "named":
                assert party["name"] and party["id"], record["locator"]
            if party["status"] == "office":
                assert party["name"] is None
            if party.get("candidates"):
                assert party["judgement"] == "unsure"
            for polity in (party["polity"], record["donor_polity"]):
                assert polity is None or polity in known or re.fullmatch(r"[a-z0-9-]{2,}", polity), polity
                assert polity not in codes, "a current state has its code of two letters"


def test_each_block_has_gifts_with_categories_of_the_vocabulary(records: list[dict[str, Any]]) -> None:
    notation = ox.NamedNode("http://www.w3.org/2004/02/skos/core#notation")
    concepts = ox.parse(path=ROOT / "ontology" / "categories.ttl")
    categories = {quad.object.value for quad in concepts if quad.predicate == notation}
    for record in records:
        assert record["gifts"], (record["source"], record["locator"])
        for gift in record["gifts"]:
            assert gift["label"].strip()
            assert gift["category"] in categories
            if record["kind"] == "travel":
                assert gift["category"] == "hospitality"


def test_a_value_has_an_amount_or_says_that_none_can_be_had(records: list[dict[str, Any]]) -> None:
    for value in filter(None, (record["value"] for record in records)):
        assert list(value) == ["amount", "currency", "operator", "max"]
        assert value["currency"] == "USD"
        assert value["operator"] in OPERATORS
        assert value["amount"] is None or value["amount"] >= 0
        assert (value["max"] is not None) == (value["operator"] == "range" and value["amount"] is not None)
        if value["max"] is not None:
            assert value["max"] >= value["amount"]
    amounts = [record["value"]["amount"] for record in records if record["value"]]
    assert None in amounts, "malformed and pending values are kept without a number"


def test_records_read_again_are_written_the_same(first: Path, codes: dict[str, str]) -> None:
    text = (first / "out.jsonl").read_text(encoding="utf-8")
    assert write_jsonl(read_jsonl(text, codes), codes) == text


def test_the_table_has_a_row_a_record_under_the_names_of_the_fields(first: Path, records: list[dict[str, Any]]) -> None:
    with (first / "out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert len(rows) == len(records)
    for row, record in zip(rows, records, strict=True):
        assert (row["source"], row["locator"]) == (record["source"], record["locator"])
        assert (row["date"] or None, row["donor_polity"] or None) == (record["date"], record["donor_polity"])
        amount = (record["value"] or {}).get("amount")
        assert row["value.amount"] == ("" if amount is None else str(amount))
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_turtle_and_quads_say_the_same(first: Path) -> None:
    turtle = {quad.triple for quad in ox.parse(path=first / "out.ttl", format=ox.RdfFormat.TURTLE)}
    quads = list(ox.parse(path=first / "out.nq", format=ox.RdfFormat.N_QUADS))
    assert turtle == {quad.triple for quad in quads}
    assert not any(isinstance(triple.subject, ox.BlankNode) for triple in turtle)
    assert len({quad.graph_name for quad in quads}) == 22, "one graph a notice, and one for the parties"
