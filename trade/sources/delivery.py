"""The output of all readers of new facts: connectors, customs tables and users' own tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import pyarrow as pa

from trade.errors import Message
from trade.sources.manifest import Source
from trade.text.catalog import SOURCE

AS_BEFORE = math.nan
"""Reported while a connector waits: the share done is unchanged."""


@dataclass(frozen=True)
class Refusal:
    """A row that was read but rejected. `row` counts from 1 in `file` as a user opens it; None: the whole file."""

    file: str
    row: int | None
    column: str
    value: str
    reason: Message

    def as_dict(self, lang: str = SOURCE) -> dict[str, object]:
        """The fields as plain values, the reason as text in a language."""
        place = {"file": self.file, "row": self.row, "column": self.column, "value": self.value}
        return {**place, "reason": self.reason.text(lang)}


@dataclass(frozen=True)
class Rows:
    """Rows for one fact table: the columns of its contract except `source_id` and `constants`.

    Cells may have any Arrow type: they are written as text, a null is an empty cell.
    """

    table: str
    rows: pa.Table
    description: str
    constants: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    rounding: Mapping[str, float] = field(default_factory=dict)
    """By column: half a unit of the last printed digit, in the unit of the column."""


@dataclass(frozen=True)
class CellReading:
    """How one row of a file was read: printed texts and stored values, for the preview of an import.

    Args:
        row: from 1, as a user opens the file. period: frequency and period. value: in full units of the currency.
    """

    row: int
    period_printed: str
    period: str
    flow: str
    partner_printed: str
    partner: str
    number_printed: str
    value: float | None
    unit: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Delivery:
    """Facts on their way to the store: one vintage of one source.

    Args:
        source_id: folder name of the source; with the name of a bundled source, the delivery adds to it.
        about: the fields of `source.toml`; the list `file` is empty until the batch is written.
        vintage: ISO date on which the figures were published, or were retrieved if the source gives no date.
        tables: complete statements. A statement (`restated by` in the contract), such as the table of a month, is
            replaced as a whole, so that rows which its revision lacks are removed.
        refused: rejected rows with their reasons; they are reported, so that no sum is silently incomplete.
        notes: messages for the report, such as what was guessed or ignored.
        readings: how the first rows were read.
        dated: whether the file, its mapping or the user gives the date of publication. Undated figures never replace
            dated ones.
        warnings: why these figures are impossible, found while reading; they are refused unless the user accepts them.
    """

    source_id: str
    about: Source
    vintage: str
    tables: list[Rows]
    refused: list[Refusal] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    readings: list[CellReading] = field(default_factory=list)
    dated: bool = True
    warnings: list[Message] = field(default_factory=list)
