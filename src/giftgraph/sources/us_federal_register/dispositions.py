"""What became of a gift, as a code.

Clause by clause, the first that says something wins; clauses about perishable items yield to those about the rest, a mere
report to GSA yields to what was then approved, and anything pending wins over all, for it has not happened yet. A place in
a government office, its vault or locker is `agency`: the agency holds the gift. What is stated but is none of the codes
(destroyed, returned, handled by the Secret Service, location unknown) is `other`; "not applicable" states nothing.
"""

from __future__ import annotations

import re
from typing import cast

from giftgraph.sources.stated import Disposition
from giftgraph.sources.us_federal_register.words import disposition_rules

_LABEL = re.compile(
    r"^[\s.,;:)-]*(?:(?:current\s)?(?:disposition|location)(?:\sof\sgift)?|disp)\b[\s.:;-]*", re.IGNORECASE
)
_CLAUSES = re.compile(r"(?<!\b[A-Z])(?<!\bRm)(?<!\bNo)(?<!\bBldg)(?<!\bSt)[.;](?=\s|[A-Z]|$)\s*")
_NOTHING = re.compile(
    r"(?:n/?\s?a|not applicable|none|not stated|reported\s?--?\s?\d{4} for \d{4} report)?[\s.]*", re.IGNORECASE
)
_PERISHABLE = re.compile(r"perishable|consumable|food item|alcohol|foodstuff", re.IGNORECASE)
_REPORTED = re.compile(r"\breport(?:ed|ing|s)?\b.{0,20}\b(?:gsa|general services)", re.IGNORECASE)


def read_disposition(text: str) -> Disposition | None:
    """The code of a stated disposition; None where nothing is stated.

    >>> [read_disposition(t) for t in ("Archives Foreign.", "Pending transfer to GSA", "Purchased by recipient from GSA", "")]
    ['archives', 'pending', 'retained', None]
    >>> read_disposition("Archives Foreign; perishable items handled pursuant to Secret Service policy")
    'archives'
    """
    text = _LABEL.sub("", text.strip())
    clauses = [clause.strip(" ,:-)(") for clause in _CLAUSES.split(text)]
    clauses = [clause for clause in clauses if not _NOTHING.fullmatch(clause)]
    if not clauses:
        return None
    lasting = [clause for clause in clauses if not _PERISHABLE.search(clause)] or clauses
    codes = [(clause, code) for clause in lasting if (code := _code(clause))]
    if any(code == "pending" for _, code in codes):
        return "pending"
    if len(codes) > 1 and _REPORTED.search(codes[0][0]):
        codes = codes[1:]
    return codes[0][1] if codes else "other"


def _code(clause: str) -> Disposition | None:
    found = next((code for code, rule in disposition_rules() if rule.search(clause)), None)
    return cast("Disposition | None", found)
