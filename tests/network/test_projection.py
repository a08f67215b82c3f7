"""The rule of the projection, case by case, and what is said of what was left out."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

import giftgraph
from giftgraph.errors import DateInvalid, ParameterInvalid
from giftgraph.graph import Graph
from giftgraph.network.projection import RULE, collapse, describe, exchanges_of

PREFIXES = """@prefix gift: <https://w3id.org/giftgraph/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix org: <http://www.w3.org/ns/org#> .
""" + "\n".join(
    f"@prefix {prefix}: <https://w3id.org/giftgraph/id/{kind}/> ."
    for prefix, kind in {
        "person": "person", "organization": "organization", "polity": "polity", "office": "office", "tenure": "tenure",
        "exchange": "exchange", "item": "gift", "p": "participation", "source": "source", "category": "category", "role": "role",
        "nature": "nature", "confidence": "confidence", "party-status": "party-status", "claim": "claim", "rank": "rank",
    }.items()
)  # fmt: skip
PARTIES = """
person:a a gift:Person ; rdfs:label "A" ; gift:ofPolity polity:fra .
person:wife a gift:Person ; rdfs:label "A's wife" ; gift:ofPolity polity:fra .
person:b a gift:Person ; rdfs:label "B" ; gift:ofPolity polity:deu .
person:c a gift:Person ; rdfs:label "C" ; gift:ofPolity polity:deu .
person:stateless a gift:Person ; rdfs:label "Stateless" .
organization:firm a gift:Organization ; rdfs:label "Firm" ; gift:ofPolity polity:deu .
polity:fra a gift:Polity ; rdfs:label "France" ; gift:unRegion "Western Europe" .
polity:deu a gift:Polity ; rdfs:label "Germany" .
office:king a gift:Office ; rdfs:label "King" ; gift:ofPolity polity:fra .
tenure:t a gift:Tenure ; org:member person:a ; gift:post office:king .
"""


def exchange(name: str, donors: str, recipients: str, more: str = "", nature: str = "gift", extra: str = "") -> str:
    """One exchange; a side is a list such as `person:a person:b`, `person:a>polity:fra`, `person:a@t` or `!withheld`."""
    lines = [
        f'exchange:{name} gift:nature nature:{nature} ; rdfs:label "{name}" ; dcterms:source source:s ;',
        f"    gift:gift item:{name}-1 {more} .",
    ]
    lines.append(f"item:{name}-1 gift:category category:{'hospitality' if 'travel' in name else 'cars'} .")
    for role, side in (("donor", donors), ("recipient", recipients)):
        for number, party in enumerate(side.split()):
            node = f"p:{name}-{role}-{number}"
            lines.append(f"exchange:{name} gift:hasParticipation {node} . {node} gift:participationRole role:{role} .")
            if party.startswith("!"):
                lines.append(f"{node} gift:partyStatus party-status:{party[1:]} .")
                continue
            agent, _, acting = party.partition(">")
            agent, _, tenure = agent.partition("@")
            lines.append(f"{node} gift:agent {agent} .")
            if acting:
                lines.append(f"{node} gift:actingFor {acting} .")
            if tenure:
                lines.append(f"{node} gift:heldPost tenure:{tenure} .")
    return "\n".join([*lines, extra])


def build(tmp_path: Path, *exchanges: str) -> Graph:
    path = tmp_path / "rule.ttl"
    path.write_text(PREFIXES + PARTIES + "\n".join(exchanges), encoding="utf-8")
    return giftgraph.open(path)


def edges(network: nx.MultiDiGraph) -> set[tuple[str, str, str]]:
    return {(a, b, key.partition(":")[2]) for a, b, key in network.edges(keys=True)}


def test_joint_donors_are_a_line_each_and_their_shares_add_up_to_one(tmp_path: Path) -> None:
    network = build(tmp_path, exchange("x", "person:a person:wife", "person:b person:c")).network()
    assert edges(network) == {(a, b, "x") for a in ("person:a", "person:wife") for b in ("person:b", "person:c")}
    assert [edge["share"] for *_ends, edge in network.edges(data=True)] == [0.25] * 4
    assert network.graph["exchanges"] == 1


def test_a_couple_of_one_polity_is_one_line_by_polity(tmp_path: Path) -> None:
    network = build(tmp_path, exchange("x", "person:a person:wife", "person:b")).network(by="polity")
    assert edges(network) == {("polity:fra", "polity:deu", "x")}
    assert next(iter(network.edges(data=True)))[2]["share"] == 1


def test_on_behalf_counts_for_the_person_by_person_and_for_the_polity_acted_for_by_polity(tmp_path: Path) -> None:
    graph = build(tmp_path, exchange("x", "person:c>polity:fra", "person:b"))
    assert edges(graph.network()) == {("person:c", "person:b", "x")}
    assert edges(graph.network(by="polity")) == {("polity:fra", "polity:deu", "x")}


def test_by_office_is_the_post_held_on_the_day_else_the_person(tmp_path: Path) -> None:
    graph = build(tmp_path, exchange("x", "person:a@t", "person:b"), exchange("y", "person:a", "person:b"))
    assert edges(graph.network(by="office")) == {("office:king", "person:b", "x"), ("person:a", "person:b", "y")}


def test_an_institution_is_a_party_and_a_party_without_a_polity_stays_itself(tmp_path: Path) -> None:
    graph = build(
        tmp_path, exchange("x", "organization:firm", "person:a"), exchange("y", "person:stateless", "person:a")
    )
    assert graph.network().nodes["organization:firm"]["kind"] == "organization"
    assert edges(graph.network(by="polity")) == {
        ("polity:deu", "polity:fra", "x"),
        ("person:stateless", "polity:fra", "y"),
    }


@pytest.mark.parametrize("status", ["unknown", "withheld", "not-stated"])
def test_nobody_named_is_never_a_party_and_is_counted_as_left_out(tmp_path: Path, status: str) -> None:
    network = build(
        tmp_path, exchange("x", f"!{status}", "person:a"), exchange("y", f"!{status}", "person:b")
    ).network()
    assert network.number_of_nodes() == 0
    assert network.graph["left_out_unnamed"] == 2


def test_a_named_donor_beside_a_withheld_one_still_counts(tmp_path: Path) -> None:
    network = build(tmp_path, exchange("x", "person:a !withheld", "person:b")).network()
    assert edges(network) == {("person:a", "person:b", "x")}


@pytest.mark.parametrize("nature", ["loan", "tribute", "purchase", "never-arrived", "legend"])
def test_what_is_no_gift_is_left_out_and_counted(tmp_path: Path, nature: str) -> None:
    network = build(tmp_path, exchange("x", "person:a", "person:b", nature=nature)).network()
    assert (network.number_of_edges(), network.graph["left_out_not_gifts"]) == (0, 1)


def test_travel_counts_only_when_its_category_is_asked_for(tmp_path: Path) -> None:
    graph = build(tmp_path, exchange("travel", "person:a", "person:b"), exchange("x", "person:a", "person:b"))
    network = graph.network()
    assert edges(network) == {("person:a", "person:b", "x")}
    assert network.graph["left_out_travel"] == 1


def test_what_stays_within_a_polity_is_left_out(tmp_path: Path) -> None:
    network = build(tmp_path, exchange("x", "person:b", "person:c")).network(by="polity")
    assert (network.number_of_edges(), network.graph["left_out_within"]) == (0, 1)


def test_claims_count_only_down_to_the_rank_that_is_asked_for(tmp_path: Path) -> None:
    def claim(name: str, who: str, rank: str) -> str:
        return (
            f"claim:{name} a gift:Claim ; gift:aboutSubject exchange:x ; gift:aboutPredicate gift:giver ; gift:claimedValue {who} ; "
            f"gift:rank rank:{rank} ; dcterms:source source:s ."
        )

    graph = build(
        tmp_path,
        exchange(
            "x",
            "person:a",
            "person:b",
            extra=claim("n", "person:wife", "normal") + claim("d", "person:c", "deprecated"),
        ),
    )
    assert edges(graph.network()) == {("person:a", "person:b", "x")}
    rival = graph.network(min_rank="normal")
    assert edges(rival) == {("person:a", "person:b", "x"), ("person:wife", "person:b", "x")}
    everything = graph.network(min_rank="deprecated")
    assert edges(everything) == edges(rival) | {("person:c", "person:b", "x")}
    facts = everything.edges["person:c", "person:b", "exchange:x"]
    assert (facts["claim"], facts["rank"]) == (True, "deprecated")
    assert everything.graph["exchanges"] == 1


def test_confidence_keeps_what_is_at_least_as_sure(tmp_path: Path) -> None:
    graph = build(
        tmp_path,
        *(
            exchange(f"x{level}", "person:a", "person:b", f"; gift:confidence confidence:{level}")
            for level in ("read", "secondary", "unchecked")
        ),
    )
    for level, number in (("read", 1), ("secondary", 2), ("unchecked", 3)):
        network = graph.network(min_confidence=level)
        assert (network.number_of_edges(), network.graph["left_out_confidence"]) == (number, 3 - number)


def test_a_period_keeps_what_may_lie_in_it_and_counts_the_undated(tmp_path: Path) -> None:
    def dated(name: str, first: int, last: int) -> str:
        return exchange(name, "person:a", "person:b", f"; gift:earliestDay {first} ; gift:latestDay {last}")

    graph = build(
        tmp_path,
        dated("before", -5, 10),
        dated("over", 700000, 740000),
        dated("after", 750000, 750000),
        exchange("none", "person:a", "person:b"),
    )
    network = graph.network(start="2000", end="2010")
    assert edges(network) == {("person:a", "person:b", "over")}
    assert (network.graph["left_out_period"], network.graph["left_out_undated"]) == (2, 1)


def test_a_date_with_an_open_end_counts_in_the_period_of_its_known_bound_alone(tmp_path: Path) -> None:
    graph = build(
        tmp_path,
        exchange("by2008", "person:a", "person:b", "; gift:latestDay 733000"),
        exchange("since1950", "person:b", "person:a", "; gift:earliestDay 712000"),
    )
    assert edges(graph.network(start="2000", end="2010")) == {("person:a", "person:b", "by2008")}
    assert edges(graph.network(end="1960")) == {("person:b", "person:a", "since1950")}
    assert edges(graph.network(end="1900")) == set()


def test_collapse_counts_exchanges_and_keeps_them(tmp_path: Path) -> None:
    graph = build(
        tmp_path,
        exchange("x", "person:a person:wife", "person:b"),
        exchange("y", "person:a", "person:b", "; gift:earliestDay 9 ; gift:latestDay 9"),
    )
    pairs = graph.network(collapse=True)
    assert type(pairs) is nx.DiGraph
    facts = pairs.edges["person:a", "person:b"]
    assert (facts["weight"], facts["share"], facts["exchanges"]) == (2, 1.5, "exchange:x; exchange:y")
    assert (facts["earliest_day"], facts["latest_day"]) == (9, 9)
    assert type(graph.network(collapse=True, directed=False)) is nx.Graph


def test_a_gift_each_way_is_two_lines_and_undirected_one_pair_of_weight_two(tmp_path: Path) -> None:
    graph = build(tmp_path, exchange("x", "person:a", "person:b"), exchange("y", "person:b", "person:a"))
    assert graph.network().number_of_edges() == 2
    assert graph.network(collapse=True, directed=False).edges["person:a", "person:b"]["weight"] == 2


@pytest.mark.parametrize("by", ["person", "office", "polity"])
def test_every_exchange_of_the_data_is_in_the_network_or_left_out_for_one_reason(graph: Graph, by: str) -> None:
    network = graph.network(
        by=by, start="1900", end="2020", min_confidence="secondary", categories=["cars", "live-animals"]
    )
    left_out = sum(number for name, number in network.graph.items() if name.startswith("left_out_"))
    total = graph.query("SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x gift:nature ?nature }")[0].n
    assert network.graph["exchanges"] + left_out == total
    assert len(list(exchanges_of(network))) == network.graph["exchanges"]
    assert collapse(network).size("weight") == network.number_of_edges()
    shares = {key: sum(edge["share"] for _a, _b, edge in lines) for key, lines in exchanges_of(network)}
    assert all(abs(total - 1) < 1e-9 for total in shares.values())


def test_the_words_name_what_is_there_and_what_is_not(graph: Graph) -> None:
    lines = describe(graph.network(by="polity", start="1990", end="2000"))
    assert "1990-01-01 to 2000-12-31" in lines[0]
    assert "of another nature than a gift" in lines[1]
    assert len(RULE) == 9
    assert "exchange" in RULE[0]


def test_every_edge_carries_its_exchange_with_source_and_confidence(graph: Graph) -> None:
    for _a, _b, key, facts in graph.network(min_rank="deprecated").edges(keys=True, data=True):
        assert facts["exchange"] == key
        assert facts["sources"].startswith("source:")
        assert facts["confidence"] in ("read", "secondary", "unchecked")
        assert facts["categories"]


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"by": "colour"}, "by must be one of"),
        ({"min_rank": "best"}, "min_rank must be one of"),
        ({"min_confidence": "sure"}, "min_confidence must be one of"),
        ({"categories": ["car"]}, "nearest: cars"),
        ({"start": "2001", "end": "1999"}, "later than"),
        ({"start": "2001-02-30"}, "2001-02 has 28 days"),
    ],
)
def test_a_wrong_parameter_is_named(graph: Graph, parameters: dict[str, str], message: str) -> None:
    with pytest.raises((ParameterInvalid, DateInvalid), match=message):
        graph.network(**parameters)  # type: ignore[arg-type]


def test_answers_kept_beside_the_snapshot_give_the_network_of_those_just_asked_for(
    small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIFTGRAPH_CACHE", str(tmp_path))
    graph = giftgraph.open(small_data)

    def read(network: nx.MultiDiGraph) -> tuple[object, ...]:
        return dict(network.nodes(data=True)), sorted(network.edges(keys=True, data=True), key=str), network.graph

    for options in ({}, {"min_rank": "deprecated"}, {"by": "polity", "start": "1990"}):
        asked = read(graph.network(**options))
        assert read(graph.network(**options)) == asked
        for kept in tmp_path.glob("answers-*"):
            kept.write_text("{", encoding="utf-8")
        assert read(graph.network(**options)) == asked
    assert len(list(tmp_path.glob("answers-*"))) == 2, "one for the ranks of claims, one without claims"
