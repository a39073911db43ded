"""Compare: the trade of some partners as lines over the years, and the newest figures as a table."""

import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import flow, markets

st.title("Compare")
side = flow()
rows = markets(side)
names = dict(zip(rows["partner"], rows["name_en"], strict=True))
chosen = st.multiselect("Partners", list(names), default=["USA", "VNM", "DEU"], format_func=names.__getitem__)
shown = rows[rows["partner"].isin(chosen)]
st.plotly_chart(px.line(shown, x="year", y="value_usd", color="name_en"))
st.dataframe(shown[shown["year"] == shown["year"].max()][["name_en", "value_usd", "share_pct", "growth_pct"]])
