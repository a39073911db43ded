"""Readers of facts: from files under `data/` to tables of text with their provenance."""

from trade.sources.fact_reader import FactTable, check_hash, find_sources, read_file
from trade.sources.manifest import WARNINGS, FactFile, Source, read_manifest

__all__ = ["WARNINGS", "FactFile", "FactTable", "Source", "check_hash", "find_sources", "read_file", "read_manifest"]
