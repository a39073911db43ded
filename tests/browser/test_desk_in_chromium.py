"""What people at a desk ask, each in at most four actions (`docs/tasks.md`); and views that open the same again.

One visit for all: to open a page by its menu entry counts as one action, a typed text as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import Visit
from trade.measures import find_measure, run
from trade.store import Store

MOST = 4
STATES = (
    "/growth?flow=import&freq=Q&period=2025-Q4", "/growth?freq=M&look=sums&span=10",
    "/destinations?freq=Q&continent=asia&grew=up10", "/destinations?side=world&top=2&year=2010",
    "/diversification?reporter=DEU&gauge=cr5", "/diversification?grew=down&least=1e9",
    "/partner?flow=import&period=2024&partner=asean", "/partner?freq=Q&partner=VNM",
    "/compare?of=partners&entities=USA,VNM,MEX&scaled=index", "/products?section=themes",
    "/products?freq=YTD&product=solar-cells&within=agricultural-products", "/services?service=travel",
)  # fmt: skip
"""A dozen views of unlike pages, with choices of all kinds."""
BACK = (-1, -1, -5, -1, 1, -3, -1)
"""Steps in the history: to other views of the same page and of another, at last to the first view.

That each view is one entry shows where a step of several ends. `Visit.go` has drawn the views as Back does.
"""


class Reader:
    """Somebody at a desk; counts what they do."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page, self.actions = visit, visit.page, 0

    def at(self, page: str) -> Reader:
        """The page of that name, as its entry in the menu opens it."""
        self.actions = 1
        self.visit.go(f"/{page}").plots()
        return self

    def press(self, what: Locator) -> Reader:
        self.actions += 1
        what.first.click()
        self.page.wait_for_timeout(300)
        self.visit.settle()
        return self

    def option(self, field: str, words: str) -> Reader:
        """One of the options of a field that stand side by side."""
        return self.press(self.page.locator(f".st-key-scope_{field}").get_by_text(words, exact=True))

    def action(self, chart: str, name: str) -> Reader:
        """One of the actions beside the title of a chart."""
        return self.press(self.chart(chart).get_by_text(name, exact=True))

    def chart(self, key: str) -> Locator:
        return self.page.locator(f".st-key-chart_{key}")

    def reads(self, key: str = "") -> str:
        """The frame of a chart, or the whole page."""
        place = self.chart(key) if key else self.page.get_by_test_id("stMain")
        return place.inner_text().replace("\u00a0", " ")


@pytest.fixture
def reader(tab: Visit) -> Iterator[Reader]:
    one = Reader(tab)
    yield one
    assert 1 <= one.actions <= MOST
    assert not tab.complaints


def test_how_many_cars_china_exports(reader: Reader) -> None:
    text = reader.at("products").reads("item")
    assert "China's exports of motor vehicles" in text
    assert "vehicles" in text


def test_which_goods_made_exports_grow_in_2026(reader: Reader) -> None:
    reader.at("products").option("freq", "Year to date")
    text = reader.reads("split")
    assert "January–July 2026" in text
    assert "added most" in text


def test_how_four_economies_are_diversified(reader: Reader) -> None:
    text = reader.at("compare").reads("lines")
    assert all(name in text for name in ("China", "Germany", "United States", "Vietnam"))


def test_trade_with_four_partners_of_ones_own_together(reader: Reader, real: Store) -> None:
    reader.at("partner").press(reader.page.get_by_role("button", name="My group"))
    box = reader.page.get_by_test_id("stPopoverBody").locator("input").first
    box.click()
    for name in ("Brazil", "Russia", "India", "South Africa"):
        box.fill(name)
        reader.page.get_by_role("option", name=name, exact=True).click()  # faster than pages are drawn
    reader.actions += 1
    reader.page.wait_for_url(re.compile("partner=~.*BRA.RUS.IND.ZAF"))
    frame = run(real, "partner", partner="~:BRA.RUS.IND.ZAF", flow="export", currency="CNY").frame.set_index("period")
    reader.visit.settle().plots()
    assert f"{frame['value']['2025'] / 1e12:.2f} trillion yuan" in reader.reads()


def test_whether_growth_differs_in_yuan_and_dollars(reader: Reader) -> None:
    text = reader.at("growth").reads("exchange")
    assert "in yuan" in text
    assert "in dollars" in text


def test_a_chart_for_an_article(reader: Reader) -> None:
    assert "<iframe" in reader.at("growth").action("levels", "Embed").reads("levels")


def test_how_growth_is_defined(reader: Reader) -> None:
    text = reader.at("growth").action("levels", "Definition").reads("levels")
    assert find_measure("growth").definition in text
    assert "General Administration of Customs" in text


def test_how_vietnam_ranks(reader: Reader, real: Store) -> None:
    reader.at("growth")
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("Viet Nam")
    reader.page.get_by_role("option", name=re.compile("Vietnam")).first.wait_for()
    reader.page.keyboard.press("Enter")
    reader.actions += 1
    reader.page.wait_for_url(re.compile(r"/partner\?.*partner=VNM"))
    reader.visit.settle().plots()
    rank = int(run(real, "partner", partner="VNM", flow="export").frame.set_index("period")["rank"]["2025"])
    assert f"{rank}" in reader.reads("standing")
    assert "Vietnam" in reader.reads("standing")


def test_whether_exports_to_the_us_fell_by_a_fifth(reader: Reader) -> None:
    reader.actions = 1
    reader.visit.go("/factcheck")
    box = reader.page.get_by_test_id("stMain").locator("input[type=text], textarea").first
    box.fill("China's exports to the US fell by a fifth in 2025")
    box.press("Enter")
    reader.actions += 1
    reader.visit.settle()
    text = reader.reads()
    assert "19.5" in text
    assert "Does not fit" not in text.split("Official statements")[0]


def test_a_quarter_of_partners(reader: Reader, real: Store) -> None:
    text = reader.at("destinations").option("freq", "Quarters").reads("ranking")
    first = run(real, "rank", freq="Q").frame.iloc[0]
    assert first["name_en"] in text
    assert "second quarter of 2026" in text
    assert "sum of its three months" in text


def _seen(visit: Visit) -> tuple[str, list[str]]:
    """The address and headlines of the page."""
    return visit.page.url.removeprefix(visit.base), visit.page.locator("h3").all_inner_texts()


def test_a_dozen_views_open_the_same_by_back_reload_and_in_another_profile(tab: Visit, elsewhere: Visit) -> None:
    one = tab
    seen = [_seen(one.go(path).plots()) for path in STATES]
    assert [address for address, _ in seen] == list(STATES), "the address is that of the view"
    assert len({tuple(headlines) for _, headlines in seen}) == len(STATES)
    one.page.reload()
    assert _seen(one.settle().plots()) == seen[-1]
    at = len(STATES) - 1
    for way in BACK:
        at += way
        one.page.evaluate("way => history.go(way)", way)
        one.page.wait_for_url(one.base + STATES[at])
        assert _seen(one.settle().plots()) == seen[at]
    assert [_seen(elsewhere.open(path).plots()) for path in STATES[::4]] == seen[::4]


CROWDED = """() => {
  const place = one => one.getBoundingClientRect();
  const plot = document.querySelector('.st-key-chart_map .js-plotly-plot'), box = place(plot);
  const outside = [...plot.querySelectorAll('text')].filter(one => {
    const at = place(one);
    return at.width && (at.left < box.left - 2 || at.right > box.right + 2 || at.bottom > box.bottom + 2);
  }).map(one => one.textContent);
  const next = plot.closest('[data-testid=stElementContainer]').nextElementSibling;
  return [...outside, ...(place(next).top < box.bottom - 2 ? [next.textContent] : [])];
}"""
"""What of the map on the first page leaves its frame, and what stands below it if that overlaps."""


def test_the_map_of_the_first_page_keeps_its_key_within_its_frame_at_every_width(tab: Visit) -> None:
    tab.go("/").plots()
    for width in (1920, 1440, 1024, 820, 390):
        tab.resize(width).page.wait_for_timeout(500)
        assert tab.page.evaluate(CROWDED) == [], width
        column = tab.page.locator(".st-key-column").bounding_box()
        assert column is not None
        assert (column["width"] > 1400) == (width == 1920), "a wide screen holds two charts side by side"
