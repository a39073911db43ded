"""Accounting identities: each is one SQL file under `checks/` that returns pairs of numbers which must agree.

A file's header names the identity and the largest gap that rounding explains:

    -- title: partners and unallocated sum to the world
    -- tolerance: 20
    -- file: gacc_partners
    SELECT <place>, <value>, <expected> ...

A line `-- sources: baci_chapters_hs92 baci_groups_hs92` names optional sources: the identity is checked only if the
store has all of them.

`place` is text that names the row; the gap is value - expected in the unit of the columns. Gaps within the tolerance
are rounding and are stored as residuals; a larger one stops the build.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from trade.errors import IdentityBroken
from trade.store.load import first_row

CHECKS = Path(__file__).parent / "checks"


@dataclass(frozen=True)
class Identity:
    name: str
    title: str
    tolerance: float
    file: str
    sql: str
    sources: tuple[str, ...] = ()
    """Sources without which there is nothing to check."""


@dataclass(frozen=True)
class Residual:
    """The largest gap left by an identity. `gap` is in the unit of the identity's columns."""

    identity: str
    title: str
    rows: int
    place: str
    gap: float
    tolerance: float


def identities(folder: Path = CHECKS) -> list[Identity]:
    """Every identity under a folder (`checks/`), by file name."""
    return [_read(path) for path in sorted(folder.glob("*.sql"))]


def verify(con: duckdb.DuckDBPyConnection, folder: Path = CHECKS) -> list[Residual]:
    """Check every identity of a folder whose sources are in the store, and return the gaps that rounding leaves.

    Raises:
        IdentityBroken: a gap is larger than the identity's tolerance, or there is nothing to check.
    """
    sources = {source for (source,) in con.execute("SELECT source_id FROM fact.source").fetchall()}
    return [_verify(con, identity) for identity in identities(folder) if sources.issuperset(identity.sources)]


def _read(path: Path) -> Identity:
    text = path.read_text(encoding="utf-8")
    header = dict(line[3:].split(": ", 1) for line in text.splitlines() if line.startswith("-- ") and ": " in line)
    return Identity(
        path.stem,
        header["title"],
        float(header["tolerance"]),
        header["file"],
        text,
        tuple(header.get("sources", "").split()),
    )


def _verify(con: duckdb.DuckDBPyConnection, identity: Identity) -> Residual:
    con.execute(f"CREATE OR REPLACE TEMP TABLE gap (place, value, expected) AS {identity.sql}")
    worst = first_row(
        con,
        "SELECT place, value, expected, count(*) OVER () FROM gap"
        " ORDER BY abs(coalesce(value - expected, 1e300)) DESC, place LIMIT 1",
    )
    if worst is None:
        raise IdentityBroken("store.nothing_to_check", file=identity.file, title=identity.title)
    place, value, expected, rows = worst
    if value is None or expected is None or abs(value - expected) > identity.tolerance:
        raise IdentityBroken(
            "store.identity_broken",
            file=identity.file,
            place=place,
            title=identity.title,
            value=value,
            expected=expected,
            tolerance=identity.tolerance,
        )
    return Residual(identity.name, identity.title, rows, place, value - expected, identity.tolerance)
