"""Take the printed text of a gift block apart into its items.

Numbers ("(1) … (2) …"), full stops and semicolons part items where the next words name a thing of their own; commas and "and"
only in a plain list. What is said of a thing (material, size, inscription, the box it lies in, the pieces of a set) stays with it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from giftgraph.resolve.lexicon import Lexicon, Match, Token, lexicon, tokenize

LONGEST_TEXT = 20_000
_DATE_LABEL = re.compile(
    r"(?:\bdate )?\b(?:rec['’]?\.?d|rece[i]?ved|recd|reced|rec)\b[.,]?(?: on| date)?\s?(?:--?|—|:|(?=\d))"
    r"|(?:\b(?:estimated|appraised|est\.?|ext\.?)\)? ?val?u?[el]{0,2}\b)|\best\.--",
    re.IGNORECASE,
)
_LEADING_DATE = re.compile(r"^\W*(?:rec['’]?d|recd|received)[.\s]*(?:--|—|:)[^.;]{0,40}[.;]\s", re.IGNORECASE)
_ENTITY = re.compile(r"\[([a-z]{2,9})\]")
_FRACTION = re.compile(r"\\(\d+)/?(?:\\?/?)(\d+)\\")
_PRICE = re.compile(r"\(?(?:valued at )?(?:usd ?)?\$ ?\d[\d,]*(?:\.\d+)?(?: each)?\)?", re.IGNORECASE)
_INCH = re.compile(r"(?<=\d)\s?(?:''|\"|″)(?!\w)")
_QUOTED = re.compile(r"``([^`]{1,300}?)''|“([^”]{1,300})”|\"([^\"]{1,300})\"|(?<!\w)''([^`']{2,200})''")
_TITLE = re.compile(r"\b(titles?|titled|entitled|title of)\s?:\s?(?!“)([^;]{2,200}?)(?=\.\s|\.?$|;|\sby [A-Z]|, by )", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:(?<=^)|(?<=[\s:.;,]))\((\d{1,2})\)\s?(?=\S)")
_HEADING = re.compile(r"^\s*([A-Za-z][A-Za-z'’ /-]{1,60}?)\s*(?:\([^)]{1,40}\))?\s*(?::|--)\s*(?=\S)")
_FOR = re.compile(r"^\s*for (?:the )?[A-Z][\w.’' -]{2,40}:\s*", re.IGNORECASE)
_ABBREVIATIONS = frozenset(
    "no st dr mr mrs ms oz ozs in ft x co ltd inc approx jr sr h.e vol cm mm kt kg lb lbs fl ml d.c u.s gen col lt capt prof hon pres gov sen rep"
    " ca c etc ed al ii iii w l h d g p j e a b f m r s t v ave bros mt sgt maj cpt dept messrs incl diam".split()
)
_JOINS = frozenset({"and", "&", "plus"})
_SETS = ("set", "sets", "service", "services", "ensemble", "suite", "outfit")
_WRAPS = frozenset(
    "presentation display carrying carry gift fitted original storage velvet plastic matching hard protective shipping cardboard felt lined suede".split()
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing: its own words, and the heading that stood before them ("Household item"), if any."""

    text: str
    heading: str = ""


def split_items(description: str) -> tuple[Item, ...]:
    """The items of a block's gift text, in printed order; the text itself where nothing can be parted.

    >>> [item.text for item in split_items("Gold watch, in a red box. Book, title: On Pens, Old and New. Two vases; silver tray.")]
    ['Gold watch, in a red box', 'Book, title: “On Pens, Old and New”', 'Two vases', 'silver tray']
    """
    items: list[Item] = []
    for part in _numbered(clean(description)):
        text, heading = _headed(_FOR.sub("", part))
        items.extend(_listed(text, heading))
    return tuple(items)


def clean(description: str) -> str:
    """The text without its date, value and prices, with one kind of quotation mark and no odd marks."""
    text = " ".join(description[:LONGEST_TEXT].replace("\x00", "").split())
    text = _LEADING_DATE.sub("", text)
    label = _DATE_LABEL.search(text)
    if label is not None and label.start() > 2:
        text = text[: label.start()]
    text = _ENTITY.sub(lambda found: html.unescape(f"&{found[1]};") if f"{found[1]};" in html.entities.html5 else found[1], text)
    text = _FRACTION.sub(r" \1/\2", text.replace("<gr-thn-eq>", "''"))
    text = _INCH.sub(" in", text) if "``" not in text else _inches_outside_quotes(text)
    text = _QUOTED.sub(lambda found: f"“{next(part for part in found.groups() if part).strip()}”", text)
    text = _TITLE.sub(lambda found: f"{found[1]}: “{found[2].strip()}”", text)
    text = _PRICE.sub(" ", text)
    text = re.sub(r"(?<=[a-z])- (?=[a-z])", "-", text).replace("`", "'").replace("....", " ")
    return " ".join(text.split()).strip(" .;,:-")


def _inches_outside_quotes(text: str) -> str:
    """Two primes close a quotation where one is open; else, after a number, they are inches."""
    parts = []
    quoted = False
    for part in re.split(r"(``|'')", text):
        if part == "``":
            quoted = True
        elif part == "''":
            if not quoted and parts and parts[-1][-1:].isdigit():
                parts.append(" in")
                continue
            quoted = False
        parts.append(part)
    return _INCH.sub(" in", "".join(parts)) if "''" not in text else "".join(parts)


def _numbered(text: str) -> list[str]:
    """The parts of "(1) … (2) …"; a count in parentheses begins no part, since the numbers must run on from 1."""
    cuts: list[tuple[int, int]] = []
    for found in _NUMBERED.finditer(text):
        if int(found[1]) == len(cuts) + 1:
            cuts.append(found.span())
        elif int(found[1]) == 1 and cuts:
            cuts.append(found.span())
    if len(cuts) < 2:
        return [text]
    before = text[: cuts[0][0]].strip(" :;,.")
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    parts = [text[stop:end].strip() for (_, stop), end in zip(cuts, ends, strict=True)]
    # "Household item: (1) … (2) …": the words before the numbers are a heading.
    return [f"{before}: {part}" if before and len(before) < 40 and ":" not in before else part for part in parts if part]


def _headed(text: str) -> tuple[str, str]:
    """The text and the heading before its first colon, where that names a kind of thing."""
    words = lexicon()
    found = _HEADING.match(text)
    if found is None:
        return text, ""
    heading = " ".join(found[1].lower().split())
    if heading in words.headings or heading in ("travel", "hospitality"):
        return text[found.end() :], heading
    tokens = tokenize(heading)
    matches = words.matches(tokens)
    if matches and matches[-1].stop == len(tokens) and not any(token.word in words.grammar["stops"] for token in tokens):
        return text[found.end() :], heading
    return text, ""


def _listed(text: str, heading: str) -> Iterator[Item]:
    """The items of one part: cut where a separator is followed by a thing of its own."""
    tokens = tokenize(text)
    words = lexicon()
    start = 0
    head: Match | None = None
    opened = bool(heading) and heading not in words.headings
    began = heading
    at = 0
    segment = 0
    while at <= len(tokens):
        separator = _separator(text, tokens, at)
        if separator is None:
            if tokens[at].word in words.grammar["opens"] or (tokens[at].word == "of" and _after_carrier(tokens, at, words)):
                opened = True
            at += 1
            continue
        if head is None:
            head = _head(tokens[segment:at], words)
        following = at + (0 if at >= len(tokens) else 1)
        if at >= len(tokens):
            break
        if separator == "and" and not (head and _ends_in_noun(tokens[segment:at], words)):
            at += 1
            continue
        if _begins_item(text, tokens, following, separator, head or (_heading_match(began, words)), opened, words):
            if piece := text[_from(tokens, start) : tokens[at].start].strip(" ,;.:-&"):
                yield Item(piece, began)
            start = following
            head, opened, began = None, False, heading if heading in words.headings else ""
            rest, own = _headed(text[tokens[following].start :])
            if own and separator in ".;":
                began = own
                opened = own not in words.headings
                while start < len(tokens) and tokens[start].start < len(text) - len(rest):
                    start += 1
                following = start
        elif separator in ".;":
            # A new sentence about the same thing; a list may follow it.
            opened = separator == ";" and opened
        segment = at = following
    if piece := text[_from(tokens, start) :].strip(" ,;.:-&"):
        yield Item(piece, began)


def _from(tokens: Sequence[Token], index: int) -> int:
    return tokens[index].start if index < len(tokens) else (tokens[-1].end if tokens else 0)


def _separator(text: str, tokens: Sequence[Token], at: int) -> str | None:
    """`.`, `;`, `,` or `and` where the token parts phrases, else None; the end of the text is a full stop."""
    if at >= len(tokens):
        return "."
    word = tokens[at].word
    if word in (";", ","):
        return word
    if word in _JOINS:
        return "and"
    if word != ".":
        return None
    before = tokens[at - 1].word if at else ""
    if at + 1 < len(tokens):
        after = tokens[at + 1]
        if before in _ABBREVIATIONS and not (before == "in" and after.capital):
            return None
        if after.start == tokens[at].end and not after.capital:
            return None
        if not (after.capital or text[after.start].isdigit() or text[after.start] in "“("):
            return ";"
    return "."


def _after_carrier(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    return at > 0 and words.carriers.get(tokens[at - 1].word) == "always" and tokens[at - 1].word.rstrip("s") in ("set", "collection")


def _phrase(tokens: Sequence[Token], words: Lexicon) -> Sequence[Token]:
    """The tokens up to the first mark or word that ends a noun phrase."""
    for index, token in enumerate(tokens):
        if token.word in ",;:.--" or token.word in words.grammar["stops"] or token.word[0] in "“(":
            return tokens[:index]
    return tokens


def _head(tokens: Sequence[Token], words: Lexicon) -> Match | None:
    matches = words.matches(_phrase(tokens, words))
    return matches[-1] if matches else None


def _heading_match(heading: str, words: Lexicon) -> Match | None:
    matches = words.matches(tokenize(heading)) if heading and heading not in words.headings else []
    return matches[-1] if matches else None


def _ends_in_noun(tokens: Sequence[Token], words: Lexicon) -> bool:
    """Whether the last words before "and" are a noun, as in "watch and pen", and not an adjective, as in "red and gold rug"."""
    tail = tokens[-4:]
    matches = words.matches(tail)
    return bool(matches) and matches[-1].stop == len(tail)


def _begins_item(
    text: str, tokens: Sequence[Token], at: int, separator: str, head: Match | None, opened: bool, words: Lexicon
) -> bool:
    """Whether the words after a separator name a new thing, and do not go on about the one before."""
    while at < len(tokens) and tokens[at].word in _JOINS | {"also", "one", "a", "an"}:
        at += 1
    if at >= len(tokens):
        return False
    first = tokens[at].word
    second = f"{first} {tokens[at + 1].word}" if at + 1 < len(tokens) else first
    if separator == "." and _headed(text[tokens[at].start :])[1]:
        return True
    if head is None and separator != ".":
        return False
    if first in words.grammar["continues"] or second in words.grammar["continues"] or first in words.grammar["stops"]:
        return False
    phrase = _phrase(tokens[at : at + 30], words)
    joint = next((i for i, token in enumerate(phrase) if token.word in _JOINS and _ends_in_noun(phrase[:i], words)), None)
    if joint and not any(token.word in _SETS for token in phrase[joint:]):
        phrase = phrase[:joint]
    matches = words.matches(phrase)
    if not matches:
        return False
    new = matches[-1]
    boundary = tokens[at + len(phrase)].word if at + len(phrase) < len(tokens) else "."
    if boundary in words.grammar["finite"]:
        return False
    loose = separator in ",and" or (separator == ";" and not tokens[at].capital)
    if new.noun.sort == "packing" or new.phrase in words.packing:
        if loose and new.noun.group != "accessories":
            return False
        if any(token.word in _WRAPS for token in phrase) or new.phrase in words.parts or new.noun.sort == "packing" and len(phrase) < 2:
            return False
    if new.phrase in words.parts and (loose or new.noun.sort in ("figure", "vehicle")):
        return False
    if first == "the" and separator == "." and boundary in words.grammar["stops"] and boundary not in ("of", "with", "by", "in", "from"):
        return False
    if not loose:
        return True
    if head is None or new.noun.sort in ("figure", "vehicle"):
        return False
    if new.stop != len(phrase) and separator in ",and":
        return False
    if opened or head.phrase.split()[-1] in _SETS and not tokens[at].capital and separator != ",":
        return False
    art = ("art", "paintings-prints", "sculpture", "photographs")
    if head.noun.group in art and new.noun.group in art:
        return False
    if separator == "and":
        return new.phrase.split()[-1] not in _SETS and new.phrase != head.phrase
    return new.phrase != head.phrase or tokens[at].capital
