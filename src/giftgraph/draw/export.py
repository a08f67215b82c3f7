"""The picture in the formats of other tools: JSON, GraphML, GEXF, NetworkX and pyvis."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from html import escape
from typing import TYPE_CHECKING, Any

from giftgraph.draw.chain import ChainContent
from giftgraph.draw.model import Content, Line, Party
from giftgraph.errors import OutputFailed
from giftgraph.vocabulary import shorten

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

    from giftgraph.draw.picture import Picture

FORMATS = ("html", "json", "graphml", "gexf")
_SHAPES = {"person": "dot", "organization": "hexagon", "polity": "diamond", "office": "square", "unknown": "dot"}


def serialize(picture: Picture, format: str) -> str:  # noqa: A002 - the name of the option
    """The picture as text in one of FORMATS."""
    if format == "html":
        return picture.html()
    if format == "json":
        return picture.json()
    if format not in FORMATS:
        raise OutputFailed(f"a picture cannot be written as {format!r}; choose {', '.join(FORMATS)}")
    network = to_network(picture.content)
    if format == "graphml":
        from giftgraph.network.formats import serialize_network

        return serialize_network(network, format)
    import networkx as nx

    stream = io.BytesIO()
    nx.write_gexf(network, stream)
    return stream.getvalue().decode()


def to_json(content: Content) -> str:
    """The picture as JSON: title, summary, version and one object a line."""
    data = {
        "title": content.title,
        "summary": list(content.summary),
        "version": content.version,
        "by": content.by,
        "left": [_party(party) for party in content.left],
        "right": [_party(party) for party in content.right],
        "lines": [_line(line) for line in content.lines],
    }
    if isinstance(content, ChainContent):
        data["notes"] = list(content.notes)
        data["chains"] = [
            {
                "parties": [shorten(party.key) for party in chain.parties],
                "links": [list(link.lines) for link in chain.links],
            }
            for chain in content.chains
        ]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _party(party: Party) -> dict[str, str]:
    return {"key": shorten(party.key), "iri": party.key, "label": party.label, "kind": party.kind}


def _line(line: Line) -> dict[str, Any]:
    data = asdict(line)
    for name in ("exchange", "gift"):
        data[name] = shorten(data[name])
    for name, parties in (("givers", line.givers), ("receivers", line.receivers)):
        data[name] = [_party(party) for party in parties]
    data["facts"] = [{"what": what, "value": value} for what, value in line.facts]
    del data["mark"]
    return data


def to_network(content: Content) -> nx.MultiDiGraph:
    """Parties as nodes, one edge from each giver to each receiver of a line; contradicted claims are edges with `claim` true."""
    import networkx as nx

    network = nx.MultiDiGraph(name=content.title, version=content.version)
    for line in content.lines:
        for party in (*line.givers, *line.receivers):
            network.add_node(shorten(party.key), label=party.label, kind=party.kind)
        for giver in line.givers:
            for receiver in line.receivers:
                network.add_edge(shorten(giver.key), shorten(receiver.key), **_edge_attributes(line))
    for party in (*content.left, *content.right):
        network.add_node(shorten(party.key), label=party.label, kind=party.kind)
    return network


def _edge_attributes(line: Line) -> dict[str, str | int | bool]:
    attributes: dict[str, str | int | bool] = {
        "label": line.label,
        "exchange": shorten(line.exchange),
        "gift": shorten(line.gift),
        "category": line.category,
        "date": line.date,
        "nature": line.nature,
        "doubt": line.doubt,
        "counted": line.counted,
        "claim": line.is_claim,
        "value": line.value,
        "sources": "; ".join(source.url or source.title for source in line.sources),
    }
    for name, day in (("earliest_day", line.earliest_day), ("latest_day", line.latest_day)):
        if day is not None:
            attributes[name] = day
    return attributes


def to_pyvis(content: Content) -> Network:
    """A directed pyvis Network: givers and receivers left and right, every line a node between them with edges of its own.

    Titles are escaped, because pyvis shows them as HTML as soon as one contains "href".
    """
    from pyvis.network import Network

    network = Network(directed=True, height="720px", width="100%", cdn_resources="in_line")
    network.toggle_physics(False)
    lefts = {party.key for party in content.left}
    placed: set[str] = set()

    def place(party: Party, x: int, y: int) -> str:
        if party.key not in placed:
            placed.add(party.key)
            network.add_node(
                party.key,
                label=party.label,
                title=escape(party.label),
                shape=_SHAPES.get(party.kind, "dot"),
                x=x,
                y=y,
                group=party.kind,
            )
        return party.key

    middle = 60 * len(content.lines) // 2
    for party in content.left:
        place(party, -500, middle)
    for number, line in enumerate(content.lines):
        node = f"{line.gift}#{number}"
        title = escape(
            f"{line.label} · {line.date_words} · {line.direction}" + (f" · {line.doubt}" if line.doubt else "")
        )
        network.add_node(node, label=line.label, title=title, shape="box", x=0, y=60 * number, group=line.category)
        for giver in line.givers:
            network.add_edge(
                place(giver, -500 if giver.key in lefts else 500, 60 * number), node, dashes=bool(line.doubt)
            )
        for receiver in line.receivers:
            network.add_edge(
                node, place(receiver, -500 if receiver.key in lefts else 500, 60 * number), dashes=bool(line.doubt)
            )
    return network
