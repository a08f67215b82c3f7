"""How far a result holds: counted in the other way, read strictly, and over resamples of the exchanges.

What is drawn anew is the exchange with all its edges (bootstrap, Efron 1979), each time as many as there are, with replacement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from giftgraph.network.centrality import Array, Options
from giftgraph.network.communities import pairs_of
from giftgraph.network.results import Scores, Stability, show_cell
from giftgraph.network.ties import tie

if TYPE_CHECKING:
    from giftgraph.network.measures import Measure

TOP = 10
OTHER = {"person": "polity", "office": "polity", "polity": "person"}
_LISTED = 6


def rank(values: Any) -> Array:
    """The rank of each value, the largest first; equal values share the better rank. Equal is equal to 9 digits.

    >>> rank([0.5, 2.0, 0.5, 0.1]).tolist()
    [2, 1, 2, 4]
    """
    import numpy as np

    values = np.asarray(values, dtype=float)
    largest = np.abs(values).max(initial=0) or 1
    rounded = np.round(values / largest, 9)
    _unique, place, size = np.unique(-rounded, return_inverse=True, return_counts=True)
    return (np.cumsum(size) - size)[place] + 1


def find_top(scores: Scores) -> set[str]:
    """The items of the first ten ranks that have a value; more than ten when the last places are shared."""
    ranks = rank(scores.values)
    return {
        item for item, value, place in zip(scores.items, scores.values, ranks, strict=True) if value and place <= TOP
    }


def first_groups(network: Any, scores: Scores) -> list[str]:
    """The first ten polities by their best party; a party without a polity stands for itself."""
    ordered = sorted(zip(scores.values, scores.items, strict=True), key=lambda pair: (-round(pair[0], 12), pair[1]))
    groups = dict.fromkeys(network.nodes[item].get("polity") or item for value, item in ordered if value)
    return list(groups)[:TOP]


def resample(network: Any, measure: Measure, options: Options, scores: Scores, resamples: int) -> Iterator[Array]:
    """The values of the items in each resample, aligned with the items of `scores`."""
    import numpy as np

    ties = tie(network)
    statistic = measure.prepare(ties, options, scores)
    random = np.random.default_rng(options.seed)
    size = len(ties.exchanges)
    for _ in range(resamples):
        times = np.bincount(random.integers(0, size, size), minlength=size).astype(float)
        yield np.asarray(statistic(times), dtype=float)


def judge(
    measure: Measure,
    network: Any,
    scores: Scores,
    options: Options,
    resamples: int,
    other: tuple[Any, Scores | None],
    strict: tuple[Any, Scores | None],
) -> tuple[Stability, Array]:
    """The stability of a result, and the 5 and 95 % of each item over the resamples: of its rank, or of its value.

    `other` and `strict` are the networks of the other projection and of the records that were read, with their scores or None where
    the measure cannot be asked of them.
    """
    import numpy as np

    drawn = min(resamples, measure.most_resamples)
    ranking = measure.shape == "ranking"
    top = find_top(scores) if ranking else set()
    sampled = list(resample(network, measure, options, scores, drawn))
    kept: float | None = None
    if ranking:
        ranks = [rank(values) for values in sampled]
        among = np.array([item in top for item in scores.items])
        stays = [
            int((among & (places <= TOP) & (values > 0)).sum()) for places, values in zip(ranks, sampled, strict=True)
        ]
        kept = float(np.mean(stays)) if stays else None
        cells = np.array(ranks, dtype=float)
    else:
        cells = np.array(sampled, dtype=float)
    bounds = np.full((2, len(scores.items)), np.nan)
    if drawn:
        told = ~np.isnan(cells).all(axis=0)
        bounds[:, told] = np.nanpercentile(cells[:, told], [5, 95], axis=0, method="nearest")
    lines, other_kept, other_of, strict_kept = [], None, None, None
    if ranking:
        lines.append(_top_words(top))
        here, there = first_groups(network, scores), None
        if other[1] is not None and not other[1].refusal:
            there = first_groups(other[0], other[1])
            other_kept, other_of = len(set(here) & set(there)), len(here)
        lines.append(_other_words(network, other, here, there))
        if strict[1] is not None and not strict[1].refusal:
            strict_kept = len(top & find_top(strict[1]))
    else:
        lines.append(_value_words(f"counted by {OTHER[network.graph['by']]}", scores, other[1], measure))
    read = f"with the records that were read alone ({strict[0].graph['exchanges']:,} of {network.graph['exchanges']:,} exchanges)"
    if strict_kept is not None:
        lines.append(f"{read}, {strict_kept} of the {len(top)} stay in the top {TOP}.")
    else:
        lines.append(_value_words(read, scores, strict[1], measure))
    lines.append(_resample_words(drawn, resamples, kept, len(top), measure))
    if measure.shape == "values":
        lines.append(_shifted_words(scores, bounds))
    words = tuple(line[0].upper() + line[1:] for line in lines if line)
    return Stability(len(top), other_kept, other_of, strict_kept, kept, drawn, words), bounds


def _top_words(top: set[str]) -> str:
    if len(top) > TOP:
        return f"{len(top)} parties share the first {TOP} places."
    return f"only {len(top)} parties have a value, so the top {TOP} is all of them." if len(top) < TOP else ""


def _other_words(network: Any, other: tuple[Any, Scores | None], here: list[str], there: list[str] | None) -> str:
    by = OTHER[network.graph["by"]]
    if other[1] is None:
        return f"not compared with counting by {by}: the groups or parties asked for do not exist there."
    if there is None:
        return f"counted by {by}, there is no number: {other[1].refusal}."
    return (
        f"counted by {by}, {len(set(here) & set(there))} of the first {len(here)} polities are among the first {len(there)} "
        "(parties compared by their polity, each polity at its best party)."
    )


def _value_words(what: str, scores: Scores, found: Scores | None, measure: Measure) -> str:
    if found is None:
        return f"not compared {what.replace('counted', 'with counting', 1)}: the parties asked for are others there."
    if found.refusal:
        return f"{what}, there is no number: {found.refusal}."
    if scores.members:
        here, there = pairs_of(scores), pairs_of(found)
        parties = {party for part in found.members for party in part}
        both = {pair for pair in here if pair[0] in parties and pair[1] in parties}
        words = f"{what}, {len(found.items):,} communities ({len(scores.items):,} here)"
        return words + (
            f"; {len(both & there) / len(both):.0%} of the pairs still there stay together." if both else "."
        )
    known = dict(zip(scores.items, scores.values, strict=True))
    values = dict(zip(found.items, found.values, strict=True))
    if measure.shape == "profile":
        sides = _marked(scores)
        kept = sides & _marked(found)
        return f"{what}, {len(kept)} of {len(sides)} categories that stand out still do."
    shared = [item for item in known if item in values][:_LISTED]
    pairs = [f"{item} {show_cell(round(values[item], 4))} (here {show_cell(round(known[item], 4))})" for item in shared]
    return f"{what}: {', '.join(pairs)}."


def _marked(scores: Scores) -> set[tuple[str, object]]:
    columns = zip(scores.items, scores.details["side"], scores.details["says"], strict=True)
    return {(item, side) for item, side, says in columns if says in ("more than others", "less than others")}


def _resample_words(drawn: int, asked: int, kept: float | None, top: int, measure: Measure) -> str:
    if not drawn:
        return "no resample was drawn (--resamples 0), so nothing is said of chance."
    fewer = f" ({asked} asked for; {measure.name} takes {measure.most_resamples} at most)" if drawn < asked else ""
    if measure.shape == "communities":
        return f"low and high hold 90 % of the shares of pairs that land together in {drawn} resamples of the exchanges{fewer}."
    if kept is None:
        return f"low and high hold 90 % of {drawn} resamples of the exchanges{fewer}."
    return (
        f"{kept:.1f} of the {top} stay in the top {TOP} on average over {drawn} resamples of the exchanges{fewer}; rank_low and "
        "rank_high hold 90 % of a party's ranks in them."
    )


def _shifted_words(scores: Scores, bounds: Array) -> str:
    """What to do with intervals that do not hold their value."""
    columns = zip(scores.items, scores.values, *bounds, strict=True)
    beside = [item for item, value, low, high in columns if value < low or value > high]
    if not beside:
        return ""
    return (
        f"the resamples move {', '.join(beside[:_LISTED])} away from the value, because a resample repeats some exchanges and drops "
        "others: take the width of the interval and not its place."
    )
