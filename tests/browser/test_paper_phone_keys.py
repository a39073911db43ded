"""Paper, a window enlarged four times, and charts walked by key."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.conftest import FITTED, STILL, Visit, wide
from tests.support import page_checks, text_boxes

PRINT_NOTED = "() => { window.printed = 0; window.print = () => { window.printed += 1; }; }"
LABELS = """() => [...document.querySelectorAll('.js-plotly-plot')].map(plot =>
  [...plot.querySelectorAll('.xtick text, .ytick text, .annotation-text, .legendtext')].map(text => text.textContent).length)"""

ON_SHEET = """() => {
  const sheet = document.getElementById('brief').getBoundingClientRect(), faults = [];
  if (sheet.height > 945) faults.push(`the sheet is ${sheet.height} px high`);
  for (const part of document.querySelectorAll('#brief :is(h1, h2, p, span, svg text)')) {
    const box = part.getBoundingClientRect(), words = part.textContent.trim();
    if (!words || !box.width || getComputedStyle(part).visibility === 'hidden') continue;
    const frame = part.closest('.plot')?.getBoundingClientRect() ?? sheet;
    if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
      faults.push(`“${words}” is cut`);
    const size = parseFloat(getComputedStyle(part).fontSize) * (part.getCTM ? part.getScreenCTM().d : 1);
    if (size < 7 * 96 / 72) faults.push(`“${words}” has ${size} px`);
  }
  return faults;
}"""
"""Texts that are cut or smaller than seven points on a brief, which has the width of A4 and the height of Letter."""

AS_PRINTED = """() => {  // at once, as a browser prints: later, Streamlit draws charts for their new places
  dispatchEvent(new Event("beforeprint"));
  const tops = [...document.querySelectorAll(".st-key-cards_now > *")].map(card => card.getBoundingClientRect().top);
  const boxes = [...document.querySelectorAll("[class*=st-key-figure_]")].filter(box => box.style.zoom)
    .map(box => [box.style.height, box.querySelector(".main-svg").getAttribute("height") + "px"]);
  dispatchEvent(new Event("afterprint"));
  return [new Set(tops).size, boxes];
}"""
"""How many rows the cards have on paper, and how high the places of charts and the charts are."""


@pytest.fixture(scope="module")
def enlarged(warm: str, chromium: Browser) -> Iterator[Visit]:
    """A desktop of 1280 pixels enlarged four times."""
    screen, window = ViewportSize(width=1280, height=1024), ViewportSize(width=320, height=256)
    context = chromium.new_context(viewport=window, screen=screen, device_scale_factor=4, reduced_motion=STILL)
    yield Visit(context.new_page(), warm).listen()
    context.close()


def test_at_four_times_the_size_charts_are_whole_and_are_pointed_at_where_they_are_seen(enlarged: Visit) -> None:
    faults = list[str]()
    for path in ("/products", "/diversification", "/partner", "/growth"):
        one = enlarged.go(path).plots()
        one.page.wait_for_function(FITTED, timeout=30_000)
        faults += [f"{path}: {fault}" for fault in text_boxes.faults(one.page)]
        assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not faults
    plot = one.page.locator("[data-testid=stPlotlyChart] .js-plotly-plot").first
    last = plot.locator(".barlayer .point path").last
    last.scroll_into_view_if_needed()
    box = last.bounding_box()
    assert box is not None
    one.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    one.page.mouse.move(box["x"] + box["width"] / 2 + 1, box["y"] + box["height"] / 2)
    plot.locator(".hoverlayer", has_text="2025").wait_for()


@wide(1280)
def test_a_map_by_year_is_turned_by_key(tab: Visit) -> None:
    one = tab.go("/destinations?side=world&play=yes&chart=play").plots()
    one.page.wait_for_selector(".js-plotly-plot[tabindex='0'] .slider-rail-touch-rect", state="attached")
    one.page.evaluate("document.querySelector('.slider-rail-touch-rect').closest('.js-plotly-plot').focus()")
    slider = "document.activeElement._fullLayout.sliders[0]"
    newest = one.page.evaluate(f"{slider}.active")
    for key, expected in (("PageUp", newest - 1), ("PageUp", newest - 2), ("PageDown", newest - 1)):
        one.page.keyboard.press(key)
        one.page.wait_for_function(f"() => {slider}.active === {expected}")
    year = one.page.evaluate(f"{slider}.steps[{slider}.active].label")
    one.page.wait_for_function(f"() => document.getElementById('chart_reader').textContent === '{year}'")
    shown = "document.activeElement._fullLayout.annotations[0].text"
    one.page.wait_for_function(f"() => {shown}.includes('{year}')")  # drawn after it is read out


@wide(1280)
def test_a_wide_table_is_printed_as_a_list_of_its_rows(tab: Visit) -> None:
    one = tab.go("/sources").plots()
    one.page.evaluate(PRINT_NOTED)
    tables = ("source_list", "parameter_list")
    for table in tables:
        assert not one.page.locator(f".row_cards[data-table={table}]").is_visible()
    one.page.keyboard.press("Control+p")
    one.page.wait_for_function("() => window.printed === 1", timeout=30_000)
    one.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for table in tables:
        assert not one.page.locator(f".st-key-{table}").is_visible()
        assert one.page.locator(f".row_cards[data-table={table}]").is_visible()
    assert "BACI" in one.page.locator(".row_cards[data-table=source_list]").inner_text()
    one.page.evaluate("dispatchEvent(new Event('afterprint'))")


@wide(1280)
def test_ctrl_p_prints_every_label_and_no_control(tab: Visit) -> None:
    one = tab.go("/growth").plots()
    one.page.evaluate(PRINT_NOTED)
    labels = one.page.evaluate(LABELS)
    one.page.keyboard.press("Control+p")
    one.page.wait_for_function("() => window.printed === 1", timeout=30_000)
    one.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    one.page.wait_for_timeout(1_000)  # a chart that is narrower on paper is redrawn after the event
    assert one.page.evaluate(LABELS) == labels
    assert not one.page.evaluate(page_checks.CUT)
    assert not one.page.locator("[data-testid=stSidebar], .st-key-scope_flow").first.is_visible()
    head = one.page.locator("#print_head").inner_text()
    assert "Growth" in head
    assert "/growth" in head
    widest = one.page.evaluate(
        "Math.max(...[...document.querySelectorAll('.js-plotly-plot')].map(x => x.getBoundingClientRect().width))"
    )
    assert widest <= 690
    one.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert one.page.locator(".st-key-scope_flow").is_visible()


@wide(1280)
def test_the_browsers_menu_prints_cards_side_by_side_and_maps_as_high_as_they_are_drawn(tab: Visit) -> None:
    """Cards filled two sheets, and a map's source stood on its key: its height follows the window, which is narrower on
    paper."""
    one = tab.go("/").plots()
    tops, boxes = one.page.evaluate(AS_PRINTED)
    assert tops == 2, "four of the eight cards in a row"
    assert len(boxes) > 8
    assert all(room == drawn for room, drawn in boxes)
    assert not one.page.evaluate(
        "[...document.querySelectorAll('[style*=zoom], [style*=height]')].some(box => box.style.zoom)"
    )


@wide(1280)
@pytest.mark.parametrize("link", ["/", "/partner?partner=USA&lang=zh"])
def test_a_brief_is_one_sheet_with_nothing_cut_and_letters_of_seven_points(
    tab: Visit, elsewhere: Visit, link: str
) -> None:
    one = tab
    if "lang=zh" in link:  # the shared tab would stay in Chinese
        one = elsewhere.resize(1280)
        one.page.emulate_media(color_scheme="light")
    one.go(link).plots()
    one.page.evaluate(PRINT_NOTED)
    figures = one.page.locator("[data-testid=stMetricValue]").all_inner_texts()
    assert figures
    for times, sheet in enumerate(("A4", "Letter"), 1):
        one.page.keyboard.press("Control+p")
        one.page.wait_for_function(f"() => window.printed === {times}", timeout=60_000)
        assert one.page.locator("#brief section").count() == 4
        brief = one.page.locator("#brief").inner_text()
        assert not [figure for figure in figures if figure not in brief]
        assert not one.page.evaluate(ON_SHEET)
        printed = one.page.pdf(format=sheet, print_background=True)
        assert len(re.findall(rb"/Type /Page\b", printed)) == 1
    assert not one.page.locator("#brief").count(), "after printing the page is as it was"


@wide(1280)
def test_on_a_fresh_page_keys_scroll_it_and_walk_a_charts_points_which_are_read_out(tab: Visit) -> None:
    one = tab.open("/growth").plots()
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    one.page.wait_for_selector(".st-key-language button[lang=zh-CN]")  # the other language is spoken as such
    for key, there in (("PageDown", "> 300"), ("Home", "=== 0"), (" ", "> 300"), ("End", "> 3000")):
        one.page.keyboard.press(key)
        one.page.wait_for_function(f"() => {scrolled} {there}")
    one.page.wait_for_selector("#to_chart", state="attached")
    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.activeElement.id") == "to_chart", "the first stop of the page"
    one.page.keyboard.press("Enter")
    assert one.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert one.page.evaluate("document.activeElement.getAttribute('role')") == "application"
    one.page.keyboard.press("End")
    read = one.page.locator("#chart_reader")
    assert "2025" in read.inner_text()
    assert "26.99 trillion yuan" in read.inner_text()
    one.page.keyboard.press("ArrowLeft")
    assert "2024" in read.inner_text()
    assert "img" not in one.page.locator("#first_chart").aria_snapshot(), "labels of axes are not read one by one"


PARTED = """() => {
  dispatchEvent(new Event("beforeprint"));
  const parted = [...document.querySelectorAll("[data-testid=stMain] [data-testid=stHeading]")]
    .map(heading => [heading.innerText, heading.closest("[data-testid=stElementContainer]").nextElementSibling])
    .map(([words, next]) => {
      while (next && getComputedStyle(next).display === "none") next = next.nextElementSibling;
      return [words, next];
    })
    .filter(([, next]) => next && !next.getBoundingClientRect().height).map(([words]) => words);
  dispatchEvent(new Event("afterprint"));
  return parted;
}"""
"""Headings that are followed on paper by an empty box, after which a page may end."""


def test_on_paper_a_heading_is_followed_by_its_chart(tab: Visit) -> None:
    """The controls of months left an empty box: `Month by month` stood alone at the foot of a page."""
    one = tab.go("/partner?partner=DEU&lang=en").plots()
    assert "Month by month" in one.page.locator("[data-testid=stMain]").inner_text()
    assert not one.page.evaluate(PARTED)
