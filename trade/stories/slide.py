"""One step of a story as it goes into a handout, and what becomes of its chart where only plain charts can be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from trade.charts import column_types, generic, offline_html, slide_chart
from trade.charts.context import Context
from trade.charts.slide_chart import Native
from trade.charts.theme import Figure
from trade.measures import Result, SourceNote, sentences
from trade.text import formats
from trade.text.catalog import column_key

MOST_ROWS, MOST_BARS, MOST_COLUMNS = 9, 20, 5
_TABLE = ("publication_date", "period", "flow", "topic", "event", "forecaster", "variable")
"""Columns that lead in a table, if the rows have them."""


@dataclass(frozen=True)
class Slide:
    """A step: its words, its chart, its sources. `own` is the chart's headline, `link` the view in the dashboard."""

    headline: str
    own: str
    about: str
    alt: str
    notes: str
    link: str
    problem: str = ""
    figure: Figure | None = None
    result: Result | None = None
    sources: list[SourceNote] = field(default_factory=list)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plain:
    """A chart for programs that draw bars and lines only, or a table; `remark` says in which way it was changed."""

    charts: list[Native]
    remark: str = ""
    table: list[list[str]] = field(default_factory=list)


def by_producer(sources: list[SourceNote]) -> dict[str, list[SourceNote]]:
    """Sources under who made them, in order of appearance."""
    found: dict[str, list[SourceNote]] = {}
    for note in sources:
        found.setdefault(note.producer, []).append(note)
    return found


def short(note: SourceNote) -> str:
    """A source's title up to its colon: what follows describes its content, and stands in the full citation."""
    return formats.short_title(note.title)


def plainly(figure: Figure, result: Result, lang: str) -> Plain:
    """The chart in bars and lines: as drawn if it is made of them, else the same rows drawn anew, else their table."""
    context = Context.of(result.params, lang)
    drawn = slide_chart.of(figure, context)
    if drawn:
        return Plain(drawn)
    if offline_html.is_map(figure):
        return _ranked(result.frame, context, offline_html.is_of_rates(figure))
    return _redrawn(result, context) or _table(result, context)


def _ranked(frame: pd.DataFrame, context: Context, rates: bool) -> Plain:
    """A map's rows as bars, the largest first; of a map of first partners how many economies have which."""
    if f"partner_name_{context.lang}" in frame and "reporter" in frame:
        newest = frame[frame["period"] == frame["period"].max()] if "period" in frame else frame
        counts = newest.drop_duplicates("reporter")[f"partner_name_{context.lang}"].value_counts()
        rows = counts.rename_axis(f"name_{context.lang}").reset_index(name="count")
        return _bars(rows, context, "count", formats.say("handout.economies", context.lang))
    column = "rate_pct" if rates else "value"
    return _bars(frame, context, column, _heading(column, context))


def _bars(rows: pd.DataFrame, context: Context, column: str, title: str) -> Plain:
    largest = rows.dropna(subset=[column]).sort_values(column, ascending=False).head(MOST_BARS)
    remark = formats.say("handout.replaced_map", context.lang, count=len(largest))
    return Plain(slide_chart.of(generic.bars(largest, context, column, title), context), remark)


def _redrawn(result: Result, context: Context) -> Plain | None:
    """The measure's main column over the periods, or by name; None if rows share a name or there is no number."""
    frame = result.frame
    wanted = [one for one in sentences.main_columns(result.measure.id) if one != "rank"]
    numbers = column_types.numbers(frame, [*wanted, "value"])
    if not numbers or (wanted and wanted[0] not in numbers and "value" not in numbers):
        return None
    y = numbers[0]
    several = "period" in frame and frame["period"].nunique() > 1
    forms = [generic.lines, generic.bars] if several else [generic.bars]
    for form in forms:
        drawn = slide_chart.of(partial(form, y=y, title=_heading(y, context))(frame, context), context)
        if drawn and not (several and frame.duplicated([*_names(frame, context), "period"]).any()):
            return Plain(drawn, formats.say("handout.replaced_form", context.lang))
    return None


def _names(frame: pd.DataFrame, context: Context) -> list[str]:
    name = column_types.name_column(frame, context.lang)
    return [name] if name else []


def _table(result: Result, context: Context) -> Plain:
    """The newest rows, as many as a slide holds, in the columns that tell them apart and the measure's main ones."""
    frame = result.frame
    main = [one for one in sentences.main_columns(result.measure.id) if one in frame][:2]
    leading = [*(one for one in _TABLE if one in frame), *_names(frame, context)]
    kept = [*list(dict.fromkeys(one for one in leading if one not in main))[: MOST_COLUMNS - len(main)], *main]
    rows = frame.iloc[::-1].head(MOST_ROWS)
    cells = [[_cell(row, name, context) for name in kept] for _, row in rows.iterrows()]
    remark = formats.say("handout.as_table", context.lang)
    if len(rows) < len(frame):
        remark += " " + formats.say("handout.kept", context.lang, count=len(rows), all=len(frame))
    return Plain([], remark, [[_heading(name, context).replace(", {unit}", "") for name in kept], *cells])


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
        known = column_types.adds_up(name) or name.endswith(("_pct", "_pp"))
        digits = 0 if float(value).is_integer() else 1
        return column_types.tell(value, name, context) if known else formats.number(value, digits, context.lang)
    return formats.missing(context.lang)


def _heading(name: str, context: Context) -> str:
    """A column's heading; where it names its unit, the unit is filled in by who draws."""
    key = column_key(name)
    if formats.has(key):
        return formats.say(key, context.lang, unit="{unit}")
    return name.removesuffix("_pct").removesuffix("_pp").replace("_", " ").capitalize()
