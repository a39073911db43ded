"""For how many economies is a partner the first destination, and which were gained or lost?

The count depends on the source: each `dataset` has a panel of its own, and no line runs from one to another.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis, row_marks, slide_reduction, time_panels
from trade.text import formats
from trade.text.catalog import column_key

UNIT, GAP = 96, 0.075
"""Height of a panel of size 1 in pixels, gap between panels as a share of the height."""
LOW = 62
"""Least height of a panel with its title, in pixels, at which the two labels at its end still fit."""
DASHES = {"matrix": "solid", "cia": "dot", "oecd": "dash", "imf": "solid"}
ORDER = ("gained", "entered", "lost", "left")
NOTHING = "–"
SIGNS = {"gained": "＋", "entered": "＋", "lost": "−", "left": "−"}
LINE = 18
"""Height of a line of text, in pixels."""


def _counts(frame: pd.DataFrame, context: Context, partners: tuple[str, str]) -> Plots:
    """A plot per dataset, and one of the economies in each table; all over the same periods."""
    span = _span(frame, context)
    words = time_panels.period_labels(span, context)
    plots, tables = [], []
    for dataset, rows in _by_dataset(frame).items():
        lines = [rows[rows["partner"] == partner].set_index("period") for partner in partners]
        series = [
            Series.of(line["economies"].reindex(span["period"]), partner, line[f"name_{context.lang}"].iloc[-1])
            for partner, line in zip(partners, lines, strict=True)
            if len(line)
        ]
        plots.append(Plot.of("lines", context.say(f"ranks.dataset_{dataset}"), words, *series))
        table = context.say(f"ranks.table_{dataset}")
        tables.append(Series.of(lines[0]["reporters"].reindex(span["period"]), "muted", table))
    return (*plots, Plot.of("lines", context.say("ranks.in_table"), words, *tables))


def _by_dataset(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {dataset: frame[frame["dataset"] == dataset] for dataset in dict.fromkeys(frame["dataset"])}


def _span(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    return time_panels.in_calendar(frame.drop_duplicates("period").sort_values("period"), context)


@shows(_counts)
def counts(frame: pd.DataFrame, context: Context, partners: tuple[str, str]) -> Figure:
    """The counts of two partners, a panel per `dataset`, on the same axes; under them the economies in the table."""
    datasets, span = _by_dataset(frame), _span(frame, context)
    sizes = [3.0, *[1.5] * (len(datasets) - 1), 1.5]
    *plots, tables = _counts(frame, context, partners)
    figure, axes = _stack([plot.title for plot in (*plots, tables)], sizes)
    highest = float(frame["economies"].max()) * 1.12
    for axis, size, plot, table, rows in zip(axes, sizes, plots, tables.series, datasets.values(), strict=False):
        for line in plot.series:
            own = rows[rows["partner"] == line.roles[0]]
            _count_line(figure, own, line.numbers.set_axis(span["period"]), axis, line.roles[0], context)
        _label_ends(figure, rows, axis, highest / size / UNIT, context)
        figure.update_layout(**{f"yaxis{axis[1:]}": {"range": [0, highest], "nticks": 4}})
        own = rows[rows["partner"] == partners[0]]
        _table_line(figure, own, table.numbers.set_axis(span["period"]), axes[-1], context)
    most = float(frame["reporters"].max()) * 1.12
    _label_tables(figure, datasets, axes[-1], most / sizes[-1] / UNIT, context)
    figure.update_layout(**{f"yaxis{axes[-1][1:]}": {"range": [0, most], "nticks": 3}})
    slide_reduction.low_panels(figure, LOW)
    return time_panels.period_axis(figure, span, context)


def _shares_before_and_after(frame: pd.DataFrame, context: Context, keep: int = 24) -> Plots:
    rows = _largest_of_each_kind(frame, keep)
    before = Series.of(rows["share_before_pct"], "muted", str(rows["base_period"].iloc[0]))
    after = Series.of(rows["share_after_pct"], context.flow, str(rows["period"].iloc[0]))
    return (Plot.of("bars", context.say(column_key("share_pct")), _signed_names(rows, context), before, after),)


def _largest_of_each_kind(frame: pd.DataFrame, keep: int) -> pd.DataFrame:
    ranked = frame.assign(order=frame["change"].map(ORDER.index))
    ranked = ranked.sort_values(["order", "total_usd"], ascending=[True, False])
    return ranked.groupby("order", group_keys=False).head(keep).reset_index(drop=True)


def _signed_names(rows: pd.DataFrame, context: Context) -> list[str]:
    """The economies' names with a sign for gained or lost."""
    names = row_marks.names(rows, context)
    return [f"{name}\u00a0{SIGNS[change]}" for name, change in zip(names, rows["change"], strict=True)]


@shows(_shares_before_and_after, instead_of="dots")
def changes(frame: pd.DataFrame, context: Context, keep: int = 24) -> Figure:
    """Economies gained and lost: the partner's share in their trade before (open dot) and after (full dot), where
    known.

    At most `keep` economies of each kind, those with the largest trade.
    """
    shown = _largest_of_each_kind(frame, keep)
    (drawn,), names = _shares_before_and_after(frame, context, keep), row_marks.names(shown, context)
    labels = [row_marks.wrap_name(name) for name in _signed_names(shown, context)]
    figure = row_axis.row_figure(labels, columns=2, legend=True)
    before, after = drawn.series
    row_marks.between(figure, before.numbers, after.numbers)
    paints = [theme.colour("rise" if SIGNS[change] == "＋" else "fall") for change in shown["change"]]
    hover = [_hover_change(name, row, context) for name, row in zip(names, shown.to_dict("records"), strict=True)]
    for dots in (before, after):
        full = dots is after
        row_marks.dots(figure, dots.numbers, dots.name, hover, shown["reporter"], full=full, colours=paints)
    texts = [context.say(f"ranks.{row['change']}", **_firsts(row, context)) for row in shown.to_dict("records")]
    row_axis.columns(figure, [context.say("ranks.first_then")], [[(text, "text")] for text in texts])
    kinds = shown.reset_index(drop=True).groupby("change", sort=False).groups
    slide_reduction.keep_first_of(figure, [list(map(int, rows)) for rows in kinds.values()])
    return figure.update_xaxes(rangemode="tozero", ticksuffix=context.percent_sign, nticks=3)


def _stack(titles: list[str], sizes: list[float]) -> tuple[Figure, list[str]]:
    """Stacked panels with titles on one axis of periods; returns the figure and the names of the y axes."""
    unit = (1 - GAP * (len(sizes) - 1)) / sum(sizes)
    figure = theme.figure(height=round(UNIT * sum(sizes) / (1 - GAP * (len(sizes) - 1))) + 70, margin={"t": 36})
    axes, top = [], 1.0
    for at, (title, size) in enumerate(zip(titles, sizes, strict=True)):
        axis = "y" if at == 0 else f"y{at + 1}"
        look = theme.layout()["yaxis"] | {"domain": [max(0.0, top - size * unit), top], "anchor": "x"}
        figure.update_layout(**{f"yaxis{axis[1:]}": look})
        place = {"x": 0, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        figure.add_annotation(text=title, showarrow=False, font={"color": theme.colour("muted")}, yshift=6, **place)
        axes.append(axis)
        top -= size * unit + GAP
    return figure.update_layout(xaxis={"anchor": axes[-1]}), axes


def _count_line(
    figure: Figure, rows: pd.DataFrame, counts: pd.Series, axis: str, partner: str, context: Context
) -> None:
    """One partner's counts in one dataset; the line breaks at years without a table."""
    whole, colour = time_panels.in_calendar(rows, context), theme.colour(partner)
    figure.add_scatter(
        x=time_panels.days(whole),
        y=counts[whole["period"]],
        yaxis=axis,
        mode="lines+markers",
        line={"color": colour, "width": 2.5},
        marker={"size": 5, "color": colour},
        connectgaps=False,
        hovertext=[_hover_count(row, context) for row in whole.to_dict("records")],
        hoverinfo="text",
    )


def _table_line(figure: Figure, rows: pd.DataFrame, sizes: pd.Series, axis: str, context: Context) -> None:
    """How many economies are in the dataset's table."""
    whole, style = time_panels.in_calendar(rows, context), {"color": theme.colour("muted"), "width": 2}
    name = context.say(f"ranks.table_{rows['dataset'].iloc[0]}")
    hover = [
        f"<b>{context.period(period)}</b><br>{name}{context.colon}{formats.count(number, context.lang)}"
        for period, number in zip(whole["period"], whole["reporters"], strict=True)
    ]
    known = sizes[whole["period"]]
    look = {"line": style | {"dash": DASHES[rows["dataset"].iloc[0]]}, "hoverinfo": "text"}
    look |= time_panels.shown_alone(known, "muted")
    figure.add_scatter(x=time_panels.days(whole), y=known, yaxis=axis, hovertext=hover, **look)


def _label_tables(figure: Figure, datasets: dict[str, pd.DataFrame], axis: str, unit: float, context: Context) -> None:
    """Label the last sizes of the tables right of the plot, without overlaps. `unit` is the value of one pixel."""
    last = {dataset: float(rows.iloc[-1]["reporters"]) for dataset, rows in datasets.items()}
    ends = [
        (size, f"{context.say(f'ranks.table_{dataset}')} {formats.count(size, context.lang)}", dataset)
        for dataset, size in last.items()
    ]
    newest = max(str(rows.iloc[-1]["period"]) for rows in datasets.values())
    place = {"x": f"{newest}-01-01", "xanchor": "left", "xshift": 8, "yref": axis}
    look = {"showarrow": False, "font": {"color": theme.colour("muted")}}
    for y, text, dataset in time_panels.spread_labels(ends, LINE * unit):
        size = last[dataset]
        figure.add_annotation(text=text, y=size, yshift=(y - size) / unit, **look, **place)


def _label_ends(figure: Figure, rows: pd.DataFrame, axis: str, unit: float, context: Context) -> None:
    """Label the last counts at the ends of their lines, without overlaps. `unit` is the value of one pixel."""
    ends = rows[rows["period"] == rows["period"].max()].sort_values("economies", ascending=False)
    room = float(ends["economies"].iloc[0] - ends["economies"].iloc[-1]) / unit
    shift = max(0.0, (LINE - room) / 2)
    for at, row in enumerate(ends.to_dict("records")):
        name = row_marks.shortened(row_axis.name_of(row, context), 13)
        text = f"<b>{name} {formats.count(row['economies'], context.lang)}</b>"
        place = {"x": f"{row['period']}-01-01", "y": row["economies"], "yref": axis, "xanchor": "left", "xshift": 8}
        look = {"font": {"color": theme.colour(str(row["partner"]))}, "yshift": -shift if at else shift}
        figure.add_annotation(text=text, showarrow=False, **look, **place)


def _firsts(row: dict, context: Context) -> dict[str, str]:
    """The names of the first partner before and after; a dash for a tie."""
    names = {side: row[f"first_{side}_name_{context.lang}"] for side in ("before", "after")}
    return {side: NOTHING if pd.isna(name) else row_marks.shortened(str(name), 13) for side, name in names.items()}


def _hover_count(row: dict[Any, Any], context: Context) -> str:
    if formats.is_missing(row.get("economies")):
        return ""
    numbers = {name: formats.count(row[name], context.lang) for name in ("economies", "reporters")}
    head = context.head(row[f"name_{context.lang}"], context.period(row["period"]))
    return f"{head}<br>{context.say('ranks.count_hover', **numbers)}"


def _hover_change(name: str, row: dict[Any, Any], context: Context) -> str:
    shares = " → ".join(context.percent(row[f"share_{side}_pct"], signed=False) for side in ("before", "after"))
    firsts = " → ".join(_firsts(row, context).values())
    return f"<b>{name}</b><br>{context.say('ranks.joined_hover', shares=shares, firsts=firsts)}"
