"""Connections: what is chosen, in which order, what is never crossed, and what is said when there is none."""

from __future__ import annotations

import itertools
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import giftgraph
from giftgraph.errors import DateInvalid, NameAmbiguous, NameUnknown, ParameterInvalid
from giftgraph.graph import Graph
from giftgraph.network.connections import Evidence, PathResult
from giftgraph.network.search import evidence_of, find_connections

Gift = tuple[str, str] | tuple[str, str, str] | tuple[str, str, str, int]


def make_network(*gifts: Gift) -> Any:
    """A network of gifts: giver, receiver, how the record was read and its number of sources. `org…` are organizations."""
    network = nx.MultiDiGraph()
    for number, gift in enumerate(gifts):
        giver, receiver, confidence, sources = (*gift, *("read", 1)[len(gift) - 2 :])
        names = "; ".join(f"source:{n}" for n in range(int(sources)))
        network.add_edge(giver, receiver, key=f"exchange:{number}", confidence=confidence, sources=names)
    for node in network:
        network.nodes[node].update(label=node, kind="organization" if node.startswith("org") else "person")
    return network


def add_summit(network: Any, key: str, givers: str, receivers: str) -> None:
    for giver, receiver in itertools.product(givers, receivers):
        network.add_edge(giver, receiver, key=key, confidence="read", sources="source:1")
        for node in (giver, receiver):
            network.nodes[node].update(label=node, kind="person")


def words(chains: tuple[tuple[str, ...], ...]) -> list[str]:
    return ["".join(chain) for chain in chains]


def test_a_step_is_crossed_either_way() -> None:
    network = make_network(("a", "m"), ("b", "m"), ("b", "n"), ("n", "z"))
    assert words(find_connections(network, "a", "b").chains) == ["amb"]
    assert words(find_connections(network, "z", "a").chains) == ["znbma"]


def test_the_connection_whose_weakest_step_is_best_evidenced_comes_first_even_when_it_is_longer() -> None:
    network = make_network(("a", "b", "secondary", 9), ("a", "m"), ("m", "n"), ("n", "b"))
    assert words(find_connections(network, "a", "b").chains) == ["amnb", "ab"]


def test_how_a_record_was_read_counts_before_the_number_of_sources() -> None:
    network = make_network(("a", "m", "secondary", 5), ("m", "b"), ("a", "n", "read", 1), ("n", "b"))
    assert words(find_connections(network, "a", "b").chains) == ["anb", "amb"]
    network = make_network(("a", "m", "unchecked", 5), ("m", "b"), ("a", "n", "secondary", 1), ("n", "b"))
    assert words(find_connections(network, "a", "b").chains) == ["anb", "amb"]


def test_more_sources_of_the_weakest_step_come_first_then_fewer_steps_then_the_second_weakest_then_names() -> None:
    network = make_network(("a", "m", "read", 2), ("m", "b", "read", 2), ("a", "n", "read", 1), ("n", "b", "read", 9))
    assert words(find_connections(network, "a", "b").chains) == ["amb", "anb"]
    network = make_network(("a", "b"), ("a", "m"), ("m", "b", "read", 5))
    assert words(find_connections(network, "a", "b").chains) == ["ab", "amb"]
    network = make_network(("a", "m"), ("m", "b"), ("a", "n"), ("n", "b", "read", 2))
    assert words(find_connections(network, "a", "b").chains) == ["anb", "amb"]
    network = make_network(("a", "n"), ("n", "b"), ("a", "m"), ("m", "b"))
    assert words(find_connections(network, "a", "b").chains) == ["amb", "anb"]


def test_a_step_is_as_well_evidenced_as_its_best_exchange() -> None:
    network = make_network(
        ("a", "m", "unchecked"), ("m", "a", "read", 3), ("m", "b", "read", 3), ("a", "n"), ("n", "b")
    )
    assert words(find_connections(network, "a", "b").chains) == ["amb", "anb"]


def test_the_shortest_are_chosen_and_of_equally_short_ones_the_better_evidenced() -> None:
    weak, long = ("a", "m", "unchecked"), [("a", "x", "read", 9), ("x", "y", "read", 9), ("y", "b", "read", 9)]
    network = make_network(weak, ("m", "b"), *long)
    found = find_connections(network, "a", "b", count=1)
    assert words(found.chains) == ["amb"]
    assert found.more
    network = make_network(weak, ("m", "b"), ("a", "n"), ("n", "b"))
    assert words(find_connections(network, "a", "b", count=1).chains) == ["anb"]
    assert not find_connections(network, "a", "b", count=2).more


def test_no_connection_is_longer_than_asked_and_the_distance_is_told() -> None:
    network = make_network(*itertools.pairwise("amnopqrb"))
    found = find_connections(network, "a", "b")
    assert found.chains == ()
    assert found.distance == 7
    assert words(find_connections(network, "a", "b", at_most=7).chains) == ["amnopqrb"]


def test_nobody_is_passed_twice_and_a_gift_to_oneself_connects_nobody() -> None:
    network = make_network(("a", "a"), ("a", "m"), ("m", "m"), ("m", "b"), ("m", "c"), ("c", "m"))
    assert words(find_connections(network, "a", "b", count=9).chains) == ["amb"]


def test_institutions_are_not_crossed_unless_named_and_are_counted() -> None:
    network = make_network(
        ("a", "org1"), ("org1", "b"), ("a", "org2"), ("org2", "b"), ("a", "m"), ("m", "n"), ("n", "b")
    )
    found = find_connections(network, "a", "b")
    assert words(found.chains) == ["amnb"]
    assert (found.left_out.institutions, found.left_out.institution_exchanges) == (2, 4)
    assert (found.distance, found.distance_with_all) == (3, 2)
    assert "2 institutions with 4 exchanges" in found.left_out.words
    assert "--through institution" in found.left_out.words
    found = find_connections(network, "a", "b", through=["institution"])
    assert words(found.chains) == ["aorg1b", "aorg2b", "amnb"]
    assert found.left_out.is_empty
    assert found.left_out.words == ""
    found = find_connections(network, "a", "b", through=["org2"])
    assert words(found.chains) == ["aorg2b", "amnb"]
    assert found.left_out.institutions == 1


def test_the_ends_may_be_institutions() -> None:
    network = make_network(("org1", "m"), ("m", "org2"), ("org1", "org3"), ("org3", "org2"))
    found = find_connections(network, "org1", "org2")
    assert found.chains == (("org1", "m", "org2"),)
    assert found.left_out.institutions == 1


def test_an_exchange_of_many_parties_is_not_crossed_unless_named() -> None:
    network = make_network(("a", "m"), ("m", "n"), ("n", "b"))
    add_summit(network, "exchange:summit", "a", "bcdefg")
    found = find_connections(network, "a", "b")
    assert words(found.chains) == ["amnb"]
    assert found.left_out.summits == 1
    assert "1 exchange of more than 6 parties" in found.left_out.words
    for through in (["summit"], ["exchange:summit"]):
        assert words(find_connections(network, "a", "b", through=through).chains) == ["ab", "amnb"]
    assert words(find_connections(network, "a", "b", most_parties=7).chains) == ["ab", "amnb"]


def test_the_components_and_what_including_would_change_are_told_when_not_connected() -> None:
    network = make_network(("a", "m"), ("b", "n"), ("n", "o"), ("m", "org1"), ("org1", "n"))
    found = find_connections(network, "a", "b")
    assert found.chains == ()
    assert found.distance is None
    assert found.sizes == (2, 3)
    assert found.distance_with_all == 4
    assert find_connections(network, "a", "nobody").sizes == (2, 1)


def test_what_is_not_left_out_needs_no_way_through() -> None:
    network = make_network(("a", "m"), ("m", "b"))
    for name in ("m", "exchange:0", "org9", "office"):
        with pytest.raises(ParameterInvalid, match="through takes institution, summit"):
            find_connections(network, "a", "b", through=[name])


def test_a_search_between_two_hubs_ends_and_says_that_it_did_not_look_at_all() -> None:
    gifts = [(end, f"p{number:03}") for number in range(400) for end in ("a", "b")]
    found = find_connections(make_network(*gifts), "a", "b", count=3)
    assert len(found.chains) == 3
    assert found.cut
    assert found.more
    few = find_connections(make_network(*gifts[:100]), "a", "b", count=3)
    assert [chain[1] for chain in few.chains] == ["p000", "p001", "p002"]
    assert not few.cut


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdef"),
            st.sampled_from("abcdef"),
            st.sampled_from(["read", "secondary", "unchecked"]),
            st.integers(0, 3),
        ),
        max_size=16,
    ),
    st.integers(1, 4),
    st.integers(1, 4),
    st.randoms(use_true_random=False),
)
def test_the_answer_is_that_of_trying_everything_in_whatever_order_the_gifts_stand(
    gifts: list[tuple[str, str, str, int]], count: int, at_most: int, random: Any
) -> None:
    network = make_network(("a", "a"), ("f", "f"), *gifts)
    best: dict[frozenset[str], Evidence] = {}
    for x, y, edge in network.edges(data=True):
        pair = frozenset((x, y))
        best[pair] = max(best.get(pair, Evidence(0, 0)), evidence_of(edge))
    every = [
        ("a", *middle, "f")
        for size in range(at_most)
        for middle in itertools.permutations("bcde", size)
        if all(frozenset(pair) in best for pair in itertools.pairwise(("a", *middle, "f")))
    ]

    def strength(chain: tuple[str, ...]) -> list[tuple[int, int]]:
        steps = sorted(best[frozenset(pair)] for pair in itertools.pairwise(chain))
        return [(-step.confidence, -step.sources) for step in steps]

    chosen = sorted(every, key=lambda chain: (len(chain), strength(chain), chain))[:count]
    expected = sorted(chosen, key=lambda chain: (strength(chain)[0], len(chain), strength(chain), chain))
    found = find_connections(network, "a", "f", count=count, at_most=at_most)
    assert list(found.chains) == expected
    assert found.more == (len(every) > count)
    shuffled = list(network.edges(keys=True, data=True))
    random.shuffle(shuffled)
    other = nx.MultiDiGraph()
    other.add_edges_from(shuffled)
    other.add_nodes_from(network.nodes(data=True))
    assert find_connections(other, "a", "f", count=count, at_most=at_most) == found


def test_albright_and_putin_are_connected_through_kim_jong_il_with_sources_on_every_step(graph: Graph) -> None:
    result = graph.path("Albright", "Putin")
    best = result.connections[0]
    assert [node.label for node in best.nodes] == ["Madeleine Albright", "Kim Jong Il", "Vladimir Putin"]
    first = best.steps[0].exchanges[0]
    assert first.giver == "person:madeleine-albright"
    assert first.direction == "Madeleine Albright → Kim Jong Il"
    assert "NBA basketball" in first.gifts[0]
    assert first.date_words == "Oct 2000"
    assert any(source.url.startswith("https://") for source in first.sources)
    given_back = best.steps[1].exchanges[0]
    assert given_back.giver == "person:vladimir-putin"
    for connection in result.connections:
        assert len(connection.steps) <= result.at_most
        for step in connection.steps:
            assert step.exchanges
            assert list(step.exchanges) == sorted(step.exchanges, key=lambda item: item.evidence, reverse=True)
            for exchange in step.exchanges:
                assert {exchange.giver, exchange.receiver} == {step.start.key, step.end.key}
                assert len(exchange.sources) == exchange.source_count > 0


def test_obama_and_kim_jong_un_are_connected_by_persons_only_in_the_order_of_evidence(graph: Graph) -> None:
    result = graph.path("Barack Obama", "Kim Jong Un", count=8)
    assert len(result.connections) == 8
    for connection in result.connections:
        assert {node.kind for node in connection.nodes[1:-1]} <= {"person", "polity"}
    order = [(-c.evidence.confidence, -c.evidence.sources, len(c.steps)) for c in result.connections]
    assert order == sorted(order)
    assert result.left_out.institutions > 50
    assert any("Not crossed" in note and "--through institution" in note for note in result.notes)
    included = graph.path("Barack Obama", "Kim Jong Un", through="institution")
    assert included.left_out.is_empty
    assert included.sizes[0] > result.sizes[0]


def test_unnamed_parties_connect_nobody(graph: Graph, small_data: Path) -> None:
    network = graph.network()
    assert not [node for node in network if node.startswith("participation:")]
    small = giftgraph.open(small_data)
    result = small.path("person:beta", "person:beta-two")
    assert [node.key for node in result.connections[0].nodes] == ["person:beta", "person:alpha", "person:beta-two"]
    assert [e.key for step in result.connections[0].steps for e in step.exchanges] == ["exchange:s1", "exchange:s2"]


def test_not_connected_is_an_answer_with_both_sizes(graph: Graph) -> None:
    result = graph.path("Barack Obama", "Qaitbay")
    assert result.connections == ()
    assert result.distance is None
    assert "not connected" in result.sentence
    assert result.sizes[0] > 100 > result.sizes[1] > 1
    assert any(f"group of {result.sizes[1]} connected parties" in note for note in result.notes)
    assert "They would not be connected with that included either." in result.notes


def test_a_party_without_an_exchange_in_the_period_is_connected_with_nobody(graph: Graph) -> None:
    result = graph.path("Albright", "Putin", start="2020", end="2021")
    assert result.sizes[0] == 1
    assert any(note.startswith("Madeleine Albright is connected with nobody (2020-01-01 to ") for note in result.notes)


def test_too_few_steps_are_told_with_the_number_that_is_enough(graph: Graph) -> None:
    result = graph.path("Albright", "Putin", at_most=1)
    assert result.connections == ()
    assert "in no fewer than 2 steps" in result.sentence
    assert any("--at-most 2" in note for note in result.notes)
    assert graph.path("Albright", "Putin", at_most=2).connections


def test_counted_by_polity_and_by_office(graph: Graph) -> None:
    by_polity = graph.path("polity:usa", "polity:prk", by="polity")
    assert len(by_polity.connections[0].steps) == 1
    by_office = graph.path("office:president-of-the-united-states-usa", "office:president-of-russia-rus", by="office")
    assert by_office.connections[0].nodes[0].kind == "office"
    with pytest.raises(ParameterInvalid, match=r"name an office \(office:"):
        graph.path("Vladimir Putin", "Barack Obama", by="office")


def test_wrong_input_is_refused(graph: Graph) -> None:
    with pytest.raises(ParameterInvalid, match="are both Vladimir Putin"):
        graph.path("Putin", "Vladimir Putin")
    with pytest.raises(NameUnknown):
        graph.path("Putin", "Xyzzyq")
    with pytest.raises(NameAmbiguous) as caught:
        graph.path("Kim", "Obama")
    assert [text for text, _matches in caught.value.choices] == ["Kim", "Obama"]
    with pytest.raises(DateInvalid):
        graph.path("Putin", "Albright", start="2024", end="2023")
    with pytest.raises(ParameterInvalid, match="by must be one of"):
        graph.path("Putin", "Albright", by="colour")
    for name in ("count", "at_most", "most_parties"):
        with pytest.raises(ParameterInvalid, match=name):
            graph.path("Putin", "Albright", **{name: 0})  # type: ignore[arg-type]


def test_the_result_is_frozen_and_gives_rows(graph: Graph) -> None:
    result: PathResult = graph.path("Albright", "Putin", count=1)
    with pytest.raises(FrozenInstanceError):
        result.more = True  # type: ignore[misc]
    rows = result.rows()
    assert len(rows) == sum(len(step.exchanges) for step in result.connections[0].steps)
    assert result.to_dict()["connections"][0]["words"] == result.connections[0].words
    assert repr(result).count("Line(") == 0


def test_a_state_joins_nobody_where_people_are_counted_but_does_where_states_are() -> None:
    network = nx.MultiDiGraph([("a", "state"), ("state", "b")])
    for node in network:
        network.nodes[node].update(label=node, kind="polity" if node == "state" else "person")
    assert find_connections(network, "a", "b").chains == ()
    assert find_connections(network, "a", "b", through=["institution"]).chains == (("a", "state", "b"),)
    network.graph["by"] = "polity"
    assert find_connections(network, "a", "b").chains == (("a", "state", "b"),)
