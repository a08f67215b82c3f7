"""The agency of a table as people know it, from its heading as printed."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_LABEL = re.compile(r"\s*(?:agency|entity)\s*(?::|--?)\s*", re.IGNORECASE)
_CONTINUED = re.compile(r"\s*-*\s*\(?continued\)?\s*$", re.IGNORECASE)


def name_agency(heading: str, document: str = "") -> str:
    """The agency's name; a heading that is on no list is kept without its label.

    `document` decides where a heading names no agency by itself ("Office of the Secretary").

    >>> name_agency("AGENCY: U.S. Senate--Continued")
    'United States Senate'
    >>> name_agency("Departmental Offices", "95-13832")
    'Department of the Treasury'
    >>> name_agency("Agency: The Peace Corps")
    'Peace Corps'
    """
    printed = strip_label(heading)
    names = _names()
    short = re.sub(r"^The\s+", "", printed)
    for key in (printed, short):
        for scope in (document, ""):
            if (key.casefold(), scope) in names:
                return names[key.casefold(), scope]
    return short


def strip_label(heading: str) -> str:
    """The heading without "AGENCY:" before it and "--Continued" behind it."""
    text = " ".join(heading.split())
    text = _CONTINUED.sub("", _LABEL.sub("", text, count=1) if _LABEL.match(text) else text)
    return text.strip(" .-[]")


@cache
def _names() -> dict[tuple[str, str], str]:
    with Path(__file__).with_name("agencies.csv").open(encoding="utf-8", newline="") as file:
        return {(row["printed"].casefold(), row["document"]): row["agency"] for row in csv.DictReader(file)}
