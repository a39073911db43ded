"""The panels of goods in the world, headline goods, a partner's goods and the diversification of goods, on the real store.

The expected figures stand in the sources (CEPII BACI 202601, customs' tables) or follow from them by one division.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.support.recorded_choices import fields_read
from trade.charts import sellers_and_buyers
from trade.charts.label_context import Context
from trade.errors import NoRows
from trade.panels import products_headline_goods
from trade.panels.choices import Choices
from trade.panels.fields import GOODS
from trade.panels.panel import Drawn
from trade.panels.registry import panels
from trade.panels.run_context import RunContext, running
from trade.store import Store

WORLD = ["world_share", "world_advantage", "world_rivals_time", "world_rivals", "dependence", "dependent_goods"]
HEADLINE = [
    "headline_all",
    "headline_months",
    "headline_years",
    "headline_world",
    "headline_world_years",
    "headline_buyers",
]
PANELS = [
    *(f"products/{key}" for key in (*WORLD, *HEADLINE, "hs_gap")),
    "partner/goods",
    "partner/dependence",
    "diversification/goods",
]
LINKS: list[dict[str, str]] = [{}, {"good": "machinery"}, {"reporter": "DEU"}, {"grouping": "chapter"}]


def draw(store: Store, panel: str, lang: str = "en", **link: str) -> Drawn:
    return panels()[panel].draw(store, link, lang)


def headline_of(store: Store, panel: str, **link: str) -> str:
    return draw(store, panel, **link).headline.replace("\u00a0", " ")


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_reads_the_choices_it_declares_and_no_others(real: Store, panel: str) -> None:
    assert fields_read(panels()[panel], real, *LINKS) == set(panels()[panel].choices)


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_is_whole_in_both_languages(real: Store, panel: str) -> None:
    english, chinese = draw(real, panel), draw(real, panel, "zh")
    for shown in (english, chinese):
        texts = [shown.title, shown.headline, shown.takeaway, shown.subtitle, *shown.notes]
        assert all(texts)
        if "in dollars" in shown.subtitle:
            assert "yuan" not in str(shown.figure.to_dict()), "axis and hover speak of the currency shown"
        assert "⟦" not in "".join(texts)
        assert shown.figure.data
        assert shown.sources
    assert english.headline != chinese.headline
    assert len(set(english.result.sources) - {"gacc_monthly_usd", "china_customs_1983_2013"}) == 1, "one source a chart"


@pytest.mark.parametrize("good", GOODS)
def test_every_headline_good_is_drawn_as_far_as_it_is_known(real: Store, good: str) -> None:
    coverage = products_headline_goods.HEADLINE_GOODS[good]
    unknown = {"headline_world": not coverage.world, "headline_world_years": not coverage.over_years,
               "headline_buyers": not coverage.buyers, "headline_years": good == "robots"}  # fmt: skip
    for panel in HEADLINE:
        if unknown.get(panel):
            with pytest.raises(NoRows):
                draw(real, f"products/{panel}", good=good)
        else:
            assert draw(real, f"products/{panel}", good=good).headline


def test_where_the_share_of_the_world_fell(real: Store) -> None:
    """Textiles 35.8 to 32.8% of the world's exports, other goods 42.5 to 41.6; all others rose."""
    shown = draw(real, "products/world_share")
    assert shown.headline.startswith(
        "China's share of world exports rose in 7 of 9 groups of goods since 2015, most in Vehicles, ships and aircraft"
    )
    assert shown.headline.endswith("; it fell in Textiles, clothing and footwear (−3.0 pp) and Other goods (−0.9 pp)")
    assert ") (" not in shown.headline, "the chapters of a group stand in the chart"
    chinese = draw(real, "products/world_share", "zh").headline
    assert chinese.endswith("；下降的有纺织品、服装和鞋帽（−3.0个百分点）和其他商品（−0.9个百分点）")
    many = draw(real, "products/world_share", grouping="chapter").headline
    assert re.search(r"it fell in .+ pp\), .+ pp\), .+ pp\) and \d+ others$", many)
    frame = shown.result.frame.set_index("code")
    assert sorted(frame.index[frame["change_pp"] < 0]) == ["other", "textiles"]
    assert (frame["market_share_pct"] - frame["base_share_pct"] - frame["change_pp"]).abs().max() < 1e-9
    assert "BACI" in shown.subtitle
    assert "2015–2024" in shown.subtitle
    sectors = draw(real, "products/world_share", grouping="sector")
    assert sectors.result.sources == ["wits_sectors"]
    assert draw(real, "products/world_share", since="1995").result.frame["base_period"].eq("1995").all()


def test_advantage_since_1995(real: Store) -> None:
    shown = draw(real, "products/world_advantage")
    frame = shown.result.frame.set_index("code")
    assert frame.loc["machinery", ["base_rca", "rca"]].round(2).tolist() == [0.83, 1.64]
    assert "advantage rose in 4 of 9 parts" in shown.headline
    assert any("overstated" in note for note in shown.notes), "before 2012 reconciled exports lie above customs"


def test_rivals_are_of_the_source_of_the_grouping(real: Store) -> None:
    assert draw(real, "products/world_rivals_time").result.frame["partner"].nunique() == 10
    assert draw(real, "products/world_rivals", grouping="chapter", part="85").result.sources == ["baci_chapters_hs92"]
    assert (
        "China was the largest of the 10 exporters in this source in 2024 with 25.7% of world exports"
        in headline_of(real, "products/world_rivals")
    )


def test_headline_goods_in_the_world(real: Store) -> None:
    assert "first exporter of 5 of 8 headline goods in 2024" in headline_of(real, "products/headline_all")
    batteries = headline_of(real, "products/headline_world", good="batteries")
    assert "China was the world's largest exporter in 2024 with 50.8% of world exports" in batteries
    cars = headline_of(real, "products/headline_world_years")
    assert "from 1.1% in 2019 to 9.3% in 2024" in cars


def test_a_good_at_customs_has_both_flows_quantity_and_unit_value(real: Store) -> None:
    """Chips in 2024: exports 1,135.2 bn yuan, imports 2,745.0; the year before the first table is implied by it."""
    years = draw(real, "products/headline_years", good="chips").result.frame
    sold = years[years["flow"] == "export"].set_index("period")
    assert round(sold.loc["2024", "value"] / 1e9, 1) == 1135.2
    assert sold["quantity"].notna().any()
    bought = years[years["flow"] == "import"].set_index("period")
    assert bought.iloc[0]["quality"] == "implied"
    assert bought.iloc[1:]["quality"].eq("reported").all()
    robots = draw(real, "products/headline_months", good="robots").result.frame
    assert set(robots["flow"]) == {"export", "import"}
    shown = draw(real, "products/headline_months", good="electric-cars")
    assert any("do not list imports of this good" in note for note in shown.notes)


def test_headline_goods_open_with_one_that_has_figures(real: Store) -> None:
    """Of chips customs' tables have 29 of 34 months in both flows; of electric cars three months of exports alone."""
    opened = draw(real, "products/headline_months").result.frame
    assert set(opened["flow"]) == {"export", "import"}
    assert opened["quantity"].notna().all()
    cars = Choices({"good": "electric-cars"})
    with running(RunContext("en", {}, real)):
        assert [panel.key for panel in products_headline_goods.at_customs(Choices())] == [
            "headline_months",
            "headline_years",
        ]
        assert [panel.key for panel in products_headline_goods.at_customs(cars)] == [
            "headline_years",
            "headline_months",
        ]
        assert products_headline_goods.missing(cars) == (
            "Not in the sources for this good: 13 of the 16 months from December 2024 to March 2026 and imports."
        )
        robots = Choices({"good": "robots"})
        assert [panel.key for panel in products_headline_goods.at_customs(robots)] == ["headline_months"]
        assert [panel.key for panel in products_headline_goods.in_world(robots)] == ["headline_buyers"]
        assert "figures by year" in products_headline_goods.missing(robots)
        assert products_headline_goods.in_world(Choices({"good": "high-tech"})) == ()


@pytest.mark.parametrize(("good", "unit"), [("electric-cars", "万辆"), ("ships", "艘"), ("phones", "亿部")])
def test_in_chinese_a_quantity_has_the_measure_word_of_its_good(real: Store, good: str, unit: str) -> None:
    shown = draw(real, "products/headline_years", "zh", good=good)
    quantity, unit_value = (plot.title for plot in shown.plots[1:])
    assert quantity == f"数量（{unit}）"
    assert unit_value.endswith(f"/{unit[-1]}）")
    assert f"，每{unit[-1]}" in shown.takeaway


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        ("en", ["Value, billion yuan", "Quantity, billion units", "Unit value, yuan (quantity in units)"]),
        ("zh", ["金额（亿元）", "数量（亿个）", "单位价值（元/个）"]),
    ],
)
def test_axes_of_quantities_name_their_step(real: Store, lang: str, titles: list[str]) -> None:
    """Customs, year 2025: 548.85 bn yuan and 4.68 bn lithium batteries, 117 yuan each."""
    shown = draw(real, "products/headline_years", lang, good="batteries")
    assert [plot.title for plot in shown.plots] == titles
    step = {"en": 1e9, "zh": 1e8}[lang]
    newest = [plot.series[0].values[-1] for plot in shown.plots]
    assert newest == pytest.approx([548.848e9 / step, 4.6787e9 / step, 117.31], rel=1e-4)
    drawn = [trace.y[-1] for trace in shown.figure.data]
    assert drawn == pytest.approx(newest)
    assert shown.figure.layout.yaxis.exponentformat == "none"


def test_what_a_partner_buys_and_where_it_depends(real: Store) -> None:
    bought = draw(real, "partner/goods", partner="KOR", level="subheading").result.frame.set_index("code")
    assert bought.loc["850760", "share_pct"] == pytest.approx(95.356, abs=0.001)
    beyond = draw(real, "partner/dependence", partner="KOR")
    frame = beyond.result.frame
    assert frame["share_pct"].min() > 100 * 0.4**0.5
    assert "850760" in set(frame["code"])
    assert any("CEPII GeoDep 2024 and European Commission 2021" in note for note in beyond.notes)
    with pytest.raises(NoRows, match="not available"):
        draw(real, "partner/goods", partner="BTN")


def test_the_gap_to_customs_is_explained(real: Store) -> None:
    shown = draw(real, "products/hs_gap")
    assert "came to $3.592 trillion, 0.5% more than the $3.576 trillion of customs" in shown.headline.replace(
        "\u00a0", " "
    )
    assert any("never drawn as one series" in note for note in shown.notes)
    with pytest.raises(NoRows, match="China's"):
        draw(real, "products/hs_gap", reporter="DEU")


def test_diversification_beside_another_economy_is_of_one_source(real: Store) -> None:
    frame = draw(real, "diversification/goods", reporter="DEU").result.frame
    assert set(frame["reporter"]) == {"DEU", "CHN"}
    assert frame["source_id"].nunique() == 1


def test_names_at_the_ends_of_lines_do_not_meet(real: Store) -> None:
    """The heights of the ten names, in pixels above the axis, are a line apart."""
    shown = draw(real, "products/world_rivals_time")
    highest = float(shown.result.frame["share_pct"].max())
    names = [note for note in shown.figure.layout.annotations if note.yshift is not None and "%" in (note.text or "")]
    heights = sorted(note.y / highest * 340 + note.yshift for note in names)
    assert len(heights) == 10
    assert min(after - before for before, after in pairwise(heights)) >= sellers_and_buyers.LINE - 1e-6
    assert heights[0] >= 0


def test_bars_of_deficits_lie_left_in_a_colour_of_their_own(real: Store) -> None:
    frame = draw(real, "products/hs_balance").result.frame
    figure = sellers_and_buyers.bars(
        frame, Context(currency="USD"), {"share_pct": "share_of_balance"}, column="balance"
    )
    (bar,) = figure.data
    assert min(bar.x) < 0 < max(bar.x)
    assert len(set(bar.marker.color)) == 2


@pytest.mark.parametrize(("reporter", "share"), [("IND", False), ("JPN", False), ("CHN", True)])
def test_a_share_of_a_balance_is_given_where_it_says_something(real: Store, reporter: str, share: bool) -> None:
    """India's balance is a deficit, Japan's road vehicles have more than thrice its surplus."""
    assert ("of the overall balance" in headline_of(real, "products/hs_balance", reporter=reporter)) == share


def test_quantity_and_headline_are_of_one_flow_and_period(real: Store) -> None:
    years = draw(real, "products/headline_years", good="rare-earths")
    assert "exports in 2025: 62,585 tonnes, unit value 58,480 yuan" in years.takeaway
    months = draw(real, "products/headline_months", good="electric-cars")
    assert "in March 2026" in months.headline
    assert "December 2024: " not in months.takeaway
