from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from giftgraph.errors import QueryInvalid
from giftgraph.graph import Graph
from giftgraph.sparql import add_prefixes, check_query, tokenize


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT ?s { ?s ?p ?o }", "SELECT"),
        ("# ASK\nPREFIX x: <http://e/> ask { ?s ?p ?o }", "ASK"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE person:qaitbay", "DESCRIBE"),
    ],
)
def test_the_form_is_read_from_the_tokens(text: str, form: str) -> None:
    assert check_query(text) == form


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "line 1, column 13: SERVICE"),
        ("SELECT ?s {\n service silent <http://127.0.0.1:9/> { ?s ?p ?o } }", "line 2, column 2: SERVICE"),
        ("SELECT ?s FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
        ("INSERT DATA { <a> <b> <c> }", "read-only"),
        ("LOAD <http://127.0.0.1:9/>", "read-only"),
        ("SELECT ?s " + "{" * 3000 + "}" * 3000, "nested deeper"),
        ("SELECT ?s { FILTER(" + "(" * 100_000 + ")" * 100_000 + ") }", "nested deeper"),
        ("SELECT ?s { " + "?s ?p ?o . " * 60_000 + "}", "longer than"),
        ("SELECT ?s { " + "?s ?p ?o . " * 6_000 + "}", "tokens"),
    ],
)
def test_what_must_not_run_is_refused_before_the_engine_sees_it(graph: Graph, text: str, message: str) -> None:
    with pytest.raises(QueryInvalid) as failure:
        graph.query(text)
    assert message in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_keyword_in_a_comment_a_string_or_an_iri_is_not_one(graph: Graph) -> None:
    text = "SELECT ?s { # SERVICE <http://x> {\n VALUES ?s { \"SERVICE <x> {\" '''LOAD\n{{{''' <http://e/insert> } }"
    assert len(graph.query(text)) == 3


def test_a_service_that_is_allowed_passes_the_check() -> None:
    assert check_query("SELECT ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", ["http://127.0.0.1:9/"]) == "SELECT"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("SELECT ?s {", "line 1, column 12"),
        ("SELECT ?s {\n ?s gift:giver }", "line 2"),
        ("SELECT ?s { ?s nobody:x ?o }", "line 1"),
        ("hello { world }", "line 1, column 1"),
    ],
)
def test_bad_sparql_names_line_and_column_of_the_text_as_written(graph: Graph, text: str, where: str) -> None:
    with pytest.raises(QueryInvalid) as failure:
        graph.query(text)
    assert where in str(failure.value)
    assert len(str(failure.value)) < 300
    assert "\n" not in str(failure.value)


@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused_in_one_line(graph: Graph, text: str) -> None:
    try:
        graph.query(text + " { }")
    except Exception as failure:
        assert type(failure).__module__ == "giftgraph.errors", repr(failure)
        assert "\n" not in str(failure)


@given(st.text(max_size=80))
def test_tokens_are_pieces_of_the_text_in_order(text: str) -> None:
    position = 0
    for token in tokenize(text):
        assert text[token.start : token.start + len(token.text)] == token.text
        assert token.start >= position
        position = token.start + len(token.text)


def test_only_prefixes_that_are_used_and_not_declared_are_added() -> None:
    text = "PREFIX person: <http://other/> SELECT ?x { ?x a person:x ; gift:giver ?y } # polity:x"
    assert add_prefixes(text) == "PREFIX gift: <https://w3id.org/giftgraph/ontology#> " + text


def test_the_command_line_survives_a_hostile_query(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "deep.rq"
    path.write_text("SELECT ?s " + "{" * 3000)
    run: subprocess.CompletedProcess[str] = cli("query", str(path))
    assert run.returncode == 1
    assert run.stderr.startswith("giftgraph: ") and run.stderr.count("\n") == 1
