"""The ledger of claims: every statement is computed, the main ones have the right verdict, bounds are honoured."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.support.answers import results_cached
from trade.cli.commands import app
from trade.errors import UnknownName
from trade.measures.claims import official_statements as ledger
from trade.measures.claims.official_statements import Reading, ReadingFailed, agrees, half_digit
from trade.store import Store

runner = CliRunner()
_tables: dict[str, pd.DataFrame] = {}
_judged: dict[tuple[str, str, str], ledger.Claim] = {}


@pytest.fixture(scope="module", autouse=True)
def _measures_cached() -> Iterator[None]:
    """Cache results of measures: tests make the ledger several times, in each language and by commands."""
    with results_cached(ledger):
        yield


@pytest.fixture
def table(real: Store) -> pd.DataFrame:
    """The ledger of the bundled facts by statement, computed once."""
    if real.version not in _tables:
        _tables[real.version] = ledger.claims(real).set_index("claim_id")
    return _tables[real.version]


def judged(store: Store, claim_id: str, lang: str = "en") -> ledger.Claim:
    """The statement as the ledger judges it, computed once for the tests that look at all statements."""
    key = store.version, claim_id, lang
    if key not in _judged:
        _judged[key] = ledger.claim(store, claim_id, lang)
    return _judged[key]


# Statements of the State Council Information Office's briefings of 14 and 28 January 2026 and of the pages named in
# data/statements/claims.csv. Value: what the bundled customs tables give, in the unit of the statement.
HEADLINES = [
    ("2025-goods-trade-total", "reproduced", 45.4685),
    ("2025-goods-trade-growth", "as_published", 3.8),
    ("2025-exports-total", "reproduced", 26.98898),
    ("2025-exports-growth", "as_published", 6.1),
    ("2025-exports-growth-usd", "as_published", 5.5),
    ("2025-imports-total", "reproduced", 18.47953),
    ("2025-trade-surplus-usd", "rounding_or_revision", 1.1801),
    ("2025-goods-trade-total-usd", "rounding_or_revision", 6.3603),
    ("2021-goods-trade-total-usd", "rounding_or_revision", 6.0438),
    ("2018-q2-goods-trade-total", "rounding_or_revision", 7.37),
    ("2018-q3-goods-trade-total", "rounding_or_revision", 8.16),
    ("2019-q1-goods-trade-total", "not_comparable", 7.01),
    ("2019-q2-goods-trade-total", "rounding_or_revision", 7.66),
    ("2019-q3-goods-trade-total", "rounding_or_revision", 8.24),
    ("2019-q4-goods-trade-total", "not_comparable", 8.63),
    ("2025-01-07-high-tech-share-of-trade-growth", "rounding_or_revision", 45.4822),
    ("2025-goods-trade-growth-since-2020", "rounding_or_revision", 41.1733),
    ("2025-goods-trade-total-usd-headline", "differs", 6.3603),
    ("2025-years-of-growth", "as_published", 9),
    ("2025-q2-quarters-above-10-tn", "reproduced", 9),
    ("2025-months-of-growth", "reproduced", 10),
    ("2025-months-with-surplus-above-100-bn", "reproduced", 7),
    ("2025-partners", "reproduced", 249),
    ("2025-partners-growing", "reproduced", 193),
    ("2025-share-growing-each-continent", "reproduced", 60.71),
    ("2025-partners-above-1-tn", "reproduced", 14),
    ("2025-partners-above-100-bn", "reproduced", 62),
    ("2025-partners-above-10-bn", "reproduced", 137),
    ("2025-h1-partners-above-50-bn", "differs", 60),
    ("2025-top-ten-partners-share", "reproduced", 47.6533),
    ("2025-us-first-export-destination", "reproduced", 1),
    ("2025-us-share-of-exports", "reproduced", 11.1406),
    ("2025-us-share-of-trade", "reproduced", 8.81206),
    ("2025-apec-share", "rounding_or_revision", 57.8267),
    ("2025-belt-and-road-share", "reproduced", 51.9079),
    ("2025-central-asia-trade", "reproduced", 106.335),
    ("2007-share-of-world-trade", "not_comparable", 7.62157),
    ("2024-top-three-partner-of", "not_comparable", 150),
    ("2025-new-energy-vehicle-exports", "not_comparable", 3.93343),
    ("2025-h1-partners-growing", "differs", 190),
    ("2025-q1-q3-first-export-destination", "not_comparable", 44),
    ("2025-high-tech-exports", "not_comparable", 6.7807),
    ("2025-high-tech-exports-growth", "not_comparable", 8.0),
    ("2025-high-tech-contribution-to-export-growth", "as_published", 2.40667),
    ("2025-equipment-contribution-to-export-growth", "as_published", 5.30918),
    ("2025-machinery-share-of-exports", "reproduced", 61.0194),
    ("2025-private-enterprises-share", "as_published", 57.2704),
    ("2000-2023-africa-trade-average-growth", "not_reproducible", None),
    ("2013-world-rank", "reproduced", 1),
    ("2018-multiple-of-1978", "rounding_or_revision", 222.304),
    ("2025-industrial-robots-net-exporter", "not_reproducible", None),
    ("2025-firms-trading", "not_reproducible", None),
    ("2026-wto-forecast-goods-trade", "quoted", None),
]


@pytest.mark.parametrize(("claim_id", "verdict", "value"), HEADLINES, ids=[one[0] for one in HEADLINES])
def test_headline(table: pd.DataFrame, claim_id: str, verdict: str, value: float | None) -> None:
    row = table.loc[claim_id]
    assert row["verdict"] == verdict
    if value is None:
        assert pd.isna(row["reproduced_value"])
    else:
        assert row["reproduced_value"] == pytest.approx(value, rel=5e-4)
        if not {"definition", "period"} & set(row["unlike"].split()):
            assert row["difference"] == pytest.approx(row["reproduced_value"] - row["official_value"])


def test_figures_of_another_definition_or_period_never_decide(real: Store, table: pd.DataFrame) -> None:
    """They neither refute nor confirm a statement: 79 in the matrix of 2020 is not the 79 of 2025."""
    for claim_id in table.index:
        for answer in judged(real, claim_id).answers:
            if {"definition", "period"} & set(answer.reading.unlike):
                place = f"{claim_id}, reading {answer.reading.reading}"
                assert (answer.verdict, answer.difference) == ("not_comparable", None), place
    high_tech = ledger.claim(real, "2025-high-tech-exports")
    assert (high_tech.verdict, high_tech.unlike) == ("not_comparable", ("definition",))
    assert [round(one.value, 2) for one in high_tech.answers] == [6.78, 5.25]


def test_a_row_of_another_period_is_declared_to_be_one(real: Store, table: pd.DataFrame) -> None:
    for claim_id in table.index:
        claim = judged(real, claim_id)
        for answer in claim.answers:
            row = answer.reading.pick_row.get("period")
            if row is None:
                continue
            # a base_ column holds the figures of a year earlier
            year = int(row[:4]) - answer.reading.pick.startswith("base_")
            years = [int(part[:4]) for part in claim.period.split("/")]
            if not min(years) <= year <= max(years):
                assert "period" in answer.reading.unlike, f"{claim_id}, reading {answer.reading.reading}"


def test_differing_needs_the_same_concept_period_and_definition(table: pd.DataFrame) -> None:
    """The four left: two conversions of the press against customs' own dollars, two counts of partners."""
    assert set(table.index[table["verdict"] == "differs"]) == {
        "2025-goods-trade-total-usd-agency", "2025-goods-trade-total-usd-headline", "2025-h1-partners-above-50-bn",
        "2025-h1-partners-growing",
    }  # fmt: skip
    assert (table.loc[table["verdict"] == "differs", "unlike"] == "").all()
    assert (table.loc[table["verdict"] == "not_comparable", "unlike"] != "").all()


def test_every_reading_computes_and_says_what_is_wrong(real: Store, table: pd.DataFrame) -> None:
    """Every reading computes; one that is not reproduced gives a reason, in both languages."""
    for claim_id in table.index:
        for lang in ("en", "zh"):
            claim = judged(real, claim_id, lang)
            assert [one.reading.reading for one in claim.answers] == list(range(1, len(claim.answers) + 1))
            for answer in claim.answers:
                place = f"{claim_id}, reading {answer.reading.reading}"
                assert answer.reading.definition, place
                assert answer.verdict in ("reproduced", "as_published") or answer.reading.reason, place
                assert (answer.value is None) == (answer.reading.kind in ("missing", "quoted")), place
            assert claim.verdict == table.loc[claim_id, "verdict"]


def test_ledger_holds_all_statements(real: Store, table: pd.DataFrame) -> None:
    statements = real.query("SELECT claim_id FROM fact.claim")["claim_id"]
    assert set(table.index) <= set(statements)
    assert (len(statements), len(table)) == (147, 129), "pages that repeat a statement count once"
    assert set(table["verdict"]) == set(ledger.VERDICTS)
    assert (table["verdict"] == "reproduced").sum() >= 40


def test_pages_that_repeat_a_statement_stand_beside_it(real: Store, table: pd.DataFrame) -> None:
    pages = table.loc["2025-years-of-growth", "pages"].split("; ")
    assert len(pages) == 4
    assert ledger.claim(real, "2025-years-of-growth-4").verdict == "as_published"
    repeated = real.query("SELECT statement_en, period FROM fact.claim").groupby(["statement_en", "period"]).size()
    assert len(repeated) == len(table)


def test_a_statement_compared_with_itself_is_as_published(real: Store) -> None:
    """A number that its own page printed cannot differ: it confirms nothing."""
    for claim_id in ("2025-imports-growth", "2025-new-three-exports", "2025-private-enterprises-share"):
        assert ledger.claim(real, claim_id).answers[0].reading.kind == "published"


def test_a_revised_figure_shows_what_was_released(real: Store) -> None:
    claim = ledger.claim(real, "2025-trade-surplus-usd")
    assert [round(one.value, 3) for one in claim.answers] == [1.18, 1.189]
    assert (claim.answers[0].verdict, claim.verdict) == ("not_comparable", "rounding_or_revision")


def test_first_destination_counts_stand_side_by_side(real: Store) -> None:
    """No source counts 79 first destinations; counts of the first three destinations come close."""
    claim = ledger.claim(real, "2025-q1-q3-first-export-destination")
    counts = {
        (
            one.reading.params["dataset"],
            one.reading.params["flow"],
            one.reading.params["top"],
            one.reading.pick_row["period"],
        ): one.value
        for one in claim.answers
    }
    assert counts["matrix", "export", "1", "2023"] == 44
    assert counts["matrix", "export", "3", "2023"] == 80
    assert counts["matrix", "export", "3", "2020"] == 79
    assert counts["matrix", "import", "1", "2023"] == 82
    assert counts["cia", "export", "1", "2023"] == 43
    assert counts["imf", "export", "1", "2025"] == 36
    assert counts["imf", "export", "3", "2025"] == 67


def test_nine_years_in_yuan_are_two_in_dollars(real: Store) -> None:
    values = [one.value for one in ledger.claim(real, "2025-years-of-growth").answers]
    assert values == [9, 2, 2]


class TestBounds:
    @given(st.floats(-1e6, 1e6), st.integers(0, 4))
    def test_a_number_agrees_with_its_own_rounding(self, value: float, digits: int) -> None:
        printed = f"{value:.{digits}f}"
        assert agrees("equal", value, float(printed), printed)

    @given(st.decimals(-1000, 1000, places=2), st.floats(0.006, 5))
    def test_beyond_half_the_last_digit_it_differs(self, printed: object, beyond: float) -> None:
        official = float(str(printed))
        assert agrees("equal", official + 0.0049, official, str(printed))
        assert not agrees("equal", official + beyond, official, str(printed))
        assert not agrees("equal", official - beyond, official, str(printed))

    @given(st.floats(1, 1e6), st.floats(1, 1e6))
    def test_over_and_at_least(self, value: float, official: float) -> None:
        assert agrees("over", value, official) <= agrees("at least", value, official)
        assert agrees("at least", official, official)
        assert not agrees("over", official, official)
        assert agrees("at least", value, official) or value < official

    @given(st.floats(1, 1e6))
    def test_nearly_is_below_and_about_is_around(self, official: float) -> None:
        assert agrees("nearly", official * 0.96, official)
        assert not agrees("nearly", official * 0.94, official)
        assert not agrees("nearly", official * 1.01, official)
        assert agrees("about", official * 1.04, official)
        assert agrees("about", official * 0.96, official)
        assert not agrees("about", official * 1.06, official)

    def test_yes_is_a_condition(self) -> None:
        assert agrees("yes", 1.0, 1.0)
        assert not agrees("yes", 0.0, 1.0)

    @pytest.mark.parametrize(
        ("printed", "half"), [("45.47", 0.005), ("14", 0.5), ("57.82", 0.005), ("1.2805", 0.00005), (None, 0), ("", 0)]
    )
    def test_half_digit(self, printed: str | None, half: float) -> None:
        assert half_digit(printed) == pytest.approx(half)


def reading(**changed: object) -> Reading:
    fields = {
        "claim_id": "a", "reading": 1, "kind": "measure", "measure": "growth", "params": {"flow": "total"}, "pick": "value",
        "pick_row": {"period": "2025"}, "unlike": (), "scale": 1e-12, "definition": "", "reason": "",
    }  # fmt: skip
    return Reading(**fields | changed)  # type: ignore[arg-type]


CLAIM = {"claim_id": "a", "official_value": 45.47, "bound": "equal", "printed": "45.47"}


class TestReadings:
    def test_picks_the_row_and_scales(self, real: Store) -> None:
        answer = ledger._answer(real, CLAIM, reading(), {})
        assert answer.verdict == "reproduced"
        assert answer.value == pytest.approx(45.46851)

    def test_no_conditions_mean_the_last_row(self, real: Store) -> None:
        assert ledger._answer(real, CLAIM, reading(pick_row={}), {}).value == pytest.approx(45.46851)

    def test_readings_share_rows(self, real: Store) -> None:
        ran: dict = {}
        ledger._answer(real, CLAIM, reading(), ran)
        ledger._answer(real, CLAIM, reading(pick="growth_pct", scale=1.0), ran)
        assert len(ran) == 1

    @pytest.mark.parametrize(
        "changed",
        [
            {"measure": "grwth"},
            {"params": {"flow": "sideways"}},
            {"pick": "valeu"},
            {"pick_row": {"year": "2025"}},
            {"pick_row": {"period": "1820"}},
            {"params": {"flow": "total", "first": "2099"}},
        ],
        ids=str,
    )
    def test_a_reading_that_cannot_be_computed_fails_and_names_itself(self, real: Store, changed: dict) -> None:
        with pytest.raises(ReadingFailed, match="Statement a, reading 1"):
            ledger._answer(real, CLAIM, reading(**changed), {})

    def test_pairs(self) -> None:
        assert ledger.pairs("vintage=first release;partners=KAZ KGZ; x=1") == {
            "vintage": "first release",
            "partners": "KAZ KGZ",
            "x": "1",
        }
        assert ledger.pairs(None) == {}


@pytest.mark.usefixtures("real")
class TestCommand:
    def test_json(self) -> None:
        claims = json.loads(self.ask("claims", "--format", "json"))
        assert set(ledger.COLUMNS) <= set(claims[0])
        by_id = {one["claim_id"]: one for one in claims}
        claim = by_id["2025-partners-growing"]
        assert (claim["verdict"], claim["reproduced_value"], claim["measure"]) == ("reproduced", 193, "growing_markets")
        assert claim["params"]["growth"] == "published"
        assert by_id["2025-firms-trading"]["reproduced_value"] is None

    def test_in_chinese(self) -> None:
        by_id = {one["claim_id"]: one for one in json.loads(self.ask("claims", "--lang", "zh", "--format", "json"))}
        destinations = by_id["2025-q1-q3-first-export-destination"]
        assert (destinations["official_value"], destinations["reproduced_value"]) == (79, 44)
        assert destinations["unlike"] == ["definition", "period"]
        assert "年份与经济体名单均不同" in destinations["reason"]

    def test_csv_and_table(self) -> None:
        assert self.ask("claims", "-f", "csv").splitlines()[0] == ",".join(ledger.COLUMNS)
        assert "not_reproducible" in self.ask("claims")

    def test_one_statement_with_all_it_rests_on(self) -> None:
        claim = json.loads(self.ask("claims", "--claim", "2025-years-of-growth", "-f", "json"))
        assert claim["source_url"]
        assert claim["quote"]
        assert [one["verdict"] for one in claim["readings"]] == ["as_published", "not_comparable", "not_comparable"]
        assert [one["unlike"] for one in claim["readings"]] == [[], ["vintage"], ["definition"]]
        assert claim["readings"][0]["sql"].startswith("WITH")
        assert "reading 2" in self.ask("claims", "--claim", "2025-years-of-growth")

    def test_unknown_statement(self, real: Store) -> None:
        with pytest.raises(UnknownName, match="2025-partners"):
            ledger.claim(real, "2025-partner")
        result = runner.invoke(app, ["claims", "--claim", "2025-partner"])
        assert result.exit_code == 1
        assert "2025-partners" in result.stderr

    def ask(self, *words: str) -> str:
        result = runner.invoke(app, list(words))
        assert result.exit_code == 0, result.output
        return result.stdout
