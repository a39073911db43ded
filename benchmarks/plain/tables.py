"""The store's tables as frames, loaded once, and the controls that most pages have."""

from __future__ import annotations

import duckdb
import pandas as pd
import streamlit as st

from trade import paths
from trade.store.publish import current_store

FLOWS = {"export": "Exports", "import": "Imports", "total": "Total"}


@st.cache_data
def table(name: str) -> pd.DataFrame:
    """All rows of a table."""
    with duckdb.connect(str(current_store(paths.home())), read_only=True) as con:
        return con.execute(f"SELECT * FROM {name}").df()


def flow(default: str = "export") -> str:
    """The control of the flow."""
    return st.segmented_control(
        "Flow", list(FLOWS), default=default, required=True, format_func=FLOWS.__getitem__, key="scope_flow"
    )


def currency() -> str:
    """The control of the currency."""
    return st.segmented_control("Currency", ["CNY", "USD"], default="CNY", required=True, key="scope_currency")


def totals(flow: str, currency: str, freq: str) -> pd.DataFrame:
    """China's trade by period, with the balance as a flow."""
    rows = table("total_trade")
    rows = rows[(rows["currency"] == currency) & (rows["freq"] == freq)].sort_values("period")
    if flow != "balance":
        return rows[rows["flow"] == flow].reset_index(drop=True)
    wide = rows.pivot_table(index="period", columns="flow", values="value")
    wide["value"] = wide["export"] - wide["import"]
    wide["growth_pct"] = 100 * wide["value"] / wide["total"]
    return wide.reset_index()


def markets(flow: str) -> pd.DataFrame:
    """Partners by year with names, shares and ranks; both directions added up for the total."""
    rows = table("partner_annual")
    rows = rows[rows["flow"].isin(["export", "import"]) if flow == "total" else rows["flow"] == flow]
    rows = rows.groupby(["year", "partner"], as_index=False)[["value_usd"]].sum()
    rows["share_pct"] = 100 * rows["value_usd"] / rows.groupby("year")["value_usd"].transform("sum")
    rows["rank"] = rows.groupby("year")["value_usd"].rank(ascending=False)
    before = rows.assign(year=rows["year"] + 1)[["year", "partner", "value_usd"]]
    rows = rows.merge(before, how="left", on=["year", "partner"], suffixes=("", "_before"))
    rows["change_usd"] = rows["value_usd"] - rows["value_usd_before"]
    rows["growth_pct"] = 100 * rows["change_usd"] / rows["value_usd_before"]
    names = table("economy")[["economy", "name_en", "customs_continent", "longitude", "latitude"]]
    return rows.merge(names, how="left", left_on="partner", right_on="economy")


def goods(flow: str) -> pd.DataFrame:
    """Commodities by month since January, with names."""
    rows = table("product_month")
    rows = rows[(rows["flow"] == flow) & (rows["freq"] == "YTD")]
    return rows.merge(table("fact.product")[["product", "name_en"]], on="product").sort_values("period")
