"""Single-chart mode: one chart of a page alone, presented on a screen or embedded in somebody's article.

The URL says both: `present=1` presents, Streamlit's own `embed=true` embeds, `chart` names the chart of the page. With
neither, `chart` names the one that the page is opened at.
"""

from __future__ import annotations

import streamlit as st

from trade.ui.core import filters


def presenting() -> bool:
    """Whether the page is presented."""
    return filters.value("present") == "1"


def alone() -> bool:
    """Whether one chart is shown without its page."""
    return bool(filters.value("chart")) and (presenting() or bool(st.context.is_embedded))


def bare() -> bool:
    """Whether menu and sidebar are left out. Asked before the page is known."""
    return filters.coming("present") == "1" or bool(st.context.is_embedded and filters.coming("chart"))


def landing() -> str:
    """The chart that comes into view when the page is opened; empty if it opens at its top."""
    return "" if presenting() or alone() else filters.value("chart")


def leave() -> None:
    """Clear what named a step: the step, and the story but where stories are made."""
    for name in ("step",) if filters.page() == "stories" else ("step", "story"):
        if filters.value(name):
            filters.choose(name, "")
