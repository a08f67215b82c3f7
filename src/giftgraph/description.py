"""Statements about one entity: the IRI from a short name, and triples with the datatypes that the model asks for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from giftgraph.dates import Bounds, iso_date, read_bounds
from giftgraph.vocabulary import DCTERMS, ENTITY_PREFIXES, ONTOLOGY, RDF_TYPE, XSD, entity_iri

Statements = Iterator[ox.Triple]

_KIND_OF_PREFIX = {prefix: kind for kind, prefix in ENTITY_PREFIXES.items()}


def slugify(text: str) -> str:
    """A slug of a-z, 0-9 and hyphens.

    >>> slugify("President of Côte d'Ivoire")
    'president-of-cote-divoire'
    """
    letters = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ø", "o").replace("ł", "l")).casefold()
    letters = "".join(c for c in letters if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "x"


def node(name: str) -> ox.NamedNode:
    """The IRI of a name such as `person:qaitbay`.

    >>> node("person:qaitbay").value
    'https://w3id.org/giftgraph/id/person/qaitbay'
    """
    prefix, _, slug = name.partition(":")
    return ox.NamedNode(entity_iri(_KIND_OF_PREFIX[prefix], slug))


class Description:
    """The statements about one entity, collected; empty values are left out."""

    def __init__(self, name: str, class_name: str) -> None:
        self.subject = node(name)
        self.triples = [ox.Triple(self.subject, ox.NamedNode(RDF_TYPE), ox.NamedNode(ONTOLOGY + class_name))]

    def add(self, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        """One statement."""
        self.triples.append(ox.Triple(self.subject, ox.NamedNode(predicate), value))

    def text(self, predicate: str, *values: str) -> None:
        """A plain text for each value."""
        for value in filter(None, values):
            self.add(predicate, ox.Literal(value))

    def link(self, predicate: str, *names: str) -> None:
        """A link to each entity, by its short name."""
        for name in filter(None, names):
            self.add(predicate, node(name))

    def number(self, predicate: str, value: int | str | None, datatype: str = "integer") -> None:
        """A number; a decimal always gets a point, so that its Turtle form needs no datatype."""
        if value is None or value == "":
            return
        text = str(value)
        if datatype == "decimal" and "." not in text:
            text += ".0"
        self.add(predicate, ox.Literal(text, datatype=ox.NamedNode(XSD + datatype)))

    def sources(self, keys: Sequence[str]) -> None:
        """The documents that state it, by key."""
        self.link(DCTERMS + "source", *(f"source:{key}" for key in keys))

    def date(self, edtf: str) -> None:
        """An EDTF date with its bounds."""
        if edtf:
            self.text(ONTOLOGY + "dateEDTF", edtf)
            self.bounds(read_bounds(edtf))

    def bounds(self, bounds: Bounds) -> None:
        """The first and last day, as day numbers and, from year 1 on, as dates."""
        for side, day in (("earliest", bounds.earliest_day), ("latest", bounds.latest_day)):
            self.number(f"{ONTOLOGY}{side}Day", day)
            self.number(f"{ONTOLOGY}{side}Date", iso_date(day), "date")
