"""Benchmarks of the parts of a page by pytest-benchmark, run by `trade bench` or alone:
`pytest -o addopts= benchmarks/microbenchmarks.py`.

They time measures with their default parameters through the public path, building and serializing figures, the
ledger of claims, checking a claim in words, a search, and a user's query. No time makes a test fail.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from trade.charts import concentration, contributions, time_series
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.serialized import Finished
from trade.errors import NoRows
from trade.measures import Result, catalog, claims, run
from trade.measures.claims import official_statements
from trade.search import search
from trade.store import Store, open_store
from trade.store.sandbox import run_sql

FIGURES: dict[str, tuple[Callable[..., Figure], str]] = {
    "index": (time_series.index, "index"),
    "waterfall": (contributions.waterfall, "contribution"),
    "growing": (concentration.growing, "growing_markets"),
    "lorenz": (concentration.lorenz, "lorenz"),
}
"""A chart and the measure that it draws."""


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store()


def answer(store: Store, measure: str) -> Result:
    """The measure's rows; a measure of data that are not loaded has none, and is left out."""
    try:
        return run(store, measure)
    except NoRows as gap:
        pytest.skip(str(gap))


@pytest.mark.parametrize("measure", catalog())
def test_measure(benchmark: BenchmarkFixture, store: Store, measure: str) -> None:
    answer(store, measure)
    benchmark(run, store, measure)


@pytest.mark.parametrize("figure", FIGURES)
def test_figure(benchmark: BenchmarkFixture, store: Store, figure: str) -> None:
    benchmark(_builder(store, figure))


@pytest.mark.parametrize("figure", FIGURES)
def test_finished_figure(benchmark: BenchmarkFixture, store: Store, figure: str) -> None:
    benchmark(Finished, _builder(store, figure)())


def test_ledger(benchmark: BenchmarkFixture, store: Store) -> None:
    benchmark(official_statements.claims, store)


def test_claim_in_words(benchmark: BenchmarkFixture, store: Store) -> None:
    benchmark(claims.check, store, "exports to Africa grew 18%")


@pytest.mark.parametrize("words", ["g", "lithium batteries", "vietnma", "qqqqq"])
def test_search(benchmark: BenchmarkFixture, store: Store, words: str) -> None:
    benchmark(search, store, words)


def test_query_of_a_reader(benchmark: BenchmarkFixture, store: Store) -> None:
    benchmark(run_sql, "SELECT count(*) FROM fact.partner_trade", store=store)


def _builder(store: Store, figure: str) -> Callable[[], Figure]:
    chart, measure = FIGURES[figure]
    result = answer(store, measure)
    context = Context.of(result.params, "en")
    return lambda: chart(result.frame, context)
