"""From texts to parties: names, titles by date, reviews, in one run."""

from __future__ import annotations

import pytest

from giftgraph.resolve.resolution import PartyQuery, resolve_parties
from giftgraph.resolve.review import Review, Reviews


def resolved(text: str, date: str | None = None, polity: str | None = None) -> list[str | None]:
    return [party.id for party in resolve_parties([PartyQuery(text, date, polity)])[0].parties]


@pytest.mark.parametrize(
    ("text", "date", "polity", "expected"),
    [
        ("His Excellency Vladimir Putin, President of the Russian Federation", "2003-09-27", None, ["vladimir-putin"]),
        ("Vladimir Vladimirovich Putin, Prime Minister of Russia", "2010", None, ["vladimir-putin"]),
        ("Crown Prince Abdullah of Saudi Arabia", "2002-04-25", None, ["abdullah-of-saudi-arabia"]),
        ("King Abdullah of Saudi Arabia", "2008", None, ["abdullah-of-saudi-arabia"]),
        ("King Abdullah of Jordan", "2008", None, ["abdullah-ii-of-jordan"]),
        ("His Majesty King Hussein of Jordan", "1997", None, ["hussein-bin-talal"]),
        ("Sheikh Tamim bin Hamad Al Thani, Amir of Qatar", "2015", None, ["tamim-bin-hamad-al-thani"]),
        ("President", "2011-03-04", "usa", ["barack-obama"]),
        ("President and First Lady", "2011-03-04", "usa", ["barack-obama", "michelle-obama"]),
        ("President Bush", "2003", "usa", ["george-w-bush"]),
        ("President Karzai", "2006", "afg", ["hamid-karzai"]),
        ("His Majesty Mohammed VI, King of the Kingdom of Morocco.", "2009-08-04", None, ["mohammed-vi-mar"]),
        ("Constantine Simitis, Prime Minister of the Hellenic Republic", "2003-06-30", None, ["costas-simitis-grc"]),
        ("Ilham Aliyev, President of Azerbaijan", "2003-11-20", None, ["ilham-aliyev"]),
        ("Queen Rania of Jordan", "2009-07-09", None, ["rania-al-abdullah"]),
        ("Queen Elizabeth II", "2003-11-18", "gbr", ["elizabeth-ii"]),
        (
            "His Excellency Oscar Arias, President of the Republic of Costa Rica",
            "2010-03-19",
            None,
            ["oscar-arias-sanchez-cri"],
        ),
        ("Government of Japan", None, None, ["jpn"]),
        ("5 U.S.C. 7342(f)(4)", "2010", None, [None]),
        ("Unknown", "2010", None, [None]),
        ("President", "2011-03-04", None, [None]),
        ("Ambassador of Lebanon to the United States", "2005", None, [None]),
    ],
)
def test_who_a_text_names(text: str, date: str | None, polity: str | None, expected: list[str | None]) -> None:
    assert resolved(text, date, polity) == expected


def test_a_month_with_two_holders_stays_unsure_and_names_both() -> None:
    party = resolve_parties([PartyQuery("Amir of Qatar", "2013-06")])[0].parties[0]
    assert (party.id, party.judgement) == (None, "unsure")
    assert len(party.candidates) == 2
    assert "tamim-bin-hamad-al-thani" in party.candidates


def test_a_named_holder_has_the_post_of_the_day() -> None:
    party = resolve_parties([PartyQuery("Vladimir Putin, President of Russia", "2003-09-27")])[0].parties[0]
    assert party.post is not None and party.post.startswith("vladimir-putin")
    assert party.judgement == "same"
    assert "putin" in party.why


def test_a_new_person_has_one_id_over_the_rows_of_a_run() -> None:
    texts = [
        "Dr. Ali Bin Fetais Al-Marri, Attorney General of the State of Qatar",
        "His Excellency Ali bin Fetais al Marri, Attorney General of Qatar",
        "Ali Bin Mohsen Bin Fetais Al-Marri, Attorney General of Qatar",
    ]
    answers = resolve_parties([PartyQuery(text, "2010") for text in texts])
    assert {answer.parties[0].id for answer in answers} == {"ali-fetais-marri-qat"}
    assert {answer.parties[0].judgement for answer in answers} == {"new"}


def test_a_spouse_known_by_the_surname_is_not_the_office_holder() -> None:
    holder, spouse = resolve_parties(
        [PartyQuery("Keizo Obuchi, Prime Minister of Japan and Mrs. Obuchi", "1998-11-20")]
    )[0].parties
    assert holder.id != spouse.id
    assert spouse.id == "mrs-obuchi-jpn"


def test_the_spouse_of_one_person_is_one_over_the_years() -> None:
    text = "His Excellency Vicente Fox Quesada, The President of the United Mexican States and Mrs. Fox."
    answers = resolve_parties([PartyQuery(text, "2001-09-05"), PartyQuery(text, "2006-03-29")])
    assert {answer.parties[1].id for answer in answers} == {"mrs-fox-mex"}


def test_somebody_known_through_an_office_holder_is_not_the_holder() -> None:
    assert resolved("Half sister of the King of Saudi Arabia", "2007") == [None]


def test_one_wrong_letter_of_a_known_name_is_a_slip() -> None:
    assert resolved("Sheikh Tamin bin Hamad Al-Thani, Amir of Qatar", "2015") == ["tamim-bin-hamad-al-thani"]


def test_the_title_of_a_king_outweighs_an_honorific_of_both() -> None:
    text = "His Majesty and Her Majesty King Abdullah II bin Al Hussein and Rania Al-Abdullah, King and Queen of"
    assert resolved(f"{text} the Hashemite Kingdom of Jordan.", "2007-01-14")[0] == "abdullah-ii-of-jordan"


def test_the_polity_is_the_one_of_the_text_and_else_the_one_given() -> None:
    answer = resolve_parties([PartyQuery("Ambassador of Lebanon to the United States")])[0]
    assert answer.polity == "lbn"
    assert resolve_parties([PartyQuery("Hamid Karzai", None, "afg")])[0].polity == "afg"


def test_reviews_are_honoured() -> None:
    texts = [PartyQuery("Zorba Alpha, Ambassador of Greece"), PartyQuery("Omega Beta, Ambassador of Greece")]
    keys = [answer.parties[0].id for answer in resolve_parties(texts)]
    assert len(set(keys)) == 2
    reviews = Reviews([Review(str(keys[0]), str(keys[1]), "same", "reader", "2026-01-01", "pseudonym")])
    assert len({answer.parties[0].id for answer in resolve_parties(texts, reviews=reviews)}) == 1


@pytest.mark.parametrize(
    "text", ["", "\u202e", "X" * 50_000, "and " * 3000, "((((((", "bin bin bin bin", "Abd", "Mr. II"]
)
def test_any_text_has_an_answer(text: str) -> None:
    assert len(resolve_parties([PartyQuery(text)])) == 1
