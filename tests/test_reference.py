from __future__ import annotations

import re
from pathlib import Path

import pytest

from giftgraph.graph import Graph
from giftgraph.reference import write_reference, write_warnings

ROOT = Path(__file__).parent.parent


def test_the_page_of_terms_is_up_to_date(graph: Graph) -> None:
    page = (ROOT / "docs" / "reference" / "ontology.md").read_text(encoding="utf-8")
    assert page == write_reference(graph), "run 'make docs'"


def test_the_page_of_terms_names_every_term_once(graph: Graph) -> None:
    page = write_reference(graph)
    terms = graph.query("SELECT DISTINCT ?t { ?t rdfs:isDefinedBy ?o ; a ?class }").column("t")
    assert len(terms) >= 70
    for term in terms:
        assert page.count(f"### gift:{term.rpartition('#')[2]}\n") == 1, term


def test_the_page_of_warnings_is_up_to_date(graph: Graph) -> None:
    page = (ROOT / "docs" / "explanation" / "warnings.md").read_text(encoding="utf-8")
    assert page == write_warnings(graph), "run 'make docs'"
    assert "see the record" not in page.partition("## SourceAddressShape")[0].partition("## RoleConflictShape")[2]


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("gift exchanges", "?x a gift:GiftExchange"),
        ("other handings over: loans, tribute, purchases, gifts that never arrived", "?x a gift:Transfer"),
        ("gifts", "?x a gift:Gift"),
        ("persons", "?x a gift:Person"),
        ("organizations and peoples", "?x a gift:Organization"),
        ("dated tenures", "?x a gift:Tenure"),
        ("polities, present and past", "?x a gift:Polity"),
        ("sources", "?x a gift:SourceDocument"),
    ],
)
def test_the_numbers_of_the_readme_are_those_of_the_data(graph: Graph, words: str, query: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    stated = re.search(rf"^\| {re.escape(words)} \| ([0-9]+) \|$", readme, re.MULTILINE)
    assert stated is not None
    assert int(stated[1]) == graph.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {query} }}")[0].n
