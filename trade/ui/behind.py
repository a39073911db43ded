"""What stands behind a chart: its table, the download of exactly what is drawn, definition, caveats, full citations."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from trade import formats
from trade.charts.columns import AMOUNTS
from trade.charts.context import Context
from trade.measures import Result, SourceNote
from trade.ui import queries
from trade.ui.language import lang, plain, prose, say, small

TECHNICAL = (
    "period_start", "source_id", "source_url", "growth_source_title", "name_zh", "months", "first_published",
    "longitude", "latitude", "drawn", "reporter_name_zh", "partner_name_zh", "next_name_zh", "order",
)  # fmt: skip
"""Columns that the table leaves out; the download has them."""
DIGITS = {"index": 2, "contribution_pp": 2, "normalised_balance": 3, "hhi": 4, "theil": 3, "effect_pct": 2}


def offer(result: Result, key: str, name: str) -> None:
    """A line to open; what it holds is made only when the reader opens it."""
    opened = st.expander(say("frame.behind"), type="compact", key=f"behind_{key}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        table(result, name)
        st.download_button(
            say("frame.download"),
            data=lambda: as_csv(result),
            file_name=file_name(result),
            mime="text/csv",
            key=f"download_{key}",
            on_click="ignore",
        )
        _explain(result)


def as_csv(result: Result) -> bytes:
    """The rows drawn, all columns, codes as they are, missing cells empty."""
    return str(result.frame.to_csv(index=False)).encode()


def file_name(result: Result) -> str:
    """Measure and parameters, so that two downloads do not overwrite each other."""
    asked = (str(value).replace("/", "-") for value in result.params.values() if value is not None)
    return "-".join([result.measure.id, *asked]) + ".csv"


def table(result: Result, name: str) -> None:
    """The twin of the figure: the same rows, amounts in one unit that the heading names."""
    frame = result.frame.drop(columns=[column for column in TECHNICAL if column in result.frame])
    amounts = [one for one in AMOUNTS if one in frame and pd.api.types.is_numeric_dtype(frame[one])]
    unit = ""
    if amounts:
        scale = Context.of(result.params, lang()).scale(pd.concat([frame[column] for column in amounts]))
        frame, unit = frame.assign(**{column: frame[column] / scale.size for column in amounts}), scale.unit
    config = {column: _column(column, unit, frame[column]) for column in frame.columns}
    st.dataframe(frame, hide_index=True, alt=name, column_config=config)


def _column(name: str, unit: str, values: pd.Series) -> Any:
    label = heading(name, unit)
    if not pd.api.types.is_float_dtype(values):
        return label
    digits = 3 if name in AMOUNTS else DIGITS.get(name, 1)
    return st.column_config.NumberColumn(label, format=f"%,.{digits}f")


def heading(name: str, unit: str = "") -> str:
    """A column's heading in words; a column that has none yet is named by its own name."""
    key = f"column.{name}"
    return say(key, unit=unit) if formats.has(key) else name.replace("_", " ").capitalize()


def caveats(result: Result, found: list[SourceNote]) -> list[str]:
    """What to know before quoting: the measure's caveats, then its sources' warnings, each once."""
    warned = (say(f"warning.{code}") for note in found for code in note.warnings)
    return list(dict.fromkeys([*result.measure.caveats, *warned]))


def _explain(result: Result) -> None:
    """Definition with its formula, what to know before quoting, and the sources in full."""
    measure, found = result.measure, queries.sources(result.sources)
    st.markdown(f"**{plain(measure.title)}.** {prose(measure.definition)}")
    st.latex(measure.tex)
    small(say("frame.reference", reference=plain(measure.reference)))
    st.markdown(f"**{say('frame.caveats')}**\n" + "\n".join(f"- {prose(line)}" for line in caveats(result, found)))
    st.markdown(f"**{say('frame.sources')}**\n" + "\n".join(f"- {citation(note)}" for note in found))


def citation(note: SourceNote) -> str:
    """A source in full, in Markdown."""
    return say(
        "frame.citation",
        producer=plain(note.producer),
        title=f"[{plain(note.title)}]({note.url})",
        day=formats.day(note.published, lang()),
        valuation=plain(note.valuation),
        licence=prose(note.licence),
    )
