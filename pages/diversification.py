"""Diversification: how widely is trade spread over markets, where does it grow, how much hangs on one market?"""

import streamlit as st

from trade.charts import beeswarm, concentration, ranking
from trade.ui import messages_diversification as messages
from trade.ui.core import filters, inputs, markets, navigation, queries
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import calm
from trade.ui.core.language import say

navigation.stand()
navigation.header("diversification")

with st.container(horizontal=True, vertical_alignment="bottom"):
    reporter = markets.reporter_control()
    asked = markets.ask(reporter)
held = markets.periods(asked)
with st.container(horizontal=True, vertical_alignment="bottom"):
    period = filters.period_control(held)
    partner = markets.mark_control(asked, period)
    markets.sheet_link(partner)
markets.tell_limits(asked)
when = held[period]

with st.container(horizontal=True, vertical_alignment="bottom"):
    gauge = filters.control("gauge")
    above = filters.control("above") if gauge == "active" else "0"
with calm():
    shown = markets.gauge(asked, gauge, above)
    span = markets.span(shown)
    notes = messages.gauge_notes(shown, compared=shown.frame["reporter"].nunique() > 1)
    about = markets.about(shown, asked, span)
    if gauge == "theil":
        show(shown, concentration.theil, messages.theil(shown, period), key="gauge", notes=notes, about=about)
    elif gauge == "active":
        notes = [say("diversify.active_note")] if reporter == markets.HOME else []
        show(shown, concentration.active, messages.active(shown, period), key="gauge", notes=notes, about=about)
    else:
        column = markets.gauge_column(gauge)
        message = messages.gauge(shown, column, period)
        show(shown, concentration.gauge, message, key="gauge", notes=notes, about=about, column=column)

st.header(say("pages.diversification.growth"), anchor=False)
with calm():
    shown = markets.growing(asked, period, held)
    notes, about = messages.growing_notes(shown), markets.about(shown, asked, when)
    show(shown, concentration.growing, messages.growing(shown), key="growing", notes=notes, about=about)
continent = filters.control("continent")
with calm():
    shown = markets.grown(asked, period, continent, held)
    notes, about = messages.swarm_notes(shown, continent), markets.about(shown, asked, when, "swarm")
    whole = markets.whole_growth(asked, period)
    show(
        shown, beeswarm.swarm, messages.swarm(shown), key="swarm", chosen=partner, notes=notes, about=about,
        pick=markets.mark, whole=whole,
    )  # fmt: skip

st.header(say("pages.diversification.spread"), anchor=False)
with calm():
    shown, before = markets.lorenz(asked, period)
    gini = markets.gini(asked, period)
    message, notes = messages.lorenz(shown, before, gini), [messages.gini_note(shown, gini)]
    about = markets.about(shown, asked, when)
    show(shown, concentration.lorenz, message, key="lorenz", notes=notes, about=about, before=before)

st.header(say("pages.diversification.margins"), anchor=False)
with calm():
    base = markets.base_control(held, period)
    shown = queries.measure("margins", period=period, base=base, **asked)
    notes, about = [messages.margins_note(shown)], markets.about(shown, asked, f"{held[base]} – {when}", "margins")
    show(shown, concentration.margins, messages.margins(shown), key="margins", notes=notes, about=about)

st.header(say("pages.diversification.fall"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    fall = inputs.number("fall", 0.0, 100.0, 5.0)
    elsewhere = inputs.number("elsewhere", 0.0, 100.0, 5.0)
with calm():
    shown = queries.measure("market_fall", period=period, fall=fall, elsewhere=elsewhere, **asked)
    message, notes = messages.fall(shown, partner, fall), messages.fall_notes(shown, partner)
    about = markets.about(shown, asked, when)
    show(shown, ranking.losses, message, key="fall", chosen=partner, notes=notes, about=about, pick=markets.mark)
