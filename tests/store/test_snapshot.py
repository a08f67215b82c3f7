from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

import giftgraph
from conftest import Run
from giftgraph.errors import DataUnreadable, SnapshotFailed
from giftgraph.store.snapshot import build_snapshot

TWO = '<http://example.org/a> <http://example.org/p> "x" .\n<http://example.org/b> <http://example.org/p> "y" .\n'


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with nothing in it."""
    cache = tmp_path / "cache"
    monkeypatch.setenv("GIFTGRAPH_CACHE", str(cache))
    return cache


def snapshots(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir() if path.name.startswith("snapshot-"))


def leftovers(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir() if path.name.startswith(".building-"))


def write_big(path: Path, count: int = 150_000) -> Path:
    with path.open("w") as stream:
        for number in range(count):
            stream.write(f'<http://example.org/{number}> <http://example.org/p> "value {number}" .\n')
    return path


def start_build(data: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [sys.executable, "-m", "giftgraph", "build", "--data", str(data)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_printed_directory_opens_read_only(fresh: Path, cli: Run) -> None:
    directory = cli("build").stdout.strip()
    store = ox.Store.read_only(directory)
    assert len(store) > 10_000
    assert json.loads((Path(directory).parent / "manifest.json").read_text())["statements"] == len(store)


def test_the_same_inputs_reuse_the_snapshot_and_others_get_their_own(fresh: Path, tmp_path: Path) -> None:
    data = tmp_path / "my.nt"
    data.write_text(TWO)
    first = build_snapshot([str(data)])
    assert build_snapshot([str(data)]) == first
    data.write_text(TWO + '<http://example.org/c> <http://example.org/p> "z" .\n')
    assert build_snapshot([str(data)]) != first
    assert len(snapshots(fresh)) == 2


def test_a_triple_in_two_files_counts_once_and_each_file_has_its_graph(fresh: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.nt", tmp_path / "two.nt"
    one.write_text(TWO)
    two.write_text(TWO)
    graph = giftgraph.open([one, two])
    assert graph.query("SELECT (COUNT(*) AS ?n) { ?s <http://example.org/p> ?o }")[0].n == 2
    rows = graph.query(
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s <http://example.org/p> ?o } } GROUP BY ?g ORDER BY ?g"
    )
    assert [tuple(row) for row in rows] == [
        ("https://w3id.org/giftgraph/graph/one", 2),
        ("https://w3id.org/giftgraph/graph/two", 2),
    ]


def test_added_data_stands_beside_the_shipped_data(fresh: Path, tmp_path: Path) -> None:
    data = tmp_path / "my.nt"
    data.write_text(TWO)
    graph = giftgraph.open(f"+{data}")
    assert graph.query("ASK { person:vladimir-putin a gift:Person . <http://example.org/a> ?p ?o }")


def test_quads_keep_their_own_graphs(fresh: Path, tmp_path: Path) -> None:
    data = tmp_path / "my.nq"
    data.write_text('<http://example.org/a> <http://example.org/p> "x" <http://example.org/g> .\n')
    graph = giftgraph.open(data)
    assert graph.query("ASK { GRAPH <http://example.org/g> { <http://example.org/a> ?p ?o } }")
    assert graph.query("ASK { <http://example.org/a> ?p ?o }")


@pytest.mark.parametrize("delay", [0.15, 0.4, 0.8, 1.2])
def test_a_killed_build_leaves_the_old_snapshot_and_no_half_of_a_new_one(
    fresh: Path, tmp_path: Path, delay: float
) -> None:
    old = tmp_path / "old.nt"
    old.write_text(TWO)
    build_snapshot([str(old)])
    before = snapshots(fresh)
    process = start_build(write_big(tmp_path / "big.nt"))
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.communicate()
    assert giftgraph.open(old).query("SELECT (COUNT(*) AS ?n) { ?s <http://example.org/p> ?o }")[0].n == 2
    for name in set(snapshots(fresh)) - set(before):
        # Killed after the swap: then the new one is whole.
        manifest = json.loads((fresh / name / "manifest.json").read_text())
        assert len(ox.Store.read_only(str(fresh / name / "store"))) == manifest["statements"]
    other = tmp_path / "other.nt"
    other.write_text(TWO + TWO.replace("/a>", "/c>"))
    build_snapshot([str(other)])
    assert leftovers(fresh) == []


def test_builds_that_race_both_succeed_and_leave_one_snapshot(fresh: Path, tmp_path: Path) -> None:
    data = write_big(tmp_path / "big.nt", 40_000)
    processes = [start_build(data) for _ in range(3)]
    outputs = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len({out.strip() for out, _err in outputs}) == 1
    assert len(snapshots(fresh)) == 1
    assert leftovers(fresh) == []


def test_a_full_disk_is_one_line_and_leaves_the_old_snapshot(fresh: Path, tmp_path: Path, cli: Run) -> None:
    old = tmp_path / "old.nt"
    old.write_text(TWO)
    build_snapshot([str(old)])
    big = write_big(tmp_path / "big.nt", 60_000)
    script = (
        "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); sys.argv[0] = 'giftgraph';"
        "runpy.run_module('giftgraph', run_name='__main__')"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", script, "build", "--data", str(big)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("giftgraph: the cache ")
    assert run.stderr.count("\n") == 1
    assert len(snapshots(fresh)) == 1
    assert leftovers(fresh) == []
    assert len(giftgraph.open(old).query("SELECT ?s { ?s <http://example.org/p> ?o }")) == 2


def test_a_cache_that_cannot_be_made_falls_back_to_memory_for_queries_and_fails_for_build(
    tmp_path: Path, cli: Run
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a directory")
    asked = cli("query", "ASK { person:vladimir-putin a gift:Person }", env={"GIFTGRAPH_CACHE": str(blocked)})
    assert (asked.returncode, asked.stdout) == (0, "true\n")
    assert "reading the data into memory" in asked.stderr
    built = cli("build", env={"GIFTGRAPH_CACHE": str(blocked)})
    assert built.returncode == 1
    assert "GIFTGRAPH_CACHE" in built.stderr and built.stderr.count("\n") == 1


def test_old_snapshots_are_pruned_but_not_those_in_use(fresh: Path, tmp_path: Path) -> None:
    data = tmp_path / "my.nt"
    data.write_text(TWO)
    held = giftgraph.open(data)
    for number in range(6):
        data.write_text(TWO + f'<http://example.org/n> <http://example.org/p> "{number}" .\n')
        build_snapshot([str(data)])
    assert held.directory is not None and Path(held.directory).is_dir()
    assert len(held.query("SELECT ?s { ?s <http://example.org/p> ?o }")) == 2
    assert len(snapshots(fresh)) <= 4


def test_a_broken_snapshot_is_built_again(fresh: Path, tmp_path: Path) -> None:
    data = tmp_path / "my.nt"
    data.write_text(TWO)
    directory = Path(build_snapshot([str(data)]))
    (directory / "CURRENT").write_text("nonsense")
    assert len(giftgraph.open(data).query("SELECT ?s { ?s <http://example.org/p> ?o }")) == 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.ttl", None, "no such file"),
        ("empty.ttl", b"", "the file is empty"),
        ("comments.ttl", b"# nothing\n", "no statement"),
        ("binary.ttl", bytes(range(256)) * 20, "binary.ttl:"),
        ("broken.ttl", b"<http://a> <http://b> .\n", "broken.ttl:1"),
        ("data.xml", b"<rdf/>", "the format '.xml' is not read"),
        ("data", b"x", "without a suffix"),
        ("remote.jsonld", b'{"@context": "http://127.0.0.1:9/x", "a": 1}', "remote.jsonld"),
    ],
)
def test_data_that_cannot_be_read_is_one_line_that_names_the_file(
    fresh: Path, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises((DataUnreadable, SnapshotFailed)) as failure:
        giftgraph.open(path)
    assert message in str(failure.value)
    assert name in str(failure.value)
    assert "\n" not in str(failure.value)
    assert not fresh.exists() or (snapshots(fresh) == [] and leftovers(fresh) == [])


def test_data_from_the_environment(fresh: Path, tmp_path: Path, cli: Run) -> None:
    data = tmp_path / "my.nt"
    data.write_text(TWO)
    run = cli(
        "query",
        "SELECT (COUNT(*) AS ?n) { ?s <http://example.org/p> ?o }",
        "--format",
        "csv",
        env={"GIFTGRAPH_DATA": str(data)},
    )
    assert run.stdout in {"n\r\n2\r\n", "n\n2\n"}
