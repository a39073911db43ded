"""For how many economies is a partner the first destination, and which came or left?

The count depends on the source: each `dataset` has a panel of its own, and no line runs from one to another.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from trade.charts import theme
from trade.charts.context import Context
from trade.charts.layout import row_axis, row_marks, time_panels
from trade.text import formats

UNIT, GAP, RIGHT = 96, 0.075, 128
"""Height of a panel of size 1 in pixels, gap between panels as a share, room right of them in pixels."""
DASHES = {"matrix": "solid", "cia": "dot", "oecd": "dash", "imf": "solid"}
ORDER = ("gained", "entered", "lost", "left")
NOTHING = "–"
SIGNS = {"gained": "＋", "entered": "＋", "lost": "−", "left": "−"}
SHIFTS = {"matrix": 9, "cia": -9, "oecd": 0, "imf": -9}
"""How far the sizes of the tables are written from their lines, in pixels: some of them are nearly alike."""


def counts(frame: pd.DataFrame, context: Context, partners: tuple[str, str]) -> go.Figure:
    """The counts of two partners, a panel per `dataset`, on the same axes; under them the economies in the table."""
    datasets = list(dict.fromkeys(frame["dataset"]))
    sizes = [3.0, *[1.5] * (len(datasets) - 1), 1.5]
    titles = [context.say(f"ranks.dataset_{one}") for one in datasets] + [context.say("ranks.in_table")]
    figure, axes = _stack(titles, sizes)
    highest = float(frame["economies"].max()) * 1.12
    for axis, size, dataset in zip(axes, sizes, datasets, strict=False):
        held = frame[frame["dataset"] == dataset]
        for partner in partners:
            _count_line(
                figure, time_panels.in_calendar(held[held["partner"] == partner], context), axis, partner, context
            )
        _label_ends(figure, held, axis, highest / size / UNIT, context)
        figure.update_layout({f"yaxis{axis[1:]}": {"range": [0, highest], "nticks": 4}})
        _table_line(figure, held[held["partner"] == partners[0]], axes[-1], context)
    figure.update_layout({f"yaxis{axes[-1][1:]}": {"rangemode": "tozero", "nticks": 3}})
    span = time_panels.in_calendar(frame.drop_duplicates("period").sort_values("period"), context)
    return time_panels.period_axis(figure, span, context)


def changes(frame: pd.DataFrame, context: Context, keep: int = 24) -> go.Figure:
    """Who came and who left: the partner's share in each economy's trade before (open) and after (full), where known.

    At most `keep` economies of each kind, those with the largest trade.
    """
    ranked = frame.assign(order=frame["change"].map(ORDER.index))
    ranked = ranked.sort_values(["order", "total_usd"], ascending=[True, False])
    shown = ranked.groupby("order", group_keys=False).head(keep).reset_index(drop=True)
    names = row_marks.names(shown, context)
    labels = [
        row_marks.broken(f"{name}\u00a0{SIGNS[change]}") for name, change in zip(names, shown["change"], strict=True)
    ]
    figure = row_axis.sideways(labels, columns=2, legend=True)
    before, after = shown["share_before_pct"], shown["share_after_pct"]
    row_marks.between(figure, before, after)
    paints = [theme.colour("rise" if SIGNS[one] == "＋" else "fall") for one in shown["change"]]
    hover = [_tell_change(name, row, context) for name, row in zip(names, shown.to_dict("records"), strict=True)]
    for values, column, full in ((before, "base_period", False), (after, "period", True)):
        row_marks.dots(figure, values, str(shown[column].iloc[0]), hover, shown["reporter"], full=full, colours=paints)
    told = [context.say(f"ranks.{row['change']}", **_firsts(row, context)) for row in shown.to_dict("records")]
    row_axis.columns(figure, [context.say("ranks.first_then")], [[(text, "text")] for text in told])
    return figure.update_xaxes(rangemode="tozero", ticksuffix=context.percent_sign, nticks=3)


def _stack(titles: list[str], sizes: list[float]) -> tuple[go.Figure, list[str]]:
    """Panels under each other on one axis of periods, each under its title; and the names of their axes."""
    unit = (1 - GAP * (len(sizes) - 1)) / sum(sizes)
    margin = {"l": 0, "r": RIGHT, "t": 36, "b": 0, "pad": 4}
    figure = theme.figure(height=round(UNIT * sum(sizes) / (1 - GAP * (len(sizes) - 1))) + 70, margin=margin)
    axes, top = [], 1.0
    for at, (title, size) in enumerate(zip(titles, sizes, strict=True)):
        axis = "y" if at == 0 else f"y{at + 1}"
        look = theme.layout()["yaxis"] | {"domain": [max(0.0, top - size * unit), top], "anchor": "x"}
        figure.update_layout({f"yaxis{axis[1:]}": look})
        place = {"x": 0, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        figure.add_annotation(text=title, showarrow=False, font={"color": theme.colour("muted")}, yshift=6, **place)
        axes.append(axis)
        top -= size * unit + GAP
    return figure.update_layout(xaxis={"anchor": axes[-1]}), axes


def _count_line(figure: go.Figure, held: pd.DataFrame, axis: str, partner: str, context: Context) -> None:
    """One partner's counts in one dataset; the line breaks at years without a table."""
    if held.empty:
        return
    colour = theme.colour(partner)
    figure.add_scatter(
        x=time_panels.days(held),
        y=held["economies"],
        yaxis=axis,
        mode="lines+markers",
        line={"color": colour, "width": 2.5},
        marker={"size": 5, "color": colour},
        connectgaps=False,
        hovertext=[_tell_count(row, context) for row in held.to_dict("records")],
        hoverinfo="text",
    )


def _table_line(figure: go.Figure, held: pd.DataFrame, axis: str, context: Context) -> None:
    """How many economies are in the dataset's table."""
    whole, style = time_panels.in_calendar(held, context), {"color": theme.colour("muted"), "width": 2}
    name = context.say(f"ranks.table_{held['dataset'].iloc[0]}")
    hover = [
        f"<b>{period}</b><br>{name}: {formats.count(number, context.lang)}"
        for period, number in zip(whole["period"], whole["reporters"], strict=True)
    ]
    mode = "lines" if len(whole) > 1 else "markers"
    look = {"mode": mode, "line": style | {"dash": DASHES[held["dataset"].iloc[0]]}, "hoverinfo": "text"}
    figure.add_scatter(x=time_panels.days(whole), y=whole["reporters"], yaxis=axis, hovertext=hover, **look)
    last = held.iloc[-1]
    text = f"{name} {formats.count(last['reporters'], context.lang)}"
    place = {"x": f"{last['period']}-01-01", "y": last["reporters"], "yref": axis, "xanchor": "left", "xshift": 8}
    shift = {"yshift": SHIFTS[last["dataset"]]}
    figure.add_annotation(text=text, showarrow=False, font={"color": theme.colour("muted")}, **shift, **place)


def _label_ends(figure: go.Figure, held: pd.DataFrame, axis: str, unit: float, context: Context) -> None:
    """The last counts beside their lines; two that would meet move apart. `unit` is what a pixel stands for."""
    ends = held[held["period"] == held["period"].max()].sort_values("economies", ascending=False)
    room = float(ends["economies"].iloc[0] - ends["economies"].iloc[-1]) / unit
    apart = max(0.0, (18 - room) / 2)
    for at, row in enumerate(ends.to_dict("records")):
        name = row_marks.shortened(row_axis.name_of(row, context), 13)
        text = f"<b>{name} {formats.count(row['economies'], context.lang)}</b>"
        place = {"x": f"{row['period']}-01-01", "y": row["economies"], "yref": axis, "xanchor": "left", "xshift": 8}
        look = {"font": {"color": theme.colour(str(row["partner"]))}, "yshift": -apart if at else apart}
        figure.add_annotation(text=text, showarrow=False, **look, **place)


def _firsts(row: dict, context: Context) -> dict[str, str]:
    """The names of the first partner before and after; a tie has no single one."""
    found = {side: row[f"first_{side}_name_{context.lang}"] for side in ("before", "after")}
    return {side: NOTHING if pd.isna(name) else row_marks.shortened(str(name), 13) for side, name in found.items()}


def _tell_count(row: dict[Any, Any], context: Context) -> str:
    if formats.is_missing(row.get("economies")):
        return ""
    numbers = {name: formats.count(row[name], context.lang) for name in ("economies", "reporters")}
    head = context.head(row[f"name_{context.lang}"], row["period"])
    return f"{head}<br>{context.say('ranks.count_hover', **numbers)}"


def _tell_change(name: str, row: dict[Any, Any], context: Context) -> str:
    shares = " → ".join(context.percent(row[f"share_{side}_pct"], signed=False) for side in ("before", "after"))
    firsts = " → ".join(_firsts(row, context).values())
    return f"<b>{name}</b><br>{context.say('ranks.joined_hover', shares=shares, firsts=firsts)}"
