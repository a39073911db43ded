"""The glossary: every measure as it declares itself, with its formula, parameters and caveats."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from trade.measures import Measure, catalog, find_measure
from trade.ui import behind
from trade.ui.language import plain, prose, say, small


def titles() -> dict[str, str]:
    """Ids and titles of the measures, by title."""
    found = {name: one.title for name, one in catalog().items()}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def entry(name: str) -> None:
    """One measure: definition, formula, reference, caveats, parameters, and how to ask for it."""
    measure = find_measure(name)
    st.subheader(f"{plain(measure.title)} ({plain(measure.unit)})", anchor=False)
    st.markdown(prose(measure.definition))
    st.latex(measure.tex)
    small(plain(measure.formula))
    small(say("frame.reference", reference=plain(measure.reference)))
    if measure.caveats:
        st.markdown(f"**{say('frame.caveats')}**\n" + "\n".join(f"- {prose(line)}" for line in measure.caveats))
    if measure.parameters:
        parameters(measure)
    st.code(f"trade measure {measure.id}", language="bash")


def parameters(measure: Measure) -> None:
    """What the measure may be asked, one row per parameter."""
    rows = [
        {"parameter": name, "domain": _domain(one.domain), "default": _shown(one.default), "help": one.help}
        for name, one in measure.parameters.items()
    ]
    columns = ("parameter", "domain", "default", "help")
    config = {name: behind.heading(name) for name in columns}
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=config, alt=say("glossary.parameters"))


def everything() -> None:
    """All formulas one after the other, for reading and printing."""
    for name, title in titles().items():
        measure = catalog()[name]
        st.markdown(f"**{plain(title)}** ({plain(measure.unit)}). {prose(measure.definition)}")
        st.latex(measure.tex)
        small(say("frame.reference", reference=plain(measure.reference)))


def _domain(domain: list[str] | str) -> str:
    return domain if isinstance(domain, str) else ", ".join(domain)


def _shown(default: object) -> str:
    return "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
