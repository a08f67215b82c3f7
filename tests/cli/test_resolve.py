"""`giftgraph resolve`: texts and files in, one answer a row out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from conftest import Run


def test_a_state_as_a_party_has_the_code_that_an_import_gives_it(cli: Run) -> None:
    run = cli("resolve", "Government of Namibia", "--format", "jsonl")
    answer = json.loads(run.stdout)
    assert [party["id"] for party in answer["parties"]] == ["NA"]
    assert answer["polity"] == "NA"


def test_a_text_gives_its_parties_and_polity(cli: Run) -> None:
    run = cli(
        "resolve", "Vladimir Putin, President of the Russian Federation", "--date", "2003-09-27", "--format", "jsonl"
    )
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert [party["id"] for party in answer["parties"]] == ["vladimir-putin"]
    assert {"id", "name", "title", "judgement", "why"} <= set(answer["parties"][0])
    assert answer["polity"] == "RU"
    assert answer["why"]


def test_the_rows_of_a_file_are_one_run(cli: Run, tmp_path: Path) -> None:
    rows = [
        ("Dr. Ali Bin Fetais Al-Marri, Attorney General of the State of Qatar", "2009", ""),
        ("President", "2011-03-04", "US"),
        ("Ali bin Fetais Al Marri, Attorney General of Qatar", "2010", ""),
        ("NATO", "", ""),
        ("5 U.S.C. 7342(f)(4)", "", ""),
    ]
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("text", "date", "polity"), *rows])
    run = cli("resolve", "--file", "rows.csv", "--format", "jsonl")
    assert run.returncode == 0, run.stderr
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    found = [answer["parties"][0]["id"] for answer in answers]
    assert found[0] == found[2] == "ali-fetais-marri-qat"
    assert found[1] == "barack-obama"
    assert found[4] is None
    assert [answer["polity"] for answer in answers] == ["QA", "US", "QA", "nato", None]
    table = cli("resolve", "--file", "rows.csv", "--format", "csv")
    listed = list(csv.DictReader(io.StringIO(table.stdout)))
    assert [row["id"] for row in listed if row["row"] == "2"] == ["barack-obama"]
    assert cli("resolve", "--file", "rows.csv").stdout.count("barack-obama") == 1


def test_gifts_are_read_from_a_description(cli: Run) -> None:
    run = cli("resolve", "--kind", "gift", "Silver vase. Book, title: History of Oman.", "--format", "jsonl")
    assert run.returncode == 0, run.stderr
    gifts = json.loads(run.stdout)["gifts"]
    assert len(gifts) == 2
    assert all(set(gift) == {"label", "category", "why"} for gift in gifts)


WRONG = [
    ("no column text", b"name,date\nPutin,2003\n", "rows.csv:1: no column text"),
    ("impossible date", b"text,date\nPutin,2003\nPutin,2003-02-30\n", "rows.csv:3: "),
    ("unknown polity", b"text,polity\nPutin,ZZ\n", "rows.csv:2: 'ZZ' is no polity"),
    ("NUL", b"text\nPut\x00in\n", "rows.csv:2: holds a NUL byte"),
    ("not UTF-8", b"text\n\xff\xfe\n", "rows.csv: not a text in UTF-8"),
    ("huge text", b"text\n" + b"x" * 30_000 + b"\n", "rows.csv:2: the text has 30000 characters"),
    ("huge cell", b"text\n" + b"x" * 200_000 + b"\n", "rows.csv:2: "),
    ("cells without column", b"text\nPutin, President of Russia\n", "rows.csv:2: more cells than columns"),
    ("open quote", b'text\n"Putin\n', "rows.csv:"),
    ("empty", b"", "rows.csv:1: no column text"),
]


@pytest.mark.parametrize(("content", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_file_is_named_with_its_line(cli: Run, tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "rows.csv").write_bytes(content)
    run = cli("resolve", "--file", "rows.csv")
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.startswith(f"giftgraph: {message}")
    assert run.stderr.count("\n") == 1


def test_nothing_to_resolve_and_no_file_are_said(cli: Run) -> None:
    assert "nothing to resolve" in cli("resolve").stderr
    run = cli("resolve", "--file", "missing.csv")
    assert (run.returncode, run.stderr) == (1, "giftgraph: missing.csv: No such file or directory\n")
