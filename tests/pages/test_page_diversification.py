"""The page on diversification, driven as a reader would: every control, links good and bad, what must be read."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, opened, page, sound, text
from trade.measures import run
from trade.panels.fields import FIELDS
from trade.store import Store

CHARTS = ["gauge", "goods", "growing", "swarm", "lorenz", "margins", "fall"]


@pytest.fixture
def app(real: Store) -> AppTest:
    """The dashboard before any page."""
    return opened()


@pytest.fixture
def diversification(app: AppTest) -> AppTest:
    """The page as a reader finds it first."""
    return page(app, "diversification")


def test_the_first_view_says_how_widely_trade_is_spread(diversification: AppTest, real: Store) -> None:
    sound(diversification)
    seen = text(diversification)
    effective = run(real, "effective_markets").frame.set_index("period")["effective_markets"]
    assert (
        f"spread as if over {effective['2025']:.1f} equal markets in 2025, after {effective['2015']:.1f} in 2015"
        in seen
    )
    assert "203 of 245 markets grew in 2025; on each of five continents at least 60%" in seen
    assert "is about exports and imports together: choose Total" in seen
    assert "are shown at the edge as triangles" in seen
    assert "Open dots" in seen
    assert "Gini coefficient" in seen
    assert (
        "If China's exports to the United States fell by 20% from the value of 2025, the total would fall by 2.2%"
        in seen
    )
    assert len(diversification.get("plotly_chart")) == len(CHARTS)


def test_the_statement_of_growing_partners_is_shown_with_its_own_numbers(diversification: AppTest) -> None:
    choose(diversification, "flow", "total")
    sound(diversification)
    assert "193 of 249 markets grew in 2025; on each of five continents at least 60%" in text(diversification)
    assert "choose Total" not in text(diversification)


@pytest.mark.parametrize("freq", FIELDS["freq"].options)
@pytest.mark.parametrize("currency", FIELDS["currency"].options)
@pytest.mark.parametrize("flow", FIELDS["flow"].options)
def test_every_flow_currency_and_frequency(app: AppTest, flow: str, currency: str, freq: str) -> None:
    page(app, "diversification", flow=flow, currency=currency, freq=freq)
    sound(app)
    assert len(app.get("plotly_chart")) == len(CHARTS)
    last = len(app.selectbox(key="scope_period").options) - 1
    app.selectbox(key="scope_period").select_index(last).run()
    sound(app)


@pytest.mark.parametrize("gauge", FIELDS["gauge"].options)
@pytest.mark.parametrize("reporter", ["CHN", "DEU"])
def test_every_gauge(app: AppTest, gauge: str, reporter: str) -> None:
    page(app, "diversification", gauge=gauge, reporter=reporter)
    sound(app)


@pytest.mark.parametrize("above", FIELDS["above"].options)
def test_every_threshold_of_active_markets(app: AppTest, above: str) -> None:
    page(app, "diversification", gauge="active", above=above)
    sound(app)
    assert "markets above the threshold in 2025" in text(app)


@pytest.mark.parametrize("continent", FIELDS["continent"].options)
def test_every_continent(diversification: AppTest, continent: str) -> None:
    choose(diversification, "continent", continent)
    sound(diversification)


@pytest.mark.parametrize("eu", FIELDS["eu"].options)
@pytest.mark.parametrize("hk", FIELDS["hk"].options)
def test_every_definition_of_a_market(app: AppTest, eu: str, hk: str) -> None:
    page(app, "diversification", eu=eu, hk=hk)
    sound(app)
    assert ("the EU as one market" in text(app)) == (eu == "one")
    assert ("without Hong Kong and Macao" in text(app)) == (hk == "out")


def test_any_economy_can_be_looked_at(diversification: AppTest) -> None:
    options = diversification.selectbox(key="scope_reporter").options
    assert len(options) > 200
    assert options[0] == "China"
    for code in ("DEU", "USA", "TWN", "SSD", "AIA", "HKG"):
        page(diversification, "diversification", reporter=code, currency="CNY", freq="M")
        sound(diversification)
        assert "come from the bilateral trade matrix" in text(diversification)


def test_a_year_after_a_gap_says_that_growth_is_not_known(app: AppTest) -> None:
    page(app, "diversification", reporter="DEU")
    assert text(app).count("There is no growth for 2023") == 2
    page(app, "diversification", reporter="DEU", period="2020")
    sound(app)
    assert "59 of 202 markets grew in 2020" in text(app)


def test_what_if_the_united_states_fell(app: AppTest, real: Store) -> None:
    page(app, "diversification", partner="USA", fall="50", elsewhere="40")
    sound(app)
    row = run(real, "market_fall", currency="CNY", market="USA", fall=50, elsewhere=40).frame.iloc[0]
    fallen = f"the total would fall by {abs(row['effect_pct']):.1f}%"
    assert f"exports to the United States fell by 50% from the value of 2025, {fallen}" in text(app)
    app.number_input(key="scope_fall").set_value(100.0).run()
    app.number_input(key="scope_elsewhere").set_value(0.0).run()
    sound(app)
    assert "States fell by 100% from the value of 2025, the total would fall by 11.1%" in text(app)


def test_every_earlier_year_to_compare_with(app: AppTest) -> None:
    page(app, "diversification", currency="USD")
    for at in range(0, len(app.selectbox(key="scope_since").options), 6):
        app.selectbox(key="scope_since").select_index(at).run()
        sound(app)


@pytest.mark.parametrize("name", ["Germany", "DEU", "zzz", "eu", "VAT"])
def test_a_market_named_in_a_link_is_marked_or_left_alone(app: AppTest, name: str) -> None:
    page(app, "diversification", partner=name)
    sound(app)
    marked = app.selectbox(key="scope_partner").value
    assert marked == {"Germany": "DEU", "DEU": "DEU", "VAT": "VAT"}.get(name, "")
