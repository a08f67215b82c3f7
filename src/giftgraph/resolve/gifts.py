"""The gifts of a block: its items, each with a short label, a category of the vocabulary, and the words that decided it.

The head noun decides, not what stands beside it: a "watch box" is a box, a "painting of a horse" a painting. The material only
chooses among the narrower kinds: a silver bowl, a crystal bowl, a gold or a glass necklace. The words are in `gift_words.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from giftgraph.resolve.heads import ends_phrase, find_head
from giftgraph.resolve.item_text import clean
from giftgraph.resolve.items import Item, split_items
from giftgraph.resolve.kinds import kind_of, kind_of_jewellery
from giftgraph.resolve.lexicon import Lexicon, Match, Token, lexicon, tokenize
from giftgraph.sources.records import Gift
from giftgraph.sources.stated import Kind

LONGEST_LABEL = 60
UNTOLD = "other"
"""The category of what cannot be told."""

_TRAVEL = re.compile(r"^\W*(?:travel|hospitality)\b\s*(?::|--|$)", re.IGNORECASE)
_PROVIDED = (
    (
        "airfare",
        re.compile(
            r"\bair ?fares?\b|\bair(?:line)? (?:travel|transport|ticket)|\bflights?\b|\baircraft|\bhelicopter|\bplane\b|\bairplane",
            re.I,
        ),
    ),
    ("rail travel", re.compile(r"\btrain\b|\brail\b", re.I)),
    (
        "transportation",
        re.compile(
            r"\btransport|\bcar service|\bbus\b|\btaxi|\bboat\b|\bmotorcade|\bvehicle|\bcar\b|\bdriver"
            r"|\bsedans?\b|\bmini ?vans?\b|\bshuttle|\blimousine",
            re.I,
        ),
    ),
    ("lodging", re.compile(r"\blodg|\bhotel|\baccommodation|\broom\b|\bhousing|\bvilla\b|\bovernight", re.I)),
    ("meals", re.compile(r"\bmeals?\b|\bfood\b|\bdinner|\blunch|\bbreakfast|\bbanquet|\bsubsistence", re.I)),
    ("per diem", re.compile(r"\bper diem|\bincidental|\bm ?& ?ie\b", re.I)),
    ("fees", re.compile(r"\bfees?\b|\bregistration|\btuition", re.I)),
    ("tickets", re.compile(r"\btickets?\b|\btours?\b|\bentertainment|\badmission", re.I)),
)
_GENERAL = re.compile(r"\btravel|\bexpense|\bcosts?\b|\btrip\b", re.I)
_ARTICLES = frozenset({"a", "an", "the", "one", "and", "&", "or"})


def read_gifts(description: str, kind: Kind = "tangible") -> tuple[Gift, ...]:
    """The gifts of a block's text, at least one; a block of travel is one gift of hospitality. Never raises.

    >>> [(gift.label, gift.category) for gift in read_gifts("(1) Sterling silver tea set. (2) Painting of a horse, in a frame.")]
    [('Sterling silver tea set', 'silverware'), ('Painting of a horse', 'paintings-prints')]
    >>> read_gifts("Airfare, hotel and meals in Rome", "travel")[0].label
    'Airfare, lodging and meals'
    """
    if kind == "travel" or _TRAVEL.match(description):
        provided = _hospitality(description)
        if provided is not None:
            return (provided,)
    return tuple(_gift(item) for item in split_items(description)) or (
        Gift("Gift not described", UNTOLD, "nothing stated"),
    )


def _hospitality(description: str) -> Gift | None:
    """The one gift of a block of travel; None where the words name an object and nothing that a host provides."""
    text = clean(description)
    found = [(name, match[0]) for name, pattern in _PROVIDED if (match := pattern.search(text))]
    if not found and not _GENERAL.search(text) and not _TRAVEL.match(description):
        items = split_items(description)
        if items and (head := _decide(items[0])) and head[1] not in (UNTOLD, "hospitality"):
            return None
    names = [name for name, _ in found]
    label = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names) or "travel"
    why = ", ".join(f"'{word.lower()}'" for _, word in found) or "listed as travel"
    return Gift(_capitalised(label), "hospitality", why)


def _gift(item: Item) -> Gift:
    label, category, why = _decide(item)
    return Gift(label, category, why)


def _decide(item: Item) -> tuple[str, str, str]:
    """Label, category and reason of one item."""
    words = lexicon()
    tokens = tokenize(item.text)
    heading = item.heading
    class_of = words.headings.get(heading)
    named = heading if heading and class_of is None else ""
    head = find_head(tokens, words, before_depiction=bool(class_of and class_of != UNTOLD))
    if named:
        spoken = tokenize(named)
        match = words.matches(spoken)[-1]
        category, material = kind_of(match, spoken + tokens, words)
        if head is not None and match.noun.sort == "packing":
            category, material = kind_of(head, tokens, words)
        label = (
            _label(item.text, tokens, head, words)
            if head and head.noun == match.noun and head.phrase not in words.parts
            else _headed_label(named, item.text, words)
        )
        return label, category, _why(match.phrase, "heading", material)
    if head is None:
        if class_of is not None and class_of != UNTOLD:
            category = kind_of_jewellery(tokens, words)[0] if class_of == "jewellery" else class_of
            return _untitled_label(item.text, tokens, heading), category, f"'{heading}' (heading)"
        if any(token.word in words.grammar["depiction"] for token in tokens):
            return _untitled_label(item.text, tokens, heading), "art", "a depiction, its kind not named"
        return _untitled_label(item.text, tokens, heading), UNTOLD, "no known noun"
    category, material = kind_of(head, tokens, words)
    return _label(item.text, tokens, head, words), category, _why(head.phrase, "head noun", material)


def _why(phrase: str, how: str, material: str) -> str:
    return f"'{phrase}' ({how})" + (f", '{material}' (material)" if material else "")


_DROPPED = re.compile(r"^\d{4}|^\d.*\D|^(?:inches|x|by|cm|mm|feet|ft|tall|high|long|wide|approx)$")


def _label(text: str, tokens: Sequence[Token], head: Match, words: Lexicon) -> str:
    """The head noun with the words before it that fit, and what it is of."""
    start = head.start
    while start > 0 and not ends_phrase(tokens[start - 1], words) and not _DROPPED.match(tokens[start - 1].word):
        start -= 1
    while start < head.start and (tokens[start].word in _ARTICLES or tokens[start].word in words.grammar["continues"]):
        start += 1
    while start < head.start and tokens[head.stop - 1].end - tokens[start].start > LONGEST_LABEL - 12:
        start += 1
    while start < head.start and tokens[start].word in _ARTICLES:
        start += 1
    if start > 1 and tokens[start - 1].word == "of" and tokens[start - 2].word in words.carriers:
        start = _carried(tokens, start - 2, words)
    stop = head.stop
    while stop < len(tokens) and tokens[stop].word in words.carriers and stop - head.stop < 1:
        stop += 1
    if stop < len(tokens) and tokens[stop].word == "of":
        end = stop + 1
        while (
            end < len(tokens)
            and end - stop < 7
            and not ends_phrase(tokens[end], words)
            and tokens[end].word not in ("and", "&")
        ):
            end += 1
        if end > stop + 1 and tokens[end - 1].end - tokens[start].start <= LONGEST_LABEL:
            stop = end
    label = text[tokens[start].start : tokens[stop - 1].end]
    title = next((token for token in tokens[stop:] if token.word[0] == "“"), None)
    if head.noun.group == "books-documents" and title is not None:
        label = _titled(label, text[title.start + 1 : title.end - 1])
    return _fitting(label)


def _carried(tokens: Sequence[Token], carrier: int, words: Lexicon) -> int:
    """Where the words of a carrier begin: "two bottles of", "set of"."""
    start = carrier
    while (
        start > 0
        and carrier - start < 3
        and not ends_phrase(tokens[start - 1], words)
        and not _DROPPED.match(tokens[start - 1].word)
    ):
        start -= 1
    while start < carrier and tokens[start].word in _ARTICLES:
        start += 1
    return start


def _titled(label: str, title: str) -> str:
    room = LONGEST_LABEL - len(label) - 4
    if room < 8:
        return label
    if len(title) > room:
        title = title[: room - 1].rsplit(" ", 1)[0].rstrip(" ,:;-") + "…"
    return f"{label}: “{title}”"


def _headed_label(heading: str, text: str, words: Lexicon) -> str:
    found = re.search(r"“([^”]+)”", text)
    heading = re.sub(r"\b(?:cd|dvd|tv)(?=s?\b)", lambda word: word[0].upper(), heading)
    if found and lexicon().matches(tokenize(heading))[-1].noun.group == "books-documents":
        return _fitting(_titled(heading, found[1]))
    return _fitting(heading)


def _untitled_label(text: str, tokens: Sequence[Token], heading: str) -> str:
    phrase: list[str] = []
    for token in tokens:
        if token.word in ",;:." or token.word in lexicon().grammar["stops"]:
            if phrase:
                break
            continue
        if token.word[0] not in "“(" and not _DROPPED.match(token.word):
            phrase.append(text[token.start : token.end])
        if len(phrase) == 6:
            break
    return _fitting(" ".join(phrase) or heading or "Gift not described")


def _capitalised(label: str) -> str:
    return label[:1].upper() + label[1:]


def _fitting(label: str) -> str:
    label = " ".join(label.split()).strip(" ,;:.-&")
    if len(label) > LONGEST_LABEL:
        label = label[: LONGEST_LABEL - 1].rsplit(" ", 1)[0].rstrip(" ,;:.-&(“") + "…"
    return _capitalised(label) or "Gift not described"
