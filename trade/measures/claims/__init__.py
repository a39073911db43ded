"""Claims on China's trade: a user's sentence with its verdicts, and the official statements computed again."""

from trade.measures.claims.claim_types import WORLD, Claim, Subject
from trade.measures.claims.verdict import (
    CANNOT,
    CLOSE_TO,
    OTHER,
    RIGHT,
    UNCLEAR,
    VERDICTS,
    WRONG,
    Checked,
    Match,
    Verdict,
    check,
)

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
