from __future__ import annotations

from pathlib import Path

import pytest

from giftgraph.dates import read_bounds
from giftgraph.errors import DataUnreadable
from giftgraph.resolve import tenures
from giftgraph.resolve.tenures import holders, load_tenures, read_days, resolve_title, resolve_titles


def person(text: str, date: str | None, polity: str | None = None) -> str | None:
    return resolve_title(text, polity, date).person


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("President", "2011-03-04", "barack-obama"),
        ("The President", "2002", "george-w-bush"),
        ("President of the United States", "2017-06-01", "donald-trump"),
        ("First Lady", "1999-05-05", "hillary-clinton"),
        ("First Lady", "2003", "laura-bush-usa"),
        ("First Lady and Chelsea", "1995-05-05", "hillary-clinton"),
        ("Vice President", "2002-05-01", "dick-cheney-usa"),
        ("Mrs. Cheney", "2003-03-01", "lynne-cheney"),
        ("Secretary of State", "2010-05-01", "hillary-clinton"),
        ("Secretary of Commerce", "2006-05-01", "carlos-gutierrez-usa"),
    ],
)
def test_a_bare_title_of_an_american_recipient_is_resolved_by_date(text: str, date: str, expected: str) -> None:
    assert person(text, date, "usa") == expected


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("King of Saudi Arabia", "2003-01-01", "fahd-bin-abdulaziz-al-saud-sau"),
        ("King of Saudi Arabia", "2008-01-01", "abdullah-of-saudi-arabia"),
        ("Crown Prince of Saudi Arabia", "2003-01-01", "abdullah-of-saudi-arabia"),
        ("President of the Russian Federation", "2009-05-05", "dmitry-medvedev"),
        ("Prime Minister of Russia", "2009-05-05", "vladimir-putin"),
        ("King of Jordan", "1998-05-05", "hussein-bin-talal"),
        ("King of Jordan", "2000-05-05", "abdullah-ii-of-jordan"),
        ("Queen of Spain", "2001-01-01", "queen-sofia-of-spain"),
        ("Queen of the United Kingdom", "2001-01-01", "elizabeth-ii"),
        ("Amir of Qatar", "2013-06-10", "hamad-bin-khalifa-al-thani-qat"),
        ("Amir of Qatar", "2013-06-26", "tamim-bin-hamad-al-thani"),
        ("Pope", "2000-05-01", "pope-john-paul-ii"),
        ("Prime Minister of the United Kingdom", "2003-05-01", "tony-blair"),
    ],
)
def test_a_title_with_its_polity_is_resolved_by_date(text: str, date: str, expected: str) -> None:
    assert person(text, date) == expected


def test_the_amir_of_qatar_in_june_2013_stays_unsure_with_both_named() -> None:
    found = resolve_title("Amir of Qatar", None, "2013-06")
    assert found.verdict == "unsure" and found.person is None
    assert found.candidates == ("hamad-bin-khalifa-al-thani-qat", "tamim-bin-hamad-al-thani")
    assert "Hamad" in found.why and "Tamim" in found.why


@pytest.mark.parametrize("date", ["2009-01", "2009", "2008-12-01/2009-02-01"])
def test_a_date_that_spans_a_change_of_office_names_both(date: str) -> None:
    assert resolve_title("President", "usa", date).candidates == ("george-w-bush", "barack-obama")


def test_the_day_of_handing_over_belongs_to_the_one_who_takes_over() -> None:
    assert person("President", "2009-01-20", "usa") == "barack-obama"


def test_a_prime_minister_is_never_the_king() -> None:
    assert not {"hussein-bin-talal", "abdullah-ii-of-jordan"} & {
        each.person for year in range(1993, 2021) for each in holders("prime-minister", "jor", str(year))
    }


@pytest.mark.parametrize(
    ("text", "polity", "date"),
    [
        ("Former President", "usa", "2003-01-01"),
        ("President-elect", "usa", "2008-12-01"),
        ("President", None, "2003-01-01"),
        ("President", "usa", None),
        ("President", "usa", "not a date"),
        ("President", "usa", "1750-01-01"),
        ("An Agency Employee", "usa", "2003-01-01"),
        ("President of the Bank of Italy", None, "2003-01-01"),
    ],
)
def test_nobody_is_named_where_nothing_decides(text: str, polity: str | None, date: str | None) -> None:
    found = resolve_title(text, polity, date)
    assert (found.person, found.verdict, found.candidates) == (None, "unsure", ())
    assert found.why


def test_a_family_is_not_one_person() -> None:
    found = resolve_title("First Family", "usa", "2010")
    assert found.person is None and found.candidates == ("barack-obama", "michelle-obama")


def test_two_persons_in_one_text_are_two() -> None:
    both = resolve_titles("President and First Lady", "usa", "2011-03-04")
    assert [each.person for each in both] == ["barack-obama", "michelle-obama"]


def test_two_offices_of_one_person_are_one() -> None:
    (found,) = resolve_titles("King and Prime Minister of Saudi Arabia", None, "2017-03-01")
    assert found.person == "salman-of-saudi-arabia" and found.post


def test_a_post_is_the_tenure_that_covers_the_date() -> None:
    found = resolve_title("President", "usa", "2011-03-04")
    held = {tenure.key: tenure for tenure in load_tenures().by_person["barack-obama"]}
    assert found.post in held and held[found.post].role == "president"


def test_an_unknown_end_is_never_sure_and_an_open_one_is() -> None:
    day = read_bounds("2030-01-01").earliest_day
    assert read_days("2001-02-03", "").lasted is None
    assert read_days("2001-02-03", "..").lasted > day  # type: ignore[operator]
    until = read_days("2001-02-03", "[..2012-05-09]")
    assert until.lasted is None and until.last == read_bounds("2012-05-09").latest_day
    assert read_days("2001-02-03", "[2021-08..]").lasted == read_bounds("2021-08-01").earliest_day


def test_no_kims_are_merged() -> None:
    kims = {"kim-il-sung", "kim-jong-il", "kim-jong-un"}
    assert kims <= load_tenures().leaders.keys()
    assert person("Supreme Leader of North Korea", "2013-01-01") in {"kim-jong-un", None}


def test_tables_that_are_missing_are_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tenures, "leaders_directory", lambda: tmp_path)
    with pytest.raises(DataUnreadable, match=r"persons\.csv"):
        load_tenures.__wrapped__()
