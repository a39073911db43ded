"""Was growth volume or unit value? Growth split into both, China beside the world, terms of trade.

Frames are those of `volume_and_unit_value` and `terms_of_trade`, a row per period. A unit value is not a price: it also
moves with the mix of goods, and the charts never call it one.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Mark, Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import dot_plot, time_panels
from trade.text import formats

Row = dict[Any, Any]
HEIGHT = 540
CLOSE = 0.12
"""Part of the panel's height within which the names of two lines would touch."""
_PARTS = (("volume", "volume_growth_pct", ""), ("unit_value", "unit_value_growth_pct", ""), ("rest", "rest_pp", "/"))
_ROLES = {"volume": "volume", "unit_value": "unit-value", "rest": "residual"}


def with_rest(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with `headline_pct`, customs' growth in dollars or, where there is none, the compiler's, and `rest_pp`:
    what volume and unit value leave of it, their product included."""
    headline = frame["customs_growth_pct"].fillna(frame["value_growth_pct"])
    rest = headline - frame["volume_growth_pct"] - frame["unit_value_growth_pct"]
    return frame.assign(headline_pct=headline, rest_pp=rest)


def _split(frame: pd.DataFrame, context: Context) -> Plots:
    """The three parts of each period's growth, stacked; then the growth of volume of China and the world."""
    rows = time_panels.in_calendar(with_rest(frame), context)
    words = time_panels.period_labels(rows, context)
    parts = [Series.of(rows[column], _ROLES[name], context.say(f"charts.part_{name}")) for name, column, _ in _PARTS]
    lines = [Series.of(rows[column], role, name) for column, name, role in _volumes(rows, context)]
    return (
        Plot.of("columns", context.say("charts.volume_split"), words, *parts, stacked=True),
        Plot.of("lines", context.say("charts.volume_beside_world"), words, *lines),
    )


def _volumes(rows: pd.DataFrame, context: Context) -> list[tuple[str, str, str]]:
    """Column, name and role of the lines of volume that have figures."""
    lines = (
        ("volume_growth_pct", context.say("charts.line_china"), context.flow),
        ("world_volume_growth_pct", context.say("charts.line_world"), "muted"),
    )
    return [line for line in lines if line[0] in rows and rows[line[0]].notna().any()]


@shows(_split)
def split(frame: pd.DataFrame, context: Context) -> Figure:
    """Bars of volume, unit value and rest that add up to growth in dollars (a dot); below, volumes beside the world.

    `world_volume_growth_pct` is missing where the compiler has no world.
    """
    rows = time_panels.in_calendar(with_rest(frame), context)
    days, hover = time_panels.days(rows), [_hover_text(row, context) for row in rows.to_dict("records")]
    upper, lower = context.say("charts.volume_split"), context.say("charts.volume_beside_world")
    figure = time_panels.two_panels(upper, lower, HEIGHT)
    figure.update_layout(margin={"t": 86}, barmode="relative", showlegend=True, legend=dot_plot.LEGEND)
    figure.update_annotations(only=0, yshift=54)
    drawn, _ = _split(frame, context)
    for part, (_, _, shape) in zip(drawn.series, _PARTS, strict=True):
        marker = {"color": theme.colour(part.roles[0]), "pattern": {"shape": shape, "solidity": 0.35}}
        figure.add_bar(
            x=days, y=part.numbers, name=part.name, marker=marker, hovertext=hover, hoverinfo="text",
        )  # fmt: skip
    dot = {"size": 8, "color": theme.colour("text"), "line": {"width": 1.5, "color": theme.background()}}
    figure.add_scatter(
        x=days, y=rows["headline_pct"], mode="markers", name=context.say("charts.part_headline"), marker=dot,
        hovertext=hover, hoverinfo="text",
    )  # fmt: skip
    _beside_world(figure, rows, days, hover, context)
    return time_panels.period_axis(figure, rows, context)


def _beside_world(figure: Figure, rows: pd.DataFrame, days: list[str], hover: list[str], context: Context) -> None:
    ends = []
    for column, name, role in _volumes(rows, context):
        time_panels.line(figure, days, rows[column], role, hover, axis="y2")
        ends.append((float(rows[column].dropna().iloc[-1]), name, role))
    figure.update_traces(showlegend=False, selector={"mode": "lines"})
    figure.add_hline(y=0, yref="y2", line={"color": theme.colour("muted"), "width": 1})
    drawn = rows[[column for column, _, _ in _volumes(rows, context)]]
    figure.add_annotations(_ends(days[-1], ends, max(drawn.max().max(), 0) - min(drawn.min().min(), 0)))


def _ends(day: str, ends: list[tuple[float, str, str]], height: float) -> list[dict[str, Any]]:
    """Names right of lines on the lower panel, which spans `height` points of growth; of two that end close together
    the higher is lifted."""
    heights = [end[0] for end in ends]
    close = len(ends) > 1 and max(heights) - min(heights) < CLOSE * height
    place = {"x": day, "yref": "y2", "xanchor": "left", "xshift": 8, "showarrow": False}
    return [
        place
        | {"y": y, "text": f"<b>{text}</b>", "font": {"color": theme.colour(role)}}
        | {"yshift": (9 if y == max(heights) else -9) if close else 0}
        for y, text, role in ends
    ]


def _hover_text(row: Row, context: Context) -> str:
    if formats.is_missing(row["volume_growth_pct"]):
        return ""
    lines = [
        f"{context.say('charts.part_volume')}{context.colon}{context.percent(row['volume_growth_pct'])}",
        f"{context.say('charts.part_unit_value')}{context.colon}{context.percent(row['unit_value_growth_pct'])}",
        f"{context.say('charts.part_both')}{context.colon}{context.percent(row['value_growth_pct'])}",
    ]
    if not formats.is_missing(row["customs_growth_pct"]):
        lines.append(f"{context.say('charts.part_customs')}{context.colon}{context.percent(row['customs_growth_pct'])}")
        lines.append(f"{context.say('charts.part_remainder')}{context.colon}{context.points(row['remainder_pp'], 2)}")
    if not formats.is_missing(row.get("world_volume_growth_pct")):
        lines.append(
            f"{context.say('charts.line_world')}{context.colon}{context.percent(row['world_volume_growth_pct'])}"
        )
    return "<br>".join([f"<b>{context.period(row['period'])}</b>", *lines])


def _terms(frame: pd.DataFrame, context: Context) -> Plots:
    """Both unit values, then the terms of trade."""
    rows = time_panels.in_calendar(frame, context)
    words, base = time_panels.period_labels(rows, context), int(rows["base_year"].dropna().iloc[-1])
    flows = [
        Series.of(rows[f"{flow}_unit_value_index"], flow, context.say(f"flow.{flow}")) for flow in ("export", "import")
    ]
    terms = Series.of(rows["terms_of_trade"], "balance", context.say("charts.terms_short"))
    return (
        Plot.of("lines", context.say("charts.unit_values", base=base), words, *flows),
        Plot.of("lines", context.say("charts.terms", base=base), words, terms, marks=[Mark(100)]),
    )


@shows(_terms)
def terms_of_trade(frame: pd.DataFrame, context: Context) -> Figure:
    """Unit values of exports and imports as indices, and under them the terms of trade."""
    rows = time_panels.in_calendar(frame, context)
    days, hover = time_panels.days(rows), [_hover_terms(row, context) for row in rows.to_dict("records")]
    upper, lower = _terms(frame, context)
    figure = time_panels.two_panels(upper.title, lower.title, 460)
    ends = []
    for line in upper.series:
        time_panels.line(figure, days, line.numbers, line.roles[0], hover)
        ends.append((float(line.numbers.iloc[-1]), line.name, line.roles[0]))
    close = abs(ends[0][0] - ends[1][0]) < 0.06 * max(ends[0][0], ends[1][0])
    higher = max(ends)
    lift = {end: (9 if end == higher else -9) if close else 0 for end in ends}
    figure.add_annotations([
            {
                "x": days[-1], "y": y, "text": f"<b>{text}</b>", "xanchor": "left", "xshift": 8, "showarrow": False,
                "yshift": lift[(y, text, role)], "font": {"color": theme.colour(role)},
            }
            for y, text, role in ends
        ],
    )  # fmt: skip
    time_panels.line(figure, days, lower.values, "balance", hover, axis="y2")
    figure.add_hline(y=100, yref="y2", line={"color": theme.colour("muted"), "width": 1, "dash": "dot"})
    last = float(rows["terms_of_trade"].iloc[-1])
    figure.add_annotations([
            {
                "x": days[-1], "y": last, "yref": "y2", "text": f"<b>{formats.number(last, 1, context.lang)}</b>",
                "xanchor": "left", "xshift": 8, "showarrow": False, "font": {"color": theme.colour("balance")},
            }
        ],
    )  # fmt: skip
    figure.update_yaxes(zeroline=False)
    return time_panels.period_axis(figure, rows, context)


def _hover_terms(row: Row, context: Context) -> str:
    if formats.is_missing(row["terms_of_trade"]):
        return ""
    numbers = {
        context.say("flow.export"): row["export_unit_value_index"],
        context.say("flow.import"): row["import_unit_value_index"],
        context.say("charts.terms_short"): row["terms_of_trade"],
    }
    lines = [f"{name}{context.colon}{formats.number(value, 1, context.lang)}" for name, value in numbers.items()]
    return "<br>".join([f"<b>{context.period(row['period'])}</b>", *lines])


def _volumes_by_year(frame: pd.DataFrame, context: Context) -> Plots:
    """Growth of volume of China's exports, its imports, world trade; then the forecasts of the last."""
    rows = time_panels.in_calendar(frame, context)
    lines = [Series.of(rows[column], role, name) for column, role, name in _lines_by_year(context)]
    forecasts = Series.of(rows["forecast_pct"], "muted", context.say("charts.world_forecast"))
    words = time_panels.period_labels(rows, context)
    return (Plot.of("lines", context.say("charts.volume_growth"), words, *lines, forecasts),)


def _lines_by_year(context: Context) -> tuple[tuple[str, str, str], ...]:
    """Column, role and name of each line."""
    return (
        ("export_volume_growth_pct", "export", context.say("charts.china_exports")),
        ("import_volume_growth_pct", "import", context.say("charts.china_imports")),
        ("world_trade_volume_growth_pct", "total", context.say("charts.world_trade")),
    )


@shows(_volumes_by_year)
def volumes_and_forecasts(frame: pd.DataFrame, context: Context) -> Figure:
    """Growth of volume of China's exports, its imports and world trade by year; forecasts of the last as open dots."""
    rows = time_panels.in_calendar(frame, context)
    days = time_panels.days(rows)
    figure = time_panels.one_panel(context.say("charts.volume_growth"), 400)
    lines = _lines_by_year(context)
    hover = [_hover_volumes(row, context, lines) for row in rows.to_dict("records")]
    for column, role, _ in lines:
        time_panels.line(figure, days, rows[column], role, hover)
    known, world = rows["forecast_pct"].notna(), rows["world_trade_volume_growth_pct"]
    at = [*([_last(world)] if world.notna().any() else []), *known.to_numpy().nonzero()[0]]
    dotted = {"color": theme.colour("total"), "width": 1.5, "dash": "dot"}
    figure.add_scatter(
        x=[days[one] for one in at], y=world.fillna(rows["forecast_pct"]).iloc[at], mode="lines", line=dotted,
        hoverinfo="skip",
    )  # fmt: skip
    dot = {"size": 11, "symbol": "circle-open", "color": theme.colour("total"), "line": {"width": 2}}
    figure.add_scatter(
        x=[day for day, is_known in zip(days, known, strict=True) if is_known], y=rows.loc[known, "forecast_pct"],
        mode="markers", marker=dot, hovertext=[text for text, one in zip(hover, known, strict=True) if one],
        hoverinfo="text",
    )  # fmt: skip
    figure.add_hline(y=0, line={"color": theme.colour("muted"), "width": 1})
    figure.add_annotations(_names_at_ends(rows, days, lines))
    return time_panels.period_axis(figure, rows, context)


def _names_at_ends(
    rows: pd.DataFrame, days: list[str], lines: tuple[tuple[str, str, str], ...]
) -> list[dict[str, Any]]:
    """The name of each line where it ends, that of world trade at its last forecast: above the higher of China's two
    lines, below the lower one, so that the forecasts between them stay clear."""
    names = list[dict[str, Any]]()
    own = [rows[column].dropna() for column, _, _ in lines if not column.startswith("world")]
    highest = max((float(line.iloc[-1]) for line in own if len(line)), default=0.0)
    for column, role, name in lines:
        is_world = column.startswith("world")
        line = rows[column].fillna(rows["forecast_pct"]) if is_world else rows[column]
        if line.isna().all():
            continue
        y = float(line.iloc[_last(line)])
        side: dict[str, Any] = {"yanchor": "bottom", "yshift": 2} if y == highest else {"yanchor": "top", "yshift": -4}
        place = {"x": days[_last(line)], "y": y, "xanchor": "left", "xshift": 10, "showarrow": False}
        place |= {"yanchor": "middle"} if is_world else side
        names.append(place | {"text": f"<b>{name}</b>", "align": "left", "font": {"color": theme.colour(role)}})
    return names


def _last(line: pd.Series) -> int:
    """The place of the last figure."""
    return int(line.notna().to_numpy().nonzero()[0][-1])


def _hover_volumes(row: Row, context: Context, lines: tuple[tuple[str, str, str], ...]) -> str:
    texts = [
        f"{name}{context.colon}{context.percent(row[column])}"
        for column, _, name in lines
        if not formats.is_missing(row[column])
    ]
    if not formats.is_missing(row["forecast_pct"]):
        when = formats.day(row["forecast_date"], context.lang)
        words = {"forecaster": row["forecaster"], "day": when, "value": context.percent(row["forecast_pct"])}
        texts.append(context.say("charts.forecast_hover", **words))
    return "<br>".join([f"<b>{context.period(row['period'])}</b>", *texts])
