"""What measuring a network of the size of a register costs, side by side with NetworkX's own functions, in one run.

The candidates run in turn in one process (a b a b …); medians and the ratio of medians are printed, and the exit code is 1 when a
limit is missed. `--write` puts the table of backends into docs/reference/measures.md.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from synthetic import EXCHANGES, NODES, make_exchanges, make_network

from giftgraph.network import centrality, communities
from giftgraph.network.backends import Caller, installed_backends
from giftgraph.network.centrality import Options
from giftgraph.network.measures import MEASURES
from giftgraph.network.projection import collapse
from giftgraph.network.reference import replace_measured
from giftgraph.network.stability import resample
from giftgraph.network.ties import tie

LIMIT = 1.3
PAGE = Path(__file__).parent.parent / "docs" / "reference" / "measures.md"
SERVED = ("pagerank", "hubs", "betweenness", "closeness", "k-core", "communities")


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """How long one call takes."""
    started = clock()
    work()
    return clock() - started


def compare(rounds: int, *works: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """The median of each, run in turn; with several rounds the first only warms up."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(rounds + (rounds > 1)):
        for known, work in zip(times, works, strict=True):
            taken = seconds(work, clock)
            if number or rounds == 1:
                known.append(taken)
    return [statistics.median(known) for known in times]


def words(taken: float) -> str:
    """A duration for a reader."""
    return f"{taken * 1000:.0f} ms" if taken < 1 else f"{taken:.1f} s"


class Report:
    """Prints a line a comparison and remembers whether every limit was kept."""

    def __init__(self) -> None:
        self.kept = True

    def line(self, what: str, value: str, limit: str = "", kept: bool = True) -> None:
        self.kept = self.kept and kept
        verdict = f"   limit {limit:<8} {'kept' if kept else 'MISSED'}" if limit else ""
        print(f"{what:<72} {value:>34}{verdict}", flush=True)

    def ratio(self, what: str, ours: float, theirs: float) -> None:
        value = f"{words(ours)} / {words(theirs)} = {ours / theirs:.2f}"
        self.line(what, value, f"{LIMIT:.2f}", ours <= LIMIT * theirs)


def against_networkx(report: Report, network: Any, rounds: int) -> None:
    """The three measures with a limit, each against NetworkX's own function with the same parameters on the same graph.

    Both sides run on one core, so what is compared is the time of the processor: other programs do not weigh on one side alone.
    """
    options, size = Options(), len(network)
    tolerance = 1e-12 / size
    ours, theirs = compare(
        rounds,
        lambda: centrality.score_pagerank(network, options),
        lambda: nx.pagerank(network, tol=tolerance, max_iter=1000, weight=None),
        clock=time.process_time,
    )
    report.ratio("PageRank, to 1e-12 / nx.pagerank", ours, theirs)
    plain = communities.weigh_undirected(network)
    whole, theirs = compare(
        1,
        lambda: communities.score_communities(network, options),
        lambda: [nx.community.louvain_communities(plain, seed=options.seed + n) for n in range(communities.SEEDS)],
        clock=time.process_time,
    )
    report.ratio(f"communities, {communities.SEEDS} runs / as many nx.louvain_communities", whole, theirs)
    simple = centrality.undirect(network)
    sampled: list[Any] = []
    ours, theirs = compare(
        1,
        lambda: sampled.append(centrality.score_betweenness(network, options)),
        lambda: nx.betweenness_centrality(simple, k=512, seed=1),
        clock=time.process_time,
    )
    report.ratio("betweenness, sampled from 512 / nx.betweenness_centrality(k=512)", ours, theirs)
    largest = max(range(len(network)), key=lambda n: sampled[0].values[n])
    report.line(
        "the largest betweenness and its standard error",
        f"{sampled[0].values[largest]:.4f} ± {sampled[0].details['error'][largest]:.4f}",
    )


def bootstrap(report: Report, network: Any) -> None:
    """200 resamples of PageRank, and that it is NetworkX's on the weights as they are."""
    measure, options = MEASURES["pagerank"], Options()
    scores = measure.score(network, options)
    taken = seconds(lambda: list(resample(network, measure, options, scores, 200)))
    report.line("200 resamples of PageRank", words(taken), "10 s", taken < 10)
    ties = tie(network)
    ours = measure.prepare(ties, options, scores)(np.ones(len(ties.exchanges)))
    apart = float(np.abs(ours - np.array(scores.values)).max())
    report.line("its largest difference from nx.pagerank", f"{apart:.1e}", "1e-6", apart < 1e-6)


def with_backends(report: Report, network: Any) -> list[tuple[str, str, str, str]]:
    """Each measure by NetworkX and by every installed backend: measure, backend, seconds and how much faster, in words."""
    rows = []
    small = make_network(300, 900)
    for name in SERVED:
        score = MEASURES[name].score
        score(small, Options())  # loads what it needs
        (plain,) = compare(1, lambda score=score: score(network, Options()))  # type: ignore[misc]
        rows.append((name, "networkx", words(plain), ""))
        report.line(f"{name} by NetworkX", words(plain))
        for backend in installed_backends()[1:]:
            tried = Caller(backend)
            score(small, Options(caller=tried))
            if tried.notes:
                rows.append((name, backend, "", tried.notes[0]))
                report.line(f"{name} by {backend}", "computed by NetworkX")
                continue
            caller = Caller(backend)
            first, again = (
                seconds(lambda score=score, caller=caller: score(network, Options(caller=caller)))  # type: ignore[misc]
                for _ in range(2)
            )
            said = f"{plain / first:.1f} times as fast"
            if plain / again > 1.5 * plain / first:
                said += f"; {plain / again:.1f} times when the graph has been converted already"
            rows.append((name, backend, words(first), said))
            report.line(f"{name} by {backend}", f"{words(first)}, {said}")
    return rows


def light_network(times: int) -> Any:
    """A network of so many times the size, with nothing on its edges but what measures need."""
    network = nx.MultiDiGraph(by="person", exchanges=EXCHANGES * times)
    for number, exchange in enumerate(make_exchanges(NODES * times, EXCHANGES * times)):
        share = 1 / (len(exchange.givers) * len(exchange.receivers))
        network.add_edges_from((a, b, number, {"share": share}) for a in exchange.givers for b in exchange.receivers)
    return network


def growth(report: Report, scales: Sequence[int]) -> None:
    """How the cost grows with the size of the network."""
    for times in scales:
        network = light_network(times)
        what = f"{times}x: {len(network):,} parties, {EXCHANGES * times:,} exchanges"
        for name in ("in-strength", "pagerank"):
            measure, options = MEASURES[name], Options()
            (taken,) = compare(1, lambda: measure.score(network, options))  # noqa: B023
            scores = measure.score(network, options)
            statistic = measure.prepare(tie(network), options, scores)
            random = np.random.default_rng(0)
            size = EXCHANGES * times

            def draw() -> None:
                statistic(np.bincount(random.integers(0, size, size), minlength=size).astype(float))  # noqa: B023

            (again,) = compare(5, draw)
            report.line(f"{what}: {name}, one resample", f"{words(taken)}, {words(again)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="measured rounds of each quick comparison (default: 9)")
    parser.add_argument(
        "--scales", type=int, nargs="*", default=[1, 10, 50], help="sizes of the growth (default: 1 10 50)"
    )
    parser.add_argument(
        "--write", action="store_true", help="put the table of backends into docs/reference/measures.md"
    )
    options = parser.parse_args()
    report, network = Report(), make_network()
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, NetworkX {nx.__version__}; "
        f"{len(network):,} parties, {EXCHANGES:,} exchanges, {network.number_of_edges():,} edges, "
        f"{len(collapse(network).edges):,} pairs\n"
    )
    against_networkx(report, network, options.rounds)
    bootstrap(report, network)
    rows = with_backends(report, network)
    if options.write:
        replace_measured(PAGE, rows, f"NetworkX {nx.__version__}, {len(network):,} parties, {EXCHANGES:,} exchanges")
    growth(report, options.scales)
    return 0 if report.kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
