"""Growth: how fast is China's trade growing, by which measure, and which partners and goods drive it?"""

import streamlit as st

from trade.panels import growth
from trade.panels.language import say
from trade.text.markdown import prose
from trade.ui.core import filters, navigation
from trade.ui.core.chart_panel import show_panel, side_by_side
from trade.ui.core.text_blocks import small
from trade.ui.growth import contribution_drilldown

navigation.ensure_app()
navigation.header("growth")

with st.container(horizontal=True, vertical_alignment="bottom"):
    filters.control("flow")
    freq = filters.control("freq")
    filters.control("currency")
    period = filters.period_control(growth.periods(filters.choices()))
    with filters.more("span", "join"):
        filters.span_control(growth.known(filters.choices()).frame["period"].iloc[-1], freq, period)
        if freq == "M":
            filters.control("join")
    if len(looks := growth.looks(filters.choices())) > 1:
        filters.control("look", options=looks)

show_panel(growth.LOOKS[growth.look(filters.choices())])

st.header(say("pages.growth.vintages"), anchor=False)
if growth.frequency(filters.choices()) == "Q":
    small(prose(say("pages.growth.first_by_year")))
show_panel(growth.vintages)

st.header(say("pages.growth.exchange"), anchor=False)
show_panel(growth.exchange)

st.header(say("pages.growth.volume"), anchor=False)
if growth.frequency(filters.choices()) in ("Q", "YTD"):
    small(prose(say("pages.growth.by_year")))
filters.control("indices")
side_by_side(growth.volume, growth.terms)

st.header(say("pages.growth.contributions"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    if filters.control("by") != "product":
        filters.control("continent")
by, continent = growth.split_by(filters.choices())
opened = by if continent == "all" else "partner"
cue = say(f"cue.open_{opened}")
split = show_panel(growth.contribution, pick=contribution_drilldown.opener(opened), cue=cue)
if split:
    contribution_drilldown.onward(split.result, opened)
