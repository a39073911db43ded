"""Dot plots: a labelled lane per row, dots and bars in it, text beside it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import slide_reduction

ROW, LOW = 84, 0.14
"""Height in pixels of a lane with its name at the top, and position of dots in it, low enough for a figure above and a
date below."""
LEGEND = {
    "orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "xanchor": "left",
    "itemclick": False, "itemdoubleclick": False,
}  # fmt: skip


def quiet() -> dict[str, Any]:
    """Type for what is less important than the figures."""
    return {"color": theme.colour("muted"), "size": theme.FONT_SIZE - 2}


def lane_figure(names: list[str], height: int, *, top: int, newest_on_top: bool = False) -> Figure:
    """An empty figure with a lane per name, left of it, the first on top."""
    figure = theme.figure(height=top + 40 + height * len(names), margin={"l": 0, "r": 12, "t": top, "b": 0, "pad": 8})
    ends = [-0.6, len(names) - 0.4] if newest_on_top else [len(names) - 0.4, -0.6]
    font = {"color": theme.colour("text")}
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=ends, showgrid=False, zeroline=False, tickfont=font
    )
    return figure.update_xaxes(showgrid=True, zeroline=True, ticks="", nticks=5)


def titled(names: list[str], *, top: int, height: int = ROW) -> Figure:
    """Lanes with their names above them, so that on a phone the lane has the whole width."""
    return _under_names(
        lane_figure(["" for _ in names], height, top=top), names, [at - 0.5 for at in range(len(names) + 1)]
    )


def titled_in_lines(names: list[list[str]], *, top: int, below: int, line: int) -> tuple[Figure, list[float]]:
    """The same with names of several lines, each `line` pixels high: a lane is as tall as its name and `below` take.

    Returns the figure, whose axis counts pixels downwards, and the middle below each name.
    """
    heights = [below + line * len(name) for name in names]
    edges = [0.0, *accumulate(map(float, heights))]
    figure = lane_figure(["" for _ in names], 0, top=top).update_layout(height=top + 40 + sum(heights))
    slide_reduction.lanes(figure, edges)
    return _under_names(figure, ["<br>".join(name) for name in names], edges), [end - below / 2 for end in edges[1:]]


def _under_names(figure: Figure, names: list[str], edges: list[float]) -> Figure:
    """The names at the upper edges of the lanes, a line between lanes; lane i lies between edges i and i + 1."""
    place = {"x": 0, "xref": "paper", "xanchor": "left", "yanchor": "top", "yshift": -2, "showarrow": False}
    place |= {"align": "left"}
    look = {"font": {"color": theme.colour("text")}, **theme.uncrossed()}
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
    line = {"color": theme.grid(), "width": 1}
    figure.update_layout(
        annotations=[{**place, **look, "y": edge, "text": name} for edge, name in zip(edges, names, strict=False)],
        shapes=[{**across, "y0": edge, "y1": edge, "line": line} for edge in edges[1:-1]],
    )
    return figure.update_yaxes(showticklabels=False, range=[edges[-1], edges[0]])


def dots(figure: Figure, x: pd.Series, y: list[float], look: tuple[str, str], kind: str, context: Context) -> None:
    """A dot per known rate, named in the legend; `look` is its symbol and the role of its colour."""
    symbol, colour = look[0], theme.colour(look[1])
    marker = {"size": 12, "symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}}
    hover = [f"{kind}{context.colon}<b>{context.percent(value)}</b>" for value in x]
    figure.add_scatter(x=x, y=y, mode="markers", name=kind, marker=marker, hovertext=hover, hoverinfo="text")


def right_of(figure: Figure, places: Iterable[tuple[float, float, str]], shift: int = 6) -> None:
    """Words right of places in lanes: each with where it stands, its lane and the words; no line crosses them."""
    look = {"xanchor": "left", "xshift": shift, "align": "left", "showarrow": False, **theme.uncrossed()}
    font = {"color": theme.colour("text")}
    figure.add_annotations([{**look, "x": x, "y": at, "text": text, "font": font} for x, at, text in places])


def mark(figure: Figure, x: object, text: str, anchor: str = "center") -> None:
    """A dotted line across all lanes with its name above; `anchor` is the side of the name that stands at the line."""
    line = {"color": theme.colour("muted"), "width": 1.5, "dash": "dot"}
    figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, yref="paper", line=line, layer="below")
    place = {"xanchor": anchor, "yanchor": "bottom"}
    figure.add_annotation(x=x, y=1, yref="paper", text=text, showarrow=False, font=quiet(), **place)
