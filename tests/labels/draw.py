"""Draw the lines from which the labelled blocks were taken: seeded, so that anyone can see that nobody chose them.

    python tests/labels/draw.py FOLDER-WITH-NOTICES

prints, for each notice, the drawn lines in the order of the draw. The sample of a line is the first gift block that
starts at or after it; a line whose block was drawn before, or after which no block follows, gives way to the next.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

RULE = re.compile(r"\s*-{50,}\s*$")


def table_lines(text: str) -> list[int]:
    """The 1-based numbers of the printed lines between the first and the last dashed rule of a notice."""
    lines = text.replace("\0", "").split("\n")
    rules = [number for number, line in enumerate(lines, 1) if RULE.match(line)]
    return [
        number
        for number in range(rules[0], rules[-1])
        if lines[number - 1].strip() and not RULE.match(lines[number - 1]) and "[[Page" not in lines[number - 1]
    ]


def draw(path: Path, purpose: str, count: int) -> list[int]:
    """`count` lines of a notice, in the order of the draw; `purpose` is part of the seed."""
    document = path.stem.rpartition("_doc")[2]
    generator = random.Random(f"giftgraph {purpose} {document}")
    return generator.sample(table_lines(path.read_text(encoding="ascii")), count)


if __name__ == "__main__":
    for notice in sorted(Path(sys.argv[1]).glob("*.txt")):
        for what, size in (("blocks", 16), ("donors", 20), ("items", 20)):
            print(notice.stem.rpartition("_doc")[2], what, *draw(notice, what, size))
