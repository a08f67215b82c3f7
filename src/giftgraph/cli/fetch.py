"""Fetch the documents of a register into a folder, politely, and print their paths.

The service is asked for one thing at a time, with a pause, and is told whom to contact; an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

EXAMPLE = "example: giftgraph fetch us-federal-register --year 2011 --contact you@example.org"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `fetch`."""
    parser.add_argument("register", metavar="REGISTER", help="the register, such as us-federal-register")
    parser.add_argument(
        "--year",
        type=int,
        action="append",
        default=[],
        metavar="YEAR",
        help="only documents about gifts of this calendar year; repeatable",
    )
    parser.add_argument("--to", metavar="DIR", help="where to put them (default: registers/REGISTER in the cache)")
    parser.add_argument(
        "--contact",
        metavar="ADDRESS",
        help="your e-mail or web address, told to the service (also GIFTGRAPH_CONTACT)",
    )
    parser.add_argument("--refresh", action="store_true", help="ask again for files that are there")
    parser.add_argument("--quiet", action="store_true", help="no progress on standard error")


def run(options: argparse.Namespace) -> int:
    """Fetch, and print the path of every file that was asked for; 1 when some could not be had."""
    from giftgraph.errors import FetchFailed
    from giftgraph.sources.card import read_card

    card = read_card(options.register)
    contact = (options.contact or os.environ.get("GIFTGRAPH_CONTACT") or "").strip()
    if not contact:
        raise FetchFailed(
            "say whom the service may contact: --contact you@example.org, or the variable GIFTGRAPH_CONTACT (it is sent along)"
        )
    from giftgraph.sources.fetching import fetch_register, register_directory

    def say(line: str) -> None:
        if not options.quiet:
            print(f"giftgraph: {line}", file=sys.stderr, flush=True)

    directory = Path(options.to) if options.to else register_directory(card.name)
    fetched = fetch_register(card, directory, contact, years=options.year, refresh=options.refresh, say=say)
    for path in fetched.files:
        print(path)
    if fetched.failures:
        more = f" (and {len(fetched.failures) - 1} more)" if len(fetched.failures) > 1 else ""
        raise FetchFailed(f"not everything could be fetched: {fetched.failures[0]}{more}; run it again to go on")
    return 0
