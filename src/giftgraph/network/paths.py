"""How two parties are connected by gifts: from names to chains of exchanges with their sources (`search` says in which order)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from giftgraph.dates import Bounds, display, iso_date, read_range
from giftgraph.draw.model import Line, Party
from giftgraph.errors import ParameterInvalid
from giftgraph.names import AGENT_KINDS, Match, candidates, refuse_ambiguous
from giftgraph.network.connections import Connection, Exchange, Node, PathResult, Step
from giftgraph.network.projection import BY, describe
from giftgraph.network.search import (
    AT_MOST,
    COUNT,
    MOST_PARTIES,
    SUMMIT,
    evidence_of,
    find_connections,
    large_exchanges,
    pairs_of,
)
from giftgraph.vocabulary import PREFIXES, shorten

if TYPE_CHECKING:
    from giftgraph.graph import Graph

_HIGHEST = 100
_KINDS_BY = {"person": AGENT_KINDS, "office": ("office", *AGENT_KINDS), "polity": ("polity",)}


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

    What is chosen and in which order stands in `giftgraph.network.search`. No connection leads through an institution (an
    organization, or a state where people are counted) or an exchange of more than `most_parties` parties, unless `through` names it:
    `institution`, `summit`, or the key of one (`organization:…`, `exchange:…`). A and B may be institutions. Unnamed parties connect
    nobody. That there is no connection is an answer, not an error.
    Raises NameUnknown, NameAmbiguous, DateInvalid, or ParameterInvalid, also when A and B are the same.

    >>> import giftgraph
    >>> best = find_path(giftgraph.open(), "Albright", "Putin").connections[0]
    >>> [node.label for node in best.nodes]
    ['Madeleine Albright', 'Kim Jong Il', 'Vladimir Putin']
    """
    through = (through,) if isinstance(through, str) else tuple(through)
    _check_numbers(count, at_most, most_parties)
    if by not in BY:
        raise ParameterInvalid(f"by must be one of {', '.join(BY)}, not {by!r}")
    when = read_range(start, end)
    network = graph.network(by=by, start=start, end=end)
    ends = _resolve(graph, network, (a, b), by)
    keys = [shorten(match.iri) for match in ends]
    found = find_connections(
        network, keys[0], keys[1], count=count, at_most=at_most, most_parties=most_parties, through=through
    )
    links = _group_edges(network, {frozenset(pair) for chain in found.chains for pair in pairs_of(chain)})
    if SUMMIT not in through:
        links = _drop_summits(links, large_exchanges(network, most_parties) - set(through))
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


def _check_numbers(count: int, at_most: int, most_parties: int) -> None:
    for words, number, low in (
        ("the number of connections (count, --max)", count, 1),
        ("the number of steps (at_most, --at-most)", at_most, 1),
        ("the number of parties (most_parties, --parties)", most_parties, 2),
    ):
        if not low <= number <= _HIGHEST:
            raise ParameterInvalid(f"{words} must be from {low} to {_HIGHEST}, not {number}")


def _resolve(graph: Graph, network: Any, texts: tuple[str, str], by: str) -> list[Match]:
    found = [candidates(graph, text, _KINDS_BY[by]) for text in texts]
    unclear = [(text, matches) for text, matches in zip(texts, found, strict=True) if len(matches) > 1]
    if unclear:
        raise refuse_ambiguous(*unclear)
    a, b = (matches[0] for matches in found)
    if a.iri == b.iri:
        raise ParameterInvalid(f"{texts[0]!r} and {texts[1]!r} are both {a.label}; name two different parties")
    if by == "office":
        for match in (a, b):
            _refuse_holder(graph, network, match)
    return [a, b]


def _refuse_holder(graph: Graph, network: Any, match: Match) -> None:
    """Somebody who gave and received as the holder of a post is that post here: say which, and guess nothing."""
    if match.kind != "person":
        return
    rows = graph.query(
        f"SELECT DISTINCT ?office {{ ?t org:member <{match.iri}> ; gift:post ?office }} ORDER BY ?office"
    )
    held = [key for key in (shorten(str(row[0])) for row in rows) if key in network]
    if held:
        raise ParameterInvalid(
            f"counted by office, {match.label} is no party as a person; name an office ({', '.join(held[:5])}) or count by person"
        )


def _group_edges(network: Any, pairs: Collection[frozenset[str]]) -> dict[frozenset[str], list[tuple[str, str, Any]]]:
    """The exchanges between each pair that a connection uses, best evidenced first: giver, receiver and attributes."""
    links: dict[frozenset[str], list[tuple[str, str, Any]]] = {pair: [] for pair in pairs}
    for x, y, key, edge in network.edges(keys=True, data=True):
        if (pair := frozenset((x, y))) in links:
            links[pair].append((x, y, edge | {"exchange": key}))
    for edges in links.values():
        edges.sort(
            key=lambda item: (
                *(-n for n in evidence_of(item[2])),
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
    sides = [(Party(_expand(x), network.nodes[x]["label"], network.nodes[x]["kind"]),) for x in (giver, receiver)]
    return Line(
        exchange=_expand(edge["exchange"]),
        gift=_expand(edge["exchange"]),
        label=edge["label"],
        category="other",
        category_label="Other",
        mark="gift",
        date=edge["date"],
        date_words=display(edge["date"]) if edge["date"] else "no date stated",
        earliest_day=edge.get("earliest_day"),
        latest_day=edge.get("latest_day"),
        givers=sides[0],
        receivers=sides[1],
    )


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
    for pair in pairs_of(chain):
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
        evidence_of(edge).sources,
        own[0].sources,
    )


def _period(when: Bounds) -> str:
    if when == Bounds(None, None):
        return ""
    return f"{iso_date(when.earliest_day) or '…'} to {iso_date(when.latest_day) or '…'}"
