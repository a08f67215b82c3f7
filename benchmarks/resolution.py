"""How the resolution of persons grows, and what the import of each notice of the US register costs.

    python benchmarks/resolution.py [NOTICES] [--records FILE.jsonl] [--skip-import]

The named parties of all notices are resolved once, four times and sixteen times over. A copy has polities of its own, and names whose
letters are exchanged by a rule of its own (vowel for vowel, consonant for consonant; words of up to three letters, such as "bin" and
"al", stay): so a copy is as hard as the original and there are more blocks, instead of the same blocks with more in them. Beside the
comparisons made stands how many all pairs would be. Nothing here has a limit but the import of all notices: 60 s and 500 MB.

The notices lie in the given folder, in GIFTGRAPH_SHARED, or where `giftgraph fetch` keeps them; without them this says so and ends.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from speed import Report, run

from giftgraph.dates import iso_date, read_bounds
from giftgraph.resolve.known import load_known_index
from giftgraph.resolve.mentions import Mention, post
from giftgraph.resolve.offices import read_title
from giftgraph.resolve.persons import identify
from giftgraph.sources.fetching import register_directory

REGISTER = "us-federal-register"
ROOT = Path(__file__).parent.parent
SIZES = (1, 4, 16)
SECONDS, MEGABYTES = 60, 500
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_WORD = re.compile(r"[^\W\d_]{4,}")


def find_notices(given: Path | None) -> list[Path]:
    """The notices of a folder, else of the reference material, else of the cache; none where there are none."""
    shared = Path(os.environ.get("GIFTGRAPH_SHARED", ROOT.parent / "shared"))
    for folder in [given] if given else [shared / "data" / REGISTER / "notices", register_directory(REGISTER)]:
        files = sorted(folder.glob("*_doc*.txt"))
        if files:
            return files
    return []


def read_mentions(records: Path) -> list[Mention]:
    """The named persons of an import's records, with what resolution knows of each."""
    mentions = []
    for line in records.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        record = json.loads(line)
        days = read_bounds(record["date"]) if record["date"] else None
        date = iso_date(days.earliest_day) if days else None
        for party in [*record["recipients"], *record["donors"]]:
            if party["status"] == "named" and party["name"]:
                title = party["title"] or ""
                held = [one for one in read_title(title, date) if one.standing in ("held", "acting")] if title else []
                mentions.append(
                    Mention(
                        party["name"],
                        title,
                        party["polity"],
                        first_day=days.earliest_day if days else None,
                        last_day=days.latest_day if days else None,
                        roles=tuple(dict.fromkeys(post(one.role, one.of) for one in held)),
                    )
                )
    return mentions


def copy_mentions(mentions: Sequence[Mention], copy: int) -> list[Mention]:
    """The mentions with made-up names and polities that no other copy has; copy 0 is the original."""
    if copy == 0:
        return list(mentions)
    rule = random.Random(copy)
    table: dict[str, str] = {}
    for letters in (VOWELS, CONSONANTS):
        exchanged = "".join(rule.sample(letters, len(letters)))
        table |= dict(zip(letters + letters.upper(), exchanged + exchanged.upper(), strict=True))
    exchange = str.maketrans(table)
    return [
        replace(
            mention,
            name=_WORD.sub(lambda word: word[0].translate(exchange), mention.name),
            polity=f"{mention.polity}-{copy}" if mention.polity else None,
        )
        for mention in mentions
    ]


def show_growth(mentions: Sequence[Mention]) -> None:
    """Comparisons and seconds at each size, for each mention, and beside all pairs."""
    known = load_known_index()
    identify(mentions[:100], known)  # fills the caches of name words, as in a run that has just read the texts
    print(f"{'size':>5}{'mentions':>10}{'spellings':>11}{'comparisons':>13}{'a mention':>11}{'all pairs':>17}", end="")
    print(f"{'share':>10}{'largest block':>15}{'seconds':>9}{'µs a mention':>14}")
    for size in SIZES:
        copies = [mention for copy in range(size) for mention in copy_mentions(mentions, copy)]
        started = time.perf_counter()
        found = identify(copies, known)
        seconds = time.perf_counter() - started
        spellings = len({(mention.name, mention.polity) for mention in copies})
        pairs = spellings * (spellings - 1) // 2
        made = found.tally.comparisons
        print(
            f"{size:>4}×{len(copies):>10,}{spellings:>11,}{made:>13,}{made / len(copies):>11.2f}{pairs:>17,}"
            f"{made / pairs:>10.4%}{found.tally.largest_block:>15,}{seconds:>9.1f}{seconds / len(copies) * 1e6:>14,.0f}",
            flush=True,
        )


def import_command(files: Sequence[Path], target: Path) -> list[str]:
    return [sys.executable, "-m", "giftgraph", "import", REGISTER, *map(str, files), "-o", str(target)]


def show_imports(files: Sequence[Path], folder: Path, environment: dict[str, str]) -> None:
    """Seconds and memory of each notice as a process of its own."""
    print(f"\n{'notice':<34}{'blocks':>8}{'seconds':>9}{'ms a block':>12}{'MB':>6}")
    measured = []
    for file in files:
        target = folder / "one.jsonl"
        seconds, memory = run(import_command([file], target), environment)
        blocks = target.read_bytes().count(b"\n")
        measured.append((seconds, memory))
        each = f"{seconds / blocks * 1000:>12.1f}" if blocks else f"{'-':>12}"
        print(f"{file.name:<34}{blocks:>8,}{seconds:>9.1f}{each}{memory:>6.0f}", flush=True)
    print(f"{'median':<42}{statistics.median(s for s, _m in measured):>9.1f}", end="")
    print(f"{'':12}{statistics.median(m for _s, m in measured):>6.0f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notices", nargs="?", type=Path, help="the folder of the notices")
    parser.add_argument("--records", type=Path, help="resolve the parties of these records instead of importing")
    parser.add_argument("--skip-import", action="store_true", help="do not measure each notice alone")
    options = parser.parse_args()
    files = find_notices(options.notices)
    if not files and not options.records:
        print(f"no notices here: giftgraph fetch {REGISTER}, or name their folder")
        return 0
    report = Report()
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
    with tempfile.TemporaryDirectory(prefix="giftgraph-bench-") as temporary:
        folder = Path(temporary)
        records = options.records
        if not records:
            records = folder / "all.jsonl"
            seconds, memory = run(import_command(files, records), environment)
            value = f"{seconds:.1f} s, {memory:.0f} MB"
            kept = seconds < SECONDS and memory < MEGABYTES
            report.line(f"import of {len(files)} notices", value, f"{SECONDS} s, {MEGABYTES} MB", kept)
        show_growth(read_mentions(records))
        if files and not options.skip_import and not options.records:
            show_imports(files, folder, environment)
    return 0 if report.kept else 1


if __name__ == "__main__":
    sys.exit(main())
