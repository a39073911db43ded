"""Measures: each is one SQL file with its declaration in the header."""

from trade.measures.catalog import Measure, Parameter, catalog, find_measure
from trade.measures.result import Result, SourceNote
from trade.measures.run import describe_sources, run, within, without_span

__all__ = [
    "Measure",
    "Parameter",
    "Result",
    "SourceNote",
    "catalog",
    "describe_sources",
    "find_measure",
    "run",
    "within",
    "without_span",
]
