"""`path` and `show --path` as their users run them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from conftest import Run


def test_a_connection_is_printed_with_who_gave_when_and_every_source(cli: Run) -> None:
    run = cli("path", "Albright", "Putin", "--max", "1")
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    lines = run.stdout.splitlines()
    assert lines[0] == "How gifts connect Madeleine Albright and Vladimir Putin"
    assert lines[2].startswith("1. Madeleine Albright – Kim Jong Il – Vladimir Putin  (2 steps, weakest step ")
    assert any("Madeleine Albright → Kim Jong Il: NBA basketball" in line and "Oct 2000" in line for line in lines)
    assert any("Vladimir Putin → Kim Jong Il: " in line for line in lines)
    assert any(line.startswith("       ") and "https://" in line for line in lines)
    assert any(line.startswith("Not crossed: ") and "--through institution" in line for line in lines)
    assert any("further connections: --max" in line for line in lines)
    assert "  An exchange counts when its nature is a gift" in run.stdout


def test_json_and_csv_hold_the_same_steps(cli: Run) -> None:
    arguments = ["path", "Barack Obama", "Kim Jong Un", "--max", "2"]
    document = json.loads(cli(*arguments, "--format", "json").stdout)
    run = cli(*arguments, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    steps = [
        (str(number), str(place), exchange["key"], exchange["giver"])
        for number, connection in enumerate(document["connections"], 1)
        for place, step in enumerate(connection["steps"], 1)
        for exchange in step["exchanges"]
    ]
    assert [(row["connection"], row["step"], row["exchange"], row["giver"]) for row in rows] == steps
    assert len(document["connections"]) == 2
    assert document["left_out"]["institutions"] > 0
    assert all(row["sources"] for row in rows)
    assert "Not crossed: " in run.stderr, "what is no row is said beside the data"


def test_not_connected_is_an_answer_and_exits_0(cli: Run) -> None:
    run = cli("path", "Barack Obama", "Qaitbay")
    assert run.returncode == 0
    assert run.stdout.startswith("Barack Obama and Qaitbay are not connected by the gifts recorded here\n")
    assert "Qaitbay is in a group of 2 connected parties." in run.stdout
    assert "They would not be connected with that included either." in run.stdout
    document = json.loads(cli("path", "Barack Obama", "Qaitbay", "--format", "json").stdout)
    assert document["connected"] is False
    assert [part["of"] for part in document["components"]] == ["person:barack-obama", "person:qaitbay"]
    assert len(cli("path", "Barack Obama", "Qaitbay", "--format", "csv").stdout.splitlines()) == 1


def test_what_is_left_out_is_included_when_named(cli: Run) -> None:
    arguments = ["path", "Albright", "Putin", "--format", "json", "--max", "9", "--through"]
    document = json.loads(cli(*arguments, "institution", "--at-most", "3").stdout)
    assert document["left_out"]["institutions"] == 0
    assert document["at_most"] == 3
    assert all(len(connection["steps"]) <= 3 for connection in document["connections"])


def test_a_period_and_polities(cli: Run) -> None:
    whole = json.loads(cli("path", "polity:usa", "polity:prk", "--by", "polity", "--format", "json").stdout)
    part = json.loads(
        cli(
            "path", "polity:usa", "polity:prk", "--by", "polity", "--from", "2018", "--to", "2019", "--format", "json"
        ).stdout
    )
    direct = [c["steps"][0]["exchanges"] for c in whole["connections"] if len(c["steps"]) == 1]
    assert direct
    exchanges = [e for c in part["connections"] for step in c["steps"] for e in step["exchanges"]]
    dated = [exchange["date"][:4] for exchange in exchanges if "derived" not in exchange["date_words"]]
    assert set(dated) == {"2018", "2019"}
    assert part["period"] == "2018-01-01 to 2019-12-31"


def test_other_data_is_taken(cli: Run, small_data: Path) -> None:
    run = cli("path", "person:beta", "person:beta-two", "--data", str(small_data), "--format", "json")
    assert [c["steps"][0]["end"]["key"] for c in json.loads(run.stdout)["connections"]] == ["person:alpha"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["path", "Putin", "Vladimir Putin"], "are both Vladimir Putin"),
        (["path", "Putin", "Xyzzyq"], "Xyzzyq"),
        (["path", "Putn", "Kim Jong Un"], "Putin"),
        (["path", "Putin", "Kim"], "person:kim-jong-un"),
        (["path", "Putin", "Albright", "--from", "2024", "--to", "2023"], "2024"),
        (["path", "Putin", "Albright", "--from", "2023-02-30"], "2023-02-30"),
        (["path", "Putin", "Albright", "--max", "0"], "--max"),
        (["path", "Putin", "Albright", "--at-most", "1000"], "--at-most"),
        (["path", "Putin", "Albright", "--parties", "1"], "--parties"),
        (["path", "Putin", "Albright", "--through", "planets"], "planets"),
        (["path", "Putin", "Albright", "--through", "person:kim-jong-il"], "is not left out"),
        (["path", "Putin", "Albright", "--by", "office"], "office:president-of-russia"),
        (["path", "Putin", "Albright", "--data", "missing.ttl"], "missing.ttl"),
        (["show", "Putin", "--path"], "--path needs A and B"),
        (["show", "Putin", "Albright", "--max", "2"], "need --path"),
        (["show", "Putin", "Vladimir Putin", "--path"], "are both Vladimir Putin"),
        (["show", "Putin", "Albright", "--path", "-o", "no/such/folder/x.html"], "no/such/folder/x.html"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_input_is_named_in_one_line(cli: Run, tmp_path: Path, arguments: list[str], named: str) -> None:
    run = cli(*arguments)
    assert run.returncode == 1, run.stdout + run.stderr
    assert run.stdout == ""
    first, *rest = run.stderr.rstrip("\n").split("\n")
    assert first.startswith("giftgraph: ")
    assert named in run.stderr
    assert "Traceback" not in run.stderr
    assert all(line.startswith("  ") for line in rest), "only candidates follow the line"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["path"], ["path", "Putin"], ["path", "Putin", "Albright", "--max", "many"]])
def test_wrong_usage_exits_2(cli: Run, arguments: list[str]) -> None:
    run = cli(*arguments)
    assert run.returncode == 2
    assert "giftgraph path --help" in run.stderr


def test_show_path_writes_the_chains(cli: Run, tmp_path: Path) -> None:
    run = cli("show", "Albright", "Putin", "--path", "--max", "2")
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "albright-putin-path.html"
    page = (tmp_path / "albright-putin-path.html").read_text(encoding="utf-8")
    assert "How gifts connect Madeleine Albright and Vladimir Putin" in page
    assert "NBA basketball" in page
    document = json.loads(cli("show", "Albright", "Putin", "--path", "-o", "-", "--format", "json").stdout)
    assert document["chains"][0]["parties"] == [
        "person:madeleine-albright",
        "person:kim-jong-il",
        "person:vladimir-putin",
    ]
    used = {n for chain in document["chains"] for link in chain["links"] for n in link}
    assert used == set(range(len(document["lines"])))


def test_show_path_of_the_unconnected_says_so_and_what_to_do(cli: Run, tmp_path: Path) -> None:
    run = cli("show", "Barack Obama", "Qaitbay", "--path", "-o", "none.html")
    assert run.returncode == 0, run.stderr
    page = (tmp_path / "none.html").read_text(encoding="utf-8")
    assert "Barack Obama and Qaitbay are not connected by the gifts recorded here" in page
    assert "group of 2 connected parties" in page
