"""Garbage collection tuned for a server with a large heap that hardly changes."""

from __future__ import annotations

import atexit
import gc

import streamlit as st

YOUNG = (20_000, 20, 20)
"""Objects before Python searches the youngest, and how many such searches before it searches older ones: a run makes
some ten thousand and leaves nearly none."""


@st.cache_resource(show_spinner=False)
def tune() -> None:
    """After the first page of the process: what is loaded by now stays, and need not be searched for garbage.

    Streamlit collects all garbage after every run; freezing what was there gave five times the pages per second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*YOUNG)
    atexit.register(gc.unfreeze)  # so that the process can clean up after itself
