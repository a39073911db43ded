"""One DuckDB file, built from the facts and read by everything else. The only package that imports duckdb."""

from trade.store.build import BuildReport, build_store, expected_version
from trade.store.connect import Store, open_store

__all__ = ["BuildReport", "Store", "build_store", "expected_version", "open_store"]
