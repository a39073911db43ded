"""The panels of Destinations on four economies whose figures can be computed by hand, without a page."""

from __future__ import annotations

import pytest

from tests.support.recorded_choices import fields_read
from trade.errors import NoRows
from trade.panels.choices import Choices
from trade.panels.panel import Drawn
from trade.panels.queries import first_destinations
from trade.panels.registry import find_panel, keys_of, panels
from trade.panels.run_context import RunContext, running
from trade.store import Store

OWN = ["ranking", "map", "moved", "bump"]
WORLD = ["firsts", "play", "changes"]
"""Panels that need only the world matrix, which the tiny store has."""
LINKS: list[dict[str, str]] = [{}, {"freq": "M"}, {"dataset": "cia"}, {"ratio": "2"}]
"""Choices for which the panels read different fields."""


def draw(store: Store, key: str, lang: str = "en", **link: str) -> Drawn:
    return panels()[f"destinations/{key}"].draw(store, link, lang)


def test_the_page_has_its_panels_in_order() -> None:
    assert keys_of("destinations") == [*OWN, "firsts", "play", "counts", "changes"]


@pytest.mark.parametrize("key", [*OWN, *WORLD, "counts"])
def test_a_panel_reads_the_fields_it_declares_and_no_others(tiny: Store, key: str) -> None:
    panel = panels()[f"destinations/{key}"]
    assert fields_read(panel, tiny, *LINKS) == set(panel.choices)


@pytest.mark.parametrize("key", [*OWN, *WORLD])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_panel_is_drawn_with_all_around_it(tiny: Store, key: str, lang: str) -> None:
    drawn = draw(tiny, key, lang)
    assert drawn.id == f"destinations/{key}"
    assert all((drawn.title, drawn.headline, drawn.subtitle, drawn.notes, drawn.sources, drawn.figure.data))
    assert drawn.takeaway.startswith(drawn.headline)
    assert "2025" in drawn.subtitle


# --- China's markets --------------------------------------------------------------------------------------------------


def test_the_markets_in_order(tiny: Store) -> None:
    """Exports of 2025: Germany 500, United States 400, Mexico 300."""
    drawn = draw(tiny, "ranking")
    headline = "Germany was the largest of the markets of China's exports in 2025, with 5.00 million yuan or 41.7%"
    assert drawn.headline == headline
    assert list(drawn.result.frame["market"]) == ["DEU", "USA", "MEX"]
    assert list(drawn.result.frame["share_pct"].round(1)) == [41.7, 33.3, 25.0]
    assert "The United States was the largest of the markets" in draw(tiny, "ranking", period="2023").headline
    assert "2023, with 5.00 million yuan or 62.5%" in draw(tiny, "ranking", period="2023").headline


def test_the_market_to_mark_and_its_continent(tiny: Store) -> None:
    assert draw(tiny, "ranking", partner="mexico").headline.endswith("; Mexico is number 3 with 25.0%")
    drawn = draw(tiny, "ranking", continent="latin-america")
    assert drawn.headline == "Largest market in Latin America in 2025: Mexico, 25.0% of all exports"
    for key in ("ranking", "map", "moved"):
        with pytest.raises(NoRows, match="No market on this continent has a figure for 2025"):
            draw(tiny, key, continent="africa")


def test_a_period_without_figures_gives_way_to_the_newest(tiny: Store) -> None:
    assert draw(tiny, "ranking", period="1999").subtitle.endswith("China · 2025")
    assert draw(tiny, "ranking", period="2024-03").subtitle.endswith("China · 2024")


def test_both_maps_show_the_same_markets(tiny: Store) -> None:
    """Imports of 2025: Germany 250 to 400, United States 200 to 150, Mexico 50 as before."""
    amounts, rates = draw(tiny, "map", flow="import"), draw(tiny, "map", flow="import", map="rates")
    assert amounts.headline == rates.headline == "1 of 3 partners sold more in 2025 than a year earlier, 1 sold less"
    assert {trace.type for trace in amounts.figure.data} == {"scattergeo"}
    assert "choropleth" in {trace.type for trace in rates.figure.data}
    assert amounts.subtitle != rates.subtitle


def test_the_largest_changes(tiny: Store) -> None:
    """In units of 10,000 yuan since 2024: Germany +250, United States −200; since 2023: +300 and −100."""
    headline = (
        "From {} to 2025, Germany gained most (+{} million yuan) and the United States lost most (−{} million yuan)"
    )
    assert draw(tiny, "moved").headline == headline.format(2024, "2.50", "2.00")
    assert draw(tiny, "moved", since="2023").headline == headline.format(2023, "3.00", "1.00")
    with pytest.raises(NoRows, match="2023 is the first period in the table"):
        draw(tiny, "moved", period="2023")


def test_two_years_of_two_sources_are_said_to_be(real: Store) -> None:
    """The note wrongly said `of one source` where the smallest market was in only one of the two."""
    joint = draw(real, "moved", since="2022", period="2025", currency="USD").notes
    assert any("2022 and 2025 are in two sources of China's own reports" in note for note in joint)
    alike = draw(real, "moved", since="2024", period="2025", currency="USD").notes
    assert any("from one source" in note for note in alike)


def test_the_ranks_over_the_years_shown(tiny: Store) -> None:
    drawn = draw(tiny, "bump")
    assert drawn.headline == "From 2023 to 2025, Germany climbed from rank 2 to 1, the United States went from 1 to 2"
    assert draw(tiny, "bump", period="2024", span="5").subtitle.endswith("2023–2024")


def test_months_are_compared_with_the_same_month_of_the_year_before(real: Store) -> None:
    drawn = draw(real, "moved", freq="M", period="2025-05", since="2020")
    assert drawn.headline.startswith("From May 2024 to May 2025")
    assert "in yuan" in draw(real, "ranking", freq="M", currency="USD").subtitle


# --- first destinations of all economies ------------------------------------------------------------------------------


def test_first_destinations_of_a_year(tiny: Store) -> None:
    """2025: United States first of China (50) and Mexico (50), and of Germany together with China (40 each)."""
    drawn = draw(tiny, "firsts")
    assert drawn.headline == "2025: China is the first destination of 1 economies, the United States of 3"
    first = drawn.result.frame[drawn.result.frame["rank"] == 1]
    assert set(zip(first["reporter"], first["partner"], strict=True)) == {
        ("CHN", "USA"),
        ("MEX", "USA"),
        ("DEU", "USA"),
        ("DEU", "CHN"),
        ("USA", "DEU"),
    }
    before = draw(tiny, "firsts", year="2024")
    assert before.headline == "2024: China is the first destination of 0 economies, the United States of 3"
    assert draw(tiny, "firsts", year="1950").headline == drawn.headline


def test_the_first_two_destinations_are_drawn_in_shades_of_china(tiny: Store) -> None:
    """Second to Mexico (10 after 50), first to Germany."""
    drawn = draw(tiny, "firsts", top="2")
    assert drawn.headline.startswith("2025: China is among the 2 largest destinations of 2 economies")
    assert drawn.figure.to_dict() != draw(tiny, "firsts").figure.to_dict()


def test_the_years_to_play_count_first_places_whatever_the_rank_chosen(tiny: Store) -> None:
    drawn = draw(tiny, "play", top="2")
    assert drawn.headline == draw(tiny, "play").headline
    assert drawn.headline == (
        "From 2023 to 2025, the number of economies with China as first export destination stayed at 1; "
        "with the United States as first it stayed at 3"
    )
    assert [frame.name for frame in drawn.figure.frames] == ["2023", "2024", "2025"]


def test_economies_gained_and_lost(tiny: Store) -> None:
    """Germany's first destination was the United States in 2024 and China, tied with them, in 2023 and 2025."""
    gained = draw(tiny, "changes")
    assert gained.headline.startswith(
        "From 2024 to 2025, 1 economy gained China as first destination and none lost it: 0 became 1"
    )
    assert list(gained.result.frame["reporter"]) == ["DEU"]
    lost = draw(tiny, "changes", year="2024")
    assert lost.headline.startswith(
        "From 2023 to 2024, no economy gained China as first destination and 1 lost it: 1 became 0"
    )
    with pytest.raises(NoRows, match="2023 is the first period in the table"):
        draw(tiny, "changes", year="2023")


def test_changes_end_with_the_newest_year_while_all_years_are_played(tiny: Store) -> None:
    assert draw(tiny, "changes", play="yes", year="2023").headline.startswith("From 2024 to 2025")


def test_a_year_to_compare_with_is_2010_where_the_table_has_it(real: Store) -> None:
    assert draw(real, "changes").headline.startswith("From 2010 to 2023")
    assert draw(real, "changes", since="2000", year="2020").headline.startswith("From 2000 to 2020")
    assert draw(real, "changes", year="2005").headline.startswith("From 2004 to 2005")


def test_only_the_matrix_has_imports_and_the_eu_as_one(real: Store) -> None:
    assert draw(real, "firsts", dataset="oecd", flow="import", eu="one").result.params["flow"] == "export"
    union = draw(real, "firsts", flow="import", eu="one")
    assert (union.result.params["flow"], union.result.params["eu"]) == ("import", "one")
    assert "eu" not in set(union.result.frame["reporter"])
    assert "FRA" in set(union.result.frame["reporter"])
    assert "the EU as one market" in union.subtitle


def test_sources_are_counted_apart_where_they_can_answer(real: Store) -> None:
    frame = draw(real, "counts").result.frame
    assert list(frame["dataset"].unique()) == ["matrix", "cia", "oecd", "imf"]
    assert set(frame["partner"]) == {"CHN", "USA"}
    assert set(draw(real, "counts", flow="import").result.frame["dataset"]) == {"matrix"}


def test_the_imf_s_reading_says_that_it_mixes_years(real: Store) -> None:
    """36 of 203 economies have China first, 67 among the first three; there is no earlier reading."""
    first, among = draw(real, "firsts", dataset="imf"), draw(real, "firsts", dataset="imf", top="3")
    assert first.headline.startswith("Latest years, 2022 to 2025 mixed: China is the first destination of 36 economies")
    assert "of 67 economies" in among.headline
    assert "The 203 economies are in a single data set" in first.notes[1]
    assert "2022 to 2025 mixed" in first.subtitle
    assert draw(real, "firsts", dataset="imf", play="yes").headline == first.headline
    with pytest.raises(NoRows, match="no earlier one"):
        draw(real, "changes", dataset="imf", play="yes")


def test_years_with_few_economies_are_named_and_left_out(real: Store) -> None:
    with running(RunContext("en", {}, real)):
        params = first_destinations.params_of(Choices({"dataset": "cia"}))
        shown = first_destinations.years(params)
        counts = first_destinations.counts(params, "CHN").frame.set_index("period")["reporters"]
        thin = first_destinations.thin_years(params)
    assert set(counts[counts > counts.max() / 2].index) == set(shown)
    assert set(thin["cia"]) == set(counts.index) - set(shown)


@pytest.mark.parametrize(
    ("choices", "headline", "ahead"),
    [
        (
            {},
            "Bilateral trade matrix, 2023: China is the first export destination of 44 of 226 economies, the United States "
            "of 43",
            "; China has been ahead since 2019 (no table for 2021, 2022). ",
        ),
        (
            {"dataset": "oecd"},
            "OECD lists, 2024: China is the first export destination of 9 of 47 economies, the United States of 14",
            ". ",
        ),
        (
            {"dataset": "imf"},
            "IMF, latest years (2022 to 2025 mixed): China is the first export destination of 36 of 203 economies, "
            "the United States of 39",
            ". ",
        ),
        (
            {"flow": "import"},
            "Bilateral trade matrix, 2023: China is the first source of imports of 82 of 226 economies, the United States "
            "of 34",
            "; China has been ahead since 2009 (no table for 2021, 2022). ",
        ),
    ],
    ids=str,
)
def test_counts_name_their_source_and_year_and_compare_within_it(
    real: Store, choices: dict[str, str], headline: str, ahead: str
) -> None:
    shown = draw(real, "counts", **choices)
    assert shown.headline == headline
    assert shown.takeaway.startswith(headline + ahead)
    assert ("Other sources count other economies" in shown.takeaway) == ("flow" not in choices)
    assert "–." not in shown.takeaway + "".join(shown.notes)


def test_counts_over_years_stay_within_one_source(real: Store) -> None:
    """Before 2000 the matrix is the UN's reports, from 2000 on CEPII's: 82 economies of 1962 are no base for 226."""
    assert draw(real, "play").headline.startswith("From 2000 to 2023, the number of economies")
    apart, together = (draw(real, "changes", since=since).notes for since in ("1990", "2010"))
    assert any("come from two sources" in note for note in apart)
    assert not any("come from two sources" in note for note in together)


@pytest.mark.parametrize("key", ["ranking", "moved"])
def test_a_year_that_the_tables_lack_is_not_replaced_in_silence(real: Store, key: str) -> None:
    """The tables in yuan begin with 2023: markets that doubled since 2019 had become markets that doubled since 2024."""
    link = {"grew": "up10", "sort": "growth", "since": "2019", "ratio": "2"}
    drawn = find_panel(f"destinations/{key}").draw(real, link)
    notes = [note for note in drawn.notes if note.startswith("No comparison with 2019 is possible")]
    assert notes == [
        "No comparison with 2019 is possible: the earlier years of these tables are 2023–2024; "
        "2024 is used instead. In dollars the years reach further back."
    ]
    without = {name: code for name, code in link.items() if name != "since"}
    for other_link in (link | {"currency": "USD"}, link | {"since": "2024"}, without):
        assert not any("Asked for" in note for note in find_panel(f"destinations/{key}").draw(real, other_link).notes)


def test_ranks_of_the_year_to_date_compare_the_same_months(real: Store) -> None:
    assert draw(real, "bump", freq="YTD").headline.startswith("From January–July 2024 to January–July 2026, ")


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("en", "From 1974 to 1975, no economy gained China among their 2 largest sources of imports and none lost it: 0 became 0."),
        ("zh", "从1974年到1975年，没有新增经济体以中国为前两大进口来源之一，没有经济体转离：由0个变为0个。"),
    ],
)  # fmt: skip
def test_years_between_which_nothing_changed_say_so(real: Store, lang: str, message: str) -> None:
    """The sentence was `no figures for dataset=matrix, eu=members, first=1974, hong_kong_macao=in, ...`."""
    with pytest.raises(NoRows) as gap:
        draw(real, "changes", lang, flow="import", top="2", year="1975")
    assert gap.value.text(lang) == message
