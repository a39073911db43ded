"""Growth: how fast does China's trade grow, by which measure, and who and what made it grow?"""

import streamlit as st

from trade.charts import contributions as part_to_whole
from trade.charts import fx_effect, seasonal_adjustment, time_series
from trade.ui import messages
from trade.ui.core import filters, navigation, queries
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import calm
from trade.ui.core.language import say
from trade.ui.core.measure_headline import said
from trade.ui.growth import contribution_links

navigation.stand()
navigation.header("growth")

with st.container(horizontal=True, vertical_alignment="bottom"):
    flow, currency, freq = filters.control("flow"), filters.control("currency"), filters.control("freq")
    joined = freq == "M" and filters.control("join") == "yes"
known = queries.measure("growth", flow=flow, currency=currency, freq=freq, join_jan_feb=joined)
with st.container(horizontal=True, vertical_alignment="bottom"):
    period = filters.period_control(messages.period_names(known))
    first = filters.span_control(known.frame["period"].iloc[-1], freq, period)
    look = filters.control("look") if freq != "YTD" else "levels"

with calm():
    if look == "index":
        shown = queries.index(flow, currency, freq, first)
        show(shown, time_series.index, messages.index(shown), key="index", chosen=period)
    elif look == "adjusted":
        shown = queries.measure("seasonally_adjusted", flow=flow, currency=currency, first=first)
        show(shown, seasonal_adjustment.adjusted, said(shown), key="adjusted")
    elif look == "balance":
        shown = queries.narrowed(queries.measure("balance", currency=currency, freq=freq), first)
        show(shown, time_series.balance, messages.balance(shown), key="balance")
    elif look == "sums":
        shown = queries.measure("moving_sum", flow=flow, currency=currency, first=first)
        show(shown, time_series.moving_sum, messages.moving_sum(shown), key="sums", chosen=period)
    else:
        shown = queries.narrowed(known, first)
        chart, message = (
            time_series.year_to_date if freq == "YTD" else time_series.amount_and_growth,
            messages.growth(shown, period),
        )
        show(shown, chart, message, key="levels", chosen=period, notes=messages.growth_notes(shown))

st.header(say("pages.growth.vintages"), anchor=False)
with calm():
    both = queries.with_both_rates(known)
    notes = [messages.vintages_note(both, period)]
    show(both, time_series.vintages, messages.vintages(both, period), key="vintages", chosen=period, notes=notes)

st.header(say("pages.growth.exchange"), anchor=False)
with calm():
    rates = queries.narrowed(queries.measure("fx_effect", flow=flow, freq=freq), first)
    show(rates, fx_effect.two_currencies, said(rates, period), key="exchange", chosen=period)

st.header(say("pages.growth.contributions"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    by = filters.control("by")
    continent = filters.control("continent") if by != "product" else "all"
with calm():
    split = queries.contribution(by, flow, period, currency, continent)
    if continent == "all":
        message, pick = messages.contribution(split), contribution_links.opener(by)
        show(split, part_to_whole.waterfall, message, key="contribution", pick=pick)
    else:
        whole = queries.contribution("continent", flow, period, currency, "all")
        message, pick = messages.within(split, continent, whole), contribution_links.opener("partner")
        name = filters.label("continent")
        show(split, part_to_whole.group_waterfall, message, key="contribution", name=name, pick=pick)
    contribution_links.onward(split, "partner" if continent != "all" else by)
