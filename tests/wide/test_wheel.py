"""The package as its users get it: a wheel, installed without compilers into an empty environment, used in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

pytestmark = pytest.mark.wide


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of an environment that holds the wheel and what it needs, nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True
    )
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
    scripts = folder / "env" / "bin"
    install = [scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*install, "--only-binary", ":all:", str(wheel)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return scripts


def use(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIFTGRAPH"))}
    return subprocess.run(
        [installed / "giftgraph", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment | {"GIFTGRAPH_CACHE": str(folder / "cache")},
        timeout=300,
    )


def test_show_works_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    done = use(installed, tmp_path, "show", "Putin", "Kim")
    assert done.returncode == 0, done.stderr
    assert "Kim is 2 people" in (tmp_path / done.stdout.strip()).read_text(encoding="utf-8")


def test_ontology_data_queries_and_shapes_are_inside(installed: Path, tmp_path: Path) -> None:
    assert "category" in use(installed, tmp_path, "queries").stdout
    assert use(installed, tmp_path, "query", "between", "--format", "csv").stdout.count("\n") > 3
    assert use(installed, tmp_path, "validate").returncode == 0
    version = use(installed, tmp_path, "--version").stdout.strip()
    assert version.startswith("giftgraph ")


def test_what_an_extra_brings_is_named_where_it_is_missing(installed: Path, tmp_path: Path) -> None:
    done = use(installed, tmp_path, "explore", "--no-browser")
    assert done.returncode == 1
    assert "pip install 'giftgraph[explore]'" in done.stderr
    code = "import giftgraph; giftgraph.open().query('SELECT ?x { ?x a gift:Gift } LIMIT 1').to_polars()"
    frame = subprocess.run([installed / "python", "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert "polars" in frame.stderr.splitlines()[-1]


def test_outside_a_checkout_an_entry_needs_a_file_to_go_to(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "gift.toml").write_text(use(installed, tmp_path, "add", "--template").stdout, encoding="utf-8")
    refused = use(installed, tmp_path, "add", "--from", "gift.toml")
    assert refused.returncode == 1
    assert "--to FILE.ttl" in refused.stderr
    assert use(installed, tmp_path, "add", "--from", "gift.toml", "--to", "mine.ttl").returncode == 0
    assert use(installed, tmp_path, "show", "Richard Nixon", "--data", "+mine.ttl", "-o", "n.html").returncode == 0
