"""The IRIs of the model as plain strings, so that no RDF library is needed to name a term."""

from __future__ import annotations

ONTOLOGY = "https://w3id.org/giftgraph/ontology#"
ID = "https://w3id.org/giftgraph/id/"
GRAPH = "https://w3id.org/giftgraph/graph/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
FOAF = "http://xmlns.com/foaf/0.1/"
CRM = "http://www.cidoc-crm.org/cidoc-crm/"
SH = "http://www.w3.org/ns/shacl#"
WIKIDATA = "http://www.wikidata.org/entity/"

RDF_TYPE = RDF + "type"

# Kinds of entity and the prefix each has in Turtle. "gift" is taken by the ontology, so a gift object is `item:`.
ENTITY_PREFIXES = {
    "person": "person",
    "organization": "organization",
    "polity": "polity",
    "office": "office",
    "tenure": "tenure",
    "exchange": "exchange",
    "gift": "item",
    "participation": "participation",
    "visit": "visit",
    "place": "place",
    "appraisal": "appraisal",
    "custody": "custody",
    "claim": "claim",
    "source": "source",
    "category": "category",
    "role": "role",
    "nature": "nature",
    "rank": "rank",
    "custody-kind": "custody-kind",
    "basis": "basis",
    "confidence": "confidence",
    "party-status": "party-status",
    "date-basis": "date-basis",
    "polity-kind": "polity-kind",
    "office-kind": "office-kind",
}

PREFIXES: dict[str, str] = {
    "gift": ONTOLOGY,
    **{prefix: f"{ID}{kind}/" for kind, prefix in ENTITY_PREFIXES.items()},
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "schema": SCHEMA,
    "prov": PROV,
    "org": ORG,
    "foaf": FOAF,
    "crm": CRM,
    "sh": SH,
    "wd": WIKIDATA,
}


def entity_iri(kind: str, slug: str) -> str:
    """The IRI of an entity.

    >>> entity_iri("person", "kim-jong-un")
    'https://w3id.org/giftgraph/id/person/kim-jong-un'
    """
    return f"{ID}{kind}/{slug}"


def entity_kind(iri: str) -> str | None:
    """The kind part of an entity IRI, or None when it is not one of ours.

    >>> entity_kind("https://w3id.org/giftgraph/id/person/kim-jong-un")
    'person'
    """
    if not iri.startswith(ID):
        return None
    kind, slash, _slug = iri[len(ID) :].partition("/")
    return kind if slash else None


def shorten(iri: str) -> str:
    """The prefixed name of an IRI where a prefix fits, else the IRI.

    >>> shorten("https://w3id.org/giftgraph/id/person/kim-jong-un")
    'person:kim-jong-un'
    """
    best = ""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(namespace) > len(PREFIXES.get(best, "")):
            best = prefix
    return f"{best}:{iri[len(PREFIXES[best]) :]}" if best else iri
