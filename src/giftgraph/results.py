"""Answers to queries: typed rows for SELECT, a truth value for ASK, triples for CONSTRUCT and DESCRIBE.

The terms stay as the store gave them, so that every format written from a result is lossless; Python values are made on access.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox

from giftgraph.errors import DependencyMissing, QueryInvalid
from giftgraph.vocabulary import PREFIXES, XSD, shorten

Term = ox.NamedNode | ox.BlankNode | ox.Literal
_LONGEST_NUMBER = 400
_HTML_ROWS = 100
_SELECT_ALL = re.compile(r"\bSELECT\s+(?:DISTINCT\s+|REDUCED\s+)?\*", re.IGNORECASE)
_VARIABLE = re.compile(r"[?$](\w+)")


class IRI(str):
    """An IRI as a text, told apart from a literal by its class."""

    __slots__ = ()


def _decimal(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(text[:20])
    return Decimal(text)


_READERS: dict[str, Callable[[str], Any]] = {
    XSD + "integer": int,
    XSD + "int": int,
    XSD + "long": int,
    XSD + "nonNegativeInteger": int,
    XSD + "decimal": _decimal,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}[text],
    XSD + "date": datetime.date.fromisoformat,
    XSD + "dateTime": datetime.datetime.fromisoformat,
}


def to_python(term: Any) -> Any:
    """The Python value of a term: IRI, int, Decimal, float, bool, date, datetime or str; None for an unbound variable.

    >>> to_python(ox.Literal("12", datatype=ox.NamedNode(XSD + "integer")))
    12
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return IRI(term.value)
    if isinstance(term, ox.Literal):
        reader = _READERS.get(term.datatype.value)
        if reader is None:
            return term.value
        try:
            return reader(term.value)
        except (ValueError, KeyError, InvalidOperation):
            return term.value
    return str(term)


class Row:
    """One row: values by name, by position and as attributes.

    >>> Row(("who",), (ox.Literal("Qaitbay"),)).who
    'Qaitbay'
    """

    __slots__ = ("_columns", "terms")

    def __init__(self, columns: tuple[str, ...], terms: tuple[Any, ...]) -> None:
        self._columns = columns
        self.terms = terms

    def __getitem__(self, key: str | int) -> Any:
        if isinstance(key, int):
            return to_python(self.terms[key])
        try:
            return to_python(self.terms[self._columns.index(key)])
        except ValueError:
            raise KeyError(f"there is no column {key!r}; the columns are {', '.join(self._columns)}") from None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(str(error.args[0])) from None

    def __iter__(self) -> Iterator[Any]:
        return (to_python(term) for term in self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self._columns == other._columns and self.terms == other.terms

    def __hash__(self) -> int:
        return hash((self._columns, self.terms))

    def __repr__(self) -> str:
        return "Row(" + ", ".join(f"{name}={value!r}" for name, value in zip(self._columns, self, strict=True)) + ")"

    def as_dict(self) -> dict[str, Any]:
        """The row as a dictionary of Python values."""
        return dict(zip(self._columns, self, strict=True))


class Result:
    """The answer to a SELECT query: an immutable table."""

    formats = ("table", "csv", "tsv", "json")

    def __init__(self, columns: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
        self.columns = tuple(columns)
        self._rows = tuple(Row(self.columns, tuple(terms)) for terms in rows)

    @classmethod
    def from_solutions(cls, solutions: ox.QuerySolutions, text: str = "") -> Result:
        """Take all solutions of a query; the columns of `SELECT *` come in the order in which `text` first names them."""
        names = [variable.value for variable in solutions.variables]
        if _SELECT_ALL.search(text):
            places = {match[1]: match.start() for match in reversed(list(_VARIABLE.finditer(text)))}
            names.sort(key=lambda name: places.get(name, len(text)))
        return cls(names, (tuple(solution[name] for name in names) for solution in solutions))

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __getitem__(self, index: int) -> Row:
        return self._rows[index]

    def column(self, name: str) -> list[Any]:
        """All values of a column, as Python values."""
        if name not in self.columns:
            raise KeyError(f"there is no column {name!r}; the columns are {', '.join(self.columns)}")
        return [row[name] for row in self._rows]

    def to_pandas(self) -> Any:
        """The table as a pandas DataFrame. Raises DependencyMissing when pandas is not installed."""
        try:
            import pandas as pd
        except ModuleNotFoundError:
            raise DependencyMissing("to_pandas() needs pandas: pip install 'giftgraph[notebook]'") from None
        return pd.DataFrame([list(row) for row in self._rows], columns=list(self.columns))

    def to_polars(self) -> Any:
        """The table as a polars DataFrame. Raises DependencyMissing when polars is not installed."""
        try:
            import polars as pl
        except ModuleNotFoundError:
            raise DependencyMissing("to_polars() needs polars: pip install 'giftgraph[all]'") from None
        columns = {name: [str(v) if isinstance(v, IRI) else v for v in self.column(name)] for name in self.columns}
        return pl.DataFrame(columns, strict=False)

    def serialize(self, format: str = "table") -> str:  # noqa: A002 - the name users know from rdflib
        """The table as text: table (aligned columns, short names), csv, tsv or json (W3C SPARQL results)."""
        if format == "table":
            return format_table(self.columns, [[display_term(term) for term in row.terms] for row in self._rows])
        if format not in self.formats:
            raise QueryInvalid(f"a table of rows cannot be written as {format!r}; choose {', '.join(self.formats)}")
        return _WRITERS[format](self)

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(display_term(term))}</td>" for term in row.terms) + "</tr>"
            for row in self._rows[:_HTML_ROWS]
        )
        left = len(self) - _HTML_ROWS
        note = f"<p>{left} of {len(self)} rows are not shown.</p>" if left > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"

    def __repr__(self) -> str:
        return f"<Result: {len(self)} rows of {', '.join(self.columns)}>"


class Truth:
    """The answer to an ASK query; it is true or false like a bool."""

    formats = ("table", "csv", "json")

    def __init__(self, value: bool) -> None:
        self.value = value

    def __bool__(self) -> bool:
        return self.value

    def serialize(self, format: str = "table") -> str:  # noqa: A002
        """The answer as text: table, csv (true or false) or json (W3C SPARQL results)."""
        if format == "json":
            return f'{{"head": {{}}, "boolean": {str(self.value).lower()}}}\n'
        if format not in self.formats:
            raise QueryInvalid(f"a yes or no cannot be written as {format!r}; choose {', '.join(self.formats)}")
        return f"{str(self.value).lower()}\n"

    def __repr__(self) -> str:
        return f"<Truth: {self.value}>"


class Triples:
    """The answer to a CONSTRUCT or DESCRIBE query: triples, each once, in a fixed order."""

    formats = ("ttl", "nt", "jsonld")

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._triples = tuple(sorted(set(triples), key=str))

    def __len__(self) -> int:
        return len(self._triples)

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self._triples)

    def serialize(self, format: str = "ttl") -> str:  # noqa: A002
        """The triples as Turtle, N-Triples or JSON-LD."""
        chosen = {
            "ttl": ox.RdfFormat.TURTLE,
            "table": ox.RdfFormat.TURTLE,
            "nt": ox.RdfFormat.N_TRIPLES,
            "jsonld": ox.RdfFormat.JSON_LD,
        }
        if format not in chosen:
            raise QueryInvalid(f"triples cannot be written as {format!r}; choose {', '.join(self.formats)}")
        prefixes = None if format == "nt" else {name: iri for name, iri in PREFIXES.items() if self._uses(iri)}
        written = ox.serialize(self._triples, format=chosen[format], prefixes=prefixes)
        text = (written or b"").decode()
        return text if text.endswith("\n") else text + "\n"

    def _uses(self, namespace: str) -> bool:
        return any(namespace in str(triple) for triple in self._triples)

    def __repr__(self) -> str:
        return f"<Triples: {len(self)}>"


def display_term(term: Any) -> str:
    """A term in short: prefixed name, or the text of a literal.

    >>> display_term(ox.NamedNode(PREFIXES["person"] + "qaitbay"))
    'person:qaitbay'
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def text_width(text: str) -> int:
    """The number of terminal columns of a text; East Asian characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(bool(unicodedata.combining(character)) for character in text)


def format_table(columns: Iterable[str], rows: list[list[str]]) -> str:
    """Aligned columns for a terminal or a text file; control characters are shown, not sent.

    >>> print(format_table(["who"], [["Qaitbay"]]), end="")
    who
    -------
    Qaitbay
    """
    clean = [[_visible(cell) for cell in row] for row in [list(columns), *rows]]
    if not clean[0]:
        return f"{len(rows)} rows without columns\n"
    widths = [max(text_width(row[index]) for row in clean) for index in range(len(clean[0]))]
    lines = [
        "  ".join(cell + " " * (width - text_width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in clean
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c in "\n\t\r" else repr(c)[1:-1] for c in text)


def _write_json(result: Result) -> str:
    import json

    bindings = [
        {name: _binding(term) for name, term in zip(result.columns, row.terms, strict=True) if term is not None}
        for row in result
    ]
    content = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _binding(term: Any) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    binding = {"type": "literal", "value": term.value}
    if term.language:
        binding["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        binding["datatype"] = term.datatype.value
    return binding


def _write_csv(result: Result) -> str:
    import csv
    import io

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(result.columns)
    for row in result:
        writer.writerow(
            "" if term is None else str(term) if isinstance(term, ox.BlankNode) else term.value for term in row.terms
        )
    return stream.getvalue()


def _write_tsv(result: Result) -> str:
    lines = ["\t".join(f"?{name}" for name in result.columns)]
    lines += ["\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row.terms) for row in result]
    return "\n".join(lines) + "\n"


_WRITERS: dict[str, Callable[[Result], str]] = {"json": _write_json, "csv": _write_csv, "tsv": _write_tsv}
