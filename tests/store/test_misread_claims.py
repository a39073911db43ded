"""Claims that were once misread with confidence: true ones are never called wrong, false ones never right."""

from __future__ import annotations

import json

import pytest

from trade.measures.claims import CANNOT, CLOSE_TO, OTHER, RIGHT, UNCLEAR, WRONG, check, wording
from trade.store import Store

CAREFUL = (UNCLEAR, CANNOT)
TRUE = (RIGHT, CLOSE_TO, OTHER, *CAREFUL)
FALSE = (WRONG, *CAREFUL)

SETTLED = [
    # what stands before a flow says only of which kind
    ("2025年中国货物贸易出口45.47万亿元", WRONG), ("2025年货物贸易出口增长3.8%", WRONG),
    ("2025年中国货物贸易出口26.99万亿元", RIGHT), ("2025年外贸出口26.99万亿元", RIGHT), ("2025年对外贸易出口26.99万亿元", RIGHT),
    ("2025年贸易出口额26.99万亿元", RIGHT), ("2025年，外贸进口18.48万亿元", RIGHT), ("2025年对美货物贸易出口下降19.5%", RIGHT),
    ("China's foreign trade exports were 45.47 trillion yuan in 2025", WRONG),
    ("China's foreign trade exports were 26.99 trillion yuan in 2025", RIGHT),
    # a plus sign
    ("Exports +6.1% in 2025", RIGHT), ("Exports to Vietnam: +23.1% in 2025", RIGHT), ("Exports to the US +19.5% in 2025", WRONG),
    # one denial
    ("Neither exports nor imports rose in 2025", WRONG),
    # a rate that moves
    ("Export growth fell to 5.5% in 2025 in dollars", RIGHT), ("Growth in exports fell to 6.1% in 2025", RIGHT),
    ("Export growth dropped to 23.9% in July 2026 in dollars", RIGHT), ("2026年7月出口增速降至23.9%（美元计）", RIGHT),
    ("2025年出口增速下降至6.1%", RIGHT), ("2025年出口增速回落至9%", WRONG),
    # the slower of two
    ("Exports to ASEAN grew more slowly than exports to the EU in 2025", WRONG),
    ("Exports to the EU grew more slowly than exports to ASEAN in 2025", RIGHT),
    # each flow by itself
    ("Both exports and imports rose in October 2025", WRONG), ("Exports and imports rose in 2025", RIGHT),
    # Taiwan, and the Central African Republic
    ("2025年大陆对台出口增长11.8%", RIGHT), ("2025年对台进口增长6.5%", RIGHT), ("2025年对台湾出口增长11.8%", RIGHT),
    ("2025年中国对中非共和国出口增长26.5%", WRONG),
    # shares and contributions whose subject is the partner
    ("2025年美国占中国出口比重下降3.5个百分点", RIGHT), ("2025年东盟占中国出口的比重上升1.2个百分点", RIGHT),
    ("ASEAN contributed 2.3 percentage points to China's export growth in 2025", RIGHT),
    ("2025年东盟拉动中国出口增长2.3个百分点", RIGHT),
    ("The US share of China's exports dropped below 12% in 2025", RIGHT),
    ("The US share of China's exports fell below 10% in 2025", WRONG),
    ("ASEAN's share of China's exports rose above 17% in 2025", RIGHT),
    # whose trade it is
    ("China's US exports fell 19.5% in 2025", RIGHT), ("China's Vietnam exports rose 23.1% in 2025", RIGHT),
    ("China's Dutch exports were worth $20 billion in 2025", WRONG), ("China's Dutch exports were worth $94 billion in 2025", RIGHT),
    # counts of goods
    ("China exported 248 million computers in 2025", RIGHT), ("China exported nearly 60 million air conditioners in 2025", RIGHT),
    ("China exported 9 billion pairs of shoes in 2025", RIGHT), ("2025年出口锂电池46.8亿只", RIGHT),
    ("China exported about 13.5 billion solar cells in 2025", RIGHT),
    # each of several goods, each of several places
    ("Exports of cars and toys rose in 2025", WRONG), ("Exports of cars, chips and ships all rose in 2025", RIGHT),
    ("2025年手机、汽车出口双双下降", WRONG), ("Exports to Vietnam, India and Germany rose in 2025", RIGHT),
    # months together
    ("Exports in the seven months to July 2026 rose 14%", RIGHT), ("Exports in the nine months to September 2025 rose 7.1%", RIGHT),
    ("Exports in the three months to June 2026 were 7.89 trillion yuan", RIGHT), ("2026年4—6月出口7.89万亿元", RIGHT),
    ("2025年中国出口额比2009年翻了一番多", RIGHT), ("China's exports rose 6,1% in 2025", RIGHT),
    ("2025年俄罗斯对华出口1247亿美元", RIGHT), ("2025年来自美国的进口下降14.1%", RIGHT), ("2025年对美出口降幅超过15%", RIGHT),
    ("2026年Q2出口7.89万亿元", RIGHT), ("2025年对RCEP成员国出口增长9.8%", RIGHT), ("2025年进出口连续九年增长", RIGHT),
    # a rate that slows, a balance without a number, months of a quarter
    ("Export growth slowed to 5.5% in 2025 from 5.9% in 2024 in dollar terms", RIGHT), ("2025年出口增速放缓至6.1%", RIGHT),
    ("China's trade with Brazil was in deficit in 2025", RIGHT), ("China ran a surplus with Brazil in 2025", WRONG),
    ("2025年中国对韩国存在贸易逆差", RIGHT), ("Exports in April–June 2026 were 7.89 trillion yuan", RIGHT),
    ("2025年首季出口增长6.9%", RIGHT), ("Exports to EU27 rose 9% in 2025", RIGHT),
    ("2025年中國對美國出口下降19.5%", RIGHT), ("2025年中國對美國出口增長19.5%", WRONG),
    # the day of a release is no number
    ("7月9日公布的数据显示，2026年7月出口增长23.9%（美元计）", RIGHT), ("海关总署1月14日发布数据显示，2025年出口增长16.1%", WRONG),
    ("China's surplus rose in the first seven months of 2026 in yuan", WRONG),
    # numbers with blanks, apostrophes and decimal commas, and of several parts
    ("China's exports reached 26 990 billion yuan in 2025", RIGHT), ("China's exports reached 26'990 billion yuan in 2025", RIGHT),
    ("China's exports reached 36 990 billion yuan in 2025", WRONG), ("China's exports reached 3,77 trillion dollars in 2025", RIGHT),
    ("China's exports reached three trillion seven hundred seventy billion dollars in 2025", RIGHT),
    ("China's exports reached $3 trillion 770 billion in 2025", RIGHT), ("China's exports reached 3 trillion 170 billion dollars in 2025", WRONG),
    ("2025年中国出口3万7700亿美元", RIGHT), ("2025年中国出口26万9900亿元", RIGHT), ("2025年中国出口二十六万九千九百亿元", RIGHT),
    ("2025年进出口45万亿4700亿元", RIGHT), ("2025年进出口35万亿4700亿元", WRONG),
    ("Six in ten dollars of exports were mechanical and electrical products in 2025", RIGHT),
    ("Four in ten dollars of exports were mechanical and electrical products in 2025", WRONG),
    ("China's exports to the Republic of the Congo rose in 2025", RIGHT), ("China's exports to DR Congo rose in 2025", RIGHT),
    # signs of size
    ("Exports rose >6% in 2025 in yuan", RIGHT), ("Exports rose <7% in 2025 in yuan", RIGHT), ("Exports rose >9% in 2025 in yuan", WRONG),
    ("Exports rose ≥9% in 2025 in yuan", WRONG), ("Exports rose <5% in 2025 in yuan", WRONG), ("2025年出口增长＞9%（人民币计）", WRONG),
    ("Exports rose ≈6% in 2025 in yuan", RIGHT), ("Exports fell -6.1% in 2025", WRONG),
    # a line that is not passed
    ("China's exports did not exceed 27 trillion yuan in 2025", RIGHT), ("China's exports did not exceed 26 trillion yuan in 2025", WRONG),
    ("2025年出口未超过27万亿元", RIGHT), ("2025年出口没有超过26万亿元", WRONG), ("China's exports rose 6.1% during 2025", RIGHT),
    ("Growth of exports slowed to 6.1% in 2025 from 7.1% in 2024", RIGHT), ("Growth of exports accelerated to 6.1% in 2025 from 7.1% in 2024", UNCLEAR),
    ("China's exports rose 7.1% vs 2023", WRONG),
    # a share over several years is compared with its first year
    ("The share of China's exports going to the US fell by 8.2 percentage points between 2018 and 2025", RIGHT),
    ("2025年美国占中国出口的11.1%，较2018年下降3.6个百分点", CANNOT),
    ("ASEAN's share of China's exports rose by 5.1 points between 2017 and 2025", RIGHT),
    # a span of time is no money, and a number beside a count of goods is not either
    ("Exports fell in 2023 for the first time in seven years in dollar terms", UNCLEAR),
    ("China sold 8.3 million cars abroad in 2025, 1.9 million more than in 2024", UNCLEAR),
    # many are counted, not valued
    ("China exported seventeen times as many cars as it imported in 2025", RIGHT),
    ("China exported six times as many cars as it imported in 2025", WRONG),
    ("China imported twice as many chips by value as it exported in 2025", RIGHT),
    # a place that is lost
    ("The US lost its place as China's largest single export market in 2025", WRONG),
    ("The US did not lose its place as China's largest single export market in 2025", RIGHT),
    ("The US slipped from the top spot among China's export markets in 2025", UNCLEAR),
    ("Thailand climbed to ninth among China's export markets in 2025", RIGHT),
    # nearly a number is less than one of its last digit below it
    ("去年中国出口总额近29万亿元人民币", WRONG), ("去年中国出口总额近27万亿元人民币", RIGHT),
    ("China's surplus was almost $1.3 trillion in 2025", WRONG), ("China's surplus was almost $1.2 trillion in 2025", RIGHT),
    ("China exported nearly 60 million air conditioners in 2025", RIGHT),
    # 3.77 is no more than close to 4, although it is 4 when rounded
    ("China's exports were nearly $4 trillion in 2025", CLOSE_TO), ("China's exports were nearly $3.8 trillion in 2025", RIGHT),
    # the press misprinted 3.59 of 2022 as 3.95; the data have that year as revised only
    ("China's exports were $3.95 trillion in 2022", WRONG), ("China's exports were $3.54 trillion in 2022", RIGHT),
    ("China's exports were $3.59 trillion in 2022", CANNOT), ("China's total trade was $6.48 trillion in 2025", WRONG),
    ("China's trade was 23.64 trillion yuan in 2011", RIGHT),
    # two ranks are two claims: Germany was eighth in 2024 and seventh in 2025, Vietnam third in both
    ("Germany was China's seventh-largest export market in 2025, up from eighth in 2024", RIGHT),
    ("Germany was China's seventh-largest export market in 2025, up from ninth in 2024", WRONG),
    ("Vietnam was China's third-largest export market in 2025, up from fourth in 2024", WRONG),
    ("In 2025 Vietnam was the third largest market for Chinese exports, compared with ninth in 2024", WRONG),
    ("Germany rose from eighth to seventh among China's export markets in 2025", RIGHT),
    ("Vietnam rose from fourth to third among China's export markets in 2025", UNCLEAR),
    ("2025年越南是中国第三大出口市场，上年为第九", UNCLEAR),
    # a direction that is right in a degree that is not: -19.5%, +0.5% and +26.5%
    ("China's exports to the US fell slightly in 2025", UNCLEAR), ("China's imports soared in yuan in 2025", UNCLEAR),
    ("2025年中国对美出口略有下降", UNCLEAR), ("2025年中国进口大幅增长", UNCLEAR), ("China's exports to Africa surged in 2025", RIGHT),
    ("China's imports edged up in yuan in 2025", RIGHT), ("China's exports to the US plunged in 2025", RIGHT),
    ("China's exports have yet to exceed $3 trillion in 2025", WRONG), ("China's exports are about to exceed $3 trillion in 2025", CANNOT),
    # `only` says that no other did; every month is not the year
    ("Only exports to the US fell in 2025", UNCLEAR), ("2025年仅对美出口下降", UNCLEAR), ("Exports rose in all months of 2025", CANNOT),
    ("Not only exports but also imports rose in yuan in 2025", RIGHT), ("2025年不仅出口增长，进口也增长", RIGHT),
    ("Imports rose only 0.5% in yuan in 2025", RIGHT),
    ("Japan ranked behind only the US among China's export markets in 2025", UNCLEAR),
    ("China's exports to Japan trailed only those to the US in 2025", UNCLEAR),
    ("China's exports to Japan trailed those to the US in 2025", RIGHT),
]  # fmt: skip

GUARDED = [
    # a figure spread over time is no figure of the period
    ("China's exports were worth $3.77 trillion a month in 2025", CAREFUL), ("Monthly exports were $3.77 trillion in 2025", CAREFUL),
    ("2025年中国每月出口3.77万亿美元", CAREFUL), ("2025年中国单月出口3.77万亿美元", CAREFUL),
    ("Exports to the US stood at roughly $35 billion a month in 2025", CAREFUL),
    ("China's exports were worth about $10 billion a day in 2025", CAREFUL), ("Exports grew 6% a year since 2019", CAREFUL),
    ("Exports slowed in 2025", CAREFUL), ("Exports rose 5% from June to July 2026", CAREFUL),
    # one statement of several goods
    ("2025年出口增速比上年加快", CAREFUL), ("2025年机电产品出口增长9%，低于出口整体增速", (RIGHT, *CAREFUL)),
    ("Exports of phones and cars fell 9% in 2025", CAREFUL), ("Exports of cars and toys were worth 1.02 trillion yuan in 2025", CAREFUL),
    ("Imports of soybean oil fell 3.9% in 2025", CAREFUL), ("2025年汽车芯片进口增长10.7%", CAREFUL),
    # all but one, and no one in particular
    ("2025年对美国以外市场出口增长", CAREFUL), ("2025年对东盟以外地区出口增长4.5%", CAREFUL), ("2025年对非美市场出口增长", CAREFUL),
    ("Exports to the bloc rose 9% in 2025", CAREFUL), ("2025年对该国出口下降19.5%", CAREFUL),
    ("Greater China's exports rose 10% in 2025", CAREFUL), ("Exports to New Mexico rose in 2025", CAREFUL),
    ("Neither exports nor imports fell in 2025", TRUE),
    # true, and said from the other side or half understood
    ("Exports of US goods to China fell 14.1% in 2025", TRUE), ("Goods sold to China by the US fell 14.1% in 2025", TRUE),
    ("2025年出口到中国的美国商品下降14.1%", TRUE), ("Exports barely grew to Malaysia in 2025", TRUE),
    ("The decline in exports to the US widened to 19.5% in 2025", TRUE),
    ("Export growth eased to 23.9% in July 2026 from 26.9% in June 2026 in dollars", TRUE),
    ("Exports of computer chips rose 27.4% in 2025", TRUE), ("Exports in the twelve months to July 2026 were over $4 trillion", TRUE),
    ("2025年原油进口量价：量增4.4%、值降8.3%", TRUE), ("ASEAN contributed more than the US to China's export growth in 2025", TRUE),
    # goods by partner, no country at all, a year that ends in another month or in the next year
    ("China sold more cars to Russia than to Mexico in 2025", CAREFUL), ("2025年中国向俄罗斯出口的汽车多于墨西哥", CAREFUL),
    ("China bought more oil from Russia than from Saudi Arabia in 2025", CAREFUL),
    ("No country sold more to China than South Korea in 2025", FALSE), ("No country bought more from China than the US in 2025", TRUE),
    ("China's exports rose 23.9% in the year to July 2026 in dollars", TRUE), ("China's exports rose 14% in the year to July 2026", TRUE),
    ("截至2026年7月的一年出口增长23.9%", CAREFUL), ("China's exports rose 6.1% in 2024-25", TRUE),
    ("Exports rose 6±1% in 2025", CAREFUL), ("Exports rose -6.1% in 2025", CAREFUL),
    # one flow against the other, a share that halves, the largest change, each member of a group, two countries of a name
    ("Exports were 46% higher than imports in 2025", TRUE), ("Imports were 32% below exports in 2025", TRUE),
    ("The US share of China's exports halved since 2018", CAREFUL), ("Exports to Russia fell the most in 2025", CAREFUL),
    ("Exports to Russia saw the largest decline in 2025", CAREFUL), ("Exports to Africa grew most in 2025", CAREFUL),
    ("2025年对俄出口降幅最大", CAREFUL), ("2025年对美出口降幅最大", CAREFUL), ("The US was China's most important export market in 2025", TRUE),
    ("Exports to all ASEAN members rose in 2025", CAREFUL), ("Exports to most of ASEAN rose in 2025", CAREFUL),
    ("Exports to ASEAN countries rose 14% in 2025", TRUE), ("China's exports to Congo rose in 2025", CAREFUL), ("2025年对刚果出口增长", CAREFUL),
    ("Exports were $99999999999999999999999999 trillion in 2025", FALSE), ("2025年出口100000000000000000000000000000万亿元", FALSE),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), SETTLED)
def test_what_was_misread_is_judged(real: Store, text: str, code: str) -> None:
    assert check(real, text).code == code


@pytest.mark.parametrize(("text", "codes"), GUARDED)
def test_what_is_not_sure_is_not_judged_with_confidence(real: Store, text: str, codes: tuple[str, ...]) -> None:
    assert {verdict.code for verdict in check(real, text).verdicts} <= set(codes)


@pytest.mark.parametrize(("lang", "words"), [("en", "May\u2009–\u2009July 2026"), ("zh", "2026年5月至7月")])
def test_months_together_are_named_in_the_answer(real: Store, lang: str, words: str) -> None:
    answer = wording.as_dict(real, check(real, "Exports rose 14.8% in the three months to July 2026"), lang)
    assert words in json.dumps(answer, ensure_ascii=False, default=str)
