"""Dates of the notices, in every form that they print."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.dates import day_number, read_bounds
from giftgraph.sources.us_federal_register.stated_dates import find_date, read_date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("January 5, 1994", "1994-01-05"),
        ("Oct. 4, 1994", "1994-10-04"),
        ("12 Jan 94", "1994-01-12"),
        ("17 January 1995", "1995-01-17"),
        ("11-Jan-07", "2007-01-11"),
        ("7-18-95", "1995-07-18"),
        ("10/ 12/95", "1995-10-12"),
        ("1/5/2011", "2011-01-05"),
        ("08/21/01", "2001-08-21"),
        ("4//24/02", "2002-04-24"),
        ("5-95", "1995-05"),
        ("12/2006", "2006-12"),
        ("August 2015", "2015-08"),
        ("November 97", "1997-11"),
        ("2014", "2014"),
        ("2005, Actual Date NA", "2005"),
        ("Approximate Date 2005--Actual Date N/A", "2005~"),
        ("May 2005 or Before", "[..2005-05]"),
        ("Spring 2002", "2002-21"),
        ("Septmeber 12, 1994", "1994-09-12"),
        ("Decenber 14, 2001", "2001-12-14"),
    ],
)
def test_a_day_a_month_or_a_year_is_read_as_far_as_it_is_stated(text: str, expected: str) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("April 30 to May 10, 2007", "2007-04-30/2007-05-10"),
        ("January 4 through January 12, 2006", "2006-01-04/2006-01-12"),
        ("1/30-2/6/2015", "2015-01-30/2015-02-06"),
        ("3/14-18/2011", "2011-03-14/2011-03-18"),
        ("12/12/-14/2011", "2011-12-12/2011-12-14"),
        ("11/28-12/3-2011", "2011-11-28/2011-12-03"),
        ("10/28/17-11/13/17", "2017-10-28/2017-11-13"),
        ("January-May 2015", "2015-01/2015-05"),
        ("10-11/2014", "2014-10/2014-11"),
        ("Jan. 4-8, 1994", "1994-01-04/1994-01-08"),
        ("19-20 May 2003", "2003-05-19/2003-05-20"),
        ("July 15, 16, 23 and 24, 1995", "1995-07-15/1995-07-24"),
        ("December 28-January 4, 2003", "2002-12-28/2003-01-04"),
        ("9/18/2010--1/2/2011", "2010-09-18/2011-01-02"),
    ],
)
def test_a_range_has_both_ends_with_what_each_lacks(text: str, expected: str) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Unknown",
        "7/31/3019",
        "October 23, 200",
        "March 1, 995",
        "5/32/2011",
        "June 54, 2003",
        "1/1602",
        "January 6",
        "1745",
    ],
)
def test_what_is_no_date_of_these_notices_is_null(text: str) -> None:
    assert read_date(text) is None


def test_the_text_behind_a_date_is_left_alone() -> None:
    text = "January 5, 2004 and 12 silver spoons"
    found = find_date(text)
    assert found is not None
    assert text[found.start : found.end] == "January 5, 2004"


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_every_day_is_read_back_from_each_of_its_forms(day: date) -> None:
    month = MONTHS[day.month - 1]
    forms = [
        f"{month} {day.day}, {day.year}",
        f"{month[:3]}. {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day}-{month[:3]}-{day.year % 100:02d}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day.month:02d}/{day.day:02d}/{day.year % 100:02d}",
    ]
    assert {read_date(form) for form in forms} == {day.isoformat()}


@given(st.text(alphabet="0123456789/-., AaFJMNOSDeachlnprtuvy'", max_size=40))
def test_whatever_is_read_has_bounds_in_order(text: str) -> None:
    stated = read_date(text)
    if stated is not None:
        bounds = read_bounds(stated)
        assert bounds.earliest_day is not None
        assert bounds.latest_day is not None
        assert day_number(1950, 1, 1) <= bounds.earliest_day <= bounds.latest_day
