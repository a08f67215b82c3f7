"""From names to a picture: who is meant, what passed between them, and the sentence above it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from giftgraph.dates import Bounds, display_year_of, display_years, iso_date, may_lie_in, read_range
from giftgraph.draw.collect import BY, collect_lines, find_transfers_of
from giftgraph.draw.dyad import heading_of
from giftgraph.draw.model import Content, Line, Party, SourceLink, plural
from giftgraph.errors import ParameterInvalid
from giftgraph.names import AGENT_KINDS, Match, candidates, refuse_ambiguous
from giftgraph.output import write_text

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

    from giftgraph.graph import Graph

# Posts named under a party, at most; the others are counted.
_POSTS = 3
_KINDS_BY = {"person": AGENT_KINDS, "office": ("office", *AGENT_KINDS), "polity": ("polity",)}


@dataclass(frozen=True)
class Picture:
    """A drawn picture. It shows itself in a notebook; `save` writes it, `html`, `json`, `network` and `pyvis` give its forms."""

    content: Content

    def html(self, *, navigation: bool = False) -> str:
        """The page, complete in itself: no script, style, font or picture is fetched. `navigation` links back to the explorer."""
        from giftgraph.draw.page import render_page

        return render_page(self.content, navigation=navigation)

    def json(self) -> str:
        """The lines of the picture as JSON, in the order of the table."""
        from giftgraph.draw.export import to_json

        return to_json(self.content)

    def network(self) -> nx.MultiDiGraph:
        """A NetworkX graph: parties as nodes, one edge a gift, from giver to receiver."""
        from giftgraph.draw.export import to_network

        return to_network(self.content)

    def pyvis(self) -> Network:
        """A plain pyvis Network of the parties and gifts, with our positions and no physics, to go on with."""
        from giftgraph.draw.export import to_pyvis

        return to_pyvis(self.content)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture; the suffix decides: .html, .json, .graphml or .gexf. The file is replaced at once."""
        from giftgraph.draw.export import serialize

        suffix = os.path.splitext(path)[1].lstrip(".").casefold() or "html"
        write_text(path, serialize(self, suffix))

    def _repr_html_(self) -> str:
        from html import escape

        page, title = escape(self.html(), quote=True), escape(self.content.title)
        return f'<iframe srcdoc="{page}" width="100%" height="720" title="{title}"></iframe>'

    def __repr__(self) -> str:
        return f"<Picture: {self.content.title}>"


def draw_picture(
    graph: Graph, a: str, b: str | None = None, *, by: str = "person", start: str | None = None, end: str | None = None
) -> Picture:
    """Draw what passed between A and B, in both directions, or around A.

    `by` counts by person, by the office held on the day, or by the polity acted for. An ambiguous B is drawn as all the parties of
    that name that exchanged something with A. Raises NameUnknown, NameAmbiguous or DateInvalid.

    >>> import giftgraph
    >>> draw_picture(giftgraph.open(), "Albright", "Kim Jong Il").content.title
    'What passed between Madeleine Albright and Kim Jong Il'
    """
    if by not in BY:
        raise ParameterInvalid(f"by must be one of {', '.join(BY)}, not {by!r}")
    when = read_range(start, end)
    kinds = _KINDS_BY[by]
    if b is None:
        return _draw_around(graph, _one(a, candidates(graph, a, kinds)), by, when)
    left, right = candidates(graph, a, kinds), candidates(graph, b, kinds)
    return _draw_between(graph, (a, left), (b, right), by, when)


def draw_path(graph: Graph, a: str, b: str, **search: Any) -> Picture:
    """Draw how A and B are connected, as chains; takes what `giftgraph.network.paths.find_path` takes and raises what it raises.

    >>> import giftgraph
    >>> draw_path(giftgraph.open(), "Albright", "Putin", count=2).content.summary[0]
    '2 connections'
    """
    from giftgraph.network.paths import find_path

    return find_path(graph, a, b, **search).picture()


def _one(text: str, matches: Sequence[Match]) -> Match:
    if len(matches) > 1:
        raise refuse_ambiguous((text, matches))
    return matches[0]


def _draw_between(
    graph: Graph, a: tuple[str, list[Match]], b: tuple[str, list[Match]], by: str, when: Bounds
) -> Picture:
    if len(a[1]) > 1 and len(b[1]) > 1:
        raise refuse_ambiguous(a, b)
    if len(a[1]) > 1:
        a, b = b, a
    me = a[1][0]
    others = {match.iri: match for match in b[1] if match.iri != me.iri}
    if not others:
        raise ParameterInvalid(f"{a[0]!r} and {b[0]!r} are both {me.label}; name two different parties")
    theirs = {transfer for other in others for transfer in find_transfers_of(graph, other, by)}
    both = [transfer for transfer in find_transfers_of(graph, me.iri, by) if transfer in theirs]
    lines = collect_lines(graph, both, by, Bounds(None, None), {me.iri, *others})
    between = [line for line in lines if _joins(line, me.iri, others)]
    shown = [line for line in between if may_lie_in(line.earliest_day, line.latest_day, when)]
    first: dict[str, None] = {}
    for line in between:
        for party in (*line.givers, *line.receivers):
            if party.key in others:
                first.setdefault(party.key)
    partners = [others[key] for key in first] or list(others.values())
    if not first and len(partners) > 1:
        raise refuse_ambiguous(b)
    left = _party(graph, me, shown)
    right = tuple(_party(graph, match, shown) for match in partners)
    trimmed = tuple(_only_between(line, me.iri, others) for line in shown)
    return Picture(_describe_dyad(graph, left, right, trimmed, b[0], by, when))


def _joins(line: Line, me: str, others: dict[str, Match]) -> bool:
    givers, receivers = {p.key for p in line.givers}, {p.key for p in line.receivers}
    return (me in givers and not receivers.isdisjoint(others)) or (me in receivers and not givers.isdisjoint(others))


def _only_between(line: Line, me: str, others: dict[str, Match]) -> Line:
    """The line with the parties of the picture first; joint givers who are not in it stay in the details."""

    def mine(parties: tuple[Party, ...]) -> tuple[Party, ...]:
        return tuple(party for party in parties if party.key == me or party.key in others)

    return replace(line, givers=mine(line.givers), receivers=mine(line.receivers))


def _party(graph: Graph, match: Match, lines: Sequence[Line]) -> Party:
    """A party with the posts it held in the exchanges of the lines, each with its years, in the order of time."""
    if match.kind not in ("person", "organization"):
        return Party(match.iri, match.label, match.kind, (match.description,) if match.description else ())
    transfers = " ".join(f"<{transfer}>" for transfer in dict.fromkeys(line.exchange for line in lines))
    rows = graph.query(
        f"SELECT DISTINCT ?office ?start ?end ?from {{ VALUES ?x {{ {transfers} }} ?x gift:hasParticipation ?p . "
        f"?p gift:agent <{match.iri}> ; gift:heldPost ?tenure . ?tenure gift:post/rdfs:label ?office . "
        "OPTIONAL { ?tenure gift:earliestDay ?from } OPTIONAL { ?tenure gift:startEDTF ?start } "
        "OPTIONAL { ?tenure gift:endEDTF ?end } } ORDER BY ?from ?office"
    )
    posts: dict[str, list[str]] = {}
    for row in rows:
        posts.setdefault(str(row["office"]), []).append(display_years(row["start"], row["end"]))
    subtitle = [words for office, spans in list(posts.items())[:_POSTS] for words in (office, ", ".join(spans))]
    if len(posts) > _POSTS:
        subtitle.append(f"and {plural(len(posts) - _POSTS, 'more post')}")
    return Party(match.iri, match.label, match.kind, tuple(subtitle))


def _draw_around(graph: Graph, me: Match, by: str, when: Bounds) -> Picture:
    lines = collect_lines(graph, find_transfers_of(graph, me.iri, by), by, when, {me.iri})
    party = _party(graph, me, lines)
    partners: dict[str, Party] = {}
    for line in lines:
        for other in (*line.givers, *line.receivers):
            if other.key != me.iri:
                partners.setdefault(other.key, other)
    counted = [line for line in lines if line.counted]
    given = [line for line in counted if any(p.key == me.iri for p in line.givers)]
    received = [line for line in counted if not any(p.key == me.iri for p in line.givers)]
    named = [partner for partner in partners.values() if partner.kind != "unknown"]
    summary = (
        f"{plural(len(counted), 'gift')}{_years(counted)}",
        f"{len(given)} given",
        f"{len(received)} received",
        f"{len(named)} named partners",
        *_remarks(lines),
    )
    title = f"With whom {me.label} exchanged gifts" + (", counted by " + by if by != "person" else "")
    advice = (
        ""
        if lines
        else f"No exchange of {me.label} is recorded here{_period_words(when)}. That does not mean that there was none. "
        f"{_reports(graph, me)}Try 'giftgraph find' for other names."
    )
    content = Content(
        "ego",
        title,
        summary,
        (party,),
        tuple(partners.values()),
        tuple(lines),
        graph.version,
        by,
        advice,
        _period(when),
        _all_sources(lines),
    )
    return Picture(content)


def _reports(graph: Graph, me: Match) -> str:
    """That a body reported gifts of its people, who are other parties than itself."""
    query = f"SELECT ?x ?named {{ ?x gift:reportedBy <{me.iri}> BIND(EXISTS {{ ?x gift:recipient ?who }} AS ?named) }}"
    named = [row["named"] for row in graph.query(query)]
    if not named:
        return ""
    words = f"It reported {plural(len(named), 'exchange')} of its people, who are parties of their own"
    return words + (f"; in {named.count(False):,} of them the receiver is not named. " if not all(named) else ". ")


def _describe_dyad(
    graph: Graph, left: Party, right: tuple[Party, ...], lines: tuple[Line, ...], name: str, by: str, when: Bounds
) -> Content:
    counted = [line for line in lines if line.counted]
    to_right = [line for line in counted if any(party.key == left.key for party in line.givers)]
    here = _short(left)
    other, there = (right[0].label, _short(right[0])) if len(right) == 1 else (name, name)
    people = (
        f"; {name} is {len(right)} {'people' if right[0].kind == 'person' else 'parties'}" if len(right) > 1 else ""
    )
    summary = (
        f"{plural(len(counted), 'gift')}{_years(counted)}",
        f"{len(to_right)} {here} → {there}",
        f"{len(counted) - len(to_right)} {there} → {here}",
        *_both_gave(counted, left.key),
        *_remarks(lines),
    )
    title = f"What passed between {left.label} and {other}{people}"
    advice = (
        ""
        if lines
        else f"No exchange between {left.label} and {other} is recorded here{_period_words(when)}. "
        "That does not mean that there was none: "
        f"the collection is not complete for anybody. See what is recorded: giftgraph show {left.label!r}"
    )
    return Content(
        "dyad", title, summary, (left,), right, lines, graph.version, by, advice, _period(when), _all_sources(lines)
    )


def _both_gave(lines: Sequence[Line], left: str) -> list[str]:
    """On how many of the occasions that are drawn both sides gave; an occasion is a visit or a day."""
    sides: dict[tuple[str, str], set[bool]] = {}
    for line in lines:
        sides.setdefault(heading_of(line), set()).add(any(party.key == left for party in line.givers))
    both = sum(len(givers) == 2 for givers in sides.values())
    return [f"both gave on {both} of {plural(len(sides), 'occasion')}"] if sides else []


def _short(party: Party) -> str:
    """The name by which somebody is known in a count: the last word of a Western name, the whole of any other."""
    words = party.label.split()
    return words[-1] if party.kind == "person" and len(words) == 2 else party.label


def _years(lines: Sequence[Line]) -> str:
    days = [day for line in lines for day in (line.earliest_day, line.latest_day) if day is not None]
    if not days:
        return ""
    first, last = (display_year_of(day) for day in (min(days), max(days)))
    return f" {first}" if first == last else f" {first}–{last}"


def _remarks(lines: Sequence[Line]) -> list[str]:
    counted = [line for line in lines if line.counted]
    remarks = [f"value known for {sum(line.valued for line in counted)} of {len(counted)}"] if counted else []
    claims = sum(line.is_claim for line in lines)
    if claims:
        remarks.append(plural(claims, "contradicted claim"))
    others: dict[str, int] = {}
    for line in lines:
        if not line.is_claim and line.nature != "gift":
            others[line.doubt] = others.get(line.doubt, 0) + 1
    plain = {"loan": "loans", "purchase": "purchases", "legend": "legends"}
    remarks += [f"+ {n} {plain.get(word, word) if n > 1 else word}, not counted" for word, n in sorted(others.items())]
    doubtful = sum(line.counted and line.doubt == "doubtful" for line in lines)
    if doubtful:
        remarks.append(f"{doubtful} doubtful")
    return remarks


def _period(when: Bounds) -> str:
    if when == Bounds(None, None):
        return ""
    return f"{iso_date(when.earliest_day) or '…'} to {iso_date(when.latest_day) or '…'}"


def _period_words(when: Bounds) -> str:
    return f" for {_period(when)}" if _period(when) else ""


def _all_sources(lines: Sequence[Line]) -> tuple[SourceLink, ...]:
    return tuple(dict.fromkeys(source for line in lines for source in line.sources))
