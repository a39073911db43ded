"""Every page as it is seen: pixels, colours, requests, barriers, at two widths and in both themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit
from tests.support import text_boxes
from tests.support.chromium import FAULTS, rgb
from trade.charts import theme
from trade.ui.core import navigation

PAGES = ["/", *(f"/{page.name}" for page in navigation.PAGES[1:])]
Make = Callable[..., Visit]
GRAVE = ("moderate", "serious", "critical")
STREAMLITS_OWN: dict[str, str] = {}
"""Rules of axe-core that Streamlit's own elements break on our pages, each with the element: none at present."""


@pytest.mark.parametrize("path", [*PAGES, "/growth?freq=M&by=partner", "/growth?freq=YTD&by=product"])
def test_pages_draw_without_complaints_and_without_leaving_the_machine(warm: str, visit: Make, path: str) -> None:
    """Opened at one width and brought to the other, as when a window is drawn smaller or a phone is turned; then in the
    other theme, as when evening comes."""
    one = visit(warm).open(path)
    _measure(one, "light", (1440, 390))
    one.page.emulate_media(color_scheme="dark")
    one.settle()
    _measure(one, "dark", (390, 1440))
    assert not one.complaints
    assert not [
        url for url in one.requests if not url.startswith((one.base, one.base.replace("http", "ws"), "data:", "blob:"))
    ]
    for family in ("Trade Sans", "Trade Serif"):
        assert one.page.evaluate(
            f"[...document.fonts].some(one => one.family.includes('{family}') && one.status === 'loaded')"
        )


def _measure(one: Visit, scheme: Literal["light", "dark"], widths: tuple[int, int]) -> None:
    background = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    one.page.wait_for_function(f"() => {background} === '{rgb(theme.PALETTES[scheme].background)}'", timeout=30_000)
    for width in widths:
        one.resize(width)
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width
        assert text_boxes.faults(one.page) == []
        assert not one.page.query_selector_all(FAULTS)
        assert _barriers(one) == []


def _barriers(one: Visit) -> list[str]:
    """What axe-core finds moderate, serious or critical: each rule with the element that breaks it."""
    one.page.wait_for_timeout(500)  # colours that fade in are not yet themselves
    found = Axe().run(one.page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        if fault["impact"] in GRAVE and fault["id"] not in STREAMLITS_OWN
        for node in fault["nodes"]
    ]
