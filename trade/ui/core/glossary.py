"""The glossary: every measure as it declares itself, with its formula, parameters and caveats."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import streamlit as st

from trade.measures import Measure, catalog, find_measure, translations
from trade.panels import column_headings
from trade.panels.cache import cached_text
from trade.panels.language import lang, say
from trade.text.markdown import plain, prose, quiet
from trade.ui.core import card_list
from trade.ui.core.card_list import RowCard
from trade.ui.core.tables import show_table
from trade.ui.core.text_blocks import paragraphs, small


@cached_text
def titles() -> dict[str, str]:
    """Ids and titles of the measures, by title."""
    by_id = {name: measure(name).title for name in catalog()}
    return dict(sorted(by_id.items(), key=lambda pair: pair[1].casefold()))


def measure(name: str) -> Measure:
    """A measure with its texts in the user's language."""
    return translations.measure_in(find_measure(name), lang())


def entry(name: str) -> None:
    """One measure: definition, formula, reference, caveats, parameters, and how to ask for it."""
    declared = measure(name)
    st.subheader(plain(say("glossary.title", title=declared.title, unit=declared.unit)), anchor=False)
    st.markdown(prose(declared.definition))
    st.latex(declared.tex)
    caveats = "\n".join(f"- {prose(line)}" for line in declared.caveats)
    paragraphs(
        quiet(plain(declared.formula)),
        quiet(say("frame.reference", reference=plain(declared.reference))),
        f"**{say('frame.caveats')}**\n{caveats}" if caveats else "",
    )
    if declared.parameters:
        parameters(declared)
    st.code(f"trade measure {declared.id}", language="bash")


def parameters(declared: Measure) -> None:
    """What the measure may be asked, one row per parameter; on phones and paper as cards, which hold the whole help."""
    headings = ("parameter", "domain", "default", "help")
    config = {name: column_headings.heading(name) for name in headings}
    rows = _rows(declared.id)
    with st.container(key="parameter_list"):
        show_table(rows, say("glossary.parameters"), column_config=config)
    card_list.draw(map(_card, rows.to_pylist()), "parameter_list")


def _card(row: dict[str, str]) -> RowCard:
    default = f"{column_headings.heading('default')}{say('join.colon')}{row['default']}" if row["default"] else ""
    return RowCard(row["parameter"], tuple(part for part in (row["domain"], default, row["help"]) if part))


@cached_text
def _rows(name: str) -> pa.Table:
    rows = [
        {"parameter": key, "domain": _domain(entry.domain), "default": _shown(entry.default), "help": entry.help}
        for key, entry in measure(name).parameters.items()
    ]
    return pa.Table.from_pandas(pd.DataFrame(rows))


def everything() -> None:
    """All formulas one after the other, for reading and printing."""
    for name, title in titles().items():
        declared = measure(name)
        words = {"title": plain(title), "unit": plain(declared.unit), "definition": prose(declared.definition)}
        st.markdown(say("glossary.line", **words))
        st.latex(declared.tex)
        small(say("frame.reference", reference=plain(declared.reference)))


def _domain(domain: list[str] | str) -> str:
    return say(f"glossary.kind_{domain}") if isinstance(domain, str) else say("join.comma").join(domain)


def _shown(default: object) -> str:
    return "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
