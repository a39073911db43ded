"""The form for a user's own SQL: examples, tables with their columns, result. `trade.store.sandbox` makes it safe."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from trade.errors import BadParameter
from trade.panels import run_context, url_codec
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say, sentences_of
from trade.store.sandbox import SqlResult, describe_schema, examples, run_sql
from trade.text import formats
from trade.text.catalog import of_column
from trade.text.markdown import plain, prose
from trade.ui.core import filters
from trade.ui.core.errors import show_errors
from trade.ui.core.tables import show_table
from trade.ui.core.text_blocks import small
from trade.ui.explore import result_view

_TEXT, _RUN, _CODE = "sql_text", "sql_run", "sql_code"
"""Keys of the session: the text in the box, the query whose rows are shown, and that query as in the URL."""
LONGEST = 20_000
ROWS = 10_000
HEIGHT = 260


def start_with(text: str) -> None:
    """Put a query into the box: for examples, and for `open in SQL` beside a result."""
    st.session_state[_TEXT] = text
    filters.choose("mode", "sql")


def page() -> None:
    """Examples, the box, the rows, the tables."""
    st.markdown(prose(say("console.about")))
    titles = [title for title, _ in examples()]
    chosen = st.selectbox(say("console.examples"), titles, index=None, placeholder=say("console.choose"), key="example")
    st.button(say("console.take"), key="take_example", disabled=chosen is None, on_click=_take, args=(chosen,))
    with show_errors():
        _load_from_link()
    with st.form("sql", border=False):
        st.session_state.setdefault(_TEXT, examples()[0][1])
        st.text_area(say("console.query"), key=_TEXT, height=HEIGHT)
        st.form_submit_button(say("console.run"), on_click=_ask)
    with show_errors():
        if st.session_state.get(_RUN):
            _show(_run(run_context.store().version, st.session_state[_RUN]))
    st.subheader(say("console.tables"), anchor=False)
    with show_errors():
        _schema()


def _ask() -> None:
    """Run the query in the box, and put it into the URL unless it is too long."""
    text = st.session_state[_TEXT]
    code = url_codec.pack(text)
    code = code if FIELDS["sql"].accepts(code) else ""
    st.session_state.update({_RUN: text, _CODE: code})
    filters.choose("sql", code)


def _load_from_link() -> None:
    """If the URL has another query (a link or the back button), put it into the box and run it.

    Raises:
        BadParameter: the link is damaged.
    """
    code = filters.value("sql")
    if code == st.session_state.get(_CODE, ""):
        return
    st.session_state.update({_RUN: "", _CODE: code})
    if code:
        try:
            text = url_codec.unpack(code, LONGEST)
        except ValueError:
            raise BadParameter("sql.link_damaged") from None
        st.session_state.update({_TEXT: text, _RUN: text})


def _take(title: str | None) -> None:
    text = dict(examples()).get(title or "")
    if text:
        start_with(text)


@st.cache_data(max_entries=20, show_spinner=False)
def _run(version: str, text: str) -> SqlResult:  # noqa: ARG001 - a new store is another question
    return run_sql(text, store=run_context.store(), rows=ROWS)


def _show(result: SqlResult) -> None:
    count, seconds = formats.count(len(result.frame), lang()), formats.number(result.seconds, 2, lang())
    show_table(result.frame, say("console.rows_alt", count=count))
    summary = say("console.timing", count=count, seconds=seconds, version=result.version)
    small(prose(sentences_of([summary, *result.notes])))
    result_view.download(result.frame, "query", "sql")


def _schema() -> None:
    columns = _tables(run_context.store().version)
    names = list(dict.fromkeys(columns["name"]))
    table = st.selectbox(say("console.table"), names, key="sql_table")
    rows = columns[columns["name"] == table]
    count = rows["rows"].iloc[0]
    row_count = (
        "" if pd.isna(count) else say("join.sentence") + say("console.rows", count=formats.count(float(count), lang()))
    )
    about = say(
        "console.about_table", table=f"**{plain(table)}**", about=prose(of_column(rows["about"].iloc[0], lang()))
    )
    st.markdown(about + plain(row_count))
    shown = rows[["column", "type", "comment"]].assign(comment=[of_column(text, lang()) for text in rows["comment"]])
    config = {name: say(f"console.{name}") for name in shown.columns}
    show_table(shown, say("console.columns_alt", table=table), column_config=config)


@st.cache_data(max_entries=4, show_spinner=False)
def _tables(version: str) -> pd.DataFrame:  # noqa: ARG001 - a new store is another question
    schema = describe_schema(run_context.store())
    return schema.assign(name=schema["schema"].where(schema["schema"] != "main", "") + "." + schema["table"]).assign(
        name=lambda frame: frame["name"].str.removeprefix(".")
    )
