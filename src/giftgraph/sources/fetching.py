"""Fetch a register's documents into a folder, and go on where an earlier run stopped.

A register that can be fetched has a module `api` in its folder, with

- `service() -> Service`: which hosts it has, and how long a document may be;
- `find_documents(get_json, years, known) -> list[Remote]`: what it offers, asked through `get_json(address)`;
- `check_document(body, remote)`: raises Passing where the body is not the whole document.

Beside the files lies `fetched.json`: of each file its address, size, SHA-256 and the service's validators. A file that is as it
says is not asked for again; every file and the list are replaced at once, so that a run may be stopped at any moment.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from giftgraph.errors import FetchFailed
from giftgraph.output import write_text
from giftgraph.sources.card import Card
from giftgraph.sources.downloading import Answer, Client, Pace, Passing
from giftgraph.store.cache import cache_directory, lock_exclusive

LIST = "fetched.json"
_LARGEST_JSON = 8_000_000
_JSON = frozenset({"application/json"})
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,80}")
_GIVEN_UP = 3
"""Documents in a row that could not be had: then the service is not asked for more."""


@dataclass(frozen=True, slots=True)
class Service:
    """What a register's service allows: its hosts, the media types of its documents, and their largest size in bytes."""

    hosts: frozenset[str]
    types: frozenset[str]
    largest: int


@dataclass(frozen=True, slots=True)
class Remote:
    """A document that a service offers: the name of its file, its number, address, title and day of publication."""

    name: str
    number: str
    address: str
    title: str
    published: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a run did: the files of what was asked for, how many of them are new, and what could not be had."""

    files: tuple[Path, ...]
    new: int
    failures: tuple[str, ...]


def register_directory(register: str) -> Path:
    """Where the documents of a register lie unless another folder is named."""
    return Path(cache_directory(), "registers", register)


def fetch_register(
    card: Card,
    directory: Path,
    contact: str,
    *,
    years: Collection[int] = (),
    refresh: bool = False,
    pace: Pace | None = None,
    say: Callable[[str], None] = lambda line: print(line, file=sys.stderr),
) -> Fetched:
    """Get the documents of a register, of all years or of the given calendar years of gifts, one after the other.

    With `refresh`, files that are there are asked for again, with what the service said of them. `say` is told each step.

    Raises:
        FetchFailed: nothing can be fetched at all, or another run works in the folder.
    """
    if find_spec(f"giftgraph.sources.{card.folder}.api") is None:
        raise FetchFailed(f"{card.name} has no service to fetch from: get its files from {card.homepage}")
    api = import_module(f"giftgraph.sources.{card.folder}.api")
    service: Service = api.service()
    directory.mkdir(parents=True, exist_ok=True)
    with (
        lock_exclusive(str(directory / ".lock"), wait=False) as obtained,
        Client(service.hosts, contact, pace) as client,
    ):
        if not obtained:
            raise FetchFailed(f"{directory}: another run is fetching into this folder")
        known = {entry.document: entry.year for entry in card.documents.values()}
        remotes: list[Remote] = api.find_documents(lambda address: _get_json(client, address), frozenset(years), known)
        if not remotes:
            asked = f" for {', '.join(str(year) for year in sorted(years))}" if years else ""
            raise FetchFailed(f"{card.name}: the service offers no document{asked}")
        offered = {remote.number for remote in remotes}
        wanted = [number for number, year in sorted(known.items()) if not years or year in years]
        absent = tuple(
            f"document {number}: the service does not offer it" for number in wanted if number not in offered
        )
        for line in absent:
            say(line)
        fetched = _fetch_all(remotes, directory, client, service, api.check_document, refresh, say)
        return Fetched(fetched.files, fetched.new, absent + fetched.failures)


def _fetch_all(
    remotes: list[Remote],
    directory: Path,
    client: Client,
    service: Service,
    check: Callable[[bytes, Remote], None],
    refresh: bool,
    say: Callable[[str], None],
) -> Fetched:
    listed = _read_list(directory)
    files, failures, new, in_a_row = [], [], 0, 0
    for index, remote in enumerate(remotes, 1):
        if not _SAFE_NAME.fullmatch(remote.name):
            raise FetchFailed(f"{remote.address}: {remote.name[:80]!r} is no name for a file")
        path = directory / remote.name
        entry = listed.get(remote.name, {})
        intact = _is_intact(path, entry) or _adopt(path, remote, listed, check)
        if intact and not refresh:
            say(f"{index} of {len(remotes)}: {remote.name} is there")
            files.append(path)
            continue
        try:
            answer = client.get(
                remote.address,
                types=service.types,
                largest=service.largest,
                check=lambda body, remote=remote: check(body, remote),  # type: ignore[misc]
                validators=entry.get("validators") if intact else None,
            )
        except FetchFailed as failure:
            say(f"{index} of {len(remotes)}: {failure}")
            failures.append(str(failure))
            in_a_row += 1
            if in_a_row == _GIVEN_UP:
                say(f"{_GIVEN_UP} documents in a row could not be had: stopping")
                break
            continue
        in_a_row = 0
        files.append(path)
        if answer.unchanged:
            say(f"{index} of {len(remotes)}: {remote.name} has not changed")
            continue
        new += 1
        _write(path, answer.body)
        listed[remote.name] = _entry(remote, answer)
        _write_list(directory, listed)
        say(f"{index} of {len(remotes)}: {remote.name}, {len(answer.body):,} bytes")
    return Fetched(tuple(sorted(files)), new, tuple(failures))


def _get_json(client: Client, address: str) -> Any:
    def check(body: bytes) -> None:
        try:
            json.loads(body)
        except (ValueError, RecursionError):
            raise Passing("sent broken JSON") from None

    return json.loads(client.get(address, types=_JSON, largest=_LARGEST_JSON, check=check).body)


def _adopt(
    path: Path, remote: Remote, listed: dict[str, dict[str, Any]], check: Callable[[bytes, Remote], None]
) -> bool:
    """Whether a file that no run has listed, such as one of the user's own, is the whole document all the same."""
    if remote.name in listed or not path.is_file():
        return False
    body = path.read_bytes()
    try:
        check(body, remote)
    except Passing:
        return False
    listed[remote.name] = _entry(remote, Answer(body))
    _write_list(path.parent, listed)
    return True


def _entry(remote: Remote, answer: Answer) -> dict[str, Any]:
    return {
        "address": remote.address,
        "bytes": len(answer.body),
        "sha256": hashlib.sha256(answer.body).hexdigest(),
        "validators": dict(answer.validators),
    }


def _is_intact(path: Path, entry: Mapping[str, Any]) -> bool:
    try:
        if not entry or path.stat().st_size != entry.get("bytes"):
            return False
        return hashlib.sha256(path.read_bytes()).hexdigest() == entry.get("sha256")
    except OSError:
        return False


def _read_list(directory: Path) -> dict[str, dict[str, Any]]:
    """What earlier runs fetched; a broken list counts as none, since every file can be looked at again."""
    try:
        content = json.loads((directory / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {name: entry for name, entry in content.items() if isinstance(entry, dict) and _sound(entry)}


def _sound(entry: Mapping[str, Any]) -> bool:
    validators = entry.get("validators", {})
    return isinstance(validators, dict) and all(
        isinstance(value, str) and value.isprintable() for value in validators.values()
    )


def _write_list(directory: Path, listed: Mapping[str, Mapping[str, Any]]) -> None:
    write_text(directory / LIST, json.dumps(listed, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def _write(path: Path, body: bytes) -> None:
    """Replace a file at once."""
    part = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with part.open("wb") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
