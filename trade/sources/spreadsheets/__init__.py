"""Read tables out of untrusted files: workbooks, CSV, HTML, Parquet. Call `read_sheets`."""

from trade.sources.spreadsheets.hidden_parts import has_figures, hidden_within, shown_sheets
from trade.sources.spreadsheets.isolated_reader import FileRefused, Sheet, read_sheets

__all__ = ["FileRefused", "Sheet", "has_figures", "hidden_within", "read_sheets", "shown_sheets"]
