"""Every command and every piece of Python that the README and the how-tos show is run as it stands, in one empty folder a page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HOME = re.compile(r"\]\(([^)#]+)\)")


def blocks(page: Path) -> list[tuple[str, str]]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line as a shell does, with `giftgraph` and `python` of this environment, and a browser that does nothing."""
    scripts = f"giftgraph() {{ '{sys.executable}' -m giftgraph \"$@\"; }}; python() {{ '{sys.executable}' \"$@\"; }}\n"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "BROWSER": "true"}
    # A page's reader has everything that is shipped.
    environment.pop("GIFTGRAPH_DATA", None)
    return subprocess.run(
        ["bash", "-c", scripts + command], capture_output=True, text=True, cwd=folder, env=environment, timeout=120
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_in_their_order(page: Path, tmp_path: Path) -> None:
    commands = [
        line
        for language, text in blocks(page)
        if language == ""
        for line in text.splitlines()
        if line.startswith("giftgraph ")
    ]
    assert commands
    for command in commands:
        done = run(command, tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page: Path, tmp_path: Path) -> None:
    for language, text in blocks(page):
        if language == "python":
            (tmp_path / "example.py").write_text(text, encoding="utf-8")
            done = run("python example.py", tmp_path)
            assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=lambda p: p.name
)
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    for target in HOME.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_targets_that_the_readme_names_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(
        re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    targets = {first or second for first, second in named}
    assert targets >= {"explore", "test", "help", "bench"}
    for target in targets:
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target
