"""Compare: how do partners, groups, economies or goods compare over time?"""

import streamlit as st

from trade.panels import compare
from trade.ui.compare import entity_controls
from trade.ui.core import filters, navigation
from trade.ui.core.chart_panel import show_panel

navigation.ensure_app()
navigation.header("compare")

with st.container(horizontal=True, vertical_alignment="bottom"):
    filters.control("of")
    entity_controls.indicator()
entity_controls.entities()
with st.container(horizontal=True, vertical_alignment="bottom"):
    entity_controls.question()

few = len(filters.value("entities").split(",")) <= entity_controls.BESIDE
chart, beside = st.columns([9, 5], gap="medium") if few else (st.container(), st.container())
with chart:
    shown = show_panel(compare.lines)
if shown:
    with beside:
        entity_controls.table(shown)
