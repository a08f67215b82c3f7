"""One printed row gives its appraisal groups, each with what its own words state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.sources.stated import Line, Row, StatedBlock, Value
from giftgraph.sources.us_federal_register.blocks import Split, split_blocks


def cell(*texts: str, first: int = 10) -> tuple[Line, ...]:
    """Lines of a cell; one that begins with `^` starts a paragraph."""
    return tuple(Line(first + n, 7, text.lstrip("^"), text.startswith("^") or n == 0) for n, text in enumerate(texts))


def split(*gift: str, donor: tuple[str, ...] = (), travel: bool = False, inherited: tuple[str, ...] = ()) -> Split:
    row = Row(
        "Department of State",
        "[Report of Travel]" if travel else "[Report of Tangible Gifts]",
        travel,
        cell("President"),
        cell(*gift) if gift else (),
        cell(*donor) if donor else (),
        (),
        inherited,
    )
    return split_blocks(row, "06-5132")


def only(text: str, travel: bool = False) -> StatedBlock:
    blocks = split(text, travel=travel).blocks
    assert len(blocks) == 1
    return blocks[0]


def test_the_usual_order_of_a_cell_is_read() -> None:
    block = only("Silver box. Rec'd--January 11, 2002. Est. Value--$400. Archives Foreign.")
    assert (block.date, block.value, block.disposition, block.kind) == (
        "2002-01-11",
        Value(400),
        "archives",
        "tangible",
    )
    assert block.description == "Silver box."
    assert block.as_stated["date"] == "January 11, 2002"
    assert block.as_stated["value"] == "$400"
    assert block.locator == "p7:l10"


@pytest.mark.parametrize(
    "label",
    [
        "Recd--",
        "Recd.--",
        "Rec'd--",
        "Rec'd.--",
        "Rec'd ",
        "Received--",
        "Received: ",
        "Date received: ",
        "Date--",
        "Rec: ",
        "Red--",
        "Reced--",
        "Record--",
        "Recv'd--",
        "Rec'd:--",
        "Red'd--",
        "Received Date: ",
        "Rec'd--. ",
    ],
)
def test_every_spelling_of_the_label_of_receipt_is_one(label: str) -> None:
    block = only(f"A rug. {label}8/19/2004. Est. Value--$600.")
    assert block.date == "2004-08-19"
    assert block.description == "A rug."


@pytest.mark.parametrize(
    "label",
    [
        "Est. Value--",
        "Est. value: ",
        "Est. Value ",
        "Est. Value)--",
        "Est. Vaue--",
        "Est. Vaule--",
        "Ext. Value--",
        "East Value--",
        "Estimated value--",
        "Appraised Value--",
        "Est.--",
        "Est, Value--",
        "Est. Value:--",
        "Value: ",
    ],
)
def test_every_spelling_of_the_label_of_value_is_one(label: str) -> None:
    assert only(f"A rug. Rec'd--8/19/2004. {label}$600.00. Archives.").value == Value(600)


@pytest.mark.parametrize(
    ("text", "description", "disposition"),
    [
        ("Leather rug. Est. value--$850.00. Rec'd--11/18/02. Sent to GSA.", "Leather rug.", "gsa"),
        (
            "Department of Commerce, Secretary's Office. Rec'd--11/18/02. Est. Value--$850. 7' x 9' Oriental Rug.",
            "7' x 9' Oriental Rug.",
            "agency",
        ),
        ("Rec'd--11/18/02. Gold pin. Est. Value--$850. Archives.", "Gold pin.", "archives"),
        ("Woven rug, 11/18/02, $850.00. Transferred to GSA.", "Woven rug.", "gsa"),
        ("Set of coins. November 18, 2002--Est. Value--$850. Displayed in SR-241.", "Set of coins.", "agency"),
    ],
)
def test_other_orders_give_the_same(text: str, description: str, disposition: str) -> None:
    block = only(text)
    assert (block.date, block.value, block.disposition) == ("2002-11-18", Value(850), disposition)
    assert block.description.rstrip(".") == description.rstrip(".")


def test_travel_tells_what_was_provided_before_or_behind_the_labels() -> None:
    block = only("Recd--April 12, 2000; Est. Value--$676.00; Expended for lodging and airfare.", travel=True)
    assert (block.kind, block.description, block.disposition) == ("travel", "Expended for lodging and airfare.", None)
    block = only("Transportation in country, Jan. 4-8, 1994.", travel=True)
    assert (block.date, block.description) == ("1994-01-04/1994-01-08", "Transportation in country")


def test_prices_of_items_and_dates_in_the_description_are_not_the_groups() -> None:
    block = only(
        "(1) Rosary, $15. (2) Coins of 14 June 1998, $1000. Recd--January 26, 1999. Est. Value--$1015. Reported to GSA June 2, 2000."
    )
    assert (block.date, block.value, block.disposition) == ("1999-01-26", Value(1015), "gsa")


def test_a_date_of_report_is_neither_receipt_nor_disposition() -> None:
    block = only(
        "A rug. Received--Spring 2002, Actual Date N/A Reported--June 20, 2006 for 2005 Report Est. Value--$305.00."
    )
    assert (block.date, block.value, block.disposition, block.description) == ("2002-21", Value(305), None, "A rug.")


def test_a_blank_date_stays_unknown_though_the_text_names_a_day() -> None:
    assert only("Two tickets for the match on July 10, 2016. Rec'd--.").date is None


def test_each_paragraph_with_labels_is_a_block_at_its_own_line() -> None:
    blocks = split(
        "Box. Rec'd--January 11, 2002. Est. Value--",
        "$400. Archives Foreign.",
        "^Album. Rec'd--January 12,",
        "2002. Est. Value--$854. Archives Foreign.",
    ).blocks
    assert [(b.locator, b.description, b.date) for b in blocks] == [
        ("p7:l10", "Box.", "2002-01-11"),
        ("p7:l12", "Album.", "2002-01-12"),
    ]


def test_a_group_that_follows_within_the_paragraph_is_a_block_of_its_own() -> None:
    blocks = split(
        "Plate. Rec'd--April 20, 2006. Est. Value--$75.",
        "Disposition--Archives Foreign. Two books of stamps.",
        "Rec'd--April 20, 2006. Est. Value--$40. Disposition--Archives Foreign Scroll. Rec'd--",
        "April 20, 2006. Est. Value--$200. Disposition--Archives Foreign.",
    ).blocks
    assert [(b.line, b.description, b.value) for b in blocks] == [
        (10, "Plate.", Value(75)),
        (11, "Two books of stamps.", Value(40)),
        (12, "Scroll.", Value(200)),
    ]
    assert {b.disposition for b in blocks} == {"archives"}


@pytest.mark.parametrize(
    "lines",
    [
        ("Briefcase. Rec'd--.", "^3/10/2013. Est. Value--$1,490.00. Archives."),
        ("Briefcase. Rec'd--3/10/2013.", "^Est. Value--$1,490.00. Archives."),
        ("Briefcase. Rec'd--3/10/2013. Est. Value--$1,490.00.", "^Archives Foreign."),
    ],
)
def test_a_paragraph_that_only_goes_on_is_no_block(lines: tuple[str, ...]) -> None:
    blocks = split(*lines).blocks
    assert [(b.date, b.value, b.disposition) for b in blocks] == [("2013-03-10", Value(1490), "archives")]


def test_numbered_items_stay_one_block() -> None:
    blocks = split(
        "(1) Box. Recd--May 1, 1994.", "(2) Cup. Archive Foreign. Recd--May 1, 1994. Est. Value--$285.00."
    ).blocks
    assert len(blocks) == 1


def test_a_block_without_any_label_is_a_block() -> None:
    block = only("Sculpture of a polar bear.")
    assert (block.date, block.value, block.disposition) == (None, None, None)


def test_a_donor_that_begins_with_a_block_is_that_blocks_donor() -> None:
    blocks = split(
        "Box. Rec'd--1/1/2002. Est. Value--$400. Archives.",
        "^Cup. Rec'd--1/1/2002. Est. Value--$40. Archives.",
        "^Pen. Rec'd--1/1/2002. Est. Value--$4. Archives.",
        donor=("The King of Spain.", "^The Queen of Spain."),
    ).blocks
    assert [b.donor for b in blocks] == ["The King of Spain.", "The Queen of Spain.", "The Queen of Spain."]


def test_every_label_is_counted_by_what_became_of_it() -> None:
    read = split("Box. Rec'd--1/1/2002. Est. Value--$4. NARA.", "^Cup. Rec'd--2/30/2002. Est. Value--$4. NARA.")
    assert read.date_labels == {"read": 1, "unreadable": 1}
    assert read.value_labels == {"read": 1, "continued": 1}
    assert [(f.line, f.what, f.text) for f in read.findings] == [(11, "date that does not exist", "2/30/2002")]
    assert split("Cup. Rec'd--1/1/2002.", inherited=("recipient",)).date_labels == {"continued": 1}
    assert split("Airfare. Rec'd--1/1/2002.", travel=True).date_labels == {"travel": 1}


def test_a_malformed_amount_keeps_its_text_and_is_found() -> None:
    read = split("Box. Rec'd--1/1/2002. Est. Value--$7,00.00. NARA.")
    assert read.blocks[0].value == Value(None)
    assert read.blocks[0].as_stated["value"] == "$7,00.00"
    assert [f.what for f in read.findings] == ["amount that is no number"]


def test_the_cell_is_kept_as_printed_though_it_is_read_joined() -> None:
    blocks = split(
        "A hand-",
        "made box. Rec'd--1/1/2002. Est. Value--$4. NARA. A 5\\1/",
        "2\\'' cup. Rec'd--1/2/2002. Est. Value--$5. NARA.",
    ).blocks
    assert [block.description for block in blocks] == ["A hand-made box.", 'A 5 1/2" cup.']
    assert [block.as_stated["gift"] for block in blocks] == [
        "A hand- made box. Rec'd--1/1/2002. Est. Value--$4. NARA.",
        "A 5\\1/ 2\\'' cup. Rec'd--1/2/2002. Est. Value--$5. NARA.",
    ]


def test_an_empty_cell_is_one_empty_block() -> None:
    assert [b.description for b in split().blocks] == [""]


@pytest.mark.parametrize(
    "piece", ["Rec'd--", "$1,", "1,", "(1) $1 ", "1/1/2001 ", "``''", "A.", "[eacute", "total ", "Reported--"]
)
def test_one_endless_line_is_read_in_time_that_grows_with_it(piece: str) -> None:
    assert len(split(piece * 4000).blocks) == 1


WORDS = [
    "Box.",
    "Rec'd--",
    "1/2/2003.",
    "Est.",
    "Value--",
    "$5.",
    "Archives Foreign.",
    "^Cup",
    "(1)",
    "and",
    "$7,00.00",
    "Location--",
    "''",
]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6))
def test_any_cell_is_read_to_blocks_in_line_order_and_no_label_is_lost(lines: list[str]) -> None:
    read = split(*lines)
    assert read.blocks
    numbers = [block.line for block in read.blocks]
    assert numbers == sorted(numbers)
    assert sum(read.date_labels.values()) == sum(line.count("Rec'd--") for line in lines)
    printed = "".join(line.lstrip("^") for line in lines)
    assert "".join(block.as_stated["gift"] for block in read.blocks).replace(" ", "") == printed.replace(" ", "")
