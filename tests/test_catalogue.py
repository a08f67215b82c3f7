from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.catalogue import (
    TYPES,
    VIEWS,
    CatalogueQuery,
    Parameter,
    list_queries,
    load,
    read_query,
    write_reference,
    write_term,
)
from giftgraph.errors import GiftgraphError, ParameterInvalid, QueryInvalid, QueryUnknown
from giftgraph.graph import Graph
from giftgraph.results import Result, Triples
from giftgraph.sparql import tokenize

QUERIES = list_queries()
HOSTILE = [
    "",
    " ",
    "person:x> } ; DROP ALL #",
    'person:"',
    "person:x\n} #",
    "person:x}",
    "'",
    "http://e/> } UNION { ?s ?p ?o",
    "http://e/\u202e",
    "http://e/a b",
    "person:" + "x" * 5000,
    "person:x\x00",
    "１９９９",
    "1999) } #",
    "$a",
    "?a",
    "<http://e/>",
    "live-animals } #",
    "9" * 50,
    "usa}",
    "urn:x",
    "javascript:alert(1)",
]


def shape(text: str) -> list[str]:
    return [token.kind if token.kind in ("iri", "name", "other", "string") else token.text for token in tokenize(text)]


def test_the_catalogue_has_at_least_25_queries_with_complete_headers() -> None:
    assert len(QUERIES) >= 25
    for query in QUERIES:
        assert query.title and query.question.endswith("?"), query.name
        assert query.view in VIEWS
        assert query.title[0].isupper()
        for parameter in query.parameters:
            assert parameter.type in TYPES
            assert parameter.words


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_query_runs_as_it_stands_and_bound_to_its_defaults(whole_graph: Graph, query: CatalogueQuery) -> None:
    defaults = {parameter.name: parameter.default for parameter in query.parameters}
    plain = whole_graph.query(query.text)
    bound = whole_graph.query(query.bind(defaults))
    form = "nt" if isinstance(plain, Triples) else "json"
    assert plain.serialize(form) == bound.serialize(form)
    assert plain, "an example that shows nothing helps nobody"


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_refused_in_one_line(kind: str, value: str) -> None:
    try:
        term = write_term(Parameter("x", kind, "", "-", ""), value)
    except ParameterInvalid as failure:
        assert "\n" not in str(failure)
        assert len(str(failure)) < 300
    else:
        assert re.fullmatch(r"-?[0-9]{1,12}", term) or [token.kind for token in tokenize(term)] == ["iri"], term


@given(kind=st.sampled_from(TYPES), value=st.text(max_size=60))
def test_whatever_is_bound_is_one_term(kind: str, value: str) -> None:
    try:
        term = write_term(Parameter("x", kind, "", "-", ""), value)
    except ParameterInvalid:
        return
    store = ox.Store()
    solutions = store.query(f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")
    assert len(list(solutions)) == 1  # type: ignore[arg-type]


def test_binding_keeps_the_shape_of_the_query() -> None:
    query = load("between")
    bound = query.bind({"a": "person:qaitbay", "b": "https://w3id.org/giftgraph/id/person/lorenzo-de-medici"})
    assert [kind.replace("name", "iri") for kind in shape(bound)] == [
        kind.replace("name", "iri") for kind in shape(query.text)
    ]


def test_a_date_binds_the_first_or_the_last_day() -> None:
    bound = load("gifts-of-a-year").bind({"from": "1826~", "to": "1999-02"})
    assert "VALUES ?from { 666568 }" in bound
    assert "VALUES ?to { 729813 }" in bound


def test_a_number_of_rows_is_bound_wherever_the_query_cuts() -> None:
    query = load("most-valuable")
    bound = query.bind({"rows": 3})
    assert bound.count("LIMIT 3 # parameter rows") == query.text.count("LIMIT 100 # parameter rows") > 1
    assert "LIMIT 100" not in bound


@pytest.mark.parametrize("rows", ["0", "-5", "3 OFFSET 2", "", "x"])
def test_what_is_no_number_of_rows_is_refused(rows: str) -> None:
    with pytest.raises(ParameterInvalid, match="rows"):
        load("most-valuable").bind({"rows": rows})


def test_fewer_rows_are_the_first_of_more(whole_graph: Graph) -> None:
    few, many = list(whole_graph.query("last-given", rows=3)), list(whole_graph.query("last-given"))
    assert [row.terms for row in few] == [row.terms for row in many[:3]]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_no_answer_is_a_wall_and_no_row_comes_twice(whole_graph: Graph, query: CatalogueQuery) -> None:
    answer = whole_graph.query(query.text)
    if isinstance(answer, Result):
        rows = [tuple(map(str, row.terms)) for row in answer]
        assert len(rows) <= 500
        assert len(set(rows)) == len(rows)


def test_unknown_names_and_parameters_are_named() -> None:
    with pytest.raises(QueryUnknown, match="between"):
        load("betwen")
    with pytest.raises(ParameterInvalid, match="it takes: a, b"):
        load("between").bind({"c": "x"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# parameter: a entity\nSELECT * {}", ":1: write"),
        ("# parameter: a thing x - -- words\nSELECT * {}", ":1: type"),
        ("# parameter: a entity x - -- words\nSELECT * {}", "differ: a"),
        ("# parameter: a integer 5 - -- words\nSELECT * {} LIMIT 5 # parameter b", "differ: a, b"),
        ("# parameter: a category x - -- words\nSELECT * {} LIMIT 5 # parameter a", "integer"),
        ("# view: hologram\nSELECT * {}", "view"),
        ("", "empty"),
    ],
)
def test_a_broken_header_names_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "broken.rq"
    path.write_text(text)
    with pytest.raises(QueryInvalid) as failure:
        read_query(str(path))
    assert message in str(failure.value) and "broken.rq" in str(failure.value)


def test_files_that_are_no_queries(tmp_path: Path) -> None:
    binary = tmp_path / "x.rq"
    binary.write_bytes(bytes(range(256)))
    huge = tmp_path / "huge.rq"
    with huge.open("wb") as stream:
        stream.truncate(1_000_000_000)
    for path in (binary, huge, tmp_path / "missing.rq", tmp_path):
        with pytest.raises(GiftgraphError) as failure:
            load(str(path))
        assert "\n" not in str(failure.value)


def test_the_reference_page_is_up_to_date() -> None:
    page = Path(__file__).parent.parent / "docs" / "reference" / "queries.md"
    assert page.read_text(encoding="utf-8") == write_reference(), "run 'make docs'"
