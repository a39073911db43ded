"""The search box for a partner, which takes its code or its name in either language."""

from __future__ import annotations

import streamlit as st

from trade.panels import partner_names
from trade.panels.language import say
from trade.text.markdown import plain
from trade.ui.core import filters

_KEY = "scope_partner"


def draw() -> str:
    """The search box, and the code of the partner in focus; where there is none, a warning says why, and it is empty.

    A partner named in words is chosen by its code from then on: links are made of codes.
    """
    names, labels = partner_names.known(), partner_names.labels()
    text = filters.value("partner") or partner_names.FIRST
    code = partner_names.resolve(text, names)
    if code and filters.value("partner"):
        filters.choose("partner", code)
    st.session_state[_KEY] = code or None
    st.selectbox(
        say("partner.search"),
        list(names),
        key=_KEY,
        index=None,
        placeholder=say("partner.hint"),
        format_func=lambda code: labels.get(code, code),
        accept_new_options=True,
        on_change=_changed,
    )
    if not code:
        _offer_others(text)
    return code


def _changed() -> None:
    """The search box was used; emptied, it goes back to the first partner."""
    filters.choose("partner", str(st.session_state[_KEY] or ""))


def _offer_others(text: str) -> None:
    """Say why there is no sheet, and offer partners that have one."""
    reason, labels = partner_names.unlisted(text), partner_names.labels()
    st.warning(plain(reason.sentence))
    with st.container(horizontal=True):
        for code in reason.near:
            st.button(plain(labels[code]), key=f"near_{code}", on_click=filters.choose, args=("partner", code))
