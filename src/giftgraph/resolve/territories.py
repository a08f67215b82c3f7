"""The codes and names of states and their divisions: a table of facts taken from rigour (MIT, the OpenSanctions team).

The table is committed, because rigour itself needs the ICU library and a compiler on the reader's machine. `python -m
giftgraph.resolve.territories` writes it again where rigour is installed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

_COLUMNS = ("polity", "alpha2", "kind", "name")


class TerritoryName(NamedTuple):
    """A name of a state or territory with an ISO code (`kind` is `name`), or of a part of one (`place`)."""

    polity: str
    alpha2: str
    kind: str
    name: str


@cache
def load_territories() -> tuple[TerritoryName, ...]:
    """All names, in the order of the table."""
    table = files("giftgraph.resolve").joinpath("territories.csv").read_text(encoding="utf-8")
    return tuple(TerritoryName(**row) for row in csv.DictReader(table.splitlines()))


@cache
def alpha2_codes() -> Mapping[str, str]:
    """The ISO alpha-2 code of each current polity id.

    >>> alpha2_codes()["nam"]
    'NA'
    """
    return MappingProxyType({row.polity: row.alpha2 for row in load_territories() if row.alpha2})


@cache
def polities_by_alpha2() -> Mapping[str, str]:
    """The polity id of each ISO alpha-2 code in lower case.

    >>> polities_by_alpha2()["na"]
    'nam'
    """
    return MappingProxyType({code.casefold(): polity for polity, code in alpha2_codes().items()})


def write_territories() -> str:
    """The table as CSV, from the installed rigour."""
    from rigour.territories import get_territories

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for territory in sorted(get_territories(), key=lambda each: each.code):
        short = re.sub(r"\s*[(\[].*", "", territory.name)
        if territory.alpha3 and territory.code not in {"ip", "zr"}:
            current = len(territory.code) == 2 and not territory.is_historical
            names = (short, territory.full_name, territory.in_sentence or "")
            bare = (re.sub(r"\s*[(\[].*", "", name).removeprefix("the ").removeprefix("The ") for name in names)
            alpha2 = territory.code.upper() if current else ""
            for name in dict.fromkeys(filter(None, bare)):
                writer.writerow((territory.alpha3.casefold(), alpha2, "name", name))
        elif territory.parent is not None and territory.parent.alpha3 and not territory.is_historical:
            writer.writerow((territory.parent.alpha3.casefold(), "", "place", short))
    return stream.getvalue()


if __name__ == "__main__":
    from pathlib import Path

    from giftgraph.output import write_text

    write_text(Path(__file__).with_name("territories.csv"), write_territories())
