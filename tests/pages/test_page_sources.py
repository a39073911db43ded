"""Sources and methods: the registry, coverage, revisions, residuals, the glossary of every measure, citations."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, opened, page, sound, text
from trade.measures import catalog, describe_sources, run, source_citation
from trade.panels.fields import FIELDS
from trade.store import Store


@pytest.fixture
def app(real: Store) -> AppTest:
    """The dashboard before any page."""
    return opened()


@pytest.fixture
def sources(app: AppTest) -> AppTest:
    """The page as a reader finds it first."""
    return page(app, "sources")


def test_years_of_the_sources_are_those_of_their_titles(real: Store) -> None:
    frame = run(real, "sources").frame.set_index("source_id")
    assert frame.loc["cepii_baci", "title"] == "BACI: reconciled bilateral merchandise exports, 2000 to 2020 and 2023"
    assert (int(frame.loc["cepii_baci", "first_year"]), int(frame.loc["cepii_baci", "newest_period"])) == (2000, 2023)


def test_every_source_is_listed_and_opens_in_full(sources: AppTest, real: Store) -> None:
    sound(sources)
    stored = run(real, "sources").frame
    assert list(sources.dataframe[0].value["title"]) == list(stored["title"])
    for source in stored["source_id"]:
        choose(sources, "source", source)
        sound(sources)
        row = stored.set_index("source_id").loc[source]
        assert row["licence"] in text(sources), source


@pytest.mark.parametrize("measure", sorted(catalog())[::5])
def test_every_measure_stands_in_the_glossary_with_its_formula(sources: AppTest, measure: str) -> None:
    choose(sources, "term", measure)
    assert not sources.exception
    assert not sources.error
    assert catalog()[measure].tex in {one.value.strip("$\n ") for one in sources.latex}
    assert catalog()[measure].definition in text(sources)


@pytest.mark.parametrize("freq", FIELDS["freq"].options)
@pytest.mark.parametrize("currency", FIELDS["currency"].options)
@pytest.mark.parametrize("flow", FIELDS["flow"].options)
def test_every_revision(app: AppTest, flow: str, currency: str, freq: str) -> None:
    page(app, "sources", flow=flow, currency=currency, freq=freq)
    sound(app)
    if (flow, currency, freq) == ("total", "USD", "YTD"):  # rounding explains every difference: there is no revision
        assert len(app.get("plotly_chart")) == 2
        assert app.info
    else:
        assert len(app.get("plotly_chart")) == 3


def test_the_great_revision_of_2022_is_told(app: AppTest) -> None:
    page(app, "sources", flow="total")
    assert "The figure for China's total trade of 2022 was lowered by 0.93%, from 42.07 trillion yuan to" in text(app)


def test_a_source_is_cited_as_text_and_as_bibtex(real: Store) -> None:
    for source in run(real, "sources").frame["source_id"]:
        (note,) = describe_sources(real, [source])
        entry = source_citation.as_bibtex(note)
        assert entry.startswith(f"@misc{{{source},")
        assert entry.endswith("}")
        assert entry.count("{") == entry.count("}")
        assert note.title in source_citation.as_text(note)


@pytest.mark.parametrize("link", [{"source": "nobody"}, {"term": "luck"}, {"source": "<b>"}])
def test_links_that_are_not_understood_draw_a_page(app: AppTest, link: dict[str, str]) -> None:
    page(app, "sources", **link)
    sound(app)
    assert app.warning
