"""How much building a network costs beside the raw queries that feed it, at the size of a register and beyond: `make bench`."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from synthetic import EXCHANGES, NODES, write_dataset


def median(work: Callable[[], object], rounds: int) -> float:
    """The median of some rounds, in seconds."""
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def ask(store: Any, queries: list[str]) -> None:
    """Ask the raw queries side by side, as the projection does, and take every row."""

    def take(query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in store.query(query)]

    with ThreadPoolExecutor() as pool:
        list(pool.map(take, queries))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--scales", type=float, nargs="*", default=[0.1, 1], help="times 7,000 parties and 20,000 exchanges"
    )
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    import giftgraph
    from giftgraph.network.projection import QUERIES, project
    from giftgraph.sparql import add_prefixes

    kept = True
    queries = [add_prefixes(query) for query in QUERIES.values()]
    with tempfile.TemporaryDirectory(prefix="giftgraph-bench-") as folder:
        os.environ["GIFTGRAPH_CACHE"] = str(Path(folder) / "cache")
        for scale in options.scales:
            nodes, exchanges = round(NODES * scale), round(EXCHANGES * scale)
            data = Path(folder) / f"synthetic-{scale:g}.nt"
            write_dataset(data, nodes, exchanges)
            graph = giftgraph.open(data)
            raw = median(partial(ask, graph._snapshot.store, queries), options.rounds)
            built = median(partial(project, graph), options.rounds)
            within = built <= 3 * raw
            kept = kept and within
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{scale:g}x: {nodes:,} parties, {exchanges:,} exchanges: projection {built:.2f} s / raw queries {raw:.2f} s = "
                f"{built / raw:.2f}   limit 3.00 {'kept' if within else 'MISSED'}; peak memory of this process {memory:.0f} MB"
            )
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
