"""`python -m giftgraph.sources`: write the data of every register from its fetched documents; `--check` only compares.

The documents are those that `giftgraph fetch` keeps in the cache, or lie in the folder given with `--notices` or GIFTGRAPH_NOTICES.
Without them the data stays as it is. `--same` lists what the curated graph may tell too, for data/same_events.csv.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from giftgraph.errors import GiftgraphError
from giftgraph.sources.card import Card, read_card, registers


def main(arguments: list[str]) -> int:
    """Build or check; exit code 1 when a document is wrong or, with --check, the data is out of date."""
    parser = argparse.ArgumentParser(prog="python -m giftgraph.sources", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--same", action="store_true", help="list pairs that may be one event, write nothing")
    parser.add_argument("--notices", type=Path, metavar="DIR", help="the folder of the documents")
    options = parser.parse_args(arguments)
    given = options.notices or (Path(os.environ["GIFTGRAPH_NOTICES"]) if os.environ.get("GIFTGRAPH_NOTICES") else None)
    try:
        return max(_make(read_card(name), given, options) for name in registers())
    except GiftgraphError as error:
        print(f"giftgraph.sources: {error}", file=sys.stderr)
        return 1


def _make(card: Card, given: Path | None, options: argparse.Namespace) -> int:
    from giftgraph.resources import register_data_directory
    from giftgraph.sources.fetching import register_directory
    from giftgraph.sources.importing import import_register

    target = register_data_directory(card.name)
    if target is None:
        print("giftgraph.sources: run this in a checkout", file=sys.stderr)
        return 1
    folder = given or register_directory(card.name)
    files = sorted(folder.glob(card.files)) if folder.is_dir() else []
    if not files:
        print(f"{card.name}: no documents in {folder}; the data stays as it is (giftgraph fetch {card.name})")
        return 0
    done = import_register(card.name, files)
    missing = sorted(set(card.documents) - {notice.document for notice in done.notices})
    if missing:
        print(f"{card.name}: {folder} lacks {', '.join(missing)}; the data is made of all documents", file=sys.stderr)
        return 1
    if options.same:
        print(done.list_same(), end="")
        return 0
    return _write(target, done.files(), options.check)


def _write(target: Path, files: dict[str, str], check: bool) -> int:
    """Write what differs, remove what no document gives any more; gives 1 when checking finds a difference."""
    from giftgraph.output import write_text

    target.mkdir(parents=True, exist_ok=True)
    before = {path.name: path.read_text(encoding="utf-8") for path in sorted(target.iterdir()) if path.is_file()}
    changed = sorted(name for name in {*before, *files} if before.get(name) != files.get(name))
    if check:
        if changed:
            print(f"{target.name}: not what the documents say: {', '.join(changed)}; run 'make data'", file=sys.stderr)
        return int(bool(changed))
    for name in changed:
        if name in files:
            write_text(target / name, files[name])
        else:
            (target / name).unlink()
    lines = sum(text.count("\n") for text in files.values())
    print(f"{target.name}: {len(files)} files, {lines:,} lines, {len(changed)} changed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
