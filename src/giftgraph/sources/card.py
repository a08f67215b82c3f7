"""A register's card: who publishes it, under which terms, and how much each known document holds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from giftgraph.errors import NameUnknown, RegisterChanged, RegisterUnreadable
from giftgraph.sources.stated import Finding, Notice

COUNTS = ("rows", "date_labels", "value_labels", "blocks")


@dataclass(frozen=True, slots=True)
class Expected:
    """What one known document holds: all its rows, labels and blocks, whatever became of them."""

    document: str
    year: int
    published: str
    rows: int
    date_labels: int
    value_labels: int
    blocks: int


@dataclass(frozen=True, slots=True)
class Card:
    """A register as its `card.toml` describes it; `folder` is the package beside this module that holds its reader.

    `prefix` begins the ids of its exchanges, `polity` is the state whose servants receive, `address` has `{document}` in the place of
    a document's number.
    """

    name: str
    folder: str
    title: str
    publisher: str
    prefix: str
    polity: str
    address: str
    homepage: str
    licence: str
    terms: str
    coverage: str
    gaps: tuple[str, ...]
    files: str
    category: str
    documents: Mapping[str, Expected]

    def read(self, path: Path) -> Notice:
        """Read a file of this register by its own reader.

        Raises:
            RegisterUnreadable: the file is no document of this register, or is broken.
        """
        notice = import_module(f"giftgraph.sources.{self.folder}.reader").read(path)
        if not isinstance(notice, Notice):
            raise RegisterUnreadable(f"{path}: the reader of {self.name} gave no notice")
        return notice

    def check(self, notice: Notice) -> tuple[Finding, ...]:
        """Compare a notice with what the card expects; a document that is not on the card gives a finding.

        Raises:
            RegisterChanged: a known document has another number of rows, labels or blocks.
        """
        expected = self.documents.get(notice.document)
        if expected is None:
            note = "the card does not know this document: its counts were compared with nothing"
            return (Finding(notice.document, 1, note, notice.title),)
        counted = count(notice)
        changed = [
            f"{counted[name]:,} {name.replace('_', ' ')} instead of {known:,} ({counted[name] - known:+,})"
            for name in COUNTS
            if counted[name] != (known := getattr(expected, name))
        ]
        if changed:
            raise RegisterChanged(
                f"document {notice.document} is not as the card of {self.name} knows it: {'; '.join(changed)}. "
                "Fetch it again, or change the card if the reader has learnt something"
            )
        return ()


def count(notice: Notice) -> dict[str, int]:
    """The numbers that a card knows of a document, as they were read."""
    return {
        "rows": sum(notice.rows.values()),
        "date_labels": sum(notice.date_labels.values()),
        "value_labels": sum(notice.value_labels.values()),
        "blocks": len(notice.blocks),
    }


def renew(card: Card, notices: Iterable[Notice]) -> str:
    """The text of a register's `card.toml` with these documents as they were read; all else stays as it is.

    For whoever has looked at the report and finds that the reader is right. The same notices change no byte.
    """
    path = _path(card.folder)
    head = path.read_text(encoding="utf-8").partition("[[documents]]")[0]
    documents = dict(card.documents)
    documents |= {one.document: Expected(one.document, one.year, one.published, **count(one)) for one in notices}
    entries = sorted(documents.values(), key=lambda entry: (entry.published, entry.document))
    return head + "\n".join(map(_write, entries))


def _write(entry: Expected) -> str:
    lines = [
        "[[documents]]",
        f'document = "{entry.document}"',
        f"year = {entry.year}",
        f'published = "{entry.published}"',
    ]
    return "\n".join([*lines, *(f"{name} = {getattr(entry, name)}" for name in COUNTS)]) + "\n"


def registers() -> tuple[str, ...]:
    """The names of all registers that can be read.

    >>> registers()
    ('us-federal-register',)
    """
    return tuple(sorted(path.parent.name.replace("_", "-") for path in Path(__file__).parent.glob("*/card.toml")))


def read_card(name: str) -> Card:
    """The card of a register.

    Raises:
        NameUnknown: no register has this name.

    >>> read_card("us-federal-register").documents["95-13832"].year
    1994
    """
    if name not in registers():
        raise NameUnknown(f"no register is called '{name}'; known are: {', '.join(registers())}")
    folder = name.replace("-", "_")
    content: dict[str, Any] = tomllib.loads(_path(folder).read_text(encoding="utf-8"))
    documents = [Expected(**entry) for entry in content.pop("documents", [])]
    return Card(
        name=name,
        folder=folder,
        gaps=tuple(content.pop("gaps")),
        documents={entry.document: entry for entry in documents},
        **content,
    )


def _path(folder: str) -> Path:
    return Path(__file__).parent / folder / "card.toml"
