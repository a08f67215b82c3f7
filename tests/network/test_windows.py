"""A measure over windows of time: years, terms of office, empty windows, dates too wide for one."""

from __future__ import annotations

import pytest

from giftgraph.dates import read_bounds
from giftgraph.errors import ParameterInvalid
from giftgraph.graph import Graph
from giftgraph.network.centrality import Options
from giftgraph.network.measures import MEASURES
from giftgraph.network.series import follow
from giftgraph.network.windows import join_windows, read_years, restrict, spans_of, split_years
from small_networks import make_network

NETWORK = make_network(
    [
        ("a", "b", "1971"),
        ("a", "b", "1974-05"),
        ("c", "b", "1972"),
        ("a", "c", "1991"),
        ("a", "c", "1969/1971"),
        ("a", "b"),
    ]
)


def test_windows_begin_at_multiples_of_their_years() -> None:
    assert [w.label for w in split_years(spans_of(NETWORK).values(), 5)] == [
        "1965–1969",
        "1970–1974",
        "1975–1979",
        "1980–1984",
        "1985–1989",
        "1990–1994",
    ]


def test_windows_before_year_1_are_named_in_words() -> None:
    assert [w.label for w in split_years([read_bounds("-0044")], 10)] == ["51 BCE–42 BCE"]


def test_windows_of_one_year_are_named_by_it() -> None:
    assert [w.label for w in split_years([read_bounds("1999/2000")], 1)] == ["1999", "2000"]


@pytest.mark.parametrize("text", ["0y", "5", "y", "5 years", "-5y", "99999y", ""])
def test_other_windows_are_refused(text: str) -> None:
    with pytest.raises(ParameterInvalid, match="5y, or tenures"):
        read_years(text)


def test_an_exchange_is_in_a_window_when_all_of_its_date_is() -> None:
    windows = {w.label: w for w in split_years(spans_of(NETWORK).values(), 5)}
    assert restrict(NETWORK, windows["1970–1974"]).graph["exchanges"] == 3  # 1969/1971 lies in two windows, so in none
    assert restrict(NETWORK, windows["1965–1969"]).graph["exchanges"] == 0


def test_a_series_has_a_row_for_each_window_and_party_and_one_for_a_run_of_empty_windows() -> None:
    measure = MEASURES["out-degree"]
    frames = split_years(spans_of(NETWORK).values(), 5)
    columns, rows, notes = follow(measure, NETWORK, measure.score(NETWORK, Options()), Options(), frames, 2)
    assert columns == ("window", "exchanges", "party", "key", "rank", "receivers", "note")
    assert rows == (
        ("1970–1974", 3, "A", "a", 1, 1.0, ""),
        ("1970–1974", 3, "C", "c", 1, 1.0, ""),
        ("1975–1989", 0, None, None, None, None, "no exchange"),
        ("1990–1994", 1, "A", "a", 1, 1.0, ""),
        ("1990–1994", 1, "C", "c", None, 0.0, ""),
    )
    assert any(note.startswith("2 of 6 exchanges have no date that lies in one window") for note in notes)


def test_windows_apart_are_named_by_the_first_and_the_last() -> None:
    first, _between, last = split_years([read_bounds("1970/1984")], 5)
    assert join_windows([first, last]) == "1970–1974 … 1980–1984"


def test_the_exchanges_of_the_windows_and_those_in_none_are_all(graph: Graph) -> None:
    result = graph.measure("in-strength", by="polity", window="50y", top=1, resamples=0)
    counted = dict(zip(result.column("window"), result.column("exchanges"), strict=True))
    outside = next(int(note.split()[0].replace(",", "")) for note in result.notes if "in none" in note)
    assert sum(counted.values()) + outside == result.basis.exchanges


def test_the_strengths_of_a_party_in_the_windows_are_at_most_those_of_the_whole(graph: Graph) -> None:
    series = graph.measure("in-strength", "polity:usa", by="polity", window="10y", resamples=0)
    whole = graph.measure("in-strength", "polity:usa", by="polity", resamples=0)
    assert set(series.column("key")) <= {"polity:usa", None}
    assert 0 < sum(value or 0 for value in series.column("received")) <= whole.column("received")[0]


def test_terms_of_the_heads_of_a_polity_are_windows(graph: Graph) -> None:
    result = graph.measure("in-strength", "polity:usa", by="polity", window="tenures", resamples=0)
    named = [window for window in result.column("window") if window.startswith("Barack Obama")]
    assert named == ["Barack Obama, President of the United States 2009–2017"]
    row = next(row for row in result.rows if row[0] == named[0])
    # What he and his country received between the days of his term, counted from the network itself.
    term = graph.query(
        "SELECT ?first ?last { ?t org:member person:barack-obama ; gift:post office:president-of-the-united-states-usa ; "
        "gift:earliestDay ?first ; gift:latestDay ?last }"
    )[0]
    edges = graph.network(by="polity").in_edges("polity:usa", data=True)
    inside = [
        edge
        for _a, _b, edge in edges
        if edge.get("earliest_day", -(10**9)) >= term.first and edge.get("latest_day", 10**9) <= term.last
    ]
    assert row[result.columns.index("received")] == len(inside) > 5


def test_terms_of_an_office_are_windows_by_holder(graph: Graph) -> None:
    result = graph.measure("out-degree", "President of Russia", window="tenures", resamples=0, top=1)
    assert any(str(window).startswith("Dmitry Medvedev 2008–2012") for window in result.column("window"))


def test_terms_need_somebody_whose_they_are(graph: Graph) -> None:
    with pytest.raises(ParameterInvalid, match="needs a party or an office"):
        graph.measure("out-degree", window="tenures")


def test_communities_have_a_series_of_their_number_and_modularity(graph: Graph) -> None:
    result = graph.measure("communities", by="polity", window="100y", resamples=0)
    assert result.columns == ("window", "exchanges", "number", "value", "note")
    last = [row for row in result.rows if row[0] == "2000–2099"]
    assert [row[2] for row in last] == ["communities", "modularity"]
    assert 0 < last[1][3] < 1


def test_numbers_profiles_and_balances_have_series_too(graph: Graph) -> None:
    numbers = graph.measure("reciprocity", window="100y", resamples=0)
    assert {"edges", "weighted"} <= set(numbers.column("number"))
    profile = graph.measure("signature", "polity:chn", window="100y", resamples=0)
    assert "live-animals" in profile.column("category")
    balance = graph.measure("balance", "polity:rus", "polity:prk", window="5y", resamples=0)
    assert balance.column("window")[0] == "all"
    assert "2020–2024" in balance.column("window")
