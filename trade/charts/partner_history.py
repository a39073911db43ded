"""How did trade with one partner develop, across changes of the source?

Frames are those of `partner_balance`, `partner` and `mirror_gap`, one row per period. A line is cut where the source
changes (`new_source`), a dotted rule says so, and figures that the partner reported (quality `mirror`) are open dots
on a broken line or hatched bars: they are not China's own and do not compare with their neighbours.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import time_panels
from trade.text import formats

Row = dict[Any, Any]
HEIGHT = 460
_SIDES = (("exports", "export"), ("imports", "import"))


def _flows_and_balance(frame: pd.DataFrame, context: Context) -> Plots:
    rows = time_panels.in_calendar(frame, context)
    scale = context.scale(pd.concat([rows["exports"], rows["imports"]]))
    words = time_panels.period_labels(rows, context)
    flows = [Series.of(rows[column] / scale.size, flow, context.say(f"flow.{flow}")) for column, flow in _SIDES]
    sides = ["surplus" if value >= 0 else "deficit" for value in rows["balance"].fillna(0.0)]
    balance = Series.of(rows["balance"] / scale.size, sides)
    return (
        Plot.of("lines", context.say("charts.two_flows", unit=scale.unit), words, *flows),
        Plot.of("columns", context.say("charts.balance", unit=scale.unit), words, balance),
    )


@shows(_flows_and_balance)
def two_flows(frame: pd.DataFrame, context: Context) -> Figure:
    """Exports and imports as lines, and under them the balance as bars."""
    rows = time_panels.in_calendar(frame, context)
    flows, balance = _flows_and_balance(frame, context)
    days, hover = time_panels.days(rows), _hover_flows(rows, context)
    figure = time_panels.two_panels(flows.title, balance.title, HEIGHT)
    for line in flows.series:
        (flow,) = line.roles
        mirrored = rows[f"{flow}_quality"] == "mirror"
        _line(figure, days, line.numbers, mirrored, rows[f"{flow}_new_source"], flow, hover)
    _label_ends(figure, days, flows.series)
    mirrored = (rows["export_quality"] == "mirror") | (rows["import_quality"] == "mirror")
    _bars(figure, "y2", days, balance.series[0], mirrored, hover)
    _rules(figure, rows, rows["export_new_source"].eq(True) | rows["import_new_source"].eq(True))
    return time_panels.period_axis(figure, rows, context)


def _share_and_rank(frame: pd.DataFrame, context: Context) -> Plots:
    rows = time_panels.in_calendar(frame, context)
    words = time_panels.period_labels(rows, context)
    return (
        Plot.of("lines", context.say("partner.share_axis"), words, Series.of(rows["share_pct"], context.flow)),
        Plot.of("lines", context.say("partner.rank_axis"), words, Series.of(rows["rank"], context.flow), ranks=True),
    )


@shows(_share_and_rank)
def share_and_rank(frame: pd.DataFrame, context: Context) -> Figure:
    """The partner's share of China's trade, and under it its rank, 1 on top."""
    rows = time_panels.in_calendar(frame, context)
    shares, ranks = _share_and_rank(frame, context)
    figure = time_panels.two_panels(shares.title, ranks.title, height=HEIGHT)
    days, hover, mirrored = time_panels.days(rows), _hover_rank(rows, context), rows["quality"] == "mirror"
    for axis, drawn in (("y", shares), ("y2", ranks)):
        _line(figure, days, drawn.values, mirrored, rows["new_source"], context.flow, hover, axis=axis)
    last = rows.iloc[-1]
    rank = formats.count(last["rank"], context.lang)
    time_panels.label_end(figure, days[-1], last["share_pct"], share(last["share_pct"], context), context.flow)
    if pd.notna(last["rank"]):
        text, font = f"<b>{rank}</b>", {"color": theme.colour(context.flow)}
        place = {"x": days[-1], "y": last["rank"], "yref": "y2", "xanchor": "left", "xshift": 8}
        figure.add_annotation(text=text, showarrow=False, font=font, **place)
    _rules(figure, rows, rows["new_source"].eq(True))
    figure.update_layout(yaxis={"rangemode": "tozero", "ticksuffix": context.percent_sign}, yaxis2=_ranks(rows["rank"]))
    return time_panels.period_axis(figure, rows, context)


def _contributions(frame: pd.DataFrame, context: Context) -> Plots:
    rows = time_panels.in_calendar(frame, context)
    sides = ["rise" if value >= 0 else "fall" for value in rows["contribution_pp"].fillna(0.0)]
    title, words = context.say("partner.points_axis"), time_panels.period_labels(rows, context)
    return (Plot.of("columns", title, words, Series.of(rows["contribution_pp"], sides)),)


@shows(_contributions)
def contributions(frame: pd.DataFrame, context: Context) -> Figure:
    """Points that the partner gave to China's growth, a bar per period; the chosen one is marked."""
    rows = time_panels.in_calendar(frame, context)
    (drawn,), days = _contributions(frame, context), time_panels.days(rows)
    figure = time_panels.one_panel(drawn.title, 320)
    chosen = rows["period"] == context.chosen
    at = int(chosen.to_numpy().nonzero()[0][-1]) if chosen.any() else len(rows) - 1
    dim = [1.0 if position == at else 0.55 for position in range(len(rows))]
    marker = {"color": [theme.colour(side) for side in drawn.series[0].roles], "opacity": dim, "line": {"width": 0}}
    texts = [_hover_points(row, context) for row in rows.to_dict("records")]
    figure.add_bar(x=days, y=drawn.values, marker=marker, hovertext=texts, hoverinfo="text")
    value = drawn.values[at]
    time_panels.label_bar(figure, "y", days[at], value, points(value, context), at == 0)
    _rules(figure, rows, rows["new_source"].eq(True))
    return time_panels.period_axis(figure, rows, context)


def _both_sides_and_gap(frame: pd.DataFrame, context: Context, partner: str) -> Plots:
    rows, context = time_panels.in_calendar(frame, context), replace(context, freq="A", currency="USD")
    scale = context.scale(pd.concat([rows["china_usd"], rows["partner_usd"]]))
    words = time_panels.period_labels(rows, context)
    china = Series.of(rows["china_usd"] / scale.size, context.flow, context.say("partner.by_china"))
    other = Series.of(rows["partner_usd"] / scale.size, "text", partner)
    signs = ["rise" if value >= 0 else "fall" for value in rows["gap_pct"].fillna(0.0)]
    return (
        Plot.of("lines", context.say("charts.level", unit=scale.unit), words, china, other),
        Plot.of("columns", context.say("partner.gap_axis"), words, Series.of(rows["gap_pct"], signs)),
    )


@shows(_both_sides_and_gap)
def mirror(frame: pd.DataFrame, context: Context, partner: str) -> Figure:
    """What China and the partner report of the same flow; under it the gap in percent of China's figure."""
    sides, gap = _both_sides_and_gap(frame, context, partner)
    rows, context = time_panels.in_calendar(frame, context), replace(context, freq="A", currency="USD")
    days, hover = time_panels.days(rows), _hover_gap(rows, context)
    figure = time_panels.two_panels(sides.title, gap.title, HEIGHT)
    for line in sides.series:
        look = {"color": theme.colour(line.roles[0]), "width": 2.5}
        mode = "lines+markers" if None in line.values else "lines"
        words = {"hovertext": hover, "hoverinfo": "text", "connectgaps": False, "marker": {"size": 6}}
        figure.add_scatter(x=days, y=line.numbers, mode=mode, line=look, **words)
    _label_ends(figure, days, sides.series)
    _bars(figure, "y2", days, gap.series[0], pd.Series(False, index=rows.index), hover)
    return time_panels.period_axis(figure, rows, context)


def share(value: float | None, context: Context) -> str:
    """A share in per cent, with as many digits as a small partner needs: 3.1%, 0.04%, 0.0004%."""
    return context.percent(value, digits=_digits(value, 1), signed=False)


def points(value: float | None, context: Context) -> str:
    """A contribution, with as many digits as a small partner needs."""
    return context.points(value, _digits(value, 2))


def _digits(value: float | None, least: int) -> int:
    """Digits that show the first figure of a number below one; zero, and what is too small, needs no more than the
    least."""
    if value is None or formats.is_missing(value) or not value:
        return least
    needed = math.ceil(-math.log10(abs(value)))
    return least if needed > formats.MOST_DECIMALS else max(least, needed)


def runs(rows: pd.DataFrame, values: pd.Series, cut: pd.Series) -> Iterator[pd.Index]:
    """The stretches of a line: it ends where a value is missing or the source changes."""
    missing = values.isna()
    number = (cut.eq(True) | missing | missing.shift(fill_value=False)).cumsum()
    for _, part in rows[~missing].groupby(number[~missing]):
        yield part.index


def _line(
    figure: Figure,
    days: list[str],
    values: pd.Series,
    mirrored: pd.Series,
    cut: pd.Series,
    role: str,
    hover: list[str],
    axis: str = "y",
) -> None:
    """A line in stretches; one that the partner reported is broken and has open dots, a single figure is a dot."""
    colour = theme.colour(role)
    for part in runs(pd.DataFrame(index=values.index), values, cut):
        open_dots = bool(mirrored[part].any())
        edge = {"width": 2, "color": colour}
        dot = {"size": 7, "color": colour, "symbol": "circle-open" if open_dots else "circle", "line": edge}
        figure.add_scatter(
            x=[days[at] for at in part],
            y=values[part],
            yaxis=axis,
            mode="lines+markers" if open_dots or len(part) < 4 else "lines",
            line={"color": colour, "width": 2.5, "dash": "dot" if open_dots else "solid"},
            marker=dot,
            hovertext=[hover[at] for at in part],
            hoverinfo="text",
        )


def _bars(
    figure: Figure,
    axis: str,
    days: list[str],
    series: Series,
    mirrored: pd.Series,
    hover: list[str],
) -> None:
    marker = {
        "color": [theme.colour(role) for role in series.roles],
        "pattern": {"shape": ["/" if is_mirrored else "" for is_mirrored in mirrored], "solidity": 0.35},
        "line": {"width": 0},
    }
    figure.add_bar(x=days, y=series.numbers, yaxis=axis, marker=marker, hovertext=hover, hoverinfo="text")


def _label_ends(figure: Figure, days: list[str], lines: tuple[Series, ...]) -> None:
    """Names at the ends of two lines; if both end at nearly the same height, the higher one's is lifted."""
    known = [line.numbers.dropna() for line in lines]
    last = [float(values.iloc[-1]) if len(values) else math.nan for values in known]
    span = max((float(values.max()) for values in known if len(values)), default=1.0) or 1.0
    close = abs(last[0] - last[1]) < 0.07 * span
    upper = 0 if last[0] >= last[1] else 1
    for at, (line, values) in enumerate(zip(lines, known, strict=True)):
        if values.empty:
            continue
        place = {"x": days[values.index[-1]], "y": last[at], "xanchor": "left", "xshift": 8}
        place["yshift"] = (8 if at == upper else -8) if close else 0
        font = {"color": theme.colour(line.roles[0])}
        figure.add_annotation(text=f"<b>{_two_lines(line.name)}</b>", showarrow=False, font=font, **place)


def _two_lines(text: str, limit: int = 12) -> str:
    cut = text.rfind(" ", 0, limit) if len(text) > limit else -1
    return text if cut < 0 else f"{text[:cut]}<br>{text[cut + 1 :]}"


def _rules(figure: Figure, rows: pd.DataFrame, cut: pd.Series) -> None:
    """A dotted rule through all panels before each period with which another source begins."""
    line = {"color": theme.colour("muted"), "width": 1, "dash": "dot"}
    for day in (time_panels.days(rows)[at] for at in rows.index[cut]):
        x = str(pd.Timestamp(day) - pd.Timedelta(days=183))
        figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, yref="paper", line=line, layer="below")


def _ranks(ranks: pd.Series) -> dict[str, Any]:
    """An axis of ranks: whole numbers, 1 on top, with room above it."""
    lowest = int(ranks.max()) if ranks.notna().any() else 1
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100) if lowest / size <= 5)
    ticks = [1, *(tick for tick in range(step, lowest + 1, step) if tick - 1 > step / 2)]
    return {"range": [lowest + 0.08 * lowest + 0.5, 1 - 0.08 * lowest - 0.2], "tickvals": ticks, "zeroline": False}


def _quality(code: Any, context: Context) -> str:
    return context.say(f"quality.{code}") if isinstance(code, str) else ""


def _hover_flows(rows: pd.DataFrame, context: Context) -> list[str]:
    texts = []
    for row in rows.to_dict("records"):
        lines = [f"<b>{context.period(row['period'])}</b>"]
        for column, flow in _SIDES:
            kind = _quality(row[f"{flow}_quality"], context)
            amount = context.amount(row[column])
            wording = amount if not kind else context.say("charts.of_kind", figure=amount, kind=kind)
            lines.append(f"{context.say(f'flow.{flow}')}{context.colon}{wording}")
        texts.append(
            "<br>".join([*lines, f"{context.say('flow.balance')}{context.colon}{context.amount(row['balance'])}"])
        )
    return texts


def _hover_rank(rows: pd.DataFrame, context: Context) -> list[str]:
    texts = []
    for row in rows.to_dict("records"):
        words = {"share": share(row["share_pct"], context), "rank": formats.count(row["rank"], context.lang)}
        words |= {"partners": formats.count(row["partners"], context.lang)}
        words["ranked"] = "no" if formats.is_missing(row["rank"]) else "yes"
        kind = _quality(row["quality"], context)
        texts.append(
            f"<b>{context.period(row['period'])}</b><br>{context.say('partner.rank_hover', **words)}<br>{kind}"
        )
    return texts


def _hover_points(row: Row, context: Context) -> str:
    contribution = context.say("charts.contribution_hover", points=points(row["contribution_pp"], context))
    whole = context.say("partner.whole_hover", growth=context.percent(row["total_growth_pct"]))
    return f"<b>{context.period(row['period'])}</b><br>{contribution}<br>{whole}"


def _hover_gap(rows: pd.DataFrame, context: Context) -> list[str]:
    texts = []
    for row in rows.to_dict("records"):
        words = {"china": context.amount(row["china_usd"]), "partner": context.amount(row["partner_usd"])}
        gap = context.percent(row["gap_pct"])
        texts.append(f"<b>{context.period(row['period'])}</b><br>{context.say('partner.gap_hover', gap=gap, **words)}")
    return texts
