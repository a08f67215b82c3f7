from __future__ import annotations

from giftgraph.curated.tables import Person
from giftgraph.resolve.leader_persons import People
from giftgraph.resolve.leader_sources import Spell


def spell(name: str, start: str, end: str, **values: object) -> Spell:
    standard: dict[str, object] = {"source": "x", "polity": "cub", "role": "president", "office": "President"}
    return Spell(name=name, start=start, end=end, **(standard | values))  # type: ignore[arg-type]


def keys(*spells: Spell, persons: tuple[Person, ...] = ()) -> list[str]:
    """The person of each spell."""
    people = People(persons, {})
    for each in spells:
        people.take(each)
    return [next(key for key, holder in people.holders.items() if each in holder.spells) for each in spells]


def test_a_surname_is_the_person_in_the_office_at_the_time() -> None:
    first, second = keys(
        spell("Viktor Yushchenko", "2005-01-23", "2010-02-25", polity="ukr"),
        spell("Yushchenko", "2005-01-23", "2010-02", polity="ukr", partial=True),
    )
    assert first == second == "viktor-yushchenko-ukr"


def test_a_surname_of_another_time_and_age_is_another_person() -> None:
    first, second = keys(
        spell("George W. Bush", "2001-01-20", "2009-01-20", polity="usa", born="1946"),
        spell("Bush", "1989-01-20", "1993-01", polity="usa", born="1924", partial=True),
    )
    assert first != second


def test_a_brother_is_not_joined_over_the_surname_of_the_other() -> None:
    fidel, surname, raul = keys(
        spell("Fidel Castro", "1976-12-02", "2008-02-24", born="1926"),
        spell("Castro", "1976-12", "2008-02", born="1927", partial=True),
        spell("Raul Castro", "2008-02-24", "2018-04-19", born="1931", partial=True),
    )
    assert fidel == surname != raul


def test_two_spellings_with_one_term_are_one_person() -> None:
    first, second = keys(
        spell("Qaboos bin Said Al Said", "1970-07-23", "2020-01-10", polity="omn", role="monarch"),
        spell("Qabus Bin Said", "1970-07-23", "2020-01", polity="omn", role="monarch", partial=True),
    )
    assert first == second


def test_two_names_that_share_only_years_are_two_persons() -> None:
    first, second = keys(
        spell("Sergey Kiriyenko", "1998", "1999", polity="rus", role="prime-minister"),
        spell("Yevgeny Primakov", "1998", "1999", polity="rus", role="prime-minister"),
    )
    assert first != second


def test_two_wikidata_ids_are_never_joined() -> None:
    first, second = keys(
        spell("Andris Bērziņš", "2000-05-05", "2002-11-07", polity="lva", wikidata="Q1"),
        spell("Andris Bērziņš", "2000-05-05", "2002-11-07", polity="lva", wikidata="Q2"),
    )
    assert (first, second) == ("andris-berzins-lva", "andris-berzins-lva-2")


def test_the_key_of_a_curated_person_stays() -> None:
    curated = Person("raul-castro", "Raúl Castro", (), "person", "1931-06-03", "", "cub", "", (), "read", (), "")
    assert keys(spell("Raul Castro", "2008-02-24", "2018-04-19"), persons=(curated,)) == ["raul-castro"]
