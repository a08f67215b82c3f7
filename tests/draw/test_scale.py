"""Pictures of a register: the busiest party stays readable, nothing is lost, and nobody unnamed becomes somebody."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import giftgraph
from busy_register import write_busy_register
from giftgraph.dates import Bounds
from giftgraph.draw import collect, dyad, ego
from giftgraph.draw.page import MOST_INLINE
from giftgraph.graph import Graph

EXCHANGES, GIVERS, WITHHELD = 1100, 60, 12


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return giftgraph.open(
        write_busy_register(tmp_path_factory.mktemp("busy") / "busy.ttl", EXCHANGES, GIVERS, WITHHELD)
    )


@pytest.fixture
def page(browser: Browser, register: Graph, tmp_path: Path) -> Iterator[Page]:
    register.show("Rita Receiver").save(tmp_path / "busy.html")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.goto((tmp_path / "busy.html").as_uri())
    page.wait_for_selector("#bar:not([hidden])")
    yield page
    assert noise == []
    page.close()


def test_the_ring_folds_the_smaller_partners_into_a_line_that_counts_them(register: Graph) -> None:
    ring = ego.lay_out(register.show("Rita Receiver").content)
    assert len(ring.spokes) == ego.DRAWN
    assert ring.folded == GIVERS - ego.DRAWN
    drawn = {line.gift for spoke in ring.spokes for line in spoke.partner.received}
    assert len(drawn) + len(ring.notes[0].lines) == EXCHANGES


def test_those_who_are_withheld_are_one_counted_line_and_no_party(register: Graph) -> None:
    ring = ego.lay_out(register.show("Rita Receiver").content)
    assert ring.notes[-1].words == f"withheld giver: {WITHHELD} exchanges, not drawn as one party"
    assert len(ring.notes[-1].lines) == WITHHELD
    assert {spoke.partner.party.kind for spoke in ring.spokes} == {"person"}


def test_a_title_that_names_nobody_is_words_and_not_a_party(register: Graph) -> None:
    content = register.show("Rita Receiver").content
    labels = {party.label for line in content.lines for party in (*line.givers, *line.receivers)}
    assert "President" not in labels
    assert any("stated as President" in words for line in content.lines for _what, words in line.facts)


def test_too_many_gifts_for_cards_share_one_a_year_and_side_and_none_is_left_out(register: Graph) -> None:
    content = register.show("Arcadia", "Borduria", by="polity").content
    drawing = dyad.lay_out(content)
    assert len(drawing.cards) == 11
    assert sorted(number for card in drawing.cards for number in card.lines) == list(range(len(content.lines)))
    assert drawing.cards[0].line.label.startswith("102 gifts in 102 exchanges")
    assert drawing.height < 2000


def test_a_scan_of_properties_gives_the_lines_of_the_queries(
    graph: Graph, register: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    for source, iri, by in (
        (graph, "https://w3id.org/giftgraph/id/polity/prk", "polity"),
        (graph, "https://w3id.org/giftgraph/id/person/vladimir-putin", "office"),
        (register, "https://w3id.org/giftgraph/id/person/giver-7", "person"),
    ):
        transfers = collect.find_transfers_of(source, iri, by)
        assert transfers
        asked = collect.collect_lines(source, transfers, by, Bounds(None, None), {iri})
        with monkeypatch.context() as patched:
            patched.setattr(collect, "_NAMED_AT_MOST", 0)
            assert collect.collect_lines(source, transfers, by, Bounds(None, None), {iri}) == asked


def test_the_page_of_a_gift_stands_with_its_source(register: Graph) -> None:
    html = register.show("giver Number7").html()
    assert "Notice of gifts</a>, Office, page 1007</p>" in html


def test_a_body_that_only_reported_says_how_much(register: Graph) -> None:
    advice = register.show("Agency of Arcadia").content.advice
    assert f"It reported {EXCHANGES + WITHHELD:,} exchanges of its people" in advice


def test_a_busy_page_is_small_and_reads_without_scripts(register: Graph) -> None:
    picture = register.show("Rita Receiver")
    html = picture.html()
    assert len(picture.content.lines) > MOST_INLINE
    assert len(html) < 900_000
    assert f"Rows 1 to 300 of {EXCHANGES + WITHHELD:,}" in html
    assert picture.html() == html, "the packed rows are the same every time"


@pytest.mark.browser
def test_packed_rows_are_paged_found_opened_and_saved_whole(page: Page) -> None:
    page.click("#as-table")
    rows = page.locator("#table tbody tr")
    assert rows.count() == 300
    page.click("#later")
    assert "Rows 301 to 600 of 1,112" in page.locator("#range").inner_text()
    with page.expect_download() as saved:
        page.click("#save-csv")
    table = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(table) == 1 + EXCHANGES + WITHHELD
    page.fill("#find", "Thing 1099")
    assert rows.count() == 1
    page.click("#table [data-open]")
    assert "Thing 1099" in page.locator("#details h3").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#details article").count() == 0


@pytest.mark.browser
def test_what_is_not_drawn_opens_as_its_rows_and_all_come_back(page: Page) -> None:
    page.locator("#drawing .fold").last.click()
    assert page.locator("#table tbody tr").count() == WITHHELD
    page.locator("#shown button").click()
    assert f"of {EXCHANGES + WITHHELD:,}" in page.locator("#range").inner_text()
