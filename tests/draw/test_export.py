"""Other tools: the same parties and gifts in JSON, GraphML, GEXF, NetworkX and pyvis."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

from giftgraph.graph import Graph


def test_the_network_has_an_edge_for_each_gift_between_the_same_two(graph: Graph) -> None:
    picture = graph.show("Putin", "Kim Jong Un")
    network = picture.network()
    assert network.number_of_edges("person:vladimir-putin", "person:kim-jong-un") > 1
    assert network.number_of_edges() == len(picture.content.lines)
    claims = [edge for _a, _b, edge in network.edges(data=True) if edge["claim"]]
    assert len(claims) == sum(line.is_claim for line in picture.content.lines)


@pytest.mark.parametrize(("suffix", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_graph_files_are_read_back_with_nodes_edges_and_types(
    graph: Graph, tmp_path: Path, suffix: str, read: object
) -> None:
    picture = graph.show("Albright", "Kim Jong Il")
    path = tmp_path / f"x.{suffix}"
    picture.save(path)
    assert callable(read)
    again = read(path)
    expected = picture.network()
    assert set(again.nodes) == set(expected.nodes)
    assert again.number_of_edges() == expected.number_of_edges()
    edge = next(iter(again.edges(data=True)))[2]
    assert isinstance(edge["earliest_day"], int)
    assert isinstance(edge["counted"], bool)


def test_hostile_text_stays_text_in_every_format(hostile_graph: Graph) -> None:
    from giftgraph.draw.export import serialize

    picture = hostile_graph.show("person:alpha")
    assert "<script>" in json.loads(serialize(picture, "json"))["lines"][0]["label"]
    for format_ in ("graphml", "gexf"):
        root = ET.fromstring(serialize(picture, format_).replace("\u202e", ""))
        assert not [element for element in root.iter() if element.tag.endswith("script")]


def test_pyvis_keeps_every_gift_as_a_node_with_edges_of_its_own_and_no_physics(graph: Graph) -> None:
    picture = graph.show("Putin", "Kim Jong Un")
    network = picture.pyvis()
    nodes, edges, _heading, _height, _width, options = network.get_network_data()
    assert len(nodes) == len(picture.content.lines) + 2
    assert len(edges) == 2 * len(picture.content.lines)
    assert '"enabled": false' in json.dumps(
        json.loads(options)["physics"] if isinstance(options, str) else options["physics"]
    )
    assert all("x" in node and "y" in node for node in nodes)


def test_pyvis_titles_are_escaped_and_the_callers_graph_is_not_touched(hostile_graph: Graph) -> None:
    picture = hostile_graph.show("person:alpha")
    before = picture.content
    nodes = picture.pyvis().get_network_data()[0]
    assert all("<" not in node["title"] for node in nodes)
    assert picture.content == before
