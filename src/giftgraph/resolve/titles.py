"""Honorifics, ranks and offices that stand before a name, and what kind of thing a part of a cell is.

Word lists stand in `party_words.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from giftgraph.resolve.polity_index import PolityName, find_names, fold, split_words

Sex = Literal["male", "female"]

_STYLE = re.compile(
    r"(?:(?P<he>his|h\.?\s?i\.?\s?s)|(?P<she>her)|(?P<they>their|your))\s+(?:(?:all|most|royal|serene|imperial|roya|rouyal)\s+){0,2}"
    r"(?:ex[a-z]{4,12}|maj[a-z]{2,7}|hig[a-z]{3,8}|hol[a-z]{3,6}|em[a-z]{4,8}|beat[a-z]{3,7}|grace|hono[a-z]{3,8}|worship|lordship)(?=[\s,.;]|$)[.,]?\s*",
    re.IGNORECASE,
)
_TITLE_CASE_PARTICLE = 3


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
        titular=heads | modifiers | bodies | frozenset(parts["subjects"]) | frozenset(ranks["core"]),
    )


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a name: honorifics and ranks, offices, the sex they tell, and the rest of the text."""

    honorific: str
    office: str
    sex: Sex | None
    rest: str


def fold_word(word: str) -> str:
    """A word without case, accents, points and the punctuation around it.

    >>> fold_word("(Gen.),")
    'gen'
    """
    return fold(word).strip(",;:()[]\"“”'*-")


@lru_cache(maxsize=50_000)
def read_lead(text: str) -> Lead:
    """Takes honorifics, ranks and offices off the front of a text.

    >>> read_lead("His Excellency General Pervez Musharraf, President")
    Lead(honorific='His Excellency General', office='', sex='male', rest='Pervez Musharraf, President')
    >>> read_lead("Prime Minister Tony Blair").office
    'Prime Minister'
    """
    rest, honorifics, offices, sex = text.strip(), [], [], None
    for _ in range(8):
        style = _STYLE.match(rest)
        if style:
            honorifics.append(style.group().rstrip(" ,."))
            sex = sex or ("male" if style.group("he") else "female" if style.group("she") else None)
            rest = rest[style.end() :]
            continue
        words = rest.split()
        skipped = 1 if len(words) > 1 and fold_word(words[0]) in {"the", "a", "an"} else 0
        count = _honorific_length(words, skipped) or _rank_length(words, skipped)
        if count:
            taken = words[: skipped + count]
            honorifics.append(" ".join(taken).rstrip(","))
            sex = sex or _sex(taken)
            rest = _after(rest, skipped + count)
            continue
        count = _office_length(words, skipped)
        if not count and len(words) > skipped + 2 and _is_demonym(words[skipped]):
            # "Tunisian Foreign Minister Ben Yahia"
            count = _office_length(words, skipped + 1) or _rank_length(words, skipped + 1)
            count += 1 if count else 0
        if count:
            taken = words[skipped : skipped + count]
            offices.append(" ".join(taken).rstrip(",.:"))
            sex = sex or _sex(taken)
            rest = _after(rest, skipped + count)
            continue
        break
    return Lead(" ".join(honorifics), " ".join(offices), sex, rest.strip(" ,"))


@lru_cache(maxsize=10_000)
def _is_demonym(word: str) -> bool:
    found: list[tuple[int, int, PolityName]] = find_names(split_words(word))
    return len(found) == 1 and found[0][2].kind == "demonym" and is_capital(word)


def _after(text: str, count: int) -> str:
    parts = text.split(None, count)
    return parts[count] if len(parts) > count else ""


def _sex(words: list[str]) -> Sex | None:
    known = party_words()
    folded = [fold_word(word) for word in words]
    phrases = set(folded) | {f"{a} {b}" for a, b in zip(folded, folded[1:], strict=False)}
    if phrases & (known.female_honorifics | known.female_offices):
        return "female"
    if phrases & (known.male_honorifics | known.male_offices):
        return "male"
    return None


def is_capital(word: str) -> bool:
    """Whether a word starts like a name's: with a capital, before which a quote, an apostrophe or "al-" may stand.

    >>> is_capital("Kim"), is_capital("al-Thani"), is_capital("and")
    (True, True, False)
    """
    bare = word.lstrip("'“\"(`")
    first, hyphen, second = bare.partition("-")
    if hyphen and fold(first) in party_words().particles and second:
        bare = second.lstrip("'")
    return bool(bare) and bare[0].isupper()


def _names_follow(words: list[str], position: int) -> bool:
    """Whether a name may begin at a word: capital or particle, no titular word."""
    if position >= len(words):
        return False
    known, word = party_words(), fold_word(words[position])
    if words[position - 1][-1:] in {";", ":"} if position else False:
        return False
    if word in known.honorifics or word in known.rank_core or _STYLE.match(" ".join(words[position : position + 3])):
        return True
    if word in known.titular and word not in known.surnames:
        return False
    return is_capital(words[position]) or word in known.particles


def _honorific_length(words: list[str], start: int) -> int:
    known = party_words()
    for count in (3, 2, 1):
        taken = words[start : start + count]
        if len(taken) < count or any(word.endswith((",", ";")) for word in taken[:-1]):
            continue
        phrase = " ".join(fold_word(word) for word in taken)
        if phrase not in known.honorifics:
            continue
        following = fold_word(words[start + count]) if start + count < len(words) else ""
        if phrase in {"he", "th", "hon", "don", "sr", "doc", "ing", "eng", "lic", "hh", "hm"} and not _is_abbreviated(taken[-1]):
            continue
        if following in {"bin", "ibn", "bint"} or following in {"of", "for"} or (taken[-1].endswith(",") and phrase in {"don", "sheikh", "th"}):
            return 0
        if count == 1 and not is_capital(taken[0]):
            return 0
        return count
    return 0


def _is_abbreviated(word: str) -> bool:
    return "." in word or word.rstrip(",").isupper() or fold_word(word) == "don"


def _rank_length(words: list[str], start: int) -> int:
    """How many words of rank stand at `start`, before a name; 0 where the run is a title ("Commander, 7th Fleet")."""
    known = party_words()
    count = 0
    for word in words[start : start + 6]:
        folded = fold_word(word).replace("-", " ")
        if not all(part in known.ranks for part in folded.split() or ["-"]):
            break
        if folded == "of" and not count:
            break
        count += 1
        if word.endswith((",", ";")):
            break
    while count and fold_word(words[start + count - 1]) in {"of", "staff", "chief", "officer", "army", "corps"} - {"officer"}:
        last = fold_word(words[start + count - 1])
        before = fold_word(words[start + count - 2]) if count > 1 else ""
        if last == "army" and before == "of":
            break
        count -= 1
    run = words[start : start + count]
    if not any(fold_word(part) in known.rank_core for word in run for part in word.split("-")):
        return 0
    if run[-1].endswith((",", ";")) or not _names_follow(words, start + count):
        return 0
    if start + count < len(words) and fold_word(words[start + count]) in {"of", "for", "in", "at", "bin", "ibn"} | known.relations:
        return 0
    return count


def _office_length(words: list[str], start: int) -> int:
    """How many words of office stand at `start`, before a name; 0 where no name follows."""
    known = party_words()
    folded = [fold_word(word) for word in words[start : start + 16]]
    for phrase in known.lead_phrases:
        if tuple(folded[: len(phrase)]) == phrase:
            return len(phrase)
    count, head = 0, False
    for position, word in enumerate(folded):
        if word not in known.heads and word not in known.modifiers and not (count and word in {"and", "&"}):
            break
        if not is_capital(words[start + position]) and word not in {"and", "&", "the"} and not words[start + position].islower():
            break
        head = head or word in known.heads
        count = position + 1
        if words[start + position].endswith((",", ";")):
            break
    while count and folded[count - 1] in {"and", "&", "the"}:
        count -= 1
    if not head or not count or words[start + count - 1].endswith((",", ";")):
        return 0
    # The last words may be the name itself ("President King"), unless nothing else is left for it.
    position = start + count
    if position < len(words) and folded[count : count + 1] == ["of"]:
        return _office_of(words, start, count)
    if folded[count : count + 1] and folded[count] in {"bin", "ibn", "bint"}:
        return count - 1
    return count if _names_follow(words, position) else 0


def _office_of(words: list[str], start: int, count: int) -> int:
    """ "Secretary of State Colin Powell": the object of the office is made of titular words alone, and a name follows."""
    known = party_words()
    position = start + count + 1
    while position < len(words) and fold_word(words[position]) in known.titular | {"and", "the", "&", "for", "of", "in"}:
        if words[position].endswith((",", ";")):
            return 0
        position += 1
    if position == start + count + 1 or not _names_follow(words, position):
        return 0
    last = fold_word(words[position - 1])
    if last in {"and", "the", "&", "for", "of", "in"}:
        return 0
    # "of the United Arab Emirates" is no name behind "of the United".
    text = " ".join(words[start + count : position + 2])
    before = len(" ".join(words[start + count : position]))
    folded = split_words(text)
    if any(folded[after - 1].end > before and folded[first].start < before + 2 for first, after, _ in find_names(folded)):
        return 0
    return position - start


def is_name(text: str, led: bool = False) -> bool:
    """Whether a text may be a personal name: capitals and particles, no title, body or number. `led`: an honorific or office
    stands before it, so that it may be a word like "King".

    >>> is_name("Hamad bin Khalifa Al-Thani"), is_name("Minister of Defense"), is_name("Ministry")
    (True, False, False)
    """
    known = party_words()
    words = text.split()
    if not words or len(words) > 12 or any(character.isdigit() for character in text):
        return False
    capitals = 0
    for position, word in enumerate(words):
        folded = fold_word(word)
        if not folded:
            return False
        if folded in known.particles and not (position == 0 and len(words) == 1):
            capitals += is_capital(word)
            continue
        parts = [folded, *folded.split("-")] if len(words) == 1 or position == 0 else [folded]
        if any(part in known.titular for part in parts) and (folded not in known.surnames or (position == 0 and not led)):
            if not (position == 0 and len(words) > 2 and fold_word(words[1]) in {"bin", "ibn", "bint"}):
                return False
        if folded in {"of", "for", "in", "at", "and", "to", "with", "on", "from", "the", "by", "&", "or"} or not is_capital(word):
            return False
        capitals += 1
    return capitals > 0


def opens_with_person(text: str, strict: bool = False) -> bool:
    """Whether a text begins with a style, honorific or rank and a name; `strict` leaves ranks and offices out.

    >>> opens_with_person("Mrs. Obuchi"), opens_with_person("General Secretary"), opens_with_person("Queen Paola of Belgium")
    (True, False, True)
    """
    rest = text.strip()
    if _STYLE.match(rest):
        return True
    words = rest.split()
    skipped = 1 if len(words) > 1 and fold_word(words[0]) in {"the", "a", "an"} else 0
    count = _honorific_length(words, skipped)
    if count:
        return len(words) > skipped + count and not words[skipped + count - 1].endswith(",")
    if strict or fold_word(words[skipped] if len(words) > skipped else "") in party_words().relations:
        return False
    if _rank_length(words, skipped):
        return True
    count = _office_length(words, skipped)
    if not count:
        return False
    # "Minister Smith" opens with a person, "Prime Minister and ..." does not.
    name = " ".join(words[skipped + count :]).split(",")[0].split(" of ")[0].split(" and ")[0]
    return is_name(name) or opens_with_person(name)
