"""Whether the partners that a source lists add up to the total that it gives itself."""

from __future__ import annotations

from collections.abc import Mapping

from trade.sources.connectors.base import Unusable

TOLERANCE = 0.005
"""Share of the total. Above it an answer is taken for cut or doubled; below it, for rounding and suppressed trade."""


def check_sum(source: str, place: str, values: Mapping[str, float], left_out: float, total: float | None) -> str | None:
    """A sentence on the residual, None if there is none worth telling or no total to compare with.

    Args:
        place: what adds up, such as `CHN exports 2024`. left_out: the value of rows that were refused.

    Raises:
        Unusable: the residual is larger than rounding and suppression explain.
    """
    if total is None or not total:
        return None
    gap = sum(values.values()) + left_out - total
    told = f"{source}, {place}: the partners differ by {gap:+,.0f} from the total of {total:,.0f}"
    if abs(gap) > TOLERANCE * abs(total):
        raise Unusable(
            f"{told}, more than {TOLERANCE:.1%}: the answer is not whole; nothing was changed, ask again later."
        )
    return f"{told}." if abs(gap) > 1e-6 * abs(total) + 1 else None
