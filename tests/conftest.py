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
from pathlib import Path

import pytest

import giftgraph
from giftgraph.graph import Graph

ROOT = Path(__file__).parent.parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of our own, so that no test reads or prunes the user's."""
    directory = tmp_path_factory.mktemp("cache")
    before = {name: os.environ.pop(name, None) for name in ("GIFTGRAPH_CACHE", "GIFTGRAPH_DATA")}
    os.environ["GIFTGRAPH_CACHE"] = str(directory)
    yield directory
    del os.environ["GIFTGRAPH_CACHE"]
    os.environ.update({name: value for name, value in before.items() if value is not None})


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The shipped dataset."""
    return giftgraph.open()


@pytest.fixture(scope="session")
def small_data() -> Path:
    """A small dataset made by hand: two exchanges, a loan, a claim, names that try to be code."""
    return Path(__file__).parent / "data" / "small.ttl"


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


@pytest.fixture(scope="session")
def sparql_server(graph: Graph) -> Iterator[str]:
    """A real SPARQL server process over the snapshot of the shipped data."""
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
