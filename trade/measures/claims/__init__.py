"""Claims about China's trade: check a user's sentence, and recompute official statements."""

from trade.measures.claims.claim_types import WORLD, Claim, Subject
from trade.measures.claims.judging.matches import (
    CANNOT,
    CLOSE_TO,
    OTHER,
    RIGHT,
    UNCLEAR,
    VERDICTS,
    WRONG,
    Match,
    Verdict,
)
from trade.measures.claims.judging.verdict import Checked, check

__all__ = [
    "CANNOT",
    "CLOSE_TO",
    "OTHER",
    "RIGHT",
    "UNCLEAR",
    "VERDICTS",
    "WORLD",
    "WRONG",
    "Checked",
    "Claim",
    "Match",
    "Subject",
    "Verdict",
    "check",
]
