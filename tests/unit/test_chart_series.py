"""The series that charts declare: how they are made, and which of them a slide can show."""

from __future__ import annotations

import pandas as pd
import pytest

from trade.charts import concentration, generic, maps, outlook, theme, time_series
from trade.charts.chart_series import Chart, Plot, Series
from trade.charts.label_context import Context


def test_labels_are_on_one_line_and_roles_have_real_colours() -> None:
    plot = Plot.of("bars", "Growth<br>%", ["Asia<br>and more", "<b>Africa</b>"], Series.of([3, -1], ["rise", "fall"]))
    assert (plot.title, plot.categories) == ("Growth %", ("Asia and more", "Africa"))
    (series,) = plot.series
    assert (series.name, series.values) == ("Growth %", (3.0, -1.0))
    assert tuple(theme.real_colour(role) for role in series.roles) == theme.LIGHT.series[:2]


def test_missing_values_stay_missing() -> None:
    series = Series.of([1, None, float("nan"), pd.NA], "export")
    assert series.values == (1.0, None, None, None)
    assert series.numbers.isna().tolist() == [False, True, True, True]


def test_lines_share_their_months_and_gaps_stay() -> None:
    months = ["2025-01", "2025-03", "2026-02", "2026-03"]
    frame = pd.DataFrame({"period": months, "value": [1e9, 2e9, 5e9, 6e9], "growth_pct": [1.0, 2.0, 3.0, 4.0]})
    (plot,) = time_series.year_to_date.plots(frame, Context(freq="YTD"))
    assert plot.categories == ("Jan", "Feb", "Mar")
    assert [(line.name, line.values) for line in plot.series] == [("2025", (1, None, 2)), ("2026", (None, 5, 6))]


def test_every_period_of_a_line_is_named_though_the_axis_names_some() -> None:
    frame = pd.DataFrame({"period": [str(year) for year in range(2001, 2026)], "value": range(25)})
    (plot,) = generic.lines.plots(frame, Context(), "value", "Value, {unit}")
    assert plot.categories == tuple(map(str, range(2001, 2026)))


@pytest.mark.parametrize("draw", [generic.dots, outlook.timeline])
def test_forms_without_a_counterpart_declare_no_series(draw: object) -> None:
    assert not isinstance(draw, Chart)


def test_a_curve_has_places_of_its_own_and_fits_a_slide_without_categories() -> None:
    frame = pd.DataFrame({"markets_pct": [50.0, 100.0], "value_pct": [10.0, 100.0], "period": "2025"})
    (plot,) = concentration.lorenz.plots(frame, Context())
    even, curve = plot.series
    assert (even.across, even.values) == ((0, 100), (0, 100))
    assert (curve.across, curve.values) == ((50, 100), (10, 100))
    assert plot.fits_a_slide


def test_maps_declare_bars_the_largest_first() -> None:
    columns = {"name_en": ["A", "B", "C"], "name_zh": ["甲", "乙", "丙"], "value": [1e9, 3e9, 0.0]}
    (plot,) = maps.amounts.plots(pd.DataFrame(columns), Context(lang="zh"))
    assert (plot.kind, plot.categories, maps.amounts.instead_of) == ("bars", ("乙", "甲"), "map")


def test_series_or_categories_that_nothing_tells_apart_do_not_fit_a_slide() -> None:
    line = Series.of([1.0, 2.0], "export", "a")
    assert Plot.of("lines", "t", ["2024", "2025"], line).fits_a_slide
    assert not Plot.of("lines", "t", ["2024", "2025"], line, line).fits_a_slide
    assert not Plot.of("lines", "t", ["2024", "2024"], line).fits_a_slide
    assert not Plot.of("lines", "t", [], Series.of([], "export", "a")).fits_a_slide
    many = [str(number) for number in range(81)]
    assert not Plot.of("bars", "t", many, Series.of(range(81), "export", "a")).fits_a_slide
    assert Plot.of("lines", "t", many, Series.of(range(81), "export", "a")).fits_a_slide
