"""Each shape: data that breaks it is found, the same data mended is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from giftgraph.resources import shapes_file
from giftgraph.validation import Finding, validate

PREFIXES = """@prefix gift: <https://w3id.org/giftgraph/ontology#> .
@prefix x: <https://w3id.org/giftgraph/id/exchange/> .
@prefix p: <https://w3id.org/giftgraph/id/participation/> .
@prefix item: <https://w3id.org/giftgraph/id/gift/> .
@prefix person: <https://w3id.org/giftgraph/id/person/> .
@prefix office: <https://w3id.org/giftgraph/id/office/> .
@prefix tenure: <https://w3id.org/giftgraph/id/tenure/> .
@prefix polity: <https://w3id.org/giftgraph/id/polity/> .
@prefix visit: <https://w3id.org/giftgraph/id/visit/> .
@prefix appraisal: <https://w3id.org/giftgraph/id/appraisal/> .
@prefix custody: <https://w3id.org/giftgraph/id/custody/> .
@prefix claim: <https://w3id.org/giftgraph/id/claim/> .
@prefix source: <https://w3id.org/giftgraph/id/source/> .
@prefix category: <https://w3id.org/giftgraph/id/category/> .
@prefix role: <https://w3id.org/giftgraph/id/role/> .
@prefix nature: <https://w3id.org/giftgraph/id/nature/> .
@prefix rank: <https://w3id.org/giftgraph/id/rank/> .
@prefix basis: <https://w3id.org/giftgraph/id/basis/> .
@prefix kind: <https://w3id.org/giftgraph/id/custody-kind/> .
@prefix status: <https://w3id.org/giftgraph/id/party-status/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GOOD = """
source:s a gift:SourceDocument ; dcterms:title "A catalogue" ; schema:url <https://example.org/s> .
person:a a gift:Person ; rdfs:label "A" ; skos:exactMatch <http://www.wikidata.org/entity/Q42> .
person:b a gift:Person ; rdfs:label "B" .
polity:c a gift:Polity ; rdfs:label "C" ; gift:m49 "840" ; gift:isoAlpha3 "USA" ; gift:isoAlpha2 "US" .
office:o a gift:Office ; rdfs:label "President of C" .
tenure:t a gift:Tenure ; org:member person:a ; gift:post office:o ; gift:earliestDay 728660 ; gift:latestDay 730000 .
visit:v a gift:Visit ; rdfs:label "A visits B" ; gift:earliestDay 729800 ; gift:latestDay 729802 .
x:one a gift:GiftExchange ; rdfs:label "Clock, from A to B" ; gift:nature nature:gift ; gift:gift item:one ;
    gift:dateEDTF "1999-02" ; gift:earliestDay 729786 ; gift:latestDay 729813 ; gift:occasion visit:v ;
    gift:hasParticipation p:donor , p:recipient ; gift:giver person:a ; gift:recipient person:b ; dcterms:source source:s .
p:donor a gift:Participation ; gift:participationRole role:donor ; gift:agent person:a ; gift:heldPost tenure:t .
p:recipient a gift:Participation ; gift:participationRole role:recipient ; gift:agent person:b .
item:one a gift:Gift ; rdfs:label "Clock" ; gift:category category:timepieces ; gift:appraisal appraisal:one ;
    gift:custody custody:one , custody:two .
appraisal:one a gift:Appraisal ; gift:amount 5.0 ; gift:currency "USD" ; gift:dateEDTF "1999" .
appraisal:range a gift:Appraisal ; gift:minimumAmount 5.0 ; gift:maximumAmount 7.0 ; gift:currencyAsStated "rupee" .
custody:one a gift:CustodyEvent ; gift:custodyOrder 1 ; gift:custodyKind kind:museum .
custody:two a gift:CustodyEvent ; gift:custodyOrder 2 ; gift:custodyKind kind:destroyed .
claim:one a gift:Claim ; gift:aboutSubject item:one ; gift:aboutPredicate gift:madeIn ; gift:claimedValue "C" ;
    gift:rank rank:preferred ; dcterms:source source:s .
claim:two a gift:Claim ; gift:aboutSubject item:one ; gift:aboutPredicate gift:madeIn ; gift:claimedValue "D" ;
    gift:rank rank:deprecated ; dcterms:source source:s .
"""
# What is replaced, by what, the shape that finds it, and the node it names.
BREAKING = [
    ('rdfs:label "Clock, from A to B" ; ', "", "ExchangeShape", "exchange:one"),
    ("gift:gift item:one ;", "", "ExchangeShape", "exchange:one"),
    ("gift:nature nature:gift ;", "gift:nature nature:gift , nature:loan ;", "ExchangeShape", "exchange:one"),
    ('"1999-02"', '"February"', "ExchangeShape", "exchange:one"),
    ("gift:earliestDay 729786", "gift:earliestDay 729900", "ExchangeShape", "exchange:one"),
    ("gift:latestDay 729813", 'gift:latestDay "729813"', "ExchangeShape", "exchange:one"),
    ("participationRole role:recipient", "participationRole role:presenter", "ExchangeShape", "exchange:one"),
    ("participationRole role:donor", "participationRole role:presenter", "ExchangeShape", "exchange:one"),
    ("gift:agent person:a ;", "gift:agent person:a , person:b ;", "ParticipationShape", "participation:donor"),
    ("role:recipient ; gift:agent person:b", "role:recipient", "ParticipationShape", "participation:recipient"),
    (
        "role:recipient ; gift:agent person:b",
        "role:recipient ; gift:partyStatus status:hidden",
        "ParticipationShape",
        "participation:recipient",
    ),
    (
        "gift:earliestDay 728660 ; gift:latestDay 730000",
        "gift:earliestDay 700000 ; gift:latestDay 710000",
        "HeldPostShape",
        "participation:donor",
    ),
    ("gift:heldPost tenure:t", 'gift:roleConflict "not then"', "RoleConflictShape", "participation:donor"),
    ("org:member person:a", "org:member person:a , person:b", "TenureShape", "tenure:t"),
    ("gift:latestDay 730000", "gift:latestDay 728000", "TenureShape", "tenure:t"),
    ("gift:amount 5.0", "gift:amount -5.0", "AppraisalShape", "appraisal:one"),
    ("gift:minimumAmount 5.0", "gift:minimumAmount 9.0", "AppraisalShape", "appraisal:range"),
    ('gift:currency "USD"', 'gift:currency "dollars"', "AppraisalShape", "appraisal:one"),
    ('gift:currencyAsStated "rupee"', 'gift:asStated "much"', "CurrencyShape", "appraisal:range"),
    ("gift:custodyOrder 1", "gift:custodyOrder 2", "CustodyShape", "item:one"),
    ("gift:custodyOrder 1", "gift:custodyOrder 3", "CustodyShape", "item:one"),
    ("gift:rank rank:deprecated ; dcterms:source source:s", "gift:rank rank:deprecated", "ClaimShape", "claim:two"),
    ("gift:rank rank:deprecated", "gift:rank rank:wrong", "ClaimShape", "claim:two"),
    ('dcterms:title "A catalogue" ;', "", "SourceShape", "source:s"),
    ("<https://example.org/s>", "<javascript:alert(1)>", "SourceShape", "source:s"),
    (" ; schema:url <https://example.org/s>", "", "SourceAddressShape", "source:s"),
    ("entity/Q42", "entity/P42", "ExternalIdShape", "person:a"),
    ("http://www.wikidata.org/entity/Q42", "http://www.wikidata.org/wiki/Q42", "ExternalIdShape", "person:a"),
    ('gift:isoAlpha3 "USA"', 'gift:isoAlpha3 "usa"', "ExternalIdShape", "polity:c"),
    ("gift:latestDay 729802", "gift:latestDay 729700", "VisitShape", "visit:v"),
    (
        "gift:recipient person:b ; dcterms:source source:s",
        "gift:recipient person:b",
        "TransferSourceShape",
        "exchange:one",
    ),
    ("gift:recipient person:b ;", "gift:recipient person:a ;", "NoSelfGiftShape", "exchange:one"),
    ("rank:deprecated", "rank:preferred", "ConflictShape", "claim:one"),
    ("gift:category category:timepieces", "gift:category category:clockery", "dangling-reference", "item:one"),
    ("person:b a gift:Person", "person:b a gift:Gift", "kind-and-class", "person:b"),
    ("gift:appraisal appraisal:one ;", "gift:appraisal [ gift:amount 5.0 ] ;", "named-nodes", "item:one"),
]


def check(tmp_path: Path, text: str) -> list[Finding]:
    path = tmp_path / "data.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return validate([path])


def test_good_data_has_no_finding(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "shape", "node"), BREAKING, ids=[f"{n}-{case[2]}" for n, case in enumerate(BREAKING)]
)
def test_broken_data_is_found_where_it_stands(tmp_path: Path, old: str, new: str, shape: str, node: str) -> None:
    assert old in GOOD
    found = [finding for finding in check(tmp_path, GOOD.replace(old, new, 1)) if finding.shape == shape]
    assert node in {finding.node for finding in found}
    lines = (tmp_path / "data.ttl").read_text(encoding="utf-8").splitlines()
    for finding in (finding for finding in found if finding.node == node):
        assert finding.line > 0
        assert lines[finding.line - 1].split()[0].rpartition(":")[2] == finding.node.rpartition(":")[2]


def test_every_shape_is_broken_by_a_case_here() -> None:
    shapes = rdflib.Graph().parse(shapes_file(), format="turtle")
    kind = rdflib.URIRef("http://www.w3.org/ns/shacl#NodeShape")
    named = {
        str(shape).rpartition("#")[2]
        for shape in shapes.subjects(rdflib.RDF.type, kind)
        if isinstance(shape, rdflib.URIRef)
    }
    assert len(named) >= 12
    assert named <= {shape for _old, _new, shape, _node in BREAKING}


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("gift:amount 5.0", "gift:amount -5.0", "violation"),
        ('gift:currencyAsStated "rupee"', 'gift:asStated "much"', "warning"),
    ],
)
def test_warnings_are_told_apart_from_violations(tmp_path: Path, old: str, new: str, severity: str) -> None:
    assert {finding.severity for finding in check(tmp_path, GOOD.replace(old, new, 1))} == {severity}
