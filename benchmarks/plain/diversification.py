"""Diversification: a gauge over time, who grew, how growth spreads, the Lorenz curve, margins, the fall of a market."""

import pandas as pd
import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import flow, markets

st.title("Diversification")
side = flow()
rows = markets(side)
years = sorted(rows["year"].unique())[::-1]
year = st.selectbox("Year", years, key="scope_period")
effective = rows.groupby("year")["share_pct"].apply(lambda share: 10000 / (share**2).sum()).reset_index(name="markets")
st.subheader("Effective markets")
st.plotly_chart(px.line(effective, x="year", y="markets"))
newest = rows[rows["year"] == year]
grew = newest.assign(grew=newest["growth_pct"] > 0).groupby(["customs_continent", "grew"], as_index=False).size()
st.subheader("Markets that grew")
st.plotly_chart(px.bar(grew, x="size", y="customs_continent", color="grew", orientation="h"))
known = newest.dropna(subset=["growth_pct"])
known = known[known["growth_pct"].abs() < 100]
st.subheader("How growth spreads")
st.plotly_chart(px.strip(known, x="growth_pct", y="customs_continent", hover_name="name_en"))
curves = []
for which in (year, year - 10):
    shares = rows[rows["year"] == which]["share_pct"].sort_values()
    curve = pd.DataFrame({"share": shares.cumsum().to_numpy(), "year": str(which)})
    curves.append(curve.assign(markets=100 * (curve.index + 1) / max(len(curve), 1)))
st.subheader("Lorenz curve")
st.plotly_chart(px.line(pd.concat(curves), x="markets", y="share", color="year"))
kinds = pd.cut(newest["value_usd_before"].fillna(0), [-1, 0, 1e9, 1e15], labels=["new", "small", "large"])
st.subheader("Margins")
margins = newest.groupby(kinds, observed=True)["change_usd"].sum().reset_index()
st.plotly_chart(px.bar(margins, x="value_usd_before", y="change_usd"))
fall = st.number_input("Fall in per cent", 0.0, 100.0, 20.0, key="scope_fall")
st.subheader("If a market fell")
lost = newest.nlargest(15, "share_pct").assign(lost=lambda frame: -frame["share_pct"] * fall / 100)
st.plotly_chart(px.bar(lost, x="lost", y="name_en", orientation="h"))
