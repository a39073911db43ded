"""Every page on a phone, in dark, and what only a phone or a tablet shows: its menu, the first screen, controls for fingers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.conftest import FITTED, STILL, Visit
from tests.support import page_checks

SMALL = """() => [...document.querySelectorAll('button, a, input, summary, [role=radio]')]
  .map(part => [part, part.getBoundingClientRect()])
  .filter(([part, box]) => box.width > 1 && box.height < 43.5 && part.checkVisibility({ visibilityProperty: true }))
  .filter(([part]) => !part.closest('#to_chart, [data-testid=stSkipToContent]') && part.type !== 'checkbox')
  .map(([part, box]) => `${part.tagName} ${part.innerText.slice(0, 30)} ${Math.round(box.height)}`)"""
OWN_SMALL = """() => [...document.querySelectorAll('*')].filter(host => host.shadowRoot)
  .flatMap(host => [...host.shadowRoot.querySelectorAll('button, a, input')]).map(part => [part, part.getBoundingClientRect()])
  .filter(([part, box]) => box.width > 1 && box.height < 43.5 && part.checkVisibility({ visibilityProperty: true }))
  .map(([part, box]) => `${part.tagName} ${part.textContent.slice(0, 30)} ${Math.round(box.height)}`)"""
"""Controls that are too small in our own components, which have shadow DOMs."""
FIRST_CHART = """() => Math.min(...[...document.querySelectorAll('.js-plotly-plot')]
  .map(plot => plot.getBoundingClientRect()).filter(box => box.height > 100).map(box => box.top))"""
"""The top of the first chart in pixels; small lines on cards do not count."""
MENU_OPEN = "() => document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().right > 200"


@pytest.fixture(scope="module")
def phone(warm: str, chromium: Browser) -> Iterator[Visit]:
    """A phone of 360 x 640, on which pages are drawn as on 390 x 693, in dark."""
    size = ViewportSize(width=360, height=640)
    context = chromium.new_context(
        viewport=size, screen=size, is_mobile=True, has_touch=True, reduced_motion=STILL, color_scheme="dark"
    )
    yield Visit(context.new_page(), warm).listen()
    context.close()


@pytest.fixture(autouse=True)
def _without_complaints(phone: Visit) -> Iterator[None]:
    phone.complaints.clear()
    yield
    assert not phone.complaints


CHINESE = ("/?lang=zh", "/diversification?lang=zh", "/explore?lang=zh", "/sources?lang=zh")


def _fits_fingers(one: Visit) -> None:
    one.page.wait_for_function(FITTED, timeout=30_000)
    assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not one.page.evaluate(page_checks.CUT)
    assert not one.page.evaluate(SMALL)
    assert not one.page.evaluate(OWN_SMALL)


@pytest.mark.parametrize("link", [*page_checks.VIEWS, *CHINESE])
def test_on_phones_the_first_chart_is_on_the_first_screen_and_nothing_is_cut_too_small_or_a_barrier(
    phone: Visit, link: str
) -> None:
    """*Fact check* has its form first, with the chart on a screen of 390 x 844; *Stories* has no charts."""
    one = phone.go(link)
    _fits_fingers(one)
    if link != "/stories":
        screen = 844 if link == "/factcheck" else one.page.evaluate("innerHeight")
        assert one.plots().page.evaluate(FIRST_CHART) <= screen - 40
    if link in page_checks.VIEWS:
        assert page_checks.faults(one.page, "dark") == []
    assert one.page.evaluate("innerWidth") == 390


def test_a_phones_menu_closes_after_a_choice(phone: Visit) -> None:
    one = phone.go("/?lang=en").plots()
    one.page.locator("[data-testid=stExpandSidebarButton]").click()
    one.page.wait_for_function(MENU_OPEN)
    one.page.locator("[data-testid=stSidebarNavLink]", has_text="Growth").click()
    one.page.wait_for_function(f"() => !({MENU_OPEN})()")


def test_a_phone_has_the_controls_behind_one_button(phone: Visit) -> None:
    one = phone.go("/growth?lang=en").plots()
    flow = one.page.locator(".st-key-scope_flow")
    assert not flow.is_visible()
    button = one.page.locator(".st-key-controls_open label")
    assert "Exports" in button.inner_text()
    button.click()
    flow.wait_for(state="visible")
    assert not one.page.evaluate(SMALL)
    assert not one.page.evaluate(page_checks.CUT)


def test_on_a_tablet_nothing_is_cut_or_too_small(phone: Visit) -> None:
    phone.page.set_viewport_size({"width": 1024, "height": 768})
    one = phone.open("/products?lang=zh").plots()
    _fits_fingers(one)
    assert one.page.evaluate("innerWidth") == 1024


def test_on_a_phone_that_lies_the_menu_is_closed_at_first_and_a_choice_closes_it(phone: Visit) -> None:
    phone.page.set_viewport_size({"width": 844, "height": 390})
    one = phone.open("/growth?lang=en").plots()
    one.page.wait_for_function(f"() => !({MENU_OPEN})()")
    one.page.locator("[data-testid=stExpandSidebarButton]").click()
    one.page.wait_for_function(MENU_OPEN)
    one.page.locator("[data-testid=stSidebarNavLink]", has_text="Products").click()
    one.page.wait_for_function(f"() => !({MENU_OPEN})()")
