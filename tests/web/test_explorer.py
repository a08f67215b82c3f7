"""The first explorer as a process on loopback: pages, choices, wrong input, and what a browser sees."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from busy_register import write_busy_register
from conftest import free_port, wait_for
from giftgraph.graph import Graph
from giftgraph.resources import data_file


@contextmanager
def explore(data: str) -> Iterator[str]:
    """The explorer as a process over the data; gives its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "giftgraph", "explore", "--no-browser", "--port", str(port), "--data", data],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/healthz", process)
        yield address
    finally:
        process.send_signal(2)
        out, err = process.communicate(timeout=15)
    assert out.strip() == f"{address}/"
    assert process.returncode == 0
    assert "Traceback" not in err


@pytest.fixture(scope="module")
def explorer(graph: Graph, cache: object) -> Iterator[str]:
    with explore(data_file()) as address:
        yield address


def get(address: str, path: str, **parameters: str) -> tuple[int, str]:
    query = f"?{urlencode(parameters)}" if parameters else ""
    try:
        with urllib.request.urlopen(f"{address}{path}{query}", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.fixture
def page(browser: Browser, explorer: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("request", lambda r: noise.append(r.url) if not r.url.startswith((explorer, "data:", "blob:")) else None)
    yield page
    assert [line for line in noise if "status of 300" not in line and "status of 404" not in line] == []
    page.close()


@pytest.mark.browser
def test_from_home_to_the_evidence_in_two_clicks(page: Page, explorer: str) -> None:
    page.goto(explorer)
    page.click("text=What has passed between Vladimir Putin and Kim Jong Un?")
    page.locator("#drawing .card", has_text="Rifle, made in Russia").click()
    assert page.locator("#details a").first.get_attribute("href", timeout=2000)


@pytest.mark.browser
def test_a_search_leads_to_a_person_and_on_to_the_pair(page: Page, explorer: str) -> None:
    page.goto(explorer)
    page.fill("input[name=q]", "albright")
    page.keyboard.press("Enter")
    page.click("main a:has-text('Madeleine Albright')")
    assert "Given" in page.inner_text("main")
    page.click("main td a:has-text('Kim Jong Il')")
    assert page.inner_text("h1") == "What passed between Madeleine Albright and Kim Jong Il"
    page.go_back()
    page.reload()
    assert page.inner_text("h1") == "Madeleine Albright"


@pytest.mark.browser
def test_an_ambiguous_name_is_chosen_by_a_click(page: Page, explorer: str) -> None:
    page.goto(f"{explorer}/between?a=Kim&b=Kim")
    page.locator("main ul").first.locator("a:has-text('Kim Jong Il')").click()
    assert "Kim Jong Il" in page.inner_text("h1") or "which one" in page.inner_text("h1")
    page.goto(f"{explorer}/around?a=Kim")
    page.click("main a:has-text('Kim Jong Un')")
    assert page.inner_text("h1") == "With whom Kim Jong Un exchanged gifts"


PAGES = ["/", "/search?q=Kim", "/search?q=", "/party/person/kim-jong-un", "/party/person/elizabeth-ii", "/party/polity/chn",
         "/between?a=Kim&b=Kim", "/around?a=Xi+Jinping", "/between?a=Putin&b=Xyzzy", "/nowhere"]  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_and_no_page_scrolls_sideways(
    page: Page, explorer: str, path: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(explorer + path)
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []
    for width in (320, 820):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_unknown_or_withheld_giver_is_listed_on_the_page_of_the_recipient(explorer: str) -> None:
    status, html = get(explorer, "/party/person/kim-jong-un")
    assert status == 200
    assert "Photograph of Yuri Gagarin" in html
    assert "not stated" in html


@pytest.mark.parametrize(
    ("path", "parameters", "status", "words"),
    [
        ("/nowhere", {}, 404, "There is no such page"),
        ("/party/person/nobody", {}, 404, "There is no person:nobody"),
        ("/party/..%2f..%2fetc/passwd", {}, 404, "There is no"),
        ("/between", {}, 400, "Say whom"),
        ("/between", {"a": "Xyzzyq", "b": "Kim Jong Un"}, 404, "Xyzzyq"),
        ("/between", {"a": "Putin", "b": "Kim Jong Un", "by": "colour"}, 400, "by must be"),
        ("/between", {"a": "Putin", "b": "Kim Jong Un", "from": "2023-02-30"}, 400, "2023-02-30"),
        ("/between", {"a": "<script>alert(1)</script>"}, 404, "&lt;script&gt;"),
        ("/around", {"a": "x" * 5000}, 400, "longer than"),
        ("/search", {"q": "<script>alert(1)</script>"}, 200, "&lt;script&gt;"),
        ("/search", {"q": "Xyzzyq"}, 200, "Xyzzyq"),
    ],
)
def test_wrong_input_is_a_page_that_says_what_to_do(
    explorer: str, path: str, parameters: dict[str, str], status: int, words: str
) -> None:
    code, html = get(explorer, path, **parameters)
    assert (code, words in html) == (status, True), html[-600:]
    assert "<script>alert" not in html
    assert "Traceback" not in html


def test_the_server_answers_only_its_own_names_and_methods(explorer: str) -> None:
    where = urlsplit(explorer)
    for method, host, expected in (
        ("GET", "evil.example", 400),
        ("POST", where.netloc, 405),
        ("DELETE", where.netloc, 405),
    ):
        connection = http.client.HTTPConnection(where.netloc, timeout=10)
        connection.request(method, "/", headers={"Host": host})
        assert connection.getresponse().status == expected
        connection.close()


def test_headers_keep_pages_from_being_sniffed_framed_or_extended(explorer: str) -> None:
    with urllib.request.urlopen(explorer, timeout=10) as answer:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
        policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_an_entity_address_leads_to_its_page(explorer: str) -> None:
    status, html = get(explorer, "/id/person/kim-jong-un")
    assert status == 200
    assert "<h1>Kim Jong Un</h1>" in html


def test_two_explorers_cannot_share_a_port(explorer: str) -> None:
    port = str(urlsplit(explorer).port)
    run = subprocess.run(
        [sys.executable, "-m", "giftgraph", "explore", "--no-browser", "--port", port],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert run.returncode == 1
    assert run.stderr.strip().splitlines() == [
        f"giftgraph: port {port} of 127.0.0.1 cannot be used: choose another with --port, or 0 for a free one"
    ]


def test_a_busy_party_is_read_year_by_year_with_the_page_of_each_gift(tmp_path: Path) -> None:
    with explore(str(write_busy_register(tmp_path / "busy.ttl", 330, 7))) as address:
        latest = get(address, "/party/person/receiver")[1]
        earlier = get(address, "/party/person/receiver", year="2003")[1]
        assert get(address, "/party/person/receiver", year="no year")[1] == latest
    assert latest.count("<tr") == 1 + 30, "the latest year alone"
    assert "2010: 30 lines of 330" in latest
    assert 'href="/party/person/receiver?year=2003#received"' in latest
    assert 'href="https://example.org/notice"' in earlier
    assert "Notice of gifts, page 1003" in earlier
    assert "2010: " not in earlier
