"""`giftgraph review`: open pairs listed or asked about, decisions written at once and honoured after."""

from __future__ import annotations

import csv
import json
import os
import pty
from pathlib import Path

import pytest

from conftest import Run


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Records of an import in which one ambassador is named in full and once by a part of the name."""
    path = tmp_path / "records.jsonl"
    cells = [
        ("Khalid bin Sultan bin Abdulaziz, Assistant Minister of Defense of Saudi Arabia", "2005", "p1:l10"),
        ("Hamad Ali Al Hanzab, Ambassador of the State of Qatar", "2015-03-02", "p2:l20"),
        ("Hamad Ali, Office of the Amir of the State of Qatar", "2010-03-02", "p3:l30"),
    ]
    with path.open("w", encoding="utf-8") as stream:
        for donor, date, locator in cells:
            record = {
                "source": "doc-1",
                "locator": locator,
                "date": date,
                "as_stated": {"donor": donor, "recipient": ""},
            }
            stream.write(json.dumps(record) + "\n")
    return path


def decisions(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_open_pairs_are_listed_side_by_side(cli: Run, records: Path) -> None:
    run = cli("review", records.name, "--format", "jsonl", "--to", "review.csv")
    assert run.returncode == 0, run.stderr
    pairs = [json.loads(line) for line in run.stdout.splitlines()]
    pair = next(
        pair for pair in pairs if {pair["left"]["id"], pair["right"]["id"]} == {"hamad-ali-hanzab-qat", "hamad-ali-qat"}
    )
    assert 0.6 <= pair["score"] < 0.85
    assert {pair["left"]["locator"], pair["right"]["locator"]} == {"doc-1 p2:l20", "doc-1 p3:l30"}
    shown = cli("review", records.name, "--format", "table", "--to", "review.csv").stdout
    assert "hamad-ali-hanzab-qat" in shown
    assert "2015-03-02" in shown


def test_a_decision_is_recorded_without_questions_and_honoured(cli: Run, records: Path, tmp_path: Path) -> None:
    same = ("--same", "hamad-ali-hanzab-qat", "hamad-ali-qat", "--why", "one letter", "--who", "A. Reader")
    run = cli("review", *same, "--to", "review.csv")
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    row = decisions(tmp_path / "review.csv")[0]
    assert (row["left"], row["right"], row["verdict"]) == ("hamad-ali-hanzab-qat", "hamad-ali-qat", "same")
    assert (row["who"], row["why"]) == ("A. Reader", "one letter")
    left = cli("review", records.name, "--format", "jsonl", "--to", "review.csv").stdout
    assert "hamad-ali-hanzab-qat" not in left
    text = (
        "Hamad Ali Al Hanzab, Ambassador of the State of Qatar",
        "Hamad Ali, Office of the Amir of the State of Qatar",
    )
    answer = cli("resolve", *text, "--review", "review.csv", "--format", "jsonl").stdout
    assert len({json.loads(line)["parties"][0]["id"] for line in answer.splitlines()}) == 1


def test_a_contradiction_is_refused(cli: Run, tmp_path: Path) -> None:
    assert cli("review", "--same", "a", "b", "--same", "b", "c", "--to", "review.csv").returncode == 0
    before = (tmp_path / "review.csv").read_bytes()
    run = cli("review", "--different", "a", "c", "--to", "review.csv")
    assert run.returncode == 1
    assert "different by one row and the same by others" in run.stderr
    assert (tmp_path / "review.csv").read_bytes() == before


def test_without_records_the_persons_of_the_graph_are_looked_at(cli: Run) -> None:
    run = cli("review", "--format", "jsonl", "--to", "review.csv")
    assert run.returncode == 0, run.stderr
    for line in run.stdout.splitlines():
        pair = json.loads(line)
        assert pair["left"]["id"] != pair["right"]["id"]
        assert pair["left"]["name"] and pair["right"]["name"]


def test_in_a_terminal_each_pair_is_asked_about(cli: Run, records: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"x\ns\nsame office\n" + b"k\n" * 20)
    run = cli("review", records.name, "--to", "review.csv", "--limit", "1", stdin=theirs)
    os.close(ours)
    os.close(theirs)
    assert run.returncode == 0, run.stderr
    assert [row["verdict"] for row in decisions(tmp_path / "review.csv")] == ["same"]
    assert decisions(tmp_path / "review.csv")[0]["why"] == "same office"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("review", "--data", "missing.ttl"), "missing.ttl"),
        (("review", "--same", "a", "a", "--to", "review.csv"), "two different ids"),
        (("review", "missing.jsonl"), "missing.jsonl: No such file"),
        (("review", "broken.jsonl"), "broken.jsonl:2: not a record in JSON"),
        (("review", "other.jsonl"), "other.jsonl:1: no record of an import"),
        (("review", "binary.jsonl"), "binary.jsonl: not a text in UTF-8"),
    ],
)
def test_wrong_input_is_one_line(cli: Run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    (tmp_path / "broken.jsonl").write_text('{"as_stated": {}}\n{"as_sta\n', encoding="utf-8")
    (tmp_path / "other.jsonl").write_text("[1, 2]\n", encoding="utf-8")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00\x01")
    run = cli(*arguments)
    assert run.returncode == 1
    assert run.stderr.startswith("giftgraph: ")
    assert message in run.stderr
    assert run.stderr.count("\n") == 1
