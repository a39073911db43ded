"""Tabs of a page. Only the open section is drawn: the one in the URL, or the one with the chart in the URL."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from trade.panels.fields import FIELDS
from trade.ui.core import filters

_FIELD, _KEY = "section", "section_tabs"


def show_tabs(**charts: Collection[str]) -> str:
    """Draw the tabs and return the code of the open one. `charts` are the chart keys of every section but the first: a
    URL that names one of them opens its section."""
    field, code = FIELDS[_FIELD], filters.value(_FIELD)
    if code == field.default:
        code = next((section for section, keys in charts.items() if filters.value("chart") in keys), code)
    labels = [field.label(option) for option in field.options]
    st.session_state[_KEY] = field.label(code)
    st.tabs(labels, key=_KEY, on_change=_on_change)
    return code


def _on_change() -> None:
    """Callback: put the open tab into the URL, and drop the chart that the URL named."""
    field = FIELDS[_FIELD]
    for code in field.options:
        if field.label(code) == st.session_state[_KEY]:
            filters.choose(_FIELD, code)
            filters.choose("chart", "")
