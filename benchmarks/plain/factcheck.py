"""Fact check: statements by topic, the table of statements, one of them."""

import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import table

st.title("Fact check")
claims = table("fact.claim").merge(
    table("fact.claim_reading")[["claim_id", "reading", "kind", "measure", "params", "definition_en", "reason_en"]],
    on="claim_id",
)
st.text_input("Claim", key="scope_q")
counts = claims.groupby(["topic", "kind"], as_index=False).size()
st.subheader("By topic")
st.plotly_chart(px.bar(counts, x="size", y="topic", color="kind", orientation="h"))
options = ["all", *sorted(claims["kind"].unique())]
kind = st.segmented_control("Kind", options, default="all", required=True, key="scope_verdict")
selected = claims if kind == "all" else claims[claims["kind"] == kind]
st.dataframe(selected[["period", "topic", "statement_en", "official_value", "unit", "kind"]], hide_index=True)
claim = st.selectbox("Statement", list(selected["claim_id"].unique()), key="scope_claim")
one = selected[selected["claim_id"] == claim]
st.subheader(one["statement_en"].iloc[0])
st.markdown(one["quote"].iloc[0])
st.dataframe(one[["reading", "measure", "params", "definition_en", "reason_en"]], hide_index=True)
