"""The layout between two sides: A on the left, B on the right, every gift between them in the order of time, visits as bands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby

from giftgraph.dates import year_of
from giftgraph.draw.model import Content, Line, Party, plural
from giftgraph.draw.text import measure, wrap

WIDTH = 1120.0
_CARD_LEFT, _CARD_RIGHT = 300.0, 820.0
_TEXT_LEFT = _CARD_LEFT + 40
_DATE_WIDTH = 150.0
_LABEL_SIZE, _SMALL, _HEAD_SIZE = 15.0, 12.5, 14.5
_LINE_HEIGHT = 19.0
# A heading: the date takes this much, the occasion and the place share the rest; a place gets at least so much.
_HEAD_LEFT = 150.0
_PLACE_WIDTH = 110.0
_HEAD_WIDTH = _CARD_RIGHT - _CARD_LEFT - _HEAD_LEFT
_PADDING = 10.0
_GAP = 6.0
_BAND = 40.0
_RADIUS = 44.0
_LEFT_X, _RIGHT_X = 110.0, 1010.0
_NAME_WIDTH = 168.0
# Beyond this height the parties are drawn again, so that one of each is always near.
_REPEAT = 700.0
# Above so many gifts, those of a side in a year share a card; if these are still too many, those of a decade or century.
MOST_CARDS = 80
_SPANS = (1, 10, 100)
_KINDS = 4


@dataclass(frozen=True)
class Text:
    """A line of text with its box: x is the start, the middle or the end of it, y the base line."""

    x: float
    y: float
    text: str
    size: float
    role: str
    anchor: str = "start"
    bold: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, by an estimate of the width that errs on the wide side."""
        width = measure(self.text, self.size, self.bold)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return (left, self.y - self.size * 0.82, left + width, self.y + self.size * 0.24)


@dataclass(frozen=True)
class Card:
    """A gift in its place, or several of them folded: `lines` are their positions in the table, `index` the first."""

    index: int
    line: Line
    x: float
    y: float
    width: float
    height: float
    texts: tuple[Text, ...]
    to_right: bool
    lines: tuple[int, ...]

    @property
    def middle(self) -> float:
        """The height of the middle of the card."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Node:
    """A party in its place."""

    party: Party
    x: float
    y: float
    radius: float
    initials: str
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Edge:
    """A path from giver to card or from card to receiver; `arrow` says whether it ends in an arrow head."""

    index: int
    path: str
    to_right: bool
    doubtful: bool
    arrow: bool
    head: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """Everything placed: width and height, headings, cards, nodes and edges."""

    width: float
    height: float
    headings: tuple[Text, ...]
    rules: tuple[tuple[float, float, float], ...]
    cards: tuple[Card, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def initials(label: str) -> str:
    """One to three letters for a circle.

    >>> initials("Kim Jong Un"), initials("Ankhesenamun")
    ('KJU', 'A')
    """
    words = [
        word for word in label.replace("-", " ").split() if word[:1].isalnum() and (word[:1].isupper() or len(word) > 3)
    ]
    return "".join(word[0] for word in words[:3]).upper() or label[:1]


def heading_of(line: Line) -> tuple[str, str]:
    """What stands above a group of gifts: the date and the visit or occasion."""
    if line.visit:
        return (line.visit_words or line.date_words, line.visit)
    return (line.date_words, line.occasion or "")


def _places_of(group: list[tuple[tuple[int, ...], Line]]) -> str:
    """The places of a group of gifts, each once."""
    places = dict.fromkeys(place for _numbers, line in group for place in line.place.split(" · ") if place)
    return " · ".join(places)


def fold(content: Content) -> list[tuple[tuple[int, ...], Line]]:
    """What gets a card: every line by itself, or, where they are too many to be read, the gifts of a side in a year as one.

    The years become decades, and those centuries, until the cards are few enough. Nothing is left out: the positions of the lines
    stand with each card.
    """
    single = [((number,), line) for number, line in enumerate(content.lines)]
    right = {party.key for party in content.right}
    folded: list[tuple[tuple[int, ...], Line]] = single
    for span in _SPANS if len(single) > MOST_CARDS else ():
        groups: dict[tuple[str, bool], list[int]] = {}
        for number, line in enumerate(content.lines):
            groups.setdefault((_period_of(line, span), not any(p.key in right for p in line.givers)), []).append(number)
        folded = [
            (tuple(numbers), _join([content.lines[n] for n in numbers], period) if len(numbers) > 1 else single[numbers[0]][1])
            for (period, _side), numbers in groups.items()
        ]
        if len(folded) <= MOST_CARDS:
            break
    return folded


def _period_of(line: Line, span: int) -> str:
    """The year, decade or century in which a gift was given at the earliest, in words."""
    day = line.earliest_day if line.earliest_day is not None else line.latest_day
    if day is None:
        return "no date stated"
    year = year_of(day)
    first = year if span == 1 else year // span * span
    words = [str(y) if y > 0 else f"{1 - y} BCE" for y in (first, first + span - 1)]
    return words[0] if span == 1 else "–".join(words)


def _join(lines: list[Line], period: str) -> Line:
    """One line for several of a side: how many, of which kinds, with all their parties and sources."""
    counted = [line for line in lines if line.counted]
    kinds = Counter(line.category_label for line in counted)
    listed = [f"{label} {number}" for label, number in kinds.most_common(_KINDS)]
    if len(kinds) > _KINDS:
        listed.append(f"{plural(len(kinds) - _KINDS, 'other kind')}")
    others = len(lines) - len(counted)
    words = f"{plural(len(counted), 'gift')} in {plural(len({line.exchange for line in counted}), 'exchange')}"
    words += f", and {others} not counted" if others else ""
    doubts = {line.doubt for line in lines}
    return replace(
        lines[0],
        label=f"{words}: {', '.join(listed)}" if listed else words,
        date=period,
        date_words=period,
        givers=tuple(dict.fromkeys(party for line in lines for party in line.givers)),
        receivers=tuple(dict.fromkeys(party for line in lines for party in line.receivers)),
        doubt=doubts.pop() if len(doubts) == 1 else "",
        is_claim=False,
        mark="gift" if len(kinds) > 1 else lines[0].mark,
        occasion="",
        visit="",
        visit_words="",
        place="",
        sources=tuple(dict.fromkeys(source for line in lines for source in line.sources)),
    )


def lay_out(content: Content) -> Drawing:
    """Place everything. Pure: the same content always gives the same drawing."""
    right = {party.key: number for number, party in enumerate(content.right)}
    y = 16.0
    headings: list[Text] = []
    rules: list[tuple[float, float, float]] = []
    cards: list[Card] = []
    for (date, occasion), members in groupby(fold(content), key=lambda item: heading_of(item[1])):
        group = list(members)
        y += 8
        places = _places_of(group)
        free = max(_PLACE_WIDTH, _HEAD_WIDTH - measure(occasion, _HEAD_SIZE) - 16)
        beside = min(measure(places, _SMALL), free) + 16 if occasion and places else 0.0
        columns = (
            (_CARD_LEFT, "start", "heading", wrap(date, _HEAD_LEFT - 12, _HEAD_SIZE, bold=True)),
            (_CARD_LEFT + _HEAD_LEFT, "start", "heading", wrap(occasion, _HEAD_WIDTH - beside, _HEAD_SIZE)),
            (_CARD_RIGHT, "end", "place", wrap(places, beside - 16 if beside else _HEAD_WIDTH, _SMALL)),
        )
        for x, anchor, role, words in columns:
            size, bold = (_SMALL if role == "place" else _HEAD_SIZE), x == _CARD_LEFT
            for number, text in enumerate(filter(None, words)):
                headings.append(Text(x, y + 14 + number * _LINE_HEIGHT, text, size, role, anchor, bold))
        y += 14 + max(len(words) for _x, _anchor, _role, words in columns) * _LINE_HEIGHT - 9
        rules.append((_CARD_LEFT, y, _CARD_RIGHT))
        y += 10
        for numbers, line in group:
            card = _place_card(numbers, line, y, to_right=not any(party.key in right for party in line.givers))
            cards.append(card)
            y += card.height + _GAP
        y += 6
    bottom = y
    nodes = _place_sides(content, cards, bottom)
    height = max([bottom, *(text.y + 14 for node in nodes for text in node.texts)]) + 8
    edges = _connect(content, cards, nodes)
    return Drawing(WIDTH, height, tuple(headings), tuple(rules), tuple(cards), tuple(nodes), tuple(edges))


def _place_card(numbers: tuple[int, ...], line: Line, y: float, to_right: bool) -> Card:
    label_width = _CARD_RIGHT - _TEXT_LEFT - _DATE_WIDTH - 16
    label_lines = wrap(line.label, label_width, _LABEL_SIZE)
    date_lines = wrap(line.date_words, _DATE_WIDTH, _SMALL)
    note = plural(len(line.sources), "source") + (f", {line.doubt}" if line.doubt else "")
    side_lines = [*date_lines, *wrap(note, _DATE_WIDTH, _SMALL)]
    rows = max(len(label_lines) * _LINE_HEIGHT, len(side_lines) * 16.0)
    height = rows + 2 * _PADDING - 4
    texts = []
    top = y + (height - len(label_lines) * _LINE_HEIGHT) / 2 + 14.5
    for number, words in enumerate(label_lines):
        texts.append(Text(_TEXT_LEFT, top + number * _LINE_HEIGHT, words, _LABEL_SIZE, "label"))
    top = y + (height - len(side_lines) * 16.0) / 2 + 12.5
    for number, words in enumerate(side_lines):
        role = "date" if number < len(date_lines) else "note"
        texts.append(Text(_CARD_RIGHT - 12, top + number * 16.0, words, _SMALL, role, "end"))
    return Card(numbers[0], line, _CARD_LEFT, y, _CARD_RIGHT - _CARD_LEFT, height, tuple(texts), to_right, numbers)


def _place_sides(content: Content, cards: list[Card], bottom: float) -> list[Node]:
    copies = max(1, round(bottom / _REPEAT))
    step = bottom / copies
    nodes = [_place_party(party, _LEFT_X, step * (copy + 0.5) - 20) for copy in range(copies) for party in content.left]
    if len(content.right) == 1:
        return nodes + [_place_party(content.right[0], _RIGHT_X, step * (copy + 0.5) - 20) for copy in range(copies)]
    taken = 0.0
    for party in content.right:
        mine = [
            card.middle for card in cards if party.key in {p.key for p in (*card.line.givers, *card.line.receivers)}
        ]
        wanted = sum(mine) / len(mine) if mine else bottom / 2
        node = _place_party(party, _RIGHT_X, max(wanted - 20, taken + _RADIUS + 8))
        nodes.append(node)
        taken = max(text.y for text in node.texts) + 8
    return nodes


def _place_party(party: Party, x: float, y: float) -> Node:
    y = max(y, _RADIUS + 4)
    texts = []
    base = y + _RADIUS + 22
    for words in wrap(party.label, _NAME_WIDTH, 16, bold=True):
        texts.append(Text(x, base, words, 16, "name", "middle", bold=True))
        base += 20
    for line in party.subtitle:
        for words in wrap(line, _NAME_WIDTH, _SMALL):
            texts.append(Text(x, base, words, _SMALL, "subtitle", "middle"))
            base += 16
    return Node(party, x, y, _RADIUS, "" if party.kind == "unknown" else initials(party.label), tuple(texts))


def _nearest(nodes: list[Node], x: float, keys: set[str], y: float) -> list[Node]:
    """The drawn copy of each party on a side that is nearest to a height."""
    found: dict[str, Node] = {}
    for node in nodes:
        if node.x == x and node.party.key in keys:
            best = found.get(node.party.key)
            if best is None or abs(node.y - y) < abs(best.y - y):
                found[node.party.key] = node
    return list(found.values())


def _connect(content: Content, cards: list[Card], nodes: list[Node]) -> list[Edge]:
    ends: dict[tuple[float, float], list[tuple[Card, bool]]] = {}
    for card in cards:
        keys = {party.key for party in (*card.line.givers, *card.line.receivers)}
        for x, on_left in ((_LEFT_X, True), (_RIGHT_X, False)):
            for node in _nearest(nodes, x, keys, card.middle):
                ends.setdefault((node.x, node.y), []).append((card, on_left))
    edges = []
    for (x, y), joined in ends.items():
        joined.sort(key=lambda item: item[0].middle)
        spread = min(6.0, 2 * _RADIUS / max(1, len(joined)))
        for number, (card, on_left) in enumerate(joined):
            port = y + (number - (len(joined) - 1) / 2) * spread
            edges.append(_edge(card, x, port, on_left))
    return edges


def _edge(card: Card, x: float, port: float, on_left: bool) -> Edge:
    circle = x + (_RADIUS + 6) * (1 if on_left else -1)
    side = card.x - 4 if on_left else card.x + card.width + 4
    bend = (side - circle) * 0.5
    outward = on_left == card.to_right
    doubtful = bool(card.line.doubt)
    path = f"M{circle:.1f} {port:.1f}C{circle + bend:.1f} {port:.1f} {side - bend:.1f} {card.middle:.1f} {side:.1f} {card.middle:.1f}"
    if outward:
        return Edge(card.index, path, card.to_right, doubtful, arrow=False, lines=card.lines)
    tip = circle - 2 if on_left else circle + 2
    back = tip + (9 if on_left else -9)
    head = f"M{tip:.1f} {port:.1f}L{back:.1f} {port - 4.5:.1f}L{back:.1f} {port + 4.5:.1f}Z"
    return Edge(card.index, path, card.to_right, doubtful, arrow=True, head=head, lines=card.lines)
