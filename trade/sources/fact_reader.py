"""Read a fact file into a table of text, with one string column per column of the contract.

It checks the file: present, complete, UTF-8, with the columns of its contract and the number of rows in its manifest.
Types, allowed values and keys are checked by `trade.store.load`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from trade.errors import FactError
from trade.sources.manifest import FactFile, Source, read_manifest

LINE = "line"


@dataclass(frozen=True)
class FactTable:
    """The rows of one file as text: every column of the contract, missing as null, plus `line` in the file."""

    source_id: str
    file: FactFile
    rows: pa.Table
    sha256: str
    batch: str = ""
    """Folder of the batch within the source's folder; empty for the bundled facts."""

    @property
    def name(self) -> str:
        return _name(self.source_id, self.batch, self.file)


def find_sources(data: Path) -> dict[str, Source]:
    """The manifest of each folder of `data`, by folder name, sorted.

    Raises:
        FactError: there is no data folder, it holds no source, or a manifest is wrong.
    """
    if not data.is_dir():
        raise FactError(str(data), "fact.no_folder", remedy="fact.clone_again")
    sources = {folder.name: read_manifest(folder) for folder in sorted(data.iterdir()) if folder.is_dir()}
    if not sources:
        raise FactError(str(data), "fact.no_source", remedy="fact.clone_again")
    return sources


def read_file(
    folder: Path, source_id: str, file: FactFile, columns: list[str], needed: set[str], batch: str = ""
) -> FactTable:
    """One fact file as text.

    Args:
        folder: the folder of the file.
        columns: the contract's columns in order; `needed`: those that may not be missing.
        batch: the vintage it belongs to; empty for the bundled facts.

    Raises:
        FactError: absent, empty, not UTF-8, not CSV, or with other columns or another number of rows than stated.
    """
    name = _name(source_id, batch, file)
    raw = _bytes(folder / file.path, name)
    text = _text(raw, name)
    table = _parse(text, name)
    _check_columns(name, table.column_names, file, columns, needed)
    if table.num_rows != file.rows:
        raise FactError(name, "fact.other_rows", value=table.num_rows, expected=str(file.rows))
    rows = _complete(table, source_id, file, columns)
    return FactTable(source_id, file, rows, hashlib.sha256(raw).hexdigest(), batch)


def check_hash(table: FactTable) -> None:
    """Check the hash of a file. Call it after the other checks, whose errors name row and value.

    Raises:
        FactError: the file is not the one that source.toml describes.
    """
    if table.sha256 != table.file.sha256:
        raise FactError(table.name, "fact.other_hash", value=table.sha256, expected=table.file.sha256)


def _name(source_id: str, batch: str, file: FactFile) -> str:
    return "/".join(part for part in (source_id, batch, file.path) if part)


def _bytes(path: Path, name: str) -> bytes:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise FactError(name, "fact.missing", remedy="fact.restore_or_delete") from None
    except OSError as error:
        raise FactError(name, "fact.unread", remedy="fact.permissions", reason=error.strerror) from None
    if not raw:
        raise FactError(name, "fact.empty")
    return raw


def _text(raw: bytes, name: str) -> bytes:
    try:
        text = gzip.decompress(raw) if name.endswith(".gz") else raw
    except (OSError, EOFError, zlib.error):
        raise FactError(name, "fact.not_whole") from None
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise FactError(
            name, "fact.not_utf8", row=line, value=text[error.start : error.start + 1].hex(), remedy="fact.save_utf8"
        ) from None
    return text


def _parse(text: bytes, name: str) -> pa.Table:
    header = text.split(b"\n", 1)[0].decode("utf-8").rstrip("\r").split(",")
    try:
        return pa_csv.read_csv(
            io.BytesIO(text),
            read_options=pa_csv.ReadOptions(use_threads=False),
            convert_options=pa_csv.ConvertOptions(
                column_types={column: pa.string() for column in header},
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid as error:
        raise FactError(name, "fact.not_csv", reason=str(error).splitlines()[0].rstrip(".")) from None


def _check_columns(name: str, header: list[str], file: FactFile, columns: list[str], needed: set[str]) -> None:
    repeated = sorted({column for column in header if header.count(column) > 1})
    unknown = sorted((set(header) | set(file.constants)) - set(columns))
    present = set(header) | set(file.constants)
    missing = sorted(needed - present)
    if repeated:
        raise FactError(name, "fact.column_twice", row=1, column=repeated[0])
    if missing:
        raise FactError(
            name, "fact.no_column", row=1, value=",".join(header), expected=",".join(columns), column=missing[0]
        )
    if unknown:
        raise FactError(
            name, "fact.strange_column", row=1, expected=",".join(columns), column=unknown[0], table=file.table
        )


def _complete(table: pa.Table, source_id: str, file: FactFile, columns: list[str]) -> pa.Table:
    """All columns of the contract in its order, constants filled in, and the line of each row."""
    size = table.num_rows
    constants = {"source_id": source_id} | {key: _plain(value) for key, value in file.constants.items()}

    def column(name: str) -> pa.Array | pa.ChunkedArray:
        if name in table.column_names:
            return table[name]
        return pa.repeat(pa.scalar(constants.get(name), pa.string()), size)

    arrays = {name: column(name) for name in columns}
    return pa.table(arrays | {LINE: pa.array(np.arange(2, size + 2))})


def _plain(value: str | int | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
