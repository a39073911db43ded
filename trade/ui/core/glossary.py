"""The glossary: every measure as it declares itself, with its formula, parameters and caveats."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import streamlit as st

from trade.measures import Measure, catalog, find_measure, translations
from trade.panels import columns
from trade.panels.cache import cached_text
from trade.panels.language import lang, say
from trade.text.markdown import plain, prose, quiet
from trade.ui.core.language import paragraphs, small


@cached_text
def titles() -> dict[str, str]:
    """Ids and titles of the measures, by title."""
    found = {name: measure(name).title for name in catalog()}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def measure(name: str) -> Measure:
    """A measure with its texts in the reader's language."""
    return translations.measure_in(find_measure(name), lang())


def entry(name: str) -> None:
    """One measure: definition, formula, reference, caveats, parameters, and how to ask for it."""
    told = measure(name)
    st.subheader(f"{plain(told.title)} ({plain(told.unit)})", anchor=False)
    st.markdown(prose(told.definition))
    st.latex(told.tex)
    caveats = "\n".join(f"- {prose(line)}" for line in told.caveats)
    paragraphs(
        quiet(plain(told.formula)),
        quiet(say("frame.reference", reference=plain(told.reference))),
        f"**{say('frame.caveats')}**\n{caveats}" if caveats else "",
    )
    if told.parameters:
        parameters(told)
    st.code(f"trade measure {told.id}", language="bash")


def parameters(told: Measure) -> None:
    """What the measure may be asked, one row per parameter."""
    headings = ("parameter", "domain", "default", "help")
    config = {name: columns.heading(name) for name in headings}
    st.dataframe(_rows(told.id), hide_index=True, column_config=config, alt=say("glossary.parameters"))


@cached_text
def _rows(name: str) -> pa.Table:
    rows = [
        {"parameter": name, "domain": _domain(one.domain), "default": _shown(one.default), "help": one.help}
        for name, one in measure(name).parameters.items()
    ]
    return pa.Table.from_pandas(pd.DataFrame(rows))


def everything() -> None:
    """All formulas one after the other, for reading and printing."""
    for name, title in titles().items():
        told = measure(name)
        st.markdown(f"**{plain(title)}** ({plain(told.unit)}). {prose(told.definition)}")
        st.latex(told.tex)
        small(say("frame.reference", reference=plain(told.reference)))


def _domain(domain: list[str] | str) -> str:
    return domain if isinstance(domain, str) else ", ".join(domain)


def _shown(default: object) -> str:
    return "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
