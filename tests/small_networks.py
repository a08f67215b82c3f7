"""Networks small enough to work out by hand, in the form that `graph.network()` gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from giftgraph.dates import read_bounds

Tie = tuple[str, str] | tuple[str, str, str]


def make_network(ties: Iterable[Tie], groups: Mapping[str, str] | None = None, **edges: Any) -> nx.MultiDiGraph:
    """One exchange a tie: giver, receiver and, if given, its date. `groups` is both polity and region of a party."""
    return join_exchanges([[tie] for tie in ties], groups, **edges)


def join_exchanges(
    exchanges: Iterable[Iterable[Tie]], groups: Mapping[str, str] | None = None, **edges: Any
) -> nx.MultiDiGraph:
    """Several ties an exchange: the gifts of couples and to couples."""
    network = nx.MultiDiGraph(by="person", start="", end="", version="by hand")
    count = 0
    for number, exchange in enumerate(exchanges):
        ties = list(exchange)
        count += 1
        for giver, receiver, *when in ties:
            days = dict(zip(("earliest_day", "latest_day"), read_bounds(when[0]), strict=True)) if when else {}
            network.add_edge(giver, receiver, key=f"exchange:{number}", share=1 / len(ties), **days, **edges)
    for node, attributes in network.nodes(data=True):
        group = (groups or {}).get(node, "")
        attributes.update(label=node.upper(), kind="person", polity=group, region=group)
    network.graph["exchanges"] = count
    return network
