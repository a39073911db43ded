"""The glossary is complete: every measure declares itself and stands in a golden test.

A golden test compares a measure with a figure that was not computed by it: an official or published one
(tests/support/golden_markets.py, or a statement that the claims ledger reproduces), or one worked out by hand.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.support.golden_check import asserted_measures
from tests.support.golden_markets import GOLDEN
from tests.support.paths import TESTS
from trade.errors import NoRows, TradeError
from trade.measures import catalog, run
from trade.measures.catalog import read_measure
from trade.measures.claims.official_statements import REPRODUCED, claims
from trade.measures.translations import measure_in
from trade.store import Store
from trade.text.catalog import LANGUAGES, say

NEEDED = ["growth", "ytd_growth", "contribution", "share", "cagr", "index", "balance", "moving_sum", "seasonally_adjusted",
          "streak", "hhi", "effective_markets", "normalised_hhi", "concentration_ratio", "theil", "gini", "lorenz",
          "active_markets", "growing_markets", "margins", "leave_one_out", "rank", "first_destinations", "market_share",
          "trade_intensity", "mirror_gap", "fx_effect", "constant_market_share", "carry_over", "scenario",
          "grubel_lloyd", "rca"]  # fmt: skip


@cache
def asserted_in_tests() -> set[str]:
    """Measures of which a test compares a value with a number."""
    texts = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")]
    return set().union(*(asserted_measures(text, set(catalog())) for text in texts))


INTERNAL = re.compile(
    r"world matrix|\bthe store\b|fact tables?|in the facts|bundled|on file|as loaded|\bheld\b(?! still| that rank)|nought"
)
"""Internal terms that texts for users must not contain."""


@pytest.mark.parametrize("name", sorted(catalog()))
def test_a_measure_declares_itself_in_words_that_a_stranger_knows(name: str) -> None:
    declared = catalog()[name]
    helps = [one.help for one in declared.parameters.values()]
    texts = [declared.title, declared.definition, declared.formula, declared.reference, *declared.caveats, *helps]
    assert not [text for text in texts if INTERNAL.search(text)]
    assert not [text for text in texts if "matrix" in text and "ilateral trade matrix" not in text]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_measure_lacks_can_be_loaded_in_a_browser_too(lang: str) -> None:
    """A user of Explore has no command line: the message names the page where data can be loaded, and no command."""
    page = say("pages.sources.nav", lang)
    texts = [measure_in(one, lang).needs for one in catalog().values() if one.needs_table]
    assert texts
    assert not [text for text in texts if page not in text or "`" in text]


def test_the_measures_that_were_promised_exist() -> None:
    assert set(NEEDED) <= set(catalog())


@pytest.mark.parametrize("name", catalog())
def test_a_measure_says_what_it_is(name: str) -> None:
    measure = catalog()[name]
    for text in (measure.title, measure.unit, measure.definition, measure.formula, measure.tex, measure.reference):
        assert len(text.strip()) > 0
    assert measure.caveats, "what goes wrong if it is read naively"
    for parameter in measure.parameters.values():
        assert parameter.help.endswith("."), "a sentence for the reader"
        if isinstance(parameter.domain, list) and parameter.default is not None:
            assert parameter.default in parameter.domain


def test_every_measure_has_a_golden_figure(real: Store) -> None:
    ledger = claims(real)
    reproduced = set(ledger.loc[ledger["verdict"] == REPRODUCED, "measure"])
    golden = {one.measure for one in GOLDEN} | reproduced | asserted_in_tests()
    assert not sorted(set(catalog()) - golden), "add a figure from a source, or one worked out by hand, to a test"


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        ("assert run(tiny, 'hhi').frame['hhi'][0] == 0.375", True),
        ("row = at(tiny, 'hhi')\n    assert (row['hhi'], 'x') == pytest.approx((0.375, 'x'))", True),
        ("assert [row for row in run(tiny, 'hhi').frame['hhi'] if row > 0.3]", True),
        ("assert 'hhi' in catalog()", False),
        ("run(tiny, 'hhi')\n    assert 1 + 1 == 2", False),
        ("assert run(tiny, 'hhi', first=2025).frame['largest'][0] == 'USA'", False),
        ("assert len(run(tiny, 'hhi').frame) == 3", False),
        ("frame = run(tiny, 'hhi').frame\n    assert frame['hhi'][0] == frame['hhi'][1] * 2", False),
        ("assert frame.groupby('hhi')['x'].sum()[0] == 3", False),
    ],
)
def test_only_a_comparison_with_a_number_is_golden(body: str, counts: bool) -> None:
    source = (
        f"def at(store, measure):\n    return run(store, measure).frame.iloc[-1]\n\ndef test_x(tiny):\n    {body}\n"
    )
    assert asserted_measures(source, {"hhi"}) == ({"hhi"} if counts else set())


@pytest.mark.parametrize("name", catalog())
def test_a_measure_answers_by_default_or_says_what_it_lacks(real: Store, name: str) -> None:
    lacking, result = "", None
    try:
        result = run(real, name)
    except NoRows as error:
        lacking = str(error)
    if result is None:
        assert catalog()[name].needs
        assert catalog()[name].needs in lacking
        return
    assert result.sources, "every row names its source"
    assert result.frame["source_id"].notna().all()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT 1", "must begin with a header"),
        ("/* ---\ntitle = \n--- */ SELECT 1", "not valid TOML"),
        ("/* ---\ntitle = 'x'\n--- */ SELECT 1", "field unit"),
        ("/* ---\nuses = ['no_such_thing']\n--- */ SELECT 1", "no_such_thing"),
    ],
)
def test_a_wrong_header_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "odd.sql"
    path.write_text(text)
    with pytest.raises(TradeError) as caught:
        read_measure(path)
    assert message in str(caught.value)
    assert "odd.sql" in str(caught.value)


def test_a_currency_that_a_table_lacks_is_the_first_to_be_changed(real: Store) -> None:
    """Customs prints partners by month in yuan: the sentence gave up the frequency, and a year of dollars came."""
    with pytest.raises(NoRows, match="with currency=CNY there are figures for period=2026-Q2"):
        run(real, "contribution", by="partner", period="2026-Q2", currency="USD")
    with pytest.raises(NoRows, match="with currency=CNY figures run from 2024-Q1 to "):
        run(real, "share", freq="Q", currency="USD", market="DEU")


def test_what_to_ask_instead_is_looked_for_once_and_only_when_the_sentence_is_read(
    tiny: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A panel without rows draws something else, so the queries for the suggestion would be wasted."""
    queries: list[str] = []
    query = Store.query
    monkeypatch.setattr(Store, "query", lambda *words: queries.append(words[1]) or query(*words))
    with pytest.raises(NoRows) as gap:
        run(tiny, "growth", flow="total", first="1900", last="1900")
    before = len(queries)
    assert "figures run from 2023 to 2025" in str(gap.value)
    further = len(queries) - before
    assert further > 0
    assert gap.value.text("zh") != gap.value.text("en") == str(gap.value)
    assert len(queries) - before == further
