"""Agencies as people know them, from headings in all their ways."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import giftgraph.sources.us_federal_register.agencies as module
from giftgraph.sources.us_federal_register.agencies import name_agency


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("AGENCY: Department of State", "Department of State"),
        ("Agency: The Department of State", "Department of State"),
        (
            "AGENCY--Administrative Office of the United States Courts",
            "Administrative Office of the United States Courts",
        ),
        ("ENTITY: Office of the Vice President", "Office of the Vice President"),
        ("UNITED STATES SENATE", "United States Senate"),
        ("Air Force", "Department of the Air Force"),
        ("AGENCY: DEPARTMENT OF EDUCATION", "Department of Education"),
        ("AGENCY: Department of Education.", "Department of Education"),
        ("AGENCY: Department of State--Continued", "Department of State"),
        ("Treasury", "Department of the Treasury"),
        ("Agency: Ministry of Sundials", "Ministry of Sundials"),
        ("", ""),
    ],
)
def test_a_heading_has_one_name(heading: str, name: str) -> None:
    assert name_agency(heading) == name


def test_a_heading_without_an_agency_is_that_of_its_document_alone() -> None:
    assert name_agency("AGENCY: Office of the Secretary", "96-11746") == "Department of Agriculture"
    assert name_agency("AGENCY: Office of the Secretary", "04-99999") == "Office of the Secretary"


def test_no_spelling_stands_twice_and_every_name_is_its_own() -> None:
    with (Path(module.__file__).parent / "agencies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [(row["printed"].casefold(), row["document"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert [(name_agency(row["agency"]), row["printed"]) for row in rows] == [
        (row["agency"], row["printed"]) for row in rows
    ]
