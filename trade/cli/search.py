"""`trade search`: what words may mean, and the page that shows it."""

from __future__ import annotations

from typing import Annotated

import pandas as pd
import typer

from trade.cli.console import Format, FormatOption, LangOption, print_json
from trade.cli.table_output import print_frame
from trade.store import open_store


def search(
    words: Annotated[list[str], typer.Argument(help="Words: a country, a good, an indicator, a page.")],
    form: FormatOption = Format.table,
    lang: LangOption = "en",
    most: Annotated[int, typer.Option(min=1, max=50, help="At most so many.")] = 20,
) -> None:
    """Find economies, groups, goods, indicators, charts, pages, statements and sources by any of their names."""
    from trade.search import search as entries_of  # imported here: loading it takes a second

    entries = [entry.as_dict(lang) for entry in entries_of(open_store(), " ".join(words), lang, most)]
    if form is Format.json:
        print_json(entries)
    else:
        print_frame(pd.DataFrame(entries, columns=["kind", "id", "title", "kind_name", "link"]), form)
