"""Marks in rows: bars, one of which may be highlighted, and pairs of dots joined by a pale bar."""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Series
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis

PALE = 0.5
DOT = 11


def bars(figure: Figure, series: Series, codes: pd.Series, hover: list[str], chosen: str) -> None:
    """A bar per row, all of one role; if one market is chosen, the others are pale."""
    opacity = [1.0 if chosen in ("", code) else PALE for code in codes]
    marker = {"color": theme.colour(series.roles[0]), "opacity": opacity}
    shared = {"customdata": codes, "hovertext": hover, "hoverinfo": "text"}
    still = {"marker": {"opacity": PALE if chosen else 1.0}}
    figure.add_bar(orientation="h", x=series.numbers, y=places(codes), marker=marker, unselected=still, **shared)


def between(figure: Figure, starts: pd.Series, ends: pd.Series) -> None:
    """A pale bar from one dot to the other, in each row where both are known."""
    look = {"type": "line", "line": {"color": theme.grid(), "width": 5}, "layer": "below"}
    ends_known = (starts.notna() & ends.notna()).tolist()
    bars = zip(starts, ends, range(len(starts)), ends_known, strict=True)
    figure.update_layout(
        shapes=[{"x0": low, "x1": high, "y0": at, "y1": at, **look} for low, high, at, known in bars if known]
    )


def dots(
    figure: Figure, x: pd.Series, name: str, hover: list[str], codes: pd.Series, *, full: bool, colours: Any = None
) -> None:
    """A dot per row, full or open; `name` stands in the legend."""
    colour, symbol = colours or theme.colour("text"), "circle" if full else "circle-open"
    marker = {"size": DOT, "symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}}
    shared = {"mode": "markers", "hovertext": hover, "hoverinfo": "text", "unselected": {"marker": {"opacity": 1}}}
    figure.add_scatter(x=x, y=places(codes), marker=marker, name=name, customdata=codes, cliponaxis=False, **shared)


def places(codes: pd.Series) -> list[int]:
    """The rows' places on the axis."""
    return list(range(len(codes)))


def names(frame: pd.DataFrame, context: Context) -> list[str]:
    """The names of the rows in the user's language."""
    columns = [name for name in dict.fromkeys((f"name_{context.lang}", "name_en")) if name in frame]
    return [row_axis.name_of(row, context) for row in frame[columns].to_dict("records")]


def wrap_name(name: str, limit: int = 16) -> str:
    """A long name on two lines, so that the rows keep their room on a phone."""
    return row_axis.two_lines(name, limit)


def shortened(name: str, limit: int = 18) -> str:
    """At most `limit` letters."""
    return name if len(name) <= limit else f"{name[: limit - 1].rstrip()}…"
