"""The sheet of a partner, driven as a reader would: search, every control, partners of all kinds, links good and bad."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, opened, page, sound, text
from trade.panels.fields import FIELDS
from trade.store import Store

YEARS = ("2000", "2010", "2021", "2022", "2023", "2024")
"""Years of each kind of source; each flow takes some, and all of them in both currencies."""


@pytest.fixture
def app(real: Store) -> AppTest:
    return opened()


def test_a_sheet_tells_the_partner_in_one_paragraph(app: AppTest) -> None:
    page(app, "partner", partner="DEU")
    sound(app)
    seen = text(app)
    assert "China sold 182.1 billion yuan more to Germany than it bought there in 2025" in seen
    assert "846.3 billion yuan against 664.3 billion yuan" in seen
    assert "Germany was number 8 among China's partners with 3.3% of its trade, number 7 among export markets" in seen
    assert "Exports to Germany rose by 11.1% and imports fell by 1.5% in yuan" in seen
    assert "In January–July 2026 exports rose by 14.4%" in seen
    assert "Germany reported 58.4% more than China did for China's exports in 2024" in seen
    assert "European Union (since 1958)" in seen
    assert "as the partner reports its imports" not in seen, "China reported Germany in 2021 and 2022"
    assert {metric.label for metric in app.metric} == {
        "Exports, 2025",
        "Imports, 2025",
        "Trade surplus, 2025",
        "Rank, 2025",
    }


def test_a_small_partner_has_figures_that_are_not_zero(app: AppTest) -> None:
    """`+1 places`, and imports of 500 yuan that were 0.0000% of the whole."""
    page(app, "partner", partner="TUV", flow="import")
    seen = text(app) + " ".join(str(metric.delta) for metric in app.metric)
    assert "+1 place in a year" in seen
    assert "(under 0.00001%)" in seen
    assert "0.0000%" not in seen


@pytest.mark.parametrize("currency", FIELDS["currency"].options)
@pytest.mark.parametrize("flow", FIELDS["flow"].options)
def test_every_flow_and_currency(app: AppTest, flow: str, currency: str) -> None:
    page(app, "partner", partner="VNM", flow=flow, currency=currency)
    sound(app)
    assert len(app.get("plotly_chart")) == 4 + 7, "four cards and seven charts"
    at = FIELDS["flow"].options.index(flow)
    for year in YEARS[at :: len(FIELDS["flow"].options)]:
        choose(app, "period", year)
        sound(app)


KINDS = ["HKG", "TWN", "TUV", "ATA", "CHN", "XXU", "SSD", "ANT"]


@pytest.mark.parametrize("code", KINDS)
def test_partners_of_every_kind(app: AppTest, code: str) -> None:
    """Large and tiny, areas, residual rows, re-imports, partners that no longer exist: drawn as far as known."""
    page(app, "partner", partner=code)
    assert not app.exception
    assert not app.error
    assert app.header[0].value
    assert any("Source" in one.value for one in app.markdown)


@pytest.mark.parametrize("entered", ["DEU", "deu", "DE", "Germany", "germany", "德国"])
def test_a_partner_is_found_by_code_and_by_name(app: AppTest, entered: str) -> None:
    page(app, "partner", partner=entered)
    sound(app)
    assert app.header[0].value == "Germany"
    assert dict(app.query_params) == {"partner": "DEU"}, "links are made of codes"


@pytest.mark.parametrize(
    ("entered", "message", "offered"),
    [
        ("XYZ", "There is no partner 'XYZ'. Did you mean one of these?", ""),
        ("Germny", "There is no partner 'Germny'", "Germany"),
        ("Koreea", "There is no partner 'Koreea'", "South Korea"),
        ("XKX", "China's figures show no trade with Kosovo", "United States"),
    ],
)
def test_a_partner_that_does_not_exist_gets_a_sentence_and_names(
    app: AppTest, entered: str, message: str, offered: str
) -> None:
    page(app, "partner", partner=entered)
    assert not app.exception
    assert message in text(app)
    assert not app.get("plotly_chart")
    suggestions = [button for button in app.button if str(button.key).startswith("near_")]
    assert suggestions
    assert any(offered in button.label for button in suggestions)
    suggestions[0].click().run()
    sound(app)
    assert app.get("plotly_chart")


def test_hostile_names_are_only_words(app: AppTest) -> None:
    page(app, "partner", partner="<b>x</b>")
    assert "partner to '<b>x</b>', which is not a known value" in text(app)
    sound(app)
    page(app, "partner", partner="') OR 1=1 --"[:12].replace("=", "-"))
    assert not app.exception


def test_the_search_box_takes_what_is_typed(app: AppTest) -> None:
    page(app, "partner")
    assert app.header[0].value == "United States"
    app.selectbox(key="scope_partner").set_value("BRA").run()
    sound(app)
    assert app.header[0].value == "Brazil"
    assert app.query_params["partner"] == "BRA"


def test_cross_links_take_the_selection_along(app: AppTest) -> None:
    page(app, "partner", partner="DEU", flow="import")
    links = {one.proto.page: one.proto for one in app.get("page_link")}
    assert set(links) == {"growth", "destinations", "compare", "products", "partner"}
    landing = {name: dict(part.split("=") for part in link.query_string.split("&")) for name, link in links.items()}
    assert {name: link.get("chart", "") for name, link in landing.items()} == {
        "growth": "contribution", "destinations": "ranking", "compare": "lines", "products": "items", "partner": "",
    }  # fmt: skip
    assert landing["compare"]["of"] == "partners"
    assert landing["compare"]["entities"].startswith("DEU%2C")
    assert links["growth"].label == "Growth of imports by partner, Europe"
    query = dict(part.split("=") for part in links["growth"].query_string.split("&"))
    assert query == {
        "flow": "import", "by": "partner", "continent": "europe", "partner": "DEU", "chart": "contribution",
    }  # fmt: skip


def test_a_group_has_the_same_sheet_with_its_members_and_no_mirror(app: AppTest) -> None:
    page(app, "partner", partner="~Two:BRA.IND")
    sound(app)
    assert [heading.value for heading in app.header][:2] == ["Two", "Members"]
    assert "India makes up" in text(app)
    assert "China's and the partner's figures" not in text(app)
    app.multiselect(key="own_group_parts").set_value(["BRA", "asean"]).run()
    assert app.query_params["partner"] == "~Two:BRA.asean"


def test_a_group_whose_share_of_a_year_is_not_known_has_the_rest_of_its_sheet(app: AppTest) -> None:
    """Members of Central America lack a flow in 2013: their two-way trade has no share, so its card says so."""
    page(app, "partner", partner="central-america", period="2013")
    sound(app)
    assert "The share of Central America in China's trade in 2013 is unknown" in text(app)
    assert len(app.metric) == 3
