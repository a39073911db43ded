"""Turn files into deliveries: customs tables are recognised by their content, others need a mapping file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from trade import paths
from trade.errors import Message, TradeError, shorten
from trade.sources import money_units
from trade.sources.batch_store import check_source_id
from trade.sources.customs import Recognition, read_customs, recognise, unsupported_table
from trade.sources.customs.commodity_table import read_goods
from trade.sources.customs.reader import ReadOptions
from trade.sources.delivery import Delivery
from trade.sources.economy_names import CUSTOMS, Names, read_names
from trade.sources.spreadsheets import FileRefused, Sheet, read_sheets, shown_sheets
from trade.sources.tables import Mapping, read_mapping, read_own
from trade.sources.tables.mapped_table import encoding_notes

ENDINGS = (".xls", ".xlsx", ".csv", ".tsv", ".txt", ".htm", ".html", ".parquet")
CUSTOMS_SOURCES = (
    "gacc_partners",
    "gacc_partners_usd",
    "gacc_flash",
    "gacc_totals",
    "gacc_regimes",
    "gacc_commodities",
)
_ROWS_EXAMINED = 2_000
"""Rows of a sheet that are examined to choose an encoding."""
_LONGEST_UNIT = 60


@dataclass(frozen=True)
class ImportOptions:
    """What the user specifies for an import. `source`: the source id under which a user's own table is stored."""

    mapping: Path | None = None
    source: str = ""
    published: str = ""
    today: str = ""


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def files_of(path: Path) -> list[Path]:
    """The file, or the tables in a folder.

    Raises:
        FileRefused: the folder contains no tables.
    """
    if not path.is_dir():
        return [path]
    tables = sorted(
        entry for entry in path.iterdir() if entry.suffix.lower() in ENDINGS and not entry.name.startswith((".", "~"))
    )
    if not tables:
        raise FileRefused("import.empty_folder", path=path, endings=", ".join(ENDINGS))
    return tables


def read(path: Path, options: ImportOptions, data: Path | None = None) -> list[Delivery]:
    """Read a file into deliveries. Nothing is stored.

    Raises:
        FileRefused: it cannot be read, is not understood, or does not add up. FactError: the mapping file is wrong.
        BadParameter: the source id is invalid.
    """
    data, day = data or paths.data(), options.today or today()
    mapping = read_mapping(options.mapping) if options.mapping else Mapping()
    names = read_names(data)
    customs_names = names.of_publisher(CUSTOMS, data)
    sheets = read_sheets(path, mapping.encoding, lambda tried: known_cells(path.name, tried, customs_names))
    sheets, hidden = shown_sheets(sheets, mapping.sheet)
    described = bool(mapping.columns or mapping.wide or mapping.constants)
    recognition = Recognition() if described else recognise(path.name, sheets, customs_names)
    if recognition.is_customs:
        if options.source:
            raise FileRefused("import.is_customs", file=path.name, title=recognition.title[:80], name=options.source)
        published = options.published or mapping.source.published or ""
        reading = ReadOptions(day, mapping.unit, published, mapping.names)
        return [
            replace(delivery, notes=[*delivery.notes, *encoding_notes(sheets), *hidden])
            for delivery in read_customs(path.name, sheets, customs_names, read_goods(data), reading)
        ]
    if options.published:
        mapping = mapping.model_copy(
            update={"source": mapping.source.model_copy(update={"published": options.published})}
        )
    if not options.source and not recognition.title and (title := unsupported_table(sheets)):
        raise FileRefused("import.not_kept", file=path.name, title=shorten(title, 80))
    source = _own_source_id(path, options.source, data, recognition)
    try:
        own = read_own(path.name, sheets, mapping, source, names, day, data)
        return [replace(own, notes=[*own.notes, *hidden])]
    except FileRefused as reason:
        if recognition.other:
            raise FileRefused("import.other_economy", reason=reason, economy=recognition.other) from None
        raise


def known_cells(name: str, sheets: Sequence[Sheet], names: Names) -> int:
    """Count the cells that are known names or units, to choose between encodings; a customs table counts extra."""
    cells = {cell for sheet in sheets for row in sheet.rows[:_ROWS_EXAMINED] for cell in row if cell}
    customs = _ROWS_EXAMINED * recognise(name, sheets, names).is_customs
    return customs + sum(names.find(cell) is not None or _is_unit(cell) for cell in cells)


def _is_unit(cell: str) -> bool:
    if cell.isascii() or len(cell) > _LONGEST_UNIT:
        return False
    try:
        return bool(money_units.read(cell, assumed="CNY").currency)
    except money_units.UnitUnclear:
        return True


def _own_source_id(path: Path, text: str, data: Path, recognition: Recognition) -> str:
    if not text:
        reason = Message("import.title_names", economy=recognition.other) if recognition.other else ""
        raise FileRefused("import.unrecognised", file=path.name, reason=reason)
    name = check_source_id(text)
    if (data / name).is_dir():
        raise TradeError("import.project_source", name=name)
    if name in CUSTOMS_SOURCES:
        raise TradeError("import.customs_source", name=name)
    return name


def read_all(
    files: Iterable[Path], options: ImportOptions, data: Path | None = None
) -> tuple[list[Delivery], dict[str, TradeError]]:
    """Deliveries of all files that can be read, and the errors of the others by file name."""
    deliveries: list[Delivery] = []
    failed: dict[str, TradeError] = {}
    for file in files:
        try:
            deliveries += read(file, options, data)
        except TradeError as error:
            failed[file.name] = error
    return deliveries, failed
