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
"""Seconds: the first answer that the server is well comes before."""
SETTLED = 60.0
"""Seconds after which scripts are compressed as far as they can be: 10 s of a processor that the first readers need."""
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
    import pandas as pd  # here: the server's start needs none of it

    from trade.ui.core import store_setup

    building = threading.Thread(target=store_setup.build_ahead, daemon=True)
    building.start()

    # Charts and sentences read texts one by one: as Python's own they come in half the time that Arrow's take. For this
    # process alone: in a notebook pandas is the user's.
    pd.set_option("mode.string_storage", "python")
    for room in ROOMS:
        for module in walk_packages(import_module(room).__path__, f"{room}."):
            import_module(module.name)
    from trade.panels import queries
    from trade.search import search
    from trade.store import open_store  # with the rest: the server's start needs none of it

    building.join()
    try:
        queries.ask_ahead(open_store())
        for language in LANGUAGES:
            search(open_store(), language, language, most=1)
    except TradeError as error:  # no store could be built: the first page says why
        logging.getLogger(__name__).info("%s", error)


def store_scripts() -> None:
    """Keep the smallest form of every script of a first visit, once per machine."""
    from trade.api.compressed_files import store_smallest  # here: the server's start needs none of it
    from trade.api.streamlit_html import first_files

    try:
        store_smallest([*first_files(), PLOTLY])
    except OSError as error:  # a folder that may only be read: the script is sent a tenth larger
        logging.getLogger(__name__).info("%s", error)
