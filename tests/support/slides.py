"""Measure a slide of a presentation in the browser. docs/stories.md states the minimum shares."""

from __future__ import annotations

from playwright.sync_api import Page

SIZES = ((1280, 720), (3840, 2160), (1024, 768))
"""Screens in pixels: the smallest and the largest of 16 to 9, and one of 4 to 3.

A slide is laid out 538 pixels high and then enlarged, so screens of one shape have the same layout; letters alone are
rounded for the size at which they are seen.
"""
HEADLINE, LETTERS, PLOT = 0.05, 0.026, 0.4
"""Least shares of the screen's height: letters of the headline, letters of the chart, the chart itself."""

_MEASURE = """async ([number, headline, letters, plot]) => {
  go(number);
  await drawing;
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const scale = document.getElementById("slide").getBoundingClientRect().height / HEIGHT, faults = [];
  const high = innerHeight, room = document.getElementById("chart").getBoundingClientRect();
  const inside = (box, frame) => box.left >= frame.left - 1.5 * scale && box.right <= frame.right + 1.5 * scale
    && box.top >= frame.top - 1.5 * scale && box.bottom <= frame.bottom + 1.5 * scale;
  const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  for (const id of ["headline", "about", "chart", "source", "place"]) {
    const node = document.getElementById(id);
    if (node.textContent && !inside(node.getBoundingClientRect(), screen)) faults.push(`${id} is cut`);
    if (id !== "chart" && node.scrollWidth > node.clientWidth + 1) faults.push(`${id} is too wide`);
  }
  const problem = document.getElementById("problem");
  if (!problem.hidden) return [`no chart: ${problem.textContent}`];
  const size = node => parseFloat(getComputedStyle(node).fontSize) * scale / high;
  const least = Math.min(size(document.getElementById("headline")));
  if (least < headline - 1e-4) faults.push(`headline has ${least.toFixed(4)} of the height`);
  if (room.height / high < plot) faults.push(`the chart has ${(room.height / high).toFixed(2)} of the height`);
  const texts = [...document.querySelectorAll("#figure svg text")].filter(node => node.textContent.trim()
    && getComputedStyle(node).visibility !== "hidden" && !node.closest(".hoverlayer") && +getComputedStyle(node).opacity > 0);
  const boxes = texts.map(node => node.getBoundingClientRect());
  texts.forEach((node, place) => {
    const box = boxes[place], text = node.textContent.slice(0, 40);
    if (!box.width) return;
    if (!inside(box, room)) faults.push(`“${text}” is cut`);
    const shrunk = node.getCTM() ? Math.hypot(node.getCTM().a, node.getCTM().b) : 1;
    if (size(node) * shrunk < letters - 1e-4) faults.push(`“${text}” has ${(size(node) * shrunk).toFixed(4)} of the height`);
    if (node.closest(".ytick, .xtick, .annotation, .scattergeo")) {
      for (let other = 0; other < place; other += 1) {
        if (!texts[other].closest(".ytick, .xtick, .annotation, .scattergeo")) continue;
        const across = Math.min(box.right, boxes[other].right) - Math.max(box.left, boxes[other].left);
        const down = Math.min(box.bottom, boxes[other].bottom) - Math.max(box.top, boxes[other].top);
        if (across > 2 * scale && down > 5 * scale) faults.push(`“${text}” and “${texts[other].textContent.slice(0, 40)}” overlap`);
      }
    }
  });
  return faults;
}"""


def count(page: Page) -> int:
    """How many slides the presentation has, once all of their charts have come."""
    page.wait_for_function(
        "() => typeof loaded === 'object' && loaded.size === steps.length && window.PlotlyGeoAssets", timeout=180_000
    )
    return int(page.evaluate("() => steps.length"))


def faults(page: Page, number: int) -> list[str]:
    """What is cut, too small or drawn over something else on a slide (counted from 0)."""
    return list(page.evaluate(_MEASURE, [number, HEADLINE, LETTERS, PLOT]))
