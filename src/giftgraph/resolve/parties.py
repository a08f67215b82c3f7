"""From the text of a donor or recipient cell to its parties: who is named, under which title, for which polity.

Nothing is looked up here: a party is read as it is stated. Which person holds a title on a day, and which spellings are one
person, is decided later.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from giftgraph.resolve.couples import join_couples
from giftgraph.resolve.party_text import clean_text, drop_citation, stated_status
from giftgraph.resolve.party_words import party_words
from giftgraph.resolve.polities import PolityMatch, names_holder, names_polity, read_polity
from giftgraph.resolve.splitting import split_parties
from giftgraph.resolve.stated_party import PartyStatus, StatedParty, cut_name, read_party
from giftgraph.resolve.titles import fold_word, is_name, read_lead

__all__ = ["PartyStatus", "Role", "StatedParty", "read_parties"]

Role = Literal["donor", "recipient"]

_LONGEST = 4000
_REGISTRY = re.compile(r"^\d{2,7}\s*/\s*[A-Z]{1,12}(?:\s*-{1,2}\s*[A-Z]{1,2})?\b,?\s*")
_PRESENTED = re.compile(
    r"^(?:presented|given|offered|received|sent|delivered)\s+(?:by|from|through)\s*:?\s*", re.IGNORECASE
)
_RANK_IN_BRACKETS = re.compile(r"\s*\(((?!Ret)[A-Z][A-Za-z. ]{1,24})\)")
_LONGEST_GIVEN = 40  # characters
_HANDED = re.compile(r"^presented on behalf of (?P<whom>.+?) by (?P<who>.+)$", re.IGNORECASE)
_BOTH_STYLES = re.compile(
    r"\bHis ((?:Royal |Imperial )?(?:Majesty|Highness|Excellency)) and Her \1(?= (?:King|Prince|Crown|Emperor|Grand|President)\b)"
)
_BOTH_OFFICES = re.compile(
    r"(?<=[a-z'])(?<!\b[Tt]he)\s+(?=(?:King and Queen|Sultan and Yang|President and First Lady|Crown Prince and Crown Princess)\b)"
)
_BOTH_GIVEN = re.compile(
    r"^(?P<his>(?:Mr|Dr)\.?) and (?P<hers>Mrs\.?) (?P<he>[A-Z][\w'-]+) and (?P<she>[A-Z][\w'-]+) (?P<surname>[A-Z][\w'-]+)(?=[,.;]|$)"
)
_PARTED_NAME = re.compile(r"(?<=[a-zA-Z]),\s+(?=(?:bin|ibn|bint)\s)", re.IGNORECASE)
_HIDDEN_EMPLOYEE = re.compile(
    r"^(?:an?\s+)?(?:agency|odni|cia|intelligence community)\s+(?:employees?|officers?)\b", re.IGNORECASE
)
_FOR_RELATION = re.compile(
    r"\s*\((?:for|to)\s+(?:his\s+|her\s+)?(?P<what>wife|spouse|husband|daughter|son)\s*(?P<name>[A-Z][\w' -]{0,40})?\)",
    re.IGNORECASE,
)
_DATED = re.compile(r"\s*[;,.]\s*Rec'?d\.?\s*--?.*$")
_STATUS_TAIL = re.compile(
    r"\s*[;,]\s*(?:government official who presented gift unknown|\(?unknown\)?|country unknown)\s*$", re.IGNORECASE
)


def read_parties(text: str, role: Role = "donor", date: str | None = None) -> tuple[StatedParty, ...]:
    """The parties of a cell, in printed order; never empty. `date` (ISO) decides what the name of a polity meant.

    A recipient's polity is left to the register, so that "Ambassador to Oman" is not Oman's.

    >>> [(p.name, p.title) for p in read_parties("His Excellency Vladimir Putin, President of the Russian Federation")]
    [('Vladimir Putin', 'President of the Russian Federation')]
    >>> [(p.name, p.title) for p in read_parties("Their Majesties King Albert II and Queen Paola of Belgium")]
    [('Albert II', 'King of Belgium'), ('Paola', 'Queen of Belgium')]
    >>> [(p.name, p.relation, p.of) for p in read_parties("Keizo Obuchi, Prime Minister of Japan and Mrs. Obuchi")]
    [('Keizo Obuchi', None, None), ('Obuchi', 'spouse of', 'Keizo Obuchi')]
    """
    return _read_parties(text[:_LONGEST], role, date)


@lru_cache(maxsize=20_000)
def _read_parties(text: str, role: Role, date: str | None) -> tuple[StatedParty, ...]:
    cell = _REGISTRY.sub("", clean_text(text))
    cell = re.sub(r"^(?:recipient|donor|name)\s*(?::|--)\s*", "", cell, flags=re.IGNORECASE)
    handed = _HANDED.match(cell)
    if handed:
        cell = f"{handed['who']} on behalf of {handed['whom']}"
    cell = _DATED.sub("", _PRESENTED.sub("", cell))
    cell = _BOTH_STYLES.sub(r"Their \1", cell)
    cell = _BOTH_OFFICES.sub(", ", cell)
    cell = _BOTH_GIVEN.sub(r"\g<his> \g<he> \g<surname> and \g<hers> \g<she> \g<surname>", cell)
    cell = re.sub(r"\b(ibni|bin|ibn),\s+", r"\1 ", _PARTED_NAME.sub(" ", cell))
    status = stated_status(cell)
    if status is None:
        cell = drop_citation(cell) or cell
    if status is None and _HIDDEN_EMPLOYEE.match(cell):
        status = "withheld"
    if status is not None:
        place = read_polity(cell, date) if role == "donor" and status == "unknown" else None
        return (StatedParty(cell, None, status=status, polity=place if place and place.id else None),)  # type: ignore[arg-type]
    cell = _STATUS_TAIL.sub("", cell) or cell
    kin = _FOR_RELATION.search(cell)
    if kin:
        cell = _FOR_RELATION.sub("", cell)
    swapped = _last_first(cell)
    parts = [("", swapped)] if swapped else split_parties(cell)
    parties = join_couples([(joiner, read_party(part)) for joiner, part in parts])
    if kin and parties:
        word = kin["what"].casefold()
        sex = {"wife": "female", "daughter": "female", "husband": "male", "son": "male"}.get(word)
        parties.append(
            StatedParty(kin.group().strip(" ()"), kin["name"], relation=f"{word} of", of=parties[0].name, sex=sex)  # type: ignore[arg-type]
        )
    if not parties:
        return (StatedParty("", None, status="not stated"),)
    return tuple(parties) if role == "recipient" else _place(parties, date)


def _place(parties: list[StatedParty], date: str | None) -> tuple[StatedParty, ...]:
    """The parties with their polities: of the words around the name, of whom they act for, of the one they come with."""
    placed: list[StatedParty] = []
    for party in parties:
        placed.append(replace(party, polity=_own_polity(party, date)))
    for position in range(len(placed) - 1, -1, -1):
        party = placed[position]
        if party.polity is None and position + 1 < len(placed) and _lacks_polity(party, placed[position + 1]):
            placed[position] = replace(party, polity=placed[position + 1].polity)
    for position in range(len(placed) - 1, 0, -1):
        spouse, party = placed[position], placed[position - 1]
        if party.polity is None and spouse.relation and spouse.of == (party.name or party.title):
            placed[position - 1] = replace(party, polity=spouse.polity)
    for position, party in enumerate(placed):
        if (
            position
            and party.polity is None
            and (party.relation or party.title is None or party.title in _COUNTERPARTS)
        ):
            placed[position] = replace(party, polity=placed[position - 1].polity)
    return tuple(placed)


def _lacks_polity(party: StatedParty, following: StatedParty) -> bool:
    """Whether a party's polity is printed with the next one's: no title, a bare office ("King"), or the same title."""
    if party.status not in {"named", "office"}:
        return False
    return (
        not party.title
        or party.title == following.title
        or all(fold_word(word) in party_words().heads for word in party.title.split())
    )


_COUNTERPARTS = {"First Lady", "Queen", "Crown Princess", "Princess"}


def _own_polity(party: StatedParty, date: str | None) -> PolityMatch | None:
    around = party.text
    if party.name and party.status == "named":
        around = around.replace(party.name, " ", 1)
    for text in (around, party.title or "", party.on_behalf_of or ""):
        match = read_polity(text, date) if text else None
        if match is not None and match.id is not None:
            return match
    return read_polity(party.name, date) if party.name and names_holder(party.name) else None


def _last_first(cell: str) -> str | None:
    """ "Rice, Condoleezza, Assistant to the President" and "Cohen, William S.--Secretary of Defense" in speaking order."""
    lead = read_lead(cell)
    known = party_words()
    if lead.honorific and not lead.office:
        return None
    last, comma, behind = lead.rest.partition(",")
    last, behind = last.strip(), behind.strip()
    mark = _RANK_IN_BRACKETS.search(behind)
    if mark and not all(fold_word(word) in known.ranks | known.honorifics for word in mark.group(1).split()):
        mark = None
    if mark and mark.start() < _LONGEST_GIVEN:
        behind = f"{behind[: mark.start()].rstrip()}{behind[mark.end() :]}"
    dashed = bool(re.match(r"[^,;(]{1,30}?\s*--", behind))
    first, rest = cut_name(behind)
    words = first.split()
    honorific = mark.group(1) if mark else lead.honorific
    if len(words) > 1 and fold_word(words[-1]) in {"mrs", "mr", "ms", "dr", "gen", "general", "admiral", "adm"}:
        honorific, words = words[-1], words[:-1]
    given = " ".join(words)
    if lead.office and not dashed and not lead.office.casefold().startswith("white house"):
        return None
    certain = dashed or lead.office.casefold().startswith("white house")
    if not comma or not words or len(last.split()) > 3 or len(words) > 3:
        return None
    if given.isupper() and len(given) > 3 and given.isalpha() and not last.isupper():
        return None  # "Rick Zaino, ATSAIC--Secret Service"
    if fold_word(words[0]) in known.suffixes or not is_name(last, led=certain) or not is_name(given, led=certain):
        return None
    if not certain and (
        fold_word(words[0]) in known.suffixes | known.postnominals or names_polity(given) or names_polity(last)
    ):
        return None
    if (
        len(last.split()) > 1
        and not certain
        and not re.match(r"(?:van|von|de|di|da|la|le|al|el|mac|st)\b", last, re.IGNORECASE)
    ):
        return None
    if not rest and len(words) > 2 and not certain:
        return None
    following = rest.split(",")[0]
    if following.isupper() and len(following) <= 3 and comma:
        rest = rest.partition(",")[2].strip()
        following = rest.split(",")[0]
    if (
        rest
        and not certain
        and is_name(following)
        and not names_polity(following)
        and fold_word(following) not in known.suffixes
    ):
        return None
    if not certain and rest and names_polity(following):
        return None
    if fold_word(following) in known.suffixes:
        last, rest = f"{last} {following}", rest.partition(",")[2].strip()
    return " ".join(part for part in (lead.office, honorific, given, last) if part) + (f", {rest}" if rest else "")
