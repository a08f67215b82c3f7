"""The category of an item from its head noun; words beside it only choose among narrower kinds: material, copy, live animal."""

from __future__ import annotations

from collections.abc import Sequence

from giftgraph.resolve.heads import find_head
from giftgraph.resolve.lexicon import Lexicon, Match, Token, tokenize

_CASES = frozenset({"box", "boxes", "case", "cases", "pouch", "frame", "stand", "base"})
_COPIES = frozenset({"reproduction", "replica", "facsimile"})
# A copy of these is of their kind; a timepiece or device has a "model" that says only its make.
_COPIED_AS_SUCH = frozenset(
    {
        "books-documents",
        "paintings-prints",
        "photographs",
        "sculpture",
        "electronics",
        "timepieces",
        "small-arms",
        "writing-desk",
    }
)
# Kinds of things that are also made as ornaments: a crystal flower, a silver apple, a crystal slipper.
_SHAPES = frozenset({"plants", "food-drink", "animal-products", "clothing"})


def kind_of(head: Match, tokens: Sequence[Token], words: Lexicon) -> tuple[str, str]:
    """The category of a head noun, and the material that chose it ("" where none did)."""
    near = [token.word for token in tokens]
    sort, group = head.noun.sort, head.noun.group
    before = near[: head.stop]
    if head.phrase.rstrip("s") in _COPIES and (original := _original(head, tokens, words)):
        return original, ""
    if (_is_model(before) or "replica" in near) and sort != "jewellery" and group not in _COPIED_AS_SUCH:
        return "models", ""
    if sort == "jewellery":
        return kind_of_jewellery(_unfold(tokens), words)
    if sort == "vessel":
        return _vessel(group, head, near, words)
    if (
        "canvas" in near
        and not {"oil", "acrylic"}.isdisjoint(near)
        and (sort in ("figure", "vehicle") or group == "sculpture")
    ):
        return "paintings-prints", "canvas"
    if sort == "figure":
        if material := _first(near, words.materials["ivory"]):
            return "ivory", material
        if {"taxidermied", "taxidermy"} & set(before):
            return "animal-products", ""
        if {"stuffed", "plush"} & set(before):
            return "sport-toys", ""
        if _first(before, words.grammar["alive"]):
            return "live-animals", ""
        if _first(before, words.materials["lead-crystal"]):
            return "lead-crystal", "crystal"
        return "sculpture", _first(near, words.materials["figure"])
    if sort == "vehicle":
        return "models", _first(near, words.materials["figure"])
    if group == "sculpture" and "scene" in head.phrase:
        if stitched := {"embroidered", "embroidery", "silk", "woven"} & set(near):
            return "textiles", min(stitched)
        return ("paintings-prints", "framed") if "framed" in before else (group, "")
    if group == "live-animals" and (material := _first(near, words.materials["figure"])):
        return "sculpture", material
    if group in _SHAPES and (shown := _shape(before, group, words)):
        return shown
    if head.phrase.endswith(("knife", "knives")) and not {"fork", "forks", "spoon", "spoons"}.isdisjoint(near):
        return _vessel("cutlery", head, near, words)
    if group == "clothing" and (material := _first(before, words.materials["fur"])):
        return "furs", material
    if group == "sculpture" and (material := _first(before, words.materials["ivory"])):
        return "ivory", material
    return group, ""


def _is_model(before: Sequence[str]) -> bool:
    """Whether the words before a noun make it a model, and do not only give the model's number or year ("Model 2020")."""
    return any(
        word == "model" and not (before[place + 1 : place + 2] and before[place + 1][0].isdigit())
        for place, word in enumerate(before)
    )


def _shape(before: Sequence[str], group: str, words: Lexicon) -> tuple[str, str] | None:
    """The category of a plant, fruit, shell or shoe that is an ornament in its shape; None for the thing itself."""
    if material := _first(before, words.materials["lead-crystal"]):
        return "lead-crystal", material
    # A silver robe is woven with silver.
    hard = words.materials["hard"] - (words.materials["precious"] if group == "clothing" else frozenset())
    if material := _first(before, hard):
        return "sculpture", material
    return None


def _original(head: Match, tokens: Sequence[Token], words: Lexicon) -> str:
    """The category of a copied picture, statue or document: a copy of one is still of its kind; "" for any other copy."""
    if tokens[head.stop : head.stop + 1] and tokens[head.stop].word == "of":
        found = find_head(tokens[head.stop + 1 :], words)
        if found is not None and found.noun.group in _COPIED_AS_SUCH and found.noun.sort == "item":
            return found.noun.group
    before = words.nouns.get(tokens[head.start - 1].word) if head.start else None
    return before.group if before is not None and before.group in _COPIED_AS_SUCH and before.sort == "item" else ""


def _first(near: Sequence[str], names: frozenset[str]) -> str:
    """The first of the names among words, as one or two words; "" where none is there."""
    for index, word in enumerate(near):
        two = f"{word} {near[index + 1]}" if index + 1 < len(near) else ""
        if two in names:
            return two
        if word in names:
            return word
    return ""


def _unfold(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with the words inside parentheses as tokens of their own."""
    found: list[Token] = []
    for token in tokens:
        found.extend(tokenize(token.word[1:-1]) if token.word[0] == "(" else [token])
    return found


def kind_of_jewellery(tokens: Sequence[Token], words: Lexicon) -> tuple[str, str]:
    """Precious where a metal or stone is named that is not only a colour, a plating, an imitation or that of the case."""
    near = [token.word for token in tokens]
    for index, word in enumerate(near):
        two = f"{word} {near[index + 1]}" if index + 1 < len(near) else ""
        name = two if two in words.materials["precious"] else word
        if name in words.materials["precious"] and not _only_said(near, index, words):
            return "precious-jewellery", name
    return "jewellery", ""


def _only_said(near: Sequence[str], index: int, words: Lexicon) -> bool:
    """Whether a precious material is not the thing's own: "gold-tone", "faux pearl", "mother of pearl", "in a silver gift box"."""
    after = near[index + 1] if index + 1 < len(near) else ""
    before = near[index - 1] if index else ""
    if after in words.not_precious["after"] or before in words.not_precious["before"]:
        return True
    if before == "of" and index > 1 and near[index - 2] == "mother":
        return True
    ahead = near[index + 1 : index + 6]
    return any(
        word in _CASES and not set(ahead[:place]) & {",", ".", ";", "with", "in"} for place, word in enumerate(ahead)
    )


def _beside_colour(near: Sequence[str], index: int, words: Lexicon) -> bool:
    """Whether "and" joins the word to a colour."""
    colours = words.grammar["colours"]
    after, before = near[index + 1 : index + 3], near[max(0, index - 2) : index]
    joined_after = len(after) == 2 and after[0] == "and" and after[1] in colours
    return joined_after or (len(before) == 2 and before[1] == "and" and before[0] in colours)


def _vessel(group: str, head: Match, near: Sequence[str], words: Lexicon) -> tuple[str, str]:
    """Silver, crystal, glass, porcelain or another ware; the material nearest before the noun counts before one after it."""
    wares = (
        ("silver", "silverware"),
        ("lead-crystal", "lead-crystal"),
        ("glass", "glassware"),
        ("porcelain", "porcelain-tableware"),
        ("ware", "tableware"),
    )
    # What a vessel is "with" (a silver rim, gold flowers) is not what it is made of.
    end = next((place for place in range(head.stop, len(near)) if near[place] in ("with", ".")), len(near))
    # "Porcelain" is noun and material at once; "glass" is also what a silver glass is called.
    own = head.start if group == "glass" and head.stop - head.start == 1 else head.stop
    places = [*range(own - 1, -1, -1), *range(head.stop, min(head.stop + 12, end))]
    for place in places:
        for name, category in wares:
            if near[place] not in words.materials[name]:
                continue
            if name == "silver" and _beside_colour(near, place, words):
                continue
            if name == "silver" and _only_said([*near, ""], place, words) and near[place + 1 : place + 2] != ["plated"]:
                continue
            if category == "porcelain-tableware" and group == "display":
                return "tableware", near[place]
            return category, near[place]
    if group == "glass":
        return "glassware", ""
    return ("silverware" if group == "cutlery" else "tableware"), ""
