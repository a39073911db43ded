"""Tables out of files that nobody vouches for: workbooks, CSV, HTML, Parquet. `read_sheets` is the door."""

from trade.sources.spreadsheets.isolated_reader import FileRefused, Sheet, read_sheets

__all__ = ["FileRefused", "Sheet", "read_sheets"]
