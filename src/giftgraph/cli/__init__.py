"""The command line: one module a verb family, imported only when its verb is asked for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from giftgraph import __version__
from giftgraph.errors import GiftgraphError

# verb -> (module in giftgraph.cli, one line for the overview); each module has add_arguments(parser) and run(options)
VERBS: dict[str, tuple[str, str]] = {
    "explore": ("explore", "open the explorer in the browser"),
    "show": ("show", "draw the interactive graph around A, or between A and B"),
    "path": ("path", "show how two parties are connected by gifts"),
    "find": ("find", "look up people, offices, polities, gifts and places by name"),
    "query": ("query", "ask a SPARQL query, from the catalogue, a file or the command line"),
    "queries": ("queries", "list the catalogue of ready queries"),
    "measure": ("measure", "measure the network of gifts, and say how sure that is"),
    "import": ("import_", "read a public register of gifts, with an account of what was read"),
    "add": ("add", "add a gift by hand, with its sources"),
    "fetch": ("fetch", "fetch the documents of a register of gifts"),
    "resolve": ("resolve", "say whom and what a text names: parties with their ids, polity, gifts"),
    "review": ("review", "decide about pairs of names that may be one person"),
    "validate": ("validate", "check data against the shapes"),
    "build": ("build", "make or reuse the snapshot and print its directory"),
    "completion": ("completion", "print the completion script of a shell"),
}

_EPILOG = 'example: giftgraph show Putin "Kim Jong Un" --open'


class _Help(argparse.RawDescriptionHelpFormatter):
    """The help as it is written. argparse makes one for every option it adds, and imports shutil each time to learn the width."""

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
        except (ValueError, OSError):
            columns = 80
        super().__init__(prog, width=max(columns, 40) - 2)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"giftgraph: {message} (see '{self.prog} --help')\n")


def build_parser(verbs: Sequence[str] = tuple(VERBS)) -> argparse.ArgumentParser:
    """The parser of the command line with the given verbs; all of them for the overview and for completion."""
    parser = _Parser(
        prog="giftgraph",
        description="The open knowledge graph of diplomatic gifts: query it, draw it, check it, add to it.",
        epilog=_EPILOG,
        formatter_class=_Help,
    )
    parser.add_argument("--version", action="version", version=f"giftgraph {__version__}")
    commands = parser.add_subparsers(prog="giftgraph", dest="verb", metavar="COMMAND", required=True)
    for verb in verbs:
        module_name, summary = VERBS[verb]
        module = import_module(f"giftgraph.cli.{module_name}")
        command = commands.add_parser(
            verb,
            help=summary,
            description=module.__doc__,
            epilog=module.EXAMPLE,
            formatter_class=_Help,
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 for done, 1 for wrong input, 2 for wrong usage, 130 for Ctrl-C."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    verbs = [arguments[0]] if arguments and arguments[0] in VERBS else list(VERBS)
    try:
        options = build_parser(verbs).parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except GiftgraphError as error:
        print(f"giftgraph: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader (head, less) has gone: that is not an error.
        _drop_unwritable_output()
        return 0
    except KeyboardInterrupt:
        print("giftgraph: interrupted", file=sys.stderr)
        return 130
    except EOFError:
        print("giftgraph: the input ended before every question was answered; nothing written", file=sys.stderr)
        return 1
    except UnicodeEncodeError as error:
        shown = f"U+{ord(error.object[error.start]):04X}"
        print(
            f"giftgraph: the output's encoding {error.encoding} has no {shown}: set PYTHONIOENCODING=utf-8",
            file=sys.stderr,
        )
        return 1
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"giftgraph: {where}{error.strerror or error}", file=sys.stderr)
        _drop_unwritable_output()
        return 1


def _drop_unwritable_output() -> None:
    """Let the interpreter's own flush at the end succeed: it would print a second error and change the exit code."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
