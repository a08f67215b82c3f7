"""The commands as their users run them: a process in an empty folder."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from conftest import Run
from giftgraph.cli import VERBS
from giftgraph.graph import Graph


def test_the_overview_lists_every_command(cli: Run) -> None:
    run = cli("--help")
    assert run.returncode == 0
    for verb in VERBS:
        assert f"    {verb}" in run.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_each_command_has_an_example(cli: Run, verb: str) -> None:
    run = cli(verb, "--help")
    assert run.returncode == 0
    assert f"example: giftgraph {verb}" in run.stdout


def test_show_writes_the_seed_graphs(cli: Run, tmp_path: Path) -> None:
    run = cli("show", "Putin", "Kim Jong Un")
    assert run.returncode == 0, run.stderr
    page = tmp_path / run.stdout.strip()
    assert page.name == "putin-kim-jong-un.html"
    text = page.read_text(encoding="utf-8")
    assert "What passed between Vladimir Putin and Kim Jong Un" in text
    run = cli("show", "Albright", "Kim Jong Il", "-o", "out.html")
    assert "NBA basketball" in (tmp_path / "out.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("by", ["person", "office", "polity"])
def test_show_counts_by_person_office_or_polity(cli: Run, by: str) -> None:
    run = cli("show", "polity:chn" if by == "polity" else "Mao Zedong", "--by", by, "-o", "-", "--format", "json")
    assert run.returncode == 0, run.stderr
    document = json.loads(run.stdout)
    assert document["lines"]
    assert document["by"] == by


def test_show_keeps_to_a_period(cli: Run) -> None:
    whole = json.loads(cli("show", "Putin", "Kim Jong Un", "-o", "-", "--format", "json").stdout)
    part = json.loads(
        cli("show", "Putin", "Kim Jong Un", "--from", "2023", "--to", "2023", "-o", "-", "--format", "json").stdout
    )
    assert 0 < len(part["lines"]) < len(whole["lines"])
    assert {line["date"][:4] for line in part["lines"]} == {"2023"}


@pytest.mark.parametrize("suffix", ["html", "json", "graphml", "gexf"])
def test_the_suffix_chooses_the_format(cli: Run, tmp_path: Path, suffix: str) -> None:
    assert cli("show", "Albright", "Kim Jong Il", "-o", f"x.{suffix}").returncode == 0
    begins = {"html": "<!doctype html>", "json": "{", "graphml": "<?xml", "gexf": "<?xml"}[suffix]
    assert (tmp_path / f"x.{suffix}").read_text(encoding="utf-8").lower().lstrip().startswith(begins)


def test_find_lists_the_three_kims_apart(cli: Run) -> None:
    run = cli("find", "Kim", "--kind", "person", "--format", "json")
    keys = {match["key"] for match in json.loads(run.stdout)}
    assert {"person:kim-il-sung", "person:kim-jong-il", "person:kim-jong-un"} <= keys


def test_find_names_who_held_an_office_on_a_day(cli: Run) -> None:
    run = cli("find", "President of France", "--on", "1981-02-14")
    assert run.stdout.startswith("Valéry Giscard d'Estaing  [person:valery-giscard-destaing]")
    assert "Mitterrand" not in run.stdout
    assert "Mitterrand" in cli("find", "President of France", "--on", "1981-06-01").stdout


def test_find_writes_csv(cli: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("find", "Qaitbay", "--format", "csv").stdout)))
    assert rows[0]["key"] == "person:qaitbay"


def test_query_answers_the_catalogue_with_parameters(cli: Run, graph: Graph) -> None:
    arguments = ["query", "between", "-p", "a=person:madeleine-albright", "-p", "b=person:kim-jong-il"]
    run = cli(*arguments, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    assert [row["gift"] for row in rows] == ["NBA basketball signed by Michael Jordan"]
    answer = graph.query("between", a="person:madeleine-albright", b="person:kim-jong-il")
    assert [row["exchange"] for row in rows] == answer.column("exchange")


@pytest.mark.parametrize(
    ("query", "form", "begins"),
    [
        ("SELECT ?n { person:qaitbay rdfs:label ?n }", "table", "n"),
        ("SELECT ?n { person:qaitbay rdfs:label ?n }", "csv", "n\r\nQaitbay"),
        ("SELECT ?n { person:qaitbay rdfs:label ?n }", "tsv", '?n\n"Qaitbay"'),
        ("SELECT ?n { person:qaitbay rdfs:label ?n }", "json", "{"),
        ("ASK { person:qaitbay a gift:Person }", "table", "true"),
        ("ASK { person:qaitbay a gift:Person }", "json", "{"),
        ("DESCRIBE person:qaitbay", "ttl", "@prefix"),
        ("CONSTRUCT { ?x rdfs:label ?n } WHERE { BIND(person:qaitbay AS ?x) ?x rdfs:label ?n }", "nt", "<https"),
        ("CONSTRUCT { ?x rdfs:label ?n } WHERE { BIND(person:qaitbay AS ?x) ?x rdfs:label ?n }", "jsonld", "["),
    ],
)
def test_query_answers_all_four_forms_in_their_formats(cli: Run, query: str, form: str, begins: str) -> None:
    run = cli("query", query, "--format", form)
    assert run.returncode == 0, run.stderr
    assert run.stdout.replace("\r\n", "\n").lstrip().startswith(begins.replace("\r\n", "\n"))
    if form in ("nt", "ttl", "jsonld"):
        name = {"nt": "nt", "ttl": "turtle", "jsonld": "json-ld"}[form]
        assert len(rdflib.Graph().parse(data=run.stdout, format=name)) > 0


def test_query_reads_a_file(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "my own.rq").write_text("SELECT ?n { person:qaitbay rdfs:label ?n }", encoding="utf-8")
    assert "Qaitbay" in cli("query", "my own.rq").stdout


def test_query_writes_a_file_at_once(cli: Run, tmp_path: Path) -> None:
    assert cli("query", "contradicted", "--format", "csv", "-o", "out.csv").returncode == 0
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()) > 10
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_query_asks_an_endpoint(cli: Run, sparql_server: str) -> None:
    arguments = ["query", "between", "--format", "csv"]
    local, remote = cli(*arguments), cli(*arguments, "--endpoint", sparql_server)
    assert remote.returncode == 0, remote.stderr
    assert local.stdout == remote.stdout


def test_queries_lists_the_catalogue(cli: Run) -> None:
    run = cli("queries")
    assert len(run.stdout.splitlines()) >= 25
    assert "between" in run.stdout


def test_build_prints_a_directory_that_pyoxigraph_opens(cli: Run) -> None:
    directory = cli("build").stdout.strip()
    assert len(ox.Store.read_only(directory)) > 10_000


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_knows_every_command(cli: Run, shell: str) -> None:
    script = cli("completion", shell).stdout
    for verb in VERBS:
        assert verb in script


def test_validate_the_shipped_data_has_no_violation(cli: Run) -> None:
    run = cli("validate")
    assert run.returncode == 0
    assert run.stderr.strip().startswith("giftgraph: 0 violations, ")


def test_validate_names_file_line_node_shape_and_severity(cli: Run, small_data: Path) -> None:
    run = cli("validate", str(small_data), "--format", "json")
    assert run.returncode == 1
    finding = next(finding for finding in json.loads(run.stdout) if finding["severity"] == "violation")
    assert finding["node"] == "source:bad"
    assert finding["shape"] == "SourceShape"
    text = small_data.read_text(encoding="utf-8").splitlines()
    assert text[finding["line"] - 1].startswith("source:bad")
    table = cli("validate", str(small_data)).stdout.splitlines()
    assert any(f"{small_data}:{finding['line']}: violation: source:bad: " in line for line in table)


def test_validate_sees_what_the_shipped_data_says_of_the_same_thing(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "rival.nt").write_text(
        "".join(
            f"<https://w3id.org/giftgraph/id/claim/rival> <{predicate}> {value} .\n"
            for predicate, value in {
                "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "<https://w3id.org/giftgraph/ontology#Claim>",
                "https://w3id.org/giftgraph/ontology#aboutSubject": "<https://w3id.org/giftgraph/id/gift/a102-1>",
                "https://w3id.org/giftgraph/ontology#aboutPredicate": "<https://w3id.org/giftgraph/ontology#madeIn>",
                "https://w3id.org/giftgraph/ontology#claimedValue": '"elsewhere"',
                "https://w3id.org/giftgraph/ontology#rank": "<https://w3id.org/giftgraph/id/rank/preferred>",
                "http://purl.org/dc/terms/source": "<https://w3id.org/giftgraph/id/source/seed-article-2023>",
            }.items()
        ),
        encoding="utf-8",
    )
    run = cli("validate", "rival.nt")
    assert run.returncode == 1
    assert "ConflictShape" in run.stdout
    assert run.stderr.strip() == "giftgraph: 1 violation, 0 warnings"
    assert "dangling-reference" in cli("validate", "rival.nt", "--alone").stdout


def test_data_adds_to_or_replaces_what_is_shipped(cli: Run, small_data: Path) -> None:
    ask = "SELECT (COUNT(?x) AS ?n) { ?x a gift:GiftExchange }"
    count = {
        name: int(cli("query", ask, "--format", "csv", *extra).stdout.split()[1])
        for name, extra in {
            "shipped": [],
            "replaced": ["--data", str(small_data)],
            "added": ["--data", f"+{small_data}"],
        }.items()
    }
    assert count["replaced"] == 3
    assert count["added"] == count["shipped"] + 3
    run = cli("query", ask, "--format", "csv", env={"GIFTGRAPH_DATA": str(small_data)})
    assert int(run.stdout.split()[1]) == 3


def test_the_cache_is_where_it_is_asked_for(cli: Run, tmp_path: Path) -> None:
    run = cli("build", env={"GIFTGRAPH_CACHE": str(tmp_path / "my cache")})
    assert run.stdout.startswith(str(tmp_path / "my cache"))


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    command = f"{sys.executable} -m giftgraph query 'SELECT * {{ ?s ?p ?o }} LIMIT 50000' --format csv | head -1"
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert run.stdout.strip() == "s,p,o"
    assert run.stderr == ""
