"""What an import would do, as two tables: how its first rows were read, and its totals beside those in service."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from trade.ingest.apply import UpdateReport
from trade.panels.language import lang, say
from trade.text import formats
from trade.text.markdown import plain, prose
from trade.ui.core.tables import show_table
from trade.ui.core.text_blocks import small

_READ = ("row", "period_printed", "period", "flow", "partner_printed", "partner", "number_printed", "value", "unit")
_TOTALS = ("table", "statement", "before", "members_before", "after", "members", "change")


def show(report: UpdateReport) -> None:
    """Both tables of a report, and what speaks against it."""
    for concern in report.concerns:
        st.warning(plain(concern.sentence(lang())))
    if report.readings:
        small(prose(say("updating.preview.read")))
        rows = pd.DataFrame([reading.as_dict() for reading in report.readings])[list(_READ)]
        rows["flow"] = [
            formats.say(f"flow.{flow}", lang()) if formats.has(f"flow.{flow}") else flow for flow in rows["flow"]
        ]
        _table(rows, "updating.preview.read_alt")
    if report.totals:
        small(prose(say("updating.preview.totals")))
        totals = pd.DataFrame([total.as_dict() for total in report.totals])
        totals["change"] = [_change(total.before, total.after) for total in report.totals]
        _table(totals[list(_TOTALS)], "updating.preview.totals_alt")


def _change(before: float | None, after: float | None) -> str:
    if before is None:
        return say("updating.preview.new")
    if after is None:
        return say("updating.preview.withdrawn")
    return f"{formats.number(100 * (after / before - 1), 1, lang())}%" if before else ""


def _table(rows: pd.DataFrame, alt: str) -> None:
    titles = {name: say(f"updating.preview.{name}") for name in rows.columns}
    show_table(rows.rename(columns=titles), say(alt))
