"""The theme in force, and figures that follow it when the user changes it.

The browser applies a theme's colours only when a figure is first drawn. So a change of the theme reruns the page
(`browser_components.watch`), and the theme is part of each figure's key: with another theme the figure is drawn anew.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from trade.charts.figure import Figure
from trade.charts.serialized import Finished
from trade.text.markdown import prose
from trade.ui.core.text_blocks import small

Pick = Callable[[str], None]

OPENS = "_opens"
"""Suffix of the key of a clickable figure, for which `page.js` shows a hand cursor."""
PLOTLY = {"displayModeBar": False, "scrollZoom": False, "topojsonURL": "app/static/topojson/"}

MAP = {"displayModeBar": True, "displaylogo": False, "modeBarButtons": [["zoomInGeo", "zoomOutGeo", "resetGeo"]]}
"""Options of maps: buttons to zoom, since the wheel scrolls the page."""


def mode() -> str:
    """`light` or `dark`."""
    return st.context.theme.type or "light"


def draw(
    figure: Figure | Finished, *, key: str, alt: str, pick: Pick | None = None, cue: str = "", **config: object
) -> None:
    """Put a figure on the page, in the colours of the theme in force.

    `pick` is called with the code of what the user clicked: the `customdata` of that bar, dot or country; `cue` tells
    the user what a click does. A figure whose height depends on the screen's width (a map) has its CSS height in
    `layout.meta`.
    """
    if pick and cue:
        with st.container(key=f"cue_{key}"):
            small(prose(cue))
    if isinstance(figure, Figure):
        figure = Finished(figure)
    name, height = f"figure_{key}_{mode()}{OPENS if pick else ''}", figure.css_height
    if height:
        st.html(f"<style>.st-key-{name}, .st-key-{name} > div {{height: {height}}}</style>")
    more: dict[str, Any] = {"on_select": partial(_on_select, name, pick), "selection_mode": "points"} if pick else {}
    more["height"] = "stretch" if height else "content"
    config = (MAP if figure.zooms else {}) | config
    st.plotly_chart(figure, key=name, config=PLOTLY | config, alt=alt, **more)


def _on_select(name: str, pick: Pick) -> None:
    """Callback: pass the code of the clicked mark to `pick`; marks without a code are ignored."""
    points = st.session_state[name]["selection"]["points"]
    code = points[0].get("customdata") if points else None
    code = code[0] if isinstance(code, list) and code else code
    if isinstance(code, str):
        pick(code)
