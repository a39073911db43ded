"""The marts of HS trade, defined once for all engines in SQL files under `trade/store/hs`.

The SQL uses only what all engines support, and sqlglot translates it. A test rejects constructs that sqlglot is known
to mistranslate without an error: ordered list slices, quantiles, PIVOT and ASOF.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from trade.store.bulk.input_schemas import LAYOUTS
from trade.store.table_contracts import HERE

HS = HERE / "hs"


@dataclass(frozen=True)
class Mart:
    """A mart. `of_facts`: it reads hs_fact; the others read earlier marts."""

    name: str
    sql: str
    of_facts: bool


def marts() -> list[Mart]:
    """Every mart of HS trade, in the order in which they are built."""
    return [_mart(path) for path in sorted(HS.glob("*.sql"))]


def _mart(path: Path) -> Mart:
    sql = path.read_text(encoding="utf-8")
    code = re.sub(r"--.*", "", sql)
    return Mart(re.sub(r"^\d+_", "", path.stem), sql.strip().rstrip(";"), bool(re.search(r"\bhs_fact\b", code)))


def rules() -> str:
    """A hash of all SQL that defines the marts; marts with another hash were built by another version."""
    files = [*sorted(HS.glob("*.sql")), *sorted(LAYOUTS.glob("*.sql"))]
    return hashlib.sha256(b"\0".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()[:16]
