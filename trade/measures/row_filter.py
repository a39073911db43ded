"""Select columns and rows of a result, as in the URL parameters `columns=` and `filter=`.

columns=period,value_usd
filter=share_pct>=5;continent=asia,africa;period!=2020
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pandas as pd

from trade.errors import BadParameter, UnknownName, shorten
from trade.measures.result import Result

COLUMNS, FILTER = "columns", "filter"
MOST_CONDITIONS = 10
_CONDITION = re.compile(r"\s*(?P<column>[A-Za-z_]\w*)\s*(?P<sign>!=|>=|<=|=|>|<)\s*(?P<value>.+?)\s*", re.ASCII)


@dataclass(frozen=True)
class Selection:
    """The columns to select, in order (all if empty), and the conditions on rows."""

    columns: tuple[str, ...] = ()
    conditions: tuple[tuple[str, str, str], ...] = ()
    """Column, operator and value of each condition."""

    def of(self, result: Result) -> Result:
        """The result with these columns and rows only.

        Raises:
            UnknownName: a column does not exist. BadParameter: a number is compared with a text.
        """
        frame = result.frame
        for column, sign, value in self.conditions:
            frame = frame[_matching_rows(frame, column, sign, value)]
        for column in self.columns:
            _check(frame, column)
        chosen = frame[list(self.columns)] if self.columns else frame
        return replace(result, frame=chosen.reset_index(drop=True))


def read(columns: str = "", conditions: str = "") -> Selection:
    """Parse the values of `columns=` and `filter=`.

    Raises:
        BadParameter: a condition is not `column=value` (or != > >= < <=), or there are too many.
    """
    names = tuple(name for part in columns.split(",") if (name := part.strip()))
    parts = [part for part in conditions.split(";") if part.strip()]
    if len(parts) > MOST_CONDITIONS:
        raise BadParameter("filter.too_many", most=MOST_CONDITIONS, count=len(parts))
    return Selection(names, tuple(map(_condition, parts)))


def _condition(text: str) -> tuple[str, str, str]:
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise BadParameter("filter.form", given=shorten(text))
    return match["column"], match["sign"], match["value"]


def _check(frame: pd.DataFrame, column: str) -> None:
    if column not in frame:
        raise UnknownName("column", column, list(map(str, frame.columns)))


def _matching_rows(frame: pd.DataFrame, column: str, sign: str, value: str) -> pd.Series:
    """Which rows meet a condition; missing values never do. `=a,b` means any of these, `!=a,b` none of these."""
    _check(frame, column)
    values = frame[column]
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        numbers = [_number(column, part) for part in value.split(",")]
        return _compare(values.astype(float), sign, numbers)
    texts = values.map(_text, na_action="ignore").astype(object)
    return _compare(texts, sign, value.split(",") if sign in ("=", "!=") else [value])


def _compare(values: pd.Series, sign: str, operands: list[float] | list[str]) -> pd.Series:
    known = values.notna()
    if sign in ("=", "!="):
        return known & (values.isin(operands) == (sign == "="))
    if len(operands) > 1:
        raise BadParameter("filter.form", given=shorten(f"{sign}{','.join(map(str, operands))}"))
    rows, limit = values[known], operands[0]
    met = {">": rows.gt, ">=": rows.ge, "<": rows.lt, "<=": rows.le}[sign](limit)
    return met.reindex(values.index, fill_value=False)


def _number(column: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadParameter("number", name=column, given=shorten(text)) from None


def _text(value: object) -> str:
    """A value as written in the output: dates as ISO texts, booleans in lower case."""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)
