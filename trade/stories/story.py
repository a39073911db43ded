"""A story as a file and as a link. Reading is strict: an error names file, step, mistake and the nearest valid value.

    title.en = "2025 in ten steps"

    [[step]]
    page = "growth"                    # a page, the choices of its controls as in a link, one of its charts
    query = "flow=total&period=2025"
    chart = "levels"
    headline.en = "Trade came to {computed:2025-goods-trade-total}"
    notes.en = "The speaker's words."

`headline` and `notes` hold words and placeholders; `placeholders` lists them. An empty headline is the chart's own.

A story that the program wrote names the version that wrote it in `made_with`. If such a story names something that a
newer version no longer has, it is left out and reported; in a story written by hand it is an error.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import tomli_w
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, ValidationError
from pydantic_core import PydanticCustomError

from trade.errors import Message, TradeError, UnknownName, Value, every, shorten
from trade.panels import url_codec
from trade.panels.url_codec import MARK as MARK
from trade.paths import STORIES
from trade.text.catalog import LANGUAGES, SOURCE
from trade.version import __version__

MOST_STEPS = 40
LARGEST = 200_000
"""Longest text of a story, in characters. Unpacking a link stops at this size."""
MADE_WITH = "made_with"
"""The field of a file that names the version which wrote it."""
KINDS = ("official", "computed", "statement", "chart")
"""Placeholders: a number of the ledger as stated or as computed here, a statement's words, the chart's headline."""
LINK = Message("story.link")
"""Used instead of a file name in errors of a story from a link."""
_PLACEHOLDER = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")


class StoryError(TradeError):
    """An invalid story. The message names the file, the step and what is wrong."""

    def __init__(self, file: Message | str, problem: Value, step: int = 0) -> None:
        place = Message("story.step", file=file, step=step) if step else file
        super().__init__("story.sentence", place=place, problem=problem)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_strip_whitespace=True)


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        raise PydanticCustomError("extra_forbidden", "no such language")
    return lang


def _without_empty(texts: dict[str, str]) -> dict[str, str]:
    return {lang: text for lang, text in texts.items() if text}


_Texts = dict[Annotated[str, AfterValidator(_known)], Annotated[str, Field(max_length=4000)]]


class Words(RootModel[Annotated[_Texts, AfterValidator(_without_empty)]]):
    """A text by language; English, else any other language, is the fallback."""

    model_config = ConfigDict(strict=True, frozen=True, str_strip_whitespace=True)

    def __hash__(self) -> int:
        return hash(tuple(self.root.items()))

    def of(self, lang: str) -> str:
        """The text in that language; empty if there is none."""
        return self.root.get(lang, "")

    def with_text(self, lang: str, text: str) -> Words:
        """A copy with this text in that language; an empty text removes the language."""
        return Words(self.root | {lang: text.strip()})

    def text(self, lang: str) -> str:
        """The text that a user of that language is shown."""
        return next((text for code in (lang, SOURCE, *LANGUAGES) if (text := self.of(code))), "")


class Step(_Part):
    """A view, what is written above its chart, and what the speaker says."""

    page: str
    query: Annotated[str, Field(max_length=8000)] = ""
    chart: str
    headline: Words = Words({})
    notes: Words = Words({})

    def texts(self) -> list[str]:
        """Every text that may hold placeholders."""
        return [words.of(lang) for words in (self.headline, self.notes) for lang in LANGUAGES]


class Story(_Part):
    """A title and its steps, in order."""

    title: Words
    about: Words = Words({})
    step: Annotated[tuple[Step, ...], Field(min_length=1, max_length=MOST_STEPS, strict=False)]


@dataclass(frozen=True)
class Import:
    """A story, and messages about what was left out because this version no longer has it."""

    story: Story
    left_out: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Places:
    """The valid targets of a step: the chart keys of each page, and a function that yields the problems of a query."""

    charts: Mapping[str, Sequence[str]]
    problems: Callable[[str], Iterable[Message]]


def shipped() -> list[str]:
    """The names of the stories in `stories/`, newest first."""
    return sorted((path.stem for path in STORIES.glob("*.toml")), reverse=True)


def find(name: str, places: Places) -> Story:
    """The story of a link: a shipped one by its name, or one that the link carries itself.

    Raises:
        UnknownName, StoryError: there is no such story, or it is not well written.
    """
    return imported_link(name, places).story


def imported_link(name: str, places: Places) -> Import:
    """The same, with what was left out of a story that an older version wrote.

    Raises:
        UnknownName, StoryError: as `find`.
    """
    if name.startswith(MARK):
        return imported(unpacked(name), LINK, places)
    if name not in shipped():
        raise UnknownName("story", name, shipped())
    return Import(read_file(STORIES / f"{name}.toml", places))


def read_file(path: Path, places: Places) -> Story:
    """The story in a file.

    Raises:
        StoryError: the file cannot be read or is not well written.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise StoryError(path.name, Message("story.unread", reason=error.strerror)) from None
    return read(decoded(text, path.name), path.name, places)


def decoded(text: bytes, file: str) -> str:
    """A file's bytes as text.

    Raises:
        StoryError: they are too many or no text.
    """
    if len(text) > LARGEST:
        raise StoryError(file, Message("story.too_large", size=LARGEST // 1000))
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StoryError(file, Message("story.not_utf8")) from None


def read(text: str, file: Message | str, places: Places) -> Story:
    """The story that a text holds; `file` is named where it is wrong.

    Raises:
        StoryError: with the first mistake.
    """
    return imported(text, file, places).story


def imported(text: str, file: Message | str, places: Places) -> Import:
    """The same, with what was left out of a story that an older version wrote.

    Raises:
        StoryError: with the first mistake; or nothing is left of the story.
    """
    try:
        fields = tomllib.loads(text)
        left_out = _adapt(fields, places) if fields.pop(MADE_WITH, None) else ()
        if left_out and not fields["step"]:
            raise StoryError(file, Message("story.nothing_left", all=len(left_out)))
        story = Story.model_validate(fields)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise StoryError(file, Message("story.not_toml", reason=str(error), example=shipped()[0])) from None
    except ValidationError as error:
        raise _of_pydantic(file, error) from None
    if not story.title.text("en"):
        raise StoryError(file, Message("story.no_title", remedy=_expected("title")))
    for number, step in enumerate(story.step, 1):
        _check(step, number, file, places)
    return Import(story, left_out)


def _adapt(fields: dict[str, Any], places: Places) -> tuple[Message, ...]:
    """Remove from a story's fields, in place, what this version does not have; returns a message for each removal."""
    left_out, usable = list[Message](), []
    steps = fields.get("step")
    for number, step in enumerate(steps if isinstance(steps, list) else [], 1):
        problem = _why_unavailable(step, places)
        if problem:
            left_out.append(Message("story.left_out", step=number, problem=problem))
            continue
        parts = str(step.get("query", "")).split("&")
        known = [part for part in parts if not list(places.problems(part))]
        for part in parts:
            if part not in known:
                left_out.append(Message("story.choice_left_out", step=number, choice=shorten(part)))
        usable.append({**step, "query": "&".join(known)} if "query" in step else step)
    if isinstance(steps, list):
        fields["step"] = usable
    return tuple(left_out)


def _why_unavailable(step: Any, places: Places) -> Message | None:
    """Why a step's page or chart no longer exists; None if it does, or if the step is malformed, which is reported
    later."""
    if not isinstance(step, dict) or not isinstance(step.get("page"), str) or not isinstance(step.get("chart"), str):
        return None
    page, chart = step["page"], step["chart"]
    if page not in places.charts:
        return Message("story.page_gone", page=shorten(page))
    return None if chart in places.charts[page] else Message("story.chart_gone", page=page, chart=shorten(chart))


def _of_pydantic(file: Message | str, error: ValidationError) -> StoryError:
    """The first error of pydantic as a StoryError."""
    first = error.errors()[0]
    place = [part for part in first["loc"] if part not in ("step", "[key]") and not isinstance(part, int)]
    step = next((part + 1 for part in first["loc"] if isinstance(part, int)), 0)
    name = ".".join(str(part) for part in place) or "step"
    if first["type"] == "extra_forbidden":
        good = _fields_beside([part for part in first["loc"] if part != "[key]"])
        return StoryError(file, Message("story.no_field", field=shorten(name), use=nearest(str(place[-1]), good)), step)
    if first["type"] == "missing":
        remedy = _expected(name, Message("story.add_field"))
        return StoryError(file, Message("story.missing_field", field=name, remedy=remedy), step)
    found = "" if isinstance(first["input"], dict | list) else Message("fact.found", value=shorten(first["input"]))
    return StoryError(file, Message("story.bad_field", field=name, found=found, remedy=_expected(name)), step)


_TEXTS = ("title", "about", "headline", "notes")


def _expected(field: str, otherwise: Message | None = None) -> Message:
    """The message that explains how to write a field."""
    if field in _TEXTS:
        return Message("story.write_texts", fields=_each(field))
    if field.partition(".")[0] in _TEXTS:
        return Message("story.write_text")
    if field == "step":
        return Message("story.write_step", most=MOST_STEPS)
    if field in _WRITTEN:
        return Message(_WRITTEN[field])
    return otherwise or Message("story.write_field", fields=_each("title"))


def _each(field: str) -> Value:
    return every([f"{field}.{lang} =" for lang in LANGUAGES])


_WRITTEN = {"page": "story.write_page", "chart": "story.write_chart", "query": "story.write_query"}


def _fields_beside(place: Sequence[str | int]) -> list[str]:
    """The fields allowed in the place where an unknown one was found."""
    if len(place) == 1:
        return list(Story.model_fields)
    if len(place) == 3 and place[0] == "step":
        return list(Step.model_fields)
    return list(LANGUAGES)


def _check(step: Step, number: int, file: Message | str, places: Places) -> None:
    if step.page not in places.charts:
        use = nearest(step.page, list(places.charts))
        raise StoryError(file, Message("story.no_page", page=shorten(step.page), use=use), number)
    charts = list(places.charts[step.page])
    if step.chart not in charts:
        use = nearest(step.chart, charts)
        raise StoryError(file, Message("story.no_chart", page=step.page, chart=shorten(step.chart), use=use), number)
    for problem in places.problems(step.query):
        raise StoryError(file, Message("story.in_query", problem=problem), number)
    for text in step.texts():
        for kind, code in placeholders(text):
            if kind not in KINDS or (kind == "chart") == bool(code):
                text = shorten("{" + kind + (":" + code if code else "") + "}")
                raise StoryError(file, Message("story.no_placeholder", text=text, use=nearest(kind, KINDS)), number)


def nearest(name: str, good: Sequence[str]) -> Message:
    """The message that suggests what to write instead."""
    return Message("story.use", names=get_close_matches(name, good, n=1, cutoff=0.5) or list(good[:12]))


def placeholders(text: str) -> Iterator[tuple[str, str]]:
    """Kind and code of each placeholder in a text: `official`, `2025-goods-trade-total`."""
    yield from ((match[1], match[2] or "") for match in _PLACEHOLDER.finditer(text))


def filled(text: str, fill: Callable[[str, str], str]) -> str:
    """The text with each placeholder replaced with `fill(kind, code)`."""
    return _PLACEHOLDER.sub(lambda match: fill(match[1], match[2] or ""), text)


def written(story: Story) -> str:
    """The story as the text of its file; `read` gives it back."""
    return tomli_w.dumps({MADE_WITH: __version__, **story.model_dump(exclude_defaults=True)})


def packed(story: Story) -> str:
    """The story compressed and encoded for a URL."""
    return url_codec.pack(written(story))


def unpacked(code: str) -> str:
    """The text of a story that a link carries.

    Raises:
        StoryError: the link is damaged or unpacks to more than any story holds.
    """
    try:
        return url_codec.unpack(code, LARGEST)
    except ValueError:  # errors of base64 and UTF-8 are ValueErrors
        raise StoryError(LINK, Message("story.link_cut")) from None


def changed(story: Story, **fields: Any) -> Story:
    """A copy with other fields."""
    return story.model_copy(update=fields)
