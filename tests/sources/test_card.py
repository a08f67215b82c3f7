"""Cards of registers: what they say, and that a changed count fails aloud."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from giftgraph import sources
from giftgraph.errors import NameUnknown, RegisterChanged, RegisterUnreadable
from giftgraph.sources.card import Card, Expected, read_card, registers, renew
from giftgraph.sources.stated import Fate, Notice, StatedBlock

COUNTS: dict[Fate, int] = {"read": 2, "continued": 1, "travel": 0, "empty table": 1, "unreadable": 0}
BLOCK = StatedBlock("04-99999", 100, 7, "Court of Tides", "tangible", "Ada", "Ben", "Bowl", None, None, None)
NOTICE = Notice(
    "04-99999", "Gifts", "2005-01-14", (100, 109), 2004, (BLOCK, replace(BLOCK, line=9)), COUNTS, COUNTS, COUNTS
)


EXPECTED = Expected("04-99999", 2004, "2005-01-14", rows=4, date_labels=4, value_labels=4, blocks=2)


def card() -> Card:
    return replace(read_card("us-federal-register"), documents={"04-99999": EXPECTED})


def test_a_card_says_what_the_register_is() -> None:
    known = read_card("us-federal-register")
    assert "Department of State" in known.publisher
    assert "1 CFR 2.6" in known.terms
    assert any("1996" in gap for gap in known.gaps)
    assert len(known.documents) == 21
    assert {entry.year for entry in known.documents.values()} == {1994, 1995, *range(1999, 2015), 2016, 2017, 2018}


def test_an_unknown_register_names_the_known_ones() -> None:
    assert registers() == ("us-federal-register",)
    with pytest.raises(NameUnknown, match="known are: us-federal-register"):
        read_card("register-of-atlantis")


def test_the_counts_of_a_document_as_read_are_those_to_expect() -> None:
    assert card().check(NOTICE) == ()


@pytest.mark.parametrize("field", ["rows", "date_labels", "value_labels"])
def test_a_changed_count_fails_aloud_and_says_by_how_much(field: str) -> None:
    fewer = replace(NOTICE, **{field: COUNTS | {"read": 1}})
    with pytest.raises(RegisterChanged, match=rf"3 {field.replace('_', ' ')} instead of 4 \(-1\)"):
        card().check(fewer)


def test_a_block_more_or_less_fails_aloud() -> None:
    with pytest.raises(RegisterChanged, match=r"1 blocks instead of 2 \(-1\)"):
        card().check(replace(NOTICE, blocks=(BLOCK,)))


def test_a_document_that_is_not_on_the_card_is_a_note() -> None:
    (finding,) = card().check(replace(NOTICE, document="05-11111", rows={}))
    assert (finding.document, finding.line) == ("05-11111", 1)
    assert "does not know" in finding.what


def test_a_card_reads_by_its_own_reader(tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text("no notice", encoding="utf-8")
    with pytest.raises(RegisterUnreadable, match="no document of the Federal Register"):
        read_card("us-federal-register").read(path)


def test_a_renewed_card_knows_what_was_read_and_keeps_the_rest() -> None:
    known = read_card("us-federal-register")
    text = renew(known, [NOTICE])
    content = tomllib.loads(text)
    assert content["publisher"] == known.publisher
    (entry,) = [entry for entry in content["documents"] if entry["document"] == "04-99999"]
    assert Expected(**entry) == EXPECTED
    assert len(content["documents"]) == len(known.documents) + 1


def test_a_card_renewed_with_nothing_changes_no_byte() -> None:
    known = read_card("us-federal-register")
    assert renew(known, []) == (Path(sources.__file__).parent / known.folder / "card.toml").read_text(encoding="utf-8")
