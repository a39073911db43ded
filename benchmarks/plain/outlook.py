"""Outlook: forecasts, the year so far, the rest of it, carry-over, a scenario, events, past errors."""

import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import currency, flow, markets, table, totals

st.title("Outlook")
forecasts = table("fact.forecast")
year = st.segmented_control("Year", [2025, 2026, 2027], default=2026, required=True, key="scope_target")
st.subheader("Expected")
st.plotly_chart(px.scatter(forecasts[forecasts["year"] == year], x="value", y="forecaster"))
side, money = flow(), currency()
so_far = totals(side, money, "YTD").tail(48)
months = so_far.assign(month=so_far["period"].str[5:], year=so_far["period"].str[:4])
st.subheader("The year so far")
st.plotly_chart(px.line(months, x="month", y="growth_pct", color="year"))
rest = st.number_input("Growth of the rest", -50.0, 100.0, 5.0, key="scope_rest")
levels = totals(side, money, "A").tail(10)
st.subheader("Where the year ends")
st.plotly_chart(px.bar(levels.assign(end=levels["value"] * (1 + rest / 100)), x="period", y="end"))
by_month = totals(side, money, "M").tail(24)
st.subheader("Base effects")
st.plotly_chart(px.bar(by_month, x="period", y="growth_pct"))
st.subheader("Carry-over")
st.plotly_chart(px.bar(levels.assign(carry=levels["growth_pct"] / 2), x="period", y="carry"))
partners = markets(side)
newest = partners[partners["year"] == partners["year"].max()]
continents = sorted(newest["customs_continent"].dropna().unique())
for column, name in zip(st.columns(len(continents)), continents, strict=True):
    column.number_input(name, -100.0, 100.0, 2.0, key=f"demand_{name}")
demand = newest["customs_continent"].map({name: st.session_state[f"demand_{name}"] for name in continents})
effect = newest.assign(effect=newest["value_usd"] * demand / 100).groupby("customs_continent", as_index=False)
st.subheader("What if")
st.plotly_chart(px.bar(effect["effect"].sum(), x="customs_continent", y="effect"))
events = table("fact.policy_event")
st.subheader("Events")
st.plotly_chart(px.scatter(events, x="date", y="topic", hover_name="event"))
for event in events.tail(6).itertuples():
    st.markdown(f"- {event.date}: {event.event}")
st.subheader("Past forecasts")
past = forecasts[forecasts["year"] == 2025]
st.plotly_chart(px.bar(past, x="value", y="forecaster", orientation="h"))
