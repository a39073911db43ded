"""Trade with a partner by month or quarter: amounts, growth, tariffs by date, and the dates of decisions as marks.

Everything stands on one axis of days, and each kind of figure in a panel of its own. A month or quarter is drawn at its
middle, a decision or a tariff at its day, so that everything to the left of a mark came before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import time_panels
from trade.text import formats

Row = dict[Any, Any]
HEIGHT, HEIGHT_WITH_TARIFFS = 560, 720
_SIDES = (("exports", "export"), ("imports", "import"))
_PANELS = {False: ((0.48, 0.87), (0.0, 0.36)), True: ((0.62, 0.9), (0.33, 0.53), (0.0, 0.22))}
"""Shares of the height of the panels, from the top: amounts, growth and, where they are shown, tariffs."""
_STRIP = 0.975
"""How high the marks stand, above all panels."""
LABEL, LOW_LABEL = 0.09, 0.15
"""Shares of a panel's height that a line of a label takes: in the upper panel, in that of tariffs."""
WIDTH = 46
"""Letters of a line in what a mark tells."""


def _months(frame: pd.DataFrame, context: Context, **_beside: pd.DataFrame) -> Plots:
    """Exports and imports, then their growth. Tariffs by day and marks have no months and stay with the figure."""
    rows = time_panels.in_calendar(frame, context)
    scale = context.scale(pd.concat([rows["exports"], rows["imports"]]))
    words = time_panels.period_labels(rows, context)
    names = {flow: context.say(f"flow.{flow}") for _, flow in _SIDES}
    amounts = [Series.of(rows[column] / scale.size, flow, names[flow]) for column, flow in _SIDES]
    growth = [Series.of(rows[f"{flow}_growth_computed_pct"], flow, names[flow]) for _, flow in _SIDES]
    return (
        Plot.of("lines", context.say("charts.two_flows", unit=scale.unit), words, *amounts),
        Plot.of("lines", context.say("charts.change"), words, *growth),
    )


@shows(_months)
def months(frame: pd.DataFrame, context: Context, marks: pd.DataFrame, tariffs: pd.DataFrame) -> Figure:
    """Exports and imports, their growth on a year earlier, tariffs as steps, decisions as marks above dotted lines.

    Args:
        frame: rows of `partner_balance` by month or quarter.
        marks: rows of `policy_events` with their `day`; may be empty.
        tariffs: `series` with its `role`, `day`, `tariff_pct`, `announced`, `source_title`; may be empty.
    """
    rows = time_panels.in_calendar(frame, context)
    amounts, growth = _months(frame, context)
    figure = _panels([amounts.title, growth.title], context, not tariffs.empty)
    days = [_middle(str(code)) for code in rows["period"]]
    hover = [_hover_text(row, context) for row in rows.to_dict("records")]
    ends = []
    for amount, rate in zip(amounts.series, growth.series, strict=True):
        (flow,) = amount.roles
        time_panels.line(figure, days, amount.numbers, flow, hover)
        time_panels.line(figure, days, rate.numbers, flow, hover, axis="y2")
        known = amount.numbers.dropna()
        if len(known):
            ends.append((float(known.iloc[-1]), amount.name, flow))
    highest = max((float(amount.numbers.max()) for amount in amounts.series), default=0.0)
    time_panels.label_ends(figure, days[-1], time_panels.spread_labels(ends, LABEL * highest))
    figure.add_hline(y=0, yref="y2", line={"color": theme.colour("muted"), "width": 1})
    window = _window(rows, context.freq)
    if not tariffs.empty:
        _tariffs(figure, tariffs, context, window)
    _marks(figure, marks, context)
    months = len(rows) * (3 if context.freq == "Q" else 1)
    return time_panels.label_months(figure, months, days[-1][:4], window, context)


def _middle(code: str) -> str:
    """The day in the middle of a month, or of a quarter that of its second month."""
    year, _, quarter = code.partition("-Q")
    return f"{year}-{3 * int(quarter) - 1:02d}-15" if quarter else f"{code}-15"


def _window(rows: pd.DataFrame, freq: str) -> list[str]:
    first, last = (pd.Period(str(rows["period"].iloc[at]).replace("-Q", "Q"), freq=freq) for at in (0, -1))
    return [str(first.start_time.date()), str(last.end_time.date())]


def _panels(titles: list[str], context: Context, with_tariffs: bool) -> Figure:
    """The empty panels under their titles, on one axis of days."""
    height = HEIGHT_WITH_TARIFFS if with_tariffs else HEIGHT
    figure = theme.figure(height=height, margin={"l": 0, "r": 92, "t": 12, "b": 0, "pad": 4})
    titles = [*titles, context.say("charts.tariffs")] if with_tariffs else titles
    for number, (domain, title) in enumerate(zip(_PANELS[with_tariffs], titles, strict=True), 1):
        name = "yaxis" if number == 1 else f"yaxis{number}"
        figure.update_layout(**{name: theme.layout()["yaxis"] | {"domain": domain, "anchor": "x"}})
        place = {"x": 0, "y": domain[1], "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        font = {"color": theme.colour("muted")}
        figure.add_annotation(text=title, showarrow=False, yshift=8, font=font, **theme.uncrossed(), **place)
    strip = {"domain": (_STRIP - 0.02, 1.0), "anchor": "x", "visible": False, "range": [0, 1], "fixedrange": True}
    last = "y3" if with_tariffs else "y2"
    return figure.update_layout(yaxis4=strip, xaxis={"anchor": last})


def _hover_text(row: Row, context: Context) -> str:
    if not isinstance(row["period"], str):
        return ""
    lines = [f"<b>{context.period(row['period'])}</b>"]
    for column, flow in _SIDES:
        growth = context.percent(row[f"{flow}_growth_computed_pct"])
        words = {"flow": context.say(f"flow.{flow}"), "amount": context.amount(row[column])}
        lines.append(context.say("charts.month_hover", growth=growth, **words))
    return "<br>".join([*lines, f"{context.say('flow.balance')}{context.colon}{context.amount(row['balance'])}"])


def _tariffs(figure: Figure, tariffs: pd.DataFrame, context: Context, window: list[str]) -> None:
    """A step line per series from the level in force at the window's start, its name beside its last dot; dots where a
    level was stated."""
    ends, last_days = [], {}
    for series, stated in tariffs.groupby("series", sort=False):
        role = str(stated["role"].iloc[0])
        shown = _within(stated, window)
        if shown.empty:  # all of it was stated after the last month of trade
            continue
        hover = [_hover_tariff(str(series), row, context) for row in shown.to_dict("records")]
        symbols = ["circle-open" if announced else "circle" for announced in shown["announced"]]
        colour = theme.colour(role)
        figure.add_scatter(
            x=shown["x"], y=shown["tariff_pct"], yaxis="y3", mode="lines+markers", hovertext=hover, hoverinfo="text",
            line={"color": colour, "width": 2, "shape": "hv"},
            marker={"size": 7, "color": colour, "symbol": symbols, "line": {"width": 2, "color": colour}},
        )  # fmt: skip
        ends.append((float(shown["tariff_pct"].iloc[-1]), str(series), role))
        last_days[str(series)] = str(shown["x"].iloc[-1])
    height = float(tariffs["tariff_pct"].max())
    look: dict[str, Any] = {"yref": "y3", "xanchor": "left", "xshift": 8, "showarrow": False, "align": "left"}
    look |= theme.uncrossed()  # by the dotted lines of decisions
    figure.add_annotations(
        [
            look | {"x": last_days[text], "y": y, "text": f"<b>{text}</b>", "font": {"color": theme.colour(role)}}
            for y, text, role in time_panels.spread_labels(ends, LOW_LABEL * height)
        ],
    )
    figure.update_layout(yaxis3={"rangemode": "tozero", "ticksuffix": context.percent_sign, "nticks": 4})


def _within(stated: pd.DataFrame, window: list[str]) -> pd.DataFrame:
    """What was stated within the window, and the level in force at its start, drawn there; `x` is where it stands."""
    days = stated["day"].astype(str)
    before = stated[days < window[0]].tail(1)
    inside = stated[(days >= window[0]) & (days <= window[1])]
    return pd.concat([before.assign(x=window[0]), inside.assign(x=inside["day"].astype(str))])


def _hover_tariff(series: str, row: Row, context: Context) -> str:
    name = series.replace("<br>", " ")
    key = "charts.tariff_announced" if row["announced"] else "charts.tariff_stated"
    day = formats.day(str(row["period"]), context.lang)
    words = {"rate": context.percent(row["tariff_pct"], signed=False), "day": day}
    return "<br>".join([f"<b>{name}</b>", context.say(key, **words), *wrapped(str(row["source_title"]))])


def _marks(figure: Figure, marks: pd.DataFrame, context: Context) -> None:
    """A diamond per day above a dotted line through all panels; it tells what was decided and which page says so."""
    if marks.empty:
        return
    by_day = list(marks.groupby("day", sort=True))
    hover = ["<br>".join(_hover_mark(row, context) for row in events.to_dict("records")) for _, events in by_day]
    days = [str(day) for day, _ in by_day]
    marker = {"size": 11, "symbol": "diamond", "color": theme.colour("text")}
    figure.add_scatter(
        x=days, y=[0.5] * len(days), yaxis="y4", mode="markers", marker=marker, hovertext=hover, hoverinfo="text",
        cliponaxis=False,
    )  # fmt: skip
    line = {"color": theme.colour("muted", 0.6), "width": 1, "dash": "dot"}
    lines = [
        {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": _STRIP, "yref": "paper", "line": line, "layer": "below"}
        for day in days
    ]
    figure.add_shapes(lines)


def _hover_mark(row: Row, context: Context) -> str:
    title = f"<b>{formats.day(row['period'], context.lang)}</b>"
    source = context.say("charts.mark_source", title=row["source_title"])
    return "<br>".join([title, *wrapped(str(row["event"])), *wrapped(source)])


def wrapped(text: str, width: int = WIDTH) -> Iterable[str]:
    """A text in lines; one without spaces, as Chinese has, is cut at the width."""
    line = ""
    for word in text.split(" "):
        pieces = [word[at : at + width] for at in range(0, len(word), width)] or [""]
        for piece in pieces:
            if line and len(line) + len(piece) >= width:
                yield line
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
    if line:
        yield line
