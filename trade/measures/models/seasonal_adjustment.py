"""Seasonal adjustment of monthly trade by STL on logarithms, and the carry-over computed from it.

Frames have one row per month: `period` (2025-12), `period_start`, `value` in the requested currency (missing if not
published), `value_usd` (the long series on which seasonal factors are estimated), `derived`, `source_id`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from trade.measures.models import stl

MONTHS = 12
CACHED_FITS = 16
"""Fits that are cached, one per series."""
SHORTEST = 4 * MONTHS
"""Fewest consecutive months for estimating seasonal factors: fewer years cannot distinguish a season from an event."""


def seasonally_adjusted(frame: pd.DataFrame, params: dict[str, Any]) -> pd.DataFrame:
    """One row per month: value, value with January and February joined, adjusted value, trend (dollars), factor."""
    adjusted = adjust(frame, join=params["join_jan_feb"])
    if params["currency"] != "USD":
        adjusted["trend"] = np.nan
    shown = adjusted[adjusted["value"].notna()]
    first, last = params["first"] or "", params["last"] or "9999"
    return shown[(shown["period"] >= first) & (shown["period"].str[: len(last)] <= last)].reset_index(drop=True)


def carry_over(frame: pd.DataFrame, params: dict[str, Any]) -> pd.DataFrame:
    """One row per year after a complete year: the carry-over into it, and its actual growth if known."""
    level = "seasonally_adjusted" if params["adjusted"] else "value"
    months = adjust(frame, join=True) if params["adjusted"] else frame
    months = months.assign(year=months["period_start"].dt.year, late=months["period_start"].dt.quarter == 4)
    by_year = months[months[level].notna() & months["value"].notna()].groupby("year")
    years = pd.DataFrame(
        {
            "months": by_year.size(),
            "year_mean": by_year[level].mean(),
            "total": by_year["value"].sum(),
            "source_id": by_year["source_id"].agg(_joined),
        }
    )
    years["last_quarter"] = months[months["late"]].groupby("year")[level].mean()
    return _carried(years[years["months"] == MONTHS], params)


def _carried(years: pd.DataFrame, params: dict[str, Any]) -> pd.DataFrame:
    """Rows of the years that follow the complete years (index: year), with the carry-over into them."""
    into = years.index + 1
    rows = pd.DataFrame(
        {
            "period": into.astype(str),
            "base_period": years.index.astype(str),
            "last_quarter": years["last_quarter"].to_numpy(),
            "year_mean": years["year_mean"].to_numpy(),
            "carry_over_pct": 100 * (years["last_quarter"] / years["year_mean"] - 1).to_numpy(),
            "growth_pct": 100 * (years["total"].reindex(into).to_numpy() / years["total"].to_numpy() - 1),
            "source_id": years["source_id"].to_numpy(),
        }
    )
    shown = (into >= (params["first"] or 0)) & (into <= (params["last"] or 9999))
    return rows[shown].reset_index(drop=True)


def adjust(frame: pd.DataFrame, *, join: bool) -> pd.DataFrame:
    """The newest unbroken months with `joined_value`, `seasonally_adjusted`, `trend`, `seasonal_factor` and `joined`.

    Fewer than `SHORTEST` months give no rows. With `join`, a final January without February is left out.
    """
    months = _unbroken(frame)
    if join:
        months = months[_has_pair(months)].copy()
        months["dollars"], months["joined_value"] = _join(months, "value_usd"), _join(months, "value")
    else:
        months["dollars"], months["joined_value"] = months["value_usd"], months["value"]
    if len(months) < SHORTEST:
        months = months.iloc[:0]
    seasonal, trend = _decompose(months["dollars"]) if len(months) else (months["dollars"], months["dollars"])
    if join:
        seasonal = _join(months.assign(seasonal=seasonal), "seasonal")
    columns = months[["period", "period_start", "value", "joined_value"]].copy()
    columns["seasonally_adjusted"] = months["joined_value"] / np.exp(seasonal)
    columns["trend"], columns["seasonal_factor"] = np.exp(trend), np.exp(seasonal)
    return columns.assign(joined=join & (months["period_start"].dt.month <= 2), source_id=months["source_id"])


def _decompose(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Seasonal and trend part of the logarithms."""
    seasonal, trend = _fitted(values.to_numpy(dtype=float).tobytes())
    return pd.Series(seasonal, index=values.index), pd.Series(trend, index=values.index)


@lru_cache(maxsize=CACHED_FITS)
def _fitted(values: bytes) -> tuple[np.ndarray, np.ndarray]:
    """The fit of one series, cached: every question about its months uses the same factors."""
    return stl.decompose(np.log(np.frombuffer(values)), MONTHS)


def _unbroken(frame: pd.DataFrame) -> pd.DataFrame:
    """The newest run of consecutive months in which dollars are known and positive."""
    known = frame[frame["value_usd"] > 0].reset_index(drop=True)
    number = known["period_start"].dt.year * MONTHS + known["period_start"].dt.month
    breaks = number.diff().fillna(1) != 1
    newest: pd.DataFrame = known[breaks.cumsum() == breaks.sum()].reset_index(drop=True)
    return newest


def _pair(months: pd.DataFrame) -> pd.Series:
    """A number for each month; January and February of a year have the same, so that grouping by it joins them."""
    number: pd.Series = months["period_start"].dt.year * MONTHS + months["period_start"].dt.month.clip(lower=2)
    return number


def _has_pair(months: pd.DataFrame) -> pd.Series:
    """False for a January without February and the reverse, at the ends of the series."""
    size = months.groupby(_pair(months))["period"].transform("size")
    known: pd.Series = (size == 2) | (months["period_start"].dt.month > 2)
    return known


def _join(months: pd.DataFrame, column: str) -> pd.Series:
    """`column` with January and February both at their mean; missing if one of the two is."""
    pairs = months.groupby(_pair(months))[column]
    return pairs.transform("mean").where(pairs.transform("count") == pairs.transform("size"))


def _joined(ids: pd.Series) -> str:
    """The source ids of several cells, each once, in order of appearance."""
    return " ".join(dict.fromkeys(" ".join(ids.dropna()).split()))
