"""The agents of a register that the curated graph does not know: persons, bodies and reporting agencies, with their spellings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from giftgraph.curated.statements import state_person
from giftgraph.curated.tables import Person
from giftgraph.description import Statements
from giftgraph.sources.card import Card
from giftgraph.sources.described import Described
from giftgraph.sources.records import Block, Party
from giftgraph.sources.statements import agency_of, agent_of, source_key


@dataclass(slots=True)
class _Mentions:
    """How an agent is named, where and for which polity."""

    names: Counter[str] = field(default_factory=Counter)
    polities: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    candidates: set[str] = field(default_factory=set)


def gather_agents(
    blocks: Iterable[Block], card: Card, described: Described, people: Mapping[str, Person]
) -> dict[str, Person]:
    """The agents that blocks mention and the graph does not describe, by short name, in the order of their names.

    The label is the spelling used most, then the longest, then the first of the alphabet; the others are kept as other names.
    `people` are persons known from tables of leaders, who keep their label, and get the register's spellings and documents.
    """
    mentions: dict[str, _Mentions] = defaultdict(_Mentions)
    for block in blocks:
        source = source_key(card, block.source)
        agency = mentions[agency_of(block.agency, card, described)]
        agency.names[block.agency] += 1
        agency.polities[card.polity] += 1
        agency.documents.add(source)
        for party, home in _parties(block, card):
            candidates = [described.agent(candidate, "person") for candidate in party.candidates]
            for candidate in candidates:
                mentions[candidate].documents.add(source)
            agent = agent_of(party, described)
            if agent:
                mention = mentions[agent]
                mention.documents.add(source)
                mention.names.update(filter(None, [party.name]))
                mention.polities.update(filter(None, [party.polity or home]))
                mention.candidates.update(candidates)
    found = {name: mention for name, mention in mentions.items() if name not in described.labels}
    return {
        name: _describe_agent(name, mention, people.get(name.partition(":")[2]), described)
        for name, mention in sorted(found.items())
        if not name.startswith("polity:")
    }


def _parties(block: Block, card: Card) -> Iterator[tuple[Party, str | None]]:
    for donor in block.donors:
        yield donor, block.donor_polity
    for recipient in block.recipients:
        yield recipient, card.polity


def _describe_agent(name: str, mention: _Mentions, known: Person | None, described: Described) -> Person:
    key = name.partition(":")[2]
    spellings = sorted(mention.names, key=lambda spelling: (-mention.names[spelling], -len(spelling), spelling))
    polity = max(sorted(mention.polities), key=lambda code: mention.polities[code], default="")
    label = known.name if known else spellings[0] if spellings else key.replace("-", " ").title()
    others = {*spellings, *(known.other_names if known else ())} - {label}
    if name.startswith("person:"):
        # A surname alone would be the best answer to everybody who looks for a person with that surname.
        others = {other for other in others if " " in other or "-" in other}
        label = label if " " in label or not polity else f"{label} ({described.labels.get(f'polity:{polity}', polity)})"
    return Person(
        key=key,
        name=label,
        other_names=tuple(sorted(others)),
        kind="person" if name.startswith("person:") else "organization",
        born=known.born if known else "",
        died=known.died if known else "",
        polity=known.polity if known and known.polity else polity,
        wikidata=known.wikidata if known else "",
        possibly_same_as=tuple(sorted(mention.candidates - {name})),
        confidence=known.confidence if known else "read",
        sources=tuple(sorted(mention.documents | set(known.sources if known else ()))),
        note=known.note if known else "",
    )


def state_agents(agents: Iterable[Person]) -> Statements:
    """What is known of each agent."""
    for agent in agents:
        yield from state_person(agent)
