"""A measure's rows turned into a table of rows by columns. Values are summed only on request, and only if they can
be."""

from __future__ import annotations

import pandas as pd

from trade.errors import BadParameter

HOW = ("value", "sum", "count")
MOST_COLUMNS = 200


def pivot(frame: pd.DataFrame, rows: str, columns: str, value: str, how: str) -> pd.DataFrame:
    """One row per `rows`, one column per `columns`. `value`: the only value of a cell; `sum`, `count`: over its rows.

    A cell without rows stays empty: missing values are never zero.

    Raises:
        BadParameter: a cell has several values, or the table would be too wide.
    """
    if rows == columns:
        raise BadParameter("one_column")
    if frame[columns].nunique() > MOST_COLUMNS:
        raise BadParameter("too_wide", count=frame[columns].nunique(), most=MOST_COLUMNS)
    known = frame.dropna(subset=[value])
    if how == "value" and known.duplicated([rows, columns]).any():
        raise BadParameter("full_cell")
    cells = known.groupby([rows, columns], sort=False, observed=True)[value]
    table = (cells.count() if how == "count" else cells.sum(min_count=1)).unstack(columns)
    return table.reindex(sorted(table.columns, key=str), axis=1).reset_index()


def with_months(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the columns `year` and `month` to monthly rows, so that years can be put side by side."""
    if "period" not in frame or not frame["period"].str.fullmatch(r"\d{4}-\d{2}").all():
        return frame
    return frame.assign(year=frame["period"].str[:4], month=frame["period"].str[5:])
