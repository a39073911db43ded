"""A figure of one partner or commodity that is out of its unit or month is noticed; what customs do revise is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trade.store.loss_guard import Concern
from trade.store.outlier_check import MemberFigure, judge

UNITS = MemberFigure(
    "good",
    "bulletin",
    "soybeans",
    "Soybeans",
    "大豆",
    "import",
    "CNY",
    "YTD",
    "2026-07",
    70e9,
    20e6,
    "tonnes",
    "unchanged",
)
JULY = [UNITS, replace(UNITS, freq="M", amount=10e9, quantity=3e6)]
AUGUST = [replace(each, period="2026-08", state="new") for each in JULY]
AUGUST[0] = replace(AUGUST[0], amount=80e9, quantity=23e6)


def kinds(*figures: MemberFigure) -> list[str]:
    return [kind for kind, _ in judge(figures)]


def partner(amount: float, period: str = "2026-08", **fields: object) -> MemberFigure:
    state = "new" if period == "2026-08" else "unchanged"
    usual = MemberFigure(
        "partner", "bulletin", "JPN", "Japan", "日本", "export", "CNY", "YTD", period, amount, None, "", state
    )
    return replace(usual, **fields)  # type: ignore[arg-type]


def test_the_next_month_passes() -> None:
    assert kinds(*JULY, *AUGUST) == []


@pytest.mark.parametrize(
    ("month", "through", "expected"),
    [
        ({"quantity": 300.0}, {"quantity": 2300.0}, ["unit_value"]), ({"quantity": 3e10}, {"quantity": 2.3e11}, ["unit_value"]),
        ({"amount": 1e14}, {"amount": 8e14}, ["unit_value"]), ({"amount": 1e6}, {"amount": 8e6}, ["unit_value"]), ({}, {"amount": 69e9}, ["member_fallen"]),
        ({}, {"amount": 69.96e9}, ["member_month"]), ({}, {"quantity": 19e6}, ["member_fallen"]), ({}, {"amount": 70e9, "quantity": 20e6}, ["member_month"]),
        ({"amount": 80e9, "quantity": 23e6}, {"amount": 10e9, "quantity": 3e6}, ["member_fallen"]),
        ({"amount": 10.5e9}, {"amount": 79e9}, []), ({"quantity": None, "unit": ""}, {"quantity": None, "unit": ""}, []),
        ({"amount": 1e14, "quantity": None}, {"amount": 8e14, "quantity": None}, ["member_risen"]),
    ],
)  # fmt: skip
def test_a_commodity_in_another_unit_or_month(month: dict, through: dict, expected: list[str]) -> None:
    assert kinds(*JULY, replace(AUGUST[0], **through), replace(AUGUST[1], **month)) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([partner(70e9, "2026-07"), partner(80e9)], []), ([partner(70e9, "2026-07"), partner(68e9)], ["member_fallen"]), ([partner(70e9, "2026-07"), partner(69.7e9)], []),
        ([partner(9e7, "2026-07"), partner(1e6)], []), ([partner(70e9, "2026-07", firm=False), partner(1e9, firm=False)], []),
        ([partner(90e9, "2026-09"), partner(95e9)], ["member_fallen"]), ([partner(70e9, "2025-12"), partner(8e9)], []),
        ([partner(70e9, "2026-07"), partner(70e13)], ["member_risen"]), ([partner(80e9, state="unchanged"), partner(80e5)], ["member_revised"]),
        ([partner(80e9, state="replaced"), partner(83e9)], []), ([partner(80e9, state="replaced"), partner(8e9)], ["member_revised"]),
        ([partner(80e9, "2026-07"), partner(70e9, source="release")], []), ([partner(80e9, "2026-07"), partner(50e9, source="release")], ["member_fallen"]),
        ([partner(80e9, freq="M"), partner(80e9)], []), ([partner(80e9, freq="M"), partner(70e9)], ["member_above"]),
    ],
)  # fmt: skip
def test_a_partner_out_of_its_unit_or_month(figures: list[MemberFigure], expected: list[str]) -> None:
    assert kinds(*figures) == expected


def test_only_new_figures_are_judged() -> None:
    assert kinds(partner(70e9, "2026-07"), partner(60e9, state="unchanged")) == []


def test_the_sentence_names_good_unit_and_both_figures() -> None:
    ((kind, values),) = judge([*JULY, replace(AUGUST[0], quantity=19e6), AUGUST[1]])
    assert Concern(kind, values).sentence() == (
        "Soybeans, imports, January to 2026-08: 19,000,000 tonnes, against 20,000,000 from January to 2026-07: "
        "a cumulative figure cannot fall within a year"
    )
    assert Concern(kind, values).sentence("zh").startswith("大豆，进口，1月至2026-08：19,000,000（吨）")


@pytest.mark.parametrize(("growth", "expected"), [(10.0, []), (8.0, []), (25.0, ["growth_column"]), (None, [])])
def test_a_column_of_growth_must_be_one(growth: float | None, expected: list[str]) -> None:
    figures = []
    for at in range(12):
        name = {"member": f"P{at:02d}", "freq": "M"}
        figures += [partner(10e9, "2025-08", **name), partner(11e9, growth_pct=growth if at else 10.0, **name)]
    found = list(judge(figures))
    assert [kind for kind, _ in found] == expected
    for kind, values in found:
        assert (
            "Partners, exports, month 2026-08 (bulletin): of 12 printed growth rates, 11"
            in Concern(kind, values).sentence()
        )
        assert Concern(kind, values).sentence("zh").startswith("贸易伙伴，出口，当月2026-08")
