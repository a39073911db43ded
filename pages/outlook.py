"""Outlook: what was expected of 2026, how does the year go, and what would follow from which assumption?"""

import streamlit as st

from trade.panels import outlook
from trade.panels.fields import CONTINENTS, FIELDS
from trade.panels.language import say
from trade.panels.messages import outlook as messages
from trade.text.markdown import prose
from trade.ui.core import event_list, filters, inputs, navigation
from trade.ui.core.chart_panel import show_panel, side_by_side

navigation.ensure_app()
navigation.header("outlook")

st.header(say("outlook.expected"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    filters.control("subject")
    filters.control("target")
show_panel(outlook.forecasts)
show_panel(outlook.volume)

st.header(say("outlook.this_year"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    filters.control("flow")
    filters.control("currency")
show_panel(outlook.so_far)
inputs.number("rest", *outlook.REST_LIMITS, 1)
show_panel(outlook.rest)

st.header(say("outlook.base"), anchor=False)
side_by_side(outlook.base, outlook.carry)

st.header(say("outlook.what_if"), anchor=False)
st.markdown(prose(say("outlook.what_if_about")))
with st.container(horizontal=True, vertical_alignment="bottom"):
    filters.control("assume")
    inputs.number("elasticity", *outlook.ELASTICITY_LIMITS, 0.1)
st.markdown(prose(say("outlook.demand")))
inputs.numbers("demand", CONTINENTS, FIELDS["continent"].label, *outlook.DEMAND_LIMITS, 1, say("outlook.empty"))
inputs.chosen_numbers("shocks", outlook.markets(), *outlook.SHOCK_LIMITS, step=5, first=-20, most=outlook.MOST_SHOCKS)
show_panel(outlook.scenario)

st.header(say("outlook.policy"), anchor=False)
filters.control("event")
calendar = show_panel(outlook.events)
if calendar:
    event_list.dated(messages.event_lines(calendar.result.frame), key="events")

st.header(say("outlook.scored"), anchor=False)
show_panel(outlook.errors)
