"""The graph that people hold: ask it, look names up, draw it, or take it as rdflib."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from giftgraph.errors import ParameterInvalid, QueryInvalid
from giftgraph.results import Result, Triples, Truth
from giftgraph.sparql import add_prefixes, check_query, explain_syntax
from giftgraph.store.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from giftgraph.draw import Picture
    from giftgraph.draw.overview import NetworkPicture
    from giftgraph.names import Match
    from giftgraph.network.connections import PathResult
    from giftgraph.network.results import MeasureResult

Answer = Result | Truth | Triples


def open_graph(data: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None = None) -> Graph:
    """Open the graph of the shipped data, or of the files given; `+FILE` adds to the shipped data.

    The snapshot is built on first use and reused afterwards. Raises DataUnreadable for a file that cannot be read.

    >>> graph = open_graph()
    >>> bool(graph.query("ASK { person:vladimir-putin a gift:Person }"))
    True
    """
    if data is None:
        paths = None
    elif isinstance(data, str | os.PathLike):
        paths = [os.fspath(data)]
    else:
        paths = [os.fspath(path) for path in data]
    return Graph(open_snapshot(paths))


class Graph:
    """A graph over an immutable snapshot; any number of processes may hold the same one."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @property
    def directory(self) -> str | None:
        """The directory that `pyoxigraph.Store.read_only` opens; None when the data is only in memory."""
        return self._snapshot.directory

    @property
    def version(self) -> str:
        """The hash of the dataset, which names its snapshot."""
        return self._snapshot.version

    def query(self, text: str, /, *, services: Sequence[str] = (), **parameters: object) -> Any:
        """Ask a query: SPARQL text, a path to an .rq file, or the name of a catalogue query with its parameters.

        All prefixes of the model are known. Returns a Result (SELECT), Truth (ASK) or Triples (CONSTRUCT, DESCRIBE).
        Raises QueryInvalid with line and column, QueryUnknown or ParameterInvalid.

        >>> [row.name for row in open_graph().query("SELECT ?name { person:qaitbay rdfs:label ?name }")]
        ['Qaitbay']
        """
        return run_query(self._snapshot.store, query_text(text, parameters), services)

    def construct(self, text: str, /, **parameters: object) -> Triples:
        """Ask a CONSTRUCT or DESCRIBE query. Raises QueryInvalid when the text is of another form."""
        answer = run_query(self._snapshot.store, query_text(text, parameters))
        if not isinstance(answer, Triples):
            raise QueryInvalid("construct() needs a CONSTRUCT or DESCRIBE query; use query() for this one")
        return answer

    def find(self, text: str, on: str | None = None, kind: str | None = None) -> list[Match]:
        """The entities that fit a name, alias or title (see `giftgraph.names.find`)."""
        from giftgraph.names import find

        return find(self, text, kind=kind, on=on)

    def show(
        self, a: str, b: str | None = None, *, by: str = "person", start: str | None = None, end: str | None = None
    ) -> Picture:
        """The picture of what passed between two parties, or around one (see `giftgraph.draw.draw_picture`)."""
        from giftgraph.draw import draw_picture

        return draw_picture(self, a, b, by=by, start=start, end=end)

    def show_network(
        self, *, by: str = "person", start: str | None = None, end: str | None = None, size: str = "exchanges"
    ) -> NetworkPicture:
        """The picture of the whole network (see `giftgraph.draw.overview.draw_network`).

        >>> open_graph().show_network(by="polity")
        <NetworkPicture: Who exchanged gifts with whom, counted by polity, ...>
        """
        from giftgraph.draw.overview import draw_network

        return draw_network(self, by=by, start=start, end=end, size=size)

    def network(
        self,
        *,
        by: str = "person",
        start: str | None = None,
        end: str | None = None,
        categories: Collection[str] = (),
        min_rank: str = "preferred",
        min_confidence: str = "unchecked",
        directed: bool = True,
        collapse: bool = False,
    ) -> nx.MultiDiGraph | nx.DiGraph:
        """The network of parties as plain NetworkX: one edge an exchange and pair, or with `collapse` one a pair.

        What is counted is said in `giftgraph.network.projection.RULE`, what this network holds and left out in its `graph`
        attributes. With `directed=False` it is a MultiGraph or a Graph. Raises ParameterInvalid or DateInvalid.

        >>> open_graph().network(by="polity", collapse=True)["polity:rus"]["polity:prk"]["weight"] > 5
        True
        """
        from giftgraph.network.projection import collapse as collapse_network
        from giftgraph.network.projection import project

        network = project(
            self,
            by=by,
            start=start,
            end=end,
            categories=categories,
            min_rank=min_rank,
            min_confidence=min_confidence,
            directed=directed,
        )
        return collapse_network(network) if collapse else network

    def measure(
        self,
        name: str,
        *parties: str,
        by: str | None = None,
        start: str | None = None,
        end: str | None = None,
        top: int = 20,
        groups: str | None = None,
        window: str | None = None,
        backend: str | None = None,
        resamples: int = 200,
        seed: int = 0,
    ) -> MeasureResult:
        """A measure of the network, with what it counted and how stable it is (see `giftgraph.network.measurement.measure`).

        `giftgraph.network.measures.MEASURES` holds them by name. Raises ParameterInvalid, NameUnknown, NameAmbiguous, DateInvalid or
        DependencyMissing.

        >>> open_graph().measure("in-strength", by="polity", top=1, resamples=20).column("rank_high")
        [1]
        """
        from giftgraph.network.measurement import measure

        return measure(
            self,
            name,
            *parties,
            by=by,
            start=start,
            end=end,
            top=top,
            groups=groups,
            window=window,
            backend=backend,
            resamples=resamples,
            seed=seed,
        )

    def path(
        self,
        a: str,
        b: str,
        *,
        count: int = 5,
        at_most: int = 6,
        most_parties: int = 6,
        through: Collection[str] = (),
        by: str = "person",
        start: str | None = None,
        end: str | None = None,
    ) -> PathResult:
        """How two parties are connected by gifts, each step with its exchanges and sources (see `giftgraph.network.paths`).

        `picture()` of the result draws the connections as chains. Raises NameUnknown, NameAmbiguous, DateInvalid or ParameterInvalid.

        >>> [step.end.label for step in open_graph().path("Albright", "Putin").connections[0].steps]
        ['Kim Jong Il', 'Vladimir Putin']
        """
        from giftgraph.network.paths import find_path

        return find_path(
            self,
            a,
            b,
            count=count,
            at_most=at_most,
            most_parties=most_parties,
            through=through,
            by=by,
            start=start,
            end=end,
        )

    @property
    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same snapshot: its default graph and one named graph a data file."""
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Dataset(store=OxigraphStore(store=self._snapshot.store))

    def __repr__(self) -> str:
        return f"<Graph {self.version}: {len(self._snapshot.store)} statements>"


def query_text(text: str, parameters: Mapping[str, object]) -> str:
    """SPARQL as it is; the text of a file or of a catalogue query with its parameters bound."""
    if not text.endswith(".rq") and ("{" in text or " " in text.strip()):
        if parameters:
            raise ParameterInvalid(
                "only a file or a query of the catalogue takes parameters; write the values into the query"
            )
        return text
    from giftgraph.catalogue import load

    return load(text.strip()).bind(parameters)


def run_query(store: ox.Store, text: str, services: Sequence[str] = ()) -> Answer:
    """Run a query on a store after checking it."""
    check_query(text, services)
    complete = add_prefixes(text)
    try:
        return _take(store.query(complete), text)
    except SyntaxError as error:
        problem = explain_syntax(text, str(error.msg), len(complete) - len(text))
    except (ValueError, OSError) as error:
        problem = f"the query cannot be answered: {' '.join(str(error).split())[:200]}"
    # Raised outside the handlers: an error that carries another one keeps its frames, and Oxigraph's solutions in them may only be
    # freed by the thread that made them.
    raise QueryInvalid(problem)


def _take(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, text: str) -> Answer:
    if isinstance(answer, ox.QuerySolutions):
        return Result.from_solutions(answer, text)
    return Truth(bool(answer)) if isinstance(answer, ox.QueryBoolean) else Triples(answer)
