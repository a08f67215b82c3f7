"""Windows of time: years, or the terms of those who held an office; an exchange is in a window when all of its date is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from giftgraph.dates import day_number, display_year_of, display_years, year_of
from giftgraph.errors import ParameterInvalid

if TYPE_CHECKING:
    from giftgraph.graph import Graph
    from giftgraph.names import Match

TENURES = "tenures"
Span = tuple[int | None, int | None]
_YEARS = re.compile(r"([1-9]\d{0,3})y")
_HEADS = "office-kind:head-of-state office-kind:head-of-government office-kind:monarch"


@dataclass(frozen=True)
class Window:
    """A span of days with its name; an open side is None."""

    label: str
    first: int | None
    last: int | None

    def holds(self, span: Span) -> bool:
        """Whether all of a span lies in this window; an open or missing bound never does, unless the window is open there.

        >>> Window("a year", 1, 365).holds((10, 20)), Window("a year", 1, 365).holds((10, None))
        (True, False)
        """
        first, last = span
        after = self.first is None or (first is not None and first >= self.first)
        before = self.last is None or (last is not None and last <= self.last)
        return after and before and (first is not None or last is not None)


def read_years(text: str) -> int:
    """The years of a window such as `5y`. Raises ParameterInvalid.

    >>> read_years("10y")
    10
    """
    match = _YEARS.fullmatch(text.strip())
    if not match:
        raise ParameterInvalid(f"--window {text[:40]!r}: write years such as 5y, or {TENURES}")
    return int(match[1])


def split_years(spans: Iterable[Span], years: int) -> tuple[Window, ...]:
    """The windows of so many years that hold the spans, from the first to the last, beginning at multiples of `years`.

    >>> [window.label for window in split_years([(day_number(1999, 2, 1), day_number(2004, 1, 1))], 5)]
    ['1995–1999', '2000–2004']
    """
    known = [day for span in spans for day in span if day is not None]
    if not known:
        return ()
    start = year_of(min(known)) // years * years
    windows: list[Window] = []
    for year in range(start, year_of(max(known)) + 1, years):
        first, last = day_number(year, 1, 1), day_number(year + years - 1, 12, 31)
        a, b = display_year_of(first), display_year_of(last)
        windows.append(Window(a if years == 1 else f"{a}–{b}", first, last))
    return tuple(windows)


def find_terms(graph: Graph, party: Match) -> tuple[Window, ...]:
    """The terms of those who held an office, or who headed the state or government of a party's polity, in order of their beginning.

    Raises ParameterInvalid when none is dated.
    """
    if party.kind == "office":
        chosen = f"BIND(<{party.iri}> AS ?post)"
    else:
        polity = "" if party.kind == "polity" else f"<{party.iri}> gift:ofPolity ?polity . "
        subject = f"<{party.iri}>" if party.kind == "polity" else "?polity"
        chosen = f"VALUES ?kind {{ {_HEADS} }} {polity}?post gift:ofPolity {subject} ; gift:officeKind ?kind ."
    rows = graph.query(
        f"""SELECT DISTINCT ?name ?office ?start ?end ?first ?last {{ {chosen}
        ?tenure gift:post ?post ; org:member ?person ; gift:earliestDay ?first . ?person rdfs:label ?name . ?post rdfs:label ?office
        OPTIONAL {{ ?tenure gift:startEDTF ?start }} OPTIONAL {{ ?tenure gift:endEDTF ?end }}
        OPTIONAL {{ ?tenure gift:latestDay ?last }} }} ORDER BY ?first ?name ?office"""
    )
    windows = []
    for row in rows:
        if row["last"] is None and row["end"] != "..":
            continue  # an unknown end holds nothing
        years = display_years(row["start"], row["end"])
        title = "" if party.kind == "office" else f", {row['office']}"
        windows.append(Window(f"{row['name']}{title} {years}", row["first"], row["last"]))
    if not windows:
        raise ParameterInvalid(
            f"no dated term is known for {party.label!r}; name an office or a polity with known holders"
        )
    return tuple(windows)


def restrict(network: Any, window: Window) -> Any:
    """The exchanges of a network whose date lies in a window, with their parties.

    What the network says of itself stays, but for the number of exchanges.
    """
    edges = [
        (a, b, key)
        for a, b, key, edge in network.edges(keys=True, data=True)
        if window.holds((edge.get("earliest_day"), edge.get("latest_day")))
    ]
    part = network.edge_subgraph(edges).copy()
    part.graph["exchanges"] = len({key for _a, _b, key in edges})
    return part


def spans_of(network: Any) -> dict[str, Span]:
    """The first and last day of each exchange of a network."""
    return {
        key: (edge.get("earliest_day"), edge.get("latest_day"))
        for _a, _b, key, edge in network.edges(keys=True, data=True)
    }


def join_windows(frames: Sequence[Window]) -> str:
    """The name of a run of windows: of their years where one follows the other, else of the first and the last.

    >>> join_windows(split_years([(day_number(1999, 2, 1), day_number(2008, 1, 1))], 5))
    '1995–2009'
    """
    first, last = frames[0], frames[-1]
    if len(frames) == 1:
        return first.label
    adjoin = all(a.last is not None and b.first == a.last + 1 for a, b in pairwise(frames))
    if adjoin and first.first is not None and last.last is not None:
        return f"{display_year_of(first.first)}–{display_year_of(last.last)}"
    return f"{first.label} … {last.label}"
