"""The store folder: which store is in service, and how another takes its place without a reader noticing.

A store is never changed: a new one gets a new name (its content hash) and the pointer file `current` is replaced in one
step. A reader that has the former file open keeps it until it reconnects.
"""

from __future__ import annotations

import os
from pathlib import Path

from trade.errors import StoreMissing

POINTER = "current"
KEEP = 1
"""Former stores kept besides the one in service, which a reader may still hold."""

BUILD_REMEDY = "run `trade build`, or open the dashboard, which builds it"


def store_path(home: Path, version: str) -> Path:
    return home / f"trade-{version}.duckdb"


def current_store(home: Path) -> Path:
    """The store in service.

    Raises:
        StoreMissing: nothing was built yet, or the pointer names a file that is gone.
    """
    try:
        name = (home / POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise StoreMissing(f"There is no store in {home}: {BUILD_REMEDY}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreMissing(f"The pointer {home / POINTER} cannot be read ({error}): {BUILD_REMEDY}.") from None
    path = home / name
    if not name.startswith("trade-") or "/" in name or not path.is_file():
        raise StoreMissing(f"The store {path} named by {home / POINTER} is gone: {BUILD_REMEDY}.")
    return path


def publish(finished: Path, home: Path, version: str) -> Path:
    """Give the finished file its name, then point to it. Both steps are atomic; the former store stays whole."""
    path = store_path(home, version)
    os.replace(finished, path)
    point_to(home, path)
    _prune(home, path)
    return path


def point_to(home: Path, path: Path) -> None:
    draft = home / f".{POINTER}.{os.getpid()}"
    draft.write_text(path.name + "\n", encoding="utf-8")
    os.replace(draft, home / POINTER)


def _prune(home: Path, in_service: Path) -> None:
    """Delete all but the newest former stores. A file that cannot be deleted is left: it harms nobody."""
    former = sorted(
        (path for path in home.glob("trade-*.duckdb") if path != in_service),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in former[KEEP:]:
        try:
            path.unlink()
        except OSError:
            continue
