"""Explore: any measure with any of its parameters as chart, table or pivot, and the store in SQL."""

import streamlit as st

from trade.charts import plain
from trade.measures.work import bound_sql
from trade.ui import asking, console, explorer, glossary, inputs, navigation, queries, scope
from trade.ui.errors import calm
from trade.ui.frame import show
from trade.ui.language import prose, say
from trade.ui.said import said

navigation.stand()
navigation.header("explore")


def ask() -> None:
    """A measure, its parameters, and its rows as the reader wants to see them."""
    measure = glossary.measure(inputs.one_of("measure", glossary.titles()))
    st.markdown(prose(measure.definition))
    asked = asking.ask(measure)
    with calm():
        result = queries.measure(measure.id, **asked)
        kept = explorer.only(result)
        view = scope.control("view")
        if view == "pivot":
            explorer.turned(kept)
        else:
            draw(kept, view)
        with st.expander(say("explore.query"), type="compact"):
            st.code(bound_sql(result), language="sql", wrap_lines=True)
            st.button(say("explore.to_sql"), on_click=console.start_with, args=(bound_sql(result),), key="to_sql")


def draw(result: explorer.Result, view: str) -> None:
    """The rows as lines, bars or dots, or as their table alone."""
    if view == "table" or not explorer.drawable(result):
        explorer.as_table(result)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form, options = explorer.look(result)
    show(result, getattr(plain, form), said(result), key="explore", **options)


if scope.control("mode") == "sql":
    console.page()
else:
    with calm():
        ask()
