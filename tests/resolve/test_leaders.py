from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, SHARED
from giftgraph.errors import CuratedInvalid
from giftgraph.resolve.leader_sources import SINCE, OfficeRow, office_role, read_holders, read_reign
from giftgraph.resolve.leaders import PERSON_COLUMNS, TENURE_COLUMNS, build, write_rows
from giftgraph.resolve.tenures import date_bounds

LEADERS = ROOT / "data" / "leaders"
CURATED = ROOT / "data" / "curated"
HEADER = "source,polity,role,of,position,person,wikidata,start,end,sex,born,also\n"


def rows(name: str) -> list[dict[str, str]]:
    with (LEADERS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.skipif(not (SHARED / "data" / "leaders").is_dir(), reason="the sources of leaders are not here")
def test_building_the_tables_again_changes_no_byte(tmp_path: Path) -> None:
    persons, tenures = build(SHARED / "data" / "leaders", ROOT / "data")
    write_rows(tmp_path / "persons.csv", PERSON_COLUMNS, persons)
    write_rows(tmp_path / "tenures.csv", TENURE_COLUMNS, tenures)
    for name in ("persons.csv", "tenures.csv"):
        assert (tmp_path / name).read_bytes() == (LEADERS / name).read_bytes(), name


def test_keys_are_unique_and_every_tenure_has_its_person_and_sources() -> None:
    persons, tenures = rows("persons.csv"), rows("tenures.csv")
    known = {row["key"] for row in persons}
    assert len(known) == len(persons)
    assert len({row["key"] for row in tenures}) == len(tenures)
    with (CURATED / "sources.csv").open(encoding="utf-8", newline="") as stream:
        sources = {row["key"] for row in csv.DictReader(stream)} | {row["key"] for row in rows("sources.csv")}
    for row in tenures:
        assert row["person"] in known
        assert row["sources"] and set(row["sources"].split("; ")) <= sources, row


def test_dates_are_edtf_and_no_term_ends_before_it_begins() -> None:
    for row in rows("tenures.csv"):
        start = date_bounds(row["start"])
        if row["end"] in ("", ".."):
            continue
        end = date_bounds(row["end"])
        assert end.latest_day is None or start.earliest_day is None or end.latest_day >= start.earliest_day, row


def test_a_person_has_one_wikidata_id_and_an_id_one_person() -> None:
    ids = [row["wikidata"] for row in rows("persons.csv") if row["wikidata"]]
    assert len(ids) == len(set(ids))


def test_nobody_is_joined_over_two_sexes_or_generations() -> None:
    persons = {row["key"]: row for row in rows("persons.csv")}
    for father, son in (
        ("hafez-al-assad", "bashar-al-assad-syr"),
        ("heydar-aliyev-aze", "ilham-aliyev"),
        ("george-h-w-bush", "george-w-bush"),
        ("hussein-bin-talal", "abdullah-ii-of-jordan"),
        ("kim-il-sung", "kim-jong-il"),
    ):
        assert persons[father]["name"] != persons[son]["name"]


def test_reign_gives_months_where_its_days_are_a_convention(tmp_path: Path) -> None:
    path = tmp_path / "reign.csv"
    header = "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear,birthyear,gender\n"
    path.write_bytes(
        (header + "SWZ,225,x,Koller,1,1,1997,12,1997,1933,1\nFRN,220,y,Chirac,17,5,1995,,,1932,1\n").encode("latin-1")
    )
    offices = [
        OfficeRow("SWZ", "che", "", "", "president", "President"),
        OfficeRow("FRN", "fra", "", "", "president", "President"),
    ]
    koller, chirac = read_reign(path, offices, CURATED)
    assert (koller.start, koller.end, koller.partial) == ("1997-01", "1997-12", True)
    assert (chirac.start, chirac.end) == ("1995-05-17", "[2021-08..]")


def test_reign_ends_an_office_where_the_leader_changed_it(tmp_path: Path) -> None:
    path = tmp_path / "reign.csv"
    path.write_text(
        "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear,birthyear,gender\n"
        "TUR,640,x,Erdogan,14,3,2003,,,1954,1\n"
    )
    office = OfficeRow("TUR", "tur", "", "2014-08-27", "prime-minister", "Prime Minister")
    (spell,) = read_reign(path, [office], CURATED)
    assert spell.end == "2014-08-27"


def test_a_role_that_is_not_known_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "holders.csv"
    path.write_text(HEADER + "x,fra,gardener,,Gardener,A,Q1,2001,,,,\n")
    with pytest.raises(CuratedInvalid, match="gardener"):
        read_holders(path, CURATED)


def test_an_open_end_is_bounded_by_the_successor(tmp_path: Path) -> None:
    path = tmp_path / "holders.csv"
    path.write_text(
        HEADER + "x,fra,president,,President,A,Q1,2001-01-01,,,,\nx,fra,president,,President,B,Q2,2005-01-01,,,,\n"
    )
    first, second = read_holders(path, CURATED)
    assert (first.end, second.end) == ("[..2005-01-01]", "[2022-07..]")


def test_an_office_of_a_part_is_not_one_of_the_state() -> None:
    assert office_role("Prime Minister of Azad Kashmir", "pak") is None
    assert office_role("Prime Minister", "pak").role == "prime-minister"  # type: ignore[union-attr]


def test_the_tables_hold_no_term_that_ended_before_the_registers() -> None:
    for row in rows("tenures.csv"):
        end = row["end"].strip("[.]")
        assert not end[:4].isdigit() or int(end[:4]) >= SINCE or row["end"].endswith("..]"), row


def test_the_command_says_how_it_is_used() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "giftgraph.resolve.leaders"], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.returncode == 2 and "FOLDER" in done.stderr
