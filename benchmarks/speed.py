"""How fast giftgraph is, side by side with what it stands on, in one run: `make bench`.

Each comparison runs its candidates in turn (a b a b …) as whole processes, so that noise meets both, and reports medians and the
ratio of medians. The limits are those the project sets itself; the exit code is 1 when one is missed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph
from register import write_register

from giftgraph.resources import data_files

STATEMENTS = 400_000
QUERY = (
    "SELECT ?category (COUNT(?gift) AS ?n) { ?x a gift:GiftExchange ; gift:gift ?gift . ?gift gift:category ?category } "
    "GROUP BY ?category ORDER BY DESC(?n) ?category"
)
PREFIX = "PREFIX gift: <https://w3id.org/giftgraph/ontology#> "
BARE = f"""import sys, pyoxigraph
for row in pyoxigraph.Store.read_only(sys.argv[1]).query({PREFIX + QUERY!r}): print(row[0].value, row[1].value)"""
RDFLIB = f"""import sys, rdflib
graph = rdflib.Graph(); graph.parse(sys.argv[1], format="nt")
for row in graph.query({PREFIX + QUERY!r}): print(row[0], row[1])"""
BULK = """import sys, pyoxigraph
store = pyoxigraph.Store(sys.argv[2]); store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_TRIPLES); store.flush()"""
# What a snapshot holds: every statement in the graph of its file and once in the default graph.
BULK_ALL = BULK.replace("N_TRIPLES", "N_QUADS")
DRAW_IMPORTS = (
    "import jinja2, giftgraph.cli.show, giftgraph.graph, giftgraph.draw, giftgraph.draw.page, giftgraph.draw.export"
)

Command = Callable[[], Sequence[str]]


def run(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds and peak memory in MB of one process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"failed: {' '.join(map(str, command))[:200]}")
    process.returncode = 0
    return seconds, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def compare(environment: dict[str, str], rounds: int, *commands: Command) -> list[tuple[float, float]]:
    """Median seconds and largest memory of each command, run in turn; the first round only warms the files."""
    measured: list[list[tuple[float, float]]] = [[] for _ in commands]
    for number in range(rounds + 1):
        for results, command in zip(measured, commands, strict=True):
            result = run(command(), environment)
            if number or rounds == 1:
                results.append(result)
    return [(statistics.median(s for s, _m in r), max(m for _s, m in r)) for r in measured]


class Report:
    """Prints a line a comparison and remembers whether every limit was kept."""

    def __init__(self) -> None:
        self.kept = True

    def line(self, what: str, value: str, limit: str, kept: bool) -> None:
        self.kept = self.kept and kept
        print(f"{what:<66} {value:>32}   limit {limit:<12} {'kept' if kept else 'MISSED'}", flush=True)


def write_everything() -> bytes:
    """The statements of a snapshot of everything shipped, as N-Quads."""
    store = pyoxigraph.Store()
    for path, name in data_files().items():
        graph = pyoxigraph.NamedNode(f"https://w3id.org/giftgraph/graph/{name}")
        for target in (graph, pyoxigraph.DefaultGraph()):
            store.bulk_load(path=path, format=pyoxigraph.RdfFormat.TURTLE, to_graph=target)
    return store.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="measured rounds of each quick command (default: 9)")
    rounds = parser.parse_args().rounds
    report = Report()
    python = sys.executable
    with tempfile.TemporaryDirectory(prefix="giftgraph-bench-") as temporary:
        folder = Path(temporary)
        environment = os.environ | {"GIFTGRAPH_CACHE": str(folder / "cache")}
        for name in ("GIFTGRAPH_DATA", "PYTHONDONTWRITEBYTECODE"):  # an installed package has its bytecode
            environment.pop(name, None)
        register = folder / "register.nt"
        written = write_register(register, STATEMENTS)
        print(
            f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, register of {written:,} statements, {rounds} rounds\n"
        )

        def giftgraph(*arguments: object) -> list[str]:
            return [str(Path(python).parent / "giftgraph"), *map(str, arguments)]

        fresh = iter(range(10_000))

        def build() -> list[str]:
            return [
                "env",
                f"GIFTGRAPH_CACHE={folder / f'build-{next(fresh)}'}",
                *giftgraph("build", "--data", register),
            ]

        def load() -> list[str]:
            return [python, "-c", BULK, str(register), str(folder / f"load-{next(fresh)}")]

        (built, _), (loaded, _) = compare(environment, max(3, rounds // 3), build, load)
        report.line(
            "build of a snapshot / bulk load of pyoxigraph",
            f"{built:.2f} s / {loaded:.2f} s = {built / loaded:.2f}",
            "1.50",
            built <= 1.5 * loaded,
        )
        everything = folder / "everything.nq"
        everything.write_bytes(write_everything())

        def build_shipped() -> list[str]:
            return ["env", f"GIFTGRAPH_CACHE={folder / f'build-{next(fresh)}'}", *giftgraph("build")]

        def load_shipped() -> list[str]:
            return [python, "-c", BULK_ALL, str(everything), str(folder / f"load-{next(fresh)}")]

        (built, _), (loaded, _) = compare(environment, max(3, rounds // 3), build_shipped, load_shipped)
        report.line(
            "snapshot of everything shipped / bulk load of the same statements",
            f"{built:.2f} s / {loaded:.2f} s = {built / loaded:.2f}",
            "1.50",
            built <= 1.5 * loaded,
        )

        snapshot = subprocess.run(
            giftgraph("build", "--data", register), env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()
        cold = lambda: giftgraph("query", QUERY, "--format", "csv", "--data", register)  # noqa: E731
        bare = lambda: [python, "-c", BARE, snapshot]  # noqa: E731
        (asked, memory), (plain, _) = compare(environment, rounds, cold, bare)
        report.line(
            "cold query on the register / bare Python on the same snapshot",
            f"{asked * 1000:.0f} ms / {plain * 1000:.0f} ms = {asked / plain:.2f}",
            "2.00",
            asked <= 2 * plain,
        )
        report.line("memory of the cold query", f"{memory:.0f} MB", "100 MB", memory < 100)
        ((parsed, _),) = compare(environment, 1, lambda: [python, "-c", RDFLIB, str(register)])
        report.line(
            "rdflib parsing and asking the same / cold query",
            f"{parsed:.1f} s / {asked * 1000:.0f} ms = {parsed / asked:.0f}",
            "20 or more",
            parsed >= 20 * asked,
        )

        shipped = subprocess.run(
            giftgraph("build"), env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()
        (asked, memory), (plain, _) = compare(
            environment,
            rounds,
            lambda: giftgraph("query", QUERY, "--format", "csv"),
            lambda: [python, "-c", BARE, shipped],
        )
        report.line(
            "cold query on the shipped data / bare Python",
            f"{asked * 1000:.0f} ms / {plain * 1000:.0f} ms = {asked / plain:.2f}",
            "2.00",
            asked <= 2 * plain,
        )
        for what, names, allowed in (
            ("a pair", ("Putin", "Kim Jong Un"), 0.3),
            ("a person", ("Xi Jinping",), 0.3),
            ("the busiest person", ("George W. Bush",), 1.0),
            ("a pair of polities with hundreds of gifts", ("Saudi Arabia", "USA", "--by", "polity"), 1.0),
        ):
            (drawn, _), (imports, _) = compare(
                environment,
                rounds,
                lambda names=names: giftgraph("show", *names, "-o", folder / "x.html"),  # type: ignore[misc]
                lambda: [python, "-c", DRAW_IMPORTS],
            )
            extra = drawn - imports
            report.line(
                f"show of {what}, above Python with its imports",
                f"{drawn * 1000:.0f} ms - {imports * 1000:.0f} ms = {extra * 1000:.0f} ms",
                f"{allowed * 1000:.0f} ms",
                extra <= allowed,
            )
        for what, arguments, allowed in (
            ("find a person", ("find", "Putin"), 0.3),
            ("find gifts by a word", ("find", "watch"), 0.3),
            ("path", ("path", "person:madeleine-albright", "person:vladimir-putin"), 3.0),
            ("show --network", ("show", "--network", "-o", folder / "x.html"), 3.0),
            ("measure pagerank", ("measure", "pagerank"), 6.0),
            ("show of the busiest polity, every gift", ("show", "USA", "--by", "polity", "-o", folder / "x.html"), 8.0),
        ):
            ((taken, memory),) = compare(environment, 3, lambda arguments=arguments: giftgraph(*arguments))  # type: ignore[misc]
            report.line(
                f"{what}, warm", f"{taken * 1000:,.0f} ms, {memory:.0f} MB", f"{allowed:.1f} s", taken <= allowed
            )
        (imported, _), (nothing, _) = compare(
            environment, 2 * rounds, lambda: [python, "-c", "import giftgraph"], lambda: [python, "-c", ""]
        )
        report.line(
            "import giftgraph, above Python",
            f"{(imported - nothing) * 1000:.0f} ms",
            "60 ms",
            imported - nothing <= 0.06,
        )
    return 0 if report.kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
