"""A network of the size of a register, made up: parties of a few polities, exchanges with a long tail, dates and categories.

The same seed gives the same network. `make_network` gives it as the projection would, `write_dataset` as RDF to project from.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import networkx as nx

NODES, EXCHANGES = 7_000, 20_000
_POLITIES = 190
_REGIONS = ("Eastern Asia", "Western Europe", "Northern America", "Sub-Saharan Africa", "Western Asia", "Southern Asia")
_CATEGORIES = (
    "books-documents",
    "cars",
    "live-animals",
    "paintings-prints",
    "timepieces",
    "carpets",
    "sculpture",
    "food-drink",
)
_FIRST_DAY, _LAST_DAY = 727_000, 739_000
_ID = "https://w3id.org/giftgraph/id/"
_TERM = "https://w3id.org/giftgraph/ontology#"


class Exchange(NamedTuple):
    """One made-up exchange: numbers of its givers and receivers, its day and category, and how sure its record is."""

    givers: tuple[int, ...]
    receivers: tuple[int, ...]
    day: int
    category: str
    confidence: str


def make_exchanges(nodes: int = NODES, exchanges: int = EXCHANGES, seed: int = 0) -> Iterator[Exchange]:
    """Exchanges in which a few parties take part in many, most in one or two, and every party in at least one when there is room."""
    generator = random.Random(seed)
    known: list[int] = []

    def pick(fresh: int | None) -> int:
        party = (
            fresh
            if fresh is not None
            else generator.choice(known)
            if generator.random() < 0.8
            else generator.randrange(nodes)
        )
        known.append(party)
        return party

    unused = list(range(nodes))
    generator.shuffle(unused)
    known.append(unused[0])
    for _ in range(exchanges):
        giver = pick(unused.pop() if unused and generator.random() < 0.35 else None)
        receiver = giver
        while receiver == giver:
            receiver = pick(None)
        joint = generator.random() < 0.08
        second = generator.randrange(nodes)
        givers = (giver, second) if joint and second not in (giver, receiver) else (giver,)
        yield Exchange(
            givers,
            (receiver,),
            generator.randint(_FIRST_DAY, _LAST_DAY),
            generator.choice(_CATEGORIES),
            generator.choice(("read", "read", "read", "secondary")),
        )


def make_network(nodes: int = NODES, exchanges: int = EXCHANGES, seed: int = 0) -> nx.MultiDiGraph:
    """The network by person, with the attributes of `giftgraph.network.projection`."""
    import networkx as nx

    network = nx.MultiDiGraph(
        name="The network of gifts by person", version="synthetic", by="person", start="", end="", categories="",
        min_rank="preferred", min_confidence="unchecked",
    )  # fmt: skip
    reasons = ("not_gifts", "travel", "confidence", "category", "undated", "period", "unnamed", "within")
    network.graph |= {f"left_out_{reason}": 0 for reason in reasons}
    for number, exchange in enumerate(make_exchanges(nodes, exchanges, seed)):
        share = 1 / (len(exchange.givers) * len(exchange.receivers))
        for giver in exchange.givers:
            for receiver in exchange.receivers:
                network.add_edge(
                    f"person:p{giver}", f"person:p{receiver}", key=f"exchange:s{number}", exchange=f"exchange:s{number}",
                    label=f"Gift {number}", date="", earliest_day=exchange.day, latest_day=exchange.day, categories=exchange.category,
                    value="", sources="source:s", confidence=exchange.confidence, rank="preferred", claim=False, share=share,
                )  # fmt: skip
    for node, attributes in network.nodes(data=True):
        number = int(node.removeprefix("person:p"))
        attributes.update(
            label=f"Party {number}", kind="person", polity=f"polity:s{number % _POLITIES}", region=_region(number)
        )
    network.graph["exchanges"] = exchanges
    return network


def _region(number: int) -> str:
    return _REGIONS[number % _POLITIES % len(_REGIONS)]


def write_dataset(target: Path, nodes: int = NODES, exchanges: int = EXCHANGES, seed: int = 0) -> None:
    """The same exchanges as N-Triples, in the terms of the ontology."""

    def triple(subject: str, predicate: str, value: str) -> str:
        term = f"<{_TERM}{predicate}>" if ":" not in predicate else f"<{predicate}>"
        return f"<{_ID}{subject}> {term} {value} .\n"

    def node(name: str) -> str:
        return f"<{_ID}{name}>"

    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    source = "http://purl.org/dc/terms/source"
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    with target.open("w", encoding="utf-8") as stream:
        for number in range(_POLITIES):
            name = f"polity/s{number}"
            stream.write(triple(name, rdf_type, f"<{_TERM}Polity>") + triple(name, label, f'"Polity {number}"'))
            stream.write(triple(name, "unRegion", f'"{_region(number)}"'))
        for number in range(nodes):
            name = f"person/p{number}"
            stream.write(triple(name, rdf_type, f"<{_TERM}Person>") + triple(name, label, f'"Party {number}"'))
            stream.write(triple(name, "ofPolity", node(f"polity/s{number % _POLITIES}")))
        for number, exchange in enumerate(make_exchanges(nodes, exchanges, seed)):
            name, item = f"exchange/s{number}", f"gift/s{number}-1"
            stream.write(triple(name, rdf_type, f"<{_TERM}GiftExchange>") + triple(name, label, f'"Gift {number}"'))
            stream.write(triple(name, "nature", node("nature/gift")) + triple(name, source, node("source/s")))
            stream.write(triple(name, "confidence", node(f"confidence/{exchange.confidence}")))
            for side in ("earliestDay", "latestDay"):
                stream.write(triple(name, side, f'"{exchange.day}"{integer}'))
            stream.write(triple(name, "gift", node(item)) + triple(item, rdf_type, f"<{_TERM}Gift>"))
            stream.write(
                triple(item, "category", node(f"category/{exchange.category}"))
                + triple(item, label, f'"Gift {number}"')
            )
            for role, shortcut, parties in (
                ("donor", "giver", exchange.givers),
                ("recipient", "recipient", exchange.receivers),
            ):
                for position, party in enumerate(parties):
                    participation = f"participation/s{number}-{role}-{position}"
                    stream.write(triple(name, "hasParticipation", node(participation)))
                    stream.write(triple(name, shortcut, node(f"person/p{party}")))
                    stream.write(triple(participation, "participationRole", node(f"role/{role}")))
                    stream.write(triple(participation, "agent", node(f"person/p{party}")))
