"""Entry point of the `trade` script. A mistake is one sentence on standard error and exit status 1."""

from __future__ import annotations

from trade.cli.commands import app
from trade.process_lifetime import clean_up_when_ended


def main() -> None:
    """Run the command named on the command line."""
    clean_up_when_ended()
    app()
