"""A gift added by hand: read, names looked up, checked, shown, and written to the curated tables or to a file of one's own.

An entry is a TOML file: one exchange in the fields of the curated records, where a party may be given by name (`who`), and the
sources, persons and places that are new. `TEMPLATE` is an entry to start from.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from giftgraph import turtle
from giftgraph.curated.exchanges import Exchange, check_exchange, read_record
from giftgraph.curated.tables import Person, Place, Source, split_cell
from giftgraph.errors import CuratedInvalid, EntryInvalid
from giftgraph.names import Match, ambiguous, candidates
from giftgraph.output import write_text

if TYPE_CHECKING:
    import pyoxigraph as ox

    from giftgraph.graph import Graph

TEMPLATE = """\
# A gift for giftgraph. Fill in, delete what you do not know, then: giftgraph add --from THIS-FILE
# Unknown stays unknown: a party that nobody names has no `who` but status = "unknown", "withheld" or "not-stated".

date = "1972-02-21"                # EDTF: 1972, 1972-02, 1826~ (about), [1667,1668] (one of), 1999/2001 (between)
occasion = "state visit"
confidence = "read"                # read: you read it in the source; secondary: from a copy or another account
place = "Beijing"                  # an existing place, or a new one

[[party]]
role = "donor"                     # donor, presenter, recipient, accepting-officer, beneficiary
who = "Richard Nixon"              # a name, or a key such as person:richard-nixon, organization:…, polity:usa
title = "President"                # the role as the source states it
acting_for = "polity:usa"

[[party]]
role = "recipient"
who = "Mao Zedong"

[[gift]]
label = "Pair of musk oxen"
category = "live-animals"          # a code of the gift categories: giftgraph queries, docs/reference/ontology.md
quantity = "2"

[[source]]                         # at least one: where you read it
title = "Title of the article or document"
publisher = "Who published it"
issued = "1972-02-22"
url = "https://example.org/the-document"

# [[person]]                       # only for somebody who is not in the graph yet
# name = "Full Name"
# kind = "person"                  # person, organization or people
# polity = "usa"
"""

Choose = Callable[[str, Sequence[Match]], Match]
_LARGEST = 1_000_000
_FREE = frozenset({"place", "source", "person", "party"})


@dataclass(frozen=True)
class Entry:
    """An exchange ready to be written, with the sources, persons and places that come with it."""

    exchange: Exchange
    sources: tuple[Source, ...]
    persons: tuple[Person, ...]
    places: tuple[Place, ...]


def refuse_choice(text: str, matches: Sequence[Match]) -> Match:
    """The answer to an ambiguous name where nobody can be asked."""
    raise EntryInvalid(ambiguous(text, matches))


def load_entry(path: Path) -> dict[str, Any]:
    """Read an entry file. Raises EntryInvalid naming file and line."""
    try:
        if path.stat().st_size > _LARGEST:
            raise EntryInvalid(f"{path}: larger than 1 MB; an entry is one exchange")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EntryInvalid(f"{path}: no such file; 'giftgraph add --template' prints one to start from") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EntryInvalid(f"{path}: not TOML in UTF-8: {error}") from None


def read_entry(content: Mapping[str, Any], graph: Graph, choose: Choose = refuse_choice, where: str = "entry") -> Entry:
    """Turn the content of an entry into records, names looked up in the graph.

    `choose` is asked when a name is ambiguous. Raises EntryInvalid when something is missing or unknown.
    """
    from giftgraph.description import slugify

    try:
        sources = tuple(_read_source(block, graph, where, slugify) for block in _blocks(content, "source", where))
        if not sources:
            raise EntryInvalid(f"{where}: an entry needs a [[source]]: where did you read it?")
        keys = tuple(source.key for source in sources)
        persons = tuple(_read_person(block, keys, graph, where, slugify) for block in _blocks(content, "person", where))
        fresh = {
            person.name: f"{'person' if person.kind == 'person' else 'organization'}:{person.key}" for person in persons
        }
        parties = [_resolve_party(block, fresh, graph, choose, where) for block in _blocks(content, "party", where)]
        for role in ("donor", "recipient"):
            if not any(party.get("role") == role for party in parties):
                raise EntryInvalid(
                    f"{where}: a {role} is missing; where nobody knows, add [[party]] role = {role!r}, status = 'unknown'"
                )
        places = _read_places(content.get("place", ""), graph, slugify)
        block = {name: value for name, value in content.items() if name not in _FREE}
        block |= {"party": parties, "sources": list(keys), "places": [place.key for place in places]}
        block.setdefault("id", _identify(content))
        exchange = read_record(block, Exchange, where)
        check_exchange(exchange, where)
        _check_categories(exchange, graph, where)
    except CuratedInvalid as error:
        raise EntryInvalid(str(error)) from None
    known_places = {
        str(row["place"]).rpartition("/")[2] for row in graph.query("SELECT ?place { ?place a gift:Place }")
    }
    return Entry(exchange, sources, persons, tuple(place for place in places if place.key not in known_places))


def _blocks(content: Mapping[str, Any], name: str, where: str) -> list[dict[str, Any]]:
    blocks = content.get(name, [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise EntryInvalid(f"{where}: {name} must be written as [[{name}]] blocks")
    return blocks


def _identify(content: Mapping[str, Any]) -> str:
    """An opaque id that the same entry always gets."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, default=str)
    return "x" + hashlib.sha256(text.encode()).hexdigest()[:10]


def _texts(block: Mapping[str, Any], record: type[Any], where: str) -> dict[str, Any]:
    known = {field.name: str(field.type) for field in fields(record)}
    values: dict[str, Any] = {}
    for name, value in block.items():
        if name not in known:
            raise EntryInvalid(
                f"{where}: {record.__name__.lower()}: unknown field {name!r} (known: {', '.join(known)})"
            )
        if not isinstance(value, str):
            raise EntryInvalid(f"{where}: {record.__name__.lower()}: {name} must be a text in quotes")
        values[name] = split_cell(value) if known[name].startswith("tuple") else value.strip()
    return values


def _read_source(block: Mapping[str, Any], graph: Graph, where: str, slugify: Callable[[str], str]) -> Source:
    values = {"publisher": "", "issued": "", "url": "", "copy": ""} | _texts(block, Source, where)
    if not values.get("title"):
        raise EntryInvalid(f"{where}: a source needs a title")
    if values["url"] and not values["url"].startswith(("http://", "https://")):
        raise EntryInvalid(f"{where}: {values['url'][:60]!r} is not an http(s) address")
    rows = graph.query(
        "SELECT ?source ?title ?url { ?source a gift:SourceDocument ; dcterms:title ?title OPTIONAL { ?source schema:url ?url } }"
    )
    slug = slugify(values["title"])[:60].strip("-")
    taken = set()
    for row in rows:
        key = str(row["source"]).rpartition("/")[2]
        if str(row["title"]) == values["title"] and str(row["url"] or "") == values["url"]:
            return Source(**(values | {"key": key}))
        taken.add(key)
    values.setdefault(
        "key", next(name for name in (slug, *(f"{slug}-{n}" for n in range(2, 10_000))) if name not in taken)
    )
    return Source(**values)


def _read_person(
    block: Mapping[str, Any], sources: tuple[str, ...], graph: Graph, where: str, slugify: Callable[[str], str]
) -> Person:
    empty = {
        "other_names": (),
        "born": "",
        "died": "",
        "polity": "",
        "wikidata": "",
        "possibly_same_as": (),
        "note": "",
    }
    values = empty | {"kind": "person", "confidence": "read", "sources": sources} | _texts(block, Person, where)
    if not values.get("name"):
        raise EntryInvalid(f"{where}: a person needs a name")
    slug = slugify(values["name"])
    taken = {
        str(row["agent"]).rpartition("/")[2]
        for row in graph.query("SELECT ?agent { VALUES ?class { gift:Person gift:Organization } ?agent a ?class }")
    }
    if slug in taken and "key" not in values:
        kind = "person" if values["kind"] == "person" else "organization"
        raise EntryInvalid(
            f"{where}: {kind}:{slug} is in the graph already; name that key in the party, or give the new person another key"
        )
    values.setdefault("key", slug)
    return Person(**values)


def _resolve_party(
    block: Mapping[str, Any], fresh: Mapping[str, str], graph: Graph, choose: Choose, where: str
) -> dict[str, Any]:
    party = dict(block)
    who = party.pop("who", "")
    if not isinstance(who, str):
        raise EntryInvalid(f"{where}: party: who must be a text in quotes")
    if who and not party.get("agent"):
        if who in fresh:
            party["agent"] = fresh[who]
        else:
            matches = candidates(graph, who)
            match = matches[0] if len(matches) == 1 else choose(who, matches)
            party["agent"] = match.key
            if match.label != who and ":" not in who:
                party.setdefault("name", who)
    for name in ("agent", "acting_for"):
        agent = party.get(name, "")
        if agent and isinstance(agent, str) and agent not in fresh.values():
            candidates(graph, agent)
    return party


def _read_places(names: object, graph: Graph, slugify: Callable[[str], str]) -> list[Place]:
    places = []
    for name in [names] if isinstance(names, str) else names if isinstance(names, list) else []:
        if isinstance(name, str) and name.strip():
            places.append(Place(slugify(name), name.strip(), "", ""))
    return places


def _check_categories(exchange: Exchange, graph: Graph, where: str) -> None:
    known = {
        str(row["category"]).rpartition("/")[2] for row in graph.query("SELECT ?category { ?category a gift:Category }")
    }
    for gift in exchange.gift:
        if gift.category not in known:
            from difflib import get_close_matches

            near = (
                ", ".join(get_close_matches(gift.category, known, n=3, cutoff=0.4)) or "see docs/reference/ontology.md"
            )
            raise EntryInvalid(f"{where}: there is no gift category {gift.category!r}; nearest: {near}")


def state_entry(entry: Entry, graph: Graph) -> list[ox.Triple]:
    """The statements of an entry, with the posts that the parties held on the day."""
    from giftgraph.curated.dataset import exchange_label
    from giftgraph.curated.offices import find_post, read_span
    from giftgraph.curated.statements import person_name, state_exchange, state_person, state_place, state_source
    from giftgraph.curated.tables import Tenure
    from giftgraph.dates import Bounds, read_bounds
    from giftgraph.vocabulary import entity_iri

    when = read_bounds(entry.exchange.date) if entry.exchange.date else Bounds(None, None)
    names = {person_name(person): person.name for person in entry.persons}
    posts: dict[int, str] = {}
    for position, party in enumerate(entry.exchange.party):
        if not party.agent or party.agent in names:
            continue
        kind, _, slug = party.agent.partition(":")
        iri = entity_iri(kind, slug)
        names[party.agent] = next(
            (str(row["label"]) for row in graph.query(f"SELECT ?label {{ <{iri}> rdfs:label ?label }}")), slug
        )
        rows = graph.query(
            "SELECT ?tenure ?office ?kind ?start ?end { "
            f"?tenure org:member <{iri}> ; gift:post ?post ; gift:startEDTF ?start . "
            "?post rdfs:label ?office ; gift:officeKind ?kind . OPTIONAL { ?tenure gift:endEDTF ?end } }"
        )
        tenures = [
            Tenure(
                _slug(row["tenure"]),
                slug,
                str(row["office"]),
                _slug(row["kind"]),
                "",
                str(row["start"]),
                str(row["end"] or ""),
                "read",
                (),
                "",
            )
            for row in rows
        ]
        held = find_post(party.title, when, [(tenure, read_span(tenure)) for tenure in tenures])
        posts[position] = held.key if held else ""
    triples = [triple for source in entry.sources for triple in state_source(source)]
    triples += [triple for person in entry.persons for triple in state_person(person)]
    triples += [triple for place in entry.places for triple in state_place(place)]
    return triples + list(state_exchange(entry.exchange, exchange_label(entry.exchange, names), posts, {}))


def _slug(iri: object) -> str:
    return str(iri).rpartition("/")[2]


def write_to_file(entry: Entry, graph: Graph, target: Path) -> None:
    """Merge the statements of an entry into a Turtle file, which is replaced at once."""
    known = turtle.read(target) if target.exists() else []
    write_text(target, turtle.serialize([*known, *state_entry(entry, graph)]))


def write_to_tables(entry: Entry, directory: Path, dataset: Path) -> None:
    """Add an entry to the curated tables of a checkout and rebuild the dataset.

    Everything is written and checked in a copy first; then the tables are replaced one after the other, those that are
    referred to before those that refer, and the dataset last, so that a stop in between leaves a valid state.
    """
    from giftgraph.curated.dataset import build_turtle
    from giftgraph.curated.tables import read_table, write_table
    from giftgraph.curated.writing import format_exchange

    with TemporaryDirectory(prefix=".adding-", dir=directory.parent) as temporary:
        copy = Path(temporary) / "curated"
        shutil.copytree(directory, copy)
        changed: list[Path] = []
        for name, record, rows in (
            ("sources.csv", Source, entry.sources),
            ("persons.csv", Person, entry.persons),
            ("places.csv", Place, entry.places),
        ):
            table: list[Any] = read_table(copy / name, record)
            known = {row.key for row in table}
            added = [row for row in rows if row.key not in known]
            if added:
                write_table(copy / name, sorted([*table, *added], key=lambda row: str(row.key)))
                changed.append(Path(name))
        file = Path("exchanges") / "added.toml"
        before = (copy / file).read_text(encoding="utf-8") if (copy / file).exists() else ""
        (copy / file).write_text(before + ("\n" if before else "") + format_exchange(entry.exchange), encoding="utf-8")
        changed.append(file)
        text = build_turtle(copy)
        for name_or_file in changed:
            (copy / name_or_file).replace(directory / name_or_file)
        write_text(dataset, text)
