"""Whether a block is a tangible gift or travel: its own words first, then the title of its table, because titles lie."""

from __future__ import annotations

from giftgraph.sources.stated import Kind
from giftgraph.sources.us_federal_register.words import kind_words, thing_words

# In a table of things, words of travel decide only near the beginning: further on they tell of a photograph or a visit.
_NEAR = 90


def read_kind(description: str, in_travel_table: bool) -> Kind:
    """The kind of a block.

    >>> read_kind("Airfare, three nights of lodging.", False), read_kind("Certified antique glass bowl in a display case.", True)
    ('travel', 'tangible')
    """
    if kind_words("says_travel").match(description.lstrip(" .:-")):
        return "travel"
    expense, thing = kind_words("expenses").search(description), thing_words().search(description)
    if in_travel_table:
        speaks_of_travel = expense or kind_words("expenses_in_travel_table").search(description)
        return "tangible" if thing and not speaks_of_travel else "travel"
    if expense and expense.start() < _NEAR and not (thing and thing.start() < expense.start()):
        return "travel"
    return "tangible"
