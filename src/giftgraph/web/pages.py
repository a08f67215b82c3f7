"""What the pages of the explorer show, as plain data taken from the graph by queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from giftgraph.dates import Bounds, display, display_years
from giftgraph.draw.collect import collect_lines, find_transfers_of
from giftgraph.draw.dyad import period_of
from giftgraph.draw.model import Line
from giftgraph.vocabulary import entity_kind, shorten

if TYPE_CHECKING:
    from giftgraph.graph import Graph

_LATEST = 12
# A side of a party page shows so many rows at most before it goes by years.
_MOST_ROWS = 200

HEADLINES = """SELECT
  (COUNT(DISTINCT ?x) AS ?exchanges) (COUNT(DISTINCT ?g) AS ?gifts) (COUNT(DISTINCT ?dated) AS ?with_date)
  { ?x a gift:GiftExchange ; gift:gift ?g . OPTIONAL { ?x gift:dateEDTF ?date BIND(?x AS ?dated) } }"""
PARTIES = "SELECT (COUNT(DISTINCT ?agent) AS ?n) { { ?x gift:giver ?agent } UNION { ?x gift:recipient ?agent } }"
SOURCES = "SELECT (COUNT(DISTINCT ?source) AS ?n) { ?x a gift:GiftExchange ; dcterms:source ?source }"
OTHERS = "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a gift:Transfer }"
VALUED = """SELECT (COUNT(DISTINCT ?g) AS ?n) { { ?x a gift:GiftExchange ; gift:appraisal ?v ; gift:gift ?g }
  UNION { ?x a gift:GiftExchange ; gift:gift ?g . ?g gift:appraisal ?v } }"""
NEWEST = f"""SELECT ?label ?date (MIN(?giver) AS ?a) (MIN(?recipient) AS ?b) {{
  ?x a gift:GiftExchange ; rdfs:label ?label ; gift:dateEDTF ?date ;
  gift:latestDay ?day ; gift:giver ?giver ; gift:recipient ?recipient }}
  GROUP BY ?x ?label ?date ?day ORDER BY DESC(?day) ?label LIMIT {_LATEST}"""
POSTS_OF = """SELECT ?office ?start ?end { ?tenure org:member <%s> ; gift:post/rdfs:label ?office .
  OPTIONAL { ?tenure gift:startEDTF ?start } OPTIONAL { ?tenure gift:endEDTF ?end } OPTIONAL { ?tenure gift:earliestDay ?day } }
  ORDER BY ?day ?office"""
NAMES_OF = """SELECT ?label ?name ?born ?died ?same { VALUES ?party { <%s> } ?party rdfs:label ?label .
  OPTIONAL { ?party skos:altLabel ?name } OPTIONAL { ?party schema:birthDate ?born } OPTIONAL { ?party schema:deathDate ?died }
  OPTIONAL { ?party skos:exactMatch ?same } } ORDER BY ?name ?same"""


@dataclass(frozen=True)
class Newest:
    """An exchange in the list of the newest: its label, its date in words, the keys of a giver and a recipient."""

    label: str
    date: str
    a: str
    b: str


@dataclass(frozen=True)
class PartyPage:
    """A person, organization or polity with the gifts it gave and received."""

    key: str
    label: str
    names: tuple[str, ...]
    life: str
    posts: tuple[str, ...]
    links: tuple[str, ...]
    by: str
    given: tuple[Line, ...]
    received: tuple[Line, ...]


@dataclass(frozen=True)
class Ledger:
    """One side of a party: all its lines in words, and those that the page shows: of many, the ones of a year.

    `years` are the years there are with the number of lines of each, empty where everything is shown.
    """

    title: str
    counted: int
    others: int
    claims: int
    years: tuple[tuple[str, int], ...]
    year: str
    shown: tuple[Line, ...]


def keep_ledger(title: str, lines: Sequence[Line], year: str = "") -> Ledger:
    """The ledger of a side. Of more than a page can hold, the lines of a year, the latest unless another is asked for."""
    counted = sum(line.counted for line in lines)
    claims = sum(line.is_claim for line in lines)
    years: dict[str, list[Line]] = {}
    for line in lines if len(lines) > _MOST_ROWS else ():
        years.setdefault(period_of(line, 1), []).append(line)
    if years and year not in years:
        year = next((words for words in reversed(years) if years[words][0].earliest_day is not None), next(iter(years)))
    return Ledger(
        title,
        counted,
        len(lines) - counted - claims,
        claims,
        tuple((words, len(members)) for words, members in years.items()),
        year if years else "",
        tuple(years[year] if years else lines),
    )


def collect_headlines(graph: Graph) -> list[tuple[str, str]]:
    """The headline numbers of the home page, each with its denominator."""
    first = graph.query(HEADLINES)[0]
    gifts, exchanges = first["gifts"], first["exchanges"]
    numbers = [
        (f"{gifts:,}", f"gifts in {exchanges:,} exchanges"),
        (f"{graph.query(PARTIES)[0]['n']:,}", "parties that gave or received"),
        (f"{first['with_date']:,} of {exchanges:,}", "exchanges with a stated date"),
        (f"{graph.query(VALUED)[0]['n']:,} of {gifts:,}", "gifts with a stated value"),
        (f"{graph.query(SOURCES)[0]['n']:,}", "source documents behind them"),
    ]
    others = graph.query(OTHERS)[0]["n"]
    return [*numbers, (f"{others:,}", "loans, tribute and others, kept and not counted as gifts")]


def collect_newest(graph: Graph) -> list[Newest]:
    """The latest dated exchanges."""
    return [
        Newest(str(row["label"]), display(str(row["date"])), shorten(str(row["a"])), shorten(str(row["b"])))
        for row in graph.query(NEWEST)
    ]


def collect_party(graph: Graph, iri: str) -> PartyPage | None:
    """Everything the party page shows, or None when the graph does not know the IRI."""
    names = graph.query(NAMES_OF % iri)
    if not len(names):
        return None
    first = names[0]
    by = "polity" if entity_kind(iri) == "polity" else "person"
    lines = collect_lines(graph, find_transfers_of(graph, iri, by), by, Bounds(None, None))
    gives = [any(party.key == iri for party in line.givers) for line in lines]
    posts = tuple(
        f"{row['office']}, {display_years(row['start'], row['end'])}"
        if row["start"] or row["end"]
        else str(row["office"])
        for row in graph.query(POSTS_OF % iri)
    )
    life = " – ".join(
        display(str(value)) if value else "?" for value in (first["born"], first["died"]) if first["died"]
    )
    if first["born"] and not first["died"]:
        life = f"born {display(str(first['born']))}"
    return PartyPage(
        key=shorten(iri),
        label=str(first["label"]),
        names=tuple(dict.fromkeys(str(row["name"]) for row in names if row["name"])),
        life=life,
        posts=posts,
        links=tuple(dict.fromkeys(str(row["same"]) for row in names if row["same"])),
        by=by,
        given=tuple(line for line, mine in zip(lines, gives, strict=True) if mine),
        received=tuple(line for line, mine in zip(lines, gives, strict=True) if not mine),
    )
