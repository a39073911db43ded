"""A user's own table: CSV, XLSX, XLS, HTML or Parquet, with a mapping file that says what its columns mean."""

from trade.sources.tables.mapping import Mapping, read_mapping
from trade.sources.tables.reader import read_own

__all__ = ["Mapping", "read_mapping", "read_own"]
