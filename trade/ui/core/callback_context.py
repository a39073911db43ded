"""The run context for code outside a run, restored from the session.

Streamlit calls the callbacks of controls before the page's script: they get the language, choices and store of the
previous run.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from trade.panels import run_context
from trade.panels.run_context import RunContext
from trade.store import Store, open_store
from trade.ui.core import filters, language, user_clock

_STORE = "store of this view"


def pin_store() -> Store:
    """Use the store now in service for the whole run, so that no view mixes two stores; an update meanwhile is seen in
    the next run. `store_setup.ensure` builds a store if there is none.

    Raises:
        StoreMissing, StoreDamaged: there is none.
    """
    opened = open_store()
    st.session_state[_STORE] = opened
    return opened


def _context() -> RunContext:
    return replace(
        filters.last_run() or RunContext(),
        lang=language.of_session(),
        choices=filters.of_session(),
        store=st.session_state.get(_STORE),
        today=user_clock.today(),
    )


run_context.set_outside(_context)
