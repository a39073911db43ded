"""The store folder: which store is in service, and how it is replaced while others read it.

A store is never changed: a new one gets a new name (its content hash) and a pointer file is replaced in one step. A
process that has the former file open keeps it until it reconnects. Each release of the program
(`schema_fingerprint.release`) has its own pointer `current-<release>`: while an upgrade rolls over several servers, old
and new programs each read a store of their own schema.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from trade.errors import StoreMissing, TradeError, shorten
from trade.store.schema_fingerprint import release

POINTER = "current"
_NAME = re.compile(r"trade-[\w-]+\.duckdb", re.ASCII)
OTHER_RELEASES = 2
"""Releases besides this one whose stores are kept, for servers that still run them and for a rollback."""


def store_path(home: Path, version: str) -> Path:
    return home / f"trade-{version}.duckdb"


def pointer(home: Path) -> Path:
    """The file that names the store in service for this release."""
    return home / f"{POINTER}-{release()}"


def current_store(home: Path) -> Path:
    """The store in service.

    Raises:
        StoreMissing: nothing was built yet, or the pointer is unreadable or names a missing file.
    """
    place = pointer(home)
    try:
        name = place.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise StoreMissing("store.none", home=home) from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreMissing("store.pointer_unread", place=place, reason=str(error)) from None
    path = home / name
    if not _NAME.fullmatch(name):
        raise StoreMissing("store.pointer_wrong", place=place, name=shorten(name))
    if not path.is_file():
        raise StoreMissing("store.gone", path=path, place=place)
    return path


def publish(finished: Path, home: Path, version: str) -> Path:
    """Rename the finished file, then update the pointer. Both steps are atomic, and the former store is not changed.

    Raises:
        TradeError: the folder cannot be written; the former store stays in service.
    """
    path, former = store_path(home, version), _named_by(pointer(home))
    try:
        os.replace(finished, path)
        point_to(home, path)
    except OSError as error:
        raise TradeError("store.not_published", home=home, reason=error.strerror) from error
    _prune(home, {path, former})
    return path


def point_to(home: Path, path: Path) -> None:
    """Put a store in service: replace the pointer file in one step."""
    draft = home / f".{POINTER}.{os.getpid()}"
    draft.write_text(path.name + "\n", encoding="utf-8")
    os.replace(draft, pointer(home))


def _named_by(place: Path) -> Path | None:
    try:
        return place.with_name(place.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError, ValueError):
        return None


def _prune(home: Path, in_use: set[Path | None]) -> None:
    """Delete stores other than the one in service, the previous one (which a reader may be about to open) and those of
    other releases. Files that cannot be deleted are left."""
    others = sorted((other for other in home.glob(f"{POINTER}*") if other != pointer(home)), key=_changed, reverse=True)
    in_use |= {_named_by(other) for other in others[:OTHER_RELEASES]}
    stores = (path for path in home.glob("trade-*.duckdb") if path not in in_use)
    for path in [*others[OTHER_RELEASES:], *stores]:
        try:
            path.unlink()
        except OSError:
            continue


def _changed(place: Path) -> float:
    try:
        return place.stat().st_mtime
    except OSError:
        return 0.0
