from __future__ import annotations

from pathlib import Path

from giftgraph.graph import Graph
from giftgraph.reference import write_numbers, write_quality_page, write_reference, write_warnings
from giftgraph.sources.card import registers

ROOT = Path(__file__).parent.parent


def test_the_page_of_terms_is_up_to_date(whole_graph: Graph) -> None:
    page = (ROOT / "docs" / "reference" / "ontology.md").read_text(encoding="utf-8")
    assert page == write_reference(whole_graph), "run 'make docs'"


def test_the_quality_of_every_register_has_a_page_that_is_up_to_date() -> None:
    for register in registers():
        page = (ROOT / "docs" / "reference" / f"quality-{register}.md").read_text(encoding="utf-8")
        assert page == write_quality_page(register), "run 'make docs'"
        assert "does not mean that it was not given" in page


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


def test_the_numbers_of_the_readme_are_those_of_the_data(graph: Graph, whole_graph: Graph) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\n| gift exchanges | " in readme
    assert write_numbers(graph, whole_graph, readme) == readme, "run 'make docs'"
