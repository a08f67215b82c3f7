"""The record of one gift block, as `giftgraph import` writes it: everything stated, everything resolved, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from giftgraph.sources.stated import Disposition, Kind, Value


@dataclass(frozen=True, slots=True)
class Party:
    """A donor or recipient: `name` is null where only a title, an office or nothing is printed; `id` where nobody is identified.

    `status` is `named`, `office`, `organization`, `polity`, `withheld`, `unknown` or `not stated`; `judgement` is `same` (a known entity),
    `new` (a person new to the graph), `unsure` or null. `post` is the tenure that covers the day; `candidates` are the ids between which an `unsure` one lies.
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
