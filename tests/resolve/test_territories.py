from importlib.resources import files

import pytest

from giftgraph.resolve.territories import alpha2_codes, load_territories, polities_by_alpha2, write_territories


def test_every_code_stands_for_one_state_and_back() -> None:
    assert {polities_by_alpha2()[code.casefold()] for code in alpha2_codes().values()} == set(alpha2_codes())
    assert (alpha2_codes()["nam"], alpha2_codes()["rus"]) == ("NA", "RU")


def test_parts_of_states_stand_under_their_state() -> None:
    assert {row.polity for row in load_territories() if row.name == "California"} == {"usa"}


def test_the_table_is_what_rigour_says() -> None:
    pytest.importorskip(
        "rigour", reason="rigour needs the ICU library and a compiler; it is only wanted to make the table"
    )
    table = files("giftgraph.resolve").joinpath("territories.csv").read_text(encoding="utf-8")
    assert write_territories() == table
