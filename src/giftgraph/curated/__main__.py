"""`python -m giftgraph.curated`: write `data/triples.ttl` from the curated tables; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from giftgraph.curated.dataset import build_turtle
from giftgraph.errors import GiftgraphError
from giftgraph.output import write_text
from giftgraph.resources import curated_directory, data_file


def main(arguments: list[str]) -> int:
    """Build or check the dataset; exit code 1 when the tables are wrong or, with --check, the dataset is out of date."""
    directory = curated_directory()
    if directory is None:
        print("giftgraph.curated: there are no curated tables here; run this in a checkout", file=sys.stderr)
        return 1
    try:
        text = build_turtle(directory)
    except GiftgraphError as error:
        print(f"giftgraph.curated: {error}", file=sys.stderr)
        return 1
    target = Path(data_file())
    current = target.read_text(encoding="utf-8") if target.exists() else ""
    if "--check" in arguments:
        if text != current:
            print(f"giftgraph.curated: {target.name} is not what the tables say; run 'make data'", file=sys.stderr)
        return int(text != current)
    if text != current:
        write_text(target, text)
    print(f"{target.name}: {text.count(chr(10))} lines, {'changed' if text != current else 'unchanged'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
