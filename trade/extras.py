"""Optional dependencies: one clear error if the packages of an extra are not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from trade.errors import TradeError


class ExtraMissing(TradeError):
    """A feature needs packages that are installed with an extra."""


@contextmanager
def require_extra(extra: str, what: str) -> Iterator[None]:
    """Import the packages of an extra inside the block; `what` is the feature that needs them (`trade mcp`).

    Raises:
        ExtraMissing: a package is not installed; the message has the command that installs it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "trade":
            raise
        raise ExtraMissing("extra.missing", what=what, package=error.name, extra=extra) from None
