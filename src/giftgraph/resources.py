"""Where the ontology, the dataset and the queries lie: inside an installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_resources"
_CHECKOUT = _PACKAGE.parent.parent


def _root() -> Path:
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def ontology_files() -> list[Path]:
    """The Turtle files of the ontology (terms, concepts, categories), without the shapes, sorted by name."""
    return sorted(path for path in (_root() / "ontology").glob("*.ttl") if path.name != "shapes.ttl")


def shapes_file() -> Path:
    """The SHACL shapes."""
    return _root() / "ontology" / "shapes.ttl"


def data_file() -> Path:
    """The shipped dataset, `data/triples.ttl`."""
    return _root() / "data" / "triples.ttl"


def query_files() -> list[Path]:
    """The catalogue, `queries/*.rq`, sorted by name."""
    return sorted((_root() / "queries").glob("*.rq"))


def curated_directory() -> Path | None:
    """The curated tables of a checkout, or None in an installed package."""
    directory = _CHECKOUT / "data" / "curated"
    return directory if not _INSTALLED.is_dir() and directory.is_dir() else None
