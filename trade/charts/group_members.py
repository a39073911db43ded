"""Who makes up a group? A bar per member, with its share of the group and its growth.

The frame is that of the measure `group_members`: a row per member of one period, with its code in `member`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis, row_marks
from trade.text import formats

Row = dict[Any, Any]
COLUMNS = ("share_column", "growth_column")


def _members(frame: pd.DataFrame, context: Context, keep: int = 25) -> Plots:
    shown = _known(frame, keep)
    scale = context.scale(shown["value"])
    series = Series.of(shown["value"] / scale.size, context.flow)
    names = [row_axis.name_of(row, context) for row in shown.to_dict("records")]
    return (Plot.of("bars", context.say("partner.members_axis", unit=scale.unit), names, series),)


def _known(frame: pd.DataFrame, keep: int) -> pd.DataFrame:
    return frame[frame["value"].notna()].head(keep).reset_index(drop=True)


def growth_of(row: Row) -> float | None:
    """The published rate of a member, else the one between levels; None if there is neither."""
    rates = (row["growth_pct"], row["growth_computed_pct"])
    return next((float(rate) for rate in rates if not formats.is_missing(rate)), None)


@shows(_members)
def members(frame: pd.DataFrame, context: Context, keep: int = 25) -> Figure:
    """Values of the first members of the frame; beside them share of the group, growth and, where the frame has it, the
    `ratio` to an earlier year."""
    shown = _known(frame, keep)
    shown_columns = [*COLUMNS, *(["ratio_column"] if "ratio" in shown else [])]
    (drawn,) = _members(frame, context, keep)
    rows = shown.to_dict("records")
    figure = row_axis.row_figure([row_marks.wrap_name(name) for name in drawn.categories], columns=len(shown_columns))
    hover = [_hover_text(row, context) for row in rows]
    row_marks.bars(figure, drawn.series[0], shown["member"], hover, context.chosen)
    headings = [context.say(f"ranks.{key}") for key in shown_columns]
    row_axis.columns(figure, headings, [_cells(row, context) for row in rows])
    return figure.update_xaxes(rangemode="tozero", title={"text": drawn.title}, nticks=4)


def _cells(row: Row, context: Context) -> list[row_axis.Cell]:
    rate = growth_of(row)
    side = "muted" if rate is None else "rise" if rate >= 0 else "fall"
    return [
        (context.percent(row["share_of_group_pct"], signed=False), "text"),
        (context.percent(rate), side),
        *row_axis.ratio(row, context),
    ]


def _hover_text(row: Row, context: Context) -> str:
    words = {"amount": context.amount(row["value"]), "growth": context.percent(growth_of(row))}
    words |= {"share": context.percent(row["share_of_group_pct"], signed=False)}
    words["points"] = context.points(row["contribution_pp"], 2)
    return (
        context.head(row_axis.name_of(row, context), context.period(row["period"]))
        + "<br>"
        + context.say("partner.members_hover", **words)
    )
