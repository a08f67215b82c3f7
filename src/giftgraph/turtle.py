"""Canonical Turtle: the same triples always give the same bytes, one statement a line, so that a diff shows facts.

Prefixes stand in the order of the vocabulary, only those used; subjects are sorted; `a` comes first, then `rdfs:label`, then the
predicates in the order of their names; every object has a line of its own. Blank nodes are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from giftgraph.errors import DataUnreadable
from giftgraph.vocabulary import PREFIXES, RDF_TYPE, RDFS, XSD

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f]')
_BARE = {
    XSD + "integer": re.compile(r"-?\d+"),
    XSD + "boolean": re.compile(r"true|false"),
    XSD + "decimal": re.compile(r"-?\d+\.\d+"),
}
_FIRST = {RDF_TYPE: "0", RDFS + "label": "1"}


class _Names:
    """Prefixed names, remembering which prefixes were used."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self._known: dict[str, str] = {}
        self._by_namespace = {namespace: prefix for prefix, namespace in PREFIXES.items()}

    def write(self, iri: str) -> str:
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = self._shorten(iri)
        return known

    def _shorten(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._by_namespace.get(iri[:cut])
        if prefix is None or not _LOCAL.fullmatch(iri[cut:]):
            return f"<{iri}>"
        self.used.add(prefix)
        return f"{prefix}:{iri[cut:]}"


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def _write_literal(literal: ox.Literal, names: _Names) -> str:
    datatype = literal.datatype.value
    if datatype in _BARE and _BARE[datatype].fullmatch(literal.value):
        return literal.value
    text = f'"{_TO_ESCAPE.sub(_escape, literal.value)}"'
    if literal.language:
        return f"{text}@{literal.language}"
    return text if datatype == XSD + "string" else f"{text}^^{names.write(datatype)}"


def _write_term(term: object, names: _Names) -> str:
    if isinstance(term, ox.NamedNode):
        return names.write(term.value)
    if isinstance(term, ox.Literal):
        return _write_literal(term, names)
    raise DataUnreadable(f"{term} has no name: canonical data holds no blank nodes; give it an IRI")


def serialize(triples: Iterable[ox.Triple | ox.Quad]) -> str:
    """The canonical Turtle text of triples.

    >>> rdfs_label = ox.NamedNode(RDFS + "label")
    >>> print(serialize([ox.Triple(ox.NamedNode(PREFIXES["person"] + "qaitbay"), rdfs_label, ox.Literal("Qaitbay"))]))
    @prefix person: <https://w3id.org/giftgraph/id/person/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <BLANKLINE>
    person:qaitbay
        rdfs:label "Qaitbay" .
    <BLANKLINE>
    """
    return "".join(write_parts(triples))


def write_parts(triples: Iterable[ox.Triple | ox.Quad]) -> Iterator[str]:
    """The same text in parts, the prefixes and then a subject each, for statements that fill the memory."""
    names = _Names()
    subjects: dict[str, set[tuple[str, str, str]]] = {}
    for triple in triples:
        predicate = triple.predicate.value
        line = (_FIRST.get(predicate, "2"), names.write(predicate), _write_term(triple.object, names))
        subjects.setdefault(_write_term(triple.subject, names), set()).add(line)
    yield from (
        f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items() if prefix in names.used
    )
    for subject in sorted(subjects):
        yield "\n" + _write_block(subject, sorted(subjects.pop(subject)))


def _write_block(subject: str, lines: list[tuple[str, str, str]]) -> str:
    rdf_type = "rdf:type"
    statements = [f"{'a' if predicate == rdf_type else predicate} {term}" for _, predicate, term in lines]
    if lines[0][1] == rdf_type:
        return f"{subject} " + " ;\n    ".join(statements) + " .\n"
    return f"{subject}\n    " + " ;\n    ".join(statements) + " .\n"


def read(path: Path) -> list[ox.Quad]:
    """The statements of a Turtle file, lexical forms kept. Raises DataUnreadable with file and line."""
    try:
        return list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise DataUnreadable(f"{path}:{error.lineno or '?'}: {error.msg}") from None
    except (OSError, ValueError) as error:
        raise DataUnreadable(f"{path}: {getattr(error, 'strerror', None) or error}") from None
