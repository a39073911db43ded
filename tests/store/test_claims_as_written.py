"""True claims in the words of journalists and officials are judged; every figure is one of the bundled customs tables."""

from __future__ import annotations

from typing import Any

import pytest

from trade.measures.claims import RIGHT, UNCLEAR, WRONG, check, wording
from trade.measures.claims.parsing.numbers import quantities
from trade.measures.claims.parsing.periods import Clock, periods
from trade.store import Store

CLOCK = Clock(2026, 8)


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        ("between 5 and 6 per cent", 5, 6, "percent"), ("5 to 6 per cent", 5, 6, "percent"), ("5%至6%", 5, 6, "percent"),
        ("5%-6%", 5, 6, "percent"), ("$20-30 billion", 20e9, 30e9, "number"), ("between $20 and $30 billion", 20e9, 30e9, "number"),
        ("45万亿元至46万亿元", 45e12, 46e12, "number"), ("800多万辆", 8e6, 9e6, "number"), ("832万余辆", 832e4, 833e4, "number"),
        ("double-digit growth", 10, 100, "percent"), ("两位数增长", 10, 100, "percent"), ("1倍多", 1, 2, "times"),
    ],
)  # fmt: skip
def test_a_range_is_one_number(text: str, low: float, high: float, kind: str) -> None:
    quantity, *others = quantities(text)
    assert (quantity.value, quantity.top, quantity.kind) == (pytest.approx(low), pytest.approx(high), kind)
    assert not others


@pytest.mark.parametrize("text", ["from 5% to 6%", "由5%至6%", "5% and 6%", "5 to 6", "6% to 5%"])
def test_two_numbers_that_are_no_range_stay_two(text: str) -> None:
    assert [quantity.top for quantity in quantities(text)] == [None, None]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("百分之六点一", 6.1, "percent"), ("六点一个百分点", 6.1, "points"), ("九千三百二十亿元", 9320e8, "number"),
        ("二点五倍", 2.5, "times"), ("three times", 3, "times"), ("twice", 2, "times"), ("1.46倍", 1.46, "times"),
        ("$3.77 thousand billion", 3.77e12, "number"), ("3.5 points to 11.1%", 3.5, "points"),
    ],
)  # fmt: skip
def test_a_number_in_words_is_read(text: str, value: float, kind: str) -> None:
    quantity = next(quantities(text))
    assert (quantity.value, quantity.kind) == (pytest.approx(value), kind)


@pytest.mark.parametrize(
    ("text", "freq", "code"),
    [
        ("FY2025", "A", "2025"), ("FY25", "A", "2025"), ("in '25", "A", "2025"), ("前年", "A", "2024"),
        ("3Q25", "Q", "2025-Q3"), ("Q3 25", "Q", "2025-Q3"), ("Q3'25", "Q", "2025-Q3"), ("last quarter", "Q", "2026-Q2"),
        ("the June quarter of 2026", "Q", "2026-Q2"), ("1H26", "YTD", "2026-06"), ("H1 26", "YTD", "2026-06"),
        ("2025H1", "YTD", "2025-06"), ("2025上半年", "YTD", "2025-06"), ("9M25", "YTD", "2025-09"), ("首八月", "YTD", "2026-08"),
        ("2026/07", "M", "2026-07"), ("07/2026", "M", "2026-07"), ("Jul-26", "M", "2026-07"),
        ("H1 20 billion", "YTD", "2026-06"), ("Q2 25 per cent", "Q", "2026-Q2"),
    ],
)  # fmt: skip
def test_a_short_period_is_read(text: str, freq: str, code: str) -> None:
    period = next(periods(text, CLOCK))
    assert (period.freq, period.code) == (freq, code)


@pytest.mark.parametrize("text", ["rose from last month", "较上月", "比上季度"])
def test_what_something_is_compared_with_is_not_its_period(text: str) -> None:
    assert not list(periods(text, CLOCK))


RANGES = [
    ("China's exports grew somewhere between 5% and 6% in dollar terms last year", RIGHT),
    ("Exports to Africa were up 26-27% in 2025", RIGHT), ("Exports to Africa were up 20-25% in yuan in 2025", WRONG),
    ("China's trade surplus came in at $1.15-1.2 trillion in 2025", RIGHT),
    ("China's trade surplus came in at $1.0-1.1 trillion in 2025", WRONG),
    ("2025年中国出口增长6%至7%", RIGHT), ("2025年中国出口增长7%至8%", WRONG), ("2025年对东盟出口增幅在13%—15%之间", RIGHT),
    ("2025年我国进出口总值在45万亿元至46万亿元之间", RIGHT), ("2025年中国出口手机7.5亿多台", RIGHT),
    ("2025年汽车出口832万余辆", RIGHT), ("2025年汽车出口900多万辆", WRONG),
    ("China's exports rose by double digits in the first eight months of 2026", RIGHT),
    ("China's exports rose by double digits in 2025", WRONG), ("2026年前7个月出口实现两位数增长", RIGHT),
    ("2025年出口实现两位数增长", WRONG), ("2025年中国出口26万多亿元", RIGHT), ("2025年对美出口4万多亿元", WRONG),
    ("2025年对美出口四千多亿美元", RIGHT), ("2025年对美出口三千多亿美元", WRONG),
]  # fmt: skip

MULTIPLES = [
    ("China's exports to ASEAN were more than four times its exports to Japan in 2025", RIGHT),
    ("China's exports to ASEAN were more than five times its exports to Japan in 2025", WRONG),
    ("China exported more than twice as much to Vietnam as to Indonesia in 2025", RIGHT),
    ("China exported three times as much to Vietnam as to Indonesia in 2025", WRONG),
    ("2025年中国对东盟出口约为对日本出口的4.2倍", RIGHT), ("2025年中国对东盟出口约为对日本出口的3.2倍", WRONG),
    ("2025年中国对美国出口是自美国进口的3倍", RIGHT), ("2025年出口额是进口额的1.46倍", RIGHT), ("2025年出口额是进口额的1.86倍", WRONG),
    ("2025年中国出口是2009年的三倍多", RIGHT), ("China's exports in 2025 were three times those of 2009 in dollars", RIGHT),
    ("China's exports in 2025 were four times those of 2009 in dollars", WRONG),
    ("China's chip imports were twice its chip exports in 2025", RIGHT), ("2026年7月集成电路出口额增长1倍多", RIGHT),
    ("China's imports from the US were a third of its exports to the US in 2025", RIGHT), ("2025年进口是出口的一半", WRONG),
    ("China exported about one and a half times as much as it imported in 2025", RIGHT), ("Imports were double exports in 2025", WRONG),
    ("2025年对德国出口相当于对美国出口的28%", RIGHT), ("2025年对德国出口相当于对美国出口的48%", WRONG),
    # a rise of three times may be to three times, or by three times
    ("China's exports rose three times from 2009 to 2025", UNCLEAR),
]  # fmt: skip

COMPARISONS = [
    ("Exports to the EU grew 5 percentage points less than exports to ASEAN in 2025", RIGHT),
    ("Export growth to Africa was 12.5 percentage points higher than to ASEAN in 2025", RIGHT),
    ("Export growth to Africa was 8 percentage points higher than to ASEAN in 2025", WRONG),
    ("China's exports grew 5.6 percentage points faster than its imports in 2025 in yuan", RIGHT),
    ("2025年出口增速比进口增速高5.6个百分点", RIGHT), ("2025年出口增速比进口增速高3.6个百分点", WRONG),
    ("2025年对非洲出口增速高于对东盟出口增速", RIGHT), ("2025年对欧盟出口增速高于对东盟出口增速", WRONG),
    ("2025年对越南出口比对日本出口多", RIGHT), ("2025年对越南出口比对日本出口少", WRONG),
    ("2025年对美顺差比对欧盟顺差大", WRONG), ("2025年对欧盟顺差比对美顺差大", RIGHT),
    ("2025年对欧盟出口比对美国出口多1万亿元", RIGHT), ("2025年对欧盟出口比对美国出口多2万亿元", WRONG),
    ("Exports to the EU exceeded exports to the US by about 1 trillion yuan in 2025", RIGHT),
    ("2025年出口高于2024年", RIGHT), ("2025年出口低于2024年", WRONG), ("Exports in 2025 exceeded those in 2024", RIGHT),
    ("Imports grew faster than exports in the first seven months of 2026", RIGHT), ("2025年进口增速快于出口", WRONG),
    ("Exports to Taiwan grew faster than imports from Taiwan in 2025", RIGHT), ("Exports in 2025 were 57% above their 2019 level", RIGHT),
    ("China's deficit with Brazil was larger than its deficit with Taiwan in 2025", WRONG),
    ("2025年中国出口额较2020年增加9万亿元", RIGHT), ("2025年中国出口额较2020年增加7万亿元", WRONG),
    ("China's exports to Africa grew nearly twice as fast as those to ASEAN in 2025", RIGHT),
    ("China's exports to Africa grew three times as fast as those to ASEAN in 2025", WRONG),
    ("The EU's share of China's exports was 3.7 percentage points larger than the US share in 2025", RIGHT),
    ("China's exports to Vietnam were 26% higher than to Japan in 2025", RIGHT),
    ("China's exports to Vietnam were 46% higher than to Japan in 2025", WRONG),
    ("2025年中国对欧盟出口比对美国出口高出三分之一", RIGHT), ("2025年中国对欧盟出口比对美国出口高出一倍", WRONG),
    ("2025年中国汽车出口量约为进口量的17倍", RIGHT), ("2026年上半年我国进口增速比出口增速快8.7个百分点", RIGHT),
    ("2026年上半年我国进口增速比出口增速快3.7个百分点", WRONG), ("2025年中日贸易额高于中韩贸易额", WRONG),
    ("Exports in Q4 2025 were higher than in Q3 2025 in yuan", RIGHT), ("2026年7月出口高于6月", WRONG),
    ("China's imports of chips exceeded its exports of them in 2025", RIGHT),
    ("The surplus in 2025 was smaller than in 2024", UNCLEAR), ("2025年贸易顺差低于2024年", WRONG),
    # faster than what?
    ("Exports rose faster in 2025", UNCLEAR),
]  # fmt: skip

PACES = [
    ("Export growth slowed in 2025", RIGHT), ("2025年出口增速回落1个百分点", RIGHT), ("2025年出口增速上升1个百分点", WRONG),
    ("Export growth moderated to 23.9% in July 2026 in dollars", RIGHT), ("2026年8月出口增速加快至25%（美元计）", RIGHT),
    ("以美元计价，2026年7月份出口同比增长23.9%，增速较上月回落3个百分点", RIGHT),
    # the number is right, the way there is not
    ("Export growth quickened to 23.9% in July 2026 in dollars", UNCLEAR), ("2026年6月出口增速放缓至26.9%（美元计）", UNCLEAR),
]  # fmt: skip

FORMER = [
    ("China's surplus rose to almost $1.2 trillion in 2025, up from under $1 trillion a year before", RIGHT),
    ("The share of the US in China's exports shrank from 14.7% to 11.1% in 2025", RIGHT),
    ("2025年对美出口从2024年的3.73万亿元降至3.01万亿元", RIGHT), ("2025年对美出口从2024年的3.01万亿元增至3.73万亿元", WRONG),
    ("2025年美国占中国出口的比重由上年的14.7%降至11.1%", RIGHT), ("2025年美国占中国出口的比重由上年的24.7%降至11.1%", WRONG),
    ("2025年出口增速由上年的7.1%回落至6.1%", RIGHT), ("2025年中国出口由2019年的17.23万亿元增至26.99万亿元", RIGHT),
    ("2025年出口增速由2024年的7.1%放缓至6.1%", RIGHT), ("2025年出口增速由2024年的5.1%加快至6.1%", WRONG),
    ("Export growth in 2025 was lower than in 2024", RIGHT), ("2025年出口增速低于2024年1个百分点", RIGHT),
    # the time of the former number is not said
    ("Exports to the US fell to 3.01 trillion yuan in 2025 from 4.73 trillion yuan", UNCLEAR),
]  # fmt: skip

RUNS = [
    ("Exports rose for the tenth month in a row in August 2026", RIGHT), ("Exports have grown for ten consecutive months", RIGHT),
    ("2026年8月出口连续十个月增长", RIGHT), ("2026年8月出口连续十二个月增长（美元计）", WRONG),
    ("Exports to the US fell for the ninth month in a row in December 2025", RIGHT),
    ("Exports fell for the third month in a row in August 2026", WRONG),
]  # fmt: skip

RANKS = [
    ("Nigeria was China's No. 1 export market in Africa in 2025", RIGHT), ("Egypt was China's largest trading partner in Africa in 2025", WRONG),
    ("South Africa is China's largest trading partner in Africa", RIGHT), ("Germany was China's biggest EU partner in 2025", RIGHT),
    ("Malaysia ranked second among China's trading partners in ASEAN in 2025", RIGHT),
    ("2025年墨西哥是中国在拉美的第一大出口市场", RIGHT), ("2025年巴西是中国在拉美的第一大出口市场", WRONG),
    ("2025年尼日利亚是中国在非洲的第一大出口目的地", RIGHT), ("2025年哈萨克斯坦是中国在中亚的最大贸易伙伴", RIGHT),
    ("The Netherlands is China's largest trading partner in the EU", WRONG),
]  # fmt: skip

CARRIED_ON = [
    ("Exports to ASEAN jumped 14% in 2025, to Africa 26.5% and to Latin America 8%", RIGHT),
    ("Exports to ASEAN jumped 14% in 2025, to Africa 16.5%", WRONG), ("2025年对东盟出口增长14%，对欧盟9%", RIGHT),
    ("Toy exports fell 12.1% and furniture exports 5.6% in 2025", RIGHT),
    ("2025年中国对韩国出口下降0.6%，自其进口增长3.6%", RIGHT), ("2025年中国对韩国出口下降0.6%，自其进口增长13.6%", WRONG),
    ("China's exports to Japan rose 4.1% in 2025 and its imports from the country rose 6.1%", RIGHT),
    ("Exports to the US fell 20% in 2025 and imports from it fell 14%", RIGHT), ("2025年对美出口跌近20%，进口跌14.1%", RIGHT),
    ("2025年中国对非洲、拉美出口分别增长26.5%、8%", RIGHT), ("2024年和2025年出口分别增长7.1%和6.1%", RIGHT),
    ("2024年和2025年出口分别增长6.1%和7.1%", WRONG), ("Exports rose rather than fell in 2025", RIGHT),
    ("Exports to Vietnam and Thailand both rose more than 20% in 2025", RIGHT),
    ("Exports to Vietnam and Malaysia both rose more than 20% in 2025", WRONG),
    ("2025年对越南、泰国出口均增长超过20%", RIGHT), ("China's August exports +25% in dollar terms vs +23.9% in July", RIGHT),
    ("China's August exports +23.9% in dollar terms vs +25% in July", WRONG), ("China shipped 4.68 billion in 2025", UNCLEAR),
    ("Exports to Japan rose 4.1% in 2025 and imports from it 6.1%", RIGHT),
    ("Exports to Japan rose 4.1% in 2025 and imports from it 16.1%", WRONG),
    ("Far from falling, exports rose 6.1% in 2025", RIGHT), ("Exports fell rather than rose in 2025", WRONG),
    ("Of China's exports in 2025, 17.6% went to ASEAN", RIGHT), ("Of China's exports in 2025, 17.6% went to Africa", WRONG),
    ("ASEAN added 2.3 percentage points to China's export growth in 2025", RIGHT),
    ("The US subtracted 2.9 percentage points from China's export growth in 2025", RIGHT),
    ("2025年美国拖累中国出口2.9个百分点", RIGHT), ("2025年对美出口占比为11.1%，较上年下降3.5个百分点", RIGHT),
    ("2025年对美出口占比为11.1%，较上年下降1.5个百分点", WRONG),
    ("Growth of exports to ASEAN contributed 2.3 points to overall export growth in 2025", RIGHT),
    ("China's trade with Africa rose 18.4% in 2025, with exports up 26.5% and imports up 6%", RIGHT),
    ("Crude imports rose 4.4% to 578 million tonnes in 2025, though their value fell 8.3%", RIGHT),
    ("Exports in the first seven months of 2026 rose 14% compared with last year", RIGHT), ("2025年对美出口+19.5%", WRONG),
    ("2025年对东盟、欧盟、非洲出口依次增长14%、9%、26.5%", RIGHT), ("2025年出口增速比上年回落", RIGHT),
    ("Exports rose 13.4% in H1 2026 in yuan, more than double the 6.1% of 2025", UNCLEAR),
    ("Didn't exports fall in 2025?", UNCLEAR), ("China's exports to the 27 EU members rose 9% in 2025", RIGHT),
]  # fmt: skip

NAMES = [
    ("2025年中马贸易额13718亿元", RIGHT), ("2025年对意出口增长11.5%", RIGHT), ("2025年我对非出口同比大增26.5%", RIGHT),
    ("2025年两岸贸易额3143亿美元", RIGHT), ("US-bound shipments fell 20% in dollars in 2025", RIGHT),
    ("China exported 119 Mt of steel in 2025", RIGHT), ("China imported 478 Mt of crude oil in 2025", WRONG),
    ("2025年电动乘用车出口385万辆，增长72%", RIGHT), ("China exported 5.85 million electric passenger cars in 2025", WRONG),
    ("2025年贸易顺差首次突破万亿美元大关", RIGHT), ("2025年对新西兰出口增长4.8%", RIGHT), ("2025年对巴西出口下降0.1%", RIGHT),
    ("2025年中国商品输美下降19.5%", RIGHT), ("中国去年外贸顺差首破一万亿美元", RIGHT), ("2025年机电产品占出口的比重过半", RIGHT),
    ("China had a negative trade balance with Chile in 2025", RIGHT), ("China spent more on crude oil than on chips in 2025", WRONG),
    ("Exports of vehicles reached 8.32 million in 2025", RIGHT), ("Exports of vehicles reached 9.32 million in 2025", WRONG),
    # pieces, or money in a currency that is not said?
    ("Chip exports reached 349 billion in 2025", UNCLEAR),
    # who is meant?
    ("2025年对新出口增长5.2%", UNCLEAR), ("Exports to the giant rose 9% in 2025", UNCLEAR), ("2025年对各国出口增长9%", UNCLEAR),
]  # fmt: skip


# True, and counted another way than the store counts: never called wrong
TRUE_OTHERWISE = [
    "2025年高技术产品拉动中国出口增长2.4个百分点", "High-tech products made up 18.2 % of China's exports in 2024",
    "High-tech products made 45.4 % of the growth of China's imports and exports in January to July 2025",
    "China's goods trade of 2021 to 2025 came to more than 200 trillion yuan", "2021至2025年中国货物贸易累计超过200万亿元",
    "2000至2023年中非贸易年均增长17.2%",
]  # fmt: skip


@pytest.mark.parametrize("text", TRUE_OTHERWISE)
def test_what_the_store_counts_otherwise_is_never_called_wrong(real: Store, text: str) -> None:
    assert check(real, text).code != WRONG


@pytest.mark.parametrize(
    ("text", "code"),
    [*RANGES, *MULTIPLES, *COMPARISONS, *PACES, *FORMER, *RUNS, *RANKS, *CARRIED_ON, *NAMES],
    ids=lambda one: str(one),
)
def test_a_claim_as_it_is_written_is_judged(real: Store, text: str, code: str) -> None:
    assert check(real, text).code == code


@pytest.mark.parametrize(
    ("claim", "lang", "words"),
    [
        ("Exports in 2025 rose between 5 and 6 per cent in dollars", "en", ("between 5 and 6 per cent", "rose 5.5%")),
        ("China's exports grew 5.6 percentage points faster than its imports in 2025 in yuan", "en", ("growth", "against imports")),
        ("2025年墨西哥是中国在拉美的第一大出口市场", "zh", ("拉丁美洲之内", "在拉丁美洲内居中国出口市场第1位")),
        ("2025年出口高于2024年", "zh", ("相比2024年",)),
        ("Exports rose for the tenth month in a row in August 2026", "en", ("grown for 10 months in a row by August 2026",)),
    ],
)  # fmt: skip
def test_the_reading_says_what_was_compared(real: Store, claim: str, lang: str, words: tuple[str, ...]) -> None:
    answer: dict[str, Any] = wording.as_dict(real, check(real, claim), lang)
    text = " · ".join((*answer["reading"]["words"], answer["sentence"]))
    assert all(word in text for word in words), text


def test_a_country_may_be_either_of_two(real: Store) -> None:
    """中巴 is trade with Brazil or with Pakistan; it was read as Brazil."""
    assert "ambiguous" in check(real, "2025年中巴贸易额1.35万亿元").verdicts[0].missing
