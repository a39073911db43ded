"""Official statements, recomputed from the store, with verdicts.

Pages that repeat a statement word for word (ids ending in -2, -3 ...) count once, with their sources listed. A
statement (`fact.claim`) has one or more readings (`fact.claim_reading`): how to compute the statement from the store,
or why that is impossible. Reading 1 is the most literal and gives the verdict; the others are alternatives. Verdicts
are computed here and never stored:

- `reproduced`: a number computed from other figures agrees with the statement (see `agrees`);
- `as_published`: the number is the statement's own, as printed by its page or its source, so that nothing was computed
  that could have differed (readings of kind `published`);
- `rounding_or_revision`: the computed number differs by no more than the rounding of its inputs, or the figure as
  released at the time (a reading of kind `released`) agrees and was revised since;
- `differs`: the same concept, period and definition, but another number; the reading gives the most likely reason;
- `not_comparable`: the store has only figures of another definition, period or vintage (`unlike`), which can neither
  confirm nor refute the statement; the reading says how they differ;
- `not_reproducible`: data are missing; the reading says which;
- `quoted`: a forecast or a law, with nothing to compute.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from trade.errors import Message, TradeError, UnknownName
from trade.measures.derivation import bound_sql
from trade.measures.entity_names import in_language
from trade.measures.result import Result
from trade.measures.run import run
from trade.store import Store
from trade.store.version_cache import cached_per_version
from trade.text.catalog import SOURCE

REPRODUCED, AS_PUBLISHED, ROUNDING_OR_REVISION = "reproduced", "as_published", "rounding_or_revision"
DIFFERS, NOT_COMPARABLE, NOT_REPRODUCIBLE, QUOTED = "differs", "not_comparable", "not_reproducible", "quoted"
VERDICTS = (REPRODUCED, AS_PUBLISHED, ROUNDING_OR_REVISION, DIFFERS, NOT_COMPARABLE, NOT_REPRODUCIBLE, QUOTED)
UNLIKE = ("definition", "period", "vintage")
"""In what a figure may differ in kind from the statement's."""
COMPUTED = ("measure", "published", "released")
"""Kinds of readings that run a measure."""
_REPEATED = re.compile(r"-[2-9]$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NEARLY = 0.05
"""`nearly x` is at most this part of x below it, or equal to x within its rounding."""
ABOUT = 0.05
"""`about x` is within this part of x on either side."""
_EPSILON = 1e-9
"""Relative tolerance for floating-point errors in a difference of decimals."""

COLUMNS = (
    "claim_id", "statement", "period", "official_value", "unit", "reproduced_value", "difference", "verdict",
    "unlike", "definition", "reason", "source_id", "measure", "params",
)  # fmt: skip
"""The columns that `trade claims` prints. `claims()` also has bound, printed, topic, the page of the statement, and in
`pages` all pages that make it."""

_CLAIMS = """
SELECT claim_id, statement_en, statement_zh, topic, period, official_value, unit, bound, printed, quote, speaker,
    source_id, source_title, source_url, published, note
FROM fact.claim ORDER BY claim_id
"""
_READINGS = """
SELECT claim_id, CAST(reading AS INTEGER) AS reading, kind, unlike, measure, params, pick, pick_row, scale,
    definition_en, definition_zh, reason_en, reason_zh
FROM fact.claim_reading ORDER BY claim_id, reading
"""


Query = tuple[str, tuple[tuple[str, str], ...]]
"""A measure and its parameters."""


class ReadingFailed(TradeError):
    """A reading could not be computed: its measure is unknown or fails, or no row has the number."""


@dataclass(frozen=True)
class Reading:
    """One way to compute a statement, or why it cannot be computed."""

    claim_id: str
    reading: int
    kind: str
    """`measure`; `published`, the statement's own figure; `released`, the figure of its day; `missing` or `quoted`."""
    unlike: tuple[str, ...]
    """In what its figure differs in kind from the statement's: some of `UNLIKE`, in their order."""
    measure: str
    params: dict[str, str]
    pick: str
    pick_row: dict[str, str]
    scale: float
    definition: str
    reason: str

    @property
    def query(self) -> Query:
        """The query to run; readings with the same query share its rows."""
        return self.measure, tuple(sorted(self.params.items()))


@dataclass(frozen=True)
class Answer:
    """The result of a reading: value and difference in the unit of the statement, None if there is none. A figure of
    another definition or period has no difference."""

    reading: Reading
    verdict: str
    value: float | None = None
    difference: float | None = None
    source_id: str = ""
    result: Result | None = None

    def as_dict(self) -> dict[str, Any]:
        """The form of `trade claims --claim ID --format json`."""
        reading = self.reading
        return {
            "reading": reading.reading, "kind": reading.kind, "verdict": self.verdict, "unlike": list(reading.unlike),
            "reproduced_value": self.value, "difference": self.difference,
            "definition": reading.definition, "reason": reading.reason, "source_id": self.source_id,
            "measure": reading.measure, "params": reading.params, "pick": reading.pick,
            "pick_row": reading.pick_row, "scale": reading.scale, "sql": bound_sql(self.result) if self.result else "",
        }  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """A statement with its page and all its readings; `answers[0]` gives the verdict."""

    claim_id: str
    statement: str
    topic: str
    period: str
    official_value: float | None
    unit: str
    bound: str
    printed: str
    quote: str
    speaker: str
    source_title: str
    source_url: str
    published: str
    note: str
    answers: list[Answer] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        return verdict_of(self.answers)

    @property
    def unlike(self) -> tuple[str, ...]:
        """In what the figure that gives the verdict differs in kind from the statement's."""
        return self.answers[0].reading.unlike

    def as_dict(self) -> dict[str, Any]:
        values = {name: value for name, value in vars(self).items() if name != "answers"}
        return values | {
            "verdict": self.verdict,
            "unlike": list(self.unlike),
            "readings": [one.as_dict() for one in self.answers],
        }


def days(store: Store) -> list[str]:
    """The days on which statements were published, newest first, without dates that are only a month or year."""
    days = {str(pages[0]["published"]) for pages in _by_statement(_statements(store))}
    return sorted((day for day in days if _DAY.fullmatch(day)), reverse=True)


def claims(store: Store, lang: str = "en", published: str = "") -> pd.DataFrame:
    """One row per statement with its verdict and, in `pages`, all pages that make it; or those of one day.

    Raises:
        ReadingFailed: a reading cannot be computed; names the statement and the reading.
    """
    words = {(reading.claim_id, reading.reading): reading for reading in _readings(store, lang)}
    rows = []
    for pages, answers in _computed(store, published):
        first = replace(answers[0], reading=words[answers[0].reading.claim_id, answers[0].reading.reading])
        rows.append(_row(pages[0], first, lang) | {"verdict": verdict_of(answers), "pages": _pages(pages)})
    return pd.DataFrame(rows)


def as_records(claims: pd.DataFrame) -> list[dict[str, Any]]:
    """The form of `trade claims --format json`."""
    return [row | {"params": pairs(row["params"]), "unlike": row["unlike"].split()} for row in _records(claims)]


@cached_per_version
def _computed(store: Store, published: str) -> list[tuple[list[dict[str, Any]], list[Answer]]]:
    """The pages of each statement and its deciding answers, without the results that these were taken from. Nothing
    here depends on the language."""
    readings: dict[str, list[Reading]] = {}
    for reading in _readings(store, SOURCE):
        readings.setdefault(reading.claim_id, []).append(reading)
    results: dict[Query, Result] = {}
    computed = []
    for pages in _by_statement(_statements(store)):
        if published not in ("", pages[0]["published"]):
            continue
        deciding = _deciding(readings[pages[0]["claim_id"]])
        answers = [replace(_answer(store, pages[0], reading, results), result=None) for reading in deciding]
        computed.append((pages, answers))
    return computed


def verdict_of(answers: list[Answer]) -> str:
    """The verdict of the first reading; `rounding_or_revision` if only the figure as first released agrees."""
    first = answers[0].verdict
    revised = any(answer.reading.kind == "released" and answer.verdict == REPRODUCED for answer in answers[1:])
    return ROUNDING_OR_REVISION if first in (DIFFERS, NOT_COMPARABLE) and revised else first


def _deciding(readings: list[Reading]) -> list[Reading]:
    """The readings that the verdict depends on."""
    return [reading for reading in readings if reading.reading == 1 or reading.kind == "released"]


def _by_statement(claims: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Group pages by statement: pages that repeat one have its id with a number appended."""
    ids = {claim["claim_id"] for claim in claims}
    groups: dict[str, list[dict[str, Any]]] = {}
    for claim in claims:
        base = _REPEATED.sub("", claim["claim_id"])
        groups.setdefault(base if base in ids else claim["claim_id"], []).append(claim)
    return list(groups.values())


def _pages(claims: list[dict[str, Any]]) -> str:
    """Title, day and address of each page that makes the statement, in the order of the facts."""
    return "; ".join(f"{claim['source_title']} ({claim['published']}), {claim['source_url']}" for claim in claims)


def claim(store: Store, claim_id: str, lang: str = "en") -> Claim:
    """One statement with its page and all its readings.

    Raises:
        UnknownName: there is none of that id. ReadingFailed: a reading cannot be computed.
    """
    statements = {reading["claim_id"]: reading for reading in _statements(store)}
    if claim_id not in statements:
        raise UnknownName("statement", claim_id, statements)
    statement, results = statements[claim_id], dict[Query, Result]()
    answers = [
        _answer(store, statement, reading, results)
        for reading in _readings(store, lang)
        if reading.claim_id == claim_id
    ]
    fields: dict[str, Any] = {field.name: statement.get(field.name) or "" for field in dataclasses.fields(Claim)}
    particular = {
        "statement": _statement(statement, lang),
        "official_value": statement["official_value"],
        "answers": answers,
    }
    return Claim(**fields | particular)


def tally(claims: pd.DataFrame) -> pd.DataFrame:
    """How many statements of each topic have each verdict: topic, verdict, claims; the largest topic first."""
    counts = claims.groupby(["topic", "verdict"]).size().rename("claims").reset_index()
    order = claims["topic"].value_counts()
    return counts.sort_values("topic", key=lambda topics: -topics.map(order), kind="stable").reset_index(drop=True)


def agrees(bound: str, value: float, official: float, printed: str | None = None) -> bool:
    """Whether a computed number agrees with the statement, both in its unit.

    equal: within half of the last printed digit (45.47: 0.005); over: above it; at least: not below it; nearly: below
    it by no more than NEARLY, or equal; about: within ABOUT of it, or equal; yes: the measured condition holds.
    """
    dust = _EPSILON * max(1.0, abs(official))
    equal = abs(value - official) <= half_digit(printed) + dust
    if bound == "over":
        return value > official + dust
    if bound == "at least":
        return value >= official - dust
    if bound == "nearly":
        return equal or official * (1 - NEARLY) - dust <= value < official
    if bound == "about":
        return equal or abs(value - official) <= abs(official) * ABOUT + dust
    return equal


def half_digit(printed: str | None) -> float:
    """Half of the last printed digit: 0.005 for `45.47`, 0.5 for `14`; zero where no digits were printed."""
    if not printed:
        return 0.0
    return 0.5 / 10.0 ** len(printed.partition(".")[2])


@cached_per_version
def _statements(store: Store) -> list[dict[str, Any]]:
    return _records(store.query(_CLAIMS))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with None for missing values."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


@cached_per_version
def _readings(store: Store, lang: str) -> list[Reading]:
    return [
        Reading(
            row["claim_id"], row["reading"], row["kind"], _unlike(row["unlike"]), row["measure"] or "",
            pairs(row["params"]), row["pick"] or "", pairs(row["pick_row"]),
            1.0 if row["scale"] is None else row["scale"],
            in_language(row, "definition", lang), in_language(row, "reason", lang),
        )
        for row in _records(store.query(_READINGS))
    ]  # fmt: skip


def _unlike(text: str | None) -> tuple[str, ...]:
    codes = (text or "").split()
    return tuple(code for code in UNLIKE if code in codes)


def pairs(text: str | None) -> dict[str, str]:
    """`flow=total;period=2025` as a mapping; values may hold spaces but no semicolon."""
    return dict(part.strip().split("=", 1) for part in (text or "").split(";") if part.strip())


def _answer(store: Store, claim: dict[str, Any], reading: Reading, results: dict[Query, Result]) -> Answer:
    if reading.kind not in COMPUTED:
        return Answer(reading, NOT_REPRODUCIBLE if reading.kind == "missing" else QUOTED)
    try:
        if reading.query not in results:
            results[reading.query] = run(store, reading.measure, **reading.params)
        result = results[reading.query]
        row = pick_row(result, reading)
    except TradeError as error:
        raise ReadingFailed("claim.reading", claim=reading.claim_id, reading=reading.reading, error=error) from error
    value = float(row[reading.pick]) * reading.scale
    official = claim["official_value"]
    verdict, source_id = DIFFERS, str(row.get("source_id") or "")
    if agrees(claim["bound"], value, official, claim["printed"]):
        verdict = AS_PUBLISHED if reading.kind == "published" else REPRODUCED
    elif claim["bound"] == "equal" and _within_rounding(row, reading, official, half_digit(claim["printed"])):
        verdict = ROUNDING_OR_REVISION
    # a figure of another definition or period proves nothing even if the numbers agree; one of another vintage does
    if {"definition", "period"} & set(reading.unlike):
        return Answer(reading, NOT_COMPARABLE, value, None, source_id, result)
    if verdict == DIFFERS and reading.unlike:
        verdict = NOT_COMPARABLE
    return Answer(reading, verdict, value, value - official, source_id, result)


def _within_rounding(row: dict[str, Any], reading: Reading, official: float, half: float) -> bool:
    """Whether the statement is within the rounding error of the computed number, which comes from its inputs.

    The row has low and high columns for the picked one (`growth_low_pct`, `growth_high_pct`), or its half-width
    (`mean_half_width`; for `value` just `half_width`).
    """
    pick, dust = reading.pick, _EPSILON * max(1.0, abs(official))
    stem, unit = (
        (pick.rpartition("_")[0], "_" + pick.rpartition("_")[2]) if pick.endswith(("_pct", "_pp")) else (pick, "")
    )
    low, high = row.get(f"{stem}_low{unit}"), row.get(f"{stem}_high{unit}")
    if low is None or high is None:
        width = row.get("half_width" if pick == "value" else f"{pick}_half_width")
        if width is None:
            return False
        low, high = row[pick] - width, row[pick] + width
    return bool(low * reading.scale - half - dust <= official <= high * reading.scale + half + dust)


def pick_row(result: Result, reading: Reading) -> dict[str, Any]:
    """The last row that meets the reading's conditions and has its number.

    Raises:
        ReadingFailed: the measure has no such column, or no such row.
    """
    frame = result.frame
    unknown = [name for name in (reading.pick, *reading.pick_row) if name not in frame]
    if unknown:
        raise ReadingFailed("claim.no_column", measure=reading.measure, column=unknown[0], columns=list(frame.columns))
    rows = frame[frame[reading.pick].notna()]
    for name, wanted in reading.pick_row.items():
        rows = rows[rows[name].map(lambda cell, wanted=wanted: _same(cell, wanted))]
    if rows.empty:
        where = [f"{name}={value}" for name, value in reading.pick_row.items()] or Message("claim.any_row")
        raise ReadingFailed("claim.no_row", measure=reading.measure, column=reading.pick, where=where)
    return {str(name): value for name, value in rows.iloc[-1].to_dict().items()}


def _same(cell: Any, expected: str) -> bool:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return abs(cell - float(expected)) < _EPSILON
    return str(cell).casefold() == expected.casefold()


def _statement(claim: dict[str, Any], lang: str) -> str:
    return in_language(claim, "statement", lang)


def _row(claim: dict[str, Any], answer: Answer, lang: str) -> dict[str, Any]:
    reading = answer.reading
    return {
        "claim_id": claim["claim_id"],
        "statement": _statement(claim, lang),
        "period": claim["period"],
        "official_value": claim["official_value"],
        "unit": claim["unit"],
        "reproduced_value": answer.value,
        "difference": answer.difference,
        "verdict": answer.verdict,
        "unlike": " ".join(reading.unlike),
        "definition": reading.definition,
        "reason": reading.reason,
        "source_id": answer.source_id or claim["source_id"],
        "measure": reading.measure,
        "params": ";".join(f"{name}={value}" for name, value in reading.params.items()),
        "bound": claim["bound"],
        "printed": claim["printed"],
        "topic": claim["topic"],
        "quote": claim["quote"],
        "speaker": claim["speaker"],
        "source_title": claim["source_title"],
        "source_url": claim["source_url"],
        "published": claim["published"],
    }
