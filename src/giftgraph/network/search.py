"""The search itself, on any network of gifts: the k shortest chains between two nodes, and what they must not cross.

What is chosen and in which order: of all connections that cross nobody twice, the `count` shortest are chosen; of equally short
ones the better evidenced. They are then ordered by evidence, then length: first the connection whose weakest step is best evidenced,
then the one with fewer steps, then the one whose second weakest step (and so on) is better evidenced, then by the names on the way.
A step is as well evidenced as its best exchange: read in its source before doubtful (secondary) before unchecked, then by the
number of sources. The search is Yen's (1971) for loopless paths, in NetworkX, on the part of the network that can lie on a
connection of that length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from giftgraph.errors import ParameterInvalid
from giftgraph.network.connections import Evidence, LeftOut, weigh

COUNT, AT_MOST, MOST_PARTIES = 5, 6, 6
INSTITUTION, SUMMIT = "institution", "summit"
# Connections looked at beyond those asked for, when many are equally good: what keeps a search between two hubs short.
_WORK = 50


@dataclass(frozen=True)
class Search:
    """What a search found in a network: chains of short names, best first, and what it left out (see PathResult)."""

    chains: tuple[tuple[str, ...], ...]
    more: bool
    cut: bool
    sizes: tuple[int, int]
    distance: int | None
    distance_with_all: int | None
    left_out: LeftOut


def find_connections(
    network: Any,
    a: str,
    b: str,
    *,
    count: int = COUNT,
    at_most: int = AT_MOST,
    most_parties: int = MOST_PARTIES,
    through: Sequence[str] = (),
) -> Search:
    """The connections between two nodes of a network of gifts (a MultiDiGraph as `Graph.network` gives it).

    >>> import networkx as nx
    >>> network = nx.MultiDiGraph([("a", "m"), ("b", "m")])
    >>> find_connections(network, "a", "b").chains
    (('a', 'm', 'b'),)
    """
    large = large_exchanges(network, most_parties)
    institutions = {node for node in find_institutions(network) if node not in (a, b)}
    _check_through(network, through, institutions, large)
    barred = set() if INSTITUTION in through else institutions.difference(through)
    summits = set() if SUMMIT in through else large.difference(through)
    whole, allowed = _simplify(network, set(), set()), _simplify(network, barred, summits)
    for simple in (whole, allowed):
        simple.add_nodes_from((a, b))
    crossed = {key for x, y, key in network.edges(keys=True) if barred.isdisjoint((x, y))}
    only = {key for _x, _y, key in network.edges(keys=True)} - crossed
    left_out = LeftOut(len(barred), len(only), len(summits - only), most_parties)
    distance = _distance(allowed, a, b)
    chains, more, cut = _choose(network, allowed, a, b, distance, count, at_most)
    sizes = (len(_reachable(allowed, a)), len(_reachable(allowed, b)))
    return Search(chains, more, cut, sizes, distance, _distance(whole, a, b), left_out)


def find_institutions(network: Any) -> set[str]:
    """The nodes that join people who have nothing else in common: organizations, and states unless states are what is counted."""
    kinds = {"organization"} if network.graph.get("by") == "polity" else {"organization", "polity"}
    return {node for node, kind in network.nodes(data="kind") if kind in kinds}


def _simplify(network: Any, barred: set[str], summits: set[str]) -> Any:
    """An undirected graph with one edge a pair, which knows its best evidence; in the order of names, so that results repeat."""
    import networkx as nx

    simple = nx.Graph()
    best: dict[tuple[str, str], Evidence] = {}
    for x, y, key, edge in network.edges(keys=True, data=True):
        if x == y or key in summits or x in barred or y in barred:
            continue
        pair = (x, y) if x < y else (y, x)
        best[pair] = max(best.get(pair, Evidence(0, 0)), evidence_of(edge))
    for pair in sorted(best):
        simple.add_edge(*pair, evidence=best[pair])
    return simple


def evidence_of(edge: dict[str, Any]) -> Evidence:
    """The evidence of an edge, by its confidence and its sources."""
    return weigh(edge.get("confidence", ""), len([source for source in edge.get("sources", "").split("; ") if source]))


def large_exchanges(network: Any, most_parties: int) -> set[str]:
    """The keys of the exchanges with more givers and receivers than that."""
    sides: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for x, y, key in network.edges(keys=True):
        sides[key][0].add(x)
        sides[key][1].add(y)
    return {key for key, (givers, receivers) in sides.items() if len(givers) + len(receivers) > most_parties}


def _check_through(network: Any, through: Sequence[str], institutions: set[str], large: set[str]) -> None:
    for name in through:
        if name in (INSTITUTION, SUMMIT) or name in institutions or name in large:
            continue
        is_known = name in network or any(key == name for _x, _y, key in network.edges(keys=True))
        problem = "is not left out" if is_known else "is nothing that is left out"
        raise ParameterInvalid(
            f"{name[:60]!r} {problem}; through takes {INSTITUTION}, {SUMMIT}, or the key of an institution or large exchange"
        )


def _reachable(simple: Any, node: str) -> set[str]:
    import networkx as nx

    return set(nx.node_connected_component(simple, node))


def _distance(simple: Any, a: str, b: str) -> int | None:
    import networkx as nx

    try:
        return int(nx.shortest_path_length(simple, a, b))
    except nx.NetworkXNoPath:
        return None


def pairs_of(chain: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The steps of a chain, as pairs."""
    return pairwise(chain)


def _choose(
    network: Any, simple: Any, a: str, b: str, distance: int | None, count: int, at_most: int
) -> tuple[tuple[tuple[str, ...], ...], bool, bool]:
    """The chains, best first; whether there are more; and whether too many were equally good to look at all.

    The costs are whole numbers so large that one more step always costs more than any weakness, and one weaker step more than all the
    stronger ones that a connection can have: the order of costs is the order of length, then evidence.
    """
    if distance is None or distance > at_most:
        return (), False, False
    weakness = _rank_evidence(simple)
    base = at_most + 1
    step = base ** (len(set(weakness.values())) + 1)
    for x, y in simple.edges:
        simple.edges[x, y]["cost"] = step + base ** weakness[frozenset((x, y))]
    found: list[tuple[int, tuple[str, ...]]] = []
    cut = False
    for limit in range(distance, min(at_most, simple.number_of_nodes() - 1) + 1):
        found, cut = _enumerate(_lens(simple, a, b, limit), a, b, count, limit)
        if len(found) > count:
            break

    def names(chain: tuple[str, ...]) -> list[str]:
        return [str(network.nodes[node].get("label", node)) for node in chain[1:-1]]

    found.sort(key=lambda item: (item[0], names(item[1]), item[1]))
    chosen = [chain for _cost, chain in found[:count]]

    def order(chain: tuple[str, ...]) -> tuple[int, int, list[int], list[str], tuple[str, ...]]:
        weak = sorted((weakness[frozenset(pair)] for pair in pairs_of(chain)), reverse=True)
        return weak[0], len(chain), weak, names(chain), chain

    return tuple(sorted(chosen, key=order)), len(found) > count, cut


def _rank_evidence(simple: Any) -> dict[frozenset[str], int]:
    """For each edge the place of its evidence: 0 is the best that occurs."""
    edges = list(simple.edges(data="evidence"))
    places = {evidence: n for n, evidence in enumerate(sorted({e for _x, _y, e in edges}, reverse=True))}
    return {frozenset((x, y)): places[evidence] for x, y, evidence in edges}


def _lens(simple: Any, a: str, b: str, limit: int) -> Any:
    """The part of a graph that can lie on a connection of at most so many steps."""
    import networkx as nx

    from_a, from_b = (nx.single_source_shortest_path_length(simple, node, cutoff=limit) for node in (a, b))
    far = limit + 1
    part = nx.Graph()
    for x, y, edge in simple.edges(data=True):
        there = from_a.get(x, far) + from_b.get(y, far)
        if min(there, from_a.get(y, far) + from_b.get(x, far)) < limit:
            part.add_edge(x, y, **edge)
    return part


def _enumerate(part: Any, a: str, b: str, count: int, limit: int) -> tuple[list[tuple[int, tuple[str, ...]]], bool]:
    """The best chains with their costs: as many as asked for, one more, and those that are as good as the last one asked for."""
    import networkx as nx

    found: list[tuple[int, tuple[str, ...]]] = []
    for chain in nx.shortest_simple_paths(part, a, b, weight="cost"):
        if len(chain) - 1 > limit:
            return found, False
        cost = sum(part.edges[pair]["cost"] for pair in pairs_of(chain))
        found.append((cost, tuple(chain)))
        if len(found) > count and cost > found[count - 1][0]:
            return found, False
        if len(found) >= count + _WORK:
            return found, True
    return found, False
