"""What only a browser shows: pixels, colours, requests, links, the first visit after a server start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit, serving
from trade import formats
from trade.charts import theme
from trade.ui import navigation

PAGES = ["/", *(f"/{page.name}" for page in navigation.PAGES[1:])]
OUTSIDE_ITS_PLOT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const box = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('text')].filter(one => {
    const at = one.getBoundingClientRect();
    return at.width > 0 && (at.left < box.left - 2 || at.right > box.right + 2 || at.top < box.top - 2 || at.bottom > box.bottom + 2);
  }).map(one => one.textContent);
})"""
BAR = "getComputedStyle(document.querySelector('.st-key-chart_contribution .bars path')).fill"
FAULTS = "[data-testid=stException], [data-testid=stAlertContentError], [data-testid=stAlertContentWarning]"
GRAVE = ("serious", "critical")
STREAMLITS_OWN: dict[str, str] = {}
"""Rules of axe-core that Streamlit's own elements break on our pages, each with the element: none at present."""
Make = Callable[..., Visit]


def rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))


@pytest.mark.parametrize(("scheme", "widths"), [("light", (1440, 390)), ("dark", (390, 1440))])
@pytest.mark.parametrize("path", [*PAGES, "/growth?freq=M&by=partner", "/growth?freq=YTD&by=product"])
def test_pages_draw_without_complaints_and_without_leaving_the_machine(
    warm: str, visit: Make, path: str, scheme: str, widths: tuple[int, int]
) -> None:
    """Opened at one width and brought to the other, as when a window is drawn smaller or a phone is turned."""
    one = visit(warm, widths[0], scheme).open(path)
    for width in widths:
        one.resize(width)
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width
        assert one.page.evaluate(OUTSIDE_ITS_PLOT) == []
        assert not one.page.query_selector_all(FAULTS)
        if width == max(widths):
            assert _barriers(one) == []
    assert not one.complaints
    assert not [url for url in one.requests if not url.startswith((warm, warm.replace("http", "ws"), "data:", "blob:"))]
    background = one.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert background == rgb(theme.PALETTES[scheme].background)
    for family in ("Trade Sans", "Trade Serif"):
        assert one.page.evaluate(
            f"[...document.fonts].some(one => one.family.includes('{family}') && one.status === 'loaded')"
        )


def _barriers(one: Visit) -> list[str]:
    """What axe-core finds serious or critical: each rule with the element that breaks it."""
    one.page.wait_for_timeout(500)  # colours that fade in are not yet themselves
    found = Axe().run(one.page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        if fault["impact"] in GRAVE and fault["id"] not in STREAMLITS_OWN
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("path", [page.name for page in navigation.PAGES])
def test_the_first_visit_may_be_any_deep_link(real_home: Path, visit: Make, path: str) -> None:
    with serving(real_home) as base:
        one = visit(base).open(f"/{path}?currency=USD")
        links = one.page.query_selector_all("[data-testid=stSidebarNavLink]")
        assert len(links) == len(navigation.PAGES), "the page was drawn without its frame"
        assert one.page.inner_text("h1") == formats.say(f"pages.{path}.title")
        assert "currency=USD" in one.page.url
        assert not one.page.query_selector_all(FAULTS)


def test_figures_follow_a_change_of_the_theme(warm: str, visit: Make) -> None:
    one = visit(warm).open("/growth").plots()
    rise = theme.ROLES["rise"]
    assert one.page.evaluate(BAR) == rgb(theme.LIGHT.series[rise])
    one.page.emulate_media(color_scheme="dark")
    one.page.wait_for_function(f"() => {BAR} === '{rgb(theme.DARK.series[rise])}'", timeout=10_000)


def test_a_control_writes_the_link_and_back_takes_it_back(warm: str, visit: Make) -> None:
    one = visit(warm).open("/growth").plots()
    one.page.get_by_text("Imports", exact=True).first.click()
    one.page.wait_for_url("**/growth?flow=import")
    one.settle()
    assert one.page.inner_text("h3").startswith("Imports grew")
    one.page.reload()
    assert one.plots().page.inner_text("h3").startswith("Imports grew")
    one.page.goto(warm + "/growth?flow=total")
    one.plots()
    one.page.go_back()
    one.plots()
    assert "flow=import" in one.page.url
    assert one.page.inner_text("h3").startswith("Imports grew")


def test_choices_stay_when_the_menu_is_used(warm: str, visit: Make) -> None:
    one = visit(warm).open("/growth?currency=USD").plots()
    one.page.get_by_role("link", name="Overview").click()
    one.page.wait_for_selector("[data-testid=stMetricValue]")
    one.plots()
    assert one.page.inner_text("[data-testid=stMetricValue]").startswith("$")
    assert one.page.url.endswith("?currency=USD")


def test_a_wrong_link_is_told_in_a_sentence(warm: str, visit: Make) -> None:
    one = visit(warm).open("/growth?flow=exports").plots()
    assert "flow 'exports', which is not known" in one.page.inner_text("[data-testid=stAlert]")


def test_the_download_holds_exactly_what_is_drawn(warm: str, visit: Make) -> None:
    one = visit(warm).open("/growth?by=continent").plots()
    frame = one.page.locator(".st-key-chart_contribution")
    frame.get_by_text("Table, download", exact=False).click()
    button = frame.get_by_role("button", name="CSV", exact=True)
    with one.page.expect_download() as waiting:
        button.click()
    lines = Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("code,name_en,name_zh")
    assert lines[1].startswith("asia,Asia")
    assert lines[-1].startswith("world,")
    assert waiting.value.suggested_filename.startswith("contribution-continent-export-2025")
