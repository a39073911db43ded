"""Growth: level and rate, first releases, two currencies, contributions."""

import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import currency, flow, markets, totals

st.title("Growth")
side, money = flow(), currency()
freq = st.segmented_control("Frequency", ["A", "M"], default="A", required=True, key="scope_freq")
rows = totals(side, money, freq)
period = st.selectbox("Period", list(rows["period"])[::-1], key="scope_period")
shown = rows.tail(20)
st.subheader("Value")
st.plotly_chart(px.bar(shown, x="period", y="value"))
st.subheader("Growth")
st.plotly_chart(px.bar(shown, x="period", y="growth_pct"))
st.caption("General Administration of Customs")
both = rows.assign(first_pct=100 * rows["first_value"].pct_change())
long = both.melt("period", ["growth_pct", "first_pct"], value_name="rate")
st.subheader("As published and between first releases")
st.plotly_chart(px.line(long, x="period", y="rate", color="variable", markers=True))
other = totals(side, "USD" if money == "CNY" else "CNY", freq)
pair = rows.merge(other[["period", "growth_pct"]], on="period", suffixes=("", "_other"))
long = pair.melt("period", ["growth_pct", "growth_pct_other"], value_name="rate")
st.subheader("In two currencies")
st.plotly_chart(px.line(long, x="period", y="rate", color="variable", markers=True))
partners = markets(side)
newest = partners[partners["year"] == partners["year"].max()]
by = newest.groupby("customs_continent", as_index=False)["change_usd"].sum().sort_values("change_usd")
st.subheader("Contributions")
st.plotly_chart(px.bar(by, x="customs_continent", y="change_usd"))
