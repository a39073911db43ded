"""The claims of a sentence: one `Claim` per number, rank, comparison or direction in it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

FRAMES = (
    "value", "change", "amount", "share", "share_change", "contribution", "rank", "comparison", "record", "first_time",
    "run", "count", "direction", "share_direction", "pace",
)  # fmt: skip
"""What is claimed about the subject: its level, its change in per cent ... `direction` is a change without a number,
`pace` an acceleration or slowdown of growth."""


@dataclass(frozen=True)
class Subject:
    """Whose trade or which goods: `kind` is world, economy, group, list (codes with spaces between) or product."""

    kind: str = "world"
    code: str = "world"


WORLD = Subject()


@dataclass(frozen=True)
class Claim:
    """One statement of a sentence. Fields that the words leave open are empty or None.

    `value` is in full units (per cent as 20, money in yuan or dollars, a rank as 3); `step` is one unit of its last
    digit. `sign` is -1 for a fall or a deficit. `other` is the second side of a comparison.
    """

    frame: str
    subject: Subject = WORLD
    flow: str = ""
    period: str = ""
    freq: str = ""
    base: str = ""
    """The base year of a change, if not the year before."""
    value: float | None = None
    step: float = 1.0
    top: float | None = None
    """The upper end of a range, where `bound` is `between`."""
    printed: str = ""
    unit: str = ""
    """percent, points, CNY, USD, money (currency open), rank, years, months, count, times, or a unit of quantity."""
    currency: str = ""
    basis: str = ""
    """`volume` for quantities, `value` if the words say so. `against`: yoy by default, `mom` for the month before."""
    against: str = "yoy"
    bound: str = "equal"
    rough: bool = False
    sign: int = 1
    side: int = 0
    """1 or -1 if the claim is a change of a surplus or of a deficit; `sign` then says whether it grew or shrank."""
    negated: bool = False
    degree: str = ""
    """`slight` or `strong` for a direction that the words grade: `edged up`, `surged`."""
    lent: Subject | None = None
    """The partner of an earlier clause, if it may be meant: `exports to Japan rose and imports fell`."""
    other: Subject | None = None
    other_flow: str = ""
    other_period: str = ""
    relation: str = ""
    """`more` or `less` for a comparison; `value` is by how much, if the words say it."""
    of: str = ""
    """What is compared: empty for levels, `rate` (growth on a year earlier) or `share`."""
    within: str = ""
    """The group in which a rank is counted."""
    scope: str = ""
    """`country`: a rank among countries; `partner`: among trading partners, blocs as one."""
    seller: str = ""
    buyer: str = ""
    record: bool = False
    """Whether the level is also claimed to be the largest so far: `a record $1.189 trillion`."""
    mirrored: bool = False
    """Whether the words take the partner's side, and are read as China's own figure."""
    missing: tuple[str, ...] = ()
    """Codes of what the claim needs and the store does not have."""
    unknown: tuple[str, ...] = ()
    """Words that were not understood."""
    unsure: tuple[str, ...] = ()
    """Codes of doubts about this reading; with a doubt the verdict is never `wrong`."""
    open: tuple[str, ...] = ()
    """Names of fields that the words leave open."""

    def corrected(self, **fields: Any) -> Claim:
        """The claim with a user's corrections, which remove all doubts and unknown words."""
        if "currency" in fields and self.unit in ("CNY", "USD", "money"):
            fields["unit"] = fields["currency"] or "money"
        left = tuple(name for name in self.open if name not in fields)
        missing = () if "subject" in fields else self.missing
        return dataclasses.replace(self, **{"open": left, "missing": missing, "unsure": (), "unknown": ()} | fields)
