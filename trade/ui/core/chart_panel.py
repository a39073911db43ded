"""A panel on a page: headline, subtitle, figure, source and notes; behind it stand the table and the downloads."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from trade.panels import describe
from trade.panels.panel import Content, Panel
from trade.text.markdown import prose, unmarked
from trade.ui.core import appearance, chart_details, filters, single_chart
from trade.ui.core.errors import show_errors
from trade.ui.core.language import small

Pick = Callable[[str], None]


def show_panel(panel: Panel, *, pick: Pick | None = None) -> Content | None:
    """Draw a panel for the choices in force and return what it shows; None where a sentence says why it is not drawn.

    `pick` is called with the code of the bar, dot or country that the user clicked: it sets a field which also has a
    control.
    """
    content = None
    with show_errors():
        content = panel.content(filters.choices())
        single_chart.note(panel.key)
        with st.container(key=f"chart_{panel.key}", gap="small"):
            show_content(panel.key, content, pick=pick)
    return content


def show_content(key: str, content: Content, *, pick: Pick | None = None) -> None:
    """Draw a chart with all around it. `key` is unique on the page."""
    message, about = content.message, content.subtitle
    st.subheader(prose(message.headline), anchor=False)
    small(prose(about))
    appearance.draw(content.serialized(), key=key, alt=message.takeaway, pick=pick)
    source = describe.footer(content.result, content.notes)
    small(source)
    around = chart_details.Around(key, message.headline, about, unmarked(source), message.takeaway, content.chosen)
    chart_details.offer(content.result, around)
