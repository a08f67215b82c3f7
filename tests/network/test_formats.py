"""Networks as files: there and back with every type, and read by independent readers."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.errors import DataUnreadable, OutputFailed
from giftgraph.graph import Graph
from giftgraph.network.formats import FORMATS, read_network, write_network

SUFFIXES = sorted(FORMATS)
KINDS = {
    "multi": {},
    "collapsed": {"collapse": True},
    "undirected": {"directed": False},
    "plain": {"directed": False, "collapse": True},
}


def content(network: Any) -> tuple[Any, ...]:
    edges = network.edges(keys=True, data=True) if network.is_multigraph() else network.edges(data=True)
    ends = (lambda e: (*e[:2], *e[2:-1])) if network.is_directed() else (lambda e: (*sorted(e[:2]), *e[2:-1]))
    return (
        type(network),
        {node: dict(attributes) for node, attributes in network.nodes(data=True)},
        {ends(edge): dict(edge[-1]) for edge in edges},
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_network_comes_back_with_its_type_nodes_edges_and_facts(
    graph: Graph, tmp_path: Path, suffix: str, kind: str
) -> None:
    network = graph.network(by="polity", **KINDS[kind])  # type: ignore[arg-type]
    path = tmp_path / f"network{suffix}"
    write_network(network, path)
    again = read_network(path)
    assert content(again) == content(network)
    assert {k: v for k, v in again.graph.items() if k in network.graph} == network.graph


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff"), max_size=12)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), TEXTS, st.integers(), st.booleans()), max_size=6))
def test_any_text_number_and_truth_survives(edges: list[tuple[int, int, str, int, bool]]) -> None:
    import tempfile

    network = nx.MultiDiGraph(name="x", exchanges=3)
    for number, (a, b, text, integer, truth) in enumerate(edges):
        for node in (a, b):
            network.add_node(f"person:{node}", label=text, kind="person")
        day = integer % 10**6
        network.add_edge(
            f"person:{a}",
            f"person:{b}",
            key=f"exchange:{number}",
            exchange="e",
            label=text,
            claim=truth,
            day=day,
            share=0.5,
        )
    if not edges:
        return
    for suffix in SUFFIXES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"n{suffix}"
            write_network(network, path)
            assert content(read_network(path)) == content(network), suffix


def test_gephi_finds_labels_types_and_unique_edges(graph: Graph, tmp_path: Path) -> None:
    network = graph.network(by="polity")
    write_network(network, tmp_path / "n.gexf")
    root = ET.parse(tmp_path / "n.gexf").getroot()
    space = {"g": "http://www.gexf.net/1.2draft"}
    labels = {node.get("label") for node in root.findall(".//g:node", space)}
    assert "North Korea" in labels
    identifiers = [edge.get("id") for edge in root.findall(".//g:edge", space)]
    assert len(identifiers) == len(set(identifiers)) == network.number_of_edges()
    types = {a.get("title"): a.get("type") for a in root.findall(".//g:attribute", space)}
    assert types["earliest_day"] in ("long", "integer")
    assert types["claim"] == "boolean"
    assert types["share"] in ("double", "float")


def test_another_reader_finds_the_same_nodes_edges_and_facts_in_graphml(graph: Graph, tmp_path: Path) -> None:
    rustworkx = pytest.importorskip("rustworkx")
    network = graph.network(by="polity")
    write_network(network, tmp_path / "n.graphml")
    (read,) = rustworkx.read_graphml(str(tmp_path / "n.graphml"))
    assert {node["id"] for node in read.nodes()} == set(network.nodes)
    assert read.num_edges() == network.number_of_edges()
    assert {edge["exchange"] for edge in read.edges()} == {key for _a, _b, key in network.edges(keys=True)}
    assert all(isinstance(edge["share"], float) and isinstance(edge["claim"], bool) for edge in read.edges())


def test_graphml_declares_its_types_and_cytoscape_its_elements(graph: Graph, tmp_path: Path) -> None:
    network = graph.network(by="polity")
    write_network(network, tmp_path / "n.graphml")
    root = ET.parse(tmp_path / "n.graphml").getroot()
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    types = {(k.get("for"), k.get("attr.name")): k.get("attr.type") for k in root.findall("g:key", space)}
    assert types["edge", "earliest_day"] in ("long", "int")
    assert types["edge", "share"] == "double"
    assert types["node", "label"] == "string"
    write_network(network, tmp_path / "n.cyjs")
    data = json.loads((tmp_path / "n.cyjs").read_text(encoding="utf-8"))
    nodes = {node["data"]["id"] for node in data["elements"]["nodes"]}
    assert all({edge["data"]["source"], edge["data"]["target"]} <= nodes for edge in data["elements"]["edges"])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.docx", "", "the suffix says the format"),
        ("x.graphml", "<html/>", "not a network in graphml"),
        ("x.graphml", "no xml", "not a network in graphml"),
        ("x.gexf", '<!DOCTYPE x [<!ENTITY a "b">]><gexf/>', "document type declaration"),
        ("x.json", "{}", "not a network in node-link"),
        ("x.cyjs", "[1]", "not a network in cytoscape"),
    ],
)
def test_a_file_that_is_no_network_is_named_in_one_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataUnreadable) as failure:
        read_network(path)
    assert message in str(failure.value)
    assert name in str(failure.value)
    assert "\n" not in str(failure.value)


def test_an_unknown_suffix_or_a_missing_file_is_refused(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(OutputFailed, match="the suffix says the format"):
        write_network(graph.network(), tmp_path / "x.png")
    with pytest.raises(DataUnreadable, match="no such file"):
        read_network(tmp_path / "missing.graphml")
    assert list(tmp_path.iterdir()) == []
