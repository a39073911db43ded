"""Every panel on the bundled facts: it draws without Streamlit, in every language, and what it draws are the series
that it declares: a slide's native chart and the figure cannot differ."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from tests.support import chinese
from trade.charts.figure import Figure
from trade.errors import NoRows
from trade.panels.registry import panels
from trade.store import Store, open_store
from trade.stories import handout
from trade.stories.chart_export import draw
from trade.stories.pptx_handout import pptx
from trade.stories.slide import MOST_ROWS, simplified_chart
from trade.stories.story import MOST_STEPS, Step, Story, Words
from trade.text.formats import LANGUAGES

READ = ("text", "hovertext", "name", "ticktext", "label", "hovertemplate")
"""Keys of a figure that hold texts for users: labels, names, hover texts."""
QUOTING = {"sources/residuals zh"}
"""Panels whose marks show keys of rows of the facts, which are not translated."""
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
"""Maximum number of panels that no slide chart can show: dates of events, which become a table."""
VIEWS = [(panel_id, view) for panel_id in panels() for view in ({}, *MORE.get(panel_id, []))]


class _NoStreamlit(MetaPathFinder):
    """Blocks imports of Streamlit and records them, since code may catch the error."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname.partition(".")[0] == "streamlit":
            self.tried.append(fullname)
            raise ModuleNotFoundError(fullname)


@pytest.fixture(scope="module")
def all_drawn(real_home: Path) -> dict[str, Any]:
    """Every panel in every language, drawn without Streamlit, and the Streamlit modules that drawing tried to import.

    A contract in unit/test_layers.py says that modules of panels do not import it either.
    """
    guard, store = _NoStreamlit(), open_store(real_home)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in sys.modules if name.partition(".")[0] == "streamlit"]:
            patch.delitem(sys.modules, name)
        patch.setattr(sys, "meta_path", [guard, *sys.meta_path])
        drawn = {f"{panel} {lang}": _drawn(store, panel, lang) for panel in panels() for lang in LANGUAGES}
    return {"drawn": drawn, "streamlit": guard.tried}


def _drawn(store: Store, panel_id: str, lang: str) -> dict[str, Any]:
    try:
        one = panels()[panel_id].draw(store, {}, lang)
    except NoRows as gap:
        return {"gap": str(gap)}
    figure = json.loads(one.figure.to_json())
    return {
        "headline": one.headline,
        "sources": len(one.sources),
        "traces": len(figure["data"]),
        "texts": [one.title, one.headline, one.takeaway, one.subtitle, *one.notes],
        "labels": [*_words(figure["data"]), *_words(figure["layout"])],
    }


def _words(tree: object, key: str = "") -> Iterator[str]:
    if isinstance(tree, dict):
        for name, part in tree.items():
            yield from _words(part, name)
    elif isinstance(tree, list):
        for part in tree[:60]:
            yield from _words(part, key)
    elif isinstance(tree, str) and key in READ:
        yield tree


def test_streamlit_is_never_loaded(all_drawn: dict) -> None:
    assert all_drawn["streamlit"] == []


def test_every_panel_draws_in_every_language(all_drawn: dict) -> None:
    drawn = all_drawn["drawn"]
    assert set(drawn) == {f"{panel} {lang}" for panel in panels() for lang in LANGUAGES}
    assert not {name: one["gap"] for name, one in drawn.items() if "gap" in one}
    for name in drawn:
        assert drawn[name]["headline"], name
        assert drawn[name]["traces"] > 0, name
        assert drawn[name]["sources"] > 0, name


def test_the_languages_say_it_in_their_own_words(all_drawn: dict) -> None:
    drawn = {name: one for name, one in all_drawn["drawn"].items() if "headline" in one}
    for panel in {name.partition(" ")[0] for name in drawn}:
        headlines = [drawn[f"{panel} {lang}"]["headline"] for lang in LANGUAGES]
        assert len(set(headlines)) == len(LANGUAGES), panel


def test_panels_in_chinese_read_as_an_editor_would_write(all_drawn: dict) -> None:
    """Marks, spaces, years and signs in every text of every panel; foreign words but in labels, which quote titles."""
    wrong: dict[str, set[str]] = {}
    for name, one in all_drawn["drawn"].items():
        if not name.endswith(" zh") or name in QUOTING:
            continue
        found = {mark for text in one.get("texts", ()) for mark in chinese.marks(text)}
        labels = [text for text in dict.fromkeys(one.get("labels", ())) if not re.fullmatch(r"\d{4}(-\d\d)*", text)]
        found |= {mark for text in labels for mark in chinese.marks(text) if not mark.startswith(("foreign", "year"))}
        if found:
            wrong[name] = found
    assert not wrong


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
        composed = handout.compose(Story(title=Words(en="All"), step=steps), real, lang)
        pages = list(Presentation(BytesIO(pptx(composed))).slides)[1:] if lang == "en" else [None] * len(steps)
        for step, drawn, page in zip(steps, composed.slides, pages, strict=False):
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
            shown_plots = shown.charts if drawn.instead_of == "map" else drawn.plots  # a map's largest only
            values = {value for plot in shown_plots for series in plot.series for value in series.values}
            missing = page and {round(value, 6) for value in values if value is not None} - _chart_numbers(page)
            lost += [step] if missing else []
    assert len(without) <= WITHOUT_OWN_SERIES, without
    assert not lost, "numbers that stand in no chart of their slide"


def _chart_numbers(page: Any) -> set[float]:
    """All numbers of a slide's charts, which programs of slides can edit."""
    texts = [
        number.text
        for shape in page.shapes
        if shape.has_chart
        for numbers in shape.chart._chartSpace.iter(qn("c:numCache"))
        for number in numbers.iter(qn("c:v"))
    ]
    return {round(float(text), 6) for text in texts}
