"""Read a public register of gifts: its documents to records or RDF, with an account of what was read, resolved and left unsure.

A record is one gift block: what was appraised together. The same files give the same bytes, in any order. What was seen and not
understood is listed with its line, never left out silently; a known document with other counts than its card says is refused.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from giftgraph.errors import OutputFailed, ParameterInvalid

EXAMPLE = "example: giftgraph import us-federal-register notices/*.txt -o gifts.jsonl"
FORMATS = ("jsonl", "csv", "ttl", "nq")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `import`."""
    parser.add_argument("register", metavar="REGISTER", help="the register, such as us-federal-register")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="documents of the register, in any order")
    parser.add_argument("-o", "--output", metavar="OUT", help="write to this file instead of standard output")
    parser.add_argument("--format", choices=FORMATS, help="default: by the suffix of OUT, else jsonl")
    parser.add_argument("--report", metavar="FILE", help="write the whole account to this file")


def run(options: argparse.Namespace) -> int:
    """Import and write."""
    written_as = options.format or _format_of(options.output)
    for target in filter(None, (options.output, options.report)):
        _check_target(target, options.files)
    from giftgraph.output import write_text
    from giftgraph.sources.importing import import_register

    done = import_register(options.register, options.files)
    if options.output:
        write_text(options.output, done.write_parts(written_as))
    else:
        sys.stdout.writelines(done.write_parts(written_as))
    if options.report:
        write_text(options.report, done.report())
    print("\n".join(f"giftgraph: {line}" for line in done.summary()), file=sys.stderr)
    return 0


def _format_of(output: str | None) -> str:
    suffix = os.path.splitext(output or "")[1].casefold().lstrip(".")
    if output and suffix not in FORMATS:
        raise ParameterInvalid(
            f"{output}: the suffix {suffix or 'that is missing'!r} is none of {', '.join(FORMATS)}; add --format"
        )
    return suffix or "jsonl"


def _check_target(target: str, files: Sequence[Path]) -> None:
    """Refuse before a minute of reading what cannot be written after it, or would replace what was read."""
    if not os.path.isdir(os.path.dirname(os.path.abspath(target))):
        raise OutputFailed(f"{target}: cannot be written: no such folder")
    if os.path.isdir(target):
        raise OutputFailed(f"{target}: cannot be written: is a directory")
    if os.path.exists(target) and any(os.path.exists(path) and os.path.samefile(path, target) for path in files):
        raise OutputFailed(f"{target}: is one of the documents to read, and is not replaced")
