"""Every notebook is run from a clean kernel; it is kept without outputs, and its page in docs/notebooks is what it gives now."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import nbformat
import pytest

from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
# Modules under another name than that of the package that brings them.
BROUGHT_BY = {"ipykernel": "IPython"}


def load_render() -> ModuleType:
    spec = importlib.util.spec_from_file_location("render", ROOT / "notebooks" / "render.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["render"] = module
    spec.loader.exec_module(module)
    return module


render = load_render()


@pytest.fixture(scope="module")
def executed() -> dict[str, nbformat.NotebookNode]:
    """The notebooks that were run so far: each is run once."""
    return {}


@pytest.fixture
def outcome(path: Path, executed: dict[str, nbformat.NotebookNode]) -> nbformat.NotebookNode:
    if path.stem not in executed:
        executed[path.stem] = render.execute(path)
    return executed[path.stem]


def markdown(notebook: nbformat.NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def test_there_are_five_stories_or_more() -> None:
    assert len(NOTEBOOKS) >= 5


@each
def test_a_notebook_is_kept_without_outputs_counts_and_traces_of_an_editor(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert text == render.write(render.strip(notebook))
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")


@each
def test_a_notebook_runs_from_a_clean_kernel_without_a_warning(path: Path, outcome: nbformat.NotebookNode) -> None:
    outputs = [output for cell in outcome.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs
    assert [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"] == []


@each
def test_a_notebook_has_a_title_a_question_an_answer_and_limits(path: Path) -> None:
    cells = markdown(nbformat.read(path, as_version=4))
    assert cells[0].startswith("# ")
    headings = [line for cell in cells for line in cell.splitlines() if line.startswith("#")]
    assert [line for line in headings if line.startswith("# ")] == headings[:1]
    assert headings[1] == "## The question"
    assert headings[-2:] == ["## The answer", "## Limits"]


@each
def test_no_number_is_typed_into_the_text(path: Path) -> None:
    for cell in markdown(nbformat.read(path, as_version=4)):
        assert not re.search(r"\d", re.sub(r"`[^`]*`", "", cell)), cell


@each
def test_a_notebook_needs_only_what_its_extra_installs(path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["notebook"]]
    names = [re.match(r"[\w-]+", requirement)[0] for requirement in wanted]  # type: ignore[index]
    allowed = {BROUGHT_BY.get(name, name) for name in names} | {"giftgraph"} | sys.stdlib_module_names
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert {module.partition(".")[0] for module in modules} <= allowed


@each
def test_the_page_of_a_notebook_is_up_to_date(path: Path, outcome: nbformat.NotebookNode) -> None:
    page = render.render(path.stem, outcome)
    kept = {file.name: file.read_text(encoding="utf-8") for file in render.PAGES.glob(f"{path.stem}*")}
    assert kept == {f"{path.stem}.md": page.text, **page.pictures}, "run: python notebooks/render.py"


@each
def test_no_table_of_a_page_is_empty(path: Path) -> None:
    page = (render.PAGES / f"{path.stem}.md").read_text(encoding="utf-8")
    rows = page.splitlines()
    rules = [number for number, line in enumerate(rows) if re.fullmatch(r"\|( --- \|)+", line)]
    assert rules
    assert all(rows[number + 1].startswith("|") for number in rules)


@each
def test_a_page_holds_no_markup_and_no_path_of_this_machine(path: Path) -> None:
    page = (render.PAGES / f"{path.stem}.md").read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    assert not re.search(r"</?[a-z]+[ />]", text)
    assert str(ROOT) not in page
    assert "/tmp/" not in page


@pytest.mark.parametrize("picture", sorted(render.PAGES.glob("*.svg")), ids=lambda picture: picture.name)
def test_a_picture_of_a_page_is_an_image_of_its_own(picture: Path) -> None:
    root = ElementTree.parse(picture).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("aria-label")
    assert "prefers-color-scheme" not in picture.read_text(encoding="utf-8")


def test_no_page_is_left_of_a_notebook_that_is_gone() -> None:
    assert {page.stem for page in render.PAGES.glob("*.md")} == set(NAMES)


def test_the_readme_tells_every_notebook() -> None:
    readme = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        assert f"({path.name})" in readme
        assert f"(../docs/notebooks/{path.stem}.md)" in readme


def test_row_numbers_of_pandas_are_left_out_and_marks_of_markdown_escaped() -> None:
    table = "<table><tr><th></th><th>a|b</th></tr><tr><th>0</th><td>1 &lt; 2</td></tr></table>"
    cell = nbformat.v4.new_code_cell(
        "x", outputs=[nbformat.v4.new_output("execute_result", {"text/html": table}, execution_count=1)]
    )
    page = render.render("name", nbformat.v4.new_notebook(cells=[cell]))
    assert page.text.endswith("| a\\|b |\n| --- |\n| 1 &lt; 2 |\n")
