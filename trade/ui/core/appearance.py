"""The theme in force, and figures that follow it when the reader changes it.

The browser puts a theme's colours into a figure when it is first drawn and not again. So a change of the theme reruns
the page, and the theme is part of each figure's identity: with another theme it is another figure, drawn anew.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from trade.charts.serialized import Finished, css_height
from trade.charts.theme import Figure

Pick = Callable[[str], None]

_WATCH = """
export default function ({ parentElement, data, setTriggerValue }) {
  document.documentElement.lang = data;
  const host = parentElement.host ?? parentElement;
  const shade = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  if (window.shadeOfDashboard && window.shadeOfDashboard !== shade) setTriggerValue("changed", shade);
  window.shadeOfDashboard = shade;
  const back = () => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem("slideshow.place"));
      sessionStorage.removeItem("slideshow.place");
    } catch { /* nothing is stored: the page opens at its top */ }
    if (!place || Date.now() - place.at > 60000) return;
    const ends = Date.now() + 15000;
    const look = () => {
      const found = document.querySelector(place.mark);
      if (found) found.scrollIntoView({ block: "center" });
      if (Date.now() < ends && !(found && document.querySelector("[data-testid=stStatusWidget]") === null)) {
        setTimeout(look, 200);
      }
    };
    look();
  };
  back();
  addEventListener("pageshow", back);
  return () => removeEventListener("pageshow", back);
}
"""
"""Streamlit runs this again whenever the theme changes; it has nothing to show. Who comes back from a presentation is
led to the chart or step that was shown last."""

PLOTLY = {"displayModeBar": False, "scrollZoom": False, "topojsonURL": "app/static/topojson/"}


def watch(language_tag: str) -> None:
    """Rerun the page when the reader turns to another theme, and tell the browser which language the page is in, for
    screen readers and for the shapes of Chinese characters. Once per run, outside the page."""
    st.components.v2.component("theme_watch", js=_WATCH)(
        key="theme_watch", data=language_tag, on_changed_change=lambda: None
    )


def mode() -> str:
    """`light` or `dark`."""
    return st.context.theme.type or "light"


def draw(figure: Figure | Finished, *, key: str, alt: str, pick: Pick | None = None, **config: object) -> None:
    """Put a figure on the page, in the colours of the theme in force.

    `pick` is called with the code of what the reader clicked: the `customdata` of that bar, dot or country. A figure
    whose shape hangs on the width of the screen (a map) names its height as CSS in `layout.meta`.
    """
    name, height = f"figure_{key}_{mode()}", css_height(figure)
    if height:
        st.html(f"<style>.st-key-{name}, .st-key-{name} > div {{height: {height}}}</style>")
    more: dict[str, Any] = {"on_select": partial(_picked, name, pick), "selection_mode": "points"} if pick else {}
    more["height"] = "stretch" if height else "content"
    st.plotly_chart(figure, key=name, config=PLOTLY | config, alt=alt, **more)


def _picked(name: str, pick: Pick) -> None:
    """Hand the code of the clicked mark on; a click on what has none changes nothing."""
    points = st.session_state[name]["selection"]["points"]
    code = points[0].get("customdata") if points else None
    code = code[0] if isinstance(code, list) and code else code
    if isinstance(code, str):
        pick(code)
