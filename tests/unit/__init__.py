"""Without a store: texts, readers, charts, parsers."""
