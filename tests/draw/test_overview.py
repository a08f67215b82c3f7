"""The network picture: what it counts and says, and in a real browser how it draws, filters, opens, saves, and stays safe."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page

from conftest import Run
from draw.test_browser import assert_accessible
from giftgraph.draw.overview import SIZES, NetworkPicture, draw_network, encode, make_scene
from giftgraph.errors import DateInvalid, GiftgraphError, OutputFailed, ParameterInvalid
from giftgraph.graph import Graph
from giftgraph.network.formats import read_network
from giftgraph.network.layout import lay_out

Visit = Callable[..., Page]
LABELS = """() => [...document.querySelectorAll('#labels text')].map(t => { const b = t.getBoundingClientRect(), inset = 3;
  return [t.textContent, b.left, b.top + inset, b.right, b.bottom - inset]; })"""
DRAWN = (
    "performance.getEntriesByName('giftgraph-drawn').length && performance.getEntriesByName('giftgraph-table').length"
)


@pytest.fixture(scope="session")
def picture(graph: Graph) -> NetworkPicture:
    return graph.show_network()


# --- what it counts


def test_the_numbers_of_a_node_are_those_of_the_network(picture: NetworkPicture) -> None:
    scene = make_scene(picture)
    network = picture.network
    for number, name in enumerate(scene.keys):
        gave = {key for _a, _b, key in network.out_edges(name, keys=True)}
        received = {key for _a, _b, key in network.in_edges(name, keys=True)}
        assert scene.given[number] == len(gave)
        assert scene.received[number] == len(received)
        assert scene.exchanged[number] == len(gave | received)
        assert scene.partners[number] == len({*network.pred[name], *network.succ[name]})
    assert len(scene.exchanges) == network.graph["exchanges"]
    assert len(scene.lines) == network.number_of_edges()


def test_a_community_bears_the_name_of_a_member(picture: NetworkPicture) -> None:
    scene = make_scene(picture)
    assert sorted(member for community in scene.communities for member in community.members) == list(
        range(len(scene.keys))
    )
    for community in scene.communities:
        assert community.name in {scene.labels[member] for member in community.members}
    sizes = [len(community.members) for community in scene.communities]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("size", SIZES)
def test_every_measure_gives_every_node_a_size(graph: Graph, size: str) -> None:
    scene = make_scene(graph.show_network(by="polity", size=size))
    assert len(scene.sizes) == len(scene.keys)
    assert min(scene.sizes) >= 0
    assert max(scene.sizes) > min(scene.sizes)


def test_folded_communities_keep_every_exchange_between_them() -> None:
    network = nx.MultiDiGraph(by="person", exchanges=0)
    ends = [
        (f"person:{group}{a}", f"person:{group}{b}") for group in "abc" for a in range(4) for b in range(4) if a != b
    ]
    between = [("person:a0", "person:b0"), ("person:a1", "person:b1"), ("person:c0", "person:b0")]
    for number, (a, b) in enumerate(ends + between):
        for node in (a, b):
            network.add_node(node, label=node, kind="person", polity="", region="")
        network.add_edge(
            a,
            b,
            key=str(number),
            label="x",
            date="2001",
            categories="cars",
            sources="s",
            earliest_day=730486,
            latest_day=730850,
        )
    scene = make_scene(NetworkPicture(network, lay_out(network, largest=5), "exchanges", "v"))
    assert len(scene.keys) == 3
    assert sum(row[6] for row in scene.exchanges) == len(between)
    assert sum(scene.given) == sum(scene.received) == len(between)
    assert sum(scene.sizes) == 12


def test_json_for_a_script_holds_no_markup_and_reads_back() -> None:
    text = '</script><!--<script>&\u2028\u2029"\\'
    encoded = encode({"x": text})
    assert not re.search("[<>&\u2028\u2029]", encoded)
    assert json.loads(encoded) == {"x": text}


# --- wrong input


@pytest.mark.parametrize(
    ("options", "failure", "words"),
    [
        ({"size": "degre"}, ParameterInvalid, "degree"),
        ({"size": "colour"}, ParameterInvalid, "--size"),
        ({"start": "2023", "end": "2022"}, DateInvalid, "later"),
        ({"by": "colour"}, ParameterInvalid, "by must be one of"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_line(
    graph: Graph, options: dict[str, str], failure: type[GiftgraphError], words: str
) -> None:
    with pytest.raises(failure, match=re.escape(words)) as caught:
        graph.show_network(**options)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_a_period_without_exchanges_says_how_to_draw_something(cli: Run, small_data: Path) -> None:
    run = cli("show", "--network", "--from", "0300", "--to", "0301", "--data", str(small_data))
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.count("\n") == 1
    assert "from 0300 to 0301; widen --from and --to" in run.stderr


def test_an_unknown_format_and_a_folder_that_is_not_there_are_refused(picture: NetworkPicture, tmp_path: Path) -> None:
    with pytest.raises(OutputFailed, match="docx"):
        picture.save(tmp_path / "x.docx")
    with pytest.raises(OutputFailed, match="cannot be written"):
        picture.save(tmp_path / "none" / "x.html")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--network", "--size", "degre"], 1, "degree"),
        (["--network", "-o", "no/such/folder/x.html"], 1, "no/such/folder"),
        (["--network", "-o", "x.docx"], 1, "docx"),
        (["--network", "Putin"], 2, "--network"),
        (["Putin", "--size", "degree"], 2, "--size"),
        ([], 2, "--network"),
    ],
)
def test_the_command_refuses_in_one_line(cli: Run, arguments: list[str], code: int, words: str) -> None:
    run = cli("show", *arguments)
    assert run.returncode == code
    assert run.stderr.count("\n") == 1
    assert words in run.stderr
    assert run.stdout == ""


def test_the_command_writes_the_page_and_the_network(cli: Run, tmp_path: Path) -> None:
    run = cli("show", "--network", "--by", "polity", "--size", "degree")
    assert (run.returncode, run.stdout, run.stderr) == (0, "network.html\n", "")
    assert "number of partners" in (tmp_path / "network.html").read_text(encoding="utf-8")
    assert cli("show", "--network", "--by", "polity", "-o", "n.graphml").returncode == 0
    assert read_network(tmp_path / "n.graphml").has_edge("polity:rus", "polity:prk")


def test_build_makes_the_layouts_that_pictures_need(cli: Run, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    run = cli("build", "--layouts", env={"GIFTGRAPH_CACHE": str(cache)})
    assert run.returncode == 0
    assert Path(run.stdout.strip()).is_dir()
    before = {path.name: path.stat().st_mtime_ns for path in cache.glob("layout-*.json")}
    assert len(before) == 3
    for by in ("person", "office", "polity"):
        assert cli("show", "--network", "--by", by, env={"GIFTGRAPH_CACHE": str(cache)}).returncode == 0
    assert {path.name: path.stat().st_mtime_ns for path in cache.glob("layout-*.json")} == before


# --- in a browser


def wait_until(page: Page, expression: str) -> None:
    """Ask from outside until it is so: Playwright's own waiting asks inside the page, where the policy forbids `eval`."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never came true: {expression}")


@pytest.fixture
def visit(browser: Browser, picture: NetworkPicture, tmp_path: Path) -> Iterator[Visit]:
    """Opens a network picture as a file and fails at the end on any console message, page error, dialog or request."""
    pages: list[tuple[Page, list[str]]] = []

    def open_picture(of: NetworkPicture = picture, *, query: str = "", **options: object) -> Page:
        path = tmp_path / f"network-{len(pages)}.html"
        of.save(path)
        page = browser.new_page(**{"viewport": {"width": 1440, "height": 1000}, "reduced_motion": "reduce", **options})  # type: ignore[arg-type]
        noise: list[str] = []
        page.on("console", lambda message: noise.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: noise.append(f"request: {request.url}"))
        page.goto(path.as_uri() + query)
        if options.get("java_script_enabled", True):
            wait_until(page, DRAWN)
        pages.append((page, noise))
        return page

    yield open_picture
    for page, noise in pages:
        # A browser that draws WebGL by the processor remarks on it when a screenshot is taken; the page has no part in that.
        own = [line for line in noise if not line.startswith(("request: file:", "request: blob:", "request: data:"))]
        assert [line for line in own if "GPU stall due to ReadPixels" not in line] == []
        page.close()


def frames(page: Page) -> None:
    """Wait until what was asked for is drawn."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def colours_of(page: Page) -> set[tuple[int, int, int]]:
    """The colours of a screenshot of the picture alone, read back by the browser."""
    shot = page.locator("#stage canvas").screenshot()
    pixels = page.evaluate(
        """async (bytes) => { const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
        const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
        pen.drawImage(image, 0, 0);
        const data = pen.getImageData(0, 0, image.width, image.height).data, found = new Set();
        for (let at = 0; at < data.length; at += 4) found.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
        return [...found]; }""",
        list(shot),
    )
    return {(value >> 16, value >> 8 & 255, value & 255) for value in pixels}


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_at_first_view_names_are_apart_and_inside_and_axe_finds_nothing_grave(
    visit: Visit, scheme: str, width: int
) -> None:
    page = visit(color_scheme=scheme, viewport={"width": width, "height": 900})
    labels = page.evaluate(LABELS)
    assert len(labels) >= 6
    box = page.locator("#stage").bounding_box()
    assert box is not None
    for number, (name, left, top, right, bottom) in enumerate(labels):
        assert left >= box["x"] - 1, name
        assert right <= box["x"] + box["width"] + 1, name
        for other, *edges in labels[number + 1 :]:
            apart = right <= edges[0] + 1 or edges[2] <= left + 1 or bottom <= edges[1] + 1 or edges[3] <= top + 1
            assert apart, (name, other)
    assert_accessible(page)
    page.focus("#stage")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.click("#as-table")
    assert_accessible(page)


@pytest.mark.browser
@pytest.mark.parametrize("way", ["canvas", "webgl"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_ways_of_drawing_show_nodes_in_the_colours_of_their_communities(
    visit: Visit, way: str, scheme: str
) -> None:
    page = visit(query=f"?draw={way}", color_scheme=scheme)
    if way == "webgl" and not page.evaluate("!!document.createElement('canvas').getContext('webgl2')"):
        pytest.skip("this browser has no WebGL at all")
    assert page.locator("#stage").get_attribute("data-renderer") == way
    found = colours_of(page)
    for number in range(4):
        text = page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--c{number}').trim()")
        wanted = tuple(int(text[at : at + 2], 16) for at in (1, 3, 5))
        assert min(max(abs(a - b) for a, b in zip(wanted, colour, strict=True)) for colour in found) <= 3, number


@pytest.mark.browser
def test_without_webgl_or_when_it_is_lost_the_plain_canvas_draws(visit: Visit) -> None:
    page = visit(query="?draw=webgl")
    if page.locator("#stage").get_attribute("data-renderer") == "webgl":
        page.evaluate(
            "document.querySelector('#stage canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()"
        )
        wait_until(page, "() => document.querySelector('#stage').dataset.renderer === 'canvas'")
    frames(page)
    assert page.locator("#stage").get_attribute("data-renderer") == "canvas"
    assert len(colours_of(page)) > 20


@pytest.mark.browser
def test_the_table_holds_the_nodes_of_the_picture(visit: Visit, picture: NetworkPicture) -> None:
    page = visit()
    assert page.locator("#table").is_hidden()
    page.click("#as-table")
    assert page.locator("#stage").is_hidden()
    rows = page.evaluate(
        "[...document.querySelectorAll('#table tbody tr')].map(r => [...r.cells].map(c => c.textContent))"
    )
    scene = make_scene(picture)
    expected = {
        (scene.labels[n], str(scene.given[n]), str(scene.received[n]), str(scene.partners[n]))
        for n in range(len(scene.keys))
    }
    assert {(row[0], row[2], row[3], row[4]) for row in rows} == expected
    assert [int(row[5]) for row in rows] == sorted((int(row[5]) for row in rows), reverse=True)
    page.click("#table th:first-child button")
    names = page.locator("#table tbody td.what").all_inner_texts()
    assert names[0] < names[-1]
    page.click("#table tbody td.what button >> nth=0")
    assert page.locator("#details h2").inner_text() == names[0]


@pytest.mark.browser
def test_the_whole_way_by_keyboard(visit: Visit) -> None:
    page = visit()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "stage":
            break
    said = page.locator("#said")
    page.keyboard.press("ArrowRight")
    first = said.inner_text()
    assert first.startswith("Elizabeth II: gave in ")
    page.keyboard.press("ArrowRight")
    assert said.inner_text() != first
    page.keyboard.press("ArrowLeft")
    assert said.inner_text() == first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    assert page.locator("#details h2").inner_text() == "Elizabeth II"
    partners = set(page.locator("#details li button").all_inner_texts())
    page.focus("#stage")
    seen = set()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        seen.add(said.inner_text().rpartition(": gave in")[0])
    assert len(seen) == 4
    assert seen <= partners
    page.keyboard.press("Enter")
    assert page.locator("#details h2").inner_text() in partners
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert page.evaluate("document.activeElement.id") == "stage"


@pytest.mark.browser
def test_a_click_on_a_node_opens_its_facts_and_its_command(visit: Visit, picture: NetworkPicture) -> None:
    page = visit()
    page.fill("#find", "vladimir put")
    page.keyboard.press("Enter")
    details = page.locator("#details")
    assert details.locator("h2").inner_text() == "Vladimir Putin"
    assert details.locator("code").inner_text() == "giftgraph show person:vladimir-putin"
    facts = dict(zip(details.locator("dt").all_inner_texts(), details.locator("dd").all_inner_texts(), strict=True))
    scene = make_scene(picture)
    number = scene.keys.index("person:vladimir-putin")
    assert facts["gave"] == f"{scene.given[number]} exchanges"
    assert facts["partners"] == str(scene.partners[number])
    assert re.search(r"\d+ sources?$", details.locator("ul").nth(1).locator("li").first.inner_text())
    page.keyboard.press("Escape")
    page.fill("#find", "")
    page.click("#fit")
    frames(page)
    spot = page.evaluate(
        """() => { const t = [...document.querySelectorAll('#labels text')].find(t => t.textContent === 'Elizabeth II');
        const b = t.getBoundingClientRect(); return [b.left, b.top + b.height / 2]; }"""
    )
    page.mouse.click(spot[0] - 12, spot[1])
    assert details.locator("h2").inner_text() == "Elizabeth II"


@pytest.mark.browser
def test_filters_narrow_picture_and_table_alike(visit: Visit, picture: NetworkPicture) -> None:
    page = visit()
    scene = make_scene(picture)
    shown = page.locator("#shown")

    def rows() -> int:
        return page.locator("#table tbody tr:not([hidden])").count()

    total = rows()
    assert total == len(scene.keys)
    page.fill("#from", "2000")
    late = {x for x, row in enumerate(scene.exchanges) if row[4] is not None and row[4] >= 2000}
    wanted = {node for a, b, x in scene.lines if x in late for node in (a, b)}
    assert rows() == len(wanted) < total
    assert f"{len(wanted):,} of {total:,} parties shown, with {len(late):,} exchanges" in shown.inner_text()
    page.select_option("#category", label="Cars")
    cars = {x for x in late if any(scene.categories[kind][0] == "cars" for kind in scene.exchanges[x][5])}
    assert rows() == len({node for a, b, x in scene.lines if x in cars for node in (a, b)})
    page.select_option("#category", "")
    page.fill("#from", str(scene.years[0] if scene.years else ""))
    page.click("button.community >> nth=1")
    assert page.locator("button.community[aria-pressed=true]").count() == 1
    assert rows() == len(scene.communities[1].members)
    page.click("button.community >> nth=1")
    page.fill("#find", "no such name at all")
    assert rows() == 0
    assert "widen the filter" in shown.inner_text()


@pytest.mark.browser
def test_more_names_appear_as_one_zooms_in_and_the_wheel_is_left_to_the_page_until_one_clicks(visit: Visit) -> None:
    page = visit()
    box = page.locator("#stage").bounding_box()
    assert box is not None
    before = page.locator("#labels text").all_text_contents()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    page.mouse.wheel(0, 60)
    wait_until(page, "() => scrollY > 0")
    assert page.locator("#labels text").all_text_contents() == before
    for _ in range(3):
        page.click("#zoom-in")
        frames(page)
    after = set(page.locator("#labels text").all_text_contents())
    assert after - set(before)
    page.click("#fit")
    frames(page)
    assert page.locator("#labels text").all_text_contents() == before


@pytest.mark.browser
def test_svg_png_and_csv_are_saved_from_the_page(visit: Visit, picture: NetworkPicture) -> None:
    page = visit()
    saved = {}
    for kind in ("svg", "png", "csv"):
        with page.expect_download() as download:
            page.click(f"#save-{kind}")
        saved[kind] = Path(download.value.path()).read_bytes()
        assert download.value.suggested_filename == f"Who-exchanged-gifts-with-whom.{kind}"
    root = ET.fromstring(saved["svg"])
    words = "".join(root.itertext())
    assert picture.version in words
    nodes = [element for element in root.iter() if element.tag.rpartition("}")[2] in ("circle", "polygon")]
    assert len(nodes) == len(picture.layout.nodes)
    assert saved["png"].startswith(b"\x89PNG")
    assert struct.unpack(">I", saved["png"][16:20])[0] >= 2000
    rows = list(csv.reader(io.StringIO(saved["csv"].decode("utf-8-sig"))))
    assert rows[0][:4] == ["key", "name", "kind", "gave"]
    assert len(rows) == len(picture.layout.nodes) + 1


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 820])
def test_no_page_scrolls_sideways(visit: Visit, width: int) -> None:
    page = visit(viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#as-table")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_print_and_a_browser_without_scripts_show_the_table(visit: Visit) -> None:
    page = visit()
    page.emulate_media(media="print")
    assert page.locator("#table").is_visible()
    assert page.locator("#table tbody tr").last.is_visible()
    assert page.locator("#stage").is_hidden()
    without = visit(java_script_enabled=False)
    assert without.locator("#table").is_visible()
    assert without.locator("#table tbody tr").last.is_visible()
    assert without.locator("#bar").is_hidden()
    assert without.locator("#stage").is_hidden()


@pytest.mark.browser
def test_what_is_not_drawn_and_the_rule_are_said(visit: Visit) -> None:
    page = visit()
    text = page.locator("main > section.evidence").inner_text()
    assert "What is not drawn" in text
    assert "without a named giver or receiver" in text
    assert "separate groups" in text
    page.click("summary")
    assert "Unknown, withheld and unstated parties are never parties" in page.locator("details").inner_text()


@pytest.mark.browser
def test_folded_communities_are_said_and_opened(visit: Visit, picture: NetworkPicture) -> None:
    folded = replace(picture, layout=lay_out(picture.network, largest=100))
    page = visit(folded)
    assert "each community is drawn as one node" in page.locator("p.folded").inner_text()
    page.focus("#stage")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert " and " in page.locator("#details h2").inner_text()
    assert "Members with most exchanges" in page.locator("#details").inner_text()
    page.keyboard.press("Escape")
    page.fill("#find", "Silvio Berlusconi")
    assert page.locator("#table tbody tr:not([hidden])").count() == 1


@pytest.mark.browser
def test_hostile_text_in_every_field_stays_text(visit: Visit, hostile_graph: Graph) -> None:
    page = visit(draw_network(hostile_graph))
    page.focus("#stage")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.focus("#stage")
    page.click("#as-table")
    page.click("#table tbody td.what button >> nth=0")
    page.keyboard.press("Escape")
    page.fill("#find", "\"'><script>")
    assert page.evaluate("window.hurt") is None
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, object, embed, textarea").count() == 0
    page.fill("#find", "")
    page.click("#as-graph")
    frames(page)
    for kind in ("svg", "csv"):
        with page.expect_download() as download:
            page.click(f"#save-{kind}")
        content = Path(download.value.path()).read_text(encoding="utf-8-sig")
        if kind == "svg":
            tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(content).iter()}
            assert tags <= {"svg", "rect", "path", "circle", "polygon", "title", "text", "line"}
        else:
            rows = list(csv.reader(io.StringIO(content)))
            assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]


@pytest.mark.browser
def test_the_policy_of_the_page_allows_its_own_script_and_styles_only(visit: Visit) -> None:
    page = visit()
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    page.evaluate("document.body.append(Object.assign(document.createElement('div'), {innerHTML: '<b>x</b>'}))")
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
