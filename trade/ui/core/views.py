"""Views: a page, its choices and one of its charts. How one is linked, embedded, and taken into the reader's story."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import streamlit as st

from trade.errors import shorten
from trade.paths import PROJECT
from trade.stories.story import MARK, MOST_STEPS, Places, Step, Story, find, nearest
from trade.ui.core import filters
from trade.ui.core.cache import words
from trade.ui.core.language import plain, say, small

FIRST_PAGE = "overview"
"""The page that the root of the URL shows."""
MANNERS = ("present", "story", "step", "chart", "lang")
"""Fields that say how a view is shown; the others say what."""
EMBED_HEIGHT = 640
_MINE = "story.mine"


@cache
def places() -> Places:
    """Where a step may lead. The charts of a page are the keys that its script, or a part it imports, gives `show`."""
    charts = {path.stem: sorted(set(_charts(path))) for path in sorted((PROJECT / "pages").glob("*.py"))}
    return Places({name: keys for name, keys in charts.items() if keys}, problems)


def story(name: str) -> Story:
    """A story that is shipped or that a link carries. Only of the former there are few enough to be kept.

    Raises:
        TradeError: there is no such story, or it is not well written.
    """
    return find(name, places()) if name.startswith(MARK) else _shipped(name)


@words
def _shipped(name: str) -> Story:
    return find(name, places())


def _charts(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from _shown(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("trade.ui"):
            for name in node.names:
                part = PROJECT.joinpath(*str(node.module).split("."), f"{name.name}.py")
                if part.exists():
                    yield from _shown(ast.parse(part.read_text(encoding="utf-8")))


def _shown(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "show":
            for word in node.keywords:
                if word.arg == "key" and isinstance(word.value, ast.Constant):
                    yield str(word.value.value)


def asked(query: str) -> dict[str, list[str]]:
    """A query as the URL would bring it."""
    return parse_qs(query, keep_blank_values=True)


def problems(query: str) -> Iterator[str]:
    """What is not understood in a step's query, and the nearest that would be."""
    what = [name for name in filters.FIELDS if name not in MANNERS]
    for name, codes in asked(query).items():
        if name not in what:
            yield f"there is no choice {shorten(name)}; {nearest(name, what)}"
            continue
        field = filters.FIELDS[name]
        if len(codes) > 1:
            yield f"{name} is given twice; give it once"
        elif not field.accepts(codes[0]):
            good = nearest(codes[0], field.options) if field.options else f"write {say(f'scope.{name}.form')}"
            yield f"{name} cannot be {shorten(codes[0])}; {good}"


def here() -> str:
    """The page that the reader is on."""
    return filters.page() or FIRST_PAGE


def now() -> dict[str, str]:
    """What the reader chose to look at, without how."""
    return {name: code for name, code in filters.chosen().items() if name not in MANNERS}


def pinned() -> dict[str, str]:
    """The same with what the data chose (the newest year), so that it stays when newer figures come."""
    values = filters.to_params(filters.chosen() | filters.in_force())
    return {name: code for name, code in values.items() if name not in MANNERS}


def address(page: str, values: Mapping[str, str]) -> str:
    """The full address of a view on this server, in the language it is read in."""
    values = {name: code for name, code in filters.chosen().items() if name == "lang"} | dict(values)
    base = str(st.context.url or "").partition("?")[0].rstrip("/")
    return f"{base.removesuffix('/' + here())}/{page}?{urlencode(values)}".rstrip("?")


def snippet(key: str, title: str) -> str:
    """A chart of this page as an iframe, for another site."""
    source = escape(address(here(), {"embed": "true", **pinned(), "chart": key}))
    size = f'width="100%" height="{EMBED_HEIGHT}" style="border:0"'
    return f'<iframe src="{source}" title="{escape(title)}" {size} loading="lazy"></iframe>'


def mine() -> list[Step]:
    """The views that the reader has gathered in this visit."""
    return list(st.session_state.get(_MINE, []))


def keep_mine(steps: list[Step]) -> None:
    """The reader's gathered views from now on."""
    st.session_state[_MINE] = steps[:MOST_STEPS]


def add(key: str) -> None:
    """Take a chart of this page into the reader's story, as it is now."""
    keep_mine([*mine(), Step(page=here(), query=urlencode(pinned()), chart=key)])


def offer(key: str, title: str) -> None:
    """Under a chart: take it into one's own story, or into a page of one's own."""
    if key not in places().charts.get(here(), ()):
        return
    full = len(mine()) >= MOST_STEPS
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(say("story.add"), key=f"add_{key}", on_click=add, args=(key,), disabled=full)
        if mine():
            small(plain(say("story.gathered", count=len(mine()))))
            st.page_link("pages/stories.py", label=say("story.open_mine"), query_params={"story": "mine"})
    st.markdown(f"**{say('story.embed')}**")
    st.code(snippet(key, title), language="html", wrap_lines=True)
