"""The searchable entries: their names, and the links to their views."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from trade import paths
from trade.measures import catalog
from trade.measures.entity_names import in_language, names_of, short_name
from trade.measures.translations import measure_in
from trade.panels.fields import GOODS
from trade.panels.registry import panels
from trade.sources.economy_names import everyday_names, spellings
from trade.store import Store
from trade.text import formats
from trade.text.catalog import LANGUAGES

HERE = Path(__file__).parent
KINDS = ("economy", "group", "page", "measure", "chart", "good", "statement", "source")
"""The kinds of entries, in the order in which equally good matches are shown."""


@dataclass(frozen=True)
class Entry:
    """Something with a name, and the page and choices that show it.

    `other_names` are names in other languages, codes and everyday names; `text` are further words that are searched.
    `weight` sorts equally good matches of one kind, largest first.
    """

    kind: str
    id: str
    title: str
    page: str
    choices: Mapping[str, str] = field(default_factory=dict)
    other_names: tuple[str, ...] = ()
    text: str = ""
    weight: float = 0.0

    @property
    def link(self) -> str:
        """Path and query of the view that shows it."""
        return f"/{self.page}?{urlencode(self.choices)}".rstrip("?")

    def as_dict(self, lang: str) -> dict[str, str]:
        """The form of API responses."""
        kind = formats.say(f"search.kind.{self.kind}", lang)
        return {"kind": self.kind, "id": self.id, "title": self.title, "kind_name": kind, "link": self.link}


def all_entries(store: Store, lang: str) -> Iterator[Entry]:
    """Every entry of a store, with its title in one language and its names in all."""
    yield from _economies(store, lang)
    yield from _groups(store, lang)
    yield from _pages(lang)
    yield from _measures(lang)
    yield from _charts(lang)
    yield from _headline_goods(lang)
    yield from _customs_goods(store, lang)
    yield from _codes(store, lang)
    yield from _statements(store, lang)
    yield from _sources(store)


def _economies(store: Store, lang: str) -> Iterator[Entry]:
    """Every partner in China's figures; the weight is its trade in the newest year, in dollars."""
    traded = store.query("SELECT partner, max_by(value, year) AS value FROM ("
                         "SELECT partner, year, sum(value_usd) AS value FROM partner_annual GROUP BY ALL"
                         ") GROUP BY partner")  # fmt: skip
    values = dict(zip(traded["partner"], traded["value"].fillna(0), strict=True))
    written = spellings(paths.data())
    for code, name in names_of(store, "economy", lang).items():
        if code in values:
            others = (code, *written.get(code, ()), *everyday_names().get(code, ()))
            yield Entry("economy", code, name, "partner", {"partner": code}, others, weight=float(values[code]))


def _groups(store: Store, lang: str) -> Iterator[Entry]:
    written = spellings(paths.data())
    for code, name in names_of(store, "group", lang).items():
        others = (code, *written.get(code, ()), *everyday_names().get(code, ()))
        yield Entry("group", code, name, "partner", {"partner": code}, others)


def page_names() -> list[str]:
    """Names of all pages: the stems of their files."""
    return sorted(path.stem for path in (paths.PROJECT / "pages").glob("*.py"))


def _pages(lang: str) -> Iterator[Entry]:
    for name in page_names():
        titles = [formats.say(f"pages.{name}.{key}", code) for code in LANGUAGES for key in ("nav", "title")]
        about = " ".join(formats.say(f"pages.{name}.{key}", lang) for key in ("question", "help"))
        yield Entry("page", name, formats.say(f"pages.{name}.nav", lang), name, {}, (name, *titles), about)


def _measures(lang: str) -> Iterator[Entry]:
    for measure in catalog().values():
        shown = measure_in(measure, lang)
        others = (measure.id, measure.title)
        yield Entry("measure", measure.id, shown.title, "explore", {"measure": measure.id}, others, shown.definition)


def _charts(lang: str) -> Iterator[Entry]:
    for panel in panels().values():
        title, *others = (formats.say(f"panels.{panel.page}.{panel.key}", code) for code in (lang, *LANGUAGES))
        choices = {**shown_by(panel.id), "chart": panel.key}
        yield Entry("chart", panel.id, title, panel.page, choices, tuple(others))


def shown_by(chart: str) -> Mapping[str, str]:
    """The choices with which a page shows a chart; none if it is shown by default."""
    for choices in _choices_of_charts():
        if chart in choices["charts"]:
            shown: Mapping[str, str] = choices["choices"]
            return shown
    return {}


@cache
def _choices_of_charts() -> list[dict[str, Any]]:
    return list(tomllib.loads((HERE / "chart_choices.toml").read_text(encoding="utf-8"))["view"])


def _headline_goods(lang: str) -> Iterator[Entry]:
    for place, code in enumerate(GOODS):
        title, *others = (formats.say(f"scope.good.{code}", language) for language in (lang, *LANGUAGES))
        choices = {"goods": "headline", "good": code}
        yield Entry("good", code, title, "products", choices, (code, *others), weight=2.0 - place / len(GOODS))


def _customs_goods(store: Store, lang: str) -> Iterator[Entry]:
    """Items of customs' lists, each with the list and flow in which its value is largest."""
    rows = store.query(
        "SELECT product, max_by(flow, value) AS flow, max_by(list, value) AS list, max(value) AS value FROM ("
        "SELECT product, flow, list, max(value_cny) AS value FROM product_month WHERE freq = 'YTD' GROUP BY ALL"
        ") WHERE value IS NOT NULL GROUP BY product"
    )
    names = {language: names_of(store, "product", language) for language in dict.fromkeys((lang, *LANGUAGES))}
    for row in rows.to_dict("records"):
        code = str(row["product"])
        choices = {"product": code, "flow": str(row["flow"]), "list": str(row["list"])}
        others = tuple(by_code[code] for by_code in names.values() if code in by_code)
        yield Entry("good", code, names[lang].get(code, code), "products", choices, others, weight=_share(row["value"]))


def _codes(store: Store, lang: str) -> Iterator[Entry]:
    """Chapters and headings of the Harmonized System with trade; titles of their subheadings are searched too."""
    rows = store.query(
        "WITH traded AS (SELECT DISTINCT source_id, classification, product FROM hs_product "
        "WHERE economy = 'CHN' AND length(product) IN (2, 4) AND regexp_full_match(product, '[0-9]+')), "
        "titles AS (SELECT * FROM name WHERE domain LIKE 'HS%') "
        "SELECT product, min_by(own.name, (length(own.name), own.name)) FILTER (own.lang = 'en') AS name_en, "
        "min_by(own.name, (length(own.name), own.name)) FILTER (own.lang = $lang) AS name, "
        "(SELECT string_agg(DISTINCT name, ' ') FROM titles AS inside WHERE inside.domain = 'HS2022' "
        "AND inside.lang = 'en' AND length(inside.code) = 6 AND left(inside.code, 4) = product) AS text "
        "FROM traded JOIN titles AS own ON own.code = product AND own.domain = classification GROUP BY product",
        {"lang": lang},
    )
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        code, english = str(row["product"]), str(row["name_en"] or "")
        level = "chapter" if len(code) == 2 else "heading"
        choices = {"goods": "hs", "level": level, "code": code}
        full = str(row["name"] or english)
        name = short_name(store, code, full, lang)
        title = name if code in name else f"{name} (HS {code})"
        others = (code, f"HS {code}", english, full)
        yield Entry("good", code, title, "products", choices, others, str(row["text"] or ""), weight=-len(code))


def _statements(store: Store, lang: str) -> Iterator[Entry]:
    rows = store.query("SELECT * FROM fact.claim ORDER BY claim_id")
    for row in rows.to_dict("records"):
        code = str(row["claim_id"])
        texts = " ".join(in_language(row, "statement", language) for language in LANGUAGES)
        yield Entry(
            "statement", code, in_language(row, "statement", lang), "factcheck", {"claim": code}, (code,), texts
        )


def _sources(store: Store) -> Iterator[Entry]:
    rows = store.query("SELECT source_id, title, producer FROM fact.source ORDER BY source_id")
    for row in rows.to_dict("records"):
        code = str(row["source_id"])
        yield Entry("source", code, str(row["title"]), "sources", {"source": code}, (code,), str(row["producer"]))


def _share(value: float) -> float:
    """Map a value in yuan to a weight between 0 and 1 that grows with it."""
    return value / (value + 1e12)
