"""The whole store as a Frictionless data package: `datapackage.json` and a CSV file per table.

Follows Data Package 2.0 with Table Schema: https://datapackage.org. The same store always gives the same bytes: the
package does not contain the time of its creation.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from trade.errors import TradeError
from trade.measures import SourceNote, describe_sources
from trade.store import Store
from trade.store.table_introspection import Column, Table, rows, tables
from trade.text import formats
from trade.version import __version__

NAME = "china-trade"
PROFILES = "https://datapackage.org/profiles/2.0"
TERMS = "README.md"
_TYPES = {"VARCHAR": "string", "DOUBLE": "number", "BOOLEAN": "boolean", "DATE": "date"} | dict.fromkeys(
    ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), "integer"
)
"""DuckDB types and the corresponding Table Schema types."""

Opener = Callable[[str], Any]
"""Opens a file of the package, by name, for writing bytes; returns a context manager."""


@dataclass(frozen=True)
class Package:
    """Size of the written package: number of tables, rows and bytes."""

    tables: int
    rows: int
    size: int


def write_folder(store: Store, folder: Path, form: str = "csv") -> Package:
    """Write the package as a folder, which appears only once complete, with tables as `csv` or `parquet`.

    Raises:
        TradeError: the folder exists and is not empty, or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise TradeError("export.not_empty", folder=folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            package = _write(store, lambda name: (draft / name).open("wb"), form)
            draft.chmod(0o755)
            draft.replace(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise TradeError("export.folder_unwritten", folder=folder, reason=error.strerror) from None
    return package


def as_zip(store: Store) -> bytes:
    """The package as one ZIP file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _write(store, lambda name: archive.open(_entry(name), "w"))
    return buffer.getvalue()


def file_name(store: Store) -> str:
    """Name of the ZIP file, with the store's version so that two stores do not overwrite each other."""
    return f"{NAME}-{store.version}.zip"


def _entry(name: str) -> zipfile.ZipInfo:
    """A ZIP entry with a fixed time, so that the same store gives the same file."""
    entry = zipfile.ZipInfo(f"{NAME}/{name}")
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def _write(store: Store, opener: Opener, form: str = "csv") -> Package:
    listed = tables(store)
    ids = list(store.query("SELECT source_id FROM fact.source ORDER BY source_id")["source_id"])
    notes = {note.source_id: note for note in describe_sources(store, ids)}
    resources = [_resource(table, notes, form, *_WRITERS[form](store, table, opener)) for table in listed]
    readme = _readme(store, listed, list(notes.values()), form).encode()
    descriptor = _descriptor(store, resources, list(notes.values()))
    text = (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()
    for name, content in ((TERMS, readme), ("datapackage.json", text)):
        with opener(name) as file:
            file.write(content)
    size = sum(resource["bytes"] for resource in resources) + len(text) + len(readme)
    return Package(len(listed), sum(table.row_count for table in listed), size)


class _CountingWriter(io.RawIOBase):
    """A writer that counts the bytes it passes on and computes their digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.size, self.digest = file, 0, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        block = bytes(data)
        self.size += len(block)
        self.digest.update(block)
        self._file.write(block)
        return len(block)


def _write_csv(store: Store, table: Table, opener: Opener) -> tuple[int, str]:
    """Write RFC 4180 with LF, UTF-8; missing values are empty cells. Returns number of bytes and SHA-256."""
    options = pa.csv.WriteOptions(quoting_style="needed")
    with opener(_path(table, "csv")) as file, rows(store, table) as batches:
        counted = _CountingWriter(file)
        with pa.csv.CSVWriter(counted, batches.schema, write_options=options) as writer:
            for batch in batches:
                writer.write_batch(batch)
        return counted.size, counted.digest.hexdigest()


def _write_parquet(store: Store, table: Table, opener: Opener) -> tuple[int, str]:
    """Write the rows in the store's types, compressed. Returns number of bytes and SHA-256."""
    with opener(_path(table, "parquet")) as file, rows(store, table) as batches:
        counted = _CountingWriter(file)
        with pa.parquet.ParquetWriter(counted, batches.schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
        return counted.size, counted.digest.hexdigest()


_WRITERS = {"csv": _write_csv, "parquet": _write_parquet}
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def _path(table: Table, form: str) -> str:
    return f"{table.name}.{form}"


def _resource(table: Table, notes: dict[str, SourceNote], form: str, size: int, digest: str) -> dict[str, Any]:
    resource = {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": _path(table, form),
        "description": table.meaning,
        "format": form,
        "mediatype": _MEDIA[form],
        **({"encoding": "utf-8"} if form == "csv" else {}),
        "bytes": size,
        "hash": f"sha256:{digest}",
        "rows": table.row_count,
        "schema": _schema(table),
    }
    return resource | ({"sources": [_source(notes[source_id]) for source_id in table.sources]} if table.sources else {})


def _schema(table: Table) -> dict[str, Any]:
    links = [
        {"fields": [reference.column], "reference": {"resource": reference.table, "fields": [reference.key]}}
        for reference in table.references
    ]
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        **({"primaryKey": list(table.key)} if table.key else {}),
        **({"foreignKeys": links} if links else {}),
    }


def _field(column: Column) -> dict[str, Any]:
    """A field; `required` only if no cell is empty, because an empty text is a missing value in a CSV file."""
    descriptor: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": column.meaning}
    return descriptor | ({"constraints": {"required": True}} if column.filled else {})


def _source(note: SourceNote) -> dict[str, str]:
    return {"title": f"{note.producer}: {note.title}", "path": note.url}


def _descriptor(store: Store, resources: list[dict[str, Any]], notes: list[SourceNote]) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": NAME,
        "title": formats.say("site.title"),
        "description": formats.say("package.about"),
        "version": f"{__version__}+{store.version}",
        "keywords": ["trade", "China", "exports", "imports", "statistics"],
        "licenses": [{"name": "other", "path": TERMS, "title": formats.say("package.terms")}],
        "sources": [
            _source(note)
            | {
                "citation": note.citation,
                "published": note.published,
                "accessed": note.accessed,
                "licence": note.licence,
                "valuation": note.valuation,
                "warnings": note.warnings,
            }
            for note in notes
        ],
        "resources": resources,
    }


def _readme(store: Store, listed: list[Table], notes: list[SourceNote], form: str) -> str:
    """The contents and terms of the package, for people."""
    say = formats.say
    lines = [
        f"# {say('site.title')}",
        say("package.about"),
        say("package.version", version=__version__, store=store.version),
        f"## {say('package.tables')}",
        "\n".join(f"- `{_path(table, form)}` ({formats.count(table.row_count)}): {table.meaning}" for table in listed),
        f"## {say('package.sources')}",
        say("package.terms"),
        *(_terms(note) for note in notes),
    ]
    return "\n\n".join(lines) + "\n"


def _terms(note: SourceNote) -> str:
    facts = {
        "producer": note.producer,
        "citation": note.citation,
        "source_url": note.url,
        "published": note.published,
        "accessed": note.accessed,
        "valuation": note.valuation,
        "licence": note.licence,
    }
    listed = "\n".join(f"- {formats.say(f'view.{name}')}: {value}" for name, value in facts.items())
    warnings = "\n".join(f"- {formats.say(f'warning.{code}')}" for code in note.warnings)
    return f"### {note.source_id}: {note.title}\n\n{listed}\n{warnings}".rstrip()
