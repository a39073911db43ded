"""A cold first visit in Chromium: when the first thing is painted, and when the last chart stands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from benchmarks.servers import Server

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
_WATCH = """
window.lastChart = 0;
const seen = new Set();
new MutationObserver(() => {
  for (const one of document.querySelectorAll(".js-plotly-plot .main-svg"))
    if (!seen.has(one)) { seen.add(one); window.lastChart = performance.now(); }
}).observe(document, { childList: true, subtree: true });
"""
_DONE = """() => document.querySelector("h1")
  && !document.querySelector("[data-testid=stStatusWidget], [data-testid=stSkeleton]")
  && [...document.querySelectorAll("[data-testid=stPlotlyChart]")].every(one => one.querySelector(".main-svg"))"""


def missing() -> str:
    """Why no browser can be used; empty if one can."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright is not installed"
    return "" if Path(CHROMIUM).exists() else f"there is no Chromium at {CHROMIUM}"


def first_visit(server: Server, page: str, visits: int) -> list[dict[str, float]]:
    """Milliseconds from the request to the first paint and to the last chart, by a browser that has nothing yet."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        found = []
        for _ in range(visits):
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
            found.append(_visit(browser, f"{server.base}/{page}"))
            browser.close()
        return found


def _visit(browser: Any, address: str) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(_WATCH)
    page.goto(address)
    page.wait_for_function(_DONE, timeout=60_000)
    page.wait_for_timeout(500)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    return {"first_paint_ms": round(paint or 0.0), "last_chart_ms": round(page.evaluate("window.lastChart"))}
