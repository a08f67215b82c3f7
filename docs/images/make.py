"""Make the pictures of the README from the shipped data: `.venv/bin/python docs/images/make.py`, with Chromium installed."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

import giftgraph

HERE = Path(__file__).parent
PICTURES = {
    "putin-kim-jong-un.png": ("Vladimir Putin", "Kim Jong Un", 1180, 860),
    "albright-kim-jong-il.png": ("Madeleine Albright", "Kim Jong Il", 1180, 640),
}


def main() -> int:
    """Draw each picture, open it in Chromium and photograph the first view."""
    chromium = os.environ.get("GIFTGRAPH_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("make.py: Chromium is not installed; install it or set GIFTGRAPH_CHROMIUM", file=sys.stderr)
        return 1
    graph = giftgraph.open()
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (a, b, width, height) in PICTURES.items():
            page_file = Path(folder) / "page.html"
            graph.show(a, b).save(page_file)
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(page_file.as_uri())
            page.screenshot(path=HERE / name)
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
