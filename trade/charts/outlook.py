"""What is expected, and what would follow? Forecasts by date, the year so far beside them, base effects, policy dates.

Every function takes a measure's frame and returns a figure; the frame is not changed. Rates are in per cent, effects in
percentage points. Missing forecasts and months are left out, never drawn as zero.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Mark, Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import dot_plot, time_panels
from trade.charts.partner_policy_timeline import wrapped
from trade.text import formats
from trade.text.catalog import column_key

Row = dict[Any, Any]
TOUCHING = 0.1
"""Share of the axis within which the label of an earlier vintage would touch the newest one's. Then all labels of the
lane are put on one line under the dots, in order of time."""
APART = 0.05
"""Vertical offset of arrows from the line of dots, as a share of a lane."""
LATE = 0.6
"""Share of the axis from which on a mark's name is put to its left: on a phone it would be cut off at the right."""
RIGHT = 28
"""Right margin of the chart of policy dates, in pixels, for the last label of the axis."""
NARROW = 34


def _published(frame: pd.DataFrame, context: Context) -> Plots:
    """A bar per published figure with its date; superseded ones are grey."""
    rows = _with_newest(frame)
    labels = [
        " · ".join([str(name), context.say(f"aggregate.{aggregate}"), _month(day, context)])
        for name, aggregate, day in zip(rows["forecaster"], rows["aggregate"], rows["publication_date"], strict=True)
    ]
    roles = [
        "total" if stage == "estimate" else "stated" if newest else "muted"
        for stage, newest in zip(rows["stage"], rows["newest"], strict=True)
    ]
    title = context.say(column_key("forecast_pct") if _in_percent(rows) else "charts.forecast")
    return (Plot.of("bars", title, labels, Series.of(rows["figure"], roles)),)


def _with_newest(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows, and whether each is the newest of its forecaster and aggregate."""
    return frame.assign(newest=~frame.duplicated(["forecaster", "aggregate", "variable", "stage"], keep="last"))


@shows(_published, instead_of="form")
def forecasts(frame: pd.DataFrame, context: Context) -> Figure:
    """A row per forecaster and aggregate: open dots for former vintages, a full one for the newest, each with its date.

    A figure published after the year had ended is a diamond: an estimate of what happened, not a forecast.
    """
    rows = _with_newest(frame)
    width = max(rows["figure"].max() - min(rows["figure"].min(), 0.0 if _in_percent(rows) else rows["figure"].min()), 1)
    lines = list(rows.groupby(["forecaster", "aggregate"], sort=False))
    names = [f"<b>{who}</b> · {context.say(f'aggregate.{what}')}" for (who, what), _ in lines]
    figure = dot_plot.titled(names, top=8)
    annotations = list[dict[str, Any]]()
    for at, (_, vintages) in enumerate(lines):
        annotations += _path(at + dot_plot.LOW, vintages)
        last = float(vintages["figure"].iloc[-1])
        touching = (vintages["figure"] - last).abs() <= TOUCHING * width
        together = bool(touching.iloc[:-1].any())
        for row, touches in zip(
            vintages.to_dict("records"), touching & (vintages.index != vintages.index[-1]), strict=True
        ):
            value, day = _vintage(figure, at + dot_plot.LOW, row, context)
            annotations += [] if touches else [value]
            annotations += [] if together else [day]
        if together:
            annotations.append(_in_order(at + dot_plot.LOW, vintages, last > rows["figure"].max() - width / 2, context))
    figure.add_annotations(annotations)
    if not _in_percent(rows):
        low, high = rows["figure"].min(), rows["figure"].max()
        room = 0.3 * max(high - low, 1.0)
        return figure.update_xaxes(range=[low - room, high + room], zeroline=False)
    low, high = min(0.0, rows["figure"].min()), max(0.0, rows["figure"].max())
    room = 0.14 * max(high - low, 1.0)
    return figure.update_xaxes(
        range=[low - (room if low < 0 else room / 2), high + room], ticksuffix=context.percent_sign
    )


def _in_order(at: float, vintages: pd.DataFrame, right: bool, context: Context) -> dict[str, Any]:
    """The annotation that lists all vintages of a lane in order of time, under the dots."""
    words = [
        f"{_month(row['publication_date'], context)}\u00a0{_printed(row, context)}"
        for row in vintages.to_dict("records")
    ]
    side = {"x": 1, "xanchor": "right"} if right else {"x": 0, "xanchor": "left"}
    place = {"xref": "paper", "y": at, "yshift": -9, "yanchor": "top", "showarrow": False}
    return {**place, **side, "text": " → ".join(words), "font": dot_plot.quiet()}


def _in_percent(rows: pd.DataFrame) -> bool:
    """Whether the rows are rates; the barometer is an index around 100."""
    return bool((rows["unit"] == "%").all())


def _path(at: float, vintages: pd.DataFrame) -> list[dict[str, Any]]:
    """An arrow from each vintage to the next. If a forecast went both up and down, arrows up are drawn above the dots
    and arrows down below, since two on one line would look like a single double-headed arrow."""
    look = {
        "xref": "x", "yref": "y", "axref": "x", "ayref": "y", "showarrow": True, "arrowhead": 2, "arrowsize": 1,
        "arrowwidth": 2, "arrowcolor": theme.colour("muted"), "standoff": 9, "startstandoff": 7,
    }  # fmt: skip
    steps = [(before, now) for before, now in pairwise(vintages["figure"]) if before != now]
    offset = APART if len({now > before for before, now in steps}) > 1 else 0.0
    heights = [at - offset if now > before else at + offset for before, now in steps]
    return [
        {**look, "x": now, "y": height, "ax": before, "ay": height}
        for (before, now), height in zip(steps, heights, strict=True)
    ]


def _vintage(figure: Figure, at: float, row: Row, context: Context) -> list[dict[str, Any]]:
    """Add the dot of one published figure; return the annotations of its value (above) and its date (below)."""
    estimate, newest = row["stage"] == "estimate", bool(row["newest"])
    colour = theme.colour("total" if estimate else "stated" if newest else "muted")
    shape = "diamond" if estimate else "circle" if newest else "circle-open"
    value, day = _printed(row, context), formats.day(row["publication_date"], context.lang)
    stage = context.say(f"stage.{row['stage']}")
    texts = [
        f"<b>{row['forecaster']}{context.colon}{value}</b>",
        str(row["publication"]),
        f"{day} · {stage}",
    ]
    figure.add_scatter(
        x=[row["figure"]], y=[at], mode="markers", hovertext="<br>".join(texts), hoverinfo="text", cliponaxis=False,
        marker={"size": 13, "symbol": shape, "color": colour, "line": {"width": 2, "color": colour}},
    )  # fmt: skip
    text = f"<b>{value}</b>" if newest else value
    place = {"x": row["figure"], "y": at, "showarrow": False}
    when = _month(row["publication_date"], context)
    return [
        {**place, "text": text, "yshift": 9, "yanchor": "bottom", "font": {"color": theme.colour("text")}},
        {**place, "text": when, "yshift": -9, "yanchor": "top", "font": dot_plot.quiet()},
    ]


def _printed(row: Row, context: Context) -> str:
    if row["unit"] == "%":
        return context.percent(row["figure"], signed=False)
    return formats.number(row["figure"], 1, context.lang)


def _since_january_by_year(frame: pd.DataFrame, context: Context) -> Plots:
    """A line per year over its twelve months, the newest last."""
    lines = []
    for months in _years(frame):
        role = context.flow if (months["series"] == "year").any() else "muted"
        lines.append(Series.of(months["growth_pct"], role, months["year"].dropna().iloc[-1]))
    words = [formats.month(month, context.lang) for month in range(1, 13)]
    low, high = (frame[f"forecast_{end}"].iloc[-1] for end in ("low", "high"))
    marks = []
    if not formats.is_missing(low):
        marks = [Mark(high, _range_words("charts.forecast_lines", low, high, context)), Mark(low)]
    return (Plot.of("lines", context.say("charts.since_january"), words, *lines, marks=marks),)


def _years(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of the year before and of this year by month, an empty row for each month without figures."""
    rows = frame.assign(month=frame["period"].str[5:7].astype(int), year=frame["period"].str[:4])
    years = [rows[rows["series"] == series].set_index("month").reindex(range(1, 13)) for series in ("former", "year")]
    return [months for months in years if months["growth_pct"].notna().any()]


@shows(_since_january_by_year)
def year_so_far(frame: pd.DataFrame, context: Context) -> Figure:
    """Growth since January by month: this year in colour, the one before grey, forecasts of world trade as a band."""
    newest = frame.iloc[-1].to_dict()
    (drawn,) = _since_january_by_year(frame, context)
    figure = time_panels.one_panel(_growth_title(newest, context), 400).update_layout(margin={"t": 58})
    figure.update_annotations(align="left")
    _band(figure, newest)
    for line, months in zip(drawn.series, _years(frame), strict=True):
        _year(figure, line, months, context)
    names = [formats.month(month, context.lang) for month in range(1, 13, 2)]
    figure.update_xaxes(tickvals=list(range(1, 13, 2)), ticktext=names, range=[0.6, 12.4])
    return time_panels.fit_labels(figure, 12)


def _year(figure: Figure, line: Series, months: pd.DataFrame, context: Context) -> None:
    """One year's line with its end labelled by year and rate."""
    (role,), rates = line.roles, line.numbers.set_axis(months.index)
    width = 1.5 if role == "muted" else 3.0
    hover = [_since_january(row, context) for row in months.to_dict("records")]
    look = {"line": {"color": theme.colour(role), "width": width}, "marker": {"size": 4 + width}}
    words = {"hovertext": hover, "hoverinfo": "text", "connectgaps": True}
    figure.add_scatter(x=list(months.index), y=rates, mode="lines+markers", **look, **words)
    last = rates.last_valid_index()
    time_panels.label_end(figure, last, rates[last], f"{line.name}<br>{context.percent(rates[last])}", role)


def _since_january(row: Row, context: Context) -> str:
    if not isinstance(row["period"], str):
        return ""
    name = formats.period(row["period"], "YTD", context.lang)
    return f"<b>{name}</b><br>{context.percent(row['growth_pct'])}<br>{context.amount(row['value'])}"


def _band(figure: Figure, row: Row) -> None:
    """From the lowest to the highest forecast of world trade; the panel's title names it."""
    if not formats.is_missing(row["forecast_low"]):
        ends = {"y0": row["forecast_low"], "y1": row["forecast_high"]}
        figure.add_hrect(fillcolor=theme.colour("total", 0.14), line={"width": 0}, layer="below", **ends)


def _growth_title(row: Row, context: Context) -> str:
    title = context.say("charts.since_january")
    if formats.is_missing(row["forecast_low"]):
        return title
    return f"{title}<br>{_range_words('charts.forecast_band', row['forecast_low'], row['forecast_high'], context)}"


def _range_words(key: str, low: float, high: float, context: Context) -> str:
    ends = (context.percent(end, signed=False) for end in (low, high))
    return context.say(key, **dict(zip(("low", "high"), ends, strict=True)))


def _by_assumption(frame: pd.DataFrame, context: Context) -> Plots:
    names = [_assumption(row, context) for row in frame.to_dict("records")]
    roles = ["stated" if assumption == "asked" else "muted" for assumption in frame["assumption"]]
    mark, bars = Mark(*_so_far(frame, context)), Series.of(frame["growth_pct"], roles)
    return (Plot.of("bars", context.say("charts.change"), names, bars, marks=[mark]),)


def _so_far(frame: pd.DataFrame, context: Context) -> tuple[float, str]:
    """The growth so far, and its words."""
    so_far = float(frame["so_far_growth_pct"].iloc[0])
    return so_far, context.say("charts.so_far", growth=context.percent(so_far))


@shows(_by_assumption)
def rest_of_year(frame: pd.DataFrame, context: Context) -> Figure:
    """The year's growth under each assumption on the months to come, as bars; the growth so far as a line."""
    names = [_assumption(row, context) for row in frame.to_dict("records")]
    (drawn,), figure = _by_assumption(frame, context), dot_plot.lane_figure(names, 46, top=30)
    hover = [
        f"<b>{name.replace('<br>', ' ')}</b><br>{context.amount(value)}"
        for name, value in zip(names, frame["value"], strict=True)
    ]
    figure.add_bar(
        orientation="h", y=list(range(len(frame))), x=drawn.values, width=0.6, hovertext=hover, hoverinfo="text",
        marker={"color": [theme.colour(role) for role in drawn.series[0].roles]},
    )  # fmt: skip
    words = [f"<b>{context.percent(value)}</b>" for value in frame["growth_pct"]]
    dot_plot.right_of(figure, zip(frame["growth_pct"].clip(lower=0.0), range(len(frame)), words, strict=True))
    so_far, words_so_far = _so_far(frame, context)
    dot_plot.mark(figure, so_far, words_so_far)
    ends = [0.0, so_far, *frame["growth_pct"]]
    room = 0.3 * (max(ends) - min(ends) or 1.0)
    return figure.update_xaxes(
        range=[min(ends) - (room if min(ends) < 0 else 0), max(ends) + room], ticksuffix=context.percent_sign
    )


def _assumption(row: Row, context: Context) -> str:
    return context.say(f"rest.{row['assumption']}", rest=context.percent(row["rest_pct"]))


def _base_effects(frame: pd.DataFrame, context: Context) -> Plots:
    names = [formats.month(int(code[5:7]), context.lang) for code in frame["period"]]
    roles = ["fall" if value < 0 else "rise" for value in frame["base_effect_pp"]]
    return (Plot.of("columns", context.say("charts.base_effect"), names, Series.of(frame["base_effect_pp"], roles)),)


@shows(_base_effects)
def base_effects(frame: pd.DataFrame, context: Context) -> Figure:
    """A bar per month: what the month of the year before does to growth. Months to come in full colour."""
    (drawn,) = _base_effects(frame, context)
    figure, names = time_panels.one_panel(drawn.title, 300), drawn.categories
    to_come = frame["growth_pct"].isna()
    hover = [_base(row, context) for row in frame.to_dict("records")]
    figure.add_bar(
        x=names, y=drawn.values, hovertext=hover, hoverinfo="text",
        marker={
            "color": [theme.colour(role) for role in drawn.series[0].roles],
            "opacity": [1.0 if coming else 0.45 for coming in to_come],
        },
    )  # fmt: skip
    for name, value, coming in zip(names, drawn.values, to_come, strict=True):
        if coming:
            time_panels.label_bar(figure, "y", name, value, formats.number(value, 1, context.lang, signed=True))
    return figure.update_xaxes(type="category", tickvals=names[::2])  # as many as a phone has room for


def _base(row: Row, context: Context) -> str:
    base = formats.period(row["base_period"], lang=context.lang)
    change = context.say("charts.base_hover", base=base, change=context.percent(row["base_change_pct"]))
    month = formats.period(row["period"], lang=context.lang)
    return f"<b>{month}{context.colon}{context.points(row['base_effect_pp'])}</b><br>{change}"


def _carry_and_growth(frame: pd.DataFrame, context: Context) -> Plots:
    carried = Series.of(frame["carry_over_pct"], "muted", context.say("charts.carried"))
    came = Series.of(frame["growth_pct"], context.flow, context.say("charts.came"))
    return (Plot.of("columns", context.say("charts.change"), time_panels.period_labels(frame, context), carried, came),)


@shows(_carry_and_growth, instead_of="dots")
def carry_over(frame: pd.DataFrame, context: Context) -> Figure:
    """A lane per year, newest on top: the carry-over (open dot) and the growth that came (full dot)."""
    (drawn,) = _carry_and_growth(frame, context)
    carried, came = drawn.series
    figure = dot_plot.lane_figure([str(code) for code in frame["period"]], NARROW, top=34, newest_on_top=True)
    for at, ends in enumerate(zip(carried.numbers, came.numbers, strict=True)):
        bar = {"mode": "lines", "line": {"color": theme.grid(), "width": 5}}
        figure.add_scatter(x=list(ends), y=[at, at], hoverinfo="skip", showlegend=False, **bar)
    at_all = [float(at) for at in range(len(frame))]
    for series, symbol in ((carried, "circle-open"), (came, "circle")):
        dot_plot.dots(figure, series.numbers, at_all, (symbol, context.flow), series.name, context)
    figure.update_layout(showlegend=True, legend=dot_plot.LEGEND)
    return figure.update_xaxes(ticksuffix=context.percent_sign, nticks=6)


def _forecast_and_outcome(frame: pd.DataFrame, context: Context) -> Plots:
    labels = [_dated(row, context) for row in frame.to_dict("records")]
    pairs = (("forecast", "stated"), ("outcome", "total"))
    both = [Series.of(frame[f"{name}_pct"], role, context.say(f"charts.{name}")) for name, role in pairs]
    return (Plot.of("bars", context.say("charts.change"), labels, *both),)


@shows(_forecast_and_outcome, instead_of="form")
def errors(frame: pd.DataFrame, context: Context) -> Figure:
    """A lane per forecast: the forecast, and the outcome where there is one; else the words that say there is none."""
    rows = frame.reset_index(drop=True)
    figure = dot_plot.titled([_dated(row, context) for row in rows.to_dict("records")], top=34)
    at = [lane + dot_plot.LOW for lane in rows.index]
    dot_plot.dots(figure, rows["forecast_pct"], at, ("circle", "stated"), context.say("charts.forecast"), context)
    dot_plot.dots(figure, rows["outcome_pct"], at, ("diamond", "total"), context.say("charts.outcome"), context)
    edges = rows[["forecast_pct", "outcome_pct"]].max(axis=1)
    records = rows.to_dict("records")
    words = [f"<b>{context.percent(row['forecast_pct'])}</b><br>{_scored(row, context)}" for row in records]
    dot_plot.right_of(figure, zip(edges, at, words, strict=True), shift=12)
    low, high = min(0.0, rows["forecast_pct"].min()), max(0.0, rows["forecast_pct"].max())
    span = high - low or 1.0
    figure.update_layout(showlegend=True, legend=dot_plot.LEGEND)
    return figure.update_xaxes(range=[low - 0.06 * span, high + 0.9 * span], ticksuffix=context.percent_sign, nticks=6)


def _scored(row: Row, context: Context) -> str:
    if formats.is_missing(row["outcome_pct"]):
        return context.say("charts.no_outcome")
    return context.say("charts.error", error=context.points(row["error_pp"]))


def _dated(row: Row, context: Context) -> str:
    when, aggregate = _month(row["publication_date"], context), context.say(f"aggregate.{row['aggregate']}")
    return f"<b>{row['forecaster']}</b> · {when} · {aggregate}"


def timeline(frame: pd.DataFrame, context: Context, today: str) -> Figure:
    """A lane per kind of event, a dot per date; open dots lie after `today`; the newest figures' month is marked."""
    kinds = list(dict.fromkeys(frame.sort_values("period_start")["topic"]))
    figure = dot_plot.lane_figure([context.say(f"scope.event.{kind}") for kind in kinds], 38, top=30)
    ahead = frame["period_start"] > today
    edges = ((frame[~ahead], "circle", {"width": 1, "color": theme.background()}),
             (frame[ahead], "circle-open", {"width": 2, "color": theme.colour("stated")}))  # fmt: skip
    for rows, symbol, edge in edges:
        hover = [_event(row, context) for row in rows.to_dict("records")]
        marker = {
            "size": 13,
            "symbol": symbol,
            "color": theme.colour("stated"),
            "line": edge,
        }
        y = [kinds.index(kind) for kind in rows["topic"]]
        figure.add_scatter(
            x=rows["period_start"].astype(str).tolist(), y=y, mode="markers", marker=marker, hovertext=hover,
            hoverinfo="text", customdata=rows["topic"],
        )  # fmt: skip
    newest = str(frame["newest_figures"].iloc[0])
    label = context.say("charts.newest_figures", period=formats.period(newest, lang=context.lang, short=True))
    known_to = pd.Timestamp(f"{newest}-28")
    ends = frame["period_start"].min() - pd.Timedelta(days=25), max(frame["period_start"].max(), known_to)
    late = (known_to - ends[0]) / (ends[1] - ends[0]) > LATE
    dot_plot.mark(figure, f"{newest}-28", label, anchor="right" if late else "center")
    window = [str(ends[0]), str(ends[1] + pd.Timedelta(days=25))]
    figure.update_layout(margin={"r": RIGHT})
    months = round((ends[1] - ends[0]).days / 30.4)
    return time_panels.label_months(figure, months, newest[:4], window, context)


def _event(row: Row, context: Context) -> str:
    return "<br>".join([f"<b>{formats.day(row['period'], context.lang)}</b>", *wrapped(str(row["event"]))])


def _month(iso: str, context: Context) -> str:
    return formats.period(iso[:7], lang=context.lang, short=True)
