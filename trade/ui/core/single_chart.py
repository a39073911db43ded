"""One chart of a page alone, embedded in somebody's article; and which charts a page shows.

The URL says so: Streamlit's own `embed=true` embeds, `chart` names the chart of the page; without it, `chart` names the
one that the page is opened at. What `present=1` asks for is a page of its own (`trade.stories.slideshow`).
"""

from __future__ import annotations

import streamlit as st

from trade.panels import run_context
from trade.stories.story import MARK
from trade.ui.core import filters


def presenting() -> bool:
    """Whether the user asked for a presentation in this run."""
    return filters.value("present") == "1"


def alone() -> bool:
    """Whether one chart is shown without its page."""
    return bool(filters.value("chart")) and bool(st.context.is_embedded)


def bare() -> bool:
    """Whether menu and sidebar are left out. Asked before the page is known."""
    return bool(st.context.is_embedded and filters.pending_code("chart"))


def landing() -> str:
    """The chart that comes into view when the page is opened; empty if it opens at its top."""
    return "" if presenting() or alone() else filters.value("chart")


def leave() -> None:
    """Clear what named a presentation with its charts and step, and a shipped story but where stories are made."""
    elsewhere = filters.page() != "stories" and not filters.value("story").startswith(MARK)
    charts = ["chart"] if presenting() else []
    for name in ("step", *charts, "present", *(["story"] if elsewhere else [])):
        if filters.value(name) not in ("", "0"):
            filters.choose(name, "0" if name == "present" else "")


def note(key: str) -> None:
    """A chart of the page has been drawn."""
    run_context.current().charts.append(key)


def shown() -> list[str]:
    """The keys of the charts that this run has drawn, each once, in order."""
    return list(dict.fromkeys(run_context.current().charts))
