from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph import dates
from giftgraph.errors import DateInvalid


@given(st.dates())
def test_day_numbers_are_pythons_ordinals_from_year_1_on(day: date) -> None:
    assert dates.day_number(day.year, day.month, day.day) == day.toordinal()
    assert dates.iso_date(day.toordinal()) == day.isoformat()


@given(st.integers(-4000, 9998), st.integers(1, 12))
def test_months_follow_each_other_without_a_gap_through_year_0(year: int, month: int) -> None:
    last = dates.day_number(year, month, dates.month_length(year, month))
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    assert dates.day_number(*following, 1) == last + 1


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2023-09-13", "2023-09-13", "2023-09-13"),
        ("1972-02", "1972-02-01", "1972-02-29"),
        ("1880", "1880-01-01", "1880-12-31"),
        ("1826~", "1826-01-01", "1826-12-31"),
        ("183X", "1830-01-01", "1839-12-31"),
        ("[1667,1668]", "1667-01-01", "1668-12-31"),
        ("[..2012-05]", None, "2012-05-31"),
        ("1947/..", "1947-01-01", None),
        ("1952-04-04/1960-05-05", "1952-04-04", "1960-05-05"),
        ("2023-09-13T10:00:00Z", "2023-09-13", "2023-09-13"),
        ("2001-21", "2001-03-01", "2001-05-31"),
    ],
)
def test_bounds_are_the_first_and_last_day_that_the_date_allows(
    text: str, earliest: str | None, latest: str | None
) -> None:
    bounds = dates.read_bounds(text)
    assert (dates.iso_date(bounds.earliest_day), dates.iso_date(bounds.latest_day)) == (earliest, latest)


def test_a_date_before_year_1_has_day_numbers_but_no_xsd_date() -> None:
    bounds = dates.read_bounds("-1349~/-1335~")
    assert bounds.earliest_day is not None and bounds.latest_day is not None
    assert bounds.earliest_day < bounds.latest_day < 1
    assert dates.iso_date(bounds.earliest_day) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "2023-02-30",
        "2023-13",
        "1999-02-30/2000",
        "2023-02-30~",
        "[1999..",
        "9" * 99,
        "1984/1983",
        "1" * 5000,
        "2023-09-13T",
    ],
)
def test_what_is_no_date_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(DateInvalid) as failure:
        dates.read_bounds(text)
    assert "\n" not in str(failure.value)
    assert len(str(failure.value)) < 250


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        bounds = dates.read_bounds(text)
    except DateInvalid:
        return
    if bounds.earliest_day is not None and bounds.latest_day is not None:
        assert bounds.earliest_day <= bounds.latest_day


@given(st.text(max_size=40))
def test_any_text_can_be_displayed(text: str) -> None:
    assert isinstance(dates.display(text), str)


def test_words_are_no_more_precise_than_the_date() -> None:
    assert dates.display("[1995..2000]") == "between 1995 and 2000"
    assert dates.display("2023-09-12/2023-09-17") == "12–17 Sep 2023"
    assert dates.display("1547/..") == "from 1547 on"
    assert dates.display("1984?") == "1984 (uncertain)"


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(DateInvalid, match="later than"):
        dates.read_range("2024", "2023")


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_an_interval_begins_with_its_first_date_and_ends_with_its_last(a: date, b: date, first: int, last: int) -> None:
    start, end = min(a, b).isoformat()[:first], max(a, b).isoformat()[:last]
    expected = (dates.read_bounds(start).earliest_day, dates.read_bounds(end).latest_day)
    assert dates.read_bounds(f"{start}/{end}") == expected
    assert dates.read_bounds(f"../{end}") == (None, expected[1])


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_half_open_set_has_the_bound_of_its_known_end(day: date, precision: int) -> None:
    text = day.isoformat()[:precision]
    assert dates.read_bounds(f"[{text}..]") == (dates.read_bounds(text).earliest_day, None)
    assert dates.read_bounds(f"[..{text}]") == (None, dates.read_bounds(text).latest_day)
