"""What is computed once for a snapshot and kept beside it: a file named by its purpose, the version of the dataset and a key.

A file that is missing, of another version or not whole is made again; a cache that cannot be written costs only that time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence

from giftgraph.errors import OutputFailed
from giftgraph.store.cache import SNAPSHOT_NAME, cache_directory

# The purposes: positions and networks of pictures, answers behind a projection, names to look up.
LAYOUT_NAME = "layout-"
NETWORK_NAME = "network-"
ANSWERS_NAME = "answers-"
NAMES_NAME = "names-"
_PURPOSES = (LAYOUT_NAME, NETWORK_NAME, ANSWERS_NAME, NAMES_NAME)


def path_aside(purpose: str, version: str, parts: Sequence[str]) -> str:
    """Where what `parts` decide is kept for a dataset version.

    >>> path_aside(NAMES_NAME, "0123", ["1"]).rpartition("/")[2]
    'names-0123-6b86b273ff34fce1.txt'
    """
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    return os.path.join(cache_directory(), f"{purpose}{version}-{key}.{'txt' if purpose == NAMES_NAME else 'json'}")


def read_aside(path: str) -> str | None:
    """What was kept; None when there is nothing that can be read."""
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.read()
    except (OSError, UnicodeDecodeError):
        return None


def keep_aside(path: str, text: str) -> None:
    """Keep a text, and remove what was kept for snapshots that are gone. Raises OutputFailed or OSError."""
    from giftgraph.output import write_text

    os.makedirs(os.path.dirname(path), exist_ok=True)
    write_text(path, text)
    prune_aside(os.path.dirname(path), keep=path)


def try_to_keep(path: str, text: str) -> None:
    """Keep a text where that is possible."""
    with contextlib.suppress(OutputFailed, OSError):
        keep_aside(path, text)


def prune_aside(cache: str, keep: str) -> None:
    """Remove what was kept for snapshots that are gone."""
    kept = os.path.basename(keep).split("-")[1]
    for name in os.listdir(cache):
        if name.startswith(_PURPOSES):
            version = name.split("-")[1]
            if version != kept and not os.path.isdir(os.path.join(cache, SNAPSHOT_NAME + version)):
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(cache, name))
