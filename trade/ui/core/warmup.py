"""After the start of the server: build a missing store, import the pages, run the first queries, store scripts."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import walk_packages

import streamlit as st

from trade.errors import TradeError
from trade.paths import PLOTLY
from trade.text.catalog import LANGUAGES

DELAY = 0.3
"""Seconds to wait before warming up, so that the first health check is answered first."""
SETTLED = 60.0
"""Seconds until scripts are compressed at the highest level, which takes 10 s of a processor that the first users
need."""
ROOMS = ("trade.charts", "trade.ui")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """For `st.App`: warm up in a thread of its own while the server answers already."""
    waiting = [threading.Timer(DELAY, warm), threading.Timer(SETTLED, store_scripts)]
    for timer in waiting:
        timer.daemon = True
        timer.start()
    yield
    for timer in waiting:
        timer.cancel()


def warm() -> None:
    """Build the store if there is none, and load meanwhile every part of the pages; then what the first page asks."""
    import pandas as pd  # imported here to keep the server's start fast

    from trade.ui.core import store_setup

    building = threading.Thread(target=store_setup.build_ahead, daemon=True)
    building.start()

    # Charts and sentences read texts one by one, which takes half the time with Python strings as with Arrow's. Set
    # only in the server's process: in a notebook, pandas options are the user's.
    pd.set_option("mode.string_storage", "python")
    for room in ROOMS:
        for module in walk_packages(import_module(room).__path__, f"{room}."):
            import_module(module.name)
    from trade.panels import queries
    from trade.search import search
    from trade.store import open_store  # imported here to keep the server's start fast

    building.join()
    try:
        queries.prefetch(open_store())
        for language in LANGUAGES:
            search(open_store(), language, language, most=1)
    except TradeError as error:  # no store could be built: the first page says why
        logging.getLogger(__name__).info("%s", error)


def store_scripts() -> None:
    """Compress every script of a first visit at the highest level, once per machine."""
    from trade.api.compressed_files import store_smallest  # imported here to keep the server's start fast
    from trade.api.streamlit_html import first_files

    try:
        store_smallest([*first_files(), PLOTLY])
    except OSError as error:  # a read-only folder: scripts are sent a tenth larger
        logging.getLogger(__name__).info("%s", error)
