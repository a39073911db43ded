"""Frames printed as tables or CSV."""

from __future__ import annotations

from typing import Any

import pandas as pd
import typer
from rich.table import Table

from trade.cli.console import Format, screen


def print_frame(frame: pd.DataFrame, form: Format) -> None:
    """Print the rows as a table or as CSV."""
    if form is Format.csv:
        typer.echo(frame.to_csv(index=False, date_format="%Y-%m-%d"), nl=False)
        return
    table = Table(*frame.columns)
    for row in frame.itertuples(index=False):
        table.add_row(*(_cell(value) for value in row))
    screen.print(table)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return "" if value is None or value is pd.NaT else str(value)
