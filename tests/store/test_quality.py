"""Comparability of figures: every example of docs/quality.md, the rule itself, and one figure for one thing."""

from __future__ import annotations

import itertools
import re

import pandas as pd
import pytest

from tests.support.paths import PROJECT
from trade.measures import catalog, comparability, run
from trade.store import Store

PAGE = PROJECT / "docs" / "quality.md"


def _examples() -> list[tuple[str, ...]]:
    """The rows of the table of rules: measure with parameters, row, column, value."""
    rows = [line.strip("| \n").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    return [tuple(row[1:]) for row in rows if len(row) == 5 and row[1] != "measure" and not row[0].startswith("-")]


EXAMPLES = _examples()


def test_the_page_has_its_rules() -> None:
    assert len(EXAMPLES) >= 30


def test_every_test_that_the_page_names_exists() -> None:
    rows = PAGE.read_text(encoding="utf-8").partition("| found | kind | rule | tests |")[2].partition("\n\n")[0]
    named = re.findall(r"([a-z]+/test_\w+\.py)::(test_\w+)", rows)
    assert len(named) > 40
    gone = [
        f"{path}::{name}"
        for path, name in named
        if f"def {name}(" not in (PROJECT / "tests" / path).read_text(encoding="utf-8")
    ]
    assert gone == []


@pytest.mark.parametrize(("call", "where", "column", "value"), EXAMPLES, ids=[f"{e[0]}-{e[2]}" for e in EXAMPLES])
def test_example_of_a_rule(real: Store, call: str, where: str, column: str, value: str) -> None:
    measure, *params = call.split(" ")
    frame = run(real, measure, **dict(one.split("=") for one in params)).frame
    name, code = where.split("=")
    (cell,) = frame.loc[frame[name].astype(str) == code, column]
    if value == "empty":
        assert pd.isna(cell)
    elif isinstance(cell, str):
        assert cell == value
    else:
        assert cell == pytest.approx(float(value), rel=2e-3)


def test_the_rule_in_python_is_the_rule_in_sql(tiny: Store) -> None:
    kinds = [*comparability.ORDER]
    for one in kinds:
        for other in kinds:
            for source in ("a", "b"):
                params = {"one": one, "other": other, "source": source}
                sql = tiny.query("SELECT break_between($one, $other, 'a', $source) AS found", params)["found"].iloc[0]
                assert comparability.break_between(one, other, "a", source) == ("" if pd.isna(sql) else sql)
        lists = tiny.query("SELECT worst_quality(q) AS found FROM unnest([$one, 'derived']) AS t (q)", {"one": one})
        assert lists["found"].iloc[0] == comparability.worst([one, "derived"])


def test_over_several_years_the_rule_is_the_same_in_python_and_sql(tiny: Store) -> None:
    """China's own report in two sources compares from two years on; a partner's own report and another source never do."""
    sources = ("gacc_partners", "imf_dots", "comtrade_mirror", "cepii_baci", "imf_dots wits_china")
    for years, one, other in itertools.product((1, 2, 6), sources, sources):
        for quality_of_one in ("reported", "mirror"):
            params = {"years": years, "quality": quality_of_one, "one": one, "other": other}
            sql = tiny.query("SELECT break_over($years, $quality, 'reported', $one, $other) AS found", params)[
                "found"
            ].iloc[0]
            found = comparability.break_over(years, quality_of_one, "reported", one, other)
            assert found == ("" if pd.isna(sql) else sql), params
    assert comparability.break_over(6, "converted", "reported", "gacc_partners", "imf_dots") == ""
    assert comparability.break_over(1, "implied", "reported", "gacc_partners", "wits_china") == "source"
    assert comparability.break_over(6, "converted", "mirror", "gacc_partners", "comtrade_mirror") == "mirror"


@pytest.mark.parametrize("flow", ["export", "import", "total"])
def test_no_market_grows_across_a_break(real: Store, flow: str) -> None:
    """All years and markets: where the two figures are of different quality or source every comparison is empty."""
    frame = run(real, "rank", flow=flow, currency="USD", first="2001", last="2025").frame
    frame = frame.assign(year=frame["period"].astype(int))
    before = frame[["market", "year", "quality", "source_id"]].assign(year=frame["year"] + 1)
    pairs = frame.merge(before, on=["market", "year"], suffixes=("", "_before"))
    reasons = [
        comparability.break_between(*row)
        for row in pairs[["quality", "quality_before", "source_id", "source_id_before"]].itertuples(index=False)
    ]
    unlike = pairs[[bool(one) for one in reasons]]
    assert len(unlike) > 200
    assert unlike["break"].notna().all()
    for column in ("growth_pct", "rank_change", "share_change_pp"):
        assert unlike[column].isna().all(), column
    assert pairs.loc[[not one for one in reasons], "growth_pct"].notna().mean() > 0.9


def test_absent_is_not_zero(real: Store) -> None:
    """A partner that is in only one of two tables that do not compare neither enters nor leaves."""
    frame = run(real, "margins", flow="export", currency="USD", period="2021", base="2020", by="market").frame
    alone = frame[frame["value"].isna() | frame["base_value"].isna()]
    assert len(alone) > 20
    assert set(alone["component"]) == {"unlike"}
    assert alone["change"].isna().all()


def test_entries_and_exits_within_one_source_stay(real: Store) -> None:
    frame = run(real, "margins", flow="export", currency="USD", period="2025").frame.set_index("component")
    assert frame.loc["entry", "markets"] > 0
    assert frame.loc["total", "change"] == pytest.approx(frame["change"].drop("total").sum())


def test_every_comparing_measure_says_why_it_does_not() -> None:
    for name in ("bloc", "rank", "share", "margins", "leave_one_out", "market_fall", "growing_markets"):
        assert "break" in catalog()[name].sql, name


def test_one_figure_for_a_continent(real: Store) -> None:
    """What a continent gave is the same wherever it is shown: by continent, among its partners, as a bloc."""
    continents = run(real, "contribution", by="continent", period="2025").frame.set_index("code")
    for code in ("asia", "africa", "europe", "latin-america", "north-america", "oceania"):
        inside = run(real, "contribution", by="partner", continent=code, period="2025").frame.set_index("code")
        for column in ("value", "growth_pct", "contribution_pp", "share_pct"):
            assert inside.loc[code, column] == pytest.approx(continents.loc[code, column]), (code, column)
        bloc = run(real, "bloc", group=code, flow="export", last="2025").frame.iloc[-1]
        assert bloc["value"] == pytest.approx(continents.loc[code, "value"])
        assert bloc["growth_pct"] == pytest.approx(continents.loc[code, "growth_pct"], abs=0.01)


def test_a_report_that_fits_neither_neighbour_is_left_out(real: Store) -> None:
    """Viet Nam's of 1998 had the concentration of 37 equal markets, between 12 and 16: found by the rule, and no other."""
    unfit = real.query("""
        WITH report AS (
            SELECT exporter, year, importer, value_usd / sum(value_usd) OVER (PARTITION BY exporter, year) AS share
            FROM fact.bilateral_export WHERE source_id = 'wits'
        ),
        overlap AS (
            SELECT report.exporter, report.year, later.year - report.year AS years, sum(least(report.share, later.share)) AS size
            FROM report JOIN report AS later USING (exporter, importer)
            WHERE later.year - report.year IN (1, 2)
            GROUP BY ALL
        )
        SELECT around.exporter, CAST(around.year + 1 AS INTEGER) AS year
        FROM overlap AS around
        JOIN (FROM overlap WHERE years = 1) AS former ON former.exporter = around.exporter AND former.year = around.year
        JOIN (FROM overlap WHERE years = 1) AS later ON later.exporter = around.exporter AND later.year = around.year + 1
        WHERE around.years = 2 AND around.size > 0.7 AND former.size < 0.5 AND later.size < 0.5
    """)
    left_out = real.query("""
        SELECT DISTINCT exporter, CAST(year AS INTEGER) AS year
        FROM (FROM fact.bilateral_export ANTI JOIN bilateral USING (source_id, year, exporter))
    """)
    assert set(unfit.itertuples(index=False, name=None)) == set(left_out.itertuples(index=False, name=None))
    assert ("VNM", 1998) in set(left_out.itertuples(index=False, name=None))
    assert len(left_out) == 7
