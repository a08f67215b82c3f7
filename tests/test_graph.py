from __future__ import annotations

import subprocess
import sys

import rdflib

import giftgraph
from giftgraph.graph import Graph
from giftgraph.vocabulary import ONTOLOGY

HEAVY = ("rdflib", "networkx", "pyvis", "pandas", "polars", "httpx", "jinja2", "pyshacl", "edtf", "IPython")


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split()) if run.stdout.strip() else set()


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_after("import giftgraph") == set()


def test_a_query_on_the_command_line_loads_nothing_heavy(graph: Graph) -> None:
    assert loaded_after("from giftgraph.cli import main\nmain(['query', 'between', '--format', 'csv'])") == set()


def test_a_picture_loads_neither_pyvis_nor_networkx(graph: Graph) -> None:
    loaded = loaded_after("import giftgraph\nassert giftgraph.open().show('Albright', 'Kim Jong Il').html()")
    assert loaded & {"rdflib", "networkx", "pyvis", "pandas", "httpx", "pyshacl"} == set()


def test_the_public_names_are_those_promised() -> None:
    assert set(giftgraph.__all__) <= set(dir(giftgraph))
    assert giftgraph.open is not None
    assert issubclass(giftgraph.GiftgraphError, Exception)


def test_rdflib_sees_the_same_default_graph_and_the_named_ones(graph: Graph) -> None:
    dataset = graph.rdflib
    count = graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0].n
    rows = list(dataset.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert int(rows[0][0]) == count
    people = {str(row[0]) for row in dataset.query(f"SELECT ?x {{ ?x a <{ONTOLOGY}Person> }}")}
    assert people == {row.x for row in graph.query("SELECT ?x { ?x a gift:Person }")}
    names = {str(context.identifier) for context in dataset.graphs()}
    assert "https://w3id.org/giftgraph/graph/curated" in names
    assert isinstance(dataset, rdflib.Dataset)


def test_the_version_names_the_dataset(graph: Graph) -> None:
    assert graph.version in str(graph.directory)
    assert giftgraph.open().version == graph.version
