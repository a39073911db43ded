"""How did it move over time? Levels, rates, indices, moving sums, the balance, and the small lines on cards.

Every function takes a measure's frame (one row per `period`, ordered) and returns a figure; the frame is not changed.
An amount and a rate stand in two panels, never on two axes. A missing period is a gap, never a line through it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Mark, Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import time_panels
from trade.text import formats

Row = dict[Any, Any]
Piece = tuple[str, list[str], list[float]]


def _level_and_rate(frame: pd.DataFrame, context: Context) -> Plots:
    rows = time_panels.in_calendar(frame, context)
    values, joined = _by_month(rows)
    scale, words = context.scale(values), time_panels.period_labels(rows, context)
    level, rate = Series.of(values / scale.size, context.flow), Series.of(_rates(rows)[0], context.flow)
    title = context.say("charts.level_joined" if joined.any() else "charts.level", unit=scale.unit)
    return (
        Plot.of("columns", title, words, level),
        Plot.of("columns", context.say("charts.change"), words, rate),
    )


@shows(_level_and_rate)
def amount_and_growth(frame: pd.DataFrame, context: Context) -> Figure:
    """Bars of `value` above bars of growth; the chosen period is marked and labelled.

    Growth is the published rate; where there is none, the one between levels, hatched. January and February joined are
    one bar as wide as two months and as high as their mean: beside single months their sum would look like a boom.
    """
    rows = time_panels.in_calendar(frame, context)
    levels, rates = _level_and_rate(frame, context)
    computed = _rates(rows)[1]
    figure = time_panels.two_panels(levels.title, rates.title, 440)
    at, days, hover = _marked(rows, context), time_panels.days(rows), _hover(rows, context)
    joined = _by_month(rows)[1]
    if joined.any():
        days = [f"{day[:4]}-01-16" if two else day for day, two in zip(days, joined, strict=True)]
    widths = [(TWO_MONTHS if two else ONE_MONTH) * DAY for two in joined] if context.freq == "M" else None
    _bars(figure, "y", days, levels.values, context, at, computed & False, hover, widths)
    _bars(figure, "y2", days, rates.values, context, at, computed, hover, widths)
    level, rate = levels.values[at], rates.values[at]
    amount = formats.number(level, 2, context.lang)
    label = context.say("charts.joined_mean", amount=amount) if joined.iloc[at] else amount
    time_panels.label_bar(figure, "y", days[at], level, label, at == 0)
    time_panels.label_bar(figure, "y2", days[at], rate, context.percent(rate), at == 0)
    return time_panels.period_axis(figure, rows, context)


DAY, ONE_MONTH, TWO_MONTHS = 86_400_000, 23, 54
"""Milliseconds of a day; days that the bar of a month, and of two months joined, is wide."""


def _by_month(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The values, of January and February joined their mean; and which are joined."""
    joined = rows["months"].eq(2) if "months" in rows else rows["value"].isna() & False
    return rows["value"].where(~joined, rows["value"] / 2), joined


def _running_totals(frame: pd.DataFrame, context: Context, years: int = 4) -> Plots:
    """A line per year over the months that any of them has."""
    rows, scale = _of_newest_years(frame, years), context.scale(frame["value"])
    wide = rows.pivot(index="month", columns="year", values="value") / scale.size
    focus = context.chosen[:4] if context.chosen[:4] in wide else wide.columns[-1]
    lines = [Series.of(wide[year], context.flow if year == focus else "muted", str(year)) for year in wide]
    words = [formats.month(month, context.lang) for month in wide.index]
    return (Plot.of("lines", context.say("charts.running_total", unit=scale.unit), words, *lines),)


def _of_newest_years(frame: pd.DataFrame, most: int) -> pd.DataFrame:
    rows = frame.assign(year=frame["period"].str[:4], month=frame["period"].str[5:7].astype(int))
    return rows[rows["year"].isin(sorted(rows["year"].unique())[-most:])]


@shows(_running_totals)
def year_to_date(frame: pd.DataFrame, context: Context, years: int = 4) -> Figure:
    """The running total from January, a line per year: the one in focus in colour, the others grey."""
    (totals,) = _running_totals(frame, context, years)
    figure, rows = time_panels.one_panel(totals.title, 380), _of_newest_years(frame, years)
    months = sorted(rows["month"].unique())
    for line in totals.series:
        own, (role,) = rows[rows["year"] == line.name], line.roles
        y = line.numbers.set_axis(months)[own["month"]]
        stroke, dot = (1.5, 4) if role == "muted" else (3.0, 7)
        look = {"line": {"color": theme.colour(role), "width": stroke}, "marker": {"size": dot}}
        words = {"name": line.name, "hovertext": _hover(own, context), "hoverinfo": "text"}
        figure.add_scatter(x=own["month"], y=y, mode="lines+markers", **look, **words)
        time_panels.label_end(figure, own["month"].iloc[-1], y.iloc[-1], line.name, role)
    months = list(range(1, 13, 2))
    names = [formats.month(month, context.lang) for month in months]
    figure.update_xaxes(tickvals=months, ticktext=names, range=[0.7, 12.3])
    return time_panels.read_together(time_panels.fit_labels(figure, 12), ())


def _index(frame: pd.DataFrame, context: Context) -> Plots:
    rows = time_panels.in_calendar(frame, context)
    words = time_panels.period_labels(rows, context)
    level = Series.of(rows["index"], context.flow)
    return (Plot.of("lines", context.say("charts.index"), words, level, marks=[Mark(100)]),)


@shows(_index)
def index(frame: pd.DataFrame, context: Context) -> Figure:
    """`index`, 100 in the base period, with the line of 100 drawn."""
    rows = time_panels.in_calendar(frame, context)
    (drawn,) = _index(frame, context)
    figure, days = time_panels.one_panel(drawn.title, 360), time_panels.days(rows)
    figure.add_hline(y=100, line={"color": theme.colour("muted"), "width": 1, "dash": "dot"})
    texts = [context.say("charts.index_hover", value=formats.number(value, 1, context.lang)) for value in drawn.values]
    names = [context.period(code) for code in rows["period"]]
    hover = [f"<b>{name}</b><br>{words}" for name, words in zip(names, texts, strict=True)]
    time_panels.line(figure, days, drawn.values, context.flow, hover)
    last = drawn.values.iloc[-1]
    time_panels.label_end(figure, days[-1], last, formats.number(last, 0, context.lang), context.flow)
    return time_panels.period_axis(figure, rows, context)


def _moving_sums(frame: pd.DataFrame, context: Context, window: int = 12) -> Plots:
    rows = time_panels.in_calendar(frame, context)
    scale, words = context.scale(rows["moving_sum"]), time_panels.period_labels(rows, context)
    title = context.say("charts.moving_sum", window=window, unit=scale.unit)
    return (
        Plot.of("lines", title, words, Series.of(rows["moving_sum"] / scale.size, context.flow)),
        Plot.of("lines", context.say("charts.change"), words, Series.of(rows["growth_pct"], context.flow)),
    )


@shows(_moving_sums)
def moving_sum(frame: pd.DataFrame, context: Context, window: int = 12) -> Figure:
    """The sum of the last `window` months above its change on the same sum a year earlier."""
    rows = time_panels.in_calendar(frame, context)
    sums, rates = _moving_sums(frame, context, window)
    figure, days = time_panels.two_panels(sums.title, rates.title, 440), time_panels.days(rows)
    hover = _hover(rows.assign(value=rows["moving_sum"]), context, key="charts.moving_hover", window=window)
    time_panels.line(figure, days, sums.values, context.flow, hover)
    time_panels.line(figure, days, rates.values, context.flow, hover, axis="y2")
    figure.add_hline(y=0, yref="y2", line={"color": theme.colour("muted"), "width": 1})
    last = sums.values.iloc[-1]
    time_panels.label_end(figure, days[-1], last, formats.number(last, 2, context.lang), context.flow)
    return time_panels.period_axis(figure, rows, context)


def _flows_and_balance(frame: pd.DataFrame, context: Context) -> Plots:
    rows = time_panels.in_calendar(frame, context)
    scale = context.scale(pd.concat([rows["exports"], rows["imports"]]))
    words = time_panels.period_labels(rows, context)
    exports, imports, rest = (
        Series.of(rows[column] / scale.size, role, context.say(f"flow.{role}")) for column, role in _SIDES
    )
    return (
        Plot.of("lines", context.say("charts.two_flows", unit=scale.unit), words, exports, imports),
        Plot.of("lines", context.say("charts.balance", unit=scale.unit), words, rest),
    )


@shows(_flows_and_balance)
def balance(frame: pd.DataFrame, context: Context) -> Figure:
    """Exports and imports as lines, and under them their difference, filled: surplus and deficit in two colours."""
    rows = time_panels.in_calendar(frame, context)
    days, hover = time_panels.days(rows), _balance_hover(rows, context)
    flows, rest = _flows_and_balance(frame, context)
    figure = time_panels.two_panels(flows.title, rest.title, 460)
    for line in flows.series:
        (role,) = line.roles
        time_panels.line(figure, days, line.numbers, role, hover)
        time_panels.label_end(figure, days[-1], line.numbers.iloc[-1], line.name, role)
    for side, x, y in pieces(days, rest.values):
        time_panels.fill_to_zero(figure, x, y, side, "y2")
    time_panels.line(figure, days, rest.values, "balance", hover, axis="y2", width=1.5)
    return time_panels.period_axis(figure, rows, context)


def pieces(days: list[str], values: pd.Series) -> Iterator[Piece]:
    """A line cut where it is missing and where it crosses zero: (`surplus` or `deficit`, days, values) of each piece.

    A crossing is where the straight line between two points meets zero, and belongs to both pieces.
    """
    piece: list[tuple[pd.Timestamp, float]] = []
    for moment, value in zip(pd.to_datetime(pd.Series(days)), values, strict=True):
        if pd.isna(value):
            yield from _piece(piece)
            piece = []
            continue
        if piece and value * piece[-1][1] < 0:
            before, last = piece[-1]
            zero = (before + (moment - before) * (last / (last - value)), 0.0)
            yield from _piece([*piece, zero])
            piece = [zero]
        piece.append((moment, float(value)))
    yield from _piece(piece)


def _piece(points: list[tuple[pd.Timestamp, float]]) -> Iterator[Piece]:
    if points:
        values = [value for _, value in points]
        yield "surplus" if sum(values) >= 0 else "deficit", [moment.isoformat() for moment, _ in points], values


def _two_rates(frame: pd.DataFrame, context: Context, keep: int = 10) -> Plots:
    rows = _with_both_rates(frame, keep).iloc[::-1]
    names = [_name(row, context, short=True) for row in rows.to_dict("records")]
    published = Series.of(rows["growth_pct"], context.flow, context.say("charts.published"))
    first = Series.of(rows["growth_first_pct"], "muted", context.say("charts.first_releases"))
    return (Plot.of("bars", context.say("charts.change"), names, published, first),)


def _with_both_rates(frame: pd.DataFrame, keep: int) -> pd.DataFrame:
    return frame.dropna(subset=["growth_pct", "growth_first_pct"]).iloc[-keep:].reset_index(drop=True)


@shows(_two_rates, instead_of="dots")
def vintages(frame: pd.DataFrame, context: Context, keep: int = 10) -> Figure:
    """Two rates of one period on a line, newest on top: the published (full dot), that of first releases (open)."""
    rows = _with_both_rates(frame, keep)
    names = [_name(row, context, short=True) for row in rows.to_dict("records")]
    margin, height = {"l": 0, "r": 132, "t": 60, "b": 0, "pad": 8}, 96 + 28 * len(rows)
    figure = theme.figure(height=height, margin=margin, showlegend=True, legend=_LEGEND)
    words = list[dict[str, Any]]()
    for at, (first, official) in enumerate(zip(rows["growth_first_pct"], rows["growth_pct"], strict=True)):
        bar = {"mode": "lines", "line": {"color": theme.grid(), "width": 5}}
        figure.add_scatter(x=[first, official], y=[at, at], hoverinfo="skip", showlegend=False, **bar)
        words.append(time_panels.beside(at, f"<b>{context.percent(official)}</b>", 12))
        words.append(time_panels.beside(at, context.percent(first), 76))
    figure.add_annotations([*words, time_panels.beside(None, "●", 30), time_panels.beside(None, "○", 92)])
    _dots(figure, rows["growth_pct"], names, "circle", context.say("charts.published"), context)
    _dots(figure, rows["growth_first_pct"], names, "circle-open", context.say("charts.first_releases"), context)
    lines = {"tickvals": list(range(len(rows))), "ticktext": names, "range": [-0.7, len(rows) - 0.3]}
    figure.update_yaxes(showgrid=False, zeroline=False, **lines)
    return figure.update_xaxes(ticksuffix=context.percent_sign, showgrid=True, zeroline=True, nticks=5)


_LEGEND = {
    "orientation": "h",
    "x": 0,
    "y": 1.0,
    "yanchor": "bottom",
    "xanchor": "left",
    "itemclick": False,
    "itemdoubleclick": False,
}


def _dots(figure: Figure, rates: pd.Series, names: list[str], symbol: str, kind: str, context: Context) -> None:
    colour = theme.colour(context.flow)
    marker = {"size": 12, "symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}}
    texts = [context.percent(rate, digits=2) for rate in rates]
    hover = [f"<b>{name}</b><br>{kind}{context.colon}{rate}" for name, rate in zip(names, texts, strict=True)]
    y = list(range(len(rates)))
    figure.add_scatter(x=rates, y=y, mode="markers", name=kind, marker=marker, hovertext=hover, hoverinfo="text")


def sparkline(frame: pd.DataFrame, column: str, context: Context, keep: int) -> Figure:
    """A line without axes for a card: the last `keep` periods, the newest marked."""
    rows, colour = newest(frame, column, context, keep), theme.colour(context.flow)
    figure = theme.figure(height=48, margin={"l": 2, "r": 8, "t": 6, "b": 6, "pad": 0})
    x, y = list(range(len(rows))), rows[column].tolist()
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip")
    dot = {"mode": "markers", "marker": {"color": colour, "size": 7}, "cliponaxis": False}
    figure.add_scatter(x=x[-1:], y=y[-1:], hoverinfo="skip", **dot)
    return figure.update_xaxes(visible=False, range=[0, max(x[-1], 1)]).update_yaxes(visible=False)


def newest(frame: pd.DataFrame, column: str, context: Context, keep: int) -> pd.DataFrame:
    """The last `keep` periods of the calendar, or as many as there are without a gap."""
    rows = time_panels.in_calendar(frame, context).iloc[-keep:].reset_index(drop=True)
    gaps = rows.index[rows[column].isna()]
    return rows.loc[gaps[-1] + 1 :] if len(gaps) else rows


def _bars(
    figure: Figure,
    axis: str,
    days: list[str],
    values: pd.Series,
    context: Context,
    at: int,
    hatched: pd.Series,
    hover: list[str],
    widths: list[int] | None = None,
) -> None:
    """Bars of one flow; the one at `at` in full colour."""
    marker = {
        "color": theme.colour(context.flow),
        "opacity": [1.0 if position == at else 0.5 for position in range(len(values))],
        "pattern": {"shape": ["/" if is_hatched else "" for is_hatched in hatched], "solidity": 0.35},
        "line": {"width": 0},
    }
    figure.add_bar(x=days, y=values, yaxis=axis, marker=marker, hovertext=hover, hoverinfo="text", width=widths)


def _marked(rows: pd.DataFrame, context: Context) -> int:
    """The position of the chosen period, or of the last with a value."""
    for candidates in (rows["period"] == context.chosen, rows["value"].notna()):
        if candidates.any():
            return int(candidates.to_numpy().nonzero()[0][-1])
    return len(rows) - 1


def _rates(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The published rates, else those computed from levels; and which rows are computed."""
    computed = rows["growth_computed_pct"] if "growth_computed_pct" in rows else rows["growth_pct"]
    return rows["growth_pct"].fillna(computed), rows["growth_pct"].isna() & computed.notna()


def _name(row: Row, context: Context, *, short: bool = False) -> str:
    """The period in words; January and February joined are named as both."""
    return formats.period(row["period"], "YTD" if row.get("months") == 2 else context.freq, context.lang, short=short)


def _hover(rows: pd.DataFrame, context: Context, key: str = "charts.level_hover", **more: object) -> list[str]:
    """Hover text: period, amount of the flow, growth, and whether it is published or computed."""
    rates, computed = _rates(rows)
    texts = []
    for row, rate, own in zip(rows.to_dict("records"), rates, computed, strict=True):
        kind = "charts.growth_computed" if own else "charts.growth_published"
        amount = context.amount(row["value"])
        if row.get("months") == 2:
            amount = context.say("charts.joined_hover", sum=amount, mean=context.amount(row["value"] / 2))
        words = {"amount": amount, "growth": context.say(kind, growth=context.percent(rate))}
        texts.append(f"<b>{_name(row, context)}</b><br>{context.say(key, flow=context.flow_name, **words, **more)}")
    return texts


def _balance_hover(rows: pd.DataFrame, context: Context) -> list[str]:
    names = [(column, context.say(f"flow.{flow}")) for column, flow in _SIDES]
    return [
        "<br>".join(
            [
                f"<b>{context.period(row['period'])}</b>",
                *(f"{n}{context.colon}{context.amount(row[c])}" for c, n in names),
            ]
        )
        for row in rows.to_dict("records")
    ]


_SIDES = (("exports", "export"), ("imports", "import"), ("balance", "balance"))
