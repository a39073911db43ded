"""One step of a story in a handout, and a simpler form of its chart for programs that draw only basic charts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pandas as pd

from trade.charts import column_roles, generic
from trade.charts.chart_series import Plots
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.measures import Result, SourceNote, sentences
from trade.text import formats
from trade.text.catalog import column_key

MOST_ROWS, MOST_COLUMNS = 9, 5
MOST_LINES = 7
"""Most lines in a substitute chart: more cannot be distinguished, and their names would take too much room."""
BESIDE_MAP = 12
"""Most bars beside a map: with more, their names would be too small to be read across a room."""
_TABLE = ("publication_date", "period", "flow", "topic", "event", "forecaster", "variable")
"""Columns that lead in a table, if the rows have them."""
_UNIT = re.compile(r"(, |[(（]){unit}[)）]?")
"""The unit in a column heading. It is removed in tables, whose cells name their units."""


@dataclass(frozen=True)
class Slide:
    """A step: its words, its chart, its sources. `own` is the chart's headline, `link` the view in the dashboard.

    `plots` are the series for the slide's own charts, and `instead_of` what they stand in for (`Content.instead_of`).
    """

    headline: str
    own: str
    about: str
    alt: str
    notes: str
    link: str
    problem: str = ""
    figure: Figure | None = None
    plots: Plots = ()
    instead_of: str = ""
    chosen: str = ""
    """The category that is marked, in words."""
    result: Result | None = None
    sources: list[SourceNote] = field(default_factory=list)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plain:
    """A basic chart of bars and lines, or a table; `remark` tells the reader how it differs from the original."""

    charts: Plots
    remark: str = ""
    table: list[list[str]] = field(default_factory=list)


def by_producer(sources: list[SourceNote]) -> dict[str, list[SourceNote]]:
    """Sources under who made them, in order of appearance."""
    by_name: dict[str, list[SourceNote]] = {}
    for note in sources:
        by_name.setdefault(note.producer, []).append(note)
    return by_name


def short(note: SourceNote) -> str:
    """A source's title up to its colon; the rest, which describes its content, is in the full citation."""
    return formats.short_title(note.title)


def simplified_chart(plots: Plots, instead_of: str, result: Result, lang: str) -> Plain:
    """The chart in bars and lines: its own series if it declares some and they fit, else the measure's main column,
    else a table of the rows."""
    context = Context.of(result.stated_params, lang)
    if plots and all(plot.fits_a_slide for plot in plots):
        if instead_of == "map":
            plots = tuple(plot.first(BESIDE_MAP) for plot in plots)
        count = len(plots[0].categories)
        changed = instead_of in ("map", "form")
        return Plain(plots, formats.say(f"handout.replaced_{instead_of}", lang, count=count) if changed else "")
    return _main_column(result, context) or _table(result, context)


def _main_column(result: Result, context: Context) -> Plain | None:
    """The measure's main column over the periods, or by name; None if rows share a name or there is no number."""
    frame = result.frame
    wanted = [column for column in sentences.main_columns(result.measure.id) if column != "rank"]
    numbers = column_roles.numbers(frame, [*wanted, "value"])
    if not numbers or (wanted and wanted[0] not in numbers and "value" not in numbers):
        return None
    y = numbers[0]
    several = "period" in frame and frame["period"].nunique() > 1
    if several and frame.duplicated([*_names(frame, context), "period"]).any():
        return None
    for form in [generic.lines, generic.bars] if several else [generic.bars]:
        plots = form.plots(frame, context, y, _heading(y, context))
        if all(plot.fits_a_slide and len(plot.series) <= MOST_LINES for plot in plots):
            return Plain(plots, formats.say("handout.replaced_form", context.lang))
    return None


def _names(frame: pd.DataFrame, context: Context) -> list[str]:
    name = column_roles.name_column(frame, context.lang)
    return [name] if name else []


def _table(result: Result, context: Context) -> Plain:
    """A table of the newest rows that fit on a slide, with the columns that distinguish them and the measure's main
    ones."""
    frame = result.frame
    main = [name for name in sentences.main_columns(result.measure.id) if name in frame][:2]
    leading = [*(name for name in _TABLE if name in frame), *_names(frame, context)]
    columns = [*list(dict.fromkeys(name for name in leading if name not in main))[: MOST_COLUMNS - len(main)], *main]
    rows = frame.iloc[::-1].head(MOST_ROWS)
    cells = [[_cell(row, name, context) for name in columns] for _, row in rows.iterrows()]
    remark = formats.say("handout.as_table", context.lang)
    if len(rows) < len(frame):
        more = formats.say("handout.limited", context.lang, count=len(rows), all=len(frame))
        remark = formats.say("join.sentence", context.lang).join([remark, more])
    return Plain((), remark, [[_UNIT.sub("", _heading(name, context)) for name in columns], *cells])


def _cell(row: pd.Series, name: str, context: Context) -> str:
    value = row[name]
    if isinstance(value, str) and value:
        if name == "flow":
            return formats.say(f"flow.{value}", context.lang)
        if name == "topic" and formats.has(f"scope.event.{value}"):
            return formats.say(f"scope.event.{value}", context.lang)
        if name == "period":
            own = str(row.get("freq") or "")
            return formats.day(value, context.lang) if len(value) == 10 else formats.period(value, own, context.lang)
        return formats.day(value, context.lang) if name == "publication_date" else value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float) and not formats.is_missing(value):
        known = column_roles.adds_up(name) or name.endswith(("_pct", "_pp"))
        digits = 0 if float(value).is_integer() else 1
        return column_roles.tell(value, name, context) if known else formats.number(value, digits, context.lang)
    return formats.missing(context.lang)


def _heading(name: str, context: Context) -> str:
    """A column's heading, with the placeholder `{unit}` for the caller to fill in if the heading names a unit."""
    key = column_key(name)
    if formats.has(key):
        return formats.say(key, context.lang, unit="{unit}")
    return name.removesuffix("_pct").removesuffix("_pp").replace("_", " ").capitalize()
