"""What two parties gave each other, window by window: who is ahead, and when."""

from __future__ import annotations

from typing import Any

from giftgraph.network.centrality import Array, Options, Statistic
from giftgraph.network.results import Cell, Scores
from giftgraph.network.ties import Ties
from giftgraph.network.windows import Window, split_years

WHOLE = "all"
YEARS = 10
FLOOR = 5  # exchanges below which resamples cannot say how sure a balance is: one exchange is always all of them


def _windows(spans: list[tuple[int | None, int | None]], options: Options) -> list[Window | None]:
    """All exchanges first (None), then each window that holds at least one."""
    windows = options.windows or split_years(spans, YEARS)
    return [None, *(window for window in windows if any(window.holds(span) for span in spans))]


def score_balance(network: Any, options: Options) -> Scores:
    """(given by A − given by B) / both: 1 when only A gave, −1 when only B did, 0 when they are even."""
    a, b = options.parties
    passed: dict[str, tuple[list[bool], tuple[int | None, int | None]]] = {}
    for giver, receiver in ((a, b), (b, a)):
        for key, edge in (network.get_edge_data(giver, receiver) or {}).items():
            span = (edge.get("earliest_day"), edge.get("latest_day"))
            passed.setdefault(key, ([False, False], span))[0][giver == b] = True
    label = {node: network.nodes[node]["label"] if node in network else node for node in (a, b)}
    if not passed:
        return Scores((), (), refusal=f"no exchange between {label[a]} and {label[b]} is counted")
    spans = [span for _sides, span in passed.values()]
    chosen = _windows(spans, options)
    counts = [
        tuple(
            sum(sides[side] for sides, span in passed.values() if window is None or window.holds(span))
            for side in (0, 1)
        )
        for window in chosen
    ]
    outside = sum(not any(window.holds(span) for window in chosen if window) for span in spans)
    ahead: list[Cell] = [counts[0][0] - counts[0][1]]
    for number in range(2, len(chosen) + 1):
        sofar = [sides for sides, span in passed.values() if any(w.holds(span) for w in chosen[1:number] if w)]
        ahead.append(sum(sides[0] - sides[1] for sides in sofar))
    notes = [
        f"A is {label[a]}, B is {label[b]}; `ahead` is A's lead in all windows so far; windows without an exchange are no rows, and "
        f"those with fewer than {FLOOR} have no interval."
    ]
    if outside:
        notes.append(f"{outside:,} exchanges without a date that lies in one window are in the first row alone.")
    return Scores(
        tuple(window.label if window else WHOLE for window in chosen),
        tuple((first - second) / (first + second) for first, second in counts),
        {"A to B": tuple(c[0] for c in counts), "B to A": tuple(c[1] for c in counts), "ahead": tuple(ahead)},
        tuple(notes),
    )


def resample_balance(ties: Ties, options: Options, scores: Scores) -> Statistic:
    """As `score_balance`, on arrays; a window with fewer than FLOOR exchanges or left empty by a resample has no value."""
    import numpy as np

    sides = []
    for giver, receiver in (options.parties, options.parties[::-1]):
        at = {node: number for number, node in enumerate(ties.nodes)}
        pairs = np.flatnonzero((ties.source == at.get(giver, -1)) & (ties.target == at.get(receiver, -1)))
        sides.append(np.isin(np.arange(len(ties.exchanges)), ties.exchange[np.isin(ties.pair, pairs)]))
    both = np.flatnonzero(sides[0] | sides[1])
    chosen = _windows([ties.spans[x] for x in both], options)
    inside = np.array([[window is None or window.holds(ties.spans[x]) for x in both] for window in chosen], dtype=float)

    few = inside.sum(axis=1) < FLOOR

    def weigh(times: Array) -> Array:
        first, second = (inside @ (times * side)[both] for side in sides)
        with np.errstate(invalid="ignore"):
            return np.where(few, np.nan, (first - second) / (first + second))

    return weigh
