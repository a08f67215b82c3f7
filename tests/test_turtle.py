from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

from giftgraph import turtle
from giftgraph.errors import DataUnreadable
from giftgraph.resources import data_file
from giftgraph.vocabulary import PREFIXES, XSD

SLUGS = st.from_regex(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z")
IRIS = st.one_of(
    st.builds(lambda prefix, slug: PREFIXES[prefix] + slug, st.sampled_from(sorted(PREFIXES)), SLUGS),
    st.sampled_from(["http://example.org/a#b.c", "https://example.org/ü?q=(1)", "https://example.org/"]),
).map(ox.NamedNode)
LITERALS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20).map(ox.Literal),
    st.integers().map(lambda n: ox.Literal(str(n), datatype=ox.NamedNode(XSD + "integer"))),
    st.sampled_from(["1.50", "007.0", "-3.", "1e5", "x"]).map(
        lambda v: ox.Literal(v, datatype=ox.NamedNode(XSD + "decimal"))
    ),
    st.just(ox.Literal("Ceaușescu", language="ro")),
)
TRIPLES = st.lists(st.builds(ox.Triple, IRIS, IRIS, st.one_of(IRIS, LITERALS)), max_size=12)


@given(TRIPLES)
def test_what_is_written_is_read_back_and_written_again_byte_for_byte(triples: list[ox.Triple]) -> None:
    text = turtle.serialize(triples)
    again = [quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)]
    assert set(again) == set(triples)
    assert turtle.serialize(reversed(again)) == text


def test_rdflib_reads_the_same_triples() -> None:
    triples = [
        ox.Triple(
            ox.NamedNode(PREFIXES["person"] + "x"),
            ox.NamedNode(PREFIXES["rdfs"] + "label"),
            ox.Literal('a"\\\n\t\x07é'),
        )
    ]
    text = turtle.serialize(triples)
    assert isomorphic(
        Graph().parse(data=text, format="turtle"),
        Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt"),
    )


def test_blank_nodes_are_refused() -> None:
    with pytest.raises(DataUnreadable, match="blank nodes"):
        turtle.serialize([ox.Triple(ox.BlankNode(), ox.NamedNode("http://example.org/p"), ox.Literal("x"))])


def test_writing_the_shipped_dataset_again_changes_no_byte() -> None:
    text = Path(data_file()).read_text(encoding="utf-8")
    assert turtle.serialize(turtle.read(Path(data_file()))) == text


def test_a_broken_file_is_reported_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text('<http://a> <http://b> "c" .\n<http://a> <http://b ', encoding="utf-8")
    with pytest.raises(DataUnreadable, match=r"broken\.ttl:2: "):
        turtle.read(broken)
