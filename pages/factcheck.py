"""Fact check: does a claim fit the figures, and which official statements can be computed again?"""

import streamlit as st

from trade.ui import factcheck, navigation
from trade.ui.errors import calm
from trade.ui.language import prose, say

navigation.stand()
navigation.header("factcheck")

st.header(say("check.title"), anchor=False)
with calm():
    factcheck.search()

st.header(say("ledger.title"), anchor=False)
st.markdown(prose(say("ledger.explained")))
with calm():
    factcheck.summary()
with calm():
    kept = factcheck.chosen()
    factcheck.table(kept)
    factcheck.one(kept)
