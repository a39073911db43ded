"""Queries about trade by HS code: reporter, source, period, level of the system and part of the goods.

Sources differ in economies, flows, years and level of detail, so each choice offers only what the choices before it
leave. Results are joined here, never changed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace

import pandas as pd

from trade.errors import NoRows
from trade.measures import Result
from trade.panels import hs_short_names, queries
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.language import lang, say
from trade.text import formats

HOME = "CHN"
ANY_SOURCE = "auto"
"""Value of `source` that lets the measure choose the source; each result is from one source."""
DIGITS = {"section": 2, "chapter": 2, "heading": 4, "subheading": 6}
"""The levels of the system, with the number of digits that a source's codes need for each."""
ABOVE = {"heading": "chapter", "subheading": "chapter"}
"""The parent level of a level, where it is not the section."""
Question = dict[str, str]
"""The parameters that all measures of HS codes share: reporter, flow, freq, source."""


@dataclass(frozen=True)
class View:
    """The choices in force: query parameters, period, level of the goods, and the part to look inside."""

    params: Question
    period: str
    level: str
    inside: str


@cached_per_store
def coverage() -> pd.DataFrame:
    """The trade that the page shows: a row per economy, flow, frequency, source and edition of the system.

    Raises:
        NoRows: there is none.
    """
    shown = by_chapter(queries.measure("hs_held").frame)
    if shown.empty:
        raise NoRows(say("hs.no_chapters"))
    return shown


def by_chapter(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of `hs_held` from which parts and shares of all trade follow, by chapter or finer.

    Sources by section or sector only, or of some goods only, are left to other views.
    """
    some_goods = frame.get("some_goods", pd.Series(False, index=frame.index)).astype(bool)
    return frame[(frame["digits"] >= 2) & ~some_goods].reset_index(drop=True)


def loaded() -> bool:
    """Whether there is any trade by HS code to show."""
    try:
        coverage()
    except NoRows:
        return False
    return True


@cached_per_store
def reporters() -> dict[str, str]:
    """Every economy with its name, China first."""
    frame = coverage()
    names = dict(zip(frame["reporter"], frame[f"name_{lang()}"].fillna(frame["reporter"]), strict=True))
    return {code: names[code] for code in sorted(names, key=lambda code: (code != HOME, names[code]))}


def flows(choices: Choices) -> list[str]:
    """The flows of the economy in force."""
    return _offered(choices.pick("reporter", reporters()))


def freqs(choices: Choices) -> list[str]:
    """Its frequencies in the flow in force."""
    return _offered(choices.pick("reporter", reporters()), choices.pick("flow", flows(choices)))


def origins(choices: Choices) -> list[str]:
    """The sources of the flow, frequency and level in force: the newest first, then the most detailed, then the
    longest.
    """
    return _sources_by_newest(*_reporter_flow_freq(choices), DIGITS[level_in_force(choices)])


@cached_per_store
def _sources_by_newest(reporter: str, flow: str, freq: str, digits: int) -> list[str]:
    rows = _rows(reporter, flow, freq)
    rows = rows[rows["digits"] >= digits]
    order = rows.sort_values(["period", "digits", "periods"], ascending=False, kind="stable")
    return [str(code) for code in order["source_id"].unique()]


def origin_names(ids: list[str]) -> dict[str, str]:
    """The sources by id, each with its title."""
    return {note.source_id: formats.short_title(note.title) for note in queries.sources(ids)}


def question(choices: Choices) -> Question:
    """The query parameters for the choices."""
    return {
        "reporter": choices.pick("reporter", reporters()),
        "flow": choices.pick("flow", flows(choices)),
        "freq": choices.pick("freq", freqs(choices)),
        "source": choices.pick("origin", origins(choices)),
    }


def _reporter_flow_freq(choices: Choices) -> tuple[str, str, str]:
    """The economy, flow and frequency in force."""
    reporter = choices.pick("reporter", reporters())
    return reporter, choices.pick("flow", flows(choices)), choices.pick("freq", freqs(choices))


@cached_per_store
def _rows(*codes: str) -> pd.DataFrame:
    """The rows of `coverage` for a reporter and, if given, a flow and a frequency."""
    frame = coverage()
    for column, code in zip(("reporter", "flow", "freq"), codes, strict=False):
        frame = frame[frame[column] == code]
    return frame


@cached_per_store
def _offered(*codes: str) -> list[str]:
    """The flows of a reporter or, given a flow too, its frequencies."""
    column, order = (("flow", ("export", "import")), ("freq", ("A", "M")))[len(codes) - 1]
    present = set(_rows(*codes)[column])
    return [code for code in order if code in present]


@cached_per_store
def periods(params: Question) -> dict[str, str]:
    """Every period of the source, oldest first, in words."""
    codes = queries.measure("hs_item", **params).frame["period"]
    return {code: formats.period(code, params["freq"], lang()) for code in codes}


def levels(choices: Choices) -> list[str]:
    """The levels of the system, as deep as any source of the economy, flow and frequency in force goes."""
    return _available_levels(*_reporter_flow_freq(choices))


@cached_per_store
def _available_levels(reporter: str, flow: str, freq: str) -> list[str]:
    deepest = int(_rows(reporter, flow, freq)["digits"].max())
    return [level for level, digits in DIGITS.items() if digits <= deepest]


def level_in_force(choices: Choices) -> str:
    """The level of the goods shown: it decides which sources are offered."""
    return choices.pick("level", levels(choices))


def titles(params: Question, period: str, level: str) -> dict[str, str]:
    """Code and short name or title of every part of a level that has trade, the largest first."""
    return _titles_of(_whole(params, period, level))


def _whole(params: Question, period: str, level: str) -> Result:
    return queries.measure("hs_products", period=period, level=level, **params)


@cached_per_store
def _titles_of(level: Result) -> dict[str, str]:
    """Code and short name or title of the parts of a level."""
    return {code: _title(code, name) for code, name in _full_titles(level).items()}


@cached_per_store
def _full_titles(level: Result) -> dict[str, str]:
    """Code and title, as the source has it, of the parts of a level."""
    listed = level.frame[level.frame["kind"] == "part"]
    return dict(zip(listed["code"], listed[f"name_{lang()}"], strict=True))


def _title(code: str, name: str) -> str:
    return _coded(code, hs_short_names.of_title(code, name))


def _coded(code: str, name: str) -> str:
    """A code before its name; in Chinese most names begin with the code."""
    return name if code in name else f"{code} {name}"


def parents(params: Question, period: str, level: str) -> dict[str, str]:
    """Code and name of the parents of the parts of a level; sections have none."""
    return {} if level == "section" else titles(params, period, ABOVE.get(level, "section"))


def parent_names(view: View) -> dict[str, tuple[str, str]]:
    """Short name and title of the parents of the parts of a view's level, by code."""
    if view.level == "section":
        return {}
    parents = _full_titles(_whole(view.params, view.period, ABOVE.get(view.level, "section")))
    return {code: (hs_short_names.of_title(code, title), title) for code, title in parents.items()}


def insides(choices: Choices, params: Question, period: str, level: str) -> dict[str, str]:
    """Code and title of the parts that can be looked into; at the level of subheadings also the heading that is
    open."""
    names, opened = parents(params, period, level), choices.value("inside")
    if level == "subheading" and re.fullmatch("[0-9]{4}", opened):
        headings = titles(params, period, "heading")
        names = names | {code: name for code, name in headings.items() if code == opened}
    return names


_ROMAN = {"I": 1, "V": 5, "X": 10}


def place(code: str) -> int:
    """The sort position of a section (a Roman numeral) or a chapter (a number)."""
    if code.isdigit():
        return int(code)
    values = [_ROMAN[letter] for letter in code]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def view(choices: Choices) -> View:
    """The view for the choices. The code followed over time is not part of it."""
    params = question(choices)
    period, level = choices.period(periods(params)), level_in_force(choices)
    return View(params, period, level, choices.pick("inside", ["all", *insides(choices, params, period, level)]))


def parts(view: View) -> Result:
    """One level of the goods, of all trade or inside one section or chapter.

    Raises:
        NoRows: nothing is traded there.
    """
    return queries.measure("hs_products", period=view.period, level=view.level, **view.params, **_within(view))


def last_periods(view: View, count: int) -> pd.DataFrame:
    """The parts of the same level in the last periods of the source up to the one in force."""
    frames = [pd.DataFrame(columns=["code", "period", "value"])]
    for period in [code for code in periods(view.params) if code <= view.period][-count:]:
        with suppress(NoRows):
            frames.append(parts(replace(view, period=period)).frame)
    return pd.concat([frame for frame in frames if len(frame)] or frames)


def _within(view: View) -> dict[str, str]:
    return {} if view.inside == "all" else {"within": view.inside}


def code_in_force(choices: Choices, view: View) -> str:
    """The code that is followed over time."""
    return choices.pick("code", code_names(view, choices.value("code")))


def code_names(view: View, wanted: str) -> dict[str, str]:
    """The codes of the level shown with their titles, and `wanted` where another level has it.

    Raises:
        NoRows: the level shows nothing.
    """
    names = _titles_of(parts(view))
    return names if not wanted or wanted in names else names | elsewhere(view, wanted)


def elsewhere(view: View, code: str) -> dict[str, str]:
    """A code of any level with its title; nothing if it has no trade up to the period."""
    try:
        frame = queries.measure("hs_item", product=code, last=view.period, **view.params).frame
    except NoRows:
        return {}
    return {code: _title(code, frame[f"name_{lang()}"].iloc[-1])}


def over_time(view: View, code: str) -> Result:
    """One code in every period of the source in force or, if that has only one period, of a source with more.

    Raises:
        NoRows: it is not traded.
    """
    own = queries.measure("hs_item", product=code, **view.params)
    if len(own.frame) > 1:
        return own
    longest = queries.measure("hs_item", product=code, **view.params | {"source": ANY_SOURCE})
    return longest if len(longest.frame) > 1 else own


def holder(code: str) -> str:
    """The chapter of a code; a section as it is. Most sources have partners by chapter only."""
    return code[:2] if code.isdigit() else code


def partners(view: View, code: str) -> Result:
    """Partners in the goods of a code, else of its chapter; from another source if the one in force has none.

    Raises:
        NoRows: no source has partners of the economy in these goods.
    """
    with suppress(NoRows):
        return _from_source_that_answers("hs_partners", "hs.no_partners", view, product=code, **view.params)
    return _from_source_that_answers("hs_partners", "hs.no_partners", view, product=holder(code), **view.params)


def _from_source_that_answers(measure: str, reason: str, view: View, **params: str) -> Result:
    """The result from the source in `params`, else from any source: in the same period if possible, else in its newest.

    A result from another source has `auto` as its source parameter; the captions then name source and period.

    Raises:
        NoRows: no source has rows; `reason` is the key of the message.
    """
    elsewhere = params | {"source": ANY_SOURCE}
    for entries in (params | {"period": view.period}, elsewhere | {"period": view.period}, elsewhere):
        with suppress(NoRows):
            return queries.measure(measure, **entries)
    flow = say(f"flow_low.{view.params['flow']}")
    raise NoRows(say(reason, name=reporter_name(view.params["reporter"]), flow=flow))


def reject_replaced(choices: Choices, result: Result, **asked: str) -> None:
    """Record the choices that the result does not answer, because another flow, source, period or part of the goods
    does."""
    shown = {
        "flow": str(result.params.get("flow", "export")),
        "origin": result.sources[0],
        "period": str(result.frame["period"].max()),
        "level": str(result.params.get("level")),
        "inside": str(result.params.get("within") or "all"),
        "code": str(result.params.get("product")),
    }
    for name, code in asked.items():
        if shown[name] != code:
            choices.reject(name, [shown[name]])


def title_of(view: View, code: str) -> str:
    """Code and title of goods of any level, as the source of the question calls them."""
    return elsewhere(view, code).get(code, code)


def compares_exports(params: Question) -> bool:
    """Whether comparative advantage, which is of exports by year, belongs to the question."""
    return params["flow"] == "export" and params["freq"] == "A"


def advantage(view: View) -> Result:
    """Comparative advantage in the same part of the goods; from another source where the question's lacks the world.

    Raises:
        NoRows: the question is not about exports by year, or no source has a world to compare with.
    """
    if not compares_exports(view.params):
        raise NoRows(say("hs.advantage_of_exports"))
    own = {name: view.params[name] for name in ("reporter", "source")}
    return _from_source_that_answers("rca", "hs.no_world", view, level=view.level, **own, **_within(view))


@cached_per_store
def diversification(params: Question, level: str) -> Result:
    """The effective number of products over time; beside another economy than China, China's, where there is any.

    Raises:
        NoRows: the source has nothing of that level.
    """
    results = [queries.measure("product_diversification", level=level, **params)]
    if params["reporter"] != HOME:
        with suppress(NoRows):
            beside = params | {"reporter": HOME, "source": results[0].sources[0]}
            results.append(queries.measure("product_diversification", level=level, **beside))
    frames = [result.frame.assign(**_named(str(result.params["reporter"]))) for result in results]
    return replace(results[0], frame=pd.concat(frames, ignore_index=True))


def _named(code: str) -> dict[str, str]:
    """An economy with its names, as columns."""
    row = queries.measure("hs_held", reporter=code).frame.iloc[0]
    names = {f"reporter_{column}": str(row[column]) for column in row.index if column.startswith("name_")}
    return {"reporter": code} | names


def reporter_name(code: str) -> str:
    """The economy's name in the language of the run."""
    return _named(code)[f"reporter_name_{lang()}"]
