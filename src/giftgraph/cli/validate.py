"""Check data against the shapes: one finding a line, with file, line, severity, node, message and shape.

Without FILE the shipped dataset is checked. The exit code is 1 when there is a violation; warnings alone leave it 0.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path

EXAMPLE = "example: giftgraph validate my-gifts.ttl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `validate`."""
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="Turtle, N-Triples, N-Quads or TriG")
    parser.add_argument(
        "--alone", action="store_true", help="references into the shipped dataset count as references to nothing"
    )
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")


def run(options: argparse.Namespace) -> int:
    """Print the findings; 1 when one is a violation."""
    from giftgraph.store.inputs import requested_paths
    from giftgraph.validation import validate

    given = [path.resolve() for path in options.files]
    beside = (
        [] if options.alone or not given else [path for path in map(Path, requested_paths(None)) if path not in given]
    )
    in_terminal = sys.stderr.isatty()
    if in_terminal:
        print("giftgraph: checking against the shapes …", end="", file=sys.stderr, flush=True)
    try:
        findings = validate(options.files, beside=beside)
    finally:
        if in_terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    rows = [asdict(finding) for finding in findings]
    if options.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif options.format == "csv":
        writer = csv.DictWriter(
            sys.stdout, ["file", "line", "node", "shape", "message", "severity"], lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)
    else:
        for finding in findings:
            print(finding)
    violations = sum(finding.severity == "violation" for finding in findings)
    warnings = sum(finding.severity == "warning" for finding in findings)
    words = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((violations, "violation"), (warnings, "warning"))
    ]
    print(f"giftgraph: {', '.join(words)}", file=sys.stderr)
    return int(violations > 0)
