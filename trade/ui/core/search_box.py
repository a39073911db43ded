"""The search box of every page: it lists what `/api/search` finds while one types, and leads to what is taken.

`/` puts the cursor into it. Enter takes the entry in focus, else the best match. The server looks both up again: Enter
works before the list has come, and no address of the browser's making is followed.
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
_KEPT = ("lang", "currency")
"""Choices that go along to what was searched for."""


def draw() -> None:
    """The box, and a notice where the last words named nothing."""
    if notice := st.session_state.pop(_NOTICE, ""):
        st.toast(plain(notice))
    words = {name: say(f"search.{name}") for name in ("label", "hint", "list", "nothing", "failed")}
    data = {"words": words, "lang": lang(), "most": SHOWN}
    browser_components.draw(_KEY, data, width=WIDTH, on_taken_change=_taken)


def _taken() -> None:
    """Something was taken: `text` are the words typed, `id` and `kind` the entry taken, if the list had one."""
    taken = st.session_state[_KEY].taken or {}
    text = str(taken.get("text", "")).strip()
    if not text:
        return
    try:
        entries = search(store(), text, lang())
    except TradeError as error:
        st.session_state[_NOTICE] = error.text(lang())
        return
    named = (str(taken.get("kind", "")), str(taken.get("id", "")))
    entry = next((each for each in entries if (each.kind, each.id) == named), entries[0] if entries else None)
    if entry is None:
        st.session_state[_NOTICE] = say("search.nothing", text=text)
    else:
        _open(entry)


def _open(entry: Entry) -> None:
    kept = {name: code for name, code in filters.chosen().items() if name in _KEPT}
    filters.replace(kept | dict(entry.choices))
    st.session_state[_TO] = entry.page


def page_to_open() -> str:
    """The page of what was just taken, once; empty if nothing was."""
    return str(st.session_state.pop(_TO, ""))
