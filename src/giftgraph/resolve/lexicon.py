"""The words that tell the kind of a gift, read from `gift_words.toml`, and the tokens of a printed description.

Nouns are matched by their longest phrase ("tea set" before "set"), in singular or plural; hyphens count as spaces.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal, NamedTuple

Sort = Literal["item", "vessel", "jewellery", "figure", "vehicle", "packing"]

LONGEST = 5
"""The most words of one phrase."""

_TOKEN = re.compile(
    r"“[^”]*”"  # a title or inscription
    r"|\([^()]{0,300}(?:\)|$)"
    r"|[Mm]other[- ]?of[- ]?[Pp]earl"
    r"|(?:[A-Z]\.){1,4}(?= )"
    r"|(?:St|Dr|Mrs?|Ms|Gen|Lt|Col|Sec|Jr|Sr)\.(?= )"
    r"|[^\W\d_](?:[\w’']|\.(?=[^\W\d_]\.))*"  # words, initials
    r"|\d(?:[\d.,/]*\d)?(?:[sS][tT]|[nr][dD]|[tT][hH]|[kK][tT]?|[mM][lL]|[mM][mM]|[cC][mM]|[gG][bB])?\b"
    r"|\d"
    r"|--|[.;,:&]"
)


class Token(NamedTuple):
    """A word, number, mark, quotation or parenthesis of a text: lower case, with its place."""

    word: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Noun:
    """What a phrase names: how its category is found (`sort`), and the category or the name of its group."""

    sort: Sort
    group: str


@dataclass(frozen=True, slots=True)
class Match:
    """A noun found in tokens: from `start` up to, not including, `stop`."""

    phrase: str
    noun: Noun
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words by their use; see the file for what each group means."""

    nouns: Mapping[str, Noun]
    packing: frozenset[str]
    parts: frozenset[str]
    carriers: Mapping[str, str]
    headings: Mapping[str, str]
    materials: Mapping[str, frozenset[str]]
    not_precious: Mapping[str, frozenset[str]]
    grammar: Mapping[str, frozenset[str]]

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """The nouns among tokens, from left to right, each as long as it can be.

        >>> [match.phrase for match in lexicon().matches(tokenize("Silver tea set and desk clocks"))]
        ['tea set', 'desk clocks']
        """
        words = [token.word for token in tokens]
        found = []
        at = 0
        while at < len(words):
            for stop in range(min(at + LONGEST, len(words)), at, -1):
                phrase = " ".join(words[at:stop])
                noun = self.nouns.get(phrase)
                if noun is not None:
                    found.append(Match(phrase, noun, at, stop))
                    at = stop
                    break
            else:
                at += 1
        return found


def tokenize(text: str) -> list[Token]:
    """The tokens of a text; a hyphen separates words, quotation marks and parentheses hold theirs together."""
    return [
        Token(found[0].lower(), found.start(), found.end(), found[0][:1].isupper()) for found in _TOKEN.finditer(text)
    ]


def plural(phrase: str) -> tuple[str, ...]:
    """The phrase and its plurals.

    >>> plural("dish"), plural("box of candy"), plural("knife")
    (('dish', 'dishes'), ('box of candy', 'box of candies'), ('knife', 'knifes', 'knives'))
    """
    if phrase.endswith(("s", "x", "z", "ch", "sh")):
        return (phrase, phrase + "es")
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return (phrase, phrase[:-1] + "ies")
    if phrase.endswith("fe"):
        return (phrase, phrase + "s", phrase[:-2] + "ves")
    if phrase.endswith("f"):
        return (phrase, phrase + "s", phrase[:-1] + "ves")
    if phrase.endswith("man"):
        return (phrase, phrase[:-3] + "men")
    if phrase.endswith("o"):
        return (phrase, phrase + "s", phrase + "es")
    return (phrase, phrase + "s")


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    stored = tomllib.loads(resources.files(__package__).joinpath("gift_words.toml").read_text(encoding="utf-8"))
    sorts: dict[str, Sort] = {
        "items": "item",
        "vessels": "vessel",
        "jewellery": "jewellery",
        "figures": "figure",
        "vehicles": "vehicle",
    }
    nouns: dict[str, Noun] = {}
    for section, sort in sorts.items():
        for group, phrases in stored[section].items():
            for phrase in phrases:
                nouns.setdefault(_spaced(phrase), Noun(sort, group))
    packing = _forms(stored["packing"]["words"])
    for phrase in stored["packing"]["words"]:
        alone = nouns.get(_spaced(phrase).rpartition(" ")[2])
        nouns.setdefault(_spaced(phrase), Noun("packing", alone.group if alone else "boxes"))
    # Plurals never displace a word of its own: "glasses" is in the file, beside "glass".
    for phrase, noun in list(nouns.items()):
        for form in plural(phrase):
            nouns.setdefault(form, noun)
    return Lexicon(
        nouns=nouns,
        packing=packing,
        parts=_forms(stored["parts"]["words"]) | frozenset(map(_spaced, stored["parts"]["singular"])),
        carriers={form: kind for kind, words in stored["carriers"].items() for form in sorted(_forms(words))},
        headings={word: category for category, words in stored["headings"].items() for word in words},
        materials={name: frozenset(map(_spaced, words)) for name, words in stored["materials"].items()},
        not_precious={name: frozenset(words) for name, words in stored["not_precious"].items()},
        grammar={name: frozenset(words) for name, words in stored["grammar"].items()},
    )


def _spaced(phrase: str) -> str:
    return phrase.replace("-", " ")


def _forms(phrases: Sequence[str]) -> frozenset[str]:
    return frozenset(form for phrase in phrases for form in plural(_spaced(phrase)))
