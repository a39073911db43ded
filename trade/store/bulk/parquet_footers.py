"""Read the columns and row counts of Parquet files from their footers, and hash footers or whole files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from trade.errors import FactError

_TAIL = 8
"""Bytes at the end of a Parquet file: the length of the footer, then PAR1."""


@dataclass(frozen=True)
class Footer:
    """Metadata of a Parquet file. `digest` is a hash of the footer, which has the position and size of every column."""

    path: Path
    name: str
    rows: int
    size: int
    changed: str
    """The day of the last change, as an ISO date in UTC."""
    columns: dict[str, pa.DataType]
    synthetic: bool
    digest: str


def parquet_files(folder: Path) -> list[Path]:
    """All Parquet files under `folder`, by name, except files and folders of engines, which begin with . or _."""
    paths = sorted(folder.rglob("*.parquet"))
    return [path for path in paths if not any(part[0] in "._" for part in path.relative_to(folder).parts)]


def read_footers(folder: Path) -> list[Footer]:
    """The footers of all Parquet files of a folder.

    Raises:
        FactError: there is no folder or no file, or a file is not a complete Parquet file.
    """
    if not folder.is_dir():
        raise FactError(str(folder), "bulk.no_folder", remedy="bulk.mount")
    paths = parquet_files(folder)
    if not paths:
        raise FactError(str(folder), "bulk.no_parquet", remedy="bulk.name_parquet")
    return [_footer(path, str(path.relative_to(folder))) for path in paths]


def _footer(path: Path, name: str) -> Footer:
    try:
        status = path.stat()
        with pq.ParquetFile(path) as file:
            schema, rows, marks = file.schema_arrow, file.metadata.num_rows, file.metadata.metadata or {}
        with path.open("rb") as raw:
            raw.seek(-_TAIL, 2)
            length = int.from_bytes(raw.read(4), "little")
            raw.seek(-_TAIL - length, 2)
            digest = hashlib.sha256(raw.read(length)).hexdigest()
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0][:160].rstrip(".")
        raise FactError(name, "bulk.not_whole", remedy="bulk.copy_file", reason=reason) from None
    day = datetime.fromtimestamp(status.st_mtime, UTC).date().isoformat()
    columns = {name: _values(kind) for name, kind in zip(schema.names, schema.types, strict=True)}
    return Footer(path, name, rows, status.st_size, day, columns, marks.get(b"synthetic") == b"true", digest)


def _values(kind: pa.DataType) -> pa.DataType:
    """The type of a column's values: that of the dictionary's values if it is dictionary-encoded."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def of_footers(files: Iterable[Footer]) -> str:
    """A hash of names, sizes and footers. No row is read, so a revised value of the same length may keep it."""
    return _hash([[footer.name, footer.size, footer.digest] for footer in files])


def of_bytes(files: Sequence[Footer], *more: object) -> str:
    """A hash of all bytes of the files and of `more`.

    Raises:
        FactError: a file cannot be read.
    """
    with ThreadPoolExecutor(os.cpu_count()) as several:
        return _hash([*several.map(_digest, files), *more])


def _digest(file: Footer) -> list[str]:
    try:
        with file.path.open("rb") as raw:
            return [file.name, hashlib.file_digest(raw, "sha256").hexdigest()]
    except OSError as error:
        raise FactError(file.name, "fact.unread", remedy="bulk.copy_file", reason=error.strerror) from None


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
