"""What the session keeps between runs, as the run context of whatever happens outside a run.

Streamlit calls the callbacks of controls before the page's script: there the language, the choices and the store are
those of the run before.
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
    """Take the store in service now for all of this run: an update in the midst of it is seen at the next click, and
    no view mixes two stores. `store_setup.ensure` makes one if there is none.

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
