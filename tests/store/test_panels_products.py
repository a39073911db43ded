"""The panels of products in customs' lists, drawn from choices alone; figures as customs' tables print them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.recorded_choices import fields_read
from trade.errors import NoRows
from trade.panels import products
from trade.panels.choices import Choices
from trade.panels.panel import Panel
from trade.panels.queries import customs_commodities as commodities
from trade.panels.registry import find_panel
from trade.panels.run_context import RunContext, running
from trade.store import Store

PANELS = [
    products.items,
    products.split,
    products.prices,
    products.item,
    products.price,
    products.high_tech,
    products.new_three,
    products.robots,
]
DETAIL = {"freq": "M", "period": "2025-12", "list": "detail", "within": "electrical-equipment"}


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.key)
def test_a_panel_reads_the_choices_it_declares_and_no_others(real: Store, panel: Panel) -> None:
    more = {"freq": "M", "period": "2025-12", "product": "solar-cells", "sort": "gain"}
    assert fields_read(panel, real, {}, more) == set(panel.choices)


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.key)
def test_a_panel_is_drawn_in_both_languages(real: Store, panel: Panel) -> None:
    english, chinese = panel.draw(real, {}, "en"), panel.draw(real, {}, "zh")
    for drawn in (english, chinese):
        texts = [drawn.title, drawn.headline, drawn.takeaway, drawn.subtitle, *drawn.notes]
        assert all(texts)
        assert "⟦" not in "".join(texts)
        assert drawn.figure.data
        assert drawn.sources
    assert english.title != chinese.title
    assert english.headline != chinese.headline
    assert english.result.frame.shape == chinese.result.frame.shape


@pytest.mark.parametrize(
    ("panel", "codes", "headline"),
    [
        (
            products.items,
            {},
            "The largest group in China's exports in 2025 was mechanical and electrical products, with 16.47 trillion yuan, "
            "61.0% of the total",
        ),
        (
            products.items,
            {"flow": "import", "currency": "USD", "within": "agricultural-products"},
            "Grain (customs sense: cereals, soybeans, etc.) is the largest listed item of its group in 2025: "
            "$59.88 billion",
        ),
        (
            products.split,
            {},
            "China's exports grew by 6.1% in 2025; mechanical and electrical products added most, 5.3 percentage points; "
            "clothing and accessories took off most, 0.2 percentage points",
        ),
        (
            products.split,
            DETAIL,
            "Electrical equipment contributed +0.87 pp to the growth of exports; of its items Storage batteries most, "
            "+0.41 pp (December 2025)",
        ),
        (
            products.prices,
            {},
            "Of 71 items that customs counts and that do not overlap, 51 grew in quantity and 23 in unit value "
            "(January–December 2025)",
        ),
        (
            products.item,
            {},
            "China's exports of motor vehicles (incl. chassis) rose by 22.0% in January–December 2025; the value was "
            "1.02 trillion yuan, 3.8% of all exports",
        ),
        (
            products.price,
            {},
            "China's exports of motor vehicles (incl. chassis) in January–December 2025: the value rose by 22.0%, the "
            "quantity rose by 30.0% and the unit value fell by 6.2%",
        ),
        (
            products.price,
            {"freq": "YTD"},
            "China's exports of motor vehicles (incl. chassis) in January–July 2026: the value rose by 49.1%, the "
            "quantity rose by 53.7% and the unit value fell by 3.0%",
        ),
        (
            products.new_three,
            {},
            "China's exports of the new three (EVs, lithium-ion batteries, solar) rose by 27.1% in 2025; the value was 1.28 "
            "trillion yuan",
        ),
    ],
)
def test_headlines(real: Store, panel: Panel, codes: dict[str, str], headline: str) -> None:
    assert panel.draw(real, codes).headline.replace("\u00a0", " ") == headline


def test_quantity_and_unit_value_multiply_to_value(real: Store) -> None:
    value = products.item.draw(real, {}).result.frame.set_index("period")["growth_pct"]
    frame = products.price.draw(real, {}).result.frame.set_index("period")
    both = (1 + frame["quantity_growth_pct"] / 100) * (1 + frame["unit_value_growth_pct"] / 100)
    assert len(both) > 10
    assert (100 * (both - 1) - value.loc[both.index]).abs().max() < 0.2


def test_quantities_count_no_goods_twice(real: Store) -> None:
    """Passenger cars stand inside motor vehicles; electric ones in a group that cuts across the list."""
    shown = products.prices.draw(real, {})
    codes = set(shown.result.frame["code"])
    assert {"motor-vehicles", "ships", "computers", "storage-batteries"} <= codes
    assert codes.isdisjoint({"passenger-cars", "laptop-computers", "lithium-ion-batteries", "solar-cells"})
    assert codes.isdisjoint({"electric-passenger-vehicles", "battery-electric-passenger-cars", "materials-technology"})
    assert any("Left out: 51 items" in note for note in shown.notes)
    assert any("Drawn: the 20 largest" in note for note in shown.notes)
    assert len(shown.figure.data[0].y) == 20
    assert not any("Drawn" in note for note in products.prices.draw(real, {"freq": "M"}).notes), "all 16 are drawn"


def test_one_commodity_is_told_of_the_year_in_focus(real: Store) -> None:
    lines = {trace.name: trace.line.width for trace in products.item.draw(real, {}).figure.data}
    assert lines["2025"] > lines["2026"]
    newest = products.item.draw(real, {"freq": "YTD"})
    assert {trace.name: trace.line.width for trace in newest.figure.data}["2026"] == lines["2025"]
    dotted = [shape.x0 for shape in products.price.draw(real, {}).figure.layout.shapes if shape.x0 == shape.x1]
    assert dotted == ["2025-12-01"]


def test_contributions_add_up_to_the_whole_without_groups_that_cut_across(real: Store) -> None:
    shares = products.split.draw(real, {}).result.frame
    adding = shares.loc[shares["kind"].isin(["part", "residual"]), "contribution_pp"].sum()
    assert adding == pytest.approx(float(shares.loc[shares["kind"] == "total", "contribution_pp"].iloc[0]), abs=0.01)
    assert "overlap" not in set(shares["kind"])
    assert "overlap" in set(products.items.draw(real, {}).result.frame["kind"])


@pytest.mark.parametrize(
    ("codes", "params"),
    [
        ({}, {"flow": "export", "freq": "YTD", "currency": "CNY", "period": "2025"}),
        ({"flow": "total", "freq": "M"}, {"flow": "export", "freq": "M", "currency": "CNY", "period": "2026-07"}),
        ({"period": "2025-12"}, {"flow": "export", "freq": "YTD", "currency": "CNY", "period": "2025"}),
        ({"period": "2025", "freq": "YTD"}, {"flow": "export", "freq": "YTD", "currency": "CNY", "period": "2025-12"}),
        ({"period": "1999"}, {"flow": "export", "freq": "YTD", "currency": "CNY", "period": "2025"}),
    ],
)
def test_the_table_in_force(real: Store, codes: dict[str, str], params: dict[str, str]) -> None:
    with running(RunContext("en", codes, real)):
        assert commodities.question(Choices(codes)) == params


def test_a_list_that_the_period_lacks_gives_way_to_the_main_one(real: Store) -> None:
    for period, listed, group in (("2025-12", "detail", "electrical-equipment"), ("2026-07", "main", "all")):
        choices = Choices(DETAIL | {"period": period})
        with running(RunContext("en", {}, real)):
            params = commodities.question(choices)
            assert commodities.list_in_force(choices, params) == listed
            assert commodities.group_in_force(choices, params, listed) == group


@pytest.mark.parametrize(
    ("entered", "product"),
    [("solar-cells", "solar-cells"), ("unobtainium", "motor-vehicles"), ("crude-oil", "crude-oil")],
)
def test_an_item_is_followed_where_any_table_has_it(real: Store, entered: str, product: str) -> None:
    choices = Choices({"product": entered, "freq": "YTD", "period": "2026-07"})
    with running(RunContext("en", {}, real)):
        assert commodities.item_in_force(choices, commodities.question(choices)) == product


@pytest.mark.parametrize(
    ("panel", "codes", "reason"),
    [
        (
            products.split,
            {"list": "detail", "within": "electrical-equipment", "period": "2024"},
            "There are no contributions here: the list has no growth",
        ),
        (products.item, {"product": "crude-oil"}, "no figures for currency=CNY, flow=export"),
        (products.price, {"product": "high-tech-products"}, "no figures for"),
    ],
)
def test_what_has_no_rows_says_why(real: Store, panel: Panel, codes: dict[str, str], reason: str) -> None:
    with pytest.raises(NoRows, match=reason):
        panel.draw(real, codes)
    if panel is products.price:
        with running(RunContext("en", codes, real)):
            assert not products.has_price(Choices(codes))


def test_one_period_makes_no_line_of_prices(real: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(RunContext("en", {}, real)):
        assert products.has_price(Choices())
        params = commodities.question(Choices())
        priced = commodities.prices_over_time(params, "motor-vehicles")
        newest = replace(priced, frame=priced.frame.tail(1))
        monkeypatch.setattr("trade.panels.queries.measure", lambda *_args, **_params: newest)
        with pytest.raises(NoRows, match="Growth in quantity and in unit value of Motor vehicles"):
            commodities.prices_over_time(params, "motor-vehicles")


@pytest.mark.parametrize("key", ["new_three", "robots"])
def test_no_vintage_is_older_than_the_newest_period_drawn(real: Store, key: str) -> None:
    """Rows of customs' commodity table have no day of publication: figures to March 2026 had stood under "Newest figure
    published 14 January 2026", robots to July 2026 under 5 December 2025. The table's own vintage is its year."""
    drawn = find_panel(f"products/{key}").draw(real, {})
    assert str(drawn.result.frame["period"].max()) > "2026-02"
    assert drawn.notes[0] == "The newest of these tables was published in 2026."
