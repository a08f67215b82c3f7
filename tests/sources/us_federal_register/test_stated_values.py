"""Values of the notices: amounts, bounds, ranges, sums, and what is no number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.sources.stated import Value
from giftgraph.sources.us_federal_register.stated_values import read_value


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$600.", 600),
        ("$250.00", 250),
        ("$1200", 1200),
        ("$1,050.00", 1050),
        ("$ 1440", 1440),
        ("$7, 190.73.", 7190.73),
        ("$490. 00.", 490),
        ("332.29", 332.29),
        ("$14,300 USD", 14300),
        ("$125 each. Deposited with the Secretary", 125),
    ],
)
def test_an_amount_is_read(text: str, amount: float) -> None:
    assert read_value(text) == Value(amount)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("€300", Value(300, "EUR")),
        ("300 euros", Value(300, "EUR")),
        ("GBP 75.50.", Value(75.5, "GBP")),
        ("over £100", Value(100, "GBP", ">")),
        ("1,800 Euro ($2,124.00)", Value(2124)),
    ],
)
def test_another_currency_is_named_and_a_total_in_dollars_wins(text: str, value: Value) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$12,000 and $11,400.00 ($23,400.00)", 23400),
        ("$12,000.00 & $11,400.00 ($23, 400.00) Office", 23400),
        ("$240.00, $370.00, and $125.00 respectively--Total $735.00.", 735),
        ("$180.00 and $250.00, respectively. Total Value: $430.00.", 430),
        ("$322.66, 133.33, 133.33, 120.00 = $709.32.", 709.32),
        ("$300.00 ea. ($900.00).", 900),
        ("$60.00 per goblet; $480.00 for the set.", 480),
    ],
)
def test_a_printed_total_wins(text: str, amount: float) -> None:
    assert read_value(text) == Value(amount)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("$475.00 and $465.00.", 940), ("(1) $3,500, (2) $800. Being retained", 4300), ("$1,645. 2. $895. Pending", 2540)],
)
def test_parts_without_a_total_are_summed(text: str, amount: float) -> None:
    assert read_value(text) == Value(amount)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("over $250", Value(250, operator=">")),
        ("in excess of $260", Value(260, operator=">")),
        ("more than $375", Value(375, operator=">")),
        ("Exceeds $100.", Value(100, operator=">")),
        ("$260.00+", Value(260, operator=">=")),
        ("at least $100", Value(100, operator=">=")),
        ("$250-300", Value(250, operator="range", maximum=300)),
        ("$500-$1000.", Value(500, operator="range", maximum=1000)),
        ("$200 to $300", Value(200, operator="range", maximum=300)),
        ("$3-4,000", Value(3000, operator="range", maximum=4000)),
        ("Over Minimum Value.", Value(None, operator=">")),
    ],
)
def test_a_bound_or_a_range_is_no_amount(text: str, value: Value) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "$7,00.00",
        "$2,200.000",
        "$1.400.00",
        "$3.540",
        "$30,00",
        "$6,7700.00",
        "Unknown",
        "Pending",
        "Not Applicable",
        "$not submitted",
        "(1) $3,050. (2) $1,999 each.",
        "In appraisal process",
    ],
)
def test_what_is_stated_without_a_number_has_no_amount(text: str) -> None:
    assert read_value(text) == Value(None)


@pytest.mark.parametrize("text", ["", ".", "Archives Foreign.", "12/25/2003."])
def test_nothing_stated_is_none(text: str) -> None:
    assert read_value(text) is None


@given(st.integers(0, 99_999_999))
def test_every_amount_of_cents_is_read_back(cents: int) -> None:
    amount = cents / 100
    assert read_value(f"${amount:,.2f}.") == Value(amount)
    assert read_value(f"${amount:.2f}; Archives") == Value(amount)


@given(st.text(alphabet="$0123456789,. -+()aAdeorvTtlnU", max_size=60))
def test_any_text_gives_a_value_that_holds_together(text: str) -> None:
    value = read_value(text)
    if value is not None and value.operator == "range":
        assert value.amount is not None
        assert value.maximum is not None
        assert value.amount < value.maximum
    elif value is not None:
        assert value.maximum is None
