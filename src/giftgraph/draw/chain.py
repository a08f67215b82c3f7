"""Connections as chains: parties in a row, between two of them a card with the best-sourced gift, arrows from giver to receiver."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from giftgraph.draw.dyad import Node, Text, initials
from giftgraph.draw.model import Content, Line, Party, SourceLink, plural
from giftgraph.draw.text import measure, wrap
from giftgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from giftgraph.network.connections import Connection, PathResult, Step
    from giftgraph.network.connections import Node as PathNode

WIDTH = 1120.0
_LEFT, _RIGHT = 78.0, 1042.0
# Links beside each other in one row; a longer chain goes on in the next row, with its last party drawn again.
_LINKS = 3
_RADIUS = 26.0
# From the middle of a party to the card beside it: the name stands under the party in twice this width.
_REACH = 66.0
_WIDEST_CARD = 460.0
_NAME_SIZE, _LABEL_SIZE, _SMALL, _HEAD_SIZE = 16.0, 15.0, 12.5, 14.5
_LANE = 8.0


@dataclass(frozen=True)
class Link:
    """A step of a chain: `lines` are positions in the table, the first is the gift that names it.

    `onward` and `backward` say which of its two parties gave; the other two, whether no better than a doubtful record says so.
    """

    lines: tuple[int, ...]
    gifts: int
    onward: bool
    backward: bool
    doubtful_onward: bool
    doubtful_backward: bool


@dataclass(frozen=True)
class Chain:
    """A connection: its parties and the links between them, and words on its length and evidence."""

    parties: tuple[Party, ...]
    links: tuple[Link, ...]
    words: str


@dataclass(frozen=True)
class ChainContent(Content):
    """The content of a picture of connections; `notes` say what was not crossed and whether there is more."""

    chains: tuple[Chain, ...] = ()
    notes: tuple[str, ...] = ()

    def places_of(self, index: int) -> str:
        """Where a line of the table stands in the drawing: connection and step, or several."""
        found = [
            f"{number}, step {step}"
            for number, chain in enumerate(self.chains, 1)
            for step, link in enumerate(chain.links, 1)
            if index in link.lines
        ]
        return "; ".join(found)


@dataclass(frozen=True)
class Wire:
    """A straight line between a party and a card; `head` is an arrow head or empty."""

    path: str
    head: str
    onward: bool
    doubtful: bool


@dataclass(frozen=True)
class Card:
    """A link in its place, with the number of its chain, its texts, its wires and its facts in words."""

    chain: int
    link: Link
    line: Line
    x: float
    y: float
    width: float
    height: float
    mark_y: float
    texts: tuple[Text, ...]
    wires: tuple[Wire, ...]
    words: str


@dataclass(frozen=True)
class Drawing:
    """Everything placed."""

    width: float
    height: float
    headings: tuple[Text, ...]
    rules: tuple[tuple[float, float, float], ...]
    cards: tuple[Card, ...]
    nodes: tuple[Node, ...]


def describe_chains(result: PathResult) -> ChainContent:
    """The content of the picture of connections: every line once, in the order in which the chains need it.

    >>> import giftgraph
    >>> describe_chains(giftgraph.open().path("Albright", "Putin", count=1)).title
    'How gifts connect Madeleine Albright and Vladimir Putin'
    """
    by_exchange: dict[str, list[Line]] = {}
    for line in result.lines:
        by_exchange.setdefault(line.exchange, []).append(line)
    positions: dict[str, list[int]] = {}
    lines: list[Line] = []
    for connection in result.connections:
        for step in connection.steps:
            for exchange in step.exchanges:
                if exchange.key not in positions:
                    mine = by_exchange[_iri(exchange.key)]
                    positions[exchange.key] = list(range(len(lines), len(lines) + len(mine)))
                    lines += mine
    chains = tuple(_describe_chain(connection, positions, lines) for connection in result.connections)
    parties = {node.key: _party(node) for chain in result.connections for node in chain.nodes[1:]}
    return ChainContent(
        layout="chain",
        title=result.sentence,
        summary=_summarize(result, lines),
        left=(_party(result.a),),
        right=tuple(parties.values()) or (_party(result.b),),
        lines=tuple(lines),
        version=result.version,
        by=result.by,
        advice=" ".join(
            (f"{result.sentence}.", *result.notes, f"See what is recorded: giftgraph show {result.a.label!r}")
        ),
        period=result.period,
        sources=_all_sources(lines),
        chains=chains,
        notes=result.notes,
    )


def _iri(key: str) -> str:
    prefix, _colon, slug = key.partition(":")
    return f"{PREFIXES[prefix]}{slug}" if prefix in PREFIXES else key


def _party(node: PathNode) -> Party:
    return Party(_iri(node.key), node.label, node.kind)


def _all_sources(lines: list[Line]) -> tuple[SourceLink, ...]:
    return tuple(dict.fromkeys(source for line in lines for source in line.sources))


def _summarize(result: PathResult, lines: list[Line]) -> tuple[str, ...]:
    if not result.connections:
        ends = zip((result.a, result.b), result.sizes, strict=True)
        return tuple(
            f"{node.label} is connected with {size - 1:,} other{'' if size == 2 else 's'}" for node, size in ends
        )
    lengths = sorted({len(connection.steps) for connection in result.connections})
    steps = plural(lengths[0], "step") if len(lengths) == 1 else f"{lengths[0]} to {lengths[-1]} steps"
    counted = [line for line in lines if line.counted]
    claims = sum(line.is_claim for line in lines)
    return (
        plural(len(result.connections), "connection"),
        steps,
        f"{plural(len(counted), 'gift')} behind them",
        *([plural(claims, "contradicted claim")] if claims else []),
        *([f"counted by {result.by}"] if result.by != "person" else []),
        "best evidenced first",
    )


def _describe_chain(connection: Connection, positions: dict[str, list[int]], lines: list[Line]) -> Chain:
    links = tuple(_describe_link(step, positions, lines) for step in connection.steps)
    return Chain(tuple(_party(node) for node in connection.nodes), links, connection.words)


def _describe_link(step: Step, positions: dict[str, list[int]], lines: list[Line]) -> Link:
    mine = tuple(position for exchange in step.exchanges for position in positions[exchange.key])
    sides: dict[bool, list[bool]] = {True: [], False: []}
    for exchange in step.exchanges:
        sides[exchange.giver == step.start.key].append(exchange.confidence != "read")
    gifts = sum(lines[position].counted for position in mine)
    return Link(mine, gifts, bool(sides[True]), bool(sides[False]), all(sides[True]), all(sides[False]))


def lay_out(content: ChainContent) -> Drawing:
    """Place everything. Pure: the same content always gives the same drawing."""
    y = 12.0
    headings: list[Text] = []
    rules: list[tuple[float, float, float]] = []
    cards: list[Card] = []
    nodes: list[Node] = []
    for number, chain in enumerate(content.chains, 1):
        title = f"Connection {number}"
        headings.append(Text(_LEFT - _REACH, y + 14, title, _HEAD_SIZE, "heading", bold=True))
        beside = measure(title, _HEAD_SIZE, bold=True) + 16
        headings.append(Text(_LEFT - _REACH + beside, y + 14, chain.words, _SMALL, "subtitle"))
        rules.append((_LEFT - _REACH, y + 24, _RIGHT + _REACH))
        y += 40
        rows = ceil(len(chain.links) / _LINKS)
        size = ceil(len(chain.links) / rows)
        for first in range(0, len(chain.links), size):
            y = _place_row(content, number, (first, size), y, cards, nodes) + 16
        y += 8
    return Drawing(WIDTH, y, tuple(headings), tuple(rules), tuple(cards), tuple(nodes))


def _place_row(
    content: ChainContent, place: int, part: tuple[int, int], y: float, cards: list[Card], nodes: list[Node]
) -> float:
    """Place a row of a chain under a height, and give the height of its bottom."""
    chain = content.chains[place - 1]
    first, size = part
    links = chain.links[first : first + size]
    span = (_RIGHT - _LEFT) / size
    width = min(span - 2 * _REACH, _WIDEST_CARD)
    drafts = [_write_card(content, chain, first + number, width) for number in range(len(links))]
    middle = y + max([_RADIUS + 2, *(height / 2 for _texts, height, _line in drafts)])
    bottom = middle
    for number in range(len(links) + 1):
        node = _place_node(chain.parties[first + number], _LEFT + number * span, middle)
        nodes.append(node)
        bottom = max([bottom, *(text.y + 4 for text in node.texts)])
    for number, (link, (texts, height, line)) in enumerate(zip(links, drafts, strict=True)):
        x = _LEFT + number * span + (span - width) / 2
        top = middle - height / 2
        placed = tuple(Text(x + text.x, top + text.y, text.text, text.size, text.role) for text in texts)
        ends = (_LEFT + number * span, x, x + width, _LEFT + (number + 1) * span)
        said = (line.label, line.direction, line.date_words, *_notes_of(chain, first + number, line))
        wires = _wire(link, ends, middle)
        cards.append(Card(place, link, line, x, top, width, height, top + 10, placed, wires, ", ".join(said)))
        bottom = max(bottom, top + height)
    return bottom


def _place_node(party: Party, x: float, y: float) -> Node:
    lines = wrap(party.label, 2 * _REACH - 12, _NAME_SIZE, bold=True)
    texts = tuple(
        Text(x, y + _RADIUS + 20 + number * 20, words, _NAME_SIZE, "name", "middle", bold=True)
        for number, words in enumerate(lines)
    )
    return Node(party, x, y, _RADIUS, initials(party.label), texts)


def _write_card(content: ChainContent, chain: Chain, place: int, width: float) -> tuple[list[Text], float, Line]:
    """The texts of a card from its own corner, its height, and the gift that names it."""
    link = chain.links[place]
    line = next((content.lines[n] for n in link.lines if content.lines[n].counted), content.lines[link.lines[0]])
    inner = width - 24
    texts: list[Text] = []
    y = 24.0
    for words in wrap(line.date_words, inner - 24, _SMALL):
        texts.append(Text(36, y, words, _SMALL, "date"))
        y += 16
    y += 4
    for words in wrap(line.label, inner, _LABEL_SIZE):
        texts.append(Text(12, y, words, _LABEL_SIZE, "label"))
        y += 19
    for note in _notes_of(chain, place, line):
        for words in wrap(note, inner, _SMALL):
            texts.append(Text(12, y, words, _SMALL, "note"))
            y += 16
    return texts, y - 4, line


def _notes_of(chain: Chain, place: int, line: Line) -> list[str]:
    """What stands under the gift that names a link: its sources, who gave where both did, and how many more there are."""
    link = chain.links[place]
    both = link.onward and link.backward
    giver, other = _sides_of(chain, place, line)
    notes = [plural(len(line.sources), "source") + (f", {line.doubt}" if line.doubt else "")]
    if both:
        notes.append(f"from {giver.label}")
    if link.gifts > 1:
        notes.append(f"and {plural(link.gifts - 1, 'more gift')}{', both ways' if both else ''}")
    if both and not line.doubt and (link.doubtful_onward or link.doubtful_backward):
        notes.append(f"from {other.label} only doubtful ones")
    return notes


def _sides_of(chain: Chain, place: int, line: Line) -> tuple[Party, Party]:
    """Who of the two parties of a link gave, and who received."""
    start, end = chain.parties[place], chain.parties[place + 1]
    return (start, end) if any(party.key == start.key for party in line.givers) else (end, start)


def _wire(link: Link, ends: tuple[float, float, float, float], y: float) -> tuple[Wire, ...]:
    """The wires of a link: what is given onward runs above, what came back below, when there are both."""
    start, left, right, end = ends
    start, end = start + _RADIUS + 4, end - _RADIUS - 4
    both = link.onward and link.backward
    wires = []
    for onward, doubtful in ((True, link.doubtful_onward), (False, link.doubtful_backward)):
        if not (link.onward if onward else link.backward):
            continue
        lane = y + (0.0 if not both else -_LANE if onward else _LANE)
        tip, back = (end, end - 9) if onward else (start, start + 9)
        head = f"M{tip:.1f} {lane:.1f}L{back:.1f} {lane - 4.5:.1f}L{back:.1f} {lane + 4.5:.1f}Z"
        near, far = f"M{start:.1f} {lane:.1f}H{left:.1f}", f"M{right:.1f} {lane:.1f}H{end:.1f}"
        wires.append(Wire(near, "" if onward else head, onward, doubtful))
        wires.append(Wire(far, head if onward else "", onward, doubtful))
    return tuple(wires)
