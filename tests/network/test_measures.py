"""Every measure against values worked out by hand, and against NetworkX on random networks."""

from __future__ import annotations

from math import sqrt
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giftgraph.errors import ParameterInvalid
from giftgraph.network import balance, brokerage, categories, centrality, communities, mixing
from giftgraph.network.centrality import Options
from giftgraph.network.measures import MEASURES, find_measure
from giftgraph.network.results import Scores
from giftgraph.network.ties import tie
from small_networks import join_exchanges, make_network

# a gave b twice and c once, b gave c, c gave a.
SMALL = [("a", "b"), ("a", "b"), ("a", "c"), ("b", "c"), ("c", "a")]


def values(scores: Scores) -> dict[str, float]:
    assert not scores.refusal
    return dict(zip(scores.items, scores.values, strict=True))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("in-degree", {"a": 1, "b": 1, "c": 2}),
        ("out-degree", {"a": 2, "b": 1, "c": 1}),
        ("in-strength", {"a": 1, "b": 2, "c": 2}),
        ("out-strength", {"a": 3, "b": 1, "c": 1}),
    ],
)
def test_degrees_count_partners_and_strengths_count_exchanges(name: str, expected: dict[str, int]) -> None:
    assert values(MEASURES[name].score(make_network(SMALL), Options())) == expected


def test_a_gift_of_a_couple_is_one_exchange_by_shares() -> None:
    network = join_exchanges([[("husband", "host"), ("wife", "host")], [("wife", "host")]])
    scores = centrality.score_strength("in")(network, Options())
    assert values(scores)["host"] == 3
    assert scores.details["shares"][scores.items.index("host")] == 2


def test_pagerank_of_two_parties_with_a_dead_end() -> None:
    # x = 0.15/2 + 0.85 (1 - x)/2, because what b has goes to everybody: 1.425 x = 0.5
    found = values(centrality.score_pagerank(make_network([("a", "b")]), Options()))
    assert found["a"] == pytest.approx(0.5 / 1.425, abs=1e-10)
    assert found["b"] == pytest.approx(1 - 0.5 / 1.425, abs=1e-10)


def test_pagerank_follows_weights() -> None:
    # a gave b three times and c once, both gave back: a = 0.05 + 0.85 (b + c), b + c = 0.1 + 0.85 a, so a = 0.135 / 0.2775
    found = values(
        centrality.score_pagerank(make_network([("a", "b")] * 3 + [("a", "c"), ("b", "a"), ("c", "a")]), Options())
    )
    a = 0.135 / 0.2775
    assert found == pytest.approx({"a": a, "b": 0.05 + 0.85 * 0.75 * a, "c": 0.05 + 0.85 * 0.25 * a}, abs=1e-10)


def test_hubs_and_authorities_of_three_ties() -> None:
    # a gave c and d, b gave c: the matrix of authorities is [[2, 1], [1, 1]], its leading vector the golden ratio
    network = make_network([("a", "c"), ("a", "d"), ("b", "c")])
    golden = (1 + sqrt(5)) / 2
    hubs = values(centrality.score_hits("hubs")(network, Options()))
    authorities = values(centrality.score_hits("authorities")(network, Options()))
    assert authorities == pytest.approx({"a": 0, "b": 0, "c": 1 / golden, "d": 1 - 1 / golden}, abs=1e-9)
    assert hubs == pytest.approx({"a": 1 / golden, "b": 1 - 1 / golden, "c": 0, "d": 0}, abs=1e-9)


def test_hubs_of_two_equal_parts_are_no_number() -> None:
    network = make_network([("a", "b"), ("a", "c"), ("x", "y"), ("x", "z")])
    scores = centrality.score_hits("hubs")(network, Options())
    assert scores.items == ()
    assert "equally strong" in scores.refusal


def test_betweenness_of_a_path() -> None:
    # of the 6 pairs without b, three pass b: ac, ad, ae; of those without c, four pass c: ad, ae, bd, be
    found = values(
        centrality.score_betweenness(make_network([("a", "b"), ("c", "b"), ("c", "d"), ("e", "d")]), Options())
    )
    assert found == pytest.approx({"a": 0, "b": 3 / 6, "c": 4 / 6, "d": 3 / 6, "e": 0})


PATH = [(f"p{n}", f"p{n + 1}") for n in range(9)]


def test_closeness_counts_the_share_that_can_be_reached() -> None:
    # ten in a row and a pair: of p0 the distances add up to 45, of p4 to 25, and each reaches 9 of 11 others; d reaches 1
    found = values(centrality.score_closeness(make_network([*PATH, ("d", "e")]), Options()))
    assert found["p0"] == pytest.approx(9 / 45 * 9 / 11)
    assert found["p4"] == pytest.approx(9 / 25 * 9 / 11)
    assert found["d"] == pytest.approx(1 / 11)


@pytest.mark.parametrize("name", ["betweenness", "closeness"])
def test_distances_in_a_network_of_crumbs_are_no_number(name: str) -> None:
    network = make_network([(f"a{n}", f"b{n}") for n in range(20)])
    scores = MEASURES[name].score(network, Options())
    assert scores.items == ()
    assert "20 separate parts, the largest of 2 of 40 parties" in scores.refusal


def test_sampled_betweenness_states_an_error_that_covers_the_exact_value(monkeypatch: pytest.MonkeyPatch) -> None:
    random = nx.barabasi_albert_graph(300, 2, seed=1)
    network = make_network([(str(a), str(b)) for a, b in random.edges()])
    exact = values(centrality.score_betweenness(network, Options()))
    monkeypatch.setattr(centrality, "EXACT", 100)
    scores = centrality.score_betweenness(network, Options())
    estimate, error = values(scores), dict(zip(scores.items, scores.details["error"], strict=True))
    assert "estimated from 512 parties" in " ".join(scores.notes)
    # For two in three parties the exact value lies within one standard error, for nearly all within three.
    covered = [abs(estimate[node] - exact[node]) <= 3 * float(error[node] or 0) + 1e-12 for node in network]
    assert sum(covered) > 0.9 * len(covered)


def test_cores_of_a_triangle_with_a_tail() -> None:
    found = values(centrality.score_core(make_network([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]), Options()))
    assert found == {"a": 2, "b": 2, "c": 2, "d": 1}


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("aaa", "coordinator"),
        ("aba", "consultant"),
        ("aab", "representative"),
        ("abb", "gatekeeper"),
        ("abc", "liaison"),
    ],
)
def test_the_groups_of_a_chain_say_the_role_of_its_broker(groups: str, role: str) -> None:
    network = make_network([("x", "y"), ("y", "z")], dict(zip("xyz", groups, strict=True)))
    scores = brokerage.score_brokerage(network, Options())
    place = scores.items.index("y")
    assert {name: cells[place] for name, cells in scores.details.items() if cells[place]} == {role: 1}
    assert sum(scores.values) == 1


def test_a_short_cut_leaves_nothing_to_broker() -> None:
    network = make_network([("x", "y"), ("y", "z"), ("x", "z")], dict.fromkeys("xyz", "a"))
    assert brokerage.score_brokerage(network, Options()).refusal


def test_chains_with_a_party_of_no_group_are_counted_as_left_out() -> None:
    network = make_network([("x", "y"), ("y", "z"), ("y", "w")], {"x": "a", "y": "a", "w": "b"})
    scores = brokerage.score_brokerage(network, Options())
    assert values(scores)["y"] == 1
    assert "1 chains with a party of no known polity are left out." in scores.notes


def test_reciprocity_by_ties_by_exchanges_and_beyond_chance() -> None:
    # 4 ties, of which a-c is answered in both directions: 2/4. Of 5 exchanges 2 are matched. 4 of 6 possible ties are there.
    scores = mixing.score_reciprocity(make_network(SMALL), Options())
    assert scores.values == pytest.approx((0.5, 0.4, (0.5 - 4 / 6) / (1 - 4 / 6)))


@pytest.mark.parametrize(("ties", "expected"), [([("a", "b"), ("c", "d")], 1), ([("a", "c"), ("c", "a")], -1)])
def test_assortativity_is_1_within_regions_and_minus_1_between_two(ties: list[Any], expected: int) -> None:
    scores = mixing.score_assortativity(make_network(ties, {"a": "r", "b": "r", "c": "s", "d": "s"}), Options())
    assert scores.values == pytest.approx((expected, max(expected, 0)))


def test_assortativity_of_one_region_is_no_number() -> None:
    assert (
        "two regions" in mixing.score_assortativity(make_network([("a", "b")], {"a": "r", "b": "r"}), Options()).refusal
    )


def test_concentration_of_three_givers() -> None:
    # 6, 3 and 1 of 10: HHI .36 + .09 + .01; Gini (-2·1 + 0·3 + 2·6) / (3·10)
    network = make_network([("a", f"x{n}") for n in range(6)] + [("b", f"x{n}") for n in range(3)] + [("c", "x1")])
    scores = mixing.score_concentration(network, Options())
    assert scores.values == pytest.approx((0.46, 1 / 0.46, 10 / 30, 0.6, 1, 1))


def test_balance_over_ten_years_and_as_a_whole() -> None:
    network = make_network([("a", "b", "1971"), ("a", "b", "1972"), ("b", "a", "1979"), ("a", "b", "1985"), ("a", "b")])
    scores = balance.score_balance(network, Options(parties=("a", "b")))
    assert scores.items == ("all", "1970–1979", "1980–1989")
    assert scores.values == pytest.approx(((4 - 1) / 5, (2 - 1) / 3, 1))
    assert scores.details["ahead"] == (3, 1, 2)
    assert any(note.startswith("1 exchanges without a date") for note in scores.notes)


def test_a_balance_of_few_exchanges_has_no_interval() -> None:
    network = make_network([("a", "b", "1971")] * 4 + [("b", "a", "1979"), ("a", "b", "1985")])
    options = Options(parties=("a", "b"))
    scores = balance.score_balance(network, options)
    found = balance.resample_balance(tie(network), options, scores)(np.ones(6))
    assert found[:2].tolist() == pytest.approx(list(scores.values[:2]))
    assert np.isnan(found[2])


def test_balance_turned_round_changes_its_sign() -> None:
    network = make_network([("a", "b", "1971"), ("a", "b", "1972"), ("b", "a", "1979")])
    there = balance.score_balance(network, Options(parties=("a", "b")))
    back = balance.score_balance(network, Options(parties=("b", "a")))
    assert back.values == tuple(-value for value in there.values)


def test_balance_without_an_exchange_is_no_number() -> None:
    assert "no exchange between" in balance.score_balance(make_network(SMALL), Options(parties=("b", "x"))).refusal


def test_communities_of_two_triangles_and_a_bridge() -> None:
    # 7 ties, 3 inside each triangle, 7 ends each: modularity 2 (3/7 - (7/14)²) = 5/14
    ties = [("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "z"), ("z", "x"), ("a", "x")]
    scores = communities.score_communities(make_network(ties), Options())
    assert {frozenset(part) for part in scores.members} == {frozenset("abc"), frozenset("xyz")}
    assert values(scores) == {"a": 1, "x": 1}
    assert f"Modularity {5 / 14:.3f}" in scores.notes[0]


def test_communities_are_the_same_for_the_same_seed() -> None:
    random = nx.gnm_random_graph(60, 120, seed=3)
    network = make_network([(f"n{a}", f"n{b}") for a, b in random.edges()])
    first, second = (communities.score_communities(network, Options(seed=7)) for _ in range(2))
    assert first == second


def signature(own: dict[str, int], others: dict[str, int]) -> dict[tuple[str, str], tuple[float, Any]]:
    network = nx.MultiDiGraph(make_network([]))
    for giver, gifts in (("a", own), ("b", others)):
        for category, count in gifts.items():
            for number in range(count):
                network.add_edge(giver, "c", key=f"{giver}{category}{number}", categories=category, share=1.0)
    scores = categories.score_signature(network, Options(parties=("a",)))
    cells = zip(scores.items, scores.details["side"], scores.values, scores.details["says"], strict=True)
    return {(item, str(side)): (value, says) for item, side, value, says in cells}


def test_the_lift_is_the_share_over_the_share_of_the_others() -> None:
    # 8 of 10 against 10 of 100: 8 times as often, and clearly so
    found = signature({"cars": 8, "books": 2}, {"cars": 10, "books": 90})
    assert found["cars", "given"] == (pytest.approx(8), "more than others")
    assert found["books", "given"][0] == pytest.approx(0.2 / 0.9)


def test_nothing_is_said_of_a_category_with_few_exchanges() -> None:
    assert signature({"cars": 2}, {"cars": 1, "books": 99})["cars", "given"][1] == "too few to say"


def test_a_wide_interval_is_no_clear_difference() -> None:
    # 3 of 6 against 10 of 40 is twice as often, but the interval of the lift is 0.76 to 5.24
    assert signature({"cars": 3, "books": 3}, {"cars": 10, "books": 30})["cars", "given"] == (
        pytest.approx(2),
        "not clearly different",
    )


@pytest.mark.parametrize("name", ["PageRank", "k_core", "In Degree", "closeness"])
def test_a_measure_is_found_in_other_spellings(name: str) -> None:
    assert find_measure(name).name in MEASURES


@pytest.mark.parametrize(("name", "near"), [("pagrank", "pagerank"), ("between", "betweenness"), ("kcore", "k-core")])
def test_an_unknown_measure_is_answered_with_the_nearest(name: str, near: str) -> None:
    with pytest.raises(ParameterInvalid, match=near):
        find_measure(name)


# What random networks prove: the arrays weigh a resample as NetworkX weighs a network with so many copies of each exchange.
parties = st.sampled_from("abcdefgh")
exchange = st.lists(
    st.tuples(parties, parties).filter(lambda pair: pair[0] != pair[1]), min_size=1, max_size=3, unique=True
)
groups = {party: "rst"[number % 3] for number, party in enumerate("abcdefgh")}
drawn = st.lists(st.tuples(exchange, st.integers(0, 3)), min_size=3, max_size=12).filter(
    lambda d: any(n for _e, n in d)
)


def copies(sample: list[tuple[list[Any], int]]) -> tuple[nx.MultiDiGraph, nx.MultiDiGraph, np.ndarray[Any, Any]]:
    whole = join_exchanges([ties for ties, _times in sample], groups)
    copied = join_exchanges([ties for ties, times in sample for _ in range(times)], groups)
    return whole, copied, np.array([times for _ties, times in sample], dtype=float)


def drawn_values(name: str, whole: Any, times: Any, options: Options) -> dict[str, float]:
    ties = tie(whole)
    order = [int(key.partition(":")[2]) for key in ties.exchanges]
    found = MEASURES[name].prepare(ties, options, Scores((), ()))(times[order])
    return dict(zip(ties.nodes, np.asarray(found, dtype=float).tolist(), strict=False))


@pytest.mark.parametrize("name", ["in-degree", "out-degree", "in-strength", "out-strength", "k-core", "brokerage"])
@given(sample=drawn)
@settings(max_examples=60, deadline=None)
def test_a_resample_counts_as_a_network_of_copies(name: str, sample: list[tuple[list[Any], int]]) -> None:
    whole, copied, times = copies(sample)
    scores = MEASURES[name].score(copied, Options())
    expected = dict.fromkeys(whole, 0.0) | dict(zip(scores.items, scores.values, strict=True))
    assert drawn_values(name, whole, times, Options()) == expected


@given(sample=drawn)
@settings(max_examples=60, deadline=None)
def test_pagerank_of_a_resample_is_that_of_the_copies_up_to_a_factor(sample: list[tuple[list[Any], int]]) -> None:
    whole, copied, times = copies(sample)
    found = drawn_values("pagerank", whole, times, Options())
    total = sum(found[node] for node in copied)
    expected = values(centrality.score_pagerank(copied, Options()))
    assert {node: found[node] / total for node in copied} == pytest.approx(expected, abs=1e-6)


@given(sample=drawn)
@settings(max_examples=60, deadline=None)
def test_betweenness_and_closeness_of_a_resample_are_networkx_s(sample: list[tuple[list[Any], int]]) -> None:
    whole, copied, times = copies(sample)
    plain = centrality.undirect(copied)
    size, left = len(whole), len(plain)
    pairs = max((size - 1) * (size - 2), 1)
    expected = nx.betweenness_centrality(plain, normalized=False)
    found = drawn_values("betweenness", whole, times, Options())
    assert {n: found[n] * pairs / 2 for n in plain} == pytest.approx(expected, abs=1e-9)
    near = drawn_values("closeness", whole, times, Options())
    expected = nx.closeness_centrality(plain)
    assert {n: near[n] * (size - 1) / (left - 1) for n in plain} == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("name", ["reciprocity", "assortativity", "concentration"])
@given(sample=drawn)
@settings(max_examples=60, deadline=None)
def test_numbers_of_a_resample_are_those_of_the_copies(name: str, sample: list[tuple[list[Any], int]]) -> None:
    whole, copied, times = copies(sample)
    scores = MEASURES[name].score(copied, Options())
    ties = tie(whole)
    order = [int(key.partition(":")[2]) for key in ties.exchanges]
    found = MEASURES[name].prepare(ties, Options(), scores)(times[order])
    if not scores.refusal:
        assert found.tolist() == pytest.approx(list(scores.values), abs=1e-9, nan_ok=True)


@given(sample=drawn)
@settings(max_examples=40, deadline=None)
def test_hits_of_the_weights_as_they_are_is_networkx_s(sample: list[tuple[list[Any], int]]) -> None:
    whole, _copied, _times = copies(sample)
    for side in ("hubs", "authorities"):
        scores = centrality.score_hits(side)(whole, Options())
        if not scores.refusal:
            found = drawn_values(side, whole, np.ones(len(sample)), Options())
            assert found == pytest.approx(values(scores), abs=1e-3)
