"""What tests of files share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.forked_workers import PARSERS, forked_workers


@pytest.fixture(scope="module")
def readers_forked() -> Iterator[None]:
    """Readers of files start at once. How a reader's process starts is tried with hostile files."""
    from trade.sources.spreadsheets import isolated_reader

    with forked_workers(isolated_reader, *PARSERS):
        yield
