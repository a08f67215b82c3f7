"""The snapshot: an Oxigraph directory that is built once (see `giftgraph.store.building`), named by its inputs, and never changed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

import pyoxigraph as ox

from giftgraph.errors import SnapshotFailed
from giftgraph.store.cache import SNAPSHOT_LOCK, SNAPSHOT_NAME, cache_directory, lock_shared
from giftgraph.store.inputs import Input, read_inputs

_LAYOUT = "1"


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
    directory = os.path.join(cache, SNAPSHOT_NAME + version)
    opened = _open(directory, version)
    if opened is not None:
        return opened
    from giftgraph.store.building import build, load_in_memory

    try:
        build(inputs, cache, directory)
    except OSError as error:
        print(f"giftgraph: {_why(cache, error)}; reading the data into memory instead", file=sys.stderr)
        return Snapshot(load_in_memory(inputs), None, version, None)
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
    directory = os.path.join(cache, SNAPSHOT_NAME + version)
    if _open(directory, version) is None:
        from giftgraph.store.building import build

        try:
            build(inputs, cache, directory)
        except OSError as error:
            raise SnapshotFailed(
                f"{_why(cache, error)}; free space there or set GIFTGRAPH_CACHE to another directory"
            ) from None
    return os.path.join(directory, "store")


def _why(cache: str, error: OSError) -> str:
    return f"the cache {cache} cannot be written ({error.strerror or error})"


def _open(directory: str, version: str) -> Snapshot | None:
    """Open a finished snapshot, holding its lock against pruning; None when there is none or it is broken."""
    lock = lock_shared(os.path.join(directory, SNAPSHOT_LOCK))
    if lock is None:
        return None
    try:
        return Snapshot(
            ox.Store.read_only(os.path.join(directory, "store")), os.path.join(directory, "store"), version, lock
        )
    except (OSError, ValueError, RuntimeError):
        import shutil

        os.close(lock)
        shutil.rmtree(directory, ignore_errors=True)
        return None
