"""The form for a measure's parameters: the controls follow from the parameters that the measure declares.

Flow, currency, frequency, period and partner are fields shared by all pages. All other parameters that differ from the
measure's defaults are in one field, as `by=partner;first=2010`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from trade.measures import Measure, Parameter
from trade.measures.parameters import known_codes
from trade.panels import explore, measure_url, partner_names, run_context
from trade.panels.fields import FIELDS
from trade.panels.language import joined, say
from trade.panels.measure_url import SHARED, Parameters, as_text
from trade.store.own_groups import is_own
from trade.text import formats
from trade.text.markdown import plain
from trade.ui.core import filters

WIDTH, BUTTONS, MOST = 230, 4, 8
PROMINENT = ("by", "year", "reporter", "market", "item", "topic")


def parameters(measure: Measure) -> Parameters:
    """Draw a control for every parameter and return the values that were chosen; the others keep their defaults."""
    others = measure_url.parse(filters.value("ask"))
    unknown = [name for name in others if name not in measure.parameters]
    if unknown:
        st.warning(plain(say("explore.unknown", names=joined(unknown), measure=measure.title)))
    values = {
        name: explore.chosen_value(filters.choices(), name, parameter, others)
        for name, parameter in measure.parameters.items()
    }
    values = {name: value for name, value in values.items() if measure.used(name, values)}
    first = [name for name in values if _is_prominent(name, measure.parameters[name]) or name in others][:MOST]
    chosen = _row(measure, first, values)
    rest = [name for name in values if name not in first]
    if rest:
        opened = st.expander(
            say("explore.more", count=len(rest)), type="compact", key="more_parameters", on_change="rerun"
        )
        if opened.open:
            with opened:
                chosen |= _row(measure, rest, values)
    return {name: value for name, value in (values | chosen).items() if value}


def _is_prominent(name: str, parameter: Parameter) -> bool:
    """Whether a parameter is shown at once: those of most measures, and those that name the subject. All others, mostly
    variants of the definition, are in an expander."""
    return name in SHARED or name in PROMINENT or parameter.domain in explore.NAMED


def _row(measure: Measure, names: list[str], values: Parameters) -> Parameters:
    """Draw the controls of these parameters side by side and return their values."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return {name: _control(measure.id, name, measure.parameters[name], values[name]) for name in names}


def _control(measure: str, name: str, parameter: Parameter, value: str) -> str:
    """Draw the control that suits the parameter's domain and return its value; empty means the default."""
    key = f"ask_{measure}_{name}"
    shared: dict[str, Any] = {
        "key": key,
        "help": parameter.help,
        "on_change": _on_change,
        "args": (key, name, as_text(parameter.default)),
    }
    label = _label(name)
    if parameter.domain == "boolean":
        st.session_state[key] = value == "true"
        return as_text(st.toggle(label, **shared))
    options = _options(parameter)
    if parameter.domain == "partner" and is_own(value):
        options.append(value)
    if not options:
        st.session_state[key] = value
        return (st.text_input(label, placeholder=_placeholder(parameter), width=WIDTH, **shared) or "").strip()
    st.session_state[key] = value if value in options else ""
    words = {code: _word(name, parameter, code) for code in options}
    if len(options) <= BUTTONS and "" not in options:
        return st.segmented_control(label, options, format_func=words.__getitem__, required=True, **shared) or ""
    return st.selectbox(label, options, format_func=words.__getitem__, width=WIDTH, **shared) or ""


def _label(name: str) -> str:
    """The parameter's name in words; without a translation, its name made readable."""
    keys = (key for key in (f"parameter.{name}", f"scope.{name}.name") if formats.has(key))
    return next((say(key) for key in keys), name.replace("_", " ").capitalize())


def _options(parameter: Parameter) -> list[str]:
    """The values to choose from; empty for free text. A parameter without default can be left open (an empty
    option)."""
    if isinstance(parameter.domain, list):
        stored: Iterable[str] = known_codes(run_context.store(), parameter.besides) if parameter.besides else ()
        options = [*parameter.domain, *stored]
    elif parameter.domain in explore.NAMED:
        options = sorted(explore.codes(parameter.domain), key=explore.codes(parameter.domain).__getitem__)
    else:
        return []
    return options if parameter.default is not None else ["", *options]


def _word(name: str, parameter: Parameter, code: str) -> str:
    if not code:
        return say("explore.open")
    if isinstance(parameter.domain, str):
        return explore.codes(parameter.domain).get(code) or partner_names.name_of(code)
    keys = (key for key in (f"option.{name}.{code}", f"scope.{name}.{code}") if formats.has(key))
    return next((say(key) for key in keys), code)


def _placeholder(parameter: Parameter) -> str:
    key = f"explore.form_{parameter.domain}"
    return say(key) if formats.has(key) else ""


def _on_change(key: str, name: str, default: str) -> None:
    """Callback: store the control's value in the shared field or in the field `ask`."""
    raw = st.session_state[key]
    value = as_text(raw).strip() if raw is not None else ""
    value = value.replace(";", " ").replace("<", " ").replace(">", " ")
    others = measure_url.parse(filters.value("ask"))
    others.pop(name, None)
    field = FIELDS.get(name) if name in SHARED else None
    if field:
        shared = measure_url.is_shared(name, value, default)
        filters.choose(name, value if shared else field.default)
        if value and not shared:
            others[name] = value
    elif value != default:
        others[name] = value
    filters.choose("ask", measure_url.written(others))
