"""The review file: read strictly, written whole, never contradicting itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from giftgraph.errors import ReviewInvalid
from giftgraph.resolve.review import Review, read_reviews, record

HEADER = "left,right,verdict,who,when,why\n"


def decision(left: str, right: str, verdict: str = "same", why: str = "") -> Review:
    return Review(left, right, verdict, "reader", "2026-01-01", why)


def test_what_is_recorded_is_read_again_sorted(tmp_path: Path) -> None:
    path = tmp_path / "new" / "review.csv"
    path.parent.mkdir()
    rows = [decision("c", "d", "different", 'says "no", firmly'), decision("a", "b")]
    assert record(path, rows) == 2
    assert read_reviews(path) == (rows[1], rows[0])
    before = path.read_bytes()
    assert record(path, rows) == 2
    assert path.read_bytes() == before


def test_a_later_decision_replaces_the_earlier(tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    record(path, [decision("a", "b", "unsure")])
    record(path, [decision("b", "a", "same")])
    assert [row.verdict for row in read_reviews(path)] == ["same"]


def test_a_contradiction_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    record(path, [decision("a", "b"), decision("b", "c")])
    before = path.read_bytes()
    with pytest.raises(ReviewInvalid, match="a and c"):
        record(path, [decision("a", "c", "different")])
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["review.csv"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"left,right\na,b\n", "columns"),
        (HEADER.encode() + b"a,b,perhaps,x,y,z\n", "csv:2: verdict 'perhaps'"),
        (HEADER.encode() + b"a,a,same,x,y,z\n", "csv:2: left and right"),
        (HEADER.encode() + b"a,b,same\n", "csv:2: a row has 6 cells"),
        (HEADER.encode() + b"a,b,same,x,y,\x00\n", "csv:2: holds a NUL byte"),
        (b"\xff\xfe\x00", "not a text in UTF-8"),
        (HEADER.encode() + b"a," + b"b" * 2000 + b",same,x,y,z\n", "longer than 1000"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "review.csv"
    path.write_bytes(content)
    with pytest.raises(ReviewInvalid, match=message):
        read_reviews(path)
