"""The names by which polities are printed: states, demonyms, cities and regions, offices of one polity alone, organisations.

States and their divisions come from rigour (`territories.csv`); what it lacks stands in `polity_names.csv`: demonyms, old
names, cities, bodies whose name gives their state away ("Bundestag"), international organisations, and look-alikes (kind
`none`).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from giftgraph.resolve.territories import load_territories

NameKind = Literal["name", "demonym", "place", "office", "international", "none"]

_WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?(?![^\W\d_])|[^\W_]+(?:['’`´][^\W_]+)*|&")
_LONGEST_ACRONYM = 8


@dataclass(frozen=True, slots=True)
class PolityName:
    """One printed name of a polity; `polity` is empty for look-alikes; `upper` names count only in capitals (WHO, UN)."""

    name: str
    polity: str
    kind: NameKind
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its folded form, and where it stands."""

    key: str
    start: int
    end: int
    capital: bool
    upper: bool


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """A text without case, accents, points and apostrophes.

    >>> fold("Côte d'Ivoire")
    'cote divoire'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return re.sub(r"[.'’`´]", "", plain)


def split_words(text: str) -> list[Word]:
    """The words of a text, without "the" (which comes and goes in names of states); hyphens part words.

    >>> [word.key for word in split_words("the U.S.-Canada Group")]
    ['us', 'canada', 'group']
    """
    words = []
    for match in _WORD.finditer(text):
        printed = match.group()
        key = "and" if printed == "&" else fold(re.sub(r"['’]s$", "", printed))
        if key and key != "the":
            words.append(Word(key, match.start(), match.end(), printed[0].isupper(), printed.isupper()))
    return words


def _is_acronym(name: str) -> bool:
    letters = re.sub(r"[^\w]", "", name)
    return letters.isupper() and len(letters) <= _LONGEST_ACRONYM and " " not in name.strip()


def _printed_names() -> list[PolityName]:
    table = files("giftgraph.resolve").joinpath("polity_names.csv").read_text(encoding="utf-8")
    names = [
        PolityName(row["name"], row["polity"], row["kind"], _is_acronym(row["name"]))  # type: ignore[arg-type]
        for row in csv.DictReader(table.splitlines())
    ]
    names += [PolityName(row.name, row.polity, row.kind) for row in load_territories()]  # type: ignore[arg-type]
    return names


@cache
def polity_names() -> dict[str, tuple[tuple[tuple[str, ...], PolityName], ...]]:
    """All printed names by their first word, the longest first; where two sources differ, `polity_names.csv` speaks."""
    index: dict[str, dict[tuple[str, ...], PolityName]] = {}
    for name in _printed_names():
        keys = tuple(word.key for word in split_words(name.name))
        known = index.setdefault(keys[0], {}).setdefault(keys, name) if keys else name
        if known.upper and not name.upper and known.polity == name.polity:
            index[keys[0]][keys] = name
    return {
        first: tuple(sorted(named.items(), key=lambda item: (-len(item[0]), item[0])))
        for first, named in sorted(index.items())
    }


@cache
def long_names() -> dict[str, PolityName]:
    """State names and demonyms of one long word, against which a misprint may be compared."""
    return {
        keys[0]: name
        for named in polity_names().values()
        for keys, name in named
        if len(keys) == 1 and len(keys[0]) >= 7 and name.kind in {"name", "demonym"}
    }


def find_names(words: list[Word]) -> list[tuple[int, int, PolityName]]:
    """The names in a list of words, the longest at each place, without overlap: first word, word after the last, name.

    >>> [name.polity for *_, name in find_names(split_words("Embassy of the People's Republic of China"))]
    ['chn']
    """
    index = polity_names()
    lower = not any(word.capital for word in words)
    found = []
    position = 0
    while position < len(words):
        step = 1
        for keys, name in index.get(words[position].key, ()):
            here = words[position : position + len(keys)]
            if tuple(word.key for word in here) != keys:
                continue
            if name.upper and not here[0].upper:
                continue
            if not here[0].capital and not (lower and name.kind in {"name", "demonym", "international", "none"}):
                continue
            found.append((position, position + len(keys), name))
            step = len(keys)
            break
        position += step
    return found
