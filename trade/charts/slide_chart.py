"""What a figure draws, as categories and series: for programs that draw charts of their own, such as slides.

Bars and lines are taken as they are drawn, panel by panel. Other forms (maps, swarms, links between dots) have no
counterpart there: `of` gives none, and the caller draws the same rows as plain bars or lines first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from trade.charts import theme
from trade.charts.context import Context
from trade.text import formats

MOST_CATEGORIES = 80
_TAG = re.compile(r"<[^>]+>")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Value = float | None


@dataclass(frozen=True)
class Series:
    """Numbers of one kind, a value per category; `colours` one for all or one per value, as `#rrggbb`."""

    name: str
    values: tuple[Value, ...]
    colours: tuple[str, ...]


@dataclass(frozen=True)
class Native:
    """One panel: `bars` lie, `columns` stand, `lines` run. `title` names what is drawn and its unit."""

    kind: str
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


def of(figure: go.Figure, context: Context, mode: str = "light") -> list[Native]:
    """The panels of a figure, from the top; none if part of it is neither bars nor lines."""
    if not figure.data or not all(_kind(trace) for trace in figure.data):
        return []
    colours = [_colours(trace, theme.PALETTES[mode].text) for trace in theme.paint(figure, mode).data]
    axes = sorted({trace.yaxis or "y" for trace in figure.data}, key=lambda axis: -_top(figure, axis))
    panels = [_panel(figure, axis, colours, context) for axis in axes]
    return panels if all(map(_is_plain, panels)) else []


def _is_plain(panel: Native) -> bool:
    """Whether each series and each category has a name of its own, as they must where nothing else tells them apart."""
    names, labels = [one.name for one in panel.series], panel.categories
    return 0 < len(labels) <= MOST_CATEGORIES and len({*names}) == len(names) and len({*labels}) == len(labels)


def _kind(trace: Any) -> str:
    if trace.type == "bar":
        return "bars" if trace.orientation == "h" else "columns"
    if trace.type == "scatter" and "lines" in (trace.mode or "") and not trace.fill:
        return "lines"
    return ""


def _panel(figure: go.Figure, axis: str, colours: list[tuple[str, ...]], context: Context) -> Native:
    own = [at for at, trace in enumerate(figure.data) if (trace.yaxis or "y") == axis]
    traces = [figure.data[at] for at in own]
    kind, title = _kind(traces[0]), _title(figure, axis, _kind(traces[0]))
    places = _places(traces, kind)
    series = [
        Series(_name(figure, trace, title, len(own) == 1), _values(trace, kind, places), colours[at])
        for at, trace in zip(own, traces, strict=True)
    ]
    return Native(kind, title, tuple(_word(figure, one, kind, context) for one in places), tuple(series))


def _sides(trace: Any, kind: str) -> tuple[list[Any], list[Any]]:
    """Categories and values of a trace."""
    x, y = list(trace.x), list(trace.y)
    return (y, x) if kind == "bars" else (x, y)


def _places(traces: list[Any], kind: str) -> list[Any]:
    """All places on the axis of categories: days and numbers in order, names as they come."""
    found = list(dict.fromkeys(_place(one) for trace in traces for one in _sides(trace, kind)[0]))
    return found if any(isinstance(one, str) and not _DAY.fullmatch(one) for one in found) else sorted(found)


def _place(one: Any) -> Any:
    return str(one)[:10] if not isinstance(one, int | float) and not hasattr(one, "item") else float(one)


def _values(trace: Any, kind: str, places: list[Any]) -> tuple[Value, ...]:
    where, values = _sides(trace, kind)
    held = {_place(at): None if formats.is_missing(one) else float(one) for at, one in zip(where, values, strict=True)}
    return tuple(held.get(place) for place in places)


def _colours(trace: Any, otherwise: str) -> tuple[str, ...]:
    found = trace.line.color if trace.type == "scatter" else trace.marker.color
    listed = [found] if found is None or isinstance(found, str) else list(found)
    return tuple(str(one)[:7] if str(one).startswith("#") else otherwise for one in listed)


def _axis(figure: go.Figure, axis: str, letter: str) -> Any:
    return figure.layout[f"{letter}axis{axis[1:]}"]


def _top(figure: go.Figure, axis: str) -> float:
    domain = _axis(figure, axis, "y").domain
    return float(domain[1]) if domain else 1.0


def _title(figure: go.Figure, axis: str, kind: str) -> str:
    """The words above the panel, or along its axis of values."""
    above = (
        note.text
        for note in figure.layout.annotations
        if note.xref == note.yref == "paper" and note.x == 0 and abs(note.y - _top(figure, axis)) < 0.01
    )
    beside = figure.layout.xaxis.title.text if kind == "bars" else _axis(figure, axis, "y").title.text
    return plain(next(above, "") or beside or "")


def _name(figure: go.Figure, trace: Any, title: str, alone: bool) -> str:
    """The series' name: its own, that of the label at its end, or that of the panel."""
    if trace.name:
        return plain(trace.name)
    if not alone and trace.type == "scatter":
        known = [at for at, value in enumerate(trace.y) if not formats.is_missing(value)]
        for note in figure.layout.annotations:
            if known and note.yref != "paper" and _ends(note, trace, known[-1]):
                return plain(note.text)
    return title


def _ends(note: Any, trace: Any, last: int) -> bool:
    """Whether a label stands at the end of a line."""
    try:
        return _place(note.x) == _place(trace.x[last]) and abs(float(note.y) - float(trace.y[last])) < 1e-9
    except (TypeError, ValueError):
        return False


def _word(figure: go.Figure, place: Any, kind: str, context: Context) -> str:
    """A category in words: the axis's own label, a period, a month of a year, or what it is."""
    axis = figure.layout.yaxis if kind == "bars" else figure.layout.xaxis
    told = dict(zip(map(_place, axis.tickvals or ()), axis.ticktext or (), strict=False))
    if place in told:
        return plain(told[place])
    if isinstance(place, float):
        months = told and set(told) <= set(map(float, range(1, 13))) and place in range(1, 13)
        return formats.month(int(place), context.lang) if months else f"{place:g}"
    if not _DAY.fullmatch(place):
        return plain(place)
    year = context.freq == "A" and place.endswith("-01-01")
    return formats.period(place[: 4 if year else 7], "" if year else "M", context.lang, short=True)


def plain(text: str) -> str:
    """A label without tags, on one line."""
    return _TAG.sub(" ", text).replace("\u00a0›", "").replace("\u00a0", " ").replace("  ", " ").strip()
