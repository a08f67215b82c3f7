"""From the files of a register to records and statements: read, corrected, resolved in one run over all files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from pathlib import Path

import pyoxigraph as ox

from giftgraph import turtle
from giftgraph.curated.tables import Person
from giftgraph.dates import read_bounds
from giftgraph.description import Statements
from giftgraph.errors import CuratedInvalid, DateInvalid, ParameterInvalid, RegisterUnreadable
from giftgraph.resolve.gifts import read_gifts
from giftgraph.resolve.resolution import PartyQuery, resolve_parties
from giftgraph.resolve.review import load_reviews, review_file
from giftgraph.resources import data_file, same_events_file
from giftgraph.sources.agents import gather_agents, state_agents
from giftgraph.sources.card import Card, read_card
from giftgraph.sources.corrections import Corrected, correct, read_corrections
from giftgraph.sources.described import Described, read_described
from giftgraph.sources.leaders import known_people, state_terms
from giftgraph.sources.quality import measure_quality, write_quality
from giftgraph.sources.records import Block, write_csv, write_jsonl
from giftgraph.sources.report import write_report
from giftgraph.sources.same_events import propose, read_same_events, same_in, write_candidates
from giftgraph.sources.stated import Finding, Notice, StatedBlock
from giftgraph.sources.statements import Frame, exchange_keys, state_blocks, state_document
from giftgraph.vocabulary import GRAPH

PARTIES = "parties"
"""The graph of a register's agents, beside one graph for each document."""


@dataclass(frozen=True, slots=True)
class Import:
    """What came of the files of a register: the blocks and notices in the order of publication, and what the graph knew before."""

    card: Card
    notices: tuple[Notice, ...]
    blocks: tuple[Block, ...]
    described: Described

    def state(self, *, texts: bool = False) -> Iterator[tuple[str, Statements]]:
        """The statements graph by graph: the agents, then each document; with `texts` the words of the cells too.

        They are made while they are taken, because those of a whole register fill the memory.
        """
        agents = gather_agents(self.blocks, self.card, self.described, known_people())
        frame = self.frame(agents, texts=texts)
        posts = {party.post for block in self.blocks for party in (*block.donors, *block.recipients) if party.post}
        yield PARTIES, chain(state_agents(agents.values()), state_terms(posts, agents, self.described))
        of_document = self._by_document()
        for notice in self.notices:
            blocks = of_document[notice.document]
            yield notice.document.lower(), chain(state_document(notice, frame), state_blocks(blocks, frame))

    def _by_document(self) -> dict[str, list[Block]]:
        found: dict[str, list[Block]] = defaultdict(list)
        for block in self.blocks:
            found[block.source].append(block)
        return found

    def frame(self, agents: Mapping[str, Person], *, texts: bool = False) -> Frame:
        """What the statements of the blocks may refer to."""
        same = same_in(read_same_events(same_events_file()), self.card.name)
        return Frame(self.card, self.described, {name: agent.name for name, agent in agents.items()}, same, texts)

    def serialize(self, written_as: str) -> str:
        """The records as `jsonl` or `csv`, or the statements as `ttl` or `nq`, with the words of the cells."""
        return "".join(self.write_parts(written_as))

    def write_parts(self, written_as: str) -> Iterator[str]:
        """The same text in parts. Raises ParameterInvalid for another format."""
        if written_as == "jsonl":
            yield write_jsonl(self.blocks, self.described.codes)
        elif written_as == "csv":
            yield write_csv(self.blocks, self.described.codes)
        elif written_as == "ttl":
            yield from turtle.write_parts(triple for _name, triples in self.state(texts=True) for triple in triples)
        elif written_as == "nq":
            for name, triples in self.state(texts=True):
                yield from _write_quads(f"{GRAPH}{self.card.name}/{name}", triples)
        else:
            raise ParameterInvalid(f"{written_as!r} is none of jsonl, csv, ttl, nq")

    def files(self) -> dict[str, str]:
        """The committed data by name of file: canonical Turtle of each graph without the words of the cells, and `quality.csv`."""
        self._check_same_events()
        files = {f"{name}.ttl": turtle.serialize(triples) for name, triples in self.state()}
        years = {notice.document: notice.year for notice in self.notices}
        return files | {"quality.csv": write_quality(measure_quality(self.blocks, years))}

    def _check_same_events(self) -> None:
        """Every exchange that was decided upon is there. Raises CuratedInvalid: an id that is gone would be counted twice."""
        keys = {key for blocks in self._by_document().values() for key in exchange_keys(self.card, blocks)}
        for each in read_same_events(same_events_file()):
            if each.register == self.card.name and each.exchange not in keys:
                raise CuratedInvalid(
                    f"{same_events_file()}: {self.card.name} has no exchange {each.exchange!r} (any more)"
                )

    def list_same(self) -> str:
        """The pairs of exchanges that this register and the curated graph may both tell, a line each, with what was decided."""
        from giftgraph.graph import open_graph

        decided = {(each.curated, each.exchange): each.verdict for each in read_same_events(same_events_file())}
        found = propose(open_graph(data_file()), self.blocks, self.frame({}))
        return write_candidates(found, decided)

    def report(self) -> str:
        """The whole account: each document with its rows, labels and findings, then what was resolved."""
        return "\n".join([write_report(self.notices), *self.summary(), ""])

    def summary(self) -> list[str]:
        """A few lines: what was read, what was resolved, and how much waits for a look."""
        parties = Counter(
            party.judgement or party.status for block in self.blocks for party in (*block.donors, *block.recipients)
        )
        named = ", ".join(f"{number:,} {what}" for what, number in sorted(parties.items(), key=lambda x: (-x[1], x[0])))
        findings = sum(len(notice.findings) for notice in self.notices)
        corrected = sum(len(block.corrections) for block in self.blocks)
        read = f"{len(self.blocks):,} blocks of {len(self.notices):,} documents, {corrected:,} fields corrected"
        seen = f"{findings:,} findings to look at (--report FILE lists them)" if findings else "no findings"
        return [read, f"parties: {named or 'none'}", seen]


def _write_quads(graph: str, triples: Iterable[ox.Triple]) -> Iterator[str]:
    """A line a statement, each once, in the order in which they are made."""
    name = ox.NamedNode(graph)
    quads = (ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in dict.fromkeys(triples))
    yield (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()


def import_register(name: str, paths: Sequence[Path]) -> Import:
    """Read the files of a register in the order of publication, whatever order they are given in.

    Raises:
        NameUnknown: no register has this name.
        RegisterUnreadable: a file is no document of the register, or a document is given twice.
        RegisterChanged: a known document has other counts than the card says.
    """
    card = read_card(name)
    read = [(card.read(path), path) for path in paths]
    read.sort(key=lambda pair: (pair[0].published, pair[0].document))
    for (notice, path), (following, other) in pairwise(read):
        if notice.document == following.document:
            raise RegisterUnreadable(f"document {notice.document} is given twice: {path} and {other}")
    corrections = read_corrections(Path(__file__).parent / card.folder / "corrections.csv")
    notices: list[Notice] = []
    stated: list[Corrected] = []
    for notice, _path in read:
        corrected, findings = correct(notice.blocks, corrections)
        dated = [(_check_date(block), applied) for block, applied in corrected]
        undone = [_undated(before, after) for before, after in zip(corrected, dated, strict=True) if before != after]
        found = (*notice.findings, *card.check(notice), *findings, *undone)
        notices.append(replace(notice, findings=tuple(sorted(found, key=lambda finding: (finding.line, finding.what)))))
        stated += dated
    described = read_described([data_file()])
    return Import(card, tuple(notices), _resolve(stated, card), described)


def _resolve(stated: Sequence[Corrected], card: Card) -> tuple[Block, ...]:
    """The blocks with their parties and gifts, resolved in one run, because a spelling is understood beside the others."""
    queries: list[PartyQuery] = []
    for block, _applied in stated:
        where = f"{block.document} {block.locator}"
        queries.append(PartyQuery(block.recipient, block.date, card.polity, "recipient", where))
        queries.append(PartyQuery(block.donor, block.date, None, "donor", where))
    answers = resolve_parties(queries, reviews=load_reviews(review_file()))
    return tuple(
        Block(
            source=block.document,
            locator=block.locator,
            agency=block.agency,
            kind=block.kind,
            recipients=recipients.parties,
            donors=donors.parties,
            donor_polity=donors.polity,
            gifts=read_gifts(block.description, block.kind),
            date=block.date,
            value=block.value,
            disposition=block.disposition,
            as_stated=dict(block.as_stated),
            corrections=tuple(correction.record() for correction in applied),
            donor_polity_why=donors.polity_why,
        )
        for (block, applied), recipients, donors in zip(stated, answers[::2], answers[1::2], strict=True)
    )


def _check_date(block: StatedBlock) -> StatedBlock:
    """The block without a date that is none: the words stay, the number goes."""
    try:
        if block.date:
            read_bounds(block.date)
    except DateInvalid:
        return replace(block, date=None)
    return block


def _undated(before: Corrected, after: Corrected) -> Finding:
    return Finding(before[0].document, before[0].line, "a date that is none", before[0].date or "")
