"""A register-sized dataset on the snapshot and on a second server: the same answers, and a file of a gigabyte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from register import write_register

import giftgraph
from conftest import Run, serve
from giftgraph.catalogue import list_queries
from giftgraph.graph import Graph
from giftgraph.results import Truth
from giftgraph.store.endpoint import Endpoint

pytestmark = pytest.mark.wide
STATEMENTS = 400_000


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register") / "register.nt"
    assert write_register(path, STATEMENTS) >= STATEMENTS
    return path


@pytest.fixture(scope="module")
def register_graph(register: Path) -> Graph:
    return giftgraph.open(register)


@pytest.fixture(scope="module")
def register_server(register_graph: Graph) -> Iterator[str]:
    with serve(register_graph) as address:
        yield address


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_the_catalogue_answers_on_a_register_as_the_server_does(
    register_graph: Graph, register_server: str, query: giftgraph.catalogue.CatalogueQuery
) -> None:
    local = register_graph.query(query.text)
    remote = Endpoint(register_server, timeout=300).query(query.text)
    if isinstance(local, Truth):
        assert bool(local) == bool(remote)
    elif hasattr(local, "columns"):
        assert local.serialize("csv") == remote.serialize("csv")  # type: ignore[union-attr]
    else:
        assert local.serialize("nt") == remote.serialize("nt")


def test_each_copy_of_an_exchange_is_counted_once(register_graph: Graph, graph: Graph) -> None:
    ask = "SELECT (COUNT(?x) AS ?n) { ?x a gift:GiftExchange }"
    copies = len(
        register_graph.query(
            "SELECT ?x { ?x gift:gift ?g FILTER(STRENDS(STR(?x), '/exchange/hg136') || CONTAINS(STR(?x), '/exchange/hg136-r')) }"
        )
    )
    assert register_graph.query(ask)[0].n == copies * graph.query(ask)[0].n


def test_a_picture_of_a_register_has_every_line_and_as_many_partners(register_graph: Graph, graph: Graph) -> None:
    small, large = graph.show("Vladimir Putin").content, register_graph.show("Vladimir Putin").content
    copies = (
        register_graph.query("SELECT (COUNT(?x) AS ?n) { ?x a gift:GiftExchange }")[0].n
        // graph.query("SELECT (COUNT(?x) AS ?n) { ?x a gift:GiftExchange }")[0].n
    )
    assert len(large.lines) == copies * len(small.lines)
    named = {party.key for party in small.right if party.kind != "unknown"}
    assert {party.key for party in large.right if party.kind != "unknown"} == named


def test_a_file_of_a_gigabyte_is_refused_or_read_in_one_line(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "huge.ttl"
    with path.open("wb") as stream:
        stream.truncate(1_000_000_000)
    run = cli("query", "SELECT * { ?s ?p ?o }", "--data", str(path), timeout=600)
    assert run.returncode == 1
    assert run.stdout == ""
    assert len(run.stderr.strip().splitlines()) == 1
    assert "huge.ttl" in run.stderr
