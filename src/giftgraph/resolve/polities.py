"""From a text to the polity it stands for: state, historic state, part of a state, international organisation, or why none.

The polity of "Ambassador of Lebanon to the United States" is Lebanon: what a title belongs to, not where it is accredited,
and not what an organisation studies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from giftgraph.resolve.party_text import clean_text, stated_status
from giftgraph.resolve.polity_index import PolityName, Word, find_names, fold, long_names, polity_names, split_words
from giftgraph.resolve.polity_words import PolityWords, polity_words
from giftgraph.resolve.territories import alpha2_codes

PolityKind = Literal[
    "state", "historic-state", "sub-national", "international-organisation", "withheld", "unknown", "not stated"
]

_HISTORIC = {"sun", "yug", "scg", "csk", "ddr", "ant"}
# What a name meant from a day on: the states that came after, and the Congo that is one of two.
_YUGOSLAVIA_ENDED = "2003-02-04"
_SOUTH_SUDAN_BEGAN = "2011-07-09"
_ZAIRE_ENDED = "1997-05-17"
_WEIGHT = {"name": 100, "international": 90, "office": 80, "demonym": 70, "place": 50}
_LONGEST = 2000
_SUBNATIONAL_HEAD = re.compile(
    r"\b(?:governor\w*|mayor\w*|prefect\w*|premier of|chief minister|municipal\w*|city|provinc\w*|region\w*|count(?:y|ies)"
    r"|canton\w*|district|state of|minister[- ]president|townships?|village|metropolitan|autonomous|territor\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PolityMatch:
    """A polity and the words that say so. `id` is null for what is withheld, unknown or not stated, and `kind` says which.

    `part` is the city or region where the text names one. `alpha2` is null for what is no current ISO state.
    """

    id: str | None
    alpha2: str | None
    kind: PolityKind
    why: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: PolityName
    first: int
    after: int
    score: int
    why: str


def read_polity(text: str, date: str | None = None) -> PolityMatch:
    """The polity a text stands for; `date` (ISO, may be partial) decides what "Yugoslavia" or "Congo" meant.

    >>> read_polity("Ambassador of Lebanon to the United States").id
    'lbn'
    >>> read_polity("Consulate General of Japan, New York").alpha2
    'JP'
    >>> read_polity("Possibly Middle Eastern").kind
    'not stated'
    """
    return _read_polity(clean_text(text[:_LONGEST]), date)


def read_cell_polity(text: str, date: str | None = None) -> PolityMatch:
    """The polity of a whole donor cell: that of its first donor who has one.

    >>> read_cell_polity("Mr. Vernon Jordan, Lawyer, and His Excellency Vladimir Putin, President of the Russian Federation").id
    'rus'
    """
    from giftgraph.resolve.parties import read_parties

    parties = read_parties(text, "donor", date)
    for party in parties:
        if party.polity is not None:
            return party.polity
    for party in parties:
        if party.status in {"withheld", "unknown"}:
            return _none(party.status, party.text)
    return _none("not stated", parties[0].text if parties else "")


@cache
def display_polity(polity: str) -> str | None:
    """The ISO alpha-2 code of a current state or territory, else the id itself; null for no id.

    >>> display_polity("rus"), display_polity("nato")
    ('RU', 'nato')
    """
    if not polity:
        return None
    return alpha2_codes().get(polity, polity)


def _none(kind: str, text: str) -> PolityMatch:
    return PolityMatch(None, None, kind, f"{kind}: {text}" if text else kind)  # type: ignore[arg-type]


@lru_cache(maxsize=20_000)
def _read_polity(text: str, date: str | None) -> PolityMatch:
    status = stated_status(text)
    if status in {"withheld", "not stated"}:
        return _none(status, text)
    words = split_words(text)
    candidates = _weigh(text, words)
    if not any(each.score > 0 for each in candidates):
        near = _near_name(words)
        if near is None:
            if status is not None:
                return _none(status, text)
            accredited = "; ".join(each.why for each in candidates)
            return _none("not stated", f"{text} ({accredited})" if accredited else text)
        candidates = [near]
    best = max(candidates, key=lambda each: (each.score, -each.first))
    if best.name.polity == "chn":
        # Hong Kong and Macao have codes of their own, also where China is printed behind them.
        best = next((each for each in candidates if each.name.polity in {"hkg", "mac"} and each.score > 0), best)
    return _match(text, words, best, candidates, date)


def _weigh(text: str, words: list[Word]) -> list[_Candidate]:
    known = polity_words()
    found = [each for each in find_names(words) if each[2].kind != "none"]
    taken = {position for first, after, _ in found for position in range(first, after)}
    candidates: list[_Candidate] = []
    for first, after, printed in found:
        misprint = printed.polity == "twn" and first and words[first - 1].key.startswith(("peop", "popul"))
        name = replace(printed, polity="chn") if misprint else printed
        if _is_surname(text, words, first, after, name, taken, known):
            continue
        change, why = _context(text, words, first, after, name, known, candidates)
        # "Democratic People's Republic of Korea" says more than "Korea".
        score = _WEIGHT[name.kind] + change + 2 * min(after - first - 1, 4)
        if name.polity == "usa":
            score -= 45 if name.kind != "place" else 65
        candidates.append(_Candidate(name, first, after, score, why))
    return _raise_organisation(text, words, candidates)


def _raise_organisation(text: str, words: list[Word], candidates: list[_Candidate]) -> list[_Candidate]:
    """An international organisation that opens the text outweighs the state of its seat, but not a state it is "of"."""
    raised = []
    for each in candidates:
        later = [other for other in candidates if other.first > each.first and other.name.kind != "international"]
        belongs = any(words[other.first - 1].key == "of" for other in later)
        earlier = any(other.first < each.first and other.score >= 70 for other in candidates)
        if each.name.kind == "international" and any(other.after == each.first for other in candidates):
            # "World Hellenic Inter-Parliamentary Union" is none of the world's.
            raised.append(replace(each, score=each.score - 40))
        elif each.name.kind == "international" and each.score >= 90 and not belongs and not earlier:
            raised.append(replace(each, score=each.score + 30))
        else:
            raised.append(each)
    return raised


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(keys[0] for named in polity_names().values() for keys, name in named if name.kind == "demonym")


def _gap(text: str, words: list[Word], position: int) -> str:
    """What stands between a word and the one before it."""
    return text[words[position - 1].end : words[position].start] if position else ""


def _is_surname(
    text: str,
    words: list[Word],
    first: int,
    after: int,
    name: PolityName,
    taken: set[int],
    known: PolityWords,
) -> bool:
    """Whether a name that people also bear stands where a person's name would ("Vernon Jordan", "Milan Kucan")."""
    single = after - first == 1
    if not (single and (words[first].key in known.borne or name.kind == "place")):
        return False
    if len(words) == 1:
        return False
    before = words[first - 1].key if first else ""
    behind = words[after].key if after < len(words) else ""
    joined = after < len(words) and text[words[first].end : words[after].start].strip() in {"", "-"}
    parted = bool(first) and bool(re.search(r"[,;(/:.]|--", _gap(text, words, first)))
    if joined and (behind in known.bodies or after in taken):
        return False
    if name.kind == "demonym" and before == "of":
        return False
    if name.kind == "demonym" or (name.kind == "place" and first == 0 and not parted):
        return not any(word.key in known.bodies for word in words[after:])
    if first and (before in known.prepositions or first - 1 in taken or (before in known.bodies and not parted)):
        return False
    follows = joined and behind not in known.prepositions and words[after].capital and behind.isalpha()
    return follows or not (parted or first == 0)


def _context(
    text: str,
    words: list[Word],
    first: int,
    after: int,
    name: PolityName,
    known: PolityWords,
    earlier: list[_Candidate],
) -> tuple[int, str]:
    """How the place of a name in its text changes its weight, and in which words."""
    position = first - 1
    while position >= 0 and (words[position].key in known.forms or words[position].key == "of"):
        if re.search(r"[,;]", _gap(text, words, position + 1)):
            break
        position -= 1
    start = words[position + 1].start if position + 1 < first else words[first].start
    phrase = text[start : words[after - 1].end]
    link = words[position].key if position >= 0 else ""
    parted = (
        position + 1 <= first and bool(re.search(r"[,;]", _gap(text, words, position + 1))) if position >= 0 else False
    )
    if (
        after < len(words)
        and words[after].key in known.subjects
        and text[words[after - 1].end : words[after].start].strip() in {"", "-"}
    ):
        return -100, f"{phrase} is a subject"
    if name.kind == "place" and link in known.sees and "of" in {words[at].key for at in range(position + 1, first)}:
        return -100, f"{phrase} is a see"
    occasion = next((word for word in words[after : after + 2] if word.key in known.occasions), None)
    if occasion is not None and not re.search(r"[,;]", text[words[after - 1].end : occasion.start]):
        return -100, f"{phrase} is where people met"
    if (
        parted
        and earlier
        and earlier[-1].name.kind == "place"
        and earlier[-1].after == position + 1
        and earlier[-1].score < _WEIGHT[earlier[-1].name.kind]
    ):
        # "in Amman, Jordan": the state shares the place of its city.
        return earlier[-1].score - _WEIGHT[earlier[-1].name.kind], f"{phrase}, with {earlier[-1].name.name}"
    if parted:
        return 0, phrase
    if link in {"to", "accredited"}:
        if words[first].key in _demonyms() and after < len(words) and words[after].key in known.bodies:
            return -20, f"to {phrase}"
        if any(word.key in known.accredited for word in words[:position]):
            return -200, f"accredited to {phrase}"
        return -20, f"to {phrase}"
    if link in {"for", "on", "with", "against", "between"}:
        return -25, f"{link} {phrase}"
    if link in {"in", "at", "near"}:
        lives = position > 0 and words[position - 1].key in known.dwelling
        return (-60 if lives else -25), f"{link} {phrase}"
    if words[first - 1].key == "of" if first else False:
        return 5, f"of {phrase}" if start == words[first].start else phrase
    return 0, phrase


def _near_name(words: list[Word]) -> _Candidate | None:
    """A long state name with one or two letters wrong, where nothing else names a polity."""
    from rapidfuzz.distance import DamerauLevenshtein

    for position, word in enumerate(words):
        if not word.capital or len(word.key) < 7 or word.key in long_names():
            continue
        allowed = 1 if len(word.key) < 9 else 2
        near = sorted(
            (distance, name)
            for name in long_names()
            if name[0] == word.key[0]
            and abs(len(name) - len(word.key)) <= allowed
            and (distance := DamerauLevenshtein.distance(word.key, name, score_cutoff=allowed)) <= allowed
        )
        if near and len({long_names()[name].polity for distance, name in near if distance == near[0][0]}) == 1:
            name = long_names()[near[0][1]]
            return _Candidate(name, position, position + 1, 40, f"{word.key} read as {name.name}")
    return None


def _match(
    text: str, words: list[Word], best: _Candidate, candidates: list[_Candidate], date: str | None
) -> PolityMatch:
    polity, why = _at_date(best, words, date)
    if polity is None:
        return _none("not stated", why)
    if best.name.kind == "international":
        return PolityMatch(polity, None, "international-organisation", why)
    places = [each for each in candidates if each.name.kind == "place" and each.name.polity == polity]
    near = [each for each in places if each is best or (each.score > 0 and _is_beside(text, words, each, best))]
    part = text[words[near[0].first].start : words[near[0].after - 1].end] if near else None
    if polity == "sdn" and best.name.polity == "ssd":
        part = "South Sudan"
    kind: PolityKind = "historic-state" if polity in _HISTORIC else "state"
    if part is not None and (best.name.kind == "place" or part == "South Sudan" or _SUBNATIONAL_HEAD.search(text)):
        kind = "sub-national"
    return PolityMatch(polity, alpha2_codes().get(polity), kind, why, part)


def _is_beside(text: str, words: list[Word], place: _Candidate, state: _Candidate) -> bool:
    left, right = (place, state) if place.first < state.first else (state, place)
    return len(text[words[left.after - 1].end : words[right.first].start].split()) <= 6


def _at_date(best: _Candidate, words: list[Word], date: str | None) -> tuple[str | None, str]:
    """The id that a name meant on a day."""
    polity, why, day = best.name.polity, best.why, date or ""
    if best.first + 1 == best.after and words[best.first].key == "congo":
        if day and day < _ZAIRE_ENDED[: len(day)]:
            return "cog", f"{why}, before the other Congo took the name"
        return None, f"{why}: one of two states"
    if polity == "yug" and day and day[:10] >= _YUGOSLAVIA_ENDED[: len(day)]:
        return "scg", f"{why}, from {_YUGOSLAVIA_ENDED} Serbia and Montenegro"
    if polity == "ssd" and day and day < _SOUTH_SUDAN_BEGAN[: len(day)]:
        return "sdn", f"{why}, before its independence"
    return polity, why


def names_holder(text: str) -> bool:
    """Whether a personal name is one that its bearer holds for one polity alone ("John Paul II").

    >>> names_holder("John Paul II"), names_holder("John Paul Jones")
    (True, False)
    """
    words = split_words(text)
    found = find_names(words)
    return len(found) == 1 and found[0][2].kind == "office" and found[0][:2] == (0, len(words))


@lru_cache(maxsize=50_000)
def names_polity(text: str) -> bool:
    """Whether a text is nothing but the name of a polity ("the State of Kuwait", "Paris, France").

    >>> names_polity("the State of Kuwait"), names_polity("Kuwait Tea")
    (True, False)
    """
    words = split_words(text)
    forms = polity_words().forms | {"of", "and", "in"}
    found = [each for each in find_names(words) if each[2].kind in {"name", "place", "international"}]
    covered = {position for first, after, _ in found for position in range(first, after)}
    return bool(found) and all(position in covered or word.key in forms for position, word in enumerate(words))


__all__ = ["PolityKind", "PolityMatch", "display_polity", "fold", "names_polity", "read_cell_polity", "read_polity"]
