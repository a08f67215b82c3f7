"""What must hold on everything that is shipped: the curated graph and the registers beside it."""

from __future__ import annotations

import pytest

import giftgraph
from giftgraph.graph import Graph
from giftgraph.names import candidates
from giftgraph.resources import data_files, same_events_file
from giftgraph.sources.same_events import read_same_events, same_in

COUNT = "SELECT (COUNT(DISTINCT ?x) AS ?n) { %s }"


def count(graph: Graph, pattern: str) -> int:
    return int(graph.query(COUNT % pattern)[0].n)


@pytest.fixture(scope="module", autouse=True)
def needs_registers() -> None:
    if len(data_files()) < 2:
        pytest.skip("the registers' data is not in this checkout")


def test_every_document_is_a_graph_of_its_own_and_all_are_asked_together(whole_graph: Graph) -> None:
    graphs = {str(name) for name in whole_graph.query("SELECT DISTINCT ?g { GRAPH ?g { ?s a ?c } }").column("g")}
    base = "https://w3id.org/giftgraph/graph/"
    assert {f"{base}curated", f"{base}us-federal-register/95-13832", f"{base}us-federal-register/parties"} <= graphs
    assert len([name for name in graphs if "/us-federal-register/" in name]) == 22
    assert count(whole_graph, "?x a gift:GiftExchange ; gift:locator ?l") > 9_000


def test_the_curated_graph_is_the_same_beside_the_registers(graph: Graph, whole_graph: Graph) -> None:
    ask = "?x a gift:GiftExchange FILTER NOT EXISTS { ?x gift:locator ?l }"
    assert count(whole_graph, ask) == count(graph, ask)


def test_the_seed_pictures_hold(whole_graph: Graph) -> None:
    page = whole_graph.show("Putin", "Kim").html()
    assert "Kim is 2 people" in page
    assert {match.key for match in candidates(whole_graph, "Putin")} == {"person:vladimir-putin"}


def test_nobody_unknown_or_withheld_is_a_party_and_no_title_is_a_person(whole_graph: Graph) -> None:
    assert count(whole_graph, "?x gift:partyStatus ?s ; gift:agent ?a FILTER(?s != party-status:inferred)") == 0
    titles = '"President" "First Lady" "First Family" "Unknown" "Withheld" "Amir of Qatar" "Prime Minister"'
    assert count(whole_graph, f"VALUES ?t {{ {titles} }} ?x a gift:Person ; rdfs:label|skos:altLabel ?t") == 0


def test_a_candidate_is_no_giver_of_the_exchange_it_may_have_given(whole_graph: Graph) -> None:
    assert count(whole_graph, "?x gift:hasParticipation/gift:candidate ?c") > 0
    assert (
        count(
            whole_graph,
            "?x gift:hasParticipation ?p ; gift:giver ?c . ?p gift:participationRole role:donor ; gift:candidate ?c",
        )
        == 0
    )


def test_an_event_told_twice_is_counted_once(whole_graph: Graph) -> None:
    same = same_in(read_same_events(same_events_file()), "us-federal-register")
    assert len(same) > 50
    assert count(
        whole_graph, "?x gift:nature nature:another-account ; skos:exactMatch ?y . ?y a gift:GiftExchange"
    ) == len(same)
    assert count(whole_graph, "?x gift:nature nature:another-account ; gift:giver|gift:recipient ?y") == 0
    assert count(
        whole_graph, "?x skos:exactMatch ?y ; dcterms:source ?s . ?y dcterms:source ?s . ?x a gift:Transfer"
    ) == len(same)


def test_the_post_that_a_register_gives_is_of_the_party_and_covers_the_day(whole_graph: Graph) -> None:
    held = "?p gift:heldPost ?t ; gift:agent ?a . ?x gift:hasParticipation ?p ; gift:locator ?l . ?t org:member ?m FILTER(?m != ?a)"
    assert count(whole_graph, held) == 0


def test_no_sentence_of_a_notice_is_shipped(whole_graph: Graph) -> None:
    words = "SELECT (MAX(STRLEN(?o)) AS ?n) { ?x gift:locator ?l . ?x gift:gift ?g . ?g rdfs:label ?o }"
    assert int(whole_graph.query(words)[0].n) <= 160
    assert count(whole_graph, '?x ?p ?o FILTER(CONTAINS(STR(?o), "cause embarrassment"))') == 0


def test_the_default_is_everything_that_is_shipped(monkeypatch: pytest.MonkeyPatch, whole_graph: Graph) -> None:
    monkeypatch.delenv("GIFTGRAPH_DATA")
    assert giftgraph.open().version == whole_graph.version
