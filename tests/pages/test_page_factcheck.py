"""The fact check, driven as a reader would: claims in own words, the ledger with its filters, statements in full."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, opened, page, sound, text
from trade.measures.claims import official_statements
from trade.panels.fields import FIELDS
from trade.panels.language import say
from trade.store import Store
from trade.ui.factcheck import claim_check


@pytest.fixture
def app(real: Store) -> AppTest:
    """The dashboard before any page."""
    return opened()


@pytest.fixture
def factcheck(app: AppTest) -> AppTest:
    """The page as a reader finds it first."""
    return page(app, "factcheck")


def test_the_ledger_is_told_at_a_glance(factcheck: AppTest, real: Store) -> None:
    sound(factcheck)
    counts = official_statements.claims(real)["verdict"].value_counts()
    summary = f"Of {counts.sum()} official statements, {counts['reproduced']} are reproduced from other figures, "
    summary += f"{counts['as_published']} are as published, "
    assert summary in text(factcheck)
    assert len(factcheck.dataframe[0].value) == counts.sum()


def test_a_claim_is_answered_with_the_figure_and_its_source(app: AppTest) -> None:
    page(app, "factcheck", q="China's exports to the US fell by a fifth in 2025")
    sound(app)
    seen = text(app)
    assert "✓ Right: China's exports to the United States fell 19.5% in 2025 (in yuan, as published)." in seen
    assert "Source: GACC Monthly Bulletin" in seen
    assert "([copy of the table](" in seen


def test_several_numbers_get_a_verdict_each(app: AppTest) -> None:
    page(app, "factcheck", q="Exports rose 6.1% to 26.99 trillion yuan in 2025, while imports grew 5%")
    sound(app)
    seen = text(app)
    assert "3 statements in this sentence" in seen
    assert "✓ Right: China's exports were worth 26.99 trillion yuan in 2025" in seen
    assert "✗ Wrong: China's imports rose 0.5% in 2025" in seen


def test_the_reading_is_shown_and_can_be_corrected(app: AppTest, real: Store) -> None:
    sentence = "Imports from Japan rose 4.1% in 2025 in yuan"
    page(app, "factcheck", q=sentence)
    sound(app)
    assert "✗ Wrong" in text(app)
    app.session_state[claim_check._STORED] = {sentence: {0: {"flow": "export"}}}
    app.run()
    sound(app)
    assert "✓ Right: China's exports to Japan rose 4.1% in 2025" in text(app)
    app.button(key="undo_corrections").click().run()
    assert "✗ Wrong" in text(app)


def test_official_statements_are_about_the_same_subject(app: AppTest) -> None:
    page(app, "factcheck", q="Imports from Germany fell 1.5% in 2025")
    sound(app)
    assert not [button for button in app.button if str(button.key).startswith("alike_")]
    page(app, "factcheck", q="China's exports rose 6.1% in 2025")
    labels = [button.label for button in app.button if str(button.key).startswith("alike_")]
    assert labels
    assert len(labels) == len(set(labels))
    assert all("xport" in label for label in labels)


def test_the_box_and_the_examples_ask(factcheck: AppTest) -> None:
    factcheck.text_input[0].set_value("Exports were 26.99 trillion yuan in 2025").run()
    sound(factcheck)
    assert "✓ Right: China's exports were worth 26.99 trillion yuan in 2025" in text(factcheck)
    assert factcheck.query_params["q"] == "Exports were 26.99 trillion yuan in 2025"
    factcheck.text_input[0].set_value("").run()
    assert "q" not in factcheck.query_params
    for key in claim_check.EXAMPLES:
        page(factcheck, "factcheck", q="")
        next(one for one in factcheck.button if one.key == f"try_{key}").click().run()
        sound(factcheck)
        assert "Read as" in text(factcheck)


@pytest.mark.parametrize(
    "claim",
    [
        "the moon is made of cheese", "exports", "Africa", "imports from Brazil 2025", "2%", "in 1950 exports were 5%",
        "surplus with the US was 280 billion dollars in 2025", "Africa is the second largest partner", "soybean imports fell 4%",
        "79 countries have China as first destination", "exports to Europe contributed 1.3 points", "<script>alert(1)</script>",
        "x" * 500,
    ],
)  # fmt: skip
def test_any_claim_gets_a_calm_answer(app: AppTest, claim: str) -> None:
    page(app, "factcheck", q=claim)
    sound(app)


@pytest.mark.parametrize("verdict", FIELDS["verdict"].options)
def test_every_verdict_and_topic(factcheck: AppTest, real: Store, verdict: str) -> None:
    choose(factcheck, "verdict", verdict)
    for topic in ("all", *official_statements.claims(real)["topic"].unique()):
        choose(factcheck, "topic", topic)
        assert not factcheck.exception
        assert not factcheck.error
        assert factcheck.info or len(factcheck.dataframe[0].value)
        if verdict != "all" and not factcheck.info:
            seen = {one.split(" ", 1)[1].split(": ")[0] for one in factcheck.dataframe[0].value["verdict"]}
            assert seen == {verdict_word(verdict)}


def test_what_cannot_be_tested_shows_both_figures_and_in_what_they_differ(app: AppTest) -> None:
    page(app, "factcheck", claim="2025-q1-q3-first-export-destination")
    sound(app)
    seen = text(app)
    assert "◇ cannot be tested: a different definition, a different period** · stated: 79 economies" in seen
    assert (
        "Our figure is 44 economies, which counts something else: a different definition, a different period." in seen
    )
    assert "they can neither confirm nor refute 79" in seen


def verdict_word(code: str) -> str:
    return say(f"verdict.{code}")


def test_every_year(app: AppTest, real: Store) -> None:
    years = {period[:4] for period in official_statements.claims(real)["period"]}
    for year in sorted(years):
        page(app, "factcheck", stated=year)
        sound(app)
        assert len(app.dataframe[0].value)


def test_every_statement_opens_with_its_readings(app: AppTest, real: Store) -> None:
    """One of each verdict, topic and measure: the others differ in their words alone."""
    claims = official_statements.claims(real).drop_duplicates(["verdict", "topic", "measure"])
    assert len(claims) > 40
    for row in claims.to_dict("records"):
        page(app, "factcheck", claim=row["claim_id"])
        assert not app.exception, row["claim_id"]
        assert not app.error, row["claim_id"]
        assert row["statement"] in text(app)
        assert "Reading 1" in text(app)


@pytest.mark.parametrize("claim", ["2025-exports-total", "2025-partners", "2018-multiple-of-1978"])
def test_a_reading_shows_its_query_and_chart_when_opened(
    real: Store, claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trade.ui.factcheck.claims_page.st.expander", _open)
    app = opened()
    page(app, "factcheck", claim=claim)
    assert not app.exception
    assert not app.error
    assert any("SELECT" in one.value for one in app.code)
    assert len(app.get("plotly_chart")) > 1


def _open(*args: object, **options: object) -> object:
    import streamlit as st

    class Opened:
        open = True

        def __enter__(self) -> object:
            return st.container().__enter__()

        def __exit__(self, *error: object) -> None:
            return None

    return Opened()


@pytest.mark.parametrize("link", [{"claim": "nobody-said"}, {"verdict": "true"}, {"stated": "12"}, {"topic": "UFO"}])
def test_links_that_are_not_understood_draw_a_page(app: AppTest, link: dict[str, str]) -> None:
    page(app, "factcheck", **link)
    sound(app)
    assert app.warning
