"""The glossary is complete: every measure declares itself and stands in a golden test.

Golden is a figure that we did not compute with the measure itself: an official or published one (tests/golden_markets.py,
or a statement that the claims ledger reproduces), or one worked out by hand in a test that names the measure.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.golden_markets import GOLDEN
from trade.errors import NoRows, TradeError
from trade.measures import catalog, run
from trade.measures.catalog import read_measure
from trade.measures.claims.official import REPRODUCED, claims
from trade.store import Store

TESTS = Path(__file__).parent
NEEDED = ["growth", "ytd_growth", "contribution", "share", "cagr", "index", "balance", "moving_sum", "seasonally_adjusted",
          "streak", "hhi", "effective_markets", "normalised_hhi", "concentration_ratio", "theil", "gini", "lorenz",
          "active_markets", "growing_markets", "margins", "leave_one_out", "rank", "first_destinations", "market_share",
          "trade_intensity", "mirror_gap", "fx_effect", "constant_market_share", "carry_over", "scenario",
          "grubel_lloyd", "rca"]  # fmt: skip


@cache
def named_in_tests() -> set[str]:
    """Ids that stand as a string in a test function that asserts, or in its parameters."""
    found: set[str] = set()
    for path in TESTS.glob("test_*.py"):
        if path == Path(__file__):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            asserts = isinstance(node, ast.FunctionDef) and any(isinstance(part, ast.Assert) for part in ast.walk(node))
            if asserts and node.name.startswith("test_"):
                found |= {
                    part.value
                    for part in ast.walk(node)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    return found


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
    golden = {one.measure for one in GOLDEN} | reproduced | named_in_tests()
    assert not sorted(set(catalog()) - golden), "add a figure from a source, or one worked out by hand, to a test"


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
    ("text", "said"),
    [
        ("SELECT 1", "must begin with a header"),
        ("/* ---\ntitle = \n--- */ SELECT 1", "not valid TOML"),
        ("/* ---\ntitle = 'x'\n--- */ SELECT 1", "field unit"),
        ("/* ---\nuses = ['no_such_thing']\n--- */ SELECT 1", "no_such_thing"),
    ],
)
def test_a_wrong_header_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "odd.sql"
    path.write_text(text)
    with pytest.raises(TradeError) as caught:
        read_measure(path)
    assert said in str(caught.value)
    assert "odd.sql" in str(caught.value)
