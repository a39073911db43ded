"""A claim in a reader's own words: what it says, which figures it may mean, and which of them fit."""

from trade.measures.claims.candidate_figures import Candidate
from trade.measures.claims.matcher import FITS, NONE, OPEN, OTHER, UNKNOWN, Answer, Finding, Likeness, alike, check
from trade.measures.claims.parser import Asked, Subject, read

__all__ = [
    "FITS",
    "NONE",
    "OPEN",
    "OTHER",
    "UNKNOWN",
    "Answer",
    "Asked",
    "Candidate",
    "Finding",
    "Likeness",
    "Subject",
    "alike",
    "check",
    "read",
]
