"""Clicks on charts that lead to another page. Streamlit opens one only while it draws, so the next run goes there."""

from __future__ import annotations

import streamlit as st

from trade.panels.fields import Values
from trade.ui.core import filters

_LEADS_TO = "clicks.leads_to"
"""In the session: the page that a click leads to, and its choices."""


def go(page: str, **fields: str) -> None:
    """Open another page in the next run, with the choices in force changed by `fields`."""
    st.session_state[_LEADS_TO] = (page, filters.chosen_with(fields))


def pop_target() -> tuple[str, Values] | None:
    """Where a click led, once; None if none did."""
    leads_to: tuple[str, Values] | None = st.session_state.pop(_LEADS_TO, None)
    return leads_to
