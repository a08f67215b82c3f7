"""The projection: from exchanges, which are events, to a network of parties, by one rule that is written down once.

Everything that is counted follows RULE; `describe` says what of the data a network holds and what it left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from giftgraph.dates import Bounds, iso_date, may_lie_in, read_range
from giftgraph.errors import ParameterInvalid
from giftgraph.store.aside import ANSWERS_NAME, path_aside, read_aside, try_to_keep
from giftgraph.vocabulary import ENTITY_PREFIXES, entity_kind, shorten

if TYPE_CHECKING:
    import networkx as nx

    from giftgraph.graph import Graph

BY = ("person", "office", "polity")
RANKS = ("preferred", "normal", "deprecated")
CONFIDENCES = ("read", "secondary", "unchecked")
RULE = (
    "An exchange counts when its nature is a gift; loans, tribute, purchases and what never arrived do not.",
    "Each named giver is joined to each named receiver; joint givers are a line each, and the shares of an exchange add up to 1.",
    "A weight counts exchanges, not objects: several gifts handed over together are one.",
    "By person, whoever gave or received is the party, also when acting for a state; a couple entered as two people is two parties, "
    "a body (a government, a family, a company) is one. By office, it is the post held on the day, else the person. By polity, it is "
    "the polity acted for, else the polity itself, else that of the person; a party without a polity stays itself.",
    "Presenters, accepting officers and beneficiaries are no lines.",
    "Unknown, withheld and unstated parties are never parties: an exchange without a named giver or receiver is left out.",
    "What a party gave to itself (by polity: within one polity) is left out.",
    "Rejected and rival claims of giver or receiver count only when min_rank asks for them.",
    "Travel and hospitality are left out unless the category is asked for.",
)
_TRAVEL = "hospitality"
_PREFIX = {f"/{kind}/": prefix for kind, prefix in ENTITY_PREFIXES.items()}
_FACTS = """SELECT ?x ?nature ?label ?date ?from ?to ?confidence {
  ?x gift:nature ?nature ; rdfs:label ?label . OPTIONAL { ?x gift:dateEDTF ?date } OPTIONAL { ?x gift:confidence ?confidence }
  OPTIONAL { ?x gift:earliestDay ?from } OPTIONAL { ?x gift:latestDay ?to } }"""
_PARTIES = """SELECT ?x ?role ?agent ?office ?for ?of { VALUES ?role { role:donor role:recipient }
  ?p gift:participationRole ?role . ?x gift:hasParticipation ?p .
  OPTIONAL { ?p gift:agent ?agent OPTIONAL { ?agent gift:ofPolity ?of } }
  OPTIONAL { ?p gift:heldPost/gift:post ?office } OPTIONAL { ?p gift:actingFor ?for } }"""
_CATEGORIES = "SELECT DISTINCT ?x ?category { ?x gift:gift/gift:category ?category }"
_SOURCES = "SELECT ?x ?source { ?x gift:nature ?nature ; dcterms:source ?source }"
_VALUES = """SELECT ?x ?amount ?low ?high ?currency { { ?x gift:appraisal ?value } UNION { ?x gift:gift/gift:appraisal ?value }
  ?x gift:nature ?nature . OPTIONAL { ?value gift:amount ?amount } OPTIONAL { ?value gift:minimumAmount ?low }
  OPTIONAL { ?value gift:maximumAmount ?high } OPTIONAL { ?value gift:currency|gift:currencyAsStated ?currency } }"""
_CLAIMS = """SELECT ?x ?predicate ?party ?rank ?of {
  { ?x gift:nature ?nature BIND(?x AS ?subject) } UNION { ?x gift:gift ?subject }
  ?claim gift:aboutSubject ?subject ; gift:aboutPredicate ?predicate ; gift:claimedValue ?party ; gift:rank ?rank .
  OPTIONAL { ?party gift:ofPolity ?of } FILTER(?predicate IN (gift:giver, gift:recipient) && isIRI(?party)) }"""
_NODES = """SELECT ?party ?label ?polity ?region { VALUES ?class { gift:Person gift:Organization gift:Polity gift:Office }
  ?party a ?class ; rdfs:label ?label . OPTIONAL { ?party gift:ofPolity ?polity OPTIONAL { ?polity gift:unRegion ?theirs } }
  OPTIONAL { ?party gift:unRegion ?own } BIND(COALESCE(?own, ?theirs) AS ?region) }"""
QUERIES = {
    "facts": _FACTS,
    "parties": _PARTIES,
    "categories": _CATEGORIES,
    "sources": _SOURCES,
    "values": _VALUES,
    "nodes": _NODES,
}


@dataclass(frozen=True)
class Selection:
    """What a network holds of the data: the parameters of a projection."""

    by: str
    when: Bounds
    categories: frozenset[str]
    min_rank: str
    min_confidence: str


def project(
    graph: Graph,
    *,
    by: str = "person",
    start: str | None = None,
    end: str | None = None,
    categories: Collection[str] = (),
    min_rank: str = "preferred",
    min_confidence: str = "unchecked",
    directed: bool = True,
) -> nx.MultiDiGraph | nx.MultiGraph:
    """The network of parties, one edge for each exchange and pair of giver and receiver (see RULE).

    `start` and `end` keep what may lie in the period (of a date with an open end, its known bound), `categories` exchanges with a
    gift of one of them (codes such as `cars`).
    `min_rank` adds rival (`normal`) or also rejected (`deprecated`) claims of giver or receiver; `min_confidence` keeps records that
    were `read`, also those from a `secondary` account, or all (`unchecked`). Raises ParameterInvalid or DateInvalid.

    >>> import giftgraph
    >>> network = project(giftgraph.open(), by="person")
    >>> network.has_edge("person:vladimir-putin", "person:kim-jong-un")
    True
    """
    import networkx as nx

    for name, value, known in (
        ("by", by, BY),
        ("min_rank", min_rank, RANKS),
        ("min_confidence", min_confidence, CONFIDENCES),
    ):
        if value not in known:
            raise ParameterInvalid(f"{name} must be one of {', '.join(known)}, not {value!r}")
    selection = Selection(by, read_range(start, end), _read_categories(graph, categories), min_rank, min_confidence)
    answers = _ask(graph, min_rank)
    network: nx.MultiDiGraph | nx.MultiGraph = nx.MultiDiGraph() if directed else nx.MultiGraph()
    left_out = _add_exchanges(network, selection, answers)
    _name_nodes(network, answers["nodes"])
    network.graph.update(_describe_selection(graph, selection, start, end))
    network.graph["exchanges"] = len({key for _a, _b, key in network.edges(keys=True)})
    network.graph.update({f"left_out_{reason}": number for reason, number in left_out.items()})
    return network


def _read_categories(graph: Graph, categories: Collection[str]) -> frozenset[str]:
    wanted = [categories] if isinstance(categories, str) else list(categories)
    if not wanted:
        return frozenset()
    known = {str(row[0]).rpartition("/")[2] for row in graph.query("SELECT ?c { ?c a gift:Category }")}
    for category in wanted:
        if category not in known:
            from difflib import get_close_matches

            near = (
                ", ".join(get_close_matches(str(category), known, n=3, cutoff=0.5)) or "see 'giftgraph query category'"
            )
            raise ParameterInvalid(f"there is no gift category {str(category)[:40]!r}; nearest: {near}")
    return frozenset(wanted)


def _ask(graph: Graph, min_rank: str) -> dict[str, list[list[Any]]]:
    """The answers to the queries that feed a projection, from beside the snapshot, or asked side by side and kept there.

    Asking costs seconds on a large dataset, and every selection of period, category or confidence starts from the same answers.
    """
    from giftgraph import __version__

    queries = QUERIES | ({"claims": _CLAIMS} if min_rank != "preferred" else {})
    path = path_aside(ANSWERS_NAME, graph.version, (__version__, *queries, *queries.values()))
    answers = _read_answers(path, queries) if graph.directory else None
    if answers is None:
        with ThreadPoolExecutor() as pool:
            asked = {name: pool.submit(graph.query, query) for name, query in queries.items()}
        answers = {name: [list(row) for row in answer.result()] for name, answer in asked.items()}
        if graph.directory:
            try_to_keep(path, json.dumps(answers, ensure_ascii=False, separators=(",", ":"), default=str))
    for row in answers["values"]:
        row[1:4] = (cell if cell is None else _number(str(cell)) for cell in row[1:4])
    return answers


def _read_answers(path: str, queries: Mapping[str, str]) -> dict[str, list[list[Any]]] | None:
    """The answers that were kept; None when there are none or they are not whole."""
    with suppress(ValueError):
        answers = json.loads(read_aside(path) or "null")
        if isinstance(answers, dict) and answers.keys() == queries.keys():
            return answers
    return None


def _number(text: str) -> Decimal | None:
    """An amount, whatever its type was; None for what is no number."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def short(iri: object) -> str:
    """The short name of an entity: `person:kim-jong-un`."""
    text = str(iri)
    cut = text.rfind("/")
    prefix = _PREFIX.get(text[text.rfind("/", 0, cut) : cut + 1])
    return f"{prefix}:{text[cut + 1 :]}" if prefix else shorten(text)


def _drawn(by: str, agent: object, office: object, acting_for: object, polity: object) -> str:
    """The party that a participation counts for (see RULE); empty when nobody is named."""
    if by == "office":
        return short(office or agent) if agent else ""
    if by == "polity" and agent:
        own = agent if entity_kind(str(agent)) == "polity" else polity
        return short(acting_for or own or agent)
    return short(agent) if agent else ""


def _collect_sides(
    selection: Selection, answers: Mapping[str, Any]
) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """For each exchange its givers and its receivers: the parties drawn, with the rank of the claim or an empty text."""
    sides: dict[str, tuple[dict[str, str], dict[str, str]]] = defaultdict(lambda: ({}, {}))
    for x, role, agent, office, acting_for, polity in answers["parties"]:
        party = _drawn(selection.by, agent, office, acting_for, polity)
        if party:
            sides[x][0 if role.endswith("donor") else 1][party] = ""
    allowed = RANKS[1 : RANKS.index(selection.min_rank) + 1]
    for x, predicate, agent, rank, polity in answers.get("claims", ()):
        name = rank.rpartition("/")[2]
        if name in allowed:
            party = _drawn(selection.by, agent, None, None, polity)
            sides[x][0 if predicate.endswith("giver") else 1].setdefault(party, name)
    return sides


def _gather(rows: Iterable[Sequence[Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for x, value in rows:
        found[x].append(short(value))
    return found


def _gather_values(rows: Iterable[Sequence[Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for x, amount, low, high, currency in rows:
        bound = "" if low is None else f"at least {low:,}" if high is None else f"{low:,} to {high:,}"
        number = bound if amount is None else f"{amount:,}"
        if number:
            found[x].append(f"{currency or 'currency not stated'} {number}")
    return found


def _add_exchanges(network: Any, selection: Selection, answers: Mapping[str, Any]) -> dict[str, int]:
    """Add the edges of every exchange that counts; what does not is counted by its reason."""
    sides = _collect_sides(selection, answers)
    categories, sources = _gather(answers["categories"]), _gather(answers["sources"])
    values = _gather_values(answers["values"])
    left_out = dict.fromkeys(
        ("not_gifts", "travel", "confidence", "category", "undated", "period", "unnamed", "within"), 0
    )
    confidences = CONFIDENCES[: CONFIDENCES.index(selection.min_confidence) + 1]
    for x, nature, label, date, first, last, confidence in sorted(answers["facts"], key=lambda row: str(row[0])):
        kinds = sorted(code.rpartition(":")[2] for code in categories[x])
        trust = str(confidence or "").rpartition("/")[2] or "unchecked"
        reason = _refuse(selection, str(nature), kinds, trust, confidences, first, last)
        givers, receivers = sides[x]
        pairs = [(a, b) for a in givers for b in receivers if a != b]
        reason = reason or ("unnamed" if not givers or not receivers else "" if pairs else "within")
        if reason:
            left_out[reason] += 1
            continue
        attributes = {
            "exchange": short(x),
            "label": str(label),
            "date": str(date or ""),
            "categories": "; ".join(kinds),
            "value": "; ".join(sorted(values[x])),
            "sources": "; ".join(sorted(sources[x])),
            "confidence": trust,
            "share": 1 / len(pairs),
        }
        attributes |= {name: day for name, day in (("earliest_day", first), ("latest_day", last)) if day is not None}
        for a, b in pairs:
            rank = max(givers[a], receivers[b], key=(("", *RANKS).index))
            network.add_edge(a, b, key=attributes["exchange"], **attributes, rank=rank or "preferred", claim=bool(rank))
    return left_out


def _refuse(
    selection: Selection,
    nature: str,
    kinds: Sequence[str],
    trust: str,
    confidences: Sequence[str],
    first: int | None,
    last: int | None,
) -> str:
    """Why an exchange does not count, or an empty text."""
    if not nature.endswith("/gift"):
        return "not_gifts"
    if selection.categories and selection.categories.isdisjoint(kinds):
        return "category"
    if kinds == [_TRAVEL] and _TRAVEL not in selection.categories:
        return "travel"
    if trust not in confidences:
        return "confidence"
    when = selection.when
    if when == Bounds(None, None):
        return ""
    if first is None and last is None:
        return "undated"
    # An open end would lie in every period on its side: there the bound that is known decides.
    begins, ends = (last if first is None else first), (first if last is None else last)
    return "" if may_lie_in(begins, ends, when) else "period"


def _name_nodes(network: Any, rows: Iterable[Sequence[Any]]) -> None:
    """Give each node its label, kind, polity and region."""
    for node, attributes in network.nodes(data=True):
        kind = node.partition(":")[0]
        attributes.update(label=node, kind=kind, polity=node if kind == "polity" else "", region="")
    for party, label, polity, region in rows:
        node = short(party)
        if node in network:
            attributes = network.nodes[node]
            attributes["label"] = str(label)
            attributes["region"] = str(region or "")
            attributes["polity"] = short(polity) if polity else attributes["polity"]


def _describe_selection(graph: Graph, selection: Selection, start: str | None, end: str | None) -> dict[str, str]:
    return {
        "name": f"The network of gifts by {selection.by}",
        "version": graph.version,
        "by": selection.by,
        "start": start or "",
        "end": end or "",
        "categories": "; ".join(sorted(selection.categories)),
        "min_rank": selection.min_rank,
        "min_confidence": selection.min_confidence,
    }


def collapse(network: Any) -> nx.DiGraph | nx.Graph:
    """The same parties with one edge a pair: `weight` counts exchanges, `share` adds up their shares.

    The keys of the exchanges stay with the edge. An undirected network gives an undirected graph.
    """
    import networkx as nx

    simple: nx.DiGraph | nx.Graph = nx.DiGraph() if network.is_directed() else nx.Graph()
    simple.graph.update(network.graph)
    simple.add_nodes_from(network.nodes(data=True))
    keys: dict[tuple[str, str], list[str]] = defaultdict(list)
    for a, b, key, edge in network.edges(keys=True, data=True):
        if not simple.has_edge(a, b):
            simple.add_edge(a, b, weight=0, share=0.0)
        known = simple.edges[a, b]
        known["weight"] += 1
        known["share"] += edge["share"]
        keys[(a, b) if network.is_directed() or a < b else (b, a)].append(key)
        for name, choose in (("earliest_day", min), ("latest_day", max)):
            if name in edge:
                known[name] = choose(known.get(name, edge[name]), edge[name])
    for (a, b), exchanges in keys.items():
        simple.edges[a, b]["exchanges"] = "; ".join(exchanges)
    return simple


_REASONS = {
    "not_gifts": "of another nature than a gift",
    "travel": "travel or hospitality",
    "confidence": "less sure than asked for",
    "category": "of other categories",
    "undated": "undated",
    "period": "outside the period",
    "unnamed": "without a named giver or receiver (unknown, withheld or not stated)",
    "within": "within one party",
}


def describe(network: Any) -> tuple[str, ...]:
    """What a network holds and what it left out, a line each, in words.

    >>> import giftgraph
    >>> describe(giftgraph.open().network(by="polity"))[0].startswith("By polity: ")
    True
    """
    known: Mapping[str, Any] = network.graph
    bounds = [iso_date(day) or "…" for day in read_range(known["start"] or None, known["end"] or None)]
    period = f", {bounds[0]} to {bounds[1]}" if known["start"] or known["end"] else ""
    holds = (
        f"By {known['by']}{period}: {network.number_of_nodes():,} parties, {network.number_of_edges():,} "
        f"{'lines' if network.is_multigraph() else 'pairs'}, {known['exchanges']:,} exchanges behind them."
    )
    gone = [
        f"{known[f'left_out_{reason}']:,} {words}" for reason, words in _REASONS.items() if known[f"left_out_{reason}"]
    ]
    chosen = [f"categories {known['categories']}"] if known["categories"] else []
    chosen += [f"claims down to {known['min_rank']}"] if known["min_rank"] != "preferred" else []
    chosen += [f"records at least {known['min_confidence']}"] if known["min_confidence"] != "unchecked" else []
    return (
        holds,
        f"Left out: {', '.join(gone)} exchanges." if gone else "Nothing is left out.",
        *([f"Asked for: {', '.join(chosen)}."] if chosen else []),
    )


def exchanges_of(network: Any) -> Iterator[tuple[str, list[tuple[str, str, dict[str, Any]]]]]:
    """The exchanges of a multigraph with their edges, by key: the unit that is resampled."""
    found: dict[str, list[tuple[str, str, dict[str, Any]]]] = defaultdict(list)
    for a, b, key, edge in network.edges(keys=True, data=True):
        found[key].append((a, b, edge))
    yield from sorted(found.items())
