"""On no page, wide or narrow, is anything cut or written over something else."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.conftest import FITTED, Visit
from tests.support import text_boxes
from trade.ui.core import navigation

VIEWS = (
    *("/", *(f"/{page.name}" for page in navigation.PAGES[1:])),
    "/products?section=themes", "/products?goods=hs", "/products?goods=world", "/products?goods=headline",
    "/destinations?side=world", "/partner?partner=asean",
)  # fmt: skip
"""Every page, and the views of those that have several."""


def test_no_text_is_cut_or_stands_on_another(warm: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    visit, faults = Visit(context.new_page(), warm), list[str]()
    visit.listen()
    for view in VIEWS:
        visit.page.set_viewport_size({"width": 1440, "height": 900})
        visit.open(view)
        for width in (1440, 390):
            visit.resize(width)
            visit.page.wait_for_function(FITTED, timeout=30_000)
            faults += [f"{view} at {width}: {fault}" for fault in text_boxes.faults(visit.page)]
    context.close()
    assert not faults
