"""Exchange records as TOML text, in the form that `read_exchanges` reads and that a person can edit."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from giftgraph.curated.exchanges import Exchange


def format_exchange(exchange: Exchange) -> str:
    """One `[[exchange]]` block; fields that hold their default are left out.

    >>> from giftgraph.curated.exchanges import Gift, Party
    >>> print(format_exchange(Exchange("x1", "read", ("s",), (Party("donor", "polity:fra"),), (Gift("Clock", "timepieces"),))))
    [[exchange]]
    id = "x1"
    confidence = "read"
    sources = ["s"]
    <BLANKLINE>
    [[exchange.party]]
    role = "donor"
    agent = "polity:fra"
    <BLANKLINE>
    [[exchange.gift]]
    label = "Clock"
    category = "timepieces"
    <BLANKLINE>
    """
    return _format_block("exchange", exchange)


def _format_block(path: str, record: Any) -> str:
    lines = [f"[[{path}]]"]
    blocks: list[str] = []
    for field in fields(record):
        value = getattr(record, field.name)
        if value == field.default and field.name not in ("label", "category"):
            continue
        if isinstance(value, tuple) and value and not isinstance(value[0], str):
            blocks += [_format_block(f"{path}.{field.name}", item) for item in value]
        elif isinstance(value, tuple):
            lines.append(f"{field.name} = [{', '.join(_quote(item) for item in value)}]")
        else:
            lines.append(f"{field.name} = {value if isinstance(value, int) else _quote(value)}")
    return "\n".join(lines) + "\n" + "".join("\n" + block for block in blocks)


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
