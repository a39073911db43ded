"""What stands around a chart, from its rows alone."""

from __future__ import annotations

import pandas as pd
import pytest

from trade.measures import Result, find_measure
from trade.panels import describe
from trade.panels.choices import Choices
from trade.panels.run_context import RunContext, running


@pytest.mark.parametrize(("lang", "written"), [("en", "In 1,200 of 3,937 rows"), ("zh", "3,937")])
def test_a_note_on_rows_without_growth_writes_thousands_apart(lang: str, written: str) -> None:
    frame = pd.DataFrame({"break": ["mirror"] * 1200 + [None] * 2737})
    result = Result(find_measure("growth"), {}, frame, "")
    with running(RunContext(lang, Choices({}))):
        assert any(written in remark for remark in describe.remarks(result, ()))
