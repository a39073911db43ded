"""Names by language: the store's own columns first, then the language's folder, then English."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.support.tiny_store import Bench
from trade.measures import entity_names, find_measure
from trade.measures.catalog import Measure
from trade.text import catalog

ROWS = pd.DataFrame({"name_en": ["Vietnam", "World", None], "name_zh": ["越南", None, None]})


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> str:
    """A language whose folder translates one name."""
    monkeypatch.setattr(catalog, "_facts", {"fr": {"Vietnam": "Viêt Nam"}}.__getitem__)
    return "fr"


def test_a_language_without_a_column_has_its_names_from_its_folder(folder: str) -> None:
    assert entity_names.named(ROWS, folder).tolist()[:2] == ["Viêt Nam", "World"]
    assert entity_names.with_names(ROWS, folder)[f"name_{folder}"].tolist()[:2] == ["Viêt Nam", "World"]
    assert entity_names.in_language({"name_en": "Vietnam"}, "name", folder) == "Viêt Nam"


def test_columns_of_the_store_stay_as_they_are() -> None:
    assert list(entity_names.with_names(ROWS, "zh")) == ["name_en", "name_zh"]
    assert entity_names.stored_languages(ROWS) == ["en", "zh"]
    assert entity_names.named(ROWS, "zh").tolist()[:2] == ["越南", "World"]
    assert entity_names.in_language({"name_en": "World", "name_zh": None}, "name", "zh") == "World"
    assert entity_names.in_language({"name_en": None}, "name", "en") == ""


def test_every_name_column_gets_its_language(folder: str) -> None:
    rows = pd.DataFrame({"partner_name_en": ["Vietnam"], "reporter_name_en": ["World"]})
    assert {f"partner_name_{folder}", f"reporter_name_{folder}"} <= set(entity_names.with_names(rows, folder))


# --- names beside codes -----------------------------------------------------------------------------------------------


def declaring(**declared: dict[str, object]) -> Measure:
    """A measure that declares these columns of names."""
    return Measure.model_validate(find_measure("growth").model_dump() | {"names": declared})


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


def test_names_stand_behind_their_codes_in_every_language_of_the_store(bench: Bench) -> None:
    frame = pd.DataFrame({"partner": ["USA", "eu", "XQX", None], "value": [1, 2, 3, 4]})
    measure = declaring(name={"code": "partner", "of": ["economy", "group"]})
    named = entity_names.add_names(bench, measure, {}, frame)  # type: ignore[arg-type]
    assert list(named) == ["partner", "name_en", "name_zh", "value"]
    assert named["name_en"].tolist()[0] == "United States"
    assert named["name_zh"].tolist()[0] == "美国"
    assert named["name_en"].tolist()[2] == "XQX", "a code that nothing names stands for itself"
    assert pd.isna(named["name_en"].tolist()[3]), "where there is no code there is no name"


def test_a_kind_may_stand_in_a_column_or_a_parameter_and_codes_may_be_a_parameter(bench: Bench) -> None:
    frame = pd.DataFrame({"classification": ["HS2022", "HS2022"], "code": ["85", "0000"], "value": [1, 2]})
    goods = {"code": "code", "of": ["@classification", "goods"], "unknown": "HS ", "after": "value"}
    partner = {"code": "partner", "of": ["@by", "economy"], "after": "classification"}
    named = entity_names.add_names(
        bench,
        declaring(name=goods, partner_name=partner),
        {"partner": "world", "by": "mirror_gap"},
        frame,  # type: ignore[arg-type]
    )
    assert list(named)[:4] == ["classification", "partner_name_en", "partner_name_zh", "code"]
    assert list(named)[-2:] == ["name_en", "name_zh"]
    assert named["partner_name_en"].tolist() == ["All compared partners"] * 2
    assert named["name_en"].tolist()[1] == "HS 0000"


def test_rows_without_any_name_are_missing_not_nan_texts(bench: Bench) -> None:
    frame = pd.DataFrame({"market": pd.Series([None, None], dtype=object)})
    named = entity_names.add_names(bench, declaring(name={"code": "market", "of": ["economy"]}), {}, frame)  # type: ignore[arg-type]
    assert named["name_en"].tolist() == [None, None]
