"""Who stands where: degrees, strengths, PageRank, HITS, betweenness, closeness and cores.

Each measure is computed twice over: `score_…` on the plain network by NetworkX, and `resample_…` on arrays for resamples of the
exchanges, where building a graph each time would take minutes. The tests prove both equal on the weights as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from giftgraph.network.backends import Caller
from giftgraph.network.projection import collapse
from giftgraph.network.results import Scores
from giftgraph.network.ties import Ties
from giftgraph.network.windows import Window

if TYPE_CHECKING:
    import numpy as np

Array = Any
Statistic = Callable[[Array], Array]
Prepare = Callable[[Ties, "Options", Scores], Statistic]
DAMPING = 0.85
EXACT = 2000  # parties up to which betweenness is exact
_BATCHES, _PIVOTS = 8, 64  # sampled betweenness: so many independent samples of so many parties
_RESAMPLE_PIVOTS = 128
_PRECISION = 1e-12


@dataclass(frozen=True)
class Options:
    """What a measure is asked with besides the network."""

    caller: Caller = field(default_factory=Caller)
    seed: int = 0
    groups: str = "polity"
    parties: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()


def undirect(network: Any) -> Any:
    """The simple undirected graph in which any exchange joins two parties, whoever gave."""
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from(network)
    plain.add_edges_from((a, b) for a, b in network.edges() if a != b)
    return plain


def _scores(network: Any, values: Mapping[str, float], *notes: str, **details: Mapping[str, Any]) -> Scores:
    items = tuple(network)
    columns = {name: tuple(known[item] for item in items) for name, known in details.items()}
    return Scores(items, tuple(float(values[item]) for item in items), columns, notes)


def _partners(network: Any, direction: str) -> dict[str, int]:
    """How many others each party received from or gave to; of a multigraph, without collapsing it."""
    return {node: len(others) for node, others in (network.pred if direction == "in" else network.succ).items()}


def score_degree(direction: str) -> Callable[[Any, Options], Scores]:
    """The number of different partners that a party gave to (`out`) or received from (`in`)."""

    def score(network: Any, options: Options) -> Scores:
        return _scores(network, _partners(network, direction))

    return score


def resample_degree(direction: str) -> Prepare:
    """As `score_degree`, on arrays."""

    def prepare(ties: Ties, options: Options, scores: Scores) -> Statistic:
        import numpy as np

        ends = ties.target if direction == "in" else ties.source
        return lambda times: np.bincount(ends, ties.weigh(times) > 0, minlength=len(ties.nodes))

    return prepare


def score_strength(direction: str) -> Callable[[Any, Options], Scores]:
    """The weights of a party's ties: its exchanges, counted once with each partner; `shares` counts each exchange once."""

    def score(network: Any, options: Options) -> Scores:
        degree = getattr(network, f"{direction}_degree")
        shares = {node: round(value, 6) for node, value in degree(weight="share")}
        return _scores(network, dict(degree()), partners=_partners(network, direction), shares=shares)

    return score


def resample_strength(direction: str) -> Prepare:
    """As `score_strength`, on arrays."""

    def prepare(ties: Ties, options: Options, scores: Scores) -> Statistic:
        import numpy as np

        ends = ties.target if direction == "in" else ties.source
        return lambda times: np.bincount(ends, ties.weigh(times), minlength=len(ties.nodes))

    return prepare


def score_pagerank(network: Any, options: Options) -> Scores:
    """PageRank of receivers, iterated until the error is below 1e-12, so that every backend gives the same."""
    import networkx as nx

    tolerance = _PRECISION / max(len(network), 1)  # NetworkX multiplies it by the number of nodes
    # On the multigraph each exchange weighs 1, which is the same as the collapsed graph with its weights and saves making it.
    values = options.caller.call(nx.pagerank, network, alpha=DAMPING, tol=tolerance, max_iter=1000, weight=None)
    return _scores(network, values)


def resample_pagerank(ties: Ties, options: Options, scores: Scores) -> Statistic:
    """PageRank on a sparse matrix whose weights are those of the resample, started from the last one's answer.

    The matrix keeps its shape; only its numbers are replaced, so 200 resamples of 7,000 parties and 20,000 exchanges take about a
    second. Parties that a resample does not hold stay as parties without a tie: they change no rank among the others.
    """
    import numpy as np
    from scipy import sparse

    size = len(ties.nodes)
    order = np.lexsort((ties.source, ties.target))
    rows = np.searchsorted(ties.target[order], np.arange(size + 1))
    matrix = sparse.csr_array((np.ones(len(order)), ties.source[order], rows), shape=(size, size))
    last = np.full(size, 1 / size)

    def rank(times: Array) -> Array:
        nonlocal last
        weights = ties.weigh(times)
        out = np.bincount(ties.source, weights, minlength=size)
        dangling = out == 0
        matrix.data = (weights / np.where(dangling, 1, out)[ties.source])[order]
        values = last
        for _ in range(1000):
            before = values
            values = DAMPING * (matrix @ before) + (1 - DAMPING + DAMPING * before[dangling].sum()) / size
            if np.abs(values - before).sum() < 1e-9:
                break
        last = values / values.sum()
        return last

    return rank


def _score_hits(network: Any, options: Options) -> tuple[dict[str, float], dict[str, float]] | Scores:
    import networkx as nx
    import numpy as np
    from scipy.sparse.linalg import svds

    simple = collapse(network)
    if min(len(simple), simple.number_of_edges()) < 3:
        return Scores((), (), refusal="hubs and authorities need at least three parties and three ties")
    start = np.random.default_rng(options.seed).random(len(simple)) + 0.5
    matrix = nx.to_scipy_sparse_array(simple, dtype=float)
    strongest = np.sort(svds(matrix, k=2, v0=start, tol=1e-10, return_singular_vectors=False))
    if strongest[1] - strongest[0] < 1e-6 * strongest[1]:
        return Scores(
            (),
            (),
            refusal="two parts of the network are equally strong, so which of them has the hubs is arbitrary",
        )
    uniform = dict.fromkeys(simple, 1.0)
    hubs, authorities = options.caller.call(nx.hits, simple, max_iter=10_000, tol=1e-12, nstart=uniform)
    return _clear(hubs), _clear(authorities)


def _clear(values: Mapping[str, float]) -> dict[str, float]:
    """Nothing where only rounding left something: outside of the strongest part the exact value is 0."""
    return {node: abs(value) if abs(value) > _PRECISION else 0.0 for node, value in values.items()}


def score_hits(side: str) -> Callable[[Any, Options], Scores]:
    """Hubs (`hubs`: give to those who receive from hubs) or authorities of HITS."""

    def score(network: Any, options: Options) -> Scores:
        found = _score_hits(network, options)
        return found if isinstance(found, Scores) else _scores(network, found[0 if side == "hubs" else 1])

    return score


def resample_hits(side: str) -> Prepare:
    """HITS by power iteration on a sparse matrix, started from the last resample's answer."""

    def prepare(ties: Ties, options: Options, scores: Scores) -> Statistic:
        import numpy as np
        from scipy import sparse

        size = len(ties.nodes)
        last = np.full(size, 1 / size)

        def rate(times: Array) -> Array:
            nonlocal last
            matrix = sparse.csr_array((ties.weigh(times), (ties.source, ties.target)), shape=(size, size))
            turned = matrix.T.tocsr()
            values = (last + 1e-3 / size) / (1 + 1e-3)  # a part that was weak in the last resample may lead in this one
            for _ in range(1000):
                before = values
                values = turned @ (matrix @ before)
                values /= values.sum() or 1
                if np.abs(values - before).sum() < 1e-9:
                    break
            last = values
            hubs = matrix @ values
            return hubs / (hubs.sum() or 1) if side == "hubs" else values

        return rate

    return prepare


def _components(network: Any) -> list[int]:
    import networkx as nx

    return sorted((len(part) for part in nx.connected_components(undirect(network))), reverse=True)


def _pieces(network: Any) -> tuple[str, str]:
    """What is to be said of a network in pieces: a note, and a refusal when no piece is large enough."""
    sizes = _components(network)
    if len(sizes) == 1:
        return "", ""
    words = f"{len(sizes):,} separate parts, the largest of {sizes[0]:,} of {sum(sizes):,} parties"
    refusal = f"the network falls into {words}: distances in it say nothing" if sizes[0] < 10 else ""
    return f"The network falls into {words}; nobody stands between parts.", refusal


def score_betweenness(network: Any, options: Options) -> Scores:
    """The share of shortest chains between others through a party; exact up to EXACT parties, else sampled with its error."""
    import networkx as nx

    note, refusal = _pieces(network)
    if refusal:
        return Scores((), (), refusal=refusal)
    plain = undirect(network)
    notes = [note] if note else []
    call, attempt = options.caller.call, options.caller.attempt
    if len(plain) <= EXACT:
        return _scores(network, call(nx.betweenness_centrality, plain), *notes)
    if attempt(nx.betweenness_centrality, plain, k=1, seed=0) is None:
        exact = attempt(nx.betweenness_centrality, plain)
        if exact is not None:
            return _scores(network, exact, *notes, "The backend does not sample: the values are exact.")
    runs = [
        call(nx.betweenness_centrality, plain, k=_PIVOTS, seed=options.seed * _BATCHES + run) for run in range(_BATCHES)
    ]
    values = {node: sum(run[node] for run in runs) / _BATCHES for node in plain}
    errors = {
        node: (sum((run[node] - values[node]) ** 2 for run in runs) / (_BATCHES - 1) / _BATCHES) ** 0.5
        for node in plain
    }
    notes.append(
        f"More than {EXACT:,} parties: estimated from {_BATCHES * _PIVOTS} parties in {_BATCHES} independent samples; "
        "`error` is the standard error of their mean."
    )
    return _scores(network, values, *notes, error=errors)


def _adjacency(ties: Ties) -> tuple[Array, Array, Array]:
    """The undirected pairs: their ends, and to which each directed pair belongs."""
    import numpy as np

    low, high = np.minimum(ties.source, ties.target), np.maximum(ties.source, ties.target)
    both, belongs = np.unique(low * len(ties.nodes) + high, return_inverse=True)
    return both // len(ties.nodes), both % len(ties.nodes), belongs


def _undirected_matrices(ties: Ties) -> Statistic:
    """The undirected adjacency matrix of a resample."""
    import numpy as np
    from scipy import sparse

    size = len(ties.nodes)
    low, high, belongs = _adjacency(ties)

    def build(times: Array) -> Array:
        there = np.bincount(belongs, ties.weigh(times), minlength=len(low)) > 0
        a, b = low[there], high[there]
        ends = (np.concatenate((a, b)), np.concatenate((b, a)))
        return sparse.csr_array((np.ones(2 * len(a)), ends), shape=(size, size))

    return build


def resample_betweenness(ties: Ties, options: Options, scores: Scores) -> Statistic:
    """Brandes' accumulation for many starting parties at once, as products of a sparse matrix with a dense one.

    Up to 128 parties all start; above that each resample starts from 128 of them, drawn anew, which widens the intervals.
    """
    import numpy as np

    size = len(ties.nodes)
    build = _undirected_matrices(ties)
    random = np.random.default_rng(options.seed)

    def between(times: Array) -> Array:
        matrix = build(times)
        alive = np.flatnonzero(np.diff(matrix.indptr))
        starts = alive if len(alive) <= _RESAMPLE_PIVOTS else random.choice(alive, _RESAMPLE_PIVOTS, replace=False)
        return (
            accumulate_dependencies(matrix, starts)
            * (len(alive) / max(len(starts), 1))
            / max((size - 1) * (size - 2), 1)
        )

    return between


def accumulate_dependencies(matrix: Array, starts: Array) -> Array:
    """For each party, how many shortest chains from the starting parties pass through it (Brandes 2001, all starts at once)."""
    import numpy as np

    size, columns = matrix.shape[0], np.arange(len(starts))
    paths = np.zeros((size, len(starts)))
    paths[starts, columns] = 1.0
    level, levels = paths.copy(), []
    while level.any():
        levels.append(level > 0)
        level = matrix @ level
        level[paths > 0] = 0
        paths += level
    dependency = np.zeros_like(paths)
    divisor = np.where(paths > 0, paths, 1)
    for depth in range(len(levels) - 1, 0, -1):
        pushed = np.where(levels[depth], (1 + dependency) / divisor, 0)
        dependency += np.where(levels[depth - 1], (matrix @ pushed) * paths, 0)
    dependency[starts, columns] = 0
    total: np.ndarray[Any, Any] = dependency.sum(axis=1)
    return total


def score_closeness(network: Any, options: Options) -> Scores:
    """How near a party is to those it can reach, times the share it can reach (Wasserman and Faust)."""
    import networkx as nx

    note, refusal = _pieces(network)
    if refusal:
        return Scores((), (), refusal=refusal)
    plain = undirect(network)
    values = options.caller.call(nx.closeness_centrality, plain, wf_improved=True)
    reach = {node: len(part) for part in nx.connected_components(plain) for node in part}
    note = note.replace("nobody stands between parts", "closeness is within a part, times its share of all parties")
    return _scores(network, values, *([note] if note else []), part=reach)


def resample_closeness(ties: Ties, options: Options, scores: Scores) -> Statistic:
    """Closeness from breadth-first searches of SciPy; above 1,000 parties the distances to 128 of each resample stand for all."""
    import numpy as np
    from scipy.sparse import csgraph

    size = len(ties.nodes)
    build = _undirected_matrices(ties)
    random = np.random.default_rng(options.seed)

    def near(times: Array) -> Array:
        matrix = build(times)
        _count, part = csgraph.connected_components(matrix, directed=False)
        reach = np.bincount(part)[part]
        everybody = np.arange(size)
        starts = everybody if size <= 1000 else random.choice(everybody, _RESAMPLE_PIVOTS, replace=False)
        steps = csgraph.dijkstra(matrix, unweighted=True, indices=starts)
        reached = np.isfinite(steps) & (steps > 0)
        seen = reached.sum(axis=0)
        mean = np.where(reached, steps, 0).sum(axis=0) / np.maximum(seen, 1)
        return np.where(seen > 0, (reach - 1) / max(size - 1, 1) / np.where(mean > 0, mean, 1), 0)

    return near


def score_core(network: Any, options: Options) -> Scores:
    """The largest k for which a party is in a part where everybody has k partners in that part."""
    import networkx as nx

    return _scores(network, options.caller.call(nx.core_number, undirect(network)))


def resample_core(ties: Ties, options: Options, scores: Scores) -> Statistic:
    """As `score_core`, on a graph of the pairs that a resample holds."""
    import networkx as nx
    import numpy as np

    def peel(times: Array) -> Array:
        there = ties.weigh(times) > 0
        plain = nx.Graph()
        plain.add_nodes_from(range(len(ties.nodes)))
        plain.add_edges_from(zip(ties.source[there].tolist(), ties.target[there].tolist(), strict=True))
        cores = nx.core_number(plain)
        return np.array([cores[node] for node in range(len(ties.nodes))], dtype=float)

    return peel
