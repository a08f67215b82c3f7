"""One identity over the spellings of a name: known persons anchor clusters, and every cluster is checked as a whole.

Mentions with one normal form in one polity are one subject. Subjects are compared only inside blocks (`giftgraph.resolve.blocks`).
Two clusters become one when their best pair is surely the same, no pair is forbidden by a guard, and the pairs agree on average: there
are no single-link chains. What people decided (`giftgraph.resolve.review`) comes before any score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from giftgraph.resolve.blocks import KnownIndex, candidate_pairs, index_known
from giftgraph.resolve.judgement import Judgement
from giftgraph.resolve.mentions import KnownPerson, Mention, Subject, Tally, known_subjects, title_words
from giftgraph.resolve.naming import Cluster, Identification, name_identities, subject_key
from giftgraph.resolve.review import Reviews
from giftgraph.resolve.scores import NO_GUARD, STRONG, UNSURE, is_whole, judge
from giftgraph.resolve.spellings import read_spelling, slug_words

_AVERAGE = 0.7
_MARGIN = 0.04
_TITLES = 12
# A whole name that a known person shares a single word with is somebody else until more speaks for it.
_WORTH_ASKING = 0.7
_REVIEWED = Judgement("same", 1.0, ("review",))
_KEPT_APART = Judgement("different", 0.0, (), "review")


def identify(
    mentions: Sequence[Mention], known: KnownIndex | Iterable[KnownPerson] = (), reviews: Reviews | None = None
) -> Identification:
    """Give each mention the identity of a person; the order of the mentions decides nothing.

    >>> putin = KnownPerson("vladimir-putin", ("Vladimir Putin",), ("rus",))
    >>> found = identify([Mention("Vladimir V. Putin", polity="rus"), Mention("Wladimir Putin", polity="rus")], [putin])
    >>> [identity.id for identity in found.identities]
    ['vladimir-putin', 'vladimir-putin']
    """
    tally = Tally()
    subjects, places = _gather(mentions)
    run = _Run(
        subjects,
        tuple(subject_key(subject) for subject in subjects),
        known if isinstance(known, KnownIndex) else index_known(known),
        reviews or Reviews(),
        tally,
        {},
    )
    clusters, open_ends = _anchor(run)
    for pair in candidate_pairs(subjects, tally):
        judgement = run.judgement(*pair)
        if judgement.score < UNSURE and judgement.guard in NO_GUARD:
            del run.judged[pair]
    _merge(run, clusters)
    return name_identities(mentions, subjects, places, clusters, run.judged, open_ends, tally)


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run compares: the subjects with their review keys, the persons known, the decisions, the judgements so far."""

    subjects: Sequence[Subject]
    keys: Sequence[str]
    known: KnownIndex
    reviews: Reviews
    tally: Tally
    judged: dict[tuple[int, int], Judgement]

    def judgement(self, one: int, other: int) -> Judgement:
        """The judgement of a pair of subjects, made once; what people decided decides."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self.judged:
            self.tally.comparisons += 1
            judgement = judge(self.subjects[pair[0]], self.subjects[pair[1]])
            decided = None if self.reviews.empty else self.reviews.verdict(self.keys[pair[0]], self.keys[pair[1]])
            if decided == "same":
                judgement = _REVIEWED
            elif decided == "different":
                judgement = _KEPT_APART
            elif decided == "unsure":
                judgement = Judgement("unsure", max(UNSURE, judgement.score), judgement.met, "review")
            self.judged[pair] = judgement
        return self.judged[pair]


def _gather(mentions: Sequence[Mention]) -> tuple[list[Subject], list[int]]:
    """The subjects, sorted by what they state, and the place of each mention's subject.

    Mentions of a name that tells little are one subject only where office and year are the same too.
    """
    grouped: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        spelling = read_spelling(mention.name)
        sex = mention.sex or spelling.sex
        key: tuple[object, ...] = (
            spelling.words,
            spelling.fathers,
            spelling.numeral,
            spelling.suffix,
            mention.polity or "",
            sex,
            mention.relation,
        )
        if spelling.weight < STRONG:
            year = mention.first_day // 366 if mention.first_day is not None else -1
            key = (*key, tuple(sorted(mention.roles)), year)
        grouped[key].append(number)
    subjects: list[Subject] = []
    places = [0] * len(mentions)
    for place, (_, numbers) in enumerate(sorted(grouped.items(), key=lambda item: repr(item[0]))):
        subjects.append(_subject([mentions[number] for number in numbers]))
        for number in numbers:
            places[number] = place
    return subjects, places


def _subject(members: Sequence[Mention]) -> Subject:
    first = min(members, key=lambda mention: (mention.name, mention.title))
    spelling = read_spelling(first.name)
    days = {day for mention in members for day in (mention.first_day, mention.last_day) if day is not None}
    return Subject(
        spelling,
        frozenset([first.polity]) if first.polity else frozenset(),
        first.sex or spelling.sex,
        first.relation,
        frozenset(role for mention in members for role in mention.roles),
        tuple(sorted(days)),
        _titles(members),
    )


def _titles(members: Sequence[Mention]) -> frozenset[frozenset[str]]:
    """The words of the first titles in order; more than a few tell nothing more."""
    printed = sorted({mention.title for mention in members if mention.title})
    return frozenset(words for words in map(title_words, printed[:_TITLES]) if words)


def _anchor(run: _Run) -> tuple[list[Cluster], dict[int, list[tuple[Judgement, KnownPerson]]]]:
    """A cluster for each known person who is mentioned and for each other subject; and what stayed open between known persons."""
    anchored: dict[str, Cluster] = {}
    clusters: list[Cluster] = []
    open_ends: dict[int, list[tuple[Judgement, KnownPerson]]] = {}
    for place in range(len(run.subjects)):
        person, judgement, doubts = _find_known(run, place)
        if doubts:
            open_ends[place] = doubts
        if person is None:
            clusters.append(Cluster([place]))
        elif person.id in anchored:
            anchored[person.id].members.append(place)
        else:
            anchored[person.id] = Cluster([place], person)
            clusters.append(anchored[person.id])
        if person is not None:
            anchored[person.id].links[place] = judgement
    return clusters, open_ends


def _find_known(run: _Run, place: int) -> tuple[KnownPerson | None, Judgement, list[tuple[Judgement, KnownPerson]]]:
    """The one known person that a subject surely is; else those it may be."""
    subject, key, by_id = run.subjects[place], run.keys[place], run.known.by_id
    decided = [other for other in run.reviews.joined(key) if other in by_id]
    if decided and run.reviews.verdict(key, decided[0]) == "same":
        return by_id[decided[0]], _REVIEWED, []
    best: dict[str, tuple[bool, Judgement]] = {}
    forbidden: set[str] = set()
    for number in run.known.in_blocks(subject):
        side = run.known.sides[number]
        assert side.known is not None  # noqa: S101 - sides are made of known persons
        if run.reviews.verdict(key, side.known.id) == "different":
            continue
        run.tally.comparisons += 1
        judgement = judge(subject, side)
        if judgement.guard.startswith("different initials"):
            forbidden.add(side.known.id)
        found = (judgement.verdict == "same" and is_whole(subject, side), judgement)
        kept = best.get(side.known.id)
        if kept is None or (found[0], judgement.score) > (kept[0], kept[1].score):
            best[side.known.id] = found
    ranked = sorted(
        (
            (whole, judgement, person)
            for person, (whole, judgement) in best.items()
            if judgement.score >= UNSURE and person not in forbidden
        ),
        key=lambda item: (-item[0], -item[1].score, item[2]),
    )
    if not ranked:
        return None, Judgement("new", 1.0), []
    whole, top, person = ranked[0]
    near = [
        (judgement, by_id[other])
        for also_whole, judgement, other in ranked
        if also_whole == whole and judgement.score >= top.score - _MARGIN
    ]
    in_office = [item for item in near if any(word.startswith("office: ") for word in item[0].met)]
    if len(in_office) == 1 and in_office[0][0].verdict == "same":
        (top, holder), near = in_office[0], in_office
        person = holder.id
    if top.verdict == "same" and len(near) > 1 and _is_one_person([other for _, other in near]):
        person = max((other for _, other in near), key=lambda other: (len(other.held), other.id)).id
        near = near[:1]
    if top.verdict == "same" and len(near) == 1 and run.reviews.verdict(key, person) != "unsure":
        return by_id[person], top, []
    if top.score < _WORTH_ASKING and len(subject.spelling.words) > 1:
        return None, top, []
    return None, top, near


def _is_one_person(people: Sequence[KnownPerson]) -> bool:
    """Whether entries of the tables with one whole name and no birth dates that differ are one person entered twice."""
    names = [{slug_words(spelling) for spelling in map(read_spelling, person.names)} for person in people]
    births = {person.born // 366 for person in people if person.born is not None}
    common = set.intersection(*names)
    return len(births) <= 1 and any(len(words) > 1 for words in common)


def _merge(run: _Run, clusters: list[Cluster]) -> None:
    """Join clusters by their surest pairs; each union is checked as a whole, except where people decided."""
    home = {place: cluster for cluster in clusters for place in cluster.members}
    links = [(judgement.score, pair) for pair, judgement in run.judged.items() if judgement.verdict == "same"]
    links += [(2.0, pair) for pair in _reviewed_pairs(run)]
    for score, (one, other) in sorted(links, key=lambda link: (-link[0], link[1])):
        left, right = home[one], home[other]
        if left is right or (left.known and right.known):
            continue
        if score <= 1.0 and not _may_join(run, left, right):
            continue
        keeper, joined = (right, left) if right.known else (left, right)
        for place in joined.members:
            home[place] = keeper
        keeper.members += joined.members
        keeper.links.update(joined.links)
        keeper.links.setdefault(other if one in keeper.links else one, run.judgement(one, other))
        joined.members = []
    clusters[:] = [cluster for cluster in clusters if cluster.members]


def _reviewed_pairs(run: _Run) -> list[tuple[int, int]]:
    """The pairs of subjects that people called the same."""
    if run.reviews.empty:
        return []
    first: dict[str, int] = {}
    pairs = []
    for place, key in enumerate(run.keys):
        root = run.reviews.root(key)
        if len(run.reviews.joined(key)) > 1:
            if root in first:
                pairs.append((first[root], place))
            first.setdefault(root, place)
    return pairs


def _may_join(run: _Run, left: Cluster, right: Cluster) -> bool:
    """Whether no pair across the clusters is forbidden and the pairs agree on average."""
    person = left.known or right.known
    if person is not None:
        sides = known_subjects(person)
        for place in right.members if left.known else left.members:
            run.tally.comparisons += len(sides)
            best = max((judge(run.subjects[place], side) for side in sides), key=lambda judgement: judgement.score)
            if best.guard not in NO_GUARD or run.reviews.verdict(run.keys[place], person.id) == "different":
                return False
    total = 0.0
    for one in left.members:
        for other in right.members:
            judgement = run.judgement(one, other)
            if judgement.guard not in NO_GUARD:
                return False
            total += judgement.score
    return total / (len(left.members) * len(right.members)) >= _AVERAGE
