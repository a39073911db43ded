"""In the views that a page has besides its first, wide or narrow, nothing is cut or written over something else.

The first views of all pages are measured where their pixels are (`test_pages_in_chromium.py`).
"""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.conftest import FITTED, Visit
from tests.support import text_boxes

VIEWS = (
    "/products?section=themes",
    "/products?goods=hs",
    "/products?goods=world",
    "/products?goods=headline",
    "/destinations?side=world",
    "/partner?partner=asean",
)


def test_no_text_is_cut_or_stands_on_another(warm: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    visit, faults = Visit(context.new_page(), warm).listen(), list[str]()
    for view in VIEWS:
        visit.page.set_viewport_size({"width": 1440, "height": 900})
        visit.open(view)
        for width in (1440, 390):
            visit.resize(width)
            visit.page.wait_for_function(FITTED, timeout=30_000)
            faults += [f"{view} at {width}: {fault}" for fault in text_boxes.faults(visit.page)]
    context.close()
    assert not faults
