"""Tests without a store: texts, file readers, charts, parsers."""
