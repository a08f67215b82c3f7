"""The labels themselves: well formed, on one side of the split each, and in the print where they say."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest

from conftest import ROOT, SHARED
from scoring import (
    FIELDS,
    Score,
    find_party,
    key_of,
    persons,
    plain_agency,
    read_labels,
    right_names,
    same_name,
    score_all,
    score_blocks,
)

NOTICES = SHARED / "data" / "us-federal-register" / "notices"
KINDS = ("blocks", "items", "donors", "pairs")
DISPOSITIONS = {"archives", "agency", "retained", "gsa", "pending", "other", None}


def both(kind: str) -> list[dict[str, Any]]:
    return read_labels(kind, "dev") + read_labels(kind, "test")


@cache
def printed(document: str) -> list[str]:
    if not NOTICES.is_dir():
        pytest.skip("the notices are not on this machine")
    (path,) = NOTICES.glob(f"*_doc{document}.txt")
    return path.read_text(encoding="ascii").replace("\0", "").split("\n")


def places() -> list[tuple[str, str]]:
    ends = [(row[f"source_{end}"], row[f"locator_{end}"]) for row in both("pairs") for end in "ab"]
    return sorted({*ends, *(key_of(row) for kind in ("blocks", "items", "donors") for row in both(kind))})


def test_no_label_stands_on_both_sides_of_the_split() -> None:
    for kind in ("blocks", "donors"):
        keys = [key_of(row) for row in both(kind)]
        assert len(keys) == len(set(keys)), kind
    items = [(*key_of(row), row["item"]) for row in both("items")]
    assert len(items) == len(set(items))
    sides = [
        {
            (row[f"source_{end}"], row[f"locator_{end}"], row[f"name_{end}"])
            for row in read_labels("pairs", half)
            for end in "ab"
        }
        for half in ("dev", "test")
    ]
    assert not sides[0] & sides[1]


def test_there_are_as_many_labels_as_the_goals_ask_for_and_from_every_notice() -> None:
    assert len(both("blocks")) >= 240
    assert min(Counter(row["source"] for row in both("blocks")).values()) >= 11
    assert len({row["source"] for row in both("blocks")}) == 21
    assert (len(both("items")) >= 200, len(both("donors")) >= 200, len(both("pairs")) >= 300) == (True, True, True)
    assert sum(row["hard"] == "yes" for row in both("donors")) >= 80


def test_every_value_is_of_its_field_s_codes() -> None:
    for row in both("blocks"):
        assert row["kind"] in ("tangible", "travel"), row
        assert row["disposition"] in DISPOSITIONS, row
        assert set(row.get("doubt", [])) <= {*FIELDS, "recipients", "donors"}, row
        assert row["date"] is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}-\d\d-\d\d)?", row["date"]), row
    with (ROOT / "data" / "curated" / "polities.csv").open(encoding="utf-8", newline="") as stream:
        alpha2 = {row["alpha2"] for row in csv.DictReader(stream)}
    polities = {part for row in both("blocks") for part in (row["donor_polity"] or "").split("~") if len(part) == 2}
    polities |= {row["polity"] for row in both("donors") if len(row["polity"]) == 2}
    assert polities - alpha2 <= {"eu", "un", "XK"}


def test_the_pages_of_the_locators_are_those_of_the_print() -> None:
    for document, locator in places():
        lines = printed(document)
        page, line = (int(number) for number in re.fullmatch(r"p(\d+):l(\d+)", locator).groups())  # type: ignore[union-attr]
        marks = [re.search(r"\[\[Page (\d+)\]\]", text) for text in lines[:line]]
        known = [int(mark[1]) for mark in marks if mark]
        first = re.search(r"\[Pages? (\d+)", "\n".join(lines[:30]))
        assert page == (known[-1] if known else int(first[1])), (document, locator)  # type: ignore[index]


def test_every_labelled_name_is_printed_where_the_label_says() -> None:
    def near(document: str, locator: str, before: int) -> str:
        line = int(locator.partition(":l")[2])
        return re.sub(r"\W", "", "".join(printed(document)[max(0, line - before) : line + 30])).casefold()

    for row in both("blocks"):
        text = near(row["source"], row["locator"], 60)
        for party in row["recipients"] + row["donors"]:
            assert all(word in text for word in re.findall(r"[a-z]+", (party["name"] or "").casefold())), (
                row["source"],
                row["locator"],
                party,
            )
    for row in both("pairs"):
        for end in "ab":
            text = near(row[f"source_{end}"], row[f"locator_{end}"], 1)
            assert all(word in text for word in re.findall(r"[a-z]+", row[f"name_{end}"].casefold())), row


def test_a_record_that_says_what_the_labels_say_is_right_everywhere_and_an_empty_import_nowhere() -> None:
    records = [
        {**row, "donor_polity": (row["donor_polity"] or "").split("~")[0] or None}
        for row in read_labels("blocks", "dev")
    ]
    for row in records:
        row["agency"] = row["agency"].split("~")[0]
    for field, score in score_blocks("dev", records).items():
        assert score.share == 1, (field, score.wrong)
    assert {score.share for score in score_all("dev", []).values()} == {0}


def test_a_name_is_the_same_in_any_order_and_spacing_but_not_with_another_number() -> None:
    assert same_name("Hassanal Bolkiah", "His Majesty Sultan Bolkiah Hassanal")
    assert same_name("Jan Ham[aacute][ccirc]ek".replace("[ccirc]", "c"), "Jan Hamáček")
    assert same_name("Kim Dae-jung", "Kim Dae jung")
    assert not same_name("Abdullah II", "Abdullah")


def test_names_are_right_only_when_everybody_is_named_and_nobody_else() -> None:
    couple = [{"name": "Boris Yeltsin", "title": None}, {"name": None, "title": "First Lady"}]
    assert right_names(couple, [{"name": "Yeltsin, Boris", "title": None}])
    assert not right_names(couple, [])
    assert not right_names(couple, [{"name": "Boris Yeltsin"}, {"name": "Naina Yeltsina"}])
    assert persons([{"name": "NATO", "status": "organization"}]) == []


def test_an_agency_is_known_by_its_usual_names() -> None:
    assert plain_agency("The White House--Executive Office of the President") == plain_agency(
        "Executive Office of the President"
    )
    assert plain_agency("U.S. Senate") == plain_agency("United States Senate")
    assert plain_agency("Department of the Navy") != plain_agency("Department of Defense")


def test_a_title_picks_the_party_without_a_name() -> None:
    record = {
        "donors": [
            {"name": "Putina", "title": None},
            {"name": None, "title": "The President of the Russian Federation"},
        ]
    }
    found = find_party(record, "donor", "The President of the Russian Federation")
    assert found is not None
    assert found["name"] is None


def test_wilson_s_interval_is_that_of_the_literature() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 and 15 of 148.
    assert [round(bound, 4) for bound in Score(81, 263).interval] == [0.2553, 0.3662]
    assert [round(bound, 4) for bound in Score(15, 148).interval] == [0.0624, 0.1605]
