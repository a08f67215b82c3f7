"""`giftgraph measure` as its users run it."""

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

import pytest

from conftest import Run
from giftgraph.graph import Graph
from giftgraph.network.measures import MEASURES
from giftgraph.network.projection import RULE


def test_without_a_name_the_measures_are_listed(cli: Run) -> None:
    listed = cli("measure").stdout
    assert all(f"{name} " in listed for name in MEASURES)
    rows = json.loads(cli("measure", "--format", "json").stdout)
    assert [row["name"] for row in rows] == list(MEASURES)
    assert next(csv.DictReader(io.StringIO(cli("measure", "--format", "csv").stdout)))["question"]


def test_a_table_carries_its_rule_its_counts_and_its_stability(cli: Run) -> None:
    run = cli("measure", "out-strength", "--by", "polity", "--top", "3", "--resamples", "20")
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    assert "polity:usa" in run.stdout
    assert all(sentence in run.stdout for sentence in RULE)
    assert "Left out: " in run.stdout
    assert "over 20 resamples of the exchanges" in run.stdout


def test_csv_holds_the_rows_alone_and_the_rest_is_a_message(cli: Run, graph: Graph) -> None:
    run = cli("measure", "in-strength", "--format", "csv", "--top", "5", "--resamples", "10", "--from", "1945")
    rows = list(csv.reader(io.StringIO(run.stdout)))
    assert rows[0] == ["rank", "party", "key", "received", "partners", "shares", "rank_low", "rank_high"]
    expected = graph.measure("in-strength", start="1945", top=5, resamples=10)
    assert [row[2] for row in rows[1:]] == expected.column("key")
    assert "Rule:" in run.stderr


def test_json_holds_everything(cli: Run) -> None:
    content = json.loads(cli("measure", "reciprocity", "--format", "json", "--resamples", "10").stdout)
    assert [row["number"] for row in content["rows"]] == ["edges", "weighted", "beyond chance"]
    assert content["basis"]["rule"] == list(RULE)
    assert content["basis"]["left_out"]["not_gifts"] > 0
    assert content["stability"]["resamples"] == 10


def test_the_output_is_written_and_named(cli: Run, tmp_path: Path) -> None:
    run = cli("measure", "in-degree", "--resamples", "0", "-o", "x.txt")
    assert run.stdout.strip() == "x.txt"
    assert "in-degree" in (tmp_path / "x.txt").read_text(encoding="utf-8")


def test_a_measure_that_means_nothing_says_so_and_exits_with_0(cli: Run, small_data: Path) -> None:
    run = cli("measure", "pagerank", "--data", str(small_data))
    assert run.returncode == 0
    assert "No number: 3 parties and 2 exchanges are too few" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["pagrank"], "nearest: pagerank"),
        (["pagerank", "--backend", "nowhere"], "installed: networkx"),
        (["balance", "Kim Jong Un", "person:kim-jong-un"], "the same party"),
        (["balance", "Kim Jong Un"], "two parties"),
        (["balance", "Xyzzyq", "Japan"], "Xyzzyq"),
        (["signature"], "one party"),
        (["in-degree", "Kim"], "person:kim-jong-un"),
        (["pagerank", "--from", "2024", "--to", "2023"], "2024"),
        (["pagerank", "--from", "2023-02-30"], "2023-02-30"),
        (["pagerank", "--window", "five"], "5y"),
        (["pagerank", "--window", "tenures"], "needs a party or an office"),
        (["in-degree", "-o", "no/such/folder/x.txt", "--resamples", "0"], "no/such/folder/x.txt"),
        (["pagerank", "--groups", "region"], "brokerage alone"),
        (["pagerank", "--top", "0"], "--top"),
        (["pagerank", "--resamples", "-1"], "--resamples"),
        (["pagerank", "--data", "missing.ttl"], "missing.ttl"),
    ],
)
def test_wrong_input_is_named_in_one_line(cli: Run, tmp_path: Path, arguments: list[str], named: str) -> None:
    run = cli("measure", *arguments)
    assert run.returncode == 1, run.stdout + run.stderr
    assert run.stdout == ""
    assert named in run.stderr
    first, *rest = run.stderr.rstrip("\n").split("\n")
    assert first.startswith("giftgraph: ")
    assert all(line.startswith("  ") for line in rest), "only candidates follow the line"
    assert list(tmp_path.iterdir()) == []


def test_a_period_without_an_exchange_is_one_line(cli: Run, small_data: Path) -> None:
    run = cli("measure", "in-degree", "--from", "1200", "--to", "1300", "--data", str(small_data))
    assert run.returncode == 1
    assert run.stderr == "giftgraph: no exchange is counted from 1200 to 1300; recorded are 45 BCE to 1999\n"


def test_ctrl_c_ends_with_one_line_and_130(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "giftgraph", "measure", "betweenness", "--resamples", "100000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    time.sleep(5)
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.strip().splitlines()[-1] == "giftgraph: interrupted"
    assert "Traceback" not in err
