"""Sources and methods: who made the figures, what do they cover, how were they revised, and what is each measure?"""

import streamlit as st

from trade.charts import coverage
from trade.ui import glossary, inputs, messages_sources, navigation, queries, registry, scope, updating
from trade.ui.errors import calm
from trade.ui.frame import show
from trade.ui.language import prose, say

navigation.stand()
navigation.header("sources")

st.header(say("sources.who"), anchor=False)
with calm():
    listed = queries.measure("sources")
    st.markdown(prose(messages_sources.figures(listed)))
    registry.table(listed)
    source = inputs.one_of("source", registry.names(listed))
    with st.container(key="source_details", border=True):
        registry.details(listed, source)

st.header(say("sources.covered"), anchor=False)
with calm():
    held = queries.measure("coverage")
    show(
        held,
        coverage.matrix,
        messages_sources.coverage(held),
        key="coverage",
        about=say("sources.coverage_about"),
        notes=[say("sources.coverage_note")],
    )
    registry.download()

st.header(say("sources.revised"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    flow, currency, freq = scope.control("flow"), scope.control("currency"), scope.control("freq")
with calm():
    changed = queries.measure("revisions", flow=flow, currency=currency, freq=freq)
    show(
        changed,
        coverage.revisions,
        messages_sources.revisions(changed),
        key="revisions",
        notes=[say("sources.revisions_note")],
    )

st.header(say("updating.title"), anchor=False)
with calm():
    updating.vintages()
    updating.box()

st.header(say("sources.sums"), anchor=False)
with calm():
    left = queries.measure("residuals")
    show(
        left,
        coverage.residuals,
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
    registry.cite(source)
