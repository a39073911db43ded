"""Filters of rows select the same markets, members or goods in chart, headline and file; charts without them say so."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from trade.errors import NoRows
from trade.panels import partner, products, products_hs
from trade.panels.choices import Choices
from trade.panels.panel import Drawn
from trade.panels.registry import find_panel
from trade.panels.run_context import RunContext, running
from trade.store import Store

ALL_MARKETS = "all markets, regardless of filters"


def drawn(store: Store, panel: str, **choices: str) -> Drawn:
    return find_panel(panel).draw(store, choices)


def test_the_swarm_shows_the_markets_that_fit_and_its_headline_counts_them(real: Store) -> None:
    every = drawn(real, "diversification/swarm", period="2025").result.frame
    shown = drawn(real, "diversification/swarm", period="2025", grew="down10", least="1e9")
    fit = every[(every["rate_pct"] <= -10) & (every["value"] >= 1e9)]
    assert 0 < len(fit) < len(every)
    assert set(shown.result.frame["market"]) == set(fit["market"])
    assert (
        f"Of {len(every)} markets, {len(fit)} fell by 10% or more and came to at least 1 billion yuan in 2025"
        in shown.headline
    )
    assert ALL_MARKETS not in shown.subtitle


def test_markets_of_diversification_that_doubled_since_2019(real: Store) -> None:
    choices = {"currency": "USD", "since": "2019", "ratio": "2"}
    swarm, ranking = (drawn(real, panel, **choices) for panel in ("diversification/swarm", "destinations/ranking"))
    assert set(swarm.result.frame["market"]) == set(ranking.result.frame["market"])
    assert swarm.headline.startswith(ranking.headline)


@pytest.mark.parametrize(
    "panel",
    ["diversification/gauge", "diversification/growing", "diversification/lorenz", "diversification/margins",
     "diversification/fall", "destinations/moved", "destinations/bump"],
)  # fmt: skip
def test_a_chart_that_is_not_filtered_says_so(real: Store, panel: str) -> None:
    whole, filtered = drawn(real, panel), drawn(real, panel, grew="up")
    assert ALL_MARKETS in filtered.subtitle
    assert ALL_MARKETS not in whole.subtitle
    assert len(filtered.result.frame) == len(whole.result.frame)


def test_members_that_fell(real: Store) -> None:
    every = drawn(real, "partner/members", partner="asean", period="2025").result.frame
    shown = drawn(real, "partner/members", partner="asean", period="2025", grew="up20")
    rates = every["growth_pct"].fillna(every["growth_computed_pct"])
    fit = every[rates >= 20]
    assert 0 < len(fit) < len(every)
    assert list(shown.result.frame["member"]) == list(fit["member"])
    assert f"Of {len(every)} members, {len(fit)} grew by 20% or more in 2025" in shown.headline


def test_goods_that_fell_and_are_worth_much(real: Store) -> None:
    every = drawn(real, "products/items", period="2025").result.frame
    shown = drawn(real, "products/items", period="2025", grew="down", least="1e10")
    parts = every[every["kind"] == "part"]
    fit = parts[(parts["growth_pct"] < 0) & (parts["value"] >= 1e10)]
    assert 0 < len(fit) < len(parts)
    assert set(shown.result.frame["code"]) == set(fit["code"])
    assert (
        f"Of {len(parts)} goods listed, {len(fit)} fell and came to at least 10 billion yuan in 2025; the largest: "
        in shown.headline
    )
    assert "all goods, regardless of filters" in drawn(real, "products/split", period="2025", grew="down").subtitle


@pytest.mark.parametrize(("panel", "choices"), [("partner/members", {"partner": "asean"}), ("products/items", {})])
def test_where_nothing_fits_a_sentence_says_so(real: Store, panel: str, choices: dict[str, str]) -> None:
    with pytest.raises(NoRows, match="choose a wider range"):
        drawn(real, panel, period="2025", grew="down20", least="1e11", **choices)


def test_members_that_doubled_since_2019_in_order_of_the_ratio(real: Store) -> None:
    choices = {"partner": "africa", "period": "2025", "currency": "USD", "since": "2019", "ratio": "2", "sort": "ratio"}
    before = drawn(real, "partner/members", partner="africa", period="2019", currency="USD").result.frame
    shown = drawn(real, "partner/members", **choices)
    frame, base = shown.result.frame, before.set_index("member")["value"]
    assert len(frame) > 5
    assert frame["base_value"].tolist() == pytest.approx(base[frame["member"]].tolist())
    assert frame["ratio"].tolist() == pytest.approx((frame["value"] / frame["base_value"]).tolist())
    assert frame["ratio"].min() >= 2
    assert frame["ratio"].is_monotonic_decreasing
    assert f" members, {len(frame)} at least doubled from 2019 to 2025" in shown.headline


def test_goods_in_order_of_the_ratio_to_the_year_before_agree_with_their_growth(real: Store) -> None:
    shown = drawn(real, "products/items", period="2025", sort="ratio").result.frame
    assert shown["ratio"].is_monotonic_decreasing
    assert (
        100 * (shown["ratio"] - 1) - shown["growth_pct"]
    ).abs().max() < 0.1  # values are printed in units of 10 million
    grown = drawn(real, "products/items", period="2025", ratio="1.5", currency="USD")
    assert (grown.result.frame["ratio"] >= 1.5).all()


def test_chapters_that_doubled_since_2019(real: Store) -> None:
    every, former = (
        drawn(real, "products/hs_ranking", goods="hs", period=year).result.frame for year in ("2024", "2019")
    )
    now, then = (frame.set_index("code")["value"] for frame in (every, former))
    shown = drawn(real, "products/hs_ranking", goods="hs", period="2024", since="2019", ratio="2", least="1e9")
    fit = now[(now / then >= 2) & (now >= 1e9)]
    assert list(shown.result.frame["code"]) == list(fit.index)
    assert f"Of {len(now)} HS codes, {len(fit)} at least doubled from 2019 to 2024" in shown.headline


@pytest.mark.parametrize(
    ("trends", "panel", "key", "choices"),
    [
        (partner.members_trends, "partner/members", "member", {"partner": "asean", "period": "2025"}),
        (products.items_trends, "products/items", "code", {"period": "2025"}),
        (products_hs.codes_trends, "products/hs_ranking", "code", {"goods": "hs"}),
    ],
)
def test_the_small_line_of_a_row_ends_with_its_value(
    real: Store, trends: Callable[[Choices], pd.Series], panel: str, key: str, choices: dict[str, str]
) -> None:
    frame = drawn(real, panel, **choices).result.frame
    with running(RunContext(choices=choices, store=real)):
        lines = trends(Choices(choices))
    first = frame.iloc[0]
    assert len(lines[first[key]]) > 2
    if panel != "products/items":  # whose lines are of months, whatever the frequency of the list
        assert lines[first[key]][-1] == pytest.approx(first["value"])


def test_a_period_without_growth_says_why_and_what_compares(real: Store) -> None:
    with pytest.raises(NoRows, match="2000 is the first period available, so it has no growth"):
        drawn(real, "destinations/ranking", period="2000", currency="USD", grew="up")


def test_the_sentence_of_a_continent_speaks_of_it(real: Store) -> None:
    """Markets whose growth is unknown are counted in a note: what grew and what fell are not all there are."""
    every = drawn(real, "destinations/ranking", continent="africa", currency="USD").result.frame
    shown = drawn(real, "destinations/ranking", continent="africa", currency="USD", grew="down")
    assert shown.headline.startswith(f"Of {len(every)} markets in Africa, {len(shown.result.frame)} fell in 2025")
    unknown = int(every["rate_pct"].isna().sum())
    assert unknown
    assert f"Left out, as there is no growth on a year earlier: {unknown}." in shown.notes
    with pytest.raises(NoRows, match=r"No market in Africa came to at least \$100 billion in 2025"):
        drawn(real, "destinations/ranking", continent="africa", currency="USD", least="1e11")
