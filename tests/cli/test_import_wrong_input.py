"""Wrong and hostile input to `giftgraph import`, `resolve` and `review`: one clear line or a listed finding, no half file."""

from __future__ import annotations

import csv
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
REGISTER = ("import", "us-federal-register")
HOSTILE = "=1+1 <script>alert(1)</script> \u202eevil\u202c {{7*7}} \x1b[31m red"


def write_notice(folder: Path, *, gift: str = ROW[1], name: str = "notice.txt", number: str = "04-99999") -> Path:
    path = folder / name
    text = set_notice(Printed(rows=[ROW, (ROW[0], gift, *ROW[2:])]), number=number)
    path.write_text(text, encoding="utf-8")
    return path


def refused(run: subprocess.CompletedProcess[str]) -> str:
    """The one line with which a run was refused."""
    assert run.returncode == 1, run.stdout + run.stderr
    assert run.stdout == ""
    assert run.stderr.startswith("giftgraph: ")
    assert run.stderr.count("\n") == 1, run.stderr
    return run.stderr


def test_a_notice_cut_off_anywhere_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from giftgraph.cli import main

    content = write_notice(tmp_path).read_bytes()
    end = content.index(b"[FR Doc. 04-99999 Filed")
    path, target = tmp_path / "cut.txt", tmp_path / "out.jsonl"
    for part in range(20):
        path.write_bytes(content[: end * part // 19])
        assert main([*REGISTER, str(path), "-o", str(target)]) == 1, part
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1), said.err
        assert "cut.txt: " in said.err
        assert not target.exists()


def test_a_notice_that_lost_its_middle_lists_the_pages_that_are_missing(cli: Run, tmp_path: Path) -> None:
    table = Printed(rows=[ROW, "[[Page 101]]", ROW, "[[Page 103]]", ROW])
    (tmp_path / "notice.txt").write_text(set_notice(table), encoding="ascii")
    run = cli(*REGISTER, "notice.txt", "-o", "out.jsonl", "--report", "report.txt")
    assert run.returncode == 0, run.stderr
    assert "page 103 follows page 101" in (tmp_path / "report.txt").read_text(encoding="utf-8")


FILES = [
    ("utf-16", set_notice(Printed(rows=[ROW])).encode("utf-16"), "no plain text"),
    ("old Mac line ends", set_notice(Printed(rows=[ROW])).replace("\n", "\r").encode(), "a printed line at most"),
    ("an image", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "no document of the Federal Register"),
    ("only spaces", b" \n" * 1_000_000, "empty"),
    ("a page that asks who is there", b"<!DOCTYPE html>\n<title>Request Access</title>\n" * 9, "a web page"),
    ("tags without end", b"<html><pre>\n" * 300_000, "a web page"),
    (
        "another notice of the same series",
        set_notice(Printed(rows=[ROW])).replace("Gifts to Federal", "Rules for Federal").encode(),
        "not one of its notices of gifts",
    ),
    (
        "no header in any table",
        set_notice(Printed(rows=[ROW])).replace("Name and title", "Something").replace("Gift, date", "Else").encode(),
        "no table whose header",
    ),
    (
        "no day",
        set_notice(Printed(rows=[ROW])).replace("(Friday, January 14, 2005)]", "(Friday, Smarch 14, 2005)]").encode(),
        "no day",
    ),
    (
        "pages backwards",
        set_notice(Printed(rows=[ROW, "[[Page 105]]", "[[Page 101]]", ROW])).encode(),
        "pages are missing or mixed up",
    ),
]


@pytest.mark.parametrize(("content", "word"), [file[1:] for file in FILES], ids=[file[0] for file in FILES])
def test_a_file_that_is_no_notice_is_refused_in_one_line(cli: Run, tmp_path: Path, content: bytes, word: str) -> None:
    (tmp_path / "doc.txt").write_bytes(content)
    assert word in refused(cli(*REGISTER, "doc.txt", "-o", "out.ttl"))
    assert not (tmp_path / "out.ttl").exists()


def test_a_known_document_with_another_count_is_refused(cli: Run, tmp_path: Path) -> None:
    write_notice(tmp_path, number="95-13832")
    line = refused(cli(*REGISTER, "notice.txt"))
    assert "2 blocks instead of" in line
    assert "95-13832" in line


def test_one_wrong_file_among_right_ones_stops_the_import(cli: Run, tmp_path: Path) -> None:
    write_notice(tmp_path)
    (tmp_path / "empty.txt").touch()
    assert "empty.txt" in refused(cli(*REGISTER, "notice.txt", "empty.txt", "-o", "out.csv"))
    assert not (tmp_path / "out.csv").exists()


def run_capped(folder: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], int]:
    """A run that may have 1.5 GB of address space, with the peak of its memory in MB."""
    code = f"""import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from giftgraph.cli import main
code = main({list(arguments)!r})
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=open("peak", "w"))
sys.exit(code)"""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    return run, int((folder / "peak").read_text())


def test_a_line_of_200_mb_is_refused_with_little_memory(tmp_path: Path) -> None:
    with (tmp_path / "line.txt").open("wb") as stream:
        for _ in range(200):
            stream.write(b"x" * 1_000_000)
    run, peak = run_capped(tmp_path, *REGISTER, "line.txt", "-o", "out.jsonl")
    assert "200,000,000 bytes are no notice" in refused(run)
    assert peak < 150


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero on this system")
@pytest.mark.parametrize("command", [(*REGISTER, "/dev/zero"), ("resolve", "--file", "/dev/zero")])
def test_a_file_without_end_is_refused(tmp_path: Path, command: tuple[str, ...]) -> None:
    run, peak = run_capped(tmp_path, *command)
    assert "/dev/zero" in refused(run)
    assert peak < 400


def test_a_directory_a_missing_file_and_a_link_in_a_circle_are_named(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "one").symlink_to("other")
    (tmp_path / "other").symlink_to("one")
    for name in ("folder", "missing.txt", "one"):
        assert f"{name}: cannot be read" in refused(cli(*REGISTER, name))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(cli: Run, tmp_path: Path) -> None:
    write_notice(tmp_path).chmod(0)
    assert "Permission denied" in refused(cli(*REGISTER, "notice.txt"))


def test_one_document_in_two_files_is_refused_and_a_link_is_read(cli: Run, tmp_path: Path) -> None:
    path = write_notice(tmp_path)
    (tmp_path / "link.txt").symlink_to(path)
    (tmp_path / "copy.txt").write_bytes(path.read_bytes())
    for other in ("notice.txt", "link.txt", "copy.txt"):
        line = refused(cli(*REGISTER, "notice.txt", other))
        assert "04-99999 is given twice" in line
        assert other in line
    assert cli(*REGISTER, "link.txt").stdout == cli(*REGISTER, "notice.txt").stdout != ""


def test_line_ends_and_a_byte_order_mark_change_nothing(cli: Run, tmp_path: Path) -> None:
    text = write_notice(tmp_path).read_text(encoding="utf-8")
    expected = cli(*REGISTER, "notice.txt").stdout
    assert expected
    (tmp_path / "crlf.txt").write_bytes(text.replace("\n", "\r\n").encode())
    (tmp_path / "bom.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert cli(*REGISTER, "crlf.txt").stdout == expected
    assert cli(*REGISTER, "bom.txt").stdout == expected


def test_letters_that_are_not_utf_8_are_read_and_listed(cli: Run, tmp_path: Path) -> None:
    text = write_notice(tmp_path).read_text(encoding="utf-8").replace("Vladimir", "Vladimír")
    (tmp_path / "latin.txt").write_bytes(text.encode("latin-1"))
    run = cli(*REGISTER, "latin.txt", "--report", "report.txt")
    assert json.loads(run.stdout.splitlines()[0])["donors"][0]["name"] == "Vladimír Putin"
    assert "not in UTF-8" in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_many_nul_bytes_inside_a_notice_are_left_out_and_listed(cli: Run, tmp_path: Path) -> None:
    path = write_notice(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"blue", b"b\0l\0u\0e"))
    run = cli(*REGISTER, "notice.txt", "--report", "report.txt")
    assert "blue glass" in run.stdout
    assert "\\u0000" not in run.stdout
    assert "6 NUL bytes were left out" in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_a_table_without_a_header_is_listed(cli: Run, tmp_path: Path) -> None:
    tables = [Printed(rows=[ROW]), Printed(rows=[ROW], heading=("AGENCY: Department of Moons", "[Gifts]"))]
    lines = set_notice(*tables).split("\n")
    rules = [number for number, line in enumerate(lines) if line.startswith("-" * 100)]
    without = [*lines[: rules[3] + 1], *lines[rules[4] + 1 :]]
    (tmp_path / "notice.txt").write_text("\n".join(without), encoding="ascii")
    run = cli(*REGISTER, "notice.txt", "--report", "report.txt")
    assert run.returncode == 0, run.stderr
    assert "a table without a header" in (tmp_path / "report.txt").read_text(encoding="utf-8")


TARGETS = [
    (("-o", "no/out.ttl"), "no/out.ttl: cannot be written"),
    (("-o", "out.ttl", "--report", "no/report.txt"), "no/report.txt: cannot be written"),
    (("-o", "folder.ttl"), "folder.ttl: cannot be written: is a directory"),
    (("-o", "out.xlsx"), "jsonl, csv, ttl, nq; add --format"),
    (("-o", "out"), "add --format"),
    (("-o", "notice.txt", "--format", "csv"), "is one of the documents to read"),
]


@pytest.mark.parametrize(("target", "message"), TARGETS, ids=[" ".join(target[0]) for target in TARGETS])
def test_an_output_that_cannot_be_is_refused_before_the_work(
    cli: Run, tmp_path: Path, target: tuple[str, ...], message: str
) -> None:
    before = write_notice(tmp_path).read_bytes()
    (tmp_path / "folder.ttl").mkdir()
    listed = sorted(path.name for path in tmp_path.iterdir())
    assert message in refused(cli(*REGISTER, "notice.txt", *target))
    assert sorted(path.name for path in tmp_path.iterdir()) == listed
    assert (tmp_path / "notice.txt").read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_one_line(cli: Run, tmp_path: Path) -> None:
    write_notice(tmp_path)
    assert "no space left" in refused(cli(*REGISTER, "notice.txt", "--format", "nq", "-o", "/dev/full"))
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "giftgraph", *REGISTER, "notice.txt"]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        run = subprocess.run(
            command, cwd=tmp_path, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert "No space left" in run.stderr


def test_the_format_that_is_asked_for_wins_over_the_suffix(cli: Run, tmp_path: Path) -> None:
    write_notice(tmp_path)
    assert cli(*REGISTER, "notice.txt", "-o", "out.csv", "--format", "jsonl").returncode == 0
    assert len([json.loads(line) for line in (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()]) == 2


def test_an_unknown_register_and_a_missing_file_name_are_explained(cli: Run, tmp_path: Path) -> None:
    write_notice(tmp_path)
    assert "us-federal-register" in refused(cli("import", "us-federal-registr", "notice.txt"))
    run = cli(*REGISTER)
    assert run.returncode == 2
    assert "FILE" in run.stderr


def test_an_encoding_without_the_letters_is_named(cli: Run) -> None:
    run = cli("resolve", "Łukasz Example", env={"PYTHONIOENCODING": "latin-1"})
    assert run.returncode == 1
    assert run.stderr == "giftgraph: the output's encoding latin-1 has no U+0141: set PYTHONIOENCODING=utf-8\n"


def test_a_file_name_that_is_no_unicode_is_read_and_reported(cli: Run, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff_doc04-11111.txt"))
    try:
        path.write_text(set_notice(Printed(rows=[ROW])), encoding="ascii")
    except OSError:
        pytest.skip("this file system has names in Unicode only")
    run = cli(*REGISTER, str(path), "--report", "report.txt")
    assert run.returncode == 0, run.stderr
    assert "another document number" in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_ctrl_c_in_mid_import_ends_with_130_and_no_half_file(tmp_path: Path) -> None:
    row = ROW[2]
    donors = [row.replace("Vladimir", f"V{number}ladimir") for number in range(3000)]
    table = Printed(rows=[(ROW[0], ROW[1], donor, ROW[3]) for donor in donors])
    (tmp_path / "notice.txt").write_text(set_notice(table), encoding="ascii")
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "giftgraph", *REGISTER, "notice.txt", "-o", "out/x.ttl", "--report", "out/r.txt"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    time.sleep(2.0)
    os.killpg(process.pid, signal.SIGINT)
    _out, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert said == "giftgraph: interrupted\n"
    assert list(out.iterdir()) == []


def test_hostile_words_stay_words_in_every_format(cli: Run, tmp_path: Path) -> None:
    write_notice(tmp_path, gift=f"{HOSTILE}. Rec'd--March 4, 2004. Est. Value--$300. Archives Foreign.")
    run = cli(*REGISTER, "notice.txt", "-o", "out.jsonl", "--report", "report.txt")
    assert run.returncode == 0, run.stderr
    assert "control characters" in (tmp_path / "report.txt").read_text(encoding="utf-8")
    stated = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[1])["as_stated"]["gift"]
    assert "<script>" in stated
    assert "\u202e" in stated
    assert cli(*REGISTER, "notice.txt", "-o", "out.csv").returncode == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows[1]["as_stated.gift"] == f"'{stated}", "a cell that begins like a formula is none"
    for suffix in ("ttl", "nq"):
        assert cli(*REGISTER, "notice.txt", "-o", f"out.{suffix}").returncode == 0
        quads = list(ox.parse(path=tmp_path / f"out.{suffix}"))
        literals = [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]
        assert any(stated in literal for literal in literals), suffix


def test_a_cell_of_100_000_characters_is_read_whole(cli: Run, tmp_path: Path) -> None:
    gift = f"Bowl of {'very ' * 20_000}blue glass. Rec'd--March 4, 2004. Est. Value--$300. Archives Foreign."
    write_notice(tmp_path, gift=gift)
    run = cli(*REGISTER, "notice.txt")
    assert run.returncode == 0, run.stderr
    record = json.loads(run.stdout.splitlines()[1])
    assert len(record["as_stated"]["gift"]) > 100_000
    assert (record["date"], record["value"]["amount"], record["disposition"]) == ("2004-03-04", 300, "archives")
    assert all(len(gift["label"]) < 1000 for gift in record["gifts"])


ROWS = [
    ("semicolons", "text;date\nPutin;2003\n", "rows.csv:1: no column text (columns: text;date); cells are separated"),
    ("tabs", "text\tdate\nPutin\t2003\n", "cells are separated by commas"),
    ("two columns of one name", "text,text\nPutin,King\n", "rows.csv:1: two columns are called text"),
    ("only a header", "text,date,polity\n", "nothing to resolve"),
    ("no date at all", "text,date\nPutin,yesterday\n", "rows.csv:2: 'yesterday' is not a date"),
    ("a cell of 5 MB", "text\n" + "x" * 5_000_000 + "\n", "rows.csv:2: the line has 5000000 characters"),
    ("a quoted cell of 5 MB", 'text\n"' + "ab c\n" * 1_000_000 + '"\n', "not a CSV row"),
    ("a polity of 90,000 letters", "text,polity\nPutin," + "x" * 90_000 + "\n", "is no polity"),
    ("a file that is too large", "text\n" + "Putin\n" * 9_000_000, "larger than 50 MB"),
]


@pytest.mark.parametrize(("content", "message"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_wrong_file_to_resolve_is_one_line(cli: Run, tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "rows.csv").write_text(content, encoding="utf-8")
    line = refused(cli("resolve", "--file", "rows.csv"))
    assert message in line
    assert len(line) < 300


def test_a_byte_order_mark_and_other_line_ends_change_nothing(cli: Run, tmp_path: Path) -> None:
    text = 'text,date\n"Vladimir Putin, President of Russia",2003\n'
    answers = set()
    for content in (text, f"\ufeff{text}", text.replace("\n", "\r\n")):
        (tmp_path / "rows.csv").write_text(content, encoding="utf-8", newline="")
        answers.add(cli("resolve", "--file", "rows.csv", "--format", "jsonl").stdout)
    assert len(answers) == 1
    assert json.loads(answers.pop())["parties"][0]["id"] == "vladimir-putin"


def test_ten_thousand_rows_give_ten_thousand_answers(cli: Run, tmp_path: Path) -> None:
    rows = [[f"Mr. Ab{number % 97} Cd, Minister of Culture of Austria"] for number in range(10_000)]
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["text"], *rows])
    run = cli("resolve", "--file", "rows.csv", "--format", "jsonl")
    assert len(run.stdout.splitlines()) == 10_000
    assert cli("resolve", "--file", "rows.csv").stdout.count("\n") >= 20_000


def test_the_table_of_resolve_sends_no_control_characters_to_the_terminal(cli: Run) -> None:
    run = cli("resolve", "Vladimir\x1b[31m Putin\u202e, President of Russia", "--date", "2003")
    assert run.returncode == 0, run.stderr
    assert run.stdout.replace("\n", "").isprintable()


def test_a_review_file_that_is_named_must_be_there(cli: Run) -> None:
    assert "missing.csv: no such review file" in refused(cli("resolve", "Putin", "--review", "missing.csv"))


RECORDS = [
    ("recipients are null", {"recipients": None}, ""),
    ("recipients are a number", {"recipients": 5}, ""),
    ("a date that is none", {"date": "2003-02-30"}, "records.jsonl:1: '2003-02-30' is not a date"),
    ("cells are a list", {"as_stated": []}, "records.jsonl:1: no record of an import"),
    ("a huge cell", {"as_stated": {"donor": "x" * 5_000_000}}, "records.jsonl:1: a line of"),
]


@pytest.mark.parametrize(("change", "message"), [row[1:] for row in RECORDS], ids=[row[0] for row in RECORDS])
def test_records_that_no_import_wrote_are_never_a_traceback(
    cli: Run, tmp_path: Path, change: dict[str, object], message: str
) -> None:
    record = {"source": "d", "locator": "p1:l1", "as_stated": {"donor": "Vladimir Putin", "recipient": ""}, **change}
    (tmp_path / "records.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    run = cli("review", "records.jsonl", "--format", "jsonl", "--to", "review.csv")
    assert "Traceback" not in run.stderr
    if message:
        assert message in refused(run)
    else:
        assert run.returncode == 0, run.stderr


def test_a_number_of_5_000_digits_is_no_record(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text(f'{{"a": {"1" * 5000}}}\n', encoding="utf-8")
    assert "records.jsonl:1: not a record" in refused(cli("review", "records.jsonl", "--to", "review.csv"))


@pytest.mark.parametrize("reason", ["two\nlines", "\x1b[31m", "x" * 1001])
def test_a_decision_that_could_not_be_read_again_is_not_written(cli: Run, tmp_path: Path, reason: str) -> None:
    line = refused(cli("review", "--same", "a", "b", "--why", reason, "--to", "review.csv"))
    assert "one line of at most 1000 characters" in line
    assert not (tmp_path / "review.csv").exists()
