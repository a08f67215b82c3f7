"""What a block's text names: its items, their kinds, and labels short enough for a graph."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import giftgraph.resolve.lexicon as lexicon_module
from conftest import ROOT
from giftgraph.resolve.gifts import read_gifts
from giftgraph.resolve.items import split_items
from giftgraph.resolve.lexicon import lexicon

WORDS = tomllib.loads(Path(lexicon_module.__file__).with_name("gift_words.toml").read_text(encoding="utf-8"))
NOTATION = ox.NamedNode("http://www.w3.org/2004/02/skos/core#notation")


def vocabulary() -> set[str]:
    quads = ox.parse(path=ROOT / "ontology" / "categories.ttl", format=ox.RdfFormat.TURTLE)
    return {quad.object.value for quad in quads if quad.predicate == NOTATION}


CATEGORIES = vocabulary()


def categories(description: str) -> list[str]:
    return [gift.category for gift in read_gifts(description)]


def labels(description: str) -> list[str]:
    return [gift.label for gift in read_gifts(description)]


# The head noun decides, and the boundaries of the vocabulary's scope notes are kept.
KINDS = [
    ("Men's wristwatch with leather band", "timepieces"),
    ("Desk clock in the shape of a mosque", "timepieces"),
    ("Leather watch box", "boxes"),
    ("Wooden gourd tooled with flowers", "decorative-objects"),
    ("Brown leather-covered trunk", "boxes"),
    ("Brown leather attach[eacute] case", "accessories"),
    ("Silver presentation tray", "silverware"),
    ("Max Model 2020 leather vest", "clothing"),
    ("Silver cigarette box with wood lining", "boxes"),
    ("Wooden humidor", "boxes"),
    ("Box of cigars", "tobacco"),
    ("Large box of Tunisian dates", "food-drink"),
    ("Two bottles of red wine", "alcohol"),
    ("Bottle of perfume in a wooden box", "perfume-cosmetics"),
    ("Silver incense burner", "decorative-objects"),
    ("Picture frame", "decorative-objects"),
    ("Framed photograph of the Prime Minister", "photographs"),
    ("Leather-bound photo album", "photographs"),
    ("Album of stamps", "books-documents"),
    ("Hardcover book about carpets", "books-documents"),
    ("Book of commemorative coins", "coins-medals"),
    ("Oil painting of a horse and a ship", "paintings-prints"),
    ("Oil on canvas depicting a village", "paintings-prints"),
    ("Framed calligraphy", "paintings-prints"),
    ("Stone mosaic of a bird", "paintings-prints"),
    ("Silk embroidered scene of pandas", "textiles"),
    ("Bronze statue of a man with a sword", "sculpture"),
    ("Silver eagle", "sculpture"),
    ("Carved wooden elephant", "sculpture"),
    ("Crystal eagle", "lead-crystal"),
    ("Two elephant tusks", "ivory"),
    ("Ivory figurine", "ivory"),
    ("Live falcon", "live-animals"),
    ("Crystal slipper", "lead-crystal"),
    ("Porcelain stallion", "sculpture"),
    ("Replica bust of a king", "sculpture"),
    ("Reproduction of a map", "paintings-prints"),
    ("Case of eight bottles of olive oil", "food-drink"),
    ("Box of polished silver with the emblem of Brunei", "boxes"),
    ("Red and gold vase", "tableware"),
    ("Stainless steel knives and forks", "tableware"),
    ("Souvenir set of coins", "coins-medals"),
    ("Taxidermied lion", "animal-products"),
    ("Zebra skin", "animal-products"),
    ("Model ship", "models"),
    ("Silver dhow", "models"),
    ("Gold replica of the palace", "models"),
    ("Silver sword", "edged-weapons"),
    ("Khanjar dagger in a case with ammunition", "edged-weapons"),
    ("Ceremonial pistol", "small-arms"),
    ("Samurai helmet", "armour"),
    ("Wool rug", "carpets"),
    ("Tapestry with a hunting scene", "carpets"),
    ("White linen tablecloth", "textiles"),
    ("Silk scarf", "accessories"),
    ("Camel saddle", "accessories"),
    ("Leather briefcase", "accessories"),
    ("Velvet robe", "clothing"),
    ("Fur hat", "furs"),
    ("Soccer jersey", "sport-toys"),
    ("Chess set", "sport-toys"),
    ("Gold necklace", "precious-jewellery"),
    ("Diamond and ruby earrings", "precious-jewellery"),
    ("Pearl tie tack", "precious-jewellery"),
    ("Gold-tone necklace", "jewellery"),
    ("Gold-plated cufflinks", "jewellery"),
    ("Brooch in a silver presentation box", "jewellery"),
    ("Mother of pearl cufflinks", "jewellery"),
    ("Cufflinks", "jewellery"),
    ("Silver bowl", "silverware"),
    ("Sterling silver tea set", "silverware"),
    ("Silver-plated tray", "silverware"),
    ("Silver-tone bowl", "tableware"),
    ("Crystal vase", "lead-crystal"),
    ("Crystal vase with a silver rim", "lead-crystal"),
    ("Glass vase", "glassware"),
    ("Six drinking glasses", "glassware"),
    ("Porcelain dinner set", "porcelain-tableware"),
    ("Porcelain vase", "tableware"),
    ("Marble bowl", "tableware"),
    ("Fountain pen", "writing-desk"),
    ("Letter opener in the shape of a dagger", "writing-desk"),
    ("Table lamp", "furniture"),
    ("Russian icon", "religious-objects"),
    ("Pectoral cross with diamonds", "precious-jewellery"),
    ("Holy Quran", "books-documents"),
    ("Grand Cordon of the Order of the Nile", "decorations"),
    ("Gold medallion", "coins-medals"),
    ("Digital camera", "electronics"),
    ("Traditional drum", "musical-instruments"),
    ("Telescope", "instruments"),
    ("Bonsai tree", "plants"),
    ("Fossil of a fish", "scientific-specimens"),
    ("Cash", "money-bullion"),
    ("Two tickets to the opera", "hospitality"),
    ("Thingamajig", "other"),
]


@pytest.mark.parametrize(("description", "category"), KINDS, ids=[description for description, _ in KINDS])
def test_the_head_noun_decides_the_kind(description: str, category: str) -> None:
    assert categories(description) == [category]


ONE = [
    "Tea set with platter, pot and six cups, held in a case",
    "Painting of a horse, a tree, and a boat",
    "Watch, stainless steel case, black dial, leather band",
    "Rug, wool pile, red border, field of flowers",
    'Silver box. 5" x 7". Engraved with a crest. Presented in a red box.',
    "Four-piece jewelry set in silver and coral; earrings, necklace, bracelet and ring",
    "Red, white, and blue silk rug",
    "Red, ivory, and olive wool rug",
    "Pen and pencil set",
    "Silver sword and scabbard",
    "Vase and stand",
    "Rug, approximately 4' x 6'. Silk and wool.",
    "Gold necklace and earrings",
    "Shawl; beige wool shawl",
    "Wool rug with a border; medallion style design in ivory and rust",
    "Watch by Versace, stainless steel bracelet, crystal dial",
    "Handwoven emerald green, fuchsia, and orange Kente cloth",
    "Set of twelve plates (6), in gold and white; made in Austria",
    "Statue of St. George and the dragon",
    "Red wool, cotton and silk rug",
    "Silk beige, blue and pink floor rug",
    "Man's wristwatch, gold case and bracelet",
    "Game table for playing backgammon and chess",
    "Box, round domed lid, 7-petal rosettes and foliate scrolls",
]


@pytest.mark.parametrize("description", ONE)
def test_the_parts_of_one_thing_are_not_items(description: str) -> None:
    assert len(read_gifts(description)) == 1


SEVERAL = [
    (
        "(1) Rosary with beads, $15. (2) Three coins, $1000. (3) Silk scarf.",
        ["religious-objects", "coins-medals", "accessories"],
    ),
    ("Gold watch. Silk tie. Two bottles of cologne.", ["timepieces", "accessories", "perfume-cosmetics"]),
    ("Crystal bowl; leather wallet; book", ["lead-crystal", "accessories", "books-documents"]),
    ("Longines watch, wallet, pen, and cuff links set", ["timepieces", "accessories", "writing-desk", "jewellery"]),
    ("Wool rug with a red border and a book about weaving", ["carpets", "books-documents"]),
    ("Painting of a lake and one book", ["paintings-prints", "books-documents"]),
    ("Book, title: Birds, Trees and Ships. Book, title: A Silver Vase.", ["books-documents", "books-documents"]),
    (
        "Book, title: ``The Wall.'' 28'' x 30'' oil painting. Framed poem.",
        ["books-documents", "paintings-prints", "books-documents"],
    ),
    ("1. Silver ring; 2. Oil painting; 3. Dates", ["precious-jewellery", "paintings-prints", "food-drink"]),
    ("Household items (2): silver tray; wool blanket", ["silverware", "textiles"]),
    ("Plaque with marble base; cufflinks with crest", ["decorative-objects", "jewellery"]),
    (
        "For the President: (1) Sword. (2) Robe. For the First Lady: (1) Scarf.",
        ["edged-weapons", "clothing", "accessories"],
    ),
    ("Carpet and tea set", ["carpets", "tableware"]),
    ("Engraved silver glass. Engraved silver spoon. Basket of woven wood.", ["silverware", "silverware", "boxes"]),
    ("Charmex of Switzerland watch. Framed map.", ["timepieces", "paintings-prints"]),
    ("DAKS belt and wallet", ["accessories", "accessories"]),
    ("Black silk robe ($100) Yellow satin dress ($75)", ["clothing", "clothing"]),
    ("Plaque and rug", ["decorative-objects", "carpets"]),
    ("Book of photos of the donor with leaders and four Kazakh coins", ["books-documents", "coins-medals"]),
    ("Tan leather briefcase $150, book, $45, sculpture $240", ["accessories", "books-documents", "sculpture"]),
    ("Leather belt, ring 18 karat yellow gold set with diamonds", ["accessories", "precious-jewellery"]),
    ("For the President: Humidor, $650. For the First Lady: Gold brooch, $300.", ["boxes", "precious-jewellery"]),
    ("Jewelry set including earrings, ring, and a magnifying glass", ["jewellery", "writing-desk"]),
]


@pytest.mark.parametrize(("description", "expected"), SEVERAL, ids=[description[:30] for description, _ in SEVERAL])
def test_several_things_are_several_gifts(description: str, expected: list[str]) -> None:
    assert categories(description) == expected


def test_a_heading_speaks_where_the_words_after_it_do_not() -> None:
    assert categories("Artwork: Untitled, by a local artist") == ["art"]
    assert categories("Jewelry: eighteen karat, with emeralds") == ["precious-jewellery"]
    assert categories("Accessory: 14kt gold lapel pin") == ["precious-jewellery"]
    assert categories("Desk accessory: crystal clock") == ["timepieces"]


def test_date_value_and_disposition_are_no_part_of_the_gift() -> None:
    raw = "Silver tray. Recd--March 5, 1999. Est. Value-- $1400. Archives Foreign."
    assert read_gifts(raw) == read_gifts("Silver tray.")
    assert categories("Rec'd--5/2/2003. Gold pin. Est. Value--$300.") == ["precious-jewellery"]
    assert labels("Department of Trade. Rec'd--May 5, 2001. Est. Value--$90. Small rug.") == ["Small rug"]
    assert categories("Est. Value--$not submitted. Air transportation from Amman to Petra") == ["hospitality"]


@pytest.mark.parametrize(
    ("description", "label"),
    [
        ("40'' x 29'' silver ship model, in a box", "Silver ship model"),
        ("Two crystal glasses", "Two crystal glasses"),
        ("Box of chocolates", "Box of chocolates"),
        ("Set of six crystal wine glasses with gold rims", "Set of six crystal wine glasses"),
        ("Book, title: Behind the Mountains", "Book: “Behind the Mountains”"),
        ("Hardcover book: ``The Alhambra in Detail,'' by A. Acedo", "Hardcover book: “The Alhambra in Detail”"),
        ("Painting of St. Michael", "Painting of St. Michael"),
        ("Mother-of-pearl document box", "Mother-of-pearl document box"),
        ("8<gr- thn-eq> x 9<gr-thn- eq> mouse pad", "Mouse pad"),
        ("Portrait of Sec. Cohen in a suit", "Portrait of Sec. Cohen"),
        ("CD: ``Qatar''", "CD"),
    ],
)
def test_a_label_is_the_noun_with_what_belongs_to_it(description: str, label: str) -> None:
    assert labels(description) == [label]


def test_a_gift_says_which_words_decided() -> None:
    assert [gift.why for gift in read_gifts("Leather watch box")] == ["'watch box' (head noun)"]
    assert [gift.why for gift in read_gifts("Crystal bowl")] == ["'bowl' (head noun), 'crystal' (material)"]
    assert [gift.why for gift in read_gifts("Clothing: a garb of old")] == ["'clothing' (heading)"]


@pytest.mark.parametrize(
    ("description", "label"),
    [
        ("TRAVEL: Airfare from Oslo, two nights lodging, one lunch", "Airfare, lodging and meals"),
        ("Ground transportation in Berlin", "Transportation"),
        ("Per diem", "Per diem"),
        ("A seminar in Jeddah", "Travel"),
        ("", "Travel"),
    ],
)
def test_travel_is_one_gift_of_what_was_provided(description: str, label: str) -> None:
    (gift,) = read_gifts(description, "travel")
    assert (gift.label, gift.category) == (label, "hospitality")


def test_an_object_in_a_table_of_travel_is_an_object() -> None:
    assert [gift.category for gift in read_gifts("Glass bowl", "travel")] == ["glassware"]


def test_nothing_stated_is_no_kind() -> None:
    assert [(gift.label, gift.category) for gift in read_gifts("")] == [("Gift not described", "other")]


def test_every_word_has_a_category_of_the_vocabulary() -> None:
    used = {noun.group for noun in lexicon().nouns.values() if noun.sort in ("item", "packing")}
    used |= set(lexicon().headings.values())
    assert used <= CATEGORIES


def test_no_word_stands_in_two_lists_of_nouns() -> None:
    sections = ("items", "vessels", "jewellery", "figures", "vehicles")
    counted = Counter(word for section in sections for words in WORDS[section].values() for word in words)
    assert [word for word, number in counted.items() if number > 1] == []


PIECES = st.sampled_from(
    [
        "gold",
        "silver",
        "watch",
        "box",
        "of",
        "with",
        "and",
        ",",
        ".",
        ";",
        "(1)",
        "(2)",
        "``",
        "''",
        '"',
        "$15",
        "Book,",
        "title:",
        "5'' x 7''",
    ]
)


def check(description: str) -> None:
    for kind in ("tangible", "travel"):
        gifts = read_gifts(description, kind)  # type: ignore[arg-type]
        assert gifts
        assert gifts == read_gifts(description, kind)  # type: ignore[arg-type]
        for gift in gifts:
            assert gift.category in CATEGORIES
            assert 0 < len(gift.label) <= 80
            assert gift.label == " ".join(gift.label.split())
            assert gift.why


@given(st.text(max_size=300))
def test_any_text_has_gifts_with_a_kind_and_a_label(description: str) -> None:
    check(description)


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_any_order_of_the_words_of_a_list_has_gifts(description: str) -> None:
    check(description)


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_items_are_made_of_the_words_of_the_text(description: str) -> None:
    words = set(re.findall(r"[a-z]+", description.lower()))
    for item in split_items(description):
        assert set(re.findall(r"[a-z]+", item.text.lower())) <= words | {"inches"}


@pytest.mark.parametrize(
    "piece", ["(1) ", "and watch ", "1 x ", "``", "“", "a, ", "1. A ", "of ", "(", "A: ", "$1 ", "\\1 "]
)
def test_a_very_long_text_is_read_all_the_same(piece: str) -> None:
    check(piece * (200_000 // len(piece)))
