"""Signature gifts: the categories that a party gives or receives more often than the others do, with care for small counts."""

from __future__ import annotations

from typing import Any

from giftgraph.network.centrality import Array, Options, Statistic
from giftgraph.network.results import Cell, Scores
from giftgraph.network.ties import Ties, read_list

FLOOR = 3  # exchanges below which nothing is said of a category
_SIDES = ("given", "received")
_Z = 1.959963984540054  # 95 % of a normal distribution


def lift(n: float, of: float, others: float, others_of: float) -> float:
    """How much more often: the share n/of over the share others/others_of; with halves added where the others have none.

    >>> lift(3, 6, 10, 40), round(lift(3, 6, 0, 40), 2)
    (2.0, 41.0)
    """
    if n and not others:
        n, of, others, others_of = n + 0.5, of + 1, others + 0.5, others_of + 1
    return (n / of) / (others / others_of) if n else 0.0


def lift_interval(n: int, of: int, others: int, others_of: int) -> tuple[float, float]:
    """The 95 % interval of a lift (Katz et al. 1978), which is wide where counts are small.

    >>> [round(bound, 2) for bound in lift_interval(3, 6, 10, 40)]
    [0.76, 5.24]
    """
    from math import exp, sqrt

    value = lift(n, of, others, others_of)
    if not n:
        return 0.0, float("inf")
    extra = 0.0 if others else 0.5
    spread = sqrt(1 / (n + extra) - 1 / (of + 2 * extra) + 1 / (others + extra) - 1 / (others_of + 2 * extra))
    return value * exp(-_Z * spread), value * exp(_Z * spread)


def _says(n: int, of: int, others: int, others_of: int) -> str:
    if n < FLOOR:
        return "too few to say"
    low, high = lift_interval(n, of, others, others_of)
    return "more than others" if low > 1 else "less than others" if high < 1 else "not clearly different"


def score_signature(network: Any, options: Options) -> Scores:
    """For each category and side: the party's share of exchanges with it over that of all the others."""
    (party,) = options.parties
    if party not in network:
        return Scores((), (), refusal="no exchange of this party is counted")
    kinds: dict[str, tuple[str, ...]] = {}
    mine: tuple[set[str], set[str]] = (set(), set())
    for a, b, key, edge in network.edges(keys=True, data=True):
        kinds[key] = read_list(edge.get("categories", ""))
        for side, end in enumerate((a, b)):
            if end == party:
                mine[side].add(key)
    items, values = [], []
    details: dict[str, list[Cell]] = {name: [] for name in ("side", "n", "of", "others", "others_of", "says")}
    for side, keys in enumerate(mine):
        for category in sorted({category for found in kinds.values() for category in found}):
            holders = {key for key, found in kinds.items() if category in found}
            counts = (len(holders & keys), len(keys), len(holders - keys), len(kinds) - len(keys))
            items.append(category)
            values.append(lift(*counts) if counts[1] and counts[3] else 0.0)
            cells: tuple[Cell, ...] = (_SIDES[side], *counts, _says(*counts) if counts[0] else "")
            for name, cell in zip(details, cells, strict=True):
                details[name].append(cell)
    if not any(values):
        return Scores(
            (), (), refusal="nobody else gave or received anything here, so there is no base rate to compare with"
        )
    notes = (
        "`n` of `of` exchanges of the party have the category, `others` of `others_of` of those without the party on that side; "
        f"the lift is the first share over the second. Below {FLOOR} exchanges nothing is said of it.",
    )
    return Scores(tuple(items), tuple(values), {name: tuple(column) for name, column in details.items()}, notes)


def resample_signature(ties: Ties, options: Options, scores: Scores) -> Statistic:
    """As `score_signature`, on arrays."""
    import numpy as np

    names = sorted({category for found in ties.categories for category in found})
    has = np.array([[name in found for found in ties.categories] for name in names], dtype=float)
    at = ties.nodes.index(options.parties[0])
    sides = [
        np.isin(np.arange(len(ties.exchanges)), ties.exchange[np.isin(ties.pair, np.flatnonzero(ends == at))])
        for ends in (ties.source, ties.target)
    ]

    def compare(times: Array) -> Array:
        found = []
        for mine in sides:
            own, rest = has @ (times * mine), has @ (times * ~mine)
            of, rest_of = float((times * mine).sum()), float((times * ~mine).sum())
            found += [lift(n, of, m, rest_of) if of and rest_of else 0.0 for n, m in zip(own, rest, strict=True)]
        return np.array(found)

    return compare
