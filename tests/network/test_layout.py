"""Where nodes stand: the same for the same network, nothing on top of another, kept beside the snapshot."""

from __future__ import annotations

import itertools
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giftgraph.graph import Graph
from giftgraph.network.layout import Layout, lay_out, layout_path, stored_layout, stored_network

EDGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30)


def of_communities(sizes: list[int], seed: int = 0) -> nx.MultiDiGraph:
    """Dense groups with one line between each and the next."""
    network = nx.MultiDiGraph()
    for group, size in enumerate(sizes):
        for a, b in itertools.permutations(range(size), 2):
            network.add_edge(f"g{group}n{a}", f"g{group}n{b}")
        if group:
            network.add_edge(f"g{group}n0", f"g{group - 1}n0")
    return network


@settings(max_examples=30, deadline=None)
@given(EDGES)
def test_the_order_and_direction_of_edges_change_no_position(edges: list[tuple[int, int]]) -> None:
    one = nx.MultiDiGraph([(f"n{a}", f"n{b}") for a, b in edges])
    other = nx.MultiGraph([(f"n{b}", f"n{a}") for a, b in reversed(edges)])
    layout = lay_out(one)
    assert layout == lay_out(other)
    assert len(layout.positions) == len(layout.nodes) == len(layout.communities) == len(one)
    assert all(math.isfinite(number) for position in layout.positions for number in position)


def test_positions_are_the_same_in_a_process_with_another_order_of_sets(graph: Graph) -> None:
    code = (
        "import giftgraph, hashlib\nfrom giftgraph.network.layout import lay_out\n"
        "print(hashlib.sha256(repr(lay_out(giftgraph.open().network(by='polity'))).encode()).hexdigest())"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=environment | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_without_the_engine_networkx_places_the_nodes_the_same_way_each_time() -> None:
    code = (
        "import sys\nsys.modules['crategraph_forceatlas2'] = None\nimport networkx as nx\n"
        "from giftgraph.network.layout import lay_out\n"
        "print(lay_out(nx.relabel_nodes(nx.barbell_graph(9, 2), str)).positions)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    runs = [
        subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    assert runs[0].count("(") == 21


def test_dense_groups_are_communities_and_the_largest_is_the_first() -> None:
    layout = lay_out(of_communities([4, 7, 5]))
    groups = {
        name[:2]: {layout.communities[i] for i, n in enumerate(layout.nodes) if n[:2] == name[:2]}
        for name in layout.nodes
    }
    assert groups == {"g1": {0}, "g2": {1}, "g0": {2}}


@pytest.mark.parametrize("by", ["person", "polity"])
def test_no_two_nodes_share_a_place_and_components_do_not_overlap(graph: Graph, by: str) -> None:
    network = graph.network(by=by)
    layout = lay_out(network)
    place = dict(zip(layout.nodes, layout.positions, strict=True))
    boxes = []
    for members in nx.weakly_connected_components(network):
        xs, ys = zip(*(place[node] for node in members), strict=True)
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    for a, b in itertools.combinations(boxes, 2):
        assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]
    nearest = min(math.dist(p, q) for p, q in itertools.combinations(layout.positions, 2))
    assert nearest > 2
    width = max(box[2] for box in boxes) - min(box[0] for box in boxes)
    height = max(box[3] for box in boxes) - min(box[1] for box in boxes)
    assert 0.9 < width / height < 2.4
    assert width * height < 600 * len(layout.nodes), "compact"


def test_above_the_limit_communities_are_placed_instead_of_nodes() -> None:
    layout = lay_out(of_communities([5, 5, 5, 5]), largest=19)
    assert layout.folded
    assert len(layout.nodes) == len(layout.communities) == 20
    assert len(layout.positions) == 4
    assert not lay_out(of_communities([5, 5, 5, 5]), largest=20).folded


def test_progress_goes_up_to_the_whole() -> None:
    told: list[tuple[int, int]] = []
    lay_out(of_communities([6, 6]), progress=lambda done, steps: told.append((done, steps)))
    assert told == sorted(told)
    assert told[-1] == (12, 12)


def test_a_layout_is_kept_read_back_and_made_again_when_it_is_broken(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIFTGRAPH_CACHE", str(tmp_path))
    network = graph.network(by="polity")
    made = stored_layout(network, graph.version)
    path = Path(layout_path(network, graph.version))
    content = json.loads(path.read_text(encoding="utf-8"))
    content["positions"][0] = [123.0, 456.0]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert stored_layout(network, graph.version).positions[0] == (123.0, 456.0), "the stored one is used"
    for broken in ("", "{", "[]", '{"nodes": []}', json.dumps(content | {"nodes": content["nodes"][1:]})):
        path.write_text(broken, encoding="utf-8")
        assert stored_layout(network, graph.version) == made
    content["positions"].pop()
    path.write_text(json.dumps(content), encoding="utf-8")
    assert stored_layout(network, graph.version) == made
    assert not list(tmp_path.glob("*.tmp")), "no half-written file is left"


@pytest.mark.parametrize("by", ["person", "office", "polity"])
def test_a_kept_network_is_the_projection_itself_and_a_broken_one_is_made_again(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setenv("GIFTGRAPH_CACHE", str(tmp_path))
    fresh, kept = stored_network(graph, by), stored_network(graph, by)
    assert fresh.graph == kept.graph == graph.network(by=by).graph
    assert list(kept.nodes(data=True)) == list(fresh.nodes(data=True))
    assert list(kept.edges(keys=True, data=True)) == list(fresh.edges(keys=True, data=True))
    (path,) = tmp_path.glob("network-*.json")
    for broken in ("", "[]", "{}", '{"directed": true, "multigraph": true, "graph": {}, "nodes": [], "edges": []}'):
        path.write_text(broken, encoding="utf-8")
        assert stored_network(graph, by).graph == fresh.graph


def test_another_projection_or_version_has_another_file(graph: Graph) -> None:
    paths = {
        layout_path(network, version)
        for network in (graph.network(), graph.network(by="polity"), graph.network(start="1990"))
        for version in ("a" * 16, "b" * 16)
    }
    assert len(paths) == 6


def test_layouts_of_snapshots_that_are_gone_are_removed(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIFTGRAPH_CACHE", str(tmp_path))
    (tmp_path / "snapshot-here").mkdir()
    for version in ("here", "gone"):
        (tmp_path / f"layout-{version}-0.json").write_text("{}", encoding="utf-8")
    stored_layout(graph.network(by="polity"), graph.version)
    assert sorted(path.name.split("-")[1] for path in tmp_path.glob("layout-*")) == sorted(["here", graph.version])


def test_a_cache_that_cannot_be_written_costs_one_line(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("GIFTGRAPH_CACHE", str(blocked))
    layout = stored_layout(graph.network(by="polity"), graph.version)
    assert isinstance(layout, Layout)
    assert layout.positions
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "cannot be written" in message
    assert stored_layout(graph.network(by="polity"), graph.version, quiet=True) == layout
    assert capsys.readouterr().err == ""
