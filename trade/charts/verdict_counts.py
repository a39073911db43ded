"""How many statements of each kind hold? Bars in rows, a part per verdict, told apart by hatching and colour."""

from __future__ import annotations

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis
from trade.text import formats

LOOKS = {
    "reproduced": ("reproduced", ""), "as_published": ("as-published", "."), "rounding_or_revision": ("near", "\\"),
    "differs": ("differs", "/"), "not_comparable": ("not-comparable", "-"),
    "not_reproducible": ("muted", "."), "quoted": ("total", "x"),
}  # fmt: skip
"""Colour's role and hatching of each verdict."""


def _verdicts(frame: pd.DataFrame, context: Context) -> Plots:
    topics = list(dict.fromkeys(frame["topic"]))
    counts = frame.set_index(["verdict", "topic"])["claims"]
    series = [
        Series.of([counts.get((verdict, topic), 0) for topic in topics], role, context.say(f"verdict.{verdict}"))
        for verdict, (role, _) in LOOKS.items()
    ]
    labels = [context.say(f"topic.{topic}") for topic in topics]
    return (Plot.of("bars", context.say("charts.statements"), labels, *series, stacked=True),)


@shows(_verdicts)
def by_topic(frame: pd.DataFrame, context: Context) -> Figure:
    """`frame`: a row per topic and verdict with the number of `claims`."""
    topics = list(dict.fromkeys(frame["topic"]))
    (drawn,) = _verdicts(frame, context)
    figure = row_axis.row_figure(list(drawn.categories), 0, legend=True)
    for (verdict, (role, hatch)), series in zip(LOOKS.items(), drawn.series, strict=True):
        counts = [int(count) for count in series.numbers]
        hover = [
            f"<b>{topic}</b><br>{series.name}{context.colon}{count}"
            for topic, count in zip(drawn.categories, counts, strict=True)
        ]
        figure.add_bar(
            orientation="h", y=list(range(len(topics))), x=counts, name=series.name, hovertext=hover, hoverinfo="text",
            customdata=[verdict] * len(topics),
            marker={"color": theme.colour(role), "pattern": {"shape": hatch, "solidity": 0.25}, "line": {"width": 0}},
        )  # fmt: skip
    totals = frame.groupby("topic")["claims"].sum()
    look = {"xanchor": "left", "xshift": 6, "showarrow": False, "font": {"color": theme.colour("text")}}
    sums = [int(totals[topic]) for topic in topics]
    figure.add_annotations(
        [{**look, "x": x, "y": at, "text": formats.count(x, context.lang)} for at, x in enumerate(sums)]
    )
    return figure.update_layout(barmode="stack").update_xaxes(nticks=5)
