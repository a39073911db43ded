"""The panels of services, drawn without a page: two counts under one name, categories, digital trade, investment."""

from __future__ import annotations

import pytest

from tests.support.recorded_choices import fields_read
from trade.measures import run
from trade.panels import services
from trade.panels.fields import FIELDS
from trade.panels.panel import Drawn
from trade.panels.registry import find_panel, keys_of
from trade.panels.run_context import RunContext, running
from trade.store import Store

KEYS = ["quarters", "balance", "categories", "ministry", "digital", "ecommerce", "capital", "investment"]
EVERY_CHOICE = {"service": "travel", "counted": "knowledge-intensive", "freq": "YTD", "period": "2022", "currency": "USD"}  # fmt: skip


def drawn(store: Store, key: str, lang: str = "en", **codes: str) -> Drawn:
    return find_panel(f"services/{key}").draw(store, codes, lang)


def test_the_page_has_these_panels_in_this_order() -> None:
    assert keys_of("services") == KEYS


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("key", KEYS)
def test_every_panel_is_whole_in_both_languages(real: Store, key: str, lang: str) -> None:
    panel = find_panel(f"services/{key}")
    for codes in ({}, EVERY_CHOICE):
        shown = panel.draw(real, codes, lang)
        assert shown.headline in shown.takeaway
        assert shown.result.measure.id == panel.measure
        assert shown.sources
        assert shown.figure.data
        assert "⟦" not in "".join([shown.title, shown.headline, shown.takeaway, shown.subtitle, *shown.notes])


@pytest.mark.parametrize("key", KEYS)
def test_the_declared_choices_are_those_read(real: Store, key: str) -> None:
    panel = find_panel(f"services/{key}")
    assert fields_read(panel, real) == fields_read(panel, real, EVERY_CHOICE) == set(panel.choices)


def test_the_balance_of_2025_is_the_sum_of_its_quarters(real: Store) -> None:
    """SAFE: the first quarter -425.8, the third -352.0, the fourth -343.5, the first three -1,116.6 bn yuan."""
    shown = drawn(real, "quarters")
    assert shown.headline == "China bought 1.46 trillion yuan more services than it sold in 2025 (balance of payments)"
    assert shown.result.frame["balance"].sum() / 1e9 == pytest.approx(-1116.6 - 343.5)
    hatched = list(shown.figure.data[0].marker.pattern.shape)
    assert hatched == ["", "/", "", ""], "only the second quarter is derived"


def test_the_two_counts_never_share_a_chart(real: Store) -> None:
    ministry = {source.source_id for source in drawn(real, "ministry").sources}
    assert ministry == {"mofcom_services"}
    for key in ("quarters", "balance", "categories", "digital"):
        assert not ministry & {source.source_id for source in drawn(real, key).sources}


def test_every_category_of_the_history_has_both_flows_and_its_own_headline(real: Store) -> None:
    assert set(services.CATEGORIES) == set(FIELDS["service"].options)
    headlines = {drawn(real, "balance", service=code).headline for code in services.CATEGORIES}
    assert len(headlines) == len(services.CATEGORIES)
    travel = drawn(real, "balance", service="travel")
    assert travel.headline == "Travel: China bought $105.2 billion more than it sold in 2022 (balance of payments)"
    assert any("share published by the World Bank" in note for note in travel.notes)


def test_categories_of_a_month_and_of_a_year(real: Store) -> None:
    """SAFE, April 2026: travel 41.8 and 129.7, telecommunications and computers 66.1 and 28.0 bn yuan."""
    month = drawn(real, "categories")
    assert month.headline == (
        "Telecommunications, computer and information services had the largest surplus in April 2026, 38.10 billion yuan,"
        " travel the largest deficit, 87.90 billion yuan"
    )
    travel = month.result.frame.set_index("item").loc["Travel"]
    assert (travel["exports"] / 1e9, travel["imports"] / 1e9) == (pytest.approx(41.8), pytest.approx(129.7))
    year = drawn(real, "categories", period="2022")
    assert set(year.result.frame["currency"]) == {"USD"}
    assert any("not to be added" in note for note in year.notes)
    with running(RunContext("en", {}, real)):
        assert list(services.periods())[-1] == "2026-04"
        assert "2022" in services.periods()


def test_the_ministrys_year_to_date_shows_printed_rates_on_the_base_of_2026(real: Store) -> None:
    """Ministry of Commerce: January to July 2026 4,446.71 bn yuan, +8.3%."""
    shown = drawn(real, "ministry", freq="YTD")
    assert (
        shown.headline
        == "China's trade in services rose by 8.3% in January–July 2026; the value was 4.45 trillion yuan"
    )
    assert any("base that the ministry revised" in note for note in shown.notes)
    assert any("January–March 2026" in note for note in shown.notes), "printed as above 1.8 trillion"
    travel = drawn(real, "ministry", freq="YTD", counted="travel")
    assert travel.result.frame.set_index("period").loc["2025-06", "growth_pct"] == 12.3


def test_electronic_commerce_shows_printed_growth_alone(real: Store) -> None:
    shown = drawn(real, "ecommerce")
    rates = shown.result.frame.set_index("period")["growth_pct"].dropna()
    assert list(shown.figure.data[1].y)[-1] is None or str(list(shown.figure.data[1].y)[-1]) == "nan", "2025 has none"
    assert rates["2024"] == 10.8


def test_capital_used_is_never_in_two_currencies_at_once(real: Store) -> None:
    for currency in ("CNY", "USD"):
        assert set(drawn(real, "capital", currency=currency).result.frame["currency"]) == {currency}
    assert drawn(real, "capital").headline.startswith("Foreign capital actually used in China fell by 9.5% in 2025")


def test_investment_has_both_directions_as_the_world_bank_prints_them(real: Store) -> None:
    shown = drawn(real, "investment").result.frame.set_index("period")
    abroad = run(real, "foreign_investment", concept=services.PAYMENTS, direction="outflow").frame.set_index("period")
    assert shown.loc["2022", "inflow"] == 180166881000
    assert shown.loc["2022", "outflow"] == abroad.loc["2022", "value"]
