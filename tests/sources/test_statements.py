"""Blocks as RDF: what a query finds of them, and what it must not find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from giftgraph import turtle
from giftgraph.curated.tables import Person
from giftgraph.resources import data_file
from giftgraph.sources.agents import gather_agents, state_agents
from giftgraph.sources.card import read_card
from giftgraph.sources.described import read_described
from giftgraph.sources.records import Block, Gift, Party
from giftgraph.sources.stated import Notice, Value
from giftgraph.sources.statements import Frame, state_block, state_blocks, state_document
from giftgraph.sparql import add_prefixes
from giftgraph.validation import validate

REGISTER = read_card("us-federal-register")
DESCRIBED = read_described([data_file()])
CLINTON = Party(None, "President", "barack-obama", "office", "usa", None, "same")
LUBBERS = Party("R. F. M. Lubbers", "Prime Minister", "ruud-lubbers", "named", "nld", None, "new")
BLOCK = Block(
    source="95-13832",
    locator="p30630:l46",
    agency="Executive Office of the President",
    kind="tangible",
    recipients=(CLINTON,),
    donors=(LUBBERS,),
    donor_polity="nld",
    gifts=(Gift("Silver ship model", "models"),),
    date="1994-05-10",
    value=Value(600.0),
    disposition="archives",
    as_stated={"gift": "A long sentence of the notice.", "value": "$600", "disposition": "Archives Foreign"},
)
NOTICE = Notice("95-13832", "Gifts to Federal Employees", "1995-06-09", (30630, 30676), 1994, (), {}, {}, {})
KEY = "us-95-13832-p30630-l46"


def state(*blocks: Block, people: dict[str, Person] | None = None, **changes: Any) -> ox.Store:
    agents = gather_agents(blocks, REGISTER, DESCRIBED, people or {})
    frame = Frame(REGISTER, DESCRIBED, {name: agent.name for name, agent in agents.items()}, **changes)
    store = ox.Store()
    for triples in (state_document(NOTICE, frame), state_agents(agents.values()), state_blocks(blocks, frame)):
        store.extend(ox.Quad(*triple) for triple in triples)
    return store


def ask(store: ox.Store, query: str) -> list[tuple[str | None, ...]]:
    answer = store.query(add_prefixes(query))
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(None if term is None else term.value.rpartition("/id/")[2] for term in row) for row in answer]


def test_a_block_is_asked_for_like_any_gift() -> None:
    store = state(BLOCK)
    rows = ask(
        store,
        """SELECT ?x ?label ?what ?kind ?date { ?x gift:giver person:ruud-lubbers ; gift:recipient person:barack-obama ;
        a gift:GiftExchange ; gift:givenOnBehalfOf polity:nld ; gift:receivedOnBehalfOf polity:usa ;
        rdfs:label ?label ; gift:dateEDTF ?date ;
        gift:gift ?gift . ?gift rdfs:label ?what ; gift:category ?kind }""",
    )
    label = "Silver ship model, from R. F. M. Lubbers to Barack Obama"
    assert rows == [(f"exchange/{KEY}", label, "Silver ship model", "category/models", "1994-05-10")]


def test_page_line_agency_document_and_its_address_are_stated() -> None:
    rows = ask(
        state(BLOCK),
        """SELECT ?locator ?agency ?title ?url { ?x gift:locator ?locator ; gift:reportedBy/rdfs:label ?agency ;
        dcterms:source ?source . ?source dcterms:title ?title ; schema:url ?url }""",
    )
    address = "https://www.federalregister.gov/d/95-13832"
    assert rows == [("p30630:l46", "Executive Office of the President", "Gifts to Federal Employees", address)]


def test_no_words_of_the_cells_are_stated_unless_asked_for() -> None:
    sentence = "A long sentence of the notice."
    assert sentence not in {quad.object.value for quad in state(BLOCK)}
    assert sentence in {quad.object.value for quad in state(BLOCK, texts=True)}


@pytest.mark.parametrize(
    ("value", "words", "expected"),
    [
        (Value(600.0), "$600", ("600", None, None, None)),
        (Value(332.29), "332.29", ("332.29", None, None, None)),
        (Value(250.0, operator=">"), "over $250", (None, "250", None, "over $250")),
        (Value(250.0, operator="range", maximum=300.0), "$250-300", (None, "250", "300", None)),
        (Value(None), "$7,00.00", (None, None, None, "$7,00.00")),
    ],
)
def test_a_value_is_a_number_a_bound_a_range_or_words(
    value: Value, words: str, expected: tuple[str | None, ...]
) -> None:
    store = state(replace(BLOCK, value=value, as_stated={"value": words}))
    rows = ask(
        store,
        """SELECT ?amount ?low ?high ?stated { ?x gift:appraisal ?v . ?v gift:currency "USD" . OPTIONAL { ?v gift:amount ?amount }
        OPTIONAL { ?v gift:minimumAmount ?low } OPTIONAL { ?v gift:maximumAmount ?high } OPTIONAL { ?v gift:asStated ?stated } }""",
    )
    assert rows == [expected]


@pytest.mark.parametrize(
    ("disposition", "words", "kind"),
    [
        ("archives", "", "archived"),
        ("agency", "", "official-use"),
        ("retained", "Retained by recipient", "retained"),
        ("retained", "Purchased by recipient", "purchased"),
        ("gsa", "", "disposal"),
        ("pending", "", "pending"),
        ("other", "", "other"),
    ],
)
def test_what_became_of_the_gifts_is_a_step_of_each(disposition: Any, words: str, kind: str) -> None:
    block = replace(
        BLOCK,
        gifts=(Gift("Vase", "glassware"), Gift("Book", "books-documents")),
        disposition=disposition,
        as_stated={"disposition": words},
    )
    rows = ask(
        state(block), "SELECT ?what ?kind { ?g gift:custody/gift:custodyKind ?kind ; rdfs:label ?what } ORDER BY ?what"
    )
    assert rows == [("Book", f"custody-kind/{kind}"), ("Vase", f"custody-kind/{kind}")]


def test_nothing_is_said_of_what_is_not_stated() -> None:
    store = state(replace(BLOCK, date=None, value=None, disposition=None))
    for predicate in ("dateEDTF", "earliestDay", "dateBasis", "appraisal", "custody"):
        assert ask(store, f"SELECT ?o {{ ?s gift:{predicate} ?o }}") == []


def test_an_unsure_title_is_its_polity_and_names_its_candidates_but_gives_to_none() -> None:
    amir = Party(
        None, "Amir of Qatar", None, "office", "qat", None, "unsure", "two", ("hamad-al-thani", "tamim-al-thani")
    )
    store = state(replace(BLOCK, donors=(amir,), donor_polity="qat"))
    assert ask(store, "SELECT ?giver { ?x gift:giver ?giver }") == [("polity/qat",)]
    rows = ask(
        store,
        "SELECT ?c ?title { ?p gift:candidate ?c ; gift:agent polity:qat ; gift:roleAsStated ?title } ORDER BY ?c",
    )
    assert rows == [("person/hamad-al-thani", "Amir of Qatar"), ("person/tamim-al-thani", "Amir of Qatar")]


def test_an_unsure_title_without_a_polity_has_no_agent() -> None:
    unsure = Party(None, "Crown Prince", None, "office", None, None, "unsure", "", ("a-prince", "another-prince"))
    store = state(replace(BLOCK, donors=(unsure,), donor_polity=None))
    assert ask(store, "SELECT ?giver { ?x gift:giver ?giver }") == []
    assert len(ask(store, "SELECT ?c { ?p gift:candidate ?c ; gift:partyStatus party-status:unknown }")) == 2


@pytest.mark.parametrize(
    ("status", "stated"), [("withheld", "withheld"), ("unknown", "unknown"), ("not stated", "not-stated")]
)
def test_who_is_withheld_unknown_or_not_stated_is_a_status_and_no_party(status: str, stated: str) -> None:
    nobody = Party(None, "5 U.S.C. 7342(f)(4)", None, status)
    store = state(replace(BLOCK, donors=(nobody,), recipients=(nobody,), donor_polity="nld"))
    assert ask(store, "SELECT ?a { ?x gift:giver|gift:recipient|gift:hasParticipation/gift:agent ?a }") == []
    assert len(ask(store, f"SELECT ?p {{ ?p gift:partyStatus party-status:{stated} }}")) == 2
    assert ask(store, "SELECT ?p { ?x gift:givenOnBehalfOf ?p }") == [("polity/nld",)]


def test_an_unnamed_recipient_does_not_make_the_state_a_hub() -> None:
    employee = Party(None, "Agency employee", None, "office", "usa")
    store = state(replace(BLOCK, recipients=(employee,)))
    assert ask(store, "SELECT ?x { ?x gift:recipient ?who }") == []
    assert len(ask(store, "SELECT ?x { ?x gift:receivedOnBehalfOf polity:usa }")) == 1


def test_travel_is_hospitality_and_told_apart_from_a_meal_in_a_tangible_report() -> None:
    meal = replace(BLOCK, gifts=(Gift("Meals", "hospitality"),), locator="p30630:l90")
    trip = replace(meal, kind="travel", locator="p30631:l99")
    rows = ask(
        state(meal, trip),
        'SELECT ?x { ?x schema:additionalType "travel" ; gift:gift/gift:category category:hospitality }',
    )
    assert rows == [("exchange/us-95-13832-p30631-l99",)]


def test_two_blocks_of_one_line_are_two_exchanges() -> None:
    rows = ask(state(BLOCK, BLOCK), "SELECT ?x { ?x a gift:GiftExchange } ORDER BY ?x")
    assert rows == [(f"exchange/{KEY}",), (f"exchange/{KEY}-n2",)]


def test_a_correction_keeps_what_the_document_says_as_a_contradicted_claim() -> None:
    correction = {
        "field": "date",
        "stated": "1944-05-10",
        "value": "1994-05-10",
        "reason": "A slip",
        "source": "p30630",
    }
    rows = ask(
        state(replace(BLOCK, corrections=(correction,))),
        """SELECT ?wrong ?note ?date { ?c gift:aboutSubject ?x ; gift:aboutPredicate gift:dateEDTF ; gift:claimedValue ?wrong ;
        gift:rank rank:deprecated ; skos:note ?note ; dcterms:source source:us-federal-register-95-13832 . ?x gift:dateEDTF ?date }""",
    )
    assert rows == [("1944-05-10", "A slip; corrected by: p30630", "1994-05-10")]


def test_a_gift_that_the_graph_tells_already_is_linked_and_not_counted_again() -> None:
    store = state(BLOCK, same={KEY: "hg145"})
    assert ask(store, "SELECT ?x { ?x a gift:GiftExchange }") == []
    assert ask(store, "SELECT ?x { ?x gift:giver ?y }") == []
    assert ask(store, "SELECT ?x ?n { ?x skos:exactMatch exchange:hg145 ; gift:nature ?n }") == [
        (f"exchange/{KEY}", "nature/another-account")
    ]
    assert ask(store, "SELECT ?s { exchange:hg145 dcterms:source ?s }") == [("source/us-federal-register-95-13832",)]


def test_a_person_of_the_curated_graph_is_not_described_again_and_a_new_one_keeps_all_spellings() -> None:
    spelt = replace(LUBBERS, name="Ruud Lubbers")
    blocks = [
        BLOCK,
        replace(BLOCK, donors=(spelt,), source="96-11746"),
        replace(BLOCK, donors=(spelt,), locator="p2:l2"),
    ]
    agents = gather_agents(blocks, REGISTER, DESCRIBED, {})
    assert list(agents) == ["organization:us-executive-office-of-the-president", "person:ruud-lubbers"]
    lubbers = agents["person:ruud-lubbers"]
    assert (lubbers.name, lubbers.other_names, lubbers.polity) == ("Ruud Lubbers", ("R. F. M. Lubbers",), "nld")
    assert lubbers.sources == ("us-federal-register-95-13832", "us-federal-register-96-11746")


def test_agents_and_labels_do_not_depend_on_the_order_of_blocks() -> None:
    blocks = [replace(BLOCK, donors=(replace(LUBBERS, name=name),)) for name in ("Aa Lubbers", "Bb Lubbers", "R. L.")]

    def gather(order: Sequence[Block]) -> dict[str, Person]:
        return gather_agents(order, REGISTER, DESCRIBED, {})

    assert gather(blocks) == gather(blocks[::-1])


def test_an_agency_that_the_graph_knows_by_another_name_is_that_body() -> None:
    rows = ask(state(replace(BLOCK, agency="UNITED STATES SENATE")), "SELECT ?a { ?x gift:reportedBy ?a }")
    assert rows == [("organization/us-senate",)]


def test_what_is_stated_of_unusual_blocks_has_no_finding_beside_the_curated_graph(tmp_path: Path) -> None:
    nobody = Party(None, None, None, "unknown")
    blocks = [
        BLOCK,
        replace(BLOCK, donors=(), recipients=(), donor_polity=None, gifts=(), locator="p1:l1"),
        replace(BLOCK, donors=(nobody,), date="2015-01/2015-05", value=Value(None), locator="p1:l2"),
        replace(BLOCK, value=Value(0.0), date="2014", kind="travel", locator="p1:l3"),
        replace(BLOCK, donors=(Party("UN", None, "un", "polity", "un"),), donor_polity="un", locator="p1:l4"),
    ]
    path = tmp_path / "register.ttl"
    path.write_text(turtle.serialize(quad.triple for quad in state(*blocks)), encoding="utf-8")
    assert validate([path], beside=[Path(data_file())]) == []


def test_a_block_takes_few_statements() -> None:
    agents = gather_agents([BLOCK], REGISTER, DESCRIBED, {})
    frame = Frame(REGISTER, DESCRIBED, {name: agent.name for name, agent in agents.items()})
    assert len(set(state_block(KEY, BLOCK, frame))) <= 48


def test_a_surname_alone_is_labelled_with_its_polity_and_is_nobodys_other_name() -> None:
    kim = Party("Kim", None, "kim-kor", "named", "kor", None, "new")
    long, short = (Party(name, None, "kim-hong-kor", "named", "kor") for name in ("Kim Hong", "Hong"))
    agents = gather_agents([replace(BLOCK, donors=(kim, long, short), donor_polity="kor")], REGISTER, DESCRIBED, {})
    assert agents["person:kim-kor"].name == "Kim (South Korea)"
    assert (agents["person:kim-hong-kor"].name, agents["person:kim-hong-kor"].other_names) == ("Kim Hong", ())
