"""Services: balance of payments by year, the ministry's figures by year to date, by category."""

import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import table

st.title("Services")
rows = table("service_trade").sort_values("period")
item = st.selectbox("Category", sorted(rows["item"].unique()), key="scope_service")
freq = st.segmented_control("Frequency", ["A", "M"], default="A", required=True, key="scope_freq")
for concept, of_concept in rows[rows["item"] == item].groupby("concept"):
    st.subheader(concept)
    st.plotly_chart(px.line(of_concept, x="period", y="value", color="flow", line_dash="freq", markers=True))
    st.caption(str(of_concept["source_title"].iloc[0]))
latest = rows[rows["freq"] == freq]
latest = latest[latest["period"] == latest["period"].max()]
st.subheader("Categories")
st.plotly_chart(px.bar(latest, x="value", y="item", color="flow"))
