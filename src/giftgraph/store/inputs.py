"""What a snapshot is made of: the ontology and the data files, each with the named graph it goes to and its hash."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Sequence
from typing import NamedTuple

from giftgraph.errors import DataUnreadable
from giftgraph.resources import data_files, ontology_files
from giftgraph.vocabulary import GRAPH

# RDF/XML is left out on purpose: its entities can be made to expand without end.
FORMATS = {".ttl": "TURTLE", ".nt": "N_TRIPLES", ".nq": "N_QUADS", ".trig": "TRIG", ".jsonld": "JSON_LD"}
_LARGEST = 4_000_000_000
_MEMO = "digests.json"
# A file changed within this many seconds before its digest was noted may change again unnoticed.
_SETTLED = 2.0


class Input(NamedTuple):
    """One file: `graph` is empty for formats that name their graphs themselves."""

    path: str
    graph: str
    format: str
    digest: str


def requested_paths(data: Sequence[str] | None) -> list[str]:
    """The data files asked for: `data`, else `GIFTGRAPH_DATA`, else the shipped dataset; `+PATH` adds to what holds without it."""
    chosen = [part for part in os.environ.get("GIFTGRAPH_DATA", "").split(os.pathsep) if part]
    given = chosen if data is None else [os.fspath(part) for part in data]
    added = [part[1:] for part in given if part.startswith("+")]
    replaced = [part for part in given if not part.startswith("+")]
    return (replaced or [part for part in chosen if not part.startswith("+")] or list(data_files())) + added


def read_inputs(data: Sequence[str] | None, cache: str) -> list[Input]:
    """The inputs of a snapshot, hashed. Raises DataUnreadable for a missing, empty, huge or unknown file."""
    files = [(path, GRAPH + "ontology") for path in ontology_files()]
    taken = {GRAPH + "ontology"}
    shipped = data_files()
    for path in dict.fromkeys(requested_paths(data)):
        graph = GRAPH + (shipped.get(path) or _slug(path))
        number = 2
        while graph in taken:
            graph = f"{GRAPH}{_slug(path)}-{number}"
            number += 1
        taken.add(graph)
        files.append((path, graph))
    memo = _DigestMemo(cache)
    inputs = [_read_input(path, graph, memo) for path, graph in files]
    memo.save()
    return inputs


def _slug(path: str) -> str:
    stem = os.path.splitext(os.path.basename(path))[0]
    return re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-") or "data"


def _read_input(path: str, graph: str, memo: _DigestMemo) -> Input:
    try:
        status = os.stat(path)
    except OSError as error:
        raise DataUnreadable(f"{path}: {(error.strerror or 'unreadable').lower()}; check the path") from None
    if not os.path.isfile(path):
        raise DataUnreadable(f"{path}: not a file")
    suffix = os.path.splitext(path)[1].casefold()
    if suffix not in FORMATS:
        what = f"the format {suffix!r}" if suffix else "a file without a suffix"
        raise DataUnreadable(f"{path}: {what} is not read; use one of {', '.join(FORMATS)}")
    if status.st_size == 0:
        raise DataUnreadable(f"{path}: the file is empty")
    if status.st_size > _LARGEST:
        raise DataUnreadable(
            f"{path}: {status.st_size / 1e9:.1f} GB; files over 4 GB belong in a SPARQL server (see --endpoint)"
        )
    return Input(path, "" if suffix in (".nq", ".trig") else graph, FORMATS[suffix], memo.digest(path, status))


class _DigestMemo:
    """Remembers the hashes of files by size and time of change, so that a cold start does not read them again."""

    def __init__(self, cache: str) -> None:
        self._path = os.path.join(cache, _MEMO)
        self._changed = False
        try:
            with open(self._path, encoding="utf-8") as stream:
                content = json.load(stream)
            self._known: dict[str, list[object]] = content if isinstance(content, dict) else {}
        except (OSError, ValueError):
            self._known = {}

    def digest(self, path: str, status: os.stat_result) -> str:
        key = os.path.abspath(path)
        state = [status.st_size, status.st_mtime_ns, status.st_ino]
        known = self._known.get(key)
        if isinstance(known, list) and known[:3] == state and isinstance(known[3], str):
            return known[3]
        try:
            with open(path, "rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise DataUnreadable(f"{path}: {(error.strerror or 'unreadable').lower()}") from None
        if time.time() - status.st_mtime > _SETTLED:
            self._known[key] = [*state, digest]
            self._changed = True
        return digest

    def save(self) -> None:
        """Write the memo back; a cache that cannot be written only costs time."""
        if not self._changed:
            return
        temporary = f"{self._path}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            with open(temporary, "w", encoding="utf-8") as stream:
                json.dump(dict(list(self._known.items())[-200:]), stream)
            os.replace(temporary, self._path)
        except OSError:
            return
