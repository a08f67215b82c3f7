"""Runs of words that stand before a name (honorifics, ranks, offices): how long they are; and what may be a name.

Word lists stand in `party_words.toml`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from giftgraph.resolve.party_words import party_words
from giftgraph.resolve.polity_index import PolityName, find_names, fold, split_words

STYLE = re.compile(
    r"(?:(?P<he>his|h\.?\s?i\.?\s?s)|(?P<she>her)|(?P<they>their|your|high))\s+"
    r"(?:(?:all|most|venerable|imperial and|royal|serene|imperial|roya|rouyal)\s+){0,2}"
    r"(?:ex[a-z]{4,12}|maj[a-z]{2,7}|hig[a-z]{3,8}|hol[a-z]{3,6}|em[a-z]{4,8}|beat[a-z]{3,7}|grace|hono[a-z]{3,8}|worship|lordship)(?=[\s,.;]|$)[.,]?\s*",
    re.IGNORECASE,
)
_RATING = re.compile(r"[A-Z]{2,4}[1-3]")  # of sailors: "MC1"
_INITIAL_STYLES = {"th", "he", "hrh", "hm", "hh", "hsh", "hrm"}  # other initials are a name's ("S.R. Nathan")
_LONGEST_NAME = 24  # words: the Sultan of Brunei's has nineteen
_FUNCTION_WORDS = {"of", "for", "in", "at", "and", "to", "with", "on", "from", "the", "by", "&", "or"}


def fold_word(word: str) -> str:
    """A word without case, accents, points and the punctuation around it.

    >>> fold_word("(Gen.),")
    'gen'
    """
    return fold(word).strip(",;:()[]\"“”'*-")


@lru_cache(maxsize=10_000)
def is_demonym(word: str) -> bool:
    """Whether a word is the adjective of a state.

    >>> is_demonym("Tunisian"), is_demonym("Tunisia")
    (True, False)
    """
    found: list[tuple[int, int, PolityName]] = find_names(split_words(word))
    return len(found) == 1 and found[0][2].kind == "demonym" and is_capital(word)


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
    if word in known.honorifics or word in known.rank_core or STYLE.match(" ".join(words[position : position + 3])):
        return True
    if word in known.titular and word not in known.surnames:
        return False
    return is_capital(words[position]) or word in known.particles


def honorific_length(words: list[str], start: int) -> int:
    """How many words of one honorific stand at `start` ("The Right Honorable"); 0 for none.

    >>> honorific_length(["Tan", "Sri", "Razak"], 0)
    2
    """
    known = party_words()
    for count in (3, 2, 1):
        taken = words[start : start + count]
        if len(taken) < count or any(word.endswith((",", ";")) for word in taken[:-1]):
            continue
        phrase = " ".join(fold_word(word) for word in taken)
        if phrase not in known.honorifics:
            continue
        if phrase.startswith("pengir") and not any(fold_word(word) in {"bin", "binti", "ibni"} for word in words):
            return 0  # Without their father's name, princes of Brunei are told apart by their style.
        following = fold_word(words[start + count]) if start + count < len(words) else ""
        if re.fullmatch(r"(?:[A-Z]\.){2,}", taken[0]) and phrase not in _INITIAL_STYLES:
            continue
        if phrase == "sr" and following in known.heads | known.modifiers:
            return 0
        if phrase in {"he", "th", "hon", "don", "sr", "doc", "ing", "eng", "lic", "hh", "hm"} and not _is_abbreviated(
            taken[-1]
        ):
            continue
        if (
            following in {"bin", "ibn", "bint"}
            or following in {"of", "for"}
            or (taken[-1].endswith(",") and phrase in {"don", "sheikh", "th"})
        ):
            return 0
        if count == 1 and not is_capital(taken[0]):
            return 0
        return count
    return 0


def _is_abbreviated(word: str) -> bool:
    return "." in word or word.rstrip(",").isupper() or fold_word(word) == "don"


def rank_length(words: list[str], start: int) -> int:
    """How many words of rank stand at `start`, before a name; 0 where the run is a title ("Commander, 7th Fleet")."""
    known = party_words()
    count = 0
    for word in words[start : start + 6]:
        folded = fold_word(word).replace("-", " ")
        ranked = all(part in known.ranks for part in folded.split() or ["-"]) or word in {"(r)", "(R)"}
        if not ranked and not _RATING.fullmatch(word):
            break
        if (folded in {"of", "the"} and not count) or (count and re.fullmatch(r"(?:[A-Z]\.){2,}", word)):
            break
        count += 1
        if word.endswith((",", ";")):
            break
    while count and fold_word(words[start + count - 1]) in {"of", "the", "staff", "chief", "army", "corps"}:
        if words[start + count - 1].startswith("("):
            break
        last = fold_word(words[start + count - 1])
        before = fold_word(words[start + count - 2]) if count > 1 else ""
        if last == "army" and before in {"of", "the"}:
            break
        count -= 1
    run = words[start : start + count]
    # "M.G. Mullen" has initials, "MG Mullen" a rank.
    if re.fullmatch(r"(?:[A-Z]\.){2,}", run[0] if run else ""):
        return 0
    if not any(
        fold_word(part) in known.rank_core or _RATING.fullmatch(part) for word in run for part in word.split("-")
    ):
        return 0
    if run[-1].endswith((",", ";")) or not _names_follow(words, start + count):
        return 0
    if (
        start + count < len(words)
        and fold_word(words[start + count]) in {"of", "for", "in", "at", "bin", "ibn"} | known.relations
    ):
        return 0
    return count


def office_length(words: list[str], start: int) -> int:
    """How many words of office stand at `start`, before a name; 0 where no name follows."""
    known = party_words()
    folded = [fold_word(word) for word in words[start : start + 16]]
    for phrase in known.lead_phrases:
        if tuple(folded[: len(phrase)]) == phrase:
            return len(phrase)
    count, head = 0, False
    for position, word in enumerate(folded):
        if not all(part in known.heads or part in known.modifiers for part in word.split("-") or [word]) and not (
            count and word in {"and", "&"}
        ):
            break
        if (
            not is_capital(words[start + position])
            and word not in {"and", "&", "the"}
            and not words[start + position].islower()
        ):
            break
        head = head or any(part in known.heads for part in word.split("-"))
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
    if folded[count : count + 1] and (
        folded[count] in {"bin", "ibn", "bint"}
        or (folded[count].startswith("al-") and folded[count - 1] in {"sultan", "amir", "emir"})
    ):
        return count - 1
    return count if _names_follow(words, position) else 0


def _office_of(words: list[str], start: int, count: int) -> int:
    """ "Secretary of State Colin Powell": the object of the office is made of titular words alone, and a name follows."""
    known = party_words()
    behind = _behind_polity(words, start + count + 1)
    if behind:
        return behind - start
    position = start + count + 1
    while position < len(words) and fold_word(words[position]) in known.titular | {
        "and",
        "the",
        "&",
        "for",
        "of",
        "in",
    }:
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
    if any(
        folded[after - 1].end > before and folded[first].start < before + 2 for first, after, _ in find_names(folded)
    ):
        return 0
    return position - start


def _behind_polity(words: list[str], position: int) -> int:
    """Where a name begins behind the polity of an office ("Amir of Qatar | Hamad Bin Khalifa"); 0 for nowhere."""
    segment: list[str] = []
    for word in words[position : position + _LONGEST_NAME]:
        segment.append(word)
        if word.endswith((",", ";")):
            break
    if len(segment) < 3:
        return 0
    for length in range(len(segment) - 1, 0, -1):
        folded = split_words(" ".join(segment[:length]))
        found = [each for each in find_names(folded) if each[2].kind == "name"]
        if found and found[-1][1] == len(folded) and not segment[length - 1].endswith(","):
            rest = " ".join(segment[length:]).rstrip(",;")
            return (
                position + length
                if len(rest.split()) > 1 and is_name(rest) and not find_names(split_words(rest))
                else 0
            )
    return 0


def is_name(text: str, led: bool = False) -> bool:
    """Whether a text may be a personal name: capitals and particles, no title, body or number. `led`: an honorific or office
    stands before it, so that it may be a word like "King".

    >>> is_name("Hamad bin Khalifa Al-Thani"), is_name("Minister of Defense"), is_name("Ministry")
    (True, False, False)
    """
    known = party_words()
    words = text.split()
    if not words or len(words) > _LONGEST_NAME or any(character.isdigit() for character in text):
        return False
    capitals, misprints = 0, 0
    for position, word in enumerate(words):
        folded = fold_word(word)
        if not folded:
            return False
        if folded in known.particles and not (position == 0 and len(words) == 1):
            capitals += is_capital(word)
            continue
        if re.fullmatch(r"(?:[A-Z]\.)+", word):
            capitals += 1
            continue
        parts = [folded, *folded.split("-")] if len(words) == 1 or position == 0 else [folded]
        if any(part in known.titular for part in parts) and (
            folded not in known.surnames or (position == 0 and not led)
        ):
            given = folded in known.given_names and len(words) > 1 and is_capital(words[1])
            if not (position == 0 and (given or (len(words) > 2 and fold_word(words[1]) in {"bin", "ibn", "bint"}))):
                return False
        if any(part in known.bodies for part in folded.split("-")[1:]) or folded in _FUNCTION_WORDS:
            return False
        if not is_capital(word):
            misprints += 1
            if not led or misprints > 1:
                return False
            continue
        capitals += 1
    return capitals > 0
