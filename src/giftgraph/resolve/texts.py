"""Rows of texts to resolve, from a CSV file or the command line: checked, capped, with the place of each for messages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from giftgraph.dates import read_bounds
from giftgraph.errors import DateInvalid, TextsInvalid

if TYPE_CHECKING:
    from giftgraph.resolve.resolution import PartyQuery

_LARGEST = 50_000_000
_LARGEST_RECORDS = 500_000_000
_LONGEST_LINE = 100_000
_LONGEST_TEXT = 20_000
_LONGEST_RECORD = 2_000_000


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text, the EDTF date and the id of the polity that go with it, each null where not given."""

    text: str
    date: str | None = None
    polity: str | None = None


def check_row(text: str, date: str | None, polity: str | None, where: str) -> TextRow:
    """A row whose date exists and whose polity is known. Raises TextsInvalid naming `where`.

    >>> check_row("Amir of Qatar", "2013-06", "QA", "rows.csv:2")
    TextRow(text='Amir of Qatar', date='2013-06', polity='qat')
    """
    if "\x00" in text:
        raise TextsInvalid(f"{where}: the text holds a NUL byte")
    if len(text) > _LONGEST_TEXT:
        raise TextsInvalid(f"{where}: the text has {len(text)} characters, more than {_LONGEST_TEXT}")
    date = (date or "").strip() or None
    if date is not None:
        try:
            read_bounds(date)
        except DateInvalid as error:
            raise TextsInvalid(f"{where}: {error}") from None
    return TextRow(text.strip(), date, read_code((polity or "").strip(), where))


def read_code(code: str, where: str) -> str | None:
    """The id of a polity from an ISO code, an id of the graph or a name; null for nothing."""
    if not code:
        return None
    from giftgraph.resolve.polities import read_polity

    found = _polity_of_code(code.casefold()) or (read_polity(code[:200]).id if len(code) > 3 else None)
    if found is None:
        raise TextsInvalid(
            f"{where}: {code[:40]!r} is no polity: give an ISO alpha-2 code, an id such as un, or a name"
        )
    return found


def _polity_of_code(code: str) -> str | None:
    from giftgraph.resolve.territories import alpha2_codes, polities_by_alpha2

    if code in alpha2_codes():
        return code
    if code in polities_by_alpha2():
        return polities_by_alpha2()[code]
    return code if code in _polity_ids() else None


@cache
def _polity_ids() -> frozenset[str]:
    from giftgraph.resolve.polity_index import polity_names

    return frozenset(name.polity for named in polity_names().values() for _, name in named if name.polity)


def read_rows(path: Path) -> list[TextRow]:
    """The rows of a CSV file with the column `text`, and optional `date` and `polity`; other columns are not read.

    Raises TextsInvalid with file and line.
    """
    with path.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise TextsInvalid(f"{path}: larger than {_LARGEST // 1_000_000} MB: split it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextsInvalid(f"{path}: not a text in UTF-8 (byte {error.start})") from None
    if "\x00" in text:
        raise TextsInvalid(f"{path}:{text.count(chr(10), 0, text.index(chr(0))) + 1}: holds a NUL byte")
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > _LONGEST_LINE:
            raise TextsInvalid(f"{path}:{number}: the line has {len(line)} characters, more than {_LONGEST_LINE}")
    return list(_rows(text, path))


def _rows(text: str, path: Path) -> Iterator[TextRow]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
        if "text" not in names:
            hint = "; cells are separated by commas" if any(mark in name for name in names for mark in ";\t|") else ""
            raise TextsInvalid(f"{path}:1: no column text (columns: {', '.join(names)[:100] or 'none'}){hint}")
        twice = next((name for name in ("text", "date", "polity") if names.count(name) > 1), None)
        if twice:
            raise TextsInvalid(f"{path}:1: two columns are called {twice}")
        reader.fieldnames = names
        for row in reader:
            where = f"{path}:{reader.line_num}"
            if None in row:
                raise TextsInvalid(f"{where}: more cells than columns; put texts with commas in quotes")
            yield check_row(row["text"] or "", row.get("date"), row.get("polity"), where)
    except csv.Error as error:
        raise TextsInvalid(f"{path}:{reader.line_num}: not a CSV row: {error}") from None


def read_records(path: Path) -> list[PartyQuery]:
    """The party texts of an import's records (jsonl): the recipient and donor cells as stated, with date, place and register's polity.

    Raises TextsInvalid with file and line.
    """
    from giftgraph.resolve.resolution import PartyQuery

    if path.is_file() and path.stat().st_size > _LARGEST_RECORDS:
        raise TextsInvalid(f"{path}: larger than {_LARGEST_RECORDS // 1_000_000} MB")
    queries: list[PartyQuery] = []
    with path.open(encoding="utf-8") as stream:
        try:
            for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_RECORD), ""), 1):
                if len(line) == _LONGEST_RECORD:
                    raise TextsInvalid(f"{path}:{number}: a line of {_LONGEST_RECORD:,} characters is no record")
                record = _read_record(line, f"{path}:{number}")
                place = f"{record.get('source', '')} {record.get('locator', '')}".strip()
                stated = record["as_stated"]
                date = _date(record, path, number)
                if stated.get("recipient"):
                    queries.append(PartyQuery(str(stated["recipient"]), date, _home(record), "recipient", place))
                if stated.get("donor"):
                    queries.append(PartyQuery(str(stated["donor"]), date, None, "donor", place))
        except UnicodeDecodeError as error:
            raise TextsInvalid(f"{path}: not a text in UTF-8 (byte {error.start})") from None
    return queries


def _read_record(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):  # a number of 5,000 digits is a ValueError of its own
        raise TextsInvalid(f"{where}: not a record in JSON") from None
    if not isinstance(record, dict) or not isinstance(record.get("as_stated"), dict):
        raise TextsInvalid(f"{where}: no record of an import: as_stated is missing")
    return record


def _date(record: dict[str, Any], path: Path, number: int) -> str | None:
    date = record.get("date")
    return check_row("", str(date), None, f"{path}:{number}").date if date else None


def _home(record: dict[str, Any]) -> str | None:
    """The polity that most recipients of a record act for."""
    parties = record.get("recipients")
    polities = (
        [party.get("polity") for party in parties if isinstance(party, dict)] if isinstance(parties, list) else []
    )
    stated = next((str(polity) for polity in polities if polity), None)
    return _polity_of_code(stated.casefold()) if stated else None
