"""The picture as one self-contained page: autoescaped template, our own style and script, a policy that allows nothing else."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from giftgraph.dates import year_of
from giftgraph.draw import chain, dyad, ego
from giftgraph.draw.marks import MARKS
from giftgraph.draw.model import Content, Line, names_of
from giftgraph.vocabulary import shorten

# A page writes out so many lines at most; of more, the first INLINE, and packs the others, which its script unpacks.
MOST_INLINE = 500
INLINE = 300
_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of the pictures, with every text escaped."""
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["shorten"] = shorten
    templates.filters["names"] = names_of
    return templates


@lru_cache(maxsize=16)
def read_static(name: str) -> str:
    """One of our own scripts or styles."""
    return (_HERE / "static" / name).read_text(encoding="utf-8")


def name_hash(text: str) -> str:
    """How a content security policy names an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def make_policy(script: str, *styles: str) -> str:
    """Only this page's own script and styles run; nothing is fetched, sent or framed."""
    return (
        f"default-src 'none'; script-src {name_hash(script)}; style-src {' '.join(map(name_hash, styles))}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def render_page(content: Content, *, navigation: bool = False) -> str:
    """The page of a picture. It reads without scripts; the script adds filters, the details panel, keyboard and export."""
    script, style, drawing_style = read_static("picture.js"), read_static("page.css"), read_static("drawing.css")
    categories = sorted(
        {(line.category, line.category_label) for line in content.lines if not line.is_claim}, key=lambda item: item[1]
    )
    years = sorted({year for line in content.lines for year in _years_of(line)})
    template = environment().get_template(f"{content.layout}.html")
    shared = {
        "content": content,
        "years_of": _years_of,
        "cite": _cite,
        "left_keys": {party.key for party in content.left},
    }
    late = _pack(content.lines[INLINE:], shared) if len(content.lines) > MOST_INLINE else ""
    return template.render(
        shared,
        inline=INLINE if late else len(content.lines),
        late=late,
        drawing=dyad.lay_out(content) if content.layout == "dyad" and content.lines else None,
        ring=ego.lay_out(content) if content.layout == "ego" and content.lines else None,
        chains=chain.lay_out(content) if isinstance(content, chain.ChainContent) and content.lines else None,
        marks=MARKS,
        policy=make_policy(script, style, drawing_style),
        script=Markup(script),  # noqa: S704 - our own file, covered by the hash in the policy
        style=Markup(style),  # noqa: S704
        drawing_style=Markup(drawing_style),  # noqa: S704
        categories=categories,
        years=(years[0], years[-1]) if years else None,
        has_claims=any(line.is_claim for line in content.lines),
        has_others=any(not line.counted and not line.is_claim for line in content.lines),
        spoke_lines=lambda spoke: _positions(content, spoke.partner),
        kinds={party.kind for party in (*content.left, *content.right)},
        navigation=navigation,
    )


def _pack(lines: Sequence[Line], shared: Mapping[str, Any]) -> str:
    """The rows and the evidence of lines as packed JSON, in letters. They are nearly alike, so that they shrink to a tenth."""
    module = environment().get_template("line.html").make_module(dict(shared))
    rows = []
    for number, line in enumerate(lines, INLINE):
        start = f'<tr data-line="{number}"{" class=doubt" if line.doubt else ""}>'
        rows.append([f"{start}{module.cells(line, number)}</tr>", str(module.article(line, number))])  # type: ignore[attr-defined]
    packed = gzip.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
    return base64.b64encode(packed).decode()


def _years_of(line: Line) -> tuple[int, ...]:
    """The first and last year of a line, for the filter."""
    days = [day for day in (line.earliest_day, line.latest_day) if day is not None]
    return tuple(year_of(day) for day in days)


def _positions(content: Content, partner: ego.Partner) -> str:
    """The positions of a partner's lines in the table."""
    mine = {id(line) for line in (*partner.given, *partner.received)}
    return " ".join(str(number) for number, line in enumerate(content.lines) if id(line) in mine)


def _cite(line: Line, version: str) -> str:
    sources = "; ".join(
        f"{source.title}, {source.publisher}".strip(", ")
        + (f", {line.where}" if number == 0 and line.where and not line.is_claim else "")
        for number, source in enumerate(line.sources)
    )
    return f"{line.label}, {line.direction}, {line.date_words}. {sources}. giftgraph, dataset {version}, {shorten(line.exchange)}."
