"""The panels of the outlook, drawn without a page: forecasts, the year so far, and the user's own assumptions."""

from __future__ import annotations

from datetime import date

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

KEYS = ["forecasts", "volume", "so_far", "rest", "base", "carry", "scenario", "events", "errors"]
EVERY_CHOICE = {
    "subject": "world-gdp", "target": "2025", "flow": "import", "currency": "USD", "rest": "2", "assume": "none",
    "elasticity": "0.5", "demand": "asia:1", "shocks": "JPN:3", "event": "law",
}  # fmt: skip


TODAY = date(2026, 11, 28)


def drawn(store: Store, key: str, lang: str = "en", today: date = TODAY, **codes: str) -> Drawn:
    return find_panel(f"outlook/{key}").draw(store, codes, lang, today)


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
        "forecasts": "The WTO raised its forecast for 2026 (goods, volume) from 0.5% to 1.9%",
        "volume": "China's exports grew 8.5% in volume in 2025, world trade 4.2%; the WTO expects 1.9% for 2026",
        "so_far": "China's exports rose by 14.6% in January–August 2026, while forecasts for world trade in the year run from +1.9% "
        "to +2.8%",
        "rest": "With a change of +5.0% in the months after August 2026, China's exports would grow by 11.2% in 2026, to "
        "30.02 trillion yuan",
        "base": "The level of September 2025 lowers the growth of China's exports in September 2026 by 3.6 percentage points "
        "against the month before",
        "carry": "The level of the last quarter of 2025, held for a year, would put China's exports of 2026 5.0% above the year before",
        "scenario": "Under these assumptions exports grow 18.9% in 2026; largest effect: Hong Kong, China, +4.23 pp",
        "events": "Next on the calendar: Export VAT rebate for battery products cancelled, 1 January 2027",
        "errors": "3 of 6 forecasts for 2025 can be scored",
    }


def test_forecasts_of_another_subject_and_year(real: Store) -> None:
    shown = drawn(real, "forecasts", subject="world-gdp", target="2025")
    assert shown.headline == "World GDP, growth in 2025: forecasts run from 2.6% to 3.2%"
    assert "IMF 3.4% (14 April 2026, estimate)" in shown.takeaway.replace("\u00a0", " "), "3.4 came after the year"
    assert shown.subtitle == "Forecasts · World GDP · growth in 2025, % · by forecaster and date"
    assert (shown.result.frame["figure"].min(), shown.result.frame["figure"].max()) == (2.6, 3.4)
    assert (
        drawn(real, "forecasts", subject="china-gdp", target="2027").headline
        == "China's GDP, growth in 2027: 4.0%, forecast by IMF"
    )
    with pytest.raises(NoRows, match="figures run from 2025 to 2027"):
        run(real, "forecasts", subject="china-gdp", year=2024)


def test_a_forecaster_who_revised_twice_is_told_by_the_newest_revision(real: Store) -> None:
    """The IMF: 3.3% in January, 3.1% in April, 3.0% in July 2026."""
    drawn = find_panel("outlook/forecasts").draw(real, {"subject": "world-gdp", "target": "2026"})
    assert drawn.headline.replace("\u00a0", " ") == "The IMF cut its forecast for 2026 (GDP) from 3.1% to 3.0%"


def test_what_is_published_after_the_year_revises_no_forecast(real: Store) -> None:
    """The WTO: 0.9% in August and 2.4% in October 2025; the 4.6% of March 2026 is the outturn."""
    shown = drawn(real, "forecasts", target="2025")
    assert shown.headline == "The WTO raised its forecast for 2025 (goods, volume) from 0.9% to 2.4%"
    assert "WTO 4.6% (19 March 2026, estimate)" in shown.takeaway
    assert "estimate" not in drawn(real, "forecasts", target="2027").takeaway


def test_forecasts_of_unlike_things_are_told_apart(real: Store) -> None:
    assert "WTO −4.9% (imports of North America, volume)" in drawn(real, "errors").takeaway


def test_the_rest_of_the_year_is_arithmetic_on_the_users_number(real: Store) -> None:
    shown = drawn(real, "rest", rest="-10")
    row = shown.result.frame.set_index("assumption").loc["asked"]
    value = row["so_far"] + 0.9 * row["base_rest"]
    assert row["value"] == pytest.approx(value)
    assert row["growth_pct"] == pytest.approx(100 * (value / (row["base_so_far"] + row["base_rest"]) - 1))
    assert drawn(real, "rest", rest="0").headline.startswith(
        "With a change of 0.0% in the months after August 2026, China's exports would grow by 9.5% in 2026"
    )


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
        "Asia, Europe, Latin America, North America, Oceania 0.0% (no growth assumed).",
        "Africa 10.0% (set by you).",
        "Shock to United States −20.0%.",
        "Shock to Mexico 5.0%.",
    )


def test_markets_and_continents_that_are_not_offered_are_left_out(real: Store) -> None:
    known = drawn(real, "scenario", demand="africa:10", shocks="USA:-20")
    assert drawn(real, "scenario", demand="mars:5,africa:10", shocks="QQQ:3,USA:-20").result is known.result


def test_at_most_six_shocks_those_named_first(real: Store) -> None:
    codes = ["VNM", "USA", "JPN", "KOR", "DEU", "IND", "BRA"]
    with running(RunContext("en", {}, real)):
        shocks = outlook.shocks(Choices({"shocks": ",".join(f"{code}:5" for code in codes)}))
    assert list(shocks) == codes[:6]


@pytest.mark.parametrize(
    ("today", "headline"),
    [
        (date(2026, 11, 9), "Next on the calendar: Expiry of US-China tariff truce, 10 November 2026"),
        (date(2026, 11, 10), "Next on the calendar: Export VAT rebate for battery products cancelled, 1 January 2027"),
        (date(2027, 1, 1), "The list of 47 policy events ends on 1 January 2027; none is still to come"),
        (date(2028, 6, 30), "The list of 47 policy events ends on 1 January 2027; none is still to come"),
    ],
)
def test_what_is_past_is_not_next(real: Store, today: date, headline: str) -> None:
    shown = drawn(real, "events", today=today)
    assert shown.headline == headline
    behind, ahead = (len(trace.x) for trace in shown.figure.data)
    assert behind + ahead == 47
    assert ahead == int((shown.result.frame["period_start"] > str(today)).sum())


def test_the_default_scenario_starts_from_the_months_known(real: Store) -> None:
    """The pace of a market is its exports of January to July 2026 over those of 2025, in dollars; without shocks their
    sum is the growth of all exports by partner."""
    rows = drawn(real, "scenario").result.frame.set_index("partner")
    months = {
        year: run(real, "partner", partner="USA", freq="YTD", currency="USD", last=f"{year}-07").frame.iloc[-1]["value"]
        for year in ("2025", "2026")
    }
    assert rows.loc["USA", "demand_pct"] == pytest.approx(100 * (months["2026"] / months["2025"] - 1))
    assert rows.loc["USA", "assumption"] == "pace, 2026-07"
    assert rows.loc["world", "growth_pct"] == pytest.approx(18.9, abs=0.05)
    shocked = drawn(real, "scenario", shocks="USA:-50", elasticity="3").result.frame.set_index("partner")
    assert shocked.loc["JPN", "growth_pct"] == pytest.approx(rows.loc["JPN", "growth_pct"]), "no elasticity on a pace"
    assert shocked.loc["USA", "growth_pct"] < rows.loc["USA", "growth_pct"] - 40


def test_the_barometer_is_an_index_not_a_rate(real: Store) -> None:
    """WTO, 9 September 2026: 102.0."""
    shown = drawn(real, "forecasts", subject="barometer")
    assert shown.headline == "The WTO's barometer of goods trade stood at 102.0 on 9 September 2026; 100 is its trend"
    texts = [annotation.text for annotation in shown.figure.layout.annotations if annotation.text]
    assert "<b>102.0</b>" in texts
    assert shown.figure.layout.xaxis.ticksuffix is None
    assert shown.figure.layout.xaxis.range[0] > 100


def test_events_of_one_kind(real: Store) -> None:
    every, rebates = drawn(real, "events").result.frame, drawn(real, "events", event="rebate").result.frame
    assert set(rebates["event"]) == set(every.loc[every["topic"] == "rebate", "event"])
    assert 0 < len(rebates) < len(every)


def test_the_names_of_months_under_base_effects_have_room_on_a_phone(real: Store) -> None:
    """`10月11月12月` stood under the bars as one word."""
    shown = drawn(real, "base", "zh").figure.layout.xaxis.tickvals
    assert shown == ("1月", "3月", "5月", "7月", "9月", "11月")


@pytest.mark.parametrize(("lang", "form"), [("en", "%b\n%Y"), ("zh", "%-m月\n%Y年")])
def test_dates_of_policy_have_their_year_below_the_month(real: Store, lang: str, form: str) -> None:
    """Month and year on one line meet on a phone, and the last date loses its label where the margin is narrow."""
    figure = drawn(real, "events", lang).figure
    assert (figure.layout.xaxis.tickformat, figure.layout.xaxis.dtick) == (form, "M6")
    assert figure.layout.margin.r >= 28
    longest = max(len(line) for text in figure.data[0].hovertext for line in text.split("<br>")[1:])
    assert longest <= 46, "Chinese, which has no spaces, is broken into lines too"


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
