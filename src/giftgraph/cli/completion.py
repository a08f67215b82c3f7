"""Print the completion script of a shell, to be sourced from its start-up file."""

from __future__ import annotations

import argparse

EXAMPLE = "example: giftgraph completion bash > ~/.local/share/bash-completion/completions/giftgraph"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `completion`."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"))


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from giftgraph.cli import build_parser

    print(shtab.complete(build_parser(), shell=options.shell))
    return 0
