"""Honorifics, ranks and offices that stand before a name, and whether a part of a cell opens with a person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from giftgraph.resolve.party_words import party_words
from giftgraph.resolve.title_runs import (
    STYLE,
    fold_word,
    honorific_length,
    is_capital,
    is_demonym,
    is_name,
    office_length,
    rank_length,
)

__all__ = ["Lead", "Sex", "fold_word", "is_capital", "is_demonym", "is_name", "opens_with_person", "read_lead"]

Sex = Literal["male", "female"]

# Offices after which a surname alone is a person ("President Clinton"), where "Senior Director Europe" is none.
_HELD_WITH_SURNAME = {
    "president",
    "minister",
    "senator",
    "ambassador",
    "secretary",
    "governor",
    "lady",
    "chancellor",
    "premier",
    "judge",
    "rep",
}


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a name: honorifics and ranks, offices, the sex they tell, and the rest of the text."""

    honorific: str
    office: str
    sex: Sex | None
    rest: str


@lru_cache(maxsize=50_000)
def read_lead(text: str) -> Lead:
    """Takes honorifics, ranks and offices off the front of a text.

    >>> read_lead("His Excellency General Pervez Musharraf, President")
    Lead(honorific='His Excellency General', office='', sex='male', rest='Pervez Musharraf, President')
    >>> read_lead("Prime Minister Tony Blair").office
    'Prime Minister'
    """
    rest = text.strip()
    honorifics: list[str] = []
    offices: list[str] = []
    sex: Sex | None = None
    for _ in range(8):
        style = STYLE.match(rest)
        if style:
            honorifics.append(style.group().rstrip(" ,."))
            sex = sex or ("male" if style.group("he") else "female" if style.group("she") else None)
            rest = rest[style.end() :]
            continue
        words = rest.split()
        skipped = 1 if len(words) > 1 and fold_word(words[0]) in {"the", "a", "an"} else 0
        if " ".join(fold_word(word) for word in words[:2]) in party_words().whole_names or _is_given_name(words):
            break
        count = honorific_length(words, skipped) or rank_length(words, skipped)
        if count:
            taken = words[: skipped + count]
            honorifics.append(" ".join(taken).rstrip(","))
            sex = sex or _sex(taken)
            rest = _after(rest, skipped + count)
            continue
        count = office_length(words, skipped)
        if not count and len(words) > skipped + 2 and is_demonym(words[skipped]):
            # "Tunisian Foreign Minister Ben Yahia"
            count = office_length(words, skipped + 1) or rank_length(words, skipped + 1)
            count += 1 if count else 0
        if count:
            taken = words[skipped : skipped + count]
            offices.append(" ".join(taken).rstrip(",.:"))
            sex = sex or _sex(taken)
            rest = _after(rest, skipped + count)
            continue
        break
    return Lead(" ".join(honorifics), " ".join(offices), sex, rest.strip(" ,"))


def _is_given_name(words: list[str]) -> bool:
    """Whether a text opens with a given name that is a title elsewhere, and a surname ("Dean Lewis, Protocol Officer")."""
    if len(words) < 2 or fold_word(words[0]) not in party_words().given_names or words[0].endswith((",", ".")):
        return False
    return is_capital(words[1]) and (
        len(words) == 2 or words[1].endswith((",", ";", "--")) or words[1].partition("--")[1] == "--"
    )


def _after(text: str, count: int) -> str:
    parts = text.split(None, count)
    return parts[count] if len(parts) > count else ""


def _sex(words: list[str]) -> Sex | None:
    known = party_words()
    folded = [fold_word(word) for word in words]
    phrases = set(folded) | {f"{a} {b}" for a, b in pairwise(folded)}
    if phrases & (known.female_honorifics | known.female_offices):
        return "female"
    if phrases & (known.male_honorifics | known.male_offices):
        return "male"
    return None


def opens_with_person(text: str, strict: bool = False) -> bool:
    """Whether a text begins with a style, honorific or rank and a name; `strict` leaves ranks and offices out.

    >>> opens_with_person("Mrs. Obuchi"), opens_with_person("General Secretary"), opens_with_person("Queen Paola of Belgium")
    (True, False, True)
    """
    rest = text.strip()
    if STYLE.match(rest):
        return True
    words = rest.split()
    skipped = 1 if len(words) > 1 and fold_word(words[0]) in {"the", "a", "an"} else 0
    count = honorific_length(words, skipped)
    if count:
        return len(words) > skipped + count and not words[skipped + count - 1].endswith(",")
    if strict or fold_word(words[skipped] if len(words) > skipped else "") in party_words().relations:
        return False
    if rank_length(words, skipped):
        return True
    count = office_length(words, skipped)
    if not count:
        return False
    # "Minister Smith" opens with a person, "Prime Minister and ..." does not.
    name = " ".join(words[skipped + count :]).split(",")[0].split(" of ")[0].split(" and ")[0]
    if len(name.split()) == 1 and is_name(name):
        return (
            fold_word(words[skipped + count - 1])
            in _HELD_WITH_SURNAME | party_words().male_offices | party_words().female_offices
        )
    return is_name(name) or opens_with_person(name)
