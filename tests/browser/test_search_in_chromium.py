"""The search box and the comparison, as somebody at a keyboard uses them."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_slash_type_enter_leads_to_the_sheet(tab: Visit) -> None:
    here = tab.go("/growth?currency=USD").plots()
    page = here.page
    page.keyboard.press("/")
    page.keyboard.type("Holland")
    expect(page.get_by_role("option", name=re.compile("Netherlands")).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/partner\?.*partner=NLD"))
    here.settle()
    assert "currency=USD" in page.url
    assert "Netherlands" in page.get_by_test_id("stMain").inner_text()
    assert not here.complaints


def test_diversification_of_four_economies_in_one_chart(tab: Visit) -> None:
    here = tab.go("/explore")
    page = here.page
    page.keyboard.press("/")
    page.keyboard.type("Compare")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/compare"))
    here.settle().plots()
    names = page.locator(".js-plotly-plot").first.evaluate("plot => plot.data.map(line => line.name)")
    assert names == ["China", "Germany", "United States", "Vietnam"]
    assert not here.complaints
