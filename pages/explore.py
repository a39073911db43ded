"""Explore: any measure with any of its parameters as chart, table or pivot, and the store in SQL."""

import streamlit as st

from trade.measures.derivation import bound_sql
from trade.panels import explore, queries
from trade.panels.language import say
from trade.text.markdown import prose
from trade.ui.core import filters, glossary, inputs, navigation, page_assets
from trade.ui.core.chart_panel import show_panel
from trade.ui.core.errors import show_errors
from trade.ui.explore import measure_form, result_view, sql_form

navigation.ensure_app()
navigation.header("explore")
if filters.value("mode") != "sql":
    page_assets.fold_here()


def query_by_measure() -> None:
    """A measure, its parameters, and its rows as the user wants to see them."""
    ids = {*explore.offered(), filters.value("measure")}
    titles = {name: title for name, title in glossary.titles().items() if name in ids}
    measure = glossary.measure(inputs.one_of("measure", titles))
    with page_assets.folds("measure"):
        st.markdown(prose(measure.definition))
        parameters = measure_form.parameters(measure)
    with show_errors():
        result = queries.measure(measure.id, **parameters)
        result_view.filter_control(result)
        shown = explore.narrowed(filters.choices(), result)
        view = filters.control("view")
        if view == "pivot":
            result_view.show_pivot(shown)
        elif view == "table" or not explore.drawable(shown):
            result_view.as_table(shown)
        else:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                result_view.chart_controls(shown)
            show_panel(explore.explore)
        with st.expander(say("explore.query"), type="compact"):
            st.code(bound_sql(result), language="sql", wrap_lines=True)
            st.button(say("explore.to_sql"), on_click=sql_form.start_with, args=(bound_sql(result),), key="to_sql")


if filters.control("mode") == "sql":
    sql_form.page()
else:
    with show_errors():
        query_by_measure()
