"""Words of names over transliterations: the common form of a known name, and how an unknown one sounds.

`name_variants.csv` lists common names with their spellings. They serve twice: spellings of one name are one word, and two names
of the list that differ are never taken for a slip of the pen (Hassan and Hussein, Said and Saud). A word outside the list is
compared by consonants and classes of vowels, as far as transliterations into English keep them.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_VARIANTS = Path(__file__).with_name("name_variants.csv")
_CONSONANTS = (
    (re.compile(r"^(?:iou|ju(?=r)|iu)"), "yu"),
    (re.compile(r"^y(?=e)"), ""),
    (re.compile(r"d[jz]h|dj|zh"), "j"),
    (re.compile(r"tch|tsch|cz"), "ch"),
    (re.compile(r"sch"), "sh"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ff$"), "v"),
    (re.compile(r"([kgtd])h"), r"\1"),
    (re.compile(r"gu(?=[eiy])"), "g"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c(?!h)"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w(?=[aeiouy])|w$"), "v"),
    (re.compile(r"(?<=[aeiouy])h$"), ""),
    (re.compile(r"([^aeiou])\1+"), r"\1"),
)
_KH = re.compile(r"kh")
_SLOT = re.compile(r"([^aeiouyw]|^[yw](?=[aeiou]))?([aeiouyw]*)")
# Classes of vowels that transliterations of one vowel may fall into.
_ALIKE = frozenset(
    ["ae", "ei", "eE", "iE", "aE", "uO", " a", " e", " i"],
)


@dataclass(frozen=True, slots=True)
class Variant:
    """A common name in its usual spelling, and its kind.

    `given` is a given name where fathers' names follow (Arabic and its neighbours), `first` one where a family name does;
    `family` and `dynasty` are family names.
    """

    name: str
    kind: str


@cache
def load_variants() -> Mapping[str, Variant]:
    """Each spelling of `name_variants.csv` with its name.

    >>> load_variants()["mohamed"].name, load_variants()["muhammad"].name
    ('mohammed', 'mohammed')
    """
    with _VARIANTS.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    variants: dict[str, Variant] = {}
    for row in rows:
        spellings = [word.strip() for word in row["spellings"].split(";") if word.strip()]
        variant = Variant(row["name"], row["kind"])
        for spelling in (row["name"], *spellings):
            variants.setdefault(spelling, variant)
    return MappingProxyType(variants)


@lru_cache(maxsize=65536)
def slots(word: str) -> tuple[tuple[str, str], ...]:
    """The consonants of a word, each with the class of the vowels after it; a vowel at the start has no consonant.

    >>> slots("tantawi") == slots("tantawy"), slots("sergei") == slots("sergey")
    (True, True)
    """
    word = _KH.sub("h", word)
    for pattern, replacement in _CONSONANTS:
        word = pattern.sub(replacement, word)
    return tuple(
        (consonant or "", _vowel_class(vowels)) for consonant, vowels in _SLOT.findall(word) if consonant or vowels
    )


def _vowel_class(vowels: str) -> str:
    letters = set(vowels)
    if not letters:
        return " "
    if letters <= {"a"}:
        return "a"
    if vowels == "e":
        return "e"
    if letters <= {"i", "y"} or vowels == "ee":
        return "i"
    if letters <= {"u", "o", "w"}:
        return "u"
    return "O" if letters & {"u", "o", "w"} else "E"


def skeleton(word: str) -> str:
    """The consonants of a word, and a mark for a vowel at its start: what a block of candidates shares.

    >>> skeleton("karzai") == skeleton("karzay"), skeleton("ahmad") == skeleton("hamad")
    (True, False)
    """
    return "".join(consonant or "'" for consonant, _ in slots(word))


def _alike(left: str, right: str) -> bool:
    return left == right or left + right in _ALIKE or right + left in _ALIKE


def _sound_alike(left: tuple[tuple[str, str], ...], right: tuple[tuple[str, str], ...]) -> bool:
    """The same consonants and vowels that may stand for each other; an open end keeps its vowel."""
    if len(left) != len(right) or not all(a == b and _alike(v, w) for (a, v), (b, w) in zip(left, right, strict=True)):
        return False
    ends = {left[-1][1], right[-1][1]}
    return len(ends) == 1 or not ({"a", "u"} & ends or ends == {" ", "e"}) or len(left) > 3


@lru_cache(maxsize=262144)
def likeness(left: str, right: str) -> float:
    """How alike two words are: 1 for one name, .95 where they sound the same, .85 for a slip of the pen, .5 for an initial, else 0.

    >>> likeness("mohamed", "muhammad"), likeness("rakhmon", "rahmon"), likeness("hassan", "hussein")
    (1.0, 0.95, 0.0)
    >>> likeness("josheph", "joseph"), likeness("w", "walker"), likeness("said", "saud")
    (0.85, 0.5, 0.0)
    """
    if left == right:
        return 1.0
    if len(left) == 1 or len(right) == 1:
        return 0.5 if left[0] == right[0] else 0.0
    variants = load_variants()
    one, other = variants.get(left), variants.get(right)
    if one and other and one.name == other.name:
        return 1.0
    if _is_shortened(left, right, one, other) or _is_shortened(right, left, other, one):
        return 0.9
    if one and other:
        return 0.0
    if _sound_alike(slots(left), slots(right)):
        return 0.95
    shorter, longer = sorted((len(left), len(right)))
    if shorter < 6 or left[0] != right[0]:
        return 0.0
    from rapidfuzz.distance import OSA

    return 0.85 if OSA.distance(left, right, score_cutoff=2) <= (1 if longer < 9 else 2) else 0.0


def _is_shortened(long: str, short: str, long_name: Variant | None, short_name: Variant | None) -> bool:
    """ "Razak" for "Abdul Razak": the servant's name without the servant."""
    whole = long_name.name if long_name else long
    rest = short_name.name if short_name else short
    return len(rest) > 3 and whole in (f"abdul{rest}", f"abd{rest}")


def weight(word: str) -> float:
    """How much a shared word tells: 1 for a rare one, less for a common given name, a dynasty, a syllable, an initial.

    >>> weight("karzai"), weight("mohamed"), weight("thani"), weight("w")
    (0.6, 0.5, 0.35, 0.1)
    """
    if len(word) == 1:
        return 0.1
    variant = load_variants().get(word)
    if variant:
        return {"given": 0.5, "first": 0.5, "family": 0.6, "dynasty": 0.35}[variant.kind]
    return 0.4 if len(word) == 2 else 0.7 if len(word) == 3 else 1.0
