"""The names of customs regimes."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from trade.sources.economy_names import Names, fold


@cache
def regime_names() -> Names:
    """Printed names of regimes to the labels of the store."""
    listed = tomllib.loads(Path(__file__).with_name("regimes.toml").read_text(encoding="utf-8"))
    known = {fold(name): label for label, names in listed.items() for name in names}
    return Names(known, [name for names in listed.values() for name in names])
