"""The panels of the partner page, drawn without a page: the partner in words or by code, the year, flow and currency."""

from __future__ import annotations

from contextlib import suppress

import pandas as pd
import pytest

from tests.support.recorded_choices import fields_read
from trade.errors import BadParameter, NoRows
from trade.measures import run
from trade.panels import partner, partner_names, policy_marks
from trade.panels.choices import Choices
from trade.panels.panel import Drawn, Panel
from trade.panels.registry import find_panel, keys_of
from trade.panels.run_context import RunContext, running
from trade.store import Store

PANELS = {
    panel.key: panel
    for panel in (partner.balance, partner.standing, partner.contribution, partner.months, partner.mirror)
}
NAMES = {
    "DEU": {"name_en": "Germany", "name_zh": "德国", "iso2": "DE"},
    "NER": {"name_en": "Niger", "name_zh": "尼日尔", "iso2": "NE"},
}


def drawn(store: Store, key: str, lang: str = "en", **codes: str) -> Drawn:
    return PANELS[key].draw(store, codes, lang)


def test_the_page_has_these_panels_in_this_order() -> None:
    assert list(PANELS) == ["balance", "standing", "given", "months", "mirror"]
    assert keys_of("partner") == ["balance", "standing", "given", "months", "members", "mirror", "goods", "dependence"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_every_panel_is_whole_in_both_languages(real: Store, panel: Panel, lang: str) -> None:
    shown = panel.draw(real, {"partner": "VNM"}, lang)
    assert ("Vietnam" if lang == "en" else "越南") in shown.headline
    assert shown.headline in shown.takeaway
    assert shown.result.measure.id == panel.measure
    assert shown.title
    assert shown.sources
    assert shown.figure.data
    assert "⟦" not in "".join([shown.title, shown.headline, shown.takeaway, shown.subtitle, *shown.notes])


@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_the_declared_choices_are_those_read(real: Store, panel: Panel) -> None:
    economy = {"partner": "germany", "period": "2010", "flow": "import", "marks": "none", "rates": "none"}
    assert fields_read(panel, real, {}, economy) == set(panel.choices) - {"members"}
    assert fields_read(panel, real, {"partner": "asean"}) == set(panel.choices)


@pytest.mark.parametrize("flow", ["export", "total"])
def test_a_year_known_through_partners_reports_has_no_rank(real: Store, flow: str) -> None:
    shown = drawn(real, "standing", partner="DEU", period="2021", flow=flow)
    ranks = shown.result.frame.set_index("period")["rank"]
    assert list(ranks.index[ranks.isna()]) == ["2021"]
    assert "it is not ranked" in shown.headline
    assert any(note.startswith("2021: no rank") for note in shown.notes)


def test_balance_is_in_dollars_of_the_year_in_focus(real: Store) -> None:
    shown = drawn(real, "balance", partner="DEU")
    assert (
        shown.headline
        == "China sold $25.44 billion more to Germany than it bought there in 2025: $118.3 billion against $92.84 billion"
    )
    assert shown.subtitle == "Balance with a partner · in dollars · China and Germany · 2000–2025"
    assert not any("as the partner reports its imports" in note for note in shown.notes), "China reported Germany"
    mirrored = drawn(real, "balance", partner="MEX").notes
    assert any("exports of 2021 as the partner reports its imports" in note for note in mirrored)
    row = shown.result.frame.set_index("period").loc["2025"]
    assert (row["exports"] / 1e9, row["imports"] / 1e9) == pytest.approx((118.28, 92.84), abs=0.005)
    earlier = drawn(real, "balance", partner="DEU", period="2010")
    assert earlier.headline.startswith("China bought $6.31 billion more from Germany than it sold there in 2010: ")


def test_standing_and_contribution_follow_the_flow(real: Store) -> None:
    standing = drawn(real, "standing", partner="DEU")
    assert standing.headline == "Germany is China's number 7 export market in 2025, with 3.1% of all exports"
    imports = drawn(real, "standing", partner="VNM", flow="import", period="2024")
    assert imports.headline == "Vietnam is China's number 9 source of imports in 2024, with 3.8% of all imports"
    part = drawn(real, "given", partner="DEU")
    assert part.headline == "Germany added 0.32 points to the growth of China's exports in 2025 (+5.5% in dollars)"
    assert part.subtitle == (
        "Contribution to China's growth, percentage points · Exports · in dollars · China and Germany · 2001–2025"
    )
    rows = part.result.frame.set_index("period")
    assert rows.loc["2025", "contribution_pp"] == pytest.approx(
        100 * (118281749717.85 - 107009810626.04) / (107009810626.04 / 0.02992612 * 1.0548327 / 1.055), rel=1e-5
    ), "the change in exports to Germany over China's exports of the year before, as the published +5.5% implies them"
    assert rows["contribution_pp"].notna().iloc[0], "it begins with the first year that has a contribution"


def test_months_are_in_the_currency_chosen(real: Store) -> None:
    assert drawn(real, "months", partner="DEU").headline == (
        "China sold 29.82 billion yuan more to Germany than it bought there in July 2026: 83.75 billion yuan against "
        "53.94 billion yuan"
    )
    dollars = drawn(real, "months", partner="VNM", currency="USD")
    assert dollars.headline.endswith(
        "more to Vietnam than it bought there in July 2026: $23.13 billion against $13.96 billion"
    )


def test_months_have_growth_of_both_flows(real: Store) -> None:
    """Customs' tables by country: exports to the US of May 2025 against May 2024, in dollars -34.5%."""
    shown = drawn(real, "months", partner="USA", currency="USD")
    rows = shown.result.frame.set_index("period")
    growth = 100 * (rows.loc["2025-05", "exports"] / rows.loc["2024-05", "exports"] - 1)
    assert rows.loc["2025-05", "export_growth_computed_pct"] == pytest.approx(growth)
    assert round(growth, 1) == -34.5
    assert rows.loc["2024-12", "export_growth_computed_pct"] != rows.loc["2024-12", "export_growth_computed_pct"]
    assert (
        "Exports on a year earlier, of the months shown: lowest in May 2025, −34.5%, highest in May 2026, +35.7%."
        in shown.notes
    )


def test_no_growth_by_year_across_a_break(real: Store) -> None:
    rows = drawn(real, "balance", partner="MEX").result.frame.set_index("period")
    for year in ("2021", "2022", "2023"):
        assert pd.isna(rows.loc[year, "export_growth_computed_pct"]), "the reporter or the source changed"
    assert rows.loc["2025", "export_growth_computed_pct"] == pytest.approx(
        100 * (rows.loc["2025", "exports"] / rows.loc["2024", "exports"] - 1)
    )


def marks_of(shown: Drawn) -> list[str]:
    """Hover texts of the marks of policy decisions."""
    return [text for trace in shown.figure.data if trace.yaxis == "y4" for text in trace.hovertext]


def test_decisions_are_marks_that_name_their_page(real: Store) -> None:
    shown = drawn(real, "months", partner="USA")
    texts = marks_of(shown)
    assert any("12 May 2025" in text and "Source: " in text and "Caixin" in text for text in texts)
    assert not any("10 November 2026" in text for text in texts), "later than the months drawn"
    may = shown.result.frame.set_index("period").loc["2025-05"]
    assert "China-US joint statement in Geneva" in may["policy_dates"]
    assert "https://" in may["policy_dates"]
    assert {"statements", "piie_tariffs", "global_trade_alert"} <= {source.source_id for source in shown.sources}


@pytest.mark.parametrize(("marks", "some"), [("none", False), ("export control", True), ("tariff,law,rebate", True)])
def test_the_user_chooses_the_kinds_of_decisions(real: Store, marks: str, some: bool) -> None:
    shown = drawn(real, "months", partner="USA", marks=marks, rates="none")
    assert bool(marks_of(shown)) is some
    kinds = (
        set(policy_marks.decisions("USA", tuple(marks.split(",")), "2024-01", "2026-07")["topic"]) if some else set()
    )
    assert kinds <= set(marks.split(","))
    assert ("statements" in {source.source_id for source in shown.sources}) is some


def tariffs_of(shown: Drawn) -> dict[str, list[float]]:
    """The levels of each step line of tariffs, by the first line of its hover text."""
    steps = [trace for trace in shown.figure.data if trace.yaxis == "y3"]
    return {trace.hovertext[0].partition("<br>")[0]: list(trace.y) for trace in steps}


def test_tariffs_stand_in_a_panel_of_their_own(real: Store) -> None:
    """PIIE: the US average on goods of China 19.3% since February 2020, 126.5 before and 51.1 after Geneva, 57.6 at last."""
    average = tariffs_of(drawn(real, "months", partner="USA"))
    assert average["<b>US on China</b>"] == [19.3, 20.8, 124.1, 126.5, 51.1, 57.6]
    assert average["<b>China on United States</b>"] == [21.1, 21.2, 32.6, 32.6]
    added = tariffs_of(drawn(real, "months", partner="VNM", rates="added"))
    assert set(added) == {"<b>US on Vietnam</b>", "<b>US on China</b>"}
    assert tariffs_of(drawn(real, "months", partner="DEU")) == {}, "no tariff is known of this partner"


def test_the_name_of_a_tariff_stands_beside_its_last_dot(real: Store) -> None:
    """PIIE's last levels are of September 2025, trade goes on to 2026: the names are not at the edge of the plot."""
    shown = drawn(real, "months", partner="USA")
    names = {note.text: note.x for note in shown.figure.layout.annotations if note.yref == "y3"}
    ends = {trace.x[-1] for trace in shown.figure.data if trace.yaxis == "y3"}
    assert len(names) == 2
    assert set(names.values()) == ends
    assert max(ends) < shown.figure.layout.xaxis.range[1]


def test_the_two_sources_of_tariffs_never_share_a_chart(real: Store) -> None:
    both = {"piie_tariffs", "trade_war_tracker"}
    for rates in ("average", "added"):
        sources = {source.source_id for source in drawn(real, "months", partner="USA", rates=rates).sources}
        assert len(sources & both) == 1


def test_mirror_sets_both_reports_of_one_flow_side_by_side(real: Store) -> None:
    shown = drawn(real, "mirror", partner="DEU")
    assert shown.headline == (
        "Germany reported 58.4% more than China did for China's exports in 2024: $169.5 billion against $107.0 billion"
    )
    row = shown.result.frame.set_index("period").loc["2024"]
    assert row["partner_usd"] == pytest.approx(169531634225.435), "UN Comtrade, imports of Germany from China"
    two_way = drawn(real, "mirror", partner="DEU", flow="total")
    assert two_way.headline == shown.headline, "two-way trade has no pair of reports; China's exports stand for it"
    assert drawn(real, "mirror", partner="DEU", flow="import").headline.startswith(
        "Germany reported 0.2% less than China did for China's imports in 2024"
    )


def test_without_choices_the_largest_partner_and_the_newest_year(real: Store) -> None:
    shown = drawn(real, "balance")
    assert shown.headline.startswith(
        "China sold $280.4 billion more to the United States than it bought there in 2025: "
    )
    assert shown.result.params["partner"] == partner_names.FIRST == "USA"


@pytest.mark.parametrize("text", ["DEU", "deu", "DE", " germany ", "德国"])
def test_a_partner_is_chosen_by_code_or_name(real: Store, text: str) -> None:
    assert drawn(real, "standing", partner=text).result.params["partner"] == "DEU"


@pytest.mark.parametrize(
    ("period", "year"), [("2024-07", "2024"), ("1995", "2025"), ("2010", "2010"), ("2099-01", "2025")]
)
def test_a_month_stands_for_its_year_and_an_unknown_year_for_the_newest(real: Store, period: str, year: str) -> None:
    with running(RunContext("en", {}, real)):
        assert partner.year(Choices({"period": period})) == year
    assert drawn(real, "given", period=period).headline.count(year) == 1


def test_a_text_that_names_no_economy_is_a_mistake_with_near_names(real: Store) -> None:
    with pytest.raises(BadParameter, match=r"There is no partner 'Germny'\. Did you mean .* Germany · 德国 · DEU; "):
        drawn(real, "months", partner="Germny")
    with pytest.raises(BadParameter, match=r"没有名为'Germny'的伙伴。.*德国 · Germany · DEU；"):
        drawn(real, "months", "zh", partner="Germny")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("XKX", "China's figures show no trade with Kosovo: none of the tables lists it."),
    ],
)
@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_an_economy_without_a_sheet_has_no_rows(real: Store, panel: Panel, text: str, sentence: str) -> None:
    with pytest.raises(NoRows) as gap:
        panel.draw(real, {"partner": text}, "en")
    assert str(gap.value) == sentence


@pytest.mark.parametrize(
    ("key", "codes", "sentence"),
    [
        ("given", {"partner": "ATA"}, "No two consecutive years are available from one source"),
        ("mirror", {"partner": "TUV"}, "both China and Tuvalu report these exports"),
        ("mirror", {"partner": "TUV", "flow": "import"}, "both China and Tuvalu report these imports"),
        ("given", {"partner": "CHN"}, "no figures for flow=export, partner=CHN"),
    ],
)
def test_what_the_store_lacks_is_said(real: Store, key: str, codes: dict[str, str], sentence: str) -> None:
    with pytest.raises(NoRows) as gap:
        drawn(real, key, **codes)
    assert sentence in str(gap.value)


def test_names_are_resolved_without_a_store() -> None:
    assert partner_names.resolve(" germany ", NAMES) == "DEU"
    assert partner_names.resolve("NE", NAMES) == "NER"
    assert partner_names.resolve("", NAMES) == ""
    assert partner_names.nearest("germani", NAMES)[0] == "DEU"


def test_labels_begin_with_the_name_in_the_language_of_the_run() -> None:
    with running(RunContext("en")):
        assert partner_names.label("DEU", NAMES) == "Germany · 德国 · DEU"
    with running(RunContext("zh")):
        assert partner_names.label("DEU", NAMES) == "德国 · Germany · DEU"


def test_the_summary_of_a_year_without_yuan_is_in_dollars(real: Store) -> None:
    with running(RunContext("en", {}, real)):
        assert partner.summary_currency("DEU", "2025", "CNY") == "CNY"
        assert partner.summary_currency("DEU", "2010", "CNY") == "USD"
        results = partner.up_to_year("DEU", "2010", "USD")
        assert set(results) == {"balance", "export", "import", "total"}
        assert {result.frame["period"].iloc[-1] for result in results.values()} == {"2010"}
        assert set(partner.year_to_date("DEU", "CNY")) == {"export", "import"}
        assert partner.both_reports_of_exports("TUV") is None


def test_every_partner_of_the_list_has_its_panels(real: Store) -> None:
    """Of each twentieth partner every panel draws or says which rows are missing; the balance is known of all."""
    for code in run(real, "partners").frame["partner"].tolist()[::20]:
        shown = set()
        for key in keys_of("partner"):
            with suppress(NoRows):
                assert find_panel(f"partner/{key}").draw(real, {"partner": code}, "en").headline
                shown.add(key)
        assert "balance" in shown, code


def test_quarters_are_not_called_months(real: Store) -> None:
    quarters, months = (drawn(real, "months", partner="brics", freq=freq) for freq in ("Q", "M"))
    assert "Two lines by quarter since Q1 2024" in quarters.takeaway
    assert any("of the quarters shown: lowest in Q" in note for note in quarters.notes)
    assert not any("Lunar New Year" in note for note in quarters.notes)
    assert "Two lines by month since January 2024" in months.takeaway
    assert any("Lunar New Year" in note for note in months.notes)
