"""The open knowledge graph of diplomatic gifts.

>>> import giftgraph
>>> graph = giftgraph.open()
>>> len(graph.query("SELECT ?x { ?x a gift:GiftExchange } LIMIT 3"))
3

Nothing heavy is imported until it is used: the names below are resolved on first access.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from giftgraph.errors import GiftgraphError as GiftgraphError
    from giftgraph.graph import Graph as Graph
    from giftgraph.graph import open_graph as open  # noqa: A004

__all__ = ["GiftgraphError", "Graph", "__version__", "open"]

_HOMES = {
    "Graph": ("giftgraph.graph", "Graph"),
    "GiftgraphError": ("giftgraph.errors", "GiftgraphError"),
    "open": ("giftgraph.graph", "open_graph"),
}


def __getattr__(name: str) -> Any:
    try:
        module, attribute = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'giftgraph' has no attribute {name!r}") from None
    from importlib import import_module

    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
