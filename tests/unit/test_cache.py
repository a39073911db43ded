"""The cache shares results between users, and finds a result again only for the same key."""

from __future__ import annotations

import gc
import json
import weakref
from dataclasses import replace

import pandas as pd
import plotly.io
import plotly.tools
import pytest

from trade.charts import theme
from trade.charts.serialized import Finished
from trade.errors import NoRows
from trade.measures import Result, find_measure
from trade.panels.cache import Cache, cache_key, cached
from trade.panels.language import lang
from trade.panels.run_context import RunContext, running


def result(value: float = 1.0) -> Result:
    return Result(find_measure("growth"), {"flow": "export"}, pd.DataFrame({"value": [value]}), "version")


def test_what_was_made_is_found_again_and_the_longest_unused_goes_first() -> None:
    memory, made = Cache(2), list[str]()

    def make(name: str) -> str:
        made.append(name)
        return name

    for name in ("a", "b", "a", "c", "a", "b"):
        assert memory.get(name, lambda name=name: make(name)) == name
    assert made == ["a", "b", "c", "b"]
    assert len(memory) == 2
    memory.clear()
    assert len(memory) == 0


def test_that_there_is_no_answer_is_kept_too() -> None:
    memory, calls = Cache(5), list[int]()

    def make() -> int:
        calls.append(1)
        raise NoRows("nothing")

    for _ in range(3):
        with pytest.raises(NoRows, match="nothing"):
            memory.get("x", make)
    assert len(calls) == 1


def test_other_errors_are_not_cached() -> None:
    memory, calls = Cache(5), list[int]()

    def make() -> int:
        calls.append(1)
        raise ValueError("once")

    for _ in range(2):
        with pytest.raises(ValueError, match="once"):
            memory.get("x", make)
    assert len(calls) == 2


def test_every_result_is_itself_and_no_other() -> None:
    one = result()
    assert cache_key(one) == cache_key(one)
    assert cache_key(one) != cache_key(result())
    assert cache_key(one) != cache_key(replace(one, frame=one.frame.head(0)))
    frame = pd.DataFrame({"a": [1]})
    assert cache_key({"before": frame, "notes": ["a", 1]}) == cache_key({"before": frame, "notes": ("a", 1)})
    assert cache_key(frame) != cache_key(frame.copy())


def test_words_are_kept_by_language() -> None:
    calls = list[str]()

    @cached(Cache(10))
    def words(shown: Result, chosen: str = "") -> str:
        calls.append(lang())
        return f"{lang()} {shown.frame['value'].iloc[0]} {chosen}"

    one = result(2.0)
    for code in ("en", "zh", "en", "zh"):
        with running(RunContext(code)):
            assert words(one, chosen="x") == f"{code} 2.0 x"
    assert calls == ["en", "zh"]


def test_a_text_keeps_a_frame_that_only_its_place_tells_apart_and_no_result() -> None:
    @cached(Cache(10))
    def words(shown: Result, notes: list[pd.DataFrame]) -> str:
        return f"{len(shown.frame)} {len(notes)}"

    one, note = result(), pd.DataFrame({"a": [1]})
    rows, place = weakref.ref(one.frame), weakref.ref(note)
    assert words(one, [note]) == words(one, [note]) == "1 1"
    del one, note
    gc.collect()
    assert rows() is None
    assert place() is not None


def test_a_finished_figure_is_what_the_browser_gets_of_a_checked_one() -> None:
    figure = theme.figure(height=300, meta={"height": "40vw"})
    figure.add_scatter(x=pd.Series([1.0, float("nan")]), y=[3, 4], hovertext=["a", "b"])
    figure.add_annotation(x=1, y=3, text="a")
    finished = Finished(figure)
    checked, sent = (
        plotly.tools.return_figure_from_figure_or_data(one, validate_figure=True) for one in (figure.plotly(), finished)
    )
    before, after = (json.loads(plotly.io.to_json(one, validate=False)) for one in (checked, sent))
    assert before == after
    assert finished.css_height == "40vw"
    assert Finished(theme.figure(height=300)).css_height == ""
    assert finished.to_dict() is finished.to_dict()
