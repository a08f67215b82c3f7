"""Spellings of names: what a normal form keeps, and which words are one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.resolve.sounds import likeness
from giftgraph.resolve.spellings import compare, read_spelling, slug_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Jong-un Kim"),
        ("Park Geun-hye", "Geun Hye Park"),
        ("Hu Jintao", "Hu Jin Tao"),
        ("Jean-Claude Juncker", "Jean Claude Juncker"),
        ("Abdullah bin Abdulaziz Al Saud", "Abdallah ibn Abd al-Aziz Al-Saud"),
        ("Mohammed bin Zayed Al Nahyan", "Muhammad Bin Zayid Al-Nuhayyan"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Viktor Yanukovych", "Victor Yanukovich"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Bush, George W.", "George W. Bush"),
        ("Zine El-Abidine Ben Ali", "Zein el Abedine Ben Ali"),
        ("Dr. Hamid Karzai", "Hamid Karzi"),
        ("Josheph Estrada", "Joseph Estrada"),
    ],
)
def test_every_word_of_two_spellings_of_a_name_meets(one: str, other: str) -> None:
    assert compare(read_spelling(one), read_spelling(other)).complete
    assert compare(read_spelling(other), read_spelling(one)).complete


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hassan", "hussein"),
        ("mohammed", "mahmoud"),
        ("said", "saud"),
        ("hamad", "ahmad"),
        ("salman", "sultan"),
        ("hamad", "hamid"),
        ("thune", "tunna"),
        ("kim", "kin"),
    ],
)
def test_names_that_look_alike_are_not_one(one: str, other: str) -> None:
    assert likeness(one, other) == 0.0
    assert likeness(other, one) == 0.0


@pytest.mark.parametrize(
    ("text", "fathers"),
    [
        ("Hamad bin Khalifa Al Thani", ["khalifa"]),
        ("Hissa bint Mohamed Al-Attiyah", ["mohamed"]),
        ("Bandar bin Sultan bin Abdulaziz", ["sultan", "abdulaziz"]),
        ("Hamad bin Al Attiyah", []),
        ("Ban Ki-moon", []),
        ("Wang Bin", []),
    ],
)
def test_the_names_of_fathers_are_known_by_their_mark(text: str, fathers: list[str]) -> None:
    spelling = read_spelling(text)
    assert [spelling.words[place] for place in spelling.fathers] == fathers


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("Abdullah II", 2),
        ("Carl XVI Gustaf", 16),
        ("Juan Carlos I", 1),
        ("Mohammed VI", 6),
        ("V. V. Putin", 0),
        ("Vi Khanh", 0),
    ],
)
def test_a_regnal_numeral_is_read_and_an_initial_is_none(text: str, numeral: int) -> None:
    assert read_spelling(text).numeral == numeral


def test_honorifics_give_the_sex_and_are_no_words() -> None:
    assert read_spelling("Mrs. Obuchi").sex == "female"
    assert read_spelling("His Royal Highness Prince Charles").words == ("charles",)
    assert read_spelling("Sheikha Mozah bint Nasser").sex == "female"


def test_transliterations_have_one_slug() -> None:
    slugs = {
        slug_words(read_spelling(text)) for text in ("Muhammad bin Zayid", "Mohamed Bin Zayed", "Mohammed bin Zaid")
    }
    assert slugs == {("mohammed", "zayed")}


def test_an_initial_stands_for_a_given_name_and_not_for_a_family_name() -> None:
    assert compare(read_spelling("George W. Bush"), read_spelling("George Walker Bush")).complete
    assert not compare(read_spelling("Gary L. North"), read_spelling("Gary Locke")).contained


def test_a_western_name_has_one_order_and_an_eastern_one_has_two() -> None:
    assert not compare(read_spelling("Lee Henry"), read_spelling("Henry Lee")).complete
    assert compare(read_spelling("Cao Shujuan"), read_spelling("Shujuan Cao")).complete


@given(st.text(max_size=400))
def test_any_text_has_a_normal_form_that_is_its_own_equal(text: str) -> None:
    spelling = read_spelling(text)
    assert len(spelling.words) <= 14
    assert all(place < len(spelling.words) for place in spelling.fathers)
    if spelling.words:
        assert compare(spelling, spelling).complete
