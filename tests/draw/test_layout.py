"""Places: nothing overlaps, nothing is cut off, the same content always gives the same drawing."""

from __future__ import annotations

import itertools
from dataclasses import replace
from math import hypot, pi

from hypothesis import given, settings
from hypothesis import strategies as st

from giftgraph.draw import dyad, ego
from giftgraph.draw.model import Content, Line, Party, SourceLink
from giftgraph.draw.text import measure, wrap
from giftgraph.graph import Graph

Box = tuple[float, float, float, float]
NAMES = st.text(min_size=1, max_size=130).filter(lambda text: text.strip() != "")


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] - 0.5 and b[0] < a[2] - 0.5 and a[1] < b[3] - 0.5 and b[1] < a[3] - 0.5


def boxes_of(drawing: dyad.Drawing) -> list[Box]:
    texts = [*drawing.headings]
    texts += [text for card in drawing.cards for text in card.texts]
    texts += [text for node in drawing.nodes for text in node.texts]
    return [text.box for text in texts]


def assert_readable(content: Content) -> None:
    drawing = dyad.lay_out(content)
    boxes = boxes_of(drawing)
    for a, b in itertools.combinations(boxes, 2):
        assert not overlap(a, b), (a, b)
    assert all(box[0] >= 0 and box[2] <= drawing.width and box[1] >= 0 and box[3] <= drawing.height for box in boxes)
    assert len(drawing.cards) == len(content.lines)


def make_content(labels: list[tuple[str, str, str, str]], left: str, right: str) -> Content:
    a, b = Party("a", left, "person", (left[:40],)), Party("b", right, "polity")
    lines = tuple(
        Line(
            exchange=f"x{number}",
            gift=f"g{number}",
            label=label,
            category="other",
            category_label="Other",
            mark="gift",
            date="",
            date_words=date,
            earliest_day=number,
            latest_day=number,
            givers=(a,) if number % 2 else (b,),
            receivers=(b,) if number % 2 else (a,),
            occasion=occasion,
            place=place,
            sources=(SourceLink("s"),),
        )
        for number, (label, date, occasion, place) in enumerate(labels)
    )
    return Content("dyad", "t", ("s",), (a,), (b,), lines, "v")


def test_no_label_of_any_pair_in_the_data_overlaps_another(graph: Graph) -> None:
    pairs = graph.query("SELECT DISTINCT ?a ?b { ?x gift:giver ?a ; gift:recipient ?b } ORDER BY ?a ?b")
    assert len(pairs) > 300
    for row in list(pairs)[::12]:
        assert_readable(graph.show(str(row.a), str(row.b), by="person").content)
    assert_readable(graph.show("Putin", "Kim").content)
    assert_readable(graph.show("polity:chn", "polity:prk", by="polity").content)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(NAMES, NAMES, st.text(max_size=130), st.text(max_size=130)), min_size=1, max_size=8),
    NAMES,
    NAMES,
)
def test_no_label_overlaps_whatever_the_texts(lines: list[tuple[str, str, str, str]], left: str, right: str) -> None:
    content = make_content(lines, left, right)
    assert_readable(content)
    assert dyad.lay_out(content) == dyad.lay_out(content)


@given(NAMES, st.floats(30, 400))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: float) -> None:
    lines = wrap(text, width, 14)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measure(line, 14) <= width or len(line) == 1 for line in lines)


def test_a_party_is_drawn_again_when_the_picture_is_long() -> None:
    content = make_content([(f"Gift {n}", f"{1900 + n}", "", "") for n in range(60)], "A", "B")
    nodes = dyad.lay_out(content).nodes
    assert len([node for node in nodes if node.party.key == "a"]) > 1


def test_the_ring_keeps_forty_partners_apart_and_folds_the_rest_visibly() -> None:
    content = make_content([("x", "1900", "", "")], "A", "B")
    line = content.lines[0]
    many = tuple(
        replace(
            line,
            exchange=f"x{n}",
            gift=f"g{n}",
            givers=content.left,
            receivers=(
                Party(f"p{n}", f"Partner number {n} of a long name and more", "person", group=f"Region {n % 9}"),
            ),
        )
        for n in range(53)
    )
    ring = ego.lay_out(Content("ego", "t", ("s",), content.left, (), many, "v"))
    assert len(ring.spokes) == ego.DRAWN
    assert (ring.folded, ring.folded_lines) == (13, 13)
    angles = sorted(spoke.angle % 360 for spoke in ring.spokes)
    gaps = [b - a for a, b in itertools.pairwise(angles)]
    tallest = max(len(spoke.label_lines) for spoke in ring.spokes) * 15.0
    first = ring.spokes[0]
    radius = hypot(first.x - ring.centre[0], first.y - ring.centre[1])
    room = min(gaps) / 360 * 2 * pi * radius
    assert room >= tallest


def test_both_directions_of_a_partner_are_two_lines_and_more_exchanges_are_wider(graph: Graph) -> None:
    ring = ego.lay_out(graph.show("polity:prk", by="polity").content)
    widths = {}
    for spoke in ring.spokes:
        kinds = [kind for _path, kind, _width, _head in spoke.edges]
        assert len(kinds) == len(set(kinds))
        assert ("given" in kinds) == bool(spoke.partner.given)
        for _path, kind, width, _head in spoke.edges:
            lines = spoke.partner.given if kind == "given" else spoke.partner.received
            widths.setdefault(len({line.exchange for line in lines}), set()).add(width)
    ordered = [min(widths[count]) for count in sorted(widths)]
    assert ordered == sorted(ordered)
    assert len(set(ordered)) > 2
