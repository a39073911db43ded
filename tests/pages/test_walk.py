"""All pages with every continent, both currencies, the first and the last period: no fault, no figure without source."""

from __future__ import annotations

import itertools

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import opened, page, text
from trade.panels.fields import FIELDS
from trade.store import Store
from trade.ui.core import navigation

ENDS = [("A", "1981"), ("M", "2026-07"), ("A", "2025"), ("YTD", "2008-02"), ("M", "1995-01")]
"""First and last periods of the longest series; a page that begins later says so, and takes the nearest."""
BY_CONTINENT = ("growth", "diversification", "destinations")


def links(name: str) -> list[dict[str, str]]:
    """Each continent in both currencies, at one end of the series in each, so that all four ends come up in turn."""
    continents = FIELDS["continent"].options if name in BY_CONTINENT else ("africa", "asia")
    ends = itertools.cycle(ENDS)
    return [
        {"continent": continent, "currency": currency, "freq": freq, "period": period}
        for continent in continents
        for currency, (freq, period) in zip(FIELDS["currency"].options, ends, strict=False)
    ]


@pytest.fixture
def app(real: Store) -> AppTest:
    return opened()


@pytest.mark.parametrize("name", [one.name for one in navigation.PAGES])
def test_all_continents_both_currencies_first_and_last_periods(app: AppTest, name: str) -> None:
    drawn = 0
    for link in links(name):
        page(app, name, **link)
        assert not app.exception, (link, [one.message for one in app.exception])
        assert "⟦" not in text(app), link
        charts = app.get("plotly_chart")
        sources = [one.value for one in app.markdown if "Source: " in one.value]
        assert len(sources) >= len(charts), link
        for chart in charts:
            assert len(chart.proto.alt) > 20, link
        drawn += len(charts)
    assert drawn or name in ("stories",), "a page without any figure would pass every check above"
