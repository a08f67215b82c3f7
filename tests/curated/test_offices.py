from __future__ import annotations

from giftgraph.curated.offices import find_post, read_span
from giftgraph.curated.tables import Tenure
from giftgraph.dates import read_bounds


def tenure(key: str, office: str, kind: str, start: str, end: str) -> Tenure:
    return Tenure(key, "p", office, kind, "fra", start, end, "read", ("s",), "")


DEPUTY = tenure("p-1", "Deputy for Nièvre", "other", "1962", "1981")
CANDIDATE = tenure("p-2", "Socialist candidate for the presidency", "other", "1981-01-24", "1981-05-10")
PRESIDENT = tenure("p-3", "President of France", "head-of-state", "1981-05-21", "1995-05-17")
ALL = [(item, read_span(item)) for item in (DEPUTY, CANDIDATE, PRESIDENT)]


def test_a_title_does_not_make_a_president_before_the_day() -> None:
    held = find_post("French President", read_bounds("1981-02-14/1981-02-15"), ALL)
    assert held is CANDIDATE


def test_the_post_held_on_the_day_is_found() -> None:
    assert find_post("President", read_bounds("1985-06"), ALL) is PRESIDENT


def test_a_date_that_only_overlaps_a_tenure_proves_nothing() -> None:
    assert find_post("President", read_bounds("1981"), ALL) is None


def test_an_unknown_end_never_covers_and_an_open_one_does() -> None:
    unknown = tenure("p-4", "Chairman", "party-leader", "1990", "")
    current = tenure("p-5", "President", "head-of-state", "2012-05-07", "..")
    when = read_bounds("2023-09-13")
    assert find_post("", when, [(unknown, read_span(unknown))]) is None
    assert find_post("", when, [(current, read_span(current))]) is current


def test_among_several_posts_the_words_of_the_title_decide_then_the_higher_office() -> None:
    leader = tenure("p-6", "General Secretary of the Party", "party-leader", "2000", "..")
    head = tenure("p-7", "President of the State", "head-of-state", "2001", "..")
    posts = [(leader, read_span(leader)), (head, read_span(head))]
    assert find_post("General Secretary", read_bounds("2010"), posts) is leader
    assert find_post("", read_bounds("2010"), posts) is head


def test_an_undated_exchange_has_no_post() -> None:
    assert find_post("President", read_bounds("[..1990]"), ALL) is None
