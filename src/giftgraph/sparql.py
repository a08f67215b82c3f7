"""Query texts before they are run: their prefixes, their form, and what is refused.

The text is read token by token, so that a keyword in a comment, a string or an IRI is not taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from giftgraph.errors import QueryInvalid
from giftgraph.vocabulary import PREFIXES

LARGEST = 256_000
_DEEPEST = 100
_MOST_TOKENS = 20_000
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<string>'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<variable>[?$][A-Za-z0-9_\u00b7-\uffff]+)
    |(?P<name>[A-Za-z_][\w.-]*:[\w.%-]*|:[\w.%-]+)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<open>[({\[])
    |(?P<close>[)}\]])
    |(?P<other>[^\s])""",
    re.VERBOSE | re.DOTALL,
)
_FORMS = {"select": "SELECT", "ask": "ASK", "construct": "CONSTRUCT", "describe": "DESCRIBE"}
_UPDATES = frozenset(["insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"])


class Token(NamedTuple):
    """A piece of a query: its kind, text and position."""

    kind: str
    text: str
    start: int


def tokenize(text: str) -> Iterator[Token]:
    """The tokens of a query, comments left out."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "comment":
            yield Token(match.lastgroup, match[0], match.start())


def where_is(text: str, position: int) -> str:
    """A position as line and column, for a message."""
    line = text.count("\n", 0, position) + 1
    return f"line {line}, column {position - text.rfind(chr(10), 0, position)}"


def check_query(text: str, services: Iterable[str] = ()) -> str:
    """Refuse what must not run, and give the form of the query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    Refused are updates, queries that are too long or nested too deep (they can crash the engine), FROM clauses, and SERVICE to a
    host that is not in `services`. Raises QueryInvalid with line and column.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise QueryInvalid(f"the query is longer than {LARGEST // 1000} kB; shorten it")
    allowed = {f"<{service}>" for service in services}
    form = ""
    depth = count = 0
    tokens = list(tokenize(text))
    for index, token in enumerate(tokens):
        count += 1
        if token.kind == "open":
            depth += 1
            if depth > _DEEPEST:
                raise QueryInvalid(
                    f"{where_is(text, token.start)}: nested deeper than {_DEEPEST} brackets; simplify the query"
                )
        elif token.kind == "close":
            depth -= 1
        elif token.kind == "word":
            word = token.text.casefold()
            if not form:
                form = _FORMS.get(word, "")
                if not form and word in _UPDATES:
                    raise QueryInvalid(
                        f"{where_is(text, token.start)}: {token.text.upper()} is an update; the data is read-only"
                    )
            if word == "from":
                raise QueryInvalid(
                    f"{where_is(text, token.start)}: FROM is not supported; use GRAPH <…> {{ … }}, or --data"
                )
            if word == "service" and not _is_allowed(tokens[index + 1 : index + 3], allowed):
                raise QueryInvalid(
                    f"{where_is(text, token.start)}: SERVICE asks another host; allow it with --allow-service URL"
                )
    if count > _MOST_TOKENS:
        raise QueryInvalid(f"the query has more than {_MOST_TOKENS} tokens; shorten it")
    return form or "SELECT"


def _is_allowed(following: list[Token], allowed: set[str]) -> bool:
    target = [token for token in following if not (token.kind == "word" and token.text.casefold() == "silent")]
    return bool(target) and target[0].kind == "iri" and target[0].text in allowed


def add_prefixes(text: str) -> str:
    """The query with a PREFIX line for each of our prefixes that it uses and does not declare itself.

    >>> add_prefixes("ASK { person:qaitbay ?p ?o }")
    'PREFIX person: <https://w3id.org/giftgraph/id/person/> ASK { person:qaitbay ?p ?o }'
    """
    tokens = list(tokenize(text))
    declared: set[str] = set()
    used: dict[str, None] = {}
    for index, token in enumerate(tokens):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if index and tokens[index - 1].kind == "word" and tokens[index - 1].text.casefold() == "prefix":
                declared.add(prefix)
            else:
                used[prefix] = None
    lines = [
        f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in used if prefix in PREFIXES and prefix not in declared
    ]
    return "".join(lines) + text


def explain_syntax(text: str, message: str, added: int) -> str:
    """Oxigraph's syntax error in one line, with line and column of the text as the user wrote it."""
    match = re.search(r"(\d+):(\d+)", message)
    expected = re.sub(r"\s+", " ", message.partition("expected")[2])
    hint = ""
    if expected:
        options = [part.strip() for part in expected.removeprefix(" one of").split(",")]
        short = [part for part in options if len(part) < 24][:6]
        hint = f"; expected {', '.join(short)}{' …' if len(options) > len(short) else ''}" if short else ""
    if not match:
        return f"not valid SPARQL: {' '.join(message.split())[:200]}"
    line, column = int(match[1]), int(match[2])
    if line == 1:
        column = max(1, column - added)
    lines = text.split("\n")
    found = lines[line - 1][column - 1 : column + 19].strip() if line <= len(lines) else ""
    at = f"at {found!r}" if found else "at the end"
    return f"line {line}, column {column}: not valid SPARQL {at}{hint}"
