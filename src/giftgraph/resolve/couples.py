"""What parties of one cell share: the name of a couple, the title behind the last of them, who is whose spouse."""

from __future__ import annotations

import re
from dataclasses import replace

from giftgraph.resolve.party_words import party_words
from giftgraph.resolve.polities import read_polity
from giftgraph.resolve.stated_party import StatedParty
from giftgraph.resolve.titles import Sex, fold_word

_PAIR = re.compile(
    r"^(?:their\s+\w+(?:\s+highnesses)?,?\s+)?(?:the\s+)?(?P<first>.+?)\s+(?:and|&)\s+"
    r"(?P<second>(?:the\s+)?(?:first lady|queen|spouse|wife|crown princess|princess|duchess|second lady))"
    r"(?P<rest>\b.*)$",
    re.IGNORECASE,
)
_MARRIED = {
    "mrs",
    "mme",
    "madame",
    "madam",
    "begum",
    "khunying",
    "lady",
    "senora",
    "sra",
    "signora",
    "frau",
    "datin",
    "daw",
    "thanpuying",
}
_SPOUSES = {"spouse", "wife", "husband"}
_SEX_OF: dict[str, Sex] = {"wife": "female", "daughter": "female", "husband": "male", "son": "male"}
_AND_SPOUSE = re.compile(r",?\s+and\s+(?:spouse|wife)$", re.IGNORECASE)
_COMPANION = re.compile(
    r"^(?:(?:his|her|their)\s+)?(?P<what>spouse|wife|husband|family|daughters?|sons?|children|guests?)$", re.IGNORECASE
)


def join_couples(drafts: list[tuple[str, StatedParty]]) -> list[StatedParty]:
    """The parties of a cell with what they share; each comes with the mark before it.

    >>> first = StatedParty("Hu Jintao", "Hu Jintao")
    >>> second = StatedParty("Mrs. Liu Yongqing", "Liu Yongqing", "Mrs.", "President and First Lady of China")
    >>> [party.title for party in join_couples([("", first), ("and", second)])]
    ['President of China', 'First Lady of China']
    """
    marks = [mark for mark, _ in drafts]
    parties = _share_name([party for _, party in drafts], marks)
    parties = _share_titles(parties, marks)
    return _relate(parties, marks)


def _is_married(party: StatedParty) -> bool:
    return any(fold_word(word) in _MARRIED for word in (party.honorific or "").split())


def _share_name(parties: list[StatedParty], marks: list[str]) -> list[StatedParty]:
    """ "Mr. and Mrs. Lamar Alexander", "President and Mrs. Clinton": the name stands once."""
    known = party_words()
    shared = list(parties)
    for position in range(len(shared) - 1):
        first, second = shared[position], shared[position + 1]
        bare = [fold_word(word) for word in first.text.split()]
        titular = known.honorifics | known.ranks | known.heads | known.modifiers
        if first.name or not second.name or marks[position + 1] != "and" or not _is_married(second):
            continue
        styled = first.honorific is not None and not first.title
        if not styled and not all(word in titular for word in bare):
            continue
        honorific = first.text if styled or any(word in known.honorifics | known.rank_core for word in bare) else None
        shared[position] = replace(
            first,
            name=second.name,
            honorific=honorific,
            title=_AND_SPOUSE.sub("", second.title or "") or None if honorific else first.title,
            status="named",
            sex=first.sex or "male",
        )
        alone = _surname(second.name, second.text)
        shared[position + 1] = replace(
            second, name=alone, title=None, relation="spouse of", of=second.name, sex="female"
        )
    return shared


_SURNAME_FIRST = frozenset(["chn", "hkg", "khm", "kor", "mmr", "prk", "sgp", "twn", "vnm"])


def _surname(name: str, text: str) -> str | None:
    """The surname of "Mrs. Lamar Alexander"; null where names of her country do not end in one."""
    words = [word for word in name.split() if fold_word(word) not in party_words().suffixes]
    if len(words) == 1:
        return name
    if not words or read_polity(text).id in _SURNAME_FIRST:
        return None
    start = len(words) - 1
    while start > 1 and fold_word(words[start - 1]) in party_words().particles and "." not in words[start - 1]:
        start -= 1
    return " ".join(words[start:])


def _share_titles(parties: list[StatedParty], marks: list[str]) -> list[StatedParty]:
    shared = list(parties)
    for position in range(len(shared) - 2, -1, -1):
        first, second = shared[position], shared[position + 1]
        companion, comma, title = second.text.partition(", ")
        if comma and first.name and _COMPANION.match(companion.strip()) and second.status == "office":
            # "Vice Admiral Mark Fox and Spouse, Commander, U.S. Naval Forces"
            shared[position] = first if first.title else replace(first, title=title)
            shared[position + 1] = replace(second, text=companion, title=companion)
            continue
        third = shared[position + 2] if position + 2 < len(shared) else None
        if (
            third is not None
            and _COMPANION.match(third.text.strip())
            and first.name
            and second.name
            and not first.title
            and second.title
        ):
            # "Joseph LeBaron and Elinor LeBaron, U.S. Ambassador and Spouse"
            shared[position] = replace(first, title=second.title)
            shared[position + 1] = replace(second, title=None, relation="spouse of", of=first.name)
            continue
        if first.status == second.status == "office" and marks[position + 1] == "and":
            # "Their Majesties The King | and Queen of Norway"
            first_title, second_title = first.title or "", second.title or ""
            if (
                _is_hers(second_title)
                and " of " in second_title
                and " of " not in first_title
                and "," not in first_title
            ):
                shared[position] = replace(first, title=first_title + " of " + second_title.split(" of ", 1)[1])
            continue
        if (
            marks[position + 1] not in {"and", ","}
            or first.status != "named"
            or second.status != "named"
            or not second.title
        ):
            continue
        pair = _PAIR.match(second.title)
        if (
            pair
            and not first.relation
            and (not first.title or pair["first"].casefold() in first.title.casefold() or len(first.title.split()) == 1)
        ):
            own, other, rest = pair["first"], pair["second"], pair["rest"]
            shared[position] = replace(first, title=f"{own}{rest}".strip())
            kin = other.casefold().endswith(("spouse", "wife"))
            shared[position + 1] = (
                replace(second, title=None, relation="spouse of", of=first.name)
                if kin
                else replace(second, title=f"{other}{rest}".strip())
            )
        elif not first.title and second.relation is None:
            if _is_married(second) and not _is_hers(second.title):
                shared[position] = replace(first, title=second.title)
                shared[position + 1] = replace(second, title=None)
            elif not _is_hers(second.title) or second.sex == first.sex:
                shared[position] = replace(first, title=second.title)
        elif first.title and len(first.title.split()) <= 2 and " of " not in first.title:
            link = re.match(r"^(?:\w+\s+){0,2}\w+(?P<rest>(?: of |, (?=the |[A-Z])).+)$", second.title)
            if link and _is_hers(second.title) and link["rest"].strip(", ") not in first.title:
                shared[position] = replace(first, title=first.title + link["rest"])
    return shared


def _is_namesake(party: StatedParty, before: StatedParty) -> bool:
    """ "Ambassador Phommahaxay and Mrs. Phommahaxay, Embassy of Laos": one surname, and no office of her own."""
    same = bool(party.name and before.name) and party.name.split()[-1] == before.name.split()[-1]  # type: ignore[union-attr]
    return same and _is_married(party) and (party.title or "").casefold().startswith(("embassy", "office", "residence"))


def _is_husband(party: StatedParty, before: StatedParty) -> bool:
    """ "Jenny Shipley, The Prime Minister of New Zealand and Mr. Shipley" """
    if fold_word(party.honorific or "") != "mr" or not party.name or not before.title:
        return False
    if before.name is None:
        return before.sex == "female"
    return before.sex == "female" or (before.sex is None and party.name.split()[-1] == before.name.split()[-1])


def _is_hers(title: str) -> bool:
    words = [fold_word(word) for word in title.split() if fold_word(word) != "the"][:2]
    known = party_words()
    return bool(words) and (
        words[0] in known.female_offices | known.relations or " ".join(words) in known.female_offices
    )


def _relate(parties: list[StatedParty], marks: list[str]) -> list[StatedParty]:
    related = list(parties)
    dropped: set[int] = set()
    for position in range(1, len(related)):
        party, before = related[position], related[position - 1]
        companion = _COMPANION.match(party.text.strip())
        other = before.name or before.title
        word = companion["what"].casefold() if companion else ""
        if party.relation and before.name and party.of == before.title:
            # "Alan K. Simpson, U.S. Senator, Ann Simpson, Spouse, U.S. Senator"
            related[position] = party = replace(party, of=before.name)
        if word in _SPOUSES and any(earlier.relation == "spouse of" for earlier in related[:position]):
            dropped.add(position)
        elif companion and other:
            sex = _SEX_OF.get(word.rstrip("s"), party.sex)
            related[position] = replace(
                party, name=None, title=party.text, status="office", relation=f"{word} of", of=other, sex=sex
            )
        elif (
            marks[position] == "and"
            and not party.relation
            and other
            and (not party.title or _is_namesake(party, before))
            and ((_is_married(party) and before.sex != "female") or _is_husband(party, before))
        ):
            related[position] = replace(party, relation="spouse of", of=other)
    return [party for position, party in enumerate(related) if position not in dropped]
