"""Diversification: how widely is trade spread over markets, where does it grow, how much hangs on one market?"""

import streamlit as st

from trade.charts import beeswarm, concentration, ranking
from trade.panels import markets, queries
from trade.panels.language import say
from trade.panels.messages import diversification as messages
from trade.ui.core import filters, inputs, market_controls, navigation
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import show_errors

navigation.ensure_app()
navigation.header("diversification")

with st.container(horizontal=True, vertical_alignment="bottom"):
    reporter = market_controls.reporter_control()
    asked = market_controls.draw(reporter)
held = markets.periods(asked)
with st.container(horizontal=True, vertical_alignment="bottom"):
    period = filters.period_control(held)
    partner = market_controls.mark_control(asked, period)
    market_controls.sheet_link(partner)
market_controls.tell_limits(asked)
when = held[period]

with st.container(horizontal=True, vertical_alignment="bottom"):
    gauge = filters.control("gauge")
    above = filters.control("above") if gauge == "active" else "0"
with show_errors():
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
with show_errors():
    shown = markets.growing(asked, period, held)
    notes, about = messages.growing_notes(shown), markets.about(shown, asked, when)
    show(shown, concentration.growing, messages.growing(shown), key="growing", notes=notes, about=about)
continent = filters.control("continent")
with show_errors():
    shown = markets.grown(asked, period, continent, held)
    notes, about = messages.swarm_notes(shown, continent), markets.about(shown, asked, when, "swarm")
    whole = markets.whole_growth(asked, period)
    show(
        shown, beeswarm.swarm, messages.swarm(shown), key="swarm", chosen=partner, notes=notes, about=about,
        pick=market_controls.mark, whole=whole,
    )  # fmt: skip

st.header(say("pages.diversification.spread"), anchor=False)
with show_errors():
    shown, before = markets.lorenz(asked, period)
    gini = markets.gini(asked, period)
    message, notes = messages.lorenz(shown, before, gini), [messages.gini_note(shown, gini)]
    about = markets.about(shown, asked, when)
    show(shown, concentration.lorenz, message, key="lorenz", notes=notes, about=about, before=before)

st.header(say("pages.diversification.margins"), anchor=False)
with show_errors():
    base = market_controls.base_control(held, period)
    shown = queries.measure("margins", period=period, base=base, **asked)
    notes, about = [messages.margins_note(shown)], markets.about(shown, asked, f"{held[base]} – {when}", "margins")
    show(shown, concentration.margins, messages.margins(shown), key="margins", notes=notes, about=about)

st.header(say("pages.diversification.fall"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    fall = inputs.number("fall", 0.0, 100.0, 5.0)
    elsewhere = inputs.number("elsewhere", 0.0, 100.0, 5.0)
with show_errors():
    shown = queries.measure("market_fall", period=period, fall=fall, elsewhere=elsewhere, **asked)
    message, notes = messages.fall(shown, partner, fall), messages.fall_notes(shown, partner)
    about = markets.about(shown, asked, when)
    show(
        shown, ranking.losses, message, key="fall", chosen=partner, notes=notes, about=about, pick=market_controls.mark
    )
