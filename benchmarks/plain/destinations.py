"""Destinations: markets in order, on the map, who moved, ranks over time."""

import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import flow, markets

st.title("Destinations")
side = flow()
rows = markets(side)
years = sorted(rows["year"].unique())[::-1]
year = st.selectbox("Year", years, key="scope_period")
newest = rows[rows["year"] == year].sort_values("rank")
st.subheader("Markets in order")
st.plotly_chart(px.bar(newest.head(20), x="share_pct", y="name_en", orientation="h", hover_data=["growth_pct"]))
st.dataframe(newest[["rank", "name_en", "value_usd", "share_pct", "growth_pct"]], hide_index=True)
st.subheader("On the map")
st.plotly_chart(px.choropleth(newest, locations="partner", color="growth_pct", hover_name="name_en"))
moved = newest.reindex(newest["change_usd"].abs().sort_values(ascending=False).index).head(20)
long = moved.melt("name_en", ["value_usd_before", "value_usd"])
st.subheader("Who moved")
st.plotly_chart(px.scatter(long, x="value", y="name_en", color="variable"))
first = rows[rows["partner"].isin(newest.head(12)["partner"]) & (rows["year"] > year - 20)]
st.subheader("Ranks")
st.plotly_chart(px.line(first, x="year", y="rank", color="name_en", markers=True).update_yaxes(autorange="reversed"))
