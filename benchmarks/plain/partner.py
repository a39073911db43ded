"""Partner: cards, both flows, share and rank, contributions, months, what the partner reports."""

import plotly.express as px
import streamlit as st

from benchmarks.plain.tables import flow, markets, table

st.title("Partner")
rows = {side: markets(side) for side in ("export", "import", "total")}
names = dict(zip(rows["total"]["partner"], rows["total"]["name_en"], strict=True))
at = list(names).index(st.query_params.get("partner", "USA"))
code = st.selectbox("Partner", list(names), index=at, format_func=names.__getitem__, key="scope_partner")
side = flow()
st.header(names[code])
for column, name in zip(st.columns(3), rows, strict=True):
    own = rows[name][rows[name]["partner"] == code]
    if own.empty:  # sold to or bought from in no year
        continue
    newest = own.iloc[-1]
    column.metric(name, f"{newest['value_usd'] / 1e9:.1f} bn", f"{newest['growth_pct']:.1f}%")
one = {name: frame[frame["partner"] == code] for name, frame in rows.items()}
both = one["export"].merge(one["import"], on="year", suffixes=("_export", "_import"))
st.subheader("Both flows")
st.plotly_chart(
    px.line(both.melt("year", ["value_usd_export", "value_usd_import"]), x="year", y="value", color="variable")
)
shown = one[side]
st.subheader("Share and rank")
st.plotly_chart(px.line(shown, x="year", y="share_pct"))
st.plotly_chart(px.line(shown, x="year", y="rank").update_yaxes(autorange="reversed"))
whole = rows[side].groupby("year")["value_usd_before"].sum()
given = shown.assign(points=100 * shown["change_usd"] / shown["year"].map(whole))
st.subheader("Contribution to growth")
st.plotly_chart(px.bar(given, x="year", y="points"))
months = table("partner_month")
months = months[(months["partner"] == code) & (months["freq"] == "M")].sort_values("period")
st.subheader("Months")
st.plotly_chart(px.line(months, x="period", y="value_cny", color="flow"))
reported = table("destination_rank")
reported = reported[(reported["reporter"] == code) & (reported["partner"] == "CHN") & (reported["rank"] > 0)]
ours = shown[["year", "value_usd"]].assign(who="China")
theirs = reported[["year", "value_usd"]].drop_duplicates("year").assign(who=names[code])
st.subheader("As both report it")
st.plotly_chart(px.line(ours, x="year", y="value_usd", color="who"))
st.plotly_chart(px.line(theirs, x="year", y="value_usd", color="who"))
