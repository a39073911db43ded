"""The outlook, driven as a reader would: every forecast, every assumption, links good and bad."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, opened, page, sound, text
from trade.panels.fields import FIELDS
from trade.store import Store

CHARTS = 9


@pytest.fixture
def app(real: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The dashboard before any page, on 28 November 2026."""
    monkeypatch.setattr("trade.ui.core.user_clock.today", lambda: date(2026, 11, 28))
    return opened()


@pytest.fixture
def outlook(app: AppTest) -> AppTest:
    """The page as a reader finds it first."""
    return page(app, "outlook")


def headlines(app: AppTest) -> str:
    return "\n".join(one.value for one in app.subheader).replace("\u00a0", " ").replace("\\", "")


def test_each_question_has_its_chart_with_source(outlook: AppTest) -> None:
    sound(outlook)
    assert len(outlook.get("plotly_chart")) == CHARTS
    seen = headlines(outlook)
    assert "The WTO raised its forecast for 2026 (goods, volume) from 0.5% to 1.9%" in seen
    assert (
        "China's exports rose by 14.6% in January–August 2026, while forecasts for world trade in the year run from"
        in seen
    )
    assert "+1.9% to +2.8%" in seen
    assert (
        "The level of September 2025 lowers the growth of China's exports in September 2026 by 3.6 percentage points"
        in seen
    )
    assert (
        "The level of the last quarter of 2025, held for a year, would put China's exports of 2026 5.0% above the year before"
        in seen
    )
    assert "Next on the calendar: Export VAT rebate for battery products cancelled, 1 January 2027" in seen


def test_forecasts_are_scored_where_an_outturn_is_known(outlook: AppTest) -> None:
    assert "3 of 6 forecasts for 2025 can be scored" in headlines(outlook)
    seen = text(outlook)
    assert "China's own growth is no benchmark here" in seen
    assert "The WTO estimates growth in the first half of the year at 4.9%" in seen


@pytest.mark.parametrize("subject", FIELDS["subject"].options)
def test_every_subject_and_year_draws_or_says_why_not(outlook: AppTest, subject: str) -> None:
    choose(outlook, "subject", subject)
    for year in FIELDS["target"].options:
        choose(outlook, "target", year)
        assert not outlook.exception
        assert not outlook.error


@pytest.mark.parametrize("currency", FIELDS["currency"].options)
@pytest.mark.parametrize("flow", FIELDS["flow"].options)
def test_every_flow_and_currency(outlook: AppTest, flow: str, currency: str) -> None:
    choose(outlook, "flow", flow)
    choose(outlook, "currency", currency)
    sound(outlook)
    assert len(outlook.get("plotly_chart")) == CHARTS


@pytest.mark.parametrize("event", FIELDS["event"].options)
def test_every_kind_of_event_is_listed_with_its_pages(outlook: AppTest, event: str) -> None:
    choose(outlook, "event", event)
    sound(outlook)
    assert any(one.value.startswith("- **") and "](http" in one.value for one in outlook.markdown)


def test_every_assumption_is_a_control_and_stands_beside_the_result(app: AppTest) -> None:
    page(app, "outlook", demand="africa:10", shocks="USA:-20,MEX:5", elasticity="1.5", assume="none")
    sound(app)
    seen = text(app)
    for note in (
        "Elasticity 1.5",
        "Africa 10.0% (set by you)",
        "Shock to United States −20.0%",
        "Shock to Mexico 5.0%",
    ):
        assert note in seen
    assert "exports fall" in headlines(app)
    by_key = {one.key: one for one in app.number_input}
    by_key["scope_shocks_USA"].set_value(0.0).run()
    assert app.query_params["shocks"] == "MEX:5,USA:0"
    assert "exports grow" in headlines(app)


def test_a_shock_is_added_and_taken_away(outlook: AppTest) -> None:
    (markets,) = outlook.multiselect
    markets.set_value(["DEU"]).run()
    assert outlook.query_params["shocks"] == "DEU:-20"
    assert "Shock to Germany −20.0%" in text(outlook)
    outlook.multiselect[0].set_value([]).run()
    assert "shocks" not in outlook.query_params


def test_the_rest_of_the_year_is_the_readers_assumption(outlook: AppTest) -> None:
    by_key = {one.key: one for one in outlook.number_input}
    by_key["scope_rest"].set_value(0.0).run()
    seen = headlines(outlook)
    assert "With a change of 0.0% in the months after August 2026, China's exports would grow by 9.5% in 2026" in seen
    assert outlook.query_params["rest"] == "0"


@pytest.mark.parametrize(
    "link",
    [
        {"shocks": "QQQ:5"},
        {"demand": "mars:5"},
        {"rest": "999"},
        {"elasticity": "x"},
        {"target": "1999"},
        {"event": "war"},
    ],
)
def test_links_that_are_not_understood_draw_a_page(app: AppTest, link: dict[str, str]) -> None:
    page(app, "outlook", **link)
    sound(app)
    assert len(app.get("plotly_chart")) == CHARTS
