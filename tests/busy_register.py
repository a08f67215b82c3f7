"""A made-up register of the shape of the real ones: a busy receiver, many givers of one country, and parties that are not named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

_HEAD = """@prefix gift: <https://w3id.org/giftgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
<https://w3id.org/giftgraph/id/role/donor> rdfs:label "donor" .
<https://w3id.org/giftgraph/id/role/recipient> rdfs:label "recipient" .
<https://w3id.org/giftgraph/id/nature/gift> rdfs:label "gift" .
<https://w3id.org/giftgraph/id/category/other> a gift:Category ; rdfs:label "Other" .
<https://w3id.org/giftgraph/id/polity/aaa> a gift:Polity ; rdfs:label "Arcadia" .
<https://w3id.org/giftgraph/id/polity/bbb> a gift:Polity ; rdfs:label "Borduria" .
<https://w3id.org/giftgraph/id/organization/agency> a gift:Organization ; rdfs:label "Agency of Arcadia" .
<https://w3id.org/giftgraph/id/source/notice> a gift:Source ; dcterms:title "Notice of gifts" ; dcterms:publisher "Office" ;
  schema:url "https://example.org/notice" .
<https://w3id.org/giftgraph/id/person/receiver> a gift:Person ; rdfs:label "Rita Receiver" ; skos:altLabel "R. Réceiver" ;
  gift:ofPolity <https://w3id.org/giftgraph/id/polity/aaa> .
"""


def write_busy_register(path: Path, exchanges: int, givers: int, withheld: int = 0) -> Path:
    """Write as many exchanges to one receiver, from the givers in turn, then as many whose giver is withheld.

    They lie in eleven years; the gift of each is valued and what became of it is told.
    """
    lines = [_HEAD]
    for n in range(givers):
        lines.append(
            f'<https://w3id.org/giftgraph/id/person/giver-{n}> a gift:Person ; rdfs:label "Giver Number{n}" ; '
            "gift:ofPolity <https://w3id.org/giftgraph/id/polity/bbb> ."
        )
    for n in range(exchanges + withheld):
        year = 2000 + n % 11
        day = date(year, 1, 1).toordinal()
        hidden = n >= exchanges
        agent = f"gift:agent <https://w3id.org/giftgraph/id/person/giver-{n % givers}>"
        status = "gift:partyStatus <https://w3id.org/giftgraph/id/party-status/withheld>"
        entity = "https://w3id.org/giftgraph/id"
        shortcut = "" if hidden else f"gift:giver <{entity}/person/giver-{n % givers}> ;"
        lines.append(
            f"""<{entity}/exchange/x{n}> a gift:GiftExchange ; rdfs:label "Thing {n}" ; gift:nature <{entity}/nature/gift> ; {shortcut}
  gift:recipient <{entity}/person/receiver> ; gift:dateEDTF "{year}" ; gift:earliestDay {day} ; gift:latestDay {day + 364} ;
  gift:locator "p{1000 + n}:l{n}" ; gift:reportedBy <{entity}/organization/agency> ; dcterms:source <{entity}/source/notice> ;
  gift:gift <{entity}/gift/x{n}-1> ; gift:hasParticipation <{entity}/participation/x{n}-d>, <{entity}/participation/x{n}-r> ;
  gift:appraisal <{entity}/appraisal/x{n}> .
<{entity}/participation/x{n}-d> a gift:Participation ; gift:participationRole <{entity}/role/donor> ;
  gift:actingFor <{entity}/polity/bbb> ; gift:roleAsStated "President" ; {status if hidden else agent} .
<{entity}/participation/x{n}-r> a gift:Participation ; gift:participationRole <{entity}/role/recipient> ;
  gift:actingFor <{entity}/polity/aaa> ; gift:agent <{entity}/person/receiver> .
<{entity}/appraisal/x{n}> a gift:Appraisal ; gift:amount {100 + n}.0 ; gift:currency "USD" .
<{entity}/gift/x{n}-1> a gift:Gift ; rdfs:label "Thing {n}" ; gift:category <{entity}/category/other> ."""
        )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
