"""Provenance: the SQL that is shown gives the rows that were shown."""

from __future__ import annotations

import pandas as pd
import pytest

from trade.errors import NoRows
from trade.measures import catalog, run
from trade.measures.derivation import bound_sql, work
from trade.store import Store
from trade.store.sql_text import literal

OTHER = {
    "growth": {"flow": "import", "freq": "M", "join_jan_feb": True, "as_of": "2026-01-31"},
    "bloc": {"partners": "KAZ KGZ TJK TKM UZB", "currency": "USD"},
    "growing_markets": {"threshold": "1e6", "currency": "CNY"},
    "consecutive": {"quantity": "balance", "mark": 100, "currency": "USD"},
    "scenario": {"assumption": "none", "elasticity": 0.5, "shock": -20},
    "streak": {"vintage": "first release"},
}


CASES = [(name, {}) for name in sorted(catalog())] + list(OTHER.items())


@pytest.mark.parametrize(
    ("name", "params"), CASES, ids=[f"{name}-{'asked' if params else 'default'}" for name, params in CASES]
)
def test_the_shown_sql_gives_the_rows(real: Store, name: str, params: dict) -> None:
    try:
        result = run(real, name, **params)
    except NoRows:
        assert catalog()[name].needs, f"{name} has no rows and does not say what it needs"
        return
    again = real.query(bound_sql(result))
    if result.measure.model:
        assert len(again) > 0
        return
    pd.testing.assert_frame_equal(again, result.frame, check_dtype=False, rtol=1e-9, atol=1e-6)


def test_nothing_is_left_to_bind_and_text_stays_text(real: Store) -> None:
    provenance = work(real, run(real, "growth", flow="total"))
    assert "$" not in provenance.sql
    assert "flow = 'total'" in provenance.sql
    assert provenance.formula
    assert provenance.sources[0].producer.startswith("General Administration of Customs")
    assert real.query(provenance.as_text()).equals(real.query(provenance.sql))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "NULL"),
        (True, "true"),
        (12, "12"),
        (0.5, "CAST(0.5 AS DOUBLE)"),
        ("it's", "'it''s'"),
        ("$flow", "'$flow'"),
    ],
)
def test_literals(value: object, text: str) -> None:
    assert literal(value) == text


def test_a_parameter_in_a_string_or_comment_is_no_parameter(real: Store) -> None:
    result = run(real, "growth")
    strange = type(result)(
        result.measure.model_copy(update={"sql": "SELECT '$flow' AS a, $flow AS b -- $flow"}),
        result.params,
        result.frame,
        "",
    )
    assert bound_sql(strange) == "SELECT '$flow' AS a, 'export' AS b -- $flow"
