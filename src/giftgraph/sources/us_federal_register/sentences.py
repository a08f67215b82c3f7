"""Sentences of a gift cell: where one ends, and which of them say what became of the gift."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giftgraph.sources.us_federal_register.words import disposition_opening

# A full stop or semicolon ends a sentence unless an abbreviation or an initial stands before it.
_END = re.compile(r"(?:[.;]+(?:''|\)|\"(?=\s|$))*|(?<=\d)\))\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Est|Approx|approx|Rm|Bldg|Gen|Col|Lt|Maj|Capt|Adm|Sgt|Dr|Mr|Mrs|Ms|St|No|Nos|Sec|Dept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|"
    r"Dec|Ave|Blvd|Inc|Ltd|Co|Corp|vs|Rec|Recd|Rec'd|Ext|ca|c|cm|in|oz|ft|diam|Jr|Sr|Hon|Prof|Rep|Sen|Amb|Govt|Gov|Intl|Natl|Pres|Vol|pp?)|"
    r"(?<![A-Za-z])(?:[A-Za-z]\.)*[A-Z])$"
)
# Set phrases behind which a gift may follow without a stop.
_FIXED = re.compile(
    r"(?:Archives? Foreign|Secretary of the Senate|Services Administration|Government Property|Secret Service [Pp]olicy),?\s(?=[A-Z])"
)


def sentences(text: str, position: int = 0) -> Iterator[tuple[int, int]]:
    """The offsets of the sentences of a text from a position on, each with its stop and the blanks behind it.

    >>> [("Est. 3. Archives. A box."[a:b]) for a, b in sentences("Est. 3. Archives. A box.")]
    ['Est. 3. ', 'Archives. ', 'A box.']
    """
    start = position
    for match in _END.finditer(text, position):
        if match.end() < len(text) and (
            _ABBREVIATION.search(text[max(0, match.start() - 12) : match.start()]) and match[0].startswith(".")
        ):
            continue
        if text[match.start() : match.start() + 1] == ")" and not text[match.end() : match.end() + 1].isupper():
            continue
        following = text[match.end() : match.end() + 1]
        if match[0].strip() == "." and not match[0].endswith(" ") and following.isdigit():
            continue
        if following.islower() and match[0].startswith("."):
            continue
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def disposition_end(text: str, position: int) -> int:
    """The offset behind the sentences, from a position on, that say what became of the gift.

    >>> text = "$40. Archives Foreign. Two books of stamps. Rec'd--"
    >>> text[disposition_end(text, 3):]
    "Two books of stamps. Rec'd--"
    """
    end = position
    for start, stop in sentences(text, position):
        said = text[start:stop]
        if said.strip(" .,;)") and not opens_disposition(said):
            break
        end = stop
    return end


def fixed_end(text: str, start: int, end: int) -> int | None:
    """Where a set phrase such as "Archives Foreign" ends without a stop before the next gift; None where none does."""
    match = _FIXED.search(text, start, end)
    return match.end() if match else None


def opens_disposition(sentence: str) -> bool:
    """Whether a sentence says what became of a gift."""
    return bool(disposition_opening().match(sentence))
