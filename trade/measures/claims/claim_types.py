"""What a sentence claims: one `Claim` per number, rank, comparison or direction in it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

FRAMES = (
    "value", "change", "amount", "share", "share_change", "contribution", "rank", "comparison", "record", "first_time",
    "run", "count", "direction", "share_direction", "pace",
)  # fmt: skip
"""What is said of the subject: its level, its change in per cent ... `direction` is a change without a number, `pace`
that growth quickened or slowed."""


@dataclass(frozen=True)
class Subject:
    """Whose trade or which goods: `kind` is world, economy, group, list (codes with spaces between) or product."""

    kind: str = "world"
    code: str = "world"


WORLD = Subject()


@dataclass(frozen=True)
class Claim:
    """One statement of a sentence. Empty or None is what the words leave open.

    `value` is in full units (per cent as 20, money in yuan or dollars, a rank as 3); `step` is one unit of its last
    digit. `sign` is -1 for a fall or a deficit. `other` is the second side of a comparison.
    """

    frame: str
    subject: Subject = WORLD
    flow: str = ""
    period: str = ""
    freq: str = ""
    base: str = ""
    """The year from which a change is counted, if not the year before."""
    value: float | None = None
    step: float = 1.0
    top: float | None = None
    """The upper end of a range, where `bound` is `between`."""
    printed: str = ""
    unit: str = ""
    """percent, points, CNY, USD, money (currency open), rank, years, months, count, times, or a unit of quantity."""
    currency: str = ""
    basis: str = ""
    """`volume` for quantities, `value` where it is said; yoy is usual, `mom` against the month before."""
    against: str = "yoy"
    bound: str = "equal"
    rough: bool = False
    sign: int = 1
    side: int = 0
    """1 or -1 where the change of a surplus or of a deficit is meant: `sign` then says whether it grew or shrank."""
    negated: bool = False
    lent: Subject | None = None
    """The partner named before, where it may be meant: `exports to Japan rose and imports fell`."""
    other: Subject | None = None
    other_flow: str = ""
    other_period: str = ""
    relation: str = ""
    """more or less, of a comparison; with a `value` where it says by how much."""
    of: str = ""
    """What a comparison compares: levels, or `rate` (growth on a year earlier) or `share`."""
    within: str = ""
    """The group among whose members a rank counts."""
    scope: str = ""
    """`country`: a rank among countries; `partner`: among trading partners, blocs as one."""
    seller: str = ""
    buyer: str = ""
    record: bool = False
    """The level is also said to be the largest so far: `a record $1.189 trillion`."""
    mirrored: bool = False
    """Said from the partner's side and read as China's own figure."""
    missing: tuple[str, ...] = ()
    """Codes of what the store cannot answer."""
    unknown: tuple[str, ...] = ()
    """Words that were not understood."""
    unsure: tuple[str, ...] = ()
    """Codes of what makes this reading unsure: no verdict `wrong` then."""
    open: tuple[str, ...] = ()
    """Fields that the words leave open."""

    def corrected(self, **fields: Any) -> Claim:
        """The claim with what a user corrected: what was unsure or not understood is then taken as read."""
        if "currency" in fields and self.unit in ("CNY", "USD", "money"):
            fields["unit"] = fields["currency"] or "money"
        left = tuple(name for name in self.open if name not in fields)
        missing = () if "subject" in fields else self.missing
        return dataclasses.replace(self, **{"open": left, "missing": missing, "unsure": (), "unknown": ()} | fields)
