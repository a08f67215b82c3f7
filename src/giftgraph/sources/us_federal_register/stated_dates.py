"""The dates of the notices, as EDTF: US order of month and day, two-digit years of 1950 to 2049, ranges, months, years.

A date that does not exist, or lies outside the years in which these notices can report a gift, is not read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from giftgraph.dates import month_length

FIRST_YEAR, LAST_YEAR = 1950, 2049
_MOST_PARTS = 12
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Misprints such as "Septmeber" and "Decenber" are read: letters of the month after its first three.
_MONTH = (
    r"(Jan[uary]{0,6}|Jamuary|Feb[ruary]{0,7}|Mar(?:ch)?|Apr[il]{0,3}|May|June?|July?|Aug[ust]{0,4}|"
    r"Sep[tembr]{0,7}|Oct[obre]{0,6}|Nov[embr]{0,6}|Dec[embrn]{0,6})\b\.?,?"
)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?(?![\d/])"
_YEAR4 = r"(\d{4})(?!\d)"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (order, re.compile(pattern, re.IGNORECASE | re.ASCII))
    for order, pattern in (
        ("mdy", rf"{_MONTH}\s*{_DAY}\s*[,.]?,?\s*(?:of\s)?{_YEAR4}"),
        ("my", rf"{_MONTH}\s*(?:of\s)?{_YEAR4}"),
        ("my", rf"{_MONTH}\s*'?([5-9]\d)(?![\d,])"),
        ("md", rf"{_MONTH}\s*{_DAY}"),
        ("dmy", rf"{_DAY}[\s-]*(?:of\s)?{_MONTH}[\s-]*(\d{{4}}|\d{{2}})(?!\d)"),
        ("dm", rf"{_DAY}[\s-]*{_MONTH}"),
        ("mdy", r"(\d{1,2})/{1,2}\s?(\d{1,2})(?:/\s?|-(?=\d{4}))(\d{4}|\d{2})(?!\d)"),
        ("mdy", r"(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})(?!\d)"),
        ("mdy", r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?!\d)"),
        ("ymd", r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"),
        ("my", r"(\d{1,2})[/-](\d{4})(?!\d)"),
        ("y", _YEAR4),
        ("md", r"(\d{1,2})/(\d{1,2})(?![\d/])"),
        ("m", _MONTH),
        ("d", r"(\d{1,2})(?:st|nd|rd|th)?(?![\d/])"),
    )
)
_MONTH_AND_YEAR = re.compile(rf"(\d{{1,2}})[/-](\d{{2}})(?![\d/-]|\s*{_MONTH})", re.ASCII | re.IGNORECASE)
_DAYS_OF_MONTH = re.compile(
    r"(\d{1,2})/\s?(\d{1,2})/?\s?(?:-|&|and|/(?=\d{1,2}/\d{4}))\s?(\d{1,2})/\s?(\d{4}|\d{2})(?![\d/])", re.ASCII
)
_MONTHS_OF_YEAR = re.compile(r"(\d{1,2})-(\d{1,2})/(\d{4})(?!\d)", re.ASCII)
_SEASON = re.compile(r"(Spring|Summer|Fall|Autumn|Winter)\s(?:of\s)?(\d{4})(?!\d)", re.IGNORECASE | re.ASCII)
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_YEAR_BEHIND = re.compile(r"\s*(?:-|,)?\s*(\d{4})(?!\d)", re.ASCII)
_TO = re.compile(
    r"\s*(?:-{1,2}|–|to|through|thru|until|till|and|&|,\s*and|[,;](?=\s?\d{1,2}(?!\d)))\s*(?=[A-Za-z\d])", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:\s|--?|:|\.|,|on\b|in\b|from\b|during\b|between\b|approximate(?:ly\b| date\b)|approx\b\.?|about\b|circa\b|"
    r"early\b|late\b|mid-?|the month of\b|the week of\b|week of\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)*",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:prior(?:\sto)?|before|no later than|not later than)\s(?=[A-Z\d])", re.IGNORECASE)
_OR_BEFORE = re.compile(r",?\s?(?:or|and) (?:before|earlier|prior)\b", re.IGNORECASE)
_ABOUT = re.compile(r"approx|about|circa", re.IGNORECASE)


class FoundDate(NamedTuple):
    """A date in a text: its EDTF form, and where it stands; `edtf` is null where what stands there is no date that exists."""

    edtf: str | None
    start: int
    end: int


class _Part(NamedTuple):
    year: int | None
    month: int | None
    day: int | None
    end: int


def read_date(text: str) -> str | None:
    """The date that a text begins with, as EDTF; null where none can be read.

    >>> [read_date(t) for t in ("January 5, 1994", "12 Jan 94", "7-18-95", "5-95", "Unknown", "7/31/3019", "October 23, 200")]
    ['1994-01-05', '1994-01-12', '1995-07-18', '1995-05', None, None, None]
    >>> [read_date(t) for t in ("April 30 to May 10, 2007", "1/30-2/6/2015", "January-May 2015", "2005, Actual Date NA")]
    ['2007-04-30/2007-05-10', '2015-01-30/2015-02-06', '2015-01/2015-05', '2005']
    """
    found = find_date(text)
    return found.edtf if found else None


def find_date(text: str, position: int = 0) -> FoundDate | None:
    """The date that stands at a position of a text, after words such as "on" or "approximately"; None where none stands there."""
    lead = _LEAD.match(text, position)
    start = lead.end() if lead else position
    about = bool(lead and _ABOUT.search(lead[0]))
    if (by := _BY.match(text, start)) and (latest := find_date(text, by.end())) and latest.edtf:
        stated = None if "/" in latest.edtf else f"[..{latest.edtf.rstrip('~')}]"
        return FoundDate(stated, start, latest.end)
    if unusual := _unusual(text, start, about):
        return unusual
    first = _part(text, start)
    if first is None:
        return None
    last = _range_end(text, first)
    if first.year is None and first.month is None:
        if last is None or last.year is None:
            return None
        first = first._replace(month=last.month)
    if last is not None:
        return FoundDate(_edtf_range(first, last), start, last.end)
    stated = _edtf(first, about)
    if stated and (before := _OR_BEFORE.match(text, first.end)):
        return FoundDate(f"[..{stated}]", start, before.end())
    return FoundDate(stated, start, first.end)


def _unusual(text: str, start: int, about: bool) -> FoundDate | None:
    """Forms whose parts do not stand alone: `3/14-18/2011`, `10-11/2014`, `Spring 2002`, `5-95`."""
    if days := _DAYS_OF_MONTH.match(text, start):
        month, first_day, last_day, year = int(days[1]), int(days[2]), int(days[3]), _full_year(days[4])
        ends = _Part(year, month, first_day, 0), _Part(year, month, last_day, 0)
        return FoundDate(_edtf_range(*ends), start, days.end())
    if months := _MONTHS_OF_YEAR.match(text, start):
        year = int(months[3])
        return FoundDate(
            _edtf_range(_Part(year, int(months[1]), None, 0), _Part(year, int(months[2]), None, 0)), start, months.end()
        )
    if season := _SEASON.match(text, start):
        return FoundDate(f"{season[2]}-{_SEASONS[season[1].lower()]}", start, season.end())
    if short := _MONTH_AND_YEAR.match(text, start):
        return FoundDate(_edtf(_Part(_full_year(short[2]), int(short[1]), None, 0), about), start, short.end())
    return None


def _part(text: str, position: int) -> _Part | None:
    """One end of a range: as much of a date as stands at the position."""
    for order, form in _FORMS:
        if match := form.match(text, position):
            values = dict(zip(order, match.groups(), strict=True))
            year = _full_year(values["y"]) if "y" in values else None
            month = _month(values["m"]) if "m" in values else None
            day = int(values["d"]) if "d" in values else None
            return _Part(year, month, day, match.end())
    return None


def _range_end(text: str, first: _Part) -> _Part | None:
    """The other end of a range: every further date that a dash, "to" or "and" joins, the last one with its year."""
    last: _Part | None = None
    end = first.end
    known = first
    for _ in range(_MOST_PARTS):
        joined = _TO.match(text, end)
        part = _part(text, joined.end()) if joined else None
        if (
            part is None
            or (known.year is not None and part.month is None and part.year is None)
            or (part.month is None and part.day is None and first.month is not None and first.day is not None)
        ):
            break
        if part.month is None and part.day is not None:
            part = part._replace(month=known.month)
            if year := _YEAR_BEHIND.match(text, part.end):
                part = part._replace(year=int(year[1]), end=year.end())
        last, known, end = part, part, part.end
    return last


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 50 else 2000)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower().replace("jam", "jan")) + 1


def _edtf(part: _Part, about: bool = False) -> str | None:
    if not _exists(part):
        return None
    text = f"{part.year:04d}"
    if part.month is not None:
        text += f"-{part.month:02d}"
    if part.day is not None:
        text += f"-{part.day:02d}"
    return text + ("~" if about else "")


def _exists(part: _Part) -> bool:
    if part.year is None or not FIRST_YEAR <= part.year <= LAST_YEAR:
        return False
    if part.month is None:
        return part.day is None
    return 1 <= part.month <= 12 and (part.day is None or 1 <= part.day <= month_length(part.year, part.month))


def _edtf_range(first: _Part, last: _Part) -> str | None:
    """Both ends, each with what it lacks from the other; null where one does not exist or they are the wrong way round."""
    year = last.year if last.year is not None else first.year
    last = last._replace(year=year)
    if first.year is None and year is not None:
        crosses = (first.month or 0) > (last.month or 0)
        first = first._replace(year=year - 1 if crosses else year)
    start, end = _edtf(first), _edtf(last)
    if start is None or end is None:
        return None
    if start == end:
        return start
    return f"{start}/{end}" if start[: len(end)] <= end[: len(start)] else None
