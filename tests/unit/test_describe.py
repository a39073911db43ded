"""Titles and notes around a chart, made from its rows alone."""

from __future__ import annotations

import pandas as pd
import pytest

from trade.measures import Result, find_measure
from trade.panels import chart_captions
from trade.panels.choices import Choices
from trade.panels.run_context import RunContext, running


@pytest.mark.parametrize(("lang", "written"), [("en", "the partner's own report."), ("zh", "不列增速或变化。")])
def test_a_note_says_why_there_is_no_growth_and_counts_no_rows_that_the_chart_may_not_show(
    lang: str, written: str
) -> None:
    frame = pd.DataFrame({"break": ["mirror"] * 1200 + [None] * 2737})
    result = Result(find_measure("growth"), {}, frame, "")
    with running(RunContext(lang, Choices({}))):
        (note,) = chart_captions.remarks(result, ())
    assert note.endswith(written)
    assert not any(letter.isdigit() for letter in note)
