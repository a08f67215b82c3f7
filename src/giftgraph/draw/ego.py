"""The layout around one party: partners on a ring in sectors by region, one line a partner and direction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import cos, pi, sin

from giftgraph.draw.dyad import initials
from giftgraph.draw.model import Content, Line, Party, plural
from giftgraph.draw.text import measure, wrap

DRAWN = 40
WIDTH = 1120.0
_CENTRE_RADIUS = 54.0
_LABEL_SIZE = 13.0
_SECTOR_SIZE = 12.0
_LINE_HEIGHT = 15.0
# Room on the ring for a partner, whose label may take two lines.
_ROW = 33.0
_RADIUS = 220.0
_LABEL_WIDTH = 150.0
_NOTE_HEIGHT = 22.0


@dataclass(frozen=True)
class Partner:
    """A partner with what went each way."""

    party: Party
    given: tuple[Line, ...]
    received: tuple[Line, ...]

    @property
    def exchanges(self) -> int:
        """How many exchanges, in both directions."""
        return len({line.exchange for line in (*self.given, *self.received)})


@dataclass(frozen=True)
class Spoke:
    """A partner in its place: an angle in degrees, the ends of its lines, its label."""

    number: int
    partner: Partner
    angle: float
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str
    rotation: float
    label: str
    label_lines: tuple[str, ...]
    count: str
    edges: tuple[tuple[str, str, float, str], ...]

    def line_y(self, number: int) -> float:
        """The base line of a line of the label, so that all lines together are centred on the spoke."""
        return 4.5 + (number - (len(self.label_lines) - 1) / 2) * _LINE_HEIGHT


@dataclass(frozen=True)
class Sector:
    """A region on the ring: an arc and its name."""

    path: str
    x: float
    y: float
    anchor: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A line under the ring on what is not drawn, with the positions of its lines in the table."""

    y: float
    words: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Ring:
    """Everything placed."""

    width: float
    height: float
    centre: tuple[float, float]
    radius: float
    party: Party
    initials: str
    name_lines: tuple[str, ...]
    spokes: tuple[Spoke, ...]
    sectors: tuple[Sector, ...]
    folded: int
    folded_lines: int
    notes: tuple[Note, ...] = ()


def gather_partners(content: Content) -> list[Partner]:
    """The named partners of the party in the middle, most exchanges first; a joint gift counts for each partner."""
    me = content.left[0].key
    given: dict[str, list[Line]] = defaultdict(list)
    received: dict[str, list[Line]] = defaultdict(list)
    parties: dict[str, Party] = {}
    for line in content.lines:
        if line.is_claim:
            continue
        mine_gives = any(party.key == me for party in line.givers)
        others = line.receivers if mine_gives else line.givers
        for party in others:
            if party.key != me and party.kind != "unknown":
                parties.setdefault(party.key, party)
                (given if mine_gives else received)[party.key].append(line)
    partners = [Partner(party, tuple(given[key]), tuple(received[key])) for key, party in parties.items()]
    return sorted(partners, key=lambda p: (-p.exchanges, -len(p.given) - len(p.received), p.party.label, p.party.key))


def lay_out(content: Content) -> Ring:
    """Place everything. Pure: the same content always gives the same drawing."""
    partners = gather_partners(content)
    drawn = partners[:DRAWN]
    folded = partners[DRAWN:]
    groups: dict[str, list[Partner]] = defaultdict(list)
    for partner in drawn:
        groups[partner.party.group or "Region not known"].append(partner)
    order = sorted(groups, key=lambda name: (name == "Region not known", name))
    slots = len(drawn) + len(order)
    radius = max(_RADIUS, _ROW * slots / (2 * pi))
    longest = max(
        (measure(f"{words} 000", _LABEL_SIZE, bold=True) for p in drawn for words in _label_lines(p)), default=80
    )
    outer = radius + 18 + longest + 6
    notes = _write_notes(content, folded, 2 * (outer + 34) + _NOTE_HEIGHT)
    height = 2 * (outer + 34) + _NOTE_HEIGHT * (len(notes) + 0.5 if notes else 0)
    width = max(WIDTH, 2 * (outer + 190))
    centre = (width / 2, outer + 34)
    step = 360 / max(slots, 1)
    angle = -90.0 - step * (len(groups[order[0]]) if order else 0) / 2
    spokes: list[Spoke] = []
    sectors: list[Sector] = []
    for name in order:
        members = sorted(groups[name], key=lambda p: (p.party.label, p.party.key))
        start = angle + step * 0.5
        for partner in members:
            angle += step
            spokes.append(_place_spoke(len(spokes), partner, angle, centre, radius))
        sectors.append(_place_sector(name, start, angle + step * 0.5, centre, outer))
        angle += step
    party = content.left[0]
    return Ring(
        width,
        height,
        centre,
        _CENTRE_RADIUS,
        party,
        initials(party.label),
        tuple(wrap(party.label, 2 * _CENTRE_RADIUS - 14, 15, bold=True)),
        tuple(spokes),
        tuple(sectors),
        len(folded),
        len({line.gift for partner in folded for line in (*partner.given, *partner.received)}),
        notes,
    )


def _write_notes(content: Content, folded: list[Partner], y: float) -> tuple[Note, ...]:
    """What the ring does not draw: the smaller partners, and parties that no source names, counted by what is said of them.

    Those of one word are many and unknown to each other: a node for them would be a hub that does not exist.
    """
    positions = {id(line): number for number, line in enumerate(content.lines)}
    notes: list[tuple[str, list[int]]] = []
    if folded:
        mine = sorted({positions[id(line)] for partner in folded for line in (*partner.given, *partner.received)})
        notes.append((f"and {plural(len(folded), 'more partner')} with {plural(len(mine), 'gift')}", mine))
    me = content.left[0].key
    unnamed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, line in enumerate(content.lines):
        gives = any(party.key == me for party in line.givers)
        for party in () if line.is_claim else line.receivers if gives else line.givers:
            if party.kind == "unknown":
                unnamed[party.label, "receiver" if gives else "giver"].append(number)
    for (status, side), numbers in sorted(unnamed.items()):
        exchanges = len({content.lines[number].exchange for number in numbers})
        notes.append((f"{status} {side}: {plural(exchanges, 'exchange')}, not drawn as one party", numbers))
    return tuple(
        Note(y + number * _NOTE_HEIGHT, words, tuple(dict.fromkeys(lines)))
        for number, (words, lines) in enumerate(notes)
    )


def _label_lines(partner: Partner) -> list[str]:
    """The name in one line, or in two of about the same length when it is long."""
    label = partner.party.label
    width = measure(label, _LABEL_SIZE)
    return [label] if width <= _LABEL_WIDTH else wrap(label, max(_LABEL_WIDTH, 0.62 * width), _LABEL_SIZE)


def _count_of(partner: Partner) -> str:
    return str(len(partner.given) + len(partner.received))


def _point(centre: tuple[float, float], radius: float, angle: float) -> tuple[float, float]:
    return (centre[0] + radius * cos(angle * pi / 180), centre[1] + radius * sin(angle * pi / 180))


def _place_spoke(number: int, partner: Partner, angle: float, centre: tuple[float, float], radius: float) -> Spoke:
    x, y = _point(centre, radius, angle)
    label_x, label_y = _point(centre, radius + 16, angle)
    normal = angle % 360
    flipped = 90 < normal < 270
    both = bool(partner.given) and bool(partner.received)
    edges = []
    for lines, kind, offset in ((partner.given, "given", 4.0), (partner.received, "received", -4.0)):
        if not lines:
            continue
        shift = offset if both else 0.0
        dx, dy = -sin(angle * pi / 180) * shift, cos(angle * pi / 180) * shift
        width = min(9.0, 1.4 + 1.1 * len({line.exchange for line in lines}) ** 0.8)
        gives = kind == "given"
        inner = _point(centre, _CENTRE_RADIUS + 8 + (0 if gives else _reach(width)), angle)
        outer = _point(centre, radius - 9 - (_reach(width) if gives else 0), angle)
        (x1, y1), (x2, y2) = (inner, outer) if gives else (outer, inner)
        head = _head((x1 + dx, y1 + dy), (x2 + dx, y2 + dy), width)
        edges.append((f"M{x1 + dx:.1f} {y1 + dy:.1f}L{x2 + dx:.1f} {y2 + dy:.1f}", kind, width, head))
    return Spoke(
        number,
        partner,
        angle,
        x,
        y,
        label_x,
        label_y,
        "end" if flipped else "start",
        angle + 180 if flipped else angle,
        partner.party.label,
        tuple(_label_lines(partner)),
        _count_of(partner),
        tuple(edges),
    )


def _reach(width: float) -> float:
    """How far an arrow head goes beyond the end of its line."""
    return 0.7 * (6 + width)


def _head(start: tuple[float, float], end: tuple[float, float], width: float) -> str:
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5 or 1.0
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    ahead, behind = _reach(width), 0.3 * (6 + width)
    tip = (end[0] + ux * ahead, end[1] + uy * ahead)
    base = (end[0] - ux * behind, end[1] - uy * behind)
    half = 3 + width * 0.6
    return (
        f"M{tip[0]:.1f} {tip[1]:.1f}L{base[0] - uy * half:.1f} {base[1] + ux * half:.1f}"
        f"L{base[0] + uy * half:.1f} {base[1] - ux * half:.1f}Z"
    )


def _place_sector(name: str, start: float, end: float, centre: tuple[float, float], radius: float) -> Sector:
    x1, y1 = _point(centre, radius, start)
    x2, y2 = _point(centre, radius, end)
    large = 1 if end - start > 180 else 0
    middle = ((start + end) / 2) % 360
    x, y = _point(centre, radius + 12, middle)
    anchor = "middle" if 75 < middle < 105 or 255 < middle < 285 else "end" if 90 < middle < 270 else "start"
    lines = wrap(name, 170, _SECTOR_SIZE, bold=True)
    if 180 < middle < 360:
        y -= (len(lines) - 1) * 14
    return Sector(
        f"M{x1:.1f} {y1:.1f}A{radius:.1f} {radius:.1f} 0 {large} 1 {x2:.1f} {y2:.1f}", x, y + 4, anchor, tuple(lines)
    )
