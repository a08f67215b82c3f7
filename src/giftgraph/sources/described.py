"""What the curated graph describes already, so that a register refers to it instead of saying it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from giftgraph.vocabulary import ENTITY_PREFIXES, ONTOLOGY, RDFS, SKOS, entity_kind

_NAMES = (RDFS + "label", SKOS + "altLabel")
_KINDS = frozenset(["person", "organization", "polity", "tenure", "source"])


@dataclass(frozen=True, slots=True)
class Described:
    """Agents and tenures of a graph by short name (`person:qaitbay`): their labels, and for polities the ISO alpha-2 code.

    `bodies` gives the organization of each of its names, without case.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)

    def agent(self, key: str, kind: str) -> str:
        """The short name of an agent whose key is known: of the kind that the graph has, else of the kind given.

        >>> Described(labels={"organization:us-senate": "US Senate"}).agent("us-senate", "person")
        'organization:us-senate'
        """
        if kind == "person" and f"person:{key}" not in self.labels and f"organization:{key}" in self.labels:
            return f"organization:{key}"
        return f"{kind}:{key}"


def read_described(paths: Sequence[str]) -> Described:
    """Read what Turtle files describe."""
    return describe(quad for path in paths for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE))


def describe(quads: Iterable[ox.Quad]) -> Described:
    """What statements describe."""
    labels: dict[str, str] = {}
    codes: dict[str, str] = {}
    names: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        predicate, subject = quad.predicate.value, getattr(quad.subject, "value", "")
        kind = entity_kind(subject)
        if kind not in _KINDS or not isinstance(quad.object, ox.Literal):
            continue
        short = f"{ENTITY_PREFIXES[kind or '']}:{subject.rpartition('/')[2]}"
        if predicate == RDFS + "label":
            labels[short] = quad.object.value
        elif predicate == ONTOLOGY + "isoAlpha2":
            codes[short.partition(":")[2]] = quad.object.value
        if kind == "organization" and predicate in _NAMES:
            names[quad.object.value.casefold()].append(short)
    return Described(labels, codes, {name: found[0] for name, found in names.items() if len(found) == 1})
