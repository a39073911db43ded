"""Recognise tables of China's customs: the title names the table, and the file names the producer somewhere.

The word *country* in a title is not enough: the statistical offices of most economies use it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trade.sources.customs.table_heading import find_kind, head_rows
from trade.sources.economy_names import Names
from trade.sources.spreadsheets import Sheet
from trade.sources.text_folding import plain

PAGE = "#page"
_PRODUCER = re.compile(
    r"china['’]?s\b|\bof china\b|\bchina customs\b|\bgacc\b|general administration of customs|customs\.gov\.cn"
    r"|海关总署|我国|中国海关"
)
_OWN_TITLES = re.compile(
    r"进出口商品(?:主要)?国别|进出口商品(?:主要)?贸易方式|[进出]口(?:主要|重点)商品量值|(?:主要|重点)(?:商品[进出]口|[进出]口商品)量值|进出口(?:商品)?总值表"
    r"|^\(\d+\)\s*(?:china['’]?s )?(?:total )?(?:export & import|import & export) values by (?:country|trade mode)"
    r"|^\(\d+\)\s*(?:major (?:im|ex)ports?(?: commodities)? (?:by|in) quantity and value"
    r"|quantity and value of major (?:im|ex)port commodities)\b.*\bin (?:cny|rmb)\b"
)
"""Titles that only China's customs use, with or without the country's name."""
_UNSUPPORTED = re.compile(
    r"进出口(?:商品)?构成表|类章(?:总值|金额)表|企业性质.{0,6}表|收发货人所在地.{0,8}表|(?:境内目的地|货源地).{0,8}表"
    r"|(?:关别|运输方式)(?:总值)?表|贸易方式量值表"
    r"|by (?:sitc|hs section|hs chapter|enterprise|location of|mode of transport|customs district|trade mode and enter)"
)
"""Titles of other tables that customs publish, which are not read."""
_WORDS = re.compile(r"[A-Za-zÀ-ÿ'’.-]+")


@dataclass(frozen=True)
class Recognition:
    """Whether a file contains a customs table.

    Args:
        title: the first one like those of customs. is_customs: whether it is theirs: China's customs are named nearby.
        other: another economy that the title names; empty if none.
    """

    title: str = ""
    is_customs: bool = False
    other: str = ""


def recognise(name: str, sheets: Sequence[Sheet], names: Names) -> Recognition:
    """Whether the file called `name` holds a table of China's customs.

    Args:
        names: to find another economy in a title.
    """
    words = [cell for sheet in sheets if sheet.name == PAGE for row in sheet.rows for cell in row]
    first = Recognition()
    for sheet in sheets:
        if sheet.name == PAGE or not sheet.rows:
            continue
        top = head_rows(sheet)
        lines = [" ".join(dict.fromkeys(cell for cell in row if cell)) for row in top]
        around = [*lines[:4], sheet.name, *words, name]
        single = [line for line, row in zip(lines, top, strict=True) if len({cell for cell in row if cell}) == 1]
        foreign = next(
            (place for line in single[:4] if any(find_kind(line)) and (place := other_economy(line, names))), ""
        )
        for title in [line for line in [*lines, sheet.name, *words[:5], name] if any(find_kind(line))]:
            other = foreign or other_economy(title, names)
            marked = any(_PRODUCER.search(plain(text)) or _OWN_TITLES.search(plain(text)) for text in (title, *around))
            recognition = Recognition(title, marked and not other, other)
            if recognition.is_customs:
                return recognition
            first = first if first.title else recognition
    return first


def unsupported_table(sheets: Sequence[Sheet]) -> str:
    """The title of a customs table of a kind that is not read; empty if there is none."""
    for sheet in sheets:
        for row in head_rows(sheet):
            line = " ".join(dict.fromkeys(cell for cell in row if cell))
            if _UNSUPPORTED.search(plain(line)) and not any(find_kind(line)):
                return line
    return ""


def other_economy(title: str, names: Names) -> str:
    """An economy other than China that a title names; empty if none."""
    words = _WORDS.findall(
        re.sub(r"\b(?:in|unit)\b.*(?:usd|cny|rmb|us\$|dollars?|yuan).*", "", title, flags=re.IGNORECASE)
    )
    for size in (4, 3, 2, 1):
        for at in range(len(words) - size + 1):
            text = " ".join(words[at : at + size])
            if len(text) < 4 or not text[0].isupper():
                continue
            code = names.find(re.sub(r"['’]s$", "", text))
            if code and code.isupper() and code != "CHN" and not code.startswith("X"):
                return text
    for part in re.split(r"[^\u3400-\u9fff]+|\d+|年|月|进出口|出口|进口|商品|对外|总值|按|国别|贸易", title):
        for end in range(len(part), 1, -1):
            code = names.find(part[:end])
            if code and code.isupper() and code != "CHN" and not code.startswith("X"):
                return part[:end]
    return ""
