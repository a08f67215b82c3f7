"""The catalogue on every store: the snapshot, plain rdflib, and a real SPARQL server. The answers are equal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import rdflib

import giftgraph
from conftest import serve
from giftgraph.catalogue import list_queries
from giftgraph.graph import Graph
from giftgraph.resources import data_files, ontology_files
from giftgraph.results import Triples, Truth
from giftgraph.store.endpoint import Endpoint

QUERIES = list_queries()
OTHERS = [
    ("between", {"a": "person:madeleine-albright", "b": "person:kim-jong-il"}),
    ("category", {"category": "weapons"}),
    ("gifts-of-a-year", {"from": "-1400", "to": "1500"}),
    ("in-office", {"polity": "fra", "from": "1981-02-14", "to": "1981-02-15"}),
]
CASES = [pytest.param(query.text, id=query.name) for query in QUERIES]
CASES += [
    pytest.param(next(q for q in QUERIES if q.name == name).bind(values), id=f"{name}-other") for name, values in OTHERS
]


# rdflib needs minutes for all registers: the curated graph, the agents of the registers and their first document stand for all.
FILES = list(data_files())
SAMPLE = sorted({*FILES[:1], *[path for path in FILES[1:] if path.endswith("parties.ttl")], *FILES[1:2]})


@pytest.fixture(scope="session")
def sample() -> Graph:
    """What every store is asked about."""
    return giftgraph.open(SAMPLE)


@pytest.fixture(scope="session")
def server(sample: Graph) -> Iterator[str]:
    """A SPARQL server over the sample."""
    with serve(sample) as address:
        yield address


@pytest.fixture(scope="session")
def plain() -> rdflib.Graph:
    """The ontology and the sample in a plain rdflib graph, parsed by rdflib itself."""
    graph = rdflib.Graph()
    for path in [*ontology_files(), *SAMPLE]:
        graph.parse(path, format="turtle")
    return graph


def comparable(term: Any) -> Any:
    """A term by value: numbers as numbers, so that 1.0 and 1.00 are the same."""
    if term is None:
        return None
    datatype = str(getattr(term, "datatype", "") or "")
    value = str(getattr(term, "value", term)) if not isinstance(term, rdflib.term.Identifier) else str(term)
    if datatype.rstrip(">").endswith(("integer", "decimal", "double")):
        return Decimal(value)
    return value


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    return [tuple(comparable(term) for term in row.terms) for row in answer]


def triples_of(answer: Triples) -> set[tuple[Any, ...]]:
    return {(comparable(t.subject), comparable(t.predicate), comparable(t.object)) for t in answer}


@pytest.mark.parametrize("text", CASES)
def test_the_server_answers_as_the_snapshot_does(sample: Graph, server: str, text: str) -> None:
    local, remote = sample.query(text), Endpoint(server).query(text)
    if isinstance(local, Truth):
        assert bool(local) == bool(remote)
    elif isinstance(local, Triples):
        assert triples_of(local) == triples_of(remote)
    else:
        assert local.columns == remote.columns
        assert rows_of(local) == rows_of(remote)


@pytest.mark.parametrize("text", CASES)
def test_plain_rdflib_answers_as_the_snapshot_does(sample: Graph, plain: rdflib.Graph, text: str) -> None:
    local, other = sample.query(text), plain.query(text)
    if isinstance(local, Truth):
        assert bool(local) == other.askAnswer
    elif isinstance(local, Triples):
        assert triples_of(local) == {tuple(comparable(term) for term in triple) for triple in other.graph}
    else:
        assert rows_of(local) == [tuple(comparable(term) for term in row) for row in other]
