"""Sources: who made the figures, what they cover, how they were revised, the sums."""

import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import currency, flow, table, totals

st.title("Sources")
sources = table("fact.source")
st.dataframe(sources[["title", "producer", "coverage", "published", "accessed", "licence", "url"]], hide_index=True)
source = st.selectbox("Source", list(sources["source_id"]), key="scope_source")
for name, value in sources.set_index("source_id").loc[source].items():
    st.markdown(f"- **{name}:** {value}")
counts = table("total_figure")
counts = counts.assign(year=counts["period"].str[:4]).groupby(["source_id", "year"], as_index=False).size()
st.subheader("Coverage")
st.plotly_chart(px.density_heatmap(counts, x="year", y="source_id", z="size"))
side, money = flow(), currency()
freq = st.segmented_control("Frequency", ["A", "M"], default="A", required=True, key="scope_freq")
rows = totals(side, money, freq)
rows["revision_pct"] = 100 * (rows["value"] / rows["first_value"] - 1)
st.subheader("Revisions")
st.plotly_chart(px.bar(rows, x="period", y="revision_pct"))
st.subheader("Sums")
st.plotly_chart(px.bar(table("residual"), x="gap", y="title", orientation="h"))
st.dataframe(table("residual"), hide_index=True)
