"""Networks as files for other tools: GraphML, GEXF, Cytoscape JSON and node-link JSON, types kept there and back.

GraphML and node-link JSON are NetworkX's own. GEXF has no place for what is said of the network as a whole, so that stands in
its description as JSON; Cytoscape JSON has no place for the keys of edges, so they stand in their data.
"""

from __future__ import annotations

import io
import json
import os
import xml.etree.ElementTree as ET
from typing import Any

from giftgraph.errors import DataUnreadable, OutputFailed
from giftgraph.output import write_text

# The suffix of a file and the format it means.
FORMATS = {".graphml": "graphml", ".gexf": "gexf", ".cyjs": "cytoscape", ".json": "node-link"}
_LARGEST = 1_000_000_000
_GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
_GEXF = "{http://www.gexf.net/1.2draft}"


def serialize_network(network: Any, format: str) -> str:  # noqa: A002 - the name of the option
    """A network as text in one of `graphml`, `gexf`, `cytoscape`, `node-link`. Raises OutputFailed for another format.

    >>> import giftgraph
    >>> serialize_network(giftgraph.open().network(by="polity"), "graphml")[:5]
    '<?xml'
    """
    import networkx as nx

    if format == "graphml":
        return _to_graphml(network)
    if format == "gexf":
        return _to_gexf(network)
    if format == "cytoscape":
        return json.dumps(_to_cytoscape(network), ensure_ascii=False, indent=1) + "\n"
    if format == "node-link":
        return json.dumps(nx.node_link_data(network, edges="edges"), ensure_ascii=False, indent=1) + "\n"
    raise OutputFailed(f"a network cannot be written as {format!r}; choose {', '.join(FORMATS.values())}")


def write_network(network: Any, path: str | os.PathLike[str]) -> None:
    """Write a network; the suffix decides (.graphml, .gexf, .cyjs, .json). Raises OutputFailed."""
    write_text(path, serialize_network(network, _format_of(path, OutputFailed)))


def read_network(path: str | os.PathLike[str]) -> Any:
    """Read back a network that `write_network` wrote, of the same type. Raises DataUnreadable with one line."""
    import networkx as nx

    name = os.fspath(path)
    form = _format_of(path, DataUnreadable)
    try:
        if os.path.getsize(path) > _LARGEST:
            raise DataUnreadable(f"{name}: larger than 1 GB; that is not a network of this kind")
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        if "<!DOCTYPE" in text[:2000] or "<!ENTITY" in text[:2000]:
            raise DataUnreadable(f"{name}: a document type declaration is not read")
        if form == "graphml":
            return _from_graphml(text)
        if form == "gexf":
            return _from_gexf(text)
        content = json.loads(text)
        return _from_cytoscape(content) if form == "cytoscape" else nx.node_link_graph(content, edges="edges")
    except OSError as error:
        raise DataUnreadable(f"{name}: {(error.strerror or 'unreadable').lower()}") from None
    except (ValueError, KeyError, TypeError, AttributeError, ET.ParseError, nx.NetworkXException) as error:
        raise DataUnreadable(f"{name}: not a network in {form}: {' '.join(str(error).split())[:120]}") from None


def _format_of(path: str | os.PathLike[str], failure: type[Exception]) -> str:
    suffix = os.path.splitext(path)[1].casefold()
    if suffix not in FORMATS:
        raise failure(f"{os.fspath(path)}: the suffix says the format; use one of {', '.join(FORMATS)}")
    return FORMATS[suffix]


def _to_graphml(network: Any) -> str:
    import networkx as nx

    stream = io.BytesIO()
    nx.write_graphml(network, stream)
    ET.register_namespace("", _GRAPHML.strip("{}"))
    root = ET.fromstring(stream.getvalue())  # noqa: S314 - written two lines above
    truths = {key.get("id") for key in root.iter(f"{_GRAPHML}key") if key.get("attr.type") == "boolean"}
    for data in root.iter(f"{_GRAPHML}data"):
        if data.get("key") in truths:
            data.text = (data.text or "").lower()  # NetworkX writes True where the format says true
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _from_graphml(text: str) -> Any:
    import networkx as nx

    root = ET.fromstring(text)  # noqa: S314 - read_network refuses document types, so nothing expands
    keys = {key.get("attr.name") for key in root.iter(f"{_GRAPHML}key")}
    # Only a multigraph of ours has edges that name their exchange.
    network = nx.parse_graphml(text, force_multigraph="exchange" in keys)
    if not network.is_multigraph():
        for _a, _b, edge in network.edges(data=True):
            edge.pop("id", None)
        return network
    return network


def _to_gexf(network: Any) -> str:
    import networkx as nx

    plain = network.copy()
    plain.graph.clear()
    for _node, attributes in plain.nodes(data=True):
        attributes["name"] = attributes.pop("label", "")
    # GEXF keeps `id`, `label` and `weight` of an edge for itself.
    edges = plain.edges(keys=True, data=True) if plain.is_multigraph() else plain.edges(data=True)
    for *_ends, edge in edges:
        for reserved in ("label", "weight"):
            if reserved in edge:
                edge[f"{reserved}_"] = edge.pop(reserved)
    if plain.is_multigraph():
        for _a, _b, key, edge in plain.edges(keys=True, data=True):
            edge["exchange_key"] = key
        simple = type(plain)()
        simple.add_nodes_from(plain.nodes(data=True))
        simple.add_edges_from((a, b, number, edge) for number, (a, b, edge) in enumerate(plain.edges(data=True)))
        plain = simple
    stream = io.BytesIO()
    nx.write_gexf(plain, stream)
    root = ET.fromstring(stream.getvalue())  # noqa: S314 - written a line above
    meta = root.find(f"{_GEXF}meta")
    if meta is None:
        meta = ET.Element(f"{_GEXF}meta")
        root.insert(0, meta)
    description = meta.find(f"{_GEXF}description")
    if description is None:
        description = ET.SubElement(meta, f"{_GEXF}description")
    facts = {"multigraph": network.is_multigraph(), "directed": network.is_directed(), "graph": network.graph}
    description.text = json.dumps(facts, ensure_ascii=False)
    for node in root.iter(f"{_GEXF}node"):
        node.set("label", str(network.nodes[node.get("id")].get("label", node.get("id"))))
    ET.register_namespace("", _GEXF.strip("{}"))
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _from_gexf(text: str) -> Any:
    import networkx as nx

    root = ET.fromstring(text)  # noqa: S314 - read_network refuses document types, so nothing expands
    description = root.find(f"{_GEXF}meta/{_GEXF}description")
    facts = json.loads(description.text or "{}") if description is not None else {}
    read = nx.read_gexf(io.BytesIO(text.encode()))
    kinds = {
        (True, True): nx.MultiDiGraph,
        (True, False): nx.MultiGraph,
        (False, True): nx.DiGraph,
        (False, False): nx.Graph,
    }
    network = kinds[bool(facts["multigraph"]), bool(facts["directed"])]()
    network.graph.update(facts["graph"])
    for node, attributes in read.nodes(data=True):
        network.add_node(node, **(attributes | {"label": attributes.get("name", "")}))
        del network.nodes[node]["name"]
    for a, b, edge in read.edges(data=True):
        kept = {
            name.removesuffix("_"): value
            for name, value in edge.items()
            if name not in ("id", "exchange_key", "weight", "label", "networkx_key")
        }
        if network.is_multigraph():
            network.add_edge(a, b, key=edge["exchange_key"], **kept)
        else:
            network.add_edge(a, b, **kept)
    return network


def _to_cytoscape(network: Any) -> dict[str, Any]:
    multi = network.is_multigraph()
    edges = (
        network.edges(keys=True, data=True) if multi else ((a, b, "", edge) for a, b, edge in network.edges(data=True))
    )
    return {
        "data": dict(network.graph),
        "directed": network.is_directed(),
        "multigraph": multi,
        "elements": {
            "nodes": [{"data": attributes | {"id": node}} for node, attributes in network.nodes(data=True)],
            "edges": [
                {"data": edge | {"id": f"e{number}", "source": a, "target": b} | ({"key": key} if multi else {})}
                for number, (a, b, key, edge) in enumerate(edges)
            ],
        },
    }


def _from_cytoscape(content: dict[str, Any]) -> Any:
    import networkx as nx

    kinds = {
        (True, True): nx.MultiDiGraph,
        (True, False): nx.MultiGraph,
        (False, True): nx.DiGraph,
        (False, False): nx.Graph,
    }
    network = kinds[bool(content["multigraph"]), bool(content["directed"])]()
    network.graph.update(content["data"])
    for node in content["elements"]["nodes"]:
        network.add_node(node["data"]["id"], **{k: v for k, v in node["data"].items() if k != "id"})
    for item in content["elements"]["edges"]:
        edge = dict(item["data"])
        ends = edge.pop("source"), edge.pop("target")
        del edge["id"]
        network.add_edge(*ends, **({"key": edge.pop("key")} if network.is_multigraph() else {}), **edge)
    return network
