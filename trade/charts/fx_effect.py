"""How much of growth is the exchange rate? Growth in yuan and in dollars, and the points that lie between them.

Frames are those of the measure `fx_effect`: a row per `period` with growth in both currencies and its difference, as
published and as computed from the levels (`..._computed_...`).
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import time_panels

_BOTH = (("CNY", "growth_cny"), ("USD", "growth_usd"))
_DIM = 0.55


def _rates_and_effect(frame: pd.DataFrame, context: Context) -> Plots:
    rows = time_panels.in_calendar(_with_one_basis(frame), context)
    words = time_panels.period_labels(rows, context)
    yuan, dollars = (
        Series.of(rows[column], role, context.say(f"charts.in_{currency}"))
        for (currency, column), role in zip(_BOTH, (context.flow, "muted"), strict=True)
    )
    signs = ["rise" if value >= 0 else "fall" for value in rows["effect"].fillna(0.0)]
    return (
        Plot.of("lines", context.say("charts.change"), words, yuan, dollars),
        Plot.of("columns", context.say("charts.fx_points"), words, Series.of(rows["effect"], signs)),
    )


@shows(_rates_and_effect)
def two_currencies(frame: pd.DataFrame, context: Context) -> Figure:
    """Growth in each currency as a line, above bars of the points that the exchange rate adds to growth in yuan.

    Published rates are drawn; where one is missing, the whole period is computed from the levels, its bar hatched.
    """
    rows = time_panels.in_calendar(_with_one_basis(frame), context)
    rates, effect = _rates_and_effect(frame, context)
    figure, days = time_panels.two_panels(rates.title, effect.title, 440), time_panels.days(rows)
    hover = [_hover_text(row, context) for row in rows.to_dict("records")]
    for line, width in zip(rates.series, (3, 2), strict=True):
        time_panels.line(figure, days, line.numbers, line.roles[0], hover, width=width)
    _label_ends(figure, days[-1], rates.series)
    at = _marked(rows, context)
    _bars(figure, days, effect.series[0], rows["computed"], at, hover)
    label = context.points_label(rows["effect"].iloc[at])
    time_panels.label_bar(figure, "y2", days[at], rows["effect"].iloc[at], label, at == 0)
    figure.add_hline(y=0, yref="y", line={"color": theme.colour("muted"), "width": 1})
    return time_panels.period_axis(figure, rows, context)


def _with_one_basis(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with `growth_cny`, `growth_usd` and `effect`: all three published or, where one is missing, all
    `computed`."""
    computed = frame["fx_effect_pp"].isna()
    pairs = {"growth_cny": "growth_cny_{}pct", "growth_usd": "growth_usd_{}pct", "effect": "fx_effect_{}pp"}
    values = {
        name: frame[column.format("")].where(~computed, frame[column.format("computed_")])
        for name, column in pairs.items()
    }
    return frame[["period"]].assign(**values, computed=computed).dropna(subset=["effect"]).reset_index(drop=True)


def _marked(rows: pd.DataFrame, context: Context) -> int:
    """The row position of the chosen period, else of the last."""
    positions = (rows["period"] == context.chosen).to_numpy().nonzero()[0]
    return int(positions[-1]) if len(positions) else len(rows) - 1


def _bars(figure: Figure, days: list[str], effect: Series, computed: pd.Series, at: int, hover: list[str]) -> None:
    marker = {
        "color": [theme.colour(role) for role in effect.roles],
        "opacity": [1.0 if position == at else _DIM for position in range(len(days))],
        "pattern": {"shape": ["/" if flag is True else "" for flag in computed], "solidity": 0.35},
        "line": {"width": 0},
    }
    figure.add_bar(x=days, y=effect.numbers, yaxis="y2", marker=marker, hovertext=hover, hoverinfo="text")


def _label_ends(figure: Figure, day: str, lines: tuple[Series, ...]) -> None:
    """The currencies' names right of their lines, the higher line's above the lower's."""
    ends = [line.numbers.iloc[-1] for line in lines]
    for line, end in zip(lines, ends, strict=True):
        place = {"x": day, "y": end, "xanchor": "left", "xshift": 8, "yanchor": "bottom" if end >= max(ends) else "top"}
        font = {"color": theme.colour(line.roles[0])}
        figure.add_annotation(text=f"<b>{line.name}</b>", showarrow=False, font=font, **place)


def _hover_text(row: dict[Any, Any], context: Context) -> str:
    """Hover text: both rates, their difference in points, and whether they are published or computed."""
    if pd.isna(row["effect"]):
        return ""
    kind = context.say("charts.fx_computed" if row["computed"] is True else "charts.fx_published")
    words = {"yuan": context.percent(row["growth_cny"]), "dollars": context.percent(row["growth_usd"])}
    effect = context.points(row["effect"])
    text = context.say("charts.fx_hover", effect=effect, kind=kind, **words)
    return f"<b>{context.period(row['period'])}</b><br>{text}"
