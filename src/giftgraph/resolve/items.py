"""Take the printed text of a gift block apart into its items.

Numbers ("(1) … (2) …"), full stops and semicolons part items where the next words name a thing of their own; commas and "and"
only in a plain list. What is said of a thing (material, size, inscription, the box it lies in, the pieces of a set) stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from giftgraph.resolve.heads import JOINS, SETS, ends_in_noun, find_head, is_colour, joins_name, joint_of, phrase_of
from giftgraph.resolve.item_text import behind_value, clean
from giftgraph.resolve.lexicon import Lexicon, Match, Token, lexicon, tokenize

_NUMBERED = re.compile(r"(?:(?<=^)|(?<=[\s:.;,]))\((\d{1,2})\)\s?(?=\S)")
_HEADING = re.compile(r"^\s*([A-Za-z][A-Za-z'’ /-]{1,60}?)\s*(?:\([^)]{1,40}\))?\s*(?::|--)\s*(?=\S)")
_FOR = re.compile(r"(?:^|(?<=[.;,]))\s*For (?:the )?[A-Z][\w.’' -]{2,40}:\s*")
_HOLDS = ("of", "containing", "consisting", "comprising", "including")
_ART = ("art", "paintings-prints", "sculpture", "photographs")


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
    text = clean(description)
    if not lexicon().matches(tokenize(text)):
        text = behind_value(description) or text
    for whose in filter(None, _FOR.split(text)):
        for part in _numbered(whose):
            items.extend(_listed(*_headed(part)))
    return tuple(items)


def _numbered(text: str) -> list[str]:
    """The parts of "(1) … (2) …"; a count in parentheses begins no part, since the numbers must run on from 1."""
    cuts: list[tuple[int, int]] = []
    for found in _NUMBERED.finditer(text):
        # "For the First Lady: (1) …" begins to count anew.
        if int(found[1]) == len(cuts) + 1 or (int(found[1]) == 1 and cuts):
            cuts.append(found.span())
    if len(cuts) < 2:
        return [text]
    before = text[: cuts[0][0]].strip(" :;,.")
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    parts = [text[stop:end].strip() for (_, stop), end in zip(cuts, ends, strict=True)]
    if len(before) > 40 or ":" in before:
        return [before, *filter(None, parts)]
    # "Household item: (1) … (2) …": the words before the numbers are a heading.
    return [f"{before}: {part}" if before else part for part in parts if part]


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
    if any(token.word in JOINS for token in tokens):
        return text, ""
    matches = words.matches(tokens)
    if (
        matches
        and matches[-1].stop == len(tokens)
        and not any(token.word in words.grammar["stops"] for token in tokens)
    ):
        return text[found.end() :], heading
    return text, ""


def _listed(text: str, heading: str) -> Iterator[Item]:
    """The items of one part: cut where a separator is followed by a thing of its own."""
    tokens = tokenize(text)
    words = lexicon()
    kept = heading if heading in words.headings else ""
    start = segment = at = 0
    began = heading
    head = _heading_match(heading, words)
    opened = "hard" if head else ""
    while at < len(tokens):
        separator = _separator(text, tokens, at)
        if separator is None:
            opened = opened if opened == "hard" else _opening(tokens, at, words) or opened
            at += 1
            continue
        if separator == "and" and joins_name(tokens, at, words):
            at += 1
            continue
        if separator == "and" and not (
            ends_in_noun(tokens[segment:at], words)
            or _begins_book(tokens, at + 1, words)
            or _is_whole_thing(tokens[start:at], words)
            or (_begins_counted(tokens[at + 1 :], words) and _is_book(find_head(tokens[start:at], words)))
        ):
            at += 1
            continue
        following = at + 1
        ahead = tokens[following].word if following < len(tokens) else ""
        if not is_colour(tokens[segment:at], ahead, words):
            head = head or find_head(tokens[segment:at], words)
        # "Shawl; a beige wool shawl" names it once more.
        bare = (
            separator == ";" and head is not None and (head.start, head.stop) == (0, at - segment) and segment == start
        )
        if _begins_item(text, tokens, following, separator, head, "hard" if bare else opened, words):
            if piece := text[_from(tokens, start) : tokens[at].start].strip(" ,;.:-&"):
                yield Item(piece, began)
            began, head, opened = kept, None, ""
            if separator in ".;" and following < len(tokens):
                rest, own = _headed(text[tokens[following].start :])
                while own and following < len(tokens) and tokens[following].start < len(text) - len(rest):
                    following += 1
                began = own or kept
                head = _heading_match(own, words)
                opened = "hard" if head else ""
            start = following
        elif separator == "." or (separator == ";" and opened == "soft"):
            # A new sentence about the same thing; a list may follow it.
            opened = ""
        segment = at = following
    if piece := text[_from(tokens, start) :].strip(" ,;.:-&"):
        yield Item(piece, began)


def _opening(tokens: Sequence[Token], at: int, words: Lexicon) -> str:
    """What a word makes of the commas after it: `hard`, they list what belongs to the thing; `soft`, they may end it; else ""."""
    word = tokens[at].word
    if word in words.grammar["opens"]:
        return "soft" if word in ("with", "accompanied") else "hard"
    if word == "for" and tokens[at + 1 : at + 2] and tokens[at + 1].word == "the":
        return "hard"
    if word != "of" or at == 0:
        return ""
    before = words.nouns.get(tokens[at - 1].word)
    shows = before is not None and before.group in _ART
    return "soft" if shows or tokens[at - 1].word.rstrip("s") in ("set", "collection") else ""


def _from(tokens: Sequence[Token], index: int) -> int:
    return tokens[index].start if index < len(tokens) else (tokens[-1].end if tokens else 0)


def _separator(text: str, tokens: Sequence[Token], at: int) -> str | None:
    """`.`, `;`, `,` or `and` where the token parts phrases, else None; the end of the text is a full stop."""
    if at >= len(tokens):
        return "."
    word = tokens[at].word
    if word in (";", ","):
        return word
    if word in JOINS:
        return "and"
    if word != ".":
        return None
    before = tokens[at - 1].word if at else ""
    if at + 1 < len(tokens):
        after = tokens[at + 1]
        if before in lexicon().grammar["abbreviations"] and not (before == "in" and after.capital):
            return None
        if after.start == tokens[at].end and not after.capital:
            return None
        if not (after.capital or text[after.start].isdigit() or text[after.start] in "“("):
            return ";"
    return "."


def _heading_match(heading: str, words: Lexicon) -> Match | None:
    matches = words.matches(tokenize(heading)) if heading and heading not in words.headings else []
    return matches[-1] if matches else None


def _begins_item(
    text: str, tokens: Sequence[Token], at: int, separator: str, head: Match | None, opened: str, words: Lexicon
) -> bool:
    """Whether the words after a separator name a new thing, and do not go on about the one before."""
    counted = False
    while at < len(tokens) and (tokens[at].word in JOINS or _counts(tokens[at], words)):
        counted = counted or _counts(tokens[at], words)
        at += 1
    if separator in ".;" and opened == "soft":
        opened = ""
    if at >= len(tokens) or (head is None and separator != "."):
        return False
    first = tokens[at].word
    second = f"{first} {tokens[at + 1].word}" if at + 1 < len(tokens) else first
    if separator == "." and _headed(text[tokens[at].start :])[1]:
        return True
    loose = separator in ",and" or (separator == ";" and not tokens[at].capital)
    if not {first, second}.isdisjoint(words.grammar["participles"]):
        if loose and not counted:
            return False
    elif {first, second} & (words.grammar["continues"] | words.grammar["stops"]):
        return False
    # "Engraved silver spoon": the participle is no end of a phrase that it begins.
    lead = 1 if first in words.grammar["participles"] and first in words.grammar["stops"] else 0
    phrase, boundary = _first_thing(tokens[at + lead : at + 40], words)
    matches = words.matches(phrase)
    if not matches or boundary in words.grammar["finite"]:
        return False
    new = matches[-1]
    if first == "the" and boundary in words.grammar["stops"] and boundary not in ("of", "with", "by", "in", "from"):
        return False
    ending = " ".join(token.word for token in phrase[-2:])
    if _wraps(new, phrase, boundary, head, loose) or (
        {new.phrase, ending} & words.parts
        and ((loose and not tokens[at].capital) or new.noun.sort in ("figure", "vehicle"))
    ):
        return False
    if separator == "and" and not counted and _is_watch_case(tokens[: at - 1], head, new):
        return False
    if separator in ",and" and new.phrase in words.grammar["never"]:
        return False
    if loose and new.stop < len(phrase) and phrase[-1].word in words.parts:
        # "medallion style design" is said of the rug before it.
        return False
    if (
        len(phrase) > 1
        and new.phrase in words.parts
        and all(token.word in words.parts or token.word in JOINS for token in phrase)
    ):
        # "Silk and wool." is said of the rug before it.
        return False
    if not loose:
        # "Book register 2,163 …" after a book says more about it.
        return head is None or new.noun != head.noun or new.start > 0 or new.stop == len(phrase)
    if head is not None and _begins_book(tokens, at - 1, words) and new.noun.group != head.noun.group:
        return True
    if counted and _is_book(head) and _begins_counted(tokens[at - 1 :], words):
        return True
    if (
        head is not None
        and head.noun.sort == "jewellery"
        and counted
        and new.noun.group in ("writing-desk", "electronics")
    ):
        # A jewellery set is said to include rings, "and a pen": that is no jewel.
        return True
    return head is not None and _goes_on_list(head, new, phrase, separator, opened, counted or tokens[at].capital)


def _counts(token: Token, words: Lexicon) -> bool:
    return token.word in words.grammar["counts"] or token.word.isdigit()


def _is_watch_case(tokens: Sequence[Token], head: Match | None, new: Match) -> bool:
    """Whether a bracelet is a watch's: "man's wristwatch, gold case and bracelet"."""
    timed = head is not None and head.noun.group == "timepieces" and new.phrase == "bracelet"
    return timed and bool(tokens) and tokens[-1].word in ("case", "dial", "face", "bezel")


def _is_whole_thing(tokens: Sequence[Token], words: Lexicon) -> bool:
    """Whether an item is so far one word that is a part elsewhere ("Plaque and rug"), and no material ("Pearl and diamond")."""
    noun = words.nouns.get(tokens[0].word) if len(tokens) == 1 else None
    return noun is not None and noun.sort == "item" and noun.group == "decorative-objects"


def _is_book(head: Match | None) -> bool:
    return head is not None and head.noun.group == "books-documents"


def _begins_counted(tokens: Sequence[Token], words: Lexicon) -> bool:
    """Whether several coins, medals or stamps begin ("and four Kazakh coins"): no book is about so many of them."""
    if not tokens or tokens[0].word in ("a", "an", "also") or not _counts(tokens[0], words):
        return False
    matches = words.matches(_first_thing(tokens[1:12], words)[0])
    return bool(matches) and matches[-1].noun.group == "coins-medals"


def _begins_book(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """Whether "a book", "two inscribed books" or a recording begins: of such a thing nobody says that it belongs to another."""
    if at >= len(tokens) or not (tokens[at].word in words.grammar["counts"] or tokens[at].capital):
        return False
    begin = at + (not tokens[at].capital)
    begin += begin < len(tokens) and tokens[begin].word in words.grammar["participles"]
    phrase, _ = _first_thing(tokens[begin : at + 12], words)
    matches = words.matches(phrase)
    return (
        bool(matches)
        and matches[-1].noun.group in ("books-documents", "electronics")
        and matches[-1].phrase not in words.parts
    )


def _first_thing(tokens: Sequence[Token], words: Lexicon) -> tuple[Sequence[Token], str]:
    """The first noun phrase, without what "and" joins to it, and the word after it.

    A carrier ("pair of …") and a maker ("Charmex of Switzerland watch") are passed over where a noun follows.
    """
    phrase, boundary, stop = _phrase_from(tokens, 0, words)
    carries = bool(phrase) and phrase[-1].word in words.carriers
    if stop + 1 < len(tokens) and (
        (carries and boundary in _HOLDS) or (boundary == "of" and phrase and not words.matches(phrase))
    ):
        held, after, _ = _phrase_from(tokens, stop + 1, words)
        if words.matches(held):
            phrase, boundary = held, after
    joint = joint_of(phrase, words)
    if joint is not None:
        return phrase[:joint], phrase[joint].word
    return phrase, boundary


def _phrase_from(tokens: Sequence[Token], begin: int, words: Lexicon) -> tuple[Sequence[Token], str, int]:
    """The noun phrase at a place, the word after it, and where that stands."""
    phrase = phrase_of(tokens[begin:], words)
    stop = begin + len(phrase)
    return phrase, tokens[stop].word if stop < len(tokens) else ".", stop


def _wraps(new: Match, phrase: Sequence[Token], boundary: str, head: Match | None, loose: bool) -> bool:
    """Whether the noun is only what the thing before it lies in: "presentation box", a watch's "steel case"."""
    words = lexicon()
    if new.noun.sort != "packing" and new.phrase not in words.packing:
        return False
    if head is not None and head.noun.group == "timepieces" and new.phrase.endswith(("case", "cases")):
        return True
    if loose and new.noun.group != "accessories":
        return True
    return (
        any(token.word in words.grammar["wraps"] for token in phrase)
        or new.phrase in words.parts
        or (new.noun.sort == "packing" and len(phrase) < 2 and boundary != "of")
    )


def _goes_on_list(head: Match, new: Match, phrase: Sequence[Token], separator: str, opened: str, marked: bool) -> bool:
    """Whether a comma or "and" goes on to the next thing of a list; `marked` is a capital or a count before it."""
    if new.noun.sort in ("figure", "vehicle") or opened == "hard":
        return False
    # "wallet gift set" still ends in the wallet.
    said = phrase[new.stop :]
    measured = bool(said) and said[0].word[0].isdigit()  # "ring 18 karat gold"
    if separator != ";" and not measured and any(token.word not in lexicon().carriers for token in said):
        return False
    if head.noun.group == new.noun.group and head.noun.group in ("books-documents", *_ART):
        return False
    if head.noun.group in _ART and new.noun.group in _ART:
        return False
    if opened and (head.noun.group in _ART or head.phrase.split()[-1] in SETS or not (marked or len(phrase) > 2)):
        return False
    if opened and (head.noun.group == new.noun.group or head.noun.sort == new.noun.sort == "vessel"):
        return False
    if new.noun == head.noun and new.noun.sort != "item" and not marked:
        return False
    if separator == "and":
        same = new.noun == head.noun
        return new.phrase != head.phrase and not (same and not SETS.isdisjoint(token.word for token in phrase))
    if head.phrase.split()[-1] in SETS and not marked:
        return False
    # "Watch, a steel watch" says the same again; "Gold watch, Rolex watch" are two.
    return new.phrase != head.phrase or (marked and (separator == ";" or head.start > 0))
