"""Score the records of an import against the labels of tests/labels, with Wilson's 95 % interval.

Nothing of the package is used here: a record is a mapping as `giftgraph import … --format jsonl` writes it, so that
what is measured is what a user gets. What counts as right is said at each comparison, and in tests/labels/README.md.
"""

from __future__ import annotations

import csv
import functools
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parent / "labels"
FIELDS = ("found", "agency", "kind", "date", "value", "disposition", "donor_polity", "names")
NO_PERSON = ("organization", "polity", "withheld", "unknown", "not stated")
Record = Mapping[str, Any]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """`right` of `total`, and one line for each answer that was wrong."""

    right: int
    total: int
    wrong: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval at 95 %: Wilson (1927), Journal of the American Statistical Association 22, 209-212."""
        if not self.total:
            return 0.0, 1.0
        z = 1.959964
        middle = self.share + z * z / (2 * self.total)
        spread = z * math.sqrt(self.share * (1 - self.share) / self.total + z * z / (4 * self.total**2))
        below = 1 + z * z / self.total
        return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)


def read_labels(kind: str, half: str) -> list[dict[str, Any]]:
    """The labels of one kind (`blocks`, `items`, `donors`, `pairs`), of the half `dev` or `test`."""
    if kind == "blocks":
        lines = (LABELS / f"blocks-{half}.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]
    with (LABELS / f"{kind}-{half}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def index(records: Iterable[Record]) -> dict[Key, Record]:
    """The records by document and locator."""
    return {(record["source"], record["locator"]): record for record in records}


def key_of(label: Record) -> Key:
    return label["source"], label["locator"]


def tally(answers: Iterable[tuple[bool, str]]) -> Score:
    """Counts the right ones and keeps the words of the wrong ones."""
    known = list(answers)
    return Score(sum(right for right, _ in known), len(known), tuple(said for right, said in known if not right))


# names and agencies


@functools.cache
def honorifics() -> frozenset[str]:
    return frozenset((LABELS / "honorifics.txt").read_text(encoding="utf-8").split())


def words_of(text: str) -> list[str]:
    """Lower-case words without diacritics, hyphens, full stops and the printer's marks for letters ([eacute])."""
    text = re.sub(r"\[(\w)(?:acute|grave|uml|circ|tilde|cedil|caron|breve|ring)\]", r"\1", text)
    plain = "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))
    plain = plain.casefold().translate(str.maketrans("ıłø’", "ilo'"))
    return re.findall(r"\w+", re.sub(r"['`.]", "", plain))


def letters_of(name: str) -> str:
    """A name's letters in order of the alphabet, without honorifics: the same for any order and spacing of its words."""
    words = words_of(name)
    return "".join(sorted("".join([word for word in words if word not in honorifics()] or words)))


def same_name(one: str, other: str) -> bool:
    """Whether two texts are one name, whatever the order, spacing, diacritics and honorifics."""
    return letters_of(one) == letters_of(other)


@functools.cache
def synonyms() -> dict[str, str]:
    with (LABELS / "agencies.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {name: row["name"] for row in rows for name in [row["name"], *row["also"].split(";")]}


def plain_agency(text: str) -> str:
    """An agency's name without case, punctuation and articles, and one of its usual names for all of them."""
    name = " ".join(words_of(text.replace("--", " ").replace("U.S.", "United States")))
    name = re.sub(r"^united states |^us |\bthe\b ?", "", name).strip()
    name = re.sub(r"^united states ", "", name)
    return synonyms().get(name, name)


# blocks


def persons(parties: Sequence[Record]) -> list[Record]:
    """The parties that are printed with a personal name."""
    return [party for party in parties if party.get("name") and party.get("status") not in NO_PERSON]


def right_names(label: Sequence[Record], said: Sequence[Record]) -> bool:
    """Every person is named, and nobody else; a name that is only in `also` may be said, the names of bodies are not judged."""
    left = [party["name"] for party in persons(said)]
    for party in persons(label):
        spellings = [party["name"], *party.get("also", [])]
        found = next((name for name in left if any(same_name(name, known) for known in spellings)), None)
        if found is None:
            return False
        left.remove(found)
    for name in (name for party in label if not party.get("name") for name in party.get("also", [])):
        if name in left:
            left.remove(name)
    bodies = [party for party in label if party.get("status") == "organization"]
    return len(left) <= len(bodies)


def right_value(label: Record, said: Record | None) -> bool:
    """The same amount, currency and bound; where none is stated both null and a null amount will do, not so the other way."""
    if label["value"] is None:
        return said is None or said.get("amount") is None
    if said is None:
        return False
    return all(said.get(part) == label["value"][part] for part in ("amount", "currency", "operator", "max"))


def right_field(field: str, label: Record, record: Record) -> bool:
    """Whether a record says of a block what its label says."""
    if field == "names":
        doubt = label.get("doubt", [])
        return all(right_names(label[side], record[side]) for side in ("recipients", "donors") if side not in doubt)
    if field == "value":
        return right_value(label, record["value"])
    if field == "agency":
        return plain_agency(record["agency"]) in [plain_agency(name) for name in label["agency"].split("~")]
    if field == "donor_polity":
        return record[field] in (label[field] or "").split("~") or (not record[field] and not label[field])
    return bool(record[field] == label[field])


def answer(field: str, record: Record) -> str:
    if field == "names":
        return "; ".join(party["name"] for side in ("recipients", "donors") for party in persons(record[side]))
    return str(record[field])


def score_blocks(half: str, records: Iterable[Record]) -> dict[str, Score]:
    """For each field the blocks that are right; a block that is not found is wrong in every field, a doubted label is left out."""
    known = index(records)
    answers: dict[str, list[tuple[bool, str]]] = {field: [] for field in FIELDS}
    for label in read_labels("blocks", half):
        place, record = " ".join(key_of(label)), known.get(key_of(label))
        answers["found"].append((record is not None, place))
        for field in FIELDS[1:]:
            if field in label.get("doubt", []):
                continue
            right = record is not None and right_field(field, label, record)
            said = answer(field, record) if record else "no such block"
            wanted = answer(field, label)
            answers[field].append((right, f"{place} {field}: said {said}; label {wanted}"))
    return {field: tally(known) for field, known in answers.items()}


# donors, items, pairs


def score_donors(half: str, records: Iterable[Record]) -> dict[str, Score]:
    """The donors' polity: of the hard ones how many are found and how many of those said are right, and all; and their names."""
    known = index(records)
    recall, precision, everything, names = [], [], [], []
    for label in read_labels("donors", half):
        record, place = known.get(key_of(label)), " ".join(key_of(label))
        said = (record["donor_polity"] if record else None) or "none"
        accepted = [code for code in [label["polity"] or "none", *label["also"].split(";")] if code]
        right = record is not None and said in accepted
        line = f"{place} polity: said {said}; label {' or '.join(accepted)}"
        everything.append((right, line))
        if label["hard"] == "yes" and said != "none":
            precision.append((right, line))
        if label["hard"] == "yes" and (said != "none" or "none" not in accepted) and label["polity"]:
            recall.append((right, line))
        wanted = []
        for name in filter(None, label["names"].split(";")):
            first, *also = name.split("~")
            wanted.append({"name": first, "also": also})
        if wanted:
            named = record is not None and right_names(wanted, record["donors"])
            told = answer("names", {**record, "recipients": ()}) if record else "no such block"
            names.append((named, f"{place} names: said {told}; label {label['names']}"))
    return {
        "hard polities, recall": tally(recall),
        "hard polities, precision": tally(precision),
        "polities": tally(everything),
        "donors' names": tally(names),
    }


def find_gift(gifts: Sequence[Record], item: str) -> Record | None:
    """The gift whose label has the item's words; the only gift of a block needs none."""
    if len(gifts) == 1:
        return gifts[0]
    wanted = [word.rstrip("s") for word in words_of(item)]

    def met(gift: Record) -> int:
        label = " ".join(words_of(gift["label"]))
        return sum(word in label for word in wanted)

    best = max(gifts, key=met, default=None)
    return best if best and met(best) else None


def score_items(half: str, records: Iterable[Record]) -> dict[str, Score]:
    """The categories of the labelled items."""
    known = index(records)
    answers = []
    for label in read_labels("items", half):
        record = known.get(key_of(label))
        gift = find_gift(record["gifts"], label["item"]) if record else None
        said = gift["category"] if gift else "no such gift"
        right = said in [label["category"], *label["also"].split(";")]
        answers.append((right, f"{' '.join(key_of(label))} {label['item']}: said {said}; label {label['category']}"))
    return {"categories": tally(answers)}


def find_party(record: Record | None, role: str, name: str) -> Record | None:
    """The party of a block that is printed with this name, or with this title where it is one."""
    if record is None:
        return None
    parties: list[Record] = record[f"{role}s"]
    exact = [party for party in parties if party["name"] and same_name(party["name"], name)]
    if exact:  # "Vice President and Mrs. Gore" may be read as two of one name
        return exact[-1] if name.startswith("Mrs. ") else exact[0]
    wanted = set(words_of(name))

    def met(party: Record) -> tuple[int, bool]:
        printed = {*words_of(party["name"] or ""), *words_of(party["title"] or "")}
        return len(wanted & printed), party["name"] is None

    best = max(parties, key=met, default=None)
    return best if best and met(best)[0] else None


def score_pairs(half: str, records: Iterable[Record]) -> dict[str, Score]:
    """Whether two mentions share an id: precision over those said to be one, recall over those that are."""
    known = index(records)
    precision, recall = [], []
    for label in read_labels("pairs", half):
        sides = []
        for end in "ab":
            record = known.get((label[f"source_{end}"], label[f"locator_{end}"]))
            party = find_party(record, label[f"role_{end}"], label[f"name_{end}"])
            sides.append(party["id"] if party else None)
        joined = sides[0] is not None and sides[0] == sides[1]
        places = " = ".join(
            f"{label[f'source_{end}']} {label[f'locator_{end}']} {label[f'name_{end}']}" for end in "ab"
        )
        line = f"{places}: said {sides[0]} and {sides[1]}; label {label['verdict']}"
        if joined:
            precision.append((label["verdict"] == "same", line))
        if label["verdict"] == "same":
            recall.append((joined, line))
    return {"person pairs, precision": tally(precision), "person pairs, recall": tally(recall)}


def score_all(half: str, records: Iterable[Record]) -> dict[str, Score]:
    """Every score of one half."""
    known = list(records)
    return {
        **score_blocks(half, known),
        **score_donors(half, known),
        **score_items(half, known),
        **score_pairs(half, known),
    }


GOALS = {
    "found": 0.99,
    **dict.fromkeys(("agency", "kind", "date", "value", "disposition", "donor_polity"), 0.97),
    "names": 0.96,
    "hard polities, recall": 0.92,
    "hard polities, precision": 0.98,
    "categories": 0.90,
    "person pairs, precision": 0.99,
    "person pairs, recall": 0.85,
}
