"""What people decided about pairs of identities: `data/review.csv`, honoured before any score.

A row names two keys: ids of known persons, or the ids that two spellings have (the slug of a normal form and its polity, as
`giftgraph resolve` prints it). `same` joins, also by way of others; `different` and `unsure` keep apart. A file that contradicts
itself is refused.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Literal

from giftgraph.errors import ReviewInvalid
from giftgraph.output import write_text

Decision = Literal["same", "different", "unsure"]
_DECISIONS = ("same", "different", "unsure")
_LARGEST = 20_000_000
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Review:
    """One decision on a pair: who made it, when (ISO date) and why."""

    left: str
    right: str
    verdict: str
    who: str
    when: str
    why: str


COLUMNS = tuple(field.name for field in fields(Review))


class Reviews:
    """The decisions of a review file, closed over `same`.

    Raises ReviewInvalid where two keys are the same by some rows and different by another.

    >>> reviews = Reviews([Review("a", "b", "same", "", "", ""), Review("b", "c", "different", "", "", "")])
    >>> reviews.verdict("a", "c"), reviews.verdict("a", "d")
    ('different', None)
    """

    def __init__(self, rows: Iterable[Review] = ()) -> None:
        kept = tuple(rows)
        self._root = _join(kept)
        self._apart: dict[frozenset[str], str] = {}
        for row in kept:
            if row.verdict == "same":
                continue
            left, right = self.root(row.left), self.root(row.right)
            if left == right and row.verdict == "different":
                raise ReviewInvalid(
                    f"review: {row.left} and {row.right} are different by one row and the same by others"
                )
            pair = frozenset((left, right))
            if self._apart.get(pair) != "different":
                self._apart[pair] = row.verdict
        groups: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._root):
            groups[self.root(key)].append(key)
        self._groups = {root: tuple(keys) for root, keys in groups.items()}

    def root(self, key: str) -> str:
        """The least key of all that are the same as this one."""
        return self._root.get(key, key)

    def joined(self, key: str) -> tuple[str, ...]:
        """All keys that are the same as this one, itself among them."""
        return self._groups.get(self.root(key), (key,))

    def verdict(self, left: str, right: str) -> Decision | None:
        """What was decided about two keys, or null."""
        one, other = self.root(left), self.root(right)
        if one == other:
            return "same" if left in self._root and right in self._root else None
        return self._apart.get(frozenset((one, other)))  # type: ignore[return-value]

    @property
    def empty(self) -> bool:
        """No decision at all."""
        return not self._root and not self._apart


def _join(rows: Sequence[Review]) -> dict[str, str]:
    """Each key that some row calls the same as another, with the least key of its group."""
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for row in rows:
        if row.verdict == "same":
            least, other = sorted((find(row.left), find(row.right)))
            parent[other] = least
    return {key: find(key) for key in sorted(parent)}


def read_reviews(path: Path) -> tuple[Review, ...]:
    """The rows of a review file; none where there is no file yet.

    Raises ReviewInvalid naming file and line.
    """
    if not path.exists():
        return ()
    if path.stat().st_size > _LARGEST:
        raise ReviewInvalid(f"{path}: larger than {_LARGEST // 1_000_000} MB: no review file")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ReviewInvalid(f"{path}: not a text in UTF-8") from None
    if "\x00" in text:
        raise ReviewInvalid(f"{path}:{text[: text.index(chr(0))].count(chr(10)) + 1}: holds a NUL byte")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise ReviewInvalid(f"{path}:1: the columns must be {','.join(COLUMNS)}")
    rows: list[Review] = []
    try:
        for row in reader:
            rows.append(_read_row(row, f"{path}:{reader.line_num}"))
    except csv.Error as error:
        raise ReviewInvalid(f"{path}:{reader.line_num}: {error}") from None
    return tuple(rows)


def _read_row(row: Mapping[str | None, str | None], where: str) -> Review:
    if None in row or None in row.values():
        raise ReviewInvalid(f"{where}: a row has {len(COLUMNS)} cells")
    review = Review(*((row[name] or "").strip() for name in COLUMNS))
    if review.verdict not in _DECISIONS:
        raise ReviewInvalid(f"{where}: verdict {review.verdict[:40]!r} is none of {', '.join(_DECISIONS)}")
    if not review.left or not review.right or review.left == review.right:
        raise ReviewInvalid(f"{where}: left and right must be two different ids")
    if any(len(cell) > _LONGEST for cell in astuple(review)):
        raise ReviewInvalid(f"{where}: a cell is longer than {_LONGEST} characters")
    return review


def review_file() -> Path:
    """The shipped decisions, `data/review.csv`; the file may be missing."""
    from giftgraph.resources import leaders_directory

    return Path(leaders_directory()).with_name("review.csv")


def load_reviews(path: Path | None) -> Reviews:
    """The decisions of a file, ready to be asked. Raises ReviewInvalid."""
    return Reviews(read_reviews(path)) if path else Reviews()


def record(path: Path, decisions: Sequence[Review]) -> int:
    """Add decisions to a review file, written whole or not at all; a later decision on a pair replaces the earlier.

    Gives the number of rows in the file. Raises ReviewInvalid where the result would contradict itself.
    """
    rows = {frozenset((row.left, row.right)): row for row in (*read_reviews(path), *decisions)}
    kept = sorted(rows.values(), key=lambda row: (row.left, row.right))
    Reviews(kept)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row) for row in kept)
    write_text(path, text.getvalue())
    return len(kept)
