"""The user's own story. It is part of every page's URL (`mine=~...`), so that a reload does not lose it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from trade.errors import TradeError
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.stories import step_panels
from trade.stories import story as stories
from trade.stories.story import MOST_STEPS, Step, Story, Words
from trade.ui.core import filters

_BEYOND, _PREVIOUS = "own story beyond the address", "own story before"
"""Keys of the session: a story too long for a URL, together with the one in the URL; the previous stories, for undo."""
MOST_UNDONE = 50


def current() -> Story | None:
    """The story as it is now; None if it has no steps yet."""
    code = filters.value("mine")
    carried, beyond = st.session_state.get(_BEYOND, ("", None))
    if beyond is not None and carried == code:
        return beyond  # type: ignore[no-any-return]
    return _read(code) if code else None


def _read(code: str) -> Story | None:
    try:
        return stories.find(code, step_panels.places())
    except TradeError:  # a truncated link: the page of stories reports it
        return None


def own_steps() -> list[Step]:
    """The steps of the story as it is now."""
    story = current()
    return list(story.step) if story else []


def is_beyond_address() -> bool:
    """Whether the story is too long for a URL: then only its file can preserve it."""
    return _BEYOND in st.session_state and st.session_state[_BEYOND][0] == filters.value("mine")


def keep(story: Story | None) -> None:
    """Make this the user's story; `undo` restores the previous one."""
    previous = [*st.session_state.get(_PREVIOUS, []), (filters.value("mine"), st.session_state.get(_BEYOND))]
    st.session_state[_PREVIOUS] = previous[-MOST_UNDONE:]
    code = stories.packed(story) if story else ""
    if code and not FIELDS["mine"].accepts(code):
        st.session_state[_BEYOND] = (filters.value("mine"), story)
        return
    st.session_state.pop(_BEYOND, None)
    filters.choose("mine", code)


def can_undo() -> bool:
    """Whether there is a change to undo."""
    return bool(st.session_state.get(_PREVIOUS))


def undo() -> None:
    """Undo the last change."""
    previous = st.session_state.get(_PREVIOUS, [])
    if not previous:
        return
    code, beyond = previous.pop()
    filters.choose("mine", code)
    if beyond:
        st.session_state[_BEYOND] = beyond
    else:
        st.session_state.pop(_BEYOND, None)


def change(edit: Callable[[list[Step]], object]) -> None:
    """Change the steps in place; removing the last one deletes the story."""
    story, changed = current(), own_steps()
    edit(changed)
    changed = changed[:MOST_STEPS]
    if not changed:
        keep(None)
    elif story is None:
        keep(Story(title=untitled(), step=tuple(changed)))
    else:
        keep(stories.changed(story, step=tuple(changed)))


def rename(title: str) -> None:
    """Give the story another title, in the language that is read."""
    story = current()
    if story is not None:
        words = story.title.with_text(lang(), title)
        keep(stories.changed(story, title=words if words.text(lang()) else untitled()))


def untitled() -> Words:
    """The title of a story that has none."""
    return Words({lang(): say("story.untitled")})
