"""A measure's rows as one plain sentence in any language, with every number tied to its query.

`texts/fields.toml` declares, once for all languages, which values a sentence takes from the rows. Its text is a message
(see `trade.text.message`) in `trade/text/locales/<lang>/sentences.toml`. Numbers, amounts, periods and dates are
formatted by `trade.text.figures`; words that the pages use too come from the other files of the folder. The templates
of a measure are under its id:

    [growth]                                  # fields.toml
    row = "last"                              # which row; also: first, newest, column=value, max column, min column
    sign = "growth_pct growth_computed_pct"   # decides rose, fell, flat or unknown: the first of them that is known
    rate = "size $sign"                       # {rate} in the words: the sign's size
    amount = "amount value"

    [growth]                                  # sentences.toml of English
    default = "China's {flow} {change} in {period}; the value was {amount}"
    basis.growth_pct = "as published by customs, on its revised base"

`default` is the template for all cases for which `rose`, `fell`, `flat` or `unknown` is not given. A sentence ends with
its basis, source and date of publication. A measure without figures gets the sentence `missing`, never a number. Words
may depend on a field: `{flow, select, export {sold} other {bought}}`, `{n, plural, one {month} other {months}}`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from trade.errors import TradeError
from trade.measures.entity_names import in_language, own_group_name, short_name
from trade.measures.entity_names import names_of as names_of
from trade.measures.result import Result
from trade.measures.run import describe_sources
from trade.measures.translations import measure_in
from trade.store import Store, own_groups
from trade.text import catalog, formats, message
from trade.text.figures import CURRENCIES, Figures
from trade.text.message import Link as Link
from trade.text.message import Text

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = catalog.LANGUAGES
SIGN = "$sign"
NAN = float("nan")
BESIDE_A_CHART = frozenset({"source", "classification", "join_jan_feb"})
"""Parameters that a chart shows elsewhere than in its headline."""


@dataclass(frozen=True)
class Sentence:
    """One sentence; each number in `text` has a link to its query."""

    text: Text
    core: Text
    """The sentence without basis, source and date in brackets at its end."""
    headline: Text
    """`core` without the parameters that a chart's subtitle or axis shows: `BESIDE_A_CHART`."""
    basis: Text
    """The basis of the numbers: currency, vintage, what is left out."""
    lang: str
    case: str
    """`rose`, `fell`, `flat`, `unknown`, `default` or `missing`."""

    @property
    def links(self) -> tuple[Link, ...]:
        """Positions of the numbers in `text`, and the query of each."""
        return self.text.links


Row = dict[str, Any]


def sentence(store: Store, result: Result, lang: str = "en", chosen: str = "", template: str = "") -> Sentence:
    """The result in one sentence, about the period `chosen` if the rows have it.

    `template` is the measure whose templates are used, if not the result's own: one whose rows have the same columns.

    Raises:
        TradeError: the measure has no template.
    """
    writer = _Writer(store, result, lang, chosen, template or result.measure.id)
    core = writer.core()
    headline = writer.core(BESIDE_A_CHART) if BESIDE_A_CHART & result.measure.parameters.keys() else core
    return Sentence(message.joined([core, writer.end()]), core, headline, writer.basis(), lang, writer.case)


def missing_templates(measure_ids: list[str]) -> list[str]:
    """The measures without fields or templates, each with the file that lacks them: `growth: zh.toml`."""
    return [
        f"{name}: {file}.toml" for name in measure_ids for file in ("fields", *LANGUAGES) if name not in _texts(file)
    ]


def main_columns(measure_id: str) -> list[str]:
    """The columns that a measure's sentence is about, the most important first; none if it has no template."""
    fields = _texts("fields").get(measure_id, {})
    return f"{fields.get('drawn', '')} {fields.get('sign', '')} {fields.get('main', '')}".split()


@cache
def _texts(file: str) -> dict[str, Any]:
    """The declarations of fields (`fields`), or the templates of a language, by measure."""
    if file == "fields":
        return tomllib.loads((TEXTS / "fields.toml").read_text(encoding="utf-8"))
    return catalog.table(catalog.SENTENCES, file) or catalog.table(catalog.SENTENCES, catalog.SOURCE)


class _Writer:
    """Fills the templates of one result in one language."""

    def __init__(self, store: Store, result: Result, lang: str, chosen: str, name: str) -> None:
        self.store, self.result, self.lang, self.params = store, result, lang, result.params
        self.own_words = name == result.measure.id
        missing = missing_templates([name])
        if missing:
            raise TradeError("measure.no_sentence", measure=missing[0])
        self.fields, self.words, self.common = _texts("fields")[name], _texts(lang)[name], _texts(lang)["common"]
        self.frame = _rows_of_period(result.frame, chosen)
        self.row = _select(
            self.frame, self.fields.get(f"row_{self.params.get('by')}") or self.fields.get("row", "last")
        )
        self.sign = self._known(self.fields["sign"]) if "sign" in self.fields else ""
        self.case = self._case()
        currency = str(self.fields.get("currency", "USD"))
        self.figures = Figures(result.measure.id, result.params, self.row, lang, currency)

    def core(self, without: frozenset[str] = frozenset()) -> Text:
        """The statement with all parameters that are not at their default, except those in `without`."""
        if self.case == "missing":
            name = "missing_break" if self.break_code() else "missing" if self._period() else "missing_all"
            return message.capitalised(self._fill(self.common[name]))
        words = self._fill(self._chosen(self.words.get(self.case) or self.words["default"]))
        return message.capitalised(message.joined([words, *self._conditions(without)]))

    def end(self) -> str:
        """Basis, source and date in brackets, and the full stop."""
        if self.case == "missing":
            return str(self.common["stop"])
        origin = () if self.fields.get("unsourced") else (self._template("source"), self._published())
        ends = [text for text in (self.basis(), *map(self._fill, filter(None, origin))) if text]
        if not ends:
            return str(self.common["stop"])
        return catalog.fill(self.common["end"], self.lang, {"ends": message.joined(ends, self.common["and"])})

    def basis(self) -> Text:
        """The basis of the numbers; empty if there are none."""
        return Text("") if self.case == "missing" else self._fill(self._basis())

    def break_code(self) -> str:
        """Why the sentence's row, or else any row, is not comparable with a year earlier; empty if it is."""
        codes = [self.row["break"]] if "break" in self.row else list(self.frame.get("break", ()))
        return next((str(code) for code in codes if not _is_missing(code)), "")

    def _conditions(self, without: frozenset[str]) -> Iterator[Text]:
        """Text for each parameter that is not at its default and that the measure's template does not contain."""
        covered = {*self.fields.get("named", "").split(), *without}
        for name, parameter in self.result.measure.parameters.items():
            value = self.params.get(name)
            if name not in covered and value is not None and value != parameter.default:
                words = self._condition(name)
                if words:
                    yield catalog.fill(self.common["condition"], self.lang, {"words": words})

    def _condition(self, name: str) -> str:
        """The text for a parameter's value; empty if there is none, or if a parameter in it is not set."""
        words = {**self.common["conditions"], **self.words.get("conditions", {})}.get(name, "")
        if isinstance(words, dict):
            words = words.get(_code_of(self.params[name]), words.get("other", ""))
        fields = message.names(words)
        if any(self.params.get(field) is None for field in fields):
            return ""
        return catalog.fill(words, self.lang, {field: self._in_condition(field) for field in fields})

    def _in_condition(self, name: str) -> Text:
        """The value of a parameter in a condition, in the format that fields.toml gives for it."""
        kind, value = _texts("fields")["common"]["conditions"].get(name, ""), self.params[name]
        if kind == "day":
            return Text(formats.day(str(value), self.lang), str(value))
        if kind == "amount":
            return Text(formats.amount(value, self.figures.currency_of("value"), self.lang), value)
        if kind in ("percent", "share"):
            return Text(formats.percent(value, lang=self.lang, signed=kind == "percent"), value)
        if kind == "source":
            return Text(str(self.common["sources"].get(value, value)), str(value))
        return self._param(name)

    def _case(self) -> str:
        if not self.row or any(_is_missing(self.row.get(name)) for name in self.fields.get("main", "").split()):
            return "missing"
        if "sign" not in self.fields:
            return "default"
        if not self.sign:
            return "unknown" if "unknown" in self.words else "missing"
        return _direction(float(self.row[self.sign]), int(self.fields.get("digits", 1)))

    def _fill(self, template: str) -> Text:
        """Fill a template; fields that are templates themselves are filled recursively."""
        values = {name: self._field(name) for name in message.names(template)}
        return catalog.fill(template, self.lang, values)

    def _field(self, name: str) -> Text:
        if name in self.fields:
            kind, _, argument = self.fields[name].partition(" ")
            if kind in _PARTS:
                return self._fill(self._template(name)) if self._is_included(kind, argument) else Text("")
            return self._formatted(kind, argument)
        if name in _PLAIN:
            return _PLAIN[name](self)
        if name not in self.words and name not in self.common and name in self.params:
            return self._param(name)
        return self._fill(self._template(name))

    def _is_included(self, kind: str, argument: str) -> bool:
        """Whether an optional part is included: its column is known, missing, positive, negative, or unlike another."""
        if kind in ("unlike", "unlike_percent"):
            write = self.figures.amount if kind == "unlike" else self.figures.percent
            first, second = (Text("") if _is_missing(self.row.get(name)) else write(name) for name in argument.split())
            return bool(first and second and first != second)
        if kind == "lacking":
            return _is_missing(self.row.get(argument))
        if kind == "total":
            return self.row.get(argument) == "total"
        if kind == "other_than":
            usual, parameter = argument.split()
            return str(self.params[parameter]) != usual
        row, column = self._cell(argument)
        value = row.get(column, NAN)
        if _is_missing(value):
            return False
        return bool(value) if kind == "if" else float(value) > 0 if kind == "positive" else float(value) < 0

    def _template(self, name: str) -> str:
        """The measure's template or the common one; of a table `flow_to`, that for the parameter `flow`."""
        words = self.words.get(name, self.common.get(name))
        if isinstance(words, dict):
            words = words.get(str(self.params.get(name.rpartition("_")[0])), words.get("other"))
        if words is None:
            raise TradeError("measure.no_words", lang=self.lang, name=repr(name), measure=self.result.measure.id)
        return str(words)

    def _chosen(self, words: str | dict[str, str]) -> str:
        """A template; of several, that for the value of the parameter that `by` names, or for the sign's column."""
        if isinstance(words, str):
            return words
        code = self.sign if words["by"] == SIGN else _code_of(self.params.get(words["by"]))
        return words.get(code, words["other"])

    def _formatted(self, kind: str, argument: str) -> Text:
        if kind == "param":
            return self._param(argument)
        if kind in ("span", "day_span"):
            return _span(self, argument, days=kind == "day_span")
        if kind == "param2":
            return Text(formats.number(float(self.params[argument]), 2, self.lang), self.params[argument])
        if kind in _CONDITIONS:
            return self._whether(kind, argument)
        if kind in _COUNTS:
            return self.figures.counted(_COUNTS[kind](self, argument), argument.split("=")[0] or "period")
        row, column = self._cell(argument)
        return _FORMATS[kind](self, self.figures.at(row), column)

    def _whether(self, kind: str, argument: str) -> Text:
        """`yes` or `no` for a choice in a message: the comparison of a number with a multiple of another."""
        first, second, part = argument.split()
        (row, column), (other_row, other) = self._cell(first), self._cell(second)
        number, limit = row.get(column), other_row.get(other)
        if number is None or limit is None or _is_missing(number) or _is_missing(limit):
            return Text("no")
        return Text("yes" if _CONDITIONS[kind](number, limit, float(part)) else "no")

    def _cell(self, text: str) -> tuple[Row, str]:
        """Row and column of a reference: `top.value` is column `value` of the row named `top`; of several columns, the
        first that is known."""
        if text == SIGN:
            return self.row, self.sign
        name, dot, columns = text.rpartition(".")
        row = _select(self.frame, self.fields[f"{name}_row"]) if dot else self.row
        known = [column for column in columns.split() if not _is_missing(row.get(column))]
        return row, known[0] if known else columns.split()[0]

    def _known(self, columns: str) -> str:
        known = (column for column in columns.split() if self.row and not _is_missing(self.row.get(column)))
        return next(known, "")

    def _param(self, name: str) -> Text:
        """A parameter in words: an economy, group or product by its name, a number as a number."""
        value = self.params.get(name)
        domain = self.result.measure.parameters[name].domain
        if domain == "partner" and value:
            return self.economy(str(value))
        if isinstance(domain, str) and domain in _NAMED and value:
            words = self.named(names_of(self.store, domain, self.lang).get(str(value), str(value)))
            return Text(goods_in_sentence(words, self.lang) if domain == "product" else words, str(value))
        if domain == "period" and value is not None:
            return self.period_name(str(value))
        if domain in ("number", "integer") and value is not None:
            number = float(value)
            return Text(formats.number(number, 0 if number.is_integer() else 1, self.lang), number)
        return Text(formats.missing(self.lang) if value is None else str(value), str(value))

    def _period(self) -> Text:
        code = self.row.get("period") if self.row else None
        if not code:
            code = str(self.params.get("period") or "")
            # rows of one period may have no column for it; the year of a monthly measure means its last month
            code = f"{code}-12" if self.params.get("freq") == "M" and len(code) == len("2025") else code
        return self.period_name(str(code))

    def period_name(self, code: str) -> Text:
        """A period inside a sentence, a quarter in full words: `the fourth quarter of 2025`."""
        quarter = re.fullmatch(r"(\d{4})-Q([1-4])", code)
        if quarter:
            words = catalog.fill(self.common[f"quarter_{quarter[2]}"], self.lang, {"year": quarter[1]})
            return Text(words, code)
        freq = str(self.params.get("freq") or ("M" if "window" in self.params else ""))
        freq = freq or ("YTD" if self.fields.get("ytd") else "")
        if self.row.get("joined") == 1:  # January and February both have their mean
            code, freq = f"{code[:4]}-02", "YTD"
        joined = self.row.get("months") == 2 and freq == "M"
        return Text(formats.period(code, "YTD" if joined else freq, self.lang) if code else "", code)

    def _basis(self) -> str:
        """Template of the basis: the measure's, by the column of its sign or a parameter, else that for a currency."""
        basis = self.words.get("basis") if self.own_words else None
        if isinstance(basis, dict):
            codes = (
                self.params.get(self.fields.get("basis_by", "")),
                self.row.get(self.fields.get("basis_column", "")),
            )
            basis = basis.get(self.sign) or next((basis[str(code)] for code in codes if str(code) in basis), "")
        return str(basis or (self.common["basis"] if self.params.get("currency") in CURRENCIES else ""))

    def _sources(self) -> Text:
        ids = str(self.row.get("source_id") or "").split() or self.result.sources[:2]
        short = self.common["sources"]
        unknown = [source_id for source_id in ids if source_id not in short]
        titles = {note.source_id: note.title for note in describe_sources(self.store, unknown)} if unknown else {}
        names = (short.get(source_id) or titles.get(source_id, source_id) for source_id in ids)
        return Text(formats.listed(list(names), self.lang))

    def _published(self) -> str:
        return "" if _is_missing(self.row.get("published")) else self._template("dated")

    def economy(self, code: str) -> Text:
        """The name of an economy, or of a group that counts as one, inside a sentence; its link value is the code."""
        if own_groups.is_own(code):
            return Text(own_group_name(self.store, code, self.lang), code)
        kinds = (names_of(self.store, kind, self.lang).get(code) for kind in ("economy", "group"))
        return Text(self.named(next((name for name in kinds if name), code)), code)

    def fact(self, text: str) -> Text:
        """An English text of the facts in the user's language: its translation, or the name of the entity it names."""
        words = catalog.of_facts(text, self.lang)
        goods = text.removesuffix(_BY_VOLUME)
        if goods != words == text:
            words = catalog.fill(str(self.common["by_volume"]), self.lang, {"goods": self.fact(goods)})
        for kind in _NAMED if words == text else ():
            codes = {name: code for code, name in names_of(self.store, kind, catalog.SOURCE).items()}
            words = names_of(self.store, kind, self.lang).get(codes.get(text, ""), words)
        return Text(words, text)

    def named(self, name: str) -> str:
        """A name as it stands inside a sentence: `the United States`, `the world`."""
        return name_in_sentence(name, self.lang)

    def _flow(self) -> Text:
        flow = str((self.row or {}).get("flow") or self.params.get("flow") or "total")
        return Text(formats.say(f"flow_low.{flow}", self.lang), flow)

    def _bloc(self) -> Text:
        """The listed partners, or the bloc."""
        codes = str(self.params.get("partners") or "").split()
        if not codes:
            return self._param("group")
        return Text(formats.listed([self.economy(code) for code in codes], self.lang), " ".join(codes))

    def _who(self) -> Text:
        return self.economy(str(self.params.get("reporter") or "CHN"))

    def _currency(self) -> Text:
        """The currency of amounts, in words."""
        code = self.figures.currency_of("value")
        return Text(str(self.common["in_currency"][code]), code)


def _direction(value: float, digits: int) -> str:
    """Whether a number that is rounded to so many digits rose, fell or stayed flat."""
    rounded = round(value, digits)
    return "rose" if rounded > 0 else "fell" if rounded < 0 else "flat"


def _code_of(value: Any) -> str:
    """A parameter's value as a key in the language files: `true`, `2`, `customs`."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def _rows_of_period(frame: pd.DataFrame, chosen: str) -> pd.DataFrame:
    if not chosen or "period" not in frame:
        return frame
    rows = frame[frame["period"] == chosen]
    return rows if len(rows) else frame


def _select(frame: pd.DataFrame, selector: str) -> Row:
    """The row that a selector of fields.toml selects; empty if there is none.

    `kind=part max value`: of the rows with kind part, that with the largest value. `newest`: only the last period.
    """
    rows = _filter_rows(frame, selector)
    return {str(name): value for name, value in rows.iloc[-1].to_dict().items()} if len(rows) else {}


def _filter_rows(frame: pd.DataFrame, selector: str) -> pd.DataFrame:
    words = iter(selector.split())
    for word in words:
        if frame.empty:
            break
        if word in ("max", "min", "max_size"):
            frame = _extreme(frame, next(words), word)
        elif word in ("first", "last"):
            frame = frame.head(1) if word == "first" else frame.tail(1)
        elif word == "usual":
            frame = _usual(frame, next(words))
        elif word == "newest":
            frame = frame[frame["period"] == frame["period"].max()]
        elif "!=" in word:
            column, _, value = word.partition("!=")
            frame = frame[frame[column].astype(str) != value]
        else:
            column, _, value = word.partition("=")
            frame = frame[frame[column].notna() if value == "known" else frame[column].astype(str) == value]
    return frame


def _usual(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows with the most frequent value: of several pages that print a figure, those that agree."""
    modes = frame[column].mode()
    return frame if modes.empty or frame[column].isna().all() else frame[frame[column].isin(modes)]


def _extreme(frame: pd.DataFrame, column: str, word: str) -> pd.DataFrame:
    key = (lambda values: values.abs()) if word == "max_size" else None
    known = frame[frame[column].notna()].sort_values(column, kind="stable", key=key)
    return known.head(1) if word == "min" else known.tail(1)


def _is_missing(value: Any) -> bool:
    return value == "" if isinstance(value, str) else value is pd.NaT or formats.is_missing(value)


_NAMED = ("economy", "group", "product")
_BY_VOLUME = " (volume)"
"""Suffix of items in the facts that are quantities of goods, not values."""
_PARTS = ("if", "positive", "negative", "unlike", "unlike_percent", "total", "other_than", "lacking")
"""Kinds of fields that decide whether the text of their name is included."""


def name_in_sentence(name: str, lang: str) -> str:
    """A name as it stands inside a sentence of a language: `the United States`, `the world`."""
    common = _texts(lang)["common"]
    fixed: str = common.get("named", {}).get(name, name)
    if any(re.search(pattern, fixed) for pattern in common.get("article", ())):
        return catalog.fill(common["with_article"], lang, {"name": fixed})
    return fixed


def possessive(name: str, lang: str) -> Text:
    """The possessive of a name: `the United States'`, `China's`; in Chinese the name alone."""
    in_text = name_in_sentence(name, lang)
    return catalog.fill(_texts(lang)["common"]["whose"], lang, {"who": in_text, "last_letter": in_text[-1:]})


def goods_in_sentence(name: str, lang: str) -> str:
    """Goods inside a sentence: with a lower-case first letter in languages that have it, except for abbreviations."""
    small = _texts(lang)["common"].get("goods_begin_small", False)
    return name[:1].lower() + name[1:] if small and name[1:2].islower() else name


def moved(figures: Figures, column: str) -> Text:
    """The movement that a rate states: `rose by 3.1%`, 下降3.1%."""
    value = figures.row.get(column, NAN)
    case = "" if _is_missing(value) else _direction(float(value), 1)
    template = str(_texts(figures.lang)["common"]["moved"])
    return catalog.fill(template, figures.lang, {"case": case, "rate": figures.size(column)})


def _in_words(template: str) -> Callable[[_Writer, Figures, str], Text]:
    """A format for a number with its noun, by a common template whose {n} is the number."""

    def write(writer: _Writer, figures: Figures, column: str) -> Text:
        size = figures.number_size(column, 1)
        return catalog.fill(str(writer.common[template]), writer.lang, {"n": size})

    return write


def _signed_points(writer: _Writer, figures: Figures, column: str) -> Text:
    """A contribution of either sign: `−0.3 percentage points`."""
    value = figures.row.get(column, NAN)
    words = figures.linked(formats.number(value, 1, writer.lang, signed=True), value, column)
    return catalog.fill(str(writer.common["signed_points"]), writer.lang, {"n": words})


def _figure(_writer: _Writer, figures: Figures, column: str) -> Text:
    """A forecast: a signed rate, or a number with its unit."""
    value = figures.row.get(column, NAN)
    unit = figures.row.get("unit")
    if unit == "%":
        return figures.percent(column)
    if unit == "tn USD" and not _is_missing(value):
        return figures.linked(formats.amount(float(value) * 1e12, "USD", figures.lang), value, column)
    return message.joined([figures.number(column, 2), str(figures.row.get("unit"))], " ")


def _fit(write: str) -> Callable[[_Writer, Figures, str], Text]:
    """A format for a part of yuan growth = dollar growth + exchange rate effect: all three published or all computed,
    with enough decimals that they add up."""

    def written(writer: _Writer, figures: Figures, column: str) -> Text:
        published = writer.sign == "fx_effect_pp"
        ends = ("_pct", "_pp") if published else ("_computed_pct", "_computed_pp")
        yuan, dollars = (figures.row[f"growth_{code}{ends[0]}"] for code in ("cny", "usd"))
        effect = figures.row[f"fx_effect{ends[1]}"]
        digits = _digits_that_add_up(float(yuan), float(dollars), float(effect))
        name = column + (ends[1] if write == "points" else ends[0])
        if write == "points":
            return catalog.fill(str(writer.common["points"]), writer.lang, {"n": figures.number_size(name, digits)})
        return figures.percent(name, digits)

    return written


def _digits_that_add_up(whole: float, part: float, other: float) -> int:
    """The fewest decimals with which the written `part` and `other` add up to `whole` and none is rounded to zero."""
    fits = (digits for digits in (1, 2, 3, 4) if _adds_up(whole, part, other, digits))
    return next(fits, 1)


def _adds_up(whole: float, part: float, other: float, digits: int) -> bool:
    written = [formats.half_up(value, digits) for value in (whole, part, other)]
    vanished = any(now == 0 != value for now, value in zip(written, (whole, part, other), strict=True))
    return not vanished and abs(written[1] + written[2] - written[0]) < 0.5 * 10**-digits


def _span(writer: _Writer, column: str, *, days: bool = False) -> Text:
    """From the first to the last value of a column of periods or dates: `for 2019 to 2025`."""
    codes = writer.frame[column].dropna().astype(str)
    first, last = (
        formats.day(code, writer.lang) if days else writer.period_name(code) for code in (codes.min(), codes.max())
    )
    template = "span_one" if first == last else "span_of"
    return catalog.fill(str(writer.common[template]), writer.lang, {"first": first, "last": last})


def _plural(writer: _Writer, figures: Figures, column: str) -> Text:
    """A number of periods: `1 month`, `9 years`, `9年`."""
    values = {"n": figures.count(column), "freq": str(writer.params.get("freq") or "A")}
    return catalog.fill(str(writer.common["periods"]), writer.lang, values)


def _mark(writer: _Writer, _figures: Figures, _column: str) -> Text:
    """The threshold of a run: a rate for growth, else billions of the currency."""
    mark = float(writer.params["mark"])
    if writer.params["quantity"] == "growth":
        words = formats.percent(mark, 0 if mark.is_integer() else 1, writer.lang, signed=False)
    else:
        words = formats.amount(mark * 1e9, str(writer.params["currency"]), writer.lang)
    return Text(words, mark)


def _name(writer: _Writer, figures: Figures, column: str) -> str:
    """A name in the user's language: `name` is the pair name_en, name_zh."""
    return in_language(dict(figures.row), column, writer.lang)


def _aggregate(writer: _Writer, figures: Figures, column: str) -> Text:
    """The variable of a forecast, named as on the pages."""
    code = str(figures.row.get(column))
    key = f"aggregate.{code}"
    return Text(
        formats.say(key, writer.lang)
        if formats.has(key)
        else catalog.of_facts(str(figures.row.get("variable")), writer.lang),
        code,
    )


_CODES_OF_GOODS = ("code", "product", "largest_product")
"""Columns and parameters with the code of goods that a row is about."""
_OF_GOODS = ("product", "group", "item")
"""Splits whose parts are goods."""


def _part_name(writer: _Writer, figures: Figures, column: str) -> Text:
    """A part of a split: goods with a lower-case first letter, partners and continents as they are."""
    name = writer.named(_name(writer, figures, column))
    return Text(goods_in_sentence(name, writer.lang) if writer.params.get("by") in _OF_GOODS else name)


def _goods(writer: _Writer, figures: Figures, column: str) -> Text:
    """Goods of the Harmonized System inside a sentence: the short name of a chapter or section, else the title up to
    its first semicolon.
    """
    title = name = _name(writer, figures, column)
    for code in (figures.row.get(key) or writer.params.get(key) for key in _CODES_OF_GOODS):
        if name == title:
            name = short_name(writer.store, code, title, writer.lang)
    return Text(re.split("[;；]", goods_in_sentence(writer.named(name), writer.lang))[0])


def _part(writer: _Writer, figures: Figures, column: str) -> Text:
    """A part of a whole: a place if the whole is split by place, else goods."""
    name = writer.named(_name(writer, figures, column))
    return Text(name if writer.params.get("by") in ("continent", "partner") else goods_in_sentence(name, writer.lang))


_FORMATS: dict[str, Callable[[_Writer, Figures, str], Text]] = {
    "size": lambda _, figures, column: figures.size(column),
    "size2": lambda _, figures, column: figures.size(column, 2),
    "points": _in_words("points"),
    "percent": lambda _, figures, column: figures.percent(column),
    "share": lambda _, figures, column: figures.share(column),
    "amount": lambda _, figures, column: figures.amount(column),
    "amount3": lambda _, figures, column: figures.amount(column, 3),
    "amount_size": lambda _, figures, column: figures.amount_size(column),
    "count": lambda _, figures, column: figures.count(column),
    "number1": lambda _, figures, column: figures.number(column, 1),
    "number2": lambda _, figures, column: figures.number(column, 2),
    "number3": lambda _, figures, column: figures.number(column, 3),
    "fit_points": _fit("points"),
    "fit_percent": _fit("percent"),
    "signed_points": _signed_points,
    "moved": lambda _, figures, column: moved(figures, column),
    "figure": _figure,
    "plural": _plural,
    "mark": _mark,
    "name": lambda writer, figures, column: Text(writer.named(_name(writer, figures, column))),
    "item": lambda writer, figures, column: Text(
        goods_in_sentence(writer.named(_name(writer, figures, column)), writer.lang)
    ),
    "part_name": _part_name,
    "goods_or_place": lambda writer, figures, column: (
        _goods(writer, figures, column)
        if writer.params.get("by") == "product"
        else Text(writer.named(_name(writer, figures, column)))
    ),
    "goods": _goods,
    "part": _part,
    "aggregate": _aggregate,
    "fact": lambda writer, figures, column: writer.fact(str(figures.row.get(column))),
    "named_fact": lambda writer, figures, column: Text(writer.named(writer.fact(str(figures.row.get(column))))),
    "text": lambda _, figures, column: Text(str(figures.row.get(column))),
    "economy": lambda writer, figures, column: writer.economy(str(figures.row.get(column))),
    "period": lambda writer, figures, column: writer.period_name(str(figures.row.get(column) or "")),
    "month": lambda writer, figures, column: Text(formats.period(str(figures.row.get(column)), "M", writer.lang)),
    "day": lambda _, figures, column: figures.day(column),
}
"""Formats of fields, by the first word of their entry in fields.toml."""
_CONDITIONS: dict[str, Callable[[float, float, float], bool]] = {
    "exceeds": lambda number, other, part: abs(number) > part * abs(other),
    "against": lambda number, other, part: number * other < 0 and abs(number) > part * abs(other),
}
"""Comparisons of two columns: whether the first exceeds a multiple of the second in size, and for `against` also has
the opposite sign."""
_COUNTS: dict[str, Callable[[_Writer, str], float]] = {
    "rows": lambda writer, wanted: len(_filter_rows(writer.frame, wanted) if wanted else writer.frame),
    "rows_newest": lambda writer, _: len(_filter_rows(writer.frame, "newest")),
    "unique": lambda writer, column: float(writer.frame[column].nunique()),
    "sum": lambda writer, column: float(writer.frame[column].sum()),
}
"""Counts of rows (all, those with column=value, those of the newest period) or of values, or the sum of a column."""
_PLAIN: dict[str, Callable[[_Writer], Text]] = {
    "flow": _Writer._flow,
    "who": _Writer._who,
    "case": lambda writer: Text(writer.case),
    "break": lambda writer: Text(writer.break_code()),
    "last_letter": lambda writer: Text(writer._who()[-1:]),
    "period": _Writer._period,
    "in_currency": _Writer._currency,
    "sources": _Writer._sources,
    "date": lambda writer: Text(formats.day(str(writer.row.get("published")), writer.lang)),
    "bloc": _Writer._bloc,
    "title": lambda writer: Text(measure_in(writer.result.measure, writer.lang).title),
}
"""Fields that every template may use."""
