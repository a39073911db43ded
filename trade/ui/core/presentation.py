"""Open a presentation, which is a page of its own; draw one chart alone to be embedded in an article."""

from __future__ import annotations

from typing import Any

import streamlit as st

from trade.errors import TradeError
from trade.panels import chart_captions
from trade.panels.language import lang, say
from trade.panels.panel import Content
from trade.panels.registry import panels
from trade.stories import story as stories
from trade.text.markdown import plain, prose
from trade.ui.core import appearance, filters, single_chart, view_links
from trade.ui.core.text_blocks import small

_OPENED = "presentation.opened"
"""Key of the session: the number of presentations opened, so that the same one can be opened again."""
_EMBEDDED = """<style>
.stMainBlockContainer { padding: 0.5rem; }
.stMainBlockContainer > div, .stMainBlockContainer > div > div > [data-testid=stVerticalBlock] { gap: 0; }
</style>"""
_OPEN = """
export default function ({ data }) {
  const [address, opened] = [new URL(data.path, document.baseURI), `${performance.timeOrigin} ${data.number}`];
  if (window.presentationOpened === opened) return;
  window.presentationOpened = opened;
  try { sessionStorage.setItem("slideshow.theme", data.theme); } catch { /* the presentation follows the system */ }
  location[data.replace ? "replace" : "assign"](address);
}
"""
"""A script that opens the presentation once per request."""


def run(page: Any) -> None:
    """Draw the page and open the presentation if one was requested; or draw a single chart for embedding.

    Raises:
        TradeError: the link's story is not well written.
    """
    if single_chart.alone():
        st.html(_EMBEDDED)
        _embed()
        return
    presenting, values = single_chart.presenting(), _requested_presentation()
    single_chart.leave()
    if values:
        _open(values)
    page.run()
    if presenting and not values and single_chart.shown():
        _open({**view_links.current_choices(), "chart": ",".join(single_chart.shown())})


def way_in() -> None:
    """Draw the button that presents the charts of the page."""
    st.button(say("present.this_page"), key="present_page", type="tertiary", on_click=_present_page)


def _present_page() -> None:
    filters.choose("chart", "")
    filters.choose("present", "1")


def _requested_presentation() -> dict[str, str]:
    """The fields of the presentation requested. Empty if there is none, or if the page must be drawn first to know its
    charts.

    Raises:
        TradeError: the story is not there or not well written.
    """
    if not single_chart.presenting():
        return {}
    chart, story, step = (filters.value(name) for name in ("chart", "story", "step"))
    if view_links.here() == "stories":
        story = story or (view_links.MINE if view_links.mine() else stories.shipped()[0])
    if story == view_links.MINE:
        story = filters.value("mine")
    if story and (not chart or step):
        view_links.story(story)
        return {"story": story, "step": step or "1"}
    return {**view_links.current_choices(), "chart": chart} if chart else {}


def _open(values: dict[str, str]) -> None:
    """Open a presentation in the browser. A URL with `present=1` is replaced in the history: Back must not open it
    again."""
    st.session_state[_OPENED] = number = st.session_state.get(_OPENED, 0) + 1
    path = view_links.address(view_links.here(), {**values, "present": "1"})
    data = {
        "path": path,
        "number": number,
        "theme": appearance.mode(),
        "replace": st.query_params.get("present") == "1",
    }
    st.components.v2.component("open_presentation", js=_OPEN)(key="open_presentation", data=data)


def _requested_chart() -> tuple[Content | None, str]:
    """The chart that the link names, or the sentence that says why there is none."""
    page, key = view_links.here(), filters.value("chart")
    panel = panels().get(f"{page}/{key}")
    if panel is None:
        return None, say("present.nothing", chart=key, page=page)
    try:
        return panel.content(filters.choices()), ""
    except TradeError as error:
        return None, error.text(lang())


def _embed() -> None:
    content, problem = _requested_chart()
    with st.container(key="embedded", gap="small"):
        if content is None:
            st.info(plain(problem))
        else:
            st.subheader(prose(content.message.headline), anchor=False)
            small(prose(content.subtitle))
            appearance.draw(content.figure(), key=filters.value("chart"), alt=content.message.takeaway)
            small(chart_captions.sourced(content.result.sources, chart_captions.remarks(content.result, content.notes)))
        small(f"[{say('present.whole')}]({view_links.address(view_links.here(), view_links.current_choices())})")
