"""Spellings of a person's name: their normal form, and how far two of them agree.

A normal form keeps the words of the name in order, without honorifics and particles, and beside them what may forbid a merge:
fathers (bin, ibn, ben, bint), the regnal numeral, the kunya (Abu ...), Jr. or Sr., and the sex that an honorific states.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from giftgraph.resolve.name_words import name_words
from giftgraph.resolve.sounds import likeness, load_variants, slots, weight

Sex = Literal["male", "female", ""]

_LONGEST = 300
_WORDS = 14
# How much a pairing with an initial counts in the mean likeness; what it tells is little.
_INITIAL = 0.9
# A pairing of the two given names is preferred to another one that tells as much.
_FIRST = 0.001
_MALE = name_words("male")
_FEMALE = name_words("female")
_LEADING = _MALE | _FEMALE | name_words("neutral")
_PARTICLES = name_words("particles")
_SERVANT = name_words("servants")
_SON_SUFFIX = name_words("son_suffixes")
_FATHER = {
    "bin": "",
    "ibn": "",
    "ben": "",
    "ibni": "",
    "binti": "female",
    "bint": "female",
    "ould": "",
    "mint": "female",
}
_SERVANT_GLUED = re.compile(r"abd(?:[aeiou]l|[aeiou]?([rsdnzt])(?=\1))(\w{3,})")
_ARABIC_ARTICLE = re.compile(
    r"\b(?:al|el|ad|as|ash|an|ar|az|at|ed|es|er|ez|et|ul|ud|ur|us|ul)-\s*(?=\w)", re.IGNORECASE
)
_CUT_ARTICLE = re.compile(r"\bA-\s+(?=[A-Z])")
_GLUED_ARTICLE = re.compile(r"\bAl(?=[A-Z])")
_GLUED_WORDS = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
_APOSTROPHES = re.compile("['`’‘ʼʻ´]+")
# "Beatrix of the Netherlands" is called Beatrix.
_OF_PLACE = re.compile(r"(?<=\w) of .*", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"[^\W_]+\.?")
_ROMAN = re.compile(r"(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10}
_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "sixth": 6, "6th": 6}
_LETTERS_LOST_BY_NFKD = str.maketrans("ıłŁøØđĐðəƏ", "ilLoOdDdaA", "")


@dataclass(frozen=True, slots=True)
class Spelling:
    """The normal form of a name: `words` in order; `fathers` are the places in it of a father's or grandfather's name."""

    text: str
    words: tuple[str, ...]
    fathers: tuple[int, ...] = ()
    numeral: int = 0
    suffix: str = ""
    kunya: str = ""
    sex: Sex = ""
    joined: str = ""

    @property
    def weight(self) -> float:
        """How much the name tells (see `giftgraph.resolve.sounds.weight`)."""
        return sum(map(weight, self.words))

    @property
    def initials(self) -> tuple[str, ...]:
        """The middle initials, as written."""
        return tuple(word for word in self.words[1:-1] if len(word) == 1)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two spellings agree: the words that met as pairs of places, and the places of the words of each that found no partner."""

    score: float
    weight: float
    pairs: tuple[tuple[int, int], ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    rotated: bool = False

    @property
    def complete(self) -> bool:
        """Every word of both met."""
        return not self.left and not self.right

    def near_complete(self, left: Spelling, right: Spelling) -> bool:
        """Every word of both met, but for middle initials that one leaves out."""
        unmet = [left.words[place] for place in self.left] + [right.words[place] for place in self.right]
        return self.contained and all(len(word) == 1 for word in unmet) and len(self.pairs) > 1

    @property
    def contained(self) -> bool:
        """Every word of one met."""
        return not self.left or not self.right


def fold(text: str) -> str:
    """Lower-case letters without marks.

    >>> fold("Erdoğan"), fold("Wałęsa")
    ('erdogan', 'walesa')
    """
    marks = unicodedata.normalize("NFKD", text.translate(_LETTERS_LOST_BY_NFKD))
    return "".join(letter for letter in marks if not unicodedata.combining(letter)).casefold()


@lru_cache(maxsize=65536)
def read_spelling(text: str) -> Spelling:
    """The normal form of a name; a name without a word of its own has no `words`.

    >>> read_spelling("Abdallah bin Abd al-Aziz Al Saud").words
    ('abdallah', 'abdaziz', 'saud')
    >>> read_spelling("Abdullah II bin Al-Hussein").numeral, read_spelling("Mrs. Obuchi").sex
    (2, 'female')
    >>> read_spelling("Bush, George W.").words, read_spelling("Abu Mazen").kunya
    (('george', 'w', 'bush'), 'mazen')
    """
    whole = _in_given_order(_OF_PLACE.sub("", text[:_LONGEST]))
    whole = _GLUED_WORDS.sub(" ", _GLUED_ARTICLE.sub("Al-", _CUT_ARTICLE.sub("Al-", _APOSTROPHES.sub("", whole))))
    found = _WORD.findall(_ARABIC_ARTICLE.sub("al ", whole))[:_WORDS]
    printed, sex = _strip_honorifics(found)
    words: list[str] = []
    fathers: list[int] = []
    numeral, suffix, kunya = 0, "", ""
    place = 0
    while place < len(printed):
        mark, word = printed[place].rstrip("."), fold(printed[place]).rstrip(".")
        following = fold(printed[place + 1]).rstrip(".") if place + 1 < len(printed) else ""
        place += 1
        if words and (value := _read_numeral(printed[place - 1], following)):
            numeral = value
        elif words and word in ("jr", "junior", "sr", "senior"):
            suffix = word[0] + "r"
        elif word in _FATHER and words and following and not (word == "ben" and len(following) == 1):
            if not (following in ("al", "el") and place + 2 == len(printed)):
                fathers.append(len(words))
            sex = sex or _FATHER[word]  # type: ignore[assignment]
        elif word in _SERVANT and following and following not in _FATHER:
            servant, place = _read_servant(printed, place)
            words.append(servant)
        elif word in ("abu", "abou", "aboul", "abul", "umm") and following and following not in _FATHER:
            while place < len(printed) - 1 and fold(printed[place]) in _PARTICLES:
                place += 1
            kunya = kunya or ("" if words else fold(printed[place]))
            words.append("abu" + fold(printed[place]))
            place += 1
        elif word == "al" and not words and len(printed) == 2 and following not in load_variants():
            words.append(word)
        elif (
            word in _SON_SUFFIX or (word in _PARTICLES and (following or words)) or not word.isalnum() or word.isdigit()
        ):
            continue
        else:
            words.append(_read_glued(word) if len(mark) > 1 else word)
    return Spelling(text, tuple(words), tuple(fathers), numeral, suffix, kunya, sex, "".join(words))


def _in_given_order(text: str) -> str:
    """`Last, First` turned round; letters after the name (M.P., K.C.M.G.) left out."""
    parts = [part.strip() for part in text.split(",")]
    kept = [part for part in parts if part and not re.fullmatch(r"(?:[A-Z]\.?){2,6}", part)]
    if (
        len(kept) == 2
        and not re.fullmatch(r"(?:Jr|Sr|[IVX]+)\.?", kept[1])
        and len(kept[1].split()) <= 4
        and kept[1][0].isupper()
    ):
        return f"{kept[1]} {kept[0]}"
    return " ".join(kept)


def _strip_honorifics(found: Sequence[str]) -> tuple[list[str], Sex]:
    sex: Sex = ""
    for count, word in enumerate(found):
        plain = fold(word).rstrip(".")
        named_next = count + 1 < len(found) and fold(found[count + 1]) not in _FATHER
        if plain not in _LEADING or not named_next:
            return list(found[count:]), sex
        sex = sex or ("male" if plain in _MALE else "female" if plain in _FEMALE else "")
    return [], sex


def _read_numeral(printed: str, following: str) -> int:
    if not following and fold(printed) in _ORDINALS:
        return _ORDINALS[fold(printed)]
    if printed.endswith(".") and len(printed) == 2:
        return 0
    printed = printed.rstrip(".")
    if not _ROMAN.fullmatch(printed):
        return 0
    if len(printed) == 1 and following and following not in _FATHER and following not in _PARTICLES:
        return 0
    values = [_ROMAN_VALUE[letter] for letter in printed]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _read_servant(printed: Sequence[str], place: int) -> tuple[str, int]:
    """The one word that `Abd al-Aziz` is, and the place after it."""
    while place < len(printed) - 1 and fold(printed[place]) in _PARTICLES | {"ar", "as", "ul", "ur", "il"}:
        place += 1
    return "abd" + _form(fold(printed[place]).rstrip(".")), place + 1


def _read_glued(word: str) -> str:
    if word in load_variants():
        return word
    glued = _SERVANT_GLUED.fullmatch(word)
    return "abd" + _form(glued[2]) if glued and glued[2] in load_variants() else word


def _form(word: str) -> str:
    variant = load_variants().get(word)
    return variant.name if variant else word


def slug_words(spelling: Spelling) -> tuple[str, ...]:
    """The words of a name for an id: one spelling for each common name, so that transliterations give one id.

    >>> slug_words(read_spelling("Muhammad bin Zayid Al-Nahyan")) == slug_words(read_spelling("Mohammed bin Zayed Al Nahyan"))
    True
    """
    variants = load_variants()
    words = [variants[word].name if word in variants and _is_usual(word) else word for word in spelling.words]
    ending = [_roman(spelling.numeral)] if spelling.numeral else [spelling.suffix] if spelling.suffix else []
    return (*words, *ending)


def _is_usual(word: str) -> bool:
    """Whether an id spells a common name the usual way; a short first name may be a syllable of another language."""
    return len(word) > 3 or load_variants()[word].kind != "first"


def _roman(number: int) -> str:
    tens, rest = divmod(number, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[rest]


@lru_cache(maxsize=262144)
def compare(left: Spelling, right: Spelling) -> Agreement:
    """Align the words of two names in order; a family name first or last is tried both ways, syllables apart or joined are one.

    >>> compare(read_spelling("Kim Jong Un"), read_spelling("Jong-un Kim")).complete
    True
    >>> compare(read_spelling("Hamad bin Khalifa Al Thani"), read_spelling("Hamad bin Jassim Al Thani")).contained
    False
    """
    best = _align(left.words, right.words)
    if best.complete or min(len(left.words), len(right.words)) < 2 or left.fathers or right.fathers:
        return best
    if _may_turn(left) and _may_turn(right):
        size = len(right.words)
        for shift in (1, size - 1):
            order = [(place + shift) % size for place in range(size)]
            turned = _align(left.words, tuple(right.words[place] for place in order))
            whole = turned.complete or (turned.contained and min(len(left.words), size) > 2)
            if turned.weight > best.weight + 0.01 and whole:
                best = Agreement(
                    turned.score - 0.02,
                    turned.weight,
                    tuple((a, order[b]) for a, b in turned.pairs),
                    turned.left,
                    tuple(sorted(order[b] for b in turned.right)),
                    rotated=True,
                )
    if not best.complete and len(left.words) > 2 and _same_words(left, right):
        return _unordered(left, right)
    return best


def _same_words(left: Spelling, right: Spelling) -> bool:
    """The same words in another order, one of them rare."""
    forms = (sorted(map(_form, left.words)), sorted(map(_form, right.words)))
    return forms[0] == forms[1] and any(weight(word) >= 1.0 for word in left.words)


def _unordered(left: Spelling, right: Spelling) -> Agreement:
    places = {place: _form(word) for place, word in enumerate(right.words)}
    pairs = []
    for at, word in enumerate(left.words):
        place = next(place for place, form in places.items() if form == _form(word))
        del places[place]
        pairs.append((at, place))
    return Agreement(0.96, left.weight, tuple(pairs), (), (), rotated=True)


def _may_turn(spelling: Spelling) -> bool:
    """Whether the family name may stand first or last; a name with a common given name has one order."""
    variants = load_variants()
    return not any(word in variants and variants[word].kind != "family" for word in spelling.words)


def _align(left: tuple[str, ...], right: tuple[str, ...]) -> Agreement:
    """The pairing of words in order that tells most; two words may meet one that joins them."""
    rows, columns = len(left), len(right)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    step: list[list[tuple[int, int, float]]] = [[(0, 0, 0.0)] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i == 0 and j == 0:
                continue
            choices = []
            if i:
                choices.append((best[i - 1][j], 1, 0, 0.0))
            if j:
                choices.append((best[i][j - 1], 0, 1, 0.0))
            if i and j and (alike := _alike(left, i - 1, right, j - 1)):
                first = _FIRST if i == j == 1 else 0.0
                choices.append((best[i - 1][j - 1] + alike * _told(left[i - 1], right[j - 1]) + first, 1, 1, alike))
            if i > 1 and j and len(right[j - 1]) > 4 and (alike := _joined(left[i - 2] + left[i - 1], right[j - 1])):
                choices.append((best[i - 2][j - 1] + alike * weight(right[j - 1]), 2, 1, alike))
            if j > 1 and i and len(left[i - 1]) > 4 and (alike := _joined(left[i - 1], right[j - 2] + right[j - 1])):
                choices.append((best[i - 1][j - 2] + alike * weight(left[i - 1]), 1, 2, alike))
            value, di, dj, alike = max(choices)
            best[i][j], step[i][j] = value, (di, dj, alike)
    pairs: list[tuple[int, int]] = []
    likenesses: list[float] = []
    i, j = rows, columns
    while i or j:
        di, dj, alike = step[i][j]
        if alike:
            pairs += [(i - 1 - a, j - 1 - b) for a in range(di) for b in range(dj)]
            likenesses.append(max(alike, _INITIAL) if alike == 0.5 else alike)
        i, j = i - di, j - dj
    met_left, met_right = {a for a, _ in pairs}, {b for _, b in pairs}
    return Agreement(
        sum(likenesses) / len(likenesses) if likenesses else 0.0,
        round(best[rows][columns], 2),
        tuple(reversed(pairs)),
        tuple(a for a in range(rows) if a not in met_left),
        tuple(b for b in range(columns) if b not in met_right),
    )


def _alike(left: tuple[str, ...], i: int, right: tuple[str, ...], j: int) -> float:
    """The likeness of two words in their places: an initial stands for a name in the same place, first or between, never last."""
    if (len(left[i]) == 1 or len(right[j]) == 1) and len(left[i]) != len(right[j]):
        ends = i == len(left) - 1, j == len(right) - 1
        if ends[0] != ends[1] or (i == 0) != (j == 0):
            return 0.0
    return likeness(left[i], right[j])


def _told(left: str, right: str) -> float:
    return min(weight(left), weight(right))


def _joined(left: str, right: str) -> float:
    return 0.95 if left == right or slots(left) == slots(right) else 0.0
