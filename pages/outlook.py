"""Outlook: what was expected of 2026, how does the year go, and what would follow from which assumption?"""

import streamlit as st

from trade.charts import contributions, outlook
from trade.panels import queries
from trade.panels.choices import write_numbers
from trade.panels.fields import CONTINENTS, FIELDS
from trade.panels.language import say
from trade.panels.messages import outlook as messages_outlook
from trade.text.markdown import prose
from trade.ui.core import filters, inputs, navigation
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import show_errors
from trade.ui.outlook import economy_options, event_list

navigation.ensure_app()
navigation.header("outlook")

st.header(say("outlook.expected"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    subject, year = filters.control("subject"), filters.control("target")
with show_errors():
    expected = queries.measure("forecasts", subject=subject, year=year)
    show(
        expected,
        outlook.forecasts,
        messages_outlook.forecasts(expected, subject, year),
        key="forecasts",
        about=say("outlook.forecasts_about", subject=say(f"scope.subject.{subject}"), year=year),
        notes=messages_outlook.forecast_notes(expected),
    )

st.header(say("outlook.this_year"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    flow, currency = filters.control("flow"), filters.control("currency")
with show_errors():
    so_far = queries.measure("ytd_and_forecasts", flow=flow, currency=currency)
    message = messages_outlook.so_far(so_far)
    show(so_far, outlook.year_so_far, message, key="so_far", notes=[say("outlook.not_the_same")])

with show_errors():
    rest = inputs.number("rest", -50, 100, 1)
    ends = queries.measure("rest_of_year", flow=flow, currency=currency, rest=rest)
    show(ends, outlook.rest_of_year, messages_outlook.rest(ends), key="rest", notes=[say("outlook.arithmetic")])

st.header(say("outlook.base"), anchor=False)
with show_errors():
    effects = queries.measure("base_effect", flow=flow)
    show(
        effects,
        outlook.base_effects,
        messages_outlook.base_effects(effects),
        key="base",
        notes=[say("outlook.base_note")],
    )
with show_errors():
    carried = queries.measure("carry_over", flow=flow, currency="USD", first="2015")
    show(carried, outlook.carry_over, messages_outlook.carry_over(carried), key="carry")

st.header(say("outlook.what_if"), anchor=False)
st.markdown(prose(say("outlook.what_if_about")))
with st.container(horizontal=True, vertical_alignment="bottom"):
    assumption = filters.control("assume")
    elasticity = inputs.number("elasticity", 0, 5, 0.1)
st.markdown(prose(say("outlook.demand")))
demand = inputs.numbers("demand", CONTINENTS, FIELDS["continent"].label, -100, 100, 1, say("outlook.empty"))
shocks = inputs.chosen_numbers("shocks", economy_options.markets(), -100, 100, 5, first=-20, most=6)
with show_errors():
    asked = {continent.replace("-", "_"): value for continent, value in demand.items()}
    asked |= {"shocks": write_numbers(shocks)} if shocks else {}
    outcome = queries.measure("scenario", assumption=assumption, elasticity=elasticity, **asked)
    show(
        outcome,
        contributions.waterfall,
        messages_outlook.scenario(outcome),
        key="scenario",
        about=say("outlook.scenario_about"),
        notes=messages_outlook.scenario_notes(outcome),
    )

st.header(say("outlook.policy"), anchor=False)
topic = filters.control("event")
with show_errors():
    events = queries.measure("policy_events", topic=topic)
    show(
        events,
        outlook.timeline,
        messages_outlook.events(events),
        key="events",
        about=say("outlook.events_about"),
        notes=[say("outlook.events_note")],
    )
    event_list.dated(messages_outlook.event_lines(events), key="events")

st.header(say("outlook.scored"), anchor=False)
with show_errors():
    scored = queries.measure("forecast_errors", year="2025")
    show(
        scored,
        outlook.errors,
        messages_outlook.errors(scored, "2025"),
        key="errors",
        about=say("outlook.errors_about"),
        notes=messages_outlook.error_notes(scored),
    )
