"""A cell's text without the marks of print (entities, footnotes, leaders, line-break hyphens), and whether it names nobody."""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"\[([A-Za-z]{2,8}|[A-Za-z] [a-z]{4,6})\]")  # also "[g breve]"
_FOOTNOTE = re.compile(r"\\\d{0,3}\\|<[^<>]{0,40}>|\*{1,3}(?=\s|$)")
_LEADERS = re.compile(r"\.{3,}|(?: \.){3,}")
_BROKEN = re.compile(r"(?<=[^\W\d_])-\s+(?=[^\W\d_])")
_SPACED = re.compile(r"\s+([,;.:)])(?=\s|$)")
_STOP = re.compile(r"(?<=[^\W\d_]{3})\.+$|(?<=[\d)])\.+$|\.{2,}$|\s\.$")
_CITATION = re.compile(r"[\s,;(]*\b50?\s*U\.?\s?S\.?\s?C\.?.*$", re.IGNORECASE)
_WITHHELD = re.compile(
    r"(?:5|50)\s*U\.?\s?S\.?\s?C|\bwithheld\b|\bclassified\b|\bredacted\b|7342\s?\(f\)|403-\d|\bname protected\b|3024\s?\(i\)"
    r"|^(?:the )?national security act",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"^(?:(?:name|donor|identity|source|country|donor'?s? (?:name|identity))\s+(?:is\s+)?)?(?:unknown|unkown|unidentified|anonymous"
    r"|not known|undetermined|not identified|no individual indicated)"
    r"(?:[\s,;]+(?:foreign\s+)?(?:government\s+)?(?:officials?|donors?|individuals?|persons?|sources?|country|giver|name)?)*[\s.\d]*$"
    r"|^unknown foreign government official(?: donor)?\b|^unknown\b.{0,40}\bdonor$|^country unknown$"
    r"|.{0,60}\bno individual indicated$",
    re.IGNORECASE,
)
_LAWS = ("national security act of 1947", "national security act")
_NOTHING = re.compile(
    r"^(?:n/?a|none|negative|not stated|not applicable|nil|not available|unstated|do)?[\s.\-*:]*$", re.IGNORECASE
)


def clean_text(text: str) -> str:
    """The text with letters for entities, one space between words, no footnotes, leaders and line-break hyphens; never longer.

    >>> clean_text("Mr. Jan Ham[aacute][ccirc]ek,  Deputy Commander- in-Chief......")
    'Mr. Jan Hamáĉek, Deputy Commander-in-Chief'
    """
    plain = _ENTITY.sub(_letter, text.replace("\x00", ""))
    plain = _LEADERS.sub(" ", _FOOTNOTE.sub(" ", plain))
    plain = plain.replace("(?)", " ")
    plain = plain.replace("``", "“").replace("''", "”").replace("’", "'").replace("`", "'")
    plain = re.sub(r"\s+", " ", plain).strip()
    plain = _SPACED.sub(r"\1", _BROKEN.sub("-", plain))
    plain = re.sub(r"[\s,;:]+\.?$", "", plain.strip(" ,;:"))
    return _STOP.sub("", plain).strip(" ,;:")


def _letter(match: re.Match[str]) -> str:
    letter = html.unescape(f"&{match.group(1).replace(' ', '')};")
    return letter if len(letter) == 1 and letter.isalpha() else match.group()


def drop_citation(text: str) -> str:
    """The text without the law by which a name is withheld, where something stands before it.

    >>> drop_citation("General Tantawi, Egypt 5 U.S.C. 7342(f)(4)")
    'General Tantawi, Egypt'
    """
    return _CITATION.sub("", text).strip(" ,;(")


def stated_status(text: str) -> str | None:
    """`withheld`, `unknown` or `not stated` where a whole text says so, else null.

    >>> stated_status("5 U.S.C. 7342(f)(4)"), stated_status("Unknown"), stated_status("N/A"), stated_status("Government of Oman")
    ('withheld', 'unknown', 'not stated', None)
    """
    plain = text.strip(" .,;:()[]")
    if _NOTHING.match(plain):
        return "not stated"
    if _WITHHELD.search(plain):
        rest = drop_citation(plain)
        return None if rest != plain and len(rest.split()) > 1 and not rest.casefold().endswith(_LAWS) else "withheld"
    if _UNKNOWN.match(plain):
        return "unknown"
    return None
