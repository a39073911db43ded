"""In the views that a page has besides its first, wide or narrow, nothing is cut or written over something else.

The first views of all pages are measured where their pixels are (`test_pages_in_chromium.py`, `test_phones.py`).
"""

from __future__ import annotations

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


def test_no_text_is_cut_or_stands_on_another(tab: Visit) -> None:
    faults = list[str]()
    widths = (1440, 390)
    for view in VIEWS:
        tab.go(view)
        for width in widths:
            tab.resize(width).page.wait_for_function(FITTED, timeout=30_000)
            faults += [f"{view} at {width}: {fault}" for fault in text_boxes.faults(tab.page)]
        widths = widths[::-1]  # the next is drawn as this one is left
    assert not faults
