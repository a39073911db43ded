"""Fact check: does a claim fit the figures, and which official statements can be recomputed?"""

import streamlit as st

from trade.panels import factcheck
from trade.panels.language import say
from trade.text.markdown import prose
from trade.ui.core import filters, navigation, page_assets
from trade.ui.core.chart_panel import show_panel
from trade.ui.core.errors import show_errors
from trade.ui.factcheck import claim_check, claims_page

navigation.ensure_app()
navigation.header("factcheck")

st.header(say("check.title"), anchor=False)
with show_errors():
    claim_check.search()
    claims_page.alike()

st.header(say("ledger.title"), anchor=False)
with page_assets.chart_first_on_phones("ledger"):
    st.markdown(prose(say("ledger.explained")))
    with st.container():
        show_panel(factcheck.tally, pick=lambda verdict: filters.choose("verdict", verdict), cue=say("cue.verdict"))
with show_errors():
    shown = claims_page.chosen()
    claims_page.table(shown)
    claims_page.one(shown)
