"""From the graph to the lines of a picture: a fixed number of queries, however many gifts there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from giftgraph.dates import Bounds, display, display_year_of, may_lie_in
from giftgraph.draw import scan
from giftgraph.draw.marks import mark_of
from giftgraph.draw.model import Account, Line, Party, SourceLink
from giftgraph.vocabulary import ONTOLOGY, SKOS, entity_kind

if TYPE_CHECKING:
    from giftgraph.graph import Graph

BY = ("person", "office", "polity")
# A label that counts in words says how many already.
_COUNTED = re.compile(
    r"\b(pairs?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundreds?)\b", re.IGNORECASE
)
_LOCATOR = re.compile(r"p(\d+):l\d+")
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
# The ways in which a participation names the party that is drawn.
_PARTY_PATHS = {
    "person": ("?p gift:agent ?party",),
    "office": ("?p gift:heldPost/gift:post ?party", "?p gift:agent ?party FILTER NOT EXISTS { ?p gift:heldPost ?held }"),
    "polity": (
        "?p gift:actingFor ?party",
        "?party a gift:Polity . ?p gift:agent ?party",
        "?p gift:agent/gift:ofPolity ?party FILTER NOT EXISTS { ?p gift:actingFor ?other }",
    ),
}
# Up to so many transfers are named in a query; for more, see giftgraph.draw.scan.
_NAMED_AT_MOST = 1000
_PART = 1000


def _values(name: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def find_transfers_of(graph: Graph, party: str, by: str) -> list[str]:
    """The transfers in which a party gave or received; a person that is named stays a person where others are offices."""
    paths = _PARTY_PATHS["person" if by == "office" and entity_kind(party) != "office" else by]
    restrict = _values("party", [party])
    # Each way alone: together Oxigraph would walk every participation.
    found = {
        str(row[0])
        for path in paths
        for row in graph.query(
            f"SELECT DISTINCT ?x {{ {restrict} {path} . ?p gift:participationRole ?role FILTER(?role IN (role:donor, role:recipient)) "
            "?x gift:hasParticipation ?p }"
        )
    }
    return sorted(found)


def collect_lines(
    graph: Graph, transfers: Sequence[str], by: str, when: Bounds, named: Collection[str] = ()
) -> list[Line]:
    """The lines of transfers, in the order of time; undated ones last.

    `when` keeps what may lie inside it. Parties are drawn as `by` says, but those whose IRI is in `named` as themselves.
    """
    if not transfers:
        return []
    rows = _read_rows(graph, transfers)
    sides = _collect_sides(graph, rows.participations, by, named)
    facts = {str(row["x"]): row for row in rows.facts}
    details = _Details(rows)
    claims, sources = rows.claims, rows.sources
    lines: list[Line] = []
    for row in rows.gifts:
        transfer, gift = str(row["x"]), str(row["gift"])
        fact = facts[transfer]
        if not may_lie_in(fact["from"], fact["to"], when):
            continue
        accounts = claims.get(gift, []) + claims.get(transfer, [])
        lines.append(_make_line(transfer, gift, fact, row, sides, accounts, sources[transfer], details))
    lines += _contradicted(lines, claims)
    lines.sort(key=_order)
    return lines


_TRANSFERS = """SELECT ?x ?nature ?naturelabel ?date ?from ?to ?basis ?visit ?visitlabel ?visitdate ?occasion ?confidence ?locator
  (GROUP_CONCAT(DISTINCT ?placelabel; separator=" · ") AS ?places) (GROUP_CONCAT(DISTINCT ?note; separator="\\u001f") AS ?notes) {
  %s ?x gift:nature ?nature . ?nature rdfs:label ?naturelabel .
  OPTIONAL { ?x gift:dateEDTF ?date } OPTIONAL { ?x gift:earliestDay ?from } OPTIONAL { ?x gift:latestDay ?to }
  OPTIONAL { ?x gift:dateBasis ?basis } OPTIONAL { ?x gift:locator ?locator } OPTIONAL { ?x gift:occasionAsStated ?occasion } OPTIONAL { ?x gift:confidence ?confidence }
  OPTIONAL { ?x gift:occasion ?visit . ?visit rdfs:label ?visitlabel . OPTIONAL { ?visit gift:dateEDTF ?visitdate } }
  OPTIONAL { ?x gift:tookPlaceAt/rdfs:label ?placelabel } OPTIONAL { ?x skos:note ?note }
} GROUP BY ?x ?nature ?naturelabel ?date ?from ?to ?basis ?visit ?visitlabel ?visitdate ?occasion ?confidence ?locator"""
_GIFTS = """SELECT ?x ?gift ?label ?name ?category ?categorylabel ?quantity ?stated ?note ?made ?material {
  %s ?x gift:gift ?gift . ?gift rdfs:label ?label ; gift:category ?category . ?category rdfs:label ?categorylabel .
  OPTIONAL { ?gift skos:altLabel ?name } OPTIONAL { ?gift gift:quantity ?quantity } OPTIONAL { ?gift gift:asStated ?stated }
  OPTIONAL { ?gift skos:note ?note } OPTIONAL { ?gift gift:madeIn/rdfs:label ?made } OPTIONAL { ?gift schema:material ?material }
} ORDER BY ?x ?gift ?name"""
_PARTICIPATIONS = """SELECT ?x ?role ?p ?agent ?status ?title ?name ?office ?post ?for ?of ?conflict {
  %s ?x gift:hasParticipation ?p . ?p gift:participationRole ?role .
  OPTIONAL { ?p gift:agent ?agent OPTIONAL { ?agent gift:ofPolity ?of } } OPTIONAL { ?p gift:actingFor ?for }
  OPTIONAL { ?p gift:partyStatus ?status } OPTIONAL { ?p gift:roleAsStated ?title } OPTIONAL { ?p gift:asStated ?name }
  OPTIONAL { ?p gift:heldPost/gift:post ?office . ?office rdfs:label ?post } OPTIONAL { ?p gift:roleConflict ?conflict }
} ORDER BY ?x ?p"""
_PARTIES = """SELECT ?party ?label ?region { %s ?party rdfs:label ?label .
  OPTIONAL { ?party gift:unRegion ?own } OPTIONAL { ?party gift:ofPolity/gift:unRegion ?state }
  BIND(COALESCE(?own, ?state) AS ?region) }"""
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


class Side(NamedTuple):
    """A participation: the party that is drawn, the name of the agent, and the row with the rest."""

    party: Party
    agent: str
    row: Any


class _Rows(NamedTuple):
    """What the graph answers about transfers."""

    participations: list[Any]
    gifts: list[Any]
    facts: list[Any]
    custody: list[Any]
    values: list[Any]
    sources: dict[str, tuple[SourceLink, ...]]
    claims: dict[str, list[Account]]


def _read_rows(graph: Graph, transfers: Sequence[str]) -> _Rows:
    """The rows of the transfers. Oxigraph evaluates outside of Python's lock, so that queries side by side use every core."""
    if len(transfers) > _NAMED_AT_MOST:
        wanted = set(transfers)
        gifts = scan.scan_gifts(graph, wanted)
        subjects = wanted | {str(row["gift"]) for row in gifts}
        restrict = "?x gift:nature ?any ."
        return _Rows(
            scan.scan_participations(graph, wanted),
            gifts,
            list(graph.query(_TRANSFERS % restrict)),
            scan.scan_custody(graph, subjects),
            scan.scan_values(graph, subjects),
            _link_sources(scan.scan_sources(graph, wanted)),
            _collect_claims(graph, restrict),
        )
    restrict = _values("x", transfers)
    with ThreadPoolExecutor() as pool:
        asked = [
            pool.submit(lambda query: list(graph.query(query)), query)
            for query in (
                _PARTICIPATIONS % restrict,
                _GIFTS % restrict,
                _TRANSFERS % restrict,
                _CUSTODY % restrict,
                _VALUES % (restrict, restrict),
            )
        ]
        sources = pool.submit(_collect_sources, graph, transfers)
        claims = _collect_claims(graph, restrict)
    participations, gifts, facts, custody, values = (answer.result() for answer in asked)
    return _Rows(participations, gifts, facts, custody, values, sources.result(), claims)


class _Details:
    """Custody and values of the gifts, in words."""

    def __init__(self, rows: _Rows) -> None:
        self.custody: dict[str, list[str]] = defaultdict(list)
        for row in rows.custody:
            words = str(row["kind"]) + (f": {row['stated']}" if row["stated"] else "")
            self.custody[str(row["gift"])].append(words + (f" ({display(row['date'])})" if row["date"] else ""))
        self.values: dict[str, list[str]] = defaultdict(list)
        for row in rows.values:
            self.values[str(row["subject"])].append(_value_words(row))


def _number(value: Any) -> str:
    number = Decimal(str(value))
    return f"{number:,.0f}" if number == number.to_integral() else f"{number:,}"


def _value_words(row: Any) -> str:
    if row["amount"] is not None:
        words = f"{row['currency']} {_number(row['amount'])}"
    elif row["low"] is not None and row["high"] is None:
        words = f"{row['currency']} {_number(row['low'])} or more"
    elif row["low"] is not None:
        words = f"{row['currency']} {_number(row['low'])} to {_number(row['high'])}"
    else:
        words = ""
    basis = str(row["basis"] or "")
    extra = [part for part in (basis if basis != "stated" else "", str(row["stated"] or "")) if part]
    return f"{words} ({', '.join(extra)})" if words and extra else words or ", ".join(extra)


def _drawn_as(row: Any, by: str, named: Collection[str]) -> str:
    """The IRI that a participation is drawn as (see _PARTY_PATHS), or nothing when nobody is known."""
    agent = str(row["agent"] or "")
    if agent in named:
        return agent
    if by == "polity":
        polity = row["for"] or (agent if entity_kind(agent) == "polity" else row["of"])
        return str(polity or agent)
    return str(row["office"] or agent) if by == "office" else agent


def _collect_sides(
    graph: Graph, rows: Sequence[Any], by: str, named: Collection[str]
) -> dict[str, dict[str, list[Side]]]:
    iris = {iri: None for row in rows for iri in (_drawn_as(row, by, named), str(row["agent"] or "")) if iri}
    known = {
        str(party): Party(
            str(party), str(label), entity_kind(str(party)) or "", group=str(region or "Region not known")
        )
        for party, label, region in _ask_parties(graph, list(iris))
    }
    sides: dict[str, dict[str, list[Side]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        iri = _drawn_as(row, by, named)
        status = str(row["status"] or "").rpartition("/")[2]
        party = known[iri] if iri else Party(str(row["p"]), _STATUS_WORDS.get(status, "not stated"), "unknown")
        agent = known[str(row["agent"])].label if row["agent"] else party.label
        sides[str(row["x"])][str(row["role"]).rpartition("/")[2]].append(Side(party, agent, row))
    return sides


def _ask_parties(graph: Graph, iris: Sequence[str]) -> Iterable[Any]:
    """The rows of the parties, asked in parts that a query can name."""
    for first in range(0, len(iris), _PART):
        part = iris[first : first + _PART]
        yield from graph.query(_PARTIES % _values("party", part))


def _parties(sides: Iterable[Side]) -> tuple[Party, ...]:
    """The parties of a side, each once: several people may be drawn as one polity."""
    return tuple({side.party.key: side.party for side in sides}.values())


def _collect_sources(graph: Graph, subjects: Iterable[str]) -> dict[str, tuple[SourceLink, ...]]:
    return _link_sources(graph.query(_SOURCES % _values("subject", subjects)))


def _link_sources(rows: Iterable[Any]) -> dict[str, tuple[SourceLink, ...]]:
    found: dict[str, list[SourceLink]] = defaultdict(list)
    for row in rows:
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
    sides: dict[str, dict[str, list[Side]]],
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
    if quantity is not None and quantity != 1 and _number(quantity) not in label and not _COUNTED.search(label):
        label = f"{label} ({_number(quantity)})"
    stated = [str(row["stated"])] if row["stated"] else []
    facts: list[tuple[str, str]] = []
    for role, people in sides[transfer].items():
        for side in people:
            facts.append((_role_words(role), _party_words(side)))
            if side.row["conflict"]:
                facts.append(("role in doubt", str(side.row["conflict"])))
    facts = list(dict.fromkeys(facts))
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
        givers=_parties(sides[transfer]["donor"]),
        receivers=_parties(sides[transfer]["recipient"]),
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
        where=_page_words(str(fact["locator"] or "")),
    )


def _page_words(locator: str) -> str:
    """Where in its document a transfer stands: `p24892:l104` is a page and a line of its text."""
    match = _LOCATOR.fullmatch(locator)
    return f"page {match[1]}" if match else locator


def _window_words(fact: Any) -> str:
    first, last = (display_year_of(day) if day is not None else "" for day in (fact["from"], fact["to"]))
    words = f"{first} to {last}" if first and last else f"until {last}" if last else f"from {first} on"
    return f"{words}, derived from terms of office"


def _role_words(role: str) -> str:
    return {"donor": "from", "recipient": "to", "presenter": "presented by", "accepting-officer": "accepted by"}.get(
        role, role
    )


def _party_words(side: Side) -> str:
    words, row = [side.agent], side.row
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
