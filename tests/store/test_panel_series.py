"""Figures draw the series that panels declare: a slide's native chart and the figure cannot differ."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from trade.charts.figure import Figure
from trade.panels.registry import panels
from trade.store import Store
from trade.stories import handout
from trade.stories.chart_export import draw
from trade.stories.pptx_handout import pptx
from trade.stories.slide import MOST_ROWS, simplified_chart
from trade.stories.story import MOST_STEPS, Step, Story, Words

MORE = {
    "growth/levels": [{"freq": "M"}, {"freq": "YTD"}],
    "growth/balance": [{"freq": "M", "span": "5"}],
    "growth/adjusted": [{"freq": "M"}],
    "partner/balance": [{"partner": "HKG"}, {"partner": "SRB"}],
    "partner/standing": [{"partner": "VNM", "flow": "import"}],
    "diversification/gauge": [{"gauge": name} for name in ("theil", "active", "hhi")],
    "destinations/counts": [{"flow": "import"}],
    "growth/contribution": [{"by": "partner", "flow": "export", "continent": "asia"}],
}
"""Views besides the default one: other frequencies, broken lines, stacked parts."""
WITHOUT_OWN_SERIES = 1
"""At most so many panels whose form no slide knows: dates of events, which are a table."""
VIEWS = [(panel_id, view) for panel_id in panels() for view in ({}, *MORE.get(panel_id, []))]


@pytest.mark.parametrize(("panel_id", "view"), VIEWS, ids=lambda value: str(value))
def test_a_figure_draws_what_its_panel_declares(real: Store, panel_id: str, view: dict[str, str]) -> None:
    drawn = draw(real, panel_id, view, "en")
    assert json.loads(drawn.figure.plotly().to_json()) == drawn.figure.to_dict(), "Plotly takes it, and changes nothing"
    if drawn.instead_of == "map" or panel_id in ("products/hs_map", "destinations/firsts", "sources/coverage"):
        pytest.skip("bars stand in for a map, boxes or cells")
    marks = _marks(drawn.figure)
    for series in (series for plot in drawn.plots for series in plot.series):
        known = [value for value in series.values if value is not None]
        missing = [value for value in known if not np.isclose(marks, value, rtol=1e-9, atol=0).any()]
        assert not missing, f"{panel_id}: the figure draws no {series.name} of {missing}"


def _marks(figure: Figure) -> np.ndarray:
    """All numbers at which the figure has marks."""
    sides = [side for trace in figure.data for side in (trace.x, trace.y) if side is not None]
    numbers = [np.asarray(list(side), dtype=object) for side in sides]
    return np.array([float(value) for side in numbers for value in side if isinstance(value, int | float | np.number)])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_panel_has_a_slide_with_all_of_its_numbers(real: Store, lang: str) -> None:
    without, lost = [], []
    every = [Step(page=panel.page, chart=panel.key) for panel in panels().values()]
    for first in range(0, len(every), MOST_STEPS):
        steps = tuple(every[first : first + MOST_STEPS])
        made = handout.compose(Story(title=Words(en="All"), step=steps), real, lang)
        pages = list(Presentation(BytesIO(pptx(made))).slides)[1:] if lang == "en" else [None] * len(steps)
        for step, drawn, page in zip(steps, made.slides, pages, strict=False):
            assert drawn.result is not None, drawn.problem
            shown = simplified_chart(drawn.plots, drawn.instead_of, drawn.result, lang)
            without += [] if drawn.plots else [step]
            if shown.table:
                assert 1 < len(shown.table) <= MOST_ROWS + 1
            for plot in shown.charts:
                assert plot.title
                assert all(len(series.values) == len(series.across or plot.categories) for series in plot.series)
                assert all(len(series.roles) in (1, len(series.values)) for series in plot.series)
            changed = drawn.instead_of in ("map", "form") or shown.charts != drawn.plots  # dots, swarms: drawn as such
            assert bool(shown.remark) == bool(changed or not drawn.plots)
            values = {value for plot in drawn.plots for series in plot.series for value in series.values}
            lost += [step] if page and {round(value, 6) for value in values if value is not None} - _held(page) else []
    assert len(without) <= WITHOUT_OWN_SERIES, without
    assert not lost, "numbers that stand in no chart of their slide"


def _held(page: Any) -> set[float]:
    """All numbers of a slide's charts, which programs of slides can edit."""
    held = [
        number.text
        for shape in page.shapes
        if shape.has_chart
        for numbers in shape.chart._chartSpace.iter(qn("c:numCache"))
        for number in numbers.iter(qn("c:v"))
    ]
    return {round(float(text), 6) for text in held}
