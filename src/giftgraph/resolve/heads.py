"""The head noun of a noun phrase: what a thing is, among the words that say how it is."""

from __future__ import annotations

from collections.abc import Sequence

from giftgraph.resolve.lexicon import Lexicon, Match, Token

JOINS = frozenset({"and", "&", "plus"})
SETS = frozenset({"set", "sets", "service", "services", "ensemble", "suite", "outfit"})
_AFTER_PARTICIPLE = frozenset({"on", "by", "with", "in", "at", "to", "from", "for", "as"})


def ends_phrase(token: Token, words: Lexicon) -> bool:
    """Whether a token ends a noun phrase: a mark, a quotation, a preposition, a verb."""
    return token.word in ",;:.--" or token.word in words.grammar["stops"] or token.word[0] in "“("


def phrase_of(tokens: Sequence[Token], words: Lexicon) -> Sequence[Token]:
    """The tokens of the noun phrase at the beginning."""
    for index, token in enumerate(tokens):
        if index and (token.word[0] == "(" or (token.word[0] == "“" and not ends_in_noun(tokens[:index], words))):
            # A name or remark between the adjectives and their noun: "wool “children's” rug".
            continue
        if ends_phrase(token, words) and not _names_whole(tokens, index, words):
            # "Plaque mounted on …": the participle belongs to what follows.
            said = index > 1 and token.word in _AFTER_PARTICIPLE and tokens[index - 1].word.endswith("ed")
            return tokens[: index - 1] if said else tokens[:index]
    return tokens


def _names_whole(tokens: Sequence[Token], of: int, words: Lexicon) -> bool:
    """Whether the words around a preposition are one name: "medal of honor", "oil on canvas"."""
    if of == 0 or of + 1 >= len(tokens) or tokens[of].word not in ("of", "on", "to", "in"):
        return False
    name = f"{tokens[of - 1].word} {tokens[of].word} {tokens[of + 1].word}"
    return name in words.nouns or (of + 2 < len(tokens) and f"{name} {tokens[of + 2].word}" in words.nouns)


def ends_in_noun(tokens: Sequence[Token], words: Lexicon) -> bool:
    """Whether the last words are a thing ("watch and pen"), and not a part or material ("coral and silver ring")."""
    tail = tokens[-12:]
    matches = words.matches(tail)
    return bool(matches) and matches[-1].stop == len(tail) and matches[-1].phrase not in words.parts


def is_colour(phrase: Sequence[Token], following: str, words: Lexicon) -> bool:
    """Whether a phrase may be the first of several colours or fabrics: "red", "handwoven emerald green", "red wool" before
    "cotton and silk rug"; the noun then comes later."""
    colours, fabrics = words.materials["colour"] | words.grammar["colours"], words.materials["fabric"]
    if not 0 < len(phrase) < 5 or phrase[-1].word not in colours | fabrics:
        return False
    known = words.materials["colour"]
    if following in colours | fabrics:
        known = known | fabrics
    elif phrase[-1].word in fabrics - known:
        return False
    return all(match.phrase in known for match in words.matches(phrase))


def joins_name(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """Whether the words around "and" are one name: "knives and forks"."""
    begin = max(0, at - 2)
    return any(match.start < at - begin < match.stop - 1 for match in words.matches(tokens[begin : at + 3]))


def joint_of(phrase: Sequence[Token], words: Lexicon) -> int | None:
    """Where "and" joins two things of a phrase; None in "pen and pencil set", which is one, and in "coral and silver ring"."""
    for index, token in enumerate(phrase):
        if token.word not in JOINS or joins_name(phrase, index, words) or not ends_in_noun(phrase[:index], words):
            continue
        rest = phrase[index + 1 :]
        if SETS.isdisjoint(one.word for one in rest):
            return index
        left, right = words.matches(phrase[:index])[-1].noun, words.matches(rest)
        if right and (left.sort, left.group) != (right[-1].noun.sort, right[-1].noun.group) and len(right) == 1:
            return index
    return None


def find_head(tokens: Sequence[Token], words: Lexicon, *, before_depiction: bool = False) -> Match | None:
    """The last noun of the first phrase that has one; a carrier ("set of …") passes on to the phrase it holds.

    With `before_depiction`, nothing is looked for after a word such as "depicting".
    """
    begin = 0
    holder: Match | None = None
    passing = False
    while begin < len(tokens):
        phrase = phrase_of(tokens[begin:], words)
        end = begin + len(phrase)
        if end < len(tokens) and not ends_phrase(tokens[end], words):
            end += 1
        found = _head_of(phrase, words)
        if found is not None:
            match = Match(found.phrase, found.noun, found.start + begin, found.stop + begin)
            follows = tokens[end].word if end < len(tokens) else ""
            last = all(token.word[0] == "(" for token in tokens[match.stop : end])
            carrier = words.carriers.get(tokens[match.stop - 1].word) if last else None
            # "red, ivory, and olive rug", "souvenir set of coins": the thing comes later.
            after = tokens[end + 1].word if end + 1 < len(tokens) else ""
            colour = follows == "," and is_colour(phrase, after, words)
            set_of = (
                match.noun.group == "decorative-objects"
                and match.stop < end
                and follows == "of"
                and words.carriers.get(phrase[-1].word) == "always"
            )
            if (colour or set_of) and not passing:
                holder = holder or match
                begin = end + 1
                continue
            if passing and holder is not None and not _may_hold(holder, match):
                return holder
            # "case of eight bottles of oil" holds twice.
            if carrier is not None and follows in ("of", "containing") and (passing or holder is None):
                holder, passing = holder or match, True
            elif (
                match.noun.sort == "packing" and begin and tokens[begin - 1].word in ("in", "with", "inside", "within")
            ):
                pass
            elif match.noun.sort == "packing" and holder is None and follows != "of":
                if begin == 0:
                    return match
                holder = match
            else:
                return match
        elif passing:
            # "Box of polished silver": what it is made of.
            return holder
        if phrase and end < len(tokens) and before_depiction and tokens[end].word in words.grammar["depiction"]:
            break
        begin = end + 1
    return holder


def _head_of(phrase: Sequence[Token], words: Lexicon) -> Match | None:
    """The last noun; where "and" joins two things, the first one."""
    matches = words.matches(phrase)
    if not matches:
        return None
    joint = joint_of(phrase, words)
    if joint is not None:
        return words.matches(phrase[:joint])[-1]
    while len(matches) > 1 and words.carriers.get(matches[-1].phrase) == "always":
        # "telephone package": the telephone.
        matches.pop()
    if matches[-1].stop == len(phrase):
        return matches[-1]
    # Before other words a noun such as "hand" or "palm tree" is a modifier more often than the thing ("Art Deco style").
    firm = [
        match
        for match in matches
        if match.noun.sort not in ("figure", "vehicle", "packing") and match.phrase not in words.parts | {"art"}
    ]
    if firm:
        return firm[-1]
    alone = len(matches) == 1 and len(phrase) - matches[-1].stop < 3 and matches[-1].phrase != "art"
    return matches[-1] if alone else None


def _may_hold(holder: Match, content: Match) -> bool:
    """Whether a content takes the place of its container: "box of cigars" is tobacco, "book of carpets" a book."""
    if holder.noun.group in ("books-documents", "photographs", "writing-desk") or holder.phrase.startswith("frame"):
        pictures = content.noun.group in ("paintings-prints", "photographs") and holder.noun.group != "photographs"
        return (
            content.noun.group == "coins-medals"
            or "stamp" in content.phrase
            or (pictures and "book" not in holder.phrase)
        )
    return content.noun.sort in ("item", "vessel", "jewellery")
