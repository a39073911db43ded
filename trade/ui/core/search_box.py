"""The search box of every page: it lists the results of `/api/search` while the user types, and opens the chosen one.

`/` focuses it. Enter chooses the entry in focus, else the best match. The server searches again in either case: so
Enter works before the list has loaded, and no URL made by the browser is trusted.
"""

from __future__ import annotations

import streamlit as st

from trade.errors import TradeError
from trade.panels.language import lang, say
from trade.panels.run_context import store
from trade.search import Entry, search
from trade.text.markdown import plain
from trade.ui.core import browser_components, filters

WIDTH = 300
SHOWN = 8
"""Entries of the list."""
_KEY, _TO, _NOTICE = "search_box", "search.to", "search.notice"
_LASTING_CHOICES = ("lang", "currency")
"""Choices that are kept when a result is opened."""


def draw() -> None:
    """Draw the box, and a notice if the last search found nothing."""
    if notice := st.session_state.pop(_NOTICE, ""):
        st.toast(plain(notice))
    words = {name: say(f"search.{name}") for name in ("label", "hint", "list", "nothing", "failed")}
    data = {"words": words, "lang": lang(), "most": SHOWN}
    browser_components.draw(_KEY, data, width=WIDTH, on_taken_change=_on_choice)


def _on_choice() -> None:
    """Callback: `text` is the text typed; `id` and `kind` name the entry chosen, if the list had one."""
    taken = st.session_state[_KEY].taken or {}
    text = str(taken.get("text", "")).strip()
    if not text:
        return
    try:
        entries = search(store(), text, lang())
    except TradeError as error:
        st.session_state[_NOTICE] = error.text(lang())
        return
    chosen = (str(taken.get("kind", "")), str(taken.get("id", "")))
    entry = next((each for each in entries if (each.kind, each.id) == chosen), entries[0] if entries else None)
    if entry is None:
        st.session_state[_NOTICE] = say("search.nothing", text=text)
    else:
        _open(entry)


def _open(entry: Entry) -> None:
    kept = {name: code for name, code in filters.chosen().items() if name in _LASTING_CHOICES}
    filters.replace(kept | dict(entry.choices))
    st.session_state[_TO] = entry.page


def page_to_open() -> str:
    """The page of the result just chosen, returned once; empty if there is none."""
    return str(st.session_state.pop(_TO, ""))
