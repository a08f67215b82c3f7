"""A network as arrays: what a resample of its exchanges weighs, without building a graph for each.

The unit that is resampled is the exchange and not the edge: a gift of a couple to a couple is one event with four edges, and they
come and go together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from giftgraph.errors import DependencyMissing

if TYPE_CHECKING:
    import numpy as np


def need_numbers() -> None:
    """Raise DependencyMissing unless numpy and scipy are there."""
    try:
        import numpy  # noqa: F401
        import scipy.sparse  # noqa: F401
    except ModuleNotFoundError as error:
        missing = str(error.name or "numpy").partition(".")[0]
        raise DependencyMissing(f"measures need {missing}: pip install 'giftgraph[network]'") from None


@dataclass(frozen=True, eq=False)
class Ties:
    """The edges of a multigraph as arrays.

    `source` and `target` are the ends of each pair of parties (positions in `nodes`); every edge belongs to a pair (`pair`) and to an
    exchange (`exchange`, a position in `exchanges`) with a `share`. `polity` and `region` are those of the nodes, `categories` those
    of the exchanges, `spans` their first and last day.
    """

    nodes: tuple[str, ...]
    exchanges: tuple[str, ...]
    source: np.ndarray[Any, Any]
    target: np.ndarray[Any, Any]
    pair: np.ndarray[Any, Any]
    exchange: np.ndarray[Any, Any]
    share: np.ndarray[Any, Any]
    polity: tuple[str, ...]
    region: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[int | None, int | None], ...]

    def weigh(self, times: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """The weight of each pair when each exchange happened so many times."""
        import numpy as np

        return np.bincount(self.pair, times[self.exchange], minlength=len(self.source))

    def weigh_shares(self, times: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """The shares of each pair, which add up to the number of exchanges."""
        import numpy as np

        return np.bincount(self.pair, times[self.exchange] * self.share, minlength=len(self.source))


def tie(network: Any) -> Ties:
    """The arrays of a MultiDiGraph.

    >>> import networkx as nx
    >>> network = nx.MultiDiGraph()
    >>> for key in ("exchange:1", "exchange:2"):
    ...     _ = network.add_edge("person:a", "person:b", key=key, share=1.0)
    >>> ties = tie(network)
    >>> import numpy as np
    >>> ties.weigh(np.ones(2)).tolist()
    [2.0]
    """
    need_numbers()
    import numpy as np

    nodes = tuple(network)
    place = {node: number for number, node in enumerate(nodes)}
    pairs: dict[tuple[int, int], int] = {}
    exchanges: dict[str, int] = {}
    pair, exchange, share = [], [], []
    categories: dict[str, tuple[str, ...]] = {}
    spans: dict[str, tuple[int | None, int | None]] = {}
    for a, b, key, edge in network.edges(keys=True, data=True):
        pair.append(pairs.setdefault((place[a], place[b]), len(pairs)))
        exchange.append(exchanges.setdefault(key, len(exchanges)))
        share.append(edge.get("share", 1.0))
        categories[key] = read_list(edge.get("categories", ""))
        spans[key] = (edge.get("earliest_day"), edge.get("latest_day"))
    ends = np.array(list(pairs), dtype=np.intp).reshape(-1, 2)
    return Ties(
        nodes,
        tuple(exchanges),
        ends[:, 0],
        ends[:, 1],
        np.array(pair, dtype=np.intp),
        np.array(exchange, dtype=np.intp),
        np.array(share, dtype=float),
        tuple(network.nodes[node].get("polity", "") for node in nodes),
        tuple(network.nodes[node].get("region", "") for node in nodes),
        tuple(categories.values()),
        tuple(spans.values()),
    )


def read_list(text: str) -> tuple[str, ...]:
    """The parts of a text joined by `; `.

    >>> read_list("cars; weapons"), read_list("")
    (('cars', 'weapons'), ())
    """
    return tuple(part for part in text.split("; ") if part)
