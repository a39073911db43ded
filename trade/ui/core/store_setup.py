"""The store of a server: built at the start or on a visit if there is none, or if facts or schema version have
changed."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field

import streamlit as st

from trade import settings
from trade.errors import Message, StoreDamaged, StoreMissing, TradeError
from trade.ingest import audit_log
from trade.panels.language import lang, say
from trade.progress import ProgressCallback, no_progress
from trade.store import BuildReport, build_store, expected_version, open_store
from trade.text import formats
from trade.text.markdown import plain

PAUSE = 0.2
"""Seconds between two looks at the progress of a running build."""


def ensure() -> None:
    """Make sure that there is a store, building one if necessary. Once per process an outdated store is rebuilt too; if
    that fails, the old one stays in use and a warning says why. With `TRADE_CHANGES=off` an existing store is never
    rebuilt: if several servers share a folder, an older version that restarts must not publish its own facts.

    Raises:
        TradeError: there is no store to serve, and the facts are wrong or the folder cannot be written.
    """
    try:
        open_store()
    except (StoreMissing, StoreDamaged):
        _show_build()
    memory = _memory()
    if "problem" not in memory:
        memory["problem"] = "" if settings.changes() == "off" else _bring_up_to_date()
    if memory["problem"]:
        st.warning(plain(memory["problem"]))


def _bring_up_to_date() -> str:
    """Rebuild an outdated store. Returns the sentence why that failed, or an empty text."""
    try:
        if not _is_current():
            _show_build()
    except TradeError as error:
        return say("build.former", reason=error.text(lang()))
    return ""


def _is_current() -> bool:
    try:
        return open_store().version == expected_version()
    except (StoreMissing, StoreDamaged):
        return False


def build_ahead() -> None:
    """Build the store at the server's start if there is none, so that the first user waits less.

    Errors are ignored here: the first visit tries again and shows them.
    """
    try:
        open_store()
    except (StoreMissing, StoreDamaged):
        with _RUNNING.lock, suppress(TradeError):
            _build(no_progress)


@dataclass
class _Running:
    """The lock and the progress of this process's only build, for all sessions that wait for it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    step: Message | None = None
    done: float = 0.0


_RUNNING = _Running()


def _show_build() -> None:
    """Build the store, or wait while another thread builds it, and show the progress.

    Raises:
        TradeError: the facts are wrong or the folder cannot be written.
    """
    place = st.empty()
    with place.status(say("build.title"), expanded=True):
        bar = st.progress(0.0, say("build.waiting"))

        def show(step: Message, done: float) -> None:
            bar.progress(min(max(done, 0.0), 1.0), plain(step.text(lang())))

        while not _RUNNING.lock.acquire(timeout=PAUSE):
            if _RUNNING.step:
                show(_RUNNING.step, _RUNNING.done)
        try:
            if report := _build(show):
                st.toast(say("build.done", seconds=formats.number(report.seconds, 0, lang())))
        finally:
            _RUNNING.lock.release()
    place.empty()


def _build(show: ProgressCallback) -> BuildReport | None:
    """Build the store unless another thread has built it meanwhile. The caller must hold the lock."""

    def note(step: Message, done: float) -> None:
        _RUNNING.step, _RUNNING.done = step, done
        show(step, done)

    if _is_current():
        return None
    with audit_log.change("build", source="first visit", who="dashboard"):
        return build_store(progress=note)


@st.cache_resource(show_spinner=False)
def _memory() -> dict[str, str]:
    return {}
