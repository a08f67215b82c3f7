"""The rows behind the lines of a party with thousands of transfers, asked for a property at a time and joined here.

A query that names ten thousand transfers, or that looks up every optional property of every row, takes tens of seconds; a scan of
one property takes hundredths. The rows are those of the queries of `giftgraph.draw.collect`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from giftgraph.graph import Graph

Rows = list[dict[str, Any]]
# For each table: the query of its rows, and the columns that are looked up: by which column, their names, the pattern that has them.
_Columns = tuple[tuple[str, str, str], ...]
_APPRAISAL: _Columns = (
    ("value", "amount", "?value gift:amount ?amount"),
    ("value", "low", "?value gift:minimumAmount ?low"),
    ("value", "high", "?value gift:maximumAmount ?high"),
    ("value", "iso", "?value gift:currency ?iso"),
    ("value", "other", "?value gift:currencyAsStated ?other"),
    ("value", "stated", "?value a gift:Appraisal ; gift:asStated ?stated"),
    ("value", "basis", "?value gift:basis/rdfs:label ?basis"),
)
_GIFT: _Columns = (
    ("gift", "label", "?gift a gift:Gift ; rdfs:label ?label"),
    ("gift", "category", "?gift a gift:Gift ; gift:category ?category"),
    ("category", "categorylabel", "?category a gift:Category ; rdfs:label ?categorylabel"),
    ("gift", "name", "?gift a gift:Gift ; skos:altLabel ?name"),
    ("gift", "quantity", "?gift gift:quantity ?quantity"),
    ("gift", "stated", "?gift a gift:Gift ; gift:asStated ?stated"),
    ("gift", "note", "?gift a gift:Gift ; skos:note ?note"),
    ("gift", "made", "?gift gift:madeIn/rdfs:label ?made"),
    ("gift", "material", "?gift schema:material ?material"),
)
_PARTICIPATION: _Columns = (
    ("p", "role", "?p gift:participationRole ?role"),
    ("p", "agent", "?p gift:agent ?agent"),
    ("agent", "of", "?agent gift:ofPolity ?of"),
    ("p", "for", "?p gift:actingFor ?for"),
    ("p", "status", "?p gift:partyStatus ?status"),
    ("p", "title", "?p gift:roleAsStated ?title"),
    ("p", "name", "?p a gift:Participation ; gift:asStated ?name"),
    ("p", "held", "?p gift:heldPost ?held"),
    ("held", "office", "?held gift:post ?office"),
    ("office", "post", "?office a gift:Office ; rdfs:label ?post"),
    ("p", "conflict", "?p gift:roleConflict ?conflict"),
)
_SOURCE: _Columns = (
    ("source", "title", "?source dcterms:title ?title"),
    ("source", "publisher", "?source dcterms:publisher ?publisher"),
    ("source", "url", "?source schema:url ?url"),
    ("source", "copy", "?source gift:readInCopy ?copy"),
)
_STEP: _Columns = (
    ("step", "order", "?step gift:custodyOrder ?order"),
    ("step", "kind", "?step gift:custodyKind/rdfs:label ?kind"),
    ("step", "stated", "?step a gift:CustodyEvent ; gift:asStated ?stated"),
    ("step", "date", "?step a gift:CustodyEvent ; gift:dateEDTF ?date"),
)


def scan_gifts(graph: Graph, wanted: Collection[str]) -> Rows:
    """The gifts of the transfers."""
    rows = _keep(graph, "SELECT ?x ?gift { ?x gift:gift ?gift }", "x", wanted)
    return _sort(_look_up(graph, rows, _GIFT), "x", "gift", "name")


def scan_participations(graph: Graph, wanted: Collection[str]) -> Rows:
    """The participations in the transfers."""
    rows = _keep(graph, "SELECT ?x ?p { ?x gift:hasParticipation ?p }", "x", wanted)
    return _sort(_look_up(graph, rows, _PARTICIPATION), "x", "p", "conflict")


def scan_sources(graph: Graph, wanted: Collection[str]) -> Rows:
    """The sources of the transfers."""
    query = "SELECT ?subject ?source { ?subject gift:nature ?nature ; dcterms:source ?source }"
    return _sort(_look_up(graph, _keep(graph, query, "subject", wanted), _SOURCE), "subject", "source")


def scan_custody(graph: Graph, gifts: Collection[str]) -> Rows:
    """The steps of custody of the gifts."""
    rows = _keep(graph, "SELECT ?gift ?step { ?gift gift:custody ?step }", "gift", gifts)
    return _sort(_look_up(graph, rows, _STEP), "gift", "order")


def scan_values(graph: Graph, subjects: Collection[str]) -> Rows:
    """The appraisals of the transfers and gifts."""
    rows = _keep(graph, "SELECT ?subject ?value { ?subject gift:appraisal ?value }", "subject", subjects)
    rows = _look_up(graph, rows, _APPRAISAL)
    for row in rows:
        row["currency"] = row["iso"] or row["other"] or "currency not stated"
    return _sort(rows, "subject", "value")


def _keep(graph: Graph, query: str, name: str, wanted: Collection[str]) -> Rows:
    return [row for answer in graph.query(query) if (row := answer.as_dict())[name] in wanted]


def _look_up(graph: Graph, rows: Rows, columns: _Columns) -> Rows:
    """The rows with their columns, None where there is no value; one row for each of several values, as a query has it."""
    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(graph.query, f"SELECT ?{key} ?{name} {{ {pattern} }}") for key, name, pattern in columns]
    for (key, name, _pattern), answer in zip(columns, asked, strict=True):
        known: dict[Any, list[Any]] = defaultdict(list)
        for subject, value in answer.result():
            known[subject].append(value)
        more: Rows = []
        for row in rows:
            values = known.get(row[key])
            row[name] = values[0] if values else None
            if values and len(values) > 1:
                more += [row | {name: value} for value in values[1:]]
        rows = rows + more if more else rows
    return rows


def _sort(rows: Rows, *names: str) -> Rows:
    rows.sort(key=lambda row: tuple(row[name] if isinstance(row[name], int) else str(row[name]) for name in names))
    return rows
