"""Partner: how much does China trade with one economy, and what does that mean for both?"""

import streamlit as st

from trade.charts import partner_history, time_series
from trade.panels import queries
from trade.panels.language import say
from trade.panels.messages import partner
from trade.text.markdown import prose
from trade.ui.core import filters, navigation
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import show_errors
from trade.ui.core.language import small
from trade.ui.partner import search
from trade.ui.partner import sheet as partner_sheet

navigation.ensure_app()
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
    with show_errors():
        found, newest = partner_sheet.sheet(code, year, currency), partner_sheet.newest(code, currency)
        st.markdown(prose(partner.summary(found, newest, partner_sheet.gap(code), name, year)))
        partner_sheet.card_row(found, year)

    st.header(say("pages.partner.history"), anchor=False)
    with show_errors():
        balances = queries.measure("partner_balance", partner=code)
        show(
            balances,
            partner_history.two_flows,
            partner.balance(balances, year, name),
            key="balance",
            notes=partner.history_notes(balances),
        )

    with show_errors():
        st.header(say("pages.partner.standing"), anchor=False)
        past = queries.measure("partner", partner=code, flow=flow)
        show(
            past,
            partner_history.share_and_rank,
            partner.standing(past, year, name),
            key="standing",
            notes=partner.standing_notes(past),
        )
        st.header(say("pages.partner.growth"), anchor=False)
        given = partner_sheet.given(past)
        show(
            given,
            partner_history.contributions,
            partner.contribution(given, year, name),
            key="given",
            about=partner.about(given),
            chosen=year,
            notes=[say("partner.missing_note")],
        )

    st.header(say("pages.partner.months"), anchor=False)
    with show_errors():
        months = queries.measure("partner_balance", partner=code, freq="M", currency=asked)
        show(
            months,
            time_series.balance,
            partner.months(months, name),
            key="months",
            notes=[say("partner.months_note")],
        )

    st.header(say("pages.partner.mirror"), anchor=False)
    with show_errors():
        both = partner_sheet.reports(code, flow)
        show(
            both,
            partner_history.mirror,
            partner.mirror(both, name),
            key="mirror",
            notes=partner.mirror_notes(both),
            partner=name,
        )

    search.links(code, flow)
    small(prose(say("partner.print")))


chosen = search.search()
if chosen:
    sheet(chosen)
