"""Names with list numbers and marks of footnotes, in tables of customs and in a user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.published_files import own, refusal, values
from trade.sources.printed_names import bare_name

pytestmark = pytest.mark.usefixtures("readers_here")
PRINTED = ["1. Japan", "Japan 1/", "Japan¹", "Japan (1)", "Japan [a]", "Japan*", "日本①", "日本1)", "（1）日本", "#日本", "其中：日本", "日本 Japan", "of which: Japan"]  # fmt: skip


@pytest.mark.parametrize("name", PRINTED)
def test_marks_are_no_part_of_a_partner(tmp_path: Path, name: str) -> None:
    assert values(own(tmp_path, f"Country,Year,Exports\n{name},2024,5\nFrance,2024,6\n")) == {"JPN": 5, "FRA": 6}


@pytest.mark.parametrize("name", ["Congo (K)", "Congo (B)", "Korea (N)", "日本 France"])
def test_a_letter_that_tells_two_economies_apart_is_no_mark(tmp_path: Path, name: str) -> None:
    assert bare_name(name) == name
    assert name in refusal(lambda: own(tmp_path, f"Country,Year,Exports\n{name},2024,5\nFrance,2024,6\n"))
