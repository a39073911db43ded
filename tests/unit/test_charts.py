"""Charts on tiny frames: what is drawn adds up, gaps stay gaps, colours can be told apart, nothing is Streamlit's."""

from __future__ import annotations

import itertools
import json
import math
import tomllib
from collections.abc import Callable

import pandas as pd
import pytest

from trade.charts import contributions, data_quality, generic, outlook, seasonal_adjustment, theme, time_series
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import time_panels
from trade.paths import PROJECT

YEARS = Context("export", "CNY", "A")
MONTHS = Context("import", "USD", "M")


def levels(periods: list[str], values: list[float], growth: list[float | None]) -> pd.DataFrame:
    computed = [None, *(100 * (now / before - 1) for before, now in itertools.pairwise(values))]
    return pd.DataFrame(
        {
            "period": periods,
            "value": values,
            "growth_pct": pd.Series(growth, dtype="float64"),
            "growth_computed_pct": pd.Series(computed, dtype="float64"),
            "growth_first_pct": pd.Series(computed, dtype="float64"),
            "months": 1,
        }
    )


@pytest.fixture
def years() -> pd.DataFrame:
    """2021 to 2025 without 2023; 2025 has no published growth."""
    return levels(["2021", "2022", "2024", "2025"], [10e12, 12e12, 15e12, 18e12], [5.0, 20.0, 4.0, None])


@pytest.fixture
def months() -> pd.DataFrame:
    codes = [str(code) for code in pd.period_range("2024-01", "2025-03", freq="M")]
    return levels(codes, [100e9 + 1e9 * at for at in range(15)], [None] * 15)


@pytest.fixture
def split() -> pd.DataFrame:
    """Parts 3 + 2 - 1 + 0.2, residual 0.3: a headline of 4.5 points."""
    points = [3.0, 2.0, 0.2, -1.0, 0.3, 4.5]
    names = ["Asia", "Europe", "Oceania", "America", "Residual", "World"]
    return pd.DataFrame(
        {
            "code": ["asia", "europe", "oceania", "america", "residual", "world"],
            "name_en": names,
            "name_zh": [None] * 6,
            "contribution_pp": points,
            "growth_pct": [6.0, 5.0, 1.0, -4.0, None, 4.5],
            "value": [1e12] * 6,
            "kind": ["part"] * 4 + ["residual", "total"],
        }
    )


# --- over time -------------------------------------------------------------------------------------------------------


def test_amount_and_rate_stand_in_two_panels_never_on_two_axes(years: pd.DataFrame) -> None:
    figure = time_series.amount_and_growth(years, YEARS)
    assert {trace.yaxis for trace in figure.data} == {"y", "y2"}
    assert figure.layout.yaxis2.overlaying is None
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]


def test_a_missing_year_is_an_empty_place_not_a_zero(years: pd.DataFrame) -> None:
    amounts = time_series.amount_and_growth(years, YEARS).data[0]
    assert list(amounts.x) == ["2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01", "2025-01-01"]
    assert [None if math.isnan(value) else value for value in amounts.y] == [10, 12, None, 15, 18]


def test_computed_growth_is_hatched_and_named_so(years: pd.DataFrame) -> None:
    rates = time_series.amount_and_growth(years, YEARS).data[1]
    assert list(rates.marker.pattern.shape) == ["", "", "", "", "/"]
    assert rates.y[-1] == pytest.approx(20.0)
    assert "computed from the levels" in rates.hovertext[-1]
    assert "Exports: 18.00 trillion yuan" in rates.hovertext[-1]


def test_the_chosen_period_is_marked_and_labelled(years: pd.DataFrame) -> None:
    figure = time_series.amount_and_growth(years, Context("export", "CNY", "A", chosen="2022"))
    assert list(figure.data[0].marker.opacity) == [0.5, 1.0, 0.5, 0.5, 0.5]
    assert "<b>12.00</b>" in {note.text for note in figure.layout.annotations}
    assert "<b>+20.0%</b>" in {note.text for note in figure.layout.annotations}


def test_without_a_choice_the_last_period_with_a_value_is_marked(years: pd.DataFrame) -> None:
    marked = time_series.amount_and_growth(years, YEARS).data[0].marker.opacity
    assert list(marked) == [0.5, 0.5, 0.5, 0.5, 1.0]


def test_running_totals_have_a_line_per_year_and_the_newest_in_colour(months: pd.DataFrame) -> None:
    figure = time_series.year_to_date(months, Context("import", "USD", "YTD"))
    assert [trace.name for trace in figure.data] == ["2024", "2025"]
    assert [trace.line.color for trace in figure.data] == [theme.colour("muted"), theme.colour("import")]
    assert list(figure.data[1].x) == [1, 2, 3]


def test_index_ends_with_a_direct_label(years: pd.DataFrame) -> None:
    figure = time_series.index(years.assign(index=[100.0, 120.0, 150.0, 180.0]), YEARS)
    assert figure.data[0].y[-1] == 180
    assert not figure.data[0].connectgaps
    assert "<b>180</b>" in {note.text for note in figure.layout.annotations}


def test_moving_sum_is_drawn_above_its_growth(months: pd.DataFrame) -> None:
    figure = time_series.moving_sum(months.assign(moving_sum=1.2e12, growth_pct=3.0), MONTHS)
    assert [trace.yaxis for trace in figure.data] == ["y", "y2"]
    assert set(figure.data[0].y) == {1.2}


def test_balance_is_filled_in_two_colours_that_meet_where_it_crosses_zero() -> None:
    frame = pd.DataFrame({"period": ["2021", "2022", "2023"], "exports": [3e9, 1e9, 2e9], "imports": [1e9, 2e9, 1e9]})
    figure = time_series.balance(frame.assign(balance=frame["exports"] - frame["imports"]), YEARS)
    filled = [trace for trace in figure.data if trace.fill == "tozeroy"]
    sides = [theme.colour("surplus", 0.5), theme.colour("deficit", 0.5), theme.colour("surplus", 0.5)]
    assert [trace.fillcolor for trace in filled] == sides
    assert filled[0].y[-1] == filled[1].y[0] == 0
    assert filled[0].x[-1] == filled[1].x[0]


def test_pieces_break_where_the_balance_is_missing() -> None:
    days = ["2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01"]
    found = list(time_series.pieces(days, pd.Series([1.0, None, 2.0, 3.0])))
    assert [(side, values) for side, _, values in found] == [("surplus", [1.0]), ("surplus", [2.0, 3.0])]


def test_both_growth_rates_are_told_apart_by_shape_and_words(years: pd.DataFrame) -> None:
    frame = years.assign(growth_pct=[None, 3.8, 5.0, 6.1], growth_first_pct=[None, 3.7, 5.0, 6.0])
    dots = [trace for trace in time_series.vintages(frame, YEARS).data if trace.mode == "markers"]
    assert [trace.marker.symbol for trace in dots] == ["circle", "circle-open"]
    assert dots[0].name != dots[1].name
    assert (dots[0].x[0], dots[1].x[0]) == (3.8, 3.7)


def test_a_card_line_holds_only_the_newest_run_without_a_gap(years: pd.DataFrame) -> None:
    figure = time_series.sparkline(years, "value", YEARS, keep=20)
    assert list(figure.data[0].y) == [15e12, 18e12]


@pytest.mark.parametrize(("first", "step", "labelled"), [(2016, 2, "2025"), (2000, 5, "2025"), (1962, 20, "2020")])
def test_few_years_are_labelled_up_to_the_newest_or_else_round_years(first: int, step: int, labelled: str) -> None:
    rows = pd.DataFrame({"period": [str(year) for year in range(first, 2026)]})
    axis = time_panels.period_axis(theme.figure(height=100), rows, YEARS).layout.xaxis
    assert axis.tick0.startswith(f"{labelled}-01-01")
    assert axis.dtick == f"M{12 * step}"
    assert len(rows) / (int(axis.dtick[1:]) / 12) <= time_panels.LABELS


def test_the_right_margin_is_as_wide_as_the_labels_at_the_end_of_lines_need() -> None:
    """It was a number per chart, which took a third of a phone beside a name of two letters."""
    rows, margins = pd.DataFrame({"period": ["2023", "2024", "2025"]}), list[float]()
    for text in ("", "中国", "Germany<br>22.6", "Germany and others 22.6"):
        figure = time_panels.one_panel("A long title, which stands above the plot and needs no margin", 300)
        if text:
            time_panels.label_ends(figure, "2025-01-01", [(1.0, text, "export")])
        time_panels.label_end(figure, "2023-01-01", 1.0, "a label in the middle of the plot", "export")
        margins.append(time_panels.period_axis(figure, rows, YEARS).layout.margin.r)
    none, two, seven, many = margins
    assert none == time_panels.MARGIN
    assert 28 + 8 <= two <= 28 + 8 + 8, "two Chinese letters of 14 pixels, 8 pixels from the end of the line"
    assert 55 + 8 <= seven < 80, "the longer of two lines"
    assert many > 2.5 * seven
    figure = time_panels.one_panel("", 300)
    time_panels.label_bar(figure, "y", "2025-01-01", 1.0, "−2.92个百分点")
    assert 40 <= time_panels.period_axis(figure, rows, YEARS).layout.margin.r <= 50, "half of a label above its bar"


def test_the_cursor_reads_all_lines_at_a_date_and_each_text_once() -> None:
    periods = ["2024", "2025"]
    for texts, mode, read in (
        ([["<b>2024</b><br>A 1", "<b>2025</b><br>A 2"], ["<b>2024</b><br>B 3", "<b>2025</b><br>B 4"]], "x unified", 2),
        ([["<b>2024</b><br>both", "<b>2025</b><br>both"]] * 2, "x", 1),
    ):
        figure = theme.figure(300)
        for hover in texts:
            time_panels.line(figure, ["2024-01-01", "2025-01-01"], pd.Series([1.0, 2.0]), "export", hover)
        time_panels.read_together(figure, periods, "%Y")
        read_traces = [trace for trace in figure.data if trace.hoverinfo != "skip"]
        assert (figure.layout.hovermode, len(read_traces)) == (mode, read)
        assert figure.layout.xaxis.showspikes
    assert read_traces[0].hovertext[0] == "<b>2024</b><br>both", "one text keeps its date"
    figure = theme.figure(300)
    figure.add_bar(x=["2024-01-01"], y=[1], hovertext=["x"], hoverinfo="text")
    assert time_panels.read_together(figure, periods).layout.hovermode == "closest"


def test_january_and_february_joined_are_one_wide_bar_as_high_as_their_mean() -> None:
    rows = {"period": ["2026-02", "2026-03"], "months": [2, 1], "value": [6e12, 4e12], "growth_pct": [5.0, 6.0]}
    figure = time_series.amount_and_growth(pd.DataFrame(rows), Context("export", "CNY", "M"))
    levels, rates = figure.data
    assert list(levels.y) == [3.0, 4.0]
    assert list(rates.y) == [5.0, 6.0]
    assert levels.width[0] > 2 * levels.width[1]
    assert levels.x[0] == "2026-01-16"
    assert "6.00 trillion" in levels.hovertext[0], "the hover gives the sum"
    assert "3.00 trillion yuan a month" in levels.hovertext[0]
    assert "Jan–Feb: mean of both" in str(figure.layout.annotations)


@pytest.mark.parametrize(("lang", "label"), [("en", "3.00 (Jan–Feb mean)"), ("zh", "3.00（1–2月平均）")])
def test_the_label_of_a_mean_says_so_and_its_period_names_both_months(lang: str, label: str) -> None:
    rows = {"period": ["2026-02", "2026-03"], "months": [2, 1], "value": [6e12, 4e12], "growth_pct": [5.0, 6.0]}
    context = Context("export", "CNY", "M", lang=lang, chosen="2026-02")
    figure = time_series.amount_and_growth(pd.DataFrame(rows), context)
    assert f"<b>{label}</b>" in [note.text for note in figure.layout.annotations]
    names = list(time_series._level_and_rate(pd.DataFrame(rows), context)[0].categories)
    assert names == {"en": ["Jan–Feb 2026", "Mar 2026"], "zh": ["2026年1–2月", "2026年3月"]}[lang]


def test_adjusted_months_that_share_a_mean_say_so() -> None:
    rows = {
        "period": ["2026-01", "2026-02", "2026-03"], "value": [3e11, 2e11, 3e11], "joined": [True, True, False],
        "seasonally_adjusted": [2.9e11, 2.9e11, 3e11],
    }  # fmt: skip
    figure = seasonal_adjustment.adjusted(pd.DataFrame(rows), Context("export", "USD", "M"))
    assert "adjusted Jan–Feb: mean of both" in str(figure.layout.annotations)
    assert ["Jan–Feb mean" in text for text in figure.data[0].hovertext] == [True, True, False]


def test_means_of_years_stand_on_the_axis_under_their_own_name() -> None:
    rows = time_panels.in_calendar(levels(["2019/2020", "2022/2023"], [100.0, 120.0], [None, None]), YEARS)
    assert rows["period"].tolist() == ["2019/2020", "2022/2023"], "no calendar has them: none is put between"
    assert time_panels.days(rows) == ["2020-01-01", "2023-01-01"]
    axis = time_panels.period_axis(theme.figure(height=100), rows, YEARS).layout.xaxis
    assert list(axis.ticktext) == ["2019–2020", "2022–2023"]
    assert time_series.amount_and_growth(rows, YEARS).data


# --- parts of a whole ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keep", [1, 2, 3, 10])
def test_waterfall_sums_to_the_headline_with_its_residual(split: pd.DataFrame, keep: int) -> None:
    bars = contributions.waterfall(split, YEARS, keep=keep).data[0]
    *steps, total = bars.x
    assert sum(steps) == pytest.approx(total) == 4.5
    assert bars.base[0] == 0
    assert bars.base[-1] == 0
    ends = [start + step for start, step in zip(bars.base, bars.x, strict=True)]
    assert ends[:-2] == pytest.approx(list(bars.base[1:-1]))
    assert ends[-2] == pytest.approx(total)


def test_the_residual_is_a_bar_of_its_own_and_hatched(split: pd.DataFrame) -> None:
    bars = contributions.waterfall(split, YEARS).data[0]
    at = list(bars.marker.pattern.shape).index("/")
    assert bars.x[at] == pytest.approx(0.3)
    assert bars.marker.color[at] == theme.colour("residual")


def test_rises_and_falls_differ_in_colour_and_sign(split: pd.DataFrame) -> None:
    figure = contributions.waterfall(split, YEARS)
    assert figure.data[0].marker.color[3] == theme.colour("fall")
    texts = [note.text for note in figure.layout.annotations]
    assert texts == ["+3.00 pp", "+2.00 pp", "+0.20 pp", "−1.00 pp", "+0.30 pp", "<b>+4.50 pp</b>"]


def test_small_parts_share_a_bar_but_a_single_one_keeps_its_name(split: pd.DataFrame) -> None:
    labels = list(contributions.fold(split, 2, YEARS)["label"])
    assert labels == ["Asia", "Europe", "All others (2)", "Residual", "Exports, all"]
    assert list(contributions.fold(split, 3, YEARS)["label"])[:4] == ["Asia", "Europe", "Oceania", "America"]


def test_a_group_sums_to_itself_and_leaves_the_rest_out(split: pd.DataFrame) -> None:
    frame = split.assign(code=["a", "b", "c", "rest", "residual", "world"])
    bars = contributions.group_waterfall(frame, YEARS, "Africa").data[0]
    assert list(bars.x) == pytest.approx([3.0, 2.0, 0.2, 5.2])


def test_diverging_bars_are_ordered_and_without_a_total(split: pd.DataFrame) -> None:
    bars = contributions.diverging_bars(split, YEARS).data[0]
    assert list(bars.x) == [3.0, 2.0, 0.2, -1.0]
    assert bars.base is None


# --- theme -----------------------------------------------------------------------------------------------------------


def test_no_chart_changes_its_frame_and_every_figure_has_our_template(
    years: pd.DataFrame, months: pd.DataFrame, split: pd.DataFrame
) -> None:
    flows = years.assign(exports=2.0, imports=1.0, balance=1.0, index=100.0)
    cases: list[tuple[Callable[[pd.DataFrame, Context], Figure], pd.DataFrame, Context]] = [
        (time_series.amount_and_growth, years, YEARS),
        (time_series.year_to_date, months, MONTHS),
        (time_series.index, flows, YEARS),
        (time_series.balance, flows, YEARS),
        (time_series.moving_sum, months.assign(moving_sum=1.0), MONTHS),
        (time_series.vintages, years, YEARS),
        (contributions.waterfall, split, YEARS),
        (contributions.diverging_bars, split, YEARS),
    ]
    for chart, frame, context in cases:
        before = frame.copy(deep=True)
        figure = chart(frame, context)
        pd.testing.assert_frame_equal(frame, before)
        assert figure.layout.template.to_plotly_json() == theme.template()
        assert figure.layout.font.size >= 13
        assert figure.layout.paper_bgcolor == "rgba(0,0,0,0)"


def test_config_follows_the_tokens() -> None:
    written = (PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert written == theme.streamlit_config(), "run `python -m trade.charts.theme > .streamlit/config.toml`"
    assert tomllib.loads(written)["logger"]["hideWelcomeMessage"], "else Streamlit offers its own aids over the pages"


def test_palettes_have_exactly_ten_colours_or_streamlit_drops_them() -> None:
    config = tomllib.loads(theme.streamlit_config())["theme"]
    for mode, kind in itertools.product(("light", "dark"), ("Categorical", "Sequential", "Diverging")):
        assert len(set(config[mode][f"chart{kind}Colors"])) == 10


def test_fonts_are_files_of_our_own_with_their_licence() -> None:
    for _, file, _ in theme.FONT_FACES:
        assert (PROJECT / "static" / "fonts" / file).read_bytes()[:4] == b"wOF2"
    assert "SIL OPEN FONT LICENSE" in (PROJECT / "static" / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "http" not in theme.streamlit_config()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_role_can_be_read_as_text_on_its_background(mode: str) -> None:
    palette = theme.PALETTES[mode]
    for colour in (*palette.series, palette.text, palette.accent):
        assert _contrast(colour, palette.background) >= 4.5, colour
    on_panels = [palette.series[theme.ROLES[role]] for role in ("muted", "rise", "fall")]
    for colour in (palette.text, palette.quiet, palette.accent, *on_panels):
        assert _contrast(colour, palette.panel) >= 4.5, colour


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("sight", ["normal", "deuteranopia", "protanopia", "tritanopia"])
def test_all_pairs_of_series_colours_can_be_told_apart(mode: str, sight: str) -> None:
    seen = {colour: _lab(colour, _SIGHT[sight]) for colour in theme.PALETTES[mode].series}
    for one, other in itertools.combinations(seen, 2):
        assert math.dist(seen[one], seen[other]) >= 15, (one, other)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_painted_figures_hold_only_real_colours(split: pd.DataFrame, mode: str) -> None:
    painted = theme.paint(contributions.waterfall(split, YEARS), mode)
    assert "#0000" not in json.dumps(painted.to_plotly_json(), default=list)
    assert painted.data[0].marker.color[0] == theme.PALETTES[mode].series[theme.ROLES["rise"]]


# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
_SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    shades = sorted(sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), _linear(x), strict=True)) for x in (one, other))
    return (shades[1] + 0.05) / (shades[0] + 0.05)


def _lab(colour: str, sight: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """CIELAB (D65) of a colour as seen."""
    rgb = _linear(colour)
    r, g, b = (min(1.0, max(0.0, sum(w * c for w, c in zip(row, rgb, strict=True)))) for row in sight)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("names", [[], ["Germany", "Kenya"]])
def test_lines_of_any_measure_keep_their_labels_inside_the_axis(names: list[str]) -> None:
    """Labels such as `2025` were once read as numbers, which drew all years as one stroke at the left edge."""
    years = [str(year) for year in range(2000, 2026)]
    rows = [{"period": year, "value": 1e9 * int(year), "name_en": name} for name in names or [None] for year in years]
    figure = generic.lines(pd.DataFrame(rows), Context("export", "USD", "A"), "value", "Value, {unit}")
    low, high = figure.layout.xaxis.range
    assert (low, high) == (-0.3, 25.3)
    ends = [one for one in figure.layout.annotations if one.xref != "paper"]
    assert len(ends) == len(names)
    assert all(low <= one.x <= high for one in ends)
    assert all(low <= x <= high for line in figure.data for x in line.x)
    assert figure.layout.xaxis.ticktext[-1] == "2025", "the newest period is always named"


@pytest.mark.parametrize(
    ("gap", "allowed", "rows", "expected"),
    [
        (-3.9e-07, 0.001, 1, "gap −0.00000039 of 0.001 allowed, 1 row checked"),
        (-1.667e-05, 0.01, 58, "gap −0.00001667 of 0.01 allowed, 58 rows checked"),
        (1_234_567.8, 5e7, 1_200, "gap 1,234,568 of 50,000,000 allowed, 1,200 rows checked"),
        (0.0, 0.0, 2, "gap 0 of 0 allowed, 2 rows checked"),
    ],
)
def test_a_gap_is_said_in_plain_decimals(gap: float, allowed: float, rows: int, expected: str) -> None:
    checked = {"title": "Parts", "place": "2025", "gap": gap, "tolerance": allowed, "row_count": rows, "used_pct": 1.0}
    figure = data_quality.residuals(pd.DataFrame([checked]), YEARS)
    assert list(figure.data[0]["hovertext"]) == [f"2025<br>{expected}"]


# --- forecasts --------------------------------------------------------------------------------------------------------


def test_arrows_between_forecasts_run_one_way_and_every_forecast_has_its_month() -> None:
    """Forecasts of 1.8, 0.5 and 1.9% had looked like one arrow with two heads, and 1.8% had no label."""
    rows = pd.DataFrame(
        {
            "forecaster": "WTO",
            "aggregate": "goods-volume",
            "variable": "growth",
            "stage": "forecast",
            "publication": "page",
            "unit": "%",
            "publication_date": ["2025-08", "2025-10-07", "2026-03-19"],
            "figure": [1.8, 0.5, 1.9],
        }
    )
    notes = outlook.forecasts(rows, YEARS).layout.annotations
    down, up = [note for note in notes if note.showarrow]
    assert (down.ax, down.x, up.ax, up.x) == (1.8, 0.5, 0.5, 1.9)
    assert down.y == down.ay
    assert up.y == up.ay
    assert down.y > up.y, "the axis of lanes counts downwards: the arrow up runs above"
    texts = [str(note.text).replace("\u00a0", " ") for note in notes]
    assert "Aug 2025 1.8% → Oct 2025 0.5% → Mar 2026 1.9%" in texts


def test_a_value_without_neighbours_is_a_dot() -> None:
    """August 2020 was in the headline of a balance, and nothing of it on its chart: a line needs two values."""
    figure = theme.figure(height=300)
    time_panels.line(figure, ["2020", "2021", "2022", "2023"], pd.Series([1.0, None, 2.0, 3.0]), "export", [])
    time_panels.line(figure, ["2022", "2023"], pd.Series([2.0, 3.0]), "import", [])
    broken, whole = figure.data
    assert broken.mode == "lines+markers"
    assert list(broken.marker.size) == [time_panels.DOT, 0, 0, 0]
    assert whole.mode == "lines"
