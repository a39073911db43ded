"""The output of every reader of new facts: of a connector, a customs workbook or a user's own table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import pyarrow as pa

from trade.errors import Message
from trade.sources.manifest import Source
from trade.text.catalog import SOURCE

AS_BEFORE = math.nan
"""Reported instead of the share done while a connector waits."""


@dataclass(frozen=True)
class Refusal:
    """A row that was read but rejected. `row` counts from 1 in `file` as a user opens it; None: the whole file."""

    file: str
    row: int | None
    column: str
    value: str
    reason: Message

    def as_dict(self, lang: str = SOURCE) -> dict[str, object]:
        """Its fields, the reason in words of a language."""
        place = {"file": self.file, "row": self.row, "column": self.column, "value": self.value}
        return {**place, "reason": self.reason.text(lang)}


@dataclass(frozen=True)
class Rows:
    """Rows for one fact table, in the columns of its contract less `source_id` and less `constants`.

    Cells may have any Arrow type: they are written as text, a null is an empty cell.
    """

    table: str
    rows: pa.Table
    description: str
    constants: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    rounding: Mapping[str, float] = field(default_factory=dict)
    """Column: half a unit of the last digit that its coarsest figure prints, in the unit of the column."""


@dataclass(frozen=True)
class CellReading:
    """How one row of a file was read: what it prints beside what is stored. For the preview of an import.

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
        source_id: folder name of the source; that of a bundled source extends it.
        about: the fields of `source.toml`, with an empty list `file`: the writer of the batch fills it.
        vintage: ISO date on which the figures were published; the day of retrieval where the source gives none.
        tables: whole statements: what a contract's line `restated by` names is replaced whole (the table of a month
            by its revision), so that a row which the revision no longer has does not survive it.
        refused: rows left out, each with its reason; they are reported, and never lead to a partial sum unseen.
        notes: sentences for the report: what was guessed, what was not looked at.
        readings: how the first rows were read.
        dated: whether the file, its mapping or the user says on which day it was published. Figures without a day never
            take the place of figures with one.
        warnings: what makes these figures impossible, found while they were read: they are refused unless the user
            insists.
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
