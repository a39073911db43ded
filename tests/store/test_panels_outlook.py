"""The panels of the outlook, drawn without a page: forecasts, the year so far, and the user's own assumptions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.support.recorded_choices import fields_read
from trade.errors import NoRows
from trade.measures import run
from trade.panels import outlook
from trade.panels.choices import Choices, read_numbers, write_numbers
from trade.panels.fields import CONTINENTS, FIELDS
from trade.panels.panel import Drawn, Panel
from trade.panels.registry import find_panel, keys_of
from trade.panels.run_context import RunContext, running
from trade.store import Store

KEYS = ["forecasts", "so_far", "rest", "base", "carry", "scenario", "events", "errors"]
EVERY_CHOICE = {
    "subject": "world-gdp", "target": "2025", "flow": "import", "currency": "USD", "rest": "2", "assume": "none",
    "elasticity": "0.5", "demand": "asia:1", "shocks": "JPN:3", "event": "law",
}  # fmt: skip


def drawn(store: Store, key: str, lang: str = "en", **codes: str) -> Drawn:
    return find_panel(f"outlook/{key}").draw(store, codes, lang)


def test_the_page_has_these_panels_in_this_order() -> None:
    assert keys_of("outlook") == KEYS


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("key", KEYS)
def test_every_panel_is_whole_in_both_languages(real: Store, key: str, lang: str) -> None:
    panel: Panel = find_panel(f"outlook/{key}")
    for codes in ({}, EVERY_CHOICE):
        shown = panel.draw(real, codes, lang)
        assert shown.headline in shown.takeaway
        assert shown.result.measure.id == panel.measure
        assert shown.title
        assert shown.sources
        assert shown.figure.data
        assert "⟦" not in "".join([shown.title, shown.headline, shown.takeaway, shown.subtitle, *shown.notes])


@pytest.mark.parametrize("key", KEYS)
def test_the_declared_choices_are_those_read(real: Store, key: str) -> None:
    panel = find_panel(f"outlook/{key}")
    assert fields_read(panel, real) == fields_read(panel, real, EVERY_CHOICE) == set(panel.choices)


def test_without_choices_the_questions_of_2026(real: Store) -> None:
    headlines = {key: drawn(real, key).headline for key in KEYS}
    assert headlines == {
        "forecasts": "The WTO raised its forecast for 2026 (goods, volume) from 0.5 % to 1.9 %",
        "so_far": "Exports grew 14.6 % in January–August 2026; world trade was expected to grow 1.9 % to 2.8 %",
        "rest": "If the months to come grow +5.0 %, 2026 ends at +11.2 %",
        "base": "A strong September 2025 will take 3.6 points from the growth rate of September 2026",
        "carry": "Had exports stood still at the level of late 2025, 2026 would still grow +5.0 %",
        "scenario": "Under these assumptions exports grow 1.9 % in 2026; largest effect: United States, +0.21 pp",
        "events": "Next on the calendar: Expiry of US-China tariff truce, 10 November 2026",
        "errors": "3 of 6 forecasts for 2025 can be scored",
    }


def test_forecasts_of_another_subject_and_year(real: Store) -> None:
    shown = drawn(real, "forecasts", subject="world-gdp", target="2025")
    assert shown.headline == "Forecasts of World GDP in 2025 run from 2.6 % to 3.4 %"
    assert shown.subtitle == "Forecasts · World GDP · growth in 2025, % · by forecaster and date"
    assert (shown.result.frame["figure"].min(), shown.result.frame["figure"].max()) == (2.6, 3.4)
    assert drawn(real, "forecasts", subject="china-gdp", target="2027").headline == "IMF expected 4.0 % for 2027"
    with pytest.raises(NoRows, match="figures run from 2025 to 2027"):
        run(real, "forecasts", subject="china-gdp", year=2024)


def test_the_rest_of_the_year_is_arithmetic_on_the_users_number(real: Store) -> None:
    shown = drawn(real, "rest", rest="-10")
    row = shown.result.frame.set_index("assumption").loc["asked"]
    value = row["so_far"] + 0.9 * row["base_rest"]
    assert row["value"] == pytest.approx(value)
    assert row["growth_pct"] == pytest.approx(100 * (value / (row["base_so_far"] + row["base_rest"]) - 1))
    assert drawn(real, "rest", rest="0").headline == "If the months to come grow 0.0 %, 2026 ends at +9.5 %"


@pytest.mark.parametrize(
    ("key", "beyond", "limit"),
    [
        ("rest", {"rest": "500"}, {"rest": "100"}),
        ("rest", {"rest": "-80"}, {"rest": "-50"}),
        ("scenario", {"elasticity": "9"}, {"elasticity": "5"}),
        ("scenario", {"elasticity": "-1"}, {"elasticity": "0"}),
        ("scenario", {"demand": "asia:-500"}, {"demand": "asia:-100"}),
        ("scenario", {"shocks": "USA:300"}, {"shocks": "USA:100"}),
    ],
)
def test_numbers_beyond_their_limits_are_drawn_at_the_limit(
    real: Store, key: str, beyond: dict[str, str], limit: dict[str, str]
) -> None:
    assert drawn(real, key, **beyond).result.params == drawn(real, key, **limit).result.params
    assert drawn(real, key, **beyond).result.params != drawn(real, key).result.params


def test_every_assumption_of_the_scenario_counts_and_is_said(real: Store) -> None:
    shown = drawn(real, "scenario", demand="africa:10", shocks="USA:-20,MEX:5", elasticity="1.5", assume="none")
    rows = shown.result.frame.set_index("partner")
    assert rows.loc["USA", "contribution_pp"] == pytest.approx(-0.2 * rows.loc["USA", "share_pct"])
    assert rows.loc["ZAF", "contribution_pp"] == pytest.approx((1.1**1.5 - 1) * rows.loc["ZAF", "share_pct"])
    assert rows.loc["FRA", "contribution_pp"] == 0
    parts = rows[rows["kind"] == "part"]
    assert rows.loc["world", "growth_pct"] == pytest.approx(parts["contribution_pp"].sum())
    assert shown.notes[-5:] == (
        "Elasticity 1.5.",
        "Asia, Europe, Latin America, North America, Oceania 0.0 % (no growth assumed).",
        "Africa 10.0 % (given by you).",
        "Shock to United States −20.0 %.",
        "Shock to Mexico 5.0 %.",
    )


def test_markets_and_continents_that_are_not_offered_are_left_out(real: Store) -> None:
    known = drawn(real, "scenario", demand="africa:10", shocks="USA:-20")
    assert drawn(real, "scenario", demand="mars:5,africa:10", shocks="QQQ:3,USA:-20").result is known.result


def test_at_most_six_shocks_those_named_first(real: Store) -> None:
    codes = ["VNM", "USA", "JPN", "KOR", "DEU", "IND", "BRA"]
    with running(RunContext("en", {}, real)):
        shocks = outlook.shocks(Choices({"shocks": ",".join(f"{code}:5" for code in codes)}))
    assert list(shocks) == codes[:6]


def test_events_of_one_kind(real: Store) -> None:
    every, rebates = drawn(real, "events").result.frame, drawn(real, "events", event="rebate").result.frame
    assert set(rebates["event"]) == set(every.loc[every["topic"] == "rebate", "event"])
    assert 0 < len(rebates) < len(every)


def test_markets_are_offered_largest_first_in_the_language_of_the_run(real: Store) -> None:
    with running(RunContext("zh", {}, real)):
        names = outlook.markets()
    assert next(iter(names)) == "USA"
    assert names["USA"] == "美国"
    assert len(names) > 200


def test_numbers_of_chosen_codes_need_no_store() -> None:
    choices = Choices({"shocks": "USA:-20,QQQ:1,DEU:500,JPN:2"})
    assert choices.numbers_of_chosen("shocks", ["DEU", "JPN", "USA"], -100, 100, most=2) == {"USA": -20, "DEU": 100}
    assert Choices().numbers_of_chosen("shocks", ["USA"], -100, 100, most=2) == {}


@given(some.dictionaries(some.sampled_from(CONTINENTS), some.integers(-999, 999).map(lambda tenths: tenths / 10)))
def test_numbers_survive_their_own_code(numbers: dict[str, float]) -> None:
    code = write_numbers(numbers)
    assert read_numbers(code) == pytest.approx(numbers)
    assert not code or FIELDS["demand"].accepts(code)
