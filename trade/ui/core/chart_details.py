"""What stands behind a chart: its table, files of exactly what is drawn, definition, caveats, query, citations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from trade.charts.label_context import Context
from trade.column_metadata import column
from trade.export import files, view_metadata
from trade.export.view_metadata import View
from trade.measures import Result, SourceNote
from trade.measures.derivation import bound_sql, work
from trade.panels import columns, queries, run_context
from trade.panels.cache import cached_per_store
from trade.panels.language import lang, say
from trade.text import formats
from trade.text.catalog import LANGUAGES
from trade.text.markdown import plain, prose
from trade.ui.core import browser_components, citation_tab, permalink, saved_views
from trade.ui.core.language import small

TABS = ("figures", "definition", "query", "cite")
QUERY_HEIGHT = 340
"""Of the box with the query, in pixels: it scrolls."""


@dataclass(frozen=True)
class Around:
    """What stands around a figure, as plain text: headline, the line under it, source line, and what it shows.

    Rows that are shown as a table only have no `alt`, and no picture is offered.
    """

    key: str
    title: str
    about: str = ""
    source: str = ""
    alt: str = ""
    chosen: str = ""


def offer(result: Result, around: Around) -> None:
    """A line to open; what it holds is made only when the reader opens it, and files only when they are asked for."""
    opened = st.expander(say("frame.behind"), type="compact", key=f"behind_{around.key}", on_change="rerun")
    if not opened.open:
        return
    shown = view_metadata.view(
        run_context.store(),
        result,
        title=around.title,
        about=around.about,
        link=permalink.address(),
        chosen=around.chosen,
        lang=lang(),
        sources=queries.sources(result.sources),
    )
    with opened:
        figures, definition, query, cite = st.tabs([say(f"frame.tab_{name}") for name in TABS])
        with figures:
            small(prose(" · ".join(part for part in (around.about, shown.basis) if part)))
            table(result, around.title)
            _files(shown, around)
        with definition:
            _explain(result)
        with query:
            _query(result)
        with cite:
            citation_tab.offer(shown, around.chosen)
            saved_views.offer(around.key, around.title)


def _files(shown: View, around: Around) -> None:
    """The rows drawn as a file in each form, and the figure as a picture."""
    small(say("files.exactly"))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for form, make in files.FORMS.items():
            st.download_button(
                form.upper() if form != "parquet" else "Parquet",
                data=partial(make, shown),
                file_name=files.file_name(shown, form),
                mime=files.MEDIA[form],
                help=say(f"files.{form}"),
                key=f"download_{form}_{around.key}",
                on_click="ignore",
            )
        if around.alt:
            browser_components.save_picture(
                around.key,
                title=around.title,
                about=around.about,
                source=around.source,
                alt=around.alt,
                name=files.file_name(shown, "png").removesuffix(".png"),
            )


def _query(result: Result) -> None:
    """The query that gives the rows, its parameters written into it, with formula, reference and sources above."""
    told, given = work(run_context.store(), result), _rows_of(bound_sql(result))
    lines = [say("frame.query_about")]
    if told.model:
        lines.append(say("frame.query_model", given=formats.count(given, lang()), model=told.model))
    elif given != len(result.frame):
        drawn = formats.count(len(result.frame), lang())
        lines.append(say("frame.query_rows", given=formats.count(given, lang()), drawn=drawn))
    small(prose(" ".join(lines)))
    st.code(told.as_text(), language="sql", wrap_lines=True, height=QUERY_HEIGHT)


@cached_per_store
def _rows_of(sql: str) -> int:
    """How many rows the query gives: a page may leave some out, or put those of several reporters together."""
    return len(run_context.store().query(sql))


def table(result: Result, name: str) -> None:
    """The twin of the figure: the same rows, amounts in one unit that the heading names."""
    foreign = tuple(f"name_{code}" for code in LANGUAGES if code != lang())
    names = [str(name) for name in result.frame]
    frame = result.frame[[name for name in names if not column(name).technical and not name.endswith(foreign)]]
    amounts = [name for name in names if column(name).is_amount and pd.api.types.is_numeric_dtype(frame[name])]
    unit = ""
    if amounts:
        scale = Context.of(result.said_params, lang()).scale(pd.concat([frame[name] for name in amounts]))
        frame, unit = frame.assign(**{name: frame[name] / scale.size for name in amounts}), scale.unit
    config = {name: _column(name, unit, frame[name]) for name in frame.columns}
    st.dataframe(frame, hide_index=True, alt=name, column_config=config)


def _column(name: str, unit: str, values: pd.Series) -> Any:
    label = columns.heading(name, unit)
    if not pd.api.types.is_float_dtype(values):
        return label
    digits = 3 if column(name).is_amount else column(name).decimals
    return st.column_config.NumberColumn(label, format=f"%,.{digits}f")


def _explain(result: Result) -> None:
    """Definition with its formula, what to know before quoting, and the sources in full."""
    measure, found = result.measure, queries.sources(result.sources)
    st.markdown(f"**{plain(measure.title)}.** {prose(measure.definition)}")
    st.latex(measure.tex)
    small(say("frame.reference", reference=plain(measure.reference)))
    st.markdown(
        f"**{say('frame.caveats')}**\n"
        + "\n".join(f"- {prose(line)}" for line in view_metadata.caveats(result, found, lang()))
    )
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
