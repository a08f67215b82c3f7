"""What a reader hands on: the blocks of a document as they are printed, with the values that the print itself gives.

Nothing here is resolved: parties are texts. A `StatedBlock` becomes a record (`giftgraph.sources.records`) by resolution.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["tangible", "travel"]
Operator = Literal["=", ">", ">=", "range"]
Disposition = Literal["archives", "agency", "retained", "gsa", "pending", "other"]
Fate = Literal["read", "continued", "travel", "empty table", "unreadable"]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a cell: the 1-based line of the stored file, the printed page, the text without padding and leaders.

    `starts` is true where the line is not indented against its column: a new paragraph of the cell begins.
    """

    number: int
    page: int
    text: str
    starts: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row: an agency's heading, the table it stands in, and the lines of its cells.

    A row whose recipient is blank or a ditto has inherited it (`inherited` names the cells). `gift` may hold several blocks.
    """

    agency: str
    table: str
    travel: bool
    recipient: tuple[Line, ...]
    gift: tuple[Line, ...]
    donor: tuple[Line, ...]
    circumstances: tuple[Line, ...]
    inherited: tuple[str, ...] = ()
    agency_as_stated: str = ""

    @property
    def line(self) -> int:
        """The line of the stored file where the row begins."""
        return min(part.number for part in self.recipient + self.gift + self.donor)


@dataclass(frozen=True, slots=True)
class Value:
    """An estimated value: `amount` is null where it is malformed or pending; `maximum` only with the operator `range`."""

    amount: float | None
    currency: str = "USD"
    operator: Operator = "="
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class StatedBlock:
    """One appraisal group as printed, and the date, value, disposition and kind that its own words give."""

    document: str
    page: int
    line: int
    agency: str
    kind: Kind
    recipient: str
    donor: str
    description: str
    date: str | None
    value: Value | None
    disposition: Disposition | None
    as_stated: dict[str, str] = field(default_factory=dict)
    """The original texts: `recipient`, `gift` (the block), `donor`, `circumstances`, `date`, `value`, `disposition`, `agency`."""
    occasion: str | None = None

    @property
    def locator(self) -> str:
        """`p<printed page>:l<line of the stored file>`."""
        return f"p{self.page}:l{self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the reader saw and does not vouch for: the text is kept, the person who reads the report decides."""

    document: str
    line: int
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A document that was read: its blocks in printed order, the account of its rows and labels, and the findings.

    `rows`, `date_labels` and `value_labels` count by fate, and add up to everything printed.
    """

    document: str
    title: str
    published: str
    pages: tuple[int, int]
    year: int
    blocks: tuple[StatedBlock, ...]
    rows: dict[Fate, int]
    date_labels: dict[Fate, int]
    value_labels: dict[Fate, int]
    findings: tuple[Finding, ...] = ()
