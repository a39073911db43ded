"""Read tables out of untrusted files: workbooks, CSV, HTML, Parquet. Call `read_sheets`."""

from trade.sources.spreadsheets.isolated_reader import FileRefused, Sheet, read_sheets

__all__ = ["FileRefused", "Sheet", "read_sheets"]
