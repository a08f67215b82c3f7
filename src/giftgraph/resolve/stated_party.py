"""One party from its part of a cell: honorific, name, title, relation.

Titles stand before or behind the name, with or without a comma; a name may be missing, or be an organisation's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from giftgraph.resolve.bodies import (
    body_name,
    is_adjective,
    is_body,
    is_glued,
    is_institution,
    is_office,
    is_spaced,
    opens_with_head,
)
from giftgraph.resolve.party_text import stated_status
from giftgraph.resolve.party_words import party_words
from giftgraph.resolve.polities import PolityMatch, names_polity, read_polity
from giftgraph.resolve.polity_words import polity_words
from giftgraph.resolve.titles import Lead, Sex, fold_word, is_demonym, is_name, opens_with_person, read_lead

PartyStatus = Literal["named", "office", "organization", "polity", "withheld", "unknown", "not stated"]

_BEHALF = re.compile(
    r",?\s*\b(?:on\s+behalf\s+of|on\s+the\s+behalf\s+of|in\s+the\s+name\s+of)\s+(?P<whom>.{2,})", re.IGNORECASE
)
_RELATION = re.compile(
    r"(?P<what>spouse|wife|husband|(?:grand)?daughters?(?:-in-law)?|(?:grand)?sons?(?:-in-law)?|widow|mother|father|sister|brother|children|family|fianc[eé]e?)"
    r"(?:\s+(?:of|to)\s+|,?\s+(?=(?-i:[A-Z])))(?P<whom>(?:the\s+)?.{2,})",
    re.IGNORECASE,
)
_LONGEST_RELATIVE = 300  # characters, so that "spouse of spouse of ..." ends
_ABBREVIATED = {"jr", "sr", "inc", "co", "corp", "ltd", "dept", "rep", "govt"}
_HEADS_OF_STATE = {"king", "queen", "president", "emperor", "sultan", "amir", "emir"}
_FEMALE_RELATIONS = ("wife", "daughter", "granddaughter", "mother", "sister", "widow")
_MALE_RELATIONS = ("husband", "son", "grandson", "father", "brother")


@dataclass(frozen=True, slots=True)
class StatedParty:
    """One party of a cell as stated.

    `name` is without honorific and rank, null where only an office or nothing stands; `title` holds the offices;
    `relation` ("spouse of", "daughter of") with `of`, the name or office of the other; `sex` only where a word tells it.
    """

    text: str
    name: str | None
    honorific: str | None = None
    title: str | None = None
    status: PartyStatus = "named"
    relation: str | None = None
    of: str | None = None
    on_behalf_of: str | None = None
    sex: Sex | None = None
    polity: PolityMatch | None = None


def read_party(text: str) -> StatedParty:
    """One party from its part of the cell."""
    whole, behalf = text, None
    found = _BEHALF.search(text)
    if found:
        behalf = found["whom"].strip(" .,")
        text = text[: found.start()].strip(" ,")
        if not text:
            text = behalf
    status = "unknown" if re.match(r"unknown\b|unidentified\b", text, re.IGNORECASE) else stated_status(text)
    if status is not None:
        return StatedParty(whole, None, status=status, on_behalf_of=behalf)  # type: ignore[arg-type]
    lead = read_lead(text)
    party = _read_related(text) or _read_led(text, lead.honorific, lead.office, lead.rest, lead.sex)
    return replace(party, text=whole, on_behalf_of=behalf)


def _read_related(text: str) -> StatedParty | None:
    """ "Spouse of General Dunford", "Wife of Field Marshal Tantawy": somebody who is known through another."""
    match = _RELATION.match(re.sub(r"^(?:the|his|her)\s+", "", text, flags=re.IGNORECASE))
    if match is None:
        return None
    other = read_party(match["whom"].strip()[:_LONGEST_RELATIVE])
    relation = f"{match['what'].casefold()} of"
    return StatedParty(
        text,
        None,
        title=text,
        status="office",
        relation=relation,
        of=other.name or match["whom"].strip(" .,"),
        sex=_sex_of(match["what"]),
    )


def _sex_of(relation: str) -> Sex | None:
    if relation.casefold().startswith(_FEMALE_RELATIONS):
        return "female"
    return "male" if relation.casefold().startswith(_MALE_RELATIONS) else None


def _read_led(text: str, honorific: str, office: str, rest: str, sex: Sex | None) -> StatedParty:
    first, tail = cut_name(rest)
    led = bool(honorific or office)
    if (
        office
        and not tail
        and len(first.split()) == 2
        and names_polity(first.split()[1])
        and fold_word(office.rsplit(maxsplit=1)[-1]) in _HEADS_OF_STATE
    ):
        first, tail = first.split()
    if not led and _is_no_name(rest, first, tail):
        first = rest
    ranked = bool(office and tail) and len(first.split()) == 1 and fold_word(first) in party_words().rank_core
    if ranked:
        # "Command Sergeant Major, U.S. Army": all of it is rank.
        office, first, rest = f"{office} {first},", "", tail
    if led and first and is_name(first, led=True) and (office or not names_polity(first)):
        return _named(text, honorific, office, first, tail, sex)
    if (
        not led
        and is_name(first)
        and not names_polity(first)
        and not is_body(first)
        and not is_adjective(first, tail)
        and (len(first.split()) > 1 or not (first.isupper() and len(first) > 2))
    ):
        return _named(text, honorific, office, first, tail, sex)
    behind = _name_behind(f"{office} {rest}" if ranked else rest) or (None if led else _name_after_title(rest))
    if behind is not None:
        inner, before = behind
        return _named(
            text,
            _join(honorific, inner.honorific, " "),
            before if ranked else _join(office, before, " "),
            *cut_name(inner.rest),
            inner.sex or sex,
            inner.office,
        )
    if led:
        return StatedParty(
            text, None, honorific or None, _without_article(_join(office, rest, " ")) or None, "office", sex=sex
        )
    if names_polity(text) and read_polity(text).kind == "international-organisation":
        return StatedParty(text, text, status="organization")
    if names_polity(text) or re.match(r"(?:the\s+)?(?:government|govt\.?)\s+of\b", text, re.IGNORECASE):
        return StatedParty(text, text, status="polity")
    if is_office(text):
        return StatedParty(text, None, title=_without_article(text), status="office", sex=_office_sex(text))
    return StatedParty(text, body_name(text), status="organization")


def _is_no_name(rest: str, first: str, tail: str) -> bool:
    """Whether what stands first belongs to a body ("Judiciary | of Namibia", "European Food | Safety Authority")."""
    if len(first.split()) == 1:
        return is_spaced(rest, first, tail)
    if tail.startswith("("):
        return is_body(tail.partition(")")[0])
    if is_body(first) or (tail.startswith("and ") and is_body(tail.partition(",")[0])):
        return is_spaced(rest, first, tail)
    if is_glued(rest, first, tail) and is_institution(tail.split(",", maxsplit=1)[0]):
        return True
    personal = len(first.split()) > 2 and re.search(r"\b(?:al|el|bin|ibn)[\s-]|\s[a-z]\.\s", first, re.IGNORECASE)
    return is_glued(rest, first, tail) and not (personal or is_office(tail) or opens_with_head(tail))


def _without_article(title: str) -> str:
    return re.sub(r"^the\s+", "", title, flags=re.IGNORECASE)


def _office_sex(text: str) -> Sex | None:
    known = party_words()
    words = [fold_word(word) for word in text.split()[:4] if fold_word(word) not in {"the"}]
    phrase = " ".join(words[:2])
    if not words:
        return None
    if phrase in known.female_offices or words[0] in known.female_offices:
        return "female"
    if phrase in known.male_offices or words[0] in known.male_offices - {"chairman"}:
        return "male"
    return None


def _join(left: str, right: str, mark: str) -> str:
    return mark.join(part for part in (left.strip(), right.strip()) if part)


def _named(
    text: str, honorific: str, office: str, name: str, tail: str, sex: Sex | None, late_office: str = ""
) -> StatedParty:
    name, suffix_tail = _with_suffix(name, tail)
    first, comma, more = suffix_tail.partition(", ")
    if honorific and comma and len(name.split()) == 1 and _continues_name(first):
        # "VADM Wu, Wei-Rong, Director General": a comma inside the name.
        name, suffix_tail = f"{name} {first}", more
    office = _join(office, late_office, " ")
    title = _title(office, suffix_tail)
    relation, of = None, None
    match = _RELATION.match(re.sub(r"^(?:the|his|her)\s+", "", title or "", flags=re.IGNORECASE))
    if match is not None:
        relation = f"{match['what'].casefold()} of"
        of = read_party(match["whom"].strip()[:_LONGEST_RELATIVE]).name or match["whom"].strip(" .,")
        sex = sex or _sex_of(match["what"])
    if not name:
        return StatedParty(text, body_name(text), status="organization")
    return StatedParty(text, name, honorific or None, title or None, "named", relation, of, None, sex)


def _continues_name(text: str) -> bool:
    known = party_words()
    titled = any(
        fold_word(word) in known.ranks or fold_word(word) in known.titular or is_demonym(word) for word in text.split()
    )
    return is_name(text) and not titled and not names_polity(text) and len(text.split()) <= 5


def _with_suffix(name: str, tail: str) -> tuple[str, str]:
    """Jr. and III belong to the name; M.P., Ph.D. and USN to nothing."""
    known = party_words()
    words = name.split()
    while len(words) > 1 and fold_word(words[-1]) in known.postnominals and (words[-1].isupper() or "." in words[-1]):
        words.pop()
    if re.match(r"(?:jr|sr|ii|iii|iv)\.?\s*--", tail, re.IGNORECASE):
        tail = tail.replace("--", ", ", 1)
    segments = tail.split(", ") if tail else []
    if segments and re.match(r"(?:al|el|bin|ibn|bint)[\s-]", segments[0], re.IGNORECASE) and is_name(segments[0]):
        words += segments.pop(0).split()
    while segments:
        word = fold_word(segments[0])
        if word in known.suffixes:
            words.append(segments.pop(0).strip())
        elif (word in known.postnominals and len(segments[0].split()) == 1) or re.fullmatch(
            r"[OEW]-\s?\d{1,2}", segments[0].strip()
        ):
            segments.pop(0)
        else:
            first, _, more = segments[0].partition(" ")
            if (
                more
                and fold_word(first) == "sr"
                and fold_word(more.split(maxsplit=1)[0]) in known.titular | known.modifiers
            ):
                break  # "Sr. Systems Engineer"
            if more and fold_word(first) in known.suffixes:
                words.append(first.strip(","))
                segments[0] = more
            elif (
                more
                and fold_word(first) in known.postnominals - {"am", "ma", "ch", "mg", "om"}
                and (first.isupper() or "." in first)
            ):
                segments[0] = more
            else:
                break
    clean = [word for word in words if fold_word(word) or word == words[0]]
    whole = " ".join(clean).strip(' ,;:-"“”')
    if whole.endswith(".") and len(clean[-1].strip(".")) > 1 and fold_word(clean[-1]) not in {"jr", "sr"}:
        whole = whole.rstrip(".")
    return whole, ", ".join(segments)


def _title(office: str, tail: str) -> str:
    """The offices behind the name; those before it where nothing or only a polity stands behind."""
    tail = re.sub(r"^(?:both|all|and|the|title:)\s+(?=\w)", "", tail.strip(" ,;-").lstrip(". "), flags=re.IGNORECASE)
    last = tail.rsplit(maxsplit=1)[-1] if tail else ""
    if last.endswith(".") and last.count(".") == 1 and fold_word(last) not in _ABBREVIATED:
        tail = tail[:-1]
    if not office:
        return "" if names_polity(tail) else tail
    if not tail:
        return office
    linked = re.match(r"(?:of|for|to|from|in)\s", tail)
    if linked or names_polity(tail):
        return f"{office} {tail}" if linked else f"{office}, {tail}"
    return tail if is_office(tail) or tail.startswith("(") else f"{office}, {tail}"


def cut_name(rest: str) -> tuple[str, str]:
    """The name at the front of a text, and what follows it: at a comma, a bracket, "of", or where a title begins without a comma.

    >>> cut_name("Eric Cantor Member of Congress")
    ('Eric Cantor', 'Member of Congress')
    """
    rest = re.sub(r"(?<=[a-z.])\s+[(“\"][A-Z][a-z]{1,12}[)”\"](?=\s[A-Z])", "", rest)
    match = re.search(
        r"[,;(]|--|:|(?<=[a-z]{3})\.\s(?=(?:He|She|They|It)\s)|\s(?:of|from|with|at|to|in|for|and|on|who|representing|by)\s|\s-\s",
        rest,
    )
    name, tail = (rest[: match.start()], rest[match.start() :]) if match else (rest, "")
    name, tail = name.strip(), tail.strip(" ,;:-")
    known, words = party_words(), name.split()
    for position in range(1, len(words)):
        word = fold_word(words[position])
        plain = words[position].rstrip(".")
        strong = word in known.titular and word not in known.surnames and word not in known.particles
        if position > 1 and plain.isupper() and len(plain) > 5 and not words[0].isupper():
            strong = True
        if (
            position + 1 < len(words)
            and is_demonym(words[position])
            and fold_word(words[position + 1]) in known.titular
        ):
            strong = True
        if position > 1 and position == len(words) - 1 and word in {"chief", "amir", "emir"} and tail:
            strong = True
        if (strong or (word in known.titular and _begins_title(words, position))) and len(plain) > 1:
            return " ".join(words[:position]), _join(
                " ".join(words[position:]), tail, ", " if match and match.group() in ",;" else " "
            )
    if (
        match
        and match.group().strip() == "of"
        and len(words) > 2
        and fold_word(words[-1]) in known.heads | known.rank_core
    ):
        return " ".join(words[:-1]), f"{words[-1]} {tail}"
    cut = _polity_at_end(words)
    if cut:
        return " ".join(words[:cut]), _join(" ".join(words[cut:]), tail, ", ")
    return name, tail


def _begins_title(words: list[str], position: int) -> bool:
    """A surname-like titular word begins a title when titular words follow ("... Governor General", not "... King")."""
    known = party_words()
    following = [fold_word(word) for word in words[position + 1 : position + 3]]
    return (
        bool(following)
        and position >= 2
        and all(word in known.titular and word not in known.surnames for word in following)
    )


def _polity_at_end(words: list[str]) -> int:
    """Where the name of a state begins that ends a name without a comma ("Sheikh Hasina Bangladesh"); 0 for none."""
    for length in (3, 2, 1):
        cut = len(words) - length
        if cut < 1 or (cut == 1 and length == 1 and len(words) < 2):
            continue
        tail = " ".join(words[cut:])
        if names_polity(tail) and not (
            length == 1 and (fold_word(tail) in polity_words().borne or read_polity(tail).part)
        ):
            return cut
    return 0


def _name_behind(rest: str) -> tuple[Lead, str] | None:
    """The person behind a title that comes first ("President of Azerbaijan, Heyder Aliyev"), and that title."""
    segments = [segment.strip() for segment in re.split(r",|--|;", rest)]
    for position in range(1, len(segments)):
        segment = segments[position]
        behind = ", ".join(segments[position:])
        before = ", ".join(segments[:position])
        if not segment:
            continue
        if opens_with_person(segment, strict=position > 2):
            lead = read_lead(behind)
            if is_name(cut_name(lead.rest)[0]):
                return lead, before
        last = position == 1 or all(_is_of_title(later) for later in segments[position + 1 :])
        if (
            last
            and is_office(segments[0])
            and len(segment.split()) >= 2
            and is_name(segment)
            and not names_polity(segment)
        ):
            return Lead("", "", None, behind), before
    return None


def _is_of_title(segment: str) -> bool:
    """Whether a part between commas is a polity, a body or an office, and no place or name."""
    known = party_words()
    titular = any(fold_word(word) in known.titular - known.surnames or word[:1].isdigit() for word in segment.split())
    return not segment or titular or names_polity(segment)


def _name_after_title(text: str) -> tuple[Lead, str] | None:
    """A title of unlisted words and the name behind it ("National Assembly Chairman Nguyen Phu Trong")."""
    known = party_words()
    segment, comma, more = text.partition(",")
    words = segment.split()
    for position in range(len(words) - 2, 0, -1):
        if fold_word(words[position]) in known.heads | known.rank_core:
            behind = words[position + 1 :]
            while len(behind) > 2 and fold_word(behind[0]) in known.ranks:
                behind = behind[1:]
            name = " ".join(behind)
            if len(behind) == 1 and fold_word(words[position]) not in known.rank_core - {"general", "major"}:
                return None
            if is_name(name) and read_polity(name).id is None:
                return Lead("", "", None, f"{name}{comma}{more}"), " ".join(words[: position + 1])
            return None
    return None
