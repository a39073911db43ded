"""Views (a page, its choices and one of its charts): link, embed, and add one to the user's story."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from trade.panels.cache import cached_text
from trade.panels.fields import to_params
from trade.panels.language import say
from trade.stories import step_panels
from trade.stories.step_panels import SHOWN_AS
from trade.stories.story import MARK, MOST_STEPS, Step, Story, find
from trade.text.markdown import plain, prose
from trade.ui.core import filters, own_story
from trade.ui.core.text_blocks import small

MINE = "mine"
"""Value of the field `story` for the user's own story."""
FIRST_PAGE = "overview"
"""The page that the root of the URL shows."""
LETTERS = 62
"""Letters of small print per line in an embedded chart 480 pixels wide."""


def story(name: str) -> Story:
    """A shipped story, or one packed in a link. Only shipped ones are cached, as there are few of them.

    Raises:
        TradeError: there is no such story, or it is not well written.
    """
    return find(name, step_panels.places()) if name.startswith(MARK) else _shipped(name)


@cached_text
def _shipped(name: str) -> Story:
    return find(name, step_panels.places())


def here() -> str:
    """The page that the user is on."""
    return filters.page() or FIRST_PAGE


def current_choices() -> dict[str, str]:
    """The user's choices of content, without those of presentation."""
    return {name: code for name, code in filters.chosen().items() if name not in SHOWN_AS}


def pinned() -> dict[str, str]:
    """The same with the choices that follow from the data (the newest year), so that newer figures do not change the
    view."""
    values = to_params(filters.chosen() | filters.in_force())
    return {name: code for name, code in values.items() if name not in SHOWN_AS}


def server() -> str:
    """The address of this server, without a slash at its end."""
    base = str(st.context.url or "").partition("?")[0].rstrip("/")
    return base.removesuffix("/" + here())


def address(page: str, values: Mapping[str, str]) -> str:
    """The full address of a view on this server, in the language it is read in."""
    values = to_params({"lang": filters.value("lang")}) | dict(values)
    return f"{server()}/{page}?{urlencode(values)}".rstrip("?")


def snippet(key: str, title: str, height: int) -> str:
    """HTML to embed a chart of this page in another site: an iframe of the height that the chart reports, else `height`
    pixels."""
    source = escape(address(here(), {"embed": "true", **pinned(), "chart": key}))
    size = f'width="100%" height="{height}" style="border:0"'
    frame = f'<iframe src="{source}" title="{escape(title)}" {size} loading="lazy"></iframe>'
    return f"{frame}\n<script>{_FITTED}</script>"


_FITTED = (
    "(f=>addEventListener('message',e=>{if(e.source===f.contentWindow&&e.data.tradeChartHeight)"
    "f.height=e.data.tradeChartHeight}))(document.currentScript.previousElementSibling)"
)
"""Script that sets the height of an iframe to the height that the chart inside reports (`page.js`)."""


def height_around(figure: int, title: str, *lines: str) -> int:
    """The height of an embedded chart in a page without scripts, estimated for a width of 480 pixels: the figure with
    its texts."""
    small = sum(-(-len(line) // LETTERS) for line in lines if line)
    return figure + 110 + 28 * -(-len(title) // (LETTERS * 2 // 3)) + 22 * small


def mine() -> list[Step]:
    """The views that the user has gathered."""
    return own_story.own_steps()


def add(key: str) -> None:
    """Add a chart of this page to the user's story, as it is shown now."""
    step = Step(page=here(), query=urlencode(pinned()), chart=key)
    own_story.change(lambda gathered: gathered.append(step))


def add_to_story_button(key: str) -> None:
    """Draw the button that adds a chart to the user's story."""
    if key not in step_panels.places().charts.get(here(), ()):
        return
    full = len(mine()) >= MOST_STEPS
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(say("story.add"), key=f"add_{key}", on_click=add, args=(key,), disabled=full)
        if mine():
            small(plain(say("story.gathered", count=len(mine()))))
            st.page_link("pages/stories.py", label=say("story.open_mine"), query_params={"story": "mine"})


def embed(key: str, title: str, height: int) -> None:
    """Draw the HTML that embeds a chart in another page, to be copied."""
    st.markdown(f"**{say('story.embed')}**")
    st.code(snippet(key, title, height), language="html", wrap_lines=True)
    small(prose(say("story.embed_about")))
