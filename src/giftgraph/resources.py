"""Where the ontology, the dataset and the queries lie: inside an installed package, or at the top of a checkout.

Paths are texts, because pathlib costs a cold query more than looking them up.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = os.path.dirname(os.path.realpath(__file__))
_INSTALLED = os.path.join(_PACKAGE, "_resources")
_CHECKOUT = os.path.dirname(os.path.dirname(_PACKAGE))


def _path(*parts: str) -> str:
    return os.path.join(_INSTALLED if os.path.isdir(_INSTALLED) else _CHECKOUT, *parts)


def _files(folder: str, suffix: str) -> list[str]:
    directory = _path(folder)
    return [os.path.join(directory, name) for name in sorted(os.listdir(directory)) if name.endswith(suffix)]


def ontology_files() -> list[str]:
    """The Turtle files of the ontology (terms, concepts, categories), without the shapes, sorted by name."""
    return [path for path in _files("ontology", ".ttl") if os.path.basename(path) != "shapes.ttl"]


def shapes_file() -> str:
    """The SHACL shapes."""
    return _path("ontology", "shapes.ttl")


def data_file() -> str:
    """The curated dataset, `data/triples.ttl`."""
    return _path("data", "triples.ttl")


def data_files() -> dict[str, str]:
    """All shipped data with the name of the graph that each file goes to: the curated graph, then every register's documents."""
    directory = _path("data")
    files = {data_file(): "curated"}
    for folder in sorted(entry.name for entry in os.scandir(directory) if entry.is_dir()):
        names = sorted(name for name in os.listdir(os.path.join(directory, folder)) if name.endswith(".ttl"))
        files |= {os.path.join(directory, folder, name): f"{folder}/{name[:-4]}" for name in names}
    return files


def register_data_directory(register: str) -> Path | None:
    """Where the statements of a register are kept in a checkout, or None in an installed package."""
    from pathlib import Path

    return None if os.path.isdir(_INSTALLED) else Path(_CHECKOUT, "data", register)


def same_events_file() -> Path:
    """What people decided on gifts that a register and the curated graph both tell; the file may be missing."""
    from pathlib import Path

    return Path(_path("data", "same_events.csv"))


def leaders_directory() -> Path:
    """The tables of who held which office when (`persons.csv`, `tenures.csv`), in a checkout and in an installed package."""
    from pathlib import Path

    return Path(_path("data", "leaders"))


def query_files() -> list[str]:
    """The catalogue, `queries/*.rq`, sorted by name."""
    return _files("queries", ".rq")


def curated_directory() -> Path | None:
    """The curated tables of a checkout, or None in an installed package."""
    from pathlib import Path

    directory = Path(_CHECKOUT, "data", "curated")
    return directory if not os.path.isdir(_INSTALLED) and directory.is_dir() else None
