"""Sources and methods: who made the figures, what do they cover, how were they revised, and what is each measure?"""

import streamlit as st

from trade.charts import data_quality
from trade.panels import queries
from trade.panels.language import say
from trade.panels.messages import sources
from trade.text.markdown import prose
from trade.ui.core import filters, glossary, inputs, navigation
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import show_errors
from trade.ui.sources import source_table, update_form

navigation.ensure_app()
navigation.header("sources")

st.header(say("sources.who"), anchor=False)
with show_errors():
    listed = queries.measure("sources")
    st.markdown(prose(sources.figures(listed)))
    source_table.table(listed)
    source = inputs.one_of("source", source_table.names(listed))
    with st.container(key="source_details", border=True):
        source_table.details(listed, source)

st.header(say("sources.covered"), anchor=False)
with show_errors():
    held = queries.measure("coverage")
    show(
        held,
        data_quality.matrix,
        sources.coverage(held),
        key="coverage",
        about=say("sources.coverage_about"),
        notes=[say("sources.coverage_note")],
    )
    source_table.download()

st.header(say("sources.revised"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    flow, currency, freq = filters.control("flow"), filters.control("currency"), filters.control("freq")
with show_errors():
    changed = queries.measure("revisions", flow=flow, currency=currency, freq=freq)
    show(
        changed,
        data_quality.revisions,
        sources.revisions(changed),
        key="revisions",
        notes=[say("sources.revisions_note")],
    )

st.header(say("updating.title"), anchor=False)
with show_errors():
    update_form.vintages()
    update_form.box()

st.header(say("sources.sums"), anchor=False)
with show_errors():
    left = queries.measure("residuals")
    show(
        left,
        data_quality.residuals,
        sources.residuals(left),
        key="residuals",
        about=say("sources.residuals_about"),
        notes=[say("sources.residuals_note")],
    )

st.header(say("sources.glossary"), anchor=False)
with show_errors():
    glossary.entry(inputs.one_of("term", glossary.titles()))
opened = st.expander(say("glossary.all"), type="compact", key="all_measures", on_change="rerun")
if opened.open:
    with opened:
        glossary.everything()

st.header(say("sources.cite"), anchor=False)
with show_errors():
    source_table.cite(source)
