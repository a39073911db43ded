"""The store of a server: built when it starts or at a visit, if there is none or one of other facts or rules."""

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
"""Seconds after which one who waits looks again how far the build is."""


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
        _show_build()
    memory = _memory()
    if "problem" not in memory:
        memory["problem"] = "" if settings.changes() == "off" else _bring_up_to_date()
    if memory["problem"]:
        st.warning(plain(memory["problem"]))


def _bring_up_to_date() -> str:
    """Empty, or the sentence that says why the former store still serves."""
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
    """Build the store when the server starts, if there is none: the first user comes a moment later and waits less.

    What cannot be built is left to that user's visit, which says why.
    """
    try:
        open_store()
    except (StoreMissing, StoreDamaged):
        with _RUNNING.lock, suppress(TradeError):
            _build(no_progress)


@dataclass
class _Running:
    """The build of this process: one at a time, and how far it is, for all who wait for it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    step: Message | None = None
    done: float = 0.0


_RUNNING = _Running()


def _show_build() -> None:
    """Build the store. Who comes while it is being built, at the server's start or for another user, waits for that.

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
    """Build the store, if it has not been built meanwhile; for who holds the lock."""

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
