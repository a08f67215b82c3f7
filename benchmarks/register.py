"""A register-sized dataset: the shipped exchanges again and again, each time with ids of their own, between the same persons."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from giftgraph.resources import data_file

_COPIED = re.compile(
    r"(<https://w3id\.org/giftgraph/id/(?:exchange|gift|participation|appraisal|custody|claim)/[^>]*)>"
)


def write_register(target: Path, statements: int) -> int:
    """Write at least that many statements as N-Triples; gives how many were written."""
    lines = ox.serialize((quad.triple for quad in ox.parse(path=data_file())), format=ox.RdfFormat.N_TRIPLES)
    shipped = (lines or b"").decode().splitlines(keepends=True)
    copied = [line for line in shipped if _COPIED.match(line)]
    written = len(shipped)
    with target.open("w", encoding="utf-8") as stream:
        stream.writelines(shipped)
        copy = 1
        while written < statements:
            ending = rf"\g<1>-r{copy}>"
            stream.writelines(_COPIED.sub(ending, line) for line in copied)
            written += len(copied)
            copy += 1
    return written
