"""Partner: how much does China trade with one economy, and what does that mean for both?"""

import streamlit as st

from trade.charts import partner_history, time_series
from trade.ui import messages_partner
from trade.ui.core import filters, navigation, queries
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import calm
from trade.ui.core.language import prose, say, small
from trade.ui.partner import search
from trade.ui.partner import sheet as partner_sheet

navigation.stand()
navigation.header("partner")
search.printable()


def sheet(code: str) -> None:
    """The sheet of one partner."""
    name = search.name_of(code)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        flow, asked = filters.control("flow"), filters.control("currency")
        year = filters.period_control(partner_sheet.years(code))
    currency = partner_sheet.currency_of(code, year, asked)

    search.title(code)
    with calm():
        found, newest = partner_sheet.sheet(code, year, currency), partner_sheet.newest(code, currency)
        st.markdown(prose(messages_partner.summary(found, newest, partner_sheet.gap(code), name, year)))
        partner_sheet.card_row(found, year)

    st.header(say("pages.partner.history"), anchor=False)
    with calm():
        balances = queries.measure("partner_balance", partner=code)
        show(
            balances,
            partner_history.two_flows,
            messages_partner.balance(balances, year, name),
            key="balance",
            notes=messages_partner.history_notes(balances),
        )

    with calm():
        st.header(say("pages.partner.standing"), anchor=False)
        past = queries.measure("partner", partner=code, flow=flow)
        show(
            past,
            partner_history.share_and_rank,
            messages_partner.standing(past, year, name),
            key="standing",
            notes=messages_partner.standing_notes(past),
        )
        st.header(say("pages.partner.growth"), anchor=False)
        given = partner_sheet.given(past)
        show(
            given,
            partner_history.contributions,
            messages_partner.contribution(given, year, name),
            key="given",
            about=messages_partner.about(given),
            chosen=year,
            notes=[say("partner.missing_note")],
        )

    st.header(say("pages.partner.months"), anchor=False)
    with calm():
        months = queries.measure("partner_balance", partner=code, freq="M", currency=asked)
        show(
            months,
            time_series.balance,
            messages_partner.months(months, name),
            key="months",
            notes=[say("partner.months_note")],
        )

    st.header(say("pages.partner.mirror"), anchor=False)
    with calm():
        both = partner_sheet.reports(code, flow)
        show(
            both,
            partner_history.mirror,
            messages_partner.mirror(both, name),
            key="mirror",
            notes=messages_partner.mirror_notes(both),
            partner=name,
        )

    search.links(code, flow)
    small(prose(say("partner.print")))


chosen = search.search()
if chosen:
    sheet(chosen)
