"""What only a browser shows of links, menus, themes and files, and the first visit after a server start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.browser.conftest import Visit
from tests.support.chromium import FAULTS, rgb
from tests.support.servers import serving
from trade.charts import theme
from trade.text import formats
from trade.ui.core import navigation

BAR = "getComputedStyle(document.querySelector('.st-key-chart_contribution .bars path') ?? document.body).fill"
UNPLACED = """
window.drawnUnplaced = [];
let library;
Object.defineProperty(window, "Plotly", { get: () => library, set(plotly) {
  const react = (library = plotly).react;
  plotly.react = async (place, figure) => {
    const unplaced = figure.layout.width === undefined;
    await react(place, figure);
    if (unplaced) window.drawnUnplaced.push(Boolean(place._fullLayout));
  };
} });
"""
"""Records for each call that Streamlit makes before it knows a chart's width whether that call drew the chart."""
REDRAWN = """() => {
  window.redrawn = new Set();
  const note = ({ target }) => target.closest?.(".main-svg") && redrawn.add(target.closest("[class*=_light]")?.className);
  new MutationObserver(changes => { changes.forEach(note); redrawn.delete(undefined); })
    .observe(document.body, { childList: true, subtree: true });
}"""
"""Records which light charts are drawn again."""
SHOWN_TOO_EARLY = """async () => {
  const place = document.body.appendChild(document.createElement("div"));
  await Plotly.react(place, { data: [], layout: {} });
  place.remove();
  return Boolean(place._fullLayout);
}"""
"""Makes such a call for an element in the page, as a late one, and returns whether it drew the chart."""
Make = Callable[..., Visit]


def test_the_first_visit_may_be_a_deep_link(real_home: Path, visit: Make) -> None:
    """To one page: tests/commands/test_first_page.py asks the server for each."""
    with serving(real_home) as base:
        one = visit(base)
        one.page.add_init_script(UNPLACED)
        one.open("/growth?currency=USD").plots()
        links = one.page.query_selector_all("[data-testid=stSidebarNavLink]")
        assert len(links) == len(navigation.PAGES), "the page was drawn without its frame"
        assert one.page.inner_text("h1") == formats.say("pages.growth.title")
        assert "currency=USD" in one.page.url
        assert not one.page.query_selector_all(FAULTS)
        drawn = one.page.evaluate("drawnUnplaced")
        assert drawn, "Streamlit knows the width of every place at once: entry.js need not wait for it any more"
        assert not any(drawn), "a chart is drawn before Streamlit knows how wide it is, and again after it"
        assert not one.page.evaluate(SHOWN_TOO_EARLY)


def test_choices_stay_when_the_menu_is_used(tab: Visit) -> None:
    one = tab.go("/growth?currency=USD").plots()
    one.page.get_by_role("link", name="Overview").click()
    one.page.wait_for_selector("[data-testid=stMetricValue]")
    one.settle().plots()
    assert one.page.inner_text("[data-testid=stMetricValue]").startswith("$")
    assert one.page.url.endswith("?currency=USD")


def test_a_wrong_link_is_told_in_a_sentence(tab: Visit) -> None:
    one = tab.go("/growth?flow=exports").plots()
    assert "flow to 'exports', which is not a known value" in one.page.inner_text("[data-testid=stAlert]")


def test_the_download_holds_exactly_what_is_drawn(tab: Visit) -> None:
    one = tab.go("/growth?by=continent").plots()
    frame = one.page.locator(".st-key-chart_contribution")
    button = frame.locator("a", has_text="CSV")
    with one.page.expect_download() as waiting:
        button.click()
    lines = Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("code,name_en,name_zh")
    assert lines[1].startswith("asia,Asia")
    assert lines[-1].startswith("world,")
    assert waiting.value.suggested_filename == "growth-contribution.csv"


def test_figures_follow_a_change_of_the_theme(tab: Visit) -> None:
    one = tab.go("/growth").plots()
    rise = theme.ROLES["rise"]
    assert one.page.evaluate(BAR) == rgb(theme.LIGHT.series[rise])
    one.page.evaluate(REDRAWN)
    one.page.emulate_media(color_scheme="dark")
    one.page.wait_for_function(f"() => {BAR} === '{rgb(theme.DARK.series[rise])}'", timeout=60_000)
    assert one.page.evaluate("[...redrawn]") == [], "a light chart is drawn again although a dark one is about to come"


def test_boxes_of_goods_have_the_words_that_their_width_holds(tab: Visit) -> None:
    one = tab.go("/products?goods=hs").plots()
    words = """which => {
      const [boxes] = [...document.querySelectorAll('.js-plotly-plot')].filter(plot => plot.layout.meta?.narrow);
      return JSON.stringify(boxes.data[0].text) === JSON.stringify(boxes.layout.meta[which][0].text);
    }"""
    assert one.page.evaluate(words, "wide")
    assert not one.page.evaluate(words, "narrow"), "the two differ"
    one.page.set_viewport_size({"width": 390, "height": 844})
    one.page.wait_for_function(words, arg="narrow", timeout=60_000)
    one.page.set_viewport_size({"width": 1440, "height": 900})
    one.page.wait_for_function(words, arg="wide", timeout=60_000)
    one.page.wait_for_timeout(1000)
    one.page.evaluate(
        "() => { const { react } = Plotly; window.again = 0; Plotly.react = (...all) => { again += 1; return react(...all); }; }"
    )
    one.page.wait_for_timeout(1000)
    assert one.page.evaluate("again") == 0, "charts that stand are drawn again and again"
