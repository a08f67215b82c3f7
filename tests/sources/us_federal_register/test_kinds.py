"""A block's own words say whether it is travel; the title of its table decides only where they do not."""

from __future__ import annotations

import pytest

from giftgraph.sources.us_federal_register.kinds import read_kind


@pytest.mark.parametrize(
    "description",
    [
        "TRAVEL: To attend the 2010 congress.",
        "Expended for hotel and meals.",
        "Food, lodging and ground transportation within Brussels",
        "3 nights lodging in Tokyo, Japan, for Member and Spouse",
        "Transportation from Islamabad to Karachi, Pakistan.",
    ],
)
def test_words_of_travel_make_travel_of_a_row_in_a_table_of_things(description: str) -> None:
    assert read_kind(description, in_travel_table=False) == "travel"


@pytest.mark.parametrize(
    "description",
    ["Certified antique glass bowl in a personally engraved display case.", "Mother of Pearl Jewelry Box."],
)
def test_words_of_things_make_a_gift_of_a_row_in_a_table_of_travel(description: str) -> None:
    assert read_kind(description, in_travel_table=True) == "tangible"


@pytest.mark.parametrize(
    "description",
    [
        "Large framed painting of a dove in flight with an olive branch.",
        "Black ostrich leather travel bag.",
        "Framed photograph of the delegation at the hotel, after lodging and meals.",
    ],
)
def test_a_thing_that_tells_of_travel_stays_a_thing(description: str) -> None:
    assert read_kind(description, in_travel_table=False) == "tangible"


def test_without_telling_words_the_table_decides() -> None:
    assert read_kind("Two days in the capital", in_travel_table=True) == "travel"
    assert read_kind("An unnamed object", in_travel_table=False) == "tangible"
