"""The user's choices: kept in the session across pages, drawn as controls, carried in the URL.

The fields are defined in `trade.panels.fields`; this module connects them to Streamlit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import streamlit as st

from trade.panels import run_context
from trade.panels.choices import Choices
from trade.panels.fields import FIELDS, Values, parse, to_params
from trade.panels.language import lang, say
from trade.panels.run_context import RunContext
from trade.text import formats
from trade.text.markdown import plain

BUTTONS = 4
"""Up to so many options are shown as buttons; more become a searchable list."""
SELECT_WIDTH, WIDE = 230, 460
"""Width in pixels of a list, and of one with names longer than `LONG` letters."""
LONG = 30
MAX_REPORTED = 4
"""Most warnings about a link that are shown one by one."""
MORE, ROWS = ("frame.more", "frame.more_changed"), ("frame.rows", "frame.rows_changed")
"""Keys of the label of a button that opens controls: all at their defaults, or at least one changed."""
_WARN_IF_MISSING = ("freq", "reporter", "inside", "code")
"""Fields for which a page warns if it does not offer the code of a link or the one chosen on another page."""
_behind_button: ContextVar[bool] = ContextVar("behind a button", default=False)
"""Whether the controls being drawn are behind a button, which then warns for them."""

# Keys of the session: the values; the last run that drew a page; the parameters that we last wrote to the URL; those
# before, while a page that we switched to has not been drawn yet; whether a control was used since the last run.
_VALUES, _RUN, _WRITTEN, _FORMER, _USED = "scope.values", "scope.run", "scope.written", "scope.former", "scope.used"


def of_session() -> Values:
    """The values kept in the session; outside a run (in callbacks) they are the choices in force."""
    values: Values = st.session_state.get(_VALUES, {})
    return values


def last_run() -> RunContext | None:
    """The last run of this session that drew a page, or draws it now."""
    run: RunContext | None = st.session_state.get(_RUN)
    return run


def load_from_url(page: str) -> None:
    """Apply the URL's parameters: once per run, before any control is drawn.

    A URL opened as a link or reached with the browser's back button replaces all choices. A click in the menu opens
    another page with a bare URL: then the user's choices are kept.
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
        return  # a control was used, and the browser has not received the new URL yet: what it sent is outdated
    # after the browser's Back the URL counts, whatever was written or chosen since
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
    more = len(problems) - MAX_REPORTED
    return [*problems[:MAX_REPORTED], *([say("link.more", count=more)] if more > 0 else [])]


def save_to_url() -> None:
    """Write the values to the URL, so that it is a link to the view shown. Called at the beginning of a run, so that
    the URL changes at once, and at its end, when values that depend on the data are final."""
    params = to_params(st.session_state[_VALUES])
    if params != st.query_params.to_dict():
        st.query_params.from_dict(params)
    st.session_state[_WRITTEN] = params


def link_params() -> Values:
    """The URL's parameters for a page to switch to.

    Until that page is drawn, a click may still arrive with the former URL. Both URLs are remembered as our own, so that
    neither is mistaken for a link that was opened.
    """
    st.session_state[_FORMER] = st.session_state.get(_WRITTEN, {})
    st.session_state[_WRITTEN] = chosen()
    return chosen()


def pending_code(name: str) -> str:
    """The code that `load_from_url` will set for a field, for use before the page is known."""
    params = st.query_params.to_dict()
    if not params or params == st.session_state.get(_WRITTEN) or st.session_state.get(_USED):
        return value(name)
    code, field = params.get(name, ""), FIELDS[name]
    return code if field.accepts(code) else value(name) if field.lasting else field.default


def untouched() -> bool:
    """Whether this is the first run of a visit to a URL without parameters, before any choice."""
    return _WRITTEN not in st.session_state and not st.query_params.to_dict()


def page() -> str:
    """The path of the page that the user is on; empty for the first."""
    return run_context.current().page


def chosen() -> Values:
    """All that differs from its default, as the URL holds it."""
    return to_params(run_context.current().choices)


def chosen_with(fields: Mapping[str, str]) -> Values:
    """The URL parameters of a link to another page: the choices, with `fields` replaced, without those of this page
    only."""
    choices = run_context.current().choices
    return to_params({name: code for name, code in choices.items() if not FIELDS[name].of_page} | dict(fields))


def in_force() -> Values:
    """The code of every control drawn so far in this run, also where the user left the choice to the data."""
    return {name: code for name, code in run_context.current().in_force.items() if FIELDS[name].accepts(code)}


def in_words() -> Values:
    """The words for the code of every control with a list of options drawn so far in this run."""
    return run_context.current().in_words


def page_is_drawn() -> None:
    """Forget the URL of the previous page: clicks can no longer arrive with it."""
    st.session_state.pop(_FORMER, None)


def _note(name: str, code: str, words: str = "") -> str:
    run = run_context.current()
    run.in_force[name], run.in_words[name] = code, words or code
    return code


def replace(values: Mapping[str, str]) -> None:
    """Choose these values and the defaults of all others."""
    st.session_state[_VALUES] = dict(values)
    _record_use()
    run_context.current().choices = st.session_state[_VALUES]


def _record_use() -> None:
    """Record whether a control is the cause: its callback runs outside a run."""
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
    _record_use()


def control(
    name: str, *, options: Sequence[str] = (), words: Callable[[str], str] | None = None, first: str = ""
) -> str:
    """Draw the control of a field and return the code in force.

    The caller gives `options` that depend on the store (periods), and their `words`; `first` is in force until the user
    chooses one of them.
    """
    field = FIELDS[name]
    offered = list(options or field.options)
    code = choices().pick(name, offered, first)
    shown = _widget(name, code, offered, words or field.label)
    if name in _WARN_IF_MISSING and not _behind_button.get():
        _warn_if_replaced(name)
    return shown


def _warn_if_replaced(name: str) -> None:
    """Say that something else is in force than the code chosen for a field, if its control was drawn."""
    run, wanted = run_context.current(), value(name)
    if wanted not in (run.in_force.get(name, wanted), FIELDS[name].default):
        given, heading = label(name) if FIELDS[name].options else wanted, say(f"scope.{name}.name")
        st.warning(plain(say("link.not_here", name=heading, wanted=given, shown=run.in_words[name])))


def period_control(names: Mapping[str, str]) -> str:
    """The period in focus, newest first; `names` gives each code its words, oldest first.

    If the period chosen before is not offered, its nearest equivalent is used (`Choices.nearest_period`).
    """
    offered = list(names)[::-1]
    code = value("period")
    if code and code not in names:
        nearest = choices().nearest_period(names)
        if not nearest:
            missed = formats.period(code, lang=lang())
            st.warning(plain(say("link.no_period", period=missed, newest=names[offered[0]])))
        choose("period", nearest)
    return control("period", options=offered, words=lambda code: names[code])


def span_control(newest: str, freq: str, period: str) -> str | None:
    """Draw the control of the years shown and return the first period, never later than the `period` in focus. None:
    all."""
    field = FIELDS["span"]
    _widget("span", choices().span(freq), list(field.options), field.label)
    return choices().first(newest, freq, period)


@contextmanager
def more(*names: str, labels: tuple[str, str] = MORE) -> Iterator[None]:
    """A button that opens the controls of these fields, which few people need; it says whether one is changed.

    That a chosen code is not offered is said beside the button: nobody would see it before opening it.
    """
    changed = any(value(name) != FIELDS[name].default for name in names)
    with st.popover(say(labels[changed])):
        token = _behind_button.set(True)
        try:
            yield
        finally:
            _behind_button.reset(token)
    for name in names:
        _warn_if_replaced(name)


def show(key: str, shown: object) -> None:
    """Set the value of a multiselect or text input, only if it differs. Setting it overwrites in the browser whatever
    the user has picked or typed meanwhile, so an unnecessary write would lose input."""
    if key not in st.session_state or st.session_state[key] != shown:
        st.session_state[key] = shown


def _widget(name: str, code: str, offered: list[str], words: Callable[[str], str]) -> str:
    """The control itself: buttons side by side, or a list if there are many options."""
    key = f"scope_{name}"
    st.session_state[key] = code
    heading, labels = say(f"scope.{name}.name"), {option: words(option) for option in offered}
    settings: dict[str, Any] = {"on_change": _on_change, "args": (name,), "format_func": labels.__getitem__}
    chosen: str | None
    if len(offered) > BUTTONS or not FIELDS[name].options:
        width = WIDE if any(len(label) > LONG for label in labels.values()) else SELECT_WIDTH
        chosen = st.selectbox(heading, offered, key=key, width=width, **settings)
    else:
        chosen = st.segmented_control(heading, offered, key=key, required=True, **settings)
    return _note(name, chosen or code, labels[chosen or code])


def slider(name: str, offered: Sequence[str]) -> str:
    """A slider for ordered codes, such as years; the last one is in force until one is chosen."""
    key = f"scope_{name}"
    st.session_state[key] = value(name) if value(name) in offered else offered[-1]
    st.select_slider(say(f"scope.{name}.name"), list(offered), key=key, on_change=_on_change, args=(name,))
    return _note(name, str(st.session_state[key]))


def _on_change(name: str) -> None:
    """Callback: store the control's value; an emptied control goes back to its default."""
    choose(name, st.session_state.get(f"scope_{name}") or FIELDS[name].default)
