"""Polities of titles and bodies: the one that acts, not the one it is sent to, studies or sits in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.resolve.polities import display_polity, names_polity, read_cell_polity, read_polity


@pytest.mark.parametrize(
    ("text", "polity"),
    [
        ("Ambassador of Lebanon to the United States", "lbn"),
        ("Permanent Representative of Italy to NATO", "ita"),
        ("Quatari Security Attache to the United States", "qat"),
        ("Ambassador to the United States, Islamic Republic of Pakistan", "pak"),
        ("Defense Attache to the United States", None),
        ("Consulate General of Japan, New York", "jpn"),
        ("Embassy of Japan, Beijing, China", "jpn"),
        ("Possibly Middle Eastern", None),
        ("Genoa G8 Summit 2001", None),
        ("Greek Orthodox Patriarch of Jerusalem", None),
        ("Patriarch of Jerusalem, Palestinian Authority", "pse"),
        ("The Hinduja Group", None),
        ("Institute for American Studies", None),
        ("American University of Beirut", "lbn"),
        ("North American Foreign Affairs Committee", None),
        ("Egyptian Air Force", "egy"),
        ("Mayor of Davos", "che"),
        ("Naples", "ita"),
        ("Azores", "prt"),
        ("Governor of Yucatan Mexico", "mex"),
        ("Kurdistan Regional Government", "irq"),
        ("Vernon Jordan", None),
        ("German Rojas", None),
        ("Jordan", "jor"),
        ("Minister of Defense, Jordan", "jor"),
        ("Jordan Armed Forces", "jor"),
        ("President of the Republic of Georgia", "geo"),
        ("President of the French", "fra"),
        ("Minister of the People's Republic of China", "chn"),
        ("Chief of Staff, Republic of China", "twn"),
        ("Taipei, Taiwan", "twn"),
        ("Democratic Republic of the Congo", "cod"),
        ("Ambassador of the Republic of the Congo", "cog"),
        ("President of the Congo", None),
        ("Prime Minister of the Former Yugoslav Republic of Macedonia", "mkd"),
        ("Chief of the Korean People's Army, Democratic People's Republic of Korea", "prk"),
        ("Palestinian Authority", "pse"),
        ("Republic of Kosovo", "xkx"),
        ("Holy See", "vat"),
        ("Taoiseach", "irl"),
        ("King of Swaziland", "swz"),
        ("President of Burma", "mmr"),
        ("Secretary General of the United Nations", "un"),
        ("Director, FAO, Rome, Italy", "fao"),
        ("NATO Civil Emergency Preparedness Directorate", "nato"),
        ("Serbia and Montenegro", "scg"),
        ("President, Republic of Kazakhastan", "kaz"),
        ("Government of the Arab Republic of Egpyt", "egy"),
        ("Diplomatic Counselor to the Italian Prime Minister", "ita"),
        ("Advisor of the President who is Iraqi, but lives in Amman, Jordan", "irq"),
        ("who", None),
    ],
)
def test_polity_is_the_one_a_title_belongs_to(text: str, polity: str | None) -> None:
    assert read_polity(text).id == polity


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("5 U.S.C. 7342(f)(4)", "withheld"),
        ("Unknown", "unknown"),
        ("N/A", "not stated"),
        ("Chief of Staff", "not stated"),
        ("Mayor of Davos", "sub-national"),
        ("INTERPOL", "international-organisation"),
        ("Soviet Union", "historic-state"),
        ("France", "state"),
    ],
)
def test_kind_tells_states_from_parts_and_from_nobody(text: str, kind: str) -> None:
    match = read_polity(text)
    assert match.kind == kind
    assert match.why


def test_part_names_city_or_region() -> None:
    assert read_polity("Governor of Yucatan, Mexico").part == "Yucatan"
    assert read_polity("President of Mexico").part is None


def test_a_date_decides_what_a_name_meant() -> None:
    assert read_polity("Federal Republic of Yugoslavia", "1996-05-01").id == "yug"
    assert read_polity("Yugoslavia", "2004-05-01").id == "scg"
    assert read_polity("Government of South Sudan", "2009").id == "sdn"
    assert read_polity("Government of South Sudan", "2012-01-01").id == "ssd"
    assert read_polity("Ambassador of Congo", "1995-01-01").id == "cog"
    assert read_polity("Ambassador of Congo", "2005-01-01").id is None


def test_a_cell_has_the_polity_of_its_first_donor_who_has_one() -> None:
    assert (
        read_cell_polity("Mr. Vernon Jordan, Lawyer, and Vladimir Putin, President of the Russian Federation").id
        == "rus"
    )
    assert read_cell_polity("His Excellency German Rojas, Ambassador of Paraguay to the United States").id == "pry"
    assert read_cell_polity("His Holiness John Paul II").id == "vat"
    assert read_cell_polity("5 U.S.C. 7342(f)(4)").kind == "withheld"
    assert read_cell_polity("Unknown Foreign Government Official of Afghanistan").id == "afg"
    assert read_cell_polity("").kind == "not stated"


def test_display_is_the_iso_code_of_a_current_state_else_the_id() -> None:
    assert display_polity("rus") == "RU"
    assert display_polity("hkg") == "HK"
    assert display_polity("nato") == "nato"
    assert display_polity("yug") == "yug"
    assert display_polity("egy-mamluk") == "egy-mamluk"
    assert display_polity("") is None


def test_a_name_of_a_polity_is_told_from_a_name_with_one_in_it() -> None:
    assert names_polity("the State of Kuwait")
    assert names_polity("Paris, France")
    assert not names_polity("Kuwait Airways")


@given(st.text(max_size=300), st.none() | st.sampled_from(["1995", "2004-05", "2012-01-01"]))
def test_no_text_raises_and_the_same_text_has_the_same_polity(text: str, date: str | None) -> None:
    match = read_polity(text, date)
    assert match == read_polity(text, date)
    assert (match.id is None) == (match.kind in {"withheld", "unknown", "not stated"})
    assert len(match.part or "") <= len(text)
    read_cell_polity(text, date)
