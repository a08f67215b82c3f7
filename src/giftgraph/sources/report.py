"""The account of an import: for each document what became of its rows and labels, its blocks, and what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from giftgraph.sources.stated import Fate, Finding, Notice

_SHOWN = 160
"""Characters of a finding's text that the plain report shows."""


def describe(notices: Sequence[Notice]) -> dict[str, Any]:
    """The report as data for JSON: totals, and an entry for each notice with its counts by fate and its findings."""
    return {
        "documents": [_describe_one(notice) for notice in notices],
        "total": {
            "documents": len(notices),
            "blocks": sum(len(notice.blocks) for notice in notices),
            "rows": _total(notice.rows for notice in notices),
            "date_labels": _total(notice.date_labels for notice in notices),
            "value_labels": _total(notice.value_labels for notice in notices),
            "findings": sum(len(notice.findings) for notice in notices),
        },
    }


def write_report(notices: Sequence[Notice]) -> str:
    """The report as plain text: an account a notice, each finding on one line with the line of the file."""
    parts = [_write_one(notice) for notice in notices]
    if len(notices) > 1:
        parts.append(_write_total(notices))
    return "\n".join(parts)


def _describe_one(notice: Notice) -> dict[str, Any]:
    kinds = Counter(block.kind for block in notice.blocks)
    return {
        "document": notice.document,
        "title": notice.title,
        "published": notice.published,
        "year": notice.year,
        "pages": list(notice.pages),
        "blocks": {"all": len(notice.blocks), **{kind: kinds[kind] for kind in ("tangible", "travel")}},
        "rows": dict(notice.rows),
        "date_labels": dict(notice.date_labels),
        "value_labels": dict(notice.value_labels),
        "findings": [{"line": one.line, "what": one.what, "text": one.text} for one in notice.findings],
    }


def _write_one(notice: Notice) -> str:
    travel = sum(block.kind == "travel" for block in notice.blocks)
    lines = [
        f"{notice.document}  published {notice.published}, calendar year {notice.year}, "
        f"pages {notice.pages[0]} to {notice.pages[1]}",
        f"  blocks        {len(notice.blocks):>6,}  ({len(notice.blocks) - travel:,} tangible, {travel:,} travel)",
        f"  rows          {_by_fate(notice.rows)}",
        f"  date labels   {_by_fate(notice.date_labels)}",
        f"  value labels  {_by_fate(notice.value_labels)}",
        *(_write_finding(finding) for finding in notice.findings),
    ]
    return "\n".join(lines) + "\n"


def _write_total(notices: Sequence[Notice]) -> str:
    findings = Counter(finding.what for notice in notices for finding in notice.findings)
    lines = [
        f"{len(notices)} documents",
        f"  blocks        {sum(len(notice.blocks) for notice in notices):>6,}",
        f"  rows          {_by_fate(_total(notice.rows for notice in notices))}",
        f"  date labels   {_by_fate(_total(notice.date_labels for notice in notices))}",
        f"  value labels  {_by_fate(_total(notice.value_labels for notice in notices))}",
        *(
            f"  {number:>6,} × {what}"
            for what, number in sorted(findings.items(), key=lambda item: (-item[1], item[0]))
        ),
    ]
    return "\n".join(lines) + "\n"


def _by_fate(counts: Mapping[Fate, int]) -> str:
    named = ", ".join(f"{number:,} {fate}" for fate, number in counts.items() if number)
    return f"{sum(counts.values()):>6,}  ({named or 'none'})"


def _total(counts: Iterable[Mapping[Fate, int]]) -> dict[Fate, int]:
    total: dict[Fate, int] = {}
    for part in counts:
        for fate, number in part.items():
            total[fate] = total.get(fate, 0) + number
    return total


def _write_finding(finding: Finding) -> str:
    text = " ".join(finding.text.split())
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return f"  line {finding.line}: {finding.what}: {shown}" if shown else f"  line {finding.line}: {finding.what}"
