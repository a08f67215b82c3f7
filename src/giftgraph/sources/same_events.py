"""Gifts that a register and the curated graph both tell: found by who, whom, when and what, decided by people.

`data/same_events.csv` holds the decisions. Only `same` has an effect: the register's exchange is kept with all its facts as another
account of the curated one, and is not counted again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from giftgraph.curated.tables import SLUG
from giftgraph.dates import Bounds, read_bounds
from giftgraph.errors import CuratedInvalid

if TYPE_CHECKING:
    from giftgraph.graph import Graph
    from giftgraph.sources.records import Block
    from giftgraph.sources.statements import Frame

_VERDICTS = ("same", "different", "unsure")
# Days by which two accounts of one event may lie apart: a register dates the receipt, a report often the visit.
_APART = 10
_WORD = re.compile(r"[^\W\d_]{3,}")
_WEAK = frozenset(
    [
        "and",
        "the",
        "with",
        "for",
        "from",
        "set",
        "pair",
        "box",
        "gold",
        "silver",
        "presentation",
        "framed",
        "small",
        "large",
        "wooden",
    ]
)
_TOLD = """SELECT ?x ?label ?from ?to ?giver ?of ?taker ?what ?category { ?x a gift:GiftExchange ; rdfs:label ?label ; gift:gift ?g .
  ?g rdfs:label ?what ; gift:category ?category . ?x gift:receivedOnBehalfOf|gift:recipient|gift:recipient/gift:ofPolity <%s> .
  OPTIONAL { ?x gift:giver ?giver } OPTIONAL { ?x gift:givenOnBehalfOf|gift:giver/gift:ofPolity ?of }
  OPTIONAL { ?x gift:recipient ?taker } OPTIONAL { ?x gift:earliestDay ?from } OPTIONAL { ?x gift:latestDay ?to } }"""


@dataclass(frozen=True, slots=True)
class SameEvent:
    """A decision on a pair of exchanges: `same`, `different` or `unsure`, and why."""

    curated: str
    register: str
    exchange: str
    verdict: str
    why: str


def read_same_events(path: Path) -> tuple[SameEvent, ...]:
    """The decisions of a table; none where there is no table. Raises CuratedInvalid naming file and line."""
    if not path.is_file():
        return ()
    names = [field.name for field in fields(SameEvent)]
    decisions: list[SameEvent] = []
    decided: set[str] = set()
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream, strict=True)
        if next(rows, []) != names:
            raise CuratedInvalid(f"{path}:1: the columns must be {','.join(names)}")
        for cells in rows:
            where = f"{path}:{rows.line_num}"
            if len(cells) != len(names):
                raise CuratedInvalid(f"{where}: {len(cells)} cells where {len(names)} are expected")
            decision = SameEvent(*cells)
            if not SLUG.fullmatch(decision.curated) or not SLUG.fullmatch(decision.exchange):
                raise CuratedInvalid(f"{where}: two ids of exchanges are needed")
            if decision.verdict not in _VERDICTS or not decision.why:
                raise CuratedInvalid(f"{where}: a verdict ({', '.join(_VERDICTS)}) and a reason are needed")
            if decision.verdict == "same" and decision.exchange in decided:
                raise CuratedInvalid(f"{where}: {decision.exchange} is the same as another exchange already")
            decided |= {decision.exchange} if decision.verdict == "same" else set()
            decisions.append(decision)
    return tuple(decisions)


def same_in(decisions: Iterable[SameEvent], register: str) -> dict[str, str]:
    """The curated exchange of each exchange of a register that tells the same event."""
    return {each.exchange: each.curated for each in decisions if each.register == register and each.verdict == "same"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that may be one event, with what speaks for it; the strongest have the highest score."""

    curated: str
    exchange: str
    score: int
    curated_label: str
    exchange_label: str
    met: str


@dataclass(slots=True)
class _Told:
    """A curated exchange as far as it is compared."""

    key: str
    label: str
    when: Bounds
    givers: set[str]
    polities: set[str]
    takers: set[str]
    words: set[str]
    categories: set[str]


def propose(graph: Graph, blocks: Sequence[Block], frame: Frame) -> list[Candidate]:
    """Pairs of a curated exchange and a block, best first: giver or its polity, a day in reach, and a word or a kind in common.

    `graph` is the curated graph alone.
    """
    from giftgraph.sources.statements import agent_of, exchange_keys

    told = _gather(graph, frame.card.polity)
    found: list[Candidate] = []
    by_document: dict[str, list[Block]] = {}
    for block in blocks:
        by_document.setdefault(block.source, []).append(block)
    for of_document in by_document.values():
        for key, block in zip(exchange_keys(frame.card, of_document), of_document, strict=True):
            givers = {name for party in block.donors for name in _named(party.id, party.candidates)}
            takers = {name for party in block.recipients for name in _named(party.id, party.candidates)}
            polities = {party.polity or block.donor_polity or "" for party in block.donors} - {""}
            givers |= {agent_of(party, frame.described).partition(":")[2] for party in block.donors if party.id}
            words = _words(" ".join(gift.label for gift in block.gifts) + " " + block.as_stated.get("gift", ""))
            categories = {gift.category for gift in block.gifts}
            for exchange in told:
                met = _meet(exchange, (givers, polities, takers, words, categories), block.date)
                if met:
                    label = f"{'; '.join(gift.label for gift in block.gifts)[:120]} ({block.date})"
                    found.append(Candidate(exchange.key, key, len(met), exchange.label, label, ", ".join(met)))
    return sorted(found, key=lambda each: (each.curated, -each.score, each.exchange))


def _named(identifier: str | None, candidates: Iterable[str]) -> Iterator[str]:
    yield from [identifier] if identifier else candidates


def _gather(graph: Graph, polity: str) -> list[_Told]:
    from giftgraph.vocabulary import entity_iri

    told: dict[str, _Told] = {}
    for row in graph.query(_TOLD % entity_iri("polity", polity)):
        key = str(row["x"]).rpartition("/")[2]
        each = told.setdefault(
            key, _Told(key, str(row["label"]), Bounds(row["from"], row["to"]), set(), set(), set(), set(), set())
        )
        for values, name in ((each.givers, "giver"), (each.polities, "of"), (each.takers, "taker")):
            values.update([str(row[name]).rpartition("/")[2]] if row[name] else [])
        each.words |= _words(str(row["what"]))
        each.categories.add(str(row["category"]).rpartition("/")[2])
    return list(told.values())


def _words(text: str) -> set[str]:
    words = {word.removesuffix("s") for word in _WORD.findall(text.casefold())}
    return words - _WEAK


def _meet(told: _Told, block: tuple[set[str], set[str], set[str], set[str], set[str]], date: str | None) -> list[str]:
    """What a curated exchange and a block have in common; nothing where they cannot be one event."""
    givers, polities, takers, words, categories = block
    if not told.givers & (givers | polities) and not told.polities & polities:
        return []
    if not _in_reach(told.when, read_bounds(date) if date else Bounds(None, None)):
        return []
    shared = sorted(told.words & words)
    kinds = sorted(told.categories & categories)
    if not shared and not kinds:
        return []
    met = [f"giver {name}" for name in sorted(told.givers & givers)]
    met += [f"recipient {name}" for name in sorted(told.takers & takers)]
    return [*met, *(f"word {word}" for word in shared), *(f"category {kind}" for kind in kinds)]


def _in_reach(told: Bounds, block: Bounds) -> bool:
    """Whether the days may be one event's; an undated block or an undated exchange is compared with nothing."""
    if block.earliest_day is None or block.latest_day is None or told == Bounds(None, None):
        return False
    after = told.earliest_day is None or block.latest_day >= told.earliest_day - _APART
    return after and (told.latest_day is None or block.earliest_day <= told.latest_day + _APART)


def write_candidates(candidates: Iterable[Candidate], decided: Mapping[tuple[str, str], str]) -> str:
    """The pairs as lines for reading, with the verdict where one was given."""
    return "".join(
        f"{each.curated} {each.exchange} {each.score} [{decided.get((each.curated, each.exchange), '')}] "
        f"{each.curated_label} | {each.exchange_label} | {each.met}\n"
        for each in candidates
    )
