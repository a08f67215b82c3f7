"""What a picture says: who is meant, what is counted, in which order, and what is only claimed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import giftgraph
from giftgraph.draw.model import Line
from giftgraph.errors import DateInvalid, NameAmbiguous, NameUnknown, ParameterInvalid
from giftgraph.graph import Graph


@pytest.fixture(scope="module")
def small(small_data: Path) -> Graph:
    return giftgraph.open(small_data)


def named(lines: tuple[Line, ...], words: str) -> Line:
    (line,) = [line for line in lines if words in line.label]
    return line


def test_putin_and_kim_jong_un_show_each_gift_with_its_direction_and_sources(graph: Graph) -> None:
    content = graph.show("Putin", "Kim Jong Un").content
    assert content.title == "What passed between Vladimir Putin and Kim Jong Un"
    assert named(content.lines, "Rifle, made in Russia").direction == "Vladimir Putin → Kim Jong Un"
    assert named(content.lines, "Rifle, made in North Korea").direction == "Kim Jong Un → Vladimir Putin"
    assert all(line.sources for line in content.lines)
    counted = [line for line in content.lines if line.counted]
    given = [line for line in counted if line.givers[0].key.endswith("vladimir-putin")]
    assert content.summary[0].startswith(f"{len(counted)} gifts")
    assert content.summary[1:3] == (
        f"{len(given)} Putin → Kim Jong Un",
        f"{len(counted) - len(given)} Kim Jong Un → Putin",
    )


def test_the_articles_mistake_is_a_contradicted_line_and_is_not_counted(graph: Graph) -> None:
    lines = graph.show("Putin", "Kim Jong Un").content.lines
    claim = named(lines, "Rifle “made in North Korea”")
    assert (claim.doubt, claim.is_claim, claim.counted) == ("contradicted", True, False)
    assert [source.title for source in claim.sources] != [source.title for source in named(lines, "in Russia").sources]
    assert {account.rank for account in named(lines, "Rifle, made in Russia").accounts} >= {"preferred", "deprecated"}


def test_the_gagarin_photo_of_khasan_has_no_stated_donor_and_gets_none(graph: Graph) -> None:
    photo = named(graph.show("Kim Jong Un").content.lines, "Gagarin")
    assert [party.label for party in photo.givers] == ["not stated"]
    rows = graph.query(
        "SELECT ?x { ?x gift:gift/rdfs:label ?l ; gift:giver ?who FILTER(CONTAINS(STR(?l), 'Gagarin')) "
        "FILTER EXISTS { ?x gift:recipient person:kim-jong-un } }"
    )
    assert len(rows) == 0


def test_lines_stand_in_the_order_of_time_with_undated_ones_last(graph: Graph) -> None:
    days = [line.earliest_day or line.latest_day for line in graph.show("North Korea", by="polity").content.lines]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated)
    assert days[: len(dated)] == dated


def test_an_ambiguous_b_is_all_of_that_name_who_exchanged_something_with_a(graph: Graph) -> None:
    content = graph.show("Putin", "Kim").content
    assert content.title.endswith("Kim is 2 people")
    assert [party.label for party in content.right] == ["Kim Jong Il", "Kim Jong Un"]
    assert all(len(line.receivers) == 1 or len(line.givers) == 1 for line in content.lines)


def test_two_ambiguous_names_and_unknown_ones_are_never_guessed(graph: Graph) -> None:
    with pytest.raises(NameAmbiguous):
        graph.show("Kim", "Kim")
    with pytest.raises(NameAmbiguous, match="person:kim-jong-il"):
        graph.show("Kim")
    with pytest.raises(NameUnknown, match="nearest"):
        graph.show("Putn")
    with pytest.raises(ParameterInvalid, match="two different"):
        graph.show("Putin", "Vladimir Putin")
    with pytest.raises(ParameterInvalid, match="by must be"):
        graph.show("Putin", by="colour")
    with pytest.raises(DateInvalid):
        graph.show("Putin", start="2023-02-30")


def test_nothing_recorded_says_so_and_what_to_do_next(graph: Graph) -> None:
    content = graph.show("Richard Nixon", "Qaitbay").content
    assert content.lines == ()
    assert "does not mean that there was none" in content.advice
    assert "giftgraph show" in content.advice


def test_a_period_keeps_what_may_lie_in_it_and_leaves_out_what_has_no_date(small: Graph) -> None:
    assert {line.label for line in small.show("Alpha One", start="1999", end="2000").content.lines} >= {"Saddle"}
    labels = {line.label for line in small.show("Alpha One", start="1999-06", end="2000").content.lines}
    assert labels == set()
    assert "Ring" in {line.label for line in small.show("Alpha One").content.lines}


def test_a_loan_is_shown_as_one_and_stays_outside_the_count(small: Graph) -> None:
    content = small.show("Alpha One").content
    loan = named(content.lines, "Panda")
    assert (loan.doubt, loan.counted) == ("loan", False)
    assert any("1 loan, not counted" in part for part in content.summary)
    assert content.summary[0].startswith("4 gifts")


def test_unknown_and_withheld_parties_are_one_open_ring_each_and_never_a_hub(graph: Graph, small: Graph) -> None:
    ring = named(small.show("Alpha One").content.lines, "Ring")
    assert [(party.label, party.kind) for party in ring.givers] == [("withheld", "unknown")]
    keys = [
        party.key
        for line in graph.show("polity:prk", by="polity").content.lines
        if not line.is_claim
        for party in (*line.givers, *line.receivers)
        if party.kind == "unknown"
    ]
    exchanges = {key.rpartition("/")[2].rpartition("-donor")[0].rpartition("-recipient")[0] or key for key in keys}
    assert keys
    assert len(set(keys)) >= len(exchanges)
    assert all("/participation/" in key for key in keys)


def test_by_office_draws_the_post_held_on_the_day_and_a_person_that_is_named_as_that_person(graph: Graph) -> None:
    offices = graph.show("President of Russia", "President of the State Affairs Commission", by="office").content
    assert [party.kind for party in (*offices.left, *offices.right)] == ["office", "office"]
    person = graph.show("President of Russia", "Kim Jong Un", by="office").content
    assert [party.kind for party in (*person.left, *person.right)] == ["office", "person"]
    assert len(person.lines) == len(offices.lines) > 0
    around = graph.show("Kim Jong Un", by="office").content
    assert "President of Russia" in {party.label for party in around.right}
    assert len(around.lines) == len(graph.show("Kim Jong Un").content.lines)


def test_a_post_stands_under_a_name_only_when_it_was_held_in_an_exchange_that_is_drawn(graph: Graph) -> None:
    (putin,) = graph.show("Putin", "Kim Jong Un").content.left
    assert "President of Russia" in putin.subtitle
    assert not any("Prime Minister" in words for words in putin.subtitle)


def test_a_count_names_a_polity_in_full_and_a_person_by_the_last_name(graph: Graph) -> None:
    assert any(
        "China → North Korea" in part for part in graph.show("polity:chn", "polity:prk", by="polity").content.summary
    )
    assert any("Putin → Kim Jong Un" in part for part in graph.show("Putin", "Kim Jong Un").content.summary)


def test_years_before_1_are_words_and_compare(graph: Graph) -> None:
    content = graph.show("Akhenaten").content
    assert "BCE" in content.summary[0]


def test_json_has_the_lines_of_the_table_in_the_same_order(graph: Graph) -> None:
    picture = graph.show("Albright", "Kim Jong Il")
    data = json.loads(picture.json())
    assert [line["label"] for line in data["lines"]] == [line.label for line in picture.content.lines]
    assert data["version"] == graph.version
    assert data["lines"][0]["givers"][0]["key"] == "person:madeleine-albright"


def test_a_notebook_gets_the_page_inline(graph: Graph) -> None:
    html = graph.show("Albright", "Kim Jong Il")._repr_html_()
    assert html.startswith("<iframe srcdoc=")
    assert "<script" not in html


def test_an_unknown_suffix_or_folder_is_refused_and_writes_nothing(graph: Graph, tmp_path: Path) -> None:
    picture = graph.show("Albright", "Kim Jong Il")
    for name in ("x.docx", "no/such/x.html"):
        with pytest.raises(giftgraph.errors.OutputFailed):
            picture.save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
    picture.save(tmp_path / "x.html")
    assert (tmp_path / "x.html").read_text(encoding="utf-8") == picture.html()
