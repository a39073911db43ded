"""Sources and methods: who published the figures, what do they cover, how were they revised, how are they defined?"""

import streamlit as st

from trade.panels import queries, sources
from trade.panels.language import say
from trade.panels.messages import sources as messages
from trade.text.markdown import prose
from trade.ui.core import filters, glossary, inputs, navigation, page_assets
from trade.ui.core.chart_panel import show_panel
from trade.ui.core.errors import show_errors
from trade.ui.sources import source_table, update_form

navigation.ensure_app()
navigation.header("sources")

with page_assets.chart_first_on_phones("sources"):
    with st.container(), show_errors():
        st.header(say("sources.who"), anchor=False)
        listed = queries.measure("sources")
        st.markdown(prose(messages.figures(listed)))
        source_table.table(listed)
        source = inputs.one_of("source", source_table.names(listed))
        with st.container(key="source_details", border=True):
            source_table.details(listed, source)
    with st.container():
        st.header(say("sources.covered"), anchor=False)
        show_panel(sources.coverage)
        with show_errors():
            source_table.download()

st.header(say("sources.revised"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    for name in ("flow", "currency", "freq"):
        filters.control(name)
show_panel(sources.revisions)

st.header(say("updating.title"), anchor=False)
with show_errors():
    update_form.vintages()
    update_form.show_form()

st.header(say("sources.sums"), anchor=False)
show_panel(sources.residuals)

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
