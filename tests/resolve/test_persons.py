"""One identity over spellings: what is joined, what never is, and that nothing depends on order or on all pairs."""

from __future__ import annotations

import random

import pytest

from giftgraph.dates import read_bounds
from giftgraph.errors import ReviewInvalid
from giftgraph.resolve.mentions import Held, KnownPerson, Mention
from giftgraph.resolve.persons import identify
from giftgraph.resolve.review import Review, Reviews


def mention(
    name: str, polity: str | None = None, role: str = "", date: str = "", sex: str = "", relation: str = ""
) -> Mention:
    bounds = read_bounds(date) if date else (None, None)
    roles = tuple(role.split()) if role else ()
    return Mention(name, role, polity, sex, bounds[0], bounds[1], roles, relation)  # type: ignore[arg-type]


def ids(*mentions: Mention, known: tuple[KnownPerson, ...] = (), reviews: Reviews | None = None) -> list[str]:
    return [identity.id for identity in identify(mentions, known, reviews).identities]


def test_spellings_of_a_king_are_one_person() -> None:
    spellings = [
        mention("Abdullah bin Abdulaziz Al Saud", "sau", "monarch", "2007"),
        mention("Abdallah Bin Abd al-Aziz Al Saud", "sau", "crown-prince", "2002"),
        mention("Abdullah Ibn Abdul Aziz Al Saud", "sau", "monarch", "2009"),
        mention("Abdallah bin Abd al-Aziz", "sau", "crown-prince", "2001"),
        mention("King Abdullah", "sau", "monarch", "2008"),
    ]
    assert len(set(ids(*spellings))) == 1


# name | polity | offices | date | sex | relation
FORBIDDEN = [
    (
        "patronymics",
        "Hamad bin Khalifa Al Thani | qat | monarch | 2010",
        "Hamad bin Jassim Al Thani | qat | prime-minister | 2010",
    ),
    (
        "father and son",
        "Hamad bin Khalifa Al Thani | qat | monarch | 2012",
        "Tamim bin Hamad bin Khalifa Al Thani | qat | monarch | 2014",
    ),
    (
        "father's name first",
        "Khalifa bin Salman Al Khalifa | bhr",
        "Ali bin Khalifa bin Salman Al Khalifa | bhr",
    ),
    (
        "uncle and nephew",
        "Sultan bin Abdulaziz Al Saud | sau",
        "Sultan bin Salman bin Abdulaziz Al Saud | sau",
    ),
    (
        "kings of two states",
        "King Abdullah | sau | monarch | 2006",
        "King Abdullah | jor | monarch | 2006",
    ),
    (
        "regnal numerals",
        "Abdullah I | jor | monarch",
        "Abdullah II | jor | monarch",
    ),
    (
        "kings of one state",
        "Hussein bin Talal | jor | monarch | 1997",
        "Abdullah II bin Al Hussein | jor | monarch | 2001",
    ),
    (
        "two Bushes",
        "George H. W. Bush | usa | president | 1990",
        "George W. Bush | usa | president | 2003",
    ),
    (
        "two Kims",
        "Kim Jong Il | prk",
        "Kim Jong Un | prk",
    ),
    (
        "one family name",
        "Lee Myung-bak | kor | president | 2010",
        "Lee Hae-chan | kor | prime-minister | 2005",
    ),
    (
        "Nguyens",
        "Nguyen Van An | vnm",
        "Nguyen Van Binh | vnm",
    ),
    (
        "a couple",
        "Néstor Kirchner | arg | president | 2004 | male",
        "Cristina Kirchner | arg | president | 2009 | female",
    ),
    (
        "officeholder and spouse",
        "Keizo Obuchi | jpn | prime-minister | 1998 | male",
        "Obuchi | jpn |  | 1998 | female | spouse",
    ),
    (
        "brothers",
        "Hamid Karzai | afg | president | 2006",
        "Ahmed Wali Karzai | afg",
    ),
    (
        "one first name",
        "Hassan II | mar | monarch | 1998",
        "Hassanal Bolkiah | brn | monarch | 1998",
    ),
    (
        "two Mohammeds",
        "Mohammed bin Rashid Al Maktoum | are | prime-minister | 2008",
        "Mohammed bin Zayed Al Nahyan | are | crown-prince | 2008",
    ),
    (
        "kunyas",
        "Abu Mazen | pse",
        "Abu Ala | pse",
    ),
    (
        "families that sound alike",
        "Mark Walsh | usa | | 2012",
        "Mark Welsh | usa | | 2016",
    ),
    (
        "a common name and an initial",
        "James Miller | usa | deputy-secretary/defence | 2012",
        "James W. Miller | usa | deputy-secretary/agriculture | 2008",
    ),
    (
        "a child with the father's name",
        "Jeh Johnson | usa | homeland-secretary | 2014",
        "Jeh Johnson Jr. | usa | | 2014 | | child",
    ),
    (
        "junior and senior",
        "Joseph Kabila Jr. | cod",
        "Joseph Kabila Sr. | cod",
    ),
]


def stated(row: str) -> Mention:
    return mention(*(cell.strip() for cell in row.split("|")))


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in FORBIDDEN], ids=[row[0] for row in FORBIDDEN])
def test_two_people_are_never_one(one: str, other: str) -> None:
    assert len(set(ids(stated(one), stated(other)))) == 2


def test_a_guard_names_itself_in_the_judgement() -> None:
    from giftgraph.resolve.mentions import Subject
    from giftgraph.resolve.scores import judge
    from giftgraph.resolve.spellings import read_spelling

    one, other = (
        Subject(read_spelling(name), frozenset(["qat"]))
        for name in ("Hamad bin Khalifa Al Thani", "Hamad bin Jassim Al Thani")
    )
    assert judge(one, other).guard == "different patronymics (khalifa, jassim)"


def test_no_chain_joins_what_a_guard_forbids() -> None:
    """ "George Bush" agrees with both presidents; it must not pull them together."""
    people = [
        mention("George H. W. Bush", "usa", "president", "1990"),
        mention("George Bush", "usa", "president"),
        mention("George W. Bush", "usa", "president", "2003"),
    ]
    found = ids(*people)
    assert found[0] != found[2]


PRESIDENT = KnownPerson(
    "george-w-bush",
    ("George W. Bush",),
    ("usa",),
    "male",
    held=(Held("president", "usa", *(read_bounds(day).earliest_day for day in ("2001-01-20", "2009-01-20"))),),
)
FATHER = KnownPerson(
    "george-h-w-bush",
    ("George H. W. Bush", "George Bush"),
    ("usa",),
    "male",
    held=(Held("president", "usa", *(read_bounds(day).earliest_day for day in ("1989-01-20", "1993-01-20"))),),
)


def test_a_surname_is_the_known_holder_of_the_office_on_the_day() -> None:
    known = (PRESIDENT, FATHER)
    assert ids(mention("Bush", "usa", "president", "2004-05-01"), known=known) == ["george-w-bush"]
    assert ids(mention("Bush", "usa", "president", "1990-05-01"), known=known) == ["george-h-w-bush"]


def test_the_whole_name_goes_before_an_alias_that_fits_too() -> None:
    son = KnownPerson("george-w-bush", ("George W. Bush", "George Bush"), ("usa",), "male", held=PRESIDENT.held)
    known = (son, FATHER)
    assert ids(mention("George H. W. Bush", "usa", "president", "1990"), known=known) == ["george-h-w-bush"]
    assert ids(mention("George W. Bush", "usa", "president", "2003"), known=known) == ["george-w-bush"]
    assert ids(mention("George Bush", "usa", "president", "2003"), known=known) == ["george-w-bush"]


def test_a_surname_without_a_date_stays_unsure_with_both_named() -> None:
    found = identify([mention("Bush", "usa", "president")], (PRESIDENT, FATHER)).identities[0]
    assert found.judgement.verdict == "unsure"
    assert found.candidates == ("george-h-w-bush", "george-w-bush")
    assert found.id not in found.candidates


def test_the_order_of_the_mentions_decides_nothing() -> None:
    people = list(dict.fromkeys(stated(row[place]) for row in FORBIDDEN for place in (1, 2)))
    expected = dict(zip(people, ids(*people, known=(PRESIDENT, FATHER)), strict=True))
    for seed in range(5):
        shuffled = random.Random(seed).sample(people, len(people))
        assert dict(zip(shuffled, ids(*shuffled, known=(PRESIDENT, FATHER)), strict=True)) == expected


def test_a_new_id_is_the_name_and_polity_whatever_the_transliteration() -> None:
    assert ids(mention("Muhammad al-Issa", "sau")) == ["mohammed-essa-sau"]
    assert ids(mention("Mohammed Al Issa", "sau")) == ["mohammed-essa-sau"]


def test_namesakes_get_a_suffix_and_the_earlier_one_keeps_the_slug() -> None:
    later = mention("Ali Salem", "yem", "ambassador", "2010-02-01", "male")
    earlier = mention("Ali Salem", "yem", "ambassador", "2001-02-01", "female")
    assert ids(later, earlier) == ["ali-salem-yem-2", "ali-salem-yem"]


def review(left: str, right: str, verdict: str) -> Review:
    return Review(left, right, verdict, "a reader", "2026-01-01", "knows them")


def test_a_review_joins_what_no_score_would() -> None:
    one, other = mention("Abu Mazen", "pse"), mention("Mahmoud Abbas", "pse")
    assert len(set(ids(one, other))) == 2
    same = Reviews([review("abumazen-pse", "mahmoud-abbas-pse", "same")])
    assert len(set(ids(one, other, reviews=same))) == 1


def test_a_review_anchors_a_spelling_in_a_known_person() -> None:
    same = Reviews([review("dubya-usa", "george-w-bush", "same")])
    assert ids(mention("Dubya", "usa"), known=(PRESIDENT,), reviews=same) == ["george-w-bush"]


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_a_review_keeps_apart_what_the_score_would_join(verdict: str) -> None:
    one, other = mention("Humayun Akhtar Khan", "pak"), mention("Humayun Akhtar", "pak")
    assert len(set(ids(one, other))) == 1
    apart = Reviews([review("humayun-akhtar-khan-pak", "humayun-akhtar-pak", verdict)])
    assert len(set(ids(one, other, reviews=apart))) == 2


def test_reviews_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ReviewInvalid, match="different by one row and the same by others"):
        Reviews([review("a", "b", "same"), review("b", "c", "same"), review("a", "c", "different")])


def test_the_number_of_comparisons_grows_with_the_mentions() -> None:
    names = [
        f"{given} {chr(97 + number % 26) * 2}{number:x}ov{number % 7}"
        for number in range(200)
        for given in ("Ali", "Omar")
    ]
    few, many = (
        identify([mention(f"{name}{copy}", "sau") for copy in range(copies) for name in names]).tally.comparisons
        for copies in (1, 8)
    )
    assert many <= 8 * 3 * max(few, len(names))
