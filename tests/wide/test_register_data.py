"""The register as it is shipped, made again from its documents: all of them, in two orders, with two seeds."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT, SHARED
from giftgraph import turtle
from giftgraph.resources import data_files
from giftgraph.sources.card import read_card
from giftgraph.validation import validate

pytestmark = pytest.mark.wide
NOTICES = SHARED / "data" / "us-federal-register" / "notices"
CARD = read_card("us-federal-register")


@pytest.fixture(scope="module")
def notices() -> list[Path]:
    files = sorted(NOTICES.glob(CARD.files))
    if not files:
        pytest.skip("the notices are not here (GIFTGRAPH_SHARED)")
    return files


def run(arguments: list[str], seed: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    environment.pop("GIFTGRAPH_DATA", None)
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=900)


@pytest.fixture(scope="module")
def records(notices: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("records") / "first.jsonl"
    started = time.monotonic()
    done = run(["-m", "giftgraph", "import", CARD.name, *map(str, notices), "-o", str(target)], "1")
    assert done.returncode == 0, done.stderr
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"all documents imported in {time.monotonic() - started:.0f} s, {memory:.0f} MB at most")
    return target


def test_every_block_of_the_card_is_a_record(records: Path) -> None:
    found = Counter(json.loads(line)["source"] for line in records.read_text(encoding="utf-8").split("\n") if line)
    assert found == {document: expected.blocks for document, expected in CARD.documents.items()}


def test_another_order_of_files_and_another_seed_give_the_same_bytes(notices: list[Path], records: Path) -> None:
    target = records.with_name("second.jsonl")
    done = run(["-m", "giftgraph", "import", CARD.name, *map(str, notices[::-1]), "-o", str(target)], "2")
    assert done.returncode == 0, done.stderr
    assert target.read_bytes() == records.read_bytes()


def test_the_shipped_data_is_what_the_documents_say(notices: list[Path]) -> None:
    done = run(["-m", "giftgraph.sources", "--check", "--notices", str(NOTICES)], "3")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_shipped_data_is_canonical_and_small() -> None:
    files = [Path(path) for path in data_files()]
    for path in files:
        assert turtle.serialize(turtle.read(path)) == path.read_text(encoding="utf-8"), path.name
    assert sum(path.stat().st_size for path in files) < 60_000_000


def test_everything_that_is_shipped_fits_the_shapes() -> None:
    findings = validate([Path(path) for path in data_files()])
    assert [finding for finding in findings if finding.severity == "violation"] == []
    assert [finding for finding in findings if (ROOT / "data" / CARD.name) in Path(finding.file).parents] == []
