"""What only a browser shows of links: they open at their chart, are copied, and Back takes one press."""

from __future__ import annotations

import re
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

TOP = "key => document.querySelector(`.st-key-chart_${key}`).getBoundingClientRect().top"


@pytest.mark.parametrize(
    ("path", "key", "title"),
    [
        ("/growth?flow=import&chart=contribution", "contribution", "Growth · Imports, 2025"),
        ("/diversification?chart=lorenz&open=lorenz:table", "lorenz", "Diversification · Exports, 2025"),
    ],
)
def test_a_link_opens_at_its_chart_in_another_profile(
    warm: str, elsewhere: Visit, path: str, key: str, title: str
) -> None:
    one = elsewhere.open(path).plots()
    one.page.wait_for_function(f"() => ({TOP})('{key}') < 300 && ({TOP})('{key}') > -5", timeout=20_000)
    assert title in one.page.title()
    assert one.page.url == warm + path
    if "open=" in path:
        assert one.page.locator(f".st-key-chart_{key} [data-testid=stDataFrame]").count() == 1
    assert one.complaints == [], "a deep link leaves no error in the console"
    requested = [
        url.removeprefix(warm) for url in one.requests if url.endswith(("/_stcore/health", "/_stcore/host-config"))
    ]
    assert sorted(requested) == ["/_stcore/health", "/_stcore/host-config"]


def test_copied_links_open_the_same_view_in_another_browser_that_of_a_chart_at_the_chart(
    tab: Visit, elsewhere: Visit
) -> None:
    one, other = tab, elsewhere
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chart = one.page.locator(".st-key-chart_contribution")
    for path, button in (
        ("/partner?partner=VNM&currency=USD", one.page.get_by_role("button", name="Copy link")),
        ("/growth?flow=import&by=partner", chart.get_by_role("button", name="Copy the link to exactly this chart")),
    ):
        one.go(path).plots()
        button.click()
        one.page.get_by_text("Copied", exact=True).wait_for()
        seen = one.page.locator("h3").all_inner_texts()
        copied = one.page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(one.base + urlparse(path).path)
        other.open(copied.removeprefix(one.base)).plots()
        assert other.page.locator("h3").all_inner_texts() == seen
        assert not other.page.query_selector_all("[data-testid=stAlert]")
    other.page.wait_for_function(f"() => ({TOP})('contribution') < 300", timeout=20_000)


def test_a_control_writes_the_link_and_back_takes_one_press_and_resets_no_page(tab: Visit) -> None:
    one = tab.go("/growth").plots()
    one.page.get_by_text("Imports", exact=True).first.click()
    one.page.wait_for_url("**/growth?flow=import")
    one.settle()
    assert one.page.inner_text("h3").startswith("China's imports rose by")
    one.page.get_by_role("link", name="Diversification", exact=True).first.click()
    one.page.wait_for_url("**/diversification?flow=import")
    one.settle().plots()
    one.page.get_by_text("Total", exact=True).first.click()
    one.page.wait_for_url("**/diversification?flow=total")
    one.settle()
    for address, headline in (
        ("/diversification?flow=import", "imports"), ("/growth?flow=import", "imports"), ("/growth", "exports"),
    ):  # fmt: skip
        one.page.go_back()
        one.settle().plots()
        assert one.page.url == one.base + address
        assert headline in one.page.inner_text("h3").lower()
    one.page.go_forward()
    one.settle().plots()
    assert one.page.url.endswith("/growth?flow=import")
    assert "imports" in one.page.inner_text("h3").lower()
    one.page.reload()
    assert one.settle().plots().page.inner_text("h3").startswith("China's imports rose by")
    one.open("/growth?flow=total&nowhere=1").plots()
    assert one.page.url.endswith("/growth?flow=total"), "an address that is corrected is no other step of the history"
    one.page.go_back()
    one.settle().plots()
    assert one.page.url.endswith("/growth?flow=import")
    assert one.page.inner_text("h3").startswith("China's imports rose by")


def test_a_query_travels_in_its_link(tab: Visit, elsewhere: Visit) -> None:
    one, other = tab.go("/explore?mode=sql"), elsewhere
    one.page.locator("textarea").first.fill("SELECT 6 * 7 AS answer")
    one.page.get_by_role("button", name="Run").click()
    one.page.wait_for_url(re.compile("sql=~"))
    other.page.goto(one.page.url)
    other.settle()
    expect(other.page.locator("textarea").first).to_have_value("SELECT 6 * 7 AS answer")
    assert "1 row" in other.page.inner_text("[data-testid=stMain]")
