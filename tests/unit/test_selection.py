"""The parameters `columns=` and `filter=` select columns and rows of a response."""

from __future__ import annotations

import pandas as pd
import pytest

from trade.errors import BadParameter, UnknownName
from trade.measures import Result, find_measure, row_filter

FRAME = pd.DataFrame(
    {
        "period": ["2023", "2024", "2025", "2025"],
        "partner": ["USA", "VNM", "USA", None],
        "share_pct": [14.0, 5.0, float("nan"), 2.0],
        "derived": [True, False, False, True],
        "day": pd.to_datetime(["2023-12-31", "2024-12-31", "2025-12-31", None]),
    }
)


def rows(conditions: str, columns: str = "period") -> list[str]:
    chosen = row_filter.read(columns, conditions).of(Result(find_measure("growth"), {}, FRAME, "v"))
    assert list(chosen.frame.columns) == columns.split(",")
    return list(chosen.frame["period"])


@pytest.mark.parametrize(
    ("conditions", "periods"),
    [
        ("", ["2023", "2024", "2025", "2025"]),
        ("share_pct>=5", ["2023", "2024"]),
        ("share_pct<5", ["2025"]),
        ("share_pct=14,2", ["2023", "2025"]),
        ("share_pct!=14", ["2024", "2025"]),
        ("partner=USA", ["2023", "2025"]),
        ("partner!=USA", ["2024"]),
        ("partner=USA,VNM;period>2023", ["2024", "2025"]),
        ("derived=true", ["2023", "2025"]),
        ("day<=2024-12-31", ["2023", "2024"]),
        (" partner = VNM ;", ["2024"]),
    ],
)
def test_conditions_that_are_met(conditions: str, periods: list[str]) -> None:
    assert rows(conditions) == periods


def test_columns_come_in_the_order_given() -> None:
    assert rows("period=2024", "share_pct,period") == ["2024"]


@pytest.mark.parametrize(
    ("conditions", "columns", "error", "says"),
    [
        ("share", "period", BadParameter, "column=value"),
        ("share_pct>much", "period", BadParameter, "must be a number"),
        ("share_pct>1,2", "period", BadParameter, "column=value"),
        ("shrae_pct>1", "period", UnknownName, "share_pct"),
        ("", "perod", UnknownName, "period"),
        (";".join(["period=2025"] * 11), "period", BadParameter, "at most 10"),
    ],
)
def test_mistakes_are_sentences(conditions: str, columns: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        rows(conditions, columns)
