"""Inputs other than a choice among codes: numbers, search texts, sets of numbers. Stored and put in the URL like all
fields.

A set of numbers is one field, written `asia:2.5,africa:10`: codes with their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import streamlit as st

from trade.panels.choices import read_numbers, write_numbers
from trade.panels.language import joined, say
from trade.text.markdown import plain
from trade.ui.core import filters

WIDTH, WIDE = 150, 240


def number(name: str, low: float, high: float, step: float, *, words: str = "") -> float:
    """A number input; a value from a link is clamped to the limits."""
    key = f"scope_{name}"
    st.session_state[key] = filters.choices().number(name, low, high)
    st.number_input(
        words or say(f"scope.{name}.name"),
        float(low),
        float(high),
        step=float(step),
        key=key,
        on_change=_on_number_change,
        args=(name,),
        width=WIDE,
        format="%.1f",
    )
    return float(st.session_state[key])


def _on_number_change(name: str) -> None:
    filters.choose(name, f"{st.session_state[f'scope_{name}']:g}")


def one_of(name: str, names: Mapping[str, str]) -> str:
    """A control for one of the codes that the store offers, with names; warns if a link named another."""
    code = filters.value(name)
    if code and code not in names:
        st.warning(plain(say("link.unknown_codes", name=name, codes=code)))
    return filters.control(name, options=list(names), words=lambda code: names[code])


def listed(name: str, codes: Sequence[str], words: Callable[[str], str]) -> str:
    """A list as wide as the page for one of many codes with long names; the first one until one is chosen."""
    key = f"scope_{name}"
    st.session_state[key] = filters.value(name) if filters.value(name) in codes else codes[0]
    heading, labels = say(f"scope.{name}.name"), {code: words(code) for code in codes}
    st.selectbox(heading, codes, key=key, format_func=labels.__getitem__, on_change=_on_text_change, args=(name,))
    return str(st.session_state[key])


def text(name: str, *, longest: int) -> str:
    """A line of text to search for; empty if nothing was written."""
    key = f"scope_{name}"
    filters.show(key, filters.value(name))
    heading, hint = say(f"scope.{name}.name"), say(f"scope.{name}.hint")
    st.text_input(heading, key=key, max_chars=longest, placeholder=hint, on_change=_on_text_change, args=(name,))
    return str(st.session_state[key] or "").strip()


def _on_text_change(name: str) -> None:
    filters.choose(name, str(st.session_state[f"scope_{name}"] or "").strip())


def numbers(
    name: str,
    offered: Iterable[str],
    words: Callable[[str], str],
    low: float,
    high: float,
    step: float,
    empty: str = "",
) -> None:
    """An input for each of the offered codes, side by side; one without a number shows `empty`."""
    codes = list(offered)
    values = filters.choices().numbers(name, codes, low, high)
    with st.container(horizontal=True):
        for code in codes:
            key = f"scope_{name}_{code}"
            st.session_state[key] = values.get(code)
            st.number_input(
                words(code),
                float(low),
                float(high),
                step=float(step),
                key=key,
                placeholder=empty,
                on_change=_on_numbers_change,
                args=(name, code),
                width=WIDTH,
                format="%.1f",
            )


def _on_numbers_change(name: str, code: str) -> None:
    values = read_numbers(filters.value(name))
    values.pop(code, None)
    value = st.session_state[f"scope_{name}_{code}"]
    filters.choose(name, write_numbers(values | ({} if value is None else {code: value})))


def chosen_numbers(
    name: str, offered: Mapping[str, str], low: float, high: float, step: float, first: float, most: int
) -> None:
    """A list to choose codes from, and an input for each chosen one, `first` to begin with."""
    unknown = [code for code in read_numbers(filters.value(name)) if code not in offered]
    if unknown:
        st.warning(plain(say("link.unknown_codes", name=name, codes=joined(unknown))))
    key = f"scope_{name}"
    codes = list(filters.choices().numbers_of_chosen(name, offered, low, high, most))
    filters.show(key, codes)
    st.multiselect(
        say(f"scope.{name}.name"), list(offered), key=key, format_func=lambda code: offered[code], max_selections=most,
        placeholder=say(f"scope.{name}.hint"), on_change=_on_codes_change, args=(name, first),
    )  # fmt: skip
    numbers(name, codes, lambda code: offered[code], low, high, step)


def several(name: str, offered: Mapping[str, str], nothing: str) -> None:
    """Any number of the offered codes, joined by commas in the link; `nothing` is the code for none of them."""
    key = f"scope_{name}"
    filters.show(key, [code for code in filters.value(name).split(",") if code in offered])
    st.multiselect(
        say(f"scope.{name}.name"), list(offered), key=key, format_func=lambda code: offered[code],
        placeholder=say(f"scope.{name}.hint"), on_change=_on_several_change, args=(name, nothing),
    )  # fmt: skip


def _on_several_change(name: str, nothing: str) -> None:
    filters.choose(name, ",".join(st.session_state[f"scope_{name}"]) or nothing)


def _on_codes_change(name: str, first: float) -> None:
    values = read_numbers(filters.value(name))
    filters.choose(name, write_numbers({code: values.get(code, first) for code in st.session_state[f"scope_{name}"]}))
