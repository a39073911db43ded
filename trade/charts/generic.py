"""Any measure's rows as lines, bars or dots, for users who choose the columns themselves."""

from __future__ import annotations

import math

import pandas as pd

from trade.charts import column_roles, theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis, time_panels
from trade.text import formats

MOST_LINES, MOST_BARS, MOST_DOTS = 8, 25, 400
HUES = tuple(theme.PARTS["entities"])
"""Roles with distinguishable colours, for lines without a role of their own."""


def _lines(frame: pd.DataFrame, context: Context, y: str, title: str) -> Plots:
    name = column_roles.name_column(frame, context.lang)
    scale, codes = column_roles.scale(frame, y, context), column_roles.calendar(frame["period"])
    series = []
    for hue, label in zip(HUES, largest(frame, name, y, MOST_LINES), strict=False):
        own = frame[frame[name] == label] if name else frame
        values = own.drop_duplicates("period", keep="last").set_index("period")[y].reindex(codes)
        series.append(Series.of(values / scale.size, hue, label))
    words = [formats.period(code, lang=context.lang, short=True) for code in codes]
    return (Plot.of("lines", title.replace("{unit}", scale.unit), words, *series),)


@shows(_lines)
def lines(frame: pd.DataFrame, context: Context, y: str, title: str) -> Figure:
    """`y` over the periods, a line per name; at most `MOST_LINES`, those with the largest newest value.

    The x values are 0, 1, 2 ... with the periods as tick labels: on a category axis Plotly would read the label `2025`
    as the number 2025.
    """
    name = column_roles.name_column(frame, context.lang)
    labels = largest(frame, name, y, MOST_LINES)
    size, codes = column_roles.scale(frame, y, context).size, column_roles.calendar(frame["period"])
    (drawn,) = _lines(frame, context, y, title)
    figure = time_panels.one_panel(drawn.title, 420)
    for label, line in zip(labels, drawn.series, strict=False):
        values, (hue,) = line.numbers, line.roles
        hover = [
            f"<b>{label}</b><br>{formats.day(code, context.lang)}{context.colon}"
            f"{column_roles.tell(value * size, y, context)}"
            for code, value in zip(codes, values, strict=True)
        ]
        look = {"line": {"color": theme.colour(hue), "width": 2.5}, "marker": {"size": 6}, "connectgaps": False}
        x = list(range(len(codes)))
        figure.add_scatter(x=x, y=values, mode="lines+markers", hovertext=hover, hoverinfo="text", **look)
        last = values.last_valid_index()
        if name and last is not None:
            time_panels.label_end(figure, last, values[last], row_axis.two_lines(label, 18), hue)
    named = list(range(len(codes) - 1, -1, -math.ceil(len(codes) / time_panels.LABELS)))[::-1]
    edges = [-0.3, len(codes) - 0.7]
    figure.update_xaxes(type="linear", range=edges, tickvals=named, ticktext=[codes[at] for at in named])
    return time_panels.fit_labels(figure, len(codes) - 1)


def largest(frame: pd.DataFrame, name: str, y: str, most: int) -> list[str]:
    """The names with the largest newest `y`; one empty name if there is no name column."""
    if not name:
        return [""]
    newest = frame.dropna(subset=[y, name]).drop_duplicates(name, keep="last")
    return [str(label) for label in newest.sort_values(y, ascending=False)[name].head(most)]


def _bars(frame: pd.DataFrame, context: Context, y: str, title: str) -> Plots:
    shown = newest_rows(frame, y, context)
    scale, roles = column_roles.scale(shown, y, context), ["fall" if value < 0 else "rise" for value in shown[y]]
    series = Series.of(shown[y] / scale.size, roles)
    return (Plot.of("bars", title.replace("{unit}", scale.unit), _labels(shown, context), series),)


def _labels(shown: pd.DataFrame, context: Context) -> list[str]:
    column = column_roles.name_column(shown, context.lang) or column_roles.dimensions(shown, context.lang)[0]
    return [str(label) for label in shown[column]]


@shows(_bars)
def bars(frame: pd.DataFrame, context: Context, y: str, title: str) -> Figure:
    """`y` by name in the newest period, or by period; the largest first, at most 25."""
    shown = newest_rows(frame, y, context)
    (drawn,), names = _bars(frame, context, y, title), _labels(shown, context)
    figure = row_axis.row_figure(names, 1)
    colours = [theme.colour(role) for role in drawn.series[0].roles]
    hover = [
        f"<b>{name}</b><br>{column_roles.tell(value, y, context)}" for name, value in zip(names, shown[y], strict=True)
    ]
    at = list(range(len(names)))
    figure.add_bar(orientation="h", x=drawn.values, y=at, marker={"color": colours}, hovertext=hover, hoverinfo="text")
    cells = [[(column_roles.tell(value, y, context), "text")] for value in shown[y]]
    row_axis.columns(figure, [""], cells)
    return figure.update_layout(margin={"r": 132}).update_xaxes(title={"text": drawn.title}, nticks=5)


def newest_rows(frame: pd.DataFrame, y: str, context: Context) -> pd.DataFrame:
    """The rows that bars show: those of the newest period if rows have names, else the newest periods."""
    known = frame.dropna(subset=[y])
    if column_roles.name_column(known, context.lang):
        last = known[known["period"] == known["period"].max()] if "period" in known else known
        return last.sort_values(y, ascending=False, kind="stable").head(MOST_BARS)
    return known.iloc[::-1].head(MOST_BARS)


def dots(frame: pd.DataFrame, context: Context, y: str, x: str, title: str, below: str) -> Figure:
    """`y` against `x`, a dot per row, at most 400."""
    known = frame.dropna(subset=[x, y]).tail(MOST_DOTS)
    across, up = column_roles.scale(known, x, context), column_roles.scale(known, y, context)
    figure = time_panels.one_panel(title.replace("{unit}", up.unit), 440)
    label = column_roles.name_column(known, context.lang)
    names = known[label] if label else known.iloc[:, 0]
    times = known["period"] if "period" in known and label else [""] * len(known)
    texts = [
        f"<b>{name} {time}</b><br>{column_roles.tell(b, y, context)}<br>{column_roles.tell(a, x, context)}"
        for name, time, a, b in zip(names, times, known[x], known[y], strict=True)
    ]
    marker = {"size": 9, "color": theme.colour(HUES[0]), "opacity": 0.7}
    place = {"x": known[x] / across.size, "y": known[y] / up.size}
    figure.add_scatter(mode="markers", marker=marker, hovertext=texts, hoverinfo="text", **place)
    return figure.update_xaxes(showgrid=True, zeroline=True, title={"text": below.replace("{unit}", across.unit)})
