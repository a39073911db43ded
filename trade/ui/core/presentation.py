"""Presenting: a step of a story large on the wall, steered by keys; and one chart embedded in somebody's article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from trade.charts.theme import PALETTES
from trade.errors import TradeError
from trade.panels import describe
from trade.panels.fields import parse, to_params
from trade.panels.language import lang, say
from trade.panels.panel import Content
from trade.panels.registry import panels
from trade.stories import step_links
from trade.stories.story import Step, Story
from trade.text.markdown import plain, prose
from trade.ui.core import appearance, filters, saved_views, single_chart
from trade.ui.core.language import small

_NOTES = "presentation.notes"
"""In the session: whether the notes are shown."""

_STYLE = """
:root {{ font-size: clamp(16px, 0.9vw + 7px, 24px) !important; }}
.stMainBlockContainer {{ max-width: none; padding: 2vh 4vw 4.5rem; }}
.stMainBlockContainer > div, .stMainBlockContainer > div > div > [data-testid=stVerticalBlock] {{ gap: 0; }}
[data-testid=stHeader], [data-testid=stSidebar] {{ display: none; }}
.stApp, .stApp [data-testid=stMarkdownContainer] span {{ color: {text} !important; }}
.stApp {{ background: {background}; }}
.st-key-stage h1 {{ font-size: 2.1rem; padding: 0; }}
.st-key-stage_notes_text {{ border-left: 4px solid {accent}; padding: 0 0 0 1rem; margin: 0.5rem 0; }}
.st-key-stage_controls {{ position: fixed; bottom: 0; left: 0; padding: 0.6rem 4vw; z-index: 9; }}
.st-key-stage_controls {{ background: {background}; }}
"""
"""Everything on the wall is measured in the root's font size, and grey words have the colour of text."""
_EMBEDDED = """<style>
.stMainBlockContainer { padding: 0.5rem; }
.stMainBlockContainer > div, .stMainBlockContainer > div > div > [data-testid=stVerticalBlock] { gap: 0; }
</style>"""

_KEYS = """
export default function ({ parentElement }) {
  const page = document.documentElement;
  const full = () => document.fullscreenElement ? document.exitFullscreen() : page.requestFullscreen();
  const press = name => document.querySelector(`.st-key-stage_${name} button:not([disabled])`)?.click();
  const [on, back] = [() => press("next"), () => press("previous")];
  const deeds = { " ": on, PageDown: on, PageUp: back, f: full, F: full };
  window.keysOfStage?.abort();
  const mine = window.keysOfStage = new AbortController();  // one drawn before may leave after this one has come
  document.addEventListener("keydown", event => {
    const busy = event.target.closest("input, textarea, select, [contenteditable=true]");
    const pressing = event.key === " " && event.target.closest("button, a, summary");
    if (busy || pressing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in deeds)) return;
    event.preventDefault();
    deeds[event.key]();
  }, { signal: mine.signal });
  parentElement.querySelector("button").onclick = full;
  return () => mine.abort();
}
"""
"""The keys that Streamlit's own buttons cannot have: a second one for a button, and full screen."""
_FULL_STYLE = """
button { font: inherit; font-size: 0.9em; color: var(--st-text-color); background: none;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  padding: 0.35rem 0.75rem; cursor: pointer; }
"""


@dataclass(frozen=True)
class Slide:
    """What is shown of a step, in words, with its chart. `problem` says why there is none."""

    headline: str
    notes: str = ""
    content: Content | None = None
    problem: str = ""


def run(page: Any) -> None:
    """Draw the page whole inside its frame, a chart of it large and alone, or a chart for somebody's article.

    Raises:
        TradeError: the link's story is not well written.
    """
    if single_chart.presenting():
        palette = PALETTES[appearance.mode()]
        st.html(f"<style>{_STYLE.format(**vars(palette))}</style>")
        _present(page)
    elif single_chart.alone():
        st.html(_EMBEDDED)
        _embed()
    else:
        single_chart.leave()
        page.run()


def way_in() -> None:
    """From a page to the wall."""
    st.button(
        say("present.this_page"), key="present_page", type="tertiary", on_click=filters.choose, args=("present", "1")
    )


def _present(page: Any) -> None:
    story, number = story_and_step()
    step = story.step[number - 1] if story else None
    if step and _elsewhere(step):
        _go_to(step)
    if not single_chart.alone():
        page.run()
        _controls(None, 0)
        return
    slide = _slide(step)
    with st.container(key="stage", gap="small"):
        if story:
            small(prose(say("present.place", title=story.title.text(lang()), number=number, count=len(story.step))))
        _draw(slide)
    if slide.notes and st.session_state.get(_NOTES):
        with st.container(key="stage_notes_text"):
            st.markdown(prose(slide.notes))
    _controls(story, number)


def story_and_step() -> tuple[Story | None, int]:
    """The story that the link names or carries, and which of its steps; none if one view is presented.

    Raises:
        TradeError: there is no such story, or it is not well written.
    """
    name = filters.value("story")
    if not name:
        return None, 0
    story = saved_views.story(name)
    return story, min(int(filters.value("step") or 1), len(story.step))


def _elsewhere(step: Step) -> bool:
    """Whether something else than the step is on the wall."""
    wanted = to_params(parse(step_links.parameters(step.query))[0])
    return (step.page, step.chart, wanted) != (saved_views.here(), filters.value("chart"), saved_views.now())


def _go_to(step: Step) -> None:
    """Open the step's view, presented as before."""
    kept = {name: code for name, code in filters.chosen().items() if name in step_links.SHOWN_AS}
    filters.replace(parse(step_links.parameters(step.query))[0] | kept | {"chart": step.chart})
    st.switch_page(f"pages/{step.page}.py", query_params=filters.written_ahead())


def _chart_asked_for() -> tuple[Content | None, str]:
    """The chart that the link names, or the sentence that says why there is none."""
    page, key = saved_views.here(), filters.value("chart")
    panel = panels().get(f"{page}/{key}")
    if panel is None:
        return None, say("present.nothing", chart=key, page=page)
    try:
        return panel.content(filters.choices()), ""
    except TradeError as error:
        return None, error.text(lang())


def _slide(step: Step | None) -> Slide:
    """The words for a view: those of the step, or the chart's own."""
    content, problem = _chart_asked_for()
    own = content.message.headline if content else ""
    if step is None:
        return Slide(own, content=content, problem=problem)
    headline, notes = (step_links.fill(text.text(lang()), own) for text in (step.headline, step.notes))
    return Slide(headline or own, notes, content, problem)


def _draw(slide: Slide) -> None:
    st.title(prose(slide.headline or slide.problem), anchor=False)
    if slide.content:
        own = slide.content.message.headline
        _chart(slide.content, before="" if own == slide.headline else f"**{prose(own)}.** ")
    elif slide.headline:
        st.info(plain(slide.problem))


def _chart(content: Content, before: str = "") -> None:
    """The chart between the line that says what is drawn and that of its sources."""
    small(before + prose(content.subtitle))
    appearance.draw(content.figure(), key=filters.value("chart"), alt=content.message.takeaway)
    small(describe.sourced(content.result.sources, describe.remarks(content.result, content.notes)))


def _embed() -> None:
    content, problem = _chart_asked_for()
    with st.container(key="embedded", gap="small"):
        if content is None:
            st.info(plain(problem))
        else:
            st.subheader(prose(content.message.headline), anchor=False)
            _chart(content)
        small(f"[{say('present.whole')}]({saved_views.address(saved_views.here(), saved_views.now())})")


def _controls(story: Story | None, number: int) -> None:
    """Few, and each has its key."""
    with st.container(key="stage_controls", horizontal=True, vertical_alignment="center", gap="small"):
        if story:
            last = len(story.step)
            _button("previous", "Left", disabled=number <= 1, on_click=_move, args=(-1, last))
            _button("next", "Right", disabled=number >= last, on_click=_move, args=(1, last))
            _button("notes", "N", on_click=_turn_notes)
        component = st.components.v2.component(
            "stage_keys", html=f"<button>{say('present.full')} (F)</button>", css=_FULL_STYLE, js=_KEYS
        )
        component(key="stage_keys", width="content")
        _button("leave", "Esc", on_click=filters.choose, args=("present", "0"))


def _move(by: int, last: int) -> None:
    """So many steps on from where the story is now, which a key pressed twice in a hurry finds already moved."""
    filters.choose("step", str(min(max(int(filters.value("step") or 1) + by, 1), last)))


def _button(name: str, shortcut: str, **more: Any) -> None:
    st.button(say(f"present.{name}"), key=f"stage_{name}", shortcut=shortcut, **more)


def _turn_notes() -> None:
    st.session_state[_NOTES] = not st.session_state.get(_NOTES)
