"""What became of a gift, as a code.

Clause by clause, the first that says something wins; clauses about perishable items yield to those about the rest, a mere report to GSA
yields to what was then approved, and anything pending wins over all (it has not happened yet). A place in a government office, its vault or
locker is `agency`: the agency holds the gift. What is stated but is none of the codes (destroyed, returned, handled by the Secret
Service, location unknown) is `other`; "not applicable" states nothing.
"""

from __future__ import annotations

import re

from giftgraph.sources.stated import Disposition

_LABEL = re.compile(
    r"^[\s.,;:)-]*(?:(?:current\s)?(?:disposition|location)(?:\sof\sgift)?|disp)\b[\s.:;-]*", re.IGNORECASE
)
_CLAUSES = re.compile(r"(?<!\b[A-Z])(?<!\bRm)(?<!\bNo)(?<!\bBldg)(?<!\bSt)[.;](?=\s|[A-Z]|$)\s*")
_NOTHING = re.compile(r"(?:n/?\s?a|not applicable|none|not stated)?[\s.]*", re.IGNORECASE)
_PERISHABLE = re.compile(r"perishable|consumable|food item|alcohol|foodstuff", re.IGNORECASE)
_RULES: tuple[tuple[Disposition, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        (
            "pending",
            r"\bpending\b|awaiting|\bto be (?:transferred|turned|reported|excessed|forwarded|delivered|returned|purchased|determined|"
            r"deposited|sent|given|donated|destroyed|shipped|disposed|processed|submitted)|will be (?!retained|displayed|used|on display|kept)|"
            r"wish(?:es)? to|requests? to|requested to (?:purchase|buy|keep)|intends to|under review|in process|in the process|"
            r"decision not|not yet|would like to|awaits",
        ),
        (
            "other",
            r"secret service|pursuant to (?:the )?(?:guidelines|policy)|destroy|returned? to (?:the )?(?:donor|ambassador|embassy|giver|sender|"
            r"foreign|government of)|returned by|donated|charity|discarded|disposed|consumed|unknown|lost|stolen|refused|declined|"
            r"raffle|distributed|shared with",
        ),
        (
            "retained",
            r"purchas|bought|personal(?:ly)? (?:use|retained|property|possession|retention)|personally|"
            r"(?:retained|kept) by (?:the )?(?:recipient|staff|employee|member|individual|donee|president|vice president)(?!.{0,40}(?:official|display))|"
            r"(?:recipient|president|member|employee) (?:has )?(?:retained|kept|paid)|\bpaid\b.{0,30}\bgsa|reimbursed|^retained$|"
            r"in (?:the )?possession of (?:the )?recipient",
        ),
        (
            "agency",
            r"offical use|official (?:use|display|gov|purpose|function|business)|for display|on display|approved for|displayed|^display|"
            r"office use|agency use|permission (?:granted )?to retain|displaying|being displayed|public display|command display",
        ),
        ("archives", r"\barchie?ves?\b|\bachives\b|\bnara\b|presidential library|\barchive?\b"),
        ("gsa", r"\bgsa\b|general servi?ces? admin|general services"),
        (
            "agency",
            r"government property|another (?:government )?agency|another government|secretary of (?:the )?senate|clerk of|office of the clerk|"
            r"office|department|dept|embassy|vault|locker|room\b|\brm\b|building|bldg|headquarters|hq\b|suite|museum|library|agency|pentagon|"
            r"treasury|residence|held|stored|storage|custody|retained (?:at|in|on|by)|being retained|\bs[dhr][ -]?\d|capitol|safe\b|cabinet|gift (?:unit|"
            r"program)|protocol|transferred to|accepted by|forwarded to|delivered to|deposited|turned[ -]in|turn in|commander|command|"
            r"u\.?s\.? |center|house|bureau|division|base\b|conference|corridor|mess\b|ship\b|uss\b|retained|retain\b|kept|museum|"
            r"united states|court|\b[A-Z]{3,}\b",
        ),
    )
)
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
    return next((code for code, rule in _RULES if rule.search(clause)), None)
