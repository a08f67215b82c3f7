"""Where the nodes of a network stand: communities and positions, computed once for a dataset version and projection.

The same network gives the same positions: every step is seeded and walks nodes and edges in a fixed order. What is computed is kept
beside the snapshot, in a file named by the dataset version and the parameters of the projection.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from giftgraph.errors import DependencyMissing, OutputFailed
from giftgraph.store.aside import LAYOUT_NAME, NETWORK_NAME, keep_aside, path_aside, read_aside, try_to_keep
from giftgraph.store.cache import cache_directory

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    from giftgraph.graph import Graph

    Points = NDArray[np.float64]

Progress = Callable[[int, int], None]
# Above this many nodes a picture draws communities, one node each.
LARGEST = 10_000
# Part of the name of a stored layout: raise it when positions change.
_METHOD = "1"
_SEED = 20230913
# Which parameters of a projection decide its nodes and edges.
_PARAMETERS = ("by", "start", "end", "categories", "min_rank", "min_confidence")
# How much wider than high the whole is; pictures are wider than high.
_ASPECT = 1.6
_GAP = 3.0


@dataclass(frozen=True)
class Layout:
    """The nodes in the order of their keys, the number of the community of each, and positions.

    There is a position for every node, or, when `folded`, for every community. Community 0 is the largest.
    """

    nodes: tuple[str, ...]
    communities: tuple[int, ...]
    positions: tuple[tuple[float, float], ...]
    folded: bool = False


def lay_out(network: nx.Graph, *, largest: int = LARGEST, progress: Progress | None = None) -> Layout:
    """Find the communities of a network (Louvain) and a place for every node (ForceAtlas2; components packed side by side).

    Networks of more than `largest` nodes get a place for every community instead. `progress` is told (steps done, steps).
    Raises DependencyMissing when numpy is not installed.

    >>> import networkx as nx
    >>> layout = lay_out(nx.Graph([("a", "b"), ("c", "d"), ("d", "e")]))
    >>> layout.nodes, layout.communities
    (('a', 'b', 'c', 'd', 'e'), (1, 1, 0, 0, 0))
    >>> layout == lay_out(nx.MultiDiGraph([("d", "e"), ("b", "a"), ("c", "d")]))
    True
    """
    names = sorted(network)
    weights = _weigh(network, {name: number for number, name in enumerate(names)})
    communities = _find_communities(len(names), weights)
    folded = len(names) > largest
    if folded:
        between: dict[tuple[int, int], int] = {}
        for (a, b), weight in weights.items():
            first, second = sorted((communities[a], communities[b]))
            if first != second:
                between[first, second] = between.get((first, second), 0) + weight
        drawn, weights, groups = (
            max(communities, default=-1) + 1,
            between,
            list(range(max(communities, default=-1) + 1)),
        )
    else:
        drawn, groups = len(names), communities
    positions = _place(drawn, weights, groups, progress)
    return Layout(tuple(names), tuple(communities), tuple(positions), folded)


def stored_layout(network: nx.Graph, version: str, *, largest: int = LARGEST, quiet: bool = False) -> Layout:
    """The layout of a projection of a dataset version, from beside the snapshot, or made now and kept there.

    Shows progress where standard error is a terminal. A cache that cannot be written costs one line there, none when `quiet`.
    """
    path = layout_path(network, version)
    layout = _read(path)
    if layout is not None and _fits(layout, network, largest):
        return layout
    layout = lay_out(network, largest=largest, progress=_show_progress if sys.stderr.isatty() else None)
    try:
        keep_aside(path, json.dumps(asdict(layout), ensure_ascii=False, separators=(",", ":")))
    except (OutputFailed, OSError) as error:
        reason = str(error).rpartition(": ")[2] if isinstance(error, OutputFailed) else error.strerror
        if not quiet:
            print(
                f"giftgraph: the layout is not kept: the cache {cache_directory()} cannot be written ({reason})",
                file=sys.stderr,
            )
    return layout


def stored_network(graph: Graph, by: str) -> nx.MultiDiGraph:
    """The whole projection of a dataset version, from beside the snapshot, or made now and kept there.

    Reading it back costs a fraction of asking for it again. It is made again when the rule of the projection is another.
    """
    from giftgraph import __version__
    from giftgraph.network.projection import RULE

    import networkx as nx

    path = path_aside(NETWORK_NAME, graph.version, (__version__, by, *RULE))
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, nx.NetworkXException):
        network = nx.node_link_graph(json.loads(read_aside(path) or "null"), edges="edges")
        if isinstance(network, nx.MultiDiGraph) and network.graph.get("version") == graph.version:
            return network
    network = graph.network(by=by)
    # The layout, which is kept in the same place, says when that cannot be written.
    try_to_keep(path, json.dumps(nx.node_link_data(network, edges="edges"), ensure_ascii=False, separators=(",", ":")))
    return network


def layout_path(network: nx.Graph, version: str) -> str:
    """Where the layout of a projection of a dataset version is kept."""
    parameters = [_METHOD, *(f"{name}={network.graph.get(name)!r}" for name in _PARAMETERS)]
    return path_aside(LAYOUT_NAME, version, parameters)


def _read(path: str) -> Layout | None:
    """A stored layout; None when there is none or it is not whole."""
    try:
        content = json.loads(read_aside(path) or "null")
        return Layout(
            tuple(content["nodes"]),
            tuple(int(number) for number in content["communities"]),
            tuple((float(x), float(y)) for x, y in content["positions"]),
            bool(content["folded"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _fits(layout: Layout, network: nx.Graph, largest: int) -> bool:
    """Whether a stored layout is one of this network, and whole."""
    places = max(layout.communities, default=-1) + 1 if layout.folded else len(layout.nodes)
    return (
        layout.nodes == tuple(sorted(network))
        and layout.folded == (len(network) > largest)
        and len(layout.communities) == len(layout.nodes)
        and len(layout.positions) == places
    )


def _show_progress(done: int, steps: int) -> None:
    end = "\n" if done >= steps else ""
    print(f"\rgiftgraph: placing the nodes, once for this dataset: {100 * done // steps} %", end=end, file=sys.stderr)
    sys.stderr.flush()


def _weigh(network: nx.Graph, numbers: dict[str, int]) -> dict[tuple[int, int], int]:
    """How many edges join each pair of nodes, in either direction; loops are left out."""
    counts: dict[tuple[int, int], int] = {}
    for source, target, weight in network.edges(data="weight", default=1):
        a, b = sorted((numbers[source], numbers[target]))
        if a != b:
            counts[a, b] = counts.get((a, b), 0) + weight
    return dict(sorted(counts.items()))


def _find_communities(size: int, weights: dict[tuple[int, int], int]) -> list[int]:
    """The number of the community of each node, the largest first. Nodes are numbers here: sets of texts have no fixed order."""
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from(range(size))
    plain.add_weighted_edges_from((a, b, weight) for (a, b), weight in weights.items())
    found = nx.community.louvain_communities(plain, seed=_SEED) if weights else [{node} for node in plain]
    communities = [0] * size
    for number, members in enumerate(sorted(found, key=lambda members: (-len(members), min(members)))):
        for node in members:
            communities[node] = number
    return communities


def _place(
    size: int, weights: dict[tuple[int, int], int], groups: Sequence[int], progress: Progress | None
) -> list[tuple[float, float]]:
    """A position for every node: each component by itself, then packed, the largest in the middle. About 10 units a node."""
    try:
        import numpy as np
    except ModuleNotFoundError:
        raise DependencyMissing("the network picture needs numpy: pip install 'giftgraph[network]'") from None
    components = _components(size, weights)
    inside: list[dict[tuple[int, int], int]] = [{} for _ in components]
    home = {node: (number, place) for number, members in enumerate(components) for place, node in enumerate(members)}
    for (a, b), weight in weights.items():
        inside[home[a][0]][home[a][1], home[b][1]] = weight
    placed = np.zeros((size, 2))
    shapes: list[tuple[float, float]] = []
    done = 0
    for members, edges in zip(components, inside, strict=True):
        step = partial(_tell, progress, done, len(members), size)
        points = _place_component(len(members), edges, [groups[node] for node in members], step)
        placed[members] = points
        width, height = np.abs(points).max(axis=0) + _GAP
        shapes.append((float(width), float(height)))
        done += len(members)
    for members, centre in zip(components, _pack(shapes), strict=True):
        placed[members] += centre
    return [(round(float(x), 2), round(float(y), 2)) for x, y in placed]


def _tell(progress: Progress | None, done: int, members: int, size: int, part: int, parts: int) -> None:
    """Tell how much of the whole is done when a part of a component is."""
    if progress is not None:
        progress(done + members * part // parts, size)


def _components(size: int, weights: dict[tuple[int, int], int]) -> list[list[int]]:
    """The connected components, the largest first."""
    import networkx as nx

    plain = nx.Graph(weights.keys())
    plain.add_nodes_from(range(size))
    return sorted((sorted(members) for members in nx.connected_components(plain)), key=lambda m: (-len(m), m[0]))


def _place_component(size: int, weights: dict[tuple[int, int], int], groups: list[int], step: Progress) -> Points:
    """The positions of a connected component around its middle, its long axis level."""
    import numpy as np

    if size <= 2:
        return np.array([[-6.0, 0.0], [6.0, 0.0]])[:size] if size == 2 else np.zeros((1, 2))
    points = _run_engine(size, weights, _start(size, groups), step)
    points = points - (points.max(axis=0) + points.min(axis=0)) / 2
    _values, axes = np.linalg.eigh(np.cov((points - points.mean(axis=0)).T))
    axes = axes[:, ::-1] * np.sign(axes[np.abs(axes).argmax(axis=0), range(2)])[::-1]
    points = points @ axes
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    # The crowded middle of a force layout is spread and its rim drawn in, so that both can be read.
    radius = np.hypot(*points.T)
    rank = np.sqrt((np.argsort(np.argsort(radius, kind="stable"), kind="stable") + 1) / size)
    wanted = 6.5 * math.sqrt(size) * rank
    even = points * (wanted / np.where(radius > 0, radius, 1))[:, None]
    points = points * (wanted.max() / max(radius.max(), 1e-9)) * 0.5 + even * 0.5
    return _separate(points, 7.0)


def _start(size: int, groups: list[int]) -> Points:
    """Where nodes begin: each community around a place of its own on a spiral, which saves the engine most of the untangling."""
    import numpy as np

    random = np.random.default_rng(_SEED)
    order = {group: number for number, group in enumerate(sorted(set(groups)))}
    turn = np.array([order[group] for group in groups]) * 2.399963
    out = 10 * np.sqrt(np.array([order[group] for group in groups]) + 0.5) * math.sqrt(size)
    return np.stack([out * np.cos(turn), out * np.sin(turn)], axis=1) + random.normal(0, math.sqrt(size), (size, 2))


def _run_engine(size: int, weights: dict[tuple[int, int], int], start: Points, step: Progress) -> Points:
    """ForceAtlas2 in Rust where it is installed, else NetworkX's spring layout, which is slower by far on large networks."""
    import numpy as np

    strengths = [1 + math.log(weight) for weight in weights.values()]
    try:
        from crategraph_forceatlas2 import infer_settings, layout  # type: ignore[import-untyped,unused-ignore]
    except ModuleNotFoundError:
        import networkx as nx

        plain = nx.Graph()
        plain.add_nodes_from(range(size))
        plain.add_weighted_edges_from((a, b, s) for (a, b), s in zip(weights, strengths, strict=True))
        positions = nx.spring_layout(plain, pos=dict(enumerate(start)), iterations=60, seed=_SEED)
        step(1, 1)
        return np.array([positions[node] for node in range(size)], dtype=np.float64)
    settings = infer_settings(size) | {"linLogMode": False}
    found = layout(
        size,
        list(weights),
        init=start,
        weights=strengths,
        iterations=300 if size < 3000 else 200,
        progress=step,
        **settings,
    )
    return np.asarray(found, dtype=np.float64)


def _separate(points: Points, apart: float) -> Points:
    """Push neighbours that lie on each other apart, a few rounds over a grid."""
    import numpy as np

    points = points.copy()
    for _round in range(12):
        cells: dict[tuple[int, int], list[int]] = {}
        for index, (x, y) in enumerate(np.floor(points / apart).astype(int).tolist()):
            cells.setdefault((x, y), []).append(index)
        pairs = [
            (a, b)
            for (x, y), members in cells.items()
            for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1), (1, -1))
            for a in members
            for b in cells.get((x + dx, y + dy), ())
            if (dx, dy) != (0, 0) or a < b
        ]
        if not pairs:
            break
        first, second = np.array(pairs).T
        away = points[second] - points[first]
        length = np.hypot(*away.T)
        # Nodes on the very same spot part along a direction of their own.
        away = np.where((length < 1e-6)[:, None], np.stack([np.cos(first + 1.0), np.sin(first + 1.0)], axis=1), away)
        length = np.maximum(length, 1e-6)
        push = away * (np.maximum(apart - length, 0) / 2 / np.hypot(*away.T))[:, None]
        close = length < apart
        if not close.any():
            break
        np.add.at(points, first[close], -push[close])
        np.add.at(points, second[close], push[close])
    return points


def _pack(shapes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Centres for boxes of half width and half height, the first in the middle, the others around it without overlap."""
    import numpy as np

    if not shapes:
        return []
    unit = 2 * _GAP
    reach = math.ceil(math.sqrt(sum((2 * w + unit) * (2 * h + unit) for w, h in shapes)) / unit) + 2
    reach = max(reach, math.ceil(max(max(shape) for shape in shapes) / unit) * 2 + 2)
    taken = np.zeros((2 * reach + 1, 2 * reach + 1), dtype=bool)
    ys, xs = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    order = np.argsort(np.hypot(xs / _ASPECT, ys).ravel(), kind="stable")
    spots = np.stack([xs.ravel()[order], ys.ravel()[order]], axis=1)
    from_spot: dict[tuple[int, int], int] = {}
    centres: list[tuple[float, float]] = []
    for width, height in shapes:
        w, h = math.ceil(width / unit), math.ceil(height / unit)
        begin = from_spot.get((w, h), 0)
        for place in range(begin, len(spots)):
            x, y = spots[place]
            left, right, top, bottom = reach + x - w, reach + x + w + 1, reach + y - h, reach + y + h + 1
            if left < 0 or top < 0 or right > 2 * reach + 1 or bottom > 2 * reach + 1:
                continue
            if not taken[top:bottom, left:right].any():
                taken[top:bottom, left:right] = True
                from_spot[w, h] = place
                centres.append((float(x) * unit, float(y) * unit))
                break
        else:  # no room in the grid: to the right of everything
            centres.append((2.0 * reach * unit + width + sum(w for w, _ in shapes[: len(centres)]), 0.0))
    return centres
