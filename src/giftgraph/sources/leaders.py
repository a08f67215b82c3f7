"""The leaders of `data/leaders` as records of the curated graph, for those who take part in a register and for the terms they held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from giftgraph.curated.statements import state_person, state_source, state_tenure
from giftgraph.curated.tables import Person, Source, Tenure, read_table
from giftgraph.description import Statements
from giftgraph.resolve.tenures import HeldOffice, Leader, load_tenures
from giftgraph.resources import leaders_directory
from giftgraph.sources.described import Described


def known_people() -> dict[str, Person]:
    """Every leader by key, with the sources of the terms held. Their dates were read in lists of others, not in documents."""
    tenures = load_tenures()
    return {key: _person(leader, tenures.by_person.get(key, ())) for key, leader in tenures.leaders.items()}


def _person(leader: Leader, held: Iterable[HeldOffice]) -> Person:
    return Person(
        key=leader.id,
        name=leader.name,
        other_names=leader.other_names,
        kind="person",
        born=leader.born,
        died="",
        polity=leader.polity,
        wikidata=leader.wikidata,
        possibly_same_as=(),
        confidence="secondary",
        sources=tuple(sorted({source for each in held for source in each.sources})),
        note="",
    )


def state_terms(posts: Iterable[str], agents: Mapping[str, Person], described: Described) -> Statements:
    """The tenures that the graph does not describe, with their offices, the persons who held them, and the lists they are from.

    `agents` are the persons described already, by short name.
    """
    tenures = load_tenures()
    terms = {each.key: each for held in tenures.by_person.values() for each in held}
    people = known_people()
    sources: set[str] = {source for agent in agents.values() for source in agent.sources}
    for key in sorted(set(posts)):
        if f"tenure:{key}" in described.labels:
            continue
        term = terms[key]
        person = agents.get(f"person:{term.person}") or people[term.person]
        if f"person:{term.person}" not in agents and f"person:{term.person}" not in described.labels:
            yield from state_person(person)
            sources.update(person.sources)
        sources.update(term.sources)
        yield from state_tenure(_tenure(term), person)
    yield from state_lists(sources, described)


def _tenure(term: HeldOffice) -> Tenure:
    return Tenure(
        term.key, term.person, term.office, term.kind, term.polity, term.start, term.end, "secondary", term.sources, ""
    )


def state_lists(sources: Iterable[str], described: Described) -> Statements:
    """The documents of `data/leaders/sources.csv` among sources that the graph does not describe."""
    wanted = {key for key in sources if f"source:{key}" not in described.labels}
    for source in read_table(leaders_directory() / "sources.csv", Source):
        if source.key in wanted:
            yield from state_source(source)
