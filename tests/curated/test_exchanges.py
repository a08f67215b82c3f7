from __future__ import annotations

from pathlib import Path

import pytest

from giftgraph.curated.exchanges import read_exchanges
from giftgraph.curated.writing import format_exchange
from giftgraph.errors import CuratedInvalid
from giftgraph.resources import curated_directory

GOOD = """\
[[exchange]]
id = "x1"
confidence = "read"
sources = ["s"]
date = "1972-02-21/1972-02-28"

[[exchange.party]]
role = "donor"
agent = "person:richard-nixon"

[[exchange.party]]
role = "recipient"
status = "unknown"

[[exchange.gift]]
label = "Musk oxen"
category = "live-animals"
quantity = "2"
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "some.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_record_is_read(tmp_path: Path) -> None:
    (exchange,) = read_exchanges(write(tmp_path, GOOD))
    assert exchange.party[1].status == "unknown"
    assert exchange.gift[0].quantity == "2"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('sources = ["s"]', "sources = []", "needs at least one source"),
        ('status = "unknown"', "", "needs a status"),
        ('agent = "person:richard-nixon"', 'agent = "Nixon"', "must be person:key"),
        ('date = "1972-02-21/1972-02-28"', 'date = "1972-02-30"', "1972-02 has 29 days"),
        ('quantity = "2"', 'quantity = "two"', "not a number"),
        ('quantity = "2"', "quantity = 2", "must be a text"),
        ('category = "live-animals"', "", "missing category"),
        ('role = "donor"', 'role = "giver"', "role 'giver' is not one of"),
        ('label = "Musk oxen"', 'lable = "Musk oxen"', "unknown field 'lable'"),
        ('id = "x1"', 'id = "X 1"', "not a slug"),
        ("[[exchange.gift]]", "[exchange.gift]", "must be"),
        ('confidence = "read"', 'confidence = "sure"', "confidence must be"),
        ("[[exchange]]\nid", "[[exchanges]]\nid", "only [[exchange]]"),
    ],
)
def test_a_broken_record_is_refused_with_file_line_and_reason(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(CuratedInvalid) as failure:
        read_exchanges(write(tmp_path, GOOD.replace(old, new, 1)))
    assert message in str(failure.value)
    assert "some.toml" in str(failure.value)
    assert "\n" not in str(failure.value)


def test_every_shipped_record_is_written_as_it_stands(tmp_path: Path) -> None:
    directory = curated_directory()
    assert directory is not None
    files = sorted((directory / "exchanges").glob("*.toml"))
    assert files
    for path in files:
        exchanges = read_exchanges(path)
        assert "\n".join(format_exchange(exchange) for exchange in exchanges) == path.read_text(encoding="utf-8")
