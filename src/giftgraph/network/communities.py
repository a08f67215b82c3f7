"""Communities by Louvain, and how often their members land together when chance deals again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from giftgraph.network.centrality import Array, Options, Statistic
from giftgraph.network.projection import collapse
from giftgraph.network.results import Scores
from giftgraph.network.ties import Ties

SEEDS = 20
_NAMED = 5  # members named in a row


def weigh_undirected(network: Any) -> Any:
    """The undirected graph whose weights are the exchanges in either direction."""
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from(network)
    for a, b, weight in collapse(network).edges(data="weight"):
        known = plain.get_edge_data(a, b, {"weight": 0})["weight"]
        plain.add_edge(a, b, weight=known + weight)
    return plain


def share_together(members: Sequence[str], divisions: Sequence[dict[str, int]]) -> float:
    """The share of divisions in which two members land together, on average over all pairs; 1 for a member alone.

    >>> share_together(["a", "b", "c"], [{"a": 0, "b": 0, "c": 1}, {"a": 0, "b": 0, "c": 0}])
    0.6666666666666666
    """
    pairs = len(members) * (len(members) - 1) // 2
    if not pairs:
        return 1.0
    together = sum(
        size * (size - 1) // 2
        for division in divisions
        for size in Counter(division[member] for member in members).values()
    )
    return together / pairs / len(divisions)


def divide(plain: Any, seed: int, options: Options) -> list[set[str]]:
    """The communities of one run of Louvain, largest first."""
    import networkx as nx

    found = options.caller.call(nx.community.louvain_communities, plain, weight="weight", seed=seed)
    return sorted(found, key=lambda part: (-len(part), min(part)))


def number_parts(parts: Sequence[set[str]]) -> dict[str, int]:
    """For each member the number of its community."""
    return {member: number for number, part in enumerate(parts) for member in part}


def score_communities(network: Any, options: Options) -> Scores:
    """The communities of the best of 20 runs by modularity; the value of each is how often two members land together."""
    import networkx as nx

    plain = weigh_undirected(network)
    if not plain.number_of_edges():
        return Scores((), (), refusal="there is no tie, so there are no communities")
    runs = [divide(plain, options.seed + number, options) for number in range(SEEDS)]
    qualities = [nx.community.modularity(plain, run, weight="weight") for run in runs]
    best = max(range(SEEDS), key=lambda number: (qualities[number], -number))
    parts = runs[best]
    divisions = [number_parts(run) for run in runs]
    strength = dict(plain.degree(weight="weight"))
    label = {node: known.get("label", node) for node, known in network.nodes(data=True)}
    ordered = [sorted(part, key=lambda node: (-strength[node], node)) for part in parts]
    sizes = sorted({len(run) for run in runs})
    notes = (
        f"Modularity {qualities[best]:.3f}, the best of {SEEDS} runs ({min(qualities):.3f} to {max(qualities):.3f}); "
        f"{len(parts):,} communities ({sizes[0]:,} to {sizes[-1]:,} in the runs).",
        "A community is named by its member with the most exchanges; `together` is the share of the runs in which two members land "
        "together, on average over all pairs.",
    )
    return Scores(
        tuple(part[0] for part in ordered),
        tuple(share_together(part, divisions) for part in ordered),
        {
            "size": tuple(map(len, ordered)),
            "members": tuple(
                ", ".join(label[node] for node in part[:_NAMED]) + (", …" if len(part) > _NAMED else "")
                for part in ordered
            ),
        },
        notes,
        members=tuple(map(tuple, ordered)),
        numbers=(("communities", float(len(parts))), ("modularity", qualities[best])),
    )


def resample_communities(ties: Ties, options: Options, scores: Scores) -> Statistic:
    """For each community, the share of its pairs that one run of Louvain on the resample puts together."""
    import networkx as nx
    import numpy as np

    number = iter(range(1, 1_000_000))
    place = {node: position for position, node in enumerate(ties.nodes)}

    def together(times: Array) -> Array:
        weights = ties.weigh(times)
        plain = nx.Graph()
        plain.add_nodes_from(range(len(ties.nodes)))
        there = np.flatnonzero(weights)
        for a, b, weight in zip(
            ties.source[there].tolist(), ties.target[there].tolist(), weights[there].tolist(), strict=True
        ):
            plain.add_edge(a, b, weight=plain.get_edge_data(a, b, {"weight": 0})["weight"] + weight)
        parts = nx.community.louvain_communities(plain, weight="weight", seed=options.seed + SEEDS + next(number))
        division = {ties.nodes[member]: part for part, members in enumerate(parts) for member in members}
        alive = {node for node in division if plain.degree(place[node])}
        return np.array([share_together([m for m in part if m in alive], [division]) for part in scores.members])

    return together


def pairs_of(scores: Scores) -> set[tuple[str, str]]:
    """All pairs of parties that share a community."""
    return {pair for part in scores.members for pair in combinations(sorted(part), 2)}
