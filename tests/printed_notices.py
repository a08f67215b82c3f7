"""Notices set in type as the Federal Register sets them, with invented contents: for tests of the reader."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

WIDE = (0, 39, 64, 89, 112)
NARROW = (0, 19, 38, 56, 72)
THREE = (0, 30, 52, 72)
HEADER = (
    "Name and title of person accepting the gift on behalf of the U.S. Government",
    "Gift, date of acceptance, estimated value, and current disposition or location",
    "Identity of foreign donor and government",
    "Circumstances justifying acceptance",
)
REASON = "Non-acceptance would cause embarrassment to donor and U.S. Government."
GIFT = "Bowl of blue glass. Rec'd--March 4, 2004. Est. Value--$300. Archives Foreign."

Cells = Sequence[str]


@dataclass(frozen=True)
class Printed:
    """A table: its heading, and rows of cells; a row that is one text stands for itself, as a page mark does."""

    heading: Sequence[str] = ("AGENCY: Department of Sundials", "[Report of Tangible Gifts]")
    rows: Sequence[Cells | str] = field(default_factory=list)
    columns: Sequence[int] = WIDE
    header: Sequence[str] = HEADER


def set_notice(*tables: Printed, number: str = "04-99999", first: int = 100, last: int = 109, year: int = 2004) -> str:
    """The text of a whole notice."""
    head = f"""<html>
<head>
<title>Federal Register, Volume 70 Issue 9 (Friday, January 14, 2005)</title>
</head>
<body><pre>[Federal Register Volume 70, Number 9 (Friday, January 14, 2005)]
[Notices]
[Pages {first}-{last}]
From the Federal Register Online
[FR Doc No: {number}]


=======================================================================
-----------------------------------------------------------------------

DEPARTMENT OF STATE

Office of Protocol; Gifts to Federal Employees From Foreign
Government Sources Reported to Employing Agencies in Calendar Year {year}

    A sentence of the department, and its signature.

"""
    foot = f"\n[FR Doc. {number} Filed 1-13-05; 8:45 am]\nBILLING CODE 0000-00-P\n\n\n</pre></body>\n</html>"
    return head + "\n\n".join(set_table(table) for table in tables) + "\n" + foot


def set_table(table: Printed) -> str:
    """A table between its rules, with its heading centred above."""
    width = table.columns[-1]
    rule = "-" * width
    lines = [text.center(width).rstrip() for text in table.heading] + [rule]
    spans = list(pairwise(table.columns))
    wrapped = [textwrap.wrap(text, end - start - 2) for text, (start, end) in zip(table.header, spans, strict=False)]
    depth = max(map(len, wrapped))
    centred = [
        [text.center(end - start - 2) for text in [""] * (depth - len(part)) + part]
        for part, (start, end) in zip(wrapped, spans, strict=False)
    ]
    lines += ["  ".join(parts).rstrip() for parts in zip(*centred, strict=True)] + [rule]
    for row in table.rows:
        lines += [row] if isinstance(row, str) else set_row(row, table.columns)
    return "\n".join([*lines, rule])


def set_row(cells: Cells, columns: Sequence[int] = WIDE) -> list[str]:
    """The lines of a row: wrapped lines are indented by one, a recipient or donor of one line gets leaders."""
    spans = list(pairwise(columns))
    parts = []
    for index, (text, (start, end)) in enumerate(zip(cells, spans, strict=False)):
        room = end - start - (0 if index == len(spans) - 1 else 2)
        part = textwrap.wrap(text, room - 1, break_on_hyphens=False)
        part = part[:1] + [f" {line}" for line in part[1:]]
        if len(part) == 1 and index != 1 and index < len(spans) - 1:
            part = [part[0].rstrip(".").ljust(room, ".")]
        parts.append(part)
    lines = []
    for depth in range(max(map(len, parts))):
        line = ""
        for part, (start, _) in zip(parts, spans, strict=False):
            line = line.ljust(start) + (part[depth] if depth < len(part) else "")
        lines.append(line.rstrip())
    return lines
