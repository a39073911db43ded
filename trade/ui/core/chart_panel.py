"""A panel on a page: headline, subtitle, figure, source and notes, with table, downloads and details on demand."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from trade.measures import Result
from trade.panels import chart_captions
from trade.panels.panel import Content, Panel
from trade.text.markdown import prose, unmarked
from trade.ui.core import appearance, chart_actions, chart_details, filters, single_chart
from trade.ui.core.errors import show_errors
from trade.ui.core.text_blocks import small

SIDE = 620
"""Least width of charts that are side by side, in pixels."""
Pick = Callable[[str], None]
Table = Callable[[Result, str], None]
"""A function that draws rows as a table with a given name."""


def show_panel(
    panel: Panel,
    *,
    pick: Pick | None = None,
    cue: str = "",
    on_map: Panel | None = None,
    table: Table | None = None,
) -> Content | None:
    """Draw a panel for the choices in force and return its content; None if a message was shown instead.

    `pick` is called with the code of the bar, dot or country that the user clicked: it sets a field which also has a
    control, and `cue` says what a click does. `on_map` is the panel that shows the same rows on a map; `table` draws
    the rows in another way than all tables.
    """
    content = None
    with show_errors():
        shown = on_map if on_map and _opened(panel.key, on_map) == "map" else panel
        content = shown.content(filters.choices())
        single_chart.note(shown.key)
        with st.container(key=f"chart_{shown.key}", gap="small"):
            show_content(panel.key, content, panel=shown, pick=pick, cue=cue, on_map=on_map, table=table)
    return content


def side_by_side(*drawn: Panel) -> None:
    """Draw panels that belong together: side by side on wide screens, else one below the other."""
    grid = st.grid(2, min_column_width=SIDE, gap="medium")
    for panel in drawn:
        with grid.container():
            show_panel(panel)


def _opened(key: str, on_map: Panel | None) -> str:
    """The view of the chart in force; a link that names its map shows the map."""
    opened = filters.choices().opened(key)
    return "map" if on_map and opened == "chart" and filters.value("chart") == on_map.key else opened


def show_content(
    key: str,
    content: Content,
    *,
    panel: Panel | None = None,
    pick: Pick | None = None,
    cue: str = "",
    on_map: Panel | None = None,
    table: Table | None = None,
) -> None:
    """Draw a chart with its texts and buttons. `key` is unique on the page; without a `panel` it has no URL of its
    own."""
    message, about = content.message, content.subtitle
    source = chart_captions.footer(content.result, content.notes)
    st.subheader(prose(message.headline), anchor=False)
    small(prose(about))
    around = chart_details.FigureTexts(
        key, message.headline, about, unmarked(source), message.takeaway, content.chosen, panel.key if panel else ""
    )
    opened = _opened(key, on_map)
    chart_actions.draw(around, panel, shown=("chart", "map", "table") if on_map else ("chart", "table"), opened=opened)
    if opened == "table":
        chart_details.as_table(content.result, around, table)
    else:
        appearance.draw(content.serialized(), key=key, alt=message.takeaway, pick=pick, cue=cue)
    small(source)
    chart_details.below(opened, content.result, around, content.serialized().height)
