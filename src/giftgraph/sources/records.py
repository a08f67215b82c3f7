"""The record of one gift block, as `giftgraph import` writes it: everything stated, everything resolved, and why."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast, get_args

from giftgraph.errors import RecordInvalid
from giftgraph.sources.stated import Disposition, Kind, Operator, Value


@dataclass(frozen=True, slots=True)
class Party:
    """A donor or recipient: `name` is null where only a title, an office or nothing is printed; `id` where nobody is identified.

    `status` is `named`, `office`, `organization`, `polity`, `withheld`, `unknown` or `not stated`; `judgement` is `same` (a known
    entity), `new` (a person new to the graph), `unsure` or null. `post` is the tenure that covers the day; `candidates` are the ids
    between which an `unsure` one lies.
    """

    name: str | None
    title: str | None
    id: str | None
    status: str
    polity: str | None = None
    post: str | None = None
    judgement: str | None = None
    why: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gift:
    """One item: a short label of its own, its category code, and the words that decided the category."""

    label: str
    category: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One appraisal group: what was given, by whom, to whom, when, its value, and what became of it."""

    source: str
    locator: str
    agency: str
    kind: Kind
    recipients: tuple[Party, ...]
    donors: tuple[Party, ...]
    donor_polity: str | None
    gifts: tuple[Gift, ...]
    date: str | None
    value: Value | None
    disposition: Disposition | None
    as_stated: dict[str, str] = field(default_factory=dict)
    corrections: tuple[dict[str, str], ...] = ()
    donor_polity_why: str = ""


def to_json(block: Block, codes: Mapping[str, str]) -> dict[str, Any]:
    """A block as the JSON object of one line; `codes` gives the ISO alpha-2 code of each polity that is a current state.

    Empty notes are left out; null says that the source does not state it, or that nobody could be identified.

    >>> party = Party("Ruud Lubbers", "Prime Minister", "ruud-lubbers", "named", polity="nld")
    >>> block = Block("95-13832", "p30630:l46", "State", "tangible", (), (party,), "nld", (), "1994-05", Value(600.0), None)
    >>> to_json(block, {"nld": "NL"})["donor_polity"], to_json(block, {"nld": "NL"})["value"]
    ('NL', {'amount': 600, 'currency': 'USD', 'operator': '=', 'max': None})
    """
    return {
        "source": block.source,
        "locator": block.locator,
        "agency": block.agency,
        "kind": block.kind,
        "recipients": [_party_to_json(party, codes) for party in block.recipients],
        "donors": [_party_to_json(party, codes) for party in block.donors],
        "donor_polity": _code(block.donor_polity, codes),
        **_filled(donor_polity_why=block.donor_polity_why),
        "gifts": [{"label": gift.label, "category": gift.category, **_filled(why=gift.why)} for gift in block.gifts],
        "date": block.date,
        "value": None if block.value is None else _value_to_json(block.value),
        "disposition": block.disposition,
        "as_stated": dict(block.as_stated),
        **_filled(corrections=[dict(correction) for correction in block.corrections]),
    }


def _party_to_json(party: Party, codes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": party.name,
        "title": party.title,
        "id": _code(party.id, codes) if party.status == "polity" else party.id,
        "status": party.status,
        "polity": _code(party.polity, codes),
        **_filled(post=party.post, judgement=party.judgement, why=party.why, candidates=list(party.candidates)),
    }


def _value_to_json(value: Value) -> dict[str, Any]:
    return {
        "amount": _plain(value.amount),
        "currency": value.currency,
        "operator": value.operator,
        "max": _plain(value.maximum),
    }


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and number.is_integer() else number


def _code(polity: str | None, codes: Mapping[str, str]) -> str | None:
    return None if polity is None else codes.get(polity, polity)


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def from_json(content: object, codes: Mapping[str, str]) -> Block:
    """The block that `to_json` wrote. Raises RecordInvalid with the name of the field that is missing or of the wrong kind.

    >>> block = Block("95-13832", "p30630:l46", "State", "tangible", (), (), None, (), None, None, "archives")
    >>> from_json(to_json(block, {}), {}) == block
    True
    """
    ids = {code: polity for polity, code in codes.items()}
    record = _Fields(content)
    return Block(
        source=record.text("source"),
        locator=record.text("locator"),
        agency=record.text("agency"),
        kind=cast(Kind, record.choice("kind", get_args(Kind))),
        recipients=tuple(_read_party(item, ids) for item in record.items("recipients")),
        donors=tuple(_read_party(item, ids) for item in record.items("donors")),
        donor_polity=_code(record.optional("donor_polity"), ids),
        gifts=tuple(
            Gift(item.text("label"), item.text("category"), item.optional("why") or "")
            for item in record.items("gifts")
        ),
        date=record.optional("date"),
        value=_read_value(record.values.get("value")),
        disposition=cast("Disposition | None", record.choice("disposition", (*get_args(Disposition), None))),
        as_stated=_Fields(record.values.get("as_stated", {})).texts(),
        corrections=tuple(item.texts() for item in record.items("corrections")),
        donor_polity_why=record.optional("donor_polity_why") or "",
    )


def _read_party(item: _Fields, ids: Mapping[str, str]) -> Party:
    status, identifier = item.text("status"), item.optional("id")
    candidates = item.values.get("candidates", [])
    if not isinstance(candidates, list) or not all(isinstance(candidate, str) for candidate in candidates):
        raise RecordInvalid("candidates: a list of ids is needed")
    return Party(
        name=item.optional("name"),
        title=item.optional("title"),
        id=_code(identifier, ids) if status == "polity" else identifier,
        status=status,
        polity=_code(item.optional("polity"), ids),
        post=item.optional("post"),
        judgement=item.optional("judgement"),
        why=item.optional("why") or "",
        candidates=tuple(candidates),
    )


def _read_value(content: object) -> Value | None:
    if content is None:
        return None
    item = _Fields(content)
    operator = cast(Operator, item.choice("operator", get_args(Operator)))
    return Value(item.number("amount"), item.text("currency"), operator, item.number("max"))


class _Fields:
    """The fields of one JSON object, read strictly."""

    def __init__(self, content: object) -> None:
        if not isinstance(content, dict):
            raise RecordInvalid(f"an object is needed, not {str(content)[:40]!r}")
        self.values: dict[str, Any] = content

    def optional(self, name: str) -> str | None:
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise RecordInvalid(f"{name}: a text or null is needed")
        return value

    def text(self, name: str) -> str:
        value = self.optional(name)
        if value is None:
            raise RecordInvalid(f"{name}: is missing")
        return value

    def number(self, name: str) -> float | None:
        value = self.values.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise RecordInvalid(f"{name}: a number or null is needed")
        return None if value is None else float(value)

    def choice(self, name: str, known: Iterable[str | None]) -> str | None:
        value = self.optional(name)
        if value not in known:
            raise RecordInvalid(f"{name}: {value!r} is not known")
        return value

    def items(self, name: str) -> Iterator[_Fields]:
        values = self.values.get(name, [])
        if not isinstance(values, list):
            raise RecordInvalid(f"{name}: a list is needed")
        return map(_Fields, values)

    def texts(self) -> dict[str, str]:
        return {name: self.text(name) for name in self.values}


def write_jsonl(blocks: Iterable[Block], codes: Mapping[str, str]) -> str:
    """One block a line, as JSON."""
    lines = (json.dumps(to_json(block, codes), ensure_ascii=False, allow_nan=False) for block in blocks)
    return "".join(f"{line}\n" for line in lines)


def read_jsonl(text: str, codes: Mapping[str, str]) -> list[Block]:
    """The blocks of a jsonl text. Raises RecordInvalid naming the line."""
    blocks = []
    # Not splitlines(): a cell may hold a line separator of Unicode, which JSON leaves as it is.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                blocks.append(from_json(json.loads(line), codes))
            except (RecordInvalid, ValueError, RecursionError) as error:
                raise RecordInvalid(f"line {number}: {error}") from None
    return blocks


_PARTS = {
    "recipients": ("name", "title", "id"),
    "donors": ("name", "title", "id"),
    "gifts": ("label", "category"),
    "value": ("amount", "currency", "operator", "max"),
    "as_stated": ("recipient", "gift", "donor", "circumstances", "date", "value", "disposition", "agency"),
}
_PLAIN = (
    "source",
    "locator",
    "agency",
    "kind",
    "recipients",
    "donors",
    "donor_polity",
    "gifts",
    "date",
    "value",
    "disposition",
    "as_stated",
)
CSV_COLUMNS = tuple(
    column for name in _PLAIN for column in ([f"{name}.{part}" for part in _PARTS[name]] if name in _PARTS else [name])
)


def write_csv(blocks: Iterable[Block], codes: Mapping[str, str]) -> str:
    """One block a row. The columns are the fields of the JSON object, parts after a dot; of lists all values, with `; ` between.

    A person without a name keeps an empty place, so that the first name, the first title and the first id are of one person. A text
    that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for block in blocks:
        record = to_json(block, codes)
        writer.writerow([_cell(record, *column.split(".")) for column in CSV_COLUMNS])
    return stream.getvalue()


def _cell(record: Mapping[str, Any], name: str, part: str = "") -> str:
    value = record[name]
    if isinstance(value, list):
        words = "; ".join(str(item[part] or "") for item in value)
        words = "" if not words.strip("; ") else words
    elif part:
        words = _words((value or {}).get(part))
    else:
        words = _words(value)
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) and name != "value" else words


def _words(value: object) -> str:
    return "" if value is None else str(value)
