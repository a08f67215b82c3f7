"""What office a printed title names: its role, its kind, whose it is, and whether it is held, past, to come or only near it.

"President of the Government of Spain" is a head of government, "President of the National Assembly" presides over a chamber,
"Former President", "President-elect" and "Assistant to the President" are not the President. The words are in `office_titles.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from giftgraph.names import normalize
from giftgraph.resolve.polities import read_polity
from giftgraph.resolve.polity_index import find_names, split_words

_LONGEST = 600
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,;()/]")
_SPELLINGS = {
    "defense": "defence",
    "advisor": "adviser",
    "vicepresident": "vice president",
    "predsident": "president",
    "asssistant": "assistant",
    "centre": "center",
}
_PAST = frozenset(["former", "ex", "late", "past", "retired", "deposed", "immediate", "previous"])
_COMING = frozenset(["elect", "designate", "designee", "incoming", "nominee"])
_LOWER = frozenset(["honorary", "deputy", "vice", "assistant", "associate", "sub", "under", "second"])
_NEAR = frozenset(["to", "for", "by", "with", "from", "of"])
# Words of style between a preposition and the office: "wife of His Majesty, the Sultan".
_STYLES = frozenset(
    ["his", "her", "their", "majesty", "excellency", "highness", "royal", "honorable", "honourable", "h", "e", "m"]
)
# What belongs to an office is not its holder: "Prime Minister's Secretariat".
_THINGS = frozenset(
    ["office", "secretariat", "house", "palace", "staff", "protocol", "delegation", "guard", "director", "pro"]
)
_SPOUSE = frozenset(["wife", "spouse", "husband", "widow", "consort"])
# "Prince Sultan", "Sultan bin Abdulaziz": a name.
_BEARERS = frozenset(["prince", "princess", "sheikh", "shaikh", "general", "minister", "bin", "ibn", "al", "mr", "dr"])
_LINKS = frozenset(["bin", "ibn", "al", "bint"])
_TOP = frozenset(
    [
        "president",
        "prime-minister",
        "vice-president",
        "monarch",
        "queen",
        "chief-executive",
        "first-lady",
        "secretary-of-state",
    ]
)


@dataclass(frozen=True, slots=True)
class OfficeTitle:
    """One office that a text names.

    `kind` is an office kind of the ontology; `role` is finer (`president`, `defence-minister`, `second-lady`). `polity` is whose
    office it is, when the text says so; `of` is the portfolio, body or place, for an ambassador the polity of the mission.
    `standing` is `held`, `acting`, `former`, `coming` or `spouse` (the spouse of a holder).
    """

    kind: str
    polity: str | None
    label: str
    of: str | None = None
    role: str = "other"
    standing: str = "held"


class _Role(NamedTuple):
    kind: str
    complement: str
    phrases: tuple[str, ...]


class _Hit(NamedTuple):
    role: str
    start: int
    end: int
    standing: str


class _Token(NamedTuple):
    word: str
    start: int
    end: int


def _plural_off(word: str) -> str:
    return (
        word[:-1]
        if len(word) > 4 and word != "states" and word.endswith("s") and not word.endswith(("ss", "us", "is"))
        else word
    )


def _word(text: str) -> str:
    plain = normalize(text).replace(" ", "")
    return _plural_off(_SPELLINGS.get(plain, plain))


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("giftgraph.resolve").joinpath("office_titles.toml").read_text("utf-8"))


@cache
def office_words(name: str) -> frozenset[str]:
    """A list of words of `office_titles.toml`.

    >>> "committee" in office_words("bodies")
    True
    """
    return frozenset(_table()["words"][name])


@cache
def _roles() -> dict[str, _Role]:
    return {
        name: _Role(row["kind"], row.get("complement", "polity"), tuple(row["phrases"]))
        for name, row in _table()["roles"].items()
    }


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Phrases by their first word, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, role in _roles().items():
        for phrase in role.phrases:
            words = tuple(_word(word) for word in phrase.split() if word != "the")
            table.setdefault(words[0], []).append((words, name))
    return {first: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for first, rows in table.items()}


def kind_of(role: str) -> str:
    """The ontology's kind of office for a role.

    >>> kind_of("president"), kind_of("second-lady")
    ('head-of-state', 'other')
    """
    return _roles()[role].kind if role in _roles() else "other"


def is_role(role: str) -> bool:
    """Whether `office_titles.toml` has this role.

    >>> is_role("president"), is_role("gardener")
    (True, False)
    """
    return role in _roles()


def held_roles(role: str) -> tuple[str, ...]:
    """The roles under which tenures hold the office that a title names: a queen reigns, or is the wife of a king.

    >>> held_roles("queen"), held_roles("president")
    (('monarch', 'first-lady'), ('president',))
    """
    return ("monarch", "first-lady") if role == "queen" else (role,)


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        word = match[0] if match[0] in ",;()/" else _word(match[0])
        if word and word != "the":
            found.append(_Token(word, match.start(), match.end()))
    return found


def _matches(tokens: list[_Token]) -> Iterator[tuple[str, int, int]]:
    position = 0
    words = [token.word for token in tokens]
    while position < len(words):
        for phrase, role in _phrases().get(words[position], ()):
            if tuple(words[position : position + len(phrase)]) == phrase:
                yield role, position, position + len(phrase)
                position += len(phrase)
                break
        else:
            position += 1


def _standing(words: list[str], role: str, start: int, end: int) -> tuple[str, str] | None:
    """The role and standing that the words around a phrase give it; None where the office is only mentioned."""
    before = [word for word in words[max(0, start - 7) : start] if word not in _STYLES]
    if before[-1:] == [","] and len(before) > 1 and before[-2] in _NEAR:
        before.pop()
    if (words[end : end + 1] and words[end] in _THINGS) or before[-3:] == ["c", "/", "o"]:
        return None
    if words[start] == "sultan" and (
        (before[-1:] and before[-1] in _BEARERS) or (words[end : end + 1] and words[end] in _LINKS)
    ):
        return None
    if before and before[-1] in _NEAR and before[-2:-1] != ["behalf"]:
        if before[-1] == "of" and before[-2:-1] and before[-2] in _SPOUSE:
            return role, "spouse"
        return None
    if before and before[-1] in office_words("bodies") and role in _TOP:
        return "other", "held"
    if before and before[-1] in _LOWER:
        return (f"deputy-{role}" if f"deputy-{role}" in _roles() else "other"), "held"
    near = before[-3:] + [word for word in words[end : end + 2] if word != "("][:1]
    if any(word in _PAST for word in before[-3:]):
        return role, "former"
    if any(word in _COMING for word in near):
        return role, "coming"
    return role, "acting" if {"acting", "interim"} & set(before[-3:]) else "held"


def _hits(tokens: list[_Token]) -> list[_Hit]:
    words = [token.word for token in tokens]
    hits = []
    for role, start, end in _matches(tokens):
        found = _standing(words, role, start, end)
        if found:
            hits.append(_Hit(found[0], start, end, found[1]))
    return hits


def _complement(text: str, tokens: list[_Token], hit: _Hit, until: int) -> tuple[str, str]:
    """What follows the title up to the next one: the preposition and the text after it, up to a comma."""
    if hit.end >= until or tokens[hit.end].word not in ("of", "for", "to", "in"):
        return "", ""
    last = hit.end
    while last + 1 < until and tokens[last + 1].word not in (",", ";", "(", ")", "/"):
        last += 1
    if last > hit.end and tokens[last].word == "and":
        last -= 1
    return tokens[hit.end].word, text[tokens[hit.end].end : tokens[last].end].strip()


def _apposition(text: str, tokens: list[_Token], hit: _Hit, until: int) -> str:
    """The words behind a comma that follows the title at once: "President, Chamber of Commerce"."""
    if hit.end >= until or tokens[hit.end].word != ",":
        return ""
    last = hit.end + 1
    while last < until and tokens[last].word not in (",", ";", "(", ")", "/"):
        last += 1
    return text[tokens[hit.end].end : tokens[last - 1].end]


def _is_body(complement: str) -> bool:
    plain = normalize(complement)
    if any(union in plain for union in office_words("unions")):
        return False
    words = plain.split()
    if "federation" in words[1:] and "russian federation" not in plain:
        return True
    return any(word in office_words("bodies") for word in words)


def _is_enterprise(text: str) -> bool:
    """Whether a text names a state only through one of its bodies or companies ("LukOil", "Bundesbank")."""
    found = find_names(split_words(text))
    return bool(found) and all(name.kind == "office" for *_, name in found)


def _is_elsewhere(apposition: str, date: str | None) -> bool:
    """Whether "President, …" goes on with a body or a part of a state."""
    return bool(apposition) and (_is_body(apposition) or _is_part(apposition, date))


def _polity(text: str, date: str | None) -> str | None:
    return read_polity(text, date).id if text.strip() else None


def _is_part(text: str, date: str | None) -> bool:
    return read_polity(text, date).kind == "sub-national"


def read_title(text: str, date: str | None = None) -> tuple[OfficeTitle, ...]:
    """The offices that a text names, in the printed order; none where it only mentions somebody else's.

    A title without a polity of its own shares that of the next ("Prime Minister and Minister of Defense of Malaysia").

    >>> [(t.role, t.polity) for t in read_title("Prime Minister and Minister of Defense of Malaysia")]
    [('prime-minister', 'mys'), ('defence-minister', 'mys')]
    >>> [(t.role, t.polity, t.of) for t in read_title("Ambassador of Lebanon to the United States")]
    [('ambassador', 'lbn', 'usa')]
    >>> read_title("Assistant to the President")
    ()
    >>> [(t.role, t.standing) for t in read_title("Former President of Finland")]
    [('president', 'former')]
    """
    text = text[:_LONGEST]
    tokens = _tokens(text)
    hits = _hits(tokens)
    if not hits:
        return ()
    starts = [hit.start for hit in hits[1:]] + [len(tokens)]
    titles = [_read(text, tokens, hit, until, date) for hit, until in zip(hits, starts, strict=True)]
    whole = _polity(text, date) if any(title.polity is None for title in titles) else None
    shared: list[OfficeTitle] = []
    polity = None
    for title in reversed(titles):
        polity = title.polity or polity or whole
        shared.append(title if title.role == "other" else replace(title, polity=polity))
    return tuple(reversed(shared))


def _read(text: str, tokens: list[_Token], hit: _Hit, until: int, date: str | None) -> OfficeTitle:
    role, of = hit.role, None
    preposition, complement = _complement(text, tokens, hit, until)
    rest = text[tokens[hit.end].start : tokens[until - 1].end] if hit.end < until else ""
    polity = _polity(rest, date)
    way = _roles()[role].complement if role in _roles() else "polity"
    words = [word for word in normalize(complement).split() if word not in ("the", "of")]
    if role == "secretary-of-state" and preposition == "for":
        role, way = "secretary", "portfolio"
    if role in _TOP and preposition == "of" and words and not set(words) <= office_words("empty"):
        unowned = _polity(complement, date) is None or _is_part(complement, date)
        if _is_body(complement) or unowned or _is_enterprise(complement):
            role, of = "other", complement
    elif role in _TOP and hit.start and _is_enterprise(text[tokens[hit.start - 1].start : tokens[hit.start].start]):
        role, of = "other", tokens[hit.start - 1].word
    elif role in _TOP and _is_elsewhere(_apposition(text, tokens, hit, until), date):
        role, of = "other", rest
    elif way == "polity" and complement and _is_part(complement, date):
        role, of = "other", complement or None
    elif way == "mission":
        polity, of = _read_mission(rest, polity, date)
    elif way != "polity" and complement:
        of = portfolio(complement, date)
    label = text[tokens[hit.start].start : tokens[hit.end - 1].end]
    return OfficeTitle(kind_of(role), polity, " ".join(label.split()), of, role, hit.standing)


def _read_mission(rest: str, polity: str | None, date: str | None) -> tuple[str | None, str | None]:
    """Whose ambassador, and to whom: "of Lebanon to the United States"."""
    whose, to, mission = rest.partition(" to ") if not rest.startswith("to ") else ("", "to", rest[3:])
    if not to:
        return polity, None
    return _polity(whose, date), _polity(mission, date) or normalize(mission) or None


def portfolio(complement: str, date: str | None = None) -> str | None:
    """The normal form of a portfolio, body or place, without the polity at its end.

    >>> portfolio("the Treasury"), portfolio("Commerce of the United States")
    ('treasury', 'commerce')
    """
    head, of, tail = complement.rpartition(" of ")
    if of and _polity(tail, date):
        complement = head
    elif read_polity(complement, date).kind in ("state", "historic-state", "international-organisation"):
        return None
    words = [word for word in normalize(complement).split() if word not in ("the", "of", "for", "and")]
    return " ".join(words) or None
