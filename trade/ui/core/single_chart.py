"""The stage: one chart of a page alone, presented on a wall or embedded in somebody's article.

The URL says both: `present=1` presents, Streamlit's own `embed=true` embeds, `chart` names the chart of the page.
A page knows nothing of it. It runs as ever; `frame.show` passes over the charts that were not asked for, and where the
one is drawn that was, the page ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from trade.charts.theme import Figure
from trade.measures import Result
from trade.panels.messages.common import Message
from trade.ui.core import filters

_DRAWN = "stage.drawn"


@dataclass(frozen=True)
class Drawn:
    """One chart with all around it. `about` is the line under the headline, `notes` end that of its sources."""

    key: str
    result: Result
    figure: Figure
    message: Message
    about: str
    notes: tuple[str, ...]


class Found(Exception):
    """The chart asked for is there; the rest of the page need not run."""


def presenting() -> bool:
    """Whether the page is presented."""
    return filters.value("present") == "1"


def alone() -> bool:
    """Whether one chart is shown without its page."""
    return bool(filters.value("chart")) and (presenting() or bool(st.context.is_embedded))


def bare() -> bool:
    """Whether menu and sidebar are left out. Asked before the page is known."""
    return filters.coming("present") == "1" or bool(st.context.is_embedded and filters.coming("chart"))


def skips(key: str) -> bool:
    """Whether the chart is not the one asked for, and need not be made."""
    return alone() and key != filters.value("chart")


def put(drawn: Drawn) -> None:
    """Keep the chart for the stage and end the page.

    Raises:
        Found: always.
    """
    st.session_state[_DRAWN] = drawn
    raise Found


def clear() -> None:
    """Nothing is on the stage."""
    st.session_state.pop(_DRAWN, None)


def drawn() -> Drawn | None:
    """What `put` kept in this run."""
    return st.session_state.get(_DRAWN)


def go_dark() -> None:
    """A page with its frame: what named one chart, a step, or (but where stories are kept) a story no longer holds."""
    for name in ("chart", "step") if filters.page() == "stories" else ("chart", "step", "story"):
        if filters.value(name):
            filters.choose(name, "")
