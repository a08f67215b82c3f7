"""Whether a block is a tangible gift or travel: its own words first, then the title of its table, because titles lie."""

from __future__ import annotations

import re

from giftgraph.sources.stated import Kind

_SAYS_TRAVEL = re.compile(
    r"^\W*(?:travel|trip|transportation|transporation|airfare|lodging)\b\s?(?:[:.;,-]|to\b|in\b|within\b|from\b|expenses?\b|and\b|$)",
    re.IGNORECASE,
)
_EXPENSES = re.compile(
    r"\bexpended for\b|\bair\s?fares?\b|\blodging|\bper diem\b|\baccommodations?\b|\bmeals?\b|\bhotel (?:room|accommodation|and|stay|lodging|costs?|"
    r"expenses?|charges?)|\bhotel\b[,;.]|\bin-?\s?country (?:travel|transport)|\b(?:ground|air|rail|train|local|bus|boat|helicopter|airline|"
    r"military|domestic) (?:transport\w*|travel)|\btransporta?tion\b|\btravel (?:expenses?|costs?|to|from|within|in|and|by|via|on|between|"
    r"provided|for|furnished|by)\b|\bround-?\s?trip\b|\bair(?:line|plane)? (?:tickets?|travel)|\bflights?\b(?! jacket| suit| bag| cap)|"
    r"\btuition\b|\bregistration fees?|\broom and board|\bconference fees?|\bnights?,? (?:of )?(?:lodging|hotel|stay)|\bnight stay|\btours?\b of",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"\b(?:rug|carpet|watch|wristwatch|bowl|vase|box|plate|book|pen|painting|print|necklace|bracelet|earrings|ring|cufflinks|tie|scarf|shawl|"
    r"sword|dagger|knife|statue|sculpture|figurine|coin|coins|medal|medallion|plaque|clock|tea set|coffee set|set of|silver|gold|crystal|"
    r"porcelain|leather|framed|model|tray|candlestick|lamp|tapestry|robe|fabric|cloth|cigars?|wine|bottle|basket|bag|desk|camera|rifle|"
    r"jewelry|pin|album|photograph|artwork|lithograph|iphone|tablet|dress|coat|jacket|replica)s?\b",
    re.IGNORECASE,
)
_NEAR = 90


def read_kind(description: str, in_travel_table: bool) -> Kind:
    """The kind of a block.

    >>> read_kind("Airfare, three nights of lodging.", False), read_kind("Certified antique glass bowl in a display case.", True)
    ('travel', 'tangible')
    """
    if _SAYS_TRAVEL.match(description):
        return "travel"
    expense, thing = _EXPENSES.search(description), _THINGS.search(description)
    if in_travel_table:
        return (
            "tangible"
            if thing and not expense and not re.search(r"\btravel|\btrip|\bfee\b|\btour", description, re.I)
            else "travel"
        )
    if expense and expense.start() < _NEAR and not (thing and thing.start() < expense.start()):
        return "travel"
    return "tangible"
