from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giftgraph.resolve.offices import kind_of, office_words, portfolio, read_title


def roles(text: str) -> list[tuple[str, str | None]]:
    return [(title.role, title.polity) for title in read_title(text)]


@pytest.mark.parametrize(
    ("text", "role", "polity"),
    [
        ("President of the Government of Spain", "prime-minister", "esp"),
        ("President of the Council of Ministers of the Italian Republic", "prime-minister", "ita"),
        ("Federal Chancellor of the Federal Republic of Germany", "prime-minister", "deu"),
        ("Taoiseach of Ireland", "prime-minister", "irl"),
        ("The Amir of Bahrain", "monarch", "bhr"),
        ("His Majesty the King of Jordan", "monarch", "jor"),
        ("Prince of Monaco", "monarch", "mco"),
        ("President of the Republic of Trinidad and Tobago", "president", "tto"),
        ("President, Socialist Republic of Vietnam", "president", "vnm"),
        ("Egyptian Minister of Defense", "defence-minister", "egy"),
        ("Chairman of the Joint Chiefs of Staff of the Republic of Korea", "chief-of-defence", "kor"),
        ("Secretary General of NATO", "secretary-general", "nato"),
    ],
)
def test_a_title_is_read_with_whose_office_it_is(text: str, role: str, polity: str) -> None:
    assert roles(text) == [(role, polity)]


@pytest.mark.parametrize(
    "text",
    [
        "President of the National Assembly of Vietnam",
        "President of the Bank of Italy",
        "President of LukOil, Russia",
        "Rosneft President, Russia",
        "Honorary President, Kazakhstan",
        "Chamber of Deputies President, Luxembourg",
        "President of the International Olympic Committee",
        "President of the Kurdistan Regional Government",
        "Vice President of Iraq",
        "Deputy Prime Minister of Qatar",
    ],
)
def test_a_president_or_deputy_of_something_else_is_not_the_head(text: str) -> None:
    assert not {role for role, _ in roles(text)} & {"president", "prime-minister"}


@pytest.mark.parametrize(
    "text",
    ["Assistant to the President", "Office of the Prime Minister", "Advisor to the President of Georgia", "", "  ,;"],
)
def test_an_office_that_is_only_mentioned_is_nobodys_title(text: str) -> None:
    assert read_title(text) == ()


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Former President of Finland", "former"),
        ("President-elect of Mexico", "coming"),
        ("Acting President of Ukraine", "acting"),
        ("wife of the President of Egypt", "spouse"),
        ("on behalf of the President of Ukraine", "held"),
    ],
)
def test_a_title_says_whether_the_office_is_held(text: str, standing: str) -> None:
    assert [title.standing for title in read_title(text)] == [standing]


def test_two_offices_of_one_person_share_the_polity() -> None:
    assert roles("Prime Minister and Minister of Defense of Malaysia") == [
        ("prime-minister", "mys"),
        ("defence-minister", "mys"),
    ]


def test_an_ambassador_belongs_to_the_sending_polity() -> None:
    (title,) = read_title("Ambassador of Lebanon to the United States")
    assert (title.role, title.polity, title.of) == ("ambassador", "lbn", "usa")


def test_a_secretary_has_a_portfolio_without_its_polity() -> None:
    (title,) = read_title("Secretary of the Treasury of the United States")
    assert (title.role, title.polity, title.of) == ("secretary", "usa", "treasury")
    assert portfolio("Health and Human Services") == "health human services"


def test_a_secretary_of_state_for_defence_is_a_defence_minister() -> None:
    assert roles("Secretary of State for Defence of the United Kingdom") == [("defence-minister", "gbr")]
    assert roles("Secretary of State") == [("secretary-of-state", None)]


def test_every_role_of_the_tables_has_a_kind_of_the_ontology() -> None:
    for role in office_words("everywhere"):
        assert kind_of(role) in {
            "head-of-state",
            "head-of-government",
            "monarch",
            "religious-leader",
            "spouse-of-head-of-state",
            "heir",
            "foreign-minister",
            "minister",
            "military",
            "other",
        }
    assert kind_of("no such role") == "other"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for title in read_title(text):
        assert title.standing in {"held", "acting", "former", "coming", "spouse"}
        assert title.kind == kind_of(title.role)
