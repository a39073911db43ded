"""The one place where a mistake becomes a calm sentence on screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from trade.errors import NoRows, TradeError
from trade.ui.core.language import lang, plain


@contextmanager
def calm() -> Iterator[None]:
    """What fails inside is told in one sentence in its place; the rest of the page goes on.

    Only our own errors are caught: they are written for readers. Anything else is a fault of ours, which Streamlit logs
    in full and shows without a trace (`client.showErrorDetails`).
    """
    try:
        yield
    except NoRows as gap:
        st.info(plain(gap.told(lang())))
    except TradeError as error:
        st.error(plain(error.told(lang())))
