"""How stable a result is: what is resampled, what the intervals say, and that the shipped data carries all of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from giftgraph.errors import DependencyMissing, ParameterInvalid
from giftgraph.graph import Graph
from giftgraph.network import brokerage
from giftgraph.network.centrality import Options
from giftgraph.network.measures import MEASURES
from giftgraph.network.projection import RULE
from giftgraph.network.results import Scores
from giftgraph.network.stability import find_top, rank, resample
from small_networks import join_exchanges, make_network

PARTIES = {"balance": ("polity:rus", "polity:prk"), "signature": ("polity:chn",)}


def test_equal_values_share_the_better_rank() -> None:
    assert rank([1.0, 3.0, 3.0, 2.0, 1.0 + 1e-15]).tolist() == [4, 1, 1, 3, 4]


def test_the_top_holds_whoever_shares_the_tenth_place_and_nobody_without_a_value() -> None:
    assert len(find_top(Scores(tuple(map(str, range(14))), (5.0,) * 9 + (1.0,) * 3 + (0.0, 0.0)))) == 12


def test_the_ties_of_one_exchange_come_and_go_together() -> None:
    network = join_exchanges([[("husband", "host"), ("wife", "host")], [("x", "host")], [("y", "host")]])
    measure = MEASURES["out-strength"]
    scores = measure.score(network, Options())
    husband, wife = scores.items.index("husband"), scores.items.index("wife")
    drawn = list(resample(network, measure, Options(), scores, 100))
    assert all(values[husband] == values[wife] for values in drawn)
    assert {int(values[wife]) for values in drawn} >= {0, 1, 2}


def test_a_resample_has_as_many_exchanges_as_there_are() -> None:
    network = make_network([("a", "b"), ("a", "c"), ("b", "c"), ("d", "a")])
    measure = MEASURES["out-strength"]
    scores = measure.score(network, Options())
    assert {int(sum(values)) for values in resample(network, measure, Options(), scores, 50)} == {4}


def test_resamples_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    network = make_network([(f"a{n}", f"b{n % 7}") for n in range(40)])
    measure = MEASURES["pagerank"]
    scores = measure.score(network, Options())
    first, again, other = (
        np.array(list(resample(network, measure, Options(seed=seed), scores, 5))) for seed in (1, 1, 2)
    )
    assert (first == again).all()
    assert (first != other).any()


def asked(graph: Graph, name: str, **options: Any) -> Any:
    return graph.measure(name, *PARTIES.get(name, ()), resamples=options.pop("resamples", 20), **options)


@pytest.mark.parametrize("name", MEASURES)
def test_every_result_says_what_it_counted_left_out_and_how_stable_it_is(graph: Graph, name: str) -> None:
    result = asked(graph, name)
    assert result.rows
    assert result.refusal == ""
    assert result.basis.rule == RULE
    text = result.serialize()
    assert all(sentence in text for sentence in RULE)
    assert f"{result.basis.exchanges:,} exchanges behind them" in text
    assert "Left out: " in text
    assert result.stability.resamples == min(20, MEASURES[name].most_resamples)
    assert "resamples of the exchanges" in text
    assert "With the records that were read alone" in text
    assert "ounted by " in text or "ot compared with counting by" in text


def test_what_is_counted_and_left_out_adds_up_to_all_handings_over(graph: Graph) -> None:
    transfers = graph.query("SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x gift:nature ?nature }")[0].n
    for by in ("person", "office", "polity"):
        basis = asked(graph, "in-degree", by=by, start="1950").basis
        assert basis.exchanges + sum(number for _reason, number in basis.left_out) == transfers


def test_strengths_add_up_to_the_edges_and_their_shares_to_the_exchanges(graph: Graph) -> None:
    for name, value in (("in-strength", "received"), ("out-strength", "gave")):
        result = asked(graph, name, top=100_000)
        assert result.more == 0
        assert sum(result.column(value)) == result.basis.edges
        assert sum(result.column("shares")) == pytest.approx(result.basis.exchanges, abs=0.01)


def test_chains_are_the_sum_of_their_roles(graph: Graph) -> None:
    result = asked(graph, "brokerage", by="polity", top=100_000)
    roles = [result.column(role) for role in brokerage.ROLES]
    assert [sum(row) for row in zip(*roles, strict=True)] == result.column("chains")


def test_the_overlaps_are_what_the_other_readings_give(graph: Graph) -> None:
    result = asked(graph, "out-degree", by="polity")
    top = {key for place, key in zip(result.column("rank"), result.column("key"), strict=True) if place <= 10}
    strict = graph.network(by="polity", min_confidence="read", collapse=True).out_degree()
    places = dict(zip(dict(strict), rank(list(dict(strict).values())).tolist(), strict=True))
    assert result.stability.strict == sum(places.get(key, 99) <= 10 for key in top)
    assert result.stability.top == len(top)
    assert 0 < result.stability.other <= result.stability.other_of == 10
    assert 0 < result.stability.kept <= len(top)


def test_rank_intervals_hold_a_party_far_ahead_at_the_first_place(graph: Graph) -> None:
    result = asked(graph, "in-strength", by="polity", top=3, resamples=50)
    low, high = result.column("rank_low"), result.column("rank_high")
    assert all(a <= b for a, b in zip(low, high, strict=True))
    assert (low[0], high[0]) == (1, 1)


def test_fewer_resamples_are_said_and_none_gives_no_interval(graph: Graph) -> None:
    result = asked(graph, "out-degree", resamples=0, top=2)
    assert result.column("rank_low") == [None, None]
    assert any("no resample was drawn" in line.lower() for line in result.stability.lines)


def test_intervals_that_leave_their_value_out_are_said(graph: Graph) -> None:
    lines = asked(graph, "concentration", resamples=100).stability.lines
    assert any("take the width of the interval and not its place" in line and "HHI" in line for line in lines)


def test_the_same_question_gives_the_same_answer(graph: Graph) -> None:
    assert asked(graph, "closeness") == asked(graph, "closeness")


@pytest.mark.parametrize("name", [name for name, known in MEASURES.items() if known.least > 1 and not known.parties])
def test_a_network_too_small_prints_no_number(small_data: Any, name: str) -> None:
    import giftgraph

    result = giftgraph.open(small_data).measure(name)
    assert (result.rows, result.columns) == ((), ())
    assert "No number: 3 parties and 2 exchanges are too few" in result.serialize()
    assert "2 exchanges behind them" in result.serialize()


def test_a_period_without_an_exchange_is_refused_with_the_years_that_are_recorded(small_data: Any) -> None:
    import giftgraph

    with pytest.raises(ParameterInvalid, match="no exchange is counted from 1200 to 1300; recorded are 45 BCE to 1999"):
        giftgraph.open(small_data).measure("in-degree", start="1200", end="1300")


def test_groups_are_for_brokerage_alone(graph: Graph) -> None:
    with pytest.raises(ParameterInvalid, match="brokerage alone"):
        graph.measure("pagerank", groups="region")


def test_a_party_against_itself_is_refused(graph: Graph) -> None:
    with pytest.raises(ParameterInvalid, match="the same party"):
        graph.measure("balance", "Kim Jong Un", "person:kim-jong-un")


def test_a_party_of_another_kind_than_counted_is_refused(graph: Graph) -> None:
    with pytest.raises((ParameterInvalid, LookupError), match="kim-jong-un"):
        graph.measure("signature", "person:kim-jong-un", by="polity")


@pytest.mark.parametrize("library", ["scipy", "numpy"])
def test_a_missing_library_is_named_with_what_brings_it(
    graph: Graph, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    for name in [name for name in sys.modules if name.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(DependencyMissing, match=rf"{library}: pip install 'giftgraph\[network\]'"):
        graph.measure("pagerank")
