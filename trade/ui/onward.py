"""Ways on: links to other pages that carry the reader's choices along."""

from __future__ import annotations

import streamlit as st

from trade.ui import scope
from trade.ui.language import plain


def link(page: str, words: str, **fields: str) -> None:
    """A link to another page with the choices in force, changed by `fields`."""
    chosen = {name: scope.value(name) for name in scope.FIELDS}
    st.page_link(f"pages/{page}.py", label=plain(words), query_params=scope.to_params(chosen | fields))
