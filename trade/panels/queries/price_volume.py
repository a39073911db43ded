"""Volume and unit value of trade, China beside the world: what panels of several pages ask."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from trade.errors import NoRows
from trade.measures import Result
from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.language import say

WITH_WORLD = "cpb"
"""The compiler that has the world too."""
FORECASTER = "WTO"
"""Whose forecasts are of the same aggregate: goods, by volume."""


@cached_per_store
def split(flow: str, freq: str, compiler: str) -> Result:
    """China's volume and unit value, with the world's growth of volume in the same flow where the compiler has it.

    Raises:
        NoRows: the flow is two-way trade, which no compiler has for China.
    """
    if flow == "total":
        raise NoRows(say("volume.no_total"))
    china = queries.measure("volume_and_unit_value", flow=flow, freq=freq, compiler=compiler)
    known = china.frame.dropna(subset=["volume_growth_pct"])
    if compiler != WITH_WORLD:
        return replace(china, frame=known.reset_index(drop=True))
    world = queries.measure("volume_and_unit_value", flow=flow, freq=freq, area="world").frame
    beside = world[["period", "volume_growth_pct"]].rename(columns={"volume_growth_pct": "world_volume_growth_pct"})
    return replace(china, frame=known.merge(beside, on="period", how="left"))


@cached_per_store
def volumes_and_forecasts() -> Result:
    """Growth of volume by year: China's exports, its imports, the world, then the newest forecasts of the world."""
    exports = queries.measure("volume_and_unit_value", flow="export")
    frame = exports.frame[["period", "period_start", "volume_growth_pct", "source_id", "published"]]
    frame = frame.rename(columns={"volume_growth_pct": "export_volume_growth_pct"}).dropna()
    for name, params in (("import", {"flow": "import"}), ("world_trade", {"flow": "total", "area": "world"})):
        other = queries.measure("volume_and_unit_value", **params).frame[["period", "volume_growth_pct"]]
        frame = frame.merge(other.rename(columns={"volume_growth_pct": f"{name}_volume_growth_pct"}), on="period")
    return replace(exports, frame=pd.concat([frame, _forecasts(str(frame["period"].iloc[-1]))], ignore_index=True))


def _forecasts(known_to: str) -> pd.DataFrame:
    """The newest forecast of world goods trade for each year after `known_to`."""
    rows = queries.measure("forecasts", subject="world-trade", forecaster=FORECASTER).frame
    rows = rows[(rows["aggregate"] == "goods-volume") & (rows["period"] > known_to)]
    newest = rows.sort_values("publication_date").drop_duplicates("period", keep="last").sort_values("period")
    return pd.DataFrame(
        {
            "period": newest["period"],
            "period_start": pd.to_datetime(newest["period"] + "-01-01"),
            "forecast_pct": newest["figure"],
            "forecaster": newest["forecaster"],
            "forecast_date": newest["publication_date"],
            "source_id": newest["source_id"],
            "published": newest["published"],
        }
    )
