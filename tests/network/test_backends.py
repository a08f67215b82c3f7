"""NetworkX's dispatch: the same numbers from every backend, and a note where one cannot."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from giftgraph.errors import ParameterInvalid
from giftgraph.graph import Graph
from giftgraph.network.backends import Caller, check_backend, installed_backends
from giftgraph.network.centrality import Options
from giftgraph.network.measures import MEASURES

SERVED = {
    "rustworkx": ("pagerank", "hubs", "authorities", "betweenness", "closeness", "k-core"),
    "parallel": ("betweenness",),
}
CASES = [(backend, name) for backend, names in SERVED.items() for name in names]


def with_backend(name: str) -> str:
    if name not in installed_backends():
        pytest.skip(f"nx-{name} is not installed")
    return name


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("backend", "name"), CASES)
@pytest.mark.parametrize("by", ["person", "polity"])
def test_a_backend_gives_networkx_s_numbers(graph: Graph, backend: str, name: str, by: str) -> None:
    network = graph.network(by=by)
    caller = Caller(with_backend(backend))
    plain = MEASURES[name].score(network, Options())
    other = MEASURES[name].score(network, Options(caller=caller))
    assert other.items == plain.items
    assert max(abs(a - b) for a, b in zip(plain.values, other.values, strict=True)) < 1e-9
    # nx-parallel 0.3 does not load with NetworkX 3.5 and later; then NetworkX computes and the note says so.
    assert caller.used == f"the backend {backend}" or "failed at" in " ".join(caller.notes)


@pytest.mark.parametrize("name", ["communities", "assortativity"])
def test_what_a_backend_has_not_is_computed_by_networkx_with_a_note(graph: Graph, name: str) -> None:
    backend = with_backend("rustworkx")
    result = graph.measure(name, by="polity", backend=backend, resamples=0)
    assert result.backend == "NetworkX"
    assert any(note.startswith("The backend rustworkx has no ") for note in result.notes)
    assert result.rows == graph.measure(name, by="polity", resamples=0).rows


def test_a_call_that_a_backend_refuses_is_computed_by_networkx_with_a_note() -> None:
    caller = Caller(with_backend("rustworkx"))
    found = caller.call(nx.betweenness_centrality, nx.path_graph(6), k=3, seed=1)
    assert found == nx.betweenness_centrality(nx.path_graph(6), k=3, seed=1)
    assert caller.notes == (
        "The backend rustworkx cannot compute betweenness_centrality in this way; NetworkX computed it.",
    )


def test_who_computed_is_part_of_the_result(graph: Graph) -> None:
    backend = with_backend("rustworkx")
    assert graph.measure("k-core", backend=backend, resamples=0).backend == "the backend rustworkx"
    assert graph.measure("k-core", resamples=0).backend == "NetworkX"


@pytest.mark.parametrize("name", ["cugraph-of-elsewhere", "NetworkX", " "])
def test_an_unknown_backend_is_answered_with_the_installed_ones(name: str) -> None:
    with pytest.raises(ParameterInvalid, match=r"installed: networkx"):
        check_backend(name)


def test_an_error_of_networkx_is_not_hidden_by_a_backend() -> None:
    caller = Caller(with_backend("rustworkx"))
    graph: Any = nx.DiGraph([(1, 2), (2, 3)])
    with pytest.raises(nx.PowerIterationFailedConvergence):
        caller.call(nx.pagerank, graph, max_iter=1, tol=1e-15)


def test_a_graph_that_was_converted_before_is_used_again_without_a_warning(graph: Graph) -> None:
    network = graph.network(by="polity")
    caller = Caller(with_backend("rustworkx"))
    first, second = (caller.call(nx.pagerank, network, weight=None) for _ in range(2))
    assert first == second
