"""Codes of user-defined groups of economies."""

from __future__ import annotations

import pytest

from trade.panels.fields import FIELDS
from trade.store.own_groups import OwnGroup, is_group, read, rest_of_world


def test_a_code_and_its_group_are_inverse() -> None:
    group = OwnGroup("My four", ("BRA", "RUS", "asean"), ("SGP",))
    assert group.code == "~My four:BRA.RUS.asean.-SGP"
    assert read(group.code) == group
    assert read("~:BRA.BRA.IND") == OwnGroup("", ("BRA", "IND"))
    assert read(rest_of_world("Others", "USA", "latin-america")) == OwnGroup(
        "Others", ("world",), ("USA", "latin-america")
    )


@pytest.mark.parametrize(
    "code", ["", "BRA", "~BRA.RUS", "~x:", "~x:BRA;RUS", "~a,b:BRA", "~<b>:BRA", "~" + "n" * 41 + ":BRA"]
)
def test_what_is_no_group(code: str) -> None:
    assert read(code) is None


@pytest.mark.parametrize("code", ["asean", "north-america", "~x:BRA", "~:BRA.-asean"])
def test_groups_are_told_from_economies_and_fit_a_link(code: str) -> None:
    assert is_group(code)
    assert not is_group("DEU")
    assert FIELDS["partner"].accepts(code)
