"""Claims made from the store by frame and wording, true or false in one feature, and how the checker judges them.

`python -m tests.support.claim_generator --count 20000 --seed 1` prints the share of right verdicts by frame, wording and kind of
falsehood. The facts are read here with queries of their own, not with the code that is measured. A claim is made false only
where the changed claim is clearly off, in both currencies and against the printed and the computed figure.

In the way of Statistical claims from OECD tables (arXiv 2601.17232): frames filled from a table, each with many wordings.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from trade.measures.claims import check
from trade.store import Store, open_store

FLOWS = ("export", "import", "total")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Claim:
    """A claim with its truth. `fault` is the feature that was changed; empty for a true claim."""

    text: str
    lang: str
    frame: str
    wording: str
    fault: str = ""


@dataclass(frozen=True)
class Fact:
    """A level with its change: of a partner, group, item or all trade, in one period."""

    kind: str
    code: str
    name_en: str
    name_zh: str
    flow: str
    freq: str
    period: str
    cny: float
    usd: float | None
    growth: tuple[float, ...]
    """All rates of the change, printed and computed, in per cent."""
    share: float | None = None
    quantity: float | None = None
    unit: str = ""
    quantity_growth: float | None = None
    points: float | None = None


class Facts:
    """The facts that claims are made from."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.rows = [*self._world(), *self._partners(), *self._groups(), *self._goods()]
        self.fields: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
        for fact in self.rows:
            self.fields[fact.kind, fact.flow, fact.freq, fact.period].append(fact)
        for field in self.fields.values():
            field.sort(key=lambda fact: -fact.cny)
        self.by_key = {(fact.kind, fact.code, fact.flow, fact.freq, fact.period): fact for fact in self.rows}

    def _query(self, sql: str) -> list[dict[str, Any]]:
        frame = self.store.query(sql)
        return [
            {str(key): None if value != value else value for key, value in row.items()}
            for row in frame.to_dict("records")
        ]

    def _rates(self) -> dict[tuple[str, str, str], float]:
        rows = self._query(
            "SELECT freq, period, flow, max(value) FILTER (currency = 'CNY') / max(value) FILTER (currency = 'USD') AS rate "
            "FROM total_trade GROUP BY ALL"
        )
        return {(row["freq"], row["period"], row["flow"]): row["rate"] for row in rows if row["rate"]}

    def _world(self) -> Iterator[Fact]:
        rows = self._query(
            "SELECT now.freq, now.period, now.flow, now.currency, now.value, now.growth_pct, 100 * (now.value / before.value - 1) AS computed "
            "FROM total_trade AS now LEFT JOIN total_trade AS before ON before.freq = now.freq AND before.flow = now.flow "
            "AND before.currency = now.currency AND before.period_start = now.period_start - INTERVAL 1 YEAR "
            "WHERE now.period >= '2015' AND now.flow <> 'balance'"
        )
        printed = self._query(
            "SELECT freq, period, flow, currency, growth_pct FROM total_figure WHERE growth_pct IS NOT NULL"
        )
        more: dict[tuple[str, str, str], list[float]] = defaultdict(list)
        for row in printed:
            more[row["freq"], row["period"], row["flow"]].append(row["growth_pct"])
        cells: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
        for row in rows:
            cells[row["freq"], row["period"], row["flow"]][row["currency"]] = row
        for (freq, period, flow), sides in cells.items():
            if "CNY" not in sides or "USD" not in sides or (freq == "YTD" and period.endswith("-12")):
                continue
            growth = [
                side[name] for side in sides.values() for name in ("growth_pct", "computed") if side[name] is not None
            ]
            yield Fact(
                "world", "world", "", "", flow, freq, period, sides["CNY"]["value"], sides["USD"]["value"],
                (*growth, *more[freq, period, flow]),
            )  # fmt: skip

    def _partners(self) -> Iterator[Fact]:
        yield from self._places(
            "economy",
            "SELECT freq, period, partner AS code, name_en, name_zh, flow, value_cny, growth_pct FROM partner_month "
            "JOIN economy ON economy.economy = partner WHERE kind IN ('economy', 'area') AND partner <> 'CHN' AND period >= '2024'",
        )

    def _groups(self) -> Iterator[Fact]:
        yield from self._places(
            "group",
            "SELECT freq, period, group_code AS code, name_en, name_zh, flow, value_cny, growth_pct FROM group_month "
            "JOIN fact.economy_group USING (group_code) WHERE group_code NOT IN ('world', 'americas')",
        )

    def _places(self, kind: str, sql: str) -> Iterator[Fact]:
        rows, rates = self._query(sql), self._rates()
        whole = {
            (row["freq"], row["period"], row["flow"]): row["value"]
            for row in self._query("SELECT freq, period, flow, value FROM total_trade WHERE currency = 'CNY'")
        }
        level = {
            (row["code"], row["freq"], row["period"], row["flow"]): row["value_cny"] for row in rows if row["value_cny"]
        }
        for row in rows:
            freq, period, flow, value = row["freq"], row["period"], row["flow"], row["value_cny"]
            if not value or value < 3e9:
                continue
            if freq == "YTD" and period.endswith("-12"):
                freq, shown = "A", period[:4]
            else:
                shown = period
            before = level.get((row["code"], row["freq"], f"{int(period[:4]) - 1}{period[4:]}", flow))
            rate = rates.get((freq, shown, flow))
            former = rates.get((freq, f"{int(shown[:4]) - 1}{shown[4:]}", flow))
            growth = [row["growth_pct"]] if row["growth_pct"] is not None else []
            if before:
                growth.append(100 * (value / before - 1))
                if rate and former:
                    growth.append(100 * (value / rate / (before / former) - 1))
            total = whole.get((freq, shown, flow))
            yield Fact(
                kind, row["code"], row["name_en"], row["name_zh"], flow, freq, shown, value, value / rate if rate else None,
                tuple(growth), 100 * value / total if total else None,
            )  # fmt: skip

    def _goods(self) -> Iterator[Fact]:
        rows = self._query(
            "SELECT freq, period, flow, product, name_en, name_zh, max(value) FILTER (currency = 'CNY') AS cny, "
            "max(value) FILTER (currency = 'USD') AS usd, max(growth_pct) AS growth, max(growth_computed_pct) AS computed, "
            "min(growth_computed_pct) AS computed_low, max(quantity) AS quantity, max(quantity_unit) AS unit, "
            "max(quantity_growth_pct) AS quantity_growth, max(100 * value / total) AS share, "
            "max(100 * (value - base_value) / total_base) FILTER (currency = 'CNY') AS points "
            "FROM product_change JOIN fact.product USING (product) WHERE in_main GROUP BY ALL"
        )
        for row in rows:
            if not row["cny"] or row["cny"] < 1e9:
                continue
            freq, period = row["freq"], row["period"]
            if freq == "YTD" and period.endswith("-12"):
                freq, period = "A", period[:4]
            growth = tuple(row[name] for name in ("growth", "computed", "computed_low") if row[name] is not None)
            yield Fact(
                "product", row["product"], row["name_en"], row["name_zh"], row["flow"], freq, period, row["cny"], row["usd"], growth,
                row["share"], row["quantity"], row["unit"] or "", row["quantity_growth"], row["points"],
            )  # fmt: skip


# --- words

_EN_FLOW = {"export": ("exports", "shipments"), "import": ("imports", "purchases"), "total": ("trade", "two-way trade")}
_ZH_FLOW = {"export": "出口", "import": "进口", "total": "进出口"}
_UP_EN = ("rose", "grew", "climbed", "increased", "advanced", "jumped", "expanded", "was up", "gained", "went up")
_DOWN_EN = (
    "fell",
    "dropped",
    "declined",
    "decreased",
    "shrank",
    "slid",
    "was down",
    "slipped",
    "contracted",
    "went down",
)
_UP_ZH, _DOWN_ZH = ("增长", "同比增长", "上升", "增加"), ("下降", "同比下降", "减少", "下滑")


def _short(name: str) -> str:
    return name.partition(" (")[0].partition("（")[0].partition(", ")[0]


def _en_subject(fact: Fact, pick: random.Random, flow: str) -> str:
    word = _EN_FLOW[flow][0] if fact.kind != "economy" else pick.choice(_EN_FLOW[flow][: 2 if flow != "total" else 1])
    if fact.kind == "world":
        return {"export": pick.choice(("exports", "China's exports", "Chinese exports")), "import": pick.choice(("imports", "China's imports")),
                "total": pick.choice(("foreign trade", "China's total trade", "imports and exports"))}[flow]  # fmt: skip
    if fact.kind == "product":
        name = (
            fact.name_en.partition(" (")[0].lower() if fact.name_en[1:2].islower() else fact.name_en.partition(" (")[0]
        )
        return pick.choice((f"{word} of {name}", f"China's {word} of {name}"))
    name = _short(fact.name_en)
    link = {"export": "to", "import": "from", "total": "with"}[flow]
    return pick.choice((f"{word} {link} {name}", f"China's {word} {link} {name}"))


def _zh_subject(fact: Fact, pick: random.Random, flow: str) -> str:
    word = _ZH_FLOW[flow]
    if fact.kind == "world":
        return pick.choice((f"中国{word}", f"我国{word}"))
    if fact.kind == "product":
        return pick.choice((f"中国{_bare(fact.name_zh)}{word}", f"{_bare(fact.name_zh)}{word}"))
    name = _bare(fact.name_zh)
    link = {"export": f"对{name}出口", "import": f"自{name}进口", "total": f"与{name}贸易额"}[flow]
    return pick.choice((f"中国{link}", f"我国{link}"))


def _bare(name: str) -> str:
    """A Chinese name without its bracket, unless the bracket tells two countries apart."""
    return name if name.startswith("刚果") else name.partition("（")[0].partition("(")[0]


def _en_period(freq: str, period: str, pick: random.Random) -> str:
    if freq == "A":
        return pick.choice((f"in {period}", f"in {period}", "last year" if period == "2025" else f"in {period}"))
    if freq == "Q":
        quarter = ("first", "second", "third", "fourth")[int(period[-1]) - 1]
        return pick.choice((f"in the {quarter} quarter of {period[:4]}", f"in Q{period[-1]} {period[:4]}"))
    year, month = period[:4], int(period[5:])
    if freq == "M":
        return pick.choice(
            (f"in {MONTHS[month - 1]} {year}", f"in {MONTHS[month - 1][:3]} {year}" if month != 5 else f"in May {year}")
        )
    if month == 6:
        return pick.choice(
            (f"in the first half of {year}", f"in the first six months of {year}", f"in January-June {year}")
        )
    if month == 3:
        return f"in the first quarter of {year}"
    numbers = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
    if month == 1:
        return f"in January {year}"
    return pick.choice(
        (f"in the first {numbers[month - 1]} months of {year}", f"from January to {MONTHS[month - 1]} {year}")
    )


def _zh_period(freq: str, period: str, pick: random.Random) -> str:
    if freq == "A":
        return pick.choice((f"{period}年", "去年" if period == "2025" else f"{period}年"))
    if freq == "Q":
        return f"{period[:4]}年第{'一二三四'[int(period[-1]) - 1]}季度"
    year, month = period[:4], int(period[5:])
    if freq == "M":
        return f"{year}年{month}月"
    if month == 1:
        return f"{year}年1月"
    if month == 6:
        return pick.choice((f"{year}年上半年", f"{year}年前6个月"))
    return pick.choice((f"{year}年前{month}个月", f"{year}年1至{month}月"))


def _en_money(value: float, currency: str, pick: random.Random, digits: int = 1) -> str:
    size, word = (1e12, "trillion") if value >= 1e12 else (1e9, "billion") if value >= 1e9 else (1e6, "million")
    number = f"{value / size:.{2 if size == 1e12 else digits}f}"
    short = {"trillion": "tn", "billion": "bn", "million": "mn"}[word]
    if currency == "USD":
        return pick.choice(
            (f"${number} {word}", f"${number}{short}", f"US${number} {word}", f"{number} {word} dollars")
        )
    return pick.choice((f"{number} {word} yuan", f"{number}{short} yuan", f"RMB{number} {word}"))


def _zh_money(value: float, currency: str) -> str:
    size, word = (1e12, "万亿") if value >= 1e12 else (1e8, "亿")
    return f"{value / size:.{2 if size == 1e12 else 1}f}{word}{'美元' if currency == 'USD' else '元'}"


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- claims by frame: each yields true claims and, from the same fact, false ones


Maker = Callable[["Facts", Fact, random.Random, str], Claim | None]


def _far(value: float, others: tuple[float, ...], part: float, least: float) -> bool:
    return all(abs(value - other) > max(part * abs(other), least) for other in others)


def value(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:  # noqa: C901 - a branch per fault
    currency = pick.choice(("CNY", "USD")) if fact.usd and fact.kind != "product" else "CNY"
    level = fact.cny if currency == "CNY" else fact.usd or 0.0
    flow, period, fault = fact.flow, fact.period, pick.choice(("", "", "number", "flow", "year", "unit", "partner"))
    subject = fact
    if fault == "number":
        level *= pick.choice((0.5, 0.7, 0.85, 1.15, 1.4, 2.0))
    elif fault == "flow":
        flow = pick.choice([other for other in FLOWS if other != flow])
    elif fault == "year":
        period = f"{int(period[:4]) + pick.choice((-1, 1))}{period[4:]}"
    elif fault == "unit":
        currency = "USD" if currency == "CNY" else "CNY"
    elif fault == "partner":
        subject = pick.choice(facts.rows)
        if subject.kind != fact.kind or subject.code == fact.code:
            return None
    if fault:
        real = facts.by_key.get((subject.kind, subject.code, flow, fact.freq, period))
        if real is None:
            return None
        known = real.cny if currency == "CNY" else real.usd
        if known is None or not _far(level, (known,), 0.1, 0.0):
            return None
    if lang == "en":
        words = (
            _cap(_en_subject(subject, pick, flow)),
            _en_period(fact.freq, period, pick),
            _en_money(level, currency, pick),
        )
        forms = (
            "{0} were worth {2} {1}",
            "{0} totalled {2} {1}",
            "{0} reached {2} {1}",
            "{0} came to {2} {1}",
            "{0} amounted to {2} {1}",
            "{0} stood at {2} {1}",
            "{1}, {0} hit {2}",
        )
    else:
        words = _zh_subject(subject, pick, flow), _zh_period(fact.freq, period, pick), _zh_money(level, currency)
        forms = ("{1}{0}{2}", "{1}{0}达{2}", "{1}，{0}为{2}", "{1}{0}达到{2}")
    form = pick.choice(forms)
    return Claim(_cap(form.format(*words)), lang, "value", form, fault)


def change(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:  # noqa: C901 - a branch per fault
    if not fact.growth:
        return None
    rate = fact.growth[0]
    if abs(rate) < 0.5 or abs(rate) > 200:
        return None
    flow, period, fault = (
        fact.flow,
        fact.period,
        pick.choice(("", "", "", "sign", "sign", "number", "flow", "year", "partner")),
    )
    subject = fact
    if fault == "sign":
        rate = -rate
    elif fault == "number":
        rate *= pick.choice((0.3, 0.5, 1.6, 2.5))
    elif fault == "flow":
        flow = pick.choice([other for other in FLOWS if other != flow])
    elif fault == "year":
        period = f"{int(period[:4]) - 1}{period[4:]}"
    elif fault == "partner":
        subject = pick.choice(facts.rows)
        if subject.kind != fact.kind or subject.code == fact.code:
            return None
    if fault:
        real = facts.by_key.get((subject.kind, subject.code, flow, fact.freq, period))
        if real is None or not real.growth or not _far(rate, real.growth, 0.15, 1.5):
            return None
        if real.quantity_growth is not None and not _far(rate, (real.quantity_growth,), 0.15, 1.5):
            return None
    size, up = f"{abs(rate):.1f}", rate > 0
    if lang == "en":
        verb = pick.choice(_UP_EN if up else _DOWN_EN).replace("was ", "were ")
        unit = pick.choice(("%", " percent", " per cent", " %"))
        words = _cap(_en_subject(subject, pick, flow)), _en_period(fact.freq, period, pick), verb, size + unit
        forms = (
            "{0} {2} {3} {1}",
            "{0} {2} by {3} {1}",
            "{1}, {0} {2} {3}",
            "{0} {2} {3} year on year {1}",
            "{0} {2} {3} from a year earlier {1}",
        )
        if verb.startswith("were"):
            forms = ("{0} {2} {3} {1}", "{1}, {0} {2} {3}")
    else:
        verb = pick.choice(_UP_ZH if up else _DOWN_ZH)
        words = _zh_subject(subject, pick, flow), _zh_period(fact.freq, period, pick), verb, f"{size}%"
        forms = ("{1}{0}{2}{3}", "{1}，{0}{2}{3}", "{0}{1}{2}{3}")
    form = pick.choice(forms)
    return Claim(_cap(form.format(*words)), lang, "change", form, fault)


def share(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:
    if fact.share is None or fact.share < 1.0 or fact.kind == "world":
        return None
    part, fault, flow = fact.share, pick.choice(("", "number", "flow")), fact.flow
    if fault == "number":
        part *= pick.choice((0.5, 0.7, 1.4, 2.0))
    elif fault == "flow":
        flow = pick.choice([other for other in FLOWS if other != flow])
        real = facts.by_key.get((fact.kind, fact.code, flow, fact.freq, fact.period))
        if real is None or real.share is None or not _far(part, (real.share,), 0.12, 1.0):
            return None
    if fault and part > 95:
        return None
    if lang == "en":
        name = fact.name_en.partition(" (")[0] if fact.kind == "product" else _short(fact.name_en)
        whole = f"China's {'trade' if flow == 'total' else flow + 's'}"
        words = _cap(name), _en_period(fact.freq, fact.period, pick), f"{part:.1f}%", whole
        forms = ["{0} accounted for {2} of {3} {1}", "{0} made up {2} of {3} {1}", "{1}, {0} represented {2} of {3}"]
        if fact.kind != "product":
            forms.append(
                {"export": "{2} of {3} went to {0} {1}", "import": "{2} of {3} came from {0} {1}"}.get(flow, forms[0])
            )
    else:
        name, word = _bare(fact.name_zh), _ZH_FLOW[flow]
        mine = (
            f"{name}{word}"
            if fact.kind == "product"
            else {"export": f"对{name}出口", "import": f"自{name}进口", "total": f"与{name}贸易"}[flow]
        )
        words = mine, _zh_period(fact.freq, fact.period, pick), f"{part:.1f}%", f"中国{word}"
        forms = ["{1}{0}占{3}的{2}", "{1}{0}占{3}总值的{2}"]
    form = pick.choice(forms)
    return Claim(_cap(form.format(*words)), lang, "share", form, fault)


def rank(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:
    if fact.kind != "economy" or fact.freq != "A":
        return None
    field = facts.fields["economy", fact.flow, "A", fact.period]
    place, fault = field.index(fact) + 1, pick.choice(("", "number"))
    if place > 9:
        return None
    if fault:
        # with Hong Kong left out, or the EU and ASEAN as one each, a place moves by up to two
        place = pick.choice(
            [other for other in range(1, 11) if abs(other - place) > 3 or (other < place and place - other > 1)] or [10]
        )
    words = ("largest", "second-largest", "third-largest", "fourth-largest", "fifth-largest", "sixth-largest", "seventh-largest", "eighth-largest", "ninth-largest", "tenth-largest")  # fmt: skip
    noun_en = {
        "export": ("export market", "export destination"),
        "import": ("source of imports", "supplier"),
        "total": ("trading partner",),
    }[fact.flow]
    noun_zh = {"export": "出口市场", "import": "进口来源地", "total": "贸易伙伴"}[fact.flow]
    if lang == "en":
        parts = _short(fact.name_en), words[place - 1], pick.choice(noun_en), _en_period("A", fact.period, pick)
        forms = ("{0} was China's {1} {2} {3}", "{3}, {0} was China's {1} {2}")
    else:
        parts = (
            _bare(fact.name_zh),
            "第" + "一二三四五六七八九十"[place - 1] + "大",
            noun_zh,
            _zh_period("A", fact.period, pick),
        )
        forms = ("{3}{0}是中国{1}{2}", "{0}{3}是中国{1}{2}")
    form = pick.choice(forms)
    return Claim(_cap(form.format(*parts)), lang, "rank", form, fault)


def comparison(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:
    if fact.kind in ("world", "product"):
        return None
    others = [other for other in facts.fields[fact.kind, fact.flow, fact.freq, fact.period] if other.code != fact.code]
    if not others:
        return None
    other = pick.choice(others)
    if abs(fact.cny / other.cny - 1) < 0.05:
        return None
    fault = pick.choice(("", "order"))
    large, small = (fact, other) if (fact.cny > other.cny) != bool(fault) else (other, fact)
    if lang == "en":
        link = {"export": "exports to", "import": "imports from", "total": "trade with"}[fact.flow]
        words = _short(large.name_en), _short(small.name_en), _en_period(fact.freq, fact.period, pick), link
        forms = [
            "China's {3} {0} exceeded those {4} {1} {2}"
            if fact.flow != "total"
            else "China's {3} {0} exceeded that with {1} {2}"
        ]
        if fact.flow == "export":
            forms += ["China exported more to {0} than to {1} {2}", "China sold more to {0} than to {1} {2}"]
        if fact.flow == "import":
            forms += ["China imported more from {0} than from {1} {2}", "China bought more from {0} than from {1} {2}"]
        form = pick.choice(forms)
        return Claim(_cap(form.format(*words, link.split()[-1])), lang, "comparison", form, fault)
    link = {"export": "对{0}出口", "import": "自{0}进口", "total": "与{0}贸易额"}[fact.flow]
    words = (
        link.format(_bare(large.name_zh)),
        link.format(_bare(small.name_zh)),
        _zh_period(fact.freq, fact.period, pick),
    )
    form = pick.choice(("{2}中国{0}超过{1}", "{2}中国{0}多于{1}", "{2}，中国{0}高于{1}"))
    return Claim(form.format(*words), lang, "comparison", form, fault)


def multiple(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:
    """How many times as large one partner's trade is as another's."""
    if fact.kind in ("world", "product"):
        return None
    others = [
        other
        for other in facts.fields[fact.kind, fact.flow, fact.freq, fact.period]
        if other.code != fact.code and 1.3 < fact.cny / other.cny < 9
    ]
    if not others:
        return None
    other, fault = pick.choice(others), pick.choice(("", "number", "order"))
    times = fact.cny / other.cny * (1.4 if fault == "number" else 1.0)
    first, second = (other, fact) if fault == "order" else (fact, other)
    if lang == "en":
        link = {"export": "exports to", "import": "imports from", "total": "trade with"}[fact.flow]
        words = (
            link,
            _short(first.name_en),
            f"{times:.1f}",
            _short(second.name_en),
            _en_period(fact.freq, fact.period, pick),
        )
        forms = ["China's {0} {1} were {2} times its {0} {3} {4}"]
        if fact.flow == "export":
            forms.append("China sold {2} times as much to {1} as to {3} {4}")
        if fact.flow == "import":
            forms.append("China bought {2} times as much from {1} as from {3} {4}")
    else:
        link = {"export": "对{0}出口", "import": "自{0}进口", "total": "与{0}贸易额"}[fact.flow]
        names = [link.format(_bare(one.name_zh)) for one in (first, second)]
        words = (names[0], names[1], f"{times:.1f}", _zh_period(fact.freq, fact.period, pick), "")
        forms = ["{3}中国{0}是{1}的{2}倍", "{3}，中国{0}约为{1}的{2}倍"]
    form = pick.choice(forms)
    return Claim(_cap(form.format(*words)), lang, "multiple", form, fault)


def span(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:
    """A rate between two whole numbers."""
    if not fact.growth or not all(0.15 < abs(rate) % 1 < 0.85 and rate * fact.growth[0] > 0 for rate in fact.growth):
        return None
    low, high = int(min(map(abs, fact.growth))), int(max(map(abs, fact.growth))) + 1
    fault = pick.choice(("", "number"))
    if fact.quantity_growth is not None or low < 2 or high > 60:
        return None
    if fault:
        low, high = high + 8, high + 12
    up = fact.growth[0] > 0
    if lang == "en":
        verb, period = "rose" if up else "fell", _en_period(fact.freq, fact.period, pick)
        form = pick.choice(
            ("{0} {1} between {2} and {3} per cent {4}", "{0} {1} {2} to {3}% {4}", "{0} {1} {2}-{3}% {4}")
        )
        words = (_cap(_en_subject(fact, pick, fact.flow)), verb, low, high, period)
    else:
        verb, period = "增长" if up else "下降", _zh_period(fact.freq, fact.period, pick)
        form = pick.choice(("{4}{0}{1}{2}%至{3}%", "{4}，{0}{1}{2}%—{3}%"))
        words = (_zh_subject(fact, pick, fact.flow), verb, low, high, period)
    return Claim(_cap(form.format(*words)), lang, "span", form, fault)


def contribution(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:
    if fact.points is None or abs(fact.points) < 0.3 or fact.kind != "product":
        return None
    points, fault = fact.points, pick.choice(("", "number"))
    if points < 0:
        return None
    if fault:
        points = points * pick.choice((2.0, 3.0)) + 0.5
    if lang == "en":
        name = fact.name_en.partition(" (")[0]
        words = name, _en_period(fact.freq, fact.period, pick), f"{points:.1f}", fact.flow
        form = pick.choice(
            (
                "{0} contributed {2} percentage points to {3} growth {1}",
                "{1}, {0} added {2} percentage points to {3} growth",
            )
        )
    else:
        words = _bare(fact.name_zh), _zh_period(fact.freq, fact.period, pick), f"{points:.1f}", _ZH_FLOW[fact.flow]
        form = pick.choice(("{1}{0}拉动{3}增长{2}个百分点", "{1}，{0}拉动{3}增长{2}个百分点"))
    return Claim(_cap(form.format(*words)), lang, "contribution", form, fault)


def record(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:
    if fact.kind != "world" or fact.freq != "A" or fact.flow == "balance":
        return None
    former = [
        other
        for other in facts.rows
        if (other.kind, other.flow, other.freq) == ("world", fact.flow, "A") and other.period < fact.period
    ]
    if len(former) < 5:
        return None
    true = all(fact.cny > other.cny for other in former), all((fact.usd or 0) > (other.usd or 0) for other in former)
    if true[0] != true[1]:
        return None
    highest = max(former, key=lambda other: other.cny)
    if not true[0] and int(highest.period) == int(fact.period) - 1 and any(rate > 0 for rate in fact.growth):
        return None  # customs revised the year before below this one: true of one vintage, false of the other
    if lang == "en":
        form = pick.choice(("{0} hit a record high {1}", "{0} reached a record {1}", "{0} set a new record {1}"))
        words = _cap(_en_subject(fact, pick, fact.flow)), _en_period("A", fact.period, pick)
    else:
        form = pick.choice(("{1}{0}创历史新高", "{1}{0}创新高"))
        words = _zh_subject(fact, pick, fact.flow), _zh_period("A", fact.period, pick)
    return Claim(form.format(*words), lang, "record", form, "" if true[0] else "year")


def first_time(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:
    if fact.kind != "world" or fact.freq != "A":
        return None
    former = [
        other.cny
        for other in facts.rows
        if (other.kind, other.flow, other.freq) == ("world", fact.flow, "A") and other.period < fact.period
    ]
    if len(former) < 5 or fact.cny < 1.02 * max(former):
        return None
    fault = pick.choice(("", "number"))
    line = (fact.cny + max(former)) / 2 if not fault else pick.choice((0.9 * max(former), 1.1 * fact.cny))
    line = round(line / 1e11) * 1e11
    if not fault and not max(former) * 1.003 < line < fact.cny * 0.997:
        return None
    if lang == "en":
        form = pick.choice(
            (
                "{0} topped {2} for the first time {1}",
                "{0} exceeded {2} for the first time {1}",
                "{0} passed {2} for the first time {1}",
            )
        )
        words = (
            _cap(_en_subject(fact, pick, fact.flow)),
            _en_period("A", fact.period, pick),
            f"{line / 1e12:.1f} trillion yuan",
        )
    else:
        form = pick.choice(("{1}{0}首次突破{2}", "{1}，{0}首次超过{2}"))
        words = _zh_subject(fact, pick, fact.flow), _zh_period("A", fact.period, pick), f"{line / 1e12:.1f}万亿元"
    return Claim(form.format(*words), lang, "first time", form, fault)


def run_of_years(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:
    """Years of growth in a row of all trade in dollars, from levels: only where printed rates and levels agree."""
    if fact.kind != "world" or fact.freq != "A" or fact.flow == "total":
        return None
    length, year = 0, int(fact.period)
    while True:
        rates = facts.store.query(
            "SELECT growth_pct FROM total_figure WHERE growth_pct IS NOT NULL AND freq = 'A' AND currency = 'USD' AND flow = $flow AND period = $period",
            {"flow": fact.flow, "period": str(year)},
        )["growth_pct"]
        if rates.empty or len({rate > 0 for rate in rates}) > 1:
            return None
        if rates.iloc[0] <= 0:
            break
        length, year = length + 1, year - 1
    if length == 0:
        return None
    fault = pick.choice(("", "number"))
    count = length if not fault else length + pick.choice((2, 3, 5))
    ordinals = (
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
    )
    if lang == "en":
        form = pick.choice(
            (
                "{0} in dollars grew for the {2} straight year {1}",
                "In dollar terms {0} rose for the {2} consecutive year {1}",
            )
        )
        words = _en_subject(fact, pick, fact.flow), _en_period("A", fact.period, pick), ordinals[count - 1]
    else:
        form = pick.choice(("以美元计，{1}{0}连续第{2}年增长", "按美元计{1}{0}连续{2}年增长"))
        words = _zh_subject(fact, pick, fact.flow), _zh_period("A", fact.period, pick), str(count)
    return Claim(_cap(form.format(*words)), lang, "run", form, fault)


def balance(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:
    if fact.flow != "export" or fact.kind == "product":
        return None
    into = facts.by_key.get((fact.kind, fact.code, "import", fact.freq, fact.period))
    if into is None:
        return None
    currency = pick.choice(("CNY", "USD"))
    out, back = (fact.cny, into.cny) if currency == "CNY" else (fact.usd, into.usd)
    if not out or not back or abs(out - back) < 0.1 * max(out, back) or abs(out - back) < 2e9:
        return None
    gap, fault = out - back, pick.choice(("", "sign", "number"))
    if fault == "sign":
        gap = -gap
    elif fault == "number":
        gap *= pick.choice((0.5, 0.75, 1.4, 2.0))
    size = abs(gap)
    if lang == "en":
        money = _en_money(size, currency, pick, 0 if currency == "USD" and size >= 1e10 else 1)
        place = f" with {_short(fact.name_en)}" if fact.kind != "world" else ""
        words = "surplus" if gap > 0 else "deficit", place, money, _en_period(fact.freq, fact.period, pick)
        form = pick.choice(
            ("China ran a trade {0}{1} of {2} {3}", "China's {0}{1} was {2} {3}", "China had a {2} {0}{1} {3}")
        )
    else:
        place = f"对{_bare(fact.name_zh)}" if fact.kind != "world" else ""
        words = (
            "顺差" if gap > 0 else "逆差",
            place,
            _zh_money(size, currency),
            _zh_period(fact.freq, fact.period, pick),
        )
        form = pick.choice(("{3}中国{1}贸易{0}{2}", "{3}，中国{1}贸易{0}为{2}"))
    return Claim(_cap(form.format(*words)), lang, "balance", form, fault)


def quantity(facts: Facts, fact: Fact, pick: random.Random, lang: str) -> Claim | None:
    if not fact.quantity or fact.unit not in ("tonnes", "units"):
        return None
    if fact.unit == "units" and fact.code not in ("motor-vehicles", "ships"):
        return None
    size, fault = fact.quantity, pick.choice(("", "number", "step"))
    if fault == "number":
        size *= pick.choice((0.5, 0.75, 1.4, 2.0))
    elif fault == "step":
        size *= pick.choice((10.0, 0.1, 1000.0))
    verb = {"export": "exported", "import": "imported"}[fact.flow]
    if lang == "en":
        step, word = (1e9, "billion ") if size >= 1e9 else (1e6, "million ") if size >= 1e6 else (1.0, "")
        number = f"{size / step:.2f}" if step > 1 else f"{size:,.0f}"
        name = fact.name_en.partition(" (")[0].lower()
        unit = "" if fact.unit == "units" else pick.choice(("tonnes of ", "tons of "))
        noun = {"motor-vehicles": pick.choice(("vehicles", "cars")), "ships": "ships"}.get(fact.code, name)
        words = verb, f"{number} {word}{unit}{noun}", _en_period(fact.freq, fact.period, pick)
        form = pick.choice(("China {0} {1} {2}", "{2}, China {0} {1}"))
    else:
        step, word = (1e8, "亿") if size >= 1e8 else (1e4, "万") if size >= 1e4 else (1.0, "")
        unit = {"motor-vehicles": "辆", "ships": "艘"}.get(fact.code, "吨")
        noun = {"motor-vehicles": "汽车", "ships": "船舶"}.get(fact.code, _bare(fact.name_zh))
        words = (
            _ZH_FLOW[fact.flow],
            f"{noun}{size / step:.{2 if step > 1 else 0}f}{word}{unit}",
            _zh_period(fact.freq, fact.period, pick),
        )
        form = pick.choice(("{2}中国{0}{1}", "{2}，我国{0}{1}"))
    return Claim(_cap(form.format(*words)), lang, "quantity", form, fault)


MAKERS: tuple[tuple[Maker, int], ...] = (
    (value, 5), (change, 6), (share, 3), (rank, 2), (comparison, 3), (contribution, 1), (record, 1), (first_time, 1), (run_of_years, 1),
    (balance, 2), (quantity, 2), (multiple, 2), (span, 2),
)  # fmt: skip


def generate(store: Store, count: int, seed: int) -> Iterator[Claim]:
    """So many claims, the same for the same seed."""
    facts, pick = Facts(store), random.Random(seed)
    pools = {
        "world": [fact for fact in facts.rows if fact.kind == "world"], "economy": [fact for fact in facts.rows if fact.kind == "economy"],
        "group": [fact for fact in facts.rows if fact.kind == "group"], "product": [fact for fact in facts.rows if fact.kind == "product"],
    }  # fmt: skip
    ranked = [fact for fact in pools["economy"] if fact.freq == "A"]
    yearly = [fact for fact in pools["world"] if fact.freq == "A"]
    weighted = [maker for maker, weight in MAKERS for _ in range(weight)]
    made = 0
    while made < count:
        maker = pick.choice(weighted)
        pool = {
            rank: ranked,
            record: yearly,
            first_time: yearly,
            run_of_years: yearly,
            contribution: pools["product"],
            quantity: pools["product"],
        }.get(maker) or pools[pick.choice(("world", "economy", "economy", "group", "product"))]
        claim = maker(facts, pick.choice(pool), pick, pick.choice(("en", "en", "zh")))
        if claim is not None:
            made += 1
            yield claim


@dataclass
class Tally:
    """How claims were judged: counts by verdict of true and of false claims."""

    true: Counter[str]
    false: Counter[str]

    @property
    def right(self) -> float:
        """Share of claims with the correct verdict: `right` for true ones, `wrong` for false ones."""
        return (self.true["right"] + self.false["wrong"]) / max(self.true.total() + self.false.total(), 1)

    @property
    def dangerous(self) -> int:
        """False claims confirmed and true ones called wrong."""
        return self.true["wrong"] + self.false["right"]


def judge(
    store: Store, claims: Iterator[Claim]
) -> tuple[dict[tuple[str, ...], Tally], list[tuple[Claim, str]], list[float]]:
    """Tallies by frame, language, wording and fault; the dangerous answers; and the seconds that each claim took."""
    tallies: dict[tuple[str, ...], Tally] = defaultdict(lambda: Tally(Counter(), Counter()))
    bad: list[tuple[Claim, str]] = []
    seconds = []
    for claim in claims:
        start = time.perf_counter()
        code = check(store, claim.text).code
        seconds.append(time.perf_counter() - start)
        for key in (
            ("all",),
            ("frame", claim.frame),
            ("language", claim.lang),
            ("wording", claim.frame, claim.wording),
            ("fault", claim.fault or "none"),
        ):
            (tallies[key].false if claim.fault else tallies[key].true)[code] += 1
        if code == ("right" if claim.fault else "wrong"):
            bad.append((claim, code))
    return tallies, bad, seconds


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20, help="Dangerous answers to print.")
    chosen = parser.parse_args()
    store = open_store()
    tallies, bad, seconds = judge(store, generate(store, chosen.count, chosen.seed))
    for key, tally in sorted(tallies.items()):
        total = tally.true.total() + tally.false.total()
        print(f"{' / '.join(key):110} {total:6} right {100 * tally.right:5.1f}% dangerous {tally.dangerous:4} true {dict(tally.true)} false {dict(tally.false)}")  # fmt: skip
    for claim, code in bad[: chosen.show]:
        print(f"{code:6} {claim.frame} {claim.fault or 'true'}: {claim.text}")
    seconds.sort()
    print(f"median {1000 * seconds[len(seconds) // 2]:.2f} ms, 95% under {1000 * seconds[int(0.95 * len(seconds))]:.1f} ms, slowest {1000 * seconds[-1]:.0f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
