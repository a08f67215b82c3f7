"""The building of a snapshot: filled in a temporary directory, verified, swapped in at once.

Every file has its named graph; the default graph holds each triple once, because Oxigraph's own union of named graphs answers a
triple once for each graph that has it. A build that is killed leaves a directory that no one reads and the next build removes.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from tempfile import mkdtemp

import pyoxigraph as ox

from giftgraph.errors import DataUnreadable, SnapshotFailed
from giftgraph.store.cache import CAN_LOCK, SNAPSHOT_LOCK, SNAPSHOT_NAME, lock_exclusive
from giftgraph.store.inputs import Input

_KEPT = 3
_BUILDING = ".building-"
_MANIFEST = "manifest.json"
_PATIENCE = 1.0


def build(inputs: Sequence[Input], cache: str, directory: str) -> None:
    """Write the snapshot of the inputs to a temporary directory, verify it, swap it in, and prune old ones. Raises OSError."""
    os.makedirs(cache, exist_ok=True)
    temporary = mkdtemp(prefix=_BUILDING, dir=cache)
    try:
        with lock_exclusive(os.path.join(temporary, SNAPSHOT_LOCK), wait=True):
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


def load_in_memory(inputs: Sequence[Input]) -> ox.Store:
    """The same statements in memory, for a cache that cannot be written."""
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
    snapshots = [path for path in entries if os.path.basename(path).startswith(SNAPSHOT_NAME) and path != keep]
    snapshots.sort(key=_modified, reverse=True)
    leftovers = [path for path in entries if os.path.basename(path).startswith(_BUILDING)]
    for path in [*snapshots[_KEPT - 1 :], *leftovers]:
        try:
            with lock_exclusive(os.path.join(path, SNAPSHOT_LOCK), wait=False) as free:
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
