"""Periods, units and numbers as publishers print them: read as what they are, or refused with the reason."""

from __future__ import annotations

import pytest

from trade.sources import money_units, number_format
from trade.sources.periods import NotAPeriod, PeriodReader

READ = {
    "A 2024": ["2024", "2024年", "2024.0", "2024年全年", "2024/01-2024/12", "202401-202412", "2024年1-12月", "Jan-Dec 2024", "January to December 2024", "CY2024", "2024-A1", "民國113年", "平成36年"],
    "M 2024-01": ["2024-M01", "2024M1", "Jan-24", "Jan 2024", "January 2024", "2024 Jan", "2024-Jan", "2024年1月", "01/2024", "202401", "202401.0", "Jan 2024 (R)", "2024-01r", "2024年1月（修订）", "2024年一月", "janvier 2024", "enero 2024", "2024-01-15", "15 January 2024", "Jan'24"],
    "M 2024-05": ["2024-05", "2024/5", "2024.05", "2024年05月", "2024年5月份", "4/2024".replace("4", "5", 1), "May-24", "20240531", "2024-05-17T00:00:00", "2024-05-01 00:00:00", "45413", "mai 2024", "31/05/2024", "5/31/2024", "2024 05", "2024:05", "M5 2024", "民國113年5月", "令和6年5月", "二〇二四年五月"],
    "YTD 2024-06": ["202401-202406", "2024.01-06", "2024年1-6月", "2024年1至6月累计", "Jan-Jun 2024", "2024-01/2024-06", "2024H1", "2024年上半年", "2024-06 YTD"],
    "YTD 2024-05": ["2024年前5个月", "2024年前五个月", "Jan-24 to May-24", "YTD May 2024"],
    "YTD 2024-09": ["2024年前三季度", "2024年1-3季度", "2024年一至三季度", "Q1-Q3 2024", "2024Q1-Q3"],
    "Q 2024-Q1": ["2024Q1", "Q1 2024", "2024年第一季度", "2024-Q1", "2024年一季度", "1Q24", "first quarter 2024", "民國113年第1季"],
    "Q 2024-Q3": ["2024Q3", "2024:Q3", "3Q 2024", "Q3-24", "Q3'24", "Q3/2024", "3. Quartal 2024", "2024年3季度", "第三季度2024", "2024T3"],
    "Q 1998-Q4": ["4Q98", "1998-Q4"],
}  # fmt: skip
REFUSED = {
    "fiscal|span two": ["FY2024", "2023/24", "2024财年"],
    "span": ["2023-2024", "2024-07-2024-09", "Apr-Jun 2024", "202404-202406", "2024年4-6月", "Jul 2023-Jun 2024"],
    "second half": ["2024H2", "2024年下半年", "2H24"],
    "estimate": ["2024p", "2024*", "2024-05e", "2024¹", "2024②"],
    "day or a year": ["24-Jan"],
    "the day or the month comes first": ["01/05/2024"],
    "declare freq": ["2024-12-31", "2024-01-01", "31/12/2024"],
    "January or October": ["2024.1"],
    "neither|moving": ["2024-13", "2024-02-31", "12 months ending June 2024", "上半年", "hello", "2024-05-"],
}  # fmt: skip


@pytest.mark.parametrize(("expected", "text"), [(expected, text) for expected, texts in READ.items() for text in texts])
def test_a_period_is_read_as_what_it_is(expected: str, text: str) -> None:
    period = PeriodReader([text]).read(text)
    assert f"{period.freq} {period.text}" == expected


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in REFUSED.items() for text in texts])
def test_what_is_no_period_of_the_store_is_refused_with_the_reason(reason: str, text: str) -> None:
    with pytest.raises(NotAPeriod, match=reason):
        PeriodReader([text]).read(text)


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        (["01/05/2024", "13/05/2024"], "01/05/2024", "M 2024-05"), (["01/05/2024", "01/06/2024"], "01/05/2024", "M 2024-05"),
        (["05/01/2024", "05/14/2024"], "05/01/2024", "M 2024-05"), (["2022-12-31", "2022-11-30"], "2022-12-31", "M 2022-12"),
        (["2024.01", "2024.1"], "2024.1", "M 2024-10"), (["2024.1", "2024.10", "2024.2"], "2024.1", "M 2024-01"),
        (["2010-11", "2010-12"], "2010-11", "M 2010-11"), (["45292", "45323"], "45292", "M 2024-01"),
    ],
)  # fmt: skip
def test_the_column_says_what_a_cell_does_not(column: list[str], cell: str, expected: str) -> None:
    period = PeriodReader(column).read(cell)
    assert f"{period.freq} {period.text}" == expected


def test_years_that_span_two_are_told_from_months_by_their_column() -> None:
    with pytest.raises(NotAPeriod, match="span two"):
        PeriodReader(["2010-11", "2011-12"]).read("2010-11")


@pytest.mark.parametrize(
    ("freq", "text", "expected"),
    [
        ("A", "2024-12-31", "A 2024"),
        ("M", "2024-12-31", "M 2024-12"),
        ("YTD", "2024-06", "YTD 2024-06"),
        ("A", "2024", "A 2024"),
        ("Q", "2024-09-30", "Q 2024-Q3"),
        ("Q", "2024-07-01", "Q 2024-Q3"),
        ("Q", "Jan-Mar 2024", "Q 2024-Q1"),
        ("YTD", "2024Q3", "YTD 2024-09"),
    ],
)
def test_a_declared_frequency_is_obeyed(freq: str, text: str, expected: str) -> None:
    period = PeriodReader([text], freq=freq).read(text)
    assert f"{period.freq} {period.text}" == expected


@pytest.mark.parametrize(
    ("freq", "text"),
    [
        ("A", "2024-05"),
        ("M", "2024"),
        ("M", "2024年1-6月"),
        ("A", "202501-202506"),
        ("YTD", "2024"),
        ("Q", "2024-05"),
        ("M", "2024Q2"),
        ("A", "2024Q2"),
        ("Q", "2024-05-31"),
        ("Q", "2024年1-6月"),
    ],
)
def test_a_frequency_cannot_contradict_the_period(freq: str, text: str) -> None:
    with pytest.raises(NotAPeriod):
        PeriodReader([text], freq=freq).read(text)


def test_a_declared_form_is_read_and_nothing_else() -> None:
    assert PeriodReader(["24-Jan"], form="%y-%b").read("24-Jan").text == "2024-01"
    assert PeriodReader(["01/05/2024"], form="%d/%m/%Y").read("01/05/2024").text == "2024-05"
    with pytest.raises(NotAPeriod, match="form"):
        PeriodReader(["2024-05"], form="%d/%m/%Y").read("2024-05")


@pytest.mark.parametrize(
    ("text", "currency", "power"),
    [
        ("HK$ million", "HKD", 6), ("NT$ 億元", "TWD", 8), ("单位：百万港元", "HKD", 6), ("单位：亿日元", "JPY", 8), ("10亿美元", "USD", 9),
        ("万美元", "USD", 4), ("千美元", "USD", 3), ("US$ million", "USD", 6), ("US$ bn", "USD", 9), ("Mio. EUR", "EUR", 6), ("EUR '000", "EUR", 3),
        ("1 000 000 USD", "USD", 6), ("millones de dólares estadounidenses", "USD", 6), ("十亿美元", "USD", 9), ("Export (US$ Thousand)", "USD", 3),
        ("100 million yuan", "CNY", 8), ("单位∶亿元人民币", "CNY", 8), ("A$ million", "AUD", 6), ("C$ thousands", "CAD", 3), ("R$ million", "BRL", 6),
        ("Unit: million yen", "JPY", 6), ("Sales (mn)", "", 6), ("USD 10^6", "USD", 6), ("Commodity", "", None),
        ("1e6 USD", "USD", 6), ("10⁶ USD", "USD", 6), ("hundred million US dollars", "USD", 8), ("ten thousand yuan", "CNY", 4),
        ("triệu USD", "USD", 6), ("tỷ đồng", "VND", 9), ("млн долл. США", "USD", 6), ("тыс. долл. США", "USD", 3), ("млрд руб.", "RUB", 9),
        ("millions de dollars US", "USD", 6), ("USD juta", "USD", 6), ("백만원", "KRW", 6), ("억원", "KRW", 8), ("미국 달러, 천", "USD", 3),
        ("百万米ドル", "USD", 6), ("億円", "JPY", 8), ("CN¥ million", "CNY", 6), ("₹ crore", "INR", 7), ("₹ lakh crore", "INR", 12), ("mld USD", "USD", 9),
        ("港幣百萬元", "HKD", 6), ("新台幣億元", "TWD", 8),
    ],
)  # fmt: skip
def test_currency_and_scale_are_read(text: str, currency: str, power: int | None) -> None:
    assert money_units.read(text) == money_units.Reading(currency, power)


@pytest.mark.parametrize(
    "text",
    [
        "$1,000",
        "million dollars",
        "¥ million",
        "US$ million or HK$ million",
        "R$ mil",
        "100 million pesos",
        "USD million, thousand",
        "MM USD",
        "백만 달러",
        "千ドル",
        "兆円",
        "мил USD",
        "US$ per kg",
        "USD/tonne",
        "美元/吨",
    ],
)
def test_a_unit_that_may_mean_several_things_is_asked_for(text: str) -> None:
    with pytest.raises(money_units.UnitUnclear):
        money_units.read(text)


@pytest.mark.parametrize(
    ("cells", "decimal"),
    [
        (["1,234.5", "12"], "."), (["1.234,5", "1.234"], ","), (["1.5", "157.524"], "."), (["1,234", "1.5"], "."), (["0.123", "0.456"], "."),
        (["12345.678"], "."), (["104.325", "15000"], "."), (["5", "6"], "."), (["1,200", "900"], "."),
    ],
)  # fmt: skip
def test_a_column_shows_its_decimal_sign(cells: list[str], decimal: str) -> None:
    assert number_format.infer(cells).decimal == decimal


@pytest.mark.parametrize(
    ("cells", "remedy"),
    [
        (["500.291.000", "157.524"], 'decimal = ","'), (["104.325", "36.915"], 'decimal = "."'), (["1,5", "2,25"], 'decimal = ","'),
        (["1.234.567", "1.5"], "one form"), (["1.5", "1,5"], "one form"),
    ],
)  # fmt: skip
def test_a_column_that_can_be_read_in_two_ways_is_asked_about(cells: list[str], remedy: str) -> None:
    with pytest.raises(number_format.Undeclared, match=remedy):
        number_format.infer(cells)


def test_a_declared_sign_is_held_against_the_column() -> None:
    assert number_format.infer(["104.325"], ",").decimal == ","
    assert number_format.infer(["104.325"], ".").decimal == "."
    with pytest.raises(number_format.Undeclared, match="has another format"):
        number_format.infer(["1.234,5"], ".")
    with pytest.raises(number_format.Undeclared):
        number_format.infer(["157,524"], usual_comma="unclear")
