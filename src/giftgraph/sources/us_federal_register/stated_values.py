"""The estimated values of the notices: amounts, bounds, ranges, sums, and amounts that are no number.

A malformed amount ("$7,00.00", "$3.540") has no number: which digit is wrong is not known.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from giftgraph.sources.stated import Operator, Value

_NUMBER = r"\d[\d,.]{0,20}"
_CURRENCIES = (
    (re.compile(r"US\s?\$|\$|USD\b|U\.S\.\s?dollars\b|dollars?\b", re.IGNORECASE), "USD"),
    (re.compile(r"EUR\b|euros?\b|€", re.IGNORECASE), "EUR"),
    (re.compile(r"GBP\b|pounds?\b|£", re.IGNORECASE), "GBP"),
    (re.compile(r"JPY\b|yen\b|¥", re.IGNORECASE), "JPY"),
    (re.compile(r"CHF\b|Swiss francs?\b", re.IGNORECASE), "CHF"),
    (re.compile(r"AUD\b", re.IGNORECASE), "AUD"),
    (re.compile(r"CAD\b", re.IGNORECASE), "CAD"),
)
_AMOUNT = re.compile(
    rf"(?:(?:US\s?)?\$\s?){{0,2}}({_NUMBER})(?:\s?(USD|EUR|euros?|dollars?|GBP|JPY|yen|CHF|AUD|CAD)\b)?", re.IGNORECASE
)
_WELL_FORMED = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
_ABOVE = re.compile(
    r"over(?:value)?|in excess of|excess of|more than|exceed(?:s|ing)?|greater than|above|upwards? of|>", re.IGNORECASE
)
_AT_LEAST = re.compile(r"at least|not less than|no less than|minimum of|>=|starting at", re.IGNORECASE)
_OR_MORE = re.compile(r"\s?(?:\+|or (?:more|over|above|greater)|and (?:over|above|up|more))", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:\s|--?|:|\.(?!\d)|,|\)|approximately\b|approx\.?|about\b|est\.|estimated(?: at)?|appraised(?: at)?|is\b|was\b|at\b|of\b|"
    r"total(?:ing)?\b|between\b|from\b|under\b)*",
    re.IGNORECASE,
)
_UNSTATED = re.compile(
    r"\$?\s?(?:unknown|undetermined|not determined|undeterminable|not known|not submitted|not stated|not available|not provided|"
    r"not applicable|not appraised|not yet|not been|unavailable|pending|n/a|na\b|tbd|to be determined|none|no value|priceless|"
    r"awaiting|indeterminable|cannot be|could not|minim[au]l?|nominal|de minimis|no commercial|sentimental|intrinsic|\?|varies|"
    r"(?:over|above|under|exceeds|more than|below|less than) (?:the )?minim[au]l?(?:m)?)",
    re.IGNORECASE,
)
_TO = re.compile(r"\s?(?:-{1,2}|–|to|and|or)\s?(?=\$|\d)", re.IGNORECASE)
_JOINED = re.compile(r"\s?(?:,\s?and|and|,|;|&|\+|plus)\s?(?=\$)", re.IGNORECASE)
_TOTAL = re.compile(
    rf"(?:,?\s?respectively)?[\s.,;:(-]{{0,6}}(?:(?:for a )?(?:grand )?total(?:ing| value| of| est\.? value)*\b[\s:=.-]{{0,4}}|(?<=\()|=\s?)"
    rf"(?:US)?\$\s?({_NUMBER})\)?",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(rf"\s?\((?:total[\s:]*)?\$\s?({_NUMBER})(?:\s?total)?\)", re.IGNORECASE)


class FoundValue(NamedTuple):
    """A value in a text and where it stands; `value` without an amount where what stands there gives none."""

    value: Value
    start: int
    end: int


def read_value(text: str) -> Value | None:
    """The value that a text begins with; None where nothing is stated.

    >>> [read_value(t).amount for t in ("$1,050.00.", "332.29", "$7,00.00", "Pending")]
    [1050.0, 332.29, None, None]
    >>> read_value("over $250").operator, read_value("$250-300").maximum, read_value("")
    ('>', 300.0, None)
    >>> read_value("$12,000 and $11,400.00 ($23,400.00)").amount
    23400.0
    """
    found = find_value(text)
    return found.value if found else None


def find_value(text: str, position: int = 0) -> FoundValue | None:
    """The value that stands at a position of a text; None where none stands there."""
    lead = _LEAD.match(text, position)
    start = lead.end() if lead else position
    if unstated := _UNSTATED.match(text, start):
        operator: Operator = ">" if re.match(r"over|above|exceeds|more", unstated[0], re.IGNORECASE) else "="
        return FoundValue(Value(None, operator=operator), start, unstated.end())
    operator = "="
    if bound := _AT_LEAST.match(text, start):
        operator = ">="
    elif bound := _ABOVE.match(text, start):
        operator = ">"
    after = _LEAD.match(text, bound.end() if bound else start)
    amount = _AMOUNT.match(text, after.end() if after else start)
    if amount is None:
        return None
    end = _amount_end(amount)
    currency = _currency(amount[0])
    if operator == "=" and (more := _OR_MORE.match(text, end)):
        return FoundValue(Value(_number(amount[1]), currency, ">="), start, more.end())
    return _range_or_sum(text, start, end, Value(_number(amount[1]), currency, operator))


def _range_or_sum(text: str, start: int, end: int, first: Value) -> FoundValue:
    amounts = [first.amount]
    last = end
    while (joined := _JOINED.match(text, last)) and (further := _AMOUNT.match(text, joined.end())):
        amounts.append(_number(further[1]))
        last = _amount_end(further)
    if total := _TOTAL_AFTER.match(text, last) or _TOTAL.match(text, last):
        return FoundValue(Value(_number(total[1]), first.currency), start, total.end())
    if len(amounts) > 1:
        known = [amount for amount in amounts if amount is not None]
        total_amount = round(sum(known), 2) if len(known) == len(amounts) else None
        return FoundValue(Value(total_amount, first.currency, first.operator), start, last)
    if (joined := _TO.match(text, end)) and (second := _AMOUNT.match(text, joined.end())):
        low, high = first.amount, _number(second[1])
        if low is not None and high is not None and low < high:
            return FoundValue(Value(low, first.currency, "range", high), start, _amount_end(second))
    return FoundValue(first, start, end)


def _amount_end(match: re.Match[str]) -> int:
    """The end of an amount without the stop or comma of the sentence."""
    if match[2]:
        return match.end()
    return match.end(1) - (len(match[1]) - len(match[1].rstrip(".,")))


def _number(text: str) -> float | None:
    text = text.rstrip(".,")
    return float(text.replace(",", "")) if _WELL_FORMED.fullmatch(text) else None


def _currency(text: str) -> str:
    return next((code for sign, code in _CURRENCIES if sign.search(text)), "USD")
