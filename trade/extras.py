"""Packages that only some need: extras of the installation, with one sentence where one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from trade.errors import TradeError


class ExtraMissing(TradeError):
    """What was asked for needs packages that are installed with an extra."""


@contextmanager
def require_extra(extra: str, what: str) -> Iterator[None]:
    """Import the packages of an extra inside the block; `what` needs them, as a user writes it (`trade mcp`).

    Raises:
        ExtraMissing: one is not installed; the sentence has the command that installs it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "trade":
            raise
        raise ExtraMissing("extra.missing", what=what, package=error.name, extra=extra) from None
