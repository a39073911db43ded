"""Tables as every page shows them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from trade.text import formats


def show_table(rows: Any, alt: str, **options: Any) -> None:
    """Draw a table without the index, with a dash for missing values and `alt` as its description for screen readers.

    Args:
        rows: a frame, a styled frame or an Arrow table. options: as for `st.dataframe`.
    """
    st.dataframe(rows, hide_index=True, alt=alt, placeholder=formats.DASH, **options)
