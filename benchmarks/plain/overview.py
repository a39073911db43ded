"""Overview: eleven cards and three charts."""

import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import currency, markets, totals

st.title("Overview")
money = currency()


def cards(freq: str, names: list[str]) -> None:
    for column, name in zip(st.columns(len(names)), names, strict=True):
        rows = totals(name, money, freq)
        with column:
            newest = rows.iloc[-1]
            st.metric(f"{name} {newest['period']}", f"{newest['value'] / 1e12:.2f} tn", f"{newest['growth_pct']:.1f}%")
            st.caption("General Administration of Customs")
            figure = px.line(rows.tail(20), x="period", y="value", height=80)
            st.plotly_chart(figure.update_layout(xaxis_visible=False, yaxis_visible=False), key=f"{name}_{freq}")


st.header("Year")
cards("A", ["total", "export", "import", "balance"])
st.header("Month")
cards("M", ["export", "import", "balance"])
rows = totals("total", money, "A").tail(20)
st.subheader("Trade by year")
st.plotly_chart(px.bar(rows, x="period", y="value"))
st.subheader("Growth by year")
st.plotly_chart(px.bar(rows, x="period", y="growth_pct"))
partners = markets("export")
newest = partners[partners["year"] == partners["year"].max()]
st.subheader("Who made exports grow")
by = newest.groupby("customs_continent", as_index=False)["change_usd"].sum()
st.plotly_chart(px.bar(by, x="customs_continent", y="change_usd"))
st.subheader("Markets that grew")
grew = newest.assign(grew=newest["growth_pct"] > 0).groupby(["customs_continent", "grew"], as_index=False).size()
st.plotly_chart(px.bar(grew, x="size", y="customs_continent", color="grew", orientation="h"))
st.header("Year to date")
cards("YTD", ["total", "export", "import", "balance"])
