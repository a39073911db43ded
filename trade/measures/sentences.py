"""A measure's rows as one plain sentence, in English (`en`) or Chinese (`zh`), with every number tied to its query.

What a sentence picks from the rows stands in `texts/fields.toml`, once for all languages; its words stand in
`trade/text/locales/<lang>/sentences.toml`. Numbers, amounts, periods and dates are written by `trade.text.formats`;
words that the pages use too are read from the other files of the folder. A measure is told by the template of its name:

    [growth]                                  # fields.toml
    row = "last"                              # which row; also: first, newest, column=value, max column, min column
    sign = "growth_pct growth_computed_pct"   # decides rose, fell, flat or unknown: the first of them that is known
    rate = "size $sign"                       # {rate} in the words: the sign's size
    amount = "amount value"

    [growth]                                  # sentences.toml of English
    said = "China's {flow} {change} in {period}; the value was {amount}"
    basis.growth_pct = "as published by customs, on its revised base"

`said` serves all cases unless `rose`, `fell`, `flat` or `unknown` is given. A sentence ends with its basis, source and
date of publication. A measure without figures gets the sentence `missing`, never a number.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from trade.errors import TradeError
from trade.measures.names import in_language
from trade.measures.names import names_of as names_of
from trade.measures.result import Result
from trade.measures.run import describe_sources
from trade.measures.translations import measure_in
from trade.store import Store
from trade.text import catalog, formats

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = catalog.LANGUAGES
SIGN = "$sign"
_CURRENCIES = ("CNY", "USD")


@dataclass(frozen=True)
class Link:
    """A number in a sentence: `text[start:end]`, and the query that gives it again."""

    start: int
    end: int
    measure: str
    params: dict[str, Any]
    column: str
    """Column of the measure's rows that holds the number."""


@dataclass(frozen=True)
class Sentence:
    """One sentence; each number in `text` has its link."""

    text: str
    lang: str
    case: str
    """`rose`, `fell`, `flat`, `unknown`, `said` or `missing`."""
    links: tuple[Link, ...]


@dataclass(frozen=True)
class _Piece:
    """A part of a sentence; `column` is set if the part is a number."""

    text: str
    column: str = ""


Row = dict[str, Any]


def sentence(store: Store, result: Result, lang: str = "en", chosen: str = "") -> Sentence:
    """What the result says, about the period `chosen` if its rows have one of that name.

    Raises:
        TradeError: the measure has no template.
    """
    writer = _Writer(store, result, lang, chosen)
    pieces = list(writer.pieces())
    links, at = [], 0
    for piece in pieces:
        if piece.column:
            links.append(Link(at, at + len(piece.text), result.measure.id, result.params, piece.column))
        at += len(piece.text)
    text = "".join(piece.text for piece in pieces)
    return Sentence(text[:1].upper() + text[1:], lang, writer.case, tuple(links))


def missing_templates(measure_ids: list[str]) -> list[str]:
    """Which measures lack their fields or their words, as `growth: zh.toml`."""
    return [
        f"{name}: {file}.toml" for name in measure_ids for file in ("fields", *LANGUAGES) if name not in _texts(file)
    ]


def main_columns(measure_id: str) -> list[str]:
    """The columns that a measure's sentence turns on, the most telling first; none if it has no template."""
    fields = _texts("fields").get(measure_id, {})
    return f"{fields.get('sign', '')} {fields.get('main', '')}".split()


@cache
def _texts(file: str) -> dict[str, Any]:
    """What each measure's sentence picks (`fields`), or the words of a language."""
    if file == "fields":
        return tomllib.loads((TEXTS / "fields.toml").read_text(encoding="utf-8"))
    return catalog.table(catalog.SENTENCES, file) or catalog.table(catalog.SENTENCES, catalog.SOURCE)


class _Writer:
    """Fills the templates of one result in one language."""

    def __init__(self, store: Store, result: Result, lang: str, chosen: str) -> None:
        self.store, self.result, self.lang, self.params = store, result, lang, result.params
        name = result.measure.id
        lacking = missing_templates([name])
        if lacking:
            raise TradeError("measure.no_sentence", measure=lacking[0])
        self.fields, self.words, self.common = _texts("fields")[name], _texts(lang)[name], _texts(lang)["common"]
        self.frame = _about(result.frame, chosen)
        self.row = _select(self.frame, self.fields.get("row", "last"))
        self.sign = self._known(self.fields["sign"]) if "sign" in self.fields else ""
        self.case = self._case()

    def pieces(self) -> Iterator[_Piece]:
        """The sentence in parts: what is said, then basis, source and date in brackets."""
        if self.case == "missing":
            yield from self._fill(self.common["missing" if self._period() else "missing_all"])
            return
        yield from self._fill(self._chosen(self.words.get(self.case) or self.words["said"]))
        yield from self._conditions()
        told = () if self.fields.get("unsourced") else (self._template("source"), self._published())
        ends = [end for end in (self._basis(), *told) if end]
        end = str(self.common["end"]).format(ends=self.common["and"].join(ends)) if ends else self.common["stop"]
        yield from self._fill(end)

    def _conditions(self) -> Iterator[_Piece]:
        """Every parameter that is not at its default and that the measure's own words do not name, each after a comma."""
        named = self.fields.get("named", "").split()
        for name, parameter in self.result.measure.parameters.items():
            value = self.params.get(name)
            if name not in named and value is not None and value != parameter.default:
                words = self._condition(name)
                if words:
                    yield _Piece(str(self.common["condition"]).format(words=words))

    def _condition(self, name: str) -> str:
        """The words for a parameter's value; empty if it needs none, or if a parameter that they name is not set."""
        words = {**self.common["conditions"], **self.words.get("conditions", {})}.get(name, "")
        if isinstance(words, dict):
            words = words.get(_code_of(self.params[name]), words.get("other", ""))
        fields = [field for _, field, _, _ in string.Formatter().parse(words) if field]
        if any(self.params.get(field) is None for field in fields):
            return ""
        return words.format(**{field: self._in_condition(field) for field in fields})

    def _in_condition(self, name: str) -> str:
        """The value of a parameter in a condition, in the format that fields.toml gives for it."""
        kind, value = _texts("fields")["common"]["conditions"].get(name, ""), self.params[name]
        if kind == "day":
            return formats.day(str(value), self.lang)
        if kind == "amount":
            return formats.amount(value, self._code(self.row, "value"), self.lang)
        if kind in ("percent", "share"):
            return formats.percent(value, lang=self.lang, signed=kind == "percent")
        if kind == "source":
            return str(self.common["sources"].get(value, value))
        return self._param(name)

    def _case(self) -> str:
        if not self.row or any(_is_missing(self.row.get(name)) for name in self.fields.get("main", "").split()):
            return "missing"
        if "sign" not in self.fields:
            return "said"
        if not self.sign:
            return "unknown" if "unknown" in self.words else "missing"
        value = round(float(self.row[self.sign]), int(self.fields.get("digits", 1)))
        return "rose" if value > 0 else "fell" if value < 0 else "flat"

    def _fill(self, template: str) -> Iterator[_Piece]:
        """The parts of a template; a field whose words hold fields themselves is filled in turn."""
        for text, name, _, _ in string.Formatter().parse(template):
            if text:
                yield _Piece(text)
            if name:
                yield from self._field(name)

    def _field(self, name: str) -> Iterator[_Piece]:
        if name in self.fields:
            kind, _, rest = self.fields[name].partition(" ")
            yield self._formatted(kind, rest)
        elif name == "change":
            yield from self._fill(self.common[f"change_{self.case}"])
        elif name in _PLAIN:
            yield _Piece(_PLAIN[name](self))
        else:
            yield from self._fill(self._template(name))

    def _template(self, name: str) -> str:
        """Words of the measure or common words; of a table `flow_to` those for the value of the parameter `flow`."""
        words = self.words.get(name, self.common.get(name))
        if isinstance(words, dict):
            words = words.get(str(self.params.get(name.rpartition("_")[0])), words.get("other"))
        if words is None:
            raise TradeError("measure.no_words", lang=self.lang, name=repr(name), measure=self.result.measure.id)
        return str(words)

    def _chosen(self, words: str | dict[str, str]) -> str:
        """A template, or the one of several that stands for the value of the parameter `by`."""
        if isinstance(words, str):
            return words
        return words.get(_code_of(self.params.get(words["by"])), words["other"])

    def _formatted(self, kind: str, rest: str) -> _Piece:
        if kind == "param":
            return _Piece(self._param(rest))
        if kind in _COUNTS:
            return _Piece(formats.count(_COUNTS[kind](self, rest), self.lang), rest.split("=")[0] or "period")
        row, column = self._place(rest)
        return _Piece(_FORMATS[kind](self, row, column), "" if kind in _WORDS else column)

    def _place(self, text: str) -> tuple[Row, str]:
        """`top.value` is column `value` of the row named `top`; of several columns the first that is known is meant."""
        if text == SIGN:
            return self.row, self.sign
        name, dot, columns = text.rpartition(".")
        row = _select(self.frame, self.fields[f"{name}_row"]) if dot else self.row
        known = [one for one in columns.split() if not _is_missing(row.get(one))]
        return row, known[0] if known else columns.split()[0]

    def _known(self, columns: str) -> str:
        return next((one for one in columns.split() if self.row and not _is_missing(self.row.get(one))), "")

    def _param(self, name: str) -> str:
        """A parameter in words: an economy, group or product by its name, a number as a number."""
        value = self.params.get(name)
        domain = self.result.measure.parameters[name].domain
        if isinstance(domain, str) and domain in _NAMED and value:
            return self.named(names_of(self.store, domain, self.lang).get(str(value), str(value)))
        if domain in ("number", "integer") and value is not None:
            return formats.number(float(value), 0 if float(value).is_integer() else 1, self.lang)
        return formats.missing(self.lang) if value is None else str(value)

    def _period(self) -> str:
        code = self.row.get("period") if self.row else None
        return self._period_name(str(code or self.params.get("period") or ""))

    def _period_name(self, code: str) -> str:
        quarter = re.fullmatch(r"(\d{4})-Q([1-4])", code)
        if quarter:
            return str(self.common[f"quarter_{quarter[2]}"]).format(year=quarter[1])
        freq = str(self.params.get("freq") or ("M" if "window" in self.params else ""))
        freq = freq or ("YTD" if self.fields.get("ytd") else "")
        joined = self.row.get("months") == 2 and freq == "M"
        return formats.period(code, "YTD" if joined else freq, self.lang) if code else ""

    def _basis(self) -> str:
        """What the numbers rest on: the measure's words by the column of its sign or a parameter, or the currency."""
        basis = self.words.get("basis")
        if isinstance(basis, dict):
            basis = basis.get(self.sign) or basis.get(str(self.params.get(self.fields.get("basis_by", ""))))
        return str(basis or (self.common["basis"] if self.params.get("currency") in _CURRENCIES else ""))

    def _sources(self) -> str:
        ids = str(self.row.get("source_id") or "").split() or self.result.sources[:2]
        short = self.common["sources"]
        unknown = [one for one in ids if one not in short]
        titles = {note.source_id: note.title for note in describe_sources(self.store, unknown)} if unknown else {}
        return str(self.common["comma"]).join(short.get(one) or titles.get(one, one) for one in ids)

    def _published(self) -> str:
        return "" if _is_missing(self.row.get("published")) else self._template("dated")

    def _economy(self, code: str) -> str:
        return self.named(names_of(self.store, "economy", self.lang).get(code, code))

    def named(self, name: str) -> str:
        """A name as it stands inside a sentence: `the United States`, `the world`."""
        return name_in_sentence(name, self.lang)

    def _flow(self) -> str:
        flow = str((self.row or {}).get("flow") or self.params.get("flow") or "total")
        return formats.say(f"flow_low.{flow}" if self.lang == "en" else f"flow.{flow}", self.lang)

    def _bloc(self) -> str:
        """The partners named one by one, or the bloc."""
        codes = str(self.params.get("partners") or "").split()
        return str(self.common["comma"]).join(self._economy(code) for code in codes) if codes else self._param("group")

    def _whose(self) -> str:
        name = self._economy(str(self.params.get("reporter") or "CHN"))
        return name if self.lang == "zh" else name + ("'" if name.endswith("s") else "'s")

    def _currency(self) -> str:
        """The currency that amounts are in, in words."""
        code = self._code(self.row, "value")
        return str(self.common["in_currency"][code])

    def _code(self, row: Row, column: str) -> str:
        """Currency of a column: that of its name, of its row, of the parameters; the matrix is in dollars."""
        if column.endswith("_usd"):
            return "USD"
        if column.endswith("_cny"):
            return "CNY"
        told = (row.get("currency"), self.params.get("currency"), self.fields.get("currency"))
        return next((str(one) for one in told if one in _CURRENCIES), "USD")


def _code_of(value: Any) -> str:
    """A parameter's value as the key of its words: `true`, `2`, `customs`."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def _about(frame: pd.DataFrame, chosen: str) -> pd.DataFrame:
    if not chosen or "period" not in frame:
        return frame
    found = frame[frame["period"] == chosen]
    return found if len(found) else frame


def _select(frame: pd.DataFrame, wanted: str) -> Row:
    """The row that the words ask for; empty if there is none.

    `kind=part max value`: of the rows with kind part, that with the largest value. `newest` keeps the last period only.
    """
    kept = _keep(frame, wanted)
    return {str(name): value for name, value in kept.iloc[-1].to_dict().items()} if len(kept) else {}


def _keep(frame: pd.DataFrame, wanted: str) -> pd.DataFrame:
    words = iter(wanted.split())
    for word in words:
        if frame.empty:
            break
        if word in ("max", "min"):
            frame = _extreme(frame, next(words), word)
        elif word in ("first", "last"):
            frame = frame.head(1) if word == "first" else frame.tail(1)
        elif word == "newest":
            frame = frame[frame["period"] == frame["period"].max()]
        else:
            column, _, value = word.partition("=")
            frame = frame[frame[column].notna() if value == "known" else frame[column].astype(str) == value]
    return frame


def _extreme(frame: pd.DataFrame, column: str, word: str) -> pd.DataFrame:
    known = frame[frame[column].notna()].sort_values(column, kind="stable")
    return known.tail(1) if word == "max" else known.head(1)


def _is_missing(value: Any) -> bool:
    return value == "" if isinstance(value, str) else value is pd.NaT or formats.is_missing(value)


_NAMED = ("economy", "group", "product")


def name_in_sentence(name: str, lang: str) -> str:
    """A name as it stands inside a sentence of a language: `the United States`, `the world`."""
    common = _texts(lang)["common"]
    fixed: str = common.get("named", {}).get(name, name)
    return f"the {fixed}" if any(re.search(pattern, fixed) for pattern in common.get("article", ())) else fixed


def _number(digits: int) -> Callable[[_Writer, Row, str], str]:
    return lambda writer, row, column: formats.number(row.get(column), digits, writer.lang)


def _size(writer: _Writer, row: Row, column: str) -> str:
    return formats.percent(abs(row[column]), lang=writer.lang, signed=False)


def _points(writer: _Writer, row: Row, column: str) -> str:
    """The size of a difference of rates: `0.8 percentage points`."""
    words: str = writer.common["points"]
    return words.format(n=formats.number(abs(row[column]), 1, writer.lang))


def _figure(writer: _Writer, row: Row, column: str) -> str:
    """A forecast: a signed rate, or a number with its unit."""
    if row.get("unit") == "%":
        return formats.percent(row[column], lang=writer.lang)
    return f"{formats.number(row[column], 2, writer.lang)} {row.get('unit')}"


def _plural(writer: _Writer, row: Row, column: str) -> str:
    """A number of periods: `1 month`, `9 years`, `9年`."""
    number = row[column]
    one, many = writer.common["periods"][str(writer.params.get("freq") or "A")]
    return f"{formats.count(number, writer.lang)}{one if number == 1 else many}"


def _mark(writer: _Writer, _row: Row, _column: str) -> str:
    """The mark of a run: a rate for growth, billions of the currency for the rest."""
    mark = float(writer.params["mark"])
    if writer.params["quantity"] == "growth":
        return formats.percent(mark, 0 if mark.is_integer() else 1, writer.lang, signed=False)
    return formats.amount(mark * 1e9, str(writer.params["currency"]), writer.lang)


def _name(writer: _Writer, row: Row, column: str) -> str:
    """A name in the reader's language: `name` is the pair name_en, name_zh."""
    return writer.named(in_language(row, column, writer.lang))


def _aggregate(writer: _Writer, row: Row, column: str) -> str:
    """What a forecast is about, in the words of the pages."""
    key = f"aggregate.{row.get(column)}"
    return formats.say(key, writer.lang) if formats.has(key) else str(row.get("variable"))


def _item(writer: _Writer, row: Row, column: str) -> str:
    """A commodity inside a sentence: small first letter, unless it is an abbreviation."""
    text = _name(writer, row, column)
    return text[0].lower() + text[1:] if writer.lang == "en" and text[1:2].islower() else text


def _goods(writer: _Writer, row: Row, column: str) -> str:
    """A title of the Harmonized System inside a sentence: without what follows its first semicolon."""
    return re.split("[;；]", _item(writer, row, column))[0]


_FORMATS: dict[str, Callable[[_Writer, Row, str], str]] = {
    "size": _size,
    "points": _points,
    "percent": lambda w, row, column: formats.percent(row.get(column), lang=w.lang),
    "share": lambda w, row, column: formats.percent(row.get(column), lang=w.lang, signed=False),
    "amount": lambda w, row, column: formats.amount(row.get(column), w._code(row, column), w.lang),
    "amount_size": lambda w, row, column: formats.amount(abs(row[column]), w._code(row, column), w.lang),
    "count": lambda w, row, column: formats.count(row.get(column), w.lang),
    "number1": _number(1),
    "number2": _number(2),
    "number3": _number(3),
    "figure": _figure,
    "plural": _plural,
    "mark": _mark,
    "name": _name,
    "item": _item,
    "goods": _goods,
    "aggregate": _aggregate,
    "size2": lambda w, row, column: formats.percent(abs(row[column]), 2, w.lang, signed=False),
    "text": lambda _w, row, column: str(row.get(column)),
    "economy": lambda w, row, column: w._economy(str(row.get(column))),
    "period": lambda w, row, column: w._period_name(str(row.get(column) or "")),
    "day": lambda w, row, column: formats.day(row.get(column), w.lang),
}
"""How a field is written, by the first word of its entry in fields.toml."""
_WORDS = {"name", "item", "goods", "aggregate", "text", "economy", "period", "day"}
"""Formats that give words, not a number."""
_COUNTS: dict[str, Callable[[_Writer, str], float]] = {
    "rows": lambda w, wanted: len(_keep(w.frame, wanted) if wanted else w.frame),
    "rows_newest": lambda w, _: len(_keep(w.frame, "newest")),
    "sum": lambda w, column: float(w.frame[column].sum()),
}
"""Numbers counted over the rows: all, those with column=value, those of the newest period; or the sum of a column."""
_PLAIN: dict[str, Callable[[_Writer], str]] = {
    "flow": lambda w: w._flow(),
    "who": lambda w: w._economy(str(w.params.get("reporter") or "CHN")),
    "whose": lambda w: w._whose(),
    "period": lambda w: w._period(),
    "in_currency": lambda w: w._currency(),
    "sources": lambda w: w._sources(),
    "date": lambda w: formats.day(str(w.row.get("published")), w.lang),
    "bloc": lambda w: w._bloc(),
    "title": lambda w: measure_in(w.result.measure, w.lang).title,
}
"""Fields that every template may use."""
