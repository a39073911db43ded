"""The first visit to a server: the store is built if there is none, or if it was built from other facts or rules."""

from __future__ import annotations

import threading

import streamlit as st

from trade import settings
from trade.errors import StoreDamaged, StoreMissing, TradeError
from trade.ingest import audit
from trade.panels.language import lang, say
from trade.store import build_store, expected_version, open_store
from trade.text import formats
from trade.text.markdown import plain


def ensure() -> None:
    """There is a store to read when this returns. Once per process it is also brought up to date; if that fails, the
    former store serves and a sentence says why. Where data are not changed from the page (`TRADE_CHANGES=off`) a store
    in service stays: of several servers on one folder, an older one that starts again must not put its own facts back.

    Raises:
        TradeError: there is no store to serve, and the facts are wrong or the folder cannot be written.
    """
    try:
        open_store()
    except (StoreMissing, StoreDamaged):
        build()
    memory = _memory()
    if "problem" not in memory:
        memory["problem"] = "" if settings.changes() == "off" else _bring_up_to_date()
    if memory["problem"]:
        st.warning(plain(memory["problem"]))


def _bring_up_to_date() -> str:
    """Empty, or the sentence that says why the former store still serves."""
    try:
        if not _is_current():
            build()
    except TradeError as error:
        return say("build.former", reason=error.text(lang()))
    return ""


def _is_current() -> bool:
    try:
        return open_store().version == expected_version()
    except (StoreMissing, StoreDamaged):
        return False


def build() -> None:
    """Build the store. A second reader who comes meanwhile waits for the first one's.

    Raises:
        TradeError: the facts are wrong or the folder cannot be written.
    """
    place = st.empty()
    with place.status(say("build.title"), expanded=True):
        bar = st.progress(0.0, say("build.waiting"))

        def told(step: str, done: float) -> None:
            bar.progress(min(max(done, 0.0), 1.0), plain(step))

        with _one_at_a_time():
            if not _is_current():
                with audit.change("build", source="first visit", who="dashboard"):
                    report = build_store(progress=told)
                st.toast(say("build.done", seconds=formats.number(report.seconds, 0, lang())))
    place.empty()


@st.cache_resource(show_spinner=False)
def _one_at_a_time() -> threading.Lock:
    return threading.Lock()


@st.cache_resource(show_spinner=False)
def _memory() -> dict[str, str]:
    return {}
