"""Convert the worker's Arrow columns to a frame, and a frame to values for JSON, CSV and a terminal.

| in DuckDB | in the frame | in JSON |
|---|---|---|
| integer | int64; Int64 if values are missing; text beyond 64 bits | number |
| DECIMAL, FLOAT, DOUBLE | float64 | number; null for NaN and infinities, which JSON does not have |
| DATE, TIMESTAMP | datetime64; text outside the years 1 to 9999 | ISO text |
| LIST, STRUCT, MAP, JSON | JSON text | the value itself |
| all else (UUID, INTERVAL, TIME, BLOB ...) | text as DuckDB writes it | text |
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_FIRST, _LAST = -62_135_596_800, 253_402_300_799
"""Seconds from 1970 to the first second of year 1 and the last of 9999: the range of Python's datetime."""
_decode = json.JSONDecoder(parse_constant=lambda _: None).decode
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def to_frame(table: pa.Table, names: list[str]) -> pd.DataFrame:
    """The table's columns under these names; a name that occurs twice gets a number."""
    columns = dict(zip(unique(names), table.columns, strict=True))
    return pd.DataFrame({name: _series(column) for name, column in columns.items()}, index=range(table.num_rows))


def unique(names: list[str]) -> list[str]:
    """`["a", "a", "a_2"]` as `["a", "a_3", "a_2"]`: unique names; the first of equal names is unchanged."""
    taken, unique_names = set(names), []
    seen: set[str] = set()
    for name in names:
        candidate, number = name, 1
        while candidate in seen or (number > 1 and candidate in taken):
            number += 1
            candidate = f"{name}_{number}"
        seen.add(candidate)
        unique_names.append(candidate)
    return unique_names


def rows_of(frame: pd.DataFrame, types: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Rows of values that `json.dumps(allow_nan=False)` accepts; `types` are DuckDB's type names, one per column."""
    columns = [_values(frame.iloc[:, at], kind) for at, kind in enumerate(types)]
    return zip(*columns, strict=True)


def is_nested(kind: str) -> bool:
    """Whether a column of this DuckDB type holds JSON text."""
    return kind == "JSON" or kind.endswith("]") or kind.startswith(("STRUCT", "MAP(", "TUPLE"))


def _series(column: pa.ChunkedArray) -> pd.Series:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(pa.string())
    elif pa.types.is_decimal(kind):
        column = _numbers(column)
    elif pa.types.is_float32(kind):  # through the shortest text, so that 0.1 stays 0.1
        column = column.cast(pa.string()).cast(pa.float64())
    elif pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _times(column)
    return pd.Series(column.to_pandas(types_mapper=_nullable if column.null_count else None))


def _nullable(kind: pa.DataType) -> Any:
    """The pandas type that keeps integers and booleans unchanged in a column with missing values."""
    names = {"uint64": pd.UInt64Dtype(), "bool": pd.BooleanDtype()}
    return names.get(str(kind), pd.Int64Dtype() if pa.types.is_integer(kind) else None)


def _numbers(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Decimals as floats; whole ones (a sum of integers has 128 bits) as integers, or as text if they do not fit."""
    if column.type.scale > 0:  # through text, since Arrow's own cast turns -999.9 into -999.9000000000001
        return column.cast(pa.string()).cast(pa.float64())
    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid:
        return column.cast(pa.string())


def _times(column: pa.ChunkedArray) -> pd.Series:
    day = pa.types.is_date(column.type)
    if day:
        column = pc.cast(column, pa.timestamp("s"))
    per_second = _PER_SECOND[column.type.unit]
    extremes = pc.min_max(column.cast(pa.int64())).as_py()
    if extremes["min"] is None or _FIRST * per_second <= extremes["min"] <= extremes["max"] <= _LAST * per_second:
        return pd.Series(column.to_pandas())
    moments = column.cast(pa.timestamp(column.type.unit)).to_numpy()
    texts = (moments.astype("datetime64[D]") if day else moments).astype(str)
    return pd.Series([None if text == "NaT" else text for text in texts], dtype="str")


def _values(column: pd.Series, kind: str) -> list[Any]:
    """One column's values; missing ones, NaN and infinities are None."""
    if is_nested(kind):
        return [None if missing else _parsed(text) for text, missing in zip(column, column.isna(), strict=True)]
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        length = 10 if kind == "DATE" else None
        return [None if value is pd.NaT else value.isoformat()[:length] for value in column]
    plain = column.astype(object).where(column.notna(), None).tolist()
    if pd.api.types.is_float_dtype(column.dtype):
        return [value if value is not None and math.isfinite(value) else None for value in plain]
    return plain


def _parsed(text: str) -> Any:
    """The value of a JSON text; the text itself if it is nested too deeply to be parsed."""
    try:
        return _decode(text)
    except (ValueError, RecursionError):
        return text
