"""What every page must pass in a browser, whatever its width and theme: colours, texts, faults and barriers."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.support import text_boxes
from tests.support.chromium import FAULTS, rgb
from trade.charts import theme
from trade.ui.core import navigation

VIEWS = (
    *(f"/{'' if page is navigation.PAGES[0] else page.name}" for page in navigation.PAGES),
    "/growth?freq=M&by=partner",
    "/growth?freq=YTD&by=product",
)
"""Every page as its entry in the menu opens it, and two views with charts of other kinds."""

GRAVE = ("moderate", "serious", "critical")
AXE = """async () => {
  axe.configure({ noHtml: true });  // else axe writes out all of the page that each element holds: half of its work
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  const beginning = path => typeof path === 'string' ? document.querySelector(path).outerHTML.slice(0, 200) : path.join(' in ');
  return violations.map(({ id, impact, nodes }) => [id, impact, nodes.map(({ target }) => beginning(target.at(-1)))]);
}"""
STREAMLITS_OWN: dict[str, str] = {}
"""Rules of axe-core that Streamlit's own elements break on our pages, each with the element: none at present."""
BACKGROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"

CUT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const box = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('.xtick text, .ytick text, .annotation-text')]
    .map(text => [text.textContent, text.getBoundingClientRect()])
    .filter(([, at]) => at.width && (at.left < box.left - 2 || at.right > box.right + 2)).map(([words]) => words);
})"""
"""Labels of charts that are cut on the left or right."""


def faults(page: Page, scheme: str) -> list[str]:
    """What is wrong with the page, which is drawn, in the theme that the browser prefers."""
    page.wait_for_function(f"() => {BACKGROUND} === '{rgb(theme.PALETTES[scheme].background)}'", timeout=30_000)
    wide = (
        [] if page.evaluate("document.documentElement.scrollWidth <= innerWidth") else ["it is wider than the window"]
    )
    alerts = [alert.inner_text() for alert in page.query_selector_all(FAULTS)]
    return [*wide, *alerts, *text_boxes.faults(page), *_barriers(page)]


def _barriers(page: Page) -> list[str]:
    """Moderate, serious and critical findings of axe-core: each rule with the element that breaks it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[str] = []
    for _ in range(3):  # on a busy machine colours fade in for longer
        page.wait_for_timeout(500)  # colours that fade in are not yet themselves
        found = [
            f"{rule}: {element}"
            for rule, impact, elements in page.evaluate(AXE)
            if impact in GRAVE and rule not in STREAMLITS_OWN
            for element in elements
        ]
        if not found:
            break
    return found
