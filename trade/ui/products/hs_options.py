"""What the page of products asks of trade by HS code: whose, from which source, of which period, level and part.

A question is a dict of the parameters that the measures of HS codes share. Results are put together, never changed.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pandas as pd
import streamlit as st

from trade.errors import NoRows
from trade.measures import Result
from trade.panels import queries
from trade.panels.language import lang, say
from trade.text import formats
from trade.text.markdown import plain
from trade.ui.core import filters

HOME = "CHN"
ORDERS = "trade update cepii_baci -o folder=...\ntrade update comtrade -o product=chapter"
"""How trade by HS code is loaded: the world's, or what one economy reports."""
Asked = dict[str, str]


def held() -> pd.DataFrame | None:
    """What is loaded, a row per economy, flow, frequency, source and edition; None if nothing is."""
    try:
        return queries.measure("hs_held").frame
    except NoRows:
        return None


def chosen(known: pd.DataFrame | None) -> pd.DataFrame | None:
    """The control of the list of goods, where there is a choice; what is held if the Harmonized System is chosen."""
    return known if known is not None and filters.control("goods") == "hs" else None


def tell_unloaded(known: pd.DataFrame | None) -> None:
    """That there is no trade by HS code, and the orders that load it."""
    if known is None:
        st.header(say("pages.products.hs"), anchor=False)
        st.markdown(plain(say("hs.unloaded")))
        st.code(ORDERS, language="sh")


def ask(known: pd.DataFrame) -> tuple[Asked, str]:
    """The controls of economy, flow, frequency, source and period; the question they make, and the period."""
    names = dict(zip(known["reporter"], known[f"name_{lang()}"].fillna(known["reporter"]), strict=True))
    order = sorted(names, key=lambda code: (code != HOME, names[code]))
    reporter = filters.control("reporter", options=order, words=lambda code: names[code])
    mine = known[known["reporter"] == reporter]
    flow = filters.control("flow", options=[one for one in ("export", "import") if one in set(mine["flow"])])
    mine = mine[mine["flow"] == flow]
    freqs = [one for one in ("A", "M") if one in set(mine["freq"])]
    freq = filters.control("freq", options=freqs) if len(freqs) > 1 else freqs[0]
    asked = {"reporter": reporter, "flow": flow, "freq": freq, "source": _source(mine[mine["freq"] == freq])}
    period = filters.period_control(periods(asked))
    return asked, period


def _source(mine: pd.DataFrame) -> str:
    """The source, chosen by the reader if there are several."""
    ids = [str(one) for one in mine.sort_values("period", ascending=False)["source_id"].unique()]
    if len(ids) == 1:
        return ids[0]
    titles = {note.source_id: formats.short_title(note.title) for note in queries.sources(ids)}
    return filters.control("origin", options=ids, words=lambda code: titles[code])


def periods(asked: Asked) -> dict[str, str]:
    """Every period that is held, oldest first, in words."""
    codes = queries.measure("hs_item", **asked).frame["period"]
    return {code: formats.period(code, asked["freq"], lang()) for code in codes}


def level(asked: Asked, known: pd.DataFrame) -> str:
    """The control of the level, as deep as the data go."""
    mine = known[(known["reporter"] == asked["reporter"]) & (known["source_id"] == asked["source"])]
    deep = int(mine["digits"].max()) >= 4
    return filters.control("level", options=("section", "chapter", "heading") if deep else ("section", "chapter"))


def inside(asked: Asked, period: str, depth: str) -> str:
    """The control of what to look inside: a section of chapters, a chapter of headings; `all` is everything."""
    names = {} if depth == "section" else titles(asked, period, above(depth))
    options = ["all", *sorted(names, key=_place)]
    return filters.control("inside", options=options, words=lambda code: names.get(code) or say("scope.inside.all"))


def above(depth: str) -> str:
    """The level that holds a level."""
    return {"heading": "chapter"}.get(depth, "section")


def titles(asked: Asked, period: str, depth: str) -> dict[str, str]:
    """Code and title of every part of a level that has trade."""
    frame = queries.measure("hs_products", period=period, level=depth, **asked).frame
    parts = frame[frame["kind"] == "part"]
    return {code: f"{code} {name}" for code, name in zip(parts["code"], parts[f"name_{lang()}"], strict=True)}


_ROMAN = {"I": 1, "V": 5, "X": 10}


def _place(code: str) -> int:
    """The place of a section, a Roman numeral, or of a chapter."""
    if code.isdigit():
        return int(code)
    values = [_ROMAN[one] for one in code]
    return sum(-one if one < max(values[at:]) else one for at, one in enumerate(values))


def parts(asked: Asked, period: str, depth: str, within: str) -> Result:
    """One level of the goods, of all trade or inside one section or chapter."""
    more = {} if within == "all" else {"within": within}
    return queries.measure("hs_products", period=period, level=depth, **asked, **more)


def code_control(asked: Asked, period: str, shown: Result) -> str:
    """One code of the level shown; a link may ask for another that is traded."""
    names = {row["code"]: _line(row) for row in shown.frame[shown.frame["kind"] == "part"].to_dict("records")}
    wanted = filters.value("code")
    if wanted and wanted not in names:
        names |= _known(asked, period, wanted)
    return filters.control("code", options=list(names), words=lambda code: names[code])


def _known(asked: Asked, period: str, code: str) -> dict[str, str]:
    """The title of a code that the level shown does not have."""
    try:
        row = queries.measure("hs_item", product=code, last=period, **asked).frame.iloc[-1].to_dict()
    except NoRows:
        st.warning(plain(say("hs.not_traded", code=code)))
        return {}
    return {code: _line(row)}


def _line(row: dict) -> str:
    name = str(row[f"name_{lang()}"])
    return name if row["code"] in name else f"{row['code']} {name}"


def partners(asked: Asked, period: str, code: str) -> Result:
    """Partners in the chapter of a code, or in its section: pairs are held by chapter."""
    return queries.measure("hs_partners", period=period, product=code[:2] if code.isdigit() else code, **asked)


def advantage(asked: Asked, period: str, depth: str, within: str) -> Result:
    """Comparative advantage in the same year, source and part of the goods."""
    own = {"reporter": asked["reporter"], "source": asked["source"]}
    more = {} if within == "all" else {"within": within}
    return queries.measure("rca", period=period, level=depth, **own, **more)


def diversification(asked: Asked, depth: str) -> Result:
    """The effective number of products over time; beside another economy than China, China's, if it is held."""
    results = [queries.measure("product_diversification", level=depth, **asked)]
    if asked["reporter"] != HOME:
        with suppress(NoRows):
            results.append(queries.measure("product_diversification", level=depth, **asked | {"reporter": HOME}))
    frames = [one.frame.assign(**_named(str(one.params["reporter"]))) for one in results]
    return replace(results[0], frame=pd.concat(frames, ignore_index=True))


def _named(code: str) -> dict[str, str]:
    row = queries.measure("hs_held", reporter=code).frame.iloc[0]
    return {"reporter": code, "reporter_name_en": str(row["name_en"]), "reporter_name_zh": str(row["name_zh"])}


def reporter_name(code: str) -> str:
    """The economy's name in the reader's language."""
    return _named(code)[f"reporter_name_{lang()}"]


def open_up(code: str) -> None:
    """A part was clicked: look inside it as far as the data go, else follow it over time."""
    known = held()
    deep = known is not None and int(known["digits"].max()) >= 4
    if not code.isdigit() or (len(code) == 2 and deep):
        filters.choose("level", "heading" if code.isdigit() else "chapter")
        filters.choose("inside", code)
    filters.choose("code", code)
