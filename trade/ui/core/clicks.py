"""Clicks on charts that open another page. Streamlit cannot switch pages in a callback, so the next run does it."""

from __future__ import annotations

import streamlit as st

from trade.panels.fields import Values
from trade.ui.core import filters

_LEADS_TO = "clicks.leads_to"
"""Key of the session: the page to open, and its choices."""


def go(page: str, **fields: str) -> None:
    """Open another page in the next run, with the choices in force changed by `fields`."""
    st.session_state[_LEADS_TO] = (page, filters.chosen_with(fields))


def pop_target() -> tuple[str, Values] | None:
    """The page and choices to open, returned once; None if there was no click."""
    leads_to: tuple[str, Values] | None = st.session_state.pop(_LEADS_TO, None)
    return leads_to
