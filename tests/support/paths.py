"""Folders that tests read."""

from __future__ import annotations

from pathlib import Path

from trade import paths

TESTS = Path(__file__).parents[1]
FIXTURES = TESTS / "fixtures"
PROJECT = paths.PROJECT
