"""The full ranking as a table to search and to sort. A click on a row marks the market, as its control does."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from trade.charts import ranking
from trade.charts.label_context import Context
from trade.measures import Result
from trade.panels import columns, market_filter, market_scope
from trade.panels.cache import cached_text
from trade.panels.language import lang, say
from trade.text import formats
from trade.text.markdown import plain
from trade.ui.core import filters, inputs, market_controls

FORMS = {
    "rank_change": "%d", "value": "%,.2f", "base_value": "%,.2f", "share_pct": "%.2f", "share_change_pp": "%+.2f",
    "rate_pct": "%+.1f", "ratio": "%.2f",
}  # fmt: skip
"""How the numbers of the table are written."""
HEIGHT = 420
LONGEST = 40


def draw(result: Result, name: str) -> None:
    """The markets in order, those whose name or code contains the text searched for."""
    order = market_filter.ORDERS[filters.choices().pick("sort")]
    scope = market_scope.scope_of(filters.choices())
    trends = market_filter.trends(scope.params, scope.period)
    shown, codes, headings = _shown(result, inputs.text("find", longest=LONGEST), order, trends)
    if not codes:
        st.info(plain(say("league.none")))
        return
    known = {column: form for column, form in FORMS.items() if column in headings}
    config: dict[str, Any] = {
        column: st.column_config.NumberColumn(headings[column], format=form) for column, form in known.items()
    }
    config["trend"] = st.column_config.LineChartColumn(headings["trend"], width="small")
    st.dataframe(
        shown, hide_index=True, alt=plain(name), column_config={**headings, **config}, height=HEIGHT, key="league",
        placeholder="–",
        selection_mode="single-row", on_select=lambda: _picked(codes),
    )  # fmt: skip


@cached_text
def _shown(result: Result, text: str, order: str, trends: pd.Series) -> tuple[pa.Table, list[str], dict[str, str]]:
    """The table in order of a column, the codes of its rows, its headings. `trends` are the small lines by market."""
    rows = ranking.in_order(search(result.frame, text), order)
    scale = Context.of(result.said_params, lang()).scale(result.frame["value"])
    label = f"name_{lang()}"
    shown = rows[
        [
            "rank",
            "rank_change",
            "market",
            label,
            "customs_continent",
            "value",
            "share_pct",
            "share_change_pp",
            "rate_pct",
            *(column for column in ("base_value", "ratio") if column in rows),
        ]
    ]
    amounts = [column for column in ("value", "base_value") if column in shown]
    shown = shown.assign(
        **{column: shown[column] / scale.size for column in amounts},
        customs_continent=_continents(shown["customs_continent"]),
        trend=shown["market"].map(trends),
    )
    headings = {column: columns.heading(column, scale.unit) for column in shown.columns if column != "trend"}
    headings["trend"] = say("league.trend", count=market_filter.TREND)
    return pa.Table.from_pandas(shown), list(shown["market"]), headings


def search(frame: pd.DataFrame, text: str) -> pd.DataFrame:
    """The rows whose name, in any language, or code contains the text; all if there is none."""
    if not text:
        return frame
    spelled = [column for column in frame if column == "market" or str(column).startswith("name_")]
    hits = pd.DataFrame({name: frame[name].str.contains(text, case=False, regex=False, na=False) for name in spelled})
    return frame[hits.any(axis=1)]


def _continents(codes: pd.Series) -> list[str]:
    known = {code: f"scope.continent.{code}" for code in codes.dropna().unique()}
    return [say(known[code]) if code in known and formats.has(known[code]) else "–" for code in codes]


def _picked(codes: list[str]) -> None:
    rows = st.session_state["league"]["selection"]["rows"]
    if rows and rows[0] < len(codes):
        market_controls.mark(codes[rows[0]])
