"""The full ranking as a table to search and to sort. A click on a row marks the market, as its control does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from trade.charts import ranking
from trade.charts.label_context import Context
from trade.measures import Result
from trade.panels import column_headings, market_filter, market_scope
from trade.panels.cache import cached_text
from trade.panels.language import lang, say
from trade.text import formats
from trade.text.markdown import plain
from trade.ui.core import card_list, filters, inputs, market_controls
from trade.ui.core.card_list import RowCard
from trade.ui.core.tables import show_table

FORMS = {
    "rank_change": (0, True), "value": (2, False), "base_value": (2, False), "share_pct": (2, False),
    "share_change_pp": (2, True), "rate_pct": (1, True), "ratio": (2, False),
}  # fmt: skip
"""How the numbers of the table are written: decimals, and whether with their sign."""
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
    config: dict[str, Any] = {**headings, "trend": st.column_config.LineChartColumn(headings["trend"], width="small")}
    show_table(
        shown,
        plain(name),
        column_config=config,
        height=HEIGHT,
        key="league",
        selection_mode="single-row",
        on_select=lambda: _picked(codes),
    )
    card_list.draw(_cards(result, filters.value("find")), "league")


def _cards(result: Result, text: str) -> list[RowCard]:
    """The same markets with rank, value, share and growth."""
    context = Context.of(result.stated_params, lang())
    return [
        RowCard(
            f"{formats.count(row['rank'], lang())}. {row[f'name_{lang()}']}",
            (
                context.amount(row["value"]),
                context.percent(row["share_pct"], signed=False),
                "" if formats.is_missing(row["rate_pct"]) else context.percent(row["rate_pct"]),
            ),
        )
        for row in search(result.frame, text).head(card_list.MOST + 1).to_dict("records")
        if not formats.is_missing(row["rank"])
    ]


@cached_text
def _shown(result: Result, text: str, order: str, trends: pd.Series) -> tuple[Any, list[str], dict[str, str]]:
    """The table in order of a column, the codes of its rows, its headings. `trends` are the small lines by market."""
    rows = ranking.in_order(search(result.frame, text), order)
    scale = Context.of(result.stated_params, lang()).scale(result.frame["value"])
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
    headings = {column: column_headings.heading(column, scale.unit) for column in shown.columns if column != "trend"}
    headings["trend"] = say("league.trend_periods", count=market_filter.TREND)
    forms: dict[Any, str | Callable[[object], str] | None] = {
        name: partial(_number, form=form) for name, form in FORMS.items() if name in shown
    }
    return shown.style.format(forms, na_rep=formats.DASH), list(shown["market"]), headings


def _number(value: Any, form: tuple[int, bool]) -> str:
    digits, signed = form
    return formats.number(value, digits, lang(), signed=signed)


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
