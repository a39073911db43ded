"""Detect titles of tables that cover part of China's trade: one partner, province, regime or kind of enterprise.

Such a table has the layout and names of a table of all trade, and also adds up: only its title shows the difference.
"""

from __future__ import annotations

import re

from trade.sources.text_folding import plain

_PLACES = (
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆"
    "|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|深圳|大连|青岛|宁波|厦门|广州|南京|杭州|苏州|东莞|黄埔|拱北"
    "|beijing|tianjin|hebei|shanxi|liaoning|jilin|heilongjiang|shanghai|jiangsu|zhejiang|anhui|fujian|jiangxi|shandong"
    "|henan|hubei|hunan|guangdong|guangxi|hainan|chongqing|sichuan|guizhou|yunnan|tibet|shaanxi|gansu|qinghai|ningxia"
    "|xinjiang|shenzhen|dalian|qingdao|ningbo|xiamen|guangzhou"
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_TRADE = "(?:的)?(?:国家)?(?:商品)?(?:进出口|出口|进口|贸易)"
_PARTS = (
    rf"[对向]\s*[“\"'‘]?(?!外|我国|中国|全球|世界|各|主要|部分)(.{{1,20}}?)[”\"'’]?\s*{_TRADE}",
    r"[自从](?!贸)\s*(.{1,20}?)\s*(?:的)?进口",
    r"与\s*(?!去年|上年|比|其他|其它|主要|部分|各)([^年月,进出]{1,20}?)\s*(?:之间)?(?:的)?(?:双边)?(?:进出口|贸易(?!方式))",
    rf"({_PLACES})",
    r"([\u4e00-\u9fff]{2}(?:省|自治区|保税区|关区|口岸))",
    r"(一般贸易|加工贸易|来料加工|进料加工|边境小额贸易|跨境电商|跨境电子商务|市场采购|保税物流)",
    r"\b((?:ordinary|general|processing|border) trade)\b",
    r"((?:外商投资|外资|民营|私营|国有|集体)企业|foreign[- ]invested|private enterprises?|state[- ]owned)",
    r"(服务(?:贸易|进出口|进口|出口)|货物[和与及]服务|\b(?:trade in|export of|import of|goods (?:and|&)) services\b)",
    r"\b(services? (?:trade|exports?|imports?))\b",
    r"((?:高新技术|机电|农|农副|文化|水|水海|劳动密集型|钢铁|能源|信息技术)产品)",
    r"(稀土|钢材|原油|成品油|大豆|粮食|集成电路|铁矿砂|high[- ]tech\w*|agricultural|mechanical and electrical)",
    r"\b(?:exports?|imports?|trade|commodities|values?)\b[^,()]{0,40}?\b(?:to|from|with)\s+(?:the\s+)?"
    rf"(?!{_MONTHS}|date|month|world|all|main|major|countr|last|previous|same|quantit|\d)"
    r"(\w[\w .&-]{0,30}?)(?:\s+by\b|$|[^\w .&-])",
    r"\b((?:[\w-]+ )?(?:bonded|free[- ]trade|pilot|special supervision|special economic) (?:zone|area|port)s?)\b",
)
"""The first group of each is named in the error message."""
_OTHER_FIGURES = re.compile(
    r"预测|预计|预估|估算|季节(?:性|因素)?调整|季调|不变价|可比价|指数|增减[额值量数]|增加[额值]|增长[额值]|滚动|移动平均"
    r"|(?:十二|12)个月|日均|比重|占比|份额|单价|均价"
    r"|\b(?:forecasts?|projections?|projected|estimate[sd]?|seasonally[- ]adjusted|constant prices?|real terms"
    r"|(?:volume|price|value|quantity|unit value) ind(?:ex|ices)|(?:absolute )?changes? in|rolling|moving average"
    r"|trailing|(?:12|twelve)[- ]months?|daily averages?|shares? of|unit values?)\b"
)
"""Figures other than the values that customs count: forecasts, adjusted figures, indices, changes, sums over other
spans, shares, prices."""
_OF_ALL_TRADE = re.compile(
    "中华人民共和国|中国|我国|全国|海关|总署|统计|月报|快报|快讯|初步|主要|重点|大宗|商品|货物|进出口|出口|进口|对外|外贸"
    "|第?[一二三四]季度|[上下]半|贸易|方式|总值|总额|总量|数量|量值|价值|金额|国别|国家|地区|原产|最终|目的|人民币|美元|计价|一览|情况|数据|年度|月度"
    "|月份|当月|累计|附件|附表|续表|修订|修正|调整|更新|正式|同比|增减|增长|按|分|和|及|与|的|值|表|以|计|份|前|后|个|至|到|版|续"
)
"""Words in titles of tables of all of China's trade."""
_NAMES_TABLE = re.compile("国别|国家|总值表|量值表|金额表|贸易方式")
_WORDS = re.compile(r"[\u3400-\u9fff]+")
_LONGEST_TITLE = 60
"""Characters of a title; a longer line is a sentence of a report."""


def part_of_trade(line: str) -> str:
    """The partner, province, regime, kind of enterprise or of goods that a line names; empty if it names none."""
    words = plain(line).replace("贸易方式", " ")
    return next((match[1].strip() for pattern in _PARTS if (match := re.search(pattern, words))), "")


def other_figures(line: str) -> str:
    """The words by which a line names other figures than customs values, such as `季节调整`; empty if none."""
    words = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", plain(line))
    return match[0] if (match := _OTHER_FIGURES.search(words)) else ""


def part_in_words(title: str) -> str:
    """The words of a Chinese table title not usual in titles of all trade, such as `自贸试验区`; empty if none."""
    words = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", plain(title))
    if len(words) > _LONGEST_TITLE:
        return ""
    for phrase in _WORDS.findall(re.sub(r"年|月|日", " ", words)):
        if _NAMES_TABLE.search(phrase) and len(rest := _OF_ALL_TRADE.sub("", phrase)) > 1:
            return rest
    return ""
