"""The steps of a story as small pictures in order, which are drawn by the browser and can be moved there."""

from __future__ import annotations

from typing import Any

import streamlit as st

from trade.panels.language import lang, say
from trade.stories import slideshow
from trade.stories.story import Step, Story
from trade.ui.core import appearance, browser_components, own_story, page_aids

_STYLE = """
ol { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 0.75rem;
  margin: 0; padding: 0; }
li { display: flex; flex-direction: column; }
button { font: inherit; font-size: 0.8125rem; line-height: 1.3; color: var(--st-text-color); text-align: left;
  background: var(--st-background-color); border: 1px solid var(--st-border-color); flex: 1;
  border-radius: var(--st-base-radius); padding: 0.4rem; cursor: pointer; display: flex; flex-direction: column; }
button:hover { border-color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
img, .blank { width: 100%; aspect-ratio: 2 / 1; object-fit: contain; display: block; margin-bottom: 0.3rem; }
.blank { background: var(--st-secondary-background-color); }
span { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.over { outline: 2px dashed var(--st-primary-color); outline-offset: 2px; }
p { font-size: 0.8125rem; margin: 0.5rem 0 0; }
"""


def show(story: Story, *, movable: bool) -> None:
    """Pictures of all steps with their headlines. A press leads to the step; `movable` ones change places when they are
    dragged, or with Alt and an arrow key."""
    show = slideshow.as_dict(slideshow.of_story(story, "", lang()), "")
    data = {
        "steps": show["steps"],
        "colours": show["colours"],
        "palette": show["palettes"][appearance.mode()],  # type: ignore[index]
        "mode": appearance.mode(),
        "topojson": {"folder": show["topojson"], "world": show["world"]},
        "scripts": page_aids.DRAWING,
        "movable": movable,
        "words": {"hint": say("story.drag") if movable else "", "list": say("present.list")},
    }
    script = browser_components.script("storyboard")
    part = st.components.v2.component("storyboard", html="<ol></ol><p></p>", css=_STYLE, js=script)
    part(data=data, key="storyboard", on_moved_change=_moved)


def _moved() -> None:
    """A step was put to another place: its place and the new one, counted from zero."""
    moved: Any = st.session_state["storyboard"]["moved"]
    if not isinstance(moved, list) or len(moved) != 2:
        return

    def edit(held: list[Step]) -> None:
        start, end = (min(max(int(place), 0), len(held) - 1) for place in moved)
        held.insert(end, held.pop(start))

    own_story.change(edit)
