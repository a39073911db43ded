"""Rows as an Arrow table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa


def table(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    """An Arrow table with one column per name, even if there are no rows."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pa.table({name: pa.array(column) for name, column in zip(names, columns, strict=True)})
