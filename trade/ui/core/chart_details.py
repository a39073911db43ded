"""The details of a chart: its table, files of exactly the rows drawn, definition, caveats, query, citations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
from trade.panels import column_headings, market_filter, queries, run_context
from trade.panels.cache import cached_per_store
from trade.panels.chart_captions import linked
from trade.panels.choices import Choices
from trade.panels.language import lang, say
from trade.text import catalog, formats
from trade.text.catalog import LANGUAGES
from trade.text.markdown import plain, prose
from trade.ui.core import chart_actions, citation_tab, filters, permalink, view_links
from trade.ui.core.tables import show_table
from trade.ui.core.text_blocks import small

QUERY_HEIGHT = 340
"""Height of the box with the query, in pixels: it scrolls."""

WRITTEN_CELLS = 4_000
"""Most cells of a table whose numbers are formatted here; those of a larger table are formatted by the browser."""
WORDED = {"quality": "code.quality", "continent": "scope.continent", "flow": "flow", "verdict": "verdict"}
"""Prefix of the keys of words for codes, by the ending of the column's name; for other columns it is
`code.<column>`."""


@dataclass(frozen=True)
class FigureTexts:
    """The texts around a figure, without markup: headline, the line under it, source line, text alternative.

    `key` is the key of its place on the page, `shown` that of the panel drawn there, which may be a map instead.
    """

    key: str
    title: str
    about: str = ""
    source: str = ""
    alt: str = ""
    chosen: str = ""
    shown: str = ""


def _view(result: Result, around: FigureTexts) -> View:
    return view_metadata.view(
        run_context.store(),
        result,
        title=around.title,
        about=around.about,
        link=permalink.address(around.key, around.shown),
        chosen=around.chosen,
        lang=lang(),
        sources=queries.sources(result.sources),
    )


def as_table(result: Result, around: FigureTexts, draw: Callable[[Result, str], None] | None = None) -> None:
    """Draw the rows instead of the figure, with downloads of exactly these rows; files are made only when
    downloaded."""
    shown = _view(result, around)
    small(prose(shown.basis))
    (draw or table)(result, around.title)
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
        signed = formats.csv_encoding(lang()) == files.SIGNED
        st.download_button(
            say("files.unsigned" if signed else "files.signed"),
            data=partial(files.as_csv, shown, not signed),
            file_name=files.file_name(shown, "csv"),
            mime=files.MEDIA["csv"],
            help=say("files.unsigned_help" if signed else "files.signed_help"),
            key=f"download_other_csv_{around.key}",
            on_click="ignore",
        )


def below(opened: str, result: Result, around: FigureTexts, figure_height: int) -> None:
    """Draw the panel open below the figure (`definition`, `sql`, `cite` or `embed`); the others are not computed."""
    height = view_links.height_around(figure_height, around.title, around.about, around.source)
    if opened not in chart_actions.BELOW:
        return
    with st.container(border=True, key=f"below_{around.key}"):
        if opened == "definition":
            _explain(result)
        elif opened == "sql":
            _query(result)
        elif opened == "cite":
            citation_tab.offer(_view(result, around), around.chosen)
            view_links.add_to_story_button(around.shown or around.key)
        else:
            view_links.embed(around.shown or around.key, around.title, height)


def _query(result: Result) -> None:
    """Draw the query behind the rows, with parameter values filled in, and formula, reference and sources in
    comments."""
    derivation, rows = work(run_context.store(), result), _rows_of(bound_sql(result))
    lines = [say("frame.query_about")]
    if "entities" in result.params:
        lines.append(say("compare.query"))
    if derivation.model:
        lines.append(say("frame.query_model", given=formats.count(rows, lang()), model=derivation.model))
    elif rows != len(result.frame):
        drawn = formats.count(len(result.frame), lang())
        lines.append(say("frame.query_rows", given=formats.count(rows, lang()), drawn=drawn))
    small(prose(" ".join(lines)))
    st.code(derivation.as_text(), language="sql", wrap_lines=True, height=QUERY_HEIGHT)


@cached_per_store
def _rows_of(sql: str) -> int:
    """Number of rows of the query. A page may show fewer, or join those of several reporters."""
    return len(run_context.store().query(sql))


def with_trend(
    key: str, periods: str, trends: Callable[[Choices], pd.Series], leave_out: Sequence[str] = ()
) -> Callable[[Result, str], None]:
    """A function that draws the table with a sparkline per row and without the columns `leave_out`. The lines are those
    of `trends` for the code in the column `key`; `periods` (`years`, `months` or `periods`) names their heading."""

    def draw(result: Result, name: str) -> None:
        lines = result.frame[key].map(trends(filters.choices()))
        shown = replace(result, frame=result.frame.drop(columns=list(leave_out)))
        table(shown, name, lines.rename(say(f"league.trend_{periods}", count=market_filter.TREND)))

    return draw


def table(result: Result, name: str, lines: pd.Series | None = None) -> None:
    """Draw the rows of a figure as a table, with all amounts in one unit, named in the heading. `lines` are sparklines
    (a list of numbers per row) shown next to the names, under the name of the series."""
    foreign = tuple(f"name_{code}" for code in LANGUAGES if code != lang())
    names = [str(name) for name in result.frame]
    frame = result.frame[[name for name in names if not column(name).technical and not name.endswith(foreign)]]
    amounts = [name for name in names if column(name).is_amount and pd.api.types.is_numeric_dtype(frame[name])]
    unit = ""
    if amounts:
        scale = Context.of(result.stated_params, lang()).scale(pd.concat([frame[name] for name in amounts]))
        frame, unit = frame.assign(**{name: frame[name] / scale.size for name in amounts}), scale.unit
    frame = frame.assign(
        **{name: words for name in frame.columns if (words := _in_words(name, frame[name])) is not None}
    )
    small_enough = frame.size <= WRITTEN_CELLS
    config = {name: _column(name, unit, frame[name], small_enough, result.measure.id) for name in frame.columns}
    if lines is not None:
        frame = frame.copy()
        frame.insert(list(frame).index(f"name_{lang()}") + 1, "trend", lines)
        config["trend"] = st.column_config.LineChartColumn(str(lines.name), width="small")
    shown = _written(frame) if small_enough else frame
    show_table(shown, name, column_config=config)


def _in_words(name: str, values: pd.Series) -> pd.Series | None:
    """Codes of a column as the words for them, where all have words; files have the codes. None if they have none."""
    codes = values.dropna().unique()
    key = next((key for ending, key in WORDED.items() if name.endswith(ending)), f"code.{name}")
    if not len(codes) or not all(isinstance(code, str) and catalog.has(f"{key}.{code}") for code in codes):
        return None
    return values.map({code: say(f"{key}.{code}") for code in codes})


def _digits(name: str) -> int:
    return 3 if column(name).is_amount else column(name).decimals


def _written(frame: pd.DataFrame) -> Any:
    """The rows with numbers as all of the dashboard writes them (a true minus, no -0.0); they sort as numbers."""
    return frame.style.format(
        {
            name: partial(_number, digits=_digits(str(name)))
            for name in frame.columns
            if pd.api.types.is_float_dtype(frame[name])
        },
        na_rep=formats.DASH,
    )


def _number(value: float, digits: int) -> str:
    return formats.number(value, digits, lang())


def _column(name: str, unit: str, values: pd.Series, written: bool, measure: str) -> Any:
    label = column_headings.heading(name, unit, measure)
    if written or not pd.api.types.is_float_dtype(values):
        return label
    return st.column_config.NumberColumn(label, format=f"%,.{_digits(name)}f")


def _explain(result: Result) -> None:
    """Definition with its formula, what to know before quoting, and the sources in full."""
    measure, notes = result.measure, queries.sources(result.sources)
    st.markdown(f"**{plain(measure.title)}.** {prose(measure.definition)}")
    st.latex(measure.tex)
    small(say("frame.reference", reference=plain(measure.reference)))
    st.markdown(
        f"**{say('frame.caveats')}**\n"
        + "\n".join(f"- {prose(line)}" for line in view_metadata.caveats(result, notes, lang()))
    )
    st.markdown(f"**{say('frame.sources')}**\n" + "\n".join(f"- {citation(note)}" for note in notes))


def citation(note: SourceNote) -> str:
    """A source in full, in Markdown."""
    return say(
        "frame.citation",
        producer=plain(note.producer),
        title=linked(note.title, note.url, note.source_id),
        day=formats.day(note.published, lang()),
        valuation=plain(note.valuation),
        licence=prose(note.licence),
    )
