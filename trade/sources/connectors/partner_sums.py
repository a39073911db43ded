"""Check that the partners in a response add up to its own total."""

from __future__ import annotations

from collections.abc import Mapping

from trade.errors import Message, Value
from trade.sources.connectors.base import Unusable

TOLERANCE = 0.005
"""Share of the total. Larger residuals mean a truncated or doubled response, smaller ones rounding or suppression."""


def check_sum(
    source: str, place: Value, values: Mapping[str, float], left_out: float, total: float | None
) -> Message | None:
    """A note on the residual; None if it is negligible or there is no total.

    Args:
        place: what adds up, such as `CHN exports 2024`. left_out: the value of rows that were refused.

    Raises:
        Unusable: the residual is larger than rounding and suppression explain.
    """
    if total is None or not total:
        return None
    gap = sum(values.values()) + left_out - total
    residual = Message("connector.residual", source=source, place=place, gap=gap, total=total)
    if abs(gap) > TOLERANCE * abs(total):
        raise Unusable("connector.not_whole", residual=residual, tolerance=TOLERANCE)
    return Message("note.residual", residual=residual) if abs(gap) > 1e-6 * abs(total) + 1 else None
