"""Every page as it is seen: pixels, colours, requests, barriers, at two widths and in both themes."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit
from tests.support import text_boxes
from tests.support.chromium import FAULTS, rgb
from trade.charts import theme
from trade.ui.core import navigation

PAGES = ["/", *(f"/{page.name}" for page in navigation.PAGES[1:])]
Scheme = Literal["light", "dark"]
LOOKS: tuple[tuple[Scheme, int], ...] = (("light", 1440), ("dark", 390))
"""Each theme and each width once: faults of colours depend on the theme, cut texts on the width."""
GRAVE = ("moderate", "serious", "critical")
AXE = """async () => {
  axe.configure({ noHtml: true });  // else axe writes out all of the page that each element holds: half of its work
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  const beginning = path => typeof path === 'string' ? document.querySelector(path).outerHTML.slice(0, 200) : path.join(' in ');
  return violations.map(({ id, impact, nodes }) => [id, impact, nodes.map(({ target }) => beginning(target.at(-1)))]);
}"""
STREAMLITS_OWN: dict[str, str] = {}
"""Rules of axe-core that Streamlit's own elements break on our pages, each with the element: none at present."""


@pytest.mark.parametrize("path", [*PAGES, "/growth?freq=M&by=partner", "/growth?freq=YTD&by=product"])
def test_pages_draw_without_complaints_and_without_leaving_the_machine(tab_of_all: Visit, path: str) -> None:
    """Drawn in the look that the page before has left, and brought to the other, as when a phone is turned or evening
    comes."""
    window = tab_of_all
    window.complaints.clear()
    window.requests.clear()
    window.go(path)
    former = (window.page.viewport_size or {}).get("width")
    for scheme, width in sorted(LOOKS, key=lambda look: look[1] != former):
        window.page.emulate_media(color_scheme=scheme)
        window.resize(width).settle()
        _measure(window, scheme, width)
    assert not window.complaints
    assert not [
        url
        for url in window.requests
        if not url.startswith((window.base, window.base.replace("http", "ws"), "data:", "blob:"))
    ]
    for family in ("Trade Sans", "Trade Serif"):
        assert window.page.evaluate(
            f"[...document.fonts].some(one => one.family.includes('{family}') && one.status === 'loaded')"
        )


def _measure(one: Visit, scheme: Scheme, width: int) -> None:
    background = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    one.page.wait_for_function(f"() => {background} === '{rgb(theme.PALETTES[scheme].background)}'", timeout=30_000)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    assert text_boxes.faults(one.page) == []
    assert not one.page.query_selector_all(FAULTS)
    assert _barriers(one) == []


def _barriers(one: Visit) -> list[str]:
    """Moderate, serious and critical findings of axe-core: each rule with the element that breaks it."""
    if not one.page.evaluate("'axe' in window"):
        one.page.evaluate(Axe().axe_script)
    found: list[str] = []
    for _ in range(3):  # on a busy machine colours fade in for longer
        one.page.wait_for_timeout(500)  # colours that fade in are not yet themselves
        found = [
            f"{rule}: {element}"
            for rule, impact, elements in one.page.evaluate(AXE)
            if impact in GRAVE and rule not in STREAMLITS_OWN
            for element in elements
        ]
        if not found:
            break
    return found
