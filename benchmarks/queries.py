"""Every query of the catalogue on all shipped data, and how it grows when the registers are ten and a hundred times as large.

A copy of a register has exchanges, parties, gifts, values and fates with ids of their own; ten copies share their people, as the same
people give and receive for years, and the next ten have people of their own. States, kinds and offices are shared by all. The
first time of a query warms the store and does not count; what is shown is the median of the rounds after it. At the shipped size a
query may take 100 ms; the exit code is 1 when one takes longer. Growth has no limit: it is shown as the ratio to the shipped size.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from speed import Report

import giftgraph
from giftgraph.catalogue import CatalogueQuery, list_queries
from giftgraph.graph import run_query
from giftgraph.resources import data_files, ontology_files

SCALES = (1, 10)
LIMIT = 0.1
SHARED_BY = 10
# A query that is slower than this many seconds is not repeated.
PATIENCE = 5.0
_ID = "https://w3id.org/giftgraph/id/"
_EVENT = re.compile(rf"(<{_ID}(?:exchange|gift|participation|appraisal|custody|claim)/[^>]*)>")
_PERSON = re.compile(rf"(<{_ID}(?:person|tenure)/[^>]*)>")
_COPY, _GENERATION = "\x00", "\x01"


class Copies:
    """A register many times over as N-Triples, read like a file: one copy at a time is in memory, and none on the disk."""

    def __init__(self, template: str, people: str, scale: int) -> None:
        self._parts = self._write(template, people, scale)
        self._rest = b""

    @staticmethod
    def _write(template: str, people: str, scale: int) -> Iterator[bytes]:
        for copy in range(1, scale):
            generation = f"-g{copy // SHARED_BY}" if copy >= SHARED_BY else ""
            if copy % SHARED_BY == 0:
                yield people.replace(_GENERATION, generation).encode()
            yield template.replace(_COPY, f"-r{copy}").replace(_GENERATION, generation).encode()

    def read(self, size: int = -1) -> bytes:
        """The next bytes; all of them when no size is given."""
        parts = [self._rest]
        length = len(self._rest)
        while size < 0 or length < size:
            part = next(self._parts, b"")
            if not part:
                break
            parts.append(part)
            length += len(part)
        whole = b"".join(parts)
        taken, self._rest = (whole, b"") if size < 0 else (whole[:size], whole[size:])
        return taken


def read_lines(path: str) -> list[str]:
    """A Turtle file as lines of N-Triples."""
    triples = (quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode().splitlines(keepends=True)


def make_templates(registers: list[str]) -> tuple[str, str]:
    """What is copied of the registers with a mark for the number of the copy, and the people with a mark for their generation."""
    described: list[str] = []
    events: list[str] = []
    for path in registers:
        for line in read_lines(path):
            (events if _EVENT.match(line) else described if _PERSON.match(line) else []).append(line)
    known = {match[1] for line in described if (match := _PERSON.match(line))}

    def mark(line: str) -> str:
        line = _EVENT.sub(rf"\g<1>{_COPY}>", line)
        return _PERSON.sub(lambda match: f"{match[1]}{_GENERATION if match[1] in known else ''}>", line)

    return "".join(map(mark, events)), "".join(map(mark, described))


def make_store(folder: Path, scale: int) -> ox.Store:
    """All shipped data with the registers as many times, in one graph of a store on the disk."""
    files = data_files()
    registers = [path for path, graph in files.items() if graph != "curated"]
    store = ox.Store(str(folder / f"scale-{scale}"))
    for path in [*ontology_files(), *files]:
        store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
    store.bulk_load(Copies(*make_templates(registers), scale), format=ox.RdfFormat.N_TRIPLES)  # type: ignore[arg-type]
    store.flush()
    store.optimize()
    return store


def measure(store: ox.Store, query: CatalogueQuery, rounds: int) -> float:
    """Median seconds of a query that has been asked once; the only ones when that took too long."""
    times: list[float] = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        run_query(store, query.text)
        times.append(time.perf_counter() - started)
        if times[0] > PATIENCE:
            return times[0]
    return statistics.median(times[1:])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", type=int, nargs="+", default=SCALES, help="sizes of the registers (default: 1 10)")
    parser.add_argument("--rounds", type=int, default=5, help="measured rounds of each query (default: 5)")
    parser.add_argument("--only", nargs="+", default=[], metavar="QUERY", help="only these queries")
    options = parser.parse_args()
    queries = [query for query in list_queries() if not options.only or query.name in options.only]
    if len(data_files()) < 2:
        print("benchmarks/queries.py: there is no register in data/; nothing would grow", file=sys.stderr)
        return 1
    report = Report()
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {len(queries)} queries, {options.rounds} rounds\n")
    seconds: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="giftgraph-bench-") as temporary:
        os.environ["GIFTGRAPH_CACHE"] = str(Path(temporary) / "cache")
        os.environ.pop("GIFTGRAPH_DATA", None)
        for scale in sorted({1, *options.scales}):
            started = time.perf_counter()
            # At the shipped size the snapshot that everybody uses is asked; it also holds each document as a graph of its own.
            store = giftgraph.open()._snapshot.store if scale == 1 else make_store(Path(temporary), scale)
            print(f"{scale}x: {len(store):,} statements, ready in {time.perf_counter() - started:.1f} s", flush=True)
            seconds[scale] = {query.name: measure(store, query, options.rounds) for query in queries}
            del store
    scales = sorted(seconds)
    print("\nmedian ms" + " " * 21 + "".join(f"{f'{scale}x':>10}" for scale in scales) + "   ratios")
    for query in sorted(queries, key=lambda query: (-seconds[1][query.name], query.name)):
        times = [seconds[scale][query.name] for scale in scales]
        ratios = " ".join(f"{value / times[0]:.1f}" for value in times[1:])
        print(f"{query.name:<30}" + "".join(f"{value * 1000:>10.1f}" for value in times) + f"   {ratios}")
    print()
    for scale in scales[1:]:
        growth = statistics.median(seconds[scale][query.name] / seconds[1][query.name] for query in queries)
        print(f"{scale}x: the median query takes {growth:.1f} times as long")
    slowest = max(queries, key=lambda query: seconds[1][query.name])
    time_taken = seconds[1][slowest.name]
    report.line(
        f"slowest query: {slowest.name}", f"{time_taken * 1000:.0f} ms", f"{LIMIT * 1000:.0f} ms", time_taken <= LIMIT
    )
    return 0 if report.kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
