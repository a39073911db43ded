"""Trade in services and what is shown beside it: categories with both flows, quarters, digital trade, investment.

Frames are those of `services`, `service_items`, `cross_border_ecommerce` and `foreign_investment`. Amounts are in the
currency that the rows name. Categories that overlap others are marked * and are part of no sum.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from trade.charts import theme, time_series
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import dot_plot, time_panels
from trade.text import formats

Row = dict[Any, Any]
LANE = 58
_SIDES = (("exports", "export"), ("imports", "import"))
STARRED = "\u00a0*"


def _level_and_rate(frame: pd.DataFrame, context: Context) -> Plots:
    return time_series.amount_and_growth.plots(frame, _in_own_currency(frame, context))


@shows(_level_and_rate)
def amount_and_growth(frame: pd.DataFrame, context: Context) -> Figure:
    """Bars of `value` above bars of growth, in the currency of the rows."""
    return time_series.amount_and_growth(frame, _in_own_currency(frame, context))


def _balances(frame: pd.DataFrame, context: Context) -> Plots:
    scale = _in_own_currency(frame, context).scale(frame["balance"])
    sides = ["surplus" if value >= 0 else "deficit" for value in frame["balance"]]
    title, words = context.say("charts.balance", unit=scale.unit), time_panels.period_labels(frame, context)
    return (Plot.of("columns", title, words, Series.of(frame["balance"] / scale.size, sides)),)


@shows(_balances)
def quarters(frame: pd.DataFrame, context: Context) -> Figure:
    """The balance of each quarter as a bar; hatched where it was derived from others."""
    context = _in_own_currency(frame, context)
    (drawn,) = _balances(frame, context)
    figure = time_panels.one_panel(drawn.title, 300)
    names = [formats.period(code, lang=context.lang) for code in frame["period"]]
    ticks = [context.say("services.quarter", year=code[:4], number=code[-1]) for code in frame["period"]]
    values = drawn.values
    hover = [
        f"<b>{name}</b><br>{context.say('flow.balance')}{context.colon}{context.amount(value)}"
        + (f"<br>{context.say('services.derived')}" if derived else "")
        for name, value, derived in zip(names, frame["balance"], frame["derived"], strict=True)
    ]
    figure.add_bar(
        x=ticks, y=values, hovertext=hover, hoverinfo="text", width=0.5,
        marker={
            "color": [theme.colour(role) for role in drawn.series[0].roles],
            "pattern": {"shape": ["/" if derived else "" for derived in frame["derived"]], "solidity": 0.35},
        },
    )  # fmt: skip
    for tick, value in zip(ticks, values, strict=True):
        time_panels.label_bar(figure, "y", tick, value, formats.number(value, 1, context.lang))
    low, high = min(0.0, values.min()), max(0.0, values.max())
    room = 0.16 * (high - low)
    ends = [low - (room if low < 0 else 0), high + (room if high > 0 else 0)]
    return figure.update_xaxes(type="category").update_yaxes(range=ends)


def _flows_by_category(frame: pd.DataFrame, context: Context) -> Plots:
    rows, scale = _categories(frame, context)
    flows = [Series.of(rows[column] / scale.size, flow, context.say(f"flow.{flow}")) for column, flow in _SIDES]
    names = [_name(row, context) for row in rows.to_dict("records")]
    return (Plot.of("bars", context.say("services.axis", unit=scale.unit), names, *flows),)


def _categories(frame: pd.DataFrame, context: Context) -> tuple[pd.DataFrame, formats.Scale]:
    """The categories with both flows, and the scale of their amounts."""
    rows = frame[~frame["whole"].astype(bool)].dropna(subset=["exports", "imports"]).reset_index(drop=True)
    return rows, _in_own_currency(frame, context).scale(pd.concat([rows["exports"], rows["imports"]]))


@shows(_flows_by_category, instead_of="dots")
def categories(frame: pd.DataFrame, context: Context) -> Figure:
    """A lane per category, the largest first: exports and imports as dots, the balance as the bar between them."""
    context = _in_own_currency(frame, context)
    (drawn,), (rows, scale) = _flows_by_category(frame, context), _categories(frame, context)
    records = rows.to_dict("records")
    figure = dot_plot.titled([_name(row, context) for row in records], top=34, height=LANE)
    at = [lane + dot_plot.LOW for lane in rows.index]
    for place, row in zip(at, records, strict=True):
        side = "surplus" if row["balance"] >= 0 else "deficit"
        stroke = {"color": theme.colour(side, 0.35), "width": 6}
        ends = [row["exports"] / scale.size, row["imports"] / scale.size]
        figure.add_scatter(x=ends, y=[place, place], mode="lines", line=stroke, hoverinfo="skip", showlegend=False)
    hover = [_hover_text(row, context) for row in records]
    for flow in drawn.series:
        marker = {"size": 12, "color": theme.colour(flow.roles[0])}
        look = {"mode": "markers", "name": flow.name, "marker": marker, "hovertext": hover, "hoverinfo": "text"}
        figure.add_scatter(x=flow.numbers, y=at, **look)
    edges = rows[["exports", "imports"]].max(axis=1) / scale.size
    words = [f"<b>{formats.number(row['balance'] / scale.size, 1, context.lang, signed=True)}</b>" for row in records]
    dot_plot.right_of(figure, zip(edges, at, words, strict=True), shift=12)
    figure.update_layout(showlegend=True, legend=dot_plot.LEGEND)
    return figure.update_xaxes(range=[0, float(edges.max()) * 1.16], title={"text": drawn.title})


def _name(row: Row, context: Context) -> str:
    return str(row[f"name_{context.lang}"]) + (STARRED if row["overlapping"] else "")


def _hover_text(row: Row, context: Context) -> str:
    lines = [f"{context.say(f'flow.{flow}')}{context.colon}{context.amount(row[column])}" for column, flow in _SIDES]
    balance = f"{context.say('flow.balance')}{context.colon}{context.amount(row['balance'])}"
    return "<br>".join([f"<b>{_name(row, context)}</b>", *lines, balance])


def _inflow_and_outflow(frame: pd.DataFrame, context: Context) -> Plots:
    context = _in_own_currency(frame, context)
    rows = time_panels.in_calendar(frame, context)
    scale = context.scale(pd.concat([rows["inflow"], rows["outflow"]]))
    sides = (("inflow", "inflow"), ("outflow", "outflow"))
    lines = [Series.of(rows[side] / scale.size, role, context.say(f"services.{side}_short")) for side, role in sides]
    title = context.say("services.investment_axis", unit=scale.unit)
    return (Plot.of("lines", title, time_panels.period_labels(rows, context), *lines),)


@shows(_inflow_and_outflow)
def investment(frame: pd.DataFrame, context: Context) -> Figure:
    """Net direct investment into China and from it abroad, by year: `inflow` and `outflow`."""
    context = _in_own_currency(frame, context)
    rows = time_panels.in_calendar(frame, context)
    (drawn,), days = _inflow_and_outflow(frame, context), time_panels.days(rows)
    figure = time_panels.one_panel(drawn.title, 360)
    hover = [
        "<br>".join(
            [f"<b>{context.period(row['period'])}</b>"]
            + [
                f"{context.say(f'services.{side}')}{context.colon}{context.amount(row[side])}"
                for side in ("inflow", "outflow")
            ]
        )
        for row in rows.to_dict("records")
    ]
    for line in drawn.series:
        time_panels.line(figure, days, line.numbers, line.roles[0], hover)
    ends = [(line.numbers.iloc[-1], line.name, line.roles[0]) for line in drawn.series]
    time_panels.label_ends(figure, days[-1], _apart([end for end in ends if pd.notna(end[0])]))
    return time_panels.period_axis(figure, rows, context)


def _apart(ends: list[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Labels that would lie on one another, moved apart by a line's height."""
    if len(ends) < 2:
        return ends
    (low, *_), (high, *_) = sorted(ends, key=lambda end: end[0])
    room = 0.08 * max(abs(low), abs(high))
    if high - low >= room:
        return ends
    return [(end[0] + (room if end[0] == high else -room) / 2, *end[1:]) for end in ends]


def _in_own_currency(frame: pd.DataFrame, context: Context) -> Context:
    return replace(context, currency=str(frame["currency"].dropna().iloc[-1]))
