"""Groups that are talked about: high-tech products under two definitions, the new three, industrial robots.

Frames are those of the measures `high_tech`, `new_three` and `industrial_robots`.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from trade.charts import theme
from trade.charts.context import Context
from trade.charts.customs_commodities import unit_name
from trade.charts.layout import row_axis, time_panels
from trade.charts.layout.row_axis import Row
from trade.text import formats

_PARTS = {"lithium-ion-batteries": "export", "electric-vehicles": "import", "solar-cells": "asia", "rest": "residual"}
"""The products of the new three with the roles whose colours they borrow: told apart by every eye."""
_DASHES = {"customs": "solid", "implied": "dash"}
"""Strokes of customs' figures and of those that follow from a printed growth; all others are dotted."""


def definitions(frame: pd.DataFrame, context: Context) -> go.Figure:
    """Value of one group under two definitions, a pair of bars per period; growth and points of growth beside them."""
    told = frame.iloc[::-1].to_dict("records")
    scale = context.scale(frame["value"])
    labels = [f"{_period(row['period'], context)}<br>{row_axis.name_of(row, context)}" for row in told]
    figure = row_axis.sideways(labels, columns=3, tall=1.5)
    figure.add_bar(
        orientation="h",
        x=[row["value"] / scale.size for row in told],
        y=list(range(len(told))),
        marker={"color": [theme.colour(_definition_role(row, context)) for row in told]},
        hovertext=[_tell_definition(row, context) for row in told],
        hoverinfo="text",
    )
    cells = [_figures(row, scale, context) for row in told]
    row_axis.columns(figure, [context.say(f"commodity.{name}_column") for name in ("value", "growth", "points")], cells)
    return _amounts(figure, scale, context)


def new_three(frame: pd.DataFrame, context: Context) -> go.Figure:
    """The group in each period, newest on top, as its three products and the rest, or whole where it was not split."""
    periods = list(dict.fromkeys(frame["period"]))[::-1]
    scale, groups = context.scale(frame["value"]), frame[frame["kind"] == "group"]
    figure = row_axis.sideways([_period(code, context) for code in periods], columns=1, legend=True, tall=1.6)
    unsplit = groups[~groups["period"].isin(frame.loc[frame["kind"] == "part", "period"])]
    shown = [(frame[frame["code"] == code], role, "") for code, role in _PARTS.items()]
    for part, role, name in [*shown, (unsplit, "muted", context.say("commodity.not_split"))]:
        told = part.to_dict("records")
        if not told:
            continue
        figure.add_bar(
            orientation="h",
            x=part["value"] / scale.size,
            y=[periods.index(code) for code in part["period"]],
            name=name or row_axis.name_of(told[0], context),
            marker={
                "color": theme.colour(role),
                "pattern": {"shape": "" if role != "residual" else "/", "solidity": 0.35},
            },
            hovertext=[_tell_part(row, context) for row in told],
            hoverinfo="text",
        )
    sums = dict(zip(groups["period"], groups["value"], strict=True))
    cells = [[(f"<b>{formats.number(sums[code] / scale.size, 2, context.lang)}</b>", "text")] for code in periods]
    row_axis.columns(figure, [context.say("commodity.value_column")], cells)
    return _amounts(figure.update_layout(barmode="stack"), scale, context)


def robots(frame: pd.DataFrame, context: Context) -> go.Figure:
    """Exports and imports in dollars a month: a stroke as long as the period that the figure covers.

    Figures of customs are full strokes, those that follow from a printed growth dashed, those of others dotted.
    """
    scale = context.scale(frame["per_month"])
    figure = time_panels.one_panel(context.say("commodity.per_month", unit=scale.unit), 400, right=24)
    for row in frame.to_dict("records"):
        _stroke(figure, row, scale, context)
    for flow in ("export", "import"):
        first = frame[frame["flow"] == flow].sort_values("period_start").iloc[0]
        text, font = f"<b>{context.say(f'flow.{flow}')}</b>", {"color": theme.colour(flow)}
        place = {"x": str(first["period_start"]), "y": first["per_month"] / scale.size, "xanchor": "left", "yshift": 14}
        figure.add_annotation(text=text, font=font, showarrow=False, **place)
    return figure.update_xaxes(type="date", tickformat="%Y", dtick="M12").update_yaxes(rangemode="tozero", nticks=5)


def _stroke(figure: go.Figure, row: Row, scale: formats.Scale, context: Context) -> None:
    """One figure: a stroke over its period with a dot in its middle, full only if customs printed it."""
    start, end = pd.Timestamp(row["period_start"]), pd.Timestamp(row["period_end"])
    at = {"y": [row["per_month"] / scale.size] * 3, "x": [str(day) for day in (start, start + (end - start) / 2, end)]}
    colour, dot = theme.colour(row["flow"]), "circle" if row["origin"] == "customs" else "circle-open"
    figure.add_scatter(
        **at,
        mode="lines+markers",
        line={"color": colour, "width": 3, "dash": _DASHES.get(row["origin"], "dot")},
        marker={"size": [0, 8, 0], "color": colour, "symbol": dot, "line": {"width": [0, 2, 0], "color": colour}},
        hovertext=_tell_robots(row, context),
        hoverinfo="text",
    )


def _figures(row: Row, scale: formats.Scale, context: Context) -> list[row_axis.Cell]:
    """Value, growth and points of growth of one definition, as far as known."""
    value, points = row["value"], row["contribution_pp"]
    amount = "–" if formats.is_missing(value) else formats.number(value / scale.size, 2, context.lang)
    given = "–" if formats.is_missing(points) else context.points_label(points)
    return [(f"<b>{amount}</b>", "text"), row_axis.growth(row["growth_pct"], context), (given, "text")]


def _definition_role(row: Row, context: Context) -> str:
    return context.flow if row["definition"] == "statement" else "residual"


def _amounts(figure: go.Figure, scale: formats.Scale, context: Context) -> go.Figure:
    title = {"text": context.say("charts.level", unit=scale.unit)}
    return figure.update_xaxes(title=title, rangemode="tozero", nticks=3)


def _period(code: str, context: Context) -> str:
    """A year, or January to a month."""
    return formats.period(code, "YTD", context.lang, short=True)


def _tell_definition(row: Row, context: Context) -> str:
    """What is said on hover: amount, growth, points, share."""
    lines = [
        context.head(row_axis.name_of(row, context), _period(row["period"], context)),
        context.amount(row["value"]),
    ]
    lines.append(context.say("charts.growth_hover", growth=context.percent(row["growth_pct"])))
    if not formats.is_missing(row["contribution_pp"]):
        points = context.points(row["contribution_pp"], 2)
        lines.append(context.say("charts.contribution_hover", points=points))
        lines.append(context.say("commodity.share_hover", share=context.percent(row["share_pct"], signed=False)))
    return "<br>".join(lines)


def _tell_part(row: Row, context: Context) -> str:
    """Amount and how it came about, growth of the period and of its last month, quantity: as far as known."""
    kind = context.say(f"quality.{row['quality']}")
    lines = [context.head(row_axis.name_of(row, context), _period(row["period"], context))]
    lines.append(f"{context.amount(row['value'])} ({kind})")
    if not formats.is_missing(row["growth_pct"]):
        lines.append(context.say("charts.growth_hover", growth=context.percent(row["growth_pct"])))
    if not formats.is_missing(row["quantity"]):
        unit = unit_name(row["quantity_unit"], context.lang)
        lines.append(f"{formats.large(row['quantity'], context.lang)} {unit}")
    if not formats.is_missing(row["month_growth_pct"]):
        month = formats.period(f"{row['period']}-12"[:7], lang=context.lang)
        growth = context.percent(row["month_growth_pct"])
        lines.append(context.say("commodity.month_hover", month=month, growth=growth))
    return "<br>".join(lines)


def _tell_robots(row: Row, context: Context) -> str:
    """Amount, per month, exports over imports where both are known, and whose figure it is."""
    flow, period = context.say(f"flow.{row['flow']}"), formats.period(row["period"], row["freq"], context.lang)
    each = context.say("commodity.each_month", amount=context.amount(row["per_month"]))
    lines = [context.head(flow, period), f"{context.amount(row['value'])} ({each})"]
    if row["flow"] == "export" and not formats.is_missing(row["ratio_to_imports"]):
        times = formats.number(row["ratio_to_imports"], 2, context.lang)
        lines.append(context.say("commodity.times_imports", times=times))
    return "<br>".join([*lines, context.say(f"quality.{row['origin']}")])
