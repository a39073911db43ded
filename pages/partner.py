"""Partner: how much does China trade with one economy or group, and how much does it matter to both?"""

import streamlit as st

from trade.panels import partner, partner_goods, policy_marks
from trade.panels.language import say
from trade.panels.messages import outlook
from trade.store.own_groups import is_group
from trade.text.markdown import prose
from trade.ui.core import chart_details, event_list, filters, inputs, market_filters, navigation, page_assets
from trade.ui.core.chart_panel import show_panel
from trade.ui.core.errors import show_errors
from trade.ui.core.text_blocks import small
from trade.ui.partner import search_box, sheet_frame, year_summary

navigation.ensure_app()
navigation.header("partner")


def sheet(code: str) -> None:
    """The sheet of one partner."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        flow = filters.control("flow")
        currency = filters.control("currency")
        year = filters.period_control(partner.years(code))
        membership = filters.control("members") if is_group(code) else "dated"

    sheet_frame.title(code)
    with page_assets.chart_first_on_phones("sheet"):
        with st.container(), show_errors():
            sheet_frame.memberships(code)
            year_summary.draw(code, year, currency, membership)
        with st.container():
            beginning(code)

    st.header(say("pages.partner.standing"), anchor=False)
    if show_panel(partner.standing):
        st.header(say("pages.partner.growth"), anchor=False)
        show_panel(partner.contribution)

    st.header(say("pages.partner.months"), anchor=False)
    filters.control("freq", options=partner.WITHIN_YEAR)
    inputs.several("marks", policy_marks.offered(), policy_marks.NOTHING)
    offered_rates = policy_marks.offered_rates(code)
    if len(offered_rates) > 1:
        filters.control("rates", options=offered_rates)
    if show_panel(partner.months):
        event_list.dated(outlook.event_lines(partner.decisions_shown(filters.choices())), key="marks")

    if not is_group(code):
        of_one_economy()
    sheet_frame.links(code, flow)
    small(prose(say("partner.print")))


def beginning(code: str) -> None:
    """The first charts: a group's members, and trade over time."""
    if is_group(code):
        st.header(say("pages.partner.members"), anchor=False)
        market_filters.for_rows("partner", "members", lambda: partner.members_listing(filters.choices()))
        show_panel(partner.members, table=chart_details.with_trend("member", "years", partner.members_trends))
    st.header(say("pages.partner.history"), anchor=False)
    show_panel(partner.balance)


def of_one_economy() -> None:
    """Charts that exist for single economies only: goods, dependence, the partner's own report."""
    st.header(say("pages.partner.goods"), anchor=False)
    filters.control("level", options=partner_goods.LEVELS)
    show_panel(partner_goods.goods)

    st.header(say("pages.partner.dependence"), anchor=False)
    filters.control("depends")
    show_panel(partner_goods.dependence)

    st.header(say("pages.partner.mirror"), anchor=False)
    show_panel(partner.mirror)


chosen = search_box.draw()
if chosen:
    sheet(chosen)
