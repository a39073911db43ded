"""Questions of a new user, each answered from the first page in at most four clicks (`docs/tasks.md`).

The first click, on an entry of the menu, is followed without drawing the first page: the menu is the same on all pages
(`test_choices_stay_when_the_menu_is_used` clicks it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlparse

import pandas as pd
import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import Visit
from trade.measures import run
from trade.panels.fields import FIELDS
from trade.panels.registry import find_panel
from trade.paths import PROJECT
from trade.store import Store

MOST = 4
PATHS = (PROJECT / "docs" / "tasks.md").read_text(encoding="utf-8")


@dataclass
class Reader:
    """Somebody at the first page; counts the clicks."""

    visit: Visit
    clicks: int = 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()
        self.visit.page.wait_for_timeout(300)
        self.visit.settle()

    def menu(self, name: str) -> None:
        entry = self.visit.page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True)
        self.visit.go(urlparse(entry.get_attribute("href")).path).plots()
        self.clicks += 1

    def button(self, group: str, option: str) -> None:
        """One of several buttons side by side."""
        self.click(self.visit.page.locator(f".st-key-scope_{group}").get_by_text(option, exact=True))

    def choose(self, field: str, option: str) -> None:
        """Choose an option of a list, which counts as two clicks: open it, choose."""
        opener = self.visit.page.locator(f".st-key-scope_{field} button").first
        opener.scroll_into_view_if_needed()
        self.visit.page.wait_for_timeout(700)  # a list closes when the page scrolls under it
        self.click(opener)
        self.click(self.visit.page.get_by_role("option", name=option, exact=True))

    def reads(self, chart: str) -> str:
        """The frame of a chart: headline, subtitle, source, notes."""
        return self.visit.page.locator(f".st-key-chart_{chart}").inner_text().replace("\u00a0", " ")


@pytest.fixture
def reader(tab: Visit) -> Iterator[Reader]:
    if not tab.page.query_selector("[data-testid=stSidebarNav]"):
        tab.open("/stories")
    one = Reader(tab)
    yield one
    assert one.clicks <= MOST
    assert one.clicks in [int(count) for count in re.findall(r"\((\d) clicks?\)", PATHS)]


def test_growth_with_africa_in_2025_and_what_it_contributed(reader: Reader, real: Store) -> None:
    reader.menu("Growth")
    reader.button("flow", "Total")
    reader.choose("continent", "Africa")
    africa = run(real, "contribution", by="continent", flow="total").frame.set_index("code").loc["africa"]
    text = reader.reads("contribution")
    assert f"Africa: +{africa['growth_pct']:.1f}% on a year earlier" in text
    assert f"contributed +{africa['contribution_pp']:.2f} pp to the +3.8% change of total trade" in text


def test_the_european_markets_that_fell(reader: Reader, real: Store) -> None:
    reader.menu("Diversification")
    reader.choose("continent", "Europe")
    text = reader.reads("swarm")
    rows = run(real, "rank", first="2025", last="2025", currency="CNY").frame.merge(
        run(real, "economies").frame[["economy", "customs_continent"]], left_on="market", right_on="economy"
    )
    rates = rows["published_growth_pct"].fillna(rows["growth_pct"])
    fell = rows.loc[(rows["customs_continent"] == "europe") & (rates < 0) & (rows["value"] > 0), "name_en"]
    assert len(fell)
    assert all(name in text for name in fell)


def test_economies_with_china_first_in_2010_and_2023_and_which_joined(reader: Reader, real: Store) -> None:
    reader.menu("Destinations")
    reader.button("side", FIELDS["side"].label("world"))
    text = reader.reads("changes")
    counts = run(real, "first_destinations", partner="CHN").frame
    former, now = (
        int(counts.loc[counts["period"].astype(str) == year, "economies"].iloc[0]) for year in ("2010", "2023")
    )
    assert str(former) in text
    assert str(now) in text
    assert "2010" in text
    assert "2023" in text
    joined: pd.DataFrame = run(real, "first_destination_changes", first=2010, last=2023).frame
    names = joined.loc[joined["change"] == "gained", "name_en"]
    reader.click(reader.visit.page.locator(".st-key-chart_changes").get_by_role("button", name="Table", exact=True))
    assert len(names) > 5
    assert reader.visit.page.locator(".st-key-chart_changes [data-testid=stDataFrame]").count() == 1


def test_the_markets_that_doubled_since_2019(reader: Reader, real: Store) -> None:
    reader.menu("Destinations")
    reader.click(reader.visit.page.get_by_role("button", name="More filters"))
    reader.click(reader.visit.page.get_by_role("link", name="Which doubled since 2019?"))
    link = {"currency": "USD", "since": "2019", "ratio": "2", "sort": "ratio"}
    doubled = len(find_panel("destinations/ranking").draw(real, link).result.frame)
    assert f"{doubled} at least doubled from 2019 to 2025" in reader.reads("ranking")


def test_the_partner_whose_loss_would_hurt_most(reader: Reader, real: Store) -> None:
    reader.menu("Diversification")
    worst = run(real, "market_fall", period="2025").frame.iloc[0]
    assert worst["name_en"] in reader.reads("fall")


def test_whether_china_became_a_net_exporter_of_industrial_robots(reader: Reader) -> None:
    reader.menu("Products")
    reader.click(reader.visit.page.get_by_role("tab", name="High-tech, new three, robots"))
    assert "net exporter in 2025 can be neither confirmed nor refuted" in reader.reads("robots")


def test_whether_the_growth_of_2025_was_price_or_volume(reader: Reader) -> None:
    """CPB, February 2026: exports of China +8.5% in volume, -2.9% in unit value."""
    reader.menu("Growth")
    text = reader.reads("volume")
    assert "the volume of the exports of China rose by 8.5% in 2025 and their unit value fell by 2.9%" in text
    assert "A unit value is not a price" in text


def test_the_balance_of_services_in_2025(reader: Reader, real: Store) -> None:
    """SAFE: first three quarters -1,116.6, fourth -343.5 bn yuan."""
    reader.menu("Services")
    year = run(real, "services", concept="balance of payments", flow="balance", freq="Q").frame["balance"].sum()
    assert f"bought {-year / 1e12:.2f} trillion yuan more services than it sold in 2025" in reader.reads("quarters")


def test_what_happened_to_exports_to_the_us_around_the_tariff_dates(reader: Reader) -> None:
    reader.menu("Partner")
    visible = reader.reads("months")
    assert "United States" in visible
    assert "lowest in May 2025, −33.7%" in visible
    assert "dated decisions, each with a link to its source" in visible
    plot = reader.visit.page.locator(".st-key-chart_months .js-plotly-plot")
    hovers = plot.evaluate("plot => plot.data.filter(one => one.yaxis === 'y4').flatMap(one => one.hovertext)")
    assert any("8 April 2025" in text and "Source: " in text for text in hovers)


def test_the_chapter_that_gives_most_of_the_surplus(reader: Reader, real: Store) -> None:
    reader.menu("Products")
    reader.button("goods", FIELDS["goods"].label("hs"))
    first = run(real, "hs_balance").frame.iloc[0]
    text = reader.reads("hs_balance")
    assert f"{first['code']} Electrical and electronic equipment" in text
    assert f"has the largest surplus in {first['period']}, ${first['balance'] / 1e9:.1f} billion" in text
    assert f"({first['share_pct']:.1f}% of the overall balance)" in text


def test_who_depends_most_on_chinese_batteries(reader: Reader, real: Store) -> None:
    reader.menu("Products")
    reader.button("goods", FIELDS["goods"].label("headline"))
    reader.choose("good", FIELDS["good"].label("batteries"))
    bought = run(real, "hs_purchases", product="850760").frame
    large = bought[(bought["kind"] == "part") & (bought["market_usd"] >= 100e6)].sort_values("share_pct").iloc[-1]
    text = reader.reads("headline_buyers")
    assert f"the most dependent of the large buyers is {large['name_en']}, with {large['share_pct']:.1f}%" in text


def test_where_the_share_of_world_exports_fell_since_2015(reader: Reader, real: Store) -> None:
    reader.menu("Products")
    reader.button("goods", FIELDS["goods"].label("world"))
    shares = run(real, "hs_world_share", first="2015").frame
    fallen = shares[(shares["period"] == "2024") & (shares["kind"] == "part") & (shares["change_pp"] < 0)]
    text = reader.reads("world_share")
    assert "it fell in" in text
    assert len(fallen) == 2
    assert all(name.partition(" (")[0] in text for name in fallen["name_en"]), "without the chapters of a group"
