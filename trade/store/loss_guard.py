"""Check what a draft store would change before it replaces the store in service.

Rejected unless the user insists (`--accept-loss`): a statement that loses more than a small share of its members or of
its amount; a total that moves by more than revisions do; a new statement that is far from its own series or holds a
fraction of its members; a cumulative below that of the month before; a total that contradicts its printed growth; a
figure of one partner or commodity that is out of its unit or month (`outlier_check`).
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import duckdb

from trade.errors import Message, TradeError
from trade.store import outlier_check
from trade.store.comparison import SUMMED, ChinaTotal, Comparison, StatementChange, StatementTotal
from trade.text import formats

MOST_LOST = 0.05
"""Share of a statement's members that a later vintage may leave out."""
MOST_LOST_AMOUNT = 0.02
"""Share of a statement's amount that those members may account for."""
MOST_MOVED = 0.10
"""Share by which a statement's sum may be revised. China's customs revised a year by 3.4% at most."""
MOST_GROWTH_GAP = 5.0
"""Points between printed and computed growth of a total; the largest in the bundled facts is 4.0 (March 2023)."""
MOST_FALLEN = 0.001
"""Share by which a cumulative may be below that of the month before, because of rounding."""
MOST_MONTH_GAP = 0.25
"""Largest gap between a month and the difference of two cumulatives, which include revisions of earlier months, as a
share of the month."""
FEWEST_MEMBERS = 0.5
"""Fewest members of a new statement, as a share of those of the statement it is compared with."""
_COUNTED_FROM = 10
"""Fewest members for a missing fraction to be meaningful."""
_HISTORY = 3
"""Fewest changes in a series for the largest of them to set its limit."""
_FREE, _UNKNOWN = math.log(2.0), math.log(5.0)
"""Changes (in logs) that are never rejected: in a series with a history, and in one without."""
_BEYOND = 1.5
"""Factor by which a change may exceed the largest in the history of its series."""
_MOST_NAMED = 4
"""Concerns named in an error message; the others are only counted."""
_KINDS = (
    "impossible", "withdrawn", "few", "fallen", "growth", "moved", "total_moved", "jump", "total_jump", "month",
    "growth_column", "member_fallen", "member_above", "member_month", "unit_value", "member_revised", "member_risen",
)  # fmt: skip
"""Kinds of concerns, the worst first."""
OPTION = "--accept-loss"
_log = logging.getLogger("trade.store")


class LossRefused(TradeError):
    """The draft would lose figures or contain impossible ones.

    Attributes:
        concerns: all reasons. outcome, reports: what the draft would change, set by whoever applies it.
    """

    concerns: Sequence[Concern] = ()
    outcome: object = None
    reports: Sequence[Any] = ()


@dataclass(frozen=True)
class Concern:
    """A reason to reject a draft: the message key is `loss.<kind>`, and `values` fill its placeholders."""

    kind: str
    values: Mapping[str, str | Message | Callable[[str], str]]

    def sentence(self, lang: str = "en") -> str:
        texts = {name: _text(name, value, lang) for name, value in self.values.items()}
        return formats.say(f"loss.{self.kind}", lang, **texts)


def _text(name: str, value: str | Message | Callable[[str], str], lang: str) -> str:
    """The text of a value; codes of flows and frequencies are translated."""
    if isinstance(value, Message):
        return value.text(lang)
    if not isinstance(value, str):
        return value(lang)
    if name == "flow" and formats.has(f"flow_low.{value}"):
        return formats.say(f"flow_low.{value}", lang)
    if name == "freq":
        return formats.say(f"loss.freq_{value.lower()}", lang)
    return value


def check(
    comparison: Comparison | None,
    accept: bool = False,
    impossible: Sequence[Message] = (),
    without_hs: bool = False,
) -> list[Concern]:
    """Check a draft against the store in service.

    Args:
        comparison: the two stores; None if there is no store in service. accept: accept all concerns.
        impossible: faults found while the files were read. without_hs: the user builds without external HS facts, so
            their absence is not a loss.

    Returns:
        The accepted concerns, for the audit log.

    Raises:
        LossRefused: there are concerns and `accept` is false.
    """
    concerns = [Concern("impossible", {"reason": reason}) for reason in impossible]
    if comparison is not None:
        concerns += find_concerns(comparison, without_hs)
    if concerns and not accept:
        raise refusal(concerns)
    return concerns


def refusal(concerns: Sequence[Concern]) -> LossRefused:
    """The error that names the first concerns and the option to insist."""

    def reasons(lang: str) -> str:
        more = "" if len(concerns) <= _MOST_NAMED else f" (+{len(concerns) - _MOST_NAMED})"
        return "; ".join(concern.sentence(lang) for concern in concerns[:_MOST_NAMED]) + more

    error = LossRefused("loss.refused", reasons=reasons, option=OPTION)
    error.concerns = tuple(concerns)
    return error


def find_concerns(comparison: Comparison, without_hs: bool = False) -> list[Concern]:
    """All concerns about the draft, the worst kinds first."""
    try:
        concerns = [
            *_losses(comparison.changes()),
            *(() if without_hs else _losses(comparison.hs_changes())),
            *_totals(comparison.china_totals()),
            *_series(comparison.totals()),
            *_parts(comparison.products_beside_exports()),
            *(Concern(kind, values) for kind, values in outlier_check.judge(comparison.members())),
        ]
    except duckdb.Error as error:  # the draft was verified, so the former store is damaged
        _log.warning("The store in service cannot be compared with: %s", error)
        return []
    return _ordered(concerns)


def _ordered(concerns: Iterable[Concern]) -> list[Concern]:
    """Without repeated sentences: one concern of each kind, the worst kinds first, then a second of each, and so on."""
    distinct = {concern.sentence(): concern for concern in concerns}.values()
    ranked: list[tuple[int, int, Concern]] = []
    seen: dict[str, int] = {}
    for concern in distinct:
        seen[concern.kind] = seen.get(concern.kind, 0) + 1
        ranked.append((seen[concern.kind], _KINDS.index(concern.kind), concern))
    return [concern for _, _, concern in sorted(ranked, key=lambda item: item[:2])]


def _parts(pairs: Iterable[tuple[str, str, float, float]]) -> Iterator[Concern]:
    """Concerns about new products of a year whose sum is far from the exports of the same exporters in that year."""
    for source, year, amount, exports in pairs:
        if exports > 0 and amount > 0 and abs(math.log(amount / exports)) > _FREE:
            values = {"statement": f"product_trade {source} {year}", "other": f"bilateral_export {year}"}
            yield Concern("jump", values | {"before": _amount(exports), "after": _amount(amount)})


def _losses(changes: Iterable[StatementChange]) -> Iterator[Concern]:
    for change in changes:
        adds_up = change.table in SUMMED
        has_amount = adds_up or change.table == "indicator"
        amount = abs(change.lost_amount / change.before) if change.before and has_amount else 0.0
        if change.lost and (change.lost / change.members > MOST_LOST or amount > MOST_LOST_AMOUNT):
            yield Concern(
                "withdrawn",
                {
                    "statement": _name(change.table, change.statement), "lost": f"{change.lost:,}",
                    "members": f"{change.members:,}", "after_members": f"{change.after_members:,}",
                    "before": _amount(change.before), "after": _amount(change.after),
                },
            )  # fmt: skip
        elif adds_up and change.before and abs(change.after / change.before - 1) > MOST_MOVED:
            yield Concern(
                "moved",
                {
                    "statement": _name(change.table, change.statement), "before": _amount(change.before),
                    "after": _amount(change.after), "percent": f"{100 * (change.after / change.before - 1):+,.1f}",
                    "limit": f"{100 * MOST_MOVED:g}",
                },
            )  # fmt: skip


def _name(table: str, statement: dict[str, str]) -> str:
    return " ".join([table, *(value for value in statement.values() if value)])


def _amount(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.6g}"


def _year(period: str) -> float:
    """A period as a number of years: 2024-07 and 2024-Q3 are 2024.5."""
    if period[4:5] != "-":
        return float(period[:4])
    part, parts = (period[6:], 4) if period[5:6] == "Q" else (period[5:7], 12)
    return int(period[:4]) + (int(part) - 1) / parts


def _series(totals: Iterable[StatementTotal]) -> Iterator[Concern]:
    """Compare new statements with others of their series, over the reporters that both periods have."""
    series: dict[tuple[str, ...], dict[str, dict[str, StatementTotal]]] = {}
    for total in totals:
        period = total.statement.get("period") or total.statement.get("year")
        if period and "/" not in period and total.table != "indicator":
            rest = {name: text for name, text in total.statement.items() if name not in ("period", "year", "reporter")}
            key = (total.table, *rest.values())
            series.setdefault(key, {}).setdefault(period, {})[total.statement.get("reporter", "")] = total
    for key, periods in series.items():
        in_service = {
            period: parts for period, parts in periods.items() if any(not part.is_new for part in parts.values())
        }
        history = [
            abs(step)
            for period in in_service
            if (step := _step(in_service, period, _former(in_service, period))) is not None
        ]
        limit = max(_FREE, _BEYOND * max(history)) if len(history) >= _HISTORY else _UNKNOWN
        for period, parts in periods.items():
            if all(part.is_new for part in parts.values()):
                yield from _far(key, period, periods, in_service, limit)


def _former(periods: dict[str, dict[str, StatementTotal]], period: str) -> str:
    """The same period a year before, or else the nearest one of the same form; empty if there is none."""
    before = f"{int(period[:4]) - 1}{period[4:]}"
    if before in periods:
        return before
    others = [other for other in periods if other != period and len(other) == len(period)]
    return min(others, key=lambda other: abs(_year(other) - _year(period)), default="")


def _step(periods: dict[str, dict[str, StatementTotal]], period: str, other: str) -> float | None:
    """The log ratio of two periods, divided by the years between them; over the reporters that both have."""
    both = set(periods.get(period, {})) & set(periods.get(other, {}))
    new, old = (
        (sum(periods[which][reporter].amount or 0.0 for reporter in both) for which in (period, other))
        if both
        else (0.0, 0.0)
    )
    return math.log(new / old) / max(1.0, abs(_year(period) - _year(other))) if new > 0 and old > 0 else None


def _far(
    key: tuple[str, ...],
    period: str,
    periods: dict[str, dict[str, StatementTotal]],
    in_service: dict[str, dict[str, StatementTotal]],
    limit: float,
) -> Iterator[Concern]:
    other = _former({**in_service, period: periods[period]}, period)
    if not other or other not in in_service:
        return
    both = set(periods[period]) & set(in_service[other])
    members, before = (
        sum(which[reporter].members for reporter in both) for which in (periods[period], in_service[other])
    )
    amount, reference = (
        sum(which[reporter].amount or 0.0 for reporter in both) for which in (periods[period], in_service[other])
    )
    step = _step({**in_service, period: periods[period]}, period, other)
    values = {
        "statement": " ".join([*filter(None, key), period]), "other": other, "before": _amount(reference),
        "after": _amount(amount), "members": f"{before:,}", "after_members": f"{members:,}",
    }  # fmt: skip
    if before >= _COUNTED_FROM and members < FEWEST_MEMBERS * before:
        yield Concern("few", values)
    elif step is not None and abs(step) > limit:
        yield Concern("jump", values)


def _totals(totals: Sequence[ChinaTotal]) -> Iterator[Concern]:
    """Compare each new total of China with those in service, across all sources."""
    known: dict[tuple[str, str, str, str], list[float]] = {}
    for total in totals:
        if not total.is_new:
            known.setdefault((total.freq, total.period, total.flow, total.currency), []).append(total.value)
    in_service = {key: median(values) for key, values in known.items()}
    new_values = {(each.freq, each.period, each.flow, each.currency): each.value for each in totals if each.is_new}
    largest = _largest_moves(in_service)
    for total in totals:
        if total.is_new:
            yield from _against_itself(total, in_service)
            yield from _against_neighbours(total, in_service, new_values)
            yield from _against_last_year(total, in_service, largest)


def _key(total: ChinaTotal, period: str, freq: str = "") -> tuple[str, str, str, str]:
    return freq or total.freq, period, total.flow, total.currency


def _before(period: str, months: int = 0) -> str:
    """The period a year before, or `months` before; empty if that is in the year before."""
    if not months:
        return f"{int(period[:4]) - 1}{period[4:]}"
    year, month = int(period[:4]), int(period[5:7]) - months
    return f"{year}-{month:02d}" if month > 0 else ""


def _message_values(total: ChinaTotal, other: str, reference: float, **more: str) -> dict[str, str]:
    return {
        "flow": total.flow, "freq": total.freq, "period": total.period, "currency": total.currency,
        "after": _amount(total.value), "other": other, "before": _amount(reference), **more,
    }  # fmt: skip


def _against_itself(total: ChinaTotal, in_service: dict[tuple[str, str, str, str], float]) -> Iterator[Concern]:
    reference = in_service.get(_key(total, total.period))
    if reference and abs(total.value / reference - 1) > MOST_MOVED:
        percent = f"{100 * (total.value / reference - 1):+,.1f}"
        yield Concern("total_moved", _message_values(total, total.period, reference, percent=percent))


def _against_neighbours(
    total: ChinaTotal,
    in_service: dict[tuple[str, str, str, str], float],
    new_values: dict[tuple[str, str, str, str], float],
) -> Iterator[Concern]:
    if total.freq not in ("M", "YTD"):  # only these can be checked against each other
        return
    prior = _before(total.period, 1)
    previous = in_service.get(_key(total, prior, "YTD")) if prior else None
    if total.freq == "YTD":
        if previous and total.value < previous * (1 - MOST_FALLEN):
            yield Concern("fallen", _message_values(total, prior, previous))
        later = f"{total.period[:4]}-{int(total.period[5:7]) + 1:02d}"
        following = in_service.get(_key(total, later))
        if following and following < total.value * (1 - MOST_FALLEN):
            yield Concern("fallen", _message_values(total, later, following))
        return
    cumulative = new_values.get(_key(total, total.period, "YTD")) or in_service.get(_key(total, total.period, "YTD"))
    if previous and cumulative and abs(cumulative - previous - total.value) > MOST_MONTH_GAP * total.value:
        yield Concern("month", _message_values(total, total.period, cumulative - previous))


def _against_last_year(
    total: ChinaTotal,
    in_service: dict[tuple[str, str, str, str], float],
    largest: dict[tuple[str, str, str], float],
) -> Iterator[Concern]:
    other = _before(total.period)
    reference = in_service.get(_key(total, other))
    if not reference or total.value <= 0:
        return
    computed = 100 * (total.value / reference - 1)
    if total.growth_pct is not None and abs(computed - total.growth_pct) > MOST_GROWTH_GAP:
        more = {"printed": f"{total.growth_pct:+.1f}", "computed": f"{computed:+,.1f}"}
        yield Concern("growth", _message_values(total, other, reference, **more))
    limit = largest.get((total.freq, total.flow, total.currency), _UNKNOWN)
    if abs(math.log(total.value / reference)) > limit:
        yield Concern("total_jump", _message_values(total, other, reference, percent=f"{computed:+,.1f}"))


def _largest_moves(in_service: dict[tuple[str, str, str, str], float]) -> dict[tuple[str, str, str], float]:
    """The largest change within a year that each series may have, from its largest change so far."""
    steps: dict[tuple[str, str, str], list[float]] = {}
    for (freq, period, flow, currency), value in in_service.items():
        former = in_service.get((freq, _before(period), flow, currency))
        if former and former > 0 and value > 0:
            steps.setdefault((freq, flow, currency), []).append(abs(math.log(value / former)))
    return {
        key: max(_FREE, _BEYOND * max(moves)) if len(moves) >= _HISTORY else _UNKNOWN for key, moves in steps.items()
    }
