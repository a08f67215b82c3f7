"""Brokerage roles (Gould and Fernandez 1989): who passes between groups, and in which role.

A chain is a gift from A to the broker and one from the broker to C, where A never gave to C. The groups of the three say the role.
"""

from __future__ import annotations

from typing import Any

from giftgraph.network.centrality import Array, Options, Statistic
from giftgraph.network.projection import collapse
from giftgraph.network.results import Scores
from giftgraph.network.ties import Ties

ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")
GROUPS = ("polity", "region")


def role_of(giver: str, broker: str, receiver: str) -> int:
    """The position in ROLES of a chain by the groups of its three parties.

    >>> [ROLES[role_of(*groups)] for groups in ("aaa", "aba", "aab", "abb", "abc")]
    ['coordinator', 'consultant', 'representative', 'gatekeeper', 'liaison']
    """
    if giver == broker:
        return 0 if receiver == broker else 2
    return 3 if receiver == broker else 1 if giver == receiver else 4


def score_brokerage(network: Any, options: Options) -> Scores:
    """The chains that each party brokers, by role; the value is their sum."""
    simple = collapse(network)
    group = {node: simple.nodes[node].get(options.groups, "") for node in simple}
    counts = {node: [0] * len(ROLES) for node in simple}
    ungrouped = 0
    for broker in simple:
        for giver in simple.predecessors(broker):
            after = set(simple[broker]).difference(simple[giver])
            after.discard(giver)
            for receiver in after:
                if not (group[giver] and group[broker] and group[receiver]):
                    ungrouped += 1
                    continue
                counts[broker][role_of(group[giver], group[broker], group[receiver])] += 1
    if not any(map(any, counts.values())):
        refusal = f"no chain of two gifts leads through anybody whose {options.groups} is known"
        return Scores((), (), refusal=refusal)
    items = tuple(simple)
    details = {role: tuple(counts[node][number] for node in items) for number, role in enumerate(ROLES)}
    notes = [f"Groups are {'polities' if options.groups == 'polity' else 'regions'}."]
    if ungrouped:
        notes.append(f"{ungrouped:,} chains with a party of no known {options.groups} are left out.")
    return Scores(items, tuple(float(sum(counts[node])) for node in items), details, tuple(notes))


def resample_brokerage(ties: Ties, options: Options, scores: Scores) -> Statistic:
    """All chains of two gifts are listed once; a resample counts those whose two ties are there and whose short cut is not."""
    import numpy as np

    groups = ties.polity if options.groups == "polity" else ties.region
    number = {(a, b): pair for pair, (a, b) in enumerate(zip(ties.source.tolist(), ties.target.tolist(), strict=True))}
    after: dict[int, list[int]] = {}
    for a, b in number:
        if groups[b]:
            after.setdefault(a, []).append(b)
    chains = [
        (first, number[b, c], number.get((a, c), -1), b)
        for (a, b), first in number.items()
        if groups[a] and groups[b]
        for c in after.get(b, ())
        if c != a
    ]
    listed = np.array(chains, dtype=np.intp).reshape(-1, 4)
    first, second, cut, broker = listed.T

    def count(times: Array) -> Array:
        there = np.append(ties.weigh(times) > 0, False)
        return np.bincount(broker, there[first] & there[second] & ~there[cut], minlength=len(ties.nodes))

    return count
