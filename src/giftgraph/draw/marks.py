"""A small mark for each kind of gift: strokes in a square of 16 by 16, our own drawings."""

from __future__ import annotations

MARKS = {
    "weapon": "M2 14 12 4M10 2l4 4M4 10l3 3",
    "vehicle": "M2 11V8l2-3h7l3 3v3zM5 12.5v.1M11 12.5v.1",
    "animal": "M4 3v4c0 4 2 6 4 6s4-2 4-6V3L10 5H6zM7 8v.1M9 8v.1",
    "clothing": "M5 2 2 5l2 2v7h8V7l2-2-3-3-3 2z",
    "jewel": "M4 3h8l2 4-6 7-6-7zM2 7h12",
    "table": "M3 4h8v4c0 3-1.500 4-4 4s-4-1-4-4zM11 5h2v3h-2M3 14h8",
    "book": "M3 3h4l1 1 1-1h4v10H9l-1 1-1-1H3zM8 4v10",
    "picture": "M2 3h12v10H2zM4 11l3-4 2 2 2-3 2 5",
    "figure": "M8 2a2 2 0 1 1 0 4 2 2 0 1 1 0-4M5 14V9l3-2 3 2v5z",
    "food": "M8 5c3-3 6 0 5 4s-3 5-5 4c-2 1-4 0-5-4s2-7 5-4M8 5V2",
    "instrument": "M3 13 13 3M5 6a3 3 0 1 0 5 5M3 13l2 0",
    "time": "M8 3a5 5 0 1 1 0 10 5 5 0 1 1 0-10M8 5v3l2 2",
    "sport": "M8 2a6 6 0 1 1 0 12 6 6 0 1 1 0-12M2 8h12M8 2c3 4 3 8 0 12",
    "building": "M2 14h12M3 14V7l5-4 5 4v7M7 14v-4h2v4",
    "plant": "M8 14V7M8 9C4 9 3 6 3 3c3 0 5 2 5 5 0-3 2-5 5-5 0 3-1 6-5 6",
    "money": "M8 3a5 5 0 1 1 0 10 5 5 0 1 1 0-10M6 6h4M6 10h4M8 5v6",
    "gift": "M2 6h12v3H2zM3 9h10v5H3zM8 6v8M8 6C5 6 4 2 6 2s2 4 2 4 0-4 2-4 1 4-2 4",
}
_KINDS = {
    "weapon": "weapons small-arms edged-weapons armour drones",
    "vehicle": "vehicles cars aircraft ships other-vehicles",
    "animal": "live-animals animal-products ivory",
    "clothing": "clothing accessories textiles carpets furs",
    "jewel": "jewellery precious-jewellery decorations",
    "table": "tableware porcelain-tableware glassware lead-crystal silverware boxes decorative-objects perfume-cosmetics",
    "book": "books-documents writing-desk",
    "picture": "art paintings-prints photographs",
    "figure": "sculpture religious-objects human-beings models antiquities-relics",
    "food": "food-drink alcohol tobacco",
    "instrument": "instruments tools-machines musical-instruments electronics scientific-specimens",
    "time": "timepieces",
    "sport": "sport-toys",
    "building": "monuments-land furniture",
    "plant": "plants",
    "money": "coins-medals money-bullion",
}
_MARK_OF = {category: mark for mark, categories in _KINDS.items() for category in categories.split()}


def mark_of(category: str) -> str:
    """The name of the mark of a gift category.

    >>> mark_of("small-arms"), mark_of("other")
    ('weapon', 'gift')
    """
    return _MARK_OF.get(category, "gift")
