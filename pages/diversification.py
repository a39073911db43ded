"""Diversification: how widely is trade spread over markets, where is it growing, how much depends on one market?"""

import streamlit as st

from trade.panels import diversification, diversification_goods, market_filter, market_scope
from trade.panels.language import say
from trade.ui.core import filters, inputs, market_controls, market_filters, navigation
from trade.ui.core.chart_panel import show_panel


def narrower(scope: market_scope.Scope) -> None:
    """The threshold of active markets, if the gauge counts them, and the filters of markets."""
    if filters.choices().pick("gauge") == "active":
        filters.control("above")
    market_filters.draw(scope, page="diversification", chart="swarm")


navigation.ensure_app()
navigation.header("diversification")

reporter = market_controls.reporter_control(diversification.reporters())
scope = market_controls.bar(reporter, more=narrower)

filters.control("gauge")
show_panel(diversification.gauge)

st.header(say("pages.diversification.goods"), anchor=False)
filters.control("level", options=diversification_goods.LEVELS)
show_panel(diversification_goods.goods)

st.header(say("pages.diversification.growth"), anchor=False)
show_panel(diversification.growing)
filters.control("continent")
show_panel(diversification.swarm, pick=market_controls.mark, cue=say("cue.mark"))

st.header(say("pages.diversification.spread"), anchor=False)
show_panel(diversification.lorenz)

st.header(say("pages.diversification.margins"), anchor=False)
if not market_filter.compares(filters.choices()):
    market_controls.base_control(scope)
show_panel(diversification.margins)

st.header(say("pages.diversification.fall"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    for field in ("fall", "elsewhere"):
        inputs.number(field, *diversification.PERCENT, step=5.0)
show_panel(diversification.fall, pick=market_controls.mark, cue=say("cue.mark"))
