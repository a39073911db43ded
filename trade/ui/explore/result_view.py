"""A measure's rows as the user wants to see them: which names, as lines, bars, dots, a table or a pivot."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from trade.charts import column_roles
from trade.errors import NoRows
from trade.measures import Result, pivot
from trade.panels import column_headings, explore
from trade.panels.chart_captions import sourced
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.panels.measure_headline import measure_message
from trade.text.markdown import prose
from trade.ui.core import chart_details, filters
from trade.ui.core.tables import show_table
from trade.ui.core.text_blocks import small


def filter_control(result: Result) -> None:
    """Which names the rows are narrowed to."""
    name = column_roles.name_column(result.frame, lang())
    if not name:
        return
    filters.show("scope_keep", explore.selected_names(filters.choices(), result))
    st.multiselect(
        say("scope.keep.name"),
        explore.names(result, name),
        key="scope_keep",
        placeholder=say("scope.keep.hint"),
        on_change=_take_names,
    )


def _take_names() -> None:
    filters.choose("keep", "|".join(st.session_state["scope_keep"]))


def chart_controls(result: Result) -> None:
    """The controls of a chart: its form, the column drawn, for dots the column against it."""
    offered = explore.drawable(result)
    form = filters.control("form", options=explore.forms(result), words=FIELDS["form"].label)
    y = choice("y", offered)
    if form == "dots":
        choice("x", [column for column in offered if column != y])


def as_table(result: Result) -> None:
    """The rows alone, under the measure's sentence, with their download."""
    sentence = measure_message(result)
    st.subheader(prose(sentence.headline), anchor=False)
    chart_details.table(result, sentence.headline)
    small(sourced(result.sources))
    download(result.frame, result.measure.id, "table")


def choice(name: str, offered: list[str]) -> str:
    """One of the columns, by its heading."""
    chosen = filters.value(name)
    heads = {column: column_headings.heading(column, say("explore.currency_unit")) for column in offered}
    if chosen not in offered:
        filters.choose(name, "")
    return filters.control(name, options=offered, words=heads.__getitem__)


def _sides(frame: pd.DataFrame, most: int) -> list[str]:
    """The columns that distinguish rows and have at most `most` values: names and years first, periods last."""
    columns = [column for column in column_roles.dimensions(frame, lang()) if 1 < frame[column].nunique() <= most]
    first, last = (column_roles.name_column(frame, lang()), "year"), ("period", "month")
    return sorted(columns, key=lambda column: (column in last, column not in first, frame[column].dtype == bool))


def show_pivot(result: Result) -> None:
    """The rows as a table of rows by columns, with its download."""
    named = bool(column_roles.name_column(result.frame, lang()))
    frame = result.frame if named else pivot.with_months(result.frame)
    offered, narrow = _sides(frame, len(frame)), _sides(frame, pivot.MOST_COLUMNS)[::-1]
    if len(offered) < 2 or not narrow or not explore.drawable(result):
        raise NoRows(say("explore.one_side"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        down = choice("down", [option for option in offered if narrow != [option]])
        across = choice("across", [option for option in narrow if option != down])
        value = choice("cell", explore.drawable(result))
        ways = [option for option in pivot.HOW if option != "sum" or column_roles.adds_up(value)]
        how = filters.control("how", options=ways, words=FIELDS["how"].label)
    table = pivot.pivot(frame, down, across, value, how)
    config = {down: column_headings.heading(down)} | {
        str(name): st.column_config.NumberColumn(str(name), format="localized")
        for name in table.columns
        if name != down
    }
    small(prose(say("explore.pivot_about", value=column_headings.heading(value, say("explore.currency_unit")))))
    show_table(table.rename(columns=str), say("explore.pivot_alt"), column_config=config)
    download(table, f"{result.measure.id}-pivot", "pivot")


def download(frame: pd.DataFrame, name: str, key: str) -> None:
    """Exactly the rows shown, as CSV."""
    st.download_button(
        say("frame.download"),
        data=lambda: str(frame.to_csv(index=False)).encode(),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"download_{key}",
        on_click="ignore",
    )
