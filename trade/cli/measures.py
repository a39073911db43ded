"""`trade measures` and `trade measure`: what can be measured, and a measure's rows."""

from __future__ import annotations

from typing import Annotated

import pandas as pd
import typer

from trade.cli.console import Format, FormatOption, ParamOption, print_json, read_pairs
from trade.cli.table_output import print_frame
from trade.measures import catalog, run
from trade.store import open_store

LISTED = ("id", "title", "unit", "formula", "reference")


def measures(form: FormatOption = Format.table) -> None:
    """List the measures: id, title, unit, formula, reference, parameters."""
    declared = [measure.declaration() for measure in catalog().values()]
    if form is Format.json:
        print_json(declared)
        return
    rows = [
        {key: measure[key] for key in LISTED} | {"parameters": " ".join(measure["parameters"])} for measure in declared
    ]
    print_frame(pd.DataFrame(rows), form)


def measure(
    name: Annotated[str, typer.Argument(help="Id of the measure; `trade measures` lists them.")],
    param: ParamOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Run a measure on the store."""
    result = run(open_store(), name, **read_pairs(param))
    if form is Format.json:
        print_json(result.as_dict())
    else:
        print_frame(result.frame, form)
