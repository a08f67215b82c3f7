"""`giftgraph import` as its users run it: invented notices in the real layout, and whatever is no notice."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import Run
from printed_notices import REASON, Printed, set_notice

ROW = (
    "President",
    "Bowl of blue glass. Rec'd--March 4, 2004. Est. Value--$300. Archives Foreign.",
    "His Excellency Vladimir Putin, President of the Russian Federation.",
    REASON,
)
OTHER = (
    "Ana Example, Curator.",
    "Silk scarf. Rec'd--May 2004. Est. Value--over $250. Retained by recipient.",
    "His Excellency Otto Muster, Minister of Culture of the Republic of Austria.",
    REASON,
)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "2005-01-14_doc04-99999.txt"
    path.write_text(set_notice(Printed(rows=[ROW, OTHER])), encoding="ascii")
    return path


def test_records_go_to_standard_output_and_the_account_to_standard_error(cli: Run, notice: Path) -> None:
    run = cli("import", "us-federal-register", str(notice))
    assert run.returncode == 0, run.stderr
    first, second = map(json.loads, run.stdout.splitlines())
    assert (first["source"], first["agency"], first["kind"]) == ("04-99999", "Department of Sundials", "tangible")
    assert first["recipients"][0]["id"] == "george-w-bush"
    assert first["donors"][0]["id"] == "vladimir-putin"
    assert (first["donor_polity"], first["date"], first["value"]["amount"]) == ("RU", "2004-03-04", 300)
    assert first["gifts"] == [{"label": "Bowl of blue glass", "category": "glassware", "why": first["gifts"][0]["why"]}]
    assert first["as_stated"]["recipient"] == "President"
    assert (second["value"]["operator"], second["disposition"], second["donor_polity"]) == (">", "retained", "AT")
    assert "2 blocks of 1 documents" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "ttl", "nq"])
def test_the_suffix_of_the_output_decides_its_format(cli: Run, notice: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out.{suffix}"
    run = cli("import", "us-federal-register", str(notice), "-o", str(target))
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    text = target.read_text(encoding="utf-8")
    if suffix == "jsonl":
        assert [json.loads(line)["locator"].split(":")[0] for line in text.splitlines()] == ["p100", "p100"]
    elif suffix == "csv":
        assert next(row["donors.id"] for row in csv.DictReader(io.StringIO(text))) == "vladimir-putin"
    else:
        store = ox.Store()
        store.load(path=target)
        ask = """PREFIX gift: <https://w3id.org/giftgraph/ontology#> ASK { { ?x gift:giver ?a ; gift:recipient ?b }
          UNION { GRAPH ?g { ?x gift:giver ?a ; gift:recipient ?b } } }"""
        assert bool(store.query(ask))


def test_the_statements_of_a_notice_are_queried_beside_the_shipped_data(cli: Run, notice: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.ttl"
    assert cli("import", "us-federal-register", str(notice), "-o", str(target)).returncode == 0
    assert cli("validate", str(target)).stderr.strip().endswith("0 violations, 0 warnings")
    ask = "SELECT ?what { ?x gift:giver person:vladimir-putin ; gift:gift/rdfs:label ?what ; gift:earliestDay 731644 }"
    assert "Bowl of blue glass" in cli("query", ask, "--data", f"+{target}").stdout


def test_the_whole_account_goes_to_a_file(cli: Run, notice: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    assert cli("import", "us-federal-register", str(notice), "--report", str(report)).returncode == 0
    text = report.read_text(encoding="utf-8")
    assert "04-99999  published 2005-01-14" in text
    assert "the card does not know this document" in text
    assert "rows" in text


def test_the_same_bytes_whatever_the_order_of_the_files_and_the_seed(notice: Path, tmp_path: Path) -> None:
    later = tmp_path / "later_doc04-99998.txt"
    later.write_text(set_notice(Printed(rows=[OTHER, ROW]), number="04-99998"), encoding="ascii")
    written = []
    for seed, files in (("1", [notice, later]), ("2", [later, notice])):
        command = [
            sys.executable,
            "-m",
            "giftgraph",
            "import",
            "us-federal-register",
            *map(str, files),
            "--format",
            "ttl",
        ]
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        written.append(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert written[0] == written[1]
    assert written[0].count(b"a gift:GiftExchange") == 4


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n\x00\xff\xfe", "doc.txt"),
        (b"\x00" * 1000, "doc.txt"),
        (b"<html><body><p>Not found</p></body></html>", "doc.txt"),
        (b"x" * 200_000, "doc.txt"),
    ],
    ids=["empty", "pdf", "nul", "html", "one-line"],
)
def test_what_is_no_notice_is_refused_in_one_line_and_writes_nothing(
    cli: Run, tmp_path: Path, content: bytes, word: str
) -> None:
    path, target = tmp_path / "doc.txt", tmp_path / "out.jsonl"
    path.write_bytes(content)
    run = cli("import", "us-federal-register", str(path), "-o", str(target))
    assert (run.returncode, run.stdout) == (1, "")
    assert len(run.stderr.strip().splitlines()) == 1
    assert word in run.stderr
    assert not target.exists()


def test_a_notice_that_is_cut_off_is_refused(cli: Run, notice: Path) -> None:
    text = notice.read_text(encoding="ascii")
    notice.write_text(text[: text.rindex("[FR Doc.") - 300], encoding="ascii")
    run = cli("import", "us-federal-register", str(notice))
    assert (run.returncode, run.stdout) == (1, "")
    assert len(run.stderr.strip().splitlines()) == 1


def test_a_document_given_twice_is_refused(cli: Run, notice: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(notice.read_bytes())
    run = cli("import", "us-federal-register", str(notice), str(copy))
    assert run.returncode == 1
    assert "given twice" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["uk-register", "doc.txt"], "us-federal-register"),
        (["us-federal-register", "missing.txt"], "missing.txt"),
        (["us-federal-register", "missing.txt", "-o", "out.xlsx"], "--format"),
        (["us-federal-register", "missing.txt", "-o", "out"], "--format"),
    ],
)
def test_wrong_arguments_are_explained_in_one_line(cli: Run, arguments: list[str], word: str) -> None:
    run = cli("import", *arguments)
    assert run.returncode == 1
    assert word in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


def test_an_interrupted_import_leaves_no_file(notice: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    command = [
        sys.executable,
        "-m",
        "giftgraph",
        "import",
        "us-federal-register",
        str(notice),
        "-o",
        str(out / "x.ttl"),
    ]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _out, words = process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    assert "Traceback" not in words
    assert [path.name for path in out.iterdir()] == (["x.ttl"] if process.returncode == 0 else [])
