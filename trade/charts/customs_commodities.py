"""What does trade consist of, and did price or quantity move it? Items of the customs tables, a row each.

Frames are those of `commodities` (`code`, `name_en`, `name_zh`, `kind`: part, residual, overlap, total or group),
`price_quantity` and `commodity`. Groups that cut across the list stand below a rule, hatched and marked *, and are part
of no sum.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from trade.charts import contributions, theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.column_roles import all_names
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis, slide_reduction, time_panels
from trade.charts.layout.row_axis import Row
from trade.text import formats

HOLDS, STARRED = "\u00a0›", "\u00a0*"
"""Suffixes of names: of an item that contains listed items, and of a group that overlaps others."""
MOST_PRICES = 20
"""Items whose quantity and unit value are drawn."""
_SHAPES = {"part": "", "residual": "/", "overlap": "x"}
_ADDING = ("value", "share_pct", "contribution_pp")
_GROWTHS = ("quantity_growth_pct", "unit_value_growth_pct")


def _values(frame: pd.DataFrame, context: Context, keep: int = 16, in_order: bool = False) -> Plots:
    listed = _ordered(frame, context, keep, in_order)
    scale = context.scale(listed["value"].nsmallest(max(1, len(listed) // 2)))
    rows = listed.to_dict("records")
    series = Series.of(
        listed["value"] / scale.size, [context.flow if row["kind"] == "part" else "residual" for row in rows]
    )
    labels = [_label(row, context) for row in rows]
    return (Plot.of("bars", context.say("charts.level", unit=scale.unit), labels, series),)


@shows(_values)
def items(frame: pd.DataFrame, context: Context, keep: int = 16, in_order: bool = False) -> Figure:
    """Value of each part, of what is not listed, and below a rule of the groups that cut across; beside them growth
    and, where the frame has it, the `ratio` to an earlier period. `in_order` leaves rows in the order of the frame."""
    listed = _ordered(frame, context, keep, in_order)
    rows = listed.to_dict("records")
    (drawn,) = _values(frame, context, keep, in_order)
    columns = ["value", "growth", *(["ratio"] if "ratio" in listed else [])]
    figure = row_axis.row_figure([_label(row, context) for row in rows], columns=len(columns))
    colours = [theme.colour(role) for role in drawn.series[0].roles]
    shapes = [_SHAPES[row["kind"]] for row in rows]
    figure.add_bar(
        orientation="h",
        x=drawn.values,
        y=list(range(len(listed))),
        customdata=[row["code"] if row["listed_items"] else None for row in rows],
        marker={"color": colours, "pattern": {"shape": shapes, "solidity": 0.3}},
        hovertext=[_hover_item(row, context) for row in rows],
        hoverinfo="text",
        unselected={"marker": {"opacity": 1}},
    )
    cells = [
        [
            (f"<b>{row_axis.short(value, context)}</b>", "text"),
            row_axis.growth(row["growth_pct"], context),
            *row_axis.ratio(row, context),
        ]
        for row, value in zip(rows, drawn.values, strict=True)
    ]
    row_axis.columns(figure, [context.say(f"commodity.{name}_column") for name in columns], cells)
    _rule_above(figure, int((listed["kind"] != "overlap").sum()), len(listed))
    return figure.update_xaxes(title={"text": drawn.title}, rangemode="tozero", showticklabels=False, nticks=4)


def _contributions(frame: pd.DataFrame, context: Context, keep: int = 12) -> Plots:
    return contributions.waterfall.plots(_adding_up(frame), context, keep)


def _adding_up(frame: pd.DataFrame) -> pd.DataFrame:
    """Without parts whose contribution is unknown and groups that cut across."""
    known = frame["contribution_pp"].notna() | (frame["kind"] != "part")
    return frame[known & (frame["kind"] != "overlap")]


@shows(_contributions)
def split(frame: pd.DataFrame, context: Context, keep: int = 12) -> Figure:
    """Contributions of the parts and of what is not listed, up to the growth of the whole or to what the group gave."""
    return contributions.waterfall(_adding_up(frame), context, keep)


def _growths_by_item(frame: pd.DataFrame, context: Context, keep: int = MOST_PRICES) -> Plots:
    listed = _by_growth(frame, keep)
    names = [row_axis.name_of(row, context) for row in listed.to_dict("records")]
    return (Plot.of("bars", context.say("charts.change"), names, *_two_growths(listed, context)),)


def _two_growths(rows: pd.DataFrame, context: Context) -> list[Series]:
    """Growth of quantity and of unit value."""
    roles = (context.flow, "muted")
    return [
        Series.of(rows[column], role, context.say(f"commodity.{column}"))
        for column, role in zip(_GROWTHS, roles, strict=True)
    ]


def _by_growth(frame: pd.DataFrame, keep: int) -> pd.DataFrame:
    """The largest items, in order of the growth of their value."""
    largest = frame["value"].sort_values(ascending=False, kind="stable").index[:keep]
    return frame.loc[largest].sort_values("growth_pct", ascending=False, kind="stable")


@shows(_growths_by_item, instead_of="dots")
def price_and_quantity(frame: pd.DataFrame, context: Context, keep: int = MOST_PRICES) -> Figure:
    """Growth of quantity (full dot) and of unit value (open dot) of each item, in order of the growth of its value."""
    listed = _by_growth(frame, keep)
    records, colour = listed.to_dict("records"), theme.colour(context.flow)
    figure = row_axis.row_figure([row_axis.name_of(row, context) for row in records], columns=1, legend=True)
    hover = [_hover_price(row, context) for row in records]
    for growth, symbol in zip(_two_growths(listed, context), ("circle", "circle-open"), strict=True):
        marker = {"size": 11, "symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}}
        figure.add_scatter(
            x=growth.numbers,
            y=list(range(len(listed))),
            mode="markers",
            name=growth.name,
            marker=marker,
            customdata=listed["code"],
            hovertext=hover,
            hoverinfo="text",
            unselected={"marker": {"opacity": 1}},
        )
    cells = [[row_axis.growth(row["growth_pct"], context)] for row in records]
    row_axis.columns(figure, [context.say("commodity.value_column")], cells)
    shared = {"type": "line", "line": {"color": theme.grid(), "width": 5}, "layer": "below"}
    ends = [{"x0": row[_GROWTHS[0]], "x1": row[_GROWTHS[1]], "y0": at, "y1": at} for at, row in enumerate(records)]
    figure.update_layout(shapes=[shared | bar for bar in ends])
    slide_reduction.keep_ends(figure, len(listed))
    return figure.update_xaxes(ticksuffix=context.percent_sign, nticks=5, zeroline=True)


def _growths_over_time(frame: pd.DataFrame, context: Context) -> Plots:
    calendar = time_panels.in_calendar(frame, replace(context, freq="M"))
    words, growths = time_panels.period_labels(calendar, context), _two_growths(calendar, context)
    return (Plot.of("lines", context.say("charts.change"), words, *growths),)


@shows(_growths_over_time)
def price_over_time(frame: pd.DataFrame, context: Context) -> Figure:
    """Growth of one item's quantity (full dots) and of its unit value (open dots), month by month; a dotted line at the
    period in focus where that is not the newest."""
    months = replace(context, freq="M")
    calendar = time_panels.in_calendar(frame, months)
    (drawn,), days = _growths_over_time(frame, context), time_panels.days(calendar)
    figure = time_panels.one_panel(drawn.title, 340)
    hover, colour = [_hover_price(row, context) for row in calendar.to_dict("records")], theme.colour(context.flow)
    for growth, symbol, dash in zip(drawn.series, ("circle", "circle-open"), ("solid", "dot"), strict=True):
        marker = {"size": 8, "symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}}
        line = {"color": colour, "width": 2.5, "dash": dash}
        words = {"hovertext": hover, "hoverinfo": "text", "connectgaps": False}
        figure.add_scatter(x=days, y=growth.numbers, mode="lines+markers", line=line, marker=marker, **words)
    _label_growths(figure, days[-1], calendar, context)
    if at := [day for day, code in zip(days[:-1], calendar["period"], strict=False) if code == context.chosen]:
        figure.add_vline(x=at[0], line={"color": theme.colour("muted"), "width": 1, "dash": "dot"})
    figure.update_yaxes(ticksuffix=context.percent_sign, nticks=6)
    return time_panels.period_axis(figure, calendar, months).update_xaxes(dtick="M6")


def _label_growths(figure: Figure, day: str, calendar: pd.DataFrame, context: Context) -> None:
    """Name and newest figure of both lines at their ends, moved apart where they would meet."""
    known, last = calendar[list(_GROWTHS)], calendar[list(_GROWTHS)].iloc[-1]
    close = abs(last.iloc[0] - last.iloc[1]) < 0.16 * (known.max().max() - known.min().min())
    for name in _GROWTHS:
        text = f"<b>{context.say(f'commodity.{name}')}<br>{row_axis.rate(last[name], context)}</b>"
        lift = 0 if not close else 20 if last[name] == last.max() else -20
        place = {"x": day, "y": last[name], "xanchor": "left", "xshift": 10, "yshift": lift, "align": "left"}
        figure.add_annotation(text=text, showarrow=False, font={"color": theme.colour(context.flow)}, **place)


def unit_value(row: Row, context: Context) -> str:
    """The average value of one unit: with cents where it is small."""
    digits = 2 if abs(row["unit_value"]) < 100 else None
    return formats.amount(row["unit_value"], context.currency, context.lang, digits)


def _ordered(frame: pd.DataFrame, context: Context, keep: int, in_order: bool) -> pd.DataFrame:
    """The `keep` largest parts, the others merged into one; then what is not listed, then the groups that cut across.
    With `in_order`, the first `keep` rows of the frame."""
    if in_order:
        return frame.head(keep).reset_index(drop=True)
    parts = frame[frame["kind"] == "part"].sort_values("value", ascending=False, kind="stable")
    frames = [parts]
    if len(parts) > keep + 1:
        others = parts.iloc[keep:]
        name = context.say("charts.all_others", count=formats.count(len(others), context.lang))
        row: Row = {"code": "together", "kind": "part", "listed_items": 0} | all_names(frame, name)
        row |= {column: others[column].sum(min_count=len(others)) for column in _ADDING}
        frames = [parts.iloc[:keep], pd.DataFrame([row])]
    frames += [frame[frame["kind"] == kind] for kind in ("residual", "overlap")]
    return pd.concat([part for part in frames if len(part)], ignore_index=True)


def _rule_above(figure: Figure, row: int, count: int) -> None:
    """A horizontal line across plot and names, between the parts and the groups that cut across them."""
    if row < count:
        line = {"color": theme.colour("muted"), "width": 1}
        figure.add_shape(type="line", x0=0, x1=1, xref="paper", y0=row - 0.5, y1=row - 0.5, line=line)


def _label(row: Row, context: Context) -> str:
    mark = STARRED if row["kind"] == "overlap" else ""
    return f"{row_axis.name_of(row, context)}{mark}{HOLDS if row['listed_items'] else ''}"


def _hover_item(row: Row, context: Context) -> str:
    """Hover text: name, amount, share, growth, contribution, and whether it can be opened."""
    lines = [f"<b>{row_axis.name_of(row, context)}</b>", context.amount(row["value"])]
    lines.append(context.say("commodity.share_hover", share=context.percent(row["share_pct"], signed=False)))
    if not formats.is_missing(row.get("growth_pct")):
        lines.append(context.say("charts.growth_hover", growth=context.percent(row["growth_pct"])))
    if not formats.is_missing(row.get("contribution_pp")):
        points = context.points(row["contribution_pp"], 2)
        lines.append(context.say("charts.contribution_hover", points=points))
    if row["listed_items"]:
        lines.append(context.say("commodity.holds_hover", count=formats.count(row["listed_items"], context.lang)))
    return "<br>".join(lines)


def _hover_price(row: Row, context: Context) -> str:
    """Value, quantity and unit value with their growth; nothing for a period without figures."""
    if formats.is_missing(row["quantity"]):
        return ""
    unit = formats.quantity_unit(row["quantity_unit"], context.lang, str(row.get("code", "")))
    each = unit_value(row, context)
    amounts = (
        context.amount(row["value"]),
        context.say("unit.counted", step=formats.large(row["quantity"], context.lang), name=unit),
        context.say("commodity.per_unit", each=each, unit=unit),
    )
    growths = (row["growth_pct"], row[_GROWTHS[0]], row[_GROWTHS[1]])
    lines = [
        context.say(f"commodity.{key}_hover", amount=amount, growth=row_axis.rate(growth, context))
        for key, amount, growth in zip(("value", "quantity", "unit_value"), amounts, growths, strict=True)
    ]
    period = formats.period(row["period"], context.freq, context.lang)
    return "<br>".join([context.head(row_axis.name_of(row, context), period), *lines])
