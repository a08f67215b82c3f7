"""The words of the notices from `words.toml`, compiled once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def kind_words(name: str) -> re.Pattern[str]:
    """A pattern of the table `kinds`.

    >>> bool(kind_words("expenses").search("Airfare and meals."))
    True
    """
    return re.compile("|".join(_table()["kinds"][name]), re.IGNORECASE)


@cache
def thing_words() -> re.Pattern[str]:
    """The words for things, as whole words.

    >>> thing_words().search("An antique glass bowl")[0]
    'bowl'
    """
    return re.compile(rf"\b(?:{'|'.join(_table()['kinds']['things'])})\b", re.IGNORECASE)


@cache
def disposition_opening() -> re.Pattern[str]:
    """How a sentence begins that says what became of a gift.

    >>> bool(disposition_opening().match("Archives Foreign.")), bool(disposition_opening().match("A box."))
    (True, False)
    """
    return re.compile(rf"[\s.,;:)-]*(?:{'|'.join(_table()['opens_disposition'])})")


@cache
def disposition_rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The codes of dispositions with their patterns, in the order in which they are asked."""
    return tuple(
        (rule["code"], re.compile("|".join(rule["patterns"]), re.IGNORECASE)) for rule in _table()["disposition"]
    )
