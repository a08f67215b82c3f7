"""The measures of the network by their names in the field: what each asks, its method and source, what it needs, what to beware of.

Every value is NetworkX's on a plain network that `graph.network(…)` gives, or a few lines over it; `method` says which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from giftgraph.errors import ParameterInvalid
from giftgraph.network import balance, brokerage, categories, centrality, communities, mixing
from giftgraph.network.centrality import Options, Prepare
from giftgraph.network.results import Scores

LEAST = 5  # parties and exchanges below which most measures say nothing


@dataclass(frozen=True)
class Measure:
    """A measure: what it asks, how it is computed and after whom, what it needs, and what to beware of.

    `shape` says what its rows are: a `ranking` of parties, `values` of the whole network, a `profile` or `communities`.
    """

    name: str
    question: str
    method: str
    needs: str
    caution: str
    value: str
    score: Callable[[Any, Options], Scores]
    prepare: Prepare
    shape: str = "ranking"
    item: str = "party"
    by: str = "person"
    parties: int = 0
    least: int = LEAST
    functions: tuple[str, ...] = ()
    most_resamples: int = 10_000


_FEW = "A few recorded exchanges move it; see the rank intervals."
_RECORDED = "It measures what is recorded: whoever publishes registers of gifts stands higher."
_MEASURES = (
    Measure(
        "in-degree",
        "From how many different parties did each party receive?",
        "The number of givers of a party (NetworkX in_degree of the collapsed network).",
        "one exchange",
        _RECORDED,
        "givers",
        centrality.score_degree("in"),
        centrality.resample_degree("in"),
        least=1,
    ),
    Measure(
        "out-degree",
        "To how many different parties did each party give?",
        "The number of receivers of a party (NetworkX out_degree of the collapsed network).",
        "one exchange",
        _RECORDED,
        "receivers",
        centrality.score_degree("out"),
        centrality.resample_degree("out"),
        least=1,
    ),
    Measure(
        "in-strength",
        "How often did each party receive?",
        "The weights of the ties to a party: an exchange counts once for each giver in it; `shares` counts each exchange once.",
        "one exchange",
        _RECORDED,
        "received",
        centrality.score_strength("in"),
        centrality.resample_strength("in"),
        least=1,
    ),
    Measure(
        "out-strength",
        "How often did each party give?",
        "The weights of the ties from a party: an exchange counts once for each receiver in it; `shares` counts each exchange once.",
        "one exchange",
        _RECORDED,
        "gave",
        centrality.score_strength("out"),
        centrality.resample_strength("out"),
        least=1,
    ),
    Measure(
        "pagerank",
        "Who receives from those who receive much themselves?",
        "PageRank (Brin and Page 1998) along gifts, weights are exchanges, damping 0.85, iterated to 1e-12 (NetworkX pagerank).",
        "5 parties and 5 exchanges",
        "A gift is no vote: a high rank says that gifts run together there, not that somebody is important.",
        "pagerank",
        centrality.score_pagerank,
        centrality.resample_pagerank,
        functions=("pagerank",),
    ),
    Measure(
        "hubs",
        "Who gives to those who receive from many givers?",
        "HITS hubs (Kleinberg 1999), weights are exchanges (NetworkX hits).",
        "5 parties and 5 exchanges, one part stronger than all others",
        "It describes the strongest part of the network; everybody elsewhere gets nearly nothing.",
        "hub",
        centrality.score_hits("hubs"),
        centrality.resample_hits("hubs"),
        functions=("hits",),
    ),
    Measure(
        "authorities",
        "Who receives from those who give to many receivers?",
        "HITS authorities (Kleinberg 1999), weights are exchanges (NetworkX hits).",
        "5 parties and 5 exchanges, one part stronger than all others",
        "It describes the strongest part of the network; everybody elsewhere gets nearly nothing.",
        "authority",
        centrality.score_hits("authorities"),
        centrality.resample_hits("authorities"),
        functions=("hits",),
    ),
    Measure(
        "betweenness",
        "Who stands on the shortest chains between others?",
        "Betweenness (Freeman 1977, Brandes 2001), any exchange joins both ways, weights do not count; exact up to "
        f"{centrality.EXACT:,} parties, above that estimated from 512 with its standard error (Brandes and Pich 2007) "
        "(NetworkX betweenness_centrality). In resamples the chains start from 128 parties drawn anew, which widens the intervals.",
        "5 parties and 5 exchanges, a part of 10 parties",
        "A chain of gifts over centuries is a chain of records; nobody need have passed anything on.",
        "betweenness",
        centrality.score_betweenness,
        centrality.resample_betweenness,
        functions=("betweenness_centrality",),
    ),
    Measure(
        "closeness",
        "Who is few steps away from many?",
        "Closeness within each part, times the share of parties in it (Wasserman and Faust 1994), any exchange joins both ways "
        "(NetworkX closeness_centrality). Above 1,000 parties a resample takes the distances to 128 of them.",
        "5 parties and 5 exchanges, a part of 10 parties",
        "Many parties are nearly equally close: small differences mean nothing.",
        "closeness",
        centrality.score_closeness,
        centrality.resample_closeness,
        functions=("closeness_centrality",),
    ),
    Measure(
        "k-core",
        "Who is in the dense middle, where everybody exchanged with many?",
        "The core number (Seidman 1983; Batagelj and Zaversnik 2003), any exchange joins both ways (NetworkX core_number).",
        "5 parties and 5 exchanges",
        "Many parties share a core, so the first places are shared.",
        "core",
        centrality.score_core,
        centrality.resample_core,
        functions=("core_number",),
    ),
    Measure(
        "brokerage",
        "Who passes between groups, and in which role?",
        "The roles of Gould and Fernandez (1989) over polities or regions (--groups): chains A to broker to C where A never gave "
        "to C. Coordinator: all of one group. Consultant (itinerant): A and C of one group, the broker of another. "
        "Representative: A and the broker. Gatekeeper: the broker and C. Liaison: three groups.",
        "5 parties and 5 exchanges, a chain of two gifts",
        "That a chain exists does not mean that anything was passed on along it.",
        "chains",
        brokerage.score_brokerage,
        brokerage.resample_brokerage,
    ),
    Measure(
        "reciprocity",
        "How much is answered?",
        "The share of ties with a tie back (NetworkX overall_reciprocity), the share of exchanges matched by one back (Squartini and "
        "others 2013), and the first beyond chance at this density (Garlaschelli and Loffredo 2004).",
        "5 parties and 5 exchanges",
        "An answer that is not recorded looks like no answer.",
        "value",
        mixing.score_reciprocity,
        mixing.resample_reciprocity,
        shape="values",
        item="number",
        functions=("overall_reciprocity",),
    ),
    Measure(
        "balance",
        "Which of two parties gave the other more, and when?",
        "(given by A − given by B) / both, for all exchanges and for each ten years (--window for others).",
        "two parties with an exchange",
        "Exchanges are counted, not what the gifts were worth.",
        "balance",
        balance.score_balance,
        balance.resample_balance,
        shape="values",
        item="window",
        by="polity",
        parties=2,
        least=1,
    ),
    Measure(
        "communities",
        "Which parties exchange more among themselves than with others?",
        "Louvain (Blondel and others 2008) on exchanges in either direction, the best of 20 seeded runs by modularity "
        "(NetworkX louvain_communities).",
        "5 parties and 5 exchanges",
        "Small separate parts are communities by themselves; `together` near 1 says only that chance does not divide them.",
        "together",
        communities.score_communities,
        communities.resample_communities,
        shape="communities",
        item="community",
        functions=("louvain_communities", "modularity"),
        most_resamples=50,
    ),
    Measure(
        "assortativity",
        "Do gifts stay within a region of the world?",
        "The assortativity coefficient over UN regions (Newman 2003), weights do not count (NetworkX "
        "attribute_assortativity_coefficient), and the share of exchanges within a region.",
        "5 parties and 5 exchanges, two regions",
        "Historic polities have the region of today's territory.",
        "value",
        mixing.score_assortativity,
        mixing.resample_assortativity,
        shape="values",
        item="number",
        functions=("attribute_assortativity_coefficient",),
    ),
    Measure(
        "signature",
        "Which kinds of gifts are typical of a party?",
        "The lift: the share of the party's exchanges with a category over that of all others; said to differ when the 95 % interval "
        f"(Katz and others 1978) leaves 1 out and at least {categories.FLOOR} exchanges have it.",
        "one party with an exchange",
        "With many categories some differ by chance alone: one in twenty.",
        "lift",
        categories.score_signature,
        categories.resample_signature,
        shape="profile",
        item="category",
        parties=1,
    ),
    Measure(
        "concentration",
        "How much of all giving comes from few givers?",
        "Herfindahl and Hirschman's index and its inverse, the Gini coefficient among givers, and the share of the first 1, 5 and 10; "
        "each exchange counts once.",
        "5 parties and 5 exchanges",
        _RECORDED,
        "value",
        mixing.score_concentration,
        mixing.resample_concentration,
        shape="values",
        item="number",
    ),
)
MEASURES: dict[str, Measure] = {measure.name: measure for measure in _MEASURES}


def find_measure(name: str) -> Measure:
    """The measure of a name. Raises ParameterInvalid with the nearest names.

    >>> find_measure("pagerank").functions
    ('pagerank',)
    """
    key = "-".join(name.casefold().replace("_", " ").replace("-", " ").split())
    if key in MEASURES:
        return MEASURES[key]
    near = ", ".join(get_close_matches(key, MEASURES, n=3, cutoff=0.5))
    hint = f"nearest: {near}" if near else "'giftgraph measure' lists them"
    raise ParameterInvalid(f"there is no measure {name[:40]!r}; {hint}")
