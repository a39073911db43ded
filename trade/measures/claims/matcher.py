"""Hold a claim against every figure that it may mean: which fit, which do not, and which is meant as it is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from trade.errors import TradeError
from trade.measures.claims import official
from trade.measures.claims.candidate_figures import Candidate, candidates
from trade.measures.claims.parser import Asked, common, read
from trade.measures.result import Result
from trade.measures.run import run
from trade.store import Store
from trade.text import formats

FITS, OTHER, NONE, OPEN, UNKNOWN = "fits", "other", "none", "open", "unknown"
"""The claim fits as said; another reading of it fits; none does; it has no number; nothing of it was understood."""
MOST, ALIKE = 6, 5


@dataclass(frozen=True)
class Finding:
    """A figure that the claim may mean. `said`: the words say it; `fits`: its number agrees, None if there is none."""

    candidate: Candidate
    column: str
    value: float
    period: str
    said: bool
    fits: bool | None
    source_id: str


@dataclass(frozen=True)
class Answer:
    """What became of a claim; the findings that fit come first, those meant as said before the others."""

    asked: Asked
    verdict: str
    findings: list[Finding]

    @property
    def fitting(self) -> list[Finding]:
        return [one for one in self.findings if one.fits][:MOST]

    @property
    def others(self) -> list[Finding]:
        return [one for one in self.findings if not one.fits][:MOST]


@dataclass(frozen=True)
class Likeness:
    """An official statement that says something like the claim."""

    claim_id: str
    score: float


def check(store: Store, text: str) -> Answer:
    """The claim, what it may mean, and what the store says."""
    asked = read(store, text)
    if asked.bare:
        return Answer(asked, UNKNOWN, [])
    ran: dict[tuple[str, str], Result | None] = {}
    found = [_find(store, asked, one, ran) for one in candidates(asked, _periods(store, asked))]
    findings = sorted((one for one in found if one), key=lambda one: _order(asked, one))
    return Answer(asked, _verdict(asked, findings), findings)


def _periods(store: Store, asked: Asked) -> list[tuple[str, str]]:
    """The period of the claim, or the newest year and the newest year to date."""
    if asked.period:
        return [(asked.freq, asked.period)]
    newest = [(freq, run(store, "growth", flow="total", freq=freq).frame["period"].iloc[-1]) for freq in ("A", "YTD")]
    return [(freq, str(period)) for freq, period in newest]


def _verdict(asked: Asked, findings: list[Finding]) -> str:
    if asked.number is None:
        return OPEN
    if any(one.said and one.fits for one in findings):
        return FITS
    return OTHER if any(one.fits for one in findings) else NONE


def _find(
    store: Store, asked: Asked, candidate: Candidate, ran: dict[tuple[str, str], Result | None]
) -> Finding | None:
    """The candidate's figure; nothing if the store does not hold it."""
    key = (candidate.measure, repr(sorted(candidate.params.items())))
    if key not in ran:
        ran[key] = _run(store, candidate)
    row = _row(ran[key], candidate)
    column = next((name for name in candidate.columns if row and not formats.is_missing(row.get(name))), "")
    if not column:
        return None
    value = float(row[column])
    period = str(row.get("period") or candidate.params.get("period") or "")
    period = period[:4] if candidate.freq == "A" else period
    fits = None if asked.number is None else _fits(asked, value, candidate)
    return Finding(candidate, column, value, period, _as_said(asked, candidate), fits, str(row.get("source_id") or ""))


def _run(store: Store, candidate: Candidate) -> Result | None:
    """The measure's rows; a measure that does not know the period, flow or currency is no answer and no fault."""
    try:
        return run(store, candidate.measure, **candidate.params)
    except TradeError:
        return None


def _row(result: Result | None, candidate: Candidate) -> dict[str, Any]:
    if result is None:
        return {}
    rows = result.frame
    for name, wanted in candidate.where.items():
        rows = rows[rows[name].astype(str) == str(wanted)]
    return {} if rows.empty else {str(name): value for name, value in rows.iloc[-1].to_dict().items()}


def _fits(asked: Asked, value: float, candidate: Candidate) -> bool:
    """Whether the figure agrees within the rounding of the digits; a fall is a negative rate, a deficit negative."""
    number = (asked.number or 0.0) / asked.scale
    told = value / asked.scale
    if candidate.flow == "balance":
        told = abs(told)
    elif asked.falls and candidate.aspect in ("growth", "contribution"):
        told = -told
    return official.agrees(asked.bound, told, number, asked.digits)


def _as_said(asked: Asked, candidate: Candidate) -> bool:
    """Whether the candidate is what every word of the claim says, as far as words were found."""
    counted = candidate.of if candidate.aspect == "count" else ""
    pairs = ((asked.flow, candidate.flow), (asked.currency, candidate.currency), (asked.count, counted))
    stated = all(not said or not meant or said == meant for said, meant in pairs)
    return stated and (not asked.aspect or asked.count != "" or candidate.aspect == asked.aspect)


def _order(asked: Asked, one: Finding) -> tuple[bool, bool, bool, float]:
    """Fitting first, then what is said, then yuan, in which customs publishes growth, then the nearest."""
    far = 0.0 if asked.number is None else abs(one.value - asked.number)
    return not one.fits, not one.said, one.candidate.currency == "USD", 0.0 if one.said else far


def alike(claims: pd.DataFrame, asked: Asked) -> list[Likeness]:
    """The official statements nearest to the claim: by their words, and by a number that is the same."""
    mine = _tokens(asked.text)
    scored = [Likeness(row["claim_id"], _score(mine, asked, row)) for row in claims.to_dict("records")]
    near = sorted((one for one in scored if one.score >= 0.35), key=lambda one: (-one.score, one.claim_id))
    return near[:ALIKE]


def _score(mine: frozenset[str], asked: Asked, row: dict[Any, Any]) -> float:
    theirs = _tokens(str(row["statement"]))
    words = len(mine & theirs) / max(len(mine | theirs), 1)
    printed = str(row["printed"] or "")
    same = asked.digits and printed and float(asked.digits) == _number(printed)
    return words + (0.3 if same else 0.0)


def _number(printed: str) -> float:
    try:
        return float(printed)
    except ValueError:
        return float("nan")


def _tokens(text: str) -> frozenset[str]:
    """The words of a sentence without the commonest, cut to their beginnings; Chinese by pairs of characters."""
    words = re.findall(r"[a-z]+|\d+(?:\.\d+)?", text.lower())
    pairs = [text[at : at + 2] for at in range(len(text) - 1) if not text[at : at + 2].isascii()]
    return frozenset(word[:6] for word in words if word not in common()) | frozenset(pairs)
