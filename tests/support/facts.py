"""A copy of the project's facts that a test may damage: small enough to build in a second."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from trade import paths

SMALL = (
    "china_customs_1983_2013",
    "cia_factbook",
    "cpb_world_trade_monitor",
    "gacc_commodities",
    "gacc_monthly_usd",
    "gacc_monthly_yuan",
    "gacc_partners",
    "gacc_releases",
    "mofcom_services",
    "oecd_btige",
    "reference",
    "safe_services",
    "unctad_indices",
    "wits_china",
    "world_bank_services",
)
"""Sources without the large world matrix: every accounting identity can be checked on them."""


def copy_facts(target: Path, folders: tuple[str, ...] = SMALL) -> Path:
    """The named folders of `data/` under `target`."""
    for name in folders:
        shutil.copytree(paths.DATA / name, target / name)
    return target


def edit(path: Path, change: Callable[[bytes], bytes], *, reseal: bool = True) -> None:
    """Change a fact file and, if asked, its sha256 and row count in source.toml, so that only the fault remains."""
    old, new = path.read_bytes(), change(path.read_bytes())
    assert old != new, "the damage must damage"
    path.write_bytes(new)
    if reseal:
        manifest = path.parent / "source.toml"
        text = manifest.read_text(encoding="utf-8")
        manifest.write_text(text.replace(_sha(old), _sha(new)), encoding="utf-8")


def set_rows(path: Path, rows: int) -> None:
    """State another number of rows for a file in its source.toml."""
    manifest = path.parent / "source.toml"
    entry = re.compile(rf'(path = "{re.escape(path.name)}"\ntable = "\w+"\nrows = )\d+')
    text, found = entry.subn(rf"\g<1>{rows}", manifest.read_text(encoding="utf-8"))
    assert found == 1
    manifest.write_text(text, encoding="utf-8")


def _sha(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
