"""Batches: facts that were imported or fetched, under `facts/<source>/<batch>/` of the store folder.

A batch is one vintage: a `source.toml` and the files it names, like a folder of `data/`. It is never changed. Its name
is its vintage and a hash of its content, so importing the same figures of one day again gives the same batch.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import tomli_w

from trade.errors import BadParameter, shorten
from trade.sources.delivery import Delivery, Rows
from trade.sources.manifest import FactFile, Source, read_manifest

FACTS = "facts"
_PLAIN_BYTES = 2 << 20
"""Files larger than this are stored compressed."""
_SOURCE_ID = re.compile(r"[a-z][a-z0-9_]{0,62}")
_SHIPPED = "bundled"


@dataclass(frozen=True)
class Batch:
    """Facts of one source received together: a folder of `data/` (`batch` is "bundled") or an imported batch."""

    source_id: str
    batch: str
    folder: Path
    source: Source

    @property
    def bundled(self) -> bool:
        return self.batch == _SHIPPED

    @property
    def vintage(self) -> str:
        return self.source.vintage or self.source.published

    @property
    def order(self) -> tuple[str, str, str, str]:
        return self.source_id, self.vintage, self.source.received or "", self.batch

    def label(self, file: FactFile) -> str:
        """The file's name in messages and in the table of files."""
        return f"{self.source_id}/{file.path}" if self.bundled else f"{self.source_id}/{self.batch}/{file.path}"


def bundled(source_id: str, folder: Path, source: Source) -> Batch:
    return Batch(source_id, _SHIPPED, folder, source)


def check_source_id(name: str) -> str:
    """`name`, if it is a valid source id.

    Raises:
        BadParameter: it is not.
    """
    if not _SOURCE_ID.fullmatch(name):
        raise BadParameter("import.source_name", given=shorten(name, 60))
    return name


def find_batches(facts: Path) -> list[Batch]:
    """Every batch under `facts`, by source, then oldest first.

    Raises:
        FactError: a manifest is wrong.
    """
    folders = (folder for source in _folders(facts) for folder in _folders(source))
    batches = [Batch(folder.parent.name, folder.name, folder, read_manifest(folder)) for folder in folders]
    return sorted(batches, key=lambda batch: batch.order)


def _folders(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from (path for path in sorted(place.iterdir()) if path.is_dir() and not path.name.startswith("."))


def write_batch(delivery: Delivery, drafts: Path, known: Iterable[Batch] = ()) -> Batch:
    """Write a delivery to a new folder under `drafts`. It is not put in service.

    Its time of receipt is later than those of all `known` batches, even if the clock was set back.

    Raises:
        OSError: the folder cannot be written.
    """
    drafts.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="batch-", dir=drafts))
    files = [_write(folder, number, rows) for number, rows in enumerate(delivery.tables, 1)]
    received = _moment_after(batch.source.received for batch in known)
    source = delivery.about.model_copy(
        update={"vintage": delivery.vintage, "received": received, "dated": delivery.dated, "file": files}
    )
    (folder / "source.toml").write_text(_manifest(source), encoding="utf-8")
    name = f"{delivery.vintage}-{_content_hash(files)}"
    return Batch(delivery.source_id, name, folder, source)


def _moment_after(moments: Iterable[str | None]) -> str:
    """Now, but at least a microsecond after the last of `moments`: of two tables of one day the later one counts."""
    now, last = (
        datetime.now(UTC).isoformat(timespec="microseconds"),
        max((moment for moment in moments if moment), default=""),
    )
    with suppress(ValueError, OverflowError):  # a manifest written by hand may contain any text
        if last >= now:
            return (datetime.fromisoformat(last) + timedelta(microseconds=1)).isoformat(timespec="microseconds")
    return now


def remove_batch(batch: Batch) -> None:
    shutil.rmtree(batch.folder, ignore_errors=True)


def _content_hash(files: list[FactFile]) -> str:
    """A hash of the figures only, not of the manifest's texts or the time of receipt."""
    parts = [(file.table, file.sha256, sorted(file.constants.items())) for file in files]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:10]


def _write(folder: Path, number: int, rows: Rows) -> FactFile:
    raw = io.BytesIO((",".join(rows.rows.column_names) + "\n").encode())  # Arrow would quote the names
    raw.seek(0, io.SEEK_END)
    pa_csv.write_csv(_as_text(rows.rows), raw, pa_csv.WriteOptions(include_header=False, quoting_style="needed"))
    body, name = raw.getvalue(), f"{number:02d}_{rows.table}.csv"
    if len(body) > _PLAIN_BYTES:
        body, name = gzip.compress(body, 6, mtime=0), name + ".gz"
    with (folder / name).open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    return FactFile(
        path=name,
        table=rows.table,
        rows=rows.rows.num_rows,
        sha256=hashlib.sha256(body).hexdigest(),
        description=rows.description,
        constants=dict(rows.constants),
        rounding={column: half for column, half in rows.rounding.items() if half},
    )


def _as_text(table: pa.Table) -> pa.Table:
    """All cells as text, numbers in their shortest form: a file must not depend on how Arrow prints a float."""
    columns = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        columns[name] = pa.array([_cell(value) for value in column.to_pylist()], pa.string())
    return pa.table(columns)


def _cell(value: object) -> str | None:
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _manifest(source: Source) -> str:
    """A manifest as TOML, without defaults (a dated source, no constants, no rounding)."""
    fields = source.model_dump(exclude_none=True, exclude={"static"})
    if fields.get("dated") is True:
        del fields["dated"]
    for file in fields["file"]:
        for name in ("constants", "rounding"):
            if not file.get(name):
                file.pop(name, None)
    return tomli_w.dumps(fields)
