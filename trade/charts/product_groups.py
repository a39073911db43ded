"""Groups that are talked about: high-tech products under two definitions, the new three, industrial robots.

Frames are those of the measures `high_tech`, `new_three` and `industrial_robots`.
"""

from __future__ import annotations

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis, time_panels
from trade.charts.layout.row_axis import Row
from trade.text import formats

_PARTS = {name: name for name in ("lithium-ion-batteries", "electric-vehicles", "solar-cells")} | {"rest": "residual"}
"""The products of the new three with the roles of their colours."""
_DASHES = {"customs": "solid", "implied": "dash"}
"""Strokes of customs' figures and of those that follow from a printed growth; all others are dotted."""


def _by_definition(frame: pd.DataFrame, context: Context) -> Plots:
    rows, scale = frame.iloc[::-1].to_dict("records"), context.scale(frame["value"])
    roles = [context.flow if row["definition"] == "statement" else "residual" for row in rows]
    series = Series.of([row["value"] / scale.size for row in rows], roles)
    title = context.say("charts.level", unit=scale.unit)
    return (Plot.of("bars", title, [_definition_label(row, context) for row in rows], series),)


def _definition_label(row: Row, context: Context) -> str:
    return f"{_period(row['period'], context)}<br>{row_axis.name_of(row, context)}"


@shows(_by_definition)
def definitions(frame: pd.DataFrame, context: Context) -> Figure:
    """Value of one group under two definitions, a pair of bars per period; growth and points of growth beside them."""
    records = frame.iloc[::-1].to_dict("records")
    (drawn,), scale = _by_definition(frame, context), context.scale(frame["value"])
    figure = row_axis.row_figure([_definition_label(row, context) for row in records], columns=3, tall=1.5)
    figure.add_bar(
        orientation="h",
        x=list(drawn.series[0].values),
        y=list(range(len(records))),
        marker={"color": [theme.colour(role) for role in drawn.series[0].roles]},
        hovertext=[_hover_definition(row, context) for row in records],
        hoverinfo="text",
    )
    cells = [_figures(row, scale, context) for row in records]
    row_axis.columns(figure, [context.say(f"commodity.{name}_column") for name in ("value", "growth", "points")], cells)
    return _amounts(figure, drawn.title)


def _new_three_parts(frame: pd.DataFrame, context: Context) -> Plots:
    periods, scale = _newest_first(frame), context.scale(frame["value"])
    series = []
    for part, role, name in _split(frame, context):
        values = part.set_index("period")["value"].reindex(periods)
        series.append(Series.of(values / scale.size, role, name))
    title, labels = context.say("charts.level", unit=scale.unit), [_period(code, context) for code in periods]
    return (Plot.of("bars", title, labels, *series, stacked=True),)


def _newest_first(frame: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(frame["period"]))[::-1]


def _split(frame: pd.DataFrame, context: Context) -> list[tuple[pd.DataFrame, str, str]]:
    """The rows of each product and of the rest, and of the group where it was not split; with their role and name."""
    groups = frame[frame["kind"] == "group"]
    unsplit = groups[~groups["period"].isin(frame.loc[frame["kind"] == "part", "period"])]
    parts = [(frame[frame["code"] == code], role) for code, role in _PARTS.items()]
    named = [(part, role, row_axis.name_of(part.iloc[0].to_dict(), context)) for part, role in parts if len(part)]
    return [*named, (unsplit, "muted", context.say("commodity.not_split"))] if len(unsplit) else named


@shows(_new_three_parts)
def new_three(frame: pd.DataFrame, context: Context) -> Figure:
    """The group in each period, newest on top, as its three products and the rest, or whole where it was not split."""
    periods, groups = _newest_first(frame), frame[frame["kind"] == "group"]
    (drawn,), scale = _new_three_parts(frame, context), context.scale(frame["value"])
    figure = row_axis.row_figure(list(drawn.categories), columns=1, legend=True, tall=1.6)
    for series, (part, role, name) in zip(drawn.series, _split(frame, context), strict=True):
        records = part.to_dict("records")
        figure.add_bar(
            orientation="h",
            x=series.numbers.set_axis(periods)[part["period"]],
            y=[periods.index(code) for code in part["period"]],
            name=name,
            marker={
                "color": theme.colour(role),
                "pattern": {"shape": "" if role != "residual" else "/", "solidity": 0.35},
            },
            hovertext=[_hover_part(row, context) for row in records],
            hoverinfo="text",
        )
    sums = dict(zip(groups["period"], groups["value"], strict=True))
    cells = [[(f"<b>{formats.number(sums[code] / scale.size, 2, context.lang)}</b>", "text")] for code in periods]
    row_axis.columns(figure, [context.say("commodity.value_column")], cells)
    return _amounts(figure.update_layout(barmode="stack"), drawn.title)


def _robots_by_period(frame: pd.DataFrame, context: Context) -> Plots:
    """A month's mean of each period that a figure covers, by flow, the newest period first."""
    scale = context.scale(frame["per_month"])
    rows = frame.sort_values(["period_end", "period_start"], ascending=False, kind="stable")
    rows = rows.assign(
        label=[formats.period(*pair, context.lang) for pair in zip(rows["period"], rows["freq"], strict=True)]
    )
    wide = rows.pivot_table(index="label", columns="flow", values="per_month", sort=False)
    flows = [Series.of(wide[flow] / scale.size, flow, context.say(f"flow.{flow}")) for flow in ("export", "import")]
    return (Plot.of("bars", context.say("commodity.per_month", unit=scale.unit), wide.index, *flows),)


@shows(_robots_by_period, instead_of="form")
def robots(frame: pd.DataFrame, context: Context) -> Figure:
    """Exports and imports in dollars a month: a stroke as long as the period that the figure covers.

    Figures of customs are full strokes, those that follow from a printed growth dashed, those of others dotted.
    """
    scale = context.scale(frame["per_month"])
    figure = time_panels.one_panel(context.say("commodity.per_month", unit=scale.unit), 400)
    for row in frame.to_dict("records"):
        _stroke(figure, row, scale, context)
    for flow in ("export", "import"):
        first = frame[frame["flow"] == flow].sort_values("period_start").iloc[0]
        text, font = f"<b>{context.say(f'flow.{flow}')}</b>", {"color": theme.colour(flow)}
        place = {"x": str(first["period_start"]), "y": first["per_month"] / scale.size, "xanchor": "left", "yshift": 14}
        figure.add_annotation(text=text, font=font, showarrow=False, **place)
    return figure.update_xaxes(type="date", tickformat="%Y", dtick="M12").update_yaxes(rangemode="tozero", nticks=5)


def _stroke(figure: Figure, row: Row, scale: formats.Scale, context: Context) -> None:
    """One figure: a stroke over its period with a dot in its middle, full only if customs printed it."""
    start, end = pd.Timestamp(row["period_start"]), pd.Timestamp(row["period_end"])
    at = {"y": [row["per_month"] / scale.size] * 3, "x": [str(day) for day in (start, start + (end - start) / 2, end)]}
    colour, dot = theme.colour(row["flow"]), "circle" if row["origin"] == "customs" else "circle-open"
    figure.add_scatter(
        **at,
        mode="lines+markers",
        line={"color": colour, "width": 3, "dash": _DASHES.get(row["origin"], "dot")},
        marker={"size": [0, 8, 0], "color": colour, "symbol": dot, "line": {"width": [0, 2, 0], "color": colour}},
        hovertext=_hover_robots(row, context),
        hoverinfo="text",
    )


def _figures(row: Row, scale: formats.Scale, context: Context) -> list[row_axis.Cell]:
    """Value, growth and points of growth of one definition, as far as known."""
    value, points = row["value"], row["contribution_pp"]
    amount = "–" if formats.is_missing(value) else formats.number(value / scale.size, 2, context.lang)
    contribution = "–" if formats.is_missing(points) else context.points_label(points)
    return [(f"<b>{amount}</b>", "text"), row_axis.growth(row["growth_pct"], context), (contribution, "text")]


def _amounts(figure: Figure, title: str) -> Figure:
    return figure.update_xaxes(title={"text": title}, rangemode="tozero", nticks=3)


def _period(code: str, context: Context) -> str:
    """A year, or January to a month."""
    return formats.period(code, "YTD", context.lang, short=True)


def _hover_definition(row: Row, context: Context) -> str:
    """Hover text: amount, growth, points, share."""
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


def _hover_part(row: Row, context: Context) -> str:
    """Amount and how it came about, growth of the period and of its last month, quantity: as far as known."""
    kind = context.say(f"quality.{row['quality']}")
    lines = [context.head(row_axis.name_of(row, context), _period(row["period"], context))]
    lines.append(context.say("charts.with_aside", text=context.amount(row["value"]), aside=kind))
    if not formats.is_missing(row["growth_pct"]):
        lines.append(context.say("charts.growth_hover", growth=context.percent(row["growth_pct"])))
    if not formats.is_missing(row["quantity"]):
        unit = formats.quantity_unit(row["quantity_unit"], context.lang, str(row["code"]))
        lines.append(context.say("unit.counted", step=formats.large(row["quantity"], context.lang), name=unit))
    if not formats.is_missing(row["month_growth_pct"]):
        month = formats.period(f"{row['period']}-12"[:7], lang=context.lang)
        growth = context.percent(row["month_growth_pct"])
        lines.append(context.say("commodity.month_hover", month=month, growth=growth))
    return "<br>".join(lines)


def _hover_robots(row: Row, context: Context) -> str:
    """Amount, per month, exports over imports where both are known, and whose figure it is."""
    flow, period = context.say(f"flow.{row['flow']}"), formats.period(row["period"], row["freq"], context.lang)
    each = context.say("commodity.each_month", amount=context.amount(row["per_month"]))
    amount = context.say("charts.with_aside", text=context.amount(row["value"]), aside=each)
    lines = [context.head(flow, period), amount]
    if row["flow"] == "export" and not formats.is_missing(row["ratio_to_imports"]):
        times = formats.number(row["ratio_to_imports"], 2, context.lang)
        lines.append(context.say("commodity.times_imports", times=times))
    return "<br>".join([*lines, context.say(f"quality.{row['origin']}")])
