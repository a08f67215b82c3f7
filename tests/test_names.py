from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import giftgraph
from giftgraph.errors import DateInvalid, NameAmbiguous, NameUnknown
from giftgraph.graph import Graph
from giftgraph.names import candidates, find, normalize, resolve


@pytest.mark.parametrize("text", ["Kim Jong Un", "kim jong-un", "KIM JONG UN", "person:kim-jong-un", "kim-jong-un"])
def test_a_person_is_found_by_name_alias_and_key(graph: Graph, text: str) -> None:
    assert resolve(graph, text).key == "person:kim-jong-un"


def test_accents_do_not_matter(graph: Graph) -> None:
    assert resolve(graph, "Francois Mitterrand").label == "François Mitterrand"


def test_three_kims_never_merge_and_an_ambiguous_name_lists_them_with_dates(graph: Graph) -> None:
    keys = {match.key for match in candidates(graph, "Kim")}
    assert {"person:kim-il-sung", "person:kim-jong-il", "person:kim-jong-un"} <= keys
    with pytest.raises(NameAmbiguous) as failure:
        resolve(graph, "Kim")
    assert "person:kim-jong-un" in str(failure.value)
    assert "1994" in str(failure.value)
    first, *listed = str(failure.value).splitlines()
    assert "key" in first
    assert all(line.startswith("  ") for line in listed)


def test_an_unknown_name_gets_the_nearest(graph: Graph) -> None:
    with pytest.raises(NameUnknown, match="Madeleine Albright"):
        resolve(graph, "Albrigt")
    with pytest.raises(NameUnknown, match="giftgraph find"):
        resolve(graph, "qqqqzzzz")


def test_a_title_on_a_date_names_its_holder(graph: Graph) -> None:
    held = find(graph, "President of Russia", on="2023-09-13")
    assert [match.label for match in held] == ["Vladimir Putin"]
    assert "held it on that day" in held[0].description
    assert [match.label for match in find(graph, "President of Russia", on="2010-06-01")] == ["Dmitry Medvedev"]


def test_mitterrand_is_not_yet_president_in_1981_february(graph: Graph) -> None:
    assert "François Mitterrand" not in [m.label for m in find(graph, "President of France", on="1981-02-14")]
    assert "François Mitterrand" in [m.label for m in find(graph, "President of France", on="1985")]


def test_a_date_that_only_overlaps_is_not_certain(graph: Graph) -> None:
    held = {match.label: match.description for match in find(graph, "President of France", on="1981")}
    assert "may have held it" in held["François Mitterrand"]


def test_a_title_on_no_date_or_a_broken_one(graph: Graph) -> None:
    with pytest.raises(DateInvalid):
        find(graph, "President of Russia", on="2023-02-30")
    with pytest.raises(NameUnknown, match="nobody is known"):
        find(graph, "President of Russia", on="1750")


@given(st.text(max_size=40))
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", "'", '"; DROP', "person:", "x" * 10_000, "<script>", "../../etc/passwd"]
)
def test_odd_names_are_refused_in_one_line(graph: Graph, text: str) -> None:
    with pytest.raises(NameUnknown) as failure:
        resolve(graph, text)
    assert "\n" not in str(failure.value)
    assert len(str(failure.value)) < 600


def test_names_kept_beside_the_snapshot_answer_as_those_just_asked_for(
    small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIFTGRAPH_CACHE", str(tmp_path))
    graph = giftgraph.open(small_data)
    asked = find(graph, "alpha")
    kept = list(tmp_path.glob("names-*"))
    assert len(kept) == 1
    assert find(graph, "alpha") == asked
    for broken in ("", "alpha\tperson", "alpha\n"):
        kept[0].write_text(broken, encoding="utf-8")
        assert find(graph, "alpha") == asked


def test_whoever_is_named_comes_before_gifts_with_the_word(graph: Graph) -> None:
    kinds = [match.kind for match in find(graph, "horse")] + [match.kind for match in find(graph, "Putin")]
    assert "gift" in kinds
    for text in ("Putin", "Obama", "king"):
        kinds = [match.kind for match in find(graph, text)]
        assert kinds == sorted(kinds, key=lambda kind: kind == "gift")


def test_a_code_of_a_polity_may_be_written_in_capitals(graph: Graph) -> None:
    assert find(graph, "USA")[0].key == "polity:usa"
