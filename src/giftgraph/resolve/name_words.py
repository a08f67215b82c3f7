"""The words of `name_words.toml`: honorifics, particles, offices of one holder, and the like."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("name_words.toml")


@cache
def _tables() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in tomllib.loads(_WORDS.read_text(encoding="utf-8")).items()}


def name_words(table: str) -> frozenset[str]:
    """The words of one table.

    >>> "sheikha" in name_words("female")
    True
    """
    return _tables()[table]
