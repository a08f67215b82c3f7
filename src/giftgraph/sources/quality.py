"""How well a register was read: for each document and field how many blocks state it, and what became of the statement.

Written beside the register's data as `quality.csv` when the data is made, and shown as a page of the documentation.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Literal

from giftgraph.sources.records import Block, Party

Outcome = Literal["normalised", "unsure", "withheld", "unreadable", "not stated"]

_UNKNOWN = {"", "unknown", "n/a", "na", "not available", "not applicable", "none", "unavailable"}


@dataclass(frozen=True, slots=True)
class FieldQuality:
    """The blocks of one document by what became of one field.

    `stated` is the number of blocks whose cell says something: the sum of `normalised`, `unsure` (several candidates are named),
    `withheld` (the document says that it withholds) and `unreadable` (the text is kept, no value is claimed). The other
    blocks state nothing, or that the thing is unknown.
    """

    document: str
    year: int
    field: str
    blocks: int
    stated: int
    normalised: int
    unsure: int
    withheld: int
    unreadable: int


def _said(text: str) -> bool:
    return text.strip(" .-\u2014*").casefold() not in _UNKNOWN


def _judge_text(text: str, value: object) -> Outcome:
    if value is not None and value != ():
        return "normalised"
    return "unreadable" if _said(text) else "not stated"


def _judge_parties(parties: Sequence[Party]) -> Outcome:
    if any(party.candidates and party.id is None for party in parties):
        return "unsure"
    if any(party.id is not None for party in parties):
        return "normalised"
    statuses = {party.status for party in parties}
    if "withheld" in statuses:
        return "withheld"
    return "not stated" if statuses <= {"unknown", "not stated"} else "unreadable"


def _judge_polity(block: Block) -> Outcome:
    if block.donor_polity is not None:
        return "normalised"
    # A cell may say who gave without saying from where; what it does not say cannot be unreadable.
    return "withheld" if any(party.status == "withheld" for party in block.donors) else "not stated"


def _judge_value(block: Block) -> Outcome:
    return _judge_text(block.as_stated.get("value", ""), block.value and block.value.amount)


FIELDS: dict[str, Callable[[Block], Outcome]] = {
    "agency": lambda block: _judge_text(block.as_stated.get("agency", ""), block.agency or None),
    "recipients": lambda block: _judge_parties(block.recipients),
    "donors": lambda block: _judge_parties(block.donors),
    "donor polity": _judge_polity,
    "gifts": lambda block: _judge_text(block.as_stated.get("gift", ""), block.gifts),
    "date": lambda block: _judge_text(block.as_stated.get("date", ""), block.date),
    "value": _judge_value,
    "disposition": lambda block: _judge_text(block.as_stated.get("disposition", ""), block.disposition),
}


def measure_quality(blocks: Iterable[Block], years: dict[str, int]) -> tuple[FieldQuality, ...]:
    """One line for each document and field, in the order of the documents in `years` (document number to year reported).

    >>> from giftgraph.sources.records import Gift
    >>> gifts, cells = (Gift("Vase", "glass"),), {"date": "Unknown"}
    >>> block = Block("95-1", "p1:l1", "State", "tangible", (), (), None, gifts, None, None, None, cells)
    >>> [(row.field, row.stated) for row in measure_quality([block], {"95-1": 1994}) if row.field in ("gifts", "date")]
    [('gifts', 1), ('date', 0)]
    """
    found: dict[tuple[str, str], Counter[Outcome]] = {}
    for block in blocks:
        for field, judge in FIELDS.items():
            found.setdefault((block.source, field), Counter())[judge(block)] += 1
    rows = []
    for document, year in years.items():
        for field in FIELDS:
            outcomes = found.get((document, field), Counter())
            total = outcomes.total()
            rows.append(
                FieldQuality(
                    document,
                    year,
                    field,
                    total,
                    total - outcomes["not stated"],
                    outcomes["normalised"],
                    outcomes["unsure"],
                    outcomes["withheld"],
                    outcomes["unreadable"],
                )
            )
    return tuple(rows)


def write_quality(rows: Sequence[FieldQuality]) -> str:
    """The lines as CSV."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [field.name for field in fields(FieldQuality)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return stream.getvalue()


def read_quality(text: str) -> tuple[FieldQuality, ...]:
    """The lines of a `quality.csv`, as `write_quality` wrote them."""
    numbers = {field.name for field in fields(FieldQuality) if field.type == "int"}
    return tuple(
        FieldQuality(**{name: int(cell) if name in numbers else cell for name, cell in row.items()})  # type: ignore[arg-type]
        for row in csv.DictReader(io.StringIO(text))
    )


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({100 * part / whole:.1f} %)" if whole else "0 of 0"


def describe_quality(rows: Sequence[FieldQuality], title: str, gaps: Sequence[str], command: str) -> str:
    """The page as Markdown: all documents together, each field by document, and what is known to be missing."""
    lines = [
        f"# Data quality: {title}",
        "",
        f"Generated by `make docs` from the numbers that `{command}` writes with the data. *Stated*: blocks whose cell says",
        "something. *Normalised*: a value, a code or an entity is claimed. *Unsure*: several candidates are named, none is claimed.",
        "*Withheld*: the document says that it withholds. *Not readable*: the text stays in the record, no value is claimed.",
        "",
        "## What is missing",
        "",
        *(f"- {gap}" for gap in gaps),
        "",
        "## All documents",
        "",
        "| field | stated, of all blocks | normalised, of those stated | unsure | withheld | not readable |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for field in FIELDS:
        of = [row for row in rows if row.field == field]
        blocks, stated, normalised = (sum(getattr(r, n) for r in of) for n in ("blocks", "stated", "normalised"))
        unsure, withheld, unreadable = (sum(getattr(r, n) for r in of) for n in ("unsure", "withheld", "unreadable"))
        cells = (_share(stated, blocks), _share(normalised, stated), f"{unsure:,}", f"{withheld:,}", f"{unreadable:,}")
        lines.append(f"| {field} | " + " | ".join(cells) + " |")
    for field in FIELDS:
        lines += [
            "",
            f"## {field[0].upper()}{field[1:]}",
            "",
            "| year reported | document | blocks | stated | normalised | unsure | withheld | not readable |",
            "|---:|---|---:|---:|---:|---:|---:|---:|",
        ]
        for row in rows:
            if row.field == field:
                counts = (row.blocks, row.stated, row.normalised, row.unsure, row.withheld, row.unreadable)
                lines.append(f"| {row.year} | {row.document} | " + " | ".join(f"{n:,}" for n in counts) + " |")
    return "\n".join(lines) + "\n"
