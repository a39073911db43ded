"""A folder of marts as Parquet, replaced atomically: it is written under another name, counted, then renamed.

OUT/manifest.json                 hash of the definitions, engine, facts, and the rows and files of each mart
OUT/hs_product/*.parquet ...      one folder per mart
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from trade.errors import FactError, TradeError
from trade.store.bulk.definitions import marts, rules
from trade.store.bulk.facts_folder import Facts
from trade.store.bulk.parquet_footers import Footer, of_bytes, of_footers, read_footers

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class MartsManifest:
    """The content of the manifest. `source` is a row of fact.source; `rows` is the number of facts."""

    rules: str
    engine: str
    layout: str
    source: dict[str, Any]
    facts: str
    """A hash of the footers of the facts: to hash all bytes, one machine would have to read them all."""
    rows: int
    marts: dict[str, dict[str, Any]]


@contextmanager
def atomic_folder(out: Path, force: bool) -> Iterator[Path]:
    """A temporary folder that replaces `out` if the block succeeds, and is deleted if it fails.

    Raises:
        TradeError: `out` is not empty and `force` is off, or the folder cannot be written.
    """
    out = out.resolve()
    if out.exists() and (not out.is_dir() or any(out.iterdir())) and not force:
        raise TradeError("bulk.out_exists", out=out)
    draft = out.parent / f".{out.name}-{os.getpid()}.partial"
    try:
        draft.mkdir(parents=True)
        yield draft
        former = draft.with_suffix(".former")
        if out.exists():
            out.rename(former)
        draft.rename(out)
        shutil.rmtree(former, ignore_errors=True)
    except OSError as error:
        raise TradeError("bulk.not_written", out=out, reason=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_manifest(folder: Path, facts: Facts, engine: str) -> MartsManifest:
    """Count the rows written under `folder`, and write the manifest.

    Raises:
        FactError: a mart is missing, empty or has a broken file.
    """
    entries = {}
    for mart in marts():
        footers = read_footers(folder / mart.name)
        rows = sum(footer.rows for footer in footers)
        if not rows:
            raise FactError(mart.name, "bulk.mart_empty", remedy="bulk.see_economies")
        entries[mart.name] = {"rows": rows, "files": {footer.name: footer.size for footer in footers}}
    manifest = MartsManifest(
        rules(), engine, facts.layout.name, facts.source, of_footers(facts.files), facts.rows, entries
    )
    text = json.dumps(asdict(manifest), indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return manifest


@dataclass(frozen=True)
class Marts:
    """Marts that an engine wrote, ready to be published."""

    folder: Path
    manifest: MartsManifest
    files: dict[str, list[Footer]]

    @property
    def source(self) -> dict[str, Any]:
        return self.manifest.source

    @property
    def source_id(self) -> str:
        return str(self.manifest.source["source_id"])

    @property
    def rows(self) -> int:
        return self.manifest.rows

    @cached_property
    def fingerprint(self) -> str:
        return of_bytes([file for name in sorted(self.files) for file in self.files[name]], asdict(self.manifest))


def open_marts(folder: Path) -> Marts:
    """Open a folder of marts and check it against its manifest. Reads footers only.

    Raises:
        FactError: there is no manifest, its definitions differ, or the files are not those in it.
    """
    again = "bulk.marts_again"
    try:
        manifest = MartsManifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise FactError(str(folder), "bulk.no_manifest", remedy=again, manifest=MANIFEST) from None
    if manifest.rules != rules():
        raise FactError(str(folder), "bulk.other_definitions", remedy=again)
    files = {name: read_footers(folder / name) for name in manifest.marts}
    for name, footers in files.items():
        if {footer.name: footer.size for footer in footers} != manifest.marts[name]["files"]:
            raise FactError(f"{folder.name}/{name}", "bulk.other_files", remedy=again, manifest=MANIFEST)
        if sum(footer.rows for footer in footers) != manifest.marts[name]["rows"]:
            raise FactError(f"{folder.name}/{name}", "bulk.other_rows", remedy=again, manifest=MANIFEST)
    if set(files) != {mart.name for mart in marts()}:
        raise FactError(str(folder), "bulk.mart_missing", remedy=again)
    return Marts(folder, manifest, files)
