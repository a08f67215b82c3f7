"""Words by which a party is read, from `party_words.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PartyWords:
    """The lists of `party_words.toml`, folded."""

    male_honorifics: frozenset[str]
    female_honorifics: frozenset[str]
    honorifics: frozenset[str]
    rank_core: frozenset[str]
    ranks: frozenset[str]
    male_offices: frozenset[str]
    female_offices: frozenset[str]
    heads: frozenset[str]
    modifiers: frozenset[str]
    lead_phrases: tuple[tuple[str, ...], ...]
    bodies: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    postnominals: frozenset[str]
    relations: frozenset[str]
    surnames: frozenset[str]
    whole_names: frozenset[str]
    given_names: frozenset[str]
    titular: frozenset[str]
    """Heads, modifiers, bodies and subjects together: words that no personal name has, `surnames` apart."""


@cache
def party_words() -> PartyWords:
    """The word lists, read once.

    >>> "admiral" in party_words().rank_core
    True
    """
    lists = tomllib.loads(files("giftgraph.resolve").joinpath("party_words.toml").read_text(encoding="utf-8"))
    honorifics, ranks, offices, parts = lists["honorifics"], lists["ranks"], lists["offices"], lists["parts"]
    heads, bodies = frozenset(offices["heads"]), frozenset(parts["bodies"])
    modifiers = frozenset(offices["modifiers"])
    return PartyWords(
        male_honorifics=frozenset(honorifics["male"]),
        female_honorifics=frozenset(honorifics["female"]),
        honorifics=frozenset(honorifics["male"] + honorifics["female"] + honorifics["any"]),
        rank_core=frozenset(ranks["core"]),
        ranks=frozenset(ranks["core"] + ranks["rank"]),
        male_offices=frozenset(offices["male"]),
        female_offices=frozenset(offices["female"]),
        heads=heads,
        modifiers=modifiers,
        lead_phrases=tuple(tuple(phrase.split()) for phrase in offices["lead_phrases"]),
        bodies=bodies,
        particles=frozenset(parts["particles"]),
        suffixes=frozenset(parts["suffixes"]),
        postnominals=frozenset(parts["postnominals"]),
        relations=frozenset(parts["relations"]),
        surnames=frozenset(parts["surnames"]),
        whole_names=frozenset(parts["whole_names"]),
        given_names=frozenset(parts["given_names"]),
        titular=heads | modifiers | bodies | frozenset(parts["subjects"]) | frozenset(ranks["core"]),
    )
