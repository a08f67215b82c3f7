"""Connections as chains: nothing overlaps, the table is their twin, and the page works in a real browser."""

from __future__ import annotations

import csv
import io
import itertools
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from giftgraph.draw import chain, draw_path
from giftgraph.draw.chain import Chain, ChainContent, Link
from giftgraph.draw.model import Line, Party, SourceLink
from giftgraph.draw.picture import Picture
from giftgraph.graph import Graph

Box = tuple[float, float, float, float]
Open = Callable[..., Page]
NAMES = st.text(min_size=1, max_size=130).filter(lambda text: text.strip() != "")
PAIRS = [("Albright", "Putin"), ("Barack Obama", "Kim Jong Un"), ("Richard Nixon", "Elizabeth II")]

CORNERS = """() => [...document.querySelectorAll('#drawing text')].filter(t => t.textContent.trim() && !t.hasAttribute('aria-hidden'))
  .map(t => { const b = t.getBoundingClientRect(), size = b.height; return { text: t.textContent,
    box: [b.left, b.top + size / 5, b.right, b.bottom - size / 20] }; })"""


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1


def content_of(picture: Picture) -> ChainContent:
    assert isinstance(picture.content, ChainContent)
    return picture.content


def assert_readable(content: ChainContent) -> None:
    drawing = chain.lay_out(content)
    texts = [*drawing.headings, *(text for part in (*drawing.cards, *drawing.nodes) for text in part.texts)]
    cards = [(card.x, card.y, card.x + card.width, card.y + card.height) for card in drawing.cards]
    nodes = [(n.x - n.radius, n.y - n.radius, n.x + n.radius, n.y + n.radius) for n in drawing.nodes]
    for a, b in itertools.combinations([text.box for text in texts], 2):
        assert not overlap(a, b), (a, b)
    for a, b in itertools.combinations([*cards, *nodes, *(text.box for text in drawing.headings)], 2):
        assert not overlap(a, b), (a, b)
    for node in drawing.nodes:
        for text in node.texts:
            assert not any(overlap(text.box, box) for box in [*cards, *nodes]), text
    for card, box in zip(drawing.cards, cards, strict=True):
        for text in card.texts:
            assert text.box[0] >= box[0] and text.box[1] >= box[1], text
            assert text.box[2] <= box[2] + 0.5 and text.box[3] <= box[3], text
    for box in (*cards, *nodes, *(text.box for text in texts)):
        assert box[0] >= 0 and box[1] >= 0, box
        assert box[2] <= drawing.width and box[3] <= drawing.height, box


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_no_label_overlaps_another_or_leaves_its_card(graph: Graph, a: str, b: str) -> None:
    assert_readable(content_of(draw_path(graph, a, b, count=12)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=1, max_size=7), min_size=1, max_size=3))
def test_no_label_overlaps_whatever_the_names(texts: list[list[tuple[str, str, str]]]) -> None:
    kinds = itertools.cycle(("person", "polity", "organization", "office"))
    lines: list[Line] = []
    chains = []
    for steps in texts:
        parties = [Party("a", steps[0][0], "person")]
        links = []
        for number, (name, label, date) in enumerate(steps):
            parties.append(Party(f"p{number}", name, next(kinds)))
            sides = [(parties[-2],), (parties[-1],)]
            days = (number, number)
            line = Line("x", "g", label, "other", "Other", "gift", "", date, *days, *sides, sources=(SourceLink("s"),))  # type: ignore[misc]
            lines.append(line)
            links.append(Link((len(lines) - 1,), number + 1, True, number % 2 == 0, False, number % 3 == 0))
        chains.append(Chain(tuple(parties), tuple(links), "1 step"))
    first, last = chains[0].parties[0], chains[0].parties[-1]
    content = ChainContent("chain", "t", ("s",), (first,), (last,), tuple(lines), "v", chains=tuple(chains))
    assert_readable(content)
    assert len(chain.lay_out(content).cards) == sum(len(item.links) for item in chains)


def test_the_same_content_gives_the_same_drawing(graph: Graph) -> None:
    first, second = (draw_path(graph, "Albright", "Putin") for _ in range(2))
    assert first.html() == second.html()


def test_every_line_stands_once_in_the_order_in_which_the_chains_need_it(graph: Graph) -> None:
    content = content_of(draw_path(graph, "Barack Obama", "Kim Jong Un"))
    needed = [number for item in content.chains for link in item.links for number in link.lines]
    assert list(dict.fromkeys(needed)) == list(range(len(content.lines)))
    assert len(needed) > len(content.lines), "a step that several connections share is not written twice"
    assert all(content.places_of(number) for number in range(len(content.lines)))


def test_a_link_is_named_by_its_best_sourced_gift_and_points_from_giver_to_receiver(graph: Graph) -> None:
    content = content_of(draw_path(graph, "Albright", "Putin", count=1))
    first, second = chain.lay_out(content).cards
    assert first.line.label.startswith("NBA basketball")
    assert (first.link.onward, first.link.backward) == (True, False)
    assert [bool(wire.head) for wire in first.wires] == [False, True]
    assert (second.link.onward, second.link.backward) == (False, True)
    assert [bool(wire.head) for wire in second.wires] == [True, False]
    assert first.x < second.x


def test_a_step_with_gifts_both_ways_has_a_lane_for_each(graph: Graph) -> None:
    content = content_of(draw_path(graph, "Putin", "Kim Jong Un", count=1))
    (card,) = chain.lay_out(content).cards
    assert {wire.onward for wire in card.wires} == {True, False}
    heights = {wire.onward: wire.path.split()[1].partition("H")[0] for wire in card.wires}
    assert float(heights[True]) < float(heights[False])
    assert any("both ways" in text.text for text in card.texts)


def test_the_picture_has_the_forms_of_the_others(graph: Graph, tmp_path: Path) -> None:
    picture = graph.path("Albright", "Putin", count=2).picture()
    network = picture.network()
    assert network.has_edge("person:madeleine-albright", "person:kim-jong-il")
    picture.save(tmp_path / "x.graphml")
    assert "graphml" in (tmp_path / "x.graphml").read_text(encoding="utf-8")
    assert picture.pyvis().get_network_data()


@pytest.fixture
def visit(browser: Browser, graph: Graph, tmp_path: Path) -> Iterator[Open]:
    """Opens chains as a file and fails at the end on any console message, page error, dialog or request."""
    pages: list[tuple[Page, list[str]]] = []

    def open_chains(a: str, b: str, *, of: Graph = graph, **options: Any) -> Page:
        path = tmp_path / f"chains-{len(pages)}.html"
        draw_path(of, a, b).save(path)
        page = browser.new_page(**{"viewport": {"width": 1440, "height": 900}, **options})
        noise: list[str] = []
        page.on("console", lambda message: noise.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: noise.append(f"request: {request.url}"))
        page.goto(path.as_uri())
        pages.append((page, noise))
        return page

    yield open_chains
    for page, noise in pages:
        own = [line for line in noise if not line.startswith(("request: file:", "request: blob:", "request: data:"))]
        assert own == []
        page.close()


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_no_label_overlaps_on_the_screen_and_axe_finds_nothing_grave(visit: Open, a: str, b: str, scheme: str) -> None:
    page = visit(a, b, color_scheme=scheme)
    texts = page.evaluate(CORNERS)
    assert len(texts) > 10
    for one, other in itertools.combinations(texts, 2):
        assert not overlap(one["box"], other["box"]), (one["text"], other["text"])
    assert_accessible(page)
    page.click("#as-table")
    assert_accessible(page)


@pytest.mark.browser
def test_the_unconnected_are_told_so_in_an_accessible_page(visit: Open) -> None:
    page = visit("Barack Obama", "Qaitbay")
    assert "not connected" in page.locator("h1").inner_text()
    assert "group of 2 connected parties" in page.locator(".advice").inner_text()
    assert_accessible(page)


@pytest.mark.browser
@pytest.mark.parametrize(("a", "b"), [*PAIRS, ("Barack Obama", "Qaitbay")])
@pytest.mark.parametrize("width", [320, 390, 820])
def test_no_page_scrolls_sideways_and_a_narrow_one_tells_the_chains_in_words(
    visit: Open, a: str, b: str, width: int
) -> None:
    page = visit(a, b, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 700 and b != "Qaitbay":
        assert page.locator(".words").is_visible()
        assert page.locator("#table").is_visible()
        assert page.locator("#drawing").is_hidden()


@pytest.mark.browser
def test_the_table_says_where_each_gift_stands_in_the_chains(visit: Open) -> None:
    page = visit("Albright", "Putin")
    opened = page.locator("#drawing .item").evaluate_all("items => items.map(i => i.dataset.lines)")
    order = list(dict.fromkeys(int(number) for lines in opened for number in lines.split()))
    assert order == list(range(page.locator("#table tbody tr").count()))
    page.click("#as-table")
    first = page.locator("#table tbody tr").first.locator("td").all_inner_texts()
    assert first[1].startswith("NBA basketball")
    assert first[-1].startswith("1, step 1")


@pytest.mark.browser
def test_the_whole_way_by_keyboard(visit: Open) -> None:
    page = visit("Albright", "Putin")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('item')"):
            break
    focused = "document.activeElement.getAttribute('aria-label')"
    assert "NBA basketball" in page.evaluate(focused)
    page.keyboard.press("ArrowRight")
    assert "Vladimir Putin → Kim Jong Il" in page.evaluate(focused)
    page.keyboard.press("Enter")
    assert page.locator("#panel").is_visible()
    assert page.locator("#details article").count() >= 1
    assert page.locator("#details article a").count() >= 1
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert "Vladimir Putin → Kim Jong Il" in page.evaluate(focused)


@pytest.mark.browser
def test_a_filter_dims_the_steps_without_such_a_gift(visit: Open) -> None:
    page = visit("Albright", "Putin")
    page.fill("#find", "NBA basketball")
    kept = page.locator("#drawing .item:not(.out)")
    assert 0 < kept.count() < page.locator("#drawing .item").count()
    assert page.locator("#table tbody tr:not([hidden])").count() == 1


@pytest.mark.browser
def test_without_scripts_drawing_table_and_evidence_are_there(visit: Open) -> None:
    page = visit("Albright", "Putin", java_script_enabled=False)
    for part in ("#drawing", "#table", "#evidence"):
        assert page.locator(part).is_visible()


@pytest.mark.browser
def test_svg_png_and_csv_are_saved_from_the_page(visit: Open) -> None:
    page = visit("Albright", "Putin")
    saved = {}
    for kind in ("svg", "png", "csv"):
        with page.expect_download() as download:
            page.click(f"#save-{kind}")
        saved[kind] = Path(download.value.path()).read_bytes()
    assert "How gifts connect Madeleine Albright and Vladimir Putin" in "".join(ET.fromstring(saved["svg"]).itertext())
    assert saved["png"].startswith(b"\x89PNG")
    rows = list(csv.reader(io.StringIO(saved["csv"].decode("utf-8-sig"))))
    assert rows[0][-1] == "connection"
    assert len(rows) == page.locator("#table tbody tr").count() + 1


@pytest.mark.browser
def test_hostile_text_in_every_field_stays_text(visit: Open, hostile_graph: Graph) -> None:
    page = visit("person:beta", "person:beta-two", of=hostile_graph)
    items = page.locator("#drawing .item")
    assert items.count() == 2
    for number in range(items.count()):
        items.nth(number).click(force=True)
        page.keyboard.press("Escape")
    page.click("#as-table")
    assert page.evaluate("window.hurt") is None
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, textarea").count() == 0
