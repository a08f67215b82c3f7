"""A measure as a series: the same question for each window of time, with the number of exchanges it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from giftgraph.network.centrality import Options
from giftgraph.network.measures import Measure
from giftgraph.network.results import Cell, Scores
from giftgraph.network.stability import rank
from giftgraph.network.windows import Window, join_windows, restrict, spans_of


def follow(
    chosen: Measure, network: Any, scores: Scores, options: Options, frames: Sequence[Window], top: int
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...], tuple[str, ...]]:
    """A row for each window and item: the columns, the rows and notes.

    The items are the parties asked for, else the first `top` of the whole period. A window without an exchange is one row that says
    so, and several of them in a row are one.
    """
    from giftgraph.network.measurement import score

    items = _choose(chosen, scores, options, top)
    item = "number" if scores.numbers else chosen.item
    value = "value" if scores.numbers else chosen.value
    ranking = chosen.shape == "ranking"
    columns = ("window", "exchanges", *(("party", "key", "rank") if ranking else (item,)))
    columns += (*(("side",) if chosen.shape == "profile" else ()), value, "note")
    rows: list[tuple[Cell, ...]] = []
    empty: list[Window] = []
    blank: tuple[Cell, ...] = (None,) * (len(columns) - 3)
    for frame in _trim(network, frames):
        part = restrict(network, frame)
        if not part.graph["exchanges"]:
            empty.append(frame)
            continue
        if empty:
            rows.append((join_windows(empty), 0, *blank, "no exchange"))
            empty = []
        there = score(chosen, part, options)
        if there.refusal:
            rows.append((frame.label, part.graph["exchanges"], *blank, there.refusal))
            continue
        rows += _rows_of(chosen, network, frame.label, part.graph["exchanges"], items, there)
    if empty:
        rows.append((join_windows(empty), 0, *blank, "no exchange"))
    spans = spans_of(network).values()
    outside = sum(not any(frame.holds(span) for frame in frames) for span in spans)
    notes = [
        "The rows are "
        + ("those asked for" if options.parties else f"the first {len(items)} of the whole period")
        + "; ranks are within a window. Few exchanges in a window make its values weak; the stability is that of the whole period."
    ]
    if outside:
        notes.append(f"{outside:,} of {len(spans):,} exchanges have no date that lies in one window, and are in none.")
    return columns, tuple(rows), tuple(notes)


def _trim(network: Any, frames: Sequence[Window]) -> Sequence[Window]:
    """The windows from the first to the last that hold an exchange."""
    spans = list(spans_of(network).values())
    held = [number for number, frame in enumerate(frames) if any(frame.holds(span) for span in spans)]
    return frames[held[0] : held[-1] + 1] if held else frames


Item = tuple[str, str]  # an item, and the side of a profile


def _key(chosen: Measure, scores: Scores, n: int) -> Item:
    return scores.items[n], str(scores.details["side"][n]) if chosen.shape == "profile" else ""


def _choose(chosen: Measure, scores: Scores, options: Options, top: int) -> list[Item]:
    """The items to follow, best first."""
    if scores.numbers:
        return [(name, "") for name, _value in scores.numbers]
    positions = [n for n in range(len(scores.items)) if scores.values[n]]
    if chosen.shape == "ranking" and options.parties:
        return [(item, "") for item in scores.items if item in options.parties]
    if chosen.shape == "values":
        return [(item, "") for item in scores.items]
    if chosen.shape == "profile":
        positions = [n for n in positions if scores.details["says"][n] != "too few to say"]
    positions.sort(key=lambda n: (-scores.values[n], scores.items[n]))
    return [_key(chosen, scores, n) for n in positions[:top]]


def _rows_of(
    chosen: Measure, network: Any, label: str, exchanges: int, items: Sequence[Item], there: Scores
) -> list[tuple[Cell, ...]]:
    if there.numbers:
        return [(label, exchanges, name, value, "") for name, value in there.numbers]
    places = rank(there.values)
    at = {_key(chosen, there, n): n for n in range(len(there.items))}
    rows: list[tuple[Cell, ...]] = []
    for item, side in items:
        n = at.get((item, side))
        value: Cell = None if n is None else float(there.values[n])
        note = "" if n is not None else "not in this window"
        names: tuple[Cell, ...] = (item,)
        if chosen.shape == "ranking":
            names = (str(network.nodes[item]["label"]), item, None if n is None or not value else int(places[n]))
        elif chosen.shape == "profile":
            names = (item, side)
        rows.append((label, exchanges, *names, value, note))
    return rows
