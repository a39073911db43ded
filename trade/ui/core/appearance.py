"""The theme in force, and figures that follow it when the user changes it.

The browser puts a theme's colours into a figure when it is first drawn and not again. So a change of the theme reruns
the page (`browser_components.watch`), and the theme is part of each figure's identity: with another theme it is another
figure, drawn anew.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from trade.charts.figure import Figure
from trade.charts.serialized import Finished
from trade.text.markdown import prose
from trade.ui.core.language import small

Pick = Callable[[str], None]

OPENS = "_opens"
"""Ends the key of a figure in which a click does something: `page.js` gives no other a hand for a cursor."""
PLOTLY = {"displayModeBar": False, "scrollZoom": False, "topojsonURL": "app/static/topojson/"}

MAP = {"displayModeBar": True, "displaylogo": False, "modeBarButtons": [["zoomInGeo", "zoomOutGeo", "resetGeo"]]}
"""Maps have buttons to zoom: the wheel scrolls the page."""


def mode() -> str:
    """`light` or `dark`."""
    return st.context.theme.type or "light"


def draw(
    figure: Figure | Finished, *, key: str, alt: str, pick: Pick | None = None, cue: str = "", **config: object
) -> None:
    """Put a figure on the page, in the colours of the theme in force.

    `pick` is called with the code of what the user clicked: the `customdata` of that bar, dot or country; `cue` says
    what that does. A figure whose shape hangs on the width of the screen (a map) names its height as CSS in
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
    more: dict[str, Any] = {"on_select": partial(_picked, name, pick), "selection_mode": "points"} if pick else {}
    more["height"] = "stretch" if height else "content"
    config = (MAP if figure.zooms else {}) | config
    st.plotly_chart(figure, key=name, config=PLOTLY | config, alt=alt, **more)


def _picked(name: str, pick: Pick) -> None:
    """Hand the code of the clicked mark on; a click on what has none changes nothing."""
    points = st.session_state[name]["selection"]["points"]
    code = points[0].get("customdata") if points else None
    code = code[0] if isinstance(code, list) and code else code
    if isinstance(code, str):
        pick(code)
