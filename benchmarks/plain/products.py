"""Products: categories, contributions, prices, one item, and three groups."""

import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import FLOWS, goods

st.title("Products")
side = st.segmented_control(
    "Flow", ["export", "import"], default="export", required=True, format_func=FLOWS.__getitem__, key="scope_flow"
)
rows = goods(side)
newest = rows[(rows["period"] == rows["period"].max()) & (rows["list"] == "main")].copy()
newest["change"] = newest["value_cny"] - newest["value_prev_cny"]
largest = newest.nlargest(20, "value_cny")
st.subheader("Categories")
st.plotly_chart(px.bar(largest, x="value_cny", y="name_en", orientation="h"))
st.subheader("Contributions")
st.plotly_chart(px.bar(newest.nlargest(20, "change"), x="name_en", y="change"))
newest["price_pct"] = newest["growth_pct"] - newest["quantity_growth_pct"]
st.subheader("Price and quantity")
st.plotly_chart(px.scatter(newest, x="quantity_growth_pct", y="price_pct", size=newest["value_cny"].fillna(0)))
product = st.selectbox("Product", list(largest["product"]), key="scope_product")
one = rows[rows["product"] == product].drop_duplicates("period")
st.subheader("One item")
st.plotly_chart(px.bar(one, x="period", y="value_cny"))
st.plotly_chart(px.bar(one, x="period", y="growth_pct"))
st.plotly_chart(px.line(one, x="period", y="unit_value_cny", markers=True))
groups = {"High technology": "high-tech", "New three": "lithium|solar|electric", "Robots": "robot"}
for name, words in groups.items():
    selected = rows[rows["product"].str.contains(words) & (rows["list"] == "main")]
    selected = selected if len(selected) else rows[rows["list"] == "main"].head(30)
    st.subheader(name)
    st.plotly_chart(px.line(selected, x="period", y="value_cny", color="product"), key=name)
