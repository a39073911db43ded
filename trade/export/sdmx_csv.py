"""Rows by period and partner as SDMX-CSV 2.0, which other statistical tools read.

One line per observation, in the layout of https://github.com/sdmx-twg/sdmx-csv (version 2.0): STRUCTURE, STRUCTURE_ID
and ACTION, then the dimensions, the value and its attributes. Names and codes are those of SDMX's cross-domain code
lists where there is one (FREQ, REF_AREA, COUNTERPART_AREA, TIME_PERIOD, OBS_STATUS, UNIT_MEASURE, CURRENCY).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from trade.column_metadata import column, columns
from trade.errors import BadParameter
from trade.export.view_metadata import View
from trade.version import __version__

AGENCY = "CHINA_TRADE"
WORLD, ALL = "W0", "_T"
DIMENSIONS = ("FREQ", "REF_AREA", "COUNTERPART_AREA", "TRADE_FLOW", "INDICATOR", "TIME_PERIOD")
ATTRIBUTES = ("UNIT_MEASURE", "UNIT_MULT", "CURRENCY", "OBS_STATUS", "QUALITY", "SOURCE_ID", "PUBLISHED")
HEAD = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)
_FLOWS = {"export": "X", "import": "M", "total": "T"}
_FREQS = {"A": "A", "M": "M", "Q": "Q", "YTD": "_O"}
"""SDMX has no frequency for January to a month: it is `_O`, other, and the period is a start and a duration."""
_UNITS = {"_pct": "PT", "_pp": "PP", "_usd": "USD", "_cny": "CNY"}


def as_sdmx_csv(shown: View) -> bytes:
    """The numbers of the rows, one indicator per column: RFC 4180 with LF, UTF-8; missing values are empty cells.

    Raises:
        BadParameter: the rows have no period, or several rows have the same dimensions.
    """
    frame = shown.result.frame
    if "period" not in frame:
        raise BadParameter("sdmx.no_period", measure=shown.result.measure.id)
    lines = list(_observations(shown))
    keys = [line[3 : 3 + len(DIMENSIONS)] for line in lines]
    if len({tuple(key) for key in keys}) < len(keys):
        raise BadParameter("sdmx.not_unique", measure=shown.result.measure.id)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(lines)
    return text.getvalue().encode()


def _observations(shown: View) -> Iterator[list[str]]:
    result, params = shown.result, shown.result.params
    structure = ["dataflow", f"{AGENCY}:{result.measure.id.upper()}({__version__})", "I"]
    indicators = _indicators(result.frame)
    for row in result.frame.to_dict("records"):
        freq = _freq(str(row["period"]), str(row.get("freq") or params.get("freq") or ""))
        partner = next((row[name] for name in ("partner", "market") if row.get(name)), None)
        place = [
            str(row.get("reporter") or params.get("reporter") or "CHN"),
            str(partner or params.get("partner") or params.get("market") or params.get("group") or WORLD),
            _FLOWS.get(str(row.get("flow") or params.get("flow") or ""), ALL),
        ]
        currency = str(row.get("currency") or params.get("currency") or "")
        for name in indicators:
            unit = _unit(name, currency)
            money = unit if unit in ("USD", "CNY") else ""
            sourced = (_text(row.get(key)) for key in ("quality", "source_id", "published"))
            yield [
                *structure, _FREQS[freq], *place, name.upper(), time_period(str(row["period"]), freq),
                _value(row[name]), unit, "0", money, _status(row, name), *sourced,
            ]  # fmt: skip


def _indicators(frame: pd.DataFrame) -> list[str]:
    """The numeric columns that are observations: not technical ones and not labels such as a year."""
    numbers = frame.select_dtypes("number").columns.astype(str)
    return [name for name in numbers if name in columns() and not column(name).technical]


def _freq(period: str, named: str) -> str:
    """The frequency of a row: `named` if it is known, else that of the form of its period."""
    if named in _FREQS:
        return named
    return "Q" if "Q" in period else "M" if re.fullmatch(r"\d{4}-\d{2}", period) else "A"


def time_period(period: str, freq: str) -> str:
    """`2025`, `2025-07`, `2025-Q2`; January to July as `2025-01-01/P7M`, a mean of two years as `2022-01-01/P2Y`."""
    if "/" in period:
        first, last = period.split("/")
        return f"{first}-01-01/P{int(last) - int(first) + 1}Y"
    if freq == "YTD":
        return f"{period[:4]}-01-01/P{int(period[5:7] or 12)}M"
    return re.sub(r"^(\d{4})-?Q([1-4])$", r"\1-Q\2", period)


def _unit(name: str, currency: str) -> str:
    """Code of the unit: a currency, PT (per cent), PP (percentage points) or PN (a pure number)."""
    if column(name).is_amount and currency in ("USD", "CNY"):
        return currency
    return next((code for ending, code in _UNITS.items() if name.endswith(ending)), "PN")


def _status(row: Mapping[Any, Any], name: str) -> str:
    """Code of OBS_STATUS: M missing, B break, E estimated, A normal."""
    if pd.isna(row[name]):
        return "M"
    return "B" if _text(row.get("break")) else "E" if row.get("quality") == "estimated" else "A"


def _value(value: Any) -> str:
    return "" if pd.isna(value) else repr(value) if isinstance(value, float) else str(value)


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)
