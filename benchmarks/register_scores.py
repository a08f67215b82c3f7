"""How right the import of the US register is, on blocks, items, donors and pairs that were labelled by reading the print.

    python benchmarks/register_scores.py [NOTICES] [--records FILE.jsonl] [--wrong]

prints each score of both halves with Wilson's 95 % interval beside its goal. `--wrong` lists the wrong answers of the half that may
be looked at (dev); those of the test half are counts for everybody.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from scoring import GOALS, Score, score_all  # noqa: E402


def import_notices(folder: Path) -> Iterator[dict[str, Any]]:
    """The records of all notices in a folder, as the command line gives them."""
    files = sorted(folder.glob("*.txt"))
    command = [sys.executable, "-m", "giftgraph", "import", "us-federal-register", *files, "--format", "jsonl"]
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path})
    if done.returncode:
        raise SystemExit(done.stderr.strip() or f"the import ended with {done.returncode}")
    return map(json.loads, done.stdout.splitlines())


def words(score: Score) -> str:
    """A score for a reader: share, interval, counts."""
    low, high = score.interval
    return f"{score.share:.3f} [{low:.3f}, {high:.3f}] {score.right}/{score.total}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(os.environ.get("GIFTGRAPH_SHARED", ROOT.parent / "shared"))
    parser.add_argument("notices", nargs="?", type=Path, default=shared / "data" / "us-federal-register" / "notices")
    parser.add_argument("--records", type=Path, help="score this file of records instead of importing")
    parser.add_argument("--wrong", action="store_true", help="list the wrong answers of the half dev")
    options = parser.parse_args()
    if not options.records and not options.notices.is_dir():
        print(f"no notices in {options.notices}: fetch them, or name their folder")
        return 0
    if options.records:
        records = [json.loads(line) for line in options.records.read_text(encoding="utf-8").splitlines()]
    else:
        records = list(import_notices(options.notices))
    dev, test = score_all("dev", records), score_all("test", records)
    print(f"{len(records)} blocks\n{'':26}{'goal':6}{'dev':34}test")
    for name, score in dev.items():
        goal = f"{GOALS[name]:.2f}" if name in GOALS else ""
        print(f"{name:26}{goal:6}{words(score):34}{words(test[name])}")
    if options.wrong:
        for name, score in dev.items():
            print(f"\n{name}: {len(score.wrong)} wrong", *score.wrong, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
