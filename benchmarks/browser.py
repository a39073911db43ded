"""A cold first visit in Chromium: the first paint, the first and the last chart, and the bytes of files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from benchmarks.servers import Server

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 1.6e6 / 8}
"""A slow line as Chromium emulates it: 1.6 Mbit/s, 150 ms round trip. It slows files, not the websocket."""
SETTLING = 2_500
"""Milliseconds to wait after starting a browser, which loads windows of its own for about a second."""
_WATCH = """
window.firstChart = window.lastChart = 0;
const seen = new Set();
new MutationObserver(() => {
  for (const one of document.querySelectorAll(".js-plotly-plot .main-svg"))
    if (!seen.has(one)) { seen.add(one); window.lastChart = performance.now(); window.firstChart ||= window.lastChart; }
}).observe(document, { childList: true, subtree: true });
"""
_DONE = """() => document.querySelector(".js-plotly-plot .main-svg")
  && !document.querySelector("[data-testid=stStatusWidget], [data-testid=stSkeleton]")
  && [...document.querySelectorAll("[data-testid=stPlotlyChart]")].every(one => one.querySelector(".main-svg"))"""


def missing() -> str:
    """Why no browser can be used; empty if one can."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright is not installed"
    return "" if Path(CHROMIUM).exists() else f"there is no Chromium at {CHROMIUM}"


def first_visit(server: Server, page: str, visits: int, *, slow: bool = False) -> list[dict[str, float]]:
    """Milliseconds from the request to the first paint, the first and the last chart, and kB of files transferred.

    Each visit starts a browser with an empty cache; `slow` limits the line to `SLOW`.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        found = []
        for _ in range(visits):
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
            browser.new_page().wait_for_timeout(SETTLING)
            found.append(_visit(browser, f"{server.base}/{page}", slow))
            browser.close()
        return found


def _visit(browser: Any, address: str, slow: bool) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(_WATCH)
    network, sizes = page.context.new_cdp_session(page), list[float]()
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.send("Network.enable")
    if slow:
        network.send("Network.emulateNetworkConditions", SLOW)
    page.goto(address, timeout=120_000)
    page.wait_for_function(_DONE, timeout=120_000)
    page.wait_for_timeout(500)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    first, last = page.evaluate("[window.firstChart, window.lastChart]")
    return {
        "first_paint_ms": round(paint or 0.0),
        "first_chart_ms": round(first),
        "last_chart_ms": round(last),
        "files_kb": round(sum(sizes) / 1000),
    }
