"""Whether the partners that a source lists add up to the total that it gives itself."""

from __future__ import annotations

from collections.abc import Mapping

from trade.errors import Message, Value
from trade.sources.connectors.base import Unusable

TOLERANCE = 0.005
"""Share of the total. Above it an answer is taken for cut or doubled; below it, for rounding and suppressed trade."""


def check_sum(
    source: str, place: Value, values: Mapping[str, float], left_out: float, total: float | None
) -> Message | None:
    """A sentence on the residual, None if there is none worth telling or no total to compare with.

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
