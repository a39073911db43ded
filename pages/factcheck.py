"""Fact check: does a claim fit the figures, and which official statements can be computed again?"""

import streamlit as st

from trade.ui.core import navigation
from trade.ui.core.errors import calm
from trade.ui.core.language import prose, say
from trade.ui.factcheck import claims_page

navigation.stand()
navigation.header("factcheck")

st.header(say("check.title"), anchor=False)
with calm():
    claims_page.search()

st.header(say("ledger.title"), anchor=False)
st.markdown(prose(say("ledger.explained")))
with calm():
    claims_page.summary()
with calm():
    kept = claims_page.chosen()
    claims_page.table(kept)
    claims_page.one(kept)
