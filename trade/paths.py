"""Where things are: the project's own folders and the user's store folder."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path

_BUNDLE = Path(__file__).resolve().parent / "bundle"
"""The wheel's copy of the folders that are beside the package in a clone (`deploy/bundle_hook.py`)."""
PROJECT = _BUNDLE if _BUNDLE.is_dir() else _BUNDLE.parents[1]
"""The folder of `app.py`, `pages/`, `data/`, `static/`, `stories/` and `.streamlit/`."""
DATA = PROJECT / "data"
STORIES = PROJECT / "stories"
PLOTLY = PROJECT / "static" / "plotly" / "plotly.min.js"
"""The partial build of plotly.js that draws the charts in browsers: static/plotly/README.md."""
VARIABLES = ("TRADE_HOME", "TRADE_DATA")
"""Environment variables that name a folder."""


def home() -> Path:
    """The folder of stores: `TRADE_HOME` if set, else the user's cache folder."""
    chosen = os.environ.get("TRADE_HOME")
    return Path(chosen).expanduser() if chosen else user_cache_path("china-trade-dashboard")


def data() -> Path:
    """The folder of facts: `TRADE_DATA` if set (a trial, a test), else the project's `data/`."""
    chosen = os.environ.get("TRADE_DATA")
    return Path(chosen).expanduser() if chosen else DATA
