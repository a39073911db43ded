"""Results of earlier runs on this machine, one file each under the store folder, and the change since the last one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trade import paths

MAX_FILES = 200
"""Number of result files to keep; the oldest are deleted."""


def folder() -> Path:
    """Where the runs are kept."""
    return paths.home() / "benchmarks"


def last(kind: str) -> dict[str, Any] | None:
    """The newest run of the same kind (`quick`, `full`) on a machine of the same description."""
    for path in sorted(folder().glob("*.json"), reverse=True):
        results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if results.get("kind") == kind:
            return results
    return None


def save(results: Mapping[str, Any]) -> Path:
    """Save the results of a run and delete the oldest files beyond `MAX_FILES`."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{datetime.now(UTC):%Y%m%dT%H%M%S}.json"
    path.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    for old in sorted(folder().glob("*.json"))[:-MAX_FILES]:
        old.unlink()
    return path


def changes(now: Mapping[str, float | None], before: Mapping[str, float | None]) -> dict[str, float]:
    """Each ratio divided by its former value: 0.5 is half of what it was."""
    pairs = ((name, value, before.get(name)) for name, value in now.items())
    return {name: round(value / former, 2) for name, value, former in pairs if value is not None and former}
