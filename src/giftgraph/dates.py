"""EDTF dates: bounds as day numbers, and the words a reader sees.

A day number is the proleptic Gregorian ordinal of Python's `date.toordinal` (1 = 0001-01-01), continued below 1 for years before 1.
The full EDTF grammar (ISO 8601-2, levels 0 to 2) is parsed by the edtf library, which is imported only when a date is read;
words are made without it, because pictures need words and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from giftgraph.errors import DateInvalid

_DAYS_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_LONGEST = 100
_PLAIN = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_YEAR = re.compile(r"(-?\d{3}[\dX]|-?\d{2}XX)(?:-\d{2}){0,2}([?~%]?)", re.ASCII)
_WORDABLE = re.compile(r"(-?\d{3}[\dX]|-?\d{2}XX|-?\d{4}-\d{2}(?:-\d{2})?)([?~%]?)")


class Bounds(NamedTuple):
    """The first and the last day that a date allows; None where that side is open or unknown."""

    earliest_day: int | None
    latest_day: int | None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def day_number(year: int, month: int, day: int) -> int:
    """The proleptic Gregorian day number; year 0 is 1 BCE.

    >>> day_number(1, 1, 1), day_number(0, 12, 31), day_number(2023, 9, 13)
    (1, 0, 738776)
    """
    before = year - 1
    leap_day = 1 if month > 2 and _is_leap(year) else 0
    return before * 365 + before // 4 - before // 100 + before // 400 + _DAYS_BEFORE_MONTH[month - 1] + leap_day + day


def iso_date(day: int | None) -> str | None:
    """The xsd:date of a day number, or None before year 1 and after year 9999, where xsd:date is not safe to compare.

    >>> iso_date(738776), iso_date(-5)
    ('2023-09-13', None)
    """
    if day is None or not 1 <= day <= date.max.toordinal():
        return None
    return date.fromordinal(day).isoformat()


def year_of(day: int) -> int:
    """The astronomical year of a day number.

    >>> year_of(738776), year_of(1), year_of(0), year_of(day_number(-1349, 12, 31))
    (2023, 1, 0, -1349)
    """
    if 1 <= day <= date.max.toordinal():
        return date.fromordinal(day).year
    year = day // 365 - 1
    while day_number(year + 1, 1, 1) <= day:
        year += 1
    return year


def display_year_of(day: int) -> str:
    """The year of a day number in words.

    >>> display_year_of(738776), display_year_of(day_number(-1349, 12, 31))
    ('2023', '1350 BCE')
    """
    year = year_of(day)
    return str(year) if year > 0 else f"{1 - year} BCE"


def month_length(year: int, month: int) -> int:
    """The number of days in a month.

    >>> month_length(2024, 2), month_length(1900, 2)
    (29, 28)
    """
    if month == 2:
        return 29 if _is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def read_bounds(text: str) -> Bounds:
    """Read an EDTF date and give its strict bounds; qualifiers (`?`, `~`) do not widen them.

    Raises DateInvalid when the text is not EDTF or names a day that does not exist.

    >>> read_bounds("2023-09-13")
    Bounds(earliest_day=738776, latest_day=738776)
    >>> read_bounds("1999/..").latest_day is None
    True
    """
    text = text.strip()
    if plain := _match_plain(text):
        return _plain_bounds(text, *plain.groups())
    if not text or len(text) > _LONGEST or not text.isascii():
        raise DateInvalid(f"{text[:40]!r} is not a date: write EDTF such as 1972-02-21, 1972-02, 1826~ or 1999/2001")
    if (ends := _split_plain(text)) is not None:
        # The library is slow, and registers and lists of office holders have hundreds of such dates.
        earliest = read_bounds(ends[0]).earliest_day if ends[0] else None
        latest = read_bounds(ends[1]).latest_day if ends[1] else None
    else:
        parsed = _parse(text)
        earliest = None if _opens(text) else _bound(text, parsed.lower_strict)
        latest = None if _ends_open(text) else _bound(text, parsed.upper_strict)
    if earliest is not None and latest is not None and earliest > latest:
        raise DateInvalid(f"{text!r} ends before it begins")
    return Bounds(earliest, latest)


def _match_plain(text: str) -> re.Match[str] | None:
    plain = _PLAIN.fullmatch(text)
    return plain if plain and plain[2] not in _SEASONS else None


def _split_plain(text: str) -> tuple[str, str] | None:
    """The two ends of `A/B`, `../B`, `[A..]` and `[..B]` where they are plain dates, an open one empty; else None."""
    if text.startswith("[") and text.endswith("]"):
        first, dots, last = text[1:-1].partition("..")
        ends = (first, last) if dots and not (first and last) else None
    else:
        first, slash, last = text.partition("/")
        ends = ("" if first == ".." else first, last) if slash and last else None
    given = [end for end in ends or () if end]
    return ends if given and all(map(_match_plain, given)) else None


def _plain_bounds(text: str, year: str, month: str | None, day: str | None) -> Bounds:
    y = int(year)
    if month is None:
        return Bounds(day_number(y, 1, 1), day_number(y, 12, 31))
    m = int(month)
    if not 1 <= m <= 12:
        raise DateInvalid(f"{text!r} is not a date: there is no month {month}")
    if day is None:
        return Bounds(day_number(y, m, 1), day_number(y, m, month_length(y, m)))
    if not 1 <= int(day) <= month_length(y, m):
        raise DateInvalid(f"{text!r} is not a date: {year}-{month} has {month_length(y, m)} days")
    number = day_number(y, m, int(day))
    return Bounds(number, number)


def _parse(text: str) -> Any:
    from edtf import EDTFParseException, parse_edtf

    _check_days(text)
    try:
        return parse_edtf(text)
    except (EDTFParseException, ValueError, TypeError, AttributeError, RecursionError):
        raise DateInvalid(
            f"{text!r} is not a date: write EDTF such as 1972-02-21, 1826~, [1667,1668] or 1999/2001"
        ) from None


def _check_days(text: str) -> None:
    """Refuse days that do not exist inside a compound date, which the grammar alone lets through."""
    for match in re.finditer(r"(?<![\d-])(-?\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)", text):
        if int(match[2]) <= 12:
            _plain_bounds(match[0], match[1], match[2], match[3])


def _opens(text: str) -> bool:
    return text.startswith(("../", "/", "[..", "{.."))


def _ends_open(text: str) -> bool:
    return text.endswith(("/..", "/", "..]", "..}"))


def _bound(text: str, side: Callable[[], Any]) -> int | None:
    try:
        moment = side()
        return day_number(moment.tm_year, moment.tm_mon, moment.tm_mday)
    except (AttributeError, TypeError, ValueError, IndexError, OverflowError):
        raise DateInvalid(
            f"{text!r} has no bounds that can be computed: write it as an interval, such as 1650/1699"
        ) from None


def read_range(start: str | None, end: str | None) -> Bounds:
    """The days meant by `--from START --to END`, each a year, a month, a day or any other EDTF date.

    >>> read_range("2023", "2023-09")
    Bounds(earliest_day=738521, latest_day=738793)
    """
    earliest = read_bounds(start).earliest_day if start else None
    latest = read_bounds(end).latest_day if end else None
    if earliest is not None and latest is not None and earliest > latest:
        raise DateInvalid(f"--from {start} is later than --to {end}")
    return Bounds(earliest, latest)


def may_lie_in(first: int | None, last: int | None, when: Bounds) -> bool:
    """Whether something between two days may lie in a period; an undated thing lies only in the period without bounds.

    >>> may_lie_in(10, 20, Bounds(15, None)), may_lie_in(10, 20, Bounds(21, None)), may_lie_in(None, None, Bounds(1, 2))
    (True, False, False)
    """
    if when == Bounds(None, None):
        return True
    if first is None and last is None:
        return False
    starts_before_end = when.latest_day is None or first is None or first <= when.latest_day
    ends_after_start = when.earliest_day is None or last is None or last >= when.earliest_day
    return starts_before_end and ends_after_start


def display(text: str) -> str:
    """The date in words, no more precise than it is.

    >>> [display(d) for d in ("2023-09-13", "1972-04", "1826~", "[1667,1668]", "2005/2007", "183X")]
    ['13 Sep 2023', 'Apr 1972', 'about 1826', '1667 or 1668', '2005 to 2007', '1830s']
    >>> [display(d) for d in ("-1349~/-1335~", "[..2012-05]")]
    ['about 1350 BCE to about 1336 BCE', 'by May 2012']
    """
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return _display_set(text[1:-1])
    if "/" in text:
        return _display_interval(*text.split("/", 1))
    return _display_one(text)


def display_years(start: object, end: object) -> str:
    """A span of time by its years, such as a term of office: `..` is an open end, nothing is an unknown one.

    >>> display_years("2012-05-07", ".."), display_years("1994", None), display_years("-1352~", "-1335")
    ('2012–', '1994–?', 'about 1353 BCE–1336 BCE')
    """
    first, last = (_display_year(str(side)) if side else "?" for side in (start, end))
    return f"{first}–{last}"


def _display_year(text: str) -> str:
    match = _YEAR.fullmatch(text)
    return "" if text == ".." else _display_one(match[1] + match[2]) if match else display(text)


def _display_set(inside: str) -> str:
    if inside.startswith(".."):
        return "by " + _display_one(inside[2:])
    if inside.endswith(".."):
        return "in or after " + _display_one(inside[:-2])
    if ".." in inside and "," not in inside:
        first, last = inside.split("..", 1)
        return f"between {_display_one(first)} and {_display_one(last)}"
    return " or ".join(_display_one(part) for part in inside.split(","))


def _display_interval(first: str, last: str) -> str:
    if last in ("..", ""):
        return f"from {_display_one(first)}" + (" on" if last == ".." else ", end unknown")
    if first in ("..", ""):
        return f"until {_display_one(last)}"
    if first == last:
        return _display_one(first)
    a, b = _PLAIN.fullmatch(first), _PLAIN.fullmatch(last)
    if a and b and a[3] and b[3] and a[1] == b[1]:
        if a[2] == b[2]:
            return f"{int(a[3])}–{_display_one(last)}"
        return f"{int(a[3])} {_MONTHS[int(a[2]) - 1]} to {_display_one(last)}"
    return f"{_display_one(first)} to {_display_one(last)}"


def _display_one(text: str) -> str:
    match = _WORDABLE.fullmatch(text.strip())
    if not match:
        return text
    words = _display_plain(match[1])
    return {"": words, "?": f"{words} (uncertain)", "~": f"about {words}", "%": f"about {words} (uncertain)"}[match[2]]


def _display_plain(text: str) -> str:
    if text.endswith("XX"):
        return f"{text[:-2]}00s"
    if text.endswith("X"):
        return f"{text[:-1]}0s"
    match = _PLAIN.fullmatch(text)
    if not match:
        return text
    words = display_year_of(day_number(int(match[1]), 1, 1))
    if match[2] in _SEASONS:
        return f"{_SEASONS[match[2]]} {words}"
    if match[2] is None or not 1 <= int(match[2]) <= 12:
        return words
    words = f"{_MONTHS[int(match[2]) - 1]} {words}"
    return f"{int(match[3])} {words}" if match[3] else words
