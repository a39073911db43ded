"""Save fetched pages, so that a killed run can resume.

A page is written to a draft and renamed to its key when complete. Every combination of source and options has its own
folder. It is deleted when the update has been published. Old pages are fetched again, since their content may have been
revised.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path

DOWNLOADS = "downloads"
KEPT = 7 * 24 * 3600.0
"""Seconds for which pages of an unfinished update are valid; quotas of sources are per day or shorter."""
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._=+-]{0,180}")


class Downloads:
    """The pages of one source and set of options. `fetched` and `reused` count this run's pages from the source and
    from disk."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.fetched, self.reused = folder, 0, 0

    @classmethod
    def of(cls, home: Path, source: str, options: Mapping[str, str]) -> Downloads:
        """The folder for this source and these options, whose values are hashed and never written."""
        fingerprint = hashlib.sha256(json.dumps(sorted(options.items())).encode()).hexdigest()[:12]
        return cls(home / DOWNLOADS / source / fingerprint)

    def page(self, key: str, get: Callable[[], bytes]) -> bytes:
        """The page, from disk or from `get`.

        Raises:
            ValueError: the key could lead out of the folder: a bug of the connector.
        """
        if not _KEY.fullmatch(key) or ".." in key:
            raise ValueError(f"not a page key: {key!r}")
        path = self.folder / key
        if path.is_file() and time.time() - path.stat().st_mtime < KEPT:
            self.reused += 1
            return path.read_bytes()
        body = get()
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{key}.{os.getpid()}")
        draft.write_bytes(body)
        os.replace(draft, path)
        self.fetched += 1
        return body

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
