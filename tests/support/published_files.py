"""Files as publishers make them, read as an import reads them; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.support.paths import FIXTURES
from trade.ingest import file_deliveries
from trade.sources.delivery import Delivery
from trade.sources.spreadsheets import FileRefused

PUBLISHED = FIXTURES / "published"
TODAY = "2026-11-28"
MAPPING = """
[columns]
partner = "Country"
period = "Year"
value = "Exports"

[constants]
flow = "export"
currency = "USD"
"""


def case(name: str) -> Path:
    (folder,) = PUBLISHED.glob(f"{name}-*")
    return folder


def read(path: Path, mapping: Path | None = None, source: str = "") -> Delivery:
    (delivery,) = file_deliveries.read(path, file_deliveries.ImportOptions(mapping, source, "", TODAY))
    return delivery


def own(folder: Path, text: str | bytes, mapping: str = MAPPING, name: str = "table.csv") -> Delivery:
    """Write a user's own table to a file and read it."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "map.toml").write_text(mapping, encoding="utf-8")
    return read(path, folder / "map.toml", "ours")


def values(delivery: Delivery) -> dict[str, float]:
    return {row["partner"]: row["value"] for row in delivery.tables[0].rows.to_pylist()}


def rows(delivery: Delivery) -> list[dict]:
    return [row for table in delivery.tables for row in table.rows.to_pylist()]


def notes(delivery: Delivery) -> str:
    return " ".join(map(str, delivery.notes))


def refusal(work: Callable[[], object]) -> str:
    """The error message of a refusal; empty if nothing is refused."""
    try:
        work()
    except FileRefused as error:
        return str(error)
    return ""
