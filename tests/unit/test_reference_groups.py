"""Regions and blocs of the reference tables agree with an independent list: the package `country_converter`."""

from __future__ import annotations

import csv
from importlib.util import find_spec
from pathlib import Path

import pytest

from trade import paths

SUB_SAHARAN = ("Eastern Africa", "Middle Africa", "Southern Africa", "Western Africa")
NOT_LISTED = {"CHN", "SUN", "CHI", "EAT", "EAZ", "XKX"}
"""China itself, former economies, areas without a number in M49, and Kosovo, which M49 does not list."""
STAGES = [
    ("EU12", "1990-01-01"),
    ("EU15", "2000-01-01"),
    ("EU25", "2005-01-01"),
    ("EU27_2007", "2010-01-01"),
    ("EU28", "2015-01-01"),
    ("EU27", "2025-01-01"),
]


def _rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


REGIONS = [row for row in _rows(paths.DATA / "reference" / "groups.csv") if row["kind"] == "region"]
MEMBERS = _rows(paths.DATA / "reference" / "members.csv")


@pytest.fixture(scope="module")
def listed() -> list[dict[str, str]]:
    place = find_spec("country_converter")
    assert place is not None
    assert place.origin is not None
    return _rows(Path(place.origin).with_name("country_data.tsv"), "\t")


def members(group: str, day: str) -> set[str]:
    return {
        row["economy"]
        for row in MEMBERS
        if row["group_code"] == group and row["valid_from"] <= day and (row["valid_to"] or "9999") > day
    }


@pytest.mark.parametrize("region", REGIONS, ids=lambda row: str(row["group_code"]))
def test_a_region_has_the_members_of_m49(region: dict[str, str], listed: list[dict[str, str]]) -> None:
    names = SUB_SAHARAN if region["group_code"] == "sub-saharan-africa" else (region["name_en"],)
    assert (
        set(region["member_list"].split()) == {row["ISO3"] for row in listed if row["UNregion"] in names} - NOT_LISTED
    )


@pytest.mark.parametrize(("stage", "day"), STAGES)
def test_the_european_union_of_each_enlargement(stage: str, day: str, listed: list[dict[str, str]]) -> None:
    assert members("eu", day) == {row["ISO3"] for row in listed if row[stage]}


@pytest.mark.parametrize(("group", "column", "day"), [("apec", "APEC", "2025-01-01"), ("g7", "G7", "2025-01-01"),
                                                      ("brics", "BRIC", "2010-01-01")])  # fmt: skip
def test_a_bloc_has_its_members(group: str, column: str, day: str, listed: list[dict[str, str]]) -> None:
    assert members(group, day) == {row["ISO3"] for row in listed if row[column]}
