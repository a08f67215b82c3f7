"""The identities that come out of the clusters: an id and a name for each, the judgement of each mention, the pairs left open.

The id of a new person is the slug of the cluster's usual normal form and the polity. Normal forms have one spelling for each common
name and no particles or honorifics, so that transliterations of a name give the same id in every run; the form that most mentions
state is taken, then the longer one, so that a rare misprint does not change it. On a collision the later cluster gets a suffix.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from giftgraph.resolve.judgement import Judgement
from giftgraph.resolve.mentions import KnownPerson, Mention, Subject, Tally
from giftgraph.resolve.scores import UNSURE
from giftgraph.resolve.spellings import slug_words


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a mention is: `id` and the name to show; `candidates` are the ids between which an unsure one lies."""

    id: str
    name: str
    judgement: Judgement
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair of identities that may be one: the keys that a review names, a mention of each, the judgement that left it open."""

    left: str
    right: str
    left_mention: Mention
    right_mention: Mention
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Identification:
    """The identities in the order of the mentions, the pairs left unsure, and the work done."""

    identities: tuple[Identity, ...]
    doubts: tuple[Doubt, ...]
    tally: Tally


@dataclass(slots=True)
class Cluster:
    """Subjects that are one person, by their places; a known person where one of them is."""

    members: list[int]
    known: KnownPerson | None = None
    links: dict[int, Judgement] = field(default_factory=dict)
    """The judgement by which a subject came in."""


def name_identities(
    mentions: Sequence[Mention],
    subjects: Sequence[Subject],
    places: Sequence[int],
    clusters: Sequence[Cluster],
    judged: Mapping[tuple[int, int], Judgement],
    open_ends: Mapping[int, Sequence[tuple[Judgement, KnownPerson]]],
    tally: Tally,
) -> Identification:
    """The identities of all mentions in their order, and the pairs of identities left open."""
    stated: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        stated[place].append(number)
    ids = _give_ids(subjects, clusters, {place: len(numbers) for place, numbers in stated.items()})
    identities: list[Identity | None] = [None] * len(mentions)
    for number, cluster in enumerate(clusters):
        name = cluster.known.names[0] if cluster.known else _usual_name(mentions, stated, cluster)
        for place in cluster.members:
            judgement, candidates = _judgement_of(place, cluster, open_ends)
            for at in stated[place]:
                identities[at] = Identity(ids[number], name, judgement, candidates)
    doubts = _find_doubts(mentions, subjects, stated, clusters, judged, open_ends)
    return Identification(tuple(identity for identity in identities if identity), doubts, tally)


def _find_doubts(
    mentions: Sequence[Mention],
    subjects: Sequence[Subject],
    stated: Mapping[int, Sequence[int]],
    clusters: Sequence[Cluster],
    judged: Mapping[tuple[int, int], Judgement],
    open_ends: Mapping[int, Sequence[tuple[Judgement, KnownPerson]]],
) -> tuple[Doubt, ...]:
    """The pairs left open, one for two clusters, by the keys that a review names; the surest first."""
    home = {place: number for number, cluster in enumerate(clusters) for place in cluster.members}
    keys = {}
    for place, number in home.items():
        known = clusters[number].known
        keys[place] = known.id if known else subject_key(subjects[place])
    found: dict[tuple[object, object], Doubt] = {}

    def keep(pair: tuple[object, object], doubt: Doubt) -> None:
        if doubt.left != doubt.right and (pair not in found or found[pair].judgement.score < doubt.judgement.score):
            found[pair] = doubt

    for (one, other), judgement in judged.items():
        both_known = clusters[home[one]].known and clusters[home[other]].known
        if home[one] != home[other] and judgement.score >= UNSURE and not both_known:
            first, second = sorted((one, other), key=lambda place: (keys[place], place))
            examples = (mentions[stated[first][0]], mentions[stated[second][0]])
            clusters_of = (min(home[one], home[other]), max(home[one], home[other]))
            keep(clusters_of, Doubt(keys[first], keys[second], *examples, judgement))
    for place, rivals in open_ends.items():
        for judgement, person in rivals:
            shown = Mention(person.names[0], polity=next(iter(person.polities), None), sex=person.sex)
            keep((home[place], person.id), Doubt(keys[place], person.id, mentions[stated[place][0]], shown, judgement))
    return tuple(sorted(found.values(), key=lambda doubt: (-doubt.judgement.score, doubt.left, doubt.right)))


def subject_key(subject: Subject) -> str:
    """The id that a subject has by itself: what a review file names, whatever else the run holds."""
    words = slug_words(subject.spelling)
    spouse = ["mrs"] if len(words) == 1 and subject.sex == "female" else []
    return "-".join([*spouse, *words, *sorted(subject.polities)]) or "unnamed"


def _judgement_of(
    place: int, cluster: Cluster, open_ends: Mapping[int, Sequence[tuple[Judgement, KnownPerson]]]
) -> tuple[Judgement, tuple[str, ...]]:
    if cluster.known:
        link = cluster.links.get(place) or max(cluster.links.values(), key=lambda judgement: judgement.score)
        return Judgement("same", link.score, link.met, link.guard), ()
    joined = cluster.links.get(place)
    if place in open_ends and (joined is None or joined.score < open_ends[place][0][0].score):
        best = open_ends[place][0][0]
        candidates = tuple(dict.fromkeys(person.id for _, person in open_ends[place]))
        return Judgement("unsure", best.score, best.met, best.guard), candidates
    joined = joined or Judgement("new", 1.0, ("a name new to the graph",))
    return Judgement("new", joined.score, joined.met), ()


def _usual_name(mentions: Sequence[Mention], stated: Mapping[int, Sequence[int]], cluster: Cluster) -> str:
    names = Counter(mentions[number].name for place in cluster.members for number in stated[place])
    return min(names, key=lambda name: (-names[name], -len(name), name))


def _give_ids(subjects: Sequence[Subject], clusters: Sequence[Cluster], counts: Mapping[int, int]) -> list[str]:
    """The id of each cluster; on a collision the one mentioned first, then the larger one, keeps the plain slug."""
    wanted: dict[int, str] = {}
    for number, cluster in enumerate(clusters):
        if cluster.known:
            continue
        forms: Counter[tuple[str, ...]] = Counter()
        for place in cluster.members:
            forms[slug_words(subjects[place].spelling)] += counts[place]
        words = min(forms, key=lambda form: (-forms[form], -len(form), form))
        polities = Counter(
            polity for place in cluster.members for polity in subjects[place].polities for _ in range(counts[place])
        )
        polity = min(polities, key=lambda code: (-polities[code], code)) if polities else ""
        woman = any(subjects[place].sex == "female" for place in cluster.members)
        spouse = ["mrs"] if len(words) == 1 and woman else []
        wanted[number] = "-".join([*spouse, *words, *([polity] if polity else [])]) or "unnamed"
    taken = {cluster.known.id for cluster in clusters if cluster.known}
    ids = [cluster.known.id if cluster.known else "" for cluster in clusters]
    order = sorted(wanted, key=lambda number: _seniority(subjects, clusters[number], counts))
    for number in order:
        slug, suffix = wanted[number], 1
        while slug in taken:
            suffix += 1
            slug = f"{wanted[number]}-{suffix}"
        taken.add(slug)
        ids[number] = slug
    return ids


def _seniority(subjects: Sequence[Subject], cluster: Cluster, counts: Mapping[int, int]) -> tuple[object, ...]:
    days = [subjects[place].days[0] for place in cluster.members if subjects[place].days]
    return (min(days, default=10**9), -sum(counts[place] for place in cluster.members), min(cluster.members))
