"""Adding a gift by hand: from a file or by answering, to a file of one's own or to the tables of a checkout."""

from __future__ import annotations

import contextlib
import os
import pty
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT, Run
from giftgraph.entry import TEMPLATE

SOURCE = '[[source]]\ntitle = "A page"\npublisher = "A paper"\nurl = "https://example.org/a"\n'
ENTRY = (
    'date = "1972-02-21"\nconfidence = "read"\nplace = "Beijing"\n\n'
    '[[party]]\nrole = "donor"\nwho = "Richard Nixon"\ntitle = "President"\n\n'
    '[[party]]\nrole = "recipient"\nwho = "Mao Zedong"\n\n'
    '[[gift]]\nlabel = "Porcelain swans"\ncategory = "sculpture"\n\n' + SOURCE
)


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    path = tmp_path / "gift.toml"
    path.write_text(ENTRY, encoding="utf-8")
    return path


def test_the_template_is_an_entry_that_can_be_added(cli: Run, tmp_path: Path) -> None:
    template = cli("add", "--template")
    assert template.stdout == TEMPLATE
    (tmp_path / "t.toml").write_text(template.stdout, encoding="utf-8")
    run = cli("add", "--from", "t.toml", "--to", "mine.ttl")
    assert run.returncode == 0, run.stderr
    assert cli("validate", "mine.ttl").returncode == 0
    shown = cli("show", "Richard Nixon", "Mao Zedong", "--data", "+mine.ttl", "-o", "-", "--format", "json")
    assert "Pair of musk oxen" in shown.stdout


def test_the_triples_and_the_result_of_the_shapes_are_shown_before_the_file(cli: Run, entry: Path) -> None:
    run = cli("add", "--from", str(entry), "--to", "mine.ttl")
    assert run.returncode == 0, run.stderr
    shown = set(ox.parse(run.stdout.encode(), format=ox.RdfFormat.TURTLE))
    written = set(ox.parse(path=entry.parent / "mine.ttl", format=ox.RdfFormat.TURTLE))
    assert shown == written
    assert "gift:giver person:richard-nixon" in run.stdout
    assert "gift:heldPost" in run.stdout
    assert "valid: no finding" in run.stderr


def test_a_second_entry_joins_the_first_and_the_same_one_is_refused(cli: Run, entry: Path, tmp_path: Path) -> None:
    assert cli("add", "--from", str(entry), "--to", "mine.ttl").returncode == 0
    first = (tmp_path / "mine.ttl").read_bytes()
    again = cli("add", "--from", str(entry), "--to", "mine.ttl", "--data", "+mine.ttl")
    assert again.returncode == 1
    assert "is in the graph already" in again.stderr
    assert (tmp_path / "mine.ttl").read_bytes() == first
    entry.write_text(ENTRY.replace("Porcelain swans", "Redwood"), encoding="utf-8")
    assert cli("add", "--from", str(entry), "--to", "mine.ttl").returncode == 0
    text = (tmp_path / "mine.ttl").read_text(encoding="utf-8")
    assert "Porcelain swans" in text
    assert "Redwood" in text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (SOURCE, "", "an entry needs a [[source]]"),
        ('title = "A page"', 'publisher2 = "A page"', "unknown field 'publisher2'"),
        ('url = "https://example.org/a"', 'url = "javascript:alert(1)"', "not an http(s) address"),
        ('who = "Mao Zedong"', 'who = "Kim"', "person:kim-jong-un"),
        ('who = "Mao Zedong"', 'who = "Xyzzyq"', "Xyzzyq"),
        ('who = "Mao Zedong"', 'agent = "person:no-such"', "no-such"),
        ('role = "recipient"', 'role = "taker"', "recipient is missing"),
        ('category = "sculpture"', 'category = "sculptur"', "nearest: sculpture"),
        ('date = "1972-02-21"', 'date = "1972-02-30"', "1972-02 has 29 days"),
        ('date = "1972-02-21"', 'date = 1972-02-21', "text in quotes"),
        ('confidence = "read"', 'confidence = "sure"', "confidence must be"),
        ('confidence = "read"', 'confidence = "read', "not TOML"),
        ("[[gift]]", "[[gifts]]", "unknown field 'gifts'"),
        ('label = "Porcelain swans"', 'label = "Porcelain\\u0007"', "control character"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused_in_one_line_and_nothing_is_written(
    cli: Run, entry: Path, old: str, new: str, message: str
) -> None:
    assert old in ENTRY
    entry.write_text(ENTRY.replace(old, new), encoding="utf-8")
    run = cli("add", "--from", str(entry), "--to", "mine.ttl")
    assert run.returncode == 1
    assert message in run.stderr
    first, *listed = run.stderr.strip().splitlines()
    assert first.startswith("giftgraph: ")
    assert all(line.startswith("  ") for line in listed)
    assert not (entry.parent / "mine.ttl").exists()


def test_a_target_that_cannot_be_written_loses_nothing(cli: Run, entry: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text("this is no Turtle", encoding="utf-8")
    run = cli("add", "--from", str(entry), "--to", "mine.ttl")
    assert run.returncode == 1
    assert "mine.ttl" in run.stderr
    assert (tmp_path / "mine.ttl").read_text(encoding="utf-8") == "this is no Turtle"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    for name in ("src", "data", "ontology", "queries"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def in_checkout(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(checkout / "src"), *filter(None, sys.path)])
    return subprocess.run(
        [sys.executable, "-m", "giftgraph", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": path},
    )


def test_in_a_checkout_the_entry_goes_to_the_tables_and_the_dataset_is_rebuilt(checkout: Path, entry: Path) -> None:
    entry.write_text(
        ENTRY.replace('who = "Mao Zedong"', 'who = "Somebody New"')
        + '\n[[person]]\nname = "Somebody New"\nkind = "person"\npolity = "chn"\n',
        encoding="utf-8",
    )
    before = (checkout / "data" / "triples.ttl").read_text(encoding="utf-8")
    run = in_checkout(checkout, "add", "--from", str(entry))
    assert run.returncode == 0, run.stderr
    assert "Porcelain swans" in (checkout / "data/curated/exchanges/added.toml").read_text(encoding="utf-8")
    assert "somebody-new,Somebody New" in (checkout / "data/curated/persons.csv").read_text(encoding="utf-8")
    after = (checkout / "data" / "triples.ttl").read_text(encoding="utf-8")
    assert "Porcelain swans" in after
    gone = set(before.splitlines()) - set(after.splitlines())
    assert not gone
    check = subprocess.run(
        [sys.executable, "-m", "giftgraph.curated", "--check"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(checkout / "src"), *filter(None, sys.path)])},
    )
    assert check.returncode == 0
    assert in_checkout(checkout, "add", "--from", str(entry)).returncode == 1


def answer(tmp_path: Path, lines: list[str], *arguments: str) -> tuple[int, str]:
    """Run `giftgraph add` in a terminal, typing an answer each time it has asked."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "giftgraph", "add", *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TERM": "dumb"},
    )
    os.close(slave)
    heard = b""
    deadline = time.monotonic() + 60
    os.set_blocking(master, False)
    waiting = list(lines)
    while time.monotonic() < deadline:
        try:
            heard += os.read(master, 65536)
        except BlockingIOError:
            pass
        except OSError:
            break
        if waiting and heard.rstrip().endswith((b":", b"]")):
            heard += b"\n"
            os.write(master, waiting.pop(0).encode())
        if process.poll() is not None and not waiting:
            time.sleep(0.2)
            with contextlib.suppress(OSError):
                heard += os.read(master, 65536)
            break
        time.sleep(0.02)
    code = process.wait(timeout=10)
    os.close(master)
    return code, heard.decode(errors="replace")


def test_in_a_terminal_it_asks_which_of_several_is_meant_and_before_it_writes(tmp_path: Path) -> None:
    lines = [f"{line}\n" for line in ["Richard Nixon", "President", "", "Kim", "", "", "Basketball", "sport-toys", ""]]
    lines += [f"{line}\n" for line in ["1972", "Beijing", "", "A page", "A paper", "", "", "2", "y"]]
    code, heard = answer(tmp_path, lines, "--to", "mine.ttl")
    assert code == 0, heard
    assert "Which one?" in heard
    assert "person:kim-il-sung" in heard
    assert "Basketball" in (tmp_path / "mine.ttl").read_text(encoding="utf-8")


def test_no_at_the_end_or_the_end_of_input_writes_nothing(tmp_path: Path) -> None:
    lines = [f"{line}\n" for line in ["Richard Nixon", "", "", "Mao Zedong", "", "", "Ball", "sport-toys", ""]]
    lines += [f"{line}\n" for line in ["", "", "", "A page", "", "", "", "n"]]
    code, heard = answer(tmp_path, lines, "--to", "mine.ttl")
    assert code == 0, heard
    assert "nothing written" in heard
    code, heard = answer(tmp_path, ["Richard Nixon\n", "\x04"], "--to", "mine.ttl")
    assert code == 1
    assert "Traceback" not in heard
    assert "input ended" in heard
    assert not (tmp_path / "mine.ttl").exists()
