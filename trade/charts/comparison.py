"""Several entities in one indicator over time: lines on one scale, or a panel each.

The frame has a row per entity and period: `entity` (its code), `entity_name_<language>`, `shown` (what is drawn).
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis, time_panels
from trade.text import formats

HEIGHT, PANEL, ACROSS = 460, 170, 2
"""Heights of the chart of all lines and of a row of panels, in pixels; panels side by side."""
LABEL_ROOM = 0.055
"""Least distance between labels, as a share of the height of the plot."""
_TAIL = {"%": "%", "index": "", "value": ""}


def _lines(
    frame: pd.DataFrame,
    context: Context,
    scaled: str = "lines",
    unit: str = "",
    log: bool = False,  # noqa: ARG001 - `shows` passes all arguments of the chart
    each: bool = False,  # noqa: ARG001
) -> Plots:
    wide, names = _wide(frame, context)
    size, title = _scale(wide, context, unit)
    words = [formats.period(str(code), context.freq, context.lang, short=True) for code in wide.index]
    series = [
        Series.of(wide[code] / size, f"series-{place}", names[code]) for place, code in enumerate(wide.columns, start=1)
    ]
    return (Plot.of("lines", title or context.say(f"compare.axis_{scaled}"), words, *series),)


def _wide(frame: pd.DataFrame, context: Context) -> tuple[pd.DataFrame, dict[str, str]]:
    """A column per entity and a row per period without gaps; and the names of the entities by code."""
    wide = frame.pivot(index="period", columns="entity", values="shown")
    rows = time_panels.in_calendar(wide.sort_index().reset_index(), context).set_index("period")
    order = list(dict.fromkeys(frame["entity"]))
    return rows[order], dict(zip(frame["entity"], frame[f"entity_name_{context.lang}"], strict=True))


def _scale(wide: pd.DataFrame, context: Context, unit: str) -> tuple[float, str]:
    if unit != "value":
        return 1.0, unit if unit in ("%",) else ""
    scale = context.scale(wide.stack())
    return scale.size, scale.unit


@shows(_lines)
def lines(
    frame: pd.DataFrame, context: Context, scaled: str = "lines", unit: str = "", log: bool = False, each: bool = False
) -> Figure:
    """A line per entity with its name at the end; hovering over a date shows all of them. `each` draws a panel per
    entity."""
    (plot,) = _lines(frame, context, scaled, unit, log, each)
    wide, _ = _wide(frame, context)
    rows = pd.DataFrame({"period": wide.index})
    days, ranks = time_panels.days(rows), unit == "rank"
    open_dots, suffix = _mirrored(frame, wide), context.percent_sign if unit == "%" else ""
    cuts = _cuts(frame, wide)
    figure = _panels(plot, days, log, ranks, suffix) if each else time_panels.one_panel(plot.title, HEIGHT)
    for place, (code, line) in enumerate(zip(wide.columns, plot.series, strict=True), start=1):
        axis = str(place) if each and place > 1 else ""
        (role,) = line.roles
        at, numbers = _stretches(line.numbers, cuts[code])
        dots = [open_dots[code][place] for place in at]
        figure.add_scatter(
            x=[days[place] for place in at], y=numbers, name=line.name, mode="lines+markers", connectgaps=False,
            xaxis=f"x{axis}", yaxis=f"y{axis}", line={"color": theme.colour(role), "width": 2.5},
            marker={"size": _dots(numbers, dots), "color": theme.colour(role),
                    "symbol": ["circle-open" if dot else "circle" for dot in dots]},
            hovertemplate=_hover(unit),
        )  # fmt: skip
    if not each:
        kind = {"type": "log", "dtick": 1} if log else {"autorange": "reversed", "dtick": 1} if ranks else {}
        figure.update_yaxes(**kind, ticksuffix=suffix)
        figure.update_layout(hovermode="x unified")
        _label(figure, plot, days, log, ranks)
        time_panels.period_axis(figure, rows, context)
    return figure


def source_changes(frame: pd.DataFrame) -> pd.Series:
    """Which rows come from another source than the period before, according to the `new_source` columns of partner
    measures. Levels do not compare across such a change, so charts of a partner break their lines there."""
    columns = [name for name in ("new_source", "export_new_source", "import_new_source") if name in frame]
    return frame[columns].eq(True).any(axis=1)


def _cuts(frame: pd.DataFrame, wide: pd.DataFrame) -> dict[str, list[bool]]:
    """For each entity, whether its line breaks before each period."""
    changed = frame[source_changes(frame)]
    marked = set(zip(changed["entity"], changed["period"], strict=True))
    return {code: [(code, period) in marked for period in wide.index] for code in wide.columns}


def _stretches(values: pd.Series, cuts: list[bool]) -> tuple[list[int], pd.Series]:
    """Positions and values with a NaN inserted before each cut, so that a single trace breaks there."""
    places, numbers = list[int](), list[float]()
    for at, (value, cut) in enumerate(zip(values, cuts, strict=True)):
        if cut:
            places.append(at)
            numbers.append(math.nan)
        places.append(at)
        numbers.append(value)
    return places, pd.Series(numbers, dtype=float)


def _dots(values: pd.Series, mirrored: list[bool]) -> list[int]:
    """The sizes of the dots. Larger: the last one, those of partners' reports, and those without a neighbour to draw a
    line to."""
    last, known = values.last_valid_index(), values.notna()
    alone = ~(known.shift(1, fill_value=False) | known.shift(-1, fill_value=False))
    large = alone | pd.Series(mirrored, index=values.index)
    return [8 if at == last else 7 if large[at] else 3 for at in values.index]


def _hover(unit: str) -> str:
    digits = {"rank": "0f", "index, 0 to 1": "3f", "": "3f", "index": "1f"}.get(unit, "2f")
    return f"%{{y:,.{digits}}}" + _TAIL.get(unit, "")


def _mirrored(frame: pd.DataFrame, wide: pd.DataFrame) -> dict[str, list[bool]]:
    """For each entity, which points are the partners' own reports."""
    quality = frame["quality"] if "quality" in frame else pd.Series("", index=frame.index)
    marked = set(zip(frame.loc[quality == "mirror", "entity"], frame.loc[quality == "mirror", "period"], strict=True))
    return {code: [(code, period) in marked for period in wide.index] for code in wide.columns}


def _label(figure: Figure, plot: Plot, days: list[str], log: bool, ranks: bool) -> None:
    """Label each line at its end, without overlaps."""
    ends = list[tuple[float, str, str]]()
    for line in plot.series:
        known = line.numbers.dropna()
        if len(known) and not (log and known.iloc[-1] <= 0):
            value = float(known.iloc[-1])
            ends.append((math.log10(value) if log else value, row_axis.two_lines(line.name, 18), line.roles[0]))
    values = [value for line in plot.series for value in line.numbers.dropna() if not log or value > 0]
    if not values:
        return
    span = math.log10(max(values) / min(values)) if log else max(values) - min(values)
    placed = time_panels.spread_labels(ends, (span or 1.0) * LABEL_ROOM * (1.4 if ranks else 1.0))
    time_panels.label_ends(figure, days[-1], placed)


def _panels(plot: Plot, days: list[str], log: bool, ranks: bool, suffix: str) -> Figure:
    """A panel per entity, two side by side, all on one scale, each under its name."""
    down = math.ceil(len(plot.series) / ACROSS)
    figure = theme.figure(height=60 + PANEL * down, margin={"l": 0, "r": 12, "t": 36, "b": 0, "pad": 4})
    values = [value for line in plot.series for value in line.numbers.dropna() if not log or value > 0]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    low = low if log or low < 0 else 0.0
    edges = [math.log10(low), math.log10(high * 1.1)] if log else [high, low] if ranks else [low, high * 1.08]
    base, notes = theme.layout(), list[dict[str, Any]]()
    first, last = int(days[0][:4]), int(days[-1][:4])
    step = time_panels.year_step(2 * (last - first + 1))
    across = {"type": "date", "dtick": f"M{12 * step}", "tick0": f"{last - last % step}-01-01", "tickformat": "%Y",
              "range": [days[0], days[-1]]}  # fmt: skip
    upward = {"range": edges, "nticks": 4, "type": "log" if log else "linear", "ticksuffix": suffix}
    for at, line in enumerate(plot.series):
        name, column, row = str(at + 1) if at else "", at % ACROSS, at // ACROSS
        left, top = column / ACROSS, 1 - row / down
        figure.update_layout(**{
            f"xaxis{name}": base["xaxis"] | across | {"domain": [left, left + 0.9 / ACROSS], "anchor": f"y{name}"},
            f"yaxis{name}": base["yaxis"] | upward | {"domain": [top - 0.7 / down, top], "anchor": f"x{name}"},
        })  # fmt: skip
        place = {"x": left, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        font = {"color": theme.colour(line.roles[0])}
        notes.append({**place, "text": f"<b>{line.name}</b>", "showarrow": False, "font": font})
    figure.add_annotations(notes)
    return figure
