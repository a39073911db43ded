"""Choices that remember which fields were read: what a panel declares must be what it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from trade.errors import NoRows
from trade.panels.choices import Choices
from trade.panels.panel import Panel
from trade.panels.run_context import RunContext, running
from trade.store import Store


class RecordedChoices(Choices):
    """Choices with `read`, the names of the fields read so far."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        super().__init__(codes)
        self.read: set[str] = set()

    def value(self, name: str) -> str:
        self.read.add(name)
        return super().value(name)


def fields_read(panel: Panel, store: Store, links: Iterable[Mapping[str, str]]) -> set[str]:
    """All fields that a panel reads for any of these choices; it need not have rows for each."""
    read: set[str] = set()
    for link in links:
        choices = RecordedChoices(link)
        with running(RunContext("en", dict(link), store)), suppress(NoRows):
            panel.content(choices)
        read |= choices.read
    return read
