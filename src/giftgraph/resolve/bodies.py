"""Bodies and offices told from names of people: what a text without an honorific stands for."""

from __future__ import annotations

import re

from giftgraph.resolve.party_words import party_words
from giftgraph.resolve.polities import names_polity, read_polity
from giftgraph.resolve.polity_words import polity_words
from giftgraph.resolve.titles import fold_word, is_demonym


def is_spaced(rest: str, first: str, tail: str) -> bool:
    """Whether only a space stands between a first part and what follows it."""
    return bool(tail) and rest[len(first) : len(first) + 1] == " " and rest[len(first) :].lstrip(" ,;").startswith(tail)


def is_glued(rest: str, first: str, tail: str) -> bool:
    """Whether a title follows a name without a comma ("Eric Cantor | Member of Congress")."""
    return is_spaced(rest, first, tail) and fold_word(tail.split(maxsplit=1)[0]) in party_words().titular


def opens_with_head(tail: str) -> bool:
    """Whether a title has its head among its first words, before any body ("Senior Scientist Office of ...")."""
    known = party_words()
    for word in [fold_word(each) for each in tail.split()[:3]]:
        if word in known.heads:
            return True
        if word in known.bodies:
            return False
    return False


def is_adjective(first: str, tail: str) -> bool:
    """Whether what looks like a name is the adjective of a body ("Egyptian | Air Force")."""
    word = first.split(maxsplit=1)[0]
    if len(first.split()) == 1 and tail and read_polity(first).id is not None:
        return True
    return (
        fold_word(word) not in polity_words().borne
        and len(first.split()) > 1
        and (is_demonym(word) or (names_polity(word) and not read_polity(word).part))
    )


def is_body(text: str) -> bool:
    """Whether a text holds a word of bodies ("Laiwu Steel Group")."""
    return any(fold_word(word) in party_words().bodies for word in text.split())


_INSTITUTIONS = frozenset(
    ["college", "university", "academy", "school", "hospital", "institute", "foundation", "mosque"]
)


def is_institution(text: str) -> bool:
    """Whether a short text ends in the word of an institution that is called after a person, and holds no office.

    >>> is_institution("Military College"), is_institution("President of Qatar University")
    (True, False)
    """
    words = [fold_word(word) for word in text.split()]
    return 0 < len(words) < 4 and words[-1] in _INSTITUTIONS and party_words().heads.isdisjoint(words)


def is_office(text: str) -> bool:
    """Whether a text without a name is an office ("The Amir of Bahrain") and no body ("Ministry of Defense")."""
    known = party_words()
    first = re.split(
        r"[,;(]|--|\s(?:of|for|to|at|in|from|on|and)\s",
        re.sub(r"^(?:the|an?)\s+", "", text, flags=re.IGNORECASE),
        maxsplit=1,
    )[0]
    words = [fold_word(word) for word in first.split()]
    if not words or words[0] == "consulate":
        return False
    if fold_word(text.rsplit(maxsplit=1)[-1]) in {"employee", "employees", "official", "officials"}:
        return True
    if words[-1] in known.heads | known.rank_core | known.relations or words[0] in known.heads - known.modifiers:
        return True
    return words[-1] not in known.bodies and words[0] in known.heads


def body_name(text: str) -> str:
    """The name of an organisation: up to the comma before its place."""
    bracket = re.search(r"\s*\([^()]*\)?$", text)
    if bracket and (names_polity(bracket.group()) or len(bracket.group()) > 30):
        text = text[: bracket.start()] or text
    segments = text.split(", ")
    kept = [segments[0]]
    for segment in segments[1:]:
        if (
            names_polity(segment)
            or is_office(segment)
            or re.match(r"(?:the )?gov(?:ernment|t\.?) of", segment, re.IGNORECASE)
            or read_polity(segment).part == segment
        ):
            break
        kept.append(segment)
    return ", ".join(kept).strip(" .,;")
