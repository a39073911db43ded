"""The panels of the partner page, drawn without a page: the partner in words or by code, the year, flow and currency."""

from __future__ import annotations

import pytest

from tests.support.recorded_choices import fields_read
from trade.errors import BadParameter, NoRows
from trade.panels import partner, partner_names
from trade.panels.choices import Choices
from trade.panels.panel import Drawn, Panel
from trade.panels.registry import keys_of
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
    assert keys_of("partner") == list(PANELS) == ["balance", "standing", "given", "months", "mirror"]


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
    assert fields_read(panel, real) == set(panel.choices)
    assert fields_read(panel, real, {"partner": "germany", "period": "2010", "flow": "import"}) == set(panel.choices)


def test_balance_is_in_dollars_of_the_year_in_focus(real: Store) -> None:
    shown = drawn(real, "balance", partner="DEU")
    assert shown.headline == "China sold $25.44 billion more to Germany than it bought in 2025"
    assert shown.subtitle == "Balance with a partner · in dollars · China and Germany · 2000–2025"
    assert not any("as the partner reports its imports" in note for note in shown.notes), "China reported Germany"
    mirrored = drawn(real, "balance", partner="MEX").notes
    assert any("exports of 2021 as the partner reports its imports" in note for note in mirrored)
    row = shown.result.frame.set_index("period").loc["2025"]
    assert (row["exports"] / 1e9, row["imports"] / 1e9) == pytest.approx((118.28, 92.84), abs=0.005)
    earlier = drawn(real, "balance", partner="DEU", period="2010")
    assert earlier.headline == "China bought $6.31 billion more from Germany than it sold in 2010"


def test_standing_and_contribution_follow_the_flow(real: Store) -> None:
    standing = drawn(real, "standing", partner="DEU")
    assert standing.headline == "Germany is China's number 7 export market in 2025, with 3.1 % of all exports"
    imports = drawn(real, "standing", partner="VNM", flow="import", period="2024")
    assert imports.headline == "Vietnam is China's number 9 source of imports in 2024, with 3.8 % of all imports"
    part = drawn(real, "given", partner="DEU")
    assert part.headline == "Germany added +0.32 pp to the +5.5 % growth of China's exports in 2025"
    assert part.subtitle == (
        "Contribution to China's growth, percentage points · Exports · in dollars · China and Germany · 2001–2025"
    )
    rows = part.result.frame.set_index("period")
    assert rows.loc["2025", "contribution_pp"] == pytest.approx(
        100 * (118281749717.85 - 107009810626.04) / (107009810626.04 / 0.02992612), rel=1e-5
    ), "the change in exports to Germany over China's exports of the year before"
    assert rows["contribution_pp"].notna().iloc[0], "it begins with the first year that has a contribution"


def test_months_are_in_the_currency_chosen(real: Store) -> None:
    assert drawn(real, "months", partner="DEU").headline == (
        "July 2026: exports of 83.75 billion yuan to Germany, imports of 53.94 billion yuan"
    )
    dollars = drawn(real, "months", partner="VNM", currency="USD")
    assert dollars.headline == "July 2026: exports of $23.13 billion to Vietnam, imports of $13.96 billion"


def test_mirror_sets_both_reports_of_one_flow_side_by_side(real: Store) -> None:
    shown = drawn(real, "mirror", partner="DEU")
    assert (
        shown.headline == "For 2024 Germany reports 58.4 % more than China does: $169.5 billion against $107.0 billion"
    )
    row = shown.result.frame.set_index("period").loc["2024"]
    assert row["partner_usd"] == pytest.approx(169531634225.435), "UN Comtrade, imports of Germany from China"
    two_way = drawn(real, "mirror", partner="DEU", flow="total")
    assert two_way.headline == shown.headline, "two-way trade has no pair of reports; China's exports stand for it"
    assert drawn(real, "mirror", partner="DEU", flow="import").headline.startswith(
        "For 2024 Germany reports 0.2 % less"
    )


def test_without_choices_the_largest_partner_and_the_newest_year(real: Store) -> None:
    shown = drawn(real, "balance")
    assert shown.headline == "China sold $280.4 billion more to United States than it bought in 2025"
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
        ("eu", "The European Union as one has no sheet of its own: choose one of its members."),
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
        ("given", {"partner": "ATA"}, "No two years in a row are known from one source"),
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
