"""Tabs of a page: one section is drawn at a time, the one that the link names or that holds the chart it names."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from trade.panels.fields import FIELDS
from trade.ui.core import filters

_FIELD, _KEY = "section", "section_tabs"


def show_tabs(**charts: Collection[str]) -> str:
    """Draw the tabs and return the code of the open one. `charts` are the keys of the charts in sections but the first:
    a link that names one of them opens its section."""
    field, code = FIELDS[_FIELD], filters.value(_FIELD)
    if code == field.default:
        code = next((section for section, keys in charts.items() if filters.value("chart") in keys), code)
    labels = [field.label(option) for option in field.options]
    st.session_state[_KEY] = field.label(code)
    st.tabs(labels, key=_KEY, on_change=_taken)
    return code


def _taken() -> None:
    """A tab was pressed: it is in the link, and the chart that the link named is no longer what is looked for."""
    field = FIELDS[_FIELD]
    for code in field.options:
        if field.label(code) == st.session_state[_KEY]:
            filters.choose(_FIELD, code)
            filters.choose("chart", "")
