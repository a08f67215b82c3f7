"""Curated records as RDF: every statement that the dataset makes is written here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyoxigraph as ox

from giftgraph.curated.exchanges import Claim, Custody, Exchange, Gift, Party, Value
from giftgraph.curated.offices import read_span
from giftgraph.curated.tables import Person, Place, Polity, Remark, Source, Tenure, Visit
from giftgraph.dates import Bounds, read_bounds
from giftgraph.description import Description, Statements, node, slugify
from giftgraph.vocabulary import (
    DCTERMS,
    ONTOLOGY,
    ORG,
    RDFS,
    SCHEMA,
    SKOS,
    WIKIDATA,
)

_GEONAMES = "https://sws.geonames.org/{}/"
# What a claim is about, as the predicate it competes with.
CLAIM_PREDICATES = {
    "date": ONTOLOGY + "dateEDTF",
    "donor": ONTOLOGY + "giver",
    "recipient": ONTOLOGY + "recipient",
    "object": RDFS + "label",
    "identity": RDFS + "label",
    "category": ONTOLOGY + "category",
    "quantity": ONTOLOGY + "quantity",
    "value": ONTOLOGY + "amount",
    "place": ONTOLOGY + "tookPlaceAt",
    "nature": ONTOLOGY + "nature",
    "made-in": ONTOLOGY + "madeIn",
    "custody": ONTOLOGY + "custody",
    "occasion": ONTOLOGY + "occasionAsStated",
    "role": ONTOLOGY + "roleAsStated",
    "statement": SKOS + "note",
}


def state_source(source: Source) -> Statements:
    """A document. An address that only mirrors it is a text, not a link."""
    entity = Description(f"source:{source.key}", "SourceDocument")
    entity.text(DCTERMS + "title", source.title)
    entity.text(RDFS + "label", f"{source.title} ({source.publisher})" if source.publisher else source.title)
    entity.text(DCTERMS + "publisher", source.publisher)
    entity.text(DCTERMS + "issued", source.issued)
    entity.text(ONTOLOGY + "readInCopy", source.copy)
    if source.url:
        entity.add(SCHEMA + "url", ox.NamedNode(source.url))
    yield from entity.triples


def person_name(person: Person) -> str:
    """The prefixed name of a person, organization or people."""
    return f"{'person' if person.kind == 'person' else 'organization'}:{person.key}"


def state_person(person: Person) -> Statements:
    """A person, organization or people."""
    entity = Description(person_name(person), "Person" if person.kind == "person" else "Organization")
    entity.text(RDFS + "label", person.name)
    entity.text(SKOS + "altLabel", *person.other_names)
    entity.link(ONTOLOGY + "ofPolity", f"polity:{person.polity}" if person.polity else "")
    entity.text(SCHEMA + "birthDate", person.born)
    entity.text(SCHEMA + "deathDate", person.died)
    entity.link(ONTOLOGY + "possiblySameAs", *person.possibly_same_as)
    entity.link(ONTOLOGY + "confidence", f"confidence:{person.confidence}")
    entity.sources(person.sources)
    entity.text(SKOS + "note", person.note)
    if person.wikidata:
        entity.add(SKOS + "exactMatch", ox.NamedNode(WIKIDATA + person.wikidata))
    yield from entity.triples


def office_name(tenure: Tenure) -> str:
    """The prefixed name of the office of a tenure: one label in one polity is one office."""
    return f"office:{slugify(f'{tenure.office} {tenure.polity}')}"


def state_tenure(tenure: Tenure, person: Person) -> Statements:
    """A tenure with the office it is of."""
    office = Description(office_name(tenure), "Office")
    office.text(RDFS + "label", tenure.office)
    office.link(ONTOLOGY + "ofPolity", f"polity:{tenure.polity}" if tenure.polity else "")
    office.link(ONTOLOGY + "officeKind", f"office-kind:{tenure.office_kind}")
    yield from office.triples
    entity = Description(f"tenure:{tenure.key}", "Tenure")
    entity.text(RDFS + "label", f"{person.name}, {tenure.office}")
    entity.add(ORG + "member", node(person_name(person)))
    entity.link(ONTOLOGY + "post", office_name(tenure))
    entity.text(ONTOLOGY + "startEDTF", tenure.start)
    entity.text(ONTOLOGY + "endEDTF", tenure.end)
    span = read_span(tenure)
    entity.bounds(Bounds(span.earliest, span.latest))
    entity.number(ONTOLOGY + "startLatestDay", span.start_latest)
    entity.number(ONTOLOGY + "endEarliestDay", span.end_earliest)
    entity.link(ONTOLOGY + "confidence", f"confidence:{tenure.confidence}")
    entity.sources(tenure.sources)
    entity.text(SKOS + "note", tenure.note)
    yield from entity.triples


def state_polity(polity: Polity) -> Statements:
    """A polity with its codes."""
    entity = Description(f"polity:{polity.code}", "Polity")
    entity.text(RDFS + "label", polity.label)
    entity.link(ONTOLOGY + "polityKind", f"polity-kind:{polity.kind}")
    entity.text(ONTOLOGY + "isoAlpha2", polity.alpha2)
    entity.text(ONTOLOGY + "isoAlpha3", polity.alpha3)
    entity.text(ONTOLOGY + "m49", polity.m49)
    entity.text(ONTOLOGY + "unRegion", polity.un_region)
    entity.link(ONTOLOGY + "territoryToday", f"polity:{polity.territory_today}" if polity.territory_today else "")
    entity.link(ONTOLOGY + "successor", *(f"polity:{code}" for code in polity.successors))
    entity.sources(polity.sources)
    entity.text(SKOS + "note", polity.note)
    if polity.wikidata:
        entity.add(SKOS + "exactMatch", ox.NamedNode(WIKIDATA + polity.wikidata))
    if polity.geonames:
        entity.add(SKOS + "exactMatch", ox.NamedNode(_GEONAMES.format(polity.geonames)))
    yield from entity.triples


def state_place(place: Place) -> Statements:
    """A place."""
    entity = Description(f"place:{place.key}", "Place")
    entity.text(RDFS + "label", place.name)
    entity.link(DCTERMS + "isPartOf", f"place:{place.part_of}" if place.part_of else "")
    entity.link(ONTOLOGY + "ofPolity", f"polity:{place.polity}" if place.polity else "")
    yield from entity.triples


def state_visit(visit: Visit) -> Statements:
    """A visit."""
    entity = Description(f"visit:{visit.key}", "Visit")
    entity.text(RDFS + "label", visit.label)
    entity.link(ONTOLOGY + "visitor", *visit.visitors)
    entity.link(ONTOLOGY + "host", f"polity:{visit.host}" if visit.host else "")
    entity.date(visit.date)
    entity.link(ONTOLOGY + "tookPlaceAt", *(f"place:{key}" for key in visit.places))
    entity.sources(visit.sources)
    yield from entity.triples


def state_exchange(
    exchange: Exchange, label: str, posts: dict[int, str], conflicts: dict[int, list[str]]
) -> Statements:
    """An exchange with its parties, gifts and claims.

    `posts` maps the position of a party to the key of the tenure it held; `conflicts` to the remarks on its stated role.
    """
    is_gift = exchange.nature == "gift"
    entity = Description(f"exchange:{exchange.id}", "GiftExchange" if is_gift else "Transfer")
    entity.text(RDFS + "label", label)
    entity.link(ONTOLOGY + "nature", f"nature:{exchange.nature}")
    entity.date(exchange.date)
    if exchange.window:
        entity.bounds(read_bounds(exchange.window))
    if exchange.date or exchange.window:
        entity.link(ONTOLOGY + "dateBasis", f"date-basis:{'stated' if exchange.date else 'derived-from-tenures'}")
    entity.link(ONTOLOGY + "occasion", f"visit:{exchange.visit}" if exchange.visit else "")
    entity.text(ONTOLOGY + "occasionAsStated", exchange.occasion)
    entity.link(ONTOLOGY + "tookPlaceAt", *(f"place:{key}" for key in exchange.places))
    entity.link(ONTOLOGY + "reciprocates", *(f"exchange:{identifier}" for identifier in exchange.answers))
    entity.link(ONTOLOGY + "confidence", f"confidence:{exchange.confidence}")
    entity.text(DCTERMS + "identifier", exchange.id, *exchange.merged)
    entity.text(SKOS + "note", *exchange.notes)
    entity.sources(exchange.sources)
    numbers: dict[str, int] = {}
    for position, party in enumerate(exchange.party):
        numbers[party.role] = numbers.get(party.role, 0) + 1
        key = f"{exchange.id}-{party.role}-{numbers[party.role]}"
        entity.link(ONTOLOGY + "hasParticipation", f"participation:{key}")
        _state_shortcuts(entity, party, is_gift)
        yield from _state_party(key, party, posts.get(position, ""), conflicts.get(position, []))
    for number, gift in enumerate(exchange.gift, 1):
        entity.link(ONTOLOGY + "gift", f"item:{exchange.id}-{number}")
        yield from _state_gift(f"{exchange.id}-{number}", gift)
    for number, value in enumerate(exchange.value, 1):
        key = f"{exchange.id}-all-{number}"
        entity.link(ONTOLOGY + "appraisal", f"appraisal:{key}")
        yield from _state_value(key, value)
    for number, claim in enumerate(exchange.claim, 1):
        yield from _state_claim(exchange, number, claim)
    yield from entity.triples


def _state_shortcuts(entity: Description, party: Party, is_gift: bool) -> None:
    if party.role == "donor":
        entity.link(ONTOLOGY + "givenOnBehalfOf", party.acting_for)
        entity.link(ONTOLOGY + "giver", party.agent if is_gift else "")
    elif party.role == "recipient":
        entity.link(ONTOLOGY + "receivedOnBehalfOf", party.acting_for)
        entity.link(ONTOLOGY + "recipient", party.agent if is_gift else "")


def _state_party(key: str, party: Party, post: str, conflicts: Sequence[str]) -> Statements:
    entity = Description(f"participation:{key}", "Participation")
    entity.link(ONTOLOGY + "participationRole", f"role:{party.role}")
    entity.link(ONTOLOGY + "agent", party.agent)
    entity.link(ONTOLOGY + "partyStatus", f"party-status:{party.status}" if party.status else "")
    entity.link(ONTOLOGY + "actingFor", party.acting_for)
    entity.link(ONTOLOGY + "heldPost", f"tenure:{post}" if post else "")
    entity.text(ONTOLOGY + "asStated", party.name)
    entity.text(ONTOLOGY + "roleAsStated", party.title)
    entity.text(ONTOLOGY + "roleConflict", *conflicts)
    entity.text(SKOS + "note", party.note)
    yield from entity.triples


def _state_gift(key: str, gift: Gift) -> Statements:
    entity = Description(f"item:{key}", "Gift")
    entity.text(RDFS + "label", gift.label)
    entity.text(SKOS + "altLabel", gift.name if gift.name != gift.label else "")
    entity.link(ONTOLOGY + "category", f"category:{gift.category}")
    entity.number(ONTOLOGY + "quantity", gift.quantity, "decimal")
    entity.link(ONTOLOGY + "madeIn", gift.made_in)
    entity.text(SCHEMA + "material", gift.material)
    entity.text(ONTOLOGY + "asStated", gift.as_stated)
    entity.text(SKOS + "note", gift.note)
    for number, step in enumerate(gift.custody, 1):
        entity.link(ONTOLOGY + "custody", f"custody:{key}-{number}")
        yield from _state_custody(f"{key}-{number}", number, step)
    for number, value in enumerate(gift.value, 1):
        entity.link(ONTOLOGY + "appraisal", f"appraisal:{key}-{number}")
        yield from _state_value(f"{key}-{number}", value)
    yield from entity.triples


def _state_custody(key: str, number: int, step: Custody) -> Statements:
    entity = Description(f"custody:{key}", "CustodyEvent")
    entity.link(ONTOLOGY + "custodyKind", f"custody-kind:{step.kind}")
    entity.number(ONTOLOGY + "custodyOrder", number)
    entity.link(ONTOLOGY + "keeper", step.keeper)
    entity.date(step.date)
    entity.text(ONTOLOGY + "asStated", step.as_stated)
    yield from entity.triples


def _state_value(key: str, value: Value) -> Statements:
    entity = Description(f"appraisal:{key}", "Appraisal")
    entity.number(ONTOLOGY + "amount", value.amount, "decimal")
    entity.number(ONTOLOGY + "minimumAmount", value.minimum, "decimal")
    entity.number(ONTOLOGY + "maximumAmount", value.maximum, "decimal")
    is_code = re.fullmatch(r"[A-Z]{3}", value.currency) is not None
    entity.text(ONTOLOGY + ("currency" if is_code else "currencyAsStated"), value.currency)
    entity.link(ONTOLOGY + "basis", f"basis:{value.basis}")
    entity.date(value.date)
    entity.text(ONTOLOGY + "asStated", value.as_stated)
    yield from entity.triples


def _state_claim(exchange: Exchange, number: int, claim: Claim) -> Statements:
    subject = f"item:{exchange.id}-{claim.gift}" if claim.gift else f"exchange:{exchange.id}"
    yield from state_remark(
        Remark(f"{exchange.id}-{number}", subject, claim.about, claim.value, claim.rank, claim.sources, claim.note)
    )


def state_remark(remark: Remark) -> Statements:
    """A claim: what a source says about a subject, and how it ranks among what others say."""
    entity = Description(f"claim:{remark.key}", "Claim")
    entity.link(ONTOLOGY + "aboutSubject", remark.subject)
    entity.add(ONTOLOGY + "aboutPredicate", ox.NamedNode(CLAIM_PREDICATES[remark.about]))
    if re.fullmatch(r"(person|organization|polity|category|nature):[a-z0-9-]+", remark.value):
        entity.link(ONTOLOGY + "claimedValue", remark.value)
    else:
        entity.text(ONTOLOGY + "claimedValue", remark.value)
    entity.link(ONTOLOGY + "rank", f"rank:{remark.rank}")
    entity.text(SKOS + "note", remark.note)
    entity.sources(remark.sources)
    yield from entity.triples
