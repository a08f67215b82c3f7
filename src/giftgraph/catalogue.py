"""The catalogue: the queries of `queries/*.rq`, each with a header that says what it asks and which parameters it takes.

A header is a run of comment lines at the top:

    # title: What passed between two people
    # question: What has passed between A and B, in both directions, with the sources?
    # parameter: a entity person:vladimir-putin people -- the one side
    # view: table

A parameter line is: name, type (entity, date, integer, category, polity), default, where choices come from (people, polities,
categories, offices or -), and words. In the query a parameter is a variable bound in a line `VALUES ?a { person:vladimir-putin }`
that ends in the comment `# parameter a` (one line or more, with variables of any name); that line holds the default,
so that the file runs anywhere as it stands. How many rows at most is an integer parameter too: the line `LIMIT 200 # parameter rows`.
A date parameter binds a day number: `from` (or a name ending in `_from`) the first day of the date, any other name its last.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import NamedTuple

from giftgraph.errors import ParameterInvalid, QueryInvalid, QueryUnknown
from giftgraph.resources import query_files
from giftgraph.vocabulary import ENTITY_PREFIXES, ID, entity_iri

TYPES = ("entity", "date", "integer", "category", "polity")
VIEWS = ("table", "chart", "graph", "map", "timeline")
_HEADER = re.compile(r"#\s*([a-z]+):\s*(.*)")
_PARAMETER = re.compile(r"([a-z][a-z0-9_]*)\s+(\w+)\s+(\S+)\s+(\S+)\s+--\s+(.+)")
_BINDING = re.compile(
    r"^([ \t]*)VALUES \?([a-z][a-z0-9_]*) \{ [^{}]* \}[ \t]*# parameter ([a-z][a-z0-9_]*)[ \t]*$", re.MULTILINE
)
_LIMIT = re.compile(r"LIMIT \d+[ \t]*# parameter ([a-z][a-z0-9_]*)[ \t]*$", re.MULTILINE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_IRI = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`\x7f-\x9f]{1,500}")
_INTEGER = re.compile(r"-?\d{1,9}")
_LARGEST = 256_000


class Parameter(NamedTuple):
    """A parameter of a query: its type decides what it accepts; `choices` names what its values can be picked from."""

    name: str
    type: str
    default: str
    choices: str
    words: str


class CatalogueQuery(NamedTuple):
    """A query with its header."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    view: str
    text: str

    def bind(self, values: Mapping[str, object]) -> str:
        """The query text with values in place of the defaults. Raises ParameterInvalid.

        >>> query = load("gifts-of-a-year")
        >>> "VALUES ?from { 729755 }" in query.bind({"from": "1999"})
        True
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                listed = ", ".join(known) or "none"
                raise ParameterInvalid(f"{self.name}: there is no parameter {str(name)[:40]!r}; it takes: {listed}")
        terms = {name: write_term(known[name], str(value)) for name, value in values.items()}

        def replace(match: re.Match[str]) -> str:
            indent, variable, name = match.groups()
            return f"{indent}VALUES ?{variable} {{ {terms[name]} }} # parameter {name}" if name in terms else match[0]

        def limit(match: re.Match[str]) -> str:
            if match[1] in terms and int(terms[match[1]]) < 1:
                raise ParameterInvalid(f"{match[1]}: {terms[match[1]]} is not a number of rows; give 1 or more")
            return f"LIMIT {terms[match[1]]} # parameter {match[1]}" if match[1] in terms else match[0]

        return _LIMIT.sub(limit, _BINDING.sub(replace, self.text))


def write_term(parameter: Parameter, value: str) -> str:
    """A value as a SPARQL term of the type of its parameter; nothing but a term can come out.

    >>> write_term(Parameter("a", "entity", "", "-", ""), "person:kim-jong-un")
    '<https://w3id.org/giftgraph/id/person/kim-jong-un>'
    """
    writers = {"entity": _write_entity, "polity": _write_polity, "category": _write_category, "integer": _write_integer}
    if parameter.type == "date":
        return _write_date(parameter, value)
    term = writers[parameter.type](value.strip())
    if term is None:
        wanted = {
            "entity": "a key such as person:kim-jong-un, or an IRI",
            "polity": "a polity code such as usa or egy-mamluk",
            "category": "a gift category such as live-animals",
            "integer": "a whole number",
        }[parameter.type]
        raise ParameterInvalid(f"{parameter.name}: {value[:60]!r} is not {wanted}")
    return term


def _write_entity(value: str) -> str | None:
    if value.startswith(("http://", "https://")):
        return f"<{value}>" if _IRI.fullmatch(value) else None
    prefix, colon, slug = value.partition(":")
    kind = {"item": "gift"}.get(prefix, prefix)
    if not colon or kind not in ENTITY_PREFIXES or not _SLUG.fullmatch(slug) or len(slug) > 200:
        return None
    return f"<{entity_iri(kind, slug)}>"


def _write_polity(value: str) -> str | None:
    code = value.removeprefix("polity:").removeprefix(ID + "polity/").casefold()
    return f"<{entity_iri('polity', code)}>" if _SLUG.fullmatch(code) and len(code) < 60 else None


def _write_category(value: str) -> str | None:
    code = value.removeprefix("category:").removeprefix(ID + "category/")
    return f"<{entity_iri('category', code)}>" if _SLUG.fullmatch(code) and len(code) < 60 else None


def _write_integer(value: str) -> str | None:
    return str(int(value)) if _INTEGER.fullmatch(value) and value.isascii() else None


def _write_date(parameter: Parameter, value: str) -> str:
    from giftgraph.dates import read_bounds

    try:
        bounds = read_bounds(value)
    except ValueError as error:
        raise ParameterInvalid(f"{parameter.name}: {error}") from None
    day = bounds.earliest_day if parameter.name == "from" or parameter.name.endswith("_from") else bounds.latest_day
    if day is None:
        raise ParameterInvalid(
            f"{parameter.name}: {value[:60]!r} is open on the side that is needed; give a closed date"
        )
    return str(day)


def load(name_or_path: str) -> CatalogueQuery:
    """A query of the catalogue by its name, or any .rq file by its path. Raises QueryUnknown or QueryInvalid."""
    if name_or_path.endswith(".rq") or os.sep in name_or_path:
        return read_query(name_or_path)
    paths = {os.path.splitext(os.path.basename(path))[0]: path for path in query_files()}
    if name_or_path in paths:
        return read_query(paths[name_or_path])
    from difflib import get_close_matches

    near = get_close_matches(name_or_path, paths, n=3, cutoff=0.4)
    hint = f"nearest: {', '.join(near)}" if near else "'giftgraph queries' lists the catalogue"
    raise QueryUnknown(f"there is no query {name_or_path[:60]!r} and no such file; {hint}")


def list_queries() -> list[CatalogueQuery]:
    """All queries of the catalogue, by name."""
    return [read_query(path) for path in query_files()]


def read_query(path: str) -> CatalogueQuery:
    """Read a query file. A file without a header is a query without parameters. Raises QueryInvalid naming file and line."""
    try:
        if os.path.getsize(path) > _LARGEST:
            raise QueryInvalid(f"{path}: larger than {_LARGEST // 1000} kB; that is not a query")
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
    except FileNotFoundError:
        raise QueryUnknown(f"{path}: no such file") from None
    except UnicodeDecodeError:
        raise QueryInvalid(f"{path}: not a text file in UTF-8") from None
    except OSError as error:
        raise QueryInvalid(f"{path}: {(error.strerror or 'unreadable').lower()}") from None
    if not text.strip():
        raise QueryInvalid(f"{path}: the file is empty")
    fields: dict[str, str] = {}
    parameters: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _HEADER.fullmatch(line.strip())
        if not line.startswith("#"):
            break
        if match and match[1] == "parameter":
            parameters.append(_read_parameter(match[2], f"{path}:{number}"))
        elif match:
            fields[match[1]] = match[2]
    view = fields.get("view", "table")
    if view not in VIEWS:
        raise QueryInvalid(f"{path}: view {view!r} is not one of {', '.join(VIEWS)}")
    name = os.path.splitext(os.path.basename(path))[0]
    query = CatalogueQuery(name, fields.get("title", name), fields.get("question", ""), tuple(parameters), view, text)
    _check_bindings(query, path)
    return query


def _read_parameter(words: str, where: str) -> Parameter:
    match = _PARAMETER.fullmatch(words)
    if not match:
        raise QueryInvalid(f"{where}: write '# parameter: name type default choices -- words'")
    parameter = Parameter(*match.groups())
    if parameter.type not in TYPES:
        raise QueryInvalid(f"{where}: type {parameter.type!r} is not one of {', '.join(TYPES)}")
    return parameter


def _check_bindings(query: CatalogueQuery, path: str) -> None:
    named = {parameter.name for parameter in query.parameters}
    limits = {match[1] for match in _LIMIT.finditer(query.text)}
    for parameter in query.parameters:
        if parameter.name in limits and parameter.type != "integer":
            raise QueryInvalid(f"{path}: {parameter.name} is a number of rows; its type must be integer")
    bound = limits | {match[3] for match in _BINDING.finditer(query.text)}
    if bound != named:
        missing = ", ".join(sorted(named.symmetric_difference(bound)))
        raise QueryInvalid(
            f"{path}: parameters and their 'VALUES … # parameter' or 'LIMIT … # parameter' lines differ: {missing}"
        )


def write_reference() -> str:
    """The reference page of the catalogue."""
    lines = [
        "# The catalogue of queries",
        "",
        "Generated by `python -m giftgraph.catalogue`; edit `queries/*.rq` instead.",
        "",
    ]
    for query in list_queries():
        lines += [f"## {query.name}", "", f"**{query.title}.** {query.question}", ""]
        if query.parameters:
            lines += ["| parameter | type | default | |", "|---|---|---|---|"]
            lines += [f"| `{p.name}` | {p.type} | `{p.default}` | {p.words} |" for p in query.parameters]
            lines.append("")
        example = " ".join(f"-p {p.name}={p.default}" for p in query.parameters)
        lines += ["```", f"giftgraph query {query.name} {example}".rstrip(), "```", ""]
    return "\n".join(lines)


def main() -> int:
    """Write docs/reference/queries.md of a checkout."""
    from pathlib import Path

    from giftgraph.output import write_text
    from giftgraph.resources import curated_directory

    directory = curated_directory()
    if directory is None:
        print("giftgraph.catalogue: run this in a checkout", file=sys.stderr)
        return 1
    write_text(Path(directory).parent.parent / "docs" / "reference" / "queries.md", write_reference())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
