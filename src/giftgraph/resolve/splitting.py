"""A cell that names several parties, cut into one text a party.

A cut stands where a person or an organisation begins: after "and", ";", ",", ".", "/". The words decide, not the mark:
"Minister of Trade and Industry" is one, "Jerry Crawford and Cecilia Swensen, both Intelligence Analysts" are two.
"""

from __future__ import annotations

import re
from functools import lru_cache

from giftgraph.resolve.party_words import party_words
from giftgraph.resolve.polities import names_polity
from giftgraph.resolve.polity_index import find_names, split_words
from giftgraph.resolve.titles import fold_word, is_name, opens_with_person, read_lead

_CUT = re.compile(
    r"\s*,?\s+(?:and|&|And|AND)\s+(?:also\s+)?|\s*;\s*|\s*,\s+|\.\s+|\s*/\s+|\s+/\s*|/(?=[A-Z])|\s+\+\s+|\s+-{1,2}\s+"
)
_STRONG_BODY = re.compile(
    r"^(?:the\s+)?(?:ministry|embassy|government|university|bank|department|office|council|institute|academy|organi[sz]ation|association"
    r"|european|united nations|international|national|federal|german|japan\w*|foundation|chamber|city)\b",
    re.IGNORECASE,
)
_FEMALE_COUNTERPART = re.compile(
    r"^(?:the\s+)?(?:(?:first|second) lady|queen|empress|(?:crown )?princess|duchess|sultana"
    r"|spouse|wife|his wife|his spouse|her husband|husband"
    r"|mrs\.?|madame?|family|her majesty|daughters?|sons?|children|companion|guests?)\b",
    re.IGNORECASE,
)
_RELATION_OPEN = re.compile(r"\b(?:spouse|wife|husband|widow|daughter|son|mother) (?:of|to)\b", re.IGNORECASE)
_RANK_AND_WIFE = re.compile(r"(?P<rank>(?:[A-Z][\w.]+\s+){1,3})(?:and|&)\s+(?:Mrs|Mme|Madame)\b")
_CAP = 60


def split_parties(text: str) -> list[tuple[str, str]]:
    """The parties of a cell, each with the mark before it (`and`, `;`, `,`, `.`, `/`; empty for the first).

    >>> split_parties("His Excellency Hu Jintao and Mrs. Liu Yongqing, President and First Lady of China")
    [('', 'His Excellency Hu Jintao'), ('and', 'Mrs. Liu Yongqing, President and First Lady of China')]
    >>> len(split_parties("Minister of Trade and Industry of Kenya"))
    1
    """
    text = (
        re.sub(r"^messrs\.?\s+", "Mr. ", text, flags=re.IGNORECASE)
        if not re.match(r"messrs", text, re.IGNORECASE)
        else text
    )
    if re.match(r"messrs\.?\s", text, re.IGNORECASE):
        return _split_messrs(text)
    listed = _name_list(text)
    if listed:
        return listed
    text = _part_unjoined(text)
    parts: list[tuple[str, str]] = []
    joiner, start, position = "", 0, 0
    while len(parts) < _CAP:
        match = _CUT.search(text, position)
        if match is None:
            break
        left, right = text[start : match.start()].strip(), text[match.end() :].strip()
        mark = match.group().strip(" ,").casefold() or ","
        mark = "and" if mark.startswith(("and", "&", "+")) else mark
        # A mark that parts nothing may end in the space with which the next one begins ("Mr. & Mrs.").
        position = max(match.start() + 1, match.end() - 1)
        if left and right and not _inside_brackets(text[start : match.start()]) and _begins_party(left, right, mark):
            parts.append((joiner, left))
            joiner, start = mark, match.end()
            position = start
    last = text[start:].strip()
    if last:
        parts.append((joiner, last))
    return parts


def _part_unjoined(text: str) -> str:
    """A semicolon where a second person follows the first one's polity with nothing between ("of Peru Ana Ruiz, Lima")."""
    words = split_words(text)
    for _, after, name in find_names(words):
        if name.kind != "name" or after >= len(words):
            continue
        before, behind = text[: words[after - 1].end], text[words[after - 1].end :]
        if not re.match(r"\s+[A-Z]", behind) or not re.search(r",[^,]*\bof (?:the )?[^,]*$", before):
            continue
        person, _, place = behind.strip().partition(",")
        if (
            2 <= len(person.split()) <= 4
            and is_name(person)
            and not find_names(split_words(person))
            and names_polity(place)
            and _has_name(text)
        ):
            return f"{before}; {behind.lstrip()}"
    return text


def _inside_brackets(left: str) -> bool:
    return left.count("(") > left.count(")")


def _split_messrs(text: str) -> list[tuple[str, str]]:
    rest = text.split(None, 1)[1]
    names, position = [], 0
    for match in re.finditer(r"\s*,\s+(?:and\s+)?|\s+and\s+|\s*;\s*", rest):
        if not is_name(re.split(r"[,;]|\s+and\s+", rest[match.end() :], maxsplit=1)[0]):
            break
        names.append(rest[position : match.start()])
        position = match.end()
    names.append(rest[position:])
    return [("and" if index else "", f"Mr. {name}") for index, name in enumerate(names)]


def _name_list(text: str) -> list[tuple[str, str]]:
    """ "Aref Abdulrahman, Mohammed BaNafea, Abdul Salam": every part is a full name and nothing else."""
    parts = [part for part in re.split(r"\s*[,;]\s+(?:and\s+)?|\s+and\s+", text) if part]
    if len(parts) < 3 or len(parts) > _CAP:
        return []
    if not all(len(part.split()) >= 2 and is_name(part) and not names_polity(part) for part in parts):
        return []
    return [("," if index else "", part) for index, part in enumerate(parts)]


def _begins_party(left: str, right: str, mark: str) -> bool:
    first = re.split(r",|;|\s+and\s+|\.\s", right, maxsplit=1)[0].strip()
    if mark == ".":
        return (
            opens_with_person(right, strict=True)
            and len(left.rsplit(maxsplit=1)[-1].rstrip(".")) > 2
            and _has_name(left)
        )
    if mark == ",":
        return _begins_after_comma(left, right)
    if mark in {"/", "-", "--"}:
        return _has_name(left) and opens_with_person(right, strict=True) and mark == "/"
    if mark == ";":
        if (opens_with_person(right) or (_is_full_name(first) and "/" not in first)) and _has_name(left):
            return True
        return _opens_with_body(left) and _opens_with_body(right) and (names_polity(left) or not names_polity(right))
    # "and"
    if "," in left and re.match(
        r"(?:the\s+)?(?:spouse|wife|husband|son|daughter|widow|mother|member) of\s", right, re.IGNORECASE
    ):
        return False
    if _opens_with_rank_and_wife(right):
        return True
    if _FEMALE_COUNTERPART.match(right):
        return _counterpart_begins(left, right)
    if opens_with_person(right):
        return True
    if _accompanies(right):
        return True
    if _is_full_name(first) and _has_name(left) and not _is_open_title(left):
        return True
    if (
        len(first.split()) == 1
        and first == right.strip()
        and is_name(first)
        and _is_bare_office(left)
        and not names_polity(first)
    ):
        return True
    return (
        bool(_STRONG_BODY.match(right))
        and _opens_with_body(left)
        and (not (open_end := re.search(r"\b(?:of|for)\s+(\w+)$", left)) or names_polity(open_end[1]))
        and _is_whole_body(left, right)
    )


def _opens_with_rank_and_wife(right: str) -> bool:
    """ "Vice Admiral and Mrs. Mameesh" """
    match = _RANK_AND_WIFE.match(right)
    known = party_words()
    return match is not None and all(
        fold_word(word) in known.ranks | known.honorifics for word in match["rank"].split()
    )


def _is_whole_body(left: str, right: str) -> bool:
    """Both sides carry their own object: "OECD and the Ministry of Education", not "Ministry of Health and National Welfare"."""
    return bool(
        re.match(
            r"^(?:the\s+)?(?:ministry|embassy|government|university|bank|department|office|institute|academy)\s+(?:of|for)\b|^the\s+",
            right,
            re.IGNORECASE,
        )
    ) or (len(left.split()) == 1)


def _accompanies(right: str) -> bool:
    """ "two accompanying staff members", "spouse", "six guests": somebody who comes with the one named before."""
    return bool(
        re.match(
            r"^(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|his|her|their|\d{1,2})\s+)?(?:accompanying\s+\w+"
            r"|spouse|wife|husband|family|guests?|staff members?|daughters?|sons?|children)\b",
            right,
            re.IGNORECASE,
        )
    )


def _counterpart_begins(left: str, right: str) -> bool:
    """Whether "and First Lady ..." begins a person of its own, or ends the title of two named before."""
    if opens_with_person(right):
        return True
    kin = re.match(r"(?:spouse|wife) of (?P<whom>.+)", right, re.IGNORECASE)
    if kin and names_polity(kin["whom"].rstrip(" .")) and "," in left:
        return False
    after = re.split(r"[,;]\s*", left)
    return not (len(after) > 1 and _is_bare_office(after[-1]) and _has_name(left))


@lru_cache(maxsize=20_000)
def _is_bare_office(text: str) -> bool:
    """ "President", "First Lady", "The King": an office and no name, before a comma."""
    known = party_words()
    words = [fold_word(word) for word in re.sub(r"^their \w+,?\s+", "", text, flags=re.IGNORECASE).split()]
    words = [word for word in words if word not in {"the", "and", "&"}]
    return (
        bool(words)
        and all(word in known.heads or word in known.modifiers for word in words)
        and any(word in known.heads for word in words)
    )


@lru_cache(maxsize=20_000)
def _has_name(left: str) -> bool:
    """Whether a text opens with a person who is named."""
    if opens_with_person(left):
        rest = read_lead(left).rest
        return bool(rest) and is_name(re.split(r",|;|\(|--|\s+of\s+", rest, maxsplit=1)[0].strip() or "x")
    first = re.split(r",|;|\(|--|\s+of\s+|\s+and\s+", left, maxsplit=1)[0].strip()
    title, comma, name = left.rpartition(", ")
    return _is_full_name(first) or (bool(comma) and _is_full_name(name) and _is_office_of_polity(title))


def _is_office_of_polity(title: str) -> bool:
    """ "Prime Minister of Pakistan", before the name."""
    office, of, polity = title.partition(" of ")
    return bool(of) and _is_bare_office(office) and names_polity(polity)


def _is_full_name(text: str) -> bool:
    return len(text.split()) >= 2 and is_name(text) and not names_polity(text)


def _is_open_title(left: str) -> bool:
    """Whether a text ends inside a title that "and" continues: "Minister of Foreign Affairs", with the name before."""
    tail = re.split(r"[,;]|(?<=\w)\s+of\s+(?=[^,;]*$)", left)[-1]
    return len(tail) < len(left) and not _has_name(tail) and not names_polity(re.split(r"\s+of\s+", tail)[-1])


def _opens_with_body(text: str) -> bool:
    known = party_words()
    first = re.split(r"[,;]", text, maxsplit=1)[0]
    if opens_with_person(first) or _is_full_name(first):
        return False
    return any(fold_word(word) in known.bodies for word in first.split()) or names_polity(first)


def _is_royal(office: str) -> bool:
    known = party_words()
    return fold_word(office.rsplit(maxsplit=1)[-1]) in known.male_offices | known.female_offices - {
        "chairman",
        "congressman",
    }


def _begins_after_comma(left: str, right: str) -> bool:
    if not _has_name(left):
        return False
    first = re.split(r",|;|\s+and\s+", right, maxsplit=1)[0].strip()
    if _RELATION_OPEN.search(left):
        return False
    if opens_with_person(right, strict=True):
        # A style may stand again before the title ("..., Her Majesty the Queen"); a person has a name.
        rest = read_lead(right).rest
        name = re.split(r",|;|\(|\s+and\s+", rest, maxsplit=1)[0]
        return is_name(name) or is_name(re.split(r"\s+of\s+", name)[0])
    if opens_with_person(right):
        lead = read_lead(first)
        name = re.split(r"\s+of\s+", lead.rest, maxsplit=1)[0]
        if lead.office and not _is_royal(lead.office):
            # "Legislative Assistant, Senator Lindsey Graham" names whom one works for.
            return False
        return _is_full_name(name) and ("," in left or bool(re.search(r",\s", right)))
    if _is_full_name(first) and re.match(r"[^,;]+,\s+(?:spouse|wife)\b(?!\s+of)", right, re.IGNORECASE) and "," in left:
        return True
    # "David Dodge, Governor, | Gordon Thiessen, and John Crow, former Governors": a list of names goes on behind an office.
    following = re.match(r"[^,;]+,?\s+and\s+(?P<next>[^,;]+)", right)
    return (
        following is not None
        and _is_full_name(first)
        and _is_full_name(following["next"])
        and _is_bare_office(left.rsplit(",", 1)[-1])
    )
