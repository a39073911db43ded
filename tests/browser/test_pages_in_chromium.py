"""Every page on a desk, in light: pixels, colours, requests, barriers (`test_phones.py`: on a phone, in dark).

Each theme and each width once: faults of colours depend on the theme, cut texts on the width.
"""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.support import page_checks


@pytest.mark.parametrize("path", page_checks.VIEWS)
def test_pages_draw_without_complaints_and_without_leaving_the_machine(tab: Visit, path: str) -> None:
    tab.requests.clear()
    assert page_checks.faults(tab.go(path).page, "light") == []
    assert not tab.complaints
    assert not tab.requests_elsewhere()
    for family in ("Trade Sans", "Trade Serif"):
        assert tab.page.evaluate(
            f"[...document.fonts].some(one => one.family.includes('{family}') && one.status === 'loaded')"
        )


def test_a_chosen_option_that_is_pointed_at_can_be_read(tab: Visit) -> None:
    tab.go("/growth").page.locator(".st-key-scope_flow [aria-checked=true]").hover()
    assert page_checks.faults(tab.page, "light") == []
