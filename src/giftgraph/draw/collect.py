"""From the graph to the lines of a picture: a fixed number of queries, however many gifts there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from giftgraph.dates import Bounds, display, display_year_of
from giftgraph.draw.marks import mark_of
from giftgraph.draw.model import Account, Line, Party, SourceLink
from giftgraph.vocabulary import ONTOLOGY, SKOS, entity_kind

if TYPE_CHECKING:
    from giftgraph.graph import Graph

BY = ("person", "office", "polity")
_STATUS_WORDS = {"unknown": "unknown", "withheld": "withheld", "not-stated": "not stated"}
_DOUBT = {"secondary": "doubtful", "unchecked": "doubtful"}
_CLAIM_WORDS = {
    "madeIn": "made in {}",
    "dateEDTF": "dated {}",
    "giver": "given by {}",
    "recipient": "given to {}",
    "roleAsStated": "given as {}",
    "quantity": "{} of them",
    "tookPlaceAt": "handed over at {}",
    "nature": "a {}",
    "category": "of the kind {}",
}
# How a participation names the party that is drawn.
_PARTY_PATHS = {
    "person": "?p gift:agent ?party",
    "office": "{ ?p gift:heldPost/gift:post ?party } UNION { ?p gift:agent ?party FILTER NOT EXISTS { ?p gift:heldPost ?held } }",
    "polity": "{ ?p gift:actingFor ?party } UNION { ?p gift:agent ?party . ?party a gift:Polity } "
    "UNION { ?p gift:agent/gift:ofPolity ?party FILTER NOT EXISTS { ?p gift:actingFor ?other } }",
}
_SIDES = "VALUES ?role { role:donor role:recipient } ?x gift:hasParticipation ?p . ?p gift:participationRole ?role ."


def _values(name: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def find_transfers_of(graph: Graph, party: str, by: str) -> list[str]:
    """The transfers in which a party gave or received."""
    query = f"SELECT DISTINCT ?x {{ {_values('party', [party])} {_SIDES} {{ {_PARTY_PATHS[by]} }} }} ORDER BY ?x"
    return [str(row[0]) for row in graph.query(query)]


def collect_lines(graph: Graph, transfers: Sequence[str], by: str, when: Bounds) -> list[Line]:
    """The lines of transfers, in the order of time; undated ones last. `when` keeps what may lie inside it."""
    if not transfers:
        return []
    restrict = _values("x", transfers)
    facts = {str(row["x"]): row for row in graph.query(_TRANSFERS % restrict)}
    sides = _collect_sides(graph, restrict, by)
    claims = _collect_claims(graph, restrict)
    sources = _collect_sources(graph, transfers)
    details = _Details(graph, restrict)
    lines: list[Line] = []
    for row in graph.query(_GIFTS % restrict):
        transfer, gift = str(row["x"]), str(row["gift"])
        fact = facts[transfer]
        if not _may_lie_in(fact, when):
            continue
        accounts = claims.get(gift, []) + claims.get(transfer, [])
        lines.append(_make_line(transfer, gift, fact, row, sides, accounts, sources[transfer], details))
    lines += _contradicted(lines, claims)
    lines.sort(key=_order)
    return lines


_TRANSFERS = """SELECT ?x ?nature ?naturelabel ?date ?from ?to ?basis ?visit ?visitlabel ?visitdate ?occasion ?confidence
  (GROUP_CONCAT(DISTINCT ?placelabel; separator=" · ") AS ?places) (GROUP_CONCAT(DISTINCT ?note; separator="\\u001f") AS ?notes) {
  %s ?x gift:nature ?nature . ?nature rdfs:label ?naturelabel .
  OPTIONAL { ?x gift:dateEDTF ?date } OPTIONAL { ?x gift:earliestDay ?from } OPTIONAL { ?x gift:latestDay ?to }
  OPTIONAL { ?x gift:dateBasis ?basis } OPTIONAL { ?x gift:occasionAsStated ?occasion } OPTIONAL { ?x gift:confidence ?confidence }
  OPTIONAL { ?x gift:occasion ?visit . ?visit rdfs:label ?visitlabel . OPTIONAL { ?visit gift:dateEDTF ?visitdate } }
  OPTIONAL { ?x gift:tookPlaceAt/rdfs:label ?placelabel } OPTIONAL { ?x skos:note ?note }
} GROUP BY ?x ?nature ?naturelabel ?date ?from ?to ?basis ?visit ?visitlabel ?visitdate ?occasion ?confidence"""
_GIFTS = """SELECT ?x ?gift ?label ?name ?category ?categorylabel ?quantity ?stated ?note ?made ?material {
  %s ?x gift:gift ?gift . ?gift rdfs:label ?label ; gift:category ?category . ?category rdfs:label ?categorylabel .
  OPTIONAL { ?gift skos:altLabel ?name } OPTIONAL { ?gift gift:quantity ?quantity } OPTIONAL { ?gift gift:asStated ?stated }
  OPTIONAL { ?gift skos:note ?note } OPTIONAL { ?gift gift:madeIn/rdfs:label ?made } OPTIONAL { ?gift schema:material ?material }
} ORDER BY ?x ?gift ?name"""
_PARTIES = """SELECT ?x ?role ?p ?agent ?agentlabel ?party ?partylabel ?status ?title ?name ?post ?polity ?region ?conflict {
  %s ?x gift:hasParticipation ?p . ?p gift:participationRole ?role .
  OPTIONAL { ?p gift:agent ?agent . ?agent rdfs:label ?agentlabel }
  OPTIONAL { { %s } ?party rdfs:label ?partylabel
    OPTIONAL { ?party gift:ofPolity ?state . ?state rdfs:label ?polity . OPTIONAL { ?state gift:unRegion ?stateregion } }
    OPTIONAL { ?party gift:unRegion ?ownregion } BIND(COALESCE(?ownregion, ?stateregion) AS ?region) }
  OPTIONAL { ?p gift:partyStatus ?status } OPTIONAL { ?p gift:roleAsStated ?title } OPTIONAL { ?p gift:asStated ?name }
  OPTIONAL { ?p gift:heldPost/gift:post/rdfs:label ?post } OPTIONAL { ?p gift:roleConflict ?conflict }
} ORDER BY ?x ?p ?partylabel"""
_CLAIMS = """SELECT ?claim ?subject ?predicate ?value ?valuelabel ?rank ?note {
  { %s BIND(?x AS ?subject) } UNION { %s ?x gift:gift ?subject }
  ?claim gift:aboutSubject ?subject ; gift:aboutPredicate ?predicate ; gift:claimedValue ?value ; gift:rank ?rank .
  OPTIONAL { ?value rdfs:label ?valuelabel } OPTIONAL { ?claim skos:note ?note }
} ORDER BY ?claim"""
_SOURCES = """SELECT ?subject ?title ?publisher ?url ?copy { %s ?subject dcterms:source ?source . ?source dcterms:title ?title .
  OPTIONAL { ?source dcterms:publisher ?publisher } OPTIONAL { ?source schema:url ?url } OPTIONAL { ?source gift:readInCopy ?copy }
} ORDER BY ?subject ?source"""
_CUSTODY = """SELECT ?gift ?order ?kind ?stated ?date { %s ?x gift:gift ?gift . ?gift gift:custody ?step .
  ?step gift:custodyOrder ?order ; gift:custodyKind/rdfs:label ?kind .
  OPTIONAL { ?step gift:asStated ?stated } OPTIONAL { ?step gift:dateEDTF ?date }
} ORDER BY ?gift ?order"""
_VALUES = """SELECT ?subject ?amount ?low ?high ?currency ?stated ?basis {
  { %s BIND(?x AS ?subject) } UNION { %s ?x gift:gift ?subject } ?subject gift:appraisal ?value .
  OPTIONAL { ?value gift:amount ?amount } OPTIONAL { ?value gift:minimumAmount ?low } OPTIONAL { ?value gift:maximumAmount ?high }
  OPTIONAL { ?value gift:currency ?iso } OPTIONAL { ?value gift:currencyAsStated ?other } OPTIONAL { ?value gift:asStated ?stated }
  OPTIONAL { ?value gift:basis/rdfs:label ?basis } BIND(COALESCE(?iso, ?other, "currency not stated") AS ?currency)
} ORDER BY ?subject ?value"""


class _Details:
    """Custody and values of the gifts, in words."""

    def __init__(self, graph: Graph, restrict: str) -> None:
        self.custody: dict[str, list[str]] = defaultdict(list)
        for row in graph.query(_CUSTODY % restrict):
            words = str(row["kind"]) + (f": {row['stated']}" if row["stated"] else "")
            self.custody[str(row["gift"])].append(words + (f" ({display(row['date'])})" if row["date"] else ""))
        self.values: dict[str, list[str]] = defaultdict(list)
        for row in graph.query(_VALUES % (restrict, restrict)):
            self.values[str(row["subject"])].append(_value_words(row))


def _number(value: Any) -> str:
    number = Decimal(str(value))
    return f"{number:,.0f}" if number == number.to_integral() else f"{number:,}"


def _value_words(row: Any) -> str:
    if row["amount"] is not None:
        words = f"{row['currency']} {_number(row['amount'])}"
    elif row["low"] is not None:
        words = f"{row['currency']} {_number(row['low'])} to {_number(row['high'])}"
    else:
        words = ""
    basis = str(row["basis"] or "")
    extra = [part for part in (basis if basis != "stated" else "", str(row["stated"] or "")) if part]
    return f"{words} ({', '.join(extra)})" if words and extra else words or ", ".join(extra)


def _may_lie_in(fact: Any, when: Bounds) -> bool:
    if when == Bounds(None, None):
        return True
    if fact["from"] is None and fact["to"] is None:
        return False
    starts_before_end = when.latest_day is None or fact["from"] is None or fact["from"] <= when.latest_day
    ends_after_start = when.earliest_day is None or fact["to"] is None or fact["to"] >= when.earliest_day
    return starts_before_end and ends_after_start


def _collect_sides(graph: Graph, restrict: str, by: str) -> dict[str, dict[str, list[tuple[Party, Any]]]]:
    sides: dict[str, dict[str, list[tuple[Party, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in graph.query(_PARTIES % (restrict, _PARTY_PATHS[by])):
        transfer, role = str(row["x"]), str(row["role"]).rpartition("/")[2]
        if row["party"] is not None:
            iri = str(row["party"])
            party = Party(
                iri, str(row["partylabel"]), entity_kind(iri) or "", group=str(row["region"] or "Region not known")
            )
        elif row["agent"] is not None:
            iri = str(row["agent"])
            party = Party(iri, str(row["agentlabel"]), entity_kind(iri) or "", group=str(row["region"] or ""))
        else:
            status = str(row["status"] or "").rpartition("/")[2]
            party = Party(str(row["p"]), _STATUS_WORDS.get(status, "not stated"), "unknown")
        known = sides[transfer][role]
        if all(party.key != other.key for other, _row in known):
            known.append((party, row))
    return sides


def _collect_sources(graph: Graph, subjects: Iterable[str]) -> dict[str, tuple[SourceLink, ...]]:
    found: dict[str, list[SourceLink]] = defaultdict(list)
    for row in graph.query(_SOURCES % _values("subject", subjects)):
        found[str(row["subject"])].append(_source(row))
    return defaultdict(tuple, {key: tuple(links) for key, links in found.items()})


def _source(row: Any) -> SourceLink:
    url = str(row["url"] or "")
    return SourceLink(
        str(row["title"]),
        str(row["publisher"] or ""),
        url if url.startswith(("http://", "https://")) else "",
        str(row["copy"] or ""),
    )


def _collect_claims(graph: Graph, restrict: str) -> dict[str, list[Account]]:
    rows = list(graph.query(_CLAIMS % (restrict, restrict)))
    sources = _collect_sources(graph, sorted({str(row["claim"]) for row in rows}))
    claims: dict[str, list[Account]] = defaultdict(list)
    for row in rows:
        value = str(row["valuelabel"] or row["value"])
        predicate = str(row["predicate"])
        name = predicate.removeprefix(ONTOLOGY).removeprefix(SKOS)
        words = _CLAIM_WORDS.get(name, "{}").format(display(value) if name == "dateEDTF" else value)
        rank = str(row["rank"]).rpartition("/")[2]
        account = Account(words, rank, sources[str(row["claim"])], str(row["note"] or ""))
        claims[str(row["subject"])].append(account)
    return claims


def _make_line(
    transfer: str,
    gift: str,
    fact: Any,
    row: Any,
    sides: dict[str, dict[str, list[tuple[Party, Any]]]],
    accounts: list[Account],
    sources: tuple[SourceLink, ...],
    details: _Details,
) -> Line:
    nature = str(fact["nature"]).rpartition("/")[2]
    confidence = str(fact["confidence"] or "").rpartition("/")[2]
    derived = str(fact["basis"] or "").endswith("derived-from-tenures")
    date = str(fact["date"] or "")
    label = str(row["label"])
    quantity = row["quantity"]
    if quantity is not None and quantity != 1 and _number(quantity) not in label:
        label = f"{label} ({_number(quantity)})"
    stated = [str(row["stated"])] if row["stated"] else []
    facts: list[tuple[str, str]] = []
    for role, people in sides[transfer].items():
        for party, participation in people:
            facts.append((_role_words(role), _party_words(party, participation)))
            if participation["conflict"]:
                facts.append(("role in doubt", str(participation["conflict"])))
    values = details.values.get(gift, []) + [
        f"{words}, for all gifts together" for words in details.values.get(transfer, [])
    ]
    for words, value in (("made in", row["made"]), ("material", row["material"]), ("also known as", row["name"])):
        if value:
            facts.append((words, str(value)))
    notes = [note for note in str(fact["notes"] or "").split("\x1f") if note]
    return Line(
        exchange=transfer,
        gift=gift,
        label=label,
        category=str(row["category"]).rpartition("/")[2],
        category_label=str(row["categorylabel"]),
        mark=mark_of(str(row["category"]).rpartition("/")[2]),
        date=date,
        date_words=display(date) if date else _window_words(fact) if derived else "no date stated",
        earliest_day=fact["from"],
        latest_day=fact["to"],
        givers=tuple(party for party, _row in sides[transfer]["donor"]),
        receivers=tuple(party for party, _row in sides[transfer]["recipient"]),
        counted=nature == "gift",
        doubt=str(fact["naturelabel"]) if nature != "gift" else _DOUBT.get(confidence, ""),
        nature=nature,
        occasion=str(fact["occasion"] or ""),
        visit=str(fact["visitlabel"] or ""),
        visit_words=display(str(fact["visitdate"])) if fact["visitdate"] else "",
        place=str(fact["places"] or ""),
        value="; ".join(values),
        valued=bool(values),
        as_stated=tuple(stated),
        facts=tuple(facts),
        custody=tuple(details.custody.get(gift, [])),
        notes=tuple([str(row["note"])] if row["note"] else []) + tuple(notes),
        accounts=tuple(accounts),
        sources=sources,
    )


def _window_words(fact: Any) -> str:
    first, last = (display_year_of(day) if day is not None else "" for day in (fact["from"], fact["to"]))
    words = f"{first} to {last}" if first and last else f"until {last}" if last else f"from {first} on"
    return f"{words}, derived from terms of office"


def _role_words(role: str) -> str:
    return {"donor": "from", "recipient": "to", "presenter": "presented by", "accepting-officer": "accepted by"}.get(
        role, role
    )


def _party_words(party: Party, row: Any) -> str:
    words = [str(row["agentlabel"] or party.label)]
    if row["name"]:
        words.append(f"as stated: {row['name']}")
    if row["title"]:
        words.append(f"stated as {row['title']}")
    if row["post"]:
        words.append(f"held on that day: {row['post']}")
    if str(row["status"] or "").endswith("inferred"):
        words.append("name inferred from office and date")
    return ", ".join(words)


def _contradicted(lines: Sequence[Line], claims: dict[str, list[Account]]) -> list[Line]:
    """A line for each deprecated claim, after the gift that it is about; one about a whole transfer stands after its last gift."""
    extra = []
    last_gift = {line.exchange: line for line in lines}
    for line in lines:
        subjects = [line.gift] + ([line.exchange] if last_gift[line.exchange] is line else [])
        for account in (account for subject in subjects for account in claims.get(subject, [])):
            if account.rank == "deprecated":
                extra.append(_claim_line(line, account, own=account in claims.get(line.gift, [])))
    return extra


def _claim_line(line: Line, account: Account, own: bool) -> Line:
    return replace(
        line,
        label=f"{line.label.partition(',')[0]} “{account.words}”" if own else f"“{account.words}”",
        counted=False,
        doubt="contradicted",
        is_claim=True,
        sources=account.sources,
        notes=(account.note,) if account.note else (),
        as_stated=(),
        custody=(),
        value="",
        valued=False,
    )


def _order(line: Line) -> tuple[int, int, str, str, bool, str]:
    day = line.earliest_day if line.earliest_day is not None else line.latest_day
    number = int(line.gift.rpartition("-")[2]) if line.gift.rpartition("-")[2].isdigit() else 0
    return (
        10**9 if day is None else day,
        0 if line.visit else 1,
        line.exchange,
        f"{number:04}",
        line.is_claim,
        line.label,
    )
