"""What the reader looks at: flow, currency, period ... kept over pages and carried in the URL, as codes.

Each choice is a `Field`. The URL holds those that differ from their default (`/growth?flow=import&currency=USD`),
always as codes, never as labels. A link may be wrong: what is not understood is said and its default is taken.

`parse` and `to_params` are pure and inverse to each other; the rest is the thin layer to Streamlit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import streamlit as st

from trade.errors import shorten
from trade.text import formats
from trade.ui.core.language import LANGUAGES, lang, plain, say

CONTINENTS = ("asia", "africa", "europe", "latin-america", "north-america", "oceania")
BUTTONS = 4
"""As many options are shown side by side; more are a list to search in."""
SELECT_WIDTH = 230
NEAR, MOST_TOLD = 3, 4
"""Names offered for one that is not known; problems of a link that are told one by one."""
Values = dict[str, str]


@dataclass(frozen=True)
class Field:
    """One choice. `options` are its codes; if empty, the store offers them and a link's code must match `pattern`.

    What is `lasting` stays when the reader follows a link within the dashboard that does not name it.
    """

    name: str
    options: tuple[str, ...] = ()
    default: str = ""
    pattern: str = ""
    lasting: bool = False

    def accepts(self, code: str) -> bool:
        """Whether a link may name this code."""
        return code in self.options if self.options else bool(re.fullmatch(self.pattern, code))

    def label(self, code: str) -> str:
        """The words for a code."""
        return say(f"scope.{self.name}.{code}")


_YEAR = "(19|20)[0-9]{2}"
_NUMBER = r"-?[0-9]{1,3}(\.[0-9]{1,2})?"


def _numbers(code: str) -> str:
    """The pattern of up to ten codes with a number each: `asia:2,africa:10.5`."""
    one = f"({code}):{_NUMBER}"
    return f"{one}(,{one}){{0,9}}"


_HS = "[IVX]{1,5}|[0-9]{2}|[0-9]{4}|[0-9]{6}"
_COLUMN = "[a-z][a-z0-9_]{0,39}"
_EVENTS = ("all", "tariff", "export control", "law", "rebate", "zero tariff", "agreement", "programme")

FIELDS = {
    field.name: field
    for field in (
        Field("lang", LANGUAGES, lasting=True),
        Field("flow", ("export", "import", "total"), "export"),
        Field("currency", ("CNY", "USD"), "CNY"),
        Field("freq", ("A", "M", "YTD"), "A"),
        Field("period", pattern=r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?"),
        Field("span", ("5", "10", "20", "all")),
        Field("join", ("yes", "no"), "yes"),
        Field("look", ("levels", "index", "sums", "adjusted", "balance"), "levels"),
        Field("by", ("continent", "partner", "product"), "continent"),
        Field("continent", ("all", *CONTINENTS), "all"),
        Field("subject", ("world-trade", "world-gdp", "china-gdp"), "world-trade"),
        Field("target", ("2025", "2026", "2027"), "2026"),
        Field("rest", pattern=_NUMBER, default="5"),
        Field("assume", ("WTO", "none"), "WTO"),
        Field("elasticity", pattern=_NUMBER, default="1"),
        Field("demand", pattern=_numbers("|".join(CONTINENTS))),
        Field("shocks", pattern=_numbers("[A-Z]{3}")),
        Field("event", _EVENTS, "all"),
        Field("source", pattern=r"[a-z0-9_]{1,40}"),
        Field("term", pattern=r"[a-z0-9_]{1,40}", default="growth"),
        Field("measure", pattern=r"[a-z0-9_]{1,40}", default="growth"),
        Field("ask", pattern=r"[a-z0-9_]{1,30}=[^;=<>]{1,80}(;[a-z0-9_]{1,30}=[^;=<>]{1,80}){0,19}"),
        Field("mode", ("measure", "sql"), "measure"),
        Field("view", ("chart", "table", "pivot"), "chart"),
        Field("form", ("lines", "bars", "dots")),
        Field("y", pattern=_COLUMN),
        Field("x", pattern=_COLUMN),
        Field("down", pattern=_COLUMN),
        Field("across", pattern=_COLUMN),
        Field("cell", pattern=_COLUMN),
        Field("how", ("value", "sum", "count"), "value"),
        Field("q", pattern=r"[^<>]{1,160}"),
        Field("verdict", ("all", "reproduced", "differs", "not_reproducible", "quoted"), "all"),
        Field("topic", pattern=r"[a-z ]{2,30}", default="all"),
        Field("stated", pattern=rf"all|{_YEAR}", default="all"),
        Field("claim", pattern=r"[a-z0-9][a-z0-9-]{0,80}"),
        Field("keep", pattern=r"[^<>]{1,400}"),
        Field("partner", pattern=r"[\w .,'()&-]{2,60}"),
        Field("reporter", pattern="[A-Z]{3}", default="CHN"),
        Field("find", pattern="[^<>]{1,40}"),
        Field("eu", ("members", "one"), "members"),
        Field("hk", ("in", "out"), "in"),
        Field("side", ("own", "world"), "own"),
        Field("map", ("amounts", "rates"), "amounts"),
        Field("top", ("1", "2", "3"), "1"),
        Field("dataset", ("matrix", "cia", "oecd"), "matrix"),
        Field("year", pattern=_YEAR),
        Field("since", pattern=_YEAR),
        Field("play", ("no", "yes"), "no"),
        Field("gauge", ("effective", "cr5", "hhi", "theil", "active"), "effective"),
        Field("above", ("0", "1e6", "1e8"), "1e6"),
        Field("fall", pattern=_NUMBER, default="20"),
        Field("elsewhere", pattern=_NUMBER, default="0"),
        Field("product", pattern=r"[a-z0-9-]{2,80}", default="motor-vehicles"),
        Field("within", pattern=r"[a-z0-9-]{2,80}", default="all"),
        Field("list", ("main", "detail"), "main"),
        Field("goods", ("customs", "hs"), "customs"),
        Field("origin", pattern=r"[a-z0-9_]{1,40}"),
        Field("level", ("section", "chapter", "heading"), "chapter"),
        Field("inside", pattern=rf"all|{_HS}", default="all"),
        Field("code", pattern=_HS),
        Field("chart", pattern="[a-z0-9_]{1,40}"),
        Field("present", ("0", "1"), "0"),
        Field("story", pattern="[a-z0-9-]{1,40}|~[A-Za-z0-9_-]{4,7000}"),
        Field("step", pattern="[1-9][0-9]?"),
    )
}


def parse(params: Mapping[str, Sequence[str]]) -> tuple[Values, list[str]]:
    """The values that a URL's parameters name, and a sentence for each part that is not understood."""
    values: Values = {}
    problems: list[str] = []
    for name, given in params.items():
        problem = _problem(name, given)
        if problem:
            problems.append(problem)
        elif given and given[0] != FIELDS[name].default:
            values[name] = given[0]
    return values, problems


def _problem(name: str, given: Sequence[str]) -> str:
    """Why this part of a link is not understood; empty if it is."""
    field = FIELDS.get(name)
    if field is None:
        near = get_close_matches(name.lower(), FIELDS, n=NEAR)
        return say("link.unknown_name" if near else "link.unknown", name=shorten(name), good=", ".join(near))
    if len(given) > 1:
        return say("link.repeated", name=name)
    if given and not field.accepts(given[0]):
        good = ", ".join(field.options) or say(f"scope.{name}.form")
        return say("link.unknown_value", name=name, value=shorten(given[0]), good=good)
    return ""


def to_params(values: Mapping[str, str]) -> Values:
    """The URL's parameters for these values: what differs from its default, in the order of `FIELDS`."""
    return {name: values[name] for name, field in FIELDS.items() if values.get(name, field.default) != field.default}


# The layer to Streamlit. Keys of the session: the values, the page they were last seen on, what we wrote to the URL,
# and what stood there before, as long as a page that we switched to has not been drawn.
_VALUES, _PAGE, _WRITTEN, _FORMER = "scope.values", "scope.page", "scope.written", "scope.former"
_DRAWN = "scope.drawn"
"""The codes in force of the controls drawn in this run."""
_LIVE: ContextVar[Values | None] = ContextVar("values of this run", default=None)
"""The values while a run is on: the same object as the session's, which takes long to ask."""


def arrive(page: str) -> None:
    """Take over what the URL says, once per run, before any control is drawn.

    The URL is the whole truth when it was opened as a link or reached with the browser's back button. A click in the
    menu opens the other page with a bare URL: then the reader's choices stay.
    """
    seen = {name: st.query_params.get_all(name) for name in st.query_params}
    written: Values | None = st.session_state.get(_WRITTEN)
    moved = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page
    st.session_state.setdefault(_VALUES, {})
    st.session_state[_DRAWN] = {}
    _LIVE.set(st.session_state[_VALUES])
    if moved and not seen and written is not None:
        return
    own: list[Values] = [st.session_state[key] for key in (_WRITTEN, _FORMER) if key in st.session_state]
    if seen not in [{name: [code] for name, code in params.items()} for params in own or [{}]]:
        lasting = {name: code for name, code in chosen().items() if FIELDS[name].lasting}
        values, problems = parse(seen)
        replace(lasting | values)
        for problem in _told(problems):
            st.warning(plain(problem))


def _told(problems: Sequence[str]) -> list[str]:
    """The first few problems and how many more there are, so that a hostile link cannot fill the page."""
    more = len(problems) - MOST_TOLD
    return [*problems[:MOST_TOLD], *([say("link.more", count=more)] if more > 0 else [])]


def leave() -> None:
    """Write the values to the URL, so that the address of the page is a link to what is seen."""
    params = to_params(st.session_state[_VALUES])
    if params != st.query_params.to_dict():
        st.query_params.from_dict(params)
    st.session_state[_WRITTEN] = params
    st.session_state.pop(_FORMER, None)


def written_ahead() -> Values:
    """The URL's parameters for a page to switch to.

    A click on the way there may still come from the former address: neither that nor the new one is a link opened.
    """
    st.session_state[_FORMER] = st.session_state.get(_WRITTEN, {})
    st.session_state[_WRITTEN] = chosen()
    return chosen()


def coming(name: str) -> str:
    """The code that `arrive` will find, for what must be known before the page is."""
    given = st.query_params.to_dict()
    if not given or given == st.session_state.get(_WRITTEN):
        return value(name)
    code, field = given.get(name, ""), FIELDS[name]
    return code if field.accepts(code) else value(name) if field.lasting else field.default


def untouched() -> bool:
    """Whether this is the first run of a visit to a bare address: no link and no choice has said anything yet."""
    return _WRITTEN not in st.session_state and not st.query_params.to_dict()


def page() -> str:
    """The path of the page that the reader is on; empty for the first."""
    return str(st.session_state.get(_PAGE, ""))


def chosen() -> Values:
    """All that differs from its default, as the URL holds it."""
    return to_params(_values())


def chosen_with(fields: Mapping[str, str]) -> Values:
    """The same with other codes for some fields: what a link to another page carries."""
    return to_params({**_values(), **fields})


def in_force() -> Values:
    """The code of every control drawn so far in this run, also where the reader left the choice to the data."""
    drawn: Values = st.session_state.get(_DRAWN, {})
    return {name: code for name, code in drawn.items() if FIELDS[name].accepts(code)}


def _note(name: str, code: str) -> str:
    st.session_state.setdefault(_DRAWN, {})[name] = code
    return code


def replace(values: Mapping[str, str]) -> None:
    """Choose these values and the defaults of all others."""
    st.session_state[_VALUES] = dict(values)
    _LIVE.set(st.session_state[_VALUES])


def let_go() -> None:
    """The run is over: whatever comes next in its thread asks the session."""
    _LIVE.set(None)


def _values() -> Values:
    live = _LIVE.get()
    return st.session_state.get(_VALUES, {}) if live is None else live


def value(name: str) -> str:
    """The code chosen for a field."""
    return str(_values().get(name, FIELDS[name].default))


def label(name: str) -> str:
    """The words for the code chosen for a field."""
    return FIELDS[name].label(value(name))


def choose(name: str, code: str) -> None:
    """Set a field, as its control would. For links inside the dashboard and for clicks on charts."""
    st.session_state.setdefault(_VALUES, {})[name] = code


def control(
    name: str, *, options: Sequence[str] = (), words: Callable[[str], str] | None = None, first: str = ""
) -> str:
    """Draw the control of a field and return the code in force.

    `options` are offered by the caller where the store decides (periods), with their `words`; `first` is in force as
    long as the reader has chosen none of them.
    """
    field = FIELDS[name]
    offered = list(options or field.options)
    wanted = (value(name), first, field.default, offered[0])
    return _widget(name, next(code for code in wanted if code in offered), offered, words or field.label)


def period_control(names: Mapping[str, str]) -> str:
    """The period in focus, newest first; `names` gives each code its words, oldest first.

    A month chosen before stands for its year, a year for its last month, January for February where both are joined.
    """
    offered = list(names)[::-1]
    wanted = value("period")
    if wanted and wanted not in names:
        near = _nearest(wanted, offered)
        if not near:
            missed = formats.period(wanted, lang=lang())
            st.warning(plain(say("link.no_period", period=missed, newest=names[offered[0]])))
        choose("period", near)
    return control("period", options=offered, words=lambda code: names[code])


def _nearest(wanted: str, offered: Sequence[str]) -> str:
    """The code that stands for `wanted` where it is not offered; empty if none does."""
    joined = f"{wanted[:4]}-02" if wanted.endswith("-01") else ""
    return next((code for code in (joined, *offered) if code in offered and code[:4] == wanted[:4]), "")


_SPAN = {"A": "20", "M": "5", "YTD": "5"}


def span_control(newest: str, freq: str, period: str) -> str | None:
    """How far back from the `newest` period to look; the `period` in focus is always within. None stands for all."""
    field = FIELDS["span"]
    code = _widget("span", value("span") or _SPAN[freq], list(field.options), field.label)
    first = first_period(newest, code, freq)
    return None if first is None else min(first, period)


def first_period(newest: str, span: str, freq: str) -> str | None:
    """The first of `span` years that end with the year of `newest`: 20 years to 2025 begin in 2006."""
    if span == "all":
        return None
    year = int(newest[:4]) - int(span) + 1
    return str(year) if freq == "A" else f"{year}-01"


def _widget(name: str, code: str, offered: list[str], words: Callable[[str], str]) -> str:
    """The control itself: buttons side by side, or a list if there are many options."""
    key = f"scope_{name}"
    st.session_state[key] = code
    heading, labels = say(f"scope.{name}.name"), {one: words(one) for one in offered}
    taken: dict[str, Any] = {"on_change": _taken_over, "args": (name,), "format_func": labels.__getitem__}
    chosen: str | None
    if len(offered) > BUTTONS or not FIELDS[name].options:
        chosen = st.selectbox(heading, offered, key=key, width=SELECT_WIDTH, **taken)
    else:
        chosen = st.segmented_control(heading, offered, key=key, required=True, **taken)
    return _note(name, chosen or code)


def slider(name: str, offered: Sequence[str]) -> str:
    """A control for codes in order, such as years; the last one is in force as long as none was chosen."""
    key = f"scope_{name}"
    st.session_state[key] = value(name) if value(name) in offered else offered[-1]
    st.select_slider(say(f"scope.{name}.name"), list(offered), key=key, on_change=_taken_over, args=(name,))
    return _note(name, str(st.session_state[key]))


def _taken_over(name: str) -> None:
    """A control was used: keep its value. One that was emptied goes back to its default."""
    choose(name, st.session_state.get(f"scope_{name}") or FIELDS[name].default)
