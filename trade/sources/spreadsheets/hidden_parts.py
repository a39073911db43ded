"""Hidden parts of a file: hidden rows and columns are read, a hidden sheet only if no other has figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trade.errors import Message
from trade.sources.spreadsheets.isolated_reader import Sheet

_FIGURE = re.compile(r"[-+(−]?\d[\d,. ]*[)%％]?")
_RANGES = 8
"""Most ranges of rows or columns that a note names."""


def has_figures(sheet: Sheet) -> bool:
    """Whether a row contains at least two figures, unlike those of a table of contents or a sheet of notes."""
    return any(sum(bool(_FIGURE.fullmatch(cell)) for cell in row) > 1 for row in sheet.rows)


def shown_sheets(sheets: Sequence[Sheet], named: str = "") -> tuple[list[Sheet], list[Message]]:
    """The sheets to read, without hidden ones if others have figures, and a note on the hidden ones.

    Args:
        named: the sheet that the user chose, which may be hidden.
    """
    hidden = [sheet for sheet in sheets if sheet.hidden and sheet.name != named and any(sheet.rows)]
    shown = [sheet for sheet in sheets if not sheet.hidden or sheet.name == named]
    if not hidden:
        return shown or list(sheets), []
    names = ", ".join(sheet.name for sheet in hidden)[:200]
    if any(map(has_figures, shown)):
        return shown, [Message("note.hidden_sheets", sheets=names)]
    return list(sheets), [Message("note.hidden_sheets_read", sheets=names)]


def hidden_within(where: str, sheet: Sheet) -> list[Message]:
    """A note on the rows and one on the columns that are read although the sheet hides them."""
    rows = [at for at in sheet.hidden_rows if at < len(sheet.rows) and any(sheet.rows[at])]
    notes = [("note.hidden_rows", rows), ("note.hidden_columns", sheet.hidden_columns)]
    return [Message(key, file=where, places=_ranges(at)) for key, at in notes if at]


def _ranges(places: Sequence[int]) -> str:
    """Places (from 0) as ranges that count from 1: `3, 5–9`."""
    ranges: list[tuple[int, int]] = []
    for at in places:
        first = ranges.pop()[0] if ranges and ranges[-1][1] == at - 1 else at
        ranges.append((first, at))
    named = [str(first + 1) if first == last else f"{first + 1}–{last + 1}" for first, last in ranges]
    return ", ".join([*named[:_RANGES], *["…"] * (len(named) > _RANGES)])
