"""The rules of the store: every file of SQL that shapes it, and a name for all of them together.

Two versions of the program with the same rules read each other's stores; with other rules each keeps to its own. So the
rules, and the engine that wrote the file, are part of the pointer's name.
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
    """`marts/15_total_figure.sql <sha256>` for every file of rules."""
    files = [HERE / "schema.sql", HERE / "columns.toml"]
    files += [path for folder in _FOLDERS for path in sorted((HERE / folder).glob("*.sql"))]
    return [f"{path.relative_to(HERE)} {sha256(path)}" for path in files]


@cache
def release() -> str:
    """Eight digits that name the rules and the engine, as this process found them when it first asked."""
    return hashlib.sha256("\n".join([ENGINE, *rule_hashes()]).encode()).hexdigest()[:8]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
