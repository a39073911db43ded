"""Record which fields a panel reads: it must declare exactly these."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from trade.errors import NoRows
from trade.panels.choices import Choices
from trade.panels.panel import Panel
from trade.panels.run_context import RunContext, running
from trade.store import Store


class RecordedChoices(Choices):
    """Choices that record the names of the fields read so far in `read`."""

    def __init__(self, codes: Mapping[str, str] | None = None) -> None:
        super().__init__(codes)
        self.read: set[str] = set()

    def value(self, name: str) -> str:
        self.read.add(name)
        return super().value(name)


def fields_read(panel: Panel, store: Store, *cases: Mapping[str, str]) -> set[str]:
    """The fields that a panel reads over all `cases` together; with no case, for the default choices."""
    read: set[str] = set()
    for codes in cases or ({},):
        choices = RecordedChoices(codes)
        with running(RunContext("en", codes, store)), suppress(NoRows):
            panel.content(choices)
        read |= choices.read
    return read
