"""The hints that charts give for slides without room for all their rows."""

from __future__ import annotations

import pandas as pd

from trade.charts import contributions, first_destinations, ranking, theme
from trade.charts.label_context import Context
from trade.charts.layout import dot_plot, slide_reduction

YEARS = Context("export", "CNY", "A")


def test_of_rises_and_falls_both_ends_are_kept() -> None:
    assert slide_reduction.keep_ends(theme.figure(height=300), 5).layout.meta["order"] == [0, 4, 1, 3, 2]
    assert slide_reduction.keep_ends(theme.figure(height=300), 4).layout.meta["order"] == [0, 3, 1, 2]
    assert slide_reduction.keep_ends(theme.figure(height=300), 1).layout.meta["order"] == [0]


def test_of_several_kinds_the_first_of_each_are_kept() -> None:
    meta = slide_reduction.keep_first_of(theme.figure(height=300), [[0, 1, 2, 3], [4], [5, 6]]).layout.meta
    assert meta["order"] == [0, 4, 5, 1, 6, 2, 3]


def test_the_largest_loss_is_among_the_first_rows_that_a_slide_keeps() -> None:
    """A slide had shown the first rows, all of them gains, under a headline that also names the largest loss."""
    markets = [f"M{at}" for at in range(20)]
    changes = [*range(19, 0, -1), -50]
    frame = pd.DataFrame(
        {"market": markets, "name_en": markets, "base_value": 100.0, "value": [100.0 + one for one in changes],
         "change": [float(one) for one in changes], "base": "2024", "period": "2025", "share_pct": 1.0, "contribution_pp": 0.1,
         "base_share_pct": 1.0, "state": "both", "growth_pct": 1.0, "break": None}
    )  # fmt: skip
    figure = ranking.dumbbell(frame, YEARS)
    labels = list(figure.layout.yaxis.ticktext)
    assert [labels[row] for row in figure.layout.meta["order"][:2]] == ["M0", "M19"]


def test_contributions_keep_the_whole_and_the_largest_part() -> None:
    frame = pd.DataFrame(
        {"code": ["a", "b", "c", "world"], "name_en": ["A", "B", "C", "World"], "name_zh": None, "value": 1e12,
         "contribution_pp": [3.0, 1.0, -1.0, 3.0], "growth_pct": 1.0, "kind": ["part", "part", "part", "total"]}
    )  # fmt: skip
    assert contributions.waterfall(frame, YEARS).layout.meta["order"][:2] == [0, 3]


def test_lanes_say_where_each_begins() -> None:
    figure, _ = dot_plot.titled_in_lines([["one"], ["one", "two"]], top=0, below=28, line=19)
    assert figure.layout.meta["edges"] == [0, 47, 113]


def test_a_panel_of_counts_may_be_low() -> None:
    assert first_destinations.LOW * 5 <= 340, "five panels stand on a slide with a headline of two lines"
