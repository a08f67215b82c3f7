"""Everything that is shipped: the busiest parties stay pictures that can be read, and nobody unnamed is in them."""

from __future__ import annotations

import pytest

from giftgraph.draw import dyad, ego
from giftgraph.graph import Graph
from giftgraph.names import find


@pytest.mark.parametrize("name", ["Barack Obama", "George W. Bush", "Hillary Clinton"])
def test_the_busiest_people_have_a_ring_of_named_partners_and_a_page_of_a_size(whole_graph: Graph, name: str) -> None:
    picture = whole_graph.show(name)
    ring = ego.lay_out(picture.content)
    assert len(ring.spokes) == ego.DRAWN
    assert {spoke.partner.party.kind for spoke in ring.spokes} <= {"person", "organization", "polity"}
    assert ring.folded > 100
    assert len(picture.html()) < 2_000_000


def test_two_polities_of_hundreds_of_exchanges_share_cards(whole_graph: Graph) -> None:
    content = whole_graph.show("Saudi Arabia", "USA", by="polity").content
    assert len(content.lines) > 500
    drawing = dyad.lay_out(content)
    assert len(drawing.cards) <= dyad.MOST_CARDS
    assert sorted(number for card in drawing.cards for number in card.lines) == list(range(len(content.lines)))


def test_the_busiest_polity_is_drawn_with_those_not_named_as_counts(whole_graph: Graph) -> None:
    picture = whole_graph.show("USA", by="polity")
    ring = ego.lay_out(picture.content)
    assert any(note.words.startswith("withheld giver: ") for note in ring.notes)
    assert all(spoke.partner.party.kind == "polity" for spoke in ring.spokes)
    assert len(picture.html()) < 3_000_000


def test_no_party_of_the_network_is_without_a_name(whole_graph: Graph) -> None:
    network = whole_graph.network()
    labels = {str(label).casefold() for _node, label in network.nodes(data="label")}
    assert labels.isdisjoint({"unknown", "withheld", "not stated", "president", "prime minister", "anonymous"})
    assert network.graph["left_out_unnamed"] > 500


def test_an_event_that_both_tell_of_is_counted_once(whole_graph: Graph) -> None:
    counted = "ASK { ?x a gift:GiftExchange ; skos:exactMatch ?y . ?y a gift:GiftExchange }"
    assert not whole_graph.query(counted)
    assert whole_graph.query("ASK { ?x gift:nature ?n ; skos:exactMatch ?y . ?y a gift:GiftExchange }")


def test_people_are_found_before_gifts(whole_graph: Graph) -> None:
    assert find(whole_graph, "Putin")[0].key == "person:vladimir-putin"
    assert [match.label for match in find(whole_graph, "President of Russia", on="2003-05-31")] == ["Vladimir Putin"]
    for text in ("Abdullah", "Clinton"):
        assert find(whole_graph, text)[0].kind == "person"
