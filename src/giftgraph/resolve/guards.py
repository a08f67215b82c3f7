"""What forbids that two mentions are one person, however alike the names: one line of words when a guard speaks, else nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection

from giftgraph.resolve.mentions import Held, Subject, bare
from giftgraph.resolve.name_words import name_words
from giftgraph.resolve.sounds import likeness, load_variants, weight
from giftgraph.resolve.spellings import Agreement

# Days between which a title printed with a gift may lag behind the office, and within which two offices count as held at once.
LAG = 400
_AT_ONCE = 120
# Days within which one office is held by one person, unless the names say otherwise.
_ONE_TERM = 3 * 366
# Offices of those who lead a state, whatever their title is called.
_LEADING = frozenset(["leader", "chairman", "chief-executive", "president", "prime-minister", "monarch", "regent"])
_SOLE = name_words("sole_offices")
SINGLE_HOLDER = name_words("single_holder_offices")
_INTERNATIONAL = name_words("international")
_SUCCESSIONS = frozenset(frozenset(pair.split("-")) for pair in name_words("successions"))
_DOUBLES = name_words("doubles")
_STRONG = 1.2
# The weight of a name that few share.
_RARE = 1.7
_LOOKS_ALIKE = 0.85


def find_guard(left: Subject, right: Subject, agreement: Agreement) -> str:
    """The words of the first guard that forbids the merge, or an empty text."""
    for guard in _GUARDS:
        spoken = guard(left, right, agreement)
        if spoken:
            return spoken
    return ""


def _different_sex(left: Subject, right: Subject, agreement: Agreement) -> str:
    misprint = agreement.complete and agreement.weight >= _RARE and _hold_one_office(left, right)
    if left.sex and right.sex and left.sex != right.sex and not misprint:
        return "different sex"
    if left.relation != right.relation and not (agreement.contained and len(agreement.pairs) > 1):
        return "spouse and office holder"
    return ""


def _different_polity(left: Subject, right: Subject, _: Agreement) -> str:
    if not left.polities or not right.polities or left.polities & right.polities:
        return ""
    if any(frozenset((a, b)) in _SUCCESSIONS for a in left.polities for b in right.polities):
        return ""
    if left.polities <= _INTERNATIONAL or right.polities <= _INTERNATIONAL:
        return ""
    return f"different polities ({_listed(left.polities)}, {_listed(right.polities)})"


def _listed(polities: Collection[str]) -> str:
    return " ".join(sorted(polities))


def _different_numeral(left: Subject, right: Subject, _: Agreement) -> str:
    one, other = left.spelling, right.spelling
    if one.numeral and other.numeral and one.numeral != other.numeral:
        return f"different regnal numerals ({one.numeral}, {other.numeral})"
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return "Jr. and Sr."
    if one.suffix != other.suffix and left.relation != right.relation:
        return "child of a namesake"
    return ""


def _different_kunya(left: Subject, right: Subject, _: Agreement) -> str:
    one, other = left.spelling.kunya, right.spelling.kunya
    return f"different kunya ({one}, {other})" if one and other and not likeness(one, other) else ""


def _different_given_name(left: Subject, right: Subject, agreement: Agreement) -> str:
    """Each begins with a word that the other has not."""
    if agreement.rotated or not agreement.left or not agreement.right:
        return ""
    if (
        agreement.left[0] == 0
        and agreement.right[0] == 0
        and not (is_slip(left, right, agreement) or is_holder(left, right, agreement))
    ):
        return f"different given names ({left.spelling.words[0]}, {right.spelling.words[0]})"
    return ""


def is_double(word: str) -> bool:
    """Whether a word in front of a name may be a title, or the Mohammed that many names begin with and texts leave out.

    >>> is_double("mohd"), is_double("sultan"), is_double("hamad")
    (True, True, False)
    """
    variant = load_variants().get(word)
    return (variant.name if variant else word) in _DOUBLES


def is_slip(left: Subject, right: Subject, agreement: Agreement) -> bool:
    """Whether the one word of each that is left over looks like a slip of the pen.

    Of a given name, or of two that the tables know, only where both held an office at one time that has a single holder; one letter
    of a known name may be wrong where two more words agree.
    """
    if len(agreement.left) != 1 or len(agreement.right) != 1:
        return False
    one, other = left.spelling.words[agreement.left[0]], right.spelling.words[agreement.right[0]]
    if min(len(one), len(other)) < 5:
        return False
    from rapidfuzz.distance import OSA, JaroWinkler

    variants = load_variants()
    if (one in variants) != (other in variants) and len(agreement.pairs) > 1 and OSA.distance(one, other) == 1:
        return bool(left.polities & right.polities)
    telling = agreement.left[0] == 0 or agreement.right[0] == 0 or one in variants or other in variants
    if telling and not _hold_one_office(left, right, SINGLE_HOLDER):
        return False
    return JaroWinkler.similarity(one, other) >= _LOOKS_ALIKE


def is_holder(left: Subject, right: Subject, agreement: Agreement) -> bool:
    """Whether a mention with the rare family name of a known person states the office that only this person held on those days.

    Then another given name is a short form or a misprint ("Constantine" and "Kostas" Simitis).
    """
    if not agreement.pairs or agreement.pairs[-1] != (len(left.spelling.words) - 1, len(right.spelling.words) - 1):
        return False
    if left.polities & name_words("family_first") or weight(left.spelling.words[-1]) < 1.0:
        return False
    for known, mention in ((left.known, right), (right.known, left)):
        if known is not None and mention.known is None and mention.days and mention.polities:
            return any(
                held.role in mention.roles & SINGLE_HOLDER
                and held.polity in mention.polities
                and (held.first_day or 0) <= mention.days[0]
                and (held.last_day is None or mention.days[-1] <= held.last_day)
                for held in known.held
            )
    return False


def _different_father(left: Subject, right: Subject, agreement: Agreement) -> str:
    """The names after the given ones differ; one text may leave a generation out, so one office held at one time silences this."""
    one, other = left.spelling, right.spelling
    if not one.fathers or not other.fathers or one.fathers[0] != 1 or other.fathers[0] != 1:
        return ""
    first, second = one.words[1], other.words[1]
    if likeness(first, second) or (1, 1) in agreement.pairs:
        return ""
    skipped = 1 not in agreement.left or 1 not in agreement.right
    if skipped and agreement.contained and agreement.weight >= _RARE:
        return ""
    return "" if skipped and _hold_one_office(left, right) else f"different patronymics ({first}, {second})"


def _hold_one_office(left: Subject, right: Subject, offices: Collection[str] | None = None) -> bool:
    """Whether both held an office at about one time."""
    shared = (left.roles & right.roles) - name_words("general_offices")
    if offices is not None:
        shared &= frozenset(offices)
    if not shared or not left.polities & right.polities:
        return False
    for known, mention in ((left.known, right), (right.known, left)):
        if known is not None:
            return any(held.role in shared and any(ran(held, day) for day in mention.days) for held in known.held)
    return any(abs(a - b) <= _ONE_TERM for a in left.days for b in right.days)


def _father_and_son(left: Subject, right: Subject, agreement: Agreement) -> str:
    """The given name of one stands where the other has the father's."""
    for one, other, pairs in (
        (left.spelling, right.spelling, agreement.pairs),
        (right.spelling, left.spelling, tuple((b, a) for a, b in agreement.pairs)),
    ):
        place = next((b for a, b in pairs if a == 0), None)
        if not place or any(b == 0 for _, b in pairs) or agreement.rotated:
            continue
        if place in other.fathers:
            return f"father and child ({one.words[0]})"
        variants = load_variants()
        arabic = all(
            word in variants and variants[word].kind in ("given", "dynasty") for word in (one.words[0], other.words[0])
        )
        if arabic and place == 1 and not is_double(other.words[0]):
            return f"father and child ({one.words[0]})"
    return ""


def _different_initials(left: Subject, right: Subject, agreement: Agreement) -> str:
    one, other = left.spelling.initials, right.spelling.initials
    if one and other and one != other:
        return f"different initials ({' '.join(one)}, {' '.join(other)})"
    return ""


def _different_offices(left: Subject, right: Subject, agreement: Agreement) -> str:
    """Two posts at one time, where the names alone are too weak to say that one person held both."""
    if left.known or right.known or agreement.weight >= _STRONG or (agreement.complete and agreement.weight >= 1.0):
        return ""
    one, other = ({bare(role) for role in side.roles} & _SOLE for side in (left, right))
    if not one or not other or one & other or not left.days or not right.days:
        return ""
    if any(abs(a - b) <= _AT_ONCE for a in (left.days[0], left.days[-1]) for b in (right.days[0], right.days[-1])):
        return f"different offices at one time ({_listed(one)}, {_listed(other)})"
    return ""


def _not_in_office(left: Subject, right: Subject, agreement: Agreement) -> str:
    """A title whose holder on that day was not this known person, or a day outside a known life."""
    for known, mention in ((left, right), (right, left)):
        person = known.known
        if person is None or mention.known is not None or not mention.days:
            continue
        if person.died is not None and mention.days[0] > person.died + LAG:
            return "died before"
        if person.born is not None and mention.days[-1] < person.born:
            return "born after"
        whole = agreement.complete and len(agreement.pairs) > 1 and agreement.weight >= 1.0
        if whole or (agreement.contained and agreement.weight >= _RARE):
            continue
        for role in sorted(mention.roles & SINGLE_HOLDER):
            spans = [
                held
                for held in person.held
                if held.role == role and (not mention.polities or held.polity in mention.polities)
            ]
            spans += [held for held in person.held if spans and held.role in _LEADING]
            if spans and not any(ran(held, day) for held in spans for day in mention.days):
                return f"not {role} then"
    return ""


def ran(held: Held, day: int) -> bool:
    """Whether an office may have been held on a day, with the lag that printed titles have."""
    return (held.first_day is None or held.first_day - LAG <= day) and (
        held.last_day is None or day <= held.last_day + LAG
    )


_GUARDS: tuple[Callable[[Subject, Subject, Agreement], str], ...] = (
    _different_sex,
    _different_polity,
    _different_numeral,
    _different_kunya,
    _different_given_name,
    _different_father,
    _father_and_son,
    _different_initials,
    _different_offices,
    _not_in_office,
)
