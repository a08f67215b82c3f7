"""Words that decide what a polity's name means in its place, from `polity_words.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PolityWords:
    """Folded words by what they tell; see the comments of the file."""

    forms: frozenset[str]
    subjects: frozenset[str]
    accredited: frozenset[str]
    sees: frozenset[str]
    occasions: frozenset[str]
    dwelling: frozenset[str]
    prepositions: frozenset[str]
    borne: frozenset[str]
    bodies: frozenset[str]


@cache
def polity_words() -> PolityWords:
    """The lists of the file.

    >>> "sultanate" in polity_words().forms
    True
    """
    lists = tomllib.loads(files("giftgraph.resolve").joinpath("polity_words.toml").read_text(encoding="utf-8"))
    return PolityWords(**{name: frozenset(words) for name, words in lists.items()})
