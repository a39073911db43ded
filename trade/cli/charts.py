"""`trade charts` and `trade chart`: every chart of every page, drawn without a page."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from trade.cli.console import (
    Format,
    FormatOption,
    LangOption,
    ParamOption,
    print_json,
    read_pairs,
    screen,
)
from trade.cli.table_output import print_frame
from trade.errors import TradeError
from trade.store import open_store


class ChartFormat(StrEnum):
    json = "json"
    html = "html"
    csv = "csv"


def charts(form: FormatOption = Format.table, lang: LangOption = "en") -> None:
    """List the charts: id, title, measure, and the choices that each takes."""
    from trade.stories import chart_export  # imported here: loading it takes a second

    listed = chart_export.listed(lang)
    if form is Format.json:
        print_json(listed)
    else:
        print_frame(pd.DataFrame([row | {"choices": " ".join(row["choices"])} for row in listed]), form)


def chart(
    name: Annotated[str, typer.Argument(help="Id of the chart, such as growth/levels; `trade charts` lists them.")],
    param: ParamOption = None,
    form: Annotated[
        ChartFormat, typer.Option("--format", "-f", help="json: Plotly figure with its texts; html: a page; csv: rows.")
    ] = ChartFormat.json,
    lang: LangOption = "en",
    out: Annotated[Path | None, typer.Option(help="File to write; without it standard output.")] = None,
) -> None:
    """Draw a chart of a page, with its headline, notes and sources."""
    from trade.stories import chart_export  # imported here: loading it takes a second

    drawn = chart_export.draw(open_store(), name, read_pairs(param), lang)
    content = chart_export.FORMS[form.value](drawn)
    if out is None:
        sys.stdout.write(content)
        return
    try:
        out.write_text(content, encoding="utf-8")
    except OSError as error:
        raise TradeError("export.file_unwritten", file=out, reason=error.strerror) from None
    screen.print(str(out.resolve()), markup=False, soft_wrap=True)
