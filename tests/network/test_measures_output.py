"""What a result looks like: text, CSV, JSON, HTML, pandas; and the page of measures."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from pathlib import Path

import pytest

from giftgraph.errors import ParameterInvalid
from giftgraph.graph import Graph
from giftgraph.network.measures import MEASURES
from giftgraph.network.reference import write_page

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", ["in-degree", "reciprocity", "communities", "concentration"])
def test_every_format_holds_the_same_rows(graph: Graph, name: str) -> None:
    result = graph.measure(name, by="polity", top=7, resamples=5)
    rows = list(csv.DictReader(io.StringIO(result.serialize("csv"), newline="")))
    content = json.loads(result.serialize("json"))["rows"]
    assert list(rows[0]) == list(content[0]) == list(result.columns)
    assert [[row[column] for column in result.columns] for row in content] == [list(row) for row in result.rows]
    first = result.columns[0]
    assert [row[first] for row in rows] == [str(cell) for cell in result.column(first)]


def test_a_result_cannot_be_changed(graph: Graph) -> None:
    result = graph.measure("in-degree", resamples=0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.rows = ()  # type: ignore[misc]


def test_another_format_is_refused(graph: Graph) -> None:
    with pytest.raises(ParameterInvalid, match="table, csv, json"):
        graph.measure("in-degree", resamples=0).serialize("xlsx")


def test_a_column_that_is_not_there_is_answered_with_the_columns(graph: Graph) -> None:
    with pytest.raises(KeyError, match="givers"):
        graph.measure("in-degree", resamples=0).column("nothing")


def test_hostile_names_stay_text_in_a_notebook(hostile_graph: Graph) -> None:
    page = hostile_graph.measure("in-degree", resamples=5)._repr_html_()
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page


def test_pandas_gets_the_rows_and_the_columns(graph: Graph) -> None:
    pytest.importorskip("pandas")
    result = graph.measure("in-degree", top=4, resamples=5)
    frame = result.to_pandas()
    assert list(frame.columns) == list(result.columns)
    assert frame["key"].tolist() == result.column("key")


def test_a_party_can_be_asked_for_by_name(graph: Graph) -> None:
    whole = graph.measure("in-strength", top=100_000, resamples=5)
    one = graph.measure("in-strength", "Kim Jong Un", resamples=5)
    assert one.rows == tuple(row for row in whole.rows if row[2] == "person:kim-jong-un")
    assert one.basis == whole.basis


def test_polities_are_counted_when_a_polity_is_asked_for(graph: Graph) -> None:
    assert graph.measure("in-degree", "polity:usa", resamples=0).basis.by == "polity"
    assert graph.measure("in-degree", "President of Russia", resamples=0).basis.by == "office"


def test_a_party_without_an_exchange_in_the_period_is_said(graph: Graph) -> None:
    result = graph.measure("in-degree", "Kim Jong Un", start="1950", end="1960", resamples=0)
    assert result.rows == ()
    assert "No exchange of Kim Jong Un is counted here." in result.notes


def test_exchanges_that_only_may_lie_in_the_period_are_counted(graph: Graph) -> None:
    result = graph.measure("in-degree", start="1950", end="1960", resamples=0)
    first, last = 711_858, 715_875  # 1950-01-01 and 1960-12-31
    edges = graph.network(start="1950", end="1960").edges(data=True)
    unsure = {
        edge["exchange"]
        for _a, _b, edge in edges
        if edge.get("earliest_day", first - 1) < first or edge.get("latest_day", last + 1) > last
    }
    assert f"{len(unsure)} of {result.basis.exchanges} exchanges may also lie outside of the period." in result.notes


def test_the_page_of_measures_is_generated_from_the_registry() -> None:
    page = (ROOT / "docs" / "reference" / "measures.md").read_text(encoding="utf-8")
    assert page == write_page(page), "run 'python -m giftgraph.network.reference'"
    assert all(f"## {name}\n" in page for name in MEASURES)
    assert "## Backends" in page
