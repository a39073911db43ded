"""Garbage collection tuned for a server with a large heap that hardly changes."""

from __future__ import annotations

import atexit
import gc

import streamlit as st

YOUNG = (20_000, 20, 20)
"""Thresholds of Python's garbage collector (`gc.set_threshold`): a run allocates some 10,000 objects and leaves almost
none."""


@st.cache_resource(show_spinner=False)
def tune() -> None:
    """Exclude everything loaded so far from garbage collection. Called after the first page of the process.

    Streamlit runs a full collection after every run; with this the server draws five times as many pages per second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*YOUNG)
    atexit.register(gc.unfreeze)  # so that the process can clean up after itself
