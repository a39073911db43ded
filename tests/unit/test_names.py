"""Names by language: the store's own columns first, then the language's folder, then English."""

from __future__ import annotations

import pandas as pd
import pytest

from trade.measures import names
from trade.text import catalog

ROWS = pd.DataFrame({"name_en": ["Vietnam", "World", None], "name_zh": ["越南", None, None]})


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> str:
    """A language whose folder knows one name."""
    monkeypatch.setattr(catalog, "_facts", {"fr": {"Vietnam": "Viêt Nam"}}.__getitem__)
    return "fr"


def test_a_language_without_a_column_has_its_names_from_its_folder(folder: str) -> None:
    assert names.named(ROWS, folder).tolist()[:2] == ["Viêt Nam", "World"]
    assert names.with_names(ROWS, folder)[f"name_{folder}"].tolist()[:2] == ["Viêt Nam", "World"]
    assert names.in_language({"name_en": "Vietnam"}, "name", folder) == "Viêt Nam"


def test_columns_of_the_store_stay_as_they_are() -> None:
    assert list(names.with_names(ROWS, "zh")) == ["name_en", "name_zh"]
    assert names.stored_languages(ROWS) == ["en", "zh"]
    assert names.named(ROWS, "zh").tolist()[:2] == ["越南", "World"]
    assert names.in_language({"name_en": "World", "name_zh": None}, "name", "zh") == "World"
    assert names.in_language({"name_en": None}, "name", "en") == ""


def test_every_name_column_gets_its_language(folder: str) -> None:
    rows = pd.DataFrame({"partner_name_en": ["Vietnam"], "reporter_name_en": ["World"]})
    assert {f"partner_name_{folder}", f"reporter_name_{folder}"} <= set(names.with_names(rows, folder))
