"""The first visit on a machine: the store is built, with progress on screen."""

from __future__ import annotations

import threading

import streamlit as st

from trade import formats
from trade.errors import StoreMissing
from trade.store import build_store, open_store
from trade.ui.language import lang, plain, say


def build() -> None:
    """Build the store. A second reader who comes meanwhile waits for the first one's.

    Raises:
        TradeError: the facts are wrong or the folder cannot be written.
    """
    with st.status(say("build.title"), expanded=True) as status:
        bar = st.progress(0.0, say("build.waiting"))

        def told(step: str, done: float) -> None:
            bar.progress(min(max(done, 0.0), 1.0), plain(step))

        with _one_at_a_time():
            try:
                open_store()
            except StoreMissing:
                report = build_store(progress=told)
                done = say("build.done", seconds=formats.number(report.seconds, 0, lang()))
                status.update(label=done, state="complete", expanded=False)


@st.cache_resource(show_spinner=False)
def _one_at_a_time() -> threading.Lock:
    return threading.Lock()
