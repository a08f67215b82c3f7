"""Which mentions are compared at all: those that share a block of polity, office and telling words; never all with all.

A block that grows large is sorted by the words of the names, and each member meets its next neighbours only: the number of comparisons
grows with the number of mentions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from giftgraph.resolve.mentions import KnownPerson, Subject, Tally, known_subjects
from giftgraph.resolve.sounds import load_variants, skeleton, weight

_WINDOW = 16
_NEIGHBOURS = 8
_TELLING = 0.7


def _block_words(subject: Subject) -> list[tuple[str, float]]:
    """The words that a block may share, in the form that transliterations share, and how much each tells."""
    found = {_block_form(word): weight(word) for word in subject.spelling.words if len(word) > 1}
    if subject.spelling.numeral:
        found[f"#{subject.spelling.numeral}"] = 0.0
    return sorted(found.items())


def _joined_words(subject: Subject) -> list[str]:
    """Long words, and short neighbours as one: syllables that one text joins and another one does not."""
    words, variants = subject.spelling.words, load_variants()
    long = [skeleton(word) for word in words if 4 < len(word) <= 10 and word not in variants]
    pairs = [skeleton(one + other) for one, other in pairwise(words) if max(len(one), len(other)) <= 5]
    return sorted({*long, *pairs})


def _block_form(word: str) -> str:
    variant = load_variants().get(word)
    return variant.name if variant else skeleton(word)


def block_keys(subject: Subject) -> Iterator[tuple[str, ...]]:
    """The blocks of a subject, without the polity."""
    words = _block_words(subject)
    if len(words) == 1:
        yield ("only", words[0][0])
    for word, told in words:
        if told >= _TELLING:
            yield ("word", word)
        for role in sorted(subject.roles - {"other"}):
            yield ("office", role, word)
    for word in _joined_words(subject):
        yield ("joined", word)
    for (one, _), (other, _) in combinations(words, 2):
        yield ("two", one, other)


def candidate_pairs(subjects: Sequence[Subject], tally: Tally) -> list[tuple[int, int]]:
    """The pairs of subjects that meet in a block, in order."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, subject in enumerate(subjects):
        for key in block_keys(subject):
            for polity in sorted(subject.polities) or [""]:
                blocks[(polity, *key)].append(place)
            if key[0] == "two":
                blocks[("*", *key)].append(place)
    pairs: set[tuple[int, int]] = set()
    tally.blocks += len(blocks)
    for key in sorted(blocks):
        members = blocks[key]
        tally.largest_block = max(tally.largest_block, len(members))
        for pair in _pairs_of(members, subjects):
            if key[0] != "*" or _may_cross(subjects[pair[0]], subjects[pair[1]]):
                pairs.add(pair)
    return sorted(pairs)


def _may_cross(one: Subject, other: Subject) -> bool:
    """One without a polity, or the same words in two polities."""
    return (
        not one.polities
        or not other.polities
        or (one.polities != other.polities and one.spelling.joined == other.spelling.joined)
    )


def _pairs_of(members: Sequence[int], subjects: Sequence[Subject]) -> Iterator[tuple[int, int]]:
    if len(members) <= _WINDOW:
        yield from combinations(members, 2)
        return
    ordered = sorted(members, key=lambda place: (subjects[place].spelling.words, subjects[place].days, place))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + _NEIGHBOURS]:
            yield (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class KnownIndex:
    """Known persons by id, their spellings as sides of a comparison, and the places of the sides by block."""

    by_id: Mapping[str, KnownPerson]
    sides: Sequence[Subject]
    by_key: Mapping[tuple[str, ...], Sequence[int]]

    def in_blocks(self, subject: Subject) -> list[int]:
        """The places of the sides that share a block with a subject."""
        numbers: set[int] = set()
        for key in block_keys(subject):
            for polity in (*sorted(subject.polities), ""):
                numbers.update(self.by_key.get((polity, *key), ()))
            if key[0] == "two":
                numbers.update(self.by_key.get(("*", *key), ()))
        return sorted(numbers)


def index_known(people: Iterable[KnownPerson]) -> KnownIndex:
    """The blocks of known persons."""
    by_id = {person.id: person for person in sorted(people, key=lambda person: person.id)}
    sides = [side for person in by_id.values() for side in known_subjects(person)]
    by_key: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, side in enumerate(sides):
        for key in block_keys(side):
            for polity in sorted(side.polities) or [""]:
                by_key[(polity, *key)].append(number)
            if key[0] == "two":
                by_key[("*", *key)].append(number)
    return KnownIndex(by_id, sides, dict(by_key))
