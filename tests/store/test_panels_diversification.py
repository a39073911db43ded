"""The panels of Diversification on three economies whose figures can be computed by hand, without a page."""

from __future__ import annotations

import pytest

from tests.support.recorded_choices import fields_read
from trade.charts import concentration
from trade.errors import NoRows
from trade.panels import diversification
from trade.panels.fields import FIELDS
from trade.panels.panel import Drawn
from trade.panels.registry import keys_of, panels
from trade.store import Store

KEYS = ["gauge", "growing", "swarm", "lorenz", "margins", "fall"]
LINKS: list[dict[str, str]] = [{}, {"reporter": "DEU"}, {"gauge": "active"}, {"freq": "M"}, {"ratio": "1.5"}]
"""Choices for which the panels read different fields."""


def draw(store: Store, key: str, lang: str = "en", **link: str) -> Drawn:
    return panels()[f"diversification/{key}"].draw(store, link, lang)


def test_the_page_has_its_panels_in_order() -> None:
    assert keys_of("diversification") == [*KEYS, "goods"]


@pytest.mark.parametrize("key", KEYS)
def test_a_panel_reads_the_fields_it_declares_and_no_others(tiny: Store, key: str) -> None:
    panel = panels()[f"diversification/{key}"]
    assert fields_read(panel, tiny, *LINKS) == set(panel.choices)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_panel_is_drawn_with_all_around_it(tiny: Store, key: str, lang: str) -> None:
    drawn = draw(tiny, key, lang)
    assert drawn.id == f"diversification/{key}"
    assert all((drawn.title, drawn.headline, drawn.subtitle, drawn.notes, drawn.sources, drawn.figure.data))
    assert drawn.takeaway.startswith(drawn.headline)
    assert "2025" in drawn.subtitle


def test_the_effective_number_of_markets(tiny: Store) -> None:
    """Exports of 2023 are 5 : 1 : 2, so 8² / 30 = 2.13; then 6 : 1.5 : 2.5, so 10² / 44.5; in 2025 4 : 3 : 5."""
    drawn = draw(tiny, "gauge")
    assert drawn.headline == "China's exports were spread as if over 2.9 equal markets in 2025, after 2.1 in 2023"
    assert list(drawn.result.frame["effective_markets"].round(2)) == [2.13, 2.25, 2.88]


def test_each_gauge_has_its_own_column_and_chart(tiny: Store) -> None:
    """HHI of 2025: (16 + 9 + 25) / 144; the five largest of three markets take all."""
    assert "HHI of 0.347 in 2025" in draw(tiny, "gauge", gauge="hhi").headline
    assert "took 100.0% in 2025" in draw(tiny, "gauge", gauge="cr5").headline
    assert "between continents" in draw(tiny, "gauge", gauge="theil").headline
    assert draw(tiny, "gauge", gauge="active", above="0").headline == "3 markets above the threshold in 2025, 3 in 2023"
    assert draw(tiny, "gauge", gauge="active").headline == "0 markets above the threshold in 2025, 0 in 2023"


def test_another_economy_stands_beside_china_in_the_same_table(tiny: Store) -> None:
    """Germany's exports of 2025 are 40 : 40 : 20 dollars, so its HHI is 0.16 + 0.16 + 0.04."""
    drawn = draw(tiny, "gauge", gauge="hhi", reporter="DEU", freq="M", currency="CNY")
    assert drawn.headline.startswith("Germany's exports: an HHI of 0.360 in 2025")
    assert list(drawn.result.frame["reporter"].unique()) == ["DEU", "CHN"]
    assert "Grey: China in the same table." in drawn.notes
    assert drawn.subtitle.endswith("Germany · 2023–2025")


def test_the_markets_that_grew(tiny: Store) -> None:
    """From 2024 to 2025: United States 6 to 4, Mexico 1.5 to 3, Germany 2.5 to 5."""
    assert draw(tiny, "growing").headline == "2 of 3 markets grew in 2025; fewer than 60% in Americas"
    swarm = draw(tiny, "swarm")
    assert swarm.headline.startswith("2 markets grew and 1 fell in 2025")
    rates = swarm.result.frame.set_index("market")["rate_pct"].round(1)
    assert rates.to_dict() == {"DEU": 100.0, "USA": -33.3, "MEX": 100.0}
    europe = draw(tiny, "swarm", continent="europe")
    assert list(europe.result.frame["market"]) == ["DEU"]
    assert "None fell." in europe.notes


@pytest.mark.parametrize("reporter", ["CHN", "DEU"])
def test_the_first_year_has_no_growth_and_nothing_to_compare_with(tiny: Store, reporter: str) -> None:
    with pytest.raises(NoRows, match="There is no growth for 2023"):
        draw(tiny, "swarm", period="2023", reporter=reporter)
    with pytest.raises(NoRows, match="2023 is the first period in the table"):
        draw(tiny, "margins", period="2023", reporter=reporter)


def test_growth_in_the_matrix_needs_the_year_before(tiny: Store) -> None:
    with pytest.raises(NoRows, match="Growth is available up to 2025"):
        draw(tiny, "growing", period="2023", reporter="DEU")


def test_a_continent_without_markets_is_a_sentence(tiny: Store) -> None:
    with pytest.raises(NoRows, match="No market on this continent has a figure for 2025"):
        draw(tiny, "swarm", continent="africa")


def test_the_curve_of_the_year_before_is_grey(tiny: Store) -> None:
    """A tenth of three markets is 0.3 of the largest: of 600 in 1000 in 2024, of 500 in 800 in 2023."""
    drawn = draw(tiny, "lorenz", period="2024")
    assert drawn.headline == "The largest tenth of the markets takes 18% in 2024, 19% in 2023"
    first = draw(tiny, "lorenz", period="2023")
    assert first.headline == "The largest tenth of the markets takes 19% in 2023"
    assert len(first.figure.data) < len(drawn.figure.data)


def test_the_gini_coefficient_is_that_of_the_curve(tiny: Store) -> None:
    """Of 3, 4 and 5: the sum of all differences, 2 · (1 + 1 + 2), over 2 · 3² · 4."""
    assert "Gini coefficient 0.11 over 3 markets with trade." in draw(tiny, "lorenz").notes


def test_new_and_lost_markets_since_the_year_chosen(tiny: Store) -> None:
    """All three stayed: exports rose from 1000 to 1200 since 2024, from 800 since 2023."""
    template = (
        "Of the change of {} from {} to 2025, markets that grew made {}, those that fell {}, no new ones, no lost ones"
    )
    assert draw(tiny, "margins").headline == template.format("+20.0%", "2024", "+40.00 pp", "−20.00 pp")
    since = draw(tiny, "margins", since="2023")
    assert since.headline == template.format("+50.0%", "2023", "+62.50 pp", "−12.50 pp")
    assert since.subtitle.endswith("2023 – 2025")


def test_a_year_that_is_not_earlier_gives_way_to_the_year_before(tiny: Store) -> None:
    assert draw(tiny, "margins", period="2024", since="2025").subtitle.endswith("2023 – 2024")


def test_the_fall_of_a_market(tiny: Store) -> None:
    """United States take 400 of 1200: half of it less, of which 40% is sold elsewhere, is 10%, and 1080 is 8% more
    than the 1000 of the year before."""
    drawn = draw(tiny, "fall", partner="USA", fall="50", elsewhere="40")
    assert drawn.headline.startswith(
        "If China's exports to the United States fell by 50% from the value of 2025, the total would fall by 10.0%: "
        "growth would have been +8.0%, not +20.0%, "
    )
    unmarked = draw(tiny, "fall")
    assert unmarked.headline.startswith(
        "If China's exports to Germany fell by 20% from the value of 2025, the total would fall by 8.3%"
    )


def test_lost_markets_are_not_passed_over(real: Store) -> None:
    """Vietnam's exports, 2020 to 2023: the table of 2023 lacks 33 markets with 10.82 points."""
    assert draw(real, "margins", reporter="VNM").headline == (
        "Of the change of +40.1% from 2020 to 2023, markets that grew made +50.30 pp, those that fell −1.52 pp, "
        "new ones +2.11 pp, lost ones −10.82 pp"
    )


def test_markets_of_two_lists_are_neither_new_nor_absent(real: Store) -> None:
    """2010 is from the IMF and 2025 from customs: 50 markets are in only one of the two lists."""
    shown = draw(real, "margins", currency="USD", since="2010")
    assert shown.headline.endswith("new ones not known, lost ones not known")
    assert "Not comparable (50)." in shown.takeaway


def test_a_loss_that_is_all_sold_elsewhere_names_the_largest_markets(real: Store) -> None:
    shown = draw(real, "fall", elsewhere="100")
    assert shown.headline.startswith("If China's exports to the United States fell by 20%")
    assert "the largest: United States 0.00%; Hong Kong, China 0.00%; Vietnam 0.00%" in shown.takeaway
    small = draw(real, "fall", elsewhere="100", partner="ABW")
    assert any("would stay at 26.8" in note for note in small.notes), small.notes


def test_a_number_beyond_its_limits_is_drawn_at_the_limit(tiny: Store) -> None:
    assert draw(tiny, "fall", partner="USA", fall="900").headline.startswith(
        "If China's exports to the United States fell by 100%"
    )
    assert draw(tiny, "fall", partner="USA", elsewhere="-5").result.params["elsewhere"] == 0


def test_a_market_named_in_words_is_marked(tiny: Store) -> None:
    assert draw(tiny, "fall", partner="mexico").headline.startswith("If China's exports to Mexico fell by 20%")
    assert draw(tiny, "fall", partner="Atlantis").headline.startswith("If China's exports to Germany fell")


def test_gauges_are_those_that_can_be_chosen() -> None:
    assert tuple(diversification._GAUGES) == FIELDS["gauge"].options


def test_weak_years_are_open_dots(tiny: Store) -> None:
    """2023 is implied by the table of a later year."""
    drawn = draw(tiny, "gauge")
    weak = drawn.result.frame.set_index("period")["quality"].isin(concentration.WEAK)
    assert weak.to_dict() == {"2023": True, "2024": False, "2025": False}
    assert any(note.startswith("Open dots") for note in drawn.notes)


@pytest.mark.parametrize("key", ["gauge", "lorenz", "margins", "fall"])
def test_a_chart_that_a_continent_does_not_narrow_says_so(real: Store, key: str) -> None:
    panel = panels()[f"diversification/{key}"]
    whole, chosen = (panel.draw(real, {"continent": code}) for code in ("all", "europe"))
    assert chosen.headline == whole.headline
    assert chosen.subtitle == f"{whole.subtitle} · all continents, regardless of the choice"
