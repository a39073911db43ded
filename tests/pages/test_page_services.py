"""The page of services, driven as a user would."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, opened, page, sound, text
from trade.panels.fields import FIELDS
from trade.store import Store

CHARTS = 8


@pytest.fixture
def app(real: Store) -> AppTest:
    return page(opened(), "services")


def test_it_answers_the_balance_of_2025_and_names_both_counts(app: AppTest) -> None:
    sound(app)
    assert len(app.get("plotly_chart")) == CHARTS
    seen = text(app)
    assert "China bought 1.46 trillion yuan more services than it sold in 2025 (balance of payments)" in seen
    assert "Two statistics have the same name and are never combined here" in seen


@pytest.mark.parametrize("name", ["service", "counted"])
def test_every_category_draws(app: AppTest, name: str) -> None:
    for code in FIELDS[name].options:
        choose(app, name, code)
        sound(app)
        assert len(app.get("plotly_chart")) == CHARTS


def test_years_to_date_and_dollars_draw(app: AppTest) -> None:
    choose(app, "freq", "YTD")
    choose(app, "currency", "USD")
    sound(app)
    assert len(app.get("plotly_chart")) == CHARTS


@pytest.mark.parametrize("period", ["2022", "2025", "1949", "2026-04"])
def test_a_period_from_another_page_draws(app: AppTest, period: str) -> None:
    page(app, "services", period=period)
    sound(app)
    assert len(app.get("plotly_chart")) == CHARTS
