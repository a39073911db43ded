"""Official statements on the same subject as a claim, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from trade.measures.claims.claim_types import Claim
from trade.measures.claims.judging.candidate_values import figures_of
from trade.measures.claims.parsing.parser import parse
from trade.store import Store

MOST = 4
_Row = dict[str, Any]
_parsed_statements: dict[str, list[tuple[_Row, list[Claim]]]] = {}


def similar(store: Store, claims: Iterable[Claim]) -> list[str]:
    """Ids of official statements on the same subject and of the same kind, the most similar first, at most MOST."""
    checkable = [claim for claim in claims if claim.flow and claim.frame != "none" and not claim.missing]
    scored: dict[str, tuple[int, str]] = {}
    seen: set[tuple[Any, ...]] = set()
    for row, statement_claims in _statements(store):
        best = max((_nearness(claim, other) for claim in checkable for other in statement_claims), default=0)
        if best < 4:
            continue
        key = _same(statement_claims)
        if key in seen:
            continue
        seen.add(key)
        scored[row["claim_id"]] = (-best, row["claim_id"])
    return sorted(scored, key=lambda name: scored[name])[:MOST]


def _statements(store: Store) -> list[tuple[_Row, list[Claim]]]:
    """Every statement with its parsed claims, read once per store version."""
    if store.version not in _parsed_statements:
        clock = figures_of(store).clock
        rows = store.query(
            "SELECT claim_id, statement_en, period FROM fact.claim ORDER BY period DESC, claim_id"
        ).to_dict("records")
        _parsed_statements.clear()
        _parsed_statements[store.version] = [
            (
                {str(name): value for name, value in row.items()},
                list(_dated(parse(store, str(row["statement_en"]), clock), str(row["period"]))),
            )
            for row in rows
        ]
    return _parsed_statements[store.version]


def _dated(claims: Iterable[Claim], period: str) -> Iterator[Claim]:
    """The claims of a statement; one without a period in its words gets the year of the statement's row."""
    for claim in claims:
        yield claim if claim.period or len(period) != 4 else claim.corrected(period=period, freq="A")


def _nearness(claim: Claim, other: Claim) -> int:
    """Similarity: 0 unless subject and flow are the same; then more for the same kind, period and number."""
    if claim.subject != other.subject or claim.flow != other.flow or other.missing or other.unknown:
        return 0
    alike = claim.frame == other.frame or {claim.frame, other.frame} <= {"change", "direction", "run"}
    period = claim.period[:4] == other.period[:4]
    number = (
        claim.value is not None
        and other.value is not None
        and abs(claim.value - other.value) <= 0.02 * abs(other.value)
    )
    return 2 + 2 * alike + 2 * period + 2 * number if alike or (period and number) else 0


def _same(claims: list[Claim]) -> tuple[Any, ...]:
    """Key of a statement's claims, the same for statements that say the same."""
    return tuple(
        (claim.subject, claim.flow, claim.frame, claim.period, claim.value, claim.sign, claim.currency)
        for claim in claims
    )
