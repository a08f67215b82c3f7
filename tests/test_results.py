from __future__ import annotations

import datetime
import json
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.errors import QueryInvalid
from giftgraph.graph import Graph
from giftgraph.results import IRI, Result, format_table, text_width, to_python
from giftgraph.vocabulary import XSD


def literal(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (literal("12", "integer"), 12),
        (literal("1.50", "decimal"), Decimal("1.50")),
        (literal("true", "boolean"), True),
        (literal("2023-09-13", "date"), datetime.date(2023, 9, 13)),
        (literal("-1350-01-01", "date"), "-1350-01-01"),
        (literal("x", "integer"), "x"),
        (literal("9" * 5000, "integer"), "9" * 5000),
        (ox.NamedNode("http://example.org/"), IRI("http://example.org/")),
        (None, None),
    ],
)
def test_terms_become_python_values_or_stay_text(term: object, value: object) -> None:
    assert to_python(term) == value
    assert type(to_python(term)) is type(value)


def test_rows_answer_by_name_position_and_attribute(graph: Graph) -> None:
    result = graph.query("SELECT ?who ?name { VALUES ?who { person:kim-jong-un } ?who rdfs:label ?name }")
    row = result[0]
    assert row.name == row["name"] == row[1] == "Kim Jong Un"
    assert isinstance(row.who, IRI)
    assert result.column("name") == ["Kim Jong Un"]
    with pytest.raises(AttributeError, match="no column"):
        _ = row.nobody


def test_json_is_lossless_sparql_results(graph: Graph) -> None:
    result = graph.query('SELECT ?a ?b ?c { VALUES (?a ?b ?c) { ("x"@en 1.50 UNDEF) } }')
    content = json.loads(result.serialize("json"))
    assert content["head"]["vars"] == ["a", "b", "c"]
    (binding,) = content["results"]["bindings"]
    assert binding["a"] == {"type": "literal", "value": "x", "xml:lang": "en"}
    assert binding["b"]["datatype"] == XSD + "decimal"
    assert "c" not in binding
    parsed = ox.parse_query_results(result.serialize("json").encode(), format=ox.QueryResultsFormat.JSON)
    assert len(list(parsed)) == 1


def test_csv_and_tsv_are_read_by_an_independent_reader(graph: Graph) -> None:
    result = graph.query('SELECT ?a ?b { VALUES (?a ?b) { ("x,\\"y\\"\\n" person:qaitbay) } }')
    import csv
    import io

    rows = list(csv.reader(io.StringIO(result.serialize("csv"))))
    assert rows[1][0] == 'x,"y"\n'
    tsv = ox.parse_query_results(result.serialize("tsv").encode(), format=ox.QueryResultsFormat.TSV)
    assert [solution["a"].value for solution in tsv] == ['x,"y"\n']


def test_ask_and_construct_have_their_formats_and_refuse_others(graph: Graph) -> None:
    answer = graph.query("ASK { person:qaitbay a gift:Person }")
    assert bool(answer) is True
    assert json.loads(answer.serialize("json"))["boolean"] is True
    triples = graph.construct("CONSTRUCT { person:qaitbay rdfs:label ?n } { person:qaitbay rdfs:label ?n }")
    assert (
        "Qaitbay" in triples.serialize("ttl")
        and "Qaitbay" in triples.serialize("nt")
        and "Qaitbay" in triples.serialize("jsonld")
    )
    with pytest.raises(QueryInvalid, match="choose"):
        triples.serialize("csv")
    with pytest.raises(QueryInvalid, match="choose"):
        answer.serialize("ttl")
    with pytest.raises(QueryInvalid, match="choose"):
        graph.query("SELECT ?s { ?s ?p ?o } LIMIT 1").serialize("ttl")
    with pytest.raises(QueryInvalid, match="needs a CONSTRUCT"):
        graph.construct("SELECT ?s { ?s ?p ?o } LIMIT 1")


def test_frames_of_pandas_and_polars(graph: Graph) -> None:
    result = graph.query("SELECT ?x ?day { ?x gift:earliestDay ?day } ORDER BY ?x LIMIT 3")
    pandas = pytest.importorskip("pandas", reason="pandas is an extra")
    polars = pytest.importorskip("polars", reason="polars is an extra")
    assert isinstance(result.to_pandas(), pandas.DataFrame)
    assert result.to_pandas().shape == (3, 2)
    assert isinstance(result.to_polars(), polars.DataFrame)
    assert result.to_polars().shape == (3, 2)


def test_html_escapes_and_says_what_it_leaves_out(graph: Graph) -> None:
    rows = [(ox.Literal("<script>alert(1)</script>"),)] * 120
    html = Result(["x"], rows)._repr_html_()
    assert "<script>" not in html
    assert "20 of 120 rows are not shown" in html


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
def test_a_table_has_one_line_a_row_whatever_the_cells_hold(rows: list[list[str]]) -> None:
    table = format_table(["a", "b"], rows)
    assert table.count("\n") == len(rows) + 2
    assert all(character.isprintable() or character == "\n" for character in table)


def test_columns_stay_aligned_with_wide_characters() -> None:
    lines = format_table(["name", "n"], [["김정은", "1"], ["Kim", "2"]]).splitlines()
    assert text_width(lines[2].removesuffix("1")) == text_width(lines[3].removesuffix("2"))
