"""What the network picture costs: laying out, writing once the layout is stored, first view and panning in a real browser.

Positions are computed once and kept, so that cost is shown and has no limit; the others have the limits that the project sets itself.
The exit code is 1 when one is missed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from speed import Report
from synthetic import write_dataset

SIZES = ((7_000, 20_000), (9_900, 28_000), (14_000, 40_000))
# A drag of sixty steps; the gaps between frames while it lasts are what an eye sees as stutter.
FRAMES = """() => new Promise((done) => { const gaps = []; let last = 0, left = 90;
  const step = (now) => { if (last) gaps.push(now - last); last = now; left -= 1;
    if (left) requestAnimationFrame(step); else done(gaps); };
  requestAnimationFrame(step); })"""


def write(data: Path, target: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds and peak memory in MB of one `show --network` as a whole process."""
    command = [sys.executable, "-m", "giftgraph", "show", "--network", "--data", str(data), "-o", str(target)]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        raise SystemExit("show --network failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def look(page_file: Path, arguments: list[str], query: str) -> tuple[str, float, float, float]:
    """In a real browser: the way it draws, milliseconds to the first view, and the median and worst gap between frames of a drag."""
    from playwright.sync_api import sync_playwright

    found = os.environ.get("GIFTGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", *arguments])
        drawn = []
        for _round in range(3):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(page_file.as_uri() + query)
            page.wait_for_function("() => performance.getEntriesByName('giftgraph-drawn').length")
            drawn.append(float(page.evaluate("performance.getEntriesByName('giftgraph-drawn')[0].startTime")))
        page.wait_for_timeout(500)
        box = page.locator("#stage").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate(f"window.gaps = ({FRAMES})()")
        for step in range(60):
            page.mouse.move(x + 3 * step, y + step)
            time.sleep(0.01)
        gaps = page.evaluate("window.gaps")
        page.mouse.up()
        kind = str(page.locator("#stage").get_attribute("data-renderer"))
        browser.close()
    return kind, statistics.median(drawn), statistics.median(gaps), sorted(gaps)[int(len(gaps) * 0.95)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the size of a register")
    sizes = SIZES[:1] if parser.parse_args().quick else SIZES
    report = Report()
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory(prefix="giftgraph-bench-") as temporary:
        folder = Path(temporary)
        environment = os.environ | {"GIFTGRAPH_CACHE": str(folder / "cache")}
        environment.pop("GIFTGRAPH_DATA", None)
        for nodes, exchanges in sizes:
            data, target = folder / f"{nodes}.nt", folder / f"{nodes}.html"
            write_dataset(data, nodes, exchanges)
            what = f"{nodes:,} nodes, {exchanges:,} exchanges"
            first, _ = write(data, target, environment)
            (again, memory) = min(write(data, target, environment) for _round in range(3))
            small = (nodes, exchanges) == SIZES[0]
            print(
                f"{what}: first time, with snapshot and layout {first:.1f} s; page of {target.stat().st_size / 1e6:.1f} MB"
            )
            report.line(
                f"{what}: written, layout stored", f"{again:.2f} s", "3 s" if small else "-", again < 3 or not small
            )
            report.line(f"{what}: memory", f"{memory:.0f} MB", "500 MB" if small else "-", memory < 500 or not small)
            for arguments, query in ((["--disable-gpu"], ""), (["--enable-unsafe-swiftshader"], "?draw=webgl")):
                kind, drawn, median, worst = look(target, arguments, query)
                if query:
                    kind += ", drawn by the processor"
                report.line(f"{what}: first view ({kind})", f"{drawn:.0f} ms", "1000 ms", drawn < 1000 or bool(query))
                print(
                    f"{what}: gap between frames of a drag ({kind}): median {median:.0f} ms, 95th percentile {worst:.0f} ms"
                )
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmemory of this benchmark itself {own:.0f} MB")
    return 0 if report.kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
