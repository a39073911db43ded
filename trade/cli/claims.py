"""`trade claims`: every official statement, recomputed from the store."""

from __future__ import annotations

from typing import Annotated

import pandas as pd
import typer

from trade.cli.console import Format, FormatOption, LangOption, print_json, screen
from trade.cli.table_output import print_frame
from trade.measures.claims import official_statements
from trade.store import open_store

_QUERY = ("source_id", "measure", "params")
"""What no table on a screen has room for."""


def claims(
    claim: Annotated[str | None, typer.Option(help="Only this statement: its page, all readings, their SQL.")] = None,
    lang: LangOption = "en",
    form: FormatOption = Format.table,
) -> None:
    """Recompute every official statement from the store: verdict, computed figure and sources."""
    if claim is not None:
        _print_claim(official_statements.claim(open_store(), claim, lang), form)
        return
    frame = official_statements.claims(open_store(), lang)
    if form is Format.json:
        print_json(official_statements.as_records(frame))
    else:
        columns = [name for name in official_statements.COLUMNS if form is not Format.table or name not in _QUERY]
        print_frame(frame[columns], form)


def _print_claim(claim: official_statements.Claim, form: Format) -> None:
    fields = claim.as_dict()
    if form is Format.json:
        print_json(fields)
        return
    readings = pd.DataFrame(fields.pop("readings"))
    if form is Format.table:
        for name, value in fields.items():
            screen.print(f"{name}: {value}", markup=False, soft_wrap=True)
    print_frame(readings.drop(columns=["sql", "params", "pick_row"] if form is Format.table else []), form)
    if form is Format.table:
        for answer in claim.answers:
            heading = f"-- reading {answer.reading.reading}"
            screen.print(f"{heading}\n{answer.as_dict()['sql']}", markup=False, soft_wrap=True)
