"""What only a browser shows of links: they open at their chart, Back takes one press, an embedded chart says its height."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.support.chromium import rgb
from trade.charts import theme

Make = Callable[..., Visit]
TOP = "key => document.querySelector(`.st-key-chart_${key}`).getBoundingClientRect().top"


@pytest.mark.parametrize(
    ("path", "key", "title"),
    [
        ("/growth?flow=import&chart=contribution", "contribution", "Growth · Imports, 2025"),
        ("/diversification?chart=lorenz&open=lorenz:table", "lorenz", "Diversification · Exports, 2025"),
    ],
)
def test_a_link_opens_at_its_chart_in_a_fresh_profile(warm: str, visit: Make, path: str, key: str, title: str) -> None:
    one = visit(warm).open(path).plots()
    one.page.wait_for_function(f"() => ({TOP})('{key}') < 300 && ({TOP})('{key}') > -5", timeout=20_000)
    assert title in one.page.title()
    assert one.page.url == warm + path
    if "open=" in path:
        assert one.page.locator(f".st-key-chart_{key} [data-testid=stDataFrame]").count() == 1
    assert one.complaints == [], "a deep link leaves no error in the console"
    asked = [
        url.removeprefix(warm) for url in one.requests if url.endswith(("/_stcore/health", "/_stcore/host-config"))
    ]
    assert sorted(asked) == ["/_stcore/health", "/_stcore/host-config"]


def test_the_copied_link_of_a_chart_opens_the_same_view_elsewhere(tab: Visit, elsewhere: Visit) -> None:
    one, other = tab.go("/growth?flow=import&by=partner").plots(), elsewhere
    chart = one.page.locator(".st-key-chart_contribution")
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chart.get_by_role("button", name="Copy the link to exactly this chart").click()
    link = one.page.evaluate("navigator.clipboard.readText()")
    other.page.goto(link)
    other.plots()
    other.page.wait_for_function(f"() => ({TOP})('contribution') < 300", timeout=20_000)
    said = [page.locator(".st-key-chart_contribution h3").inner_text() for page in (one.page, other.page)]
    assert said[0] == said[1]


def test_back_takes_one_press_and_resets_no_page(tab: Visit) -> None:
    one = tab.go("/growth").plots()
    one.page.get_by_text("Imports", exact=True).first.click()
    one.page.wait_for_url("**/growth?flow=import")
    one.settle()
    one.page.get_by_role("link", name="Diversification", exact=True).first.click()
    one.page.wait_for_url("**/diversification?flow=import")
    one.plots()
    one.page.get_by_text("Total", exact=True).first.click()
    one.page.wait_for_url("**/diversification?flow=total")
    one.settle()
    for address, headline in (
        ("/diversification?flow=import", "imports"), ("/growth?flow=import", "imports"), ("/growth", "exports"),
    ):  # fmt: skip
        one.page.go_back()
        one.plots()
        assert one.page.url == one.base + address
        assert headline in one.page.inner_text("h3").lower()
    one.page.go_forward()
    one.plots()
    assert one.page.url.endswith("/growth?flow=import")
    assert "imports" in one.page.inner_text("h3").lower()


def test_a_query_travels_in_its_link(tab: Visit, elsewhere: Visit) -> None:
    one, other = tab.go("/explore?mode=sql"), elsewhere
    one.page.locator("textarea").first.fill("SELECT 6 * 7 AS answer")
    one.page.get_by_role("button", name="Run").click()
    one.page.wait_for_url(re.compile("sql=~"))
    other.page.goto(one.page.url)
    other.settle()
    expect(other.page.locator("textarea").first).to_have_value("SELECT 6 * 7 AS answer")
    assert "1 row" in other.page.inner_text("[data-testid=stMain]")


def test_an_embedded_chart_has_its_colours_and_tells_its_height(warm: str, visit: Make) -> None:
    one = visit(warm, 900)
    snippet = f'<iframe src="{warm}/growth?embed=true&theme=dark&chart=levels" width="100%" height="200"></iframe>'
    fitted = "addEventListener('message', e => e.data.tradeChartHeight && (document.querySelector('iframe').height = e.data.tradeChartHeight))"
    one.page.route(
        "**/article", lambda route: route.fulfill(body=f"{snippet}<script>{fitted}</script>", content_type="text/html")
    )
    one.page.goto(warm + "/article")
    frame = one.page.frame_locator("iframe")
    frame.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
    one.page.wait_for_function("() => Number(document.querySelector('iframe').height) > 500", timeout=20_000)
    one.page.wait_for_timeout(1000)
    shown = frame.locator(".st-key-embedded").bounding_box()
    height = one.page.evaluate("Number(document.querySelector('iframe').height)")
    assert shown
    assert 0 <= height - shown["height"] < 80, "the whole chart, and no empty room"
    assert frame.locator(".stApp").evaluate("one => getComputedStyle(one).backgroundColor") == rgb(
        theme.DARK.background
    )
