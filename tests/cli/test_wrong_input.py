"""Wrong input: one clear line, the right exit code, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import Run

WRONG = [
    (["show", "Kim"], "candidates", "person:kim-jong-un"),
    (["show", "Putin", "Xyzzyq"], "unknown B", "Xyzzyq"),
    (["show", "Putn", "Kim Jong Un"], "nearest", "Putin"),
    (["show", "person:nobody-at-all"], "unknown key", "person:nobody-at-all"),
    (["show", "Putin", "--from", "2023-02-30"], "impossible date", "2023-02-30"),
    (["show", "Putin", "--from", "2024", "--to", "2023"], "period backwards", "2024"),
    (["show", "Putin", "-o", "no/such/folder/x.html"], "no folder", "no/such/folder/x.html"),
    (["show", "Putin", "-o", "x.html", "--data", "missing.ttl"], "missing data", "missing.ttl"),
    (["show", "Putin", "-o", "x.docx"], "unknown format", "docx"),
    (["show", ""], "empty name", ""),
    (["find", "Xyzzyq"], "unknown name", "Xyzzyq"),
    (["find", "President of France", "--on", "1981-13-01"], "month 13", "1981-13-01"),
    (["query", "SELECT ?x { ?x ?y }"], "syntax", "line 1, column"),
    (["query", "SELECT ?x {\n ?x a gift:Gift ;;; }}"], "second line", "line 2, column"),
    (["query", "betwen"], "nearest query", "between"),
    (["query", "missing.rq"], "missing file", "missing.rq"),
    (["query", "between", "-p", "a=Putin"], "not a key", "a: 'Putin'"),
    (["query", "between", "-p", "c=person:x"], "no such parameter", "it takes: a, b"),
    (["query", "between", "-p", "a"], "no equals sign", "name=value"),
    (["query", "gifts-of-a-year", "-p", "from=1999-02-30"], "impossible date", "1999-02-30"),
    (["query", "INSERT DATA { <a> <b> <c> }"], "update", "read-only"),
    (["query", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], "service", "SERVICE"),
    (["query", "between", "--endpoint", "ftp://example.org/"], "no http", "ftp://"),
    (["query", "between", "--endpoint", "http://127.0.0.1:9/", "--timeout", "3"], "down", "http://127.0.0.1:9/"),
    (["query", "SELECT * {}", "--data", "empty.ttl"], "empty data", "empty.ttl"),
    (["query", "SELECT * {}", "--data", "binary.ttl"], "binary data", "binary.ttl"),
    (["query", "SELECT * {}", "--data", "broken.ttl"], "broken data", "broken.ttl:3"),
    (["query", "SELECT * {}", "--data", "."], "a folder", "."),
    (["query", "SELECT * {}", "--data", "x.docx"], "unknown format", "x.docx"),
    (["query", "SELECT * {}", "--data", "nosuch"], "missing, no suffix", "nosuch: no such file"),
    (["validate", "missing.ttl"], "missing", "missing.ttl"),
    (["validate", "empty.ttl"], "empty", "empty.ttl"),
    (["validate", "binary.ttl"], "binary", "binary.ttl"),
    (["validate", "broken.ttl"], "broken", "broken.ttl:3"),
    (["validate", "."], "a folder", "."),
    (["add", "--from", "missing.toml", "--to", "x.ttl"], "missing entry", "missing.toml"),
    (["add", "--from", "binary.ttl", "--to", "x.ttl"], "binary entry", "binary.ttl"),
    (["add", "--to", "x.ttl"], "nobody to ask", "--from"),
    (["explore", "--port", "99999", "--no-browser"], "no such port", "99999"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "empty.ttl").touch()
    (tmp_path / "binary.ttl").write_bytes(os.urandom(4096))
    (tmp_path / "broken.ttl").write_text("@prefix a: <http://a/> .\n\na:b a:c .\n", encoding="utf-8")
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "named"), [(w[0], w[2]) for w in WRONG], ids=[f"{w[0][0]}-{w[1]}" for w in WRONG]
)
def test_wrong_input_is_named_in_one_line(cli: Run, folder: Path, arguments: list[str], named: str) -> None:
    before = sorted(path.name for path in folder.iterdir())
    run = cli(*arguments)
    assert run.returncode == 1, run.stdout + run.stderr
    assert run.stdout == ""
    assert run.stderr.startswith("giftgraph: ")
    assert named in run.stderr
    assert "Traceback" not in run.stderr
    first, *rest = run.stderr.rstrip("\n").split("\n")
    assert all(line.startswith("  ") for line in rest), "only candidates follow the line"
    assert len(first) < 500
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["show"],
        ["show", "a", "b", "c"],
        ["show", "Putin", "--by", "colour"],
        ["query", "x", "--timeout", "soon"],
    ],
)
def test_wrong_usage_exits_2_and_says_where_help_is(cli: Run, arguments: list[str]) -> None:
    run = cli(*arguments)
    assert run.returncode == 2
    assert "--help" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_ambiguous_name_lists_candidates_with_dates_and_how_to_choose(cli: Run) -> None:
    lines = cli("show", "Kim").stderr.splitlines()
    assert any("person:kim-il-sung" in line and "1912" in line and "1994" in line for line in lines)
    assert "person:" in lines[0] or "key" in lines[0]


def test_a_read_only_cache_still_answers_and_says_so(cli: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the cache should be")
    run = cli("query", "ASK { person:qaitbay a gift:Person }", env={"GIFTGRAPH_CACHE": str(blocked)})
    assert run.returncode == 0
    assert run.stdout.strip() == "true"
    assert len(run.stderr.strip().splitlines()) == 1
    assert "memory" in run.stderr


def test_ctrl_c_ends_with_one_line_and_130(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "giftgraph", "validate"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    # A library may swallow one interrupt; somebody at a terminal presses again.
    time.sleep(2)
    for _ in range(40):
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        if process.poll() is not None:
            break
    _out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.strip().splitlines()[-1] == "giftgraph: interrupted"
    assert "Traceback" not in err


def test_a_file_that_is_no_utf_8_is_named(cli: Run, folder: Path) -> None:
    (folder / "latin.rq").write_bytes("SELECT ?é {}".encode("latin-1"))
    run = cli("query", "latin.rq")
    assert run.returncode == 1
    assert "latin.rq" in run.stderr
