"""Parts of links: texts packed into them, what is open of each chart, the lines that embed a chart."""

from __future__ import annotations

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from trade.panels import url_codec
from trade.panels.choices import Choices, read_opened, write_opened
from trade.panels.fields import FIELDS, OPENED
from trade.ui.core import view_links


@given(some.text(max_size=2000))
def test_a_text_survives_its_link(text: str) -> None:
    code = url_codec.pack(text)
    assert url_codec.unpack(code, 10_000) == text
    assert FIELDS["sql"].accepts(code) or len(code) > 6000 or not text


@pytest.mark.parametrize("code", ["~", "~AAAA", "~%%%", url_codec.pack("SELECT 1")[:-4], url_codec.pack("x" * 30_000)])
def test_a_damaged_or_overlong_text_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="text of a link"):
        url_codec.unpack(code, 20_000)


def test_what_is_not_text_is_refused() -> None:
    code = url_codec.MARK + base64.urlsafe_b64encode(zlib.compress(b"\xff\xfe")).decode()
    with pytest.raises(ValueError, match="text of a link"):
        url_codec.unpack(code, 100)


@given(some.dictionaries(some.from_regex(r"[a-z0-9_]{1,40}", fullmatch=True), some.sampled_from(OPENED), max_size=10))
def test_what_is_open_survives_its_code(opened: dict[str, str]) -> None:
    code = write_opened(opened)
    assert read_opened(code) == opened
    assert not opened or FIELDS["open"].accepts(code)
    assert all(Choices({"open": code}).opened(chart) == name for chart, name in opened.items())
    assert Choices({"open": code}).opened("~") == "chart"
    assert write_opened(opened | {"other": "chart"}) == code


def test_the_height_of_an_embedded_chart_has_room_for_all_its_lines() -> None:
    alone = view_links.height_around(440, "Short")
    assert alone > 440 + 100
    assert view_links.height_around(440, "Short", "a line", "x" * 400) > alone + 6 * 20
    assert view_links.height_around(440, "A headline that is long " * 6) > alone + 60


@pytest.mark.parametrize(
    ("chosen", "offered", "shown"),
    [
        ("2025-03", ["2024", "2025"], "2025"),
        ("2025", ["2025-11", "2025-12", "2026-01"], "2025-12"),
        ("2025-01", ["2025-02", "2025-03"], "2025-02"),
        ("2025-Q2", ["2025-05", "2025-06", "2025-07"], "2025-06"),
        ("2025-05", ["2025-Q1", "2025-Q2", "2025-Q3"], "2025-Q2"),
        ("2025-Q3", ["2024", "2025"], "2025"),
        ("2020-02", ["2020-04", "2020-08"], ""),
        ("2020-Q1", ["2020-Q3", "2020-08"], ""),
        ("2019", ["2020", "2021"], ""),
    ],
)
def test_no_other_month_or_quarter_stands_for_the_one_chosen(chosen: str, offered: list[str], shown: str) -> None:
    """Growth of August 2020 was shown for February 2020, which customs published with January, without a word."""
    assert Choices({"period": chosen}).nearest_period(dict.fromkeys(offered, "")) == shown
