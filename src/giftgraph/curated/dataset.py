"""The curated tables as a whole: read, checked against each other, and stated as canonical Turtle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from giftgraph import turtle
from giftgraph.curated.exchanges import Exchange, Party, read_exchanges
from giftgraph.curated.offices import find_post, read_span
from giftgraph.curated.statements import (
    CLAIM_PREDICATES,
    person_name,
    state_exchange,
    state_person,
    state_place,
    state_polity,
    state_remark,
    state_source,
    state_tenure,
    state_visit,
)
from giftgraph.curated.tables import Person, Place, Polity, Remark, RoleConflict, Source, Tenure, Visit, read_table
from giftgraph.dates import Bounds, read_bounds
from giftgraph.errors import CuratedInvalid

# A donor named in the label of an exchange, at most; the others are counted.
_NAMED_IN_LABEL = 2
_WITHOUT_AGENT = {"unknown": "an unknown party", "withheld": "a withheld party", "not-stated": "a party not stated"}


@dataclass(frozen=True)
class Curated:
    """Everything in `data/curated`, by key."""

    persons: Mapping[str, Person]
    tenures: Mapping[str, Tenure]
    polities: Mapping[str, Polity]
    places: Mapping[str, Place]
    visits: Mapping[str, Visit]
    sources: Mapping[str, Source]
    conflicts: tuple[RoleConflict, ...]
    remarks: Mapping[str, Remark]
    exchanges: Mapping[str, Exchange]
    elsewhere: Mapping[str, str]
    """Labels of the agents that a register's data describes, as far as the tables name them."""

    @property
    def merged(self) -> Mapping[str, str]:
        """The exchange that tells a row which is told with another one, by the id of that row."""
        return {row: exchange.id for exchange in self.exchanges.values() for row in exchange.merged}


def read_curated(directory: Path) -> Curated:
    """Read all tables and check every reference. Raises CuratedInvalid at the first problem, naming file and row."""
    exchanges: dict[str, Exchange] = {}
    for path in sorted((directory / "exchanges").glob("*.toml")):
        for exchange in read_exchanges(path):
            if exchange.id in exchanges:
                raise CuratedInvalid(f"{path}: exchange {exchange.id!r} stands twice")
            exchanges[exchange.id] = exchange
    curated = Curated(
        persons={row.key: row for row in read_table(directory / "persons.csv", Person)},
        tenures={row.key: row for row in read_table(directory / "tenures.csv", Tenure)},
        polities={row.code: row for row in read_table(directory / "polities.csv", Polity)},
        places={row.key: row for row in read_table(directory / "places.csv", Place)},
        visits={row.key: row for row in read_table(directory / "visits.csv", Visit)},
        sources={row.key: row for row in read_table(directory / "sources.csv", Source)},
        conflicts=tuple(read_table(directory / "role_conflicts.csv", RoleConflict)),
        remarks={row.key: row for row in read_table(directory / "claims.csv", Remark)},
        exchanges=exchanges,
        elsewhere={},
    )
    curated = replace(curated, elsewhere=_find_elsewhere(curated, directory.parent))
    _check_references(curated)
    return curated


def _own_agents(curated: Curated) -> set[str]:
    return {*map(person_name, curated.persons.values()), *(f"polity:{code}" for code in curated.polities)}


def _find_elsewhere(curated: Curated, data: Path) -> dict[str, str]:
    """The labels of agents that an exchange names and only a register's data describes (`parties.ttl` beside its documents)."""
    from giftgraph.sources.described import read_described

    parties = [party for exchange in curated.exchanges.values() for party in exchange.party]
    named = {name for party in parties for name in (party.agent, party.acting_for) if name}
    missing = named - _own_agents(curated)
    if not missing:
        return {}
    labels = read_described([str(path) for path in sorted(data.glob("*/parties.ttl"))]).labels
    return {name: labels[name] for name in sorted(missing) if name in labels}


def _check_references(curated: Curated) -> None:
    agents = _own_agents(curated) | set(curated.elsewhere)
    known: dict[str, set[str]] = {
        "source": set(curated.sources),
        "polity": set(curated.polities),
        "place": set(curated.places),
        "person": set(curated.persons),
        "visit": set(curated.visits),
        "exchange": set(curated.exchanges),
        "tenure": set(curated.tenures),
        "claim": set(CLAIM_PREDICATES),
    }

    def check(where: str, kind: str, names: Iterable[str]) -> None:
        for name in filter(None, names):
            if name not in (agents if kind == "agent" else known[kind]):
                _refuse(where, kind, name)

    for person in curated.persons.values():
        where = f"persons.csv: {person.key}"
        check(where, "polity", [person.polity])
        check(where, "source", person.sources)
        check(where, "agent", person.possibly_same_as)
    for tenure in curated.tenures.values():
        where = f"tenures.csv: {tenure.key}"
        check(where, "person", [tenure.person])
        check(where, "polity", [tenure.polity])
        check(where, "source", tenure.sources)
    for polity in curated.polities.values():
        check(f"polities.csv: {polity.code}", "polity", [polity.territory_today, *polity.successors])
        check(f"polities.csv: {polity.code}", "source", polity.sources)
    for place in curated.places.values():
        check(f"places.csv: {place.key}", "place", [place.part_of])
        check(f"places.csv: {place.key}", "polity", [place.polity])
    for visit in curated.visits.values():
        where = f"visits.csv: {visit.key}"
        check(where, "agent", visit.visitors)
        check(where, "polity", [visit.host])
        check(where, "place", visit.places)
        check(where, "source", visit.sources)
    for conflict in curated.conflicts:
        teller = curated.merged.get(conflict.exchange, conflict.exchange)
        check("role_conflicts.csv", "exchange", [teller])
        if conflict.party not in {party.agent for party in curated.exchanges[teller].party}:
            _refuse("role_conflicts.csv", f"party of exchange {teller}", conflict.party)
    described = agents | {f"visit:{key}" for key in curated.visits} | {f"tenure:{key}" for key in curated.tenures}
    for remark in curated.remarks.values():
        where = f"claims.csv: {remark.key}"
        check(where, "claim", [remark.about])
        check(where, "source", remark.sources)
        if remark.subject not in described:
            _refuse(where, "person, organization, polity, visit or tenure", remark.subject)
    for row, into in curated.merged.items():
        if row in curated.exchanges:
            raise CuratedInvalid(
                f"exchange {into}: {row!r} is merged into it, but stands as an exchange of its own too"
            )
    for exchange in curated.exchanges.values():
        where = f"exchange {exchange.id}"
        check(where, "source", exchange.sources)
        check(where, "place", exchange.places)
        check(where, "visit", [exchange.visit])
        check(where, "exchange", exchange.answers)
        for party in exchange.party:
            check(where, "agent", [party.agent, party.acting_for])
            check(where, "tenure", [party.post])
        for gift in exchange.gift:
            check(where, "agent", [gift.made_in, *(step.keeper for step in gift.custody)])
        for claim in exchange.claim:
            check(where, "claim", [claim.about])
            check(where, "source", claim.sources)


def _refuse(where: str, kind: str, name: str) -> NoReturn:
    raise CuratedInvalid(f"{where}: there is no {kind} {name!r} in the curated tables; add it or correct the name")


def exchange_label(exchange: Exchange, names: Mapping[str, str]) -> str:
    """The label of an exchange: its gifts and both sides, in words."""
    gifts = exchange.gift[0].label
    if len(exchange.gift) > 1:
        gifts += f" and {len(exchange.gift) - 1} more"
    return f"{gifts}, from {_side(exchange.party, 'donor', names)} to {_side(exchange.party, 'recipient', names)}"


def _side(parties: Iterable[Party], role: str, names: Mapping[str, str]) -> str:
    side = [
        names[party.agent] if party.agent else _WITHOUT_AGENT[party.status] for party in parties if party.role == role
    ]
    named = ", ".join(side[:_NAMED_IN_LABEL])
    return (
        f"{named} and {len(side) - _NAMED_IN_LABEL} more"
        if len(side) > _NAMED_IN_LABEL
        else named or "a party not stated"
    )


def state(curated: Curated) -> Iterator[ox.Triple]:
    """Every statement of the dataset."""
    names = {person_name(person): person.name for person in curated.persons.values()}
    names |= {f"polity:{polity.code}": polity.label for polity in curated.polities.values()} | dict(curated.elsewhere)
    for source in curated.sources.values():
        yield from state_source(source)
    for person in curated.persons.values():
        yield from state_person(person)
    spans = defaultdict(list)
    for tenure in curated.tenures.values():
        yield from state_tenure(tenure, curated.persons[tenure.person])
        if tenure.confidence != "unchecked":
            spans[person_name(curated.persons[tenure.person])].append((tenure, read_span(tenure)))
    for polity in curated.polities.values():
        yield from state_polity(polity)
    for place in curated.places.values():
        yield from state_place(place)
    for visit in curated.visits.values():
        yield from state_visit(visit)
    for remark in curated.remarks.values():
        yield from state_remark(remark)
    conflicts = defaultdict(list)
    merged = curated.merged
    for row in curated.conflicts:
        conflicts[merged.get(row.exchange, row.exchange), row.party].append(
            f"{row.stated_role or 'no role stated'}: {row.finding}; {row.explanation}"
        )
    for exchange in curated.exchanges.values():
        when = read_bounds(exchange.date) if exchange.date else Bounds(None, None)
        posts: dict[int, str] = {}
        remarks: dict[int, list[str]] = {}
        for position, party in enumerate(exchange.party):
            held = find_post(party.title, when, spans[party.agent])
            posts[position] = party.post or (held.key if held else "")
            remarks[position] = conflicts.get((exchange.id, party.agent), [])
        yield from state_exchange(exchange, exchange_label(exchange, names), posts, remarks)


def build_turtle(directory: Path) -> str:
    """The canonical Turtle of the curated tables in a directory."""
    return turtle.serialize(state(read_curated(directory)))
