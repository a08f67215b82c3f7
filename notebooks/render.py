"""Run every notebook from a clean kernel and write it with its outputs as a page of docs/notebooks: `python notebooks/render.py`.

The notebooks are kept without outputs; this also strips what an editor has left in them. A page is Markdown: tables and texts as
such, a chart or picture as an SVG file beside it. The same data give the same bytes.
"""

from __future__ import annotations

import html
import os
import re
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PAGES = ROOT / "docs" / "notebooks"
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
_FRAME = re.compile(r'<iframe srcdoc="(.*?)"', re.DOTALL)
_DRAWING = re.compile(r'<svg class="drawing".*?</svg>', re.DOTALL)
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{[^{}]*\{[^{}]*\} \}\n?")
_LABEL = re.compile(r'aria-label="([^"]*)"')
_INTERACTIVE = "In the notebook this picture is interactive: a gift opens its sources, and a table holds the same rows."


@dataclass
class Page:
    """A rendered notebook: its Markdown, and the pictures that lie beside it by the name of their file."""

    text: str
    pictures: dict[str, str] = field(default_factory=dict)


def find_notebooks() -> list[Path]:
    """The notebooks, in their order."""
    return sorted(HERE.glob("*.ipynb"))


def strip(notebook: NotebookNode) -> NotebookNode:
    """The notebook as it is kept: no outputs, counts or traces of an editor."""
    kept = nbformat.v4.new_notebook(metadata=KERNEL)
    for cell in notebook.cells:
        make = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
        kept.cells.append(make(cell.source, id=cell.id))
    return kept


def write(notebook: NotebookNode) -> str:
    """The text of a notebook's file."""
    return str(nbformat.writes(notebook)) + "\n"


def execute(path: Path, timeout: int = 300) -> NotebookNode:
    """Run a notebook from a clean kernel, in an empty folder with an empty cache; gives it with its outputs.

    Raises nbclient's CellExecutionError for a cell that fails, and CellTimeoutError for one that takes longer than `timeout` seconds.
    """
    notebook = nbformat.read(path, as_version=4)
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / "empty"
        folder.mkdir()
        environment = {name: value for name, value in os.environ.items() if name != "GIFTGRAPH_DATA"}
        environment |= {
            "GIFTGRAPH_CACHE": str(Path(temporary) / "cache"),
            "IPYTHONDIR": str(Path(temporary) / "ipython"),
            "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH")))),
        }
        client = NotebookClient(
            notebook,
            timeout=timeout,
            kernel_name="python3",
            coalesce_streams=True,
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(folder)}},
        )
        client.execute(env=environment)
    return notebook


def render(name: str, notebook: NotebookNode) -> Page:
    """The page of an executed notebook."""
    page = Page("")
    parts: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        parts += [text for output in cell.outputs if (text := _render_output(output, name, page.pictures))]
    home = f"[notebooks/{name}.ipynb](../../notebooks/{name}.ipynb)"
    parts.insert(1, f"*Rendered from {home} by `python notebooks/render.py`; edit the notebook, not this page.*")
    page.text = "\n\n".join(part.strip("\n") for part in parts) + "\n"
    return page


def _render_output(output: NotebookNode, name: str, pictures: dict[str, str]) -> str:
    if output.output_type == "stream":
        return _block(output.text)
    data = output.get("data", {})
    if "image/svg+xml" in data:
        return _picture(data["image/svg+xml"], name, pictures)
    if "text/markdown" in data:
        return str(data["text/markdown"])
    page = data.get("text/html", "")
    if frame := _FRAME.search(page):
        drawing = _DRAWING.search(html.unescape(frame[1]))
        return f"{_picture(_stand_alone(drawing[0]), name, pictures)}\n\n*{_INTERACTIVE}*" if drawing else ""
    if "<table" in page:
        return _table(page)
    return _block(data.get("text/plain", ""))


def _block(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"


def _picture(svg: str, name: str, pictures: dict[str, str]) -> str:
    """Keep a picture beside the page, and the line that shows it there."""
    label = _LABEL.search(svg)
    file = f"{name}-{len(pictures) + 1}.svg"
    pictures[file] = svg if svg.endswith("\n") else svg + "\n"
    words = html.unescape(label[1]) if label else "chart"
    return f"![{words.translate(str.maketrans('[]', '()'))}]({file})"


def _stand_alone(drawing: str) -> str:
    """The drawing of a picture as a file of its own: on white, whatever the page around it is."""
    head, style, rest = drawing.partition("</style>")
    return f'{_DARK.sub("", head)}{style}<rect width="100%" height="100%" fill="#ffffff"/>{rest}'


class _Cells(HTMLParser):
    """The cells of an HTML table, row by row, and what is said below it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.note = ""
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        self._within = tag

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within in ("td", "th"):
            self.rows[-1][-1] += data
        elif self._within == "p":
            self.note += data


def _table(page: str) -> str:
    """An HTML table as a Markdown table; the row numbers that pandas adds are left out."""
    cells = _Cells()
    cells.feed(page)
    head, *rows = cells.rows
    if not head[0] and [row[0] for row in rows] == [str(number) for number in range(len(rows))]:
        head, rows = head[1:], [row[1:] for row in rows]
    lines = [_row(head), _row(["---"] * len(head)), *map(_row, rows)]
    return "\n".join(lines) + (f"\n\n{cells.note}" if cells.note else "")


def _row(cells: list[str]) -> str:
    clean = (" ".join(cell.split()).replace("|", "\\|").replace("<", "&lt;") for cell in cells)
    return f"| {' | '.join(clean)} |"


def main() -> int:
    """Strip and run all notebooks, and write their pages."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for path in find_notebooks():
        path.write_text(write(strip(nbformat.read(path, as_version=4))), encoding="utf-8")
        page = render(path.stem, execute(path))
        for old in PAGES.glob(f"{path.stem}*"):
            old.unlink()
        for file, text in {f"{path.stem}.md": page.text, **page.pictures}.items():
            (PAGES / file).write_text(text, encoding="utf-8")
        print(f"{path.stem}: {len(page.pictures)} pictures", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
