"""Fixtures that every test may use: an isolated cache, the command line as a process, a real SPARQL server, a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import giftgraph
from giftgraph.graph import Graph
from giftgraph.resources import data_file, data_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
# Reference material that wider tests compare with; without it they skip.
SHARED = Path(os.environ.get("GIFTGRAPH_SHARED", ROOT.parent / "shared"))
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of our own, so that no test reads or prunes the user's, and the curated graph as the data where none is named.

    A test says what it counts on: the curated graph is small and its numbers are known by hand. What must hold on everything that is
    shipped asks for `whole_graph`, or unsets GIFTGRAPH_DATA.
    """
    directory = tmp_path_factory.mktemp("cache")
    before = {name: os.environ.pop(name, None) for name in ("GIFTGRAPH_CACHE", "GIFTGRAPH_DATA")}
    os.environ["GIFTGRAPH_CACHE"] = str(directory)
    os.environ["GIFTGRAPH_DATA"] = data_file()
    yield directory
    del os.environ["GIFTGRAPH_CACHE"], os.environ["GIFTGRAPH_DATA"]
    os.environ.update({name: value for name, value in before.items() if value is not None})


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The curated graph."""
    return giftgraph.open(data_file())


@pytest.fixture(scope="session")
def whole_graph() -> Graph:
    """Everything that is shipped: the curated graph and the registers."""
    return giftgraph.open(list(data_files()))


@pytest.fixture(scope="session")
def small_data() -> Path:
    """A small dataset made by hand: two exchanges, a loan, a claim, names that try to be code."""
    return Path(__file__).parent / "data" / "small.ttl"


# What tries to be markup, script, template, query, path or formula, wherever a text can stand.
HOSTILE = "\"'><script>window.hurt=1</script><img src=x onerror=window.hurt=1>{{7*7}}</style></textarea>=1+1\u202e"


@pytest.fixture(scope="session")
def hostile_graph(small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The small dataset with hostile text in every text field, in front of what stood there."""
    string = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
    triples = [quad.triple for quad in ox.parse(path=small_data, format=ox.RdfFormat.TURTLE)]
    changed = [
        ox.Triple(t.subject, t.predicate, ox.Literal(f"{HOSTILE} {t.object.value}"))
        if isinstance(t.object, ox.Literal) and t.object.datatype == string and "EDTF" not in t.predicate.value
        else t
        for t in triples
    ]
    assert changed != triples
    path = tmp_path_factory.mktemp("hostile") / "hostile.nt"
    path.write_bytes(ox.serialize(changed, format=ox.RdfFormat.N_TRIPLES) or b"")
    return giftgraph.open(path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium: the one of GIFTGRAPH_CHROMIUM or of the path. A user's machine may have none; CI must."""
    found = os.environ.get("GIFTGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        assert not os.environ.get("CI"), "CI needs a browser: install Debian's chromium"
        pytest.skip("no Chromium on this machine: install it, or name it in GIFTGRAPH_CHROMIUM")
    from playwright.sync_api import sync_playwright

    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-quic", *quiet]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def cli(tmp_path: Path) -> Run:
    """The command line as its users run it: a process in an empty folder."""

    def run(*arguments: str, timeout: float = 120, **options: object) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | options.pop("env", {})  # type: ignore[operator]
        return subprocess.run(
            [sys.executable, "-m", "giftgraph", *arguments],
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd=options.pop("cwd", tmp_path),  # type: ignore[arg-type]
            env=environment,
            **options,  # type: ignore[arg-type]
        )

    return run


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[str], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer")


@contextmanager
def serve(graph: Graph) -> Iterator[str]:
    """A real SPARQL server process over the snapshot of a graph; gives its address."""
    binary = shutil.which("oxigraph") or str(Path(sys.executable).parent / "oxigraph")
    port = free_port()
    process = subprocess.Popen(
        [binary, "serve-read-only", "--location", str(graph.directory), "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="session")
def sparql_server(graph: Graph) -> Iterator[str]:
    """A real SPARQL server process over the snapshot of the shipped data."""
    with serve(graph) as address:
        yield address
