"""Options that several commands share."""

from __future__ import annotations

import argparse


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """Add `--data PATH`, repeatable: replaces the shipped data; `+PATH` adds to it."""
    parser.add_argument(
        "--data",
        action="append",
        default=[],
        metavar="PATH",
        help="data to use instead of the shipped dataset; +PATH adds to it; repeatable (also GIFTGRAPH_DATA)",
    )
