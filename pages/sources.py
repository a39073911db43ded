"""Sources and methods: who made the figures, what do they cover, how were they revised, and what is each measure?"""

import streamlit as st

from trade.charts import data_quality
from trade.ui import messages_sources
from trade.ui.core import filters, glossary, inputs, navigation, queries
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import calm
from trade.ui.core.language import prose, say
from trade.ui.sources import source_table, update_form

navigation.stand()
navigation.header("sources")

st.header(say("sources.who"), anchor=False)
with calm():
    listed = queries.measure("sources")
    st.markdown(prose(messages_sources.figures(listed)))
    source_table.table(listed)
    source = inputs.one_of("source", source_table.names(listed))
    with st.container(key="source_details", border=True):
        source_table.details(listed, source)

st.header(say("sources.covered"), anchor=False)
with calm():
    held = queries.measure("coverage")
    show(
        held,
        data_quality.matrix,
        messages_sources.coverage(held),
        key="coverage",
        about=say("sources.coverage_about"),
        notes=[say("sources.coverage_note")],
    )
    source_table.download()

st.header(say("sources.revised"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    flow, currency, freq = filters.control("flow"), filters.control("currency"), filters.control("freq")
with calm():
    changed = queries.measure("revisions", flow=flow, currency=currency, freq=freq)
    show(
        changed,
        data_quality.revisions,
        messages_sources.revisions(changed),
        key="revisions",
        notes=[say("sources.revisions_note")],
    )

st.header(say("updating.title"), anchor=False)
with calm():
    update_form.vintages()
    update_form.box()

st.header(say("sources.sums"), anchor=False)
with calm():
    left = queries.measure("residuals")
    show(
        left,
        data_quality.residuals,
        messages_sources.residuals(left),
        key="residuals",
        about=say("sources.residuals_about"),
        notes=[say("sources.residuals_note")],
    )

st.header(say("sources.glossary"), anchor=False)
with calm():
    glossary.entry(inputs.one_of("term", glossary.titles()))
opened = st.expander(say("glossary.all"), type="compact", key="all_measures", on_change="rerun")
if opened.open:
    with opened:
        glossary.everything()

st.header(say("sources.cite"), anchor=False)
with calm():
    source_table.cite(source)
