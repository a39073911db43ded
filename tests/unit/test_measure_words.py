"""In Chinese a quantity has the measure word of its good; in English units are units."""

from __future__ import annotations

import csv
import re

import pytest

from trade import paths
from trade.text import formats

BY_NAME = {
    "辆": "汽车|[客货]车|乘用车|商用车|特种车|摩托车|自行车|拖拉机",
    "艘": "船舶|散货船|集装箱船|油船|油轮|船",
    "架": "飞机|航空器",
    "部": "^手机$",
}
"""Measure word to a pattern of the Chinese names of goods that take it."""


def counted() -> list[tuple[str, str, str]]:
    """Code, Chinese name and unit of every good that customs counts in units or sets."""
    folder = paths.DATA / "gacc_commodities"
    with (folder / "products.csv").open(encoding="utf-8", newline="") as file:
        names = {row["product"]: row["name_zh"] for row in csv.DictReader(file)}
    with (folder / "commodity_trade.csv").open(encoding="utf-8", newline="") as file:
        units = {(row["product"], row["quantity_unit"].rpartition(" ")[2]) for row in csv.DictReader(file)}
    return sorted((good, names[good], unit) for good, unit in units if unit in ("units", "sets"))


@pytest.mark.parametrize(("good", "name", "unit"), counted())
def test_the_measure_word_fits_the_name(good: str, name: str, unit: str) -> None:
    word = formats.quantity_unit(unit, "zh", good)
    parts = name.endswith(("零件", "零部件")) or "发动机" in name
    expected = next((word for word, names in BY_NAME.items() if re.search(names, name) and not parts), None)
    assert word == expected if expected else word in ("台", "个", "块", "把", "只"), name
    assert formats.quantity_unit(unit, "en", good) == unit


def test_other_units_and_goods_keep_theirs() -> None:
    assert formats.quantity_unit("tonnes", "zh", "soybeans") == "吨"
    assert formats.quantity_unit("units", "zh") == "个"
    assert formats.quantity_unit("sets", "zh", "3d-printers") == "台"
    assert formats.quantity_unit("10,000 crates", "zh", "soybeans") == "10,000 crates"
