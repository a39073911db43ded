"""Our figure class is Plotly's without its validation: the same calls give the same JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from plotly.offline import get_plotlyjs_version

from trade.charts.figure import Figure
from trade.paths import PLOTLY, PROJECT

LAYOUT = {"height": 300, "xaxis": {"title": {"text": "year"}}, "yaxis": {"nticks": 4}, "yaxis2": {"nticks": 2}}
STEPS: dict[str, Callable[[Any], object]] = {
    "traces": lambda figure: (
        figure.add_bar(x=["2024", "2025"], y=pd.Series([1.5, float("nan")]), customdata=pd.Series(["a", None])),
        figure.add_scatter(x=pd.Index([1, 2]), y=np.array([70_000, 2**40]), mode="lines", line={"width": 2}),
        figure.add_heatmap(z=np.array([[1.0, 2.0], [3.0, 4.0]]), text=[["a", "b"], ["c", "d"]]),
        figure.add_choropleth(locations=["CHN"], z=[None], marker={"line": {"width": 1, "color": None}}),
        figure.add_scattergeo(lon=np.array([], dtype=float), lat=[None]),
        figure.add_treemap(labels=["a"], parents=[""], values=np.array([3], dtype="int64")),
    ),
    "smallest numbers that hold the whole ones": lambda figure: [
        figure.add_bar(y=np.array(ends)) for ends in ([-128, 127], [-129, 0], [128], [32768], [-(2**31)], [2**31])
    ],
    "nested values are joined": lambda figure: (
        figure.update_layout(margin={"l": 1, "r": 2}).update_layout(margin={"r": 3}, height=200),
        figure.update_xaxes(title={"font": {"size": 12}}, range=[0, 1]),
        figure.update_yaxes(showgrid=False).update_yaxes(showgrid=None, range=[0, np.float64(2)]),
    ),
    "lines and areas across": lambda figure: (
        figure.add_hline(y=100, line={"dash": "dot"}),
        figure.add_hline(y=0, yref="y2"),
        figure.add_vline(x=60, layer="below"),
        figure.add_hrect(y0=1, y1=2, fillcolor="red"),
        figure.add_shape(type="line", x0=0, x1=1, y0=0, y1=1, yref="paper"),
    ),
    "texts": lambda figure: (
        [figure.add_annotation(x=number, y=1, text=f"<b>{number}</b>", showarrow=False) for number in range(3)],
        figure.update_annotations(align="left"),
    ),
    "selected traces": lambda figure: (
        figure.add_scatter(x=[1], mode="lines").add_scatter(x=[2], mode="markers").add_bar(x=[3]),
        figure.update_traces(showlegend=False, selector={"mode": "lines"}),
    ),
}


@pytest.mark.parametrize("steps", STEPS)
def test_the_same_calls_give_the_same_figure(steps: str) -> None:
    ours, checked = Figure(layout=LAYOUT), go.Figure(layout={**LAYOUT, "template": {}})
    for figure in (ours, checked):
        STEPS[steps](figure)
    expected = json.loads(checked.to_json())
    expected["layout"].pop("template")
    assert json.loads(ours.to_json()) == ours.to_dict() == expected
    again = json.loads(ours.plotly().update_layout(template={}).to_json())
    assert again["data"] == expected["data"]


def test_what_is_added_together_follows_what_is_there() -> None:
    figure = Figure(layout=LAYOUT).add_annotation(text="first").add_shape(type="rect")
    figure.add_annotations({"text": text} for text in "ab").add_shapes([{"type": "line"}])
    figure.update_annotations(only=0, yshift=54)
    assert [one.text for one in figure.layout.annotations] == ["first", "a", "b"]
    assert [one.yshift for one in figure.layout.annotations] == [54, None, None]
    assert [one.type for one in figure.layout.shapes] == ["rect", "line"]
    assert figure.update_layout(annotations=[]).layout.annotations == ()


def test_whoever_reads_a_part_gets_it_checked_and_as_it_is_now() -> None:
    figure = Figure(layout=LAYOUT).add_bar(x=[1], y=[2])
    assert figure.data[0].y == (2,)
    figure.add_bar(x=[3], y=[4]).update_layout(height=10)
    assert [trace.y for trace in figure.data] == [(2,), (4,)]
    assert figure.layout.height == figure.height == 10
    assert figure.add_frame(name="2024", data=[{"type": "bar", "y": [1]}]).frames[0].name == "2024"
    with pytest.raises(ValueError, match="colour"):
        _ = figure.add_bar(colour="red").data
    with pytest.raises(ValueError, match="hieght"):
        _ = Figure(layout={"hieght": 1}).layout


def test_what_a_caller_gave_is_never_changed() -> None:
    layout = {"margin": {"l": 1}, "annotations": [{"text": "a"}]}
    marker = {"color": "red"}
    figure = Figure(layout=layout).add_bar(marker=marker).update_layout(margin={"r": 2}).add_annotation(text="b")
    figure.update_traces({}, marker={"color": "blue"})
    assert layout == {"margin": {"l": 1}, "annotations": [{"text": "a"}]}
    assert marker == {"color": "red"}


def test_every_kind_of_trace_is_in_the_plotly_that_browsers_are_sent() -> None:
    kinds = {name.removeprefix("add_") for name in vars(Figure) if name.startswith("add_")} & set(
        go.layout.Template().data
    )
    entry = (PROJECT / "static" / "plotly" / "entry.js").read_text(encoding="utf-8")
    assert kinds - {"scatter"} == set(re.findall(r'require\("plotly\.js/lib/(\w+)"\)', entry)) - {"core"}
    assert len(kinds) > 5


def test_browsers_draw_with_the_version_that_figures_are_checked_by() -> None:
    library = PLOTLY.read_text(encoding="utf-8")
    assert library.startswith(f"/* plotly.js v{get_plotlyjs_version()}, ")
    assert f'.version="{get_plotlyjs_version()}"' in library
