"""The pictures in a real browser: readable, quiet, offline, by mouse and keyboard, and safe."""

from __future__ import annotations

import csv
import io
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from giftgraph.graph import Graph

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
SEEDS = [("Putin", "Kim Jong Un"), ("Albright", "Kim Jong Il")]
PICTURES = [*SEEDS, ("Putin", "Kim"), ("Barack Obama", None), ("Elizabeth II", None), ("Richard Nixon", "Qaitbay")]

# Corners of every visible text of the drawing on the screen; a rotated label keeps its own slant. The box of a font is higher than
# its letters: a quarter of the size is free above them, a twentieth below.
CORNERS = """() => [...document.querySelectorAll('#drawing text')].filter(t => t.textContent.trim() && !t.hasAttribute('aria-hidden'))
  .map(t => { const b = t.getBBox(), m = t.getScreenCTM(), size = parseFloat(getComputedStyle(t).fontSize);
    const top = b.y + size / 4, bottom = b.y + b.height - size / 20;
    return { text: t.textContent, corners: [[b.x, top], [b.x + b.width, top], [b.x + b.width, bottom], [b.x, bottom]]
      .map(([x, y]) => [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f]) }; })"""


@pytest.fixture
def visit(browser: Browser, graph: Graph, tmp_path: Path) -> Iterator[Visit]:
    """Opens a picture as a file and fails at the end on any console message, page error, dialog or request."""
    pages: list[tuple[Page, list[str]]] = []

    def open_picture(a: str, b: str | None = None, *, of: Graph = graph, by: str = "person", **options: object) -> Page:
        path = tmp_path / f"picture-{len(pages)}.html"
        of.show(a, b, by=by).save(path)
        page = browser.new_page(**{"viewport": {"width": 1440, "height": 900}, **options})  # type: ignore[arg-type]
        noise: list[str] = []
        page.on("console", lambda message: noise.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: noise.append(f"request: {request.url}"))
        page.goto(path.as_uri())
        pages.append((page, noise))
        return page

    yield open_picture
    for page, noise in pages:
        own = [line for line in noise if not line.startswith(("request: file:", "request: blob:", "request: data:"))]
        assert own == []
        page.close()


def separated(a: list[list[float]], b: list[list[float]]) -> bool:
    """Whether two convex boxes are apart (separating axis theorem), one pixel of touch allowed."""
    for box in (a, b):
        for (x1, y1), (x2, y2) in zip(box, [*box[1:], box[0]], strict=True):
            normal = (y1 - y2, x2 - x1)
            length = (normal[0] ** 2 + normal[1] ** 2) ** 0.5 or 1.0
            ours, theirs = ([(x * normal[0] + y * normal[1]) / length for x, y in corners] for corners in (a, b))
            if max(ours) <= min(theirs) + 1 or max(theirs) <= min(ours) + 1:
                return True
    return False


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    grave = [(item["id"], item["nodes"][0]["html"]) for item in found if item["impact"] in ("serious", "critical")]
    assert grave == []


@pytest.mark.parametrize(("a", "b"), PICTURES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_label_overlaps_at_first_view_and_axe_finds_nothing_grave(
    visit: Visit, a: str, b: str | None, scheme: str
) -> None:
    page = visit(a, b, color_scheme=scheme)
    texts = page.evaluate(CORNERS)
    for number, one in enumerate(texts):
        for other in texts[number + 1 :]:
            assert separated(one["corners"], other["corners"]), (one["text"], other["text"])
    assert_accessible(page)


@pytest.mark.parametrize(("a", "b"), SEEDS)
def test_a_screenshot_of_a_seed_graph_shows_a_drawing_in_both_colours(visit: Visit, a: str, b: str) -> None:
    shots = {}
    for scheme in ("light", "dark"):
        page = visit(a, b, color_scheme=scheme)
        shots[scheme] = page.screenshot(full_page=True)
        width, height = struct.unpack(">II", shots[scheme][16:24])
        assert width == 1440
        assert height > 600
        box = page.locator("#drawing").bounding_box()
        assert box is not None
        assert box["width"] > 900
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
        drawn = page.evaluate("[...document.querySelectorAll('#drawing .edge')].map(e => getComputedStyle(e).stroke)")
        assert drawn
        assert ground not in drawn
    assert shots["light"] != shots["dark"]


@pytest.mark.parametrize(("a", "b"), [*SEEDS, ("Putin", "Kim")])
def test_the_table_has_the_rows_of_the_graph_in_the_same_order(visit: Visit, a: str, b: str) -> None:
    page = visit(a, b)
    cards = page.evaluate("[...document.querySelectorAll('#drawing .card')].map(c => c.getAttribute('aria-label'))")
    page.click("#as-table")
    assert page.locator("#drawing").is_hidden()
    rows = page.evaluate(
        "[...document.querySelectorAll('#table tbody tr')].map(r => [...r.children].map(c => c.textContent))"
    )
    assert len(rows) == len(cards) > 0
    for card, row in zip(cards, rows, strict=True):
        assert card.startswith(f"{row[1]}, {row[2]}, {row[0]}, ")
        assert (row[6] if row[6] != "stated" else "") in card


def test_every_partner_of_a_ring_opens_the_gifts_of_the_table(visit: Visit) -> None:
    page = visit("Barack Obama")
    numbers = page.evaluate(
        "[...document.querySelectorAll('#drawing .item')].flatMap(i => i.dataset.lines.split(' ').map(Number))"
    )
    rows = page.locator("#table tbody tr").count()
    assert set(numbers) == set(range(rows))
    page.locator("#drawing .item").first.click()
    first = page.locator("#drawing .item").first.get_attribute("data-lines") or ""
    assert page.locator("#details article").count() == len(first.split())


def test_the_whole_way_by_keyboard(visit: Visit) -> None:
    page = visit("Putin", "Kim Jong Un")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('item')"):
            break
    focused = "document.activeElement.getAttribute('data-line')"
    assert page.evaluate(focused) == "0"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "2"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    last = page.locator("#drawing .card").count() - 1
    assert page.evaluate(focused) == str(last)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "0"
    page.keyboard.press("Enter")
    assert page.locator("#panel").is_visible()
    assert page.evaluate("document.activeElement.id") == "panel"
    assert page.locator("#details article").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert page.evaluate(focused) == "0"
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.classList.contains('item')"), "one stop for the whole graph"


def test_the_details_show_sources_with_links_claims_side_by_side_and_how_to_cite(visit: Visit, graph: Graph) -> None:
    page = visit("Putin", "Kim Jong Un")
    page.locator("#drawing .card", has_text="Rifle, made in Russia").click()
    details = page.locator("#details")
    accounts = details.locator(".accounts li").all_inner_texts()
    assert any(text.startswith("contradicted") for text in accounts)
    assert any(text.startswith("stands") for text in accounts)
    links = details.locator("a").evaluate_all("links => links.map(a => a.href)")
    assert links
    assert all(link.startswith(("https://", "http://")) for link in links)
    assert graph.version in details.locator("[data-cite]").inner_text()
    assert_accessible(page)
    page.locator("#close").click()
    assert page.locator("#evidence article").count() == page.locator("#drawing .card").count()


def test_filters_narrow_graph_and_table_alike_and_say_how_many_remain(visit: Visit) -> None:
    page = visit("Putin", "Kim Jong Un")
    total = page.locator("#drawing .card").count()

    def remaining() -> tuple[int, int]:
        cards = page.locator("#drawing .card:not(.out)").count()
        return cards, page.locator("#table tbody tr:not([hidden])").count()

    page.uncheck("#claims")
    without = remaining()
    assert without[0] == without[1] < total
    assert f"{without[0]} of {total} lines shown" in page.locator("#shown").inner_text()
    page.check("#claims")
    page.select_option("#category", "cars")
    assert remaining() == (2, 2)
    page.select_option("#category", "")
    page.fill("#from", "2024")
    narrowed = remaining()
    assert 0 < narrowed[0] == narrowed[1] < total
    page.fill("#from", "1900")
    page.fill("#find", "dirk")
    assert remaining()[0] == remaining()[1] == 1
    page.fill("#find", "nothing at all like this")
    assert remaining() == (0, 0)
    assert "widen the filter" in page.locator("#shown").inner_text()


def test_a_node_is_picked_by_name(visit: Visit) -> None:
    page = visit("Barack Obama")
    options = page.locator("#names option").evaluate_all("list => list.map(option => option.value)")
    assert "Angela Merkel" in options
    page.fill("#find", "Angela Merkel")
    kept = page.locator("#drawing .item:not(.out)")
    assert kept.count() == 1
    assert "Angela Merkel" in (kept.first.get_attribute("aria-label") or "")


def test_svg_png_and_csv_are_saved_from_the_page(visit: Visit, graph: Graph) -> None:
    page = visit("Albright", "Kim Jong Il")
    saved = {}
    for kind in ("svg", "png", "csv"):
        with page.expect_download() as download:
            page.click(f"#save-{kind}")
        path = download.value.path()
        saved[kind] = Path(path).read_bytes()
        assert download.value.suggested_filename == f"What-passed-between-Madeleine-Albright-and-Kim-Jong-Il.{kind}"
    root = ET.fromstring(saved["svg"])
    words = "".join(root.itertext())
    assert "What passed between Madeleine Albright and Kim Jong Il" in words
    assert graph.version in words
    assert saved["png"].startswith(b"\x89PNG")
    assert struct.unpack(">I", saved["png"][16:20])[0] >= 2000
    rows = list(csv.reader(io.StringIO(saved["csv"].decode("utf-8-sig"))))
    assert rows[0][:3] == ["date", "what", "direction"]
    assert len(rows) == page.locator("#table tbody tr").count() + 1


@pytest.mark.parametrize(("a", "b"), PICTURES)
@pytest.mark.parametrize("width", [320, 390, 820])
def test_no_page_scrolls_sideways(visit: Visit, a: str, b: str | None, width: int) -> None:
    page = visit(a, b, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_drawing_table_and_evidence_are_there(visit: Visit) -> None:
    page = visit("Putin", "Kim Jong Un", java_script_enabled=False)
    for part in ("#drawing", "#table", "#evidence"):
        assert page.locator(part).is_visible()
    assert page.locator("#bar").is_hidden()
    assert page.locator("#save-svg").is_hidden()


def test_print_shows_everything_and_reduced_motion_is_kept(visit: Visit) -> None:
    page = visit("Putin", "Kim Jong Un", reduced_motion="reduce")
    moving = "[...document.querySelectorAll('#drawing *')].filter(e => getComputedStyle(e).transitionDuration !== '0s').length"
    assert page.evaluate(moving) == 0
    page.emulate_media(media="print")
    assert page.locator("#table").is_visible()
    assert page.locator("#evidence").is_visible()
    assert page.locator("#bar").is_hidden()


@pytest.mark.parametrize(
    ("a", "b"), [("person:alpha", None), ("person:alpha", "person:beta"), ("polity:aaa", "polity:bbb")]
)
def test_hostile_text_in_every_field_stays_text(visit: Visit, hostile_graph: Graph, a: str, b: str | None) -> None:
    page = visit(a, b, of=hostile_graph, by="polity" if a.startswith("polity") else "person")
    items = page.locator("#drawing .item")
    for number in range(items.count()):
        items.nth(number).click(force=True)
        page.keyboard.press("Escape")
    page.click("#as-table")
    page.fill("#find", "\"'><script>")
    assert page.evaluate("window.hurt") is None
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, textarea").count() == 0
    assert page.locator("svg").evaluate_all("all => all.every(svg => !svg.hasAttribute('onload'))")
    links = page.locator("a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert all(link.startswith(("https://", "http://", "#")) for link in links)
    assert "49" not in page.locator("h1").inner_text()
    with page.expect_download() as download:
        page.click("#save-csv")
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
