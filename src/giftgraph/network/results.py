"""What a measure answers: rows, what they were counted on, what was left out, and how stable they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from giftgraph.errors import DependencyMissing, ParameterInvalid
from giftgraph.results import format_table

Cell = str | int | float | None
FORMATS = ("table", "csv", "json")


@dataclass(frozen=True)
class Scores:
    """The values of a measure on one network: an item (a party, a category, a number) and its value each, in one order.

    `details` holds further columns over the same items, `notes` what a reader must know. `refusal` says in words why there is no
    answer; then there are no items. `members` lists the parties of each item where items are
    communities, and `numbers` what holds for all of them together.
    """

    items: tuple[str, ...]
    values: tuple[float, ...]
    details: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    refusal: str = ""
    members: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Basis:
    """What a result was counted on: the rule and the parameters of the projection, its size, and what it left out."""

    by: str
    start: str
    end: str
    version: str
    nodes: int
    edges: int
    exchanges: int
    left_out: tuple[tuple[str, int], ...]
    words: tuple[str, ...]
    rule: tuple[str, ...]


@dataclass(frozen=True)
class Stability:
    """How far a result survives another way of counting, a stricter reading and other samples of exchanges.

    `other` and `strict` are how many of the `top` of this result are in the top there; None where that cannot be compared.
    `kept` is how many stay in the top on average over the resamples. `lines` says all of it in words.
    """

    top: int
    other: int | None
    other_of: int | None
    strict: int | None
    kept: float | None
    resamples: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class MeasureResult:
    """The answer of `graph.measure(…)`: an immutable table with what is needed to judge it.

    `refusal` is empty, or says in words why the measure means nothing here; then there are no rows.
    """

    measure: str
    question: str
    method: str
    caution: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int
    notes: tuple[str, ...]
    backend: str
    basis: Basis
    stability: Stability
    refusal: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> list[Cell]:
        """All values of a column. Raises KeyError with the names of the columns."""
        if name not in self.columns:
            raise KeyError(f"there is no column {name!r}; the columns are {', '.join(self.columns)}")
        return [row[self.columns.index(name)] for row in self.rows]

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands under the rows: notes, stability, what was counted and left out, and the rule."""
        left = (f"{self.more:,} more are not shown (--top).",) if self.more else ()
        return (
            *left,
            *self.notes,
            *((f"Caution: {self.caution}",) if self.caution else ()),
            *(f"Stability: {line}" for line in self.stability.lines),
            f"Counted: {self.basis.words[0]}",
            *self.basis.words[1:],
            f"Method: {self.method}",
            f"Dataset {self.basis.version}, computed by {self.backend}.",
            "Rule:",
            *(f"  {number}. {sentence}" for number, sentence in enumerate(self.basis.rule, 1)),
        )

    def serialize(self, format: str = "table") -> str:  # noqa: A002 - the name users know from rdflib
        """The result as text: table (with all lines), csv (the rows alone) or json (everything)."""
        if format == "table":
            return f"{self.measure}: {self.question}\n\n{self._table()}\n" + "\n".join(self.lines) + "\n"
        if format == "csv":
            return self._csv()
        if format == "json":
            import json

            content = asdict(self) | {"rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows]}
            content["basis"]["left_out"] = dict(self.basis.left_out)
            return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        raise ParameterInvalid(f"a measure cannot be written as {format!r}; choose {', '.join(FORMATS)}")

    def _table(self) -> str:
        if self.refusal:
            return f"No number: {self.refusal}\n"
        return format_table(self.columns, [[show_cell(cell) for cell in row] for row in self.rows])

    def _csv(self) -> str:
        import csv
        import io

        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows(["" if cell is None else cell for cell in row] for row in self.rows)
        return stream.getvalue()

    def to_pandas(self) -> Any:
        """The rows as a pandas DataFrame. Raises DependencyMissing when pandas is not installed."""
        try:
            import pandas as pd
        except ModuleNotFoundError:
            raise DependencyMissing("to_pandas() needs pandas: pip install 'giftgraph[notebook]'") from None
        return pd.DataFrame([list(row) for row in self.rows], columns=list(self.columns))

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(show_cell(cell))}</td>" for cell in row) + "</tr>" for row in self.rows
        )
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        if self.refusal:
            table = f"<p>No number: {escape(self.refusal)}</p>"
        lines = "".join(f"<li>{escape(line.strip())}</li>" for line in self.lines)
        title = f"<p><b>{escape(self.measure)}</b>: {escape(self.question)}</p>"
        return f"{title}{table}<details><summary>How this was counted</summary><ul>{lines}</ul></details>"

    def __repr__(self) -> str:
        return f"<MeasureResult {self.measure}: {len(self.rows)} rows of {', '.join(self.columns)}>"


def show_cell(cell: Cell) -> str:
    """A cell for a reader: numbers with at most four digits that matter.

    >>> [show_cell(cell) for cell in (0.012345678, 12.0, 1234, None, "Qaitbay")]
    ['0.01235', '12', '1,234', '', 'Qaitbay']
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and not cell.is_integer():
        return f"{cell:.4g}" if abs(cell) < 1000 else f"{cell:,.1f}"
    return f"{int(cell):,}"
