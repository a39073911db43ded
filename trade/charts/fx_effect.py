"""How much of growth is the exchange rate? Growth in yuan and in dollars, and the points that lie between them.

Frames are those of the measure `fx_effect`: a row per `period` with growth in both currencies and its difference, as
published and as computed from the levels (`..._computed_...`).
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from trade.charts import theme
from trade.charts.context import Context
from trade.charts.layout import time_panels

_BOTH = (("CNY", "growth_cny"), ("USD", "growth_usd"))
_DIM = 0.55


def two_currencies(frame: pd.DataFrame, context: Context) -> go.Figure:
    """Growth in each currency as a line, above bars of the points that the exchange rate adds to growth in yuan.

    Published rates are drawn; where one is missing, the whole period is computed from the levels, its bar hatched.
    """
    rows = time_panels.in_calendar(_told(frame), context)
    upper, lower = context.say("charts.change"), context.say("charts.fx_points")
    figure, days = time_panels.two_panels(upper, lower, 440, right=88), time_panels.days(rows)
    hover = [_tell(row, context) for row in rows.to_dict("records")]
    for currency, column in _BOTH:
        role = context.flow if currency == "CNY" else "muted"
        time_panels.line(figure, days, rows[column], role, hover, width=3 if currency == "CNY" else 2)
    _label_ends(figure, days, rows, context)
    at = _marked(rows, context)
    _bars(figure, days, rows, at, hover)
    label = context.points_label(rows["effect"].iloc[at])
    time_panels.label_bar(figure, "y2", days[at], rows["effect"].iloc[at], label)
    figure.add_hline(y=0, yref="y", line={"color": theme.colour("muted"), "width": 1})
    return time_panels.period_axis(figure, rows, context)


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with `growth_cny`, `growth_usd`, `effect` and whether they are `computed`; both rates on one basis."""
    computed = frame["fx_effect_pp"].isna()
    pairs = {"growth_cny": "growth_cny_{}pct", "growth_usd": "growth_usd_{}pct", "effect": "fx_effect_{}pp"}
    told = {
        name: frame[column.format("")].where(~computed, frame[column.format("computed_")])
        for name, column in pairs.items()
    }
    return frame[["period"]].assign(**told, computed=computed).dropna(subset=["effect"]).reset_index(drop=True)


def _marked(rows: pd.DataFrame, context: Context) -> int:
    """The position of the chosen period, or of the last."""
    found = (rows["period"] == context.chosen).to_numpy().nonzero()[0]
    return int(found[-1]) if len(found) else len(rows) - 1


def _bars(figure: go.Figure, days: list[str], rows: pd.DataFrame, at: int, hover: list[str]) -> None:
    marker = {
        "color": [theme.colour("rise" if value >= 0 else "fall") for value in rows["effect"].fillna(0.0)],
        "opacity": [1.0 if position == at else _DIM for position in range(len(rows))],
        "pattern": {"shape": ["/" if one is True else "" for one in rows["computed"]], "solidity": 0.35},
        "line": {"width": 0},
    }
    figure.add_bar(x=days, y=rows["effect"], yaxis="y2", marker=marker, hovertext=hover, hoverinfo="text")


def _label_ends(figure: go.Figure, days: list[str], rows: pd.DataFrame, context: Context) -> None:
    """The currencies' names right of their lines, the higher line's above the lower's."""
    last = rows.iloc[-1]
    for currency, column in _BOTH:
        higher = last[column] >= max(last["growth_cny"], last["growth_usd"])
        role, name = context.flow if currency == "CNY" else "muted", context.say(f"charts.in_{currency}")
        place: dict[str, Any] = {"x": days[-1], "y": last[column], "xanchor": "left", "xshift": 8}
        place["yanchor"] = "bottom" if higher else "top"
        figure.add_annotation(text=f"<b>{name}</b>", showarrow=False, font={"color": theme.colour(role)}, **place)


def _tell(row: dict[Any, Any], context: Context) -> str:
    """What is said on hover: both rates, the points between them, and of which kind they are."""
    if pd.isna(row["effect"]):
        return ""
    kind = context.say("charts.fx_computed" if row["computed"] is True else "charts.fx_published")
    words = {"yuan": context.percent(row["growth_cny"]), "dollars": context.percent(row["growth_usd"])}
    effect = context.points(row["effect"])
    told = context.say("charts.fx_hover", effect=effect, kind=kind, **words)
    return f"<b>{context.period(row['period'])}</b><br>{told}"
