"""What is held, how was it revised, does it add up? Coverage by source and year, revisions, accounting residuals."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Mark, Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import dot_plot, row_axis, time_panels
from trade.text import formats
from trade.text.catalog import column_key
from trade.text.message import Text

Row = dict[Any, Any]
LANE, CHECK, LINE, BAR = 48, 28, 19, 11
"""Heights in pixels: a source's lane; an identity's lane without its name; a line of the name; an identity's bar."""
NAME = 50
"""Letters of a line of an identity's name: as many as a phone holds."""
LABELLED = 12
"""Bars that have room for their figures."""


def _all_years(frame: pd.DataFrame, context: Context) -> Plots:
    """How many figures each source has, with its first and last year."""
    rows = frame.groupby(["source_id", "title"], sort=False).agg(
        figures=("figures", "sum"), first=("period", "min"), last=("period", "max")
    )
    rows = rows.reset_index().sort_values("figures", ascending=False, kind="stable")
    labels = [
        f"{_cut(formats.short_title(title))} ({formats.span(first, last, lang=context.lang)})"
        for title, first, last in zip(rows["title"], rows["first"], rows["last"], strict=True)
    ]
    return (Plot.of("bars", context.say("charts.figures_key"), labels, Series.of(rows["figures"], "total")),)


@shows(_all_years, instead_of="form")
def matrix(frame: pd.DataFrame, context: Context) -> Figure:
    """A lane per source, a cell per year: the more figures the stronger. A year without figures has no cell."""
    order = frame.sort_values(["period", "source_id"]).drop_duplicates("source_id")  # earliest source on top
    sources = dict(zip(order["source_id"], order["title"], strict=True))
    figure = dot_plot.titled([_cut(formats.short_title(title)) for title in sources.values()], top=8, height=LANE)
    years = list(range(int(frame["period"].min()), int(frame["period"].max()) + 1))
    counts = {(row["source_id"], int(row["period"])): row["figures"] for row in frame.to_dict("records")}
    top = max(1, math.ceil(math.log10(frame["figures"].max())))
    cells = [
        [math.log10(count) if (count := counts.get((source, year))) else None for year in years] for source in sources
    ]
    texts = [
        [_cell(title, year, counts.get((code, year)), context) for year in years] for code, title in sources.items()
    ]
    figure.add_heatmap(
        x=years, y=[lane + 0.26 for lane in range(len(sources))], z=cells,
        text=texts, hoverinfo="text", xgap=1, ygap=28,
        zmin=0, zmax=top, colorscale=_scale(), colorbar=_key(top, context),
    )  # fmt: skip
    return figure.update_xaxes(nticks=8, showgrid=False, zeroline=False, tickformat="d")


def _cut(words: str, limit: int = 46) -> str:
    """A text cut between words so that it fits on a phone; the table shows it in full."""
    if row_axis.width(words) <= limit:
        return words
    shown = words[: row_axis.line_end(words, limit)]
    return shown.rstrip(" ,(，、（") + "…"


def _cell(title: str, year: int, count: int | None, context: Context) -> str:
    if count is None:
        return ""
    figures = context.say("charts.figures", count=formats.count(count, context.lang))
    return f"<b>{_cut(title)}</b><br>{context.period(str(year))}{context.colon}{figures}"


def _scale() -> list[list[Any]]:
    """The sequential scale without its palest steps, which could be mistaken for missing figures."""
    steps = theme.sequential()[2:]
    return [[at / (len(steps) - 1), colour] for at, colour in enumerate(steps)]


def _key(top: int, context: Context) -> dict[str, Any]:
    """The key of the colours, lying under the lanes."""
    powers = list(range(top + 1))
    return {
        "orientation": "h", "x": 0, "xanchor": "left", "xpad": 0, "y": 0, "yanchor": "top", "ypad": 34,
        "thickness": 8, "len": 0.8, "outlinewidth": 0, "tickfont": dot_plot.quiet(), "tickvals": powers,
        "ticktext": [formats.count(10**power, context.lang) for power in powers],
        "title": {"text": context.say("charts.figures_key"), "side": "top", "font": dot_plot.quiet()},
    }  # fmt: skip


def _revisions(frame: pd.DataFrame, context: Context) -> Plots:
    rows = frame.to_dict("records")
    names = [formats.period(row["period"], context.freq, context.lang, short=True) for row in rows]
    series = Series.of(frame["revision_pct"], [_sign(row) for row in rows])
    return (Plot.of("columns", context.say("charts.revision"), names, series),)


@shows(_revisions)
def revisions(frame: pd.DataFrame, context: Context) -> Figure:
    """A bar per period: newest figure against first release. Grey and hatched where rounding alone may make it."""
    rows = frame.to_dict("records")
    (drawn,) = _revisions(frame, context)
    names, figure = drawn.categories, time_panels.one_panel(drawn.title, 340)
    places = list(range(len(rows)))  # Plotly would read a year used as a category as a number on the axis
    hatch = {"shape": ["" if row["told"] else "/" for row in rows], "solidity": 0.25}
    figure.add_bar(
        x=places, y=drawn.values, hovertext=[_revision(row, context) for row in rows], hoverinfo="text",
        marker={"color": [theme.colour(role) for role in drawn.series[0].roles], "pattern": hatch},
    )  # fmt: skip
    for place, row in enumerate(rows):
        if row["told"] and len(rows) <= LABELLED:
            time_panels.label_bar(
                figure, "y", place, row["revision_pct"], formats.number(row["revision_pct"], 2, context.lang)
            )
    step = -(-len(rows) // time_panels.LABELS)
    return figure.update_xaxes(tickvals=places[::step], ticktext=names[::step])


def _sign(row: Row) -> str:
    """The colour's role of a revision."""
    return ("fall" if row["revision_pct"] < 0 else "rise") if row["told"] else "muted"


def _revision(row: Row, context: Context) -> str:
    def release(key: str, value: float, day: str | None) -> str:
        return context.say(f"charts.{key}", amount=context.amount(value), day=formats.day(day, context.lang))

    rounding = formats.percent(row["rounding_pct"], 2, context.lang, signed=False)
    period = formats.period(row["period"], context.freq, context.lang)
    lines = [
        f"<b>{period}{context.colon}{context.percent(row['revision_pct'], digits=2)}</b>",
        release("first_release", row["first_value"], row["first_published"]),
        release(f"latest_{row['basis']}", row["latest_value"], row["published"]),
        context.say("charts.rounding", size=rounding),
    ]
    return "<br>".join(lines)


def _used(frame: pd.DataFrame, context: Context) -> Plots:
    titles = list(frame["title"])
    bars, mark = Series.of(frame["used_pct"], "stated"), Mark(100, context.say("charts.allowed"))
    return (Plot.of("bars", context.say(column_key("used_pct")), titles, bars, marks=[mark]),)


@shows(_used)
def residuals(frame: pd.DataFrame, context: Context) -> Figure:
    """A lane per identity: how much of what is allowed its largest gap uses up. More than all of it stops the build."""
    rows = frame.to_dict("records")
    (drawn,) = _used(frame, context)
    names = [row_axis.lines(name, NAME) for name in drawn.categories]
    figure, at = dot_plot.titled_in_lines(names, top=30, below=CHECK, line=LINE)
    marker = {"color": theme.colour("stated")}
    hover = [_gap(row, context) for row in rows]
    figure.add_bar(orientation="h", x=drawn.values, y=at, width=BAR, marker=marker, hovertext=hover, hoverinfo="text")
    words = [context.percent(row["used_pct"], digits=0, signed=False) for row in rows]
    dot_plot.right_of(figure, zip(frame["used_pct"], at, words, strict=True))
    dot_plot.mark(figure, 100, context.say("charts.allowed"))
    return figure.update_xaxes(range=[0, 118], tickvals=[0, 25, 50, 75, 100], ticksuffix=context.percent_sign)


def _gap(row: Row, context: Context) -> str:
    words = {
        "gap": _plainly(row["gap"], context.lang),
        "allowed": _plainly(row["tolerance"], context.lang),
        "rows": Text(formats.count(row["row_count"], context.lang), row["row_count"]),
    }
    return context.say("charts.gap", place=row["place"], **words)


def _plainly(value: float, lang: str) -> str:
    """Up to four significant digits, never as a power of ten: gaps run from billionths to millions."""
    places = Decimal(f"{value:.4g}").normalize().as_tuple().exponent
    return formats.number(value, max(0, -int(places)), lang)
