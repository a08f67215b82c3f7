"""How surely two mentions are one person: names, then polity, office and time; a guard that speaks decides alone."""

from __future__ import annotations

from giftgraph.resolve.guards import LAG, SINGLE_HOLDER, find_guard, is_double, is_holder, is_slip, ran
from giftgraph.resolve.judgement import Judgement
from giftgraph.resolve.mentions import KnownPerson, Subject, bare
from giftgraph.resolve.name_words import name_words
from giftgraph.resolve.sounds import likeness
from giftgraph.resolve.spellings import Agreement, compare

SAME = 0.85
UNSURE = 0.6
STRONG = 1.2
NO_GUARD = ("", "names differ", "no word in common")
_NEAR = 9 * 366
_NUMERAL = 0.7
# What an office can add to names that do not suffice alone, and what two rare words tell.
_WITH_OFFICE = 0.96
_TWO_RARE = 1.9
_ENDS = 1.7
_TELLING = 0.7
_SAME_TITLE = 0.6
_ROYAL = frozenset(["monarch", "queen", "crown-prince", "pope"])
# Offices of people who are named by more than a given name.
_COMMONER = frozenset(
    ["minister", "ambassador", "foreign-minister", "defence-minister", "legislator", "commander", "director"]
)


def judge(left: Subject, right: Subject) -> Judgement:
    """Whether two subjects are one person: the guard that forbids, else a score from names, office and time."""
    agreement = compare(left.spelling, right.spelling)
    if not agreement.pairs:
        return Judgement("different", 0.0, (), "no word in common")
    guard = find_guard(left, right, agreement)
    met = [_name_words(left, right, agreement)]
    if guard:
        return Judgement("different", 0.0, tuple(met), guard)
    office = _shared_office(left, right)
    score = round(min(1.0, _score(left, right, agreement, office)), 3)
    if office:
        met.append(f"office: {office}")
    if left.polities & right.polities:
        met.append(f"polity: {min(left.polities & right.polities)}")
    if score < UNSURE:
        return Judgement("different", score, tuple(met), "names differ")
    return Judgement("same" if score >= SAME else "unsure", score, tuple(met))


def is_whole(left: Subject, right: Subject) -> bool:
    """Whether the two names are word for word one, numerals too: such a person goes before others whose names only fit."""
    agreement = compare(left.spelling, right.spelling)
    one_numeral = left.spelling.numeral == right.spelling.numeral
    return agreement.complete and one_numeral and (len(agreement.pairs) > 1 or left.spelling.numeral > 0)


def _name_words(left: Subject, right: Subject, agreement: Agreement) -> str:
    pairs = [(left.spelling.words[a], right.spelling.words[b]) for a, b in agreement.pairs]
    words = dict.fromkeys(one if one == other else f"{one}/{other}" for one, other in pairs)
    return "name: " + " ".join(words)


def _score(left: Subject, right: Subject, agreement: Agreement, office: str) -> float:
    told = agreement.weight + (
        _NUMERAL if left.spelling.numeral and left.spelling.numeral == right.spelling.numeral else 0.0
    )
    somewhere = bool(left.polities and right.polities)
    shorter = min(len(left.spelling.words), len(right.spelling.words))
    if (shorter > 1 and agreement.near_complete(left.spelling, right.spelling)) or (
        left.spelling.joined == right.spelling.joined and told >= STRONG
    ):
        known = left.known is not None or right.known is not None
        base = (
            0.97 if told >= STRONG else 0.92 if told >= 0.94 and somewhere else 0.87 if told >= 1.05 and known else 0.66
        )
    elif agreement.contained and (shorter > 1 or told >= 1.05):
        base = 0.93 if told >= 1.7 else 0.88 if told >= STRONG and somewhere else 0.78 if told >= 0.94 else 0.62
        if shorter == 2 and _begins_otherwise(left, right, agreement):
            base -= 0.06 if told >= _TWO_RARE else 0.1
    elif agreement.contained:
        base = _score_word(left, right, agreement)
    elif _ends_meet(left, right, agreement) or is_slip(left, right, agreement):
        base = 0.68
    elif is_holder(left, right, agreement):
        base = 0.62
    else:
        return 0.3 * agreement.score
    base -= (0.25 if agreement.complete else 0.5) * (1.0 - agreement.score)
    if not office:
        return base - 0.13 if _may_be_namesakes(left, right, agreement) else base
    if shorter == 1 and not agreement.complete and not _names_one(left, right, agreement, office):
        return base + 0.15
    return (
        base + 0.8 * (1.0 - base)
        if base >= SAME
        else min(base + (0.3 if office in SINGLE_HOLDER else 0.25), _WITH_OFFICE)
    )


def _may_be_namesakes(left: Subject, right: Subject, agreement: Agreement) -> bool:
    """Two unknown people whose names do not suffice alone, though they fit.

    Many share a first and a common family name, where a nickname or an initial differs; and a family name of English spelling that
    only sounds the same (Walsh, Welsh) is another one.
    """
    if left.known or right.known or agreement.rotated or len(agreement.pairs) < 2:
        return False
    a, b = agreement.pairs[-1]
    if a != len(left.spelling.words) - 1 or b != len(right.spelling.words) - 1:
        return False
    family, other_family = left.spelling.words[a], right.spelling.words[b]
    if family != other_family:
        english = left.polities & right.polities & name_words("english")
        return bool(english) and likeness(family, other_family) < 1.0
    differ = left.spelling.words != right.spelling.words and agreement.weight < _TWO_RARE
    return differ and family in name_words("common_families")


def _names_one(left: Subject, right: Subject, agreement: Agreement, office: str) -> bool:
    """Whether a single word and an office are one person: a name that somebody is called by, or a rare one, at about one time."""
    if office in SINGLE_HOLDER:
        return agreement.weight >= _TELLING or _is_called(left, right, agreement)
    near = left.days and right.days and min(abs(a - b) for a in left.days for b in right.days) <= LAG
    known = left.known is not None or right.known is not None
    return agreement.weight >= _TELLING and bool(near or known)


def _score_word(left: Subject, right: Subject, agreement: Agreement) -> float:
    """The score of a single word that the other has: more where it is all that either has, and the polity is one."""
    if agreement.score < 1.0 and len(left.spelling.words[agreement.pairs[0][0]]) < 6:
        return 0.52
    if not agreement.complete:
        return 0.64 if _is_called(left, right, agreement) else 0.56
    one_polity = bool(left.polities & right.polities)
    known = left.known is not None or right.known is not None
    if one_polity and known and not {bare(role) for role in left.roles | right.roles} & _COMMONER:
        return 0.87
    near = left.days and right.days and min(abs(a - b) for a in left.days for b in right.days) <= _NEAR
    return 0.87 if one_polity and near and agreement.weight >= 1.0 else 0.66


def _begins_otherwise(left: Subject, right: Subject, agreement: Agreement) -> bool:
    """One begins with a word, no initial, that the other has not."""
    return not agreement.rotated and any(
        unmet[:1] == (0,) and len(side.spelling.words[0]) > 1 and (not is_double(side.spelling.words[0]) or 1 in unmet)
        for side, unmet in ((left, agreement.left), (right, agreement.right))
    )


def _is_called(left: Subject, right: Subject, agreement: Agreement) -> bool:
    """A single word is the family name of the other, or the given name of somebody royal."""
    one, other = agreement.pairs[0][0], agreement.pairs[-1][1]
    longest = max(len(left.spelling.words), len(right.spelling.words))
    royal = bool((left.roles | right.roles) & _ROYAL)
    family_first = bool((left.polities | right.polities) & name_words("family_first"))
    return max(one, other) == longest - 1 or (max(one, other) == 0 and (royal or family_first))


def _ends_meet(left: Subject, right: Subject, agreement: Agreement) -> bool:
    """The first and the last words agree, and only words between differ; more words meet than are left over on either side."""
    pairs = set(agreement.pairs)
    last = (len(left.spelling.words) - 1, len(right.spelling.words) - 1)
    family_first = {polity.partition("-")[0] for polity in left.polities | right.polities} & name_words("family_first")
    return (
        not family_first
        and (0, 0) in pairs
        and last in pairs
        and agreement.weight >= _ENDS
        and len(pairs) > max(len(agreement.left), len(agreement.right))
    )


def _shared_office(left: Subject, right: Subject) -> str:
    """The office that both held at about the same time; for a known person, at the time of the mention."""
    for one, other in ((left, right), (right, left)):
        if one.known is not None and other.known is None:
            return _office_of_known(one.known, other)
    if (left.polities or right.polities) and not left.polities & right.polities:
        return ""
    if left.days and right.days and min(abs(a - b) for a in left.days for b in right.days) > _NEAR:
        return ""
    shared = _posts(left) & _posts(right)
    return min(shared) if shared else _shared_title(left, right)


def _shared_title(left: Subject, right: Subject) -> str:
    """The words of a title that both have, where most of the words are the same."""
    best = max(
        ((len(one & other) / len(one | other), sorted(one & other)) for one in left.titles for other in right.titles),
        default=(0.0, []),
    )
    return " ".join(best[1]) if best[0] >= _SAME_TITLE else ""


def _posts(subject: Subject) -> frozenset[str]:
    """The offices that speak for one person; who commands armed forces is their chief by another title."""
    chief = "commander" if "usa" in subject.polities else "chief-of-defence"
    posts = {chief if role == "commander" else role for role in subject.roles}
    if "queen" in posts:
        posts |= {"monarch", "first-lady"}
    return frozenset(posts - name_words("general_offices") - {"commander"})


def _office_of_known(known: KnownPerson, mention: Subject) -> str:
    for held in known.held:
        fits = held.role in _posts(mention) and (not mention.polities or held.polity in mention.polities)
        if fits and (not mention.days or any(ran(held, day) for day in mention.days)):
            return held.role
    return ""
