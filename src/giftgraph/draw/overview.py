"""The network picture: the whole projection as one page, its nodes placed beforehand, coloured by community, sized by a measure."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from giftgraph.dates import display, display_year_of, year_of
from giftgraph.draw.model import plural
from giftgraph.errors import OutputFailed, ParameterInvalid
from giftgraph.output import write_text

if TYPE_CHECKING:
    import networkx as nx

    from giftgraph.graph import Graph
    from giftgraph.network.layout import Layout

# As many communities as there are colours are told apart; the others share one.
COLOURS = 7
# A community is worth a name from this many members on.
_NAMED = 4
KINDS = ("person", "organization", "polity", "office", "community")
_SAMPLED = 1000


@dataclass(frozen=True)
class Community:
    """A community: the node it is named by (its most central member), how many members, and their numbers."""

    name: str
    members: tuple[int, ...]


@dataclass(frozen=True)
class NetworkPicture:
    """The network picture. It shows itself in a notebook; `save` writes it, `html` gives the page."""

    network: nx.MultiDiGraph
    layout: Layout
    size: str
    version: str
    categories: dict[str, str] = field(default_factory=dict)
    polities: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The sentence above the picture."""
        by = self.network.graph.get("by", "person")
        return "Who exchanged gifts with whom" + (f", counted by {by}" if by != "person" else "")

    def html(self, *, navigation: bool = False) -> str:
        """The page, complete in itself. `navigation` links parties to the pages of the explorer."""
        from giftgraph.draw.overview_page import render_overview

        return render_overview(self, navigation=navigation)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture, or the network behind it: .html, .graphml, .gexf or .json. The file is replaced at once."""
        write_text(path, self.serialize(os.path.splitext(path)[1].lstrip(".").casefold() or "html"))

    def serialize(self, format: str) -> str:  # noqa: A002 - the name of the option
        """The picture as `html`, or its network as `graphml`, `gexf` or `json` (node-link)."""
        if format == "html":
            return self.html()
        if format not in ("graphml", "gexf", "json"):
            raise OutputFailed(f"a network picture cannot be written as {format!r}; choose html, json, graphml, gexf")
        from giftgraph.network.formats import serialize_network

        return serialize_network(self.network, "node-link" if format == "json" else format)

    def _repr_html_(self) -> str:
        from html import escape

        page = escape(self.html(), quote=True)
        return f'<iframe srcdoc="{page}" width="100%" height="900" title="{escape(self.title)}"></iframe>'

    def __repr__(self) -> str:
        return f"<NetworkPicture: {self.title}, {plural(len(self.layout.nodes), 'node')}>"


def draw_network(
    graph: Graph, *, by: str = "person", start: str | None = None, end: str | None = None, size: str = "exchanges"
) -> NetworkPicture:
    """Draw the whole network of gifts; `size` is the measure that decides how large a node is (see SIZES).

    The positions are computed once for a dataset version and projection and kept beside the snapshot.
    Raises ParameterInvalid for an unknown measure or a period without exchanges, or DateInvalid.

    >>> import giftgraph
    >>> draw_network(giftgraph.open(), by="polity").title
    'Who exchanged gifts with whom, counted by polity'
    """
    from giftgraph.network.layout import stored_layout, stored_network

    if size not in SIZES:
        from difflib import get_close_matches

        near = get_close_matches(size, SIZES, n=2, cutoff=0.4) or list(SIZES)
        raise ParameterInvalid(f"there is no measure {size[:40]!r} for --size; nearest: {', '.join(near)}")
    is_whole = not start and not end and graph.directory is not None
    network = stored_network(graph, by) if is_whole else graph.network(by=by, start=start, end=end)
    if not network.number_of_edges():
        raise ParameterInvalid(_explain_empty(start, end))
    # A snapshot in memory means that the cache cannot be written, which was said when it was opened.
    layout = stored_layout(network, graph.version, quiet=graph.directory is None)
    categories = {str(row[0]).rpartition("/")[2]: str(row[1]) for row in graph.query(_CATEGORIES)}
    polities = {f"polity:{str(row[0]).rpartition('/')[2]}": str(row[1]) for row in graph.query(_POLITIES)}
    return NetworkPicture(network, layout, size, graph.version, categories, polities)


_CATEGORIES = "SELECT ?c ?label { ?c a gift:Category ; rdfs:label ?label }"
_POLITIES = "SELECT ?p ?label { ?p a gift:Polity ; rdfs:label ?label }"


def _explain_empty(start: str | None, end: str | None) -> str:
    if start or end:
        return (
            f"no exchange between named parties is recorded from {start or 'the beginning'} to {end or 'today'}; "
            "widen --from and --to, or leave them out to draw everything"
        )
    return "the data holds no exchange between named parties; give other data with --data"


def _count_exchanges(network: nx.MultiDiGraph) -> dict[str, float]:
    found: dict[str, set[str]] = {node: set() for node in network}
    for a, b, key in network.edges(keys=True):
        found[a].add(key)
        found[b].add(key)
    return {node: float(len(keys)) for node, keys in found.items()}


def _count_given(network: nx.MultiDiGraph) -> dict[str, float]:
    return {a: float(len({key for _a, _b, key in network.out_edges(a, keys=True)})) for a in network}


def _count_received(network: nx.MultiDiGraph) -> dict[str, float]:
    return {b: float(len({key for _a, _b, key in network.in_edges(b, keys=True)})) for b in network}


def _count_partners(network: nx.MultiDiGraph) -> dict[str, float]:
    return {node: float(len({*network.pred[node], *network.succ[node]} - {node})) for node in network}


def _rank_pages(network: nx.MultiDiGraph) -> dict[str, float]:
    import networkx as nx

    from giftgraph.network.projection import collapse

    return dict(nx.pagerank(collapse(network), weight="weight"))


def _measure_betweenness(network: nx.MultiDiGraph) -> dict[str, float]:
    import networkx as nx

    plain = nx.Graph(network)
    sample = 200 if len(plain) > _SAMPLED else None
    return dict(nx.betweenness_centrality(plain, k=sample, seed=0))


def _number_cores(network: nx.MultiDiGraph) -> dict[str, float]:
    import networkx as nx

    plain = nx.Graph(network)
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    return {node: float(core) for node, core in nx.core_number(plain).items()}


# What may decide the size of a node: the words for it, and the function.
SIZES: dict[str, tuple[str, Callable[[Any], dict[str, float]]]] = {
    "exchanges": ("number of exchanges", _count_exchanges),
    "degree": ("number of partners", _count_partners),
    "given": ("exchanges in which it gave", _count_given),
    "received": ("exchanges in which it received", _count_received),
    "pagerank": ("PageRank", _rank_pages),
    "betweenness": ("betweenness: how often it lies on the shortest way", _measure_betweenness),
    "core": ("core number: how tightly its neighbourhood is joined", _number_cores),
}


@dataclass(frozen=True)
class Scene:
    """What the page draws: nodes with their numbers, lines between them, exchanges, communities; all plain columns."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    kinds: tuple[int, ...]
    groups: tuple[int, ...]
    sizes: tuple[float, ...]
    given: tuple[int, ...]
    received: tuple[int, ...]
    exchanged: tuple[int, ...]
    partners: tuple[int, ...]
    communities: tuple[Community, ...]
    lines: tuple[tuple[int, int, int], ...]
    exchanges: tuple[tuple[Any, ...], ...]
    categories: tuple[tuple[str, str], ...]
    years: tuple[int, int] | None
    connectors: tuple[tuple[str, int], ...]
    components: tuple[int, ...]


def make_scene(picture: NetworkPicture) -> Scene:
    """The picture as columns. Where communities are folded, they are the nodes, and exchanges inside them are no lines."""
    network, layout = picture.network, picture.layout
    values = SIZES[picture.size][1](network)
    communities = _name_communities(network, layout)
    number = {name: index for index, name in enumerate(layout.nodes)}
    place = list(layout.communities) if layout.folded else list(range(len(layout.nodes)))
    lines, exchanges, codes = _collect_lines(picture, number, place)
    size = len(communities) if layout.folded else len(layout.nodes)
    gave: list[set[int]] = [set() for _ in range(size)]
    got: list[set[int]] = [set() for _ in range(size)]
    near: list[set[int]] = [set() for _ in range(size)]
    for a, b, x in lines:
        gave[a].add(x)
        got[b].add(x)
        near[a].add(b)
        near[b].add(a)

    def count(found: set[int]) -> int:
        return sum(exchanges[x][6] for x in found)

    attributes = network.nodes
    days = [year for row in exchanges for year in (row[3], row[4]) if year is not None]
    if layout.folded:
        keys = tuple(f"community {index + 1}" for index in range(size))
        labels = tuple(f"{community.name} and {len(community.members) - 1:,} more" for community in communities)
        kinds = tuple([KINDS.index("community")] * size)
        sizes = tuple(float(len(community.members)) for community in communities)
    else:
        keys = layout.nodes
        labels = tuple(str(attributes[name].get("label", name)) for name in keys)
        kinds = tuple(KINDS.index(attributes[name].get("kind", "person")) for name in keys)
        sizes = tuple(values[name] for name in keys)
    return Scene(
        keys,
        labels,
        kinds,
        tuple(range(size)) if layout.folded else layout.communities,
        sizes,
        tuple(map(count, gave)),
        tuple(map(count, got)),
        tuple(count(a | b) for a, b in zip(gave, got, strict=True)),
        tuple(map(len, near)),
        communities,
        tuple(lines),
        tuple(exchanges),
        codes,
        (min(days), max(days)) if days else None,
        _find_connectors(near, layout, labels),
        _count_components(network),
    )


def _name_communities(network: nx.MultiDiGraph, layout: Layout) -> tuple[Community, ...]:
    """Each community named by its most central member: the one with most exchanges inside it."""
    number = {name: index for index, name in enumerate(layout.nodes)}
    inside = [0] * len(layout.nodes)
    for a, b in network.edges():
        first, second = number[a], number[b]
        if layout.communities[first] == layout.communities[second]:
            inside[first] += 1
            inside[second] += 1
    members: dict[int, list[int]] = {}
    for index, community in enumerate(layout.communities):
        members.setdefault(community, []).append(index)
    found = []
    for _number, group in sorted(members.items()):
        centre = layout.nodes[min(group, key=lambda index: (-inside[index], layout.nodes[index]))]
        found.append(Community(str(network.nodes[centre].get("label", centre)), tuple(group)))
    return tuple(found)


def _collect_lines(
    picture: NetworkPicture, number: dict[str, int], place: Sequence[int]
) -> tuple[list[tuple[int, int, int]], list[tuple[Any, ...]], tuple[tuple[str, str], ...]]:
    """The lines (giver, receiver, exchange), the exchanges, and the categories.

    An exchange is (key, label, date in words, first year, last year, numbers of its categories, how many, number of sources).
    """
    words = cache(display)
    codes = sorted(
        {code for *_ends, text in picture.network.edges(data="categories", default="") for code in _split(text)},
        key=lambda code: picture.categories.get(code, code),
    )
    code_number = {code: index for index, code in enumerate(codes)}
    years = cache(year_of)
    seen: dict[Any, int] = {}
    exchanges: list[tuple[Any, ...]] = []
    lines: list[tuple[int, int, int]] = []
    counts: dict[int, int] = {}
    folded = picture.layout.folded
    for a, b, key, edge in picture.network.edges(keys=True, data=True):
        first, second = place[number[a]], place[number[b]]
        if folded and first == second:
            continue
        days = (edge.get("earliest_day"), edge.get("latest_day"))
        begin, end = (years(day) if day is not None else None for day in days)
        begin, end = begin if begin is not None else end, end if end is not None else begin
        kinds = tuple(code_number[code] for code in _split(edge.get("categories", "")))
        # Folded, exchanges of a pair of communities that no filter tells apart are one row with their number.
        unit = (first, second, begin, end, kinds) if folded else key
        at = seen.setdefault(unit, len(exchanges))
        if at == len(exchanges):
            date = edge.get("date") or ""
            sources = len(_split(edge.get("sources", "")))
            text, when = ("", "") if folded else (str(edge.get("label", key)), words(date) if date else "")
            exchanges.append(("" if folded else key, text, when, begin, end, kinds, 1, sources))
        counts[at] = counts.get(at, 0) + 1
        if not folded or counts[at] == 1:
            lines.append((first, second, at))
    if folded:
        exchanges = [(*row[:6], counts[at], row[7]) for at, row in enumerate(exchanges)]
    return lines, exchanges, tuple((code, picture.categories.get(code, code)) for code in codes)


def _split(text: str) -> list[str]:
    return [part for part in str(text or "").split("; ") if part]


def _find_connectors(near: Sequence[set[int]], layout: Layout, labels: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """The three nodes whose partners are spread over most other communities."""
    if layout.folded:
        return ()
    groups = layout.communities
    reach = [len({groups[other] for other in others} - {groups[index]}) for index, others in enumerate(near)]
    best = sorted(range(len(reach)), key=lambda index: (-reach[index], -len(near[index]), index))[:3]
    return tuple((labels[index], reach[index]) for index in best if reach[index] > 1)


def _count_components(network: nx.MultiDiGraph) -> tuple[int, ...]:
    import networkx as nx

    return tuple(sorted((len(members) for members in nx.weakly_connected_components(network)), reverse=True))


def named_communities(scene: Scene) -> list[tuple[int, Community]]:
    """The communities that have a colour and a name of their own."""
    return [
        (index, community)
        for index, community in enumerate(scene.communities[:COLOURS])
        if len(community.members) >= _NAMED
    ]


def describe_scene(picture: NetworkPicture, scene: Scene) -> tuple[str, ...]:
    """The summary under the title, each part with what it counts."""
    parties = {"person": "parties", "office": "offices and parties", "polity": "polities and parties"}
    by = picture.network.graph.get("by", "person")
    exchanges = picture.network.graph.get("exchanges", len(scene.exchanges))
    span = ""
    days = [day for *_e, day in picture.network.edges(data="earliest_day") if day is not None]
    latest = [day for *_e, day in picture.network.edges(data="latest_day") if day is not None]
    if days and latest:
        first, last = display_year_of(min(days)), display_year_of(max(latest))
        span = f", {first}–{last}" if first != last else f", {first}"
    large = sum(len(community.members) >= _NAMED for community in scene.communities)
    apart = sum(scene.components[1:])
    parts = [
        f"{len(picture.layout.nodes):,} {parties.get(by, 'parties')} in {plural(exchanges, 'exchange')}{span}",
        f"{large:,} communities of {_NAMED} or more",
    ]
    if scene.connectors:
        names = ", ".join(f"{name} ({reach})" for name, reach in scene.connectors)
        parts.append(f"partners in most other communities: {names}")
    if apart:
        parts.append(f"{apart:,} stand apart from the largest group of {scene.components[0]:,}")
    return tuple(parts)


def encode(value: object) -> str:
    """JSON that may stand inside a script element: no character that ends it or begins markup.

    >>> encode("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
