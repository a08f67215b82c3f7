"""What a search for connections answers: chains of steps, each with its exchanges, and what was left out, in plain words."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from giftgraph.draw.model import Line, SourceLink, plural

if TYPE_CHECKING:
    from giftgraph.draw.picture import Picture

_CONFIDENCE = {"unchecked": 0, "secondary": 1, "read": 2}
_READ_AS = ("not checked, {}", "doubtful, {}", "read in {}")


class Evidence(NamedTuple):
    """How well something is evidenced; the greater, the better: first how it was read, then the number of sources."""

    confidence: int
    sources: int

    @property
    def words(self) -> str:
        """The evidence in words.

        >>> Evidence(2, 3).words
        'read in 3 sources'
        """
        return _READ_AS[self.confidence].format(plural(self.sources, "source"))


def weigh(confidence: str, sources: int) -> Evidence:
    """The evidence of a record with a confidence (`read`, `secondary`, `unchecked`) and a number of sources.

    >>> weigh("read", 1) > weigh("secondary", 5)
    True
    """
    return Evidence(_CONFIDENCE.get(confidence, 0), sources)


@dataclass(frozen=True)
class Node:
    """A party on the way: its short name, its label and its kind."""

    key: str
    label: str
    kind: str


@dataclass(frozen=True)
class Exchange:
    """An exchange between the two parties of a step, with what was given and the sources that say so."""

    key: str
    label: str
    giver: str
    receiver: str
    direction: str
    gifts: tuple[str, ...]
    date: str
    date_words: str
    confidence: str
    source_count: int
    sources: tuple[SourceLink, ...]

    @property
    def evidence(self) -> Evidence:
        """How well it is evidenced."""
        return weigh(self.confidence, self.source_count)


@dataclass(frozen=True)
class Step:
    """From one party to the next, whoever of them gave; the best evidenced exchange comes first."""

    start: Node
    end: Node
    exchanges: tuple[Exchange, ...]

    @property
    def evidence(self) -> Evidence:
        """The evidence of its best exchange."""
        return max(exchange.evidence for exchange in self.exchanges)


@dataclass(frozen=True)
class Connection:
    """A chain of steps from A to B."""

    steps: tuple[Step, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The parties on the way, both ends included."""
        return (self.steps[0].start, *(step.end for step in self.steps))

    @property
    def evidence(self) -> Evidence:
        """The evidence of the weakest step: a chain is as strong as that."""
        return min(step.evidence for step in self.steps)

    @property
    def words(self) -> str:
        """How long it is and how strong."""
        weakest = "weakest step " if len(self.steps) > 1 else ""
        return f"{plural(len(self.steps), 'step')}, {weakest}{self.evidence.words}"


@dataclass(frozen=True)
class LeftOut:
    """What no connection was allowed to cross: institutions, exchanges that only ran through them, and large exchanges."""

    institutions: int
    institution_exchanges: int
    summits: int
    most_parties: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was left out."""
        return not self.institutions and not self.summits

    @property
    def words(self) -> str:
        """What was left out, and how to include it."""
        parts = []
        if self.institutions:
            parts.append(
                f"{plural(self.institutions, 'institution')} with {plural(self.institution_exchanges, 'exchange')} "
                "(include all with --through institution, one with --through and its key)"
            )
        if self.summits:
            parts.append(
                f"{plural(self.summits, 'exchange')} of more than {self.most_parties} parties "
                "(include all with --through summit, one with --through and its key)"
            )
        return f"Not crossed: {'; '.join(parts)}." if parts else ""


@dataclass(frozen=True)
class PathResult:
    """The connections between A and B, best first, or why there is none.

    `sizes` are the numbers of parties that A and B can reach, themselves included; `distance` is the number of steps of the shortest
    connection there is (None: not connected), `distance_with_all` the same when nothing is left out. `more` says that there are
    further connections within `at_most` steps, `cut` that there were too many equally good ones to look at all of them.
    """

    a: Node
    b: Node
    connections: tuple[Connection, ...]
    at_most: int
    more: bool
    cut: bool
    sizes: tuple[int, int]
    distance: int | None
    distance_with_all: int | None
    left_out: LeftOut
    by: str
    period: str
    version: str
    network: tuple[str, ...] = ()
    lines: tuple[Line, ...] = field(default=(), repr=False)

    @property
    def sentence(self) -> str:
        """The answer in a sentence."""
        names = f"{self.a.label} and {self.b.label}"
        if self.distance is None:
            return f"{names} are not connected by the gifts recorded here"
        if not self.connections:
            return f"{names} are connected, but in no fewer than {plural(self.distance, 'step')}"
        return f"How gifts connect {names}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What else has to be said: how far each reaches, whether there is more, and what was left out."""
        notes = []
        if self.distance is None:
            notes += [self._reach(node, size) for node, size in zip((self.a, self.b), self.sizes, strict=True)]
        elif not self.connections:
            notes.append(f"Only {plural(self.at_most, 'step')} were allowed: ask with --at-most {self.distance}.")
        if self.cut:
            notes.append("There are very many equally good connections: not all of them were compared by name.")
        elif self.more:
            notes.append("There are further connections: --max shows more of them.")
        if not self.left_out.is_empty:
            notes += [self.left_out.words, *self._otherwise()]
        return tuple(notes)

    def _reach(self, node: Node, size: int) -> str:
        where = f" ({self.period})" if self.period else ""
        if size == 1:
            return f"{node.label} is connected with nobody{where}."
        return f"{node.label} is in a group of {size:,} connected parties{where}."

    def _otherwise(self) -> list[str]:
        """What including everything would change."""
        other = self.distance_with_all
        if other is None:
            return ["They would not be connected with that included either."]
        if self.distance is None:
            return [f"With that included they are connected, the shortest way in {plural(other, 'step')}."]
        if other < self.distance:
            return [f"With that included the shortest way has {plural(other, 'step')} instead of {self.distance}."]
        return []

    def picture(self) -> Picture:
        """The connections drawn as chains; a notebook shows the same."""
        from giftgraph.draw.chain import describe_chains
        from giftgraph.draw.picture import Picture

        return Picture(describe_chains(self))

    def _repr_html_(self) -> str:
        return self.picture()._repr_html_()

    def to_dict(self) -> dict[str, Any]:
        """Everything but the lines of pictures, as plain dicts and lists for JSON."""
        ends = zip((self.a, self.b), self.sizes, strict=True)
        return {
            "a": asdict(self.a),
            "b": asdict(self.b),
            "by": self.by,
            "period": self.period,
            "version": self.version,
            "connected": self.distance is not None,
            "distance": self.distance,
            "distance_with_all": self.distance_with_all,
            "at_most": self.at_most,
            "more": self.more,
            "cut": self.cut,
            "components": [{"of": node.key, "parties": size} for node, size in ends],
            "left_out": asdict(self.left_out),
            "notes": list(self.notes),
            "network": list(self.network),
            "connections": [
                {
                    "steps": [asdict(step) for step in connection.steps],
                    "weakest": connection.evidence._asdict(),
                    "words": connection.words,
                }
                for connection in self.connections
            ],
        }

    def rows(self) -> list[dict[str, str | int]]:
        """One flat row for each exchange of each step: what CSV and data frames take."""
        return [
            {
                "connection": number,
                "step": place,
                "from": step.start.key,
                "from_label": step.start.label,
                "to": step.end.key,
                "to_label": step.end.label,
                "exchange": exchange.key,
                "label": exchange.label,
                "giver": exchange.giver,
                "receiver": exchange.receiver,
                "gifts": "; ".join(exchange.gifts),
                "date": exchange.date,
                "date_words": exchange.date_words,
                "confidence": exchange.confidence,
                "sources": "; ".join(source.title for source in exchange.sources),
                "links": " ".join(source.url for source in exchange.sources if source.url),
            }
            for number, connection in enumerate(self.connections, 1)
            for place, step in enumerate(connection.steps, 1)
            for exchange in step.exchanges
        ]


ROW_FIELDS = (
    "connection",
    "step",
    "from",
    "from_label",
    "to",
    "to_label",
    "exchange",
    "label",
    "giver",
    "receiver",
    "gifts",
    "date",
    "date_words",
    "confidence",
    "sources",
    "links",
)
