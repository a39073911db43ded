"""The one place that turns an exception into a sentence on screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from trade.errors import NoRows, TradeError
from trade.panels.language import lang
from trade.text.markdown import plain


@contextmanager
def show_errors() -> Iterator[None]:
    """Show a TradeError raised inside as one sentence in its place, and go on with the page.

    Only our own errors are caught, since their texts are written for users. Any other exception is a bug: Streamlit
    logs it in full and shows it without a traceback (`client.showErrorDetails`).
    """
    try:
        yield
    except NoRows as gap:
        st.info(plain(gap.text(lang())))
    except TradeError as error:
        st.error(plain(error.text(lang())))
