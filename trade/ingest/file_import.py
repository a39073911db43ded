"""Files to deliveries: a customs table by what it says, any other with a mapping file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from trade import paths
from trade.errors import TradeError
from trade.sources.batch_store import check_source_id
from trade.sources.customs import is_customs, read_customs
from trade.sources.customs.commodity_table import read_goods
from trade.sources.customs.reader import Asked
from trade.sources.delivery import Delivery
from trade.sources.economy_names import read_names
from trade.sources.spreadsheets import FileRefused, read_sheets
from trade.sources.tables import Mapping, read_mapping, read_own

ENDINGS = (".xls", ".xlsx", ".csv", ".tsv", ".txt", ".htm", ".html", ".parquet")
BUNDLED_ONLY = "is a source of the project: choose another name"


@dataclass(frozen=True)
class Asks:
    """What the reader says of the files. `source`: the name under which an own table is kept."""

    mapping: Path | None = None
    source: str = ""
    published: str = ""
    today: str = ""


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def files_of(path: Path) -> list[Path]:
    """The file, or the tables in a folder.

    Raises:
        FileRefused: it is not there, or the folder holds no table.
    """
    if not path.is_dir():
        return [path]
    found = sorted(
        one for one in path.iterdir() if one.suffix.lower() in ENDINGS and not one.name.startswith((".", "~"))
    )
    if not found:
        raise FileRefused(f"{path}: the folder holds no table ({', '.join(ENDINGS)}).")
    return found


def read(path: Path, asks: Asks, data: Path | None = None) -> list[Delivery]:
    """What a file says, as deliveries. Nothing is stored.

    Raises:
        FileRefused: it cannot be read, is not understood, or does not add up. FactError: the mapping file is wrong.
        BadParameter: the source's name cannot be one.
    """
    data, day = data or paths.data(), asks.today or today()
    mapping = read_mapping(asks.mapping) if asks.mapping else Mapping()
    sheets = read_sheets(path, mapping.encoding)
    names = read_names(data)
    if not mapping.columns and is_customs(path.name, sheets):
        asked = Asked(day, mapping.unit, asks.published or mapping.source.published or "", mapping.names)
        return read_customs(path.name, sheets, names, read_goods(data), asked)
    if asks.published:
        mapping = mapping.model_copy(update={"source": mapping.source.model_copy(update={"published": asks.published})})
    source = _own_name(path, asks.source, data)
    return [read_own(path.name, sheets, mapping, source, names, day)]


def _own_name(path: Path, wanted: str, data: Path) -> str:
    if not wanted:
        raise FileRefused(
            f"{path.name}: no table of customs is recognised; to import it as a table of your own, name its source"
            " (--as NAME) and, unless its columns bear our names, a mapping file (--mapping FILE)."
        )
    name = check_source_id(wanted)
    if (data / name).is_dir():
        raise TradeError(f"{name} {BUNDLED_ONLY} for your own table (--as NAME).")
    return name


def read_all(files: Iterable[Path], asks: Asks, data: Path | None = None) -> tuple[list[Delivery], dict[str, str]]:
    """Deliveries of all files that can be read, and for the others the sentence that says why not."""
    found: list[Delivery] = []
    failed: dict[str, str] = {}
    for file in files:
        try:
            found += read(file, asks, data)
        except TradeError as error:
            failed[file.name] = str(error)
    return found, failed
