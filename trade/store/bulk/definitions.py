"""The marts of HS trade, defined once for every engine: SQL files under `trade/store/hs`.

The SQL keeps to what engines read alike. sqlglot writes it in another engine's words; what it is known to translate
wrongly without a word (ordered list slices, quantiles, PIVOT, ASOF) is refused by a test.
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
    """A mart. `of_facts`: it reads hs_fact; the others read marts before them."""

    name: str
    sql: str
    of_facts: bool


def marts() -> list[Mart]:
    """Every mart of HS trade in the order of making."""
    return [_mart(path) for path in sorted(HS.glob("*.sql"))]


def _mart(path: Path) -> Mart:
    sql = path.read_text(encoding="utf-8")
    code = re.sub(r"--.*", "", sql)
    return Mart(re.sub(r"^\d+_", "", path.stem), sql.strip().rstrip(";"), bool(re.search(r"\bhs_fact\b", code)))


def rules() -> str:
    """A hash of all SQL that shapes the marts: those of another hash are not this program's."""
    files = [*sorted(HS.glob("*.sql")), *sorted(LAYOUTS.glob("*.sql"))]
    return hashlib.sha256(b"\0".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()[:16]
