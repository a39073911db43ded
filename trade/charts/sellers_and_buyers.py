"""Goods side by side: who sells and buys them, what share of the world or of a market, and how that changed.

Frames hold a row per code or economy with `name_en`, `name_zh`. Rows lie sideways: names can be read on a phone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Mark, Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.hs_products import broken, extra_row_height, row_label
from trade.charts.label_context import Context
from trade.charts.layout import row_axis, row_marks, slide_reduction, time_panels
from trade.charts.layout.row_axis import Cell, Row
from trade.text import formats

RIVALS = {"USA": "USA", "DEU": "DEU", "JPN": "JPN", "KOR": "GBR", "VNM": "RUS", "IND": "ARE", "MEX": "FRA"}
"""The rivals drawn in colour, with the roles whose colours they borrow; others are grey."""
OWN = "CHN"
COUNTS = ("rank", "products", "dependent_products")
"""Columns of whole numbers."""
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
    scale, labels = (
        context.of_column(column).scale(shown[column]),
        [_label(row, code, context) for row in shown.to_dict("records")],
    )
    roles = [context.flow if value >= 0 else "fall" for value in shown[column]]
    title = context.say(f"goods.{axis}") if axis else context.say("charts.level", unit=scale.unit)
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
) -> Figure:
    """`column` as bars, in the order of the frame, with up to three columns of figures beside them.

    `columns` are names of columns (a share, growth, an index, a count), each with the key of its heading. `axis` is the
    key of the axis' title where the bars are no amounts.
    """
    (drawn,) = _bars(frame, context, column, code, keep, axis)
    shown = frame.head(keep)
    rows = shown.to_dict("records")
    labels = [broken(label, context, len(columns)) for label in drawn.categories]
    figure = row_axis.row_figure(labels, columns=len(columns), tall=extra_row_height(labels))
    headings = [context.say(f"goods.{key}") for key in columns.values()]
    if any("<br>" in heading for heading in headings):
        figure.update_layout(margin={"t": TWO_LINES}, height=figure.height + TWO_LINES - row_axis.TOP)
    figure.add_bar(
        orientation="h",
        x=list(drawn.series[0].values),
        y=list(range(len(rows))),
        customdata=shown[code],
        marker={"color": [theme.colour(role) for role in drawn.series[0].roles]},
        hovertext=[_hover_text(row, column, columns, context, amount=not axis) for row in rows],
        hoverinfo="text",
        unselected={"marker": {"opacity": 1}},
    )
    row_axis.columns(figure, headings, [[_cell(name, row[name], context) for name in columns] for row in rows])
    return figure.update_xaxes(title={"text": drawn.title}, nticks=3 if len(columns) < 3 else 2)


def _before_and_after(
    frame: pd.DataFrame,
    context: Context,
    before: str,
    after: str,
    difference: str,
    line: float | None = None,
) -> Plots:
    shown = frame.sort_values(difference, ascending=False, kind="stable")
    labels = [_label(row, "code", context) for row in shown.to_dict("records")]
    title = context.say("goods.share_of_world" if after.endswith("_pct") else "goods.advantage_about")
    series = [
        Series.of(shown[column], role, context.period(str(shown[period].iloc[0])))
        for column, period, role in ((before, "base_period", "muted"), (after, "period", context.flow))
    ]
    return (Plot.of("bars", title, labels, *series, marks=[] if line is None else [Mark(line)]),)


@shows(_before_and_after, instead_of="dots")
def change(
    frame: pd.DataFrame, context: Context, before: str, after: str, difference: str, line: float | None = None
) -> Figure:
    """Each code before (open) and after (full), in order of the change; `line` marks a value that divides them.

    `before`, `after` and `difference` are columns: shares in per cent, or ratios.
    """
    shown = frame.sort_values(difference, ascending=False, kind="stable").reset_index(drop=True)
    rows, shares = shown.to_dict("records"), after.endswith("_pct")
    labels = [broken(_label(row, "code", context), context) for row in rows]
    figure = row_axis.row_figure(labels, columns=2, legend=True, tall=extra_row_height(labels))
    row_marks.between(figure, shown[before], shown[after])
    if line is not None:
        figure.add_vline(x=line, line={"color": theme.colour("muted"), "width": 1.5, "dash": "dot"})
    paints = [theme.colour(row_axis.side(value)) for value in shown[difference]]
    hover = [_hover_change(row, before, after, shares, context) for row in rows]
    for column, period, full in ((before, "base_period", False), (after, "period", True)):
        name = context.period(str(shown[period].iloc[0]))
        row_marks.dots(figure, shown[column], name, hover, shown["code"], full=full, colours=paints)
    cells = [_change_cells(row, after, difference, shares, context) for row in rows]
    headings = [context.period(str(shown["period"].iloc[0])), context.say("goods.column_change")]
    row_axis.columns(figure, headings, cells)
    slide_reduction.keep_ends(figure, len(rows))
    return figure.update_xaxes(rangemode="tozero", ticksuffix=context.percent_sign if shares else "", nticks=4)


def _shares_over_time(frame: pd.DataFrame, context: Context, column: str = "share_pct") -> Plots:
    wide = frame.pivot_table(index="period", columns="partner", values=column)
    names = {row["partner"]: _name(row, context) for row in frame.drop_duplicates("partner").to_dict("records")}
    series = [Series.of(wide[code], _role(code), names[code]) for code in dict.fromkeys(frame["partner"])]
    periods = [context.period(code) for code in wide.index]
    return (Plot.of("lines", context.say("goods.share_of_world"), periods, *series),)


def _role(code: str) -> str:
    """The role of an economy's colour among rivals."""
    return "CHN" if code == OWN else RIVALS.get(code, "muted")


@shows(_shares_over_time)
def rivals(frame: pd.DataFrame, context: Context, column: str = "share_pct") -> Figure:
    """The share of each economy (`partner`) over time: China strong, rivals in colour, others grey, with names."""
    figure = time_panels.one_panel(context.say("goods.share_of_world"), height=420)
    order = sorted(dict.fromkeys(frame["partner"]), key=lambda code: (code == OWN, code in RIVALS))
    ends: list[tuple[float, str, str]] = []
    own = dict(iter(frame.groupby("partner", sort=False)))
    for code in order:
        rows = time_panels.in_calendar(own[code], context)
        role = _role(code)
        name = _name(rows.dropna(subset=["name_en"]).iloc[-1].to_dict(), context)
        known = zip(rows["period"], rows[column], rows["value"], strict=True)
        hover = [_hover_share(name, period, share, value, context) for period, share, value in known]
        time_panels.line(figure, time_panels.days(rows), rows[column], role, hover, width=3 if code == OWN else 1.6)
        if pd.notna(rows[column].iloc[-1]):
            share = context.percent(rows[column].iloc[-1], signed=False)
            ends.append((float(rows[column].iloc[-1]), f"{row_marks.shortened(name, 13)} {share}", role))
    span = time_panels.in_calendar(frame.drop_duplicates("period").sort_values("period"), context)
    _label_apart(figure, time_panels.days(span)[-1], ends, float(frame[column].max()))
    figure.update_yaxes(rangemode="tozero", ticksuffix=context.percent_sign, nticks=6)
    return time_panels.period_axis(figure, span, context)


def _two_totals(frame: pd.DataFrame, context: Context) -> Plots:
    rows = time_panels.in_calendar(frame, context)
    scale = context.of_column("value_usd").scale(pd.concat([rows["value_usd"], rows["customs_usd"]]))
    words = [context.period(code) for code in rows["period"]]
    totals = [
        Series.of(rows[column] / scale.size, role, context.say(f"goods.{column}"))
        for column, role in (("value_usd", context.flow), ("customs_usd", "muted"))
    ]
    return (
        Plot.of("lines", context.say("charts.level", unit=scale.unit), words, *totals),
        Plot.of("columns", context.say("goods.gap"), words, Series.of(rows["gap_pct"], "muted")),
    )


@shows(_two_totals)
def reconciled(frame: pd.DataFrame, context: Context) -> Figure:
    """Reconciled and customs' totals as two lines, and under them how far the first lies from the second, per cent."""
    rows = time_panels.in_calendar(frame, context)
    scale = context.of_column("value_usd").scale(pd.concat([rows["value_usd"], rows["customs_usd"]]))
    upper, lower = context.say("charts.level", unit=scale.unit), context.say("goods.gap")
    figure, days = time_panels.two_panels(upper, lower, 440), time_panels.days(rows)
    hover = [_hover_gap(row, context) for row in rows.to_dict("records")]
    ends = []
    for column, role in (("value_usd", context.flow), ("customs_usd", "muted")):
        time_panels.line(figure, days, rows[column] / scale.size, role, hover)
        ends.append((float(rows[column].iloc[-1]) / scale.size, context.say(f"goods.{column}"), role))
    _label_apart(figure, days[-1], ends, float(rows["value_usd"].max()) / scale.size, tall=0.54 * 440)
    colour = theme.colour("muted")
    figure.add_bar(x=days, y=rows["gap_pct"], yaxis="y2", marker={"color": colour}, hovertext=hover, hoverinfo="text")
    time_panels.label_bar(figure, "y2", days[-1], rows["gap_pct"].iloc[-1], context.percent(rows["gap_pct"].iloc[-1]))
    figure.update_yaxes(rangemode="tozero")
    return time_panels.period_axis(figure, rows, context)


def _good_panels(frame: pd.DataFrame, context: Context) -> list[tuple[str, float, str]]:
    """The panels of a good in customs' tables: column, the step in which it is drawn, title.

    A good that customs does not count has the panel of value only.
    """
    money = context.scale(frame["value"])
    panels = [("value", money.size, context.say("charts.level", unit=money.unit))]
    units = frame["unit_name"].dropna()
    if frame["quantity"].notna().any() and len(units):
        unit = str(units.iloc[-1])
        amount = formats.scale_of_quantity(frame["quantity"], unit, context.lang)
        each = context.scale(frame["unit_value"])
        panels += [
            ("quantity", amount.size, context.say("goods.quantity", unit=amount.unit)),
            ("unit_value", each.size, context.say("goods.unit_value", money=each.unit, unit=unit)),
        ]
    return panels


def _by_flow(frame: pd.DataFrame, context: Context) -> Plots:
    span = time_panels.in_calendar(frame.drop_duplicates("period").sort_values("period"), context)["period"]
    flows = [flow for flow in ("export", "import") if (frame["flow"] == flow).any()]
    by_flow = {flow: frame[frame["flow"] == flow].set_index("period").reindex(span) for flow in flows}
    words = [context.period(code) for code in span]
    return tuple(
        Plot.of(
            "lines",
            title,
            words,
            *(Series.of(by_flow[flow][column] / size, flow, context.say(f"flow.{flow}")) for flow in flows),
        )
        for column, size, title in _good_panels(frame, context)
    )


@shows(_by_flow)
def customs_good(frame: pd.DataFrame, context: Context) -> Figure:
    """One good in customs' tables: value, quantity and unit value under each other, exports and imports as two lines.

    Periods that no table was found for are gaps.
    """
    panels = _good_panels(frame, context)
    figure, axes = _stack([title for _, _, title in panels])
    span = time_panels.in_calendar(frame.drop_duplicates("period").sort_values("period"), context)
    for flow in ("export", "import"):
        of_flow = frame[frame["flow"] == flow]
        if of_flow.empty:
            continue
        rows = time_panels.in_calendar(of_flow, context)
        hover = [_hover_good(row, flow, context) for row in rows.to_dict("records")]
        for (column, size, _), axis in zip(panels, axes, strict=True):
            _dotted(figure, time_panels.days(rows), rows[column] / size, axis, flow, hover)
        last = of_flow.iloc[-1]
        size = panels[0][1]
        place = {"x": time_panels.days(of_flow)[-1], "y": last["value"] / size, "xanchor": "left", "xshift": 10}
        text = f"<b>{context.say(f'flow.{flow}')}</b>"
        figure.add_annotation(text=text, showarrow=False, font={"color": theme.colour(flow)}, **place)
    figure.update_yaxes(rangemode="tozero", nticks=4)
    time_panels.period_axis(figure, span, context)
    return figure.update_xaxes(dtick="M6") if context.freq == "M" else figure  # as many as a phone has room for


def _stack(titles: list[str]) -> tuple[Figure, list[str]]:
    """Panels of one height under each other on one axis of periods, each under its title; and their axes' names."""
    gap, tall = 0.14, 180
    size = (1 - gap * (len(titles) - 1)) / len(titles)
    figure = theme.figure(height=tall * len(titles) + 80, margin={"t": 36})
    axes = ["y", "y2", "y3"][: len(titles)]
    for at, (axis, title) in enumerate(zip(axes, titles, strict=True)):
        top = 1 - at * (size + gap)
        look = theme.layout()["yaxis"] | {"domain": [max(0.0, top - size), top], "anchor": "x"}
        figure.update_layout(**{f"yaxis{axis[1:]}": look})
        place = {"x": 0, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        figure.add_annotation(text=title, showarrow=False, font={"color": theme.colour("muted")}, yshift=8, **place)
    return figure.update_layout(xaxis={"anchor": axes[-1]}), axes


def _dotted(figure: Figure, x: list[str], y: pd.Series, axis: str, role: str, hover: list[str]) -> None:
    """A line with a dot at each period, so that one between two gaps is seen."""
    look = {"line": {"color": theme.colour(role), "width": 2}, "marker": {"size": 6, "color": theme.colour(role)}}
    shared = {"mode": "lines+markers", "connectgaps": False, "hovertext": hover, "hoverinfo": "text"}
    figure.add_scatter(x=x, y=y, yaxis=axis, **look, **shared)


def _label_apart(figure: Figure, x: str, ends: list[tuple[float, str, str]], highest: float, tall: float = 340) -> None:
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
    figure.add_annotations(
        [
            {**shared, "y": y, "yshift": shift, "text": f"<b>{text}</b>", "font": {"color": theme.colour(role)}}
            for y, shift, text, role in placed
        ],
    )


def _label(row: Row, code: str, context: Context) -> str:
    """The name of a row, preceded by its code if it is a good; not for groups and economies."""
    good = row[code] if str(row[code]).isdigit() else ""
    return row_label(good, row, context)


def _name(row: Row, context: Context) -> str:
    return row_axis.name_of(row, context)


def _cell(column: str, value: Any, context: Context) -> Cell:
    """A formatted figure, by the kind of its column."""
    if column == "growth_pct":
        return row_axis.growth(value, context)
    if column == "ratio":
        return row_axis.ratio({column: value}, context)[0]
    return _words(column, value, context), "text"


def _words(column: str, value: Any, context: Context) -> str:
    if formats.is_missing(value):
        return "–"
    if column.endswith("_pct"):
        return context.percent(value, digits=0 if abs(value) >= 100 else 1, signed=column == "growth_pct")
    if column in COUNTS:
        return formats.count(value, context.lang)
    return formats.number(value, 2, context.lang)


def _hover_text(row: Row, column: str, columns: Mapping[str, str], context: Context, *, amount: bool) -> str:
    lines = [f"<b>{_name(row, context)}</b>", *([context.of_column(column).amount(row[column])] if amount else [])]
    for name, key in columns.items():
        heading = context.say(f"goods.{key}").replace("<br>", context.say("join.sentence"))
        lines.append(context.say("goods.figure_hover", name=heading, figure=_words(name, row[name], context)))
    return "<br>".join(lines)


def _change_cells(row: Row, after: str, difference: str, shares: bool, context: Context) -> list[Cell]:
    """The value of the newer year, and the change."""
    changed = formats.number(row[difference], 1 if shares else 2, context.lang, signed=True)
    return [(f"<b>{_number(row[after], shares, context)}</b>", "text"), (changed, row_axis.side(row[difference]))]


def _number(value: float, shares: bool, context: Context) -> str:
    return context.percent(value, signed=False) if shares else formats.number(value, 2, context.lang)


def _hover_change(row: Row, before: str, after: str, shares: bool, context: Context) -> str:
    ends = " → ".join(_number(row[name], shares, context) for name in (before, after))
    return f"<b>{_name(row, context)}</b><br>{ends}"


def _hover_share(name: str, period: str, share: float, value: float, context: Context) -> str:
    if formats.is_missing(share):
        return ""
    words = context.percent(share, signed=False)
    return f"{context.head(name, context.period(period))}<br>{words}<br>{context.amount(value)}"


def _hover_gap(row: Row, context: Context) -> str:
    if formats.is_missing(row["gap_pct"]):
        return ""
    lines = [
        f"{context.say(f'goods.{name}')}{context.colon}{context.of_column(name).amount(row[name])}"
        for name in ("value_usd", "customs_usd")
    ]
    return "<br>".join([f"<b>{context.period(row['period'])}</b>", *lines, context.percent(row["gap_pct"])])


def _hover_good(row: Row, flow: str, context: Context) -> str:
    if formats.is_missing(row["value"]):
        return ""
    lines = [context.head(context.say(f"flow.{flow}"), context.period(row["period"])), context.amount(row["value"])]
    if not formats.is_missing(row["quantity"]):
        small = row["quantity"] < 100
        amount = (
            formats.number(row["quantity"], 1, context.lang) if small else formats.large(row["quantity"], context.lang)
        )
        lines.append(context.say("unit.counted", step=amount, name=row["unit_name"]))
    if not formats.is_missing(row["growth"]):
        lines.append(context.say("charts.growth_hover", growth=context.percent(row["growth"])))
    return "<br>".join(lines)
