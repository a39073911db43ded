"""Time series: panels, lines, labels at their ends, the axis of periods."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout.row_axis import width as text_width
from trade.text import formats

UPPER, LOWER = (0.46, 1.0), (0.0, 0.34)
"""Shares of the height of two panels, the amount above the rate."""
FEW_LINES = 4
"""Lines whose texts have room below each other when all are read at a date."""
DOT = 6
"""Of a value without neighbours, in pixels."""
LETTER, EDGE, MARGIN = 7, 6, 12
"""Pixels: width of a bold letter, room beside a label, least right margin."""
LABELS, ROUND = 6, 5
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
"""Labels on the axis of periods: as many as a phone holds."""
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def one_panel(title: str, height: int) -> Figure:
    """A figure with one panel under its title."""
    figure = theme.figure(height=height, margin={"t": 36})
    return _panel_title(figure, title, 1.0)


def two_panels(upper: str, lower: str, height: int) -> Figure:
    """A figure with two panels on one axis of periods, each under its title."""
    figure = theme.figure(height=height, margin={"t": 36})
    below = theme.layout()["yaxis"] | {"domain": LOWER, "anchor": "x"}
    figure.update_layout(yaxis={"domain": UPPER}, yaxis2=below, xaxis={"anchor": "y2"})
    return _panel_title(_panel_title(figure, upper, UPPER[1]), lower, LOWER[1])


def _panel_title(figure: Figure, text: str, y: float) -> Figure:
    place = {"x": 0, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 8}
    font = {"color": theme.colour("muted")}
    return figure.add_annotation(text=text, showarrow=False, font=font, **theme.uncrossed(), **place)


def line(
    figure: Figure, x: list[str], y: pd.Series, role: str, hover: list[str], *, axis: str = "y", width: float = 2.5
) -> None:
    """Add a line that breaks where a value is missing."""
    stroke = {"color": theme.colour(role), "width": width}
    shared = {"hovertext": hover, "hoverinfo": "text", "connectgaps": False}
    figure.add_scatter(x=x, y=y, yaxis=axis, line=stroke, **shown_alone(y, role), **shared)


def shown_alone(y: pd.Series, role: str) -> dict[str, Any]:
    """How a line is drawn whose values may have no neighbour: a dot for each of those, which no line would show."""
    known = y.notna()
    alone = known & ~known.shift(1, fill_value=False) & ~known.shift(-1, fill_value=False)
    if not alone.any():
        return {"mode": "lines"}
    marker = {"size": [DOT if one else 0 for one in alone], "color": theme.colour(role), "opacity": 1}
    return {"mode": "lines+markers", "marker": marker}


def fill_to_zero(figure: Figure, x: list[str], y: list[float], role: str, axis: str) -> None:
    """An area between a line and zero. It has no hover text, as the line along its edge has one."""
    fill = {"fill": "tozeroy", "fillcolor": theme.colour(role, 0.5), "line": {"width": 0, "color": theme.colour(role)}}
    figure.add_scatter(x=x, y=y, yaxis=axis, mode="lines", hoverinfo="skip", **fill)


def label_end(figure: Figure, x: object, y: float, text: str, role: str) -> None:
    """A direct label at the right end of a line, instead of a legend."""
    label_ends(figure, x, [(y, text, role)])


def label_ends(figure: Figure, x: object, ends: Iterable[tuple[float, str, str]]) -> None:
    """Labels at the right ends of lines that end together: each with its height, its words and its role."""
    place = {"x": x, "xanchor": "left", "yanchor": "middle", "xshift": 8, "showarrow": False, "align": "left"}
    texts = [
        {**place, "y": y, "text": f"<b>{text}</b>", "font": {"color": theme.colour(role)}} for y, text, role in ends
    ]
    figure.add_annotations(texts)


def spread_labels(ends: Iterable[tuple[float, str, str]], room: float) -> list[tuple[float, str, str]]:
    """The ends of lines with their labels apart by `room` a line of text, in the unit of the axis."""
    placed = list[tuple[float, str, str]]()
    for y, text, role in sorted(ends, key=lambda end: end[0]):
        lines = (_lines(text) + _lines(placed[-1][1])) / 2 if placed else 0
        placed.append((max(y, placed[-1][0] + room * lines) if placed else y, text, role))
    return placed


def _lines(label: str) -> int:
    return 1 + label.count("<br>")


def label_bar(figure: Figure, axis: str, x: object, y: Any, text: str, leftmost: bool = False) -> None:
    """Label one bar beyond its end. Plotly's own bar text is not used, since it shrinks with the bar.

    The label of the `leftmost` bar is left-aligned: centred, it would cover the axis labels.
    """
    if pd.isna(y):
        return
    side = {"yanchor": "top", "yshift": -2} if y < 0 else {"yanchor": "bottom", "yshift": 2}
    side |= {"xanchor": "left", "xshift": -6} if leftmost else {}
    look = {"font": {"color": theme.colour("text")}, **theme.uncrossed()}
    figure.add_annotation(x=x, y=y, yref=axis, text=f"<b>{text}</b>", showarrow=False, **side, **look)


def fit_labels(figure: Figure, newest: object) -> Figure:
    """Make the right margin as wide as the labels at `newest`, the right end of the axis, need: not more, since a phone
    has no room to spare."""
    needed = [MARGIN]
    for label in figure.annotations:
        if label["x"] == newest and label.get("xref", "x") == "x":
            wide = LETTER * max(map(text_width, re.sub("</?b>", "", label["text"]).split("<br>")))
            needed.append(wide + label["xshift"] + EDGE if label.get("xanchor") == "left" else math.ceil(wide / 2))
    return figure.update_layout(margin={"r": max(needed)})


def beside(at: int | None, text: str, shift: int) -> dict[str, Any]:
    """An annotation right of the plot, on the line `at`, or above all lines."""
    place = {"y": 1, "yref": "paper", "yanchor": "bottom"} if at is None else {"y": at, "yref": "y"}
    look = {"xanchor": "left", "xshift": shift, "font": {"color": theme.colour("text")}, "showarrow": False}
    return {"x": 1, "xref": "paper", "text": text, **place, **look}


def in_calendar(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The rows with an empty row for every year or month between the first and the last that has none.

    Frames with means of several years (`2022/2023`) are returned unchanged.
    """
    codes = [str(code) for code in frame["period"]]
    whole = filled(codes, context)
    if codes == whole:
        return frame.reset_index(drop=True)
    return frame.set_index(pd.Index(codes)).reindex(whole).assign(period=whole).reset_index(drop=True)


def filled(codes: Sequence[str], context: Context) -> list[str]:
    """Periods with every year or month between the first and the last; as they are if they are in no calendar."""
    if context.freq not in ("A", "Q", "M") or not codes or any("/" in code for code in codes):
        return list(codes)
    return _calendar(min(codes), max(codes))


def _calendar(first: str, last: str) -> list[str]:
    """Every year, quarter or month from one code to another."""
    size, mark = (4, "-Q") if "-Q" in first else (12, "-")
    if len(first) == len("2026"):
        return [str(year) for year in range(int(first), int(last) + 1)]
    start, end = (size * int(code[:4]) + int(code[4 + len(mark) :]) - 1 for code in (first, last))
    width = 1 if size == 4 else 2
    return [f"{at // size}{mark}{at % size + 1:0{width}d}" for at in range(start, end + 1)]


def days(rows: pd.DataFrame) -> list[str]:
    """The position of each period on the axis: its first day, or that of the last year of a mean."""
    return days_of(rows["period"])


def days_of(periods: Iterable[object]) -> list[str]:
    """The same of periods alone."""
    codes = [_quarter_start(str(code).rpartition("/")[2]) for code in periods]
    return [code + "-01-01"[len(code) - 4 :] for code in codes]


def year_step(length: int) -> int:
    """Years between labels of an axis of so many years."""
    return next((step for step in _YEAR_STEPS if length / step <= LABELS), _YEAR_STEPS[-1])


def _quarter_start(code: str) -> str:
    """`2026-04` for `2026-Q2`; any other code as it is."""
    year, _, quarter = code.partition("-Q")
    return f"{year}-{3 * int(quarter) - 2:02d}" if quarter else code


def period_labels(rows: pd.DataFrame, context: Context) -> list[str]:
    """Each period in a few words; January and February joined are named as both."""
    short = not _means(rows).any()
    months = rows["months"] if "months" in rows else [1] * len(rows)
    return [
        formats.period(str(code), "YTD" if count == 2 else "", context.lang, short=short)
        for code, count in zip(rows["period"], months, strict=True)
    ]


def _quarters(rows: pd.DataFrame) -> pd.Series:
    """Which rows are quarters."""
    return rows["period"].astype(str).str.contains("-Q", regex=False)


def _means(rows: pd.DataFrame) -> pd.Series:
    """Which rows are means of several years."""
    return rows["period"].astype(str).str.contains("/", regex=False)


def period_axis(figure: Figure, rows: pd.DataFrame, context: Context) -> Figure:
    """The axis of periods. Years are labelled up to the newest, or at round years where that leaves out several between
    labels; the range is that of the rows, not of their labels."""
    first, last = pd.Timestamp(days(rows)[0]), pd.Timestamp(days(rows)[-1])
    if _quarters(rows).any():
        half, months = pd.Timedelta(days=60), month_step(3 * len(rows))
        form, tick0 = formats.month_axis(context.lang, lines=True), pd.Timestamp(last.year, 1, 1)
    elif context.freq == "A":
        step = year_step(len(rows))
        half, months, form = pd.Timedelta(days=219), 12 * step, "%Y"
        tick0 = last if step < ROUND else pd.Timestamp(last.year - last.year % step, 1, 1)
    else:
        half, months = pd.Timedelta(days=16), month_step(len(rows))
        form, tick0 = formats.month_axis(context.lang, lines=True), pd.Timestamp(last.year, 1, 1)
    window = [str(first - half), str(last + half)]
    if _means(rows).any():  # labelled in words: the axis would name a mean by its last year
        figure.update_xaxes(type="date", tickvals=days(rows), ticktext=period_labels(rows, context), range=window)
    else:
        figure.update_xaxes(type="date", tickformat=form, dtick=f"M{months}", tick0=str(tick0), range=window)
    read = form if form == "%Y" else formats.month_axis(context.lang)
    fit_labels(figure, days(rows)[-1])
    return read_together(
        figure, [context.period(str(code)) for code in rows["period"]], read, context.say("charts.between")
    )


def read_together(figure: Figure, periods: Iterable[str], form: str = "", between: str = ", ") -> Figure:
    """Show the hover texts of all lines at the date under the cursor, at whatever height it is.

    Lines with identical texts are shown once. With several lines the date is the common heading, so a text whose first
    line ends with one of the `periods` loses it; with more than `FEW_LINES` each text is put on one line, its parts
    separated by `between`. Figures with bars are left unchanged: each bar has its own hover text.
    """
    hovered = {
        at: trace
        for at, trace in enumerate(figure.traces)
        if trace.get("hoverinfo") == "text" and trace.get("hovertext") is not None
    }
    if any(trace["type"] != "scatter" or "lines" not in str(trace.get("mode")) for trace in hovered.values()):
        return figure
    first = dict[tuple[str, ...], int]()
    for at, trace in hovered.items():
        texts = (trace["hovertext"],) if isinstance(trace["hovertext"], str) else tuple(map(str, trace["hovertext"]))
        if texts in first:
            figure.update_trace(at, hoverinfo="skip")
        first.setdefault(texts, at)
    if not first:
        return figure
    rule = {"showspikes": True, "spikemode": "across", "spikethickness": 1, "spikedash": "solid", "spikesnap": "data"}
    figure.update_xaxes(**rule, spikecolor=theme.colour("muted"), **({"hoverformat": form} if form else {}))
    if len(first) == 1:
        return figure.update_layout(hovermode="x", hoversubplots="axis")
    named = tuple(sorted(periods, key=len, reverse=True))
    for texts, at in first.items():
        undated = [_undated(text, named, between if len(first) > FEW_LINES else "") for text in texts]
        figure.update_trace(at, hovertext=undated, hoverinfo="x+text" if form else "text")
    return figure.update_layout(hovermode="x unified", hoversubplots="axis")


def _undated(text: str, periods: tuple[str, ...], between: str) -> str:
    """A text without the period at the end of its first line; put on one line if `between` is not empty."""
    head, _, rest = text.partition("</b><br>")
    if not head.startswith("<b>") or not rest:
        return text
    period = next((period for period in periods if head.endswith(period)), "")
    name = head.removeprefix("<b>").removesuffix(period).rstrip(" ,，·")
    if not name:
        return rest
    return f"<b>{name}</b>  {rest.replace('<br>', between)}" if between else f"<b>{name}</b><br>{rest}"


def label_months(figure: Figure, count: int, year: str, window: list[str], context: Context) -> Figure:
    """A date axis over `window` with labels every few of `count` months, counted from January of `year`."""
    form = formats.month_axis(context.lang, lines=True)
    return figure.update_xaxes(
        type="date", tickformat=form, dtick=f"M{month_step(count)}", tick0=f"{year}-01-01", range=window
    )


def month_step(length: int) -> int:
    """Months between two labels of an axis of `length` months."""
    return next((step for step in _MONTH_STEPS if length / step <= LABELS), _MONTH_STEPS[-1])
