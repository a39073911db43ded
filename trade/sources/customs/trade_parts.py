"""Whether a title is of a part of China's trade: with one partner, of a province, of a regime, of a kind of enterprise.

Such a table has the layout and the names of the whole one, and adds up as it does: only its title tells.
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
    r"(服务(?:贸易|进出口|进口|出口)|\b(?:trade in|export of|import of) services\b|\bservices? trade\b)",
    r"((?:高新技术|机电|农|农副|文化|水|水海|劳动密集型|钢铁|能源|信息技术)产品)",
    r"(稀土|钢材|原油|成品油|大豆|粮食|集成电路|铁矿砂|high[- ]tech\w*|agricultural|mechanical and electrical)",
    r"\b(?:exports?|imports?|trade|commodities|values?)\b[^,()]{0,40}?\b(?:to|from|with)\s+(?:the\s+)?"
    rf"(?!{_MONTHS}|date|month|world|all|main|major|countr|last|previous|same|quantit|\d)"
    r"(\w[\w .&-]{0,30}?)(?:\s+by\b|$|[^\w .&-])",
)
"""The first group of each is what the sentence names."""


def part_of_trade(title: str) -> str:
    """The partner, province, regime, kind of enterprise or of goods that a title names; empty if it is of all trade."""
    words = plain(title).replace("贸易方式", " ")
    return next((match[1].strip() for pattern in _PARTS if (match := re.search(pattern, words))), "")
