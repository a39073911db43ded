"""How concentrated? Gauges of concentration over time, the Theil index in two parts, the Lorenz curve, the markets that
grow on each continent, and the contributions of new and lost markets.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Mark, Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import time_panels
from trade.text import formats
from trade.text.catalog import column_key

ROW, EDGE, PLOT = 42, 72, 320
"""Heights of a row, of the space around all rows, and of the plot of a gauge, in pixels."""
BESIDE_BARS = 18
"""From the middle of the last bar to its label, in pixels."""
WEAK = ("mirror", "implied")
"""Values that the reporter did not publish itself: drawn as open dots."""
COMPONENTS = ("entry", "exit", "growth", "decline")


def _gauges(frame: pd.DataFrame, context: Context, column: str, **_: object) -> Plots:
    """A line per reporter, the first last, so that it is drawn above the others."""
    span, first = time_panels.in_calendar(_span(frame), context), frame["reporter"].iloc[0]
    lines = []
    for reporter in _reporters(frame):
        own = frame[frame["reporter"] == reporter]
        values = own.set_index("period")[column].reindex(span["period"])
        role, name = context.flow if reporter == first else "muted", own[f"reporter_name_{context.lang}"].iloc[-1]
        lines.append(Series.of(values, role, name))
    return (Plot.of("lines", context.say(f"gauges.gauge_{column}"), time_panels.period_labels(span, context), *lines),)


def _reporters(frame: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(frame["reporter"]))[::-1]


def _span(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop_duplicates("period").sort_values("period")


@shows(_gauges)
def gauge(frame: pd.DataFrame, context: Context, column: str, digits: int = 1, suffix: str = "") -> Figure:
    """`column` over time, a line per `reporter`: the first in colour, those it is compared with grey.

    Open dots are years whose values were reported by others, or are implied by a later table.
    """
    (drawn,), span = _gauges(frame, context, column), time_panels.in_calendar(_span(frame), context)
    figure = time_panels.one_panel(drawn.title, height=380)
    ends: list[tuple[str, float, str, str]] = []
    for reporter, line in zip(_reporters(frame), drawn.series, strict=True):
        rows = time_panels.in_calendar(frame[frame["reporter"] == reporter], context)
        (role,), name = line.roles, line.name
        figure.add_scatter(
            x=time_panels.days(rows),
            y=line.numbers.set_axis(span["period"])[rows["period"]],
            mode="lines+markers",
            line={"color": theme.colour(role), "width": 2.5 if role != "muted" else 1.5},
            marker={
                "size": 6,
                "color": [theme.background() if one in WEAK else theme.colour(role) for one in rows["quality"]],
                "line": {"width": 1.5, "color": theme.colour(role)},
            },
            connectgaps=False,
            hovertext=[_hover_gauge(row, name, column, digits, suffix, context) for row in rows.to_dict("records")],
            hoverinfo="text",
        )
        end = rows.dropna(subset=[column]).iloc[[-1]]
        text = f"{name} {formats.number(end[column].iloc[0], digits, context.lang)}{suffix}"
        ends.append((time_panels.days(end)[0], float(end[column].iloc[0]), text, role))
    _label_ends(figure, ends, float(frame[column].max()))
    figure.update_yaxes(rangemode="tozero", ticksuffix=suffix, nticks=6)
    return time_panels.period_axis(figure, span, context)


def _label_ends(figure: Figure, ends: list[tuple[str, float, str, str]], highest: float) -> None:
    """The names of the lines at their ends; two that would meet move apart."""
    room = [(one[1] - ends[0][1]) / highest * PLOT for one in ends]
    apart = max(0.0, 20 - abs(room[-1])) / 2 if len(ends) > 1 else 0.0
    for (day, value, text, role), above in zip(ends, room, strict=True):
        upper = above > 0 or (above == 0 and room[-1] < 0)
        place = {"x": day, "y": value, "xanchor": "left", "xshift": 8, "yshift": apart if upper else -apart}
        figure.add_annotation(text=f"<b>{text}</b>", showarrow=False, font={"color": theme.colour(role)}, **place)


def _theil_parts(frame: pd.DataFrame, context: Context) -> Plots:
    rows = time_panels.in_calendar(frame, context)
    parts = (
        Series.of(rows[column], role, context.say(f"gauges.{column}"))
        for column, role in (("within_continents", "total"), ("between_continents", "between"))
    )
    title, words = context.say("gauges.gauge_theil"), time_panels.period_labels(rows, context)
    return (Plot.of("columns", title, words, *parts, stacked=True),)


@shows(_theil_parts)
def theil(frame: pd.DataFrame, context: Context) -> Figure:
    """The Theil index as the sum of its two parts: between continents, and within them."""
    rows = time_panels.in_calendar(frame, context)
    (drawn,) = _theil_parts(frame, context)
    figure = time_panels.one_panel(drawn.title, height=380)
    below = pd.Series(0.0, index=rows.index)
    for part in drawn.series:
        (role,), values = part.roles, part.numbers
        top = below + values
        figure.add_bar(
            x=time_panels.days(rows),
            y=values,
            marker={
                "color": theme.colour(role),
                "opacity": 0.8,
                "pattern": {"shape": "/" if role == "between" else ""},
            },
            hovertext=[_hover_theil(row, context) for row in rows.to_dict("records")],
            hoverinfo="text",
        )
        last = values.last_valid_index()
        middle = float(below.loc[last] + values.loc[last] / 2)
        _label_bar(figure, time_panels.days(rows.loc[[last]])[0], middle, part.name, role)
        below = top
    figure.update_layout(barmode="stack")
    return time_panels.period_axis(figure, rows, context)


def _active_by_continent(frame: pd.DataFrame, context: Context) -> Plots:
    span = time_panels.in_calendar(_span(frame), context)
    parts = []
    for continent, role in _FIVE.items():
        own = frame[frame["continent"] == continent].set_index("period")["active_markets"]
        if len(own):
            parts.append(Series.of(own.reindex(span["period"]), role, context.say(f"five.{continent}")))
    title, words = context.say("gauges.gauge_active"), time_panels.period_labels(span, context)
    return (Plot.of("columns", title, words, *parts, stacked=True),)


@shows(_active_by_continent)
def active(frame: pd.DataFrame, context: Context) -> Figure:
    """The number of active markets over time, split by continent."""
    span = time_panels.in_calendar(_span(frame), context)
    (drawn,), days = _active_by_continent(frame, context), time_panels.days(span)
    figure = time_panels.one_panel(drawn.title, height=400)
    base = pd.Series(0.0, index=span.index)
    for part in drawn.series:
        (role,), values = part.roles, part.numbers
        hover = [
            f"<b>{context.period(period)}</b><br>{part.name}{context.colon}{value:.0f}"
            for period, value in zip(span["period"], values, strict=True)
        ]
        marker = {"color": theme.colour(role), "line": {"width": 0.5, "color": theme.background()}}
        figure.add_bar(x=days, y=values.to_list(), marker=marker, hovertext=hover, hoverinfo="text")
        end = int(values.notna().to_numpy().nonzero()[0][-1])
        middle = float(base.loc[end] + values.loc[end] / 2)
        _label_bar(figure, days[end], middle, f"{part.name} {values.loc[end]:.0f}", role)
        base = base + values.fillna(0.0)
    figure.update_layout(barmode="stack")
    return time_panels.period_axis(figure, span, context)


def _label_bar(figure: Figure, day: str, value: float, text: str, role: str) -> None:
    """The name of a part beside its bar in the last period."""
    place = {"x": day, "y": value, "xanchor": "left", "xshift": BESIDE_BARS}
    figure.add_annotation(text=f"<b>{text}</b>", showarrow=False, font={"color": theme.colour(role)}, **place)


_FIVE = {"asia": "asia", "africa": "africa", "europe": "europe", "americas": "latin-america", "oceania": "oceania"}
"""The five continents of the official statement, and the role of the colour of each."""


def _growing_shares(frame: pd.DataFrame, context: Context, goal: float = 60.0) -> Plots:
    rows = frame[frame["continent"].isin(["world", *_FIVE])]
    labels = [context.say(f"five.{continent}") for continent in rows["continent"]]
    roles = ["total" if continent == "world" else _FIVE[continent] for continent in rows["continent"]]
    title, mark = context.say(column_key("growing_pct")), Mark(goal, _goal_words(goal, context))
    return (Plot.of("bars", title, labels, Series.of(rows["growing_pct"], roles), marks=[mark]),)


def _goal_words(goal: float, context: Context) -> str:
    return context.say("gauges.goal", goal=context.percent(goal, digits=0, signed=False))


@shows(_growing_shares)
def growing(frame: pd.DataFrame, context: Context, goal: float = 60.0) -> Figure:
    """Of each continent's markets, those that grew, in per cent, against the `goal` of the official statement."""
    rows = frame[frame["continent"].isin(["world", *_FIVE])].reset_index(drop=True)
    (drawn,) = _growing_shares(frame, context, goal)
    labels = drawn.categories
    figure = _rows(list(labels), right=136, top=30)
    figure.add_bar(
        orientation="h",
        x=drawn.values,
        y=list(range(len(rows))),
        marker={"color": [theme.colour(role) for role in drawn.series[0].roles]},
        hovertext=[
            _hover_growing(row, label, context) for row, label in zip(rows.to_dict("records"), labels, strict=True)
        ],
        hoverinfo="text",
    )
    figure.add_vline(x=goal, line={"color": theme.background(), "width": 3})
    figure.add_vline(x=goal, line={"color": theme.colour("text"), "width": 1.5, "dash": "dot"})
    words = _goal_words(goal, context)
    place = {"x": goal, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "center", "yshift": 4}
    texts = [{"text": words, "showarrow": False, **place}]
    for at, row in enumerate(rows.to_dict("records")):
        counts = {name: formats.count(row[name], context.lang) for name in ("growing", "markets")}
        share = context.percent(row["growing_pct"], digits=0, signed=False)
        texts.append(time_panels.beside(at, f"<b>{share}</b>  {context.say('gauges.growing_of', **counts)}", 8))
    figure.add_annotations(texts)
    return figure.update_xaxes(range=[0, 100], ticksuffix=context.percent_sign)


def _rows(labels: list[str], right: int, top: int = 8) -> Figure:
    """An empty figure with a row per label."""
    figure = theme.figure(height=EDGE + ROW * len(labels), margin={"l": 0, "r": right, "t": top, "b": 0, "pad": 8})
    figure.update_xaxes(showgrid=True, zeroline=True, ticks="")
    figure.update_yaxes(tickvals=list(range(len(labels))), ticktext=labels, range=[len(labels) - 0.4, -0.6])
    return figure.update_yaxes(showgrid=False, zeroline=False, tickfont={"color": theme.colour("text")})


def _curves(frame: pd.DataFrame, context: Context, before: pd.DataFrame | None = None) -> Plots:
    """The even spread, the earlier curve if there is one, the curve."""
    even = Series((0.0, 100.0), ("muted",), context.say("gauges.even"), (0.0, 100.0))
    shares = [
        Series(tuple(rows["value_pct"]), (role,), context.period(rows["period"].iloc[0]), tuple(rows["markets_pct"]))
        for rows, role in ((before, "muted"), (frame, context.flow))
        if rows is not None and len(rows)
    ]
    title, across = (context.say(column_key(name)) for name in ("value_pct", "markets_pct"))
    return (Plot.of("curves", title, (), even, *shares, across=across),)


@shows(_curves)
def lorenz(frame: pd.DataFrame, context: Context, before: pd.DataFrame | None = None) -> Figure:
    """The share of value that the smallest markets hold; `before` is an earlier curve, grey."""
    figure = theme.figure(height=420, margin={"l": 0, "r": 16, "t": 12, "b": 0, "pad": 4})
    line = {"color": theme.colour("muted"), "width": 1, "dash": "dot"}
    figure.add_scatter(x=[0, 100], y=[0, 100], mode="lines", line=line, hoverinfo="skip")
    for rows, role in ((before, "muted"), (frame, context.flow)):
        if rows is None or rows.empty:
            continue
        figure.add_scatter(
            x=rows["markets_pct"],
            y=rows["value_pct"],
            mode="lines",
            line={"color": theme.colour(role), "width": 2.5 if role != "muted" else 1.5},
            hovertext=[_hover_lorenz(row, context) for row in rows.to_dict("records")],
            hoverinfo="text",
        )
    tenth = at_share(frame, 90.0)
    look = {
        "ax": -24,
        "ay": -24,
        "xanchor": "right",
        "arrowcolor": theme.colour("muted"),
        "arrowwidth": 1,
        "arrowhead": 0,
    }
    text = context.say("gauges.tenth", share=context.percent(100 - tenth, digits=0, signed=False))
    figure.add_annotation(x=90, y=tenth, text=text, showarrow=True, align="right", **look)
    even = {"x": 52, "y": 52, "xanchor": "right", "yanchor": "bottom", "font": {"color": theme.colour("muted")}}
    figure.add_annotation(text=context.say("gauges.even"), showarrow=False, **even)
    names = [(frame, context.flow)] + ([(before, "muted")] if before is not None and len(before) else [])
    for at, (rows, role) in enumerate(names):
        place = {
            "x": 0,
            "xref": "paper",
            "y": 1 - at * 0.07,
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "top",
            "xshift": 12,
        }
        figure.add_annotation(
            text=f"<b>{context.period(rows['period'].iloc[0])}</b>",
            showarrow=False,
            font={"color": theme.colour(role)},
            **place,
        )
    figure.update_xaxes(
        range=[0, 100.5], ticksuffix=context.percent_sign, title={"text": context.say("gauges.lorenz_x")}, showgrid=True
    )
    return figure.update_yaxes(
        range=[0, 101], ticksuffix=context.percent_sign, title={"text": context.say("gauges.lorenz_y")}
    )


def at_share(frame: pd.DataFrame, markets_pct: float) -> float:
    """The share of value that this share of the markets, smallest first, holds; read between two markets."""
    below, above = (
        frame[frame["markets_pct"] <= markets_pct].iloc[-1],
        frame[frame["markets_pct"] >= markets_pct].iloc[0],
    )
    width = above["markets_pct"] - below["markets_pct"]
    part = 0.0 if width == 0 else (markets_pct - below["markets_pct"]) / width
    return float(below["value_pct"] + part * (above["value_pct"] - below["value_pct"]))


def _components(frame: pd.DataFrame, context: Context) -> Plots:
    rows = _with_total(frame)
    counts = [formats.count(number, context.lang) for number in rows["markets"]]
    labels = [
        context.say(f"component.{name}", count=count) for name, count in zip(rows["component"], counts, strict=True)
    ]
    roles = [
        "total" if name == "total" else "rise" if points >= 0 else "fall"
        for name, points in zip(rows["component"], rows["contribution_pp"], strict=True)
    ]
    return (Plot.of("bars", context.say("gauges.points"), labels, Series.of(rows["contribution_pp"], roles)),)


def _with_total(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["component"].isin([*COMPONENTS, "total"])].reset_index(drop=True)


@shows(_components)
def margins(frame: pd.DataFrame, context: Context) -> Figure:
    """Contributions of new, lost and continuing markets to the change, in points of growth, and their sum."""
    rows = _with_total(frame)
    (drawn,) = _components(frame, context)
    labels, values, part = list(drawn.categories), drawn.values, rows["component"] != "total"
    figure = _rows(labels, right=150)
    figure.add_bar(
        orientation="h",
        x=values,
        base=(values.where(part, 0.0).cumsum() - values).where(part, 0.0).tolist(),
        y=list(range(len(rows))),
        marker={"color": [theme.colour(role) for role in drawn.series[0].roles]},
        hovertext=[
            f"<b>{label}</b><br>{context.amount(change)}" for label, change in zip(labels, rows["change"], strict=True)
        ],
        hoverinfo="text",
    )
    place = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 8, "align": "left", "showarrow": False}
    texts = [
        f"<b>{context.points(value, 2)}</b><br>{context.amount(change)}"
        for value, change in zip(values, rows["change"], strict=True)
    ]
    figure.add_annotations([{**place, "y": at, "text": text} for at, text in enumerate(texts)])
    return figure.update_xaxes(title={"text": drawn.title})


def _hover_gauge(row: dict[Any, Any], name: str, column: str, digits: int, suffix: str, context: Context) -> str:
    if formats.is_missing(row[column]):
        return ""
    value = formats.number(row[column], digits, context.lang) + suffix
    quality = context.say(f"quality.{row['quality']}") if row["quality"] in WEAK else ""
    return "<br>".join(part for part in (context.head(name, context.period(row["period"])), value, quality) if part)


def _hover_theil(row: dict[Any, Any], context: Context) -> str:
    if formats.is_missing(row["theil"]):
        return ""
    lines = [
        f"<b>{context.period(row['period'])}</b>",
        f"{context.say('gauges.gauge_theil')}{context.colon}{formats.number(row['theil'], 2, context.lang)}",
    ]
    parts = ("between_continents", "within_continents")
    return "<br>".join(
        lines
        + [
            f"{context.say(f'gauges.{part}')}{context.colon}{formats.number(row[part], 2, context.lang)}"
            for part in parts
        ]
    )


def _hover_growing(row: dict[Any, Any], label: str, context: Context) -> str:
    counts = {
        name: formats.count(row[name], context.lang)
        for name in ("growing", "falling", "unchanged", "without_rate", "markets")
    }
    return f"<b>{label}</b><br>{context.say('gauges.growing_hover', **counts)}"


def _hover_lorenz(row: dict[Any, Any], context: Context) -> str:
    name = row[f"name_{context.lang}"]
    shares = {key: context.percent(row[key], signed=False) for key in ("markets_pct", "value_pct")}
    text = context.say("gauges.lorenz_hover", **shares)
    return text if pd.isna(name) else f"<b>{name}</b><br>{text}"
