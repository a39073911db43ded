"""One chart of a page alone, embedded in somebody's article; and which charts a page shows.

With Streamlit's `embed=true`, the URL parameter `chart` names the only chart shown; without it, the chart that the page
scrolls to. `present=1` opens a separate page (`trade.stories.slideshow`).
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
    """Whether menu and sidebar are hidden. Can be called before the page is known."""
    return bool(st.context.is_embedded and filters.pending_code("chart"))


def landing() -> str:
    """The chart that the page scrolls to when it is opened; empty for the top."""
    return "" if presenting() or alone() else filters.value("chart")


def leave() -> None:
    """Clear the fields of a presentation (`present`, its charts, `step`) and, except on the page of stories, a shipped
    story."""
    elsewhere = filters.page() != "stories" and not filters.value("story").startswith(MARK)
    charts = ["chart"] if presenting() else []
    for name in ("step", *charts, "present", *(["story"] if elsewhere else [])):
        if filters.value(name) not in ("", "0"):
            filters.choose(name, "0" if name == "present" else "")


def note(key: str) -> None:
    """Record that a chart of the page has been drawn."""
    run_context.current().charts.append(key)


def shown() -> list[str]:
    """The keys of the charts that this run has drawn, each once, in order."""
    return list(dict.fromkeys(run_context.current().charts))
