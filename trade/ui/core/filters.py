"""The choices of the person at the browser: kept over pages, drawn as controls, carried in the URL.

The fields themselves stand in `trade.panels.fields`; this is the thin layer to Streamlit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from trade.panels import run_context
from trade.panels.choices import Choices
from trade.panels.fields import FIELDS, Values, parse, to_params
from trade.panels.language import lang, say
from trade.panels.run_context import RunContext
from trade.text import formats
from trade.text.markdown import plain

BUTTONS = 4
"""As many options are shown side by side; more are a list to search in."""
SELECT_WIDTH, WIDE = 230, 460
"""Pixels of a list to choose from, and of one with names longer than `LONG` letters."""
LONG = 30
MOST_TOLD = 4
"""Problems of a link that are listed one by one."""
MORE, ROWS = ("frame.more", "frame.more_changed"), ("frame.rows", "frame.rows_changed")
"""Keys of what stands on a button that opens controls: as long as all are as at first, and after one was changed."""
_SAID_WHERE_MISSING = ("freq",)
"""Fields of which a page that does not offer the code chosen on another says so."""

# The layer to Streamlit. Keys of the session: the values, the last run that drew a page, what we wrote to the URL,
# what stood there before, as long as a page that we switched to has not been drawn, and whether a control was used
# since the last run.
_VALUES, _RUN, _WRITTEN, _FORMER, _USED = "scope.values", "scope.run", "scope.written", "scope.former", "scope.used"


def of_session() -> Values:
    """The values that the session keeps; outside a run they are the choices in force."""
    values: Values = st.session_state.get(_VALUES, {})
    return values


def last_run() -> RunContext | None:
    """The last run of this session that drew a page, or draws it now."""
    run: RunContext | None = st.session_state.get(_RUN)
    return run


def load_from_url(page: str) -> None:
    """Take over what the URL says, once per run, before any control is drawn.

    The URL is the whole truth when it was opened as a link or reached with the browser's back button. A click in the
    menu opens the other page with a bare URL: then the user's choices stay.
    """
    seen = {name: st.query_params.get_all(name) for name in st.query_params}
    written: Values | None = st.session_state.get(_WRITTEN)
    run, last, used = run_context.current(), last_run(), st.session_state.pop(_USED, False)
    moved = last is None or last.page != page
    st.session_state[_RUN] = run
    run.page, run.choices = page, st.session_state.setdefault(_VALUES, {})
    if moved and not seen and written is not None:
        replace({name: code for name, code in of_session().items() if not FIELDS[name].of_page})
        return
    if used and not moved:
        return  # a control was used: an address that differs is an older one, which the browser has not yet been given
    # a page reached with the browser's Back is as its address says, whatever was written or chosen since
    ours = (_FORMER,) if moved else (_WRITTEN, _FORMER)
    own: list[Values] = [st.session_state[key] for key in ours if key in st.session_state]
    if seen not in [{name: [code] for name, code in params.items()} for params in own or [{}]]:
        lasting = {name: code for name, code in chosen().items() if FIELDS[name].lasting}
        values, problems = parse(seen)
        replace(lasting | values)
        for problem in _first_few(problems):
            st.warning(plain(problem))


def _first_few(problems: Sequence[str]) -> list[str]:
    """The first few problems and how many more there are, so that a hostile link cannot fill the page."""
    more = len(problems) - MOST_TOLD
    return [*problems[:MOST_TOLD], *([say("link.more", count=more)] if more > 0 else [])]


def save_to_url() -> None:
    """Write the values to the URL, so that the address of the page is a link to what is seen: at the end of a run, when
    the page has settled what the data decide, and at its beginning, so that the address does not wait for the page."""
    params = to_params(st.session_state[_VALUES])
    if params != st.query_params.to_dict():
        st.query_params.from_dict(params)
    st.session_state[_WRITTEN] = params


def link_params() -> Values:
    """The URL's parameters for a page to switch to.

    A click on the way there may still come from the former address: neither that nor the new one is a link opened.
    """
    st.session_state[_FORMER] = st.session_state.get(_WRITTEN, {})
    st.session_state[_WRITTEN] = chosen()
    return chosen()


def pending_code(name: str) -> str:
    """The code that `load_from_url` will find, for what must be known before the page is."""
    given = st.query_params.to_dict()
    if not given or given == st.session_state.get(_WRITTEN) or st.session_state.get(_USED):
        return value(name)
    code, field = given.get(name, ""), FIELDS[name]
    return code if field.accepts(code) else value(name) if field.lasting else field.default


def untouched() -> bool:
    """Whether this is the first run of a visit to a bare address: no link and no choice has said anything yet."""
    return _WRITTEN not in st.session_state and not st.query_params.to_dict()


def page() -> str:
    """The path of the page that the user is on; empty for the first."""
    return run_context.current().page


def chosen() -> Values:
    """All that differs from its default, as the URL holds it."""
    return to_params(run_context.current().choices)


def chosen_with(fields: Mapping[str, str]) -> Values:
    """The same with other codes for some fields: what a link to another page carries."""
    choices = run_context.current().choices
    return to_params({name: code for name, code in choices.items() if not FIELDS[name].of_page} | dict(fields))


def in_force() -> Values:
    """The code of every control drawn so far in this run, also where the user left the choice to the data."""
    return {name: code for name, code in run_context.current().in_force.items() if FIELDS[name].accepts(code)}


def in_words() -> Values:
    """The words for the code of every control with a list of options drawn so far in this run."""
    return run_context.current().in_words


def page_is_drawn() -> None:
    """Forget the address of the page before: a click cannot come from there any more."""
    st.session_state.pop(_FORMER, None)


def _note(name: str, code: str, words: str = "") -> str:
    run = run_context.current()
    run.in_force[name], run.in_words[name] = code, words or code
    return code


def replace(values: Mapping[str, str]) -> None:
    """Choose these values and the defaults of all others."""
    st.session_state[_VALUES] = dict(values)
    _note_use()
    run_context.current().choices = st.session_state[_VALUES]


def _note_use() -> None:
    """Outside a run it is a control that chooses."""
    st.session_state[_USED] = not run_context.is_running()


def choices() -> Choices:
    """The choices in force, as panels read them."""
    return Choices(run_context.current().choices)


def value(name: str) -> str:
    """The code chosen for a field."""
    return choices().value(name)


def label(name: str) -> str:
    """The words for the code chosen for a field."""
    return choices().label(name)


def choose(name: str, code: str) -> None:
    """Set a field, as its control would. For links inside the dashboard and for clicks on charts."""
    st.session_state.setdefault(_VALUES, {})[name] = code
    _note_use()


def control(
    name: str, *, options: Sequence[str] = (), words: Callable[[str], str] | None = None, first: str = ""
) -> str:
    """Draw the control of a field and return the code in force.

    `options` are offered by the caller where the store decides (periods), with their `words`; `first` is in force as
    long as the user has chosen none of them.
    """
    field = FIELDS[name]
    offered = list(options or field.options)
    code = choices().pick(name, offered, first)
    if name in _SAID_WHERE_MISSING and value(name) not in (*offered, field.default):
        st.warning(plain(say("link.not_here", wanted=label(name), shown=field.label(code))))
    return _widget(name, code, offered, words or field.label)


def period_control(names: Mapping[str, str]) -> str:
    """The period in focus, newest first; `names` gives each code its words, oldest first.

    A month chosen before stands for its year, a year for its last month, January for February where both are joined.
    """
    offered = list(names)[::-1]
    wanted = value("period")
    if wanted and wanted not in names:
        nearest = choices().nearest_period(names)
        if not nearest:
            missed = formats.period(wanted, lang=lang())
            st.warning(plain(say("link.no_period", period=missed, newest=names[offered[0]])))
        choose("period", nearest)
    return control("period", options=offered, words=lambda code: names[code])


def span_control(newest: str, freq: str, period: str) -> str | None:
    """How far back from the `newest` period to look; the `period` in focus is always within. None stands for all."""
    field = FIELDS["span"]
    _widget("span", choices().span(freq), list(field.options), field.label)
    return choices().first(newest, freq, period)


def more(*names: str, labels: tuple[str, str] = MORE) -> DeltaGenerator:
    """A button that opens the controls of these fields, which few people need; it says whether one is changed."""
    changed = any(value(name) != FIELDS[name].default for name in names)
    return st.popover(say(labels[changed]))


def show(key: str, shown: object) -> None:
    """Set what a list of several or a line of text shows, where it shows something else. What is set is sent back to
    the browser, over what the user has picked or typed since: one who is quicker than the server would lose it."""
    if key not in st.session_state or st.session_state[key] != shown:
        st.session_state[key] = shown


def _widget(name: str, code: str, offered: list[str], words: Callable[[str], str]) -> str:
    """The control itself: buttons side by side, or a list if there are many options."""
    key = f"scope_{name}"
    st.session_state[key] = code
    heading, labels = say(f"scope.{name}.name"), {one: words(one) for one in offered}
    taken: dict[str, Any] = {"on_change": _taken_over, "args": (name,), "format_func": labels.__getitem__}
    chosen: str | None
    if len(offered) > BUTTONS or not FIELDS[name].options:
        width = WIDE if any(len(label) > LONG for label in labels.values()) else SELECT_WIDTH
        chosen = st.selectbox(heading, offered, key=key, width=width, **taken)
    else:
        chosen = st.segmented_control(heading, offered, key=key, required=True, **taken)
    return _note(name, chosen or code, labels[chosen or code])


def slider(name: str, offered: Sequence[str]) -> str:
    """A control for codes in order, such as years; the last one is in force as long as none was chosen."""
    key = f"scope_{name}"
    st.session_state[key] = value(name) if value(name) in offered else offered[-1]
    st.select_slider(say(f"scope.{name}.name"), list(offered), key=key, on_change=_taken_over, args=(name,))
    return _note(name, str(st.session_state[key]))


def _taken_over(name: str) -> None:
    """A control was used: keep its value. One that was emptied goes back to its default."""
    choose(name, st.session_state.get(f"scope_{name}") or FIELDS[name].default)
