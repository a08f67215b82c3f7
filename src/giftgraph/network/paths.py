"""How two parties are connected: the k shortest chains of exchanges, each step crossed either way, ordered by evidence.

What is chosen and in which order: of all connections that cross nobody twice, the `count` shortest are chosen; of equally short ones
the better evidenced. They are then ordered by evidence, then length: first the connection whose weakest step is best evidenced, then
the one with fewer steps, then the one whose second weakest step (and so on) is better evidenced, then by the names on the way. A step
is as well evidenced as its best exchange: read at the source before a secondary account before unchecked, then by the number of sources.
The search is Yen's (1971) for loopless paths, in NetworkX, on the part of the network that can lie on a connection of that length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from giftgraph.dates import Bounds, display, iso_date, read_range
from giftgraph.draw.model import Line, Party
from giftgraph.errors import ParameterInvalid
from giftgraph.names import AGENT_KINDS, Match, candidates, refuse_ambiguous
from giftgraph.network.connections import Connection, Evidence, Exchange, LeftOut, Node, PathResult, Step, weigh
from giftgraph.network.projection import describe
from giftgraph.vocabulary import PREFIXES, shorten

if TYPE_CHECKING:
    from giftgraph.graph import Graph

COUNT, AT_MOST, MOST_PARTIES = 5, 6, 6
# Connections looked at beyond those asked for, when many are equally good: what keeps a search between two hubs short.
_WORK = 200
_HIGHEST = 100
_INSTITUTION, _SUMMIT = "organization", "summit"
_KINDS_BY = {"person": AGENT_KINDS, "office": ("office", *AGENT_KINDS), "polity": ("polity",)}


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


def find_path(
    graph: Graph,
    a: str,
    b: str,
    *,
    count: int = COUNT,
    at_most: int = AT_MOST,
    most_parties: int = MOST_PARTIES,
    through: Collection[str] = (),
    by: str = "person",
    start: str | None = None,
    end: str | None = None,
) -> PathResult:
    """How A and B are connected by gifts: at most `count` connections of at most `at_most` steps, best evidenced first.

    No connection leads through an institution (an organization) or through an exchange of more than `most_parties` givers and
    receivers, unless `through` names them: `organization`, `summit`, or the key of one (`organization:…`, `exchange:…`). A and B may be
    institutions. Unnamed parties connect nobody. That there is no connection is an answer, not an error.
    Raises NameUnknown, NameAmbiguous, DateInvalid, or ParameterInvalid, also when A and B are the same.

    >>> import giftgraph
    >>> best = find_path(giftgraph.open(), "Albright", "Putin").connections[0]
    >>> [node.label for node in best.nodes]
    ['Madeleine Albright', 'Kim Jong Il', 'Vladimir Putin']
    """
    through = (through,) if isinstance(through, str) else tuple(through)
    _check_numbers(count=count, at_most=at_most, most_parties=most_parties)
    when = read_range(start, end)
    network = graph.network(by=by, start=start, end=end)
    ends = _resolve(graph, network, (a, b), by)
    keys = [shorten(match.iri) for match in ends]
    found = find_connections(
        network, keys[0], keys[1], count=count, at_most=at_most, most_parties=most_parties, through=through
    )
    links = _group_edges(network, {frozenset(pair) for chain in found.chains for pair in _pairs(chain)})
    if not through or _SUMMIT not in through:
        links = _drop_summits(links, _large_exchanges(network, most_parties) - set(through))
    lines = _collect_lines(graph, network, links, by)
    known = {match.key: Node(shorten(match.iri), match.label, match.kind) for match in ends}
    first, last = (_node(network, key, known) for key in keys)
    return PathResult(
        first,
        last,
        tuple(_connect(network, chain, links, lines) for chain in found.chains),
        at_most,
        found.more,
        found.cut,
        found.sizes,
        found.distance,
        found.distance_with_all,
        found.left_out,
        by,
        _period(when),
        graph.version,
        describe(network),
        tuple(line for group in lines.values() for line in group),
    )


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
    large = _large_exchanges(network, most_parties)
    institutions = {node for node, kind in network.nodes(data="kind") if kind == _INSTITUTION and node not in (a, b)}
    _check_through(network, through, institutions, large)
    barred = set() if _INSTITUTION in through else institutions.difference(through)
    summits = set() if _SUMMIT in through else large.difference(through)
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


def _simplify(network: Any, barred: set[str], summits: set[str]) -> Any:
    """An undirected graph with one edge a pair, which knows its best evidence; in the order of names, so that results repeat."""
    import networkx as nx

    simple = nx.Graph()
    best: dict[tuple[str, str], Evidence] = {}
    for x, y, key, edge in network.edges(keys=True, data=True):
        if x == y or key in summits or x in barred or y in barred:
            continue
        pair = (x, y) if x < y else (y, x)
        best[pair] = max(best.get(pair, Evidence(0, 0)), _evidence(edge))
    for pair in sorted(best):
        simple.add_edge(*pair, evidence=best[pair])
    return simple


def _evidence(edge: dict[str, Any]) -> Evidence:
    return weigh(edge.get("confidence", ""), len([source for source in edge.get("sources", "").split("; ") if source]))


def _large_exchanges(network: Any, most_parties: int) -> set[str]:
    sides: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for x, y, key in network.edges(keys=True):
        sides[key][0].add(x)
        sides[key][1].add(y)
    return {key for key, (givers, receivers) in sides.items() if len(givers) + len(receivers) > most_parties}


def _check_through(network: Any, through: Sequence[str], institutions: set[str], large: set[str]) -> None:
    for name in through:
        if name in (_INSTITUTION, _SUMMIT) or name in institutions or name in large:
            continue
        is_known = name in network or any(key == name for _x, _y, key in network.edges(keys=True))
        problem = "is not left out" if is_known else "is nothing that is left out"
        raise ParameterInvalid(
            f"{name[:60]!r} {problem}; through takes {_INSTITUTION}, {_SUMMIT}, or the key of an organization or large exchange"
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


def _pairs(chain: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(chain, chain[1:], strict=False)


def _choose(
    network: Any, simple: Any, a: str, b: str, distance: int | None, count: int, at_most: int
) -> tuple[tuple[tuple[str, ...], ...], bool, bool]:
    """The chains, best first; whether there are more; and whether too many were equally good to look at all.

    The steps are counted in whole numbers so large that one more step always costs more than any weakness, and one weaker step more than
    all the stronger ones that a connection can have: the order of costs is the order of length, then evidence.
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
        weak = sorted((weakness[frozenset(pair)] for pair in _pairs(chain)), reverse=True)
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
    near = {node for node, steps in from_a.items() if steps + from_b.get(node, limit + 1) <= limit}
    part = nx.Graph()
    part.add_edges_from((x, y, edge) for x, y, edge in simple.edges(data=True) if x in near and y in near)
    return part


def _enumerate(part: Any, a: str, b: str, count: int, limit: int) -> tuple[list[tuple[int, tuple[str, ...]]], bool]:
    """The best chains with their costs: as many as asked for, one more, and those that are as good as the last one asked for."""
    import networkx as nx

    found: list[tuple[int, tuple[str, ...]]] = []
    for chain in nx.shortest_simple_paths(part, a, b, weight="cost"):
        if len(chain) - 1 > limit:
            return found, False
        cost = sum(part.edges[pair]["cost"] for pair in _pairs(chain))
        found.append((cost, tuple(chain)))
        if len(found) > count and cost > found[count - 1][0]:
            return found, False
        if len(found) >= count + _WORK:
            return found, True
    return found, False


def _check_numbers(**numbers: int) -> None:
    for name, number in numbers.items():
        low = 2 if name == "most_parties" else 1
        if not low <= number <= _HIGHEST:
            raise ParameterInvalid(f"{name} must be from {low} to {_HIGHEST}, not {number}")


def _resolve(graph: Graph, network: Any, texts: tuple[str, str], by: str) -> list[Match]:
    found = [candidates(graph, text, _KINDS_BY[by]) for text in texts]
    unclear = [(text, matches) for text, matches in zip(texts, found, strict=True) if len(matches) > 1]
    if unclear:
        raise refuse_ambiguous(*unclear)
    a, b = (matches[0] for matches in found)
    if a.iri == b.iri:
        raise ParameterInvalid(f"{texts[0]!r} and {texts[1]!r} are both {a.label}; name two different parties")
    for match in (a, b):
        if by == "office" and match.kind == "person" and shorten(match.iri) not in network:
            raise ParameterInvalid(_name_offices(graph, network, match))
    return [a, b]


def _name_offices(graph: Graph, network: Any, person: Match) -> str:
    rows = graph.query(
        f"SELECT DISTINCT ?office {{ ?t org:member <{person.iri}> ; gift:post ?office }} ORDER BY ?office"
    )
    held = [key for key in (shorten(str(row[0])) for row in rows) if key in network]
    hint = f"name an office: {', '.join(held[:5])}" if held else "count by person"
    return f"counted by office, {person.label} is no party as a person; {hint}"


def _group_edges(network: Any, pairs: Collection[frozenset[str]]) -> dict[frozenset[str], list[tuple[str, str, Any]]]:
    """The exchanges between each pair that a connection uses, best evidenced first: giver, receiver and attributes."""
    links: dict[frozenset[str], list[tuple[str, str, Any]]] = {pair: [] for pair in pairs}
    for x, y, key, edge in network.edges(keys=True, data=True):
        if (pair := frozenset((x, y))) in links:
            links[pair].append((x, y, edge | {"exchange": key}))
    for edges in links.values():
        edges.sort(
            key=lambda item: (
                *(-n for n in _evidence(item[2])),
                item[2].get("earliest_day", 10**9),
                item[2]["exchange"],
                item[0],
            )
        )
    return links


def _drop_summits(
    links: dict[frozenset[str], list[tuple[str, str, Any]]], summits: set[str]
) -> dict[frozenset[str], list[tuple[str, str, Any]]]:
    return {pair: [item for item in edges if item[2]["exchange"] not in summits] for pair, edges in links.items()}


def _expand(key: str) -> str:
    prefix, _colon, slug = key.partition(":")
    return f"{PREFIXES[prefix]}{slug}" if prefix in PREFIXES else key


def _collect_lines(
    graph: Graph, network: Any, links: dict[frozenset[str], list[tuple[str, str, Any]]], by: str
) -> dict[str, list[Line]]:
    """The lines of every exchange that a connection uses, by the key of the exchange."""
    from giftgraph.draw.collect import collect_lines

    used = {edge["exchange"]: (giver, receiver, edge) for edges in links.values() for giver, receiver, edge in edges}
    lines: dict[str, list[Line]] = {key: [] for key in sorted(used)}
    for line in collect_lines(graph, [_expand(key) for key in lines], by, Bounds(None, None)):
        lines[shorten(line.exchange)].append(line)
    for key, found in lines.items():
        if not found:
            found.append(_bare_line(network, *used[key]))
    return lines


def _bare_line(network: Any, giver: str, receiver: str, edge: Any) -> Line:
    """The line of an exchange that names no gift."""
    sides = [
        (Party(_expand(key), network.nodes[key]["label"], network.nodes[key]["kind"]),) for key in (giver, receiver)
    ]
    words = display(edge["date"]) if edge["date"] else "no date stated"
    days = edge.get("earliest_day"), edge.get("latest_day")
    iri = _expand(edge["exchange"])
    return Line(iri, iri, edge["label"], "other", "Other", "gift", edge["date"], words, *days, *sides)


def _node(network: Any, key: str, known: dict[str, Node]) -> Node:
    if key in network:
        attributes = network.nodes[key]
        return Node(key, attributes["label"], attributes["kind"])
    return known[key]


def _connect(
    network: Any,
    chain: Sequence[str],
    links: dict[frozenset[str], list[tuple[str, str, Any]]],
    lines: dict[str, list[Line]],
) -> Connection:
    steps = []
    for pair in _pairs(chain):
        exchanges = tuple(_exchange(x, y, edge, lines[edge["exchange"]]) for x, y, edge in links[frozenset(pair)])
        steps.append(Step(_node(network, pair[0], {}), _node(network, pair[1], {}), exchanges))
    return Connection(tuple(steps))


def _exchange(giver: str, receiver: str, edge: Any, lines: list[Line]) -> Exchange:
    own = [line for line in lines if not line.is_claim]
    return Exchange(
        edge["exchange"],
        edge["label"],
        giver,
        receiver,
        own[0].direction,
        tuple(line.label for line in own),
        edge["date"],
        own[0].date_words,
        edge["confidence"],
        _evidence(edge).sources,
        own[0].sources,
    )


def _period(when: Bounds) -> str:
    if when == Bounds(None, None):
        return ""
    return f"{iso_date(when.earliest_day) or '…'} to {iso_date(when.latest_day) or '…'}"
