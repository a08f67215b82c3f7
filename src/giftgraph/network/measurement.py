"""Asking a measure of the network of gifts: the projection, the values, the stability and the words around them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from giftgraph.dates import display_year_of, read_range
from giftgraph.errors import NameUnknown, ParameterInvalid
from giftgraph.names import AGENT_KINDS, Match, resolve
from giftgraph.network import brokerage, windows
from giftgraph.network.backends import Caller, check_backend
from giftgraph.network.centrality import Options
from giftgraph.network.measures import Measure, find_measure
from giftgraph.network.projection import BY, RULE, describe
from giftgraph.network.results import Basis, Cell, MeasureResult, Scores, Stability
from giftgraph.network.stability import OTHER, judge, rank
from giftgraph.network.ties import need_numbers

if TYPE_CHECKING:
    from giftgraph.graph import Graph

RESAMPLES = 200
SHOWN = 20


def measure(
    graph: Graph,
    name: str,
    *parties: str,
    by: str | None = None,
    start: str | None = None,
    end: str | None = None,
    top: int = SHOWN,
    groups: str | None = None,
    window: str | None = None,
    backend: str | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> MeasureResult:
    """Ask a measure of the network of gifts, with what was counted, what was left out, and how stable the answer is.

    `parties` are names or keys: two for `balance`, one for `signature`; for a ranking they are the rows to show. `window` (`5y`, or
    `tenures` of the first party's heads or of an office) gives a series. Raises ParameterInvalid, NameUnknown, NameAmbiguous,
    DateInvalid or DependencyMissing.

    >>> import giftgraph
    >>> result = measure(giftgraph.open(), "out-strength", by="polity", top=1, resamples=20)
    >>> result.columns
    ('rank', 'party', 'key', 'gave', 'partners', 'shares', 'rank_low', 'rank_high')
    """
    chosen = find_measure(name)
    caller = Caller(check_backend(backend))
    if top < 1 or resamples < 0:
        raise ParameterInvalid("--top must be 1 or more, --resamples 0 or more")
    if groups and (chosen.name != "brokerage" or groups not in brokerage.GROUPS):
        raise ParameterInvalid(f"--groups is for brokerage alone: {' or '.join(brokerage.GROUPS)}")
    if by is not None and by not in BY:
        raise ParameterInvalid(f"by must be one of {', '.join(BY)}, not {by!r}")
    need_numbers()
    named, of_terms, by = _read_parties(graph, chosen, parties, by, window)
    network = graph.network(by=by, start=start, end=end)
    if not network.graph["exchanges"]:
        raise ParameterInvalid(_nothing_there(graph, by, start, end))
    options = Options(
        caller=caller,
        seed=seed,
        groups=groups or ("region" if by == "polity" else "polity"),
        parties=tuple(match.key for match in named),
    )
    spans = list(windows.spans_of(network).values())
    if window == windows.TENURES:
        frames = windows.find_terms(graph, of_terms[0])
    else:
        frames = windows.split_years(spans, windows.read_years(window)) if window else ()
    options = replace(options, windows=frames)
    scores = score(chosen, network, options)
    absent = tuple(f"No exchange of {match.label} is counted here." for match in named if match.key not in network)
    scores = replace(scores, notes=(*_period_notes(network), *absent, *scores.notes))
    if scores.refusal:
        return _refuse(chosen, network, scores, options)
    stability, bounds = _judge(graph, chosen, network, scores, options, resamples, (start, end))
    if frames and chosen.name != "balance":  # whose rows are windows already
        from giftgraph.network.series import follow

        columns, rows, notes = follow(chosen, network, scores, options, frames, top)
        more = 0
    else:
        columns, table = _tabulate(chosen, network, scores, options, bounds)
        more, rows, notes = max(len(table) - top, 0), tuple(table[:top]), ()
    return MeasureResult(
        chosen.name,
        chosen.question,
        chosen.method,
        chosen.caution,
        columns,
        rows,
        more,
        (*scores.notes, *notes, *caller.notes),
        caller.used,
        _basis(network),
        stability,
    )


def score(chosen: Measure, network: Any, options: Options) -> Scores:
    """The scores of a measure on a network, or a refusal in words when the network is too small for it."""
    parties, exchanges = network.number_of_nodes(), network.graph["exchanges"]
    if min(parties, exchanges) < chosen.least and chosen.parties == 0:
        return Scores(
            (),
            (),
            refusal=f"{parties:,} parties and {exchanges:,} exchanges are too few, {chosen.least} of each are needed",
        )
    return chosen.score(network, options)


def _read_parties(
    graph: Graph, chosen: Measure, parties: Sequence[str], by: str | None, window: str | None
) -> tuple[list[Match], list[Match], str]:
    """The parties asked for that are parties of the projection, those whose terms are the windows, and the projection."""
    if window == windows.TENURES and not parties:
        raise ParameterInvalid(
            f"--window {windows.TENURES} needs a party or an office: giftgraph measure {chosen.name} PARTY"
        )
    if chosen.parties and len(parties) != chosen.parties:
        words = "two parties, such as USA Japan" if chosen.parties == 2 else "one party, such as Japan"
        raise ParameterInvalid(f"{chosen.name} needs {words}")
    kinds = {"polity": ("polity", "organization"), "person": AGENT_KINDS, "office": (*AGENT_KINDS, "office")}
    searched = (*AGENT_KINDS, "office") if by is None or window == windows.TENURES else kinds[by]
    found = [_resolve_party(graph, party, searched, chosen.by if by is None else by) for party in parties]
    if by is None:
        terms = window == windows.TENURES and not chosen.parties
        by = _choose_by([match for match in found if not (terms and match.kind == "office")], chosen)
    if chosen.parties == 2 and found[0].iri == found[1].iri:
        raise ParameterInvalid(f"A and B are the same party, {found[0].label}: name two")
    named = [match for match in found if match.kind in kinds[by]]
    others = [match for match in found if match not in named]
    if others and (chosen.parties or window != windows.TENURES):
        raise ParameterInvalid(
            f"{others[0].key} is no party when counting by {by}; choose another --by or another party"
        )
    return named, found, by


def _resolve_party(graph: Graph, text: str, kinds: Sequence[str], by: str) -> Match:
    """The party that a text names; where polities are counted a polity comes before a body of the same name."""
    if by == "polity":
        for name in (
            (f"polity:{text.casefold()}", text) if text.isalpha() and len(text) == 3 else (text,)
        ):  # such as USA
            with suppress(NameUnknown):
                return resolve(graph, name, ("polity",))
    return resolve(graph, text, kinds)


def _choose_by(found: Sequence[Match], chosen: Measure) -> str:
    kinds = {match.kind for match in found}
    if not kinds:
        return chosen.by
    return "office" if "office" in kinds else "polity" if kinds == {"polity"} else "person"


def _nothing_there(graph: Graph, by: str, start: str | None, end: str | None) -> str:
    period = " ".join(part for part in (f"from {start}" if start else "", f"to {end}" if end else "") if part)
    whole = graph.network(by=by) if period else None
    days = [day for span in windows.spans_of(whole).values() for day in span if day is not None] if whole else []
    known = f"; recorded are {display_year_of(min(days))} to {display_year_of(max(days))}" if days else ""
    return f"no exchange is counted {period or 'in this data'}{known}"


def _period_notes(network: Any) -> tuple[str, ...]:
    """How many exchanges only may lie in the period, because their date is wider or open."""
    known = network.graph
    if not known["start"] and not known["end"]:
        return ()
    period = windows.Window("", *read_range(known["start"] or None, known["end"] or None))
    unsure = sum(not period.holds(span) for span in windows.spans_of(network).values())
    return (f"{unsure:,} of {known['exchanges']:,} exchanges may also lie outside of the period.",) if unsure else ()


def _judge(
    graph: Graph,
    chosen: Measure,
    network: Any,
    scores: Scores,
    options: Options,
    resamples: int,
    period: tuple[str | None, str | None],
) -> tuple[Stability, Any]:
    by, (start, end) = network.graph["by"], period
    quiet = replace(options, caller=Caller(options.caller.backend))
    strict = graph.network(by=by, start=start, end=end, min_confidence="read")
    other = graph.network(by=OTHER[by], start=start, end=end)
    elsewhere: Scores | None = None
    same_groups = options.groups != "polity" or OTHER[by] != "polity"
    if not chosen.parties and (chosen.name != "brokerage" or same_groups):
        elsewhere = score(chosen, other, quiet)
    return judge(
        chosen, network, scores, options, resamples, (other, elsewhere), (strict, score(chosen, strict, quiet))
    )


def _basis(network: Any) -> Basis:
    known = network.graph
    left_out = tuple(
        (name.removeprefix("left_out_"), number) for name, number in known.items() if name.startswith("left_out_")
    )
    return Basis(
        known["by"],
        known["start"],
        known["end"],
        known["version"],
        network.number_of_nodes(),
        network.number_of_edges(),
        known["exchanges"],
        left_out,
        describe(network),
        RULE,
    )


def _refuse(chosen: Measure, network: Any, scores: Scores, options: Options) -> MeasureResult:
    stability = Stability(0, None, None, None, None, 0, ())
    return MeasureResult(
        chosen.name,
        chosen.question,
        chosen.method,
        chosen.caution,
        (),
        (),
        0,
        scores.notes,
        options.caller.used,
        _basis(network),
        stability,
        scores.refusal,
    )


def name_item(chosen: Measure, network: Any, item: str) -> str:
    """The words for an item: the label of a party, of a community by its first member, else the item itself."""
    if chosen.shape in ("ranking", "communities"):
        return str(network.nodes[item]["label"])
    return item


def _tabulate(
    chosen: Measure, network: Any, scores: Scores, options: Options, bounds: Any
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The columns and all rows of a result, best first; parties without a value are no rows."""
    from math import isnan

    places = rank(scores.values)
    low, high = ([None if isnan(cell) else float(cell) for cell in side] for side in bounds)
    rows = range(len(scores.items))
    if chosen.shape == "ranking":
        shown = [n for n in rows if scores.values[n]]
        if options.parties:
            shown = [n for n in rows if scores.items[n] in options.parties]
        shown.sort(key=lambda n: (places[n], name_item(chosen, network, scores.items[n])))
        columns = ("rank", "party", "key", chosen.value, *scores.details, "rank_low", "rank_high")
    elif chosen.shape == "profile":
        shown = sorted((n for n in rows if scores.values[n]), key=lambda n: _profile_order(scores, n))
        columns = (chosen.item, chosen.value, *scores.details, "low", "high")
    else:
        shown = list(rows)
        columns = (chosen.item, *(("key",) if chosen.shape == "communities" else ()))
        columns += (chosen.value, *scores.details, "low", "high")
    table: list[tuple[Cell, ...]] = []
    for n in shown:
        item = scores.items[n]
        first: tuple[Cell, ...] = (name_item(chosen, network, item),)
        if chosen.shape == "ranking":
            first = (int(places[n]), *first, item)
        elif chosen.shape == "communities":
            first = (*first, item)
        details = tuple(cells[n] for cells in scores.details.values())
        table.append((*first, _number(scores.values[n]), *details, *(_number(side[n]) for side in (low, high))))
    return columns, table


def _profile_order(scores: Scores, n: int) -> tuple[str, bool, float, str]:
    """Given before received; what is said to differ before what is not; then by lift."""
    says = str(scores.details["says"][n])
    return (str(scores.details["side"][n]), says == "too few to say", -scores.values[n], scores.items[n])


def _number(value: float | None) -> Cell:
    return None if value is None else int(value) if float(value).is_integer() else float(value)
