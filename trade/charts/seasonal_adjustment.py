"""Monthly figures, the seasonally adjusted ones, and their trend.

Frames are those of the measure `seasonally_adjusted`: a row per `period` with `value` (January and February as their
mean in `joined_value`), `seasonally_adjusted` and, for dollars, `trend`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import time_panels


def _raw_and_adjusted(frame: pd.DataFrame, context: Context) -> Plots:
    rows = time_panels.in_calendar(frame, replace(context, freq="M"))
    scale = context.scale(rows["value"])
    raw = Series.of(rows["value"] / scale.size, "muted")
    adjusted = Series.of(rows["seasonally_adjusted"] / scale.size, context.flow, context.say("charts.adjusted"))
    joined = rows["joined"].eq(True).any()
    title = context.say("charts.monthly_joined" if joined else "charts.monthly", unit=scale.unit)
    return (Plot.of("lines", title, time_panels.period_labels(rows, context), raw, adjusted),)


@shows(_raw_and_adjusted)
def adjusted(frame: pd.DataFrame, context: Context) -> Figure:
    """Months as they were (thin, grey) and adjusted (thick), in one panel."""
    context = replace(context, freq="M")  # the measure knows no other
    rows = time_panels.in_calendar(frame, context)
    (drawn,), days = _raw_and_adjusted(frame, context), time_panels.days(rows)
    figure = time_panels.one_panel(drawn.title, 400)
    hover = [_hover_text(row, context) for row in rows.to_dict("records")]
    for line, width in zip(drawn.series, (1.25, 3), strict=True):
        time_panels.line(figure, days, line.numbers, line.roles[0], hover, width=width)
    adjusted = drawn.series[1]
    known = adjusted.numbers.notna().to_numpy().nonzero()[0]
    if len(known):
        last = int(known[-1])
        time_panels.label_end(figure, days[last], adjusted.numbers[last], adjusted.name, context.flow)
    return time_panels.period_axis(figure, rows, context)


def _hover_text(row: dict[Any, Any], context: Context) -> str:
    words = {"raw": context.amount(row["value"]), "adjusted": context.amount(row["seasonally_adjusted"])}
    key = "charts.adjusted_joined_hover" if row["joined"] == 1 else "charts.adjusted_hover"
    return f"<b>{context.period(row['period'])}</b><br>{context.say(key, **words)}"
