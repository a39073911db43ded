"""Explore: one measure, its parameters, one chart."""

import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import FLOWS, totals

st.title("Explore")
st.selectbox("Measure", ["Growth", "Value"], key="scope_measure")
flow = st.segmented_control(
    "Flow", list(FLOWS), default="export", required=True, format_func=FLOWS.__getitem__, key="ask_growth_flow"
)
currency = st.segmented_control("Currency", ["CNY", "USD"], default="CNY", required=True, key="ask_growth_currency")
freq = st.segmented_control("Frequency", ["A", "M", "YTD"], default="A", required=True, key="ask_growth_freq")
rows = totals(flow, currency, freq)
y = st.selectbox("Column", ["growth_pct", "value"], key="scope_y")
st.plotly_chart(px.line(rows, x="period", y=y, markers=True))
