"""What the columns of a measure's rows hold: amounts, rates, points, counts, names; their names bear the unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from trade.charts.label_context import Context
from trade.column_metadata import column
from trade.text import formats


def numbers(frame: pd.DataFrame, first: Sequence[str] = ()) -> list[str]:
    """The columns that can be drawn: numeric and not entirely missing; those in `first` come first, in their order."""
    columns = [name for name in _shown(frame) if _is_number(frame[name]) and frame[name].notna().any()]
    return [name for name in first if name in columns] + [name for name in columns if name not in first]


def dimensions(frame: pd.DataFrame, lang: str = "en") -> list[str]:
    """The columns that distinguish rows: texts and flags, the period first; names only in the given language."""
    names = [name for name in _shown(frame) if "name_" not in name or name.endswith(f"name_{lang}")]
    columns = [name for name in names if not _is_number(frame[name])]
    return sorted(columns, key=lambda name: name != "period")


def adds_up(name: str) -> bool:
    """Whether a sum over rows means something: amounts and contributions do, rates and ranks do not."""
    return column(name).is_amount or column(name).adds or name.endswith(("_usd", "_cny"))


def tell(value: float, name: str, context: Context) -> str:
    """A cell in words, with its unit."""
    if formats.is_missing(value):
        return formats.missing(context.lang)
    if name.endswith("_pct"):
        return context.percent(value, signed="share" not in name)
    if name.endswith("_pp"):
        return context.points(value, 2)
    if name.endswith(("_usd", "_cny")):
        return formats.amount(value, name[-3:].upper(), context.lang)
    if column(name).is_amount:
        return context.amount(value)
    return formats.number(value, 0 if float(value).is_integer() else 3, context.lang)


def scale(frame: pd.DataFrame, name: str, context: Context) -> formats.Scale:
    """The scale for drawing a column (millions, billions ...); 1 for rates and counts."""
    if name.endswith(("_usd", "_cny")):
        return formats.scale(frame[name], name[-3:].upper(), context.lang)
    return context.scale(frame[name]) if column(name).is_amount else formats.Scale(1.0, "")


def calendar(periods: Iterable[str]) -> list[str]:
    """All periods from the first to the last if they are years or months; else the given periods, sorted."""
    codes = sorted(set(periods))
    for form, freq in ((r"\d{4}", "Y"), (r"\d{4}-\d{2}", "M")):
        if codes and all(re.fullmatch(form, code) for code in codes):
            return [str(period) for period in pd.period_range(codes[0], codes[-1], freq=freq)]
    return codes


def name_column(frame: pd.DataFrame, lang: str) -> str:
    """The column that names the rows; empty if only the period distinguishes them."""
    candidates = (
        "short_name",
        f"name_{lang}",
        "name_en",
        f"reporter_name_{lang}",
        "market",
        "partner",
        "code",
        "title",
        "item",
        "forecaster",
    )
    return next((name for name in candidates if name in frame and frame[name].notna().any()), "")


def all_names(frame: pd.DataFrame, name: Any) -> dict[str, Any]:
    """`name` for every name column of the frame, for a row that a chart makes by merging several."""
    return {column: name for column in map(str, frame.columns) if column.startswith("name_") or column == "short_name"}


def _shown(frame: pd.DataFrame) -> list[str]:
    return [name for name in map(str, frame.columns) if column(name).plotted and not column(name).technical]


def _is_number(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
