"""Goods side by side: who sells and buys them, what share of the world or of a market, and how that changed.

Frames hold a row per code or economy with `name_en`, `name_zh`. Rows lie sideways: names can be read on a phone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from trade.charts import theme
from trade.charts.context import Context
from trade.charts.hs_products import titled
from trade.charts.layout import row_axis, row_marks, time_panels
from trade.charts.layout.row_axis import Cell, Row
from trade.charts.series import Plot, Plots, Series, shows
from trade.text import formats
from trade.text.catalog import column_key

RIVALS = {"USA": "USA", "DEU": "DEU", "JPN": "JPN", "KOR": "GBR", "VNM": "RUS", "IND": "ARE", "MEX": "FRA"}
"""The rivals drawn in colour, with the roles whose colours they borrow; others are grey."""
OWN = "CHN"
COUNTS = ("rank", "products", "dependent_products")
"""Columns of whole numbers."""
NAMES = 132
"""Room for the names at the ends of lines, in pixels."""
TWO_LINES = 46
"""Room above the rows for headings of two lines, in pixels."""
LINE = 17
"""Height of a name at the end of a line, in pixels."""


def _bars(
    frame: pd.DataFrame,
    context: Context,
    column: str = "value",
    code: str = "code",
    keep: int = 15,
    axis: str = "",
    **_: object,
) -> Plots:
    shown = frame.head(keep)
    scale = context.scale(shown[column])
    roles = [context.flow if value >= 0 else "fall" for value in shown[column]]
    title = context.say(f"goods.{axis}") if axis else context.say("charts.level", unit=scale.unit)
    labels = [_label(row, code, context) for row in shown.to_dict("records")]
    return (Plot.of("bars", title, labels, Series.of(shown[column] / (1 if axis else scale.size), roles)),)


@shows(_bars)
def bars(
    frame: pd.DataFrame,
    context: Context,
    columns: Mapping[str, str],
    column: str = "value",
    code: str = "code",
    keep: int = 15,
    axis: str = "",
) -> go.Figure:
    """`column` as bars, in the order of the frame, with one or two columns of figures beside them.

    `columns` are names of columns (a share, growth, an index, a count), each with the key of its heading. `axis` is the
    key of the axis' title where the bars are no amounts.
    """
    shown = frame.head(keep)
    rows = shown.to_dict("records")
    (drawn,) = _bars(frame, context, column, code, keep, axis)
    figure = row_axis.sideways([_label(row, code, context) for row in rows], columns=len(columns))
    figure.add_bar(
        orientation="h",
        x=drawn.values,
        y=list(range(len(rows))),
        customdata=shown[code],
        marker={"color": [theme.colour(role) for role in drawn.series[0].roles]},
        hovertext=[_tell(row, column, columns, context, amount=not axis) for row in rows],
        hoverinfo="text",
        unselected={"marker": {"opacity": 1}},
    )
    headings = [context.say(f"goods.{key}") for key in columns.values()]
    if any("<br>" in heading for heading in headings):
        figure.update_layout(margin={"t": TWO_LINES}, height=figure.layout.height + TWO_LINES - figure.layout.margin.t)
    row_axis.columns(figure, headings, [[_cell(name, row[name], context) for name in columns] for row in rows])
    return figure.update_xaxes(title={"text": drawn.title}, nticks=4)


def _before_and_after(
    frame: pd.DataFrame, context: Context, before: str, after: str, difference: str, **_: object
) -> Plots:
    shown = frame.sort_values(difference, ascending=False, kind="stable")
    ends = [
        Series.of(shown[column], role, context.period(str(shown[period].iloc[0])))
        for column, role, period in ((before, "muted", "base_period"), (after, context.flow, "period"))
    ]
    labels = [_label(row, "code", context) for row in shown.to_dict("records")]
    return (Plot.of("bars", context.say(column_key(after)), labels, *ends),)


@shows(_before_and_after, instead_of="form")
def change(
    frame: pd.DataFrame, context: Context, before: str, after: str, difference: str, line: float | None = None
) -> go.Figure:
    """Each code before (open) and after (full), in order of the change; `line` marks a value that divides them.

    `before`, `after` and `difference` are columns: shares in per cent, or ratios.
    """
    shown = frame.sort_values(difference, ascending=False, kind="stable").reset_index(drop=True)
    rows, shares = shown.to_dict("records"), after.endswith("_pct")
    figure = row_axis.sideways([_label(row, "code", context) for row in rows], columns=2, legend=True)
    (drawn,) = _before_and_after(frame, context, before, after, difference)
    row_marks.between(figure, *(end.numbers for end in drawn.series))
    if line is not None:
        figure.add_vline(x=line, line={"color": theme.colour("muted"), "width": 1.5, "dash": "dot"})
    paints = [theme.colour(row_axis.side(value)) for value in shown[difference]]
    hover = [_tell_change(row, before, after, shares, context) for row in rows]
    for end, full in zip(drawn.series, (False, True), strict=True):
        row_marks.dots(figure, end.numbers, end.name, hover, shown["code"], full=full, colours=paints)
    cells = [_change_cells(row, after, difference, shares, context) for row in rows]
    headings = [context.period(str(shown["period"].iloc[0])), context.say("goods.column_change")]
    row_axis.columns(figure, headings, cells)
    return figure.update_xaxes(rangemode="tozero", ticksuffix=context.percent_sign if shares else "", nticks=4)


def _shares(frame: pd.DataFrame, context: Context, column: str = "share_pct") -> Plots:
    """A line per economy, China last, so that it is drawn above the others."""
    span, lines = _span(frame, context), []
    for code in _drawing_order(frame):
        rows = frame[frame["partner"] == code].set_index("period")
        name = _name(rows.dropna(subset=["name_en"]).iloc[-1].to_dict(), context)
        role = "CHN" if code == OWN else RIVALS.get(code, "muted")
        lines.append(Series.of(rows[column].reindex(span["period"]), role, name))
    return (Plot.of("lines", context.say("goods.share_of_world"), time_panels.words(span, context), *lines),)


def _drawing_order(frame: pd.DataFrame) -> list[str]:
    return sorted(dict.fromkeys(frame["partner"]), key=lambda code: (code == OWN, code in RIVALS))


def _span(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    return time_panels.in_calendar(frame.drop_duplicates("period").sort_values("period"), context)


@shows(_shares)
def rivals(frame: pd.DataFrame, context: Context, column: str = "share_pct") -> go.Figure:
    """The share of each economy (`partner`) over time: China strong, rivals in colour, others grey, with names."""
    (drawn,), span = _shares(frame, context, column), _span(frame, context)
    figure = time_panels.one_panel(drawn.title, height=420, right=NAMES)
    ends: list[tuple[float, str, str]] = []
    for code, line in zip(_drawing_order(frame), drawn.series, strict=True):
        rows = time_panels.in_calendar(frame[frame["partner"] == code], context)
        values, (role,) = line.numbers.set_axis(span["period"])[rows["period"]], line.roles
        hover = [_tell_share(line.name, row, column, context) for row in rows.to_dict("records")]
        time_panels.line(figure, time_panels.days(rows), values, role, hover, width=3 if code == OWN else 1.6)
        if pd.notna(values.iloc[-1]):
            share = context.percent(values.iloc[-1], signed=False)
            ends.append((float(values.iloc[-1]), f"{row_marks.shortened(line.name, 13)} {share}", role))
    _label_apart(figure, time_panels.days(span)[-1], ends, float(frame[column].max()))
    figure.update_yaxes(rangemode="tozero", ticksuffix=context.percent_sign, nticks=6)
    return time_panels.period_axis(figure, span, context)


def _totals_and_gap(frame: pd.DataFrame, context: Context) -> Plots:
    rows = time_panels.in_calendar(frame, context)
    scale, words = context.scale(pd.concat([rows["value_usd"], rows["customs_usd"]])), time_panels.words(rows, context)
    totals = [
        Series.of(rows[column] / scale.size, role, context.say(f"goods.{column}"))
        for column, role in (("value_usd", context.flow), ("customs_usd", "muted"))
    ]
    return (
        Plot.of("lines", context.say("charts.level", unit=scale.unit), words, *totals),
        Plot.of("columns", context.say("goods.gap"), words, Series.of(rows["gap_pct"], "muted")),
    )


@shows(_totals_and_gap)
def reconciled(frame: pd.DataFrame, context: Context) -> go.Figure:
    """Reconciled and customs' totals as two lines, and under them how far the first lies from the second, per cent."""
    rows = time_panels.in_calendar(frame, context)
    totals, gap = _totals_and_gap(frame, context)
    figure, days = time_panels.two_panels(totals.title, gap.title, 440, right=96), time_panels.days(rows)
    hover = [_tell_gap(row, context) for row in rows.to_dict("records")]
    for line in totals.series:
        time_panels.line(figure, days, line.numbers, line.roles[0], hover)
    ends = [(float(line.numbers.iloc[-1]), line.name, line.roles[0]) for line in totals.series]
    _label_apart(figure, days[-1], ends, float(totals.values.max()), tall=0.54 * 440)
    colour = theme.colour("muted")
    figure.add_bar(x=days, y=gap.values, yaxis="y2", marker={"color": colour}, hovertext=hover, hoverinfo="text")
    time_panels.label_bar(figure, "y2", days[-1], gap.values.iloc[-1], context.percent(gap.values.iloc[-1]))
    figure.update_yaxes(rangemode="tozero")
    return time_panels.period_axis(figure, rows, context)


def _good(frame: pd.DataFrame, context: Context) -> Plots:
    """Value, then quantity and unit value where customs count the good; a line per flow."""
    scale, span = context.scale(frame["value"]), _span(frame, context)
    words, columns = time_panels.words(span, context), [("value", context.say("charts.level", unit=scale.unit))]
    if frame["quantity"].notna().any():
        unit = str(frame["unit_name"].dropna().iloc[-1])
        columns += [(name, context.say(f"goods.{name}", unit=unit)) for name in ("quantity", "unit_value")]
    rows_of = {flow: frame[frame["flow"] == flow].set_index("period") for flow in ("export", "import")}
    flows = {flow: rows for flow, rows in rows_of.items() if len(rows)}
    return tuple(
        Plot.of(
            "lines",
            title,
            words,
            *(
                Series.of(
                    rows[column].reindex(span["period"]) / (scale.size if column == "value" else 1),
                    flow,
                    context.say(f"flow.{flow}"),
                )
                for flow, rows in flows.items()
            ),
        )
        for column, title in columns
    )


@shows(_good)
def customs_good(frame: pd.DataFrame, context: Context) -> go.Figure:
    """One good in customs' tables: value, quantity and unit value under each other, exports and imports as two lines.

    Periods that no table was found for are gaps. A good that customs does not count has the panel of value only.
    """
    plots, span = _good(frame, context), _span(frame, context)
    figure, axes = _stack([plot.title for plot in plots], right=72)
    for at, flow in enumerate(series.roles[0] for series in plots[0].series):
        reported = frame[frame["flow"] == flow]
        rows = time_panels.in_calendar(reported, context)
        hover = [_tell_good(row, flow, context) for row in rows.to_dict("records")]
        lines = [plot.series[at].numbers.set_axis(span["period"]) for plot in plots]
        for values, axis in zip(lines, axes, strict=True):
            _dotted(figure, time_panels.days(rows), values[rows["period"]], axis, flow, hover)
        last = lines[0][reported["period"].iloc[-1]]
        place = {"x": time_panels.days(reported)[-1], "y": last, "xanchor": "left", "xshift": 10}
        text = f"<b>{context.say(f'flow.{flow}')}</b>"
        figure.add_annotation(text=text, showarrow=False, font={"color": theme.colour(flow)}, **place)
    figure.update_yaxes(rangemode="tozero", nticks=4)
    return time_panels.period_axis(figure, span, context)


def _stack(titles: list[str], right: int) -> tuple[go.Figure, list[str]]:
    """Panels of one height under each other on one axis of periods, each under its title; and their axes' names."""
    gap, tall = 0.14, 180
    size = (1 - gap * (len(titles) - 1)) / len(titles)
    figure = theme.figure(height=tall * len(titles) + 80, margin={"l": 0, "r": right, "t": 36, "b": 0, "pad": 4})
    axes = ["y", "y2", "y3"][: len(titles)]
    for at, (axis, title) in enumerate(zip(axes, titles, strict=True)):
        top = 1 - at * (size + gap)
        look = theme.layout()["yaxis"] | {"domain": [max(0.0, top - size), top], "anchor": "x"}
        figure.update_layout({f"yaxis{axis[1:]}": look})
        place = {"x": 0, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        figure.add_annotation(text=title, showarrow=False, font={"color": theme.colour("muted")}, yshift=8, **place)
    return figure.update_layout(xaxis={"anchor": axes[-1]}), axes


def _dotted(figure: go.Figure, x: list[str], y: pd.Series, axis: str, role: str, hover: list[str]) -> None:
    """A line with a dot at each period, so that one between two gaps is seen."""
    look = {"line": {"color": theme.colour(role), "width": 2}, "marker": {"size": 6, "color": theme.colour(role)}}
    shared = {"mode": "lines+markers", "connectgaps": False, "hovertext": hover, "hoverinfo": "text"}
    figure.add_scatter(x=x, y=y, yaxis=axis, **look, **shared)


def _label_apart(
    figure: go.Figure, x: str, ends: list[tuple[float, str, str]], highest: float, tall: float = 340
) -> None:
    """Names at the ends of lines, moved apart where they would meet; `highest` is the axis' top, `tall` its pixels."""
    ordered = sorted(ends, reverse=True)
    heights = [value / highest * tall if highest else 0.0 for value, _, _ in ordered]
    free = list(heights)
    for at in range(1, len(free)):
        free[at] = min(free[at], free[at - 1] - LINE)
    for at in range(len(free) - 1, -1, -1):
        free[at] = max(free[at], LINE * (len(free) - 1 - at))
    placed = [
        (value, place - height, text, role)
        for (value, text, role), place, height in zip(ordered, free, heights, strict=True)
    ]
    shared = {"x": x, "xanchor": "left", "yanchor": "middle", "xshift": 8, "showarrow": False}
    theme.annotate(
        figure,
        [
            {**shared, "y": y, "yshift": shift, "text": f"<b>{text}</b>", "font": {"color": theme.colour(role)}}
            for y, shift, text, role in placed
        ],
    )


def _label(row: Row, code: str, context: Context) -> str:
    """The name of a row; the code of a good stands before its title, those of groups and economies do not."""
    good = row[code] if str(row[code]).isdigit() else ""
    return titled(good, _name(row, context), context)


def _name(row: Row, context: Context) -> str:
    return row_axis.name_of(row, context)


def _cell(column: str, value: Any, context: Context) -> Cell:
    """A figure of a column as its kind has it."""
    if column == "growth_pct":
        return row_axis.growth(value, context)
    return _words(column, value, context), "text"


def _words(column: str, value: Any, context: Context) -> str:
    if formats.is_missing(value):
        return "–"
    if column.endswith("_pct"):
        return context.percent(value, digits=0 if abs(value) >= 100 else 1, signed=column == "growth_pct")
    if column in COUNTS:
        return formats.count(value, context.lang)
    return formats.number(value, 2, context.lang)


def _tell(row: Row, column: str, columns: Mapping[str, str], context: Context, *, amount: bool) -> str:
    lines = [f"<b>{_name(row, context)}</b>", *([context.amount(row[column])] if amount else [])]
    for name, key in columns.items():
        heading = context.say(f"goods.{key}").replace("<br>", " ")
        lines.append(context.say("goods.figure_hover", name=heading, figure=_words(name, row[name], context)))
    return "<br>".join(lines)


def _change_cells(row: Row, after: str, difference: str, shares: bool, context: Context) -> list[Cell]:
    """The value of the newer year, and the change."""
    changed = _difference(row[difference], shares, context)
    return [(f"<b>{_number(row[after], shares, context)}</b>", "text"), (changed, row_axis.side(row[difference]))]


def _number(value: float, shares: bool, context: Context) -> str:
    return context.percent(value, signed=False) if shares else formats.number(value, 2, context.lang)


def _difference(value: float, shares: bool, context: Context) -> str:
    return formats.number(value, 1 if shares else 2, context.lang, signed=True)


def _tell_change(row: Row, before: str, after: str, shares: bool, context: Context) -> str:
    ends = " → ".join(_number(row[name], shares, context) for name in (before, after))
    return f"<b>{_name(row, context)}</b><br>{ends}"


def _tell_share(name: str, row: Row, column: str, context: Context) -> str:
    if formats.is_missing(row[column]):
        return ""
    share = context.percent(row[column], signed=False)
    return f"{context.head(name, context.period(row['period']))}<br>{share}<br>{context.amount(row['value'])}"


def _tell_gap(row: Row, context: Context) -> str:
    if formats.is_missing(row["gap_pct"]):
        return ""
    lines = [f"{context.say(f'goods.{name}')}: {context.amount(row[name])}" for name in ("value_usd", "customs_usd")]
    return "<br>".join([f"<b>{context.period(row['period'])}</b>", *lines, context.percent(row["gap_pct"])])


def _tell_good(row: Row, flow: str, context: Context) -> str:
    if formats.is_missing(row["value"]):
        return ""
    lines = [context.head(context.say(f"flow.{flow}"), context.period(row["period"])), context.amount(row["value"])]
    if not formats.is_missing(row["quantity"]):
        amount = formats.number(row["quantity"], 1 if row["quantity"] < 100 else 0, context.lang)
        lines.append(f"{amount} {row['unit_name']}")
    if not formats.is_missing(row["growth"]):
        lines.append(context.say("charts.growth_hover", growth=context.percent(row["growth"])))
    return "<br>".join(lines)
