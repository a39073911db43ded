"""The count of official statements by verdict is a panel like any other."""

from __future__ import annotations

import json

import pandas as pd

from trade.measures.claims import official_statements
from trade.panels import factcheck, overview
from trade.panels.registry import find_panel, panels
from trade.panels.run_context import RunContext, running
from trade.store import Store
from trade.stories import chart_export
from trade.stories.slide import simplified_chart


def test_every_statement_is_counted_once(real: Store) -> None:
    drawn = find_panel("factcheck/tally").draw(real, {}, "en")
    claims = official_statements.claims(real, "en")
    assert drawn.result.frame["claims"].sum() == len(claims)
    assert drawn.headline.startswith(f"Of {len(claims)} official statements")
    assert [note.source_id for note in drawn.sources] == ["statements"]
    (plot,) = drawn.plots
    assert plot.stacked
    assert sum(sum(value or 0 for value in series.values) for series in plot.series) == len(claims)


def test_it_is_a_file_and_a_slide(real: Store) -> None:
    drawn = chart_export.draw(real, "factcheck/tally", {}, "zh")
    body = json.loads(chart_export.as_json(drawn))
    assert (body["measure"], body["unit"], body["params"]) == ("claims", "项表述", {})
    assert len(body["figure"]["data"]) == len(official_statements.VERDICTS)
    shown = simplified_chart(drawn.plots, drawn.instead_of, drawn.result, "zh")
    assert not shown.table
    assert len(shown.charts[0].series) == len(official_statements.VERDICTS)


def test_the_list_holds_the_charts_of_all_pages() -> None:
    pages = {panel.page for panel in panels().values()}
    assert {
        "overview",
        "growth",
        "destinations",
        "diversification",
        "partner",
        "products",
        "outlook",
        "sources",
    } <= pages
    assert {"explore", "factcheck", "services"} <= pages
    assert len(panels()) >= 56


def test_the_front_page_leads_with_statements_that_have_a_verdict(real: Store) -> None:
    """The newest day on file, 4 March 2026, has one statement, which cannot be computed."""
    with running(RunContext("en", {}, real)):
        shown, everything = overview.newest_statements(), factcheck.claims()
    assert set(shown["verdict"]) - {"not_reproducible", "quoted"}
    (day,) = set(shown["published"])
    dated = everything[everything["published"].astype(str).str.fullmatch(r"\d{4}-\d{2}-\d{2}")]
    later = dated[dated["published"] > day]
    assert set(later["verdict"]) <= {"not_reproducible", "quoted"}
    pd.testing.assert_frame_equal(shown, dated[dated["published"] == day].head(len(shown)).reset_index(drop=True))


def test_no_statement_is_shown_where_none_has_a_day(tiny: Store) -> None:
    with running(RunContext("en", {}, tiny)):
        assert overview.newest_statements().empty
