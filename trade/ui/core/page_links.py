"""Links to other pages that keep the user's choices."""

from __future__ import annotations

import streamlit as st

from trade.text.markdown import plain
from trade.ui.core import filters, navigation


def link(page: str, words: str, **fields: str) -> None:
    """A link to another page with the choices in force, changed by `fields`."""
    st.page_link(navigation.page(page), label=plain(words), query_params=filters.chosen_with(fields))
