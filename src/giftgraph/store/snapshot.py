"""The snapshot: an Oxigraph directory that is built once, checked, swapped in, and never changed.

It is named by the hash of its inputs. Every file has its named graph; the default graph holds each triple once, because
Oxigraph's own union of named graphs answers a triple once for each graph that has it. A build that is killed leaves a
directory that no one reads and the next build removes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from tempfile import mkdtemp
from typing import NamedTuple

import pyoxigraph as ox

from giftgraph.errors import DataUnreadable, SnapshotFailed
from giftgraph.store.cache import CAN_LOCK, cache_directory, lock_exclusive, lock_shared
from giftgraph.store.inputs import Input, read_inputs

_LAYOUT = "1"
_KEPT = 3
_BUILDING = ".building-"
_NAME = "snapshot-"
_MANIFEST = "manifest.json"
_LOCK = "lock"
_PATIENCE = 1.0


class Snapshot(NamedTuple):
    """An opened snapshot; `directory` is None when it is in memory only."""

    store: ox.Store
    directory: str | None
    version: str
    lock: int | None


def _version(inputs: Sequence[Input]) -> str:
    parts = [_LAYOUT, ox.__version__, *(f"{item.graph} {item.format} {item.digest}" for item in inputs)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def open_snapshot(data: Sequence[str] | None = None) -> Snapshot:
    """Open the snapshot of the data, building it when there is none; in memory when the cache cannot be written."""
    cache = cache_directory()
    inputs = read_inputs(data, cache)
    version = _version(inputs)
    directory = os.path.join(cache, _NAME + version)
    opened = _open(directory, version)
    if opened is not None:
        return opened
    try:
        _build(inputs, cache, directory)
    except OSError as error:
        print(f"giftgraph: {_why(cache, error)}; reading the data into memory instead", file=sys.stderr)
        return Snapshot(_load_in_memory(inputs), None, version, None)
    opened = _open(directory, version)
    if opened is None:
        raise SnapshotFailed(f"{directory}: the snapshot cannot be opened; remove it and try again")
    return opened


def build_snapshot(data: Sequence[str] | None = None) -> str:
    """Make or reuse the snapshot of the data and return the directory of its store.

    Raises SnapshotFailed when it cannot be written.
    """
    cache = cache_directory()
    inputs = read_inputs(data, cache)
    version = _version(inputs)
    directory = os.path.join(cache, _NAME + version)
    if _open(directory, version) is None:
        try:
            _build(inputs, cache, directory)
        except OSError as error:
            raise SnapshotFailed(
                f"{_why(cache, error)}; free space there or set GIFTGRAPH_CACHE to another directory"
            ) from None
    return os.path.join(directory, "store")


def _why(cache: str, error: OSError) -> str:
    return f"the cache {cache} cannot be written ({error.strerror or error})"


def _open(directory: str, version: str) -> Snapshot | None:
    """Open a finished snapshot, holding its lock against pruning; None when there is none or it is broken."""
    lock = lock_shared(os.path.join(directory, _LOCK))
    if lock is None:
        return None
    try:
        return Snapshot(
            ox.Store.read_only(os.path.join(directory, "store")), os.path.join(directory, "store"), version, lock
        )
    except (OSError, ValueError, RuntimeError):
        os.close(lock)
        shutil.rmtree(directory, ignore_errors=True)
        return None


def _build(inputs: Sequence[Input], cache: str, directory: str) -> None:
    os.makedirs(cache, exist_ok=True)
    temporary = mkdtemp(prefix=_BUILDING, dir=cache)
    try:
        with lock_exclusive(os.path.join(temporary, _LOCK), wait=True):
            counts = _fill(inputs, os.path.join(temporary, "store"))
            _verify(os.path.join(temporary, "store"), counts)
            _write_manifest(temporary, inputs, counts)
            try:
                os.rename(temporary, directory)
            except OSError:
                if not os.path.isdir(directory):
                    raise
                # Another process was faster: its snapshot has the same inputs, so it is as good.
                shutil.rmtree(temporary, ignore_errors=True)
    except BaseException as error:
        # The frames of the failure still hold the store, which writes to its directory until it is closed.
        traceback.clear_frames(error.__traceback__)
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    _prune(cache, keep=directory)


def _fill(inputs: Sequence[Input], path: str) -> int:
    store = ox.Store(path)
    progress = _Progress(inputs)
    failures: list[BaseException] = []

    def load_graphs() -> None:
        try:
            for item in inputs:
                _load(store, item, ox.NamedNode(item.graph) if item.graph else None)
        except BaseException as error:
            # Without its traceback, whose frames would keep the store open until the next garbage collection.
            failures.append(error.with_traceback(None))

    worker = threading.Thread(target=load_graphs, daemon=True)
    worker.start()
    try:
        for item in inputs:
            progress.report(item.path)
            if item.graph:
                _load(store, item, ox.DefaultGraph())
    finally:
        worker.join()
    if failures:
        raise failures[0]
    if any(not item.graph for item in inputs):
        store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    _refuse_empty(store, inputs)
    store.flush()
    progress.finish()
    return len(store)


def _refuse_empty(store: ox.Store, inputs: Sequence[Input]) -> None:
    for item in inputs:
        if item.graph and next(iter(store.quads_for_pattern(None, None, None, ox.NamedNode(item.graph))), None) is None:
            raise DataUnreadable(f"{item.path}: the file holds no statement")


def _load(store: ox.Store, item: Input, graph: ox.NamedNode | ox.DefaultGraph | None) -> None:
    rdf_format = getattr(ox.RdfFormat, item.format)
    try:
        if graph is None:
            store.bulk_load(path=item.path, format=rdf_format)
        else:
            store.bulk_load(path=item.path, format=rdf_format, to_graph=graph)
        return
    except SyntaxError as error:
        problem = f"{item.path}:{error.lineno or '?'}: {' '.join(str(error.msg).split())[:200]}"
    except ValueError as error:
        problem = f"{item.path}: {' '.join(str(error).split())[:200]}"
    # Raised outside the handlers: an error that carries another one keeps its frames, and with them the store, open.
    raise DataUnreadable(problem)


def _load_in_memory(inputs: Sequence[Input]) -> ox.Store:
    store = ox.Store()
    for item in inputs:
        _load(store, item, ox.NamedNode(item.graph) if item.graph else None)
        if item.graph:
            _load(store, item, ox.DefaultGraph())
    if any(not item.graph for item in inputs):
        store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    _refuse_empty(store, inputs)
    return store


def _verify(path: str, count: int) -> None:
    """Open what was written as its readers will, and count it again."""
    store = ox.Store.read_only(path)
    if count == 0 or len(store) != count:
        raise SnapshotFailed(f"{path}: {len(store)} statements where {count} were written; try again")


def _write_manifest(directory: str, inputs: Sequence[Input], count: int) -> None:
    content = {
        "layout": _LAYOUT,
        "pyoxigraph": ox.__version__,
        "statements": count,
        "inputs": [
            {"file": os.path.basename(item.path), "graph": item.graph, "sha256": item.digest} for item in inputs
        ],
    }
    with open(os.path.join(directory, _MANIFEST), "w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=2)
        stream.flush()
        os.fsync(stream.fileno())


def _prune(cache: str, keep: str) -> None:
    """Remove old snapshots that nobody has open, and what killed builds left."""
    if not CAN_LOCK:
        return
    entries = [os.path.join(cache, name) for name in os.listdir(cache)]
    snapshots = [path for path in entries if os.path.basename(path).startswith(_NAME) and path != keep]
    snapshots.sort(key=_modified, reverse=True)
    leftovers = [path for path in entries if os.path.basename(path).startswith(_BUILDING)]
    for path in [*snapshots[_KEPT - 1 :], *leftovers]:
        try:
            with lock_exclusive(os.path.join(path, _LOCK), wait=False) as free:
                if free:
                    shutil.rmtree(path, ignore_errors=True)
        except OSError:
            continue


def _modified(path: str) -> float:
    try:
        return os.stat(path).st_mtime
    except OSError:
        return 0.0


class _Progress:
    """One line on a terminal when a build takes longer than a moment."""

    def __init__(self, inputs: Sequence[Input]) -> None:
        self._started = time.monotonic()
        self._size = sum(os.path.getsize(item.path) for item in inputs)
        self._shown = False
        self._visible = sys.stderr.isatty()

    def report(self, path: str) -> None:
        if self._visible and (self._size > 20_000_000 or time.monotonic() - self._started > _PATIENCE):
            self._shown = True
            print(
                f"\rgiftgraph: building the snapshot: {os.path.basename(path)} …\x1b[K",
                end="",
                file=sys.stderr,
                flush=True,
            )

    def finish(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
