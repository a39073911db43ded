"""Readers of facts: from files under `data/` to tables of text with their provenance."""

from trade.sources.manifest import WARNINGS, FactFile, Source, read_manifest
from trade.sources.reader import FactTable, check_hash, find_sources, read_file

__all__ = ["WARNINGS", "FactFile", "FactTable", "Source", "check_hash", "find_sources", "read_file", "read_manifest"]
