"""The line at the top of every page that says up to when its figures reach."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.app import opened, page
from trade.store import Store
from trade.ui.core import navigation


@pytest.fixture(autouse=True)
def _a_day_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trade.ui.core.user_clock.today", lambda: date(2026, 11, 28))


@pytest.mark.parametrize("name", [one.name for one in navigation.PAGES])
def test_every_page_says_it_and_leads_to_the_update(real: Store, name: str) -> None:
    app = page(opened(), name)
    (line,) = [one.value for one in app.markdown if "later months have been published" in one.value]
    assert "Figures" in line
    assert "2026" in line
    assert "[Update the figures](sources)" in line
