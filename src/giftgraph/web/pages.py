"""What the pages of the explorer show, as plain data taken from the graph by queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from giftgraph.dates import display, display_years
from giftgraph.vocabulary import shorten

if TYPE_CHECKING:
    from giftgraph.graph import Graph

_LATEST = 12

HEADLINES = """SELECT
  (COUNT(DISTINCT ?x) AS ?exchanges) (COUNT(DISTINCT ?g) AS ?gifts) (COUNT(DISTINCT ?dated) AS ?with_date)
  { ?x a gift:GiftExchange ; gift:gift ?g . OPTIONAL { ?x gift:dateEDTF ?date BIND(?x AS ?dated) } }"""
PARTIES = "SELECT (COUNT(DISTINCT ?agent) AS ?n) { { ?x gift:giver ?agent } UNION { ?x gift:recipient ?agent } }"
SOURCES = "SELECT (COUNT(DISTINCT ?source) AS ?n) { ?x a gift:GiftExchange ; dcterms:source ?source }"
OTHERS = "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a gift:Transfer }"
VALUED = """SELECT (COUNT(DISTINCT ?g) AS ?n) { ?x a gift:GiftExchange ; gift:gift ?g .
  { ?g gift:appraisal ?v } UNION { ?x gift:appraisal ?v } }"""
NEWEST = f"""SELECT ?x ?label ?date {{ ?x a gift:GiftExchange ; rdfs:label ?label ; gift:dateEDTF ?date ; gift:latestDay ?day }}
  ORDER BY DESC(?day) ?label LIMIT {_LATEST}"""
EXCHANGES_OF = """SELECT ?x ?label ?date ?day ?side ?partner ?partner_label ?class {
  VALUES ?party { <%s> }
  { ?x gift:giver ?party ; gift:recipient ?partner BIND("given" AS ?side) }
  UNION { ?x gift:recipient ?party ; gift:giver ?partner BIND("received" AS ?side) }
  ?x rdfs:label ?label . ?partner rdfs:label ?partner_label .
  OPTIONAL { ?x gift:dateEDTF ?date } OPTIONAL { ?x gift:earliestDay ?day }
} ORDER BY ?side ?day ?label ?partner_label"""
POSTS_OF = """SELECT ?office ?start ?end { ?tenure org:member <%s> ; gift:post/rdfs:label ?office .
  OPTIONAL { ?tenure gift:startEDTF ?start } OPTIONAL { ?tenure gift:endEDTF ?end } OPTIONAL { ?tenure gift:earliestDay ?day } }
  ORDER BY ?day ?office"""
NAMES_OF = """SELECT ?label ?name ?born ?died ?same { VALUES ?party { <%s> } ?party rdfs:label ?label .
  OPTIONAL { ?party skos:altLabel ?name } OPTIONAL { ?party schema:birthDate ?born } OPTIONAL { ?party schema:deathDate ?died }
  OPTIONAL { ?party skos:exactMatch ?same } } ORDER BY ?name ?same"""


@dataclass(frozen=True)
class Line:
    """One exchange in a list."""

    key: str
    label: str
    date: str
    partner: str = ""
    partner_key: str = ""


@dataclass(frozen=True)
class Party:
    """A person, organization or polity with what it gave and received."""

    key: str
    label: str
    names: tuple[str, ...]
    life: str
    posts: tuple[str, ...]
    links: tuple[str, ...]
    given: tuple[Line, ...]
    received: tuple[Line, ...]


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


def collect_newest(graph: Graph) -> list[Line]:
    """The latest dated exchanges."""
    return [Line(shorten(str(row["x"])), str(row["label"]), display(str(row["date"]))) for row in graph.query(NEWEST)]


def collect_party(graph: Graph, iri: str) -> Party | None:
    """Everything the party page shows, or None when the graph does not know the IRI."""
    names = graph.query(NAMES_OF % iri)
    if not len(names):
        return None
    first = names[0]
    lines: dict[str, list[Line]] = {"given": [], "received": []}
    for row in graph.query(EXCHANGES_OF % iri):
        lines[str(row["side"])].append(
            Line(
                shorten(str(row["x"])),
                str(row["label"]),
                display(str(row["date"])) if row["date"] else "no date stated",
                str(row["partner_label"]),
                shorten(str(row["partner"])),
            )
        )
    posts = tuple(
        f"{row['office']}, {display_years(row['start'], row['end'])}"
        if row["start"] or row["end"]
        else str(row["office"])
        for row in graph.query(POSTS_OF % iri)
    )
    life = " – ".join(display(str(value)) if value else "" for value in (first["born"], first["died"])).strip()
    return Party(
        key=shorten(iri),
        label=str(first["label"]),
        names=tuple(dict.fromkeys(str(row["name"]) for row in names if row["name"])),
        life="" if life == "–" else life,
        posts=posts,
        links=tuple(dict.fromkeys(str(row["same"]) for row in names if row["same"])),
        given=tuple(lines["given"]),
        received=tuple(lines["received"]),
    )
