"""Base effects: how the months of the previous year affect this year's growth."""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.measures.models.seasonal_adjustment import adjust


def base_effect(frame: pd.DataFrame, params: dict[str, Any]) -> pd.DataFrame:
    """One row per month of the requested year for which the previous year is known: base change, effect, growth.

    `frame` is that of `seasonal_adjustment.adjust`, with `growth_pct` on a year earlier.
    """
    months = adjust(frame, join=True)
    change = 100 * (months["seasonally_adjusted"] / months["seasonally_adjusted"].shift() - 1)
    base = months.assign(base_change_pct=change)
    base = base[base["period_start"].dt.year == params["year"] - 1].dropna(subset=["base_change_pct"])
    period = (base["period_start"] + pd.DateOffset(years=1)).dt.strftime("%Y-%m") if len(base) else base["period"]
    rows = pd.DataFrame(
        {
            "period": period,
            "base_period": base["period"],
            "base_change_pct": base["base_change_pct"],
            "base_effect_pp": 0.0 - base["base_change_pct"],
            "growth_pct": period.map(frame.set_index("period")["growth_pct"]),
            "base_growth_pct": base["period"].map(frame.set_index("period")["growth_pct"]),
            "source_id": base["source_id"],
        }
    )
    return rows.reset_index(drop=True)
