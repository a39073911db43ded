"""All measures over their parameters: every sentence is checked against its rows and its grammar.

`python -m tests.support.sentence_sweep` runs the sweep in full on the store in service and prints its size, time and
faults; a test runs a sample. `cases` varies each parameter of each measure from several starting points, `faults`
names what is wrong with one sentence, and `ambiguous_pairs` finds parameters that change a number but no word.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from trade.errors import TradeError
from trade.measures import Result, catalog, run
from trade.measures.catalog import Measure, Parameter
from trade.measures.parameters import known_codes
from trade.measures.sentences import LANGUAGES, Sentence, main_columns, sentence
from trade.store import Store, open_store
from trade.text.message import Link

SEED = 20261128
ECONOMIES = ["CHN", "USA", "DEU", "VNM", "KEN", "RUS", "HKG", "NLD"]
GROUPS = ["africa", "asean", "brics", "eu", "rcep"]
NUMBERS = {
    "threshold": [0.0, 0.1, 1e6, 5e9],
    "top": [1, 2, 3, 10],
    "limit": [1, 3, 5],
    "window": [2, 3, 12],
    "mark": [-2.5, 0.0, 5.0, 400.0],
    "fall": [5.0, 20.0, 50.0],
    "elsewhere": [0.0, 50.0, 100.0],
    "rest": [-3.5, 0.0, 5.0],
    "demand": [-2.0, 0.0, 3.0],
    "elasticity": [0.5, 1.0, 2.0],
    "shock": [-20.0, 0.0, 10.0],
    "least": [0.0, 1e6, 1e9],
}
YEARS_TRIED = ["2000", "2009", "2015", "2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026"]
TEXTS = {
    "as_of": ["2026-01-31", "2026-08-31"],
    "partners": ["DEU FRA", "KEN"],
    "within": ["84", "XVI"],
    "shocks": ["USA=-20 VNM=10"],
    "source": ["gacc_partners", "gacc_releases"],
    "forecaster": ["WTO", "IMF"],
}
"""Values of parameters whose domain is free text; others are read from the answer's column of that name."""
TIMES = ("period", "year")


@dataclass(frozen=True)
class Case:
    """Parameters of one measure; `varied` is the one that differs from the starting point, empty at that point."""

    measure: str
    params: tuple[tuple[str, Any], ...]
    varied: str = ""


class Sweep:
    """Cases of one store and their results; a result that is needed again comes from a cache."""

    def __init__(self, store: Store, seed: int = SEED) -> None:
        self.store, self.random = store, random.Random(seed)
        self.unanswered: Counter[str] = Counter()
        self._answers: dict[tuple[Any, ...], Result | None] = {}

    def answer(self, measure: str, params: dict[str, Any]) -> Result | None:
        """The result, or None if the store holds nothing that answers."""
        key = (measure, *params.items())
        if key not in self._answers:
            self._answers[key] = self._run(measure, params)
        return self._answers[key]

    def _run(self, measure: str, params: dict[str, Any]) -> Result | None:
        try:
            return run(self.store, measure, **params)
        except TradeError:
            self.unanswered[measure] += 1
            return None

    def values(self, measure: Measure, name: str, start: Result | None) -> list[Any]:
        """Values to try for a parameter: all of a short list, a choice of a long one."""
        parameter = measure.parameters[name]
        if isinstance(parameter.domain, list):
            more = list(known_codes(self.store, parameter.besides))[:3] if parameter.besides else []
            return [*parameter.domain, *more]
        if parameter.domain == "economy":
            return ECONOMIES
        if parameter.domain == "group":
            return GROUPS
        if parameter.domain == "product":
            return self._products()
        if parameter.domain in TIMES:
            return self._periods(parameter, start)
        if parameter.domain == "boolean":
            return [False, True]
        if parameter.domain in ("number", "integer"):
            return NUMBERS.get(name, NUMBERS["demand"])
        return self._texts(name, start)

    def _products(self) -> list[str]:
        codes = sorted(known_codes(self.store, "product"))
        return sorted(
            {*codes[:: max(1, len(codes) // 12)], "high-tech-products", "motor-vehicles", "grain"} & set(codes)
        )

    def _periods(self, parameter: Parameter, start: Result | None) -> list[str]:
        column = next((name for name in ("period", "year") if start is not None and name in start.frame), None)
        periods = sorted(start.frame[column].dropna().astype(str).unique()) if column and start is not None else []
        every = max(1, len(periods) // 6)
        tried = sorted({*periods[:2], *periods[-6:], *periods[::every]}) if len(periods) > 1 else YEARS_TRIED
        return [value[:4] for value in tried] if parameter.domain == "year" else tried

    def _texts(self, name: str, start: Result | None) -> list[str]:
        if name in TEXTS:
            return TEXTS[name]
        if start is None or name not in start.frame:
            return []
        return sorted(start.frame[name].dropna().astype(str).unique())[:6]

    def starts(self, measure: Measure) -> Iterator[dict[str, Any]]:
        """The defaults, and the defaults with each value of `by`, `freq`, `flow`, `dataset` and the other reporter."""
        yield {}
        for name in ("by", "freq", "flow", "reporter", "topic", "concept", "quantity", "vintage", "level", "side"):
            parameter = measure.parameters.get(name)
            if parameter is None:
                continue
            tried = ["USA", "KEN"] if name == "reporter" else parameter.domain
            yield from ({name: value} for value in tried if value != parameter.default)

    def cases(self, measure: Measure) -> Iterator[Case]:
        """Each parameter varied from each start, then pairs drawn at random."""
        for start in self.starts(measure):
            yield Case(measure.id, tuple(start.items()))
            answer = self.answer(measure.id, start)
            for name in measure.parameters:
                if name in start:
                    continue
                for value in dict.fromkeys(self.values(measure, name, answer)):
                    yield Case(measure.id, tuple((start | {name: value}).items()), name)

    def drawn(self, measure: Measure, count: int) -> Iterator[Case]:
        """`count` cases with two to four parameters drawn at random."""
        answer = self.answer(measure.id, {})
        tried = {name: self.values(measure, name, answer) for name in measure.parameters}
        names = [name for name, values in tried.items() if values]
        for _ in range(count if names else 0):
            chosen = self.random.sample(names, min(len(names), self.random.randint(2, 4)))
            yield Case(measure.id, tuple((name, self.random.choice(tried[name])) for name in chosen))


def sentences_by_language(store: Store, result: Result, chosen: str = "") -> dict[str, Sentence]:
    """The sentence in each language."""
    return {lang: sentence(store, result, lang, chosen) for lang in LANGUAGES}


# -- numbers -------------------------------------------------------------------------------------------------------------

_STEPS = {
    "trillion": 1e12,
    "billion": 1e9,
    "million": 1e6,
    "万亿": 1e12,
    "亿": 1e8,
    "万": 1e4,
}
_NUMBER = re.compile(r"([−+-]?)\$?(\d[\d,]*(?:\.\d+)?)\s?(trillion|billion|million|万亿|亿|万)?")


def parse_number(text: str) -> tuple[float, float] | None:
    """A number as it is written, and half a unit of its last digit."""
    match = _NUMBER.search(text.replace("$", ""))
    if not match:
        return None
    step = _STEPS.get(match[3] or "", 1.0)
    digits = len(match[2].partition(".")[2])
    value = float(match[2].replace(",", "")) * step
    return (-value if match[1] in ("−", "-") else value), 0.5 * 10**-digits * step


def wrong_numbers(generated: Sentence, frame: pd.DataFrame) -> list[str]:
    """Numbers that no row of the answer has in the column that they are linked to."""
    faults = []
    for link in generated.links:
        text = generated.text[link.start : link.end]
        number = parse_number(text)
        column = frame.get(link.column)
        if number is None:
            faults.append(f"no number in “{text}”")
            continue
        if column is None or not pd.api.types.is_numeric_dtype(column):
            if not 0 <= number[0] <= max(len(frame), 1):
                faults.append(f"“{text}” counts more than the rows of {link.column}")
            continue
        value, half = number
        known = column.dropna().to_numpy(float)
        matches = (abs(abs(known) - abs(value)) <= half * 1.001 + 1e-9 * abs(value)).any()
        total = abs(abs(known.sum()) - abs(value)) <= half * 1.001
        in_steps = any((abs(known * step - value) <= half * 1.001).any() for step in (1e9, 1e12))
        if not (matches or total or in_steps):
            faults.append(f"“{text}” is no value of {link.column}")
        if value == 0 and re.search(r"[%％]", text) and not (abs(known) < 1e-12).any():
            faults.append(f"“{text}” is not zero: a smaller unit is needed for {link.column}")
    return faults


# -- signs ----------------------------------------------------------------------------------------------------------------

_UP = {
    "en": r"\b(rose|grew|raised|improved|added|adds|grow|lift|sold|above|more than|more in|gave|higher)\b",
    "zh": r"(增长|上修|改善|提高|顺差|增加|高于|比实际\S*高|多|上升)",
}
_DOWN = {
    "en": r"\b(fell|lowered|worsened|took|takes|fall|lower|bought|below|less|declined)\b",
    "zh": r"(下降|下修|恶化|降低|逆差|减少|低于|比实际\S*低|少|拖累)",
}
_UNSIGNED = {
    "consecutive",
    "hs_balance",
    "streak",
    "share",
    "margins",
    "market_fall",
    "headline_goods",
    "service_items",
    "rca",
}
"""Measures whose case is not the direction of their words: runs, parts of a whole, assumptions."""


_BEFORE = {
    "en": (r"(?:rose|grew|gained)(?: by)? $", r"(?:fell|declined|lost)(?: by)? $"),
    "zh": (r"(?:增长|上升|扩大|提高)$", r"(?:下降|缩小|降低)$"),
}
"""A rise and a fall where they stand directly before their number."""


def numbers_with_direction(generated: Sentence) -> Iterator[tuple[int, str, Link]]:
    """Numbers without a sign directly after a word of direction: position of the word, `rose` or `fell`, and link."""
    for link in generated.links:
        for direction, pattern in zip(("rose", "fell"), _BEFORE[generated.lang], strict=True):
            word = re.search(pattern, generated.text[: link.start])
            if word and generated.text[link.start] not in "+−-":
                yield word.start(), direction, link


def wrong_directions(generated: Sentence, frame: pd.DataFrame) -> list[str]:
    """Words of direction that contradict the sign of the number they stand before."""
    faults = []
    for _, word, link in numbers_with_direction(generated):
        number, column = parse_number(generated.text[link.start : link.end]), frame.get(link.column)
        if number is None or column is None or not pd.api.types.is_numeric_dtype(column):
            continue
        known = column.dropna().astype(float)
        known = known[(known.abs() - abs(number[0])).abs() <= number[1] * 1.001]
        if "period" in frame and len(known) > 1:  # of rows alike, the one that the sentence is about: the newest
            known = known[frame.loc[known.index, "period"] == frame.loc[known.index, "period"].max()]
        signs = {"rose" if value > 0 else "fell" for value in known if value}
        if signs and word not in signs:
            faults.append(f"says {word} of {link.column}, which {signs.pop()}")
    return faults


def wrong_sign(generated: Sentence, result: Result) -> list[str]:
    """A first word of direction that contradicts the case, unless it is about another column than the case's."""
    measure = result.measure.id
    if generated.case not in ("rose", "fell") or measure in _UNSIGNED:
        return []
    if measure == "contribution" and result.params.get("continent"):
        return []  # the case is of the part that gave most, the words are about the continent
    head = generated.text.split(" (")[0].split("（来源")[0]
    up, down = re.search(_UP[generated.lang], head), re.search(_DOWN[generated.lang], head)
    if not up and not down:
        return []
    first = "rose" if up and (not down or up.start() < down.start()) else "fell"
    at = min(match.start() for match in (up, down) if match)
    about = next((link.column for start, _, link in numbers_with_direction(generated) if start == at), "")
    if about and about not in main_columns(measure):
        return []  # `wrong_directions` judges it by its own number
    return [] if first == generated.case else [f"says {first} where the number {generated.case}"]


# -- quality --------------------------------------------------------------------------------------------------------------

_COMPUTED = re.compile(r"growth between the levels|按金额计算的增速")


def growth_across_a_break(generated: Sentence, result: Result, chosen: str) -> list[str]:
    """A computed growth of a row whose two figures are marked as not comparable."""
    frame = result.frame
    if "break" not in frame or generated.case not in ("rose", "fell", "flat") or not _COMPUTED.search(generated.text):
        return []
    row = frame[frame["period"] == chosen].tail(1) if chosen else frame.tail(1)
    broken = [str(value) for value in row["break"].dropna() if str(value)]
    return [f"growth across a break: {broken[0]}"] if broken and len(row) == 1 else []


# -- grammar --------------------------------------------------------------------------------------------------------------

_ARTICLE = re.compile(
    r"(?<![Tt]he )\b(?:Cayman|Cook|Falkland|Faroe|Marshall|Solomon|Northern Mariana|Turks and Caicos|British Virgin) Islands\b|"
    r"(?<![Tt]he )\b(?:United States|United Kingdom|United Arab Emirates|European Union|Netherlands|Philippines|"
    r"Czech Republic|Dominican Republic|Central African Republic|Bahamas|Maldives|Gambia|Seychelles|Comoros|"
    r"Marshall Islands|Solomon Islands|Democratic Republic of the Congo)\b"
)
_ENGLISH = {
    "doubled word": re.compile(r"\b(\w+) \1\b", re.IGNORECASE),
    "a/an": re.compile(
        r"\ba (?=[aeio]\w)|\ban (?=[bcdfgjklmnpqrtvwxyz]\w)|\ba (?=8|11\b|18\b)|\ban (?!8|11\b|18\b)\d", re.IGNORECASE
    ),
    "zero as a change": re.compile(
        r"(?:rose|fell|grew|declined|gained|lost|raised|lowered|added|took)(?: by)? 0(?:\.0+)?%"
    ),
    "and and": re.compile(r"\w+ and [\w ]+ and [\w ]+ and "),
    "in a year twice": re.compile(r"\bin ((?:19|20)\d\d) in \1\b"),
    "no number": re.compile(r"\b0 (?:dropped|joined|left|came|fell|grew|gained|lost)\b"),
    "one with a plural": re.compile(
        r"(?<![\d.,])\b1 (?:months|years|quarters|markets|economies|exporters|partners|sources|products|groups|goods|"
        r"events|vintages|rows|values|policy events|identities|largest markets)\b"
    ),
    "plural with a singular": re.compile(
        r"(?<!number )\b(?:[2-9]|\d{2,3}) (?:month|year|quarter|market|economy|partner|source|product)\b(?! (?:ago|earlier|old))"
    ),
    "missing article": _ARTICLE,
    "brace": re.compile(r"[{}⟦⟧]"),
    "placeholder": re.compile(r"not available|\bNone\b|\bnan\b|\bNaT\b|<NA>"),
    "minus zero": re.compile(r"[−+-]0(?:\.0+)?(?![\d.])"),
    "direction with a signed number": re.compile(
        r"(?:rose by|fell by|took off|gave|took|lost|gained|declined by|adds|takes) [−+-]\d"
    ),
    "space": re.compile(r"  | [,.;:)]|\( |,,|;;|\.\."),
    "nothing said": re.compile(r"\(\s*[;)]|; ;|: ;|, ;|\(, "),
    "ISO month": re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])\b(?!-)"),
    "number against a whole": re.compile(r"from (\$?[\d.]+ (?:trillion|billion|million)(?: yuan)?) to \1\b"),
    "one period twice": re.compile(r"from ((?:19|20)\d\d) to \1\b"),
    "possessive": re.compile(r"s's\b"),
}
_LATIN = re.compile(
    r"^(?:CEPII|BACI|HS|UN|IMF|WTO|OECD|PIIE|CIF|FOB|RCA|CPB|UNCTAD|Natural|Earth|Trade|War|tracker|Visual|Capitalist|"
    r"WITS|GeoDep|World|Bank|Comtrade|SAFE|pp|GDP|X|Q|RCEP|APEC|G20|BRICS|ASEAN)$"
)
_CHINESE = {
    "half-width punctuation": re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]"),
    "space": re.compile(r"[\u4e00-\u9fff] [\u4e00-\u9fff]|  |[\u4e00-\u9fff] \d|\d [\u4e00-\u9fff]"),
    "brace": _ENGLISH["brace"],
    "placeholder": re.compile(r"暂无数据|\bNone\b|\bnan\b|\bNaT\b|<NA>"),
    "minus zero": _ENGLISH["minus zero"],
    "direction with a signed number": re.compile(r"(?:增长|下降|提高|降低|增加|减少|拖累|贡献)[−+-]\d"),
    "doubled mark": re.compile(r"，，|；；|。。|（）|，；|；，|、、|，。|（，"),
    "ISO month": re.compile(r"(?<![\d-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d-])"),
    "doubled word": re.compile(r"([\u4e00-\u9fff]{2,})\1"),
    "zero of something": re.compile(r"有0个|(?<!\d)0个(?:市场|经济体|伙伴)(?:增长|下降|加入|退出)"),
    "zero as a change": re.compile(r"(?:增长|下降|上升|扩大|缩小|提高|降低|拉动|拖累)0(?:\.0+)?%"),
    "space before percent": re.compile(r"\d %"),
}


def ungrammatical(generated: Sentence) -> list[str]:
    """Rules of writing that the sentence breaks."""
    end = "." if generated.lang == "en" else "。"
    return broken_rules(generated.text, generated.lang) + ([] if generated.text.endswith(end) else ["no full stop"])


def broken_rules(text: str, lang: str) -> list[str]:
    """Rules of writing that a text of any kind breaks: a sentence, a headline, a note."""
    rules = _ENGLISH if lang == "en" else _CHINESE
    words = _quoted(text)
    faults = [f"{rule}: “{match[0]}”" for rule, pattern in rules.items() for match in [pattern.search(words)] if match]
    return faults + (_english_inside(words) if lang == "zh" else [])


def _quoted(text: str) -> str:
    """The sentence without titles of pages, which are quoted as printed."""
    return re.sub(r"(page|页面)[:：][^;；]*", r"\1", text)


def _english_inside(text: str) -> list[str]:
    """English words inside Chinese, save names that the field writes in Latin letters."""
    words = [word for word in re.findall(r"[A-Za-z]{4,}", text) if not _LATIN.match(word)]
    return [f"English inside: “{' '.join(words[:4])}”"] if words else []


def faults(generated: Sentence, result: Result, chosen: str = "") -> list[str]:
    """All that is wrong with one sentence."""
    if generated.case == "missing":
        return ungrammatical(generated)
    about = result.frame
    if chosen and "period" in about and (about["period"] == chosen).any():
        about = about[about["period"] == chosen]
    return [
        *wrong_numbers(generated, about),
        *wrong_sign(generated, result),
        *wrong_directions(generated, about),
        *growth_across_a_break(generated, result, chosen),
        *ungrammatical(generated),
    ]


# -- parameters -----------------------------------------------------------------------------------------------------------


def numbers_of(generated: Sentence) -> tuple[str, ...]:
    """The numbers that the sentence states, in their order."""
    return tuple(generated.text[link.start : link.end] for link in generated.links)


def words_of(generated: Sentence) -> str:
    """The sentence with `#` for each number that is not a parameter, and without source and date."""
    parts, at = [], 0
    for link in generated.links:
        number = generated.text[link.start : link.end]
        parts += [generated.text[at : link.start], number if link.column.removesuffix("_pct") in link.params else "#"]
        at = link.end
    text = "".join([*parts, generated.text[at:]])
    return re.split(r"; source: |；来源：|（来源：| \(source: ", text)[0]


def ambiguous_pairs(pairs: Iterable[tuple[Case, Sentence]]) -> Iterator[tuple[Case, Case, Sentence, Sentence]]:
    """Pairs of cases of one start that differ in numbers but not in a word."""
    seen: dict[str, tuple[Case, Sentence]] = {}
    for case, generated in pairs:
        if generated.case == "missing":
            continue
        words = words_of(generated)
        former = seen.setdefault(words, (case, generated))
        if numbers_of(former[1]) != numbers_of(generated):
            yield former[0], case, former[1], generated


def _starts_of(params: tuple[tuple[str, Any], ...], varied: str) -> tuple[tuple[str, Any], ...]:
    return tuple(pair for pair in params if pair[0] != varied)


@dataclass
class Report:
    """The findings of a sweep: sentences checked, queries without a result, faults by measure and rule."""

    sentences: int = 0
    unanswered: int = 0
    faults: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, measure: str, rule: str, example: str) -> None:
        self.faults.setdefault((measure, rule), []).append(example)


def sweep(
    runner: Sweep, measures: Iterable[str], drawn: int, chosen: int, every: int = 1, *, only_drawn: bool = False
) -> Report:
    """Check the cases of the measures, `drawn` random ones of each, and `chosen` periods of each answer.

    For a sample, `every` takes only each n-th case, and `only_drawn` only the random ones.
    """
    report = Report()
    for name in measures:
        measure = catalog()[name]
        varied = () if only_drawn else runner.cases(measure)
        cases = itertools.islice(itertools.chain(varied, runner.drawn(measure, drawn)), 0, None, every)
        checked = _Checked(report, name)
        for case in cases:
            result = runner.answer(name, dict(case.params))
            if result is not None:
                for period in ["", *_some_periods(result, chosen, runner.random)]:
                    checked.add(runner.store, case, result, period)
        checked.compare()
    report.unanswered = sum(runner.unanswered.values())
    return report


class _Checked:
    """The sentences of one measure, each checked once, and compared with those of the same starting point."""

    def __init__(self, report: Report, name: str) -> None:
        self.report, self.name = report, name
        self.seen: set[str] = set()
        self.by_start: dict[tuple[Any, str], list[tuple[Case, Sentence]]] = {}

    def add(self, store: Store, case: Case, result: Result, period: str) -> None:
        try:
            sentences = sentences_by_language(store, result, period)
        except Exception as error:  # any failure is a fault of the sentence
            self.report.add(self.name, "crash", f"{case.params} {period}: {type(error).__name__} {error}")
            return
        for lang, generated in sentences.items():
            self.report.sentences += 1
            if not period:
                self.by_start.setdefault((_starts_of(case.params, case.varied), lang), []).append((case, generated))
            if generated.text not in self.seen:
                self.seen.add(generated.text)
                for fault in faults(generated, result, period):
                    rule = fault.partition("“")[0].strip(" :") or fault.partition("”")[2].strip()
                    self.report.add(self.name, f"{lang} {rule}", f"{case.params} {period} {fault} | {generated.text}")

    def compare(self) -> None:
        """Add the pairs that differ in their numbers only."""
        for (_, lang), pairs in self.by_start.items():
            for one, other, first, second in ambiguous_pairs(pairs):
                example = f"{one.params} / {other.params}: {first.text} / {second.text}"
                self.report.add(self.name, f"{lang} unnamed {other.varied or one.varied}", example)


def _some_periods(result: Result, count: int, chance: random.Random) -> list[str]:
    if "period" not in result.frame or not count:
        return []
    periods = sorted(result.frame["period"].dropna().astype(str).unique())
    return chance.sample(periods, min(count, len(periods))) if len(periods) > 1 else []


def main() -> int:
    """Run the sweep on the store in service."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("measures", nargs="*", default=[])
    parser.add_argument("--drawn", type=int, default=40, help="random cases of each measure")
    parser.add_argument("--chosen", type=int, default=3, help="periods of each answer to write a sentence for")
    parser.add_argument("--every", type=int, default=1, help="only each n-th case")
    parser.add_argument("--examples", type=int, default=1)
    options = parser.parse_args()
    began, store = time.monotonic(), open_store()
    sentences = unanswered = faulty = 0
    for name in options.measures or list(catalog()):
        report = sweep(Sweep(store), [name], options.drawn, options.chosen, options.every)
        for (measure, rule), examples in sorted(report.faults.items()):
            print(f"{measure}: {rule} ({len(examples)})")
            for example in examples[: options.examples]:
                print("   ", example, flush=True)
            faulty += len(examples)
        print(f"{name}: {report.sentences} sentences", flush=True)
        sentences += report.sentences
        unanswered += report.unanswered
    seconds = time.monotonic() - began
    print(f"{sentences} sentences, {unanswered} questions without an answer, {faulty} faults, {seconds:.0f} s")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
