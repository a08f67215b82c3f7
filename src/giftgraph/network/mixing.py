"""Numbers about a network as a whole: how much is answered, how much stays in a region, how much comes from few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from giftgraph.network.centrality import Array, Options, Statistic
from giftgraph.network.projection import collapse
from giftgraph.network.results import Scores
from giftgraph.network.ties import Ties

RECIPROCITY = ("edges", "weighted", "beyond chance")
ASSORTATIVITY = ("coefficient", "exchanges within a region")
CONCENTRATION = (
    "HHI",
    "equal to so many givers",
    "Gini",
    "share of the top 1",
    "share of the top 5",
    "share of the top 10",
)


def score_reciprocity(network: Any, options: Options) -> Scores:
    """The share of ties that are answered, the share of exchanges that are, and the first beyond what chance would give."""
    import networkx as nx

    simple = collapse(network)
    edges = simple.number_of_edges()
    if not edges:
        return Scores((), (), refusal="there is no tie that could be answered")
    density = edges / (len(simple) * (len(simple) - 1))
    if density == 1:
        return Scores((), (), refusal="everybody gave to everybody, so there is nothing that chance could not give")
    share = options.caller.call(nx.overall_reciprocity, simple)
    matched = sum(
        min(edge["weight"], simple[b][a]["weight"]) for a, b, edge in simple.edges(data=True) if simple.has_edge(b, a)
    )
    total = sum(edge["weight"] for _a, _b, edge in simple.edges(data=True))
    answered = round(share * edges)
    words = (f"{answered:,} of {edges:,} ties", f"{matched:,} of {total:,} exchanges", f"density {density:.4f}")
    return Scores(RECIPROCITY, (share, matched / total, (share - density) / (1 - density)), {"counts": words})


def resample_reciprocity(ties: Ties, options: Options, scores: Scores) -> Statistic:
    """As `score_reciprocity`, on arrays."""
    import numpy as np

    number = {pair: place for place, pair in enumerate(zip(ties.source.tolist(), ties.target.tolist(), strict=True))}
    back = np.array([number.get((b, a), len(number)) for a, b in number], dtype=np.intp)

    def rate(times: Array) -> Array:
        weights = ties.weigh(times)
        answer = np.append(weights, 0)[back]
        there = weights > 0
        edges = int(there.sum())
        share = (there & (answer > 0)).sum() / edges
        nodes = len(np.unique(np.concatenate((ties.source[there], ties.target[there]))))
        density = edges / (nodes * (nodes - 1))
        beyond = (share - density) / (1 - density) if density < 1 else np.nan
        return np.array([share, np.minimum(weights, answer).sum() / weights.sum(), beyond])

    return rate


def score_assortativity(network: Any, options: Options) -> Scores:
    """Newman's coefficient over regions: 1 when every tie stays in its region, 0 when regions do not matter."""
    import networkx as nx

    simple = collapse(network)
    unknown = [node for node, known in simple.nodes(data=True) if not known.get("region")]
    exchanges = sum(weight for _a, _b, weight in simple.edges(data="weight"))
    simple.remove_nodes_from(unknown)
    ends = {simple.nodes[node]["region"] for edge in simple.edges() for node in edge}
    if len(ends) < 2:
        return Scores((), (), refusal="fewer than two regions have a tie, so nothing can mix")
    value = float(options.caller.call(nx.attribute_assortativity_coefficient, simple, "region"))
    kept = sum(weight for _a, _b, weight in simple.edges(data="weight"))
    within = sum(
        weight for a, b, weight in simple.edges(data="weight") if simple.nodes[a]["region"] == simple.nodes[b]["region"]
    )
    notes: tuple[str, ...] = ()
    if unknown:
        notes = (
            f"{len(unknown):,} parties without a region, and {exchanges - kept:,} exchanges with them, are left out.",
        )
    words = (f"{simple.number_of_edges():,} ties, {len(ends)} regions", f"{within:,} of {kept:,} exchanges")
    return Scores(ASSORTATIVITY, (value, within / kept), {"counts": words}, notes)


def resample_assortativity(ties: Ties, options: Options, scores: Scores) -> Statistic:
    """As `score_assortativity`, on arrays."""
    import numpy as np

    names = sorted({region for region in ties.region if region})
    code = {region: number for number, region in enumerate(names)} | {"": -1}
    of = np.array([code[region] for region in ties.region], dtype=np.intp)
    from_, to = of[ties.source], of[ties.target]
    known = (from_ >= 0) & (to >= 0)
    size = len(names)

    def mix(times: Array) -> Array:
        weights = ties.weigh(times)
        there = known & (weights > 0)
        mixed = np.bincount(from_[there] * size + to[there], minlength=size * size).reshape(size, size).astype(float)
        mixed /= mixed.sum() or 1
        chance = (mixed.sum(axis=0) * mixed.sum(axis=1)).sum()
        coefficient = (np.trace(mixed) - chance) / (1 - chance) if chance < 1 else np.nan
        return np.array([coefficient, weights[there & (from_ == to)].sum() / (weights[known].sum() or 1)])

    return mix


def concentrate(given: Sequence[float]) -> tuple[float, ...]:
    """HHI, its inverse, Gini and the shares of the first 1, 5 and 10 of what each giver gave; only those who gave count.

    >>> [round(value, 3) for value in concentrate([6, 3, 1])]
    [0.46, 2.174, 0.333, 0.6, 1.0, 1.0]
    """
    import numpy as np

    amounts = np.sort(np.asarray(given, dtype=float))
    amounts = amounts[amounts > 0]
    size, total = len(amounts), amounts.sum()
    if not size:
        return (float("nan"),) * len(CONCENTRATION)
    hhi = float(((amounts / total) ** 2).sum())
    gini = float((2 * np.arange(1, size + 1) - size - 1) @ amounts / (size * total))
    return (hhi, 1 / hhi, gini, *(float(amounts[-top:].sum() / total) for top in (1, 5, 10)))


def score_concentration(network: Any, options: Options) -> Scores:
    """How much of all giving comes from few, over the shares of exchanges, which count each exchange once."""
    given = dict(collapse(network).out_degree(weight="share"))
    givers = sum(value > 0 for value in given.values())
    if givers < 2:
        return Scores((), (), refusal="fewer than two parties gave, so giving cannot be concentrated")
    words = f"{givers:,} givers, {sum(given.values()):,.0f} exchanges"
    return Scores(CONCENTRATION, concentrate(list(given.values())), {"counts": (words,) * len(CONCENTRATION)})


def resample_concentration(ties: Ties, options: Options, scores: Scores) -> Statistic:
    """As `score_concentration`, on arrays."""
    import numpy as np

    def measure(times: Array) -> Array:
        return np.array(
            concentrate(np.bincount(ties.source, ties.weigh_shares(times), minlength=len(ties.nodes)).tolist())
        )

    return measure
