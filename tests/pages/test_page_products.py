"""The page of products, driven as a reader would: every control, links good and bad, what must be read."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, opened, page, sound, text
from trade.errors import NoRows
from trade.panels.fields import FIELDS
from trade.panels.registry import find_panel
from trade.store import Store

CHARTS = ["items", "split", "prices", "item", "price"]
THEMES = ["high_tech", "new_three", "robots"]


@pytest.fixture
def app(real: Store) -> AppTest:
    """The dashboard before any page."""
    return opened()


@pytest.fixture
def products(app: AppTest) -> AppTest:
    """The page as a reader finds it first."""
    return page(app, "products")


def test_the_first_view_answers_the_questions_of_the_issue(products: AppTest) -> None:
    sound(products)
    seen = text(products)
    assert (
        "The largest group in China's exports in 2025 was mechanical and electrical products, with 16.47 trillion yuan"
        in seen
    )
    assert (
        "China's exports grew by 6.1% in 2025; mechanical and electrical products added most, 5.3 percentage points"
        in seen
    )
    assert "they are never added to them" in seen
    assert len(products.get("plotly_chart")) == len(CHARTS)


@pytest.mark.parametrize("link", [{"section": "themes"}, {"chart": "robots"}])
def test_the_second_tab_has_the_themes_and_opens_for_a_link_to_one_of_them(app: AppTest, link: dict[str, str]) -> None:
    page(app, "products", **link)
    sound(app)
    seen = text(app)
    assert (
        "China's high-tech exports rose by 13.2% in 2025 as stated, to 5.25 trillion yuan, and rose by 8.0% to 6.78 "
        "trillion yuan by the customs catalogue" in seen
    )
    assert "China's exports of the new three (EVs, lithium-ion batteries, solar) rose by 27.1% in 2025" in seen
    assert "no source says when in between exports overtook imports" in seen
    assert "can be neither confirmed nor refuted here" in seen
    assert len(app.get("plotly_chart")) == len(THEMES)


@pytest.mark.parametrize("freq", FIELDS["freq"].options)
@pytest.mark.parametrize("currency", FIELDS["currency"].options)
@pytest.mark.parametrize("flow", FIELDS["flow"].options)
def test_every_flow_currency_and_frequency(app: AppTest, flow: str, currency: str, freq: str) -> None:
    page(app, "products", flow=flow, currency=currency, freq=freq)
    sound(app)
    first = (FIELDS["flow"].options.index(flow) + FIELDS["currency"].options.index(currency)) % 2
    periods = app.selectbox(key="scope_period")
    periods.select_index(0 if first else len(periods.options) - 1).run()
    sound(app)


@pytest.mark.parametrize("listed", FIELDS["list"].options)
def test_every_group_can_be_looked_into(app: AppTest, listed: str) -> None:
    page(app, "products", list=listed)
    for at in range(0, len(app.selectbox(key="scope_within").options), 4 if listed == "detail" else 1):
        app.selectbox(key="scope_within").select_index(at).run()
        sound(app)
        shown = app.get("plotly_chart")[0].proto.alt
        assert "Not listed" in shown


def test_the_detailed_list_says_why_it_has_no_contributions(app: AppTest) -> None:
    page(app, "products", list="detail", within="electrical-equipment", period="2024")
    sound(app)
    assert "There are no contributions here: the list has no growth" in text(app)
    page(app, "products", list="detail", within="electrical-equipment", freq="M", period="2025-12")
    sound(app)
    assert "of its items Storage batteries most" in text(app)


def test_every_commodity_has_its_line(products: AppTest) -> None:
    options = products.selectbox(key="scope_product").options
    assert len(options) > 200
    for at in range(0, len(options), 31):
        products.selectbox(key="scope_product").select_index(at).run()
        sound(products)


def test_a_commodity_of_another_period_is_still_drawn(app: AppTest) -> None:
    page(app, "products", product="solar-cells", freq="YTD", period="2026-07")
    sound(app)
    assert "China's exports of solar cells" in text(app)


def test_choices_travel_as_codes(products: AppTest) -> None:
    choose(products, "flow", "import")
    choose(products, "within", "agricultural-products")
    assert dict(products.query_params) == {"flow": "import", "within": "agricultural-products"}
    assert "Grain" in text(products)


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ({"product": "unobtainium"}, "There is no product 'unobtainium'"),
        ({"within": "salt"}, "Salt has no listed items in 2025; the whole list is shown"),
        ({"within": "no-such-thing"}, "There is no product 'no-such-thing'"),
        ({"product": "<script>"}, "product to '<script>', which is not a known value"),
        ({"list": "all"}, "list to 'all', which is not a known value"),
        ({"period": "1999"}, "There are no figures for 1999 here"),
    ],
)
def test_a_link_that_is_not_understood_says_so_and_draws(app: AppTest, link: dict[str, str], problem: str) -> None:
    page(app, "products", **link)
    assert not app.exception
    assert problem in text(app)
    assert len(app.get("plotly_chart")) >= len(CHARTS) - 2


@pytest.mark.parametrize(
    "link",
    [
        {"flow": "import", "freq": "M", "currency": "USD"},
        {"freq": "M", "period": "2025-12", "list": "detail", "within": "electrical-equipment"},
        {"period": "2025-06", "product": "solar-cells", "lang": "zh"},
    ],
)
@pytest.mark.parametrize(("section", "keys"), [("commodities", CHARTS), ("themes", THEMES)])
def test_the_page_and_the_panels_put_the_same_choices_in_force(
    app: AppTest, real: Store, section: str, keys: list[str], link: dict[str, str]
) -> None:
    page(app, "products", section=section, **link)
    assert not app.exception
    drawn = []
    for key in keys:
        with suppress(NoRows):
            drawn.append(find_panel(f"products/{key}").draw(real, link, link.get("lang", "en")).takeaway)
    assert len(drawn) >= len(keys) - 1
    assert [chart.proto.alt for chart in app.get("plotly_chart")] == drawn


def test_overlapping_groups_are_in_the_table_but_in_no_sum(products: AppTest) -> None:
    page(products, "products", open="items:table")
    twin = products.dataframe[0].value.set_index("name_en")
    assert twin.loc["High-tech products", "kind"] == "Overlaps others"
    adding = twin[twin["kind"].isin(["Part", "Residual"])]
    assert adding["value"].sum() == pytest.approx(twin.loc[twin["kind"] == "Total", "value"].sum())
    assert re.search(r"never be added|never added", text(products))


def test_a_ratio_chosen_before_can_be_taken_back_where_no_earlier_year_is_held(app: AppTest) -> None:
    """May 2025 of the detailed list has no earlier May inside oil products."""
    page(app, "products", freq="M", period="2025-05", ratio="0.5", within="refined-oil-products", list="detail")
    sound(app)
    assert "There are no figures a year or more before May 2025" in text(app)
    choose(app, "ratio", "any")
    assert "ratio" not in app.query_params


@pytest.mark.parametrize("exporter", ["DJI", "ERI"])
def test_an_exporter_of_one_year_has_no_year_to_compare_with(app: AppTest, exporter: str) -> None:
    """Of Djibouti and Eritrea the source of sectors has one year."""
    page(app, "products", goods="world", grouping="sector", reporter=exporter)
    sound(app)
    assert text(app).count("This source has one year only") == 2
    assert "scope_since" not in [control.key for control in app.selectbox]
