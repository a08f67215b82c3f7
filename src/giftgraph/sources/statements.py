"""Gift blocks of a register as RDF: facts only, in the model of the curated graph; no sentence of the source.

A block becomes an exchange record of `giftgraph.curated` and is stated by the same code, so that a query sees one model. What only
a register has is added here: locator, reporting body, disposition, candidates. See docs/explanation/registers.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pyoxigraph as ox

from giftgraph.curated import exchanges as curated
from giftgraph.curated.dataset import exchange_label
from giftgraph.curated.statements import state_exchange, state_remark, state_source
from giftgraph.curated.tables import Remark, Source
from giftgraph.description import Description, Statements, node, slugify
from giftgraph.sources.card import Card
from giftgraph.sources.described import Described
from giftgraph.sources.records import Block, Party
from giftgraph.sources.stated import Notice, Value
from giftgraph.vocabulary import DCTERMS, ONTOLOGY, SCHEMA, SKOS

_STATUSES = {"withheld": "withheld", "unknown": "unknown", "not stated": "not-stated"}
_CUSTODY = {
    "archives": "archived",
    "agency": "official-use",
    "retained": "retained",
    "gsa": "disposal",
    "pending": "pending",
    "other": "other",
}
# The field that a correction changes, as what a claim is about.
_ABOUT = {
    "date": "date",
    "value": "value",
    "donor": "donor",
    "donors": "donor",
    "donor_polity": "donor",
    "recipient": "recipient",
    "recipients": "recipient",
    "disposition": "custody",
    "gifts": "object",
    "description": "object",
}
_NOBODY = Party(None, None, None, "not stated")
_NOT_DESCRIBED = curated.Gift("Gift not described", "other")
_LONGEST_VALUE = 60
ANOTHER_ACCOUNT = "another-account"


@dataclass(frozen=True, slots=True)
class Frame:
    """What every statement of an import may refer to.

    `described` is the curated graph, `labels` the names of the other agents, `same` the curated exchange of each exchange that tells
    the same event, and `texts` says whether the words of the cells are stated too.
    """

    card: Card
    described: Described
    labels: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    texts: bool = False

    def label(self, agent: str) -> str:
        """The label of an agent."""
        return self.described.labels.get(agent) or self.labels.get(agent) or agent


def source_key(card: Card, document: str) -> str:
    """The key of a document.

    >>> from giftgraph.sources.card import read_card
    >>> source_key(read_card("us-federal-register"), "E7-23674")
    'us-federal-register-e7-23674'
    """
    return slugify(f"{card.name} {document}")


def exchange_keys(card: Card, blocks: Sequence[Block]) -> list[str]:
    """The key of each block's exchange: document and locator; a second block of one line gets a number.

    >>> from giftgraph.sources.card import read_card
    >>> block = Block("95-13832", "p30630:l46", "State", "tangible", (), (), None, (), None, None, None)
    >>> exchange_keys(read_card("us-federal-register"), [block, block])
    ['us-95-13832-p30630-l46', 'us-95-13832-p30630-l46-n2']
    """
    seen: Counter[str] = Counter()
    keys = []
    for block in blocks:
        key = slugify(f"{card.prefix} {block.source} {block.locator}")
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-n{seen[key]}")
    return keys


def agent_of(party: Party, described: Described) -> str:
    """The short name of a party that was identified; empty for one that was not."""
    if not party.id:
        return ""
    kind = party.status if party.status in ("organization", "polity") else "person"
    # An international organisation is a body by its words and a polity by its id.
    if kind == "organization" and party.id == party.polity:
        kind = "polity"
    return described.agent(party.id, kind)


def agency_of(agency: str, card: Card, described: Described) -> str:
    """The short name of the body that reports."""
    known = described.bodies.get(agency.casefold())
    return known or f"organization:{slugify(f'{card.prefix} {agency}')}"


def state_document(notice: Notice, frame: Frame) -> Statements:
    """The document of a register."""
    card = frame.card
    yield from state_source(
        Source(
            key=source_key(card, notice.document),
            title=notice.title,
            publisher=card.publisher,
            issued=notice.published,
            url=card.address.format(document=notice.document),
            copy="",
        )
    )


def state_blocks(blocks: Sequence[Block], frame: Frame) -> Statements:
    """The exchanges of one document, in its order."""
    for key, block in zip(exchange_keys(frame.card, blocks), blocks, strict=True):
        yield from state_block(key, block, frame)


def state_block(key: str, block: Block, frame: Frame) -> Statements:
    """One block: the exchange, its parties and gifts, its value, and what became of the gifts."""
    parties = [*(block.donors or (_NOBODY,)), *(block.recipients or (_NOBODY,))]
    exchange = _read_exchange(key, block, frame)
    posts = {n: party.post for n, party in enumerate(parties) if party.post and exchange.party[n].agent}
    names = {party.agent: frame.label(party.agent) for party in exchange.party if party.agent}
    yield from state_exchange(exchange, exchange_label(exchange, names), posts, {})
    entity = Description(f"exchange:{key}", "GiftExchange" if exchange.nature == "gift" else "Transfer")
    entity.text(ONTOLOGY + "locator", block.locator)
    entity.link(ONTOLOGY + "reportedBy", agency_of(block.agency, frame.card, frame.described))
    # The category of a meal in a box of tangible gifts is hospitality too: the kind of the report is told apart.
    entity.text(SCHEMA + "additionalType", block.kind if block.kind == "travel" else "")
    if key in frame.same:
        entity.link(SKOS + "exactMatch", f"exchange:{frame.same[key]}")
        told = node(f"exchange:{frame.same[key]}")
        yield ox.Triple(told, ox.NamedNode(DCTERMS + "source"), node(f"source:{exchange.sources[0]}"))
    yield from entity.triples
    yield from _state_custody(key, block, len(exchange.gift), frame)
    yield from _state_candidates(key, exchange.party, parties, frame)
    for number, correction in enumerate(block.corrections, 1):
        yield from _state_correction(f"{key}-{number}", f"exchange:{key}", correction, exchange.sources)


def _read_exchange(key: str, block: Block, frame: Frame) -> curated.Exchange:
    gifts = tuple(curated.Gift(gift.label, gift.category) for gift in block.gifts) or (_NOT_DESCRIBED,)
    words = block.as_stated if frame.texts else {}
    if words.get("gift"):
        gifts = tuple(curated.Gift(gift.label, gift.category, as_stated=words["gift"]) for gift in gifts)
    donors = [_read_donor(party, block, frame, words.get("donor", "")) for party in block.donors or (_NOBODY,)]
    takers = [_read_recipient(party, frame, words.get("recipient", "")) for party in block.recipients or (_NOBODY,)]
    return curated.Exchange(
        id=key,
        confidence="read",
        sources=(source_key(frame.card, block.source),),
        party=(*donors, *takers),
        gift=gifts,
        date=block.date or "",
        nature=ANOTHER_ACCOUNT if key in frame.same else "gift",
        value=(_read_value(block.value, block.as_stated.get("value", "")),) if block.value else (),
    )


def _polity(code: str | None) -> str:
    return f"polity:{code}" if code else ""


def _read_donor(party: Party, block: Block, frame: Frame, words: str) -> curated.Party:
    """A donor. Where nobody is identified the polity is the agent, so an unsure title never becomes one of its candidates."""
    polity = _polity(party.polity or block.donor_polity)
    agent = agent_of(party, frame.described)
    status = ""
    if not agent and party.status in _STATUSES:
        status = _STATUSES[party.status]
    elif not agent:
        agent = polity
        status = "" if polity else "unknown"
    return _read_party("donor", party, frame, (agent, "" if agent == polity else polity, status), words)


def _read_recipient(party: Party, frame: Frame, words: str) -> curated.Party:
    """A recipient. One that is not identified stays without agent: the state would else be the recipient of everything."""
    agent = agent_of(party, frame.described)
    polity = _polity(frame.card.polity)
    status = "" if agent else _STATUSES.get(party.status, "not-stated")
    return _read_party("recipient", party, frame, (agent, "" if agent == polity else polity, status), words)


def _read_party(role: str, party: Party, frame: Frame, who: tuple[str, str, str], words: str) -> curated.Party:
    agent, acting_for, status = who
    stated = words or party.name or ""
    return curated.Party(
        role=role,
        agent=agent,
        name="" if agent and stated == frame.label(agent) else stated,
        title=party.title or "",
        acting_for=acting_for,
        status=status,
    )


def _read_value(value: Value, words: str) -> curated.Value:
    """The value. Its words are kept where the number does not say all: a bound, or no number at all."""
    amount = _decimal(value.amount)
    minimum, maximum = "", ""
    if value.operator == "range" and amount and value.maximum:
        amount, minimum, maximum = "", amount, _decimal(value.maximum)
    elif value.operator in (">", ">=") and amount:
        amount, minimum = "", amount
    short = words[:_LONGEST_VALUE].strip() or "not a number"
    return curated.Value(
        amount=amount,
        minimum=minimum,
        maximum=maximum,
        currency=value.currency,
        basis="appraised" if words.casefold().startswith("apprais") else "estimated",
        as_stated="" if amount or maximum else short,
    )


def _decimal(number: float | None) -> str:
    return f"{Decimal(str(number)):f}" if number is not None and number > 0 else ""


def _state_custody(key: str, block: Block, gifts: int, frame: Frame) -> Statements:
    """What became of the gifts: one step that all gifts of the block share, as they are disposed of together."""
    if block.disposition is None:
        return
    words = block.as_stated.get("disposition", "")
    bought = block.disposition == "retained" and any(word in words.casefold() for word in ("purchas", "bought"))
    step = Description(f"custody:{key}", "CustodyEvent")
    step.link(ONTOLOGY + "custodyKind", f"custody-kind:{'purchased' if bought else _CUSTODY[block.disposition]}")
    step.number(ONTOLOGY + "custodyOrder", 1)
    step.text(ONTOLOGY + "asStated", words if frame.texts else "")
    yield from step.triples
    for number in range(1, gifts + 1):
        item = Description(f"item:{key}-{number}", "Gift")
        item.link(ONTOLOGY + "custody", f"custody:{key}")
        yield from item.triples


def _state_candidates(key: str, parties: Sequence[curated.Party], stated: Sequence[Party], frame: Frame) -> Statements:
    numbers: Counter[str] = Counter()
    for party, record in zip(parties, stated, strict=True):
        numbers[party.role] += 1
        if record.candidates and not record.id:
            entity = Description(f"participation:{key}-{party.role}-{numbers[party.role]}", "Participation")
            entity.link(
                ONTOLOGY + "candidate", *(frame.described.agent(candidate, "person") for candidate in record.candidates)
            )
            yield from entity.triples


def _state_correction(key: str, subject: str, correction: Mapping[str, str], sources: tuple[str, ...]) -> Statements:
    """What the document says where a correction says otherwise: a deprecated claim beside the corrected fact."""
    about = _ABOUT.get(correction.get("field", ""), "statement")
    value = correction.get("stated", "") or "not stated"
    words = [correction.get("reason", ""), f"corrected by: {correction['source']}" if correction.get("source") else ""]
    note = "; ".join(filter(None, words))
    yield from state_remark(Remark(key, subject, about, value, "deprecated", sources, note))
