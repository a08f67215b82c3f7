"""The shipped dataset: nothing lost from the lists it was read from, every statement sourced, doubt kept as doubt."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from conftest import SHARED
from giftgraph.curated.__main__ import main
from giftgraph.curated.dataset import Curated, build_turtle, read_curated
from giftgraph.errors import CuratedInvalid
from giftgraph.graph import Graph
from giftgraph.resources import curated_directory, data_file

DIRECTORY = curated_directory()
assert DIRECTORY is not None


@pytest.fixture(scope="module")
def curated() -> Curated:
    return read_curated(DIRECTORY)


def rows_of(name: str) -> list[dict[str, str]]:
    path = SHARED / "facts" / name
    if not path.exists():
        pytest.skip("the shared folder is not here (GIFTGRAPH_SHARED)")
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def told(curated: Curated) -> dict[str, str]:
    """The exchange that tells each row."""
    return {identifier: identifier for identifier in curated.exchanges} | dict(curated.merged)


def test_the_dataset_is_what_the_tables_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().err == ""


def test_every_statement_node_has_a_source_and_there_is_no_blank_node(graph: Graph) -> None:
    for kind in ("GiftExchange", "Transfer", "Claim"):
        assert not graph.query(f"ASK {{ ?x a gift:{kind} FILTER NOT EXISTS {{ ?x dcterms:source ?s }} }}")
    assert not graph.query(
        "ASK { ?x a gift:Tenure ; gift:confidence ?c FILTER(?c != confidence:unchecked) FILTER NOT EXISTS { ?x dcterms:source ?s } }"
    )
    assert not graph.query(
        "ASK { { ?x a gift:Person } ?x schema:birthDate ?d FILTER NOT EXISTS { ?x dcterms:source ?s } }"
    )
    assert not graph.query("ASK { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }")


def test_no_row_of_the_list_of_gifts_is_lost_and_its_facts_arrive(curated: Curated) -> None:
    where = told(curated)
    confidence = {"V": "read", "P": "secondary"}
    for row in rows_of("historic_gifts.csv"):
        exchange = curated.exchanges[where[row["id"]]]
        single = exchange.id == row["id"] and not exchange.merged
        wanted = set(row["category_codes"].split(";"))
        assert wanted <= {gift.category for gift in exchange.gift}, row["id"]
        nature = row["nature"].replace(" ", "-").replace("legend?", "possible-legend") or "gift"
        assert exchange.nature == nature, row["id"]
        if single:
            assert exchange.confidence == confidence[row["confidence"]], row["id"]
        if row["value"]:
            stated = re.sub(r"[^\d.]", "", row["value"].partition("/")[0])
            values = [*exchange.value, *(value for gift in exchange.gift for value in gift.value)]
            numbers = [
                v for value in values for v in (value.amount, value.minimum, value.maximum, value.as_stated) if v
            ]
            assert any(stated.rstrip("0").rstrip(".") in re.sub(r"[^\d.]", "", number) for number in numbers), row["id"]


def test_no_party_of_a_gift_is_lost(curated: Curated) -> None:
    where = told(curated)
    persons = {person.key: person for person in curated.persons.values()}
    for row in rows_of("gift_parties.csv"):
        if not row["person_key"]:
            continue
        assert row["person_key"] in persons
        exchange = curated.exchanges[where[row["gift_id"]]]
        named = {party.agent.partition(":")[2] for party in exchange.party}
        claimed = {claim.value.partition(":")[2] for claim in exchange.claim}
        assert row["person_key"] in named | claimed, (row["gift_id"], row["person_key"])


def test_every_person_tenure_polity_and_role_conflict_of_the_lists_is_there(curated: Curated) -> None:
    assert {row["key"] for row in rows_of("persons.csv")} <= set(curated.persons)
    wanted: dict[str, int] = {}
    for row in rows_of("tenures.csv"):
        wanted[row["person_key"]] = wanted.get(row["person_key"], 0) + 1
    have: dict[str, int] = {}
    for tenure in curated.tenures.values():
        have[tenure.person] = have.get(tenure.person, 0) + 1
    assert {key: have.get(key, 0) for key in wanted} == wanted
    where = told(curated)
    doubted = {where[conflict.exchange] for conflict in curated.conflicts}
    for row in rows_of("role_conflicts.csv"):
        exchange = curated.exchanges[where.get(row["gift_id"], row["gift_id"])]
        # Mungo Martin (hg024) is no party but a rejected donor: what is said of his role stands with the claim.
        assert exchange.id in doubted or any(claim.note and claim.rank == "deprecated" for claim in exchange.claim), row


def test_what_is_unchecked_keeps_its_name_and_loses_its_dates(curated: Curated) -> None:
    unchecked = {
        (r["person_key"], r["office"]) for r in rows_of("tenures.csv") if r["status"] == "M" or not r["source"]
    }
    assert unchecked
    for tenure in curated.tenures.values():
        if (tenure.person, tenure.office) in unchecked and tenure.confidence == "unchecked":
            assert (tenure.start, tenure.end) == ("", "")
    for row in rows_of("persons.csv"):
        person = curated.persons[row["key"]]
        if row["status"] == "M" or not row["source"]:
            assert (person.born, person.died) == ("", ""), row["key"]
        assert person.wikidata in ("", row["wikidata"]), row["key"]


def test_only_the_derived_windows_bound_an_undated_gift(curated: Curated) -> None:
    where = told(curated)
    listed = {where[row["gift_id"]] for row in rows_of("undated_windows.csv")}
    stated = {row["id"] for row in rows_of("historic_gifts.csv") if row["date_edtf"]}
    for exchange in curated.exchanges.values():
        if exchange.window and exchange.id not in stated:
            assert exchange.id in listed
    assert all(curated.exchanges[identifier].window or curated.exchanges[identifier].date for identifier in listed)


def test_a_derived_window_is_marked_as_derived(graph: Graph) -> None:
    assert not graph.query(
        "ASK { ?x gift:earliestDay ?d ; gift:nature ?n FILTER NOT EXISTS { ?x gift:dateEDTF ?e } "
        "FILTER NOT EXISTS { ?x gift:dateBasis date-basis:derived-from-tenures } }"
    )
    assert graph.query("ASK { ?x gift:dateBasis date-basis:derived-from-tenures }")


def test_no_live_link_leads_to_a_mirror(curated: Curated) -> None:
    path = SHARED / "facts" / "mirror_hosts.txt"
    if not path.exists():
        pytest.skip("the shared folder is not here (GIFTGRAPH_SHARED)")
    mirrors = {line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()}
    assert len(mirrors) > 50
    for source in curated.sources.values():
        assert urlsplit(source.url).netloc not in mirrors, source.key


def test_the_articles_claims_stand_with_their_rank(graph: Graph) -> None:
    article = "?claim dcterms:source source:seed-article-2023 ; gift:claimedValue ?v ; gift:rank rank:{} . "
    deprecated = {str(row.v) for row in graph.query(f"SELECT ?v {{ {article.format('deprecated')} }}")}
    for words in (
        "polity/prk",
        "museum",
        "sanctions",
        "head of the ambassador",
        "French President",
        "former President",
        "former Secretary",
    ):
        assert any(words in value for value in deprecated), words
    assert graph.query(f"ASK {{ {article.format('normal')} FILTER(CONTAINS(STR(?v), 'Louvre')) }}")


def test_mitterrand_is_not_yet_president_in_1981(graph: Graph) -> None:
    rows = graph.query(
        """SELECT ?p ?post { exchange:seed-15 gift:hasParticipation ?p . ?p gift:agent person:francois-mitterrand .
        OPTIONAL { ?p gift:heldPost ?post } }"""
    )
    assert [row.post for row in rows] == [None]
    (president,) = graph.query(
        """SELECT ?start { ?t org:member person:francois-mitterrand ; gift:post/rdfs:label "President of France" ;
        gift:startEDTF ?start }"""
    )
    assert president.start == "1981-05-21"


def test_three_kims_never_merge(graph: Graph) -> None:
    for one in ("kim-il-sung", "kim-jong-il", "kim-jong-un"):
        assert len(graph.query(f"SELECT ?l {{ person:{one} rdfs:label ?l }}")) == 1
        assert graph.query(f"ASK {{ ?x gift:recipient person:{one} }}")
    rows = graph.query(
        "SELECT DISTINCT ?q { VALUES ?k { person:kim-il-sung person:kim-jong-il person:kim-jong-un } ?k skos:exactMatch ?q }"
    )
    assert len(rows) >= 2


def test_what_is_no_gift_is_outside_the_everyday_query(graph: Graph) -> None:
    for pattern in ("?x a gift:GiftExchange", "?x gift:giver ?who", "?x gift:recipient ?who"):
        assert not graph.query(f"ASK {{ {pattern} ; gift:nature ?n FILTER(?n != nature:gift) }}")
    natures = {str(row.n).rpartition("/")[2] for row in graph.query("SELECT DISTINCT ?n { ?x gift:nature ?n }")}
    assert natures > {"gift", "loan", "tribute", "purchase"}


def test_shortcuts_say_what_the_participations_say(graph: Graph) -> None:
    for role, shortcut in (("donor", "giver"), ("recipient", "recipient")):
        pattern = f"?x a gift:GiftExchange ; gift:hasParticipation ?p . ?p gift:participationRole role:{role} ; gift:agent ?a ."
        assert not graph.query(f"ASK {{ {pattern} FILTER NOT EXISTS {{ ?x gift:{shortcut} ?a }} }}")
        assert not graph.query(f"ASK {{ ?x gift:{shortcut} ?a FILTER NOT EXISTS {{ {pattern} }} }}")


def test_writing_the_dataset_again_changes_no_byte() -> None:
    assert build_turtle(DIRECTORY) == Path(data_file()).read_text(encoding="utf-8")


BROKEN = [
    ("persons.csv", "abba-eban,Abba Eban", "Abba Eban,Abba Eban", "persons.csv:3: key"),
    ("persons.csv", ",1915-02-02,", ",1915-02-30,", "1915-02 has 28 days"),
    ("persons.csv", "key,name", "name,key", "the columns must be"),
    ("tenures.csv", ",abba-eban,", ",nobody-such,", "there is no person 'nobody-such'"),
    ("polities.csv", "\nfra,", "\nchn,", "stands in line"),
    ("exchanges/2020-2029.toml", 'agent = "person:joe-biden"', 'agent = "person:joe-nobody"', "there is no agent"),
    ("exchanges/2020-2029.toml", 'places = ["carbis-bay"]', 'places = ["nowhere"]', "there is no place 'nowhere'"),
    ("role_conflicts.csv", "\na013,", "\nzz999,", "there is no exchange 'zz999'"),
    ("role_conflicts.csv", ",person:andrew-jackson,", ",person:abba-eban,", "no party of exchange hg008 'person:abba-eban'"),
    ("claims.csv", "organization:international-friendship-exhibition", "organization:no-such", "organization:no-such"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "message"), BROKEN)
def test_a_broken_table_is_refused_and_named(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    directory = tmp_path / "curated"
    shutil.copytree(DIRECTORY, directory)
    text = (directory / name).read_text(encoding="utf-8")
    assert old in text
    (directory / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CuratedInvalid) as failure:
        build_turtle(directory)
    assert message in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_row_that_is_merged_may_not_stand_alone_too(tmp_path: Path) -> None:
    directory = tmp_path / "curated"
    shutil.copytree(DIRECTORY, directory)
    path = directory / "exchanges" / "2020-2029.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "b087"\n', 'id = "b087"\nmerged = ["b103"]\n', 1), encoding="utf-8")
    with pytest.raises(CuratedInvalid, match="'b103' is merged into it"):
        build_turtle(directory)


def test_an_exchange_may_name_a_person_whom_only_a_register_describes(tmp_path: Path) -> None:
    copy = tmp_path / "data" / "curated"
    shutil.copytree(DIRECTORY, copy)
    path = copy / "exchanges" / "added.toml"
    text = (copy / "exchanges" / "2000-2009.toml").read_text(encoding="utf-8").partition("[[exchange]]\n")[2]
    block = text.partition("[[exchange]]\n")[0].replace('id = "b023"', 'id = "x1"')
    path.write_text("[[exchange]]\n" + block.replace("person:igor-ivanov", "person:ana-example-aut"), encoding="utf-8")
    with pytest.raises(CuratedInvalid, match="ana-example-aut"):
        build_turtle(copy)
    register = tmp_path / "data" / "some-register"
    register.mkdir()
    statement = '<https://w3id.org/giftgraph/id/person/ana-example-aut> <http://www.w3.org/2000/01/rdf-schema#label> "Ana Example" .'
    (register / "parties.ttl").write_text(statement, encoding="utf-8")
    assert "from Ana Example to Madeleine Albright" in build_turtle(copy)
