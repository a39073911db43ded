"""Growth: how fast does China's trade grow, by which measure, and who and what made it grow?"""

import streamlit as st

from trade.charts import exchange, part_to_whole, seasonal, time
from trade.ui import contributions, messages, navigation, queries, scope
from trade.ui.errors import calm
from trade.ui.frame import show
from trade.ui.language import say
from trade.ui.said import said

navigation.stand()
navigation.header("growth")

with st.container(horizontal=True, vertical_alignment="bottom"):
    flow, currency, freq = scope.control("flow"), scope.control("currency"), scope.control("freq")
    joined = freq == "M" and scope.control("join") == "yes"
known = queries.measure("growth", flow=flow, currency=currency, freq=freq, join_jan_feb=joined)
with st.container(horizontal=True, vertical_alignment="bottom"):
    period = scope.period_control(messages.period_names(known))
    first = scope.span_control(known.frame["period"].iloc[-1], freq, period)
    look = scope.control("look") if freq != "YTD" else "levels"

with calm():
    if look == "index":
        shown = queries.index(flow, currency, freq, first)
        show(shown, time.index, messages.index(shown), key="index", chosen=period)
    elif look == "adjusted":
        shown = queries.measure("seasonally_adjusted", flow=flow, currency=currency, first=first)
        show(shown, seasonal.adjusted, said(shown), key="adjusted")
    elif look == "balance":
        shown = queries.narrowed(queries.measure("balance", currency=currency, freq=freq), first)
        show(shown, time.balance, messages.balance(shown), key="balance")
    elif look == "sums":
        shown = queries.measure("moving_sum", flow=flow, currency=currency, first=first)
        show(shown, time.moving_sum, messages.moving_sum(shown), key="sums", chosen=period)
    else:
        shown = queries.narrowed(known, first)
        chart, message = time.year_to_date if freq == "YTD" else time.amount_and_growth, messages.growth(shown, period)
        show(shown, chart, message, key="levels", chosen=period, notes=messages.growth_notes(shown))

st.header(say("pages.growth.vintages"), anchor=False)
with calm():
    both = queries.with_both_rates(known)
    notes = [messages.vintages_note(both, period)]
    show(both, time.vintages, messages.vintages(both, period), key="vintages", chosen=period, notes=notes)

st.header(say("pages.growth.exchange"), anchor=False)
with calm():
    rates = queries.narrowed(queries.measure("fx_effect", flow=flow, freq=freq), first)
    show(rates, exchange.two_currencies, said(rates, period), key="exchange", chosen=period)

st.header(say("pages.growth.contributions"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    by = scope.control("by")
    continent = scope.control("continent") if by != "product" else "all"
with calm():
    split = queries.contribution(by, flow, period, currency, continent)
    if continent == "all":
        message, pick = messages.contribution(split), contributions.opener(by)
        show(split, part_to_whole.waterfall, message, key="contribution", pick=pick)
    else:
        whole = queries.contribution("continent", flow, period, currency, "all")
        message, pick = messages.within(split, continent, whole), contributions.opener("partner")
        name = scope.label("continent")
        show(split, part_to_whole.group_waterfall, message, key="contribution", name=name, pick=pick)
    contributions.onward(split, "partner" if continent != "all" else by)
