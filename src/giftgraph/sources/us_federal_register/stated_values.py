"""The estimated values of the notices: amounts, bounds, ranges, sums, and amounts that are no number.

A malformed amount ("$7,00.00", "$3.540") has no number: which digit is wrong is not known.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from giftgraph.sources.stated import Operator, Value

# A blank may have come between the parts of a number: "$7, 190.73", "$490. 00".
_NUMBER = r"\d[\d,.]{0,20}(?:(?<=\d,)\s\d{3}(?:\.\d\d(?!\d)|(?=[.;)]))|(?<=\d\.)\s\d\d(?=[.;,)]|$))?"
_MOST_AMOUNTS = 50
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
    rf"(?:(?:US\s?)?\$\s?|[€£¥]\s?|(?:EUR|GBP|JPY|CHF|AUD|CAD)\s){{0,2}}({_NUMBER})(?![\d/]{{0,9}}/\d)"
    r"(?:\s?(USD|EUR|euros?|dollars?|GBP|pounds|JPY|yen|CHF|AUD|CAD)\b)?",
    re.IGNORECASE,
)
_WELL_FORMED = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
_ABOVE = re.compile(
    r"over(?:value)?|in excess of|excess of|more than|exceed(?:s|ing)?|greater than|above|upwards? of|>", re.IGNORECASE
)
_AT_LEAST = re.compile(r"at least|not less than|no less than|minimum of|>=|starting at", re.IGNORECASE)
_OR_MORE = re.compile(r"\s?(?:\+|or (?:more|over|above|greater)|and (?:over|above|up|more))", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:\s|\$(?=\s?(?:over|above|more|in excess|exceed))|--?|:|\.(?!\d)|,|\)|"
    r"approximately\b|approx\.?|about\b|est\.|estimated(?: at)?|appraised(?: at)?|is\b|was\b|"
    r"at\b(?!\sleast)|of\b|total(?:ing)?\b|between\b|from\b|under\b)*",
    re.IGNORECASE,
)
_UNSTATED = re.compile(
    r"\$?\s?(?:over\s?value\b[^.,;$]{0,40}|(?:cannot|could not) be \w+|unknown|unavailable|undetermin\w+|"
    r"indeterminable|pending|awaiting|n/a|na\b|tbd|to be (?:determined|appraised)|none\b|"
    r"priceless|varies|nominal|sentimental|intrinsic|\?|cannot be|could not|de minimis|minim[au]l?|"
    r"not (?:applicable|appraised|available|been|determined|known|provided|stated|submitted|yet)|"
    r"(?:no(?: commercial)?|exact|undetermined) value|(?:being|in|under) apprais\w+(?: process)?|in (?:the )?process|"
    r"(?:over|above|under|exceeds|more than|below|less than) (?:the )?minim[au]l?m?)",
    re.IGNORECASE,
)
_ITEM = r"\(?\d{1,2}[).]\s?"
_ITEMS = re.compile(
    rf"{_ITEM}\$\s?{_NUMBER}(?:\s?each)?(?:[\s,;.]{{0,3}}(?:and\s)?{_ITEM}\$\s?{_NUMBER}(?:\s?each)?){{0,30}}",
    re.IGNORECASE,
)
_ITEM_PRICE = re.compile(rf"{_ITEM}\$\s?({_NUMBER})", re.IGNORECASE)
_TO = re.compile(r"\s?(?:-{1,2}|–|to|and|or)\s?(?=\$|\d)", re.IGNORECASE)
_JOINED = re.compile(
    r"\s?(?:,\s?and|and|,|;|&|\+|plus|/)\s?(?=\$)|,\s(?=\d+\.\d\d)|[.,;]?\s\(?\d{1,2}[.)]\s(?=\$)", re.IGNORECASE
)
_QUALIFIER = re.compile(
    r",?\s?\(?(?:each\b|ea\b\.?|apiece|(?:in )?aggr[ae]gat\w+|combined|respectively|total\b|"
    r"at (?:the )?time of receipt|per \w+|for the (?:set|pair|two)|"
    r"a (?:set|pair|piece)|retail\b|USD\b|gold price|awaiting appraisal|or more\b|(?:minim[au]l?m? )?value\b(?!\s?[-:]))\)?",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    rf"[\s.,;:(-]{{0,6}}(?:(?:for a )?(?:grand )?total(?:ing| value| of| est\.? value)*\b[\s:=.-]{{0,4}}|(?<=\()|=\s?)"
    rf"(?:US)?\$\s?({_NUMBER})\)?|"
    rf"[;,]\s\$\s?({_NUMBER})\s(?:for the set|total|in total|altogether|combined)",
    re.IGNORECASE,
)


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
    >>> read_value("$3-4,000").amount
    3000.0
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
        return FoundValue(Value(None, operator=operator), start, _qualified(text, unstated.end()))
    if items := _ITEMS.match(text, start):
        return _sum_of_items(text, start, items)
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


def _sum_of_items(text: str, start: int, items: re.Match[str]) -> FoundValue:
    """`(1) $3,050. (2) $1,990.` is the sum of its items, unless one of them is a price for each of several, or a total follows."""
    end = items.end() - (len(items[0]) - len(items[0].rstrip(".,; ")))
    if total := _TOTAL.match(text, end):
        return FoundValue(Value(_number(total[1] or total[2])), start, total.end())
    prices = [_number(price[1]) for price in _ITEM_PRICE.finditer(items[0])]
    known = [price for price in prices if price is not None]
    whole = len(known) == len(prices) and "each" not in items[0].lower()
    return FoundValue(Value(round(sum(known), 2) if whole else None), start, end)


def _range_or_sum(text: str, start: int, end: int, first: Value) -> FoundValue:
    amounts = [first.amount]
    last = _qualified(text, end)
    while len(amounts) < _MOST_AMOUNTS and (joined := _JOINED.match(text, last)):
        further = _AMOUNT.match(text, joined.end())
        if further is None:
            break
        if total := _TOTAL.match(text, last):
            return FoundValue(Value(_number(total[1] or total[2])), start, total.end())
        amounts.append(_number(further[1]))
        last = _qualified(text, _amount_end(further))
    if total := _TOTAL.match(text, last):
        return FoundValue(Value(_number(total[1] or total[2])), start, total.end())
    if len(amounts) > 1:
        known = [amount for amount in amounts if amount is not None]
        whole = round(sum(known), 2) if len(known) == len(amounts) else None
        return FoundValue(Value(whole, first.currency, first.operator), start, last)
    if (joined := _TO.match(text, end)) and (second := _AMOUNT.match(text, joined.end())):
        low, high = first.amount, _number(second[1])
        if low is not None and high is not None and low < high:
            if low < 100 and "," in second[1] and low * 1000 < high:
                low *= 1000  # "$3-4,000"
            return FoundValue(Value(low, first.currency, "range", high), start, _amount_end(second))
    return FoundValue(first, start, last)


def _qualified(text: str, position: int) -> int:
    """The offset behind words such as "each" or "respectively"."""
    while word := _QUALIFIER.match(text, position):
        position = word.end()
    return position


def _amount_end(match: re.Match[str]) -> int:
    """The end of an amount without the stop or comma of the sentence."""
    if match[2]:
        return match.end()
    return match.end(1) - (len(match[1]) - len(match[1].rstrip(".,")))


def _number(text: str) -> float | None:
    text = text.replace(" ", "").rstrip(".,")
    return float(text.replace(",", "")) if _WELL_FORMED.fullmatch(text) else None


def _currency(text: str) -> str:
    return next((code for sign, code in _CURRENCIES if sign.search(text)), "USD")
