from dataclasses import replace

from giftgraph.sources.quality import describe_quality, measure_quality, read_quality, write_quality
from giftgraph.sources.records import Block, Gift, Party
from giftgraph.sources.stated import Value

NAMED = Party("Ruud Lubbers", "Prime Minister", "ruud-lubbers", "named", "NL")
UNSURE = Party(None, "Amir of Qatar", None, "office", "QA", judgement="unsure", candidates=("hamad", "tamim"))
WITHHELD = Party(None, None, None, "withheld")
UNKNOWN = Party(None, None, None, "unknown")
BLOCK = Block(
    "95-1", "p1:l1", "State", "tangible", (NAMED,), (NAMED,), "NL", (Gift("Vase", "glass"),), "1994-01-05",
    Value(600.0), "archives",
    {"agency": "STATE", "gift": "Vase.", "date": "January 5, 1994", "value": "$600", "disposition": "Archive Foreign"},
)  # fmt: skip


def row(field: str, *blocks: Block):
    return next(r for r in measure_quality(blocks, {"95-1": 1994}) if r.field == field)


def test_what_was_understood_is_normalised_in_every_field() -> None:
    rows = measure_quality([BLOCK], {"95-1": 1994})
    assert {r.field: (r.stated, r.normalised) for r in rows} == {r.field: (1, 1) for r in rows}


def test_a_date_that_is_printed_but_not_understood_is_not_readable() -> None:
    torn = replace(BLOCK, date=None, as_stated={**BLOCK.as_stated, "date": "October 23, 200"})
    silent = replace(BLOCK, date=None, as_stated={**BLOCK.as_stated, "date": "Unknown."})
    assert (row("date", torn, silent, BLOCK).stated, row("date", torn, silent, BLOCK).unreadable) == (2, 1)


def test_a_malformed_amount_counts_as_stated_and_not_readable() -> None:
    malformed = replace(BLOCK, value=Value(None), as_stated={**BLOCK.as_stated, "value": "$7,00.00"})
    assert (row("value", malformed).stated, row("value", malformed).unreadable) == (1, 1)


def test_unsure_withheld_and_unknown_donors_are_three_different_things() -> None:
    blocks = [replace(BLOCK, donors=(party,)) for party in (UNSURE, WITHHELD, UNKNOWN)]
    found = row("donors", *blocks)
    assert (found.blocks, found.stated, found.unsure, found.withheld, found.normalised) == (3, 2, 1, 1, 0)


def test_numbers_survive_being_written_and_read() -> None:
    rows = measure_quality([BLOCK, replace(BLOCK, donors=(UNSURE,))], {"95-1": 1994})
    assert read_quality(write_quality(rows)) == rows


def test_the_page_gives_the_gaps_the_totals_and_each_document() -> None:
    rows = measure_quality([BLOCK, replace(BLOCK, date=None)], {"95-1": 1994, "96-1": 1995})
    page = describe_quality(rows, "US register", ["No notice for 1996"], "make data")
    assert "- No notice for 1996" in page
    assert "| date | 2 of 2 (100.0 %) | 1 of 2 (50.0 %) | 0 | 0 | 1 |" in page
    assert "| 1995 | 96-1 | 0 | 0 | 0 | 0 | 0 | 0 |" in page
