"""Any measure, asked with any of its parameters: the controls follow from what the measure declares.

Flow, currency, frequency, period and partner are those of all pages. The other parameters stand in one field, written
`by=partner;first=2010`: those that differ from the measure's defaults.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from trade.measures import Measure, Parameter
from trade.measures.parameters import known_codes
from trade.panels import explore, measure_url, partner_names, run_context
from trade.panels.fields import FIELDS
from trade.panels.language import joined, say
from trade.panels.measure_url import SHARED, Asked, as_text
from trade.store.own_groups import is_own
from trade.text import formats
from trade.text.markdown import plain
from trade.ui.core import filters

WIDTH, BUTTONS, MOST = 230, 4, 8


def ask(measure: Measure) -> Asked:
    """Draw a control for every parameter and return the values that were chosen; the others keep their defaults."""
    others = measure_url.parse(filters.value("ask"))
    unknown = [name for name in others if name not in measure.parameters]
    if unknown:
        st.warning(plain(say("explore.unknown", names=joined(unknown), measure=measure.title)))
    wanted = {
        name: explore.wanted_value(filters.choices(), name, one, others) for name, one in measure.parameters.items()
    }
    first = [name for name, one in measure.parameters.items() if _leads(name, one) or name in others][:MOST]
    chosen = _row(measure, first, wanted)
    rest = [name for name in wanted if name not in first]
    if rest:
        opened = st.expander(say("explore.more", count=len(rest)), type="compact", key="more_asked", on_change="rerun")
        if opened.open:
            with opened:
                chosen |= _row(measure, rest, wanted)
    return {name: value for name, value in (wanted | chosen).items() if value}


def _leads(name: str, one: Parameter) -> bool:
    """What most measures are asked, and what each is about; the switches of its definition wait behind a line."""
    return (
        name in SHARED or name in ("by", "year", "reporter", "market", "item", "topic") or one.domain in explore.NAMED
    )


def _row(measure: Measure, names: list[str], wanted: Asked) -> Asked:
    """Controls side by side, and what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return {name: _control(measure.id, name, measure.parameters[name], wanted[name]) for name in names}


def _control(measure: str, name: str, one: Parameter, value: str) -> str:
    """The control that suits the parameter's domain; empty stands for its default."""
    key = f"ask_{measure}_{name}"
    shared: dict[str, Any] = {
        "key": key,
        "help": one.help,
        "on_change": _taken,
        "args": (key, name, as_text(one.default)),
    }
    label = _label(name)
    if one.domain == "boolean":
        st.session_state[key] = value == "true"
        return as_text(st.toggle(label, **shared))
    options = _options(one)
    if one.domain == "partner" and is_own(value):
        options.append(value)
    if not options:
        st.session_state[key] = value
        return (st.text_input(label, placeholder=_placeholder(one), width=WIDTH, **shared) or "").strip()
    st.session_state[key] = value if value in options else ""
    words = {code: _word(name, one, code) for code in options}
    if len(options) <= BUTTONS and "" not in options:
        return st.segmented_control(label, options, format_func=words.__getitem__, required=True, **shared) or ""
    return st.selectbox(label, options, format_func=words.__getitem__, width=WIDTH, **shared) or ""


def _label(name: str) -> str:
    """The parameter's name in words; one that has none yet is named by its own name."""
    keys = (key for key in (f"parameter.{name}", f"scope.{name}.name") if formats.has(key))
    return next((say(key) for key in keys), name.replace("_", " ").capitalize())


def _options(one: Parameter) -> list[str]:
    """The values to choose from; none if anything may be written. A parameter without default may be left open."""
    if isinstance(one.domain, list):
        found = [*one.domain, *(known_codes(run_context.store(), one.besides) if one.besides else ())]
    elif one.domain in explore.NAMED:
        found = sorted(explore.codes(one.domain), key=explore.codes(one.domain).__getitem__)
    else:
        return []
    return found if one.default is not None else ["", *found]


def _word(name: str, one: Parameter, code: str) -> str:
    if not code:
        return say("explore.open")
    if isinstance(one.domain, str):
        return explore.codes(one.domain).get(code) or partner_names.name_of(code)
    keys = (key for key in (f"option.{name}.{code}", f"scope.{name}.{code}") if formats.has(key))
    return next((say(key) for key in keys), code)


def _placeholder(one: Parameter) -> str:
    key = f"explore.form_{one.domain}"
    return say(key) if formats.has(key) else ""


def _taken(key: str, name: str, default: str) -> None:
    """A control was used: keep its value where it belongs."""
    given = st.session_state[key]
    value = as_text(given).strip() if given is not None else ""
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
