"""The curated exchanges (TOML): one `[[exchange]]` block holds everything that is known of one handing over.

A block names its parties, gifts, custody, values and claims; the field names are those of the records below, and any other is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from giftgraph.curated.tables import RANKS, SLUG
from giftgraph.dates import read_bounds
from giftgraph.errors import CuratedInvalid, DateInvalid

ROLES = ("donor", "presenter", "recipient", "accepting-officer", "beneficiary")
STATUSES = ("inferred", "unknown", "withheld", "not-stated")
_AGENT = re.compile(r"(?:person|organization|polity):[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Party:
    """Who took part, in which role: `agent` is `person:key`, `organization:key` or `polity:code`; without one, `status` says why."""

    role: str
    agent: str = ""
    name: str = ""
    title: str = ""
    acting_for: str = ""
    status: str = ""
    post: str = ""
    note: str = ""


@dataclass(frozen=True)
class Custody:
    """One step of what became of a gift, in the order of time."""

    kind: str
    as_stated: str
    keeper: str = ""
    date: str = ""


@dataclass(frozen=True)
class Value:
    """An amount, or a minimum and a maximum, in an ISO 4217 currency or the currency as stated."""

    amount: str = ""
    minimum: str = ""
    maximum: str = ""
    currency: str = ""
    basis: str = "stated"
    date: str = ""
    as_stated: str = ""


@dataclass(frozen=True)
class Gift:
    """One object (or a set, or several like things) that was handed over."""

    label: str
    category: str
    quantity: str = ""
    name: str = ""
    made_in: str = ""
    material: str = ""
    as_stated: str = ""
    note: str = ""
    custody: tuple[Custody, ...] = ()
    value: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A statement that competes with the record's own; `gift` is the number of the gift it is about, 0 for the whole exchange."""

    about: str
    value: str
    rank: str
    sources: tuple[str, ...]
    gift: int = 0
    note: str = ""


@dataclass(frozen=True)
class Exchange:
    """One handing over: a gift exchange, or a transfer of another nature that is kept as what it is."""

    id: str
    confidence: str
    sources: tuple[str, ...]
    party: tuple[Party, ...]
    gift: tuple[Gift, ...]
    date: str = ""
    window: str = ""
    nature: str = "gift"
    places: tuple[str, ...] = ()
    visit: str = ""
    occasion: str = ""
    answers: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    value: tuple[Value, ...] = ()
    claim: tuple[Claim, ...] = ()


_NESTED: dict[str, type[Any]] = {"party": Party, "gift": Gift, "custody": Custody, "value": Value, "claim": Claim}


def read_exchanges(path: Path) -> list[Exchange]:
    """Read one file of exchanges strictly. Raises CuratedInvalid naming the file, the line of the exchange and the field."""
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CuratedInvalid(f"{path}: not TOML in UTF-8: {error}") from None
    if set(content) - {"exchange"} or not isinstance(content.get("exchange", []), list):
        raise CuratedInvalid(f"{path}: only [[exchange]] blocks may stand here")
    exchanges = []
    for block in content.get("exchange", []):
        identifier = str(block.get("id", ""))
        where = f"{path}:{_line_of(text, identifier)}: exchange {identifier or '(no id)'}"
        exchange = read_record(block, Exchange, where)
        check_exchange(exchange, where)
        exchanges.append(exchange)
    return exchanges


def _line_of(text: str, identifier: str) -> int:
    position = text.find(f'id = "{identifier}"')
    return text.count("\n", 0, max(position, 0)) + 1


def read_record(block: Mapping[str, Any], record: type[Any], where: str) -> Any:
    """Turn a TOML block into a record; unknown and missing fields and wrong types are refused."""
    known = {field.name: field for field in fields(record)}
    for name in block:
        if name not in known:
            raise CuratedInvalid(f"{where}: unknown field {name!r} (known: {', '.join(known)})")
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name not in block:
            continue
        values[name] = _read_value(block[name], str(field.type), name, where)
    try:
        return record(**values)
    except TypeError:
        missing = [n for n, f in known.items() if n not in values and f.default is f.default_factory]
        raise CuratedInvalid(f"{where}: {record.__name__.lower()}: missing {', '.join(missing)}") from None


def _read_value(value: Any, kind: str, name: str, where: str) -> Any:
    if name in _NESTED and kind.startswith("tuple"):
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise CuratedInvalid(f"{where}: {name} must be [[…{name}]] blocks")
        return tuple(read_record(item, _NESTED[name], f"{where}, {name} {n}") for n, item in enumerate(value, 1))
    if kind.startswith("tuple"):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise CuratedInvalid(f"{where}: {name} must be a list of texts")
        return tuple(value)
    wanted = int if kind == "int" else str
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise CuratedInvalid(f"{where}: {name} must be {'a whole number' if wanted is int else 'a text in quotes'}")
    if isinstance(value, str) and (value != value.strip() or any(ord(c) < 32 for c in value)):
        raise CuratedInvalid(f"{where}: {name}: stray white space or a control character")
    return value


def check_exchange(exchange: Exchange, where: str) -> None:
    """Refuse an exchange that breaks a rule of its own; references to other tables are checked when the data is stated."""
    problems = [
        (not SLUG.fullmatch(exchange.id), f"id {exchange.id!r} is not a slug of a-z, 0-9 and single hyphens"),
        (not exchange.sources, "an exchange needs at least one source"),
        (not exchange.gift, "an exchange needs at least one gift"),
        (
            exchange.confidence not in ("read", "secondary", "unchecked"),
            "confidence must be read, secondary or unchecked",
        ),
        (bool(exchange.date and exchange.window), "date and window exclude each other"),
    ]
    problems += [problem for party in exchange.party for problem in _party_problems(party)]
    for gift in exchange.gift:
        problems.append(
            (
                bool(gift.quantity) and not _NUMBER.fullmatch(gift.quantity),
                f"quantity {gift.quantity!r} is not a number",
            )
        )
        problems += [problem for value in gift.value for problem in _value_problems(value)]
    problems += [problem for value in exchange.value for problem in _value_problems(value)]
    for claim in exchange.claim:
        problems += [
            (claim.rank not in RANKS, f"claim rank {claim.rank!r} is not one of {', '.join(RANKS)}"),
            (not claim.sources, f"the claim about {claim.about} has no source"),
            (
                not 0 <= claim.gift <= len(exchange.gift),
                f"the claim about {claim.about} names gift {claim.gift}, which is not there",
            ),
        ]
    for broken, message in problems:
        if broken:
            raise CuratedInvalid(f"{where}: {message}")
    dates = [exchange.date, exchange.window, *(step.date for gift in exchange.gift for step in gift.custody)]
    dates += [claim.value for claim in exchange.claim if claim.about == "date"]
    for date in filter(None, dates):
        try:
            read_bounds(date)
        except DateInvalid as error:
            raise CuratedInvalid(f"{where}: {error}") from None


def _party_problems(party: Party) -> list[tuple[bool, str]]:
    return [
        (party.role not in ROLES, f"role {party.role!r} is not one of {', '.join(ROLES)}"),
        (
            bool(party.status) and party.status not in STATUSES,
            f"status {party.status!r} is not one of {', '.join(STATUSES)}",
        ),
        (
            bool(party.agent) and not _AGENT.fullmatch(party.agent),
            f"agent {party.agent!r} must be person:key, organization:key or polity:code",
        ),
        (
            not party.agent and party.status in ("", "inferred"),
            f"a {party.role} without an agent needs a status: unknown, withheld or not-stated",
        ),
        (bool(party.agent) and party.status in STATUSES[1:], f"a {party.role} with an agent cannot be {party.status}"),
    ]


def _value_problems(value: Value) -> list[tuple[bool, str]]:
    numbers = [number for number in (value.amount, value.minimum, value.maximum) if number]
    return [
        (any(not _NUMBER.fullmatch(number) for number in numbers), f"value: {numbers} are not plain numbers"),
        (not numbers and not value.as_stated, "value: an amount, a range or the text as stated is needed"),
        (bool(value.minimum) != bool(value.maximum), "value: a range needs minimum and maximum"),
    ]
