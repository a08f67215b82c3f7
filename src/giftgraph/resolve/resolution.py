"""From the texts of parties to who they are: the one entry to reading, titles by date, persons over spellings, and reviews.

`resolve_parties` takes all texts of a run at once, because a spelling is understood beside the others. `giftgraph import` gives it the
cells of all documents, `giftgraph resolve` the rows of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from giftgraph.dates import Bounds, iso_date, read_bounds
from giftgraph.names import normalize
from giftgraph.resolve.blocks import KnownIndex
from giftgraph.resolve.mentions import KnownPerson, Mention, Tally, bare, post
from giftgraph.resolve.naming import Doubt, Identity
from giftgraph.resolve.parties import Role, read_parties
from giftgraph.resolve.persons import identify
from giftgraph.resolve.review import Reviews
from giftgraph.resolve.spellings import Sex
from giftgraph.sources.records import Party

if TYPE_CHECKING:
    from giftgraph.resolve.stated_party import StatedParty

_SPOUSE = re.compile(r"\b(?:spouse|wife|husband)\b", re.IGNORECASE)
_ROYAL = re.compile(r"(?:King|Prince|Sultan|Amir|Emir|Queen|Princess|Sheikha)\b", re.IGNORECASE)
_CHILD = re.compile(r"\b(?:son|daughter|children|child)\b", re.IGNORECASE)
_KIN = re.compile(
    r"\b(?:(?:step|half|grand)?[- ]?(?:sister|brother|son|daughter|father|mother|child|children|wife|husband|spouse)"
    r"|nephew|niece|cousin|aide|office|representative) (?:of|to)\b",
    re.IGNORECASE,
)
_IN_OFFICE = ("held", "acting")


@dataclass(frozen=True, slots=True)
class PartyQuery:
    """A text to resolve: when (EDTF), the polity where the text names none, whether it gives or receives, and where it stands."""

    text: str
    date: str | None = None
    polity: str | None = None
    role: Role = "donor"
    locator: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class PartyResolution:
    """The parties of a text, and the polity it stands for with the words that say so; the polity is an id or null."""

    parties: tuple[Party, ...]
    polity: str | None
    polity_why: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a run found: the answers in the order of the queries, the pairs of persons left open, and the work done."""

    answers: tuple[PartyResolution, ...]
    doubts: tuple[Doubt, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class _Read:
    """A query as read: its parties, the place of each party's mention among all mentions, and the polity."""

    query: PartyQuery
    parties: tuple[StatedParty, ...]
    mentions: tuple[int | None, ...]
    polity: str | None
    polity_why: str


def resolve_parties(
    queries: Sequence[PartyQuery],
    known: KnownIndex | Iterable[KnownPerson] | None = None,
    reviews: Reviews | None = None,
) -> tuple[PartyResolution, ...]:
    """The parties of each text, in the order given. Raises DataUnreadable, DateInvalid.

    >>> answer = resolve_parties([PartyQuery("His Excellency Wladimir Putin, President of Russia", "2003-09-27")])[0]
    >>> [(party.id, party.judgement) for party in answer.parties], answer.polity
    ([('vladimir-putin', 'same')], 'rus')
    """
    return resolve(queries, known, reviews).answers


def resolve(
    queries: Sequence[PartyQuery],
    known: KnownIndex | Iterable[KnownPerson] | None = None,
    reviews: Reviews | None = None,
) -> Resolution:
    """As `resolve_parties`, with the pairs left open and the count of comparisons."""
    from giftgraph.resolve.known import load_known_index

    mentions: list[Mention] = []
    read = {query: _read(query, mentions) for query in dict.fromkeys(queries)}
    found = identify(mentions, load_known_index() if known is None else known, reviews)
    answers = {query: _answer(each, mentions, found.identities) for query, each in read.items()}
    return Resolution(tuple(answers[query] for query in queries), found.doubts, found.tally)


def _read(query: PartyQuery, mentions: list[Mention]) -> _Read:
    """Read one text; what it names as persons goes to `mentions`."""
    when = _bounds(query.date)
    date = iso_date(when.earliest_day)
    parties = read_parties(query.text, query.role, date)
    polity, why = query.polity, "given" if query.polity else "not stated"
    match = next((party.polity for party in parties if party.polity is not None and party.polity.id), None)
    if match is not None:
        polity, why = match.id, match.why
    elif any(party.status in ("withheld", "unknown") for party in parties):
        polity, why = None, parties[0].status
    places: list[int | None] = []
    for party in parties:
        own = party.polity.id if party.polity is not None and party.polity.id else polity
        if party.status != "named" or not party.name:
            places.append(None)
            continue
        places.append(len(mentions))
        mentions.append(_mention(party, own, when, date, query))
    return _Read(query, parties, tuple(places), polity, why)


def _bounds(date: str | None) -> Bounds:
    return read_bounds(date) if date else Bounds(None, None)


def _mention(party: StatedParty, polity: str | None, when: Bounds, date: str | None, query: PartyQuery) -> Mention:
    from giftgraph.resolve.offices import read_title

    titles = read_title(party.title, date) if party.title else ()
    married = bool(party.relation and _SPOUSE.search(party.relation))
    roles = tuple(dict.fromkeys(post(title.role, title.of) for title in titles if title.standing in _IN_OFFICE))
    if married:
        roles = tuple(role for role in roles if role in ("queen", "first-lady", "second-lady"))
    return Mention(
        party.name or "",
        party.title or (f"{party.relation} {party.of}" if party.relation and party.of else ""),
        polity,
        _sex(party),
        when.earliest_day,
        when.latest_day,
        roles,
        "spouse" if married else "child" if party.relation and _CHILD.search(party.relation) else "",
        query.locator,
    )


def _sex(party: StatedParty) -> Sex:
    """The sex that the title states, else that of the honorifics; "His Majesty and Her Majesty King ..." is a king."""
    title = _ROYAL.match(party.title or "")
    if title is not None:
        return "female" if title[0].casefold() in ("queen", "princess", "sheikha") else "male"
    return party.sex or ""


def _answer(read: _Read, mentions: Sequence[Mention], identities: Sequence[Identity]) -> PartyResolution:
    parties: list[Party] = []
    for party, place in zip(read.parties, read.mentions, strict=True):
        polity = party.polity.id if party.polity is not None and party.polity.id else read.polity
        if place is not None:
            parties.append(_person(party, polity, mentions[place], identities[place], read.query))
        elif party.status == "office":
            parties += _holders(party, polity, read.query)
        else:
            parties.append(_other(party, polity))
    return PartyResolution(tuple(parties), read.polity, read.polity_why)


def _person(party: StatedParty, polity: str | None, mention: Mention, identity: Identity, query: PartyQuery) -> Party:
    married = _married(party, polity, query) if identity.judgement.verdict != "same" else None
    if married is not None:
        return married
    verdict = identity.judgement.verdict
    return Party(
        party.name,
        party.title,
        identity.id,
        "named",
        polity,
        _post(identity.id, mention),
        verdict if verdict in ("same", "unsure") else "new",
        identity.judgement.why,
        identity.candidates,
    )


def _married(party: StatedParty, polity: str | None, query: PartyQuery) -> Party | None:
    """ "Mrs. Cheney", where a spouse of office had that name on the date."""
    from giftgraph.resolve.tenures import resolve_title

    if party.sex != "female" or not party.name or len(party.name.split()) != 1 or not polity or not query.date:
        return None
    found = resolve_title(f"Mrs. {party.name}", polity, query.date)
    if found.person is None:
        return None
    return Party(party.name, party.title, _standing_for(found.person), "named", polity, found.post, "same", found.why)


def _standing_for(person: str | None) -> str | None:
    """The id that stands for a person whom the tables of leaders list twice."""
    from giftgraph.resolve.known import load_redirects

    return load_redirects().get(person, person) if person else None


def _post(person: str, mention: Mention) -> str | None:
    """The tenure of a person that covers the day and fits the title; null where none surely does."""
    from giftgraph.resolve.tenures import load_tenures

    if mention.first_day is None or mention.last_day is None:
        return None
    held_roles = {bare(role) for role in mention.roles}
    for held in load_tenures().by_person.get(person, ()):
        days = held.days
        began = days.first is None or days.first <= mention.first_day
        lasted = days.lasted is not None and (days.last or days.lasted) >= mention.last_day
        if held.role in held_roles and began and lasted and days.first is not None:
            return held.key
    return None


def _holders(party: StatedParty, polity: str | None, query: PartyQuery) -> list[Party]:
    """The persons whom a title without a name means on the date."""
    from giftgraph.resolve.tenures import resolve_titles

    title = party.title or party.text
    kin = party.relation or next(iter(_KIN.findall(title)), "")
    if kin and not _SPOUSE.search(kin):
        return [Party(None, title, None, "office", polity, None, "unsure", f"known through another: {kin}")]
    found = resolve_titles(title, polity, query.date)
    if kin and any(each.title is None or each.title.standing != "spouse" for each in found):
        return [Party(None, title, None, "office", polity, None, "unsure", f"known through another: {kin}")]
    return [
        Party(
            None,
            each.title.label if each.title is not None and len(found) > 1 else title,
            _standing_for(each.person),
            "office",
            polity,
            each.post,
            "same" if each.person else "unsure",
            each.why,
            tuple(dict.fromkeys(str(_standing_for(candidate)) for candidate in each.candidates)),
        )
        for each in found
    ]


def _other(party: StatedParty, polity: str | None) -> Party:
    """What is no person: a polity is its own id, an organization has a slug, and nobody has none."""
    if party.status == "polity":
        return Party(None, None, polity, "polity", polity, None, "same" if polity else None, _why(party))
    if party.status == "organization" and party.name:
        return _organization(party, polity)
    return Party(None, party.title, None, party.status, polity, None, None, f"{party.status}: {party.text[:120]}")


def _organization(party: StatedParty, polity: str | None) -> Party:
    from giftgraph.resolve.known import load_organizations

    name = normalize(party.name or "")
    known = load_organizations().get(name)
    if known:
        return Party(party.name, party.title, known, "organization", polity, None, "same", "a known organization")
    kind = party.polity.kind if party.polity is not None else None
    if kind == "international-organisation" and polity and _is_whole(party, polity):
        return Party(party.name, party.title, polity, "organization", polity, None, "same", _why(party))
    words = [word for word in name.split() if word not in ("the", "of", "and", "for")]
    slug = "-".join([*words[:12], *([polity] if polity else [])])
    return Party(
        party.name, party.title, slug or None, "organization", polity, None, "new", "an organization by its name"
    )


def _is_whole(party: StatedParty, polity: str) -> bool:
    """Whether an organization is the international one itself and not a body of it."""
    from giftgraph.resolve.polities import read_polity

    name = party.name or ""
    return normalize(read_polity(name).why).endswith(normalize(name)) or normalize(name) == polity


def _why(party: StatedParty) -> str:
    return party.polity.why if party.polity is not None else party.status
