"""The user's cache directory, and locks in it that die with their process."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

try:
    import fcntl
except ImportError:  # Windows: no advisory locks; builds still swap atomically, pruning is then left out.
    fcntl = None  # type: ignore[assignment]

CAN_LOCK = fcntl is not None
# A snapshot is a directory of this name and its version, with a lock file that its readers hold.
SNAPSHOT_NAME = "snapshot-"
SNAPSHOT_LOCK = "lock"


def cache_directory() -> str:
    """`GIFTGRAPH_CACHE`, or the place where this system keeps caches."""
    chosen = os.environ.get("GIFTGRAPH_CACHE")
    if chosen:
        return os.path.abspath(chosen)
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(base, "giftgraph")


def lock_shared(path: str) -> int | None:
    """Hold a shared lock on a file for as long as the process lives; None where that cannot be had."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    if fcntl is not None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
    return descriptor


@contextmanager
def lock_exclusive(path: str, *, wait: bool) -> Iterator[bool]:
    """Hold an exclusive lock on a file inside the block; yields whether it was obtained."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        obtained = True
        if fcntl is not None:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except OSError:
                obtained = False
        yield obtained
    finally:
        os.close(descriptor)
