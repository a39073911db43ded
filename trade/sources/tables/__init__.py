"""A user's own table: CSV, XLSX, XLS, HTML or Parquet, with a mapping file that says what its columns mean."""

from trade.sources.tables.mapped_table import read_own
from trade.sources.tables.mapping import Mapping, read_mapping

__all__ = ["Mapping", "read_mapping", "read_own"]
