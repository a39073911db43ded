"""A fingerprint of the store's schema: a hash over every SQL file that shapes it.

Two versions of the program with the same SQL can read each other's stores, others cannot. So this hash, and the version
of the engine, are part of the pointer file's name.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import duckdb

from trade.store.table_contracts import HERE

ENGINE = f"duckdb {duckdb.__version__}"
_FOLDERS = ("checks", "staging", "macros", "marts", "hs", "bulk/layouts", "bulk/checks")


def rule_hashes() -> list[str]:
    """`marts/15_total_figure.sql <sha256>` for every file that shapes the store."""
    files = [HERE / "schema.sql", HERE / "columns.toml"]
    files += [path for folder in _FOLDERS for path in sorted((HERE / folder).glob("*.sql"))]
    return [f"{path.relative_to(HERE)} {sha256(path)}" for path in files]


@cache
def release() -> str:
    """Eight hexadecimal digits that identify the schema and the engine, computed once per process."""
    return hashlib.sha256("\n".join([ENGINE, *rule_hashes()]).encode()).hexdigest()[:8]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
