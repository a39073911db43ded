"""The one place where a mistake becomes a sentence on screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from trade.errors import NoRows, TradeError
from trade.panels.language import lang
from trade.text.markdown import plain


@contextmanager
def show_errors() -> Iterator[None]:
    """Show what fails inside as one sentence in its place; the rest of the page goes on.

    Only our own errors are caught: they are written for users. Anything else is a fault of ours, which Streamlit logs
    in full and shows without a trace (`client.showErrorDetails`).
    """
    try:
        yield
    except NoRows as gap:
        st.info(plain(gap.text(lang())))
    except TradeError as error:
        st.error(plain(error.text(lang())))
