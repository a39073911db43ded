"""Find texts that overlap, are cut, or leave their frame in a browser. The page must have finished drawing."""

from __future__ import annotations

from playwright.sync_api import Page

_MEASURE = """() => {
  const faults = [], shown = part => part.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const short = part => `“${part.textContent.trim().slice(0, 40)}”`;
  const meet = (one, other, across, down) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > across
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > down;
  const plots = [...document.querySelectorAll('.js-plotly-plot')].map(plot => [plot, plot.getBoundingClientRect()]);
  for (const [plot, frame] of plots) {
    const chart = plot.closest('[class*=st-key-chart_]')?.className.match(/st-key-chart_(\\w+)/)?.[1] ?? 'card';
    const texts = [...plot.querySelectorAll('svg text')]
      .filter(text => text.textContent.trim() && !text.closest('.hoverlayer') && shown(text))
      .map(text => [text, text.getBoundingClientRect()]).filter(([, box]) => box.width);
    texts.forEach(([text, box], place) => {
      if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
        faults.push(`${chart}: ${short(text)} leaves its frame`);
      for (const [former, other] of texts.slice(0, place))
        if (meet(box, other, 2, 4)) faults.push(`${chart}: ${short(former)} and ${short(text)} overlap`);
    });
  }
  const scrolls = part => part !== main && (  // a strip that is pushed aside by a finger, as the examples on phones
    part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX === 'auto' || scrolls(part.parentElement));
  const lines = [], main = document.querySelector('[data-testid=stMain]');
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const part = node.parentElement;
    if (!node.textContent.trim() || part.closest('.js-plotly-plot, style, script, .katex, [data-testid=stDataFrame]') || !shown(part)) continue;
    const range = document.createRange(), box = part.getBoundingClientRect();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) if (line.width > 1 && line.height > 1) lines.push([part, line]);
    if (box.width > 1 && part.scrollWidth > part.clientWidth + 1 && part.clientWidth && getComputedStyle(part).overflowX !== 'visible')
      faults.push(`${short(part)} is cut`);
  }
  lines.forEach(([part, line], place) => {
    if ((line.right > innerWidth + 2 || line.left < -2) && !scrolls(part)) faults.push(`${short(part)} leaves the screen`);
    if (plots.some(([, frame]) => meet(line, frame, 3, 6))) faults.push(`${short(part)} stands on a chart`);
    for (const [former, other] of lines.slice(0, place))
      if (former !== part && meet(line, other, 3, 4)) faults.push(`${short(former)} and ${short(part)} overlap`);
  });
  return [...new Set(faults)];
}"""
"""Texts of a chart against each other and its frame; lines of the page against each other, charts and the screen.
Formulas are left out, since their signs may touch."""


def faults(page: Page) -> list[str]:
    """What overlaps or is cut once charts fit their room, each as a sentence with the words; empty if nothing is."""
    for _ in range(10):
        found = list(page.evaluate(_MEASURE))
        if not found:
            break
        page.wait_for_timeout(500)  # a chart that has just been given another width is drawn twice
    return found
