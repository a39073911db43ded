"""The choice of the partner: a searchable list of economies and groups, and a user-defined group."""

from __future__ import annotations

import streamlit as st

from trade.panels import partner_names
from trade.panels.language import say
from trade.store.own_groups import LONGEST_NAME, MOST_PARTS, OwnGroup, is_own, read
from trade.text.markdown import plain
from trade.ui.core import filters
from trade.ui.core.text_blocks import small

_KEY = "scope_partner"
_PARTS, _NAME = "own_group_parts", "own_group_name"
BOX_WIDTH = 520


def draw() -> str:
    """The search box, and the code of the partner in focus; where there is none, a warning says why, and it is empty.

    A partner named in words is chosen by its code from then on: links are made of codes.
    """
    labels = partner_names.labels()
    text = filters.value("partner") or partner_names.FIRST
    code = partner_names.code_of(text)
    if code and filters.value("partner"):
        filters.choose("partner", code)
    own = {code: plain(partner_names.name_of(code))} if is_own(code) else {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.session_state[_KEY] = code or None
        st.selectbox(
            say("partner.search"),
            [*own, *labels],
            key=_KEY,
            index=None,
            placeholder=say("partner.hint"),
            format_func=lambda code: own.get(code) or labels.get(code, code),
            on_change=_changed,
            width=BOX_WIDTH,
        )
        with st.popover(say("partner.own")):
            _own_group(read(code) if own else None)
    if not code:
        _offer_others(text)
    return code


def _changed() -> None:
    """The search box was used; emptied, it goes back to the first partner."""
    filters.choose("partner", str(st.session_state[_KEY] or ""))


def _own_group(group: OwnGroup | None) -> None:
    """Tick its parts and name it: each change is in the link at once."""
    labels = partner_names.names()
    left_out = {
        f"-{code}": say("partner.without", whole="", parts=labels.get(code, code))
        for code in (group.left_out if group else ())
    }
    filters.show(_PARTS, [*(group.parts if group else ()), *left_out])
    filters.show(_NAME, group.name if group else "")
    small(plain(say("partner.own_about")))
    st.multiselect(
        say("partner.own_parts"), [*labels, *left_out], key=_PARTS, max_selections=MOST_PARTS,
        format_func=lambda code: labels.get(code) or left_out.get(code, code), placeholder=say("partner.own_hint"),
        on_change=_own_changed,
    )  # fmt: skip
    st.text_input(say("partner.own_name"), key=_NAME, max_chars=LONGEST_NAME, on_change=_own_changed)


def _own_changed() -> None:
    parts = [str(code) for code in st.session_state[_PARTS]]
    name = "".join(letter for letter in str(st.session_state[_NAME]) if letter not in "<>:~,").strip()
    included = tuple(code for code in parts if not code.startswith("-"))
    left_out = tuple(code.removeprefix("-") for code in parts if code.startswith("-"))
    filters.choose("partner", OwnGroup(name, included, left_out).code if included else "")


def _offer_others(text: str) -> None:
    """Say why there is no sheet, and offer partners that have one."""
    reason, labels = partner_names.unlisted(text), partner_names.labels()
    st.warning(plain(reason.sentence))
    with st.container(horizontal=True):
        for code in reason.near:
            st.button(plain(labels[code]), key=f"near_{code}", on_click=filters.choose, args=("partner", code))
