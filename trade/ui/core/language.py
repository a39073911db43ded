"""The language of the person at the browser.

The language is a field of the URL like all others (`?lang=zh`), kept over pages. A first visit without parameters uses
the browser's language; a link that names no language is in English, so that it shows the same to everybody.
"""

from __future__ import annotations

import streamlit as st

from trade.text.catalog import LANGUAGES

_LANG = "language.code"


def of_session() -> str:
    """The language that this session was last shown in."""
    return str(st.session_state.get(_LANG, LANGUAGES[0]))


def remember(code: str) -> str:
    """Keep the language for the session and return it; an unknown code gives the first language."""
    st.session_state[_LANG] = code if code in LANGUAGES else LANGUAGES[0]
    return of_session()


def of_browser() -> str:
    """The browser's preferred language if we have it and it is not the default one; else empty."""
    preferred = (st.context.locale or "").replace("_", "-").partition("-")[0].lower()
    return preferred if preferred in LANGUAGES[1:] else ""
