"""Finding entities by what people call them: names, aliases, keys, and titles on a date.

A name is compared without case, accents and punctuation. Nothing is guessed: where several entities fit, all are listed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from giftgraph.dates import display_years, read_bounds
from giftgraph.errors import NameAmbiguous, NameUnknown
from giftgraph.store.aside import NAMES_NAME, path_aside, read_aside, try_to_keep
from giftgraph.vocabulary import ENTITY_PREFIXES, ID, entity_iri, entity_kind

if TYPE_CHECKING:
    from giftgraph.graph import Graph

# Kinds that can be looked up, with the class that has them; the order is the order of a mixed list.
KINDS = {
    "person": "Person",
    "organization": "Organization",
    "polity": "Polity",
    "office": "Office",
    "visit": "Visit",
    "place": "Place",
    "gift": "Gift",
}
AGENT_KINDS = ("person", "organization", "polity")
_NAMES = """SELECT DISTINCT ?entity ?label ?name { VALUES ?class { %s } ?entity a ?class ; rdfs:label ?label .
  { ?entity rdfs:label ?name } UNION { ?entity skos:altLabel ?name } }"""
# Stands at the end of a whole index.
_END = "\x03"
_LONGEST = 200
_LISTED = 12
_SPECIAL = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ʻ": "", "'": "", "’": ""}
)


@dataclass(frozen=True)
class Match:
    """An entity that fits: `matched` is the name that fitted.

    `rank` is 0 for the key, 1 for the whole name, 2 for words, 3 for beginnings.
    """

    iri: str
    label: str
    kind: str
    matched: str
    rank: int
    description: str = ""

    @property
    def exact(self) -> bool:
        """Whether the whole name or the key was given."""
        return self.rank <= 1

    @property
    def key(self) -> str:
        """The short name to give on the command line, such as `person:kim-jong-un`."""
        return f"{self.kind}:{self.iri.rpartition('/')[2]}"


def normalize(name: str) -> str:
    """The form in which names are compared.

    >>> normalize("Nicolae  Ceaușescu"), normalize("Kim Jong-un")
    ('nicolae ceausescu', 'kim jong un')
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold().translate(_SPECIAL))
    plain = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join("".join(plain).split())


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of an entity, with the form in which it is compared."""

    form: str
    kind: str
    iri: str
    label: str
    name: str


def _index(graph: Graph) -> list[str]:
    """A line for each name in the graph: its compared form, kind, IRI, label and the name, apart by tabs.

    It is made once for a snapshot and kept beside it: to ask for and normalize every name anew takes most of a second on a large
    dataset, to read the lines a few hundredths. Entities of unknown kind are left out.
    """
    from giftgraph import __version__

    path = path_aside(NAMES_NAME, graph.version, (__version__, _NAMES, *KINDS.values()))
    text = read_aside(path) if graph.directory else None
    if text is not None and text.endswith(_END):
        return text.splitlines()[:-1]
    classes = " ".join(f"gift:{name}" for name in KINDS.values())
    lines = []
    for iri, label, name in graph.query(_NAMES % classes):
        fields = (str(iri), *(" ".join(str(words).split()) for words in (label, name)))
        if kind := entity_kind(str(iri)):
            lines.append("\t".join((normalize(str(name)), kind, *fields)))
    lines.sort()
    if graph.directory:
        try_to_keep(path, "\n".join((*lines, _END)))
    return lines


def _read_names(lines: Iterable[str], kinds: Collection[str]) -> list[_Name]:
    """The lines of the index that name entities of the kinds."""
    names = (_Name(*line.split("\t")) for line in lines)
    return [name for name in names if name.kind in kinds]


def _rank(wanted: str, words: Sequence[str], name: str) -> int | None:
    if name == wanted:
        return 1
    have = name.split()
    if all(word in have for word in words):
        return 2
    if all(any(part.startswith(word) for part in have) for word in words):
        return 3
    return None


def _key_of(text: str) -> str | None:
    """The IRI that a text names outright: an IRI, or `person:kim-jong-un`."""
    if text.startswith(ID):
        return text
    prefix, colon, slug = text.partition(":")
    kind = {"item": "gift"}.get(prefix, prefix)
    if colon and slug and (kind in KINDS or prefix in ENTITY_PREFIXES.values()):
        return entity_iri(kind, slug)
    return None


def find(graph: Graph, text: str, kind: str | None = None, on: str | None = None) -> list[Match]:
    """Every entity that fits a text, best first: key, whole name, all words, beginnings of words.

    With `on`, offices that fit are answered by who held them on that date (see `find_holders`).
    Raises NameUnknown with the nearest names when nothing fits.
    """
    text = " ".join(text.split())[:_LONGEST]
    if on is not None:
        return find_holders(graph, text, on)
    kinds = [kind] if kind else list(KINDS)
    index = _index(graph)
    iri = _key_of(text)
    wanted = normalize(text)
    if not wanted and iri is None:
        raise NameUnknown("a name is needed, such as 'Kim Jong Un'")
    words = wanted.split()
    slug = "-".join(words)
    # Only a line that holds the first word at all can fit; the rest is not read.
    first = iri or words[0]
    best: dict[str, Match] = {}
    for known in _read_names((line for line in index if first in line), kinds):
        own = known.iri.rpartition("/")[2]
        # A code such as USA is written in capitals as often as not.
        if known.iri == iri or (own == slug and text.casefold() == slug and (text == slug or known.kind == "polity")):
            rank: int | None = 0
        else:
            rank = None if iri else _rank(wanted, words, known.form)
        if rank is not None and (known.iri not in best or rank < best[known.iri].rank):
            best[known.iri] = Match(known.iri, known.label, known.kind, known.name, rank)
    if not best:
        raise NameUnknown(_unknown(text, wanted, _read_names(index, kinds)))
    order = list(KINDS)
    # Whoever is named comes before the gifts whose label has the word, however well it fits.
    matches = sorted(
        best.values(), key=lambda m: (m.kind == "gift", m.rank, order.index(m.kind), len(m.label), m.label, m.iri)
    )
    return describe(graph, matches)


def _unknown(text: str, wanted: str, names: Iterable[_Name]) -> str:
    known: dict[str, str] = {}
    for name in names:
        if name.kind != "gift":
            known.setdefault(name.form, name.label)
            for word in name.form.split():
                if len(word) > 3:
                    known.setdefault(word, name.label)
    near = list(dict.fromkeys(known[form] for form in get_close_matches(wanted, known, n=5, cutoff=0.7)))
    hint = f"nearest: {', '.join(near)}" if near else "try 'giftgraph find' with a part of the name"
    return f"nobody and nothing is named {text!r}; {hint}"


def describe(graph: Graph, matches: Sequence[Match]) -> list[Match]:
    """The same matches with a few words each: posts with years, life dates, polity."""
    if not matches:
        return []
    entities = " ".join(f"<{match.iri}>" for match in matches[:200])
    posts: dict[str, list[tuple[int, str]]] = {}
    lives: dict[str, str] = {}
    rows = graph.query(
        f"""SELECT ?entity ?office ?start ?end ?day ?born ?died ?polity ?category {{ VALUES ?entity {{ {entities} }}
        {{ ?tenure org:member ?entity ; gift:post/rdfs:label ?office . OPTIONAL {{ ?tenure gift:earliestDay ?day }}
           OPTIONAL {{ ?tenure gift:startEDTF ?start }} OPTIONAL {{ ?tenure gift:endEDTF ?end }} }}
        UNION {{ ?entity gift:ofPolity/rdfs:label ?polity }}
        UNION {{ ?entity gift:category/rdfs:label ?category }}
        UNION {{ ?entity schema:birthDate ?born }} UNION {{ ?entity schema:deathDate ?died }} }}
        ORDER BY ?entity ?day ?office ?polity"""
    )
    details: dict[str, dict[str, str]] = {}
    for row in rows:
        entity = str(row["entity"])
        if row["office"]:
            years = display_years(row["start"], row["end"]) if row["start"] or row["end"] else ""
            posts.setdefault(entity, []).append((row["day"] or 0, f"{row['office']} {years}".strip()))
        for name in ("born", "died", "polity", "category"):
            if row[name]:
                details.setdefault(entity, {})[name] = str(row[name])
    for entity, known in details.items():
        if "died" in known:
            lives[entity] = display_years(known.get("born"), known["died"])
        elif "born" in known:
            lives[entity] = f"born {display_years(known['born'], '..').rstrip('–')}"
    described = []
    for match in matches:
        known = details.get(match.iri, {})
        held = [words for _day, words in posts.get(match.iri, [])]
        place = known.get("polity") or known.get("category") or ""
        parts = [*held[-2:]] if held else [place]
        parts.append(lives.get(match.iri, ""))
        description = "; ".join(part for part in parts if part)
        described.append(Match(match.iri, match.label, match.kind, match.matched, match.rank, description))
    return described


def find_holders(graph: Graph, title: str, on: str) -> list[Match]:
    """Who held the offices that fit a title on a date, each with how sure that is.

    "held it on that day" means that the tenure covers the whole date; "may have held it" that it overlaps it.
    An office whose end is unknown answers "undetermined". Raises NameUnknown when no office fits or nobody is known.
    """
    first, last = read_bounds(on)
    if first is None or last is None:
        raise NameUnknown(f"--on needs a closed date, not {on!r}")
    fitting = find(graph, title, kind="office")
    offices = [match for match in fitting if match.rank == fitting[0].rank]
    entities = " ".join(f"<{office.iri}>" for office in offices[:100])
    rows = graph.query(
        f"""SELECT ?person ?name ?office ?start ?end ?from ?surely ?until ?to {{ VALUES ?post {{ {entities} }}
        ?tenure gift:post ?post ; org:member ?person ; gift:earliestDay ?from ; gift:startEDTF ?start .
        ?post rdfs:label ?office . ?person rdfs:label ?name .
        OPTIONAL {{ ?tenure gift:endEDTF ?end }} OPTIONAL {{ ?tenure gift:latestDay ?to }}
        OPTIONAL {{ ?tenure gift:startLatestDay ?surely }} OPTIONAL {{ ?tenure gift:endEarliestDay ?until }}
        FILTER(?from <= {last}) FILTER(!BOUND(?to) || ?to >= {first}) }} ORDER BY ?office ?from ?name"""
    )
    found = []
    for row in rows:
        open_end = row["end"] == ".."
        started = row["surely"] is not None and row["surely"] <= first
        lasted = open_end or (row["until"] is not None and row["until"] >= last)
        if not row["end"]:
            words = "undetermined: the end is not known"
        else:
            words = "held it on that day" if started and lasted else "may have held it"
        description = f"{row['office']} {display_years(row['start'], row['end'])}; {words}"
        found.append(Match(str(row["person"]), str(row["name"]), "person", str(row["office"]), 1, description))
    if not found:
        listed = ", ".join(office.label for office in offices[:5])
        raise NameUnknown(f"nobody is known to have been {title!r} on {on} (offices that fit: {listed or 'none'})")
    return found


def candidates(graph: Graph, text: str, kinds: Sequence[str] = AGENT_KINDS) -> list[Match]:
    """The entities of the best rank that fit a text, of the kinds given; persons before organizations before polities.

    Where only words fit, bodies count only when no person does. Raises NameUnknown when nothing fits.
    """
    matches: list[Match] = []
    failure: NameUnknown | None = None
    for kind in kinds:
        try:
            matches += find(graph, text, kind=kind)
        except NameUnknown as error:
            failure = failure or error
    if not matches:
        raise failure or NameUnknown(f"nobody and nothing is named {text!r}")
    best = min(match.rank for match in matches)
    fitting = [match for match in matches if match.rank == best]
    # A person's name within the name of a body ("Nixon Library") is no rival of the person.
    people = [match for match in fitting if match.kind == "person"]
    return people if best > 1 and people else fitting


def resolve(graph: Graph, text: str, kinds: Sequence[str] = AGENT_KINDS) -> Match:
    """The one entity that a text names. Raises NameUnknown, or NameAmbiguous with the candidates and how to choose."""
    matches = candidates(graph, text, kinds)
    if len(matches) > 1:
        raise refuse_ambiguous((text, matches))
    return matches[0]


def refuse_ambiguous(*choices: tuple[str, Sequence[Match]]) -> NameAmbiguous:
    """The error for names that several entities have."""
    return NameAmbiguous("\n".join(ambiguous(text, matches) for text, matches in choices), choices)


def ambiguous(text: str, matches: Sequence[Match]) -> str:
    """The message for a name that several entities have: how to choose, and a line for each candidate with its dates."""
    listed = [
        f"  {match.key}  {match.label}{f', {match.description}' if match.description else ''}"
        for match in matches[:_LISTED]
    ]
    more = [f"  and {len(matches) - _LISTED} more"] if len(matches) > _LISTED else []
    return "\n".join(
        [f"{text!r} is the name of {len(matches)} entities; give the full name, or the key of one:", *listed, *more]
    )
